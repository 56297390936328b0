"""What a query asks of tokens: a sequence of steps, each a choice of conditions and how often it may repeat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.kwic.index import fold, known_rows
from innovsoc_analysis.lexicon.french import entries
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.kwic.index import Column, TokenIndex

FORM, LEMMA, BOTH, UPOS = "form", "lemma", "both", "upos"
_LONGEST_EXPRESSION = 500
_LETTER = r"\pL\pN\pM_"


@dataclass(frozen=True, slots=True)
class Condition:
    """What one token must be.

    Attributes
    ----------
    on : {"form", "lemma", "both", "upos"}
        What is looked at; ``both`` holds where the form or the lemma does, or where an inclusive form
        stands for the word.
    words : frozenset of str
        What it may be, as `fold` returns it.
    expression : str
        A regular expression that it must match from end to end, instead of words.
    accents : bool
        Whether accents count.
    exact : bool
        Whether capitals and the kind of apostrophe count too.
    refused : bool
        Whether the condition must not hold.
    """

    on: str
    words: frozenset[str] = frozenset()
    expression: str = ""
    accents: bool = True
    exact: bool = False
    refused: bool = False

    def holds(self, index: TokenIndex, rows: NDArray[np.int64] | slice) -> NDArray[np.bool_]:
        """Return at which of `rows` the condition holds."""
        found = self._holds(index, rows)
        return ~found if self.refused else found

    def _holds(self, index: TokenIndex, rows: NDArray[np.int64] | slice) -> NDArray[np.bool_]:
        if self.on != BOTH:
            column = {FORM: index.form, LEMMA: index.lemma, UPOS: index.upos}[self.on]
            return self._known(column)[column.codes[rows]]
        found = self._known(index.form)[index.form.codes[rows]] | self._known(index.lemma)[index.lemma.codes[rows]]
        genders = known_rows(index.lemma.compared(accents=self.accents), self._of_both_genders(index))
        return found | (index.inclusive[rows] & genders[index.lemma.codes[rows]])

    def _known(self, column: Column) -> NDArray[np.bool_]:
        names = column.names if self.exact or self.on == UPOS else column.compared(accents=self.accents)
        if self.expression:
            return match_all(names, self.expression, ignore_case=not self.exact)
        return known_rows(names, self.words)

    def _of_both_genders(self, index: TokenIndex) -> frozenset[str]:
        """Return the lemmas of the words: « adhérente » is in « adhérent·es », which stands for both genders."""
        words = self.words
        if not self.accents:  # the dictionary writes accents: those that the texts have for these letters
            words |= {form for form, bare in zip(index.form.folded, index.form.bare, strict=True) if bare in words}
        return frozenset(
            fold(entry.lemma, accents=self.accents) for word in words for entry in entries(word) if entry.gender
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a query.

    Attributes
    ----------
    choices : tuple of tuple of Condition
        A token fits where all conditions of one choice hold; no condition at all: any token.
    low, high : int
        How many tokens in a row, at least and at most.
    refused : bool
        Whether tokens must not fit.
    """

    choices: tuple[tuple[Condition, ...], ...] = ((),)
    low: int = 1
    high: int = 1
    refused: bool = False

    @property
    def is_free(self) -> bool:
        """Whether any token fits."""
        return any(not conditions for conditions in self.choices)

    def fits(self, index: TokenIndex, rows: NDArray[np.int64] | slice) -> NDArray[np.bool_]:
        """Return at which of `rows` a token fits."""
        import numpy as np

        count = len(index) if isinstance(rows, slice) else len(rows)
        found = np.zeros(count, dtype=bool)
        for conditions in self.choices:
            all_hold = np.ones(count, dtype=bool)
            for condition in conditions:
                all_hold &= condition.holds(index, rows)
            found |= all_hold
        return ~found if self.refused else found


def match_all(names: list[str], expression: str, *, ignore_case: bool = True) -> NDArray[np.bool_]:
    """Return which names match a regular expression from end to end.

    Parameters
    ----------
    names : list of str
        Distinct words.
    expression : str
        Checked by `check_expression`.
    ignore_case : bool
        Whether capitals make no difference.

    Notes
    -----
    The expressions are RE2's, through Arrow: time grows with the length of the names, whatever the
    expression (Cox, 2007, "Regular expression matching can be simple and fast").

    Examples
    --------
    >>> match_all(["innovation", "innover", "rénover"], "innov.*").tolist()
    [True, True, False]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = f"(?s)^(?:{expression})$"
    found = pc.match_substring_regex(pa.array(names, type=pa.large_string()), whole, ignore_case=ignore_case)
    return found.to_numpy(zero_copy_only=False).astype(bool)


def check_expression(expression: str) -> str:
    r"""Return a regular expression in which ``\w`` is any letter, accented or not.

    Raises
    ------
    UsageError
        If it is not one, or too long.

    Examples
    --------
    >>> check_expression(r"co-?\w+")
    'co-?[\\pL\\pN\\pM_]+'
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if len(expression) > _LONGEST_EXPRESSION:
        raise UsageError(f"L'expression rationnelle est trop longue : {_LONGEST_EXPRESSION} caractères au plus.")
    if re.search(r"(?<!\\)(?:\\\\)*\\[bB]", expression):
        raise UsageError(
            f"« {expression} » : « \\b » est de trop, l'expression décrit déjà un mot entier, du début à la fin."
        )
    whole = _with_accents(expression)
    try:
        # as it is: « a)(b » would be one between the brackets that `match_all` adds
        pc.match_substring_regex(pa.array([""]), whole)
        match_all([""], whole)
    except pa.ArrowInvalid:
        raise UsageError(
            f"« {expression} » n'est pas une expression rationnelle : vérifiez parenthèses, crochets et répétitions"
            " (ni renvoi \\1 ni condition (?=…))."
        ) from None
    return whole


def _with_accents(expression: str) -> str:
    r"""Replace ``\w`` and ``\W``, which know no accents in RE2."""
    pieces = []
    in_class = False
    for piece in re.findall(r"\\.|[^\\]|\\", expression, flags=re.DOTALL):
        if piece == r"\w":
            pieces.append(_LETTER if in_class else f"[{_LETTER}]")
        elif piece == r"\W":
            if in_class:  # what is in neither of two classes cannot be written in one
                raise UsageError(
                    f"« {expression} » : « \\W » n'est pas possible entre crochets ; « \\pL » dit une lettre."
                )
            pieces.append(f"[^{_LETTER}]")
        else:
            in_class = piece == "[" or (in_class and piece != "]")
            pieces.append(piece)
    return "".join(pieces)
