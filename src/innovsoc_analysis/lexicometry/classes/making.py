"""Classify a corpus by Reinert's method."""

from __future__ import annotations

import math
from collections.abc import Collection
from numbers import Real
from typing import TYPE_CHECKING, TypedDict, Unpack

from innovsoc_analysis.counting.vocabulary import Vocabulary
from innovsoc_analysis.lexicometry.checks import check_whole
from innovsoc_analysis.lexicometry.classes.classes import Classes
from innovsoc_analysis.lexicometry.classes.classifying import Settings, classify
from innovsoc_analysis.lexicometry.classes.material import make_material
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from innovsoc_analysis.nlp.terms import Term
    from innovsoc_analysis.study.corpus import Corpus

_FEWEST_MERGED = 2
_LARGER = 1.5


class Words(TypedDict, total=False):
    """Which words are active, see `Vocabulary`."""

    upos: tuple[str, ...]
    stop_words: tuple[str, ...]
    keep: tuple[str, ...]
    terms: str | Iterable[Term | str] | None
    inclusive: str
    min_documents: int
    max_share: float


def reinert(  # noqa: PLR0913 - the settings of a classification, all by keyword
    corpus: Corpus,
    n_classes: int = 8,
    *,
    unit: str = "context",
    context_words: int = 15,
    min_segment_size: int = 10,
    min_count: int = 3,
    double: bool = False,
    min_split_members: int = 10,
    cc_test: float = 0.3,
    tsj: int = 3,
    **words: Unpack[Words],
) -> Classes:
    """Classify the units of `corpus` by the words that meet in them: Reinert's method (Alceste, IRaMuTeQ).

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    n_classes : int
        How many classes, at most; `Classes.at` gives fewer.
    unit : {"context", "paragraph", "document"}
        What is classified, see `make_units`.
    context_words : int
        Fewest content words of a context unit. 15 make about 40 words in all, as IRaMuTeQ's segments.
    min_segment_size : int
        Units of fewer different active words, such as short turns, are joined to those that follow in
        their document, other speakers' included; 0 for none.
    min_count : int
        An active word is in at least as many units, and so is one that describes classes.
    double : bool
        Classify twice, short units being joined at `min_segment_size` and at one and a half times as
        many words, and keep the classes that both find: what is classified is then the units before
        they are joined, and those in no stable class are labelled 0.
    min_split_members, cc_test, tsj
        See `ReinertClassifier`.
    **words
        ``upos, stop_words, keep, terms, inclusive, min_documents, max_share`` of `Vocabulary`: which words
        are active. `min_documents` is 1 and `max_share` 1 here, as in IRaMuTeQ; words that hang on one
        document are marked rather than left out.

    Returns
    -------
    Classes

    Raises
    ------
    UsageError
        If there are too few units or words, or a setting cannot be used.

    Notes
    -----
    M. Reinert, 1983, « Une méthode de classification descendante hiérarchique : application à l'analyse
    lexicale par contexte », *Les Cahiers de l'analyse des données* 8(2), 187-198; 1990, « Alceste, une méthodologie
    d'analyse des données textuelles », *Bulletin de méthodologie sociologique* 26, 24-54.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> garden, office = "Le jardin et les légumes. ", "Le guichet et les formulaires. "
    >>> corpus = corpus_from_texts({str(n): (garden, office)[n % 2] for n in range(20)})
    >>> classes = reinert(corpus, 2)
    >>> classes, classes.words(1)["word"].tolist()
    (<Classes : 2 classes, 20 unités classées sur 20>, ['jardin', 'légume'])
    """
    check_whole("context_words", context_words, 1)
    check_whole("min_segment_size", min_segment_size, 0)
    check_whole("min_count", min_count, 1)
    _check_words(words)
    sizes = _two_sizes(min_segment_size) if double else None
    choices: Words = {"min_documents": 1, "max_share": 1.0, **words}
    vocabulary = Vocabulary(unit=unit, context_words=context_words, **choices)
    material = make_material(corpus, vocabulary, min_count=min_count, min_size=0 if double else min_segment_size)
    settings = Settings(n_classes=n_classes, min_split_members=min_split_members, cc_test=cc_test, tsj=tsj, sizes=sizes)
    partitions = classify(material.active, material.documents, settings)
    return Classes(corpus, material, partitions, partitions.most, settings, unit)


def _two_sizes(smaller: int) -> tuple[int, int]:
    if smaller < _FEWEST_MERGED:
        raise UsageError("Une classification double réunit les unités courtes : min_segment_size= est d'au moins 2.")
    return smaller, math.ceil(_LARGER * smaller)


def _check_words(words: Words) -> None:
    known = Words.__annotations__
    if unknown := [name for name in words if name not in known]:
        raise UsageError(
            f"Option inconnue : « {unknown[0]} » ; il y a n_classes, unit, context_words, min_segment_size, min_count, "
            f"double, min_split_members, cc_test, tsj, {', '.join(known)}."
        )
    check_whole("min_documents", words.get("min_documents", 1), 1)
    for name in ("upos", "stop_words", "keep"):
        listed: object = words.get(name, ())
        if not isinstance(listed, Collection) or isinstance(listed, str):
            raise UsageError(f"{name}= est une liste de mots.")
    if not isinstance(words.get("max_share", 1.0), Real):
        raise UsageError("max_share= est une part : un nombre plus grand que 0 et d'au plus 1.")
