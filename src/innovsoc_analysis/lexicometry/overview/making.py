"""Makes every analysis that a corpus allows, and says why where it does not allow one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.overview.result import Lexicon
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.nlp.terms import Term
    from innovsoc_analysis.study.corpus import Corpus

_MIN_COUNT = 2


def lexicon(
    corpus: Corpus,
    by: str | Sequence[str] = "genre",
    *,
    n_classes: int = 6,
    terms: str | Iterable[Term | str] | None = None,
    codings: Coded | pd.DataFrame | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Lexicon:
    """Study the vocabulary of a corpus: richness, specificities, factor maps, lexical worlds, similarity.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    by : str or sequence of str
        What the parts are, see `spans_by`: attributes, ``"speaker"``, ``"code"``; none, if nothing is to
        be compared.
    n_classes : int
        Classes of Reinert's classification.
    terms : {"field", "learned"} or iterable of Term or str, optional
        Expressions that are counted as one word, see `Vocabulary`.
    codings : Codings or DataFrame, optional
        For the part ``"code"``.
    progress : callable, optional
        Called with a word, the number of analyses done and that of all.

    Returns
    -------
    Lexicon
        An analysis that the corpus does not allow is missing, and one of its remarks says why.

    Raises
    ------
    UsageError
        If there is no part of the kind asked for, or no word.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits, un jardin, un jardin.", "b": "Deux puits, deux loyers."})
    >>> found = lexicon(corpus, "title")
    >>> found.specificities["title"].parts, found.classes is None
    (('a', 'b'), True)
    """
    from innovsoc_analysis.lexicometry.classes import reinert
    from innovsoc_analysis.lexicometry.diversity.comparing import richness
    from innovsoc_analysis.lexicometry.factors import correspondence
    from innovsoc_analysis.lexicometry.graph import similarity
    from innovsoc_analysis.lexicometry.specificity import specificities

    names = list(dict.fromkeys([by] if isinstance(by, str) else by))
    attempts = _Attempts(3 * len(names) + 2, progress)
    if not names:
        attempts.remarks.append("Rien n'est comparé : choisissez un attribut (by ou --by), tel que genre ou title.")
    for name in names:
        # the first tells of a wrong request: nothing is to be made of it
        choices: dict[str, Any] = {"codings": codings}
        attempts.make(("richness", name), lambda: richness(corpus, name, **choices), required=True)  # noqa: B023
        choices["terms"] = terms
        attempts.make(("specificities", name), lambda: specificities(corpus, name, min_count=_MIN_COUNT, **choices))  # noqa: B023
        attempts.make(("correspondence", name), lambda: correspondence(corpus, name, content=True, **choices))  # noqa: B023
    attempts.make(("classes", ""), lambda: reinert(corpus, n_classes, terms=terms))
    attempts.make(("similarity", ""), lambda: similarity(corpus, terms=terms))
    made = attempts.made
    return Lexicon(
        corpus=corpus,
        by=tuple(names),
        richness={name: made["richness", name] for name in names},
        specificities={name: made["specificities", name] for name in names if ("specificities", name) in made},
        correspondence={name: made["correspondence", name] for name in names if ("correspondence", name) in made},
        classes=made.get(("classes", "")),
        similarity=made.get(("similarity", "")),
        remarks=tuple(dict.fromkeys(attempts.remarks)),
        codings=codings,
    )


class _Attempts:
    """What could be made, and why the rest could not."""

    def __init__(self, n: int, progress: Callable[[str, int, int], None] | None) -> None:
        self.made: dict[tuple[str, str], Any] = {}
        self.remarks: list[str] = []
        self._n, self._done, self._progress = n, 0, progress

    def make(self, key: tuple[str, str], what: Callable[[], Any], *, required: bool = False) -> None:
        try:
            self.made[key] = what()
        except UsageError as error:
            if required:
                raise
            self.remarks.append(f"{_TITLES[key[0]]} : {error}")
        self._done += 1
        if self._progress:
            title = _TITLES[key[0]]
            self._progress(title[0].lower() + title[1:], self._done, self._n)


_TITLES = {
    "richness": "Richesse",
    "specificities": "Spécificités",
    "correspondence": "Analyse des correspondances",
    "classes": "Classification de Reinert",
    "similarity": "Analyse de similitude",
}
