"""The query language of concordances: words, wildcards, choices, gaps and regular expressions.

===================  ==========================================================================
``innovation``       the word, by form or by lemma
``innov*``           any letters where the star stands
``besoin|demande``   one or the other
``penser/NOUN``      the word as that part of speech; ``/NOUN``: any noun
``/innov.*|nouv.*/`` a regular expression on the whole word
``… …2 []{0,2}``     up to three words, up to two, between two others in a sentence
``[] []{2}``         any word, two of them
===================  ==========================================================================
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.kwic.index import fold
from innovsoc_analysis.lexicometry.kwic.steps import BOTH, FORM, LEMMA, UPOS, Condition, Step, check_expression
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.pipeline import load
from innovsoc_analysis.nlp.words import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTS_OF_SPEECH = frozenset(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905
)
LOOKED_AT = {BOTH: "formes et lemmes", FORM: "formes", LEMMA: "lemmes"}
MOST_REPEATED = 30
_DEFAULT_GAP = 3
_GAP = re.compile(r"(?:…|\.\.\.)(\d{0,3})")
_ANY = re.compile(r"\[\](?:\{(\d{1,3})(?:(,)(\d{1,3}))?\})?")
_LONGEST_QUERY = 1000
_STANDS_FOR_STAR = "ǂ"  # a letter for the tokenizer, and in no French word


def parse_query(query: str, *, word: str = BOTH, accents: bool = True) -> tuple[Step, ...]:
    """Return the steps of a query.

    Parameters
    ----------
    query : str
        As above. « … » between two words is a gap, elsewhere the sign itself.
    word : {"both", "form", "lemma"}
        What words, stars and expressions are compared with.
    accents : bool
        Whether accents count.

    Raises
    ------
    UsageError
        If it is empty or cannot be read.

    Examples
    --------
    >>> [(step.low, step.high) for step in parse_query("innovation … sociale")]
    [(1, 1), (0, 3), (1, 1)]
    """
    if word not in LOOKED_AT:
        raise UsageError(f"« {word} » : choisissez both (formes et lemmes), form (formes) ou lemma (lemmes).")
    if len(query) > _LONGEST_QUERY:
        raise UsageError(f"La recherche est trop longue : {_LONGEST_QUERY} caractères au plus.")
    pieces = re.sub(r"(?<=')\s+", "", " ".join(query.replace("’", "'").split())).split()
    if not pieces:
        raise UsageError("Indiquez le mot à chercher.")
    _refuse_cut_expression(pieces, query)
    steps: list[Step] = []
    plain: list[str] = []
    for number, piece in enumerate(pieces):
        special = _special(piece, word=word, accents=accents, inside=0 < number < len(pieces) - 1)
        if special is None:
            plain.append(piece)
            continue
        steps += [*_plain(plain, word=word, accents=accents), *special]
        plain = []
    steps += _plain(plain, word=word, accents=accents)
    if all(step.is_free for step in steps):
        raise UsageError(f"« {query} » convient à tous les mots : donnez au moins un mot, ou une partie de mot.")
    return tuple(steps)


def _special(piece: str, *, word: str, accents: bool, inside: bool) -> list[Step] | None:
    """Return the steps of a piece that is more than words."""
    if inside and (gap := _GAP.fullmatch(piece)):
        return [_gap(piece, 0, int(gap[1]) if gap[1] else _DEFAULT_GAP)]
    if free := _ANY.fullmatch(piece):
        low = int(free[1]) if free[1] else 1
        return [_gap(piece, low, int(free[3]) if free[2] else low)]
    stem, slash, upos = piece.rpartition("/")
    if piece.startswith("/") and len(stem) > 1 and (not upos or upos in PARTS_OF_SPEECH):
        expression = check_expression(stem[1:] if accents else fold(stem[1:], accents=False))
        return [Step((_choice(Condition(word, expression=expression, accents=accents), upos),))]
    if stem and upos.isupper() and upos not in PARTS_OF_SPEECH and get_close_matches(upos, PARTS_OF_SPEECH):
        raise UsageError(f"Catégorie inconnue : « {upos} » ; il y a {', '.join(sorted(PARTS_OF_SPEECH))}.")
    tagged = bool(slash) and upos in PARTS_OF_SPEECH
    if not tagged and "*" not in piece and ("|" not in piece or piece == "|"):
        return None
    *before, last = split_words(piece.replace("*", _STANDS_FOR_STAR)) if not tagged else [piece]
    elided = [Step(((_condition(one, word=word, accents=accents),),)) for one in before if not tagged]
    if "|" in piece or tagged:
        elided, last = [], piece
    return [*elided, Step(tuple(_tagged(one, piece, word=word, accents=accents) for one in last.split("|")))]


def _gap(piece: str, low: int, high: int) -> Step:
    if not low <= high <= MOST_REPEATED or not high:
        raise UsageError(f"« {piece} » : un intervalle compte de 1 à {MOST_REPEATED} mots, comme dans « …5 ».")
    return Step(low=low, high=high)


def _tagged(text: str, piece: str, *, word: str, accents: bool) -> tuple[Condition, ...]:
    """Return the conditions of one choice, such as ``penser/NOUN``."""
    stem, slash, upos = text.rpartition("/")
    if not (slash and upos in PARTS_OF_SPEECH):
        stem, upos = text, ""
    if not stem and not upos:
        raise UsageError(f"« {piece} » : un choix est vide, vérifiez les « | ».")
    if not stem:
        return (Condition(UPOS, frozenset({upos})),)
    if set(stem) <= {"*", _STANDS_FOR_STAR}:
        return _choice(None, upos)
    return _choice(_condition(stem, word=word, accents=accents), upos)


def _choice(condition: Condition | None, upos: str) -> tuple[Condition, ...]:
    conditions = [condition] if condition else []
    return (*conditions, Condition(UPOS, frozenset({upos}))) if upos else tuple(conditions)


def _condition(text: str, *, word: str, accents: bool) -> Condition:
    """Return the condition of a word, which may hold stars."""
    folded = fold(text.replace(_STANDS_FOR_STAR, "*"), accents=accents)
    if "*" not in folded:
        return Condition(word, frozenset({folded}), accents=accents)
    return Condition(word, expression=".*".join(map(re.escape, folded.split("*"))), accents=accents)


def _plain(pieces: Sequence[str], *, word: str, accents: bool) -> list[Step]:
    """Cut words into tokens as texts are, together: « celles et ceux » is one."""
    if not pieces:
        return []
    tokens = [token.text for token in load().make_doc(" ".join(pieces))]
    return [
        Step(((Condition(word, frozenset({fold(text, accents=accents)}), accents=accents),),))
        for text in tokens
        if not text.isspace()
    ]


def _refuse_cut_expression(pieces: Sequence[str], query: str) -> None:
    """Refuse an expression between slashes that holds a space: tokens are compared one by one."""
    opened = False
    for piece in pieces:
        if opened and piece.endswith("/"):
            raise UsageError(
                f"« {query} » : une expression rationnelle décrit un seul mot ; fermez-la par « / » avant l'espace"
                " (« /innov.*/ /social.*/ »)."
            )
        opened = opened or (piece.startswith("/") and piece.count("/") == 1 and piece[1:] not in PARTS_OF_SPEECH)
