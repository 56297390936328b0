"""Where nothing is found: which word is missing from the texts, and which ones are near it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.kwic.index import fold
from innovsoc_analysis.lexicometry.kwic.steps import UPOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from innovsoc_analysis.lexicometry.kwic.index import TokenIndex
    from innovsoc_analysis.lexicometry.kwic.steps import Condition, Step

_SHOWN = 5
_NEAREST = 0.7
_LONGER = 3
_SAME_EDGE = 2


def explain_absence(index: TokenIndex, steps: Sequence[Step]) -> str:
    """Return a French sentence on why a query finds nothing.

    Parameters
    ----------
    index : TokenIndex
        Of the corpus.
    steps : sequence of Step
        The query.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.kwic.index import index_tokens
    >>> from innovsoc_analysis.lexicometry.kwic.queries import parse_query
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> explain_absence(index_tokens(corpus_from_texts({"a": "Un jardin."})), parse_query("jradin"))
    'Aucun mot des textes ne répond à « jradin » ; mots proches : jardin.'
    """
    if not len(index):
        return "Les textes ne contiennent aucun mot."
    missing = [step for step in steps if step.low and not step.fits(index, slice(None)).any()]
    if not missing:
        if any(step.is_free and step.high > step.low for step in steps):
            return "Chaque mot est dans les textes, mais pas aussi près : élargissez l'intervalle, « mot …12 mot »."
        return "Chaque mot est dans les textes, mais pas à la suite : essayez un intervalle, « mot … mot »."
    if other := _other_parts_of_speech(index, missing):
        return other
    words = sorted({word for step in missing for one in _conditions(step) if one.on != UPOS for word in one.words})
    if not words or any(step.refused for step in missing):
        return "Aucun mot des textes ne répond à cette description."
    said = f"Aucun mot des textes ne répond à « {' | '.join(words)} »"
    near = near_words(index, words[0])
    return f"{said} ; mots proches : {', '.join(near)}." if near else f"{said}, et aucun n'en est proche."


def _conditions(step: Step) -> Iterator[Condition]:
    return (one for choice in step.choices for one in choice)


def _other_parts_of_speech(index: TokenIndex, missing: Sequence[Step]) -> str:
    """Return a sentence if a word is there, but never as the part of speech asked for."""
    import numpy as np

    for step in missing:
        for choice in step.choices:
            asked = [one for one in choice if one.on == UPOS and not one.refused]
            others = [one for one in choice if one.on != UPOS]
            if not asked or not others or step.refused:
                continue
            held = np.logical_and.reduce([one.holds(index, slice(None)) for one in others])
            if held.any():
                found = ", ".join(sorted({index.upos.names[code] for code in np.unique(index.upos.codes[held])}))
                wanted = ", ".join(sorted(word for one in asked for word in one.words))
                return f"Ce mot est dans les textes, mais jamais comme {wanted} : comme {found}."
    return ""


def near_words(index: TokenIndex, word: str) -> list[str]:
    """Return the words of the texts that are written nearly as `word`, the nearest first, five at most.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.kwic.index import index_tokens
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> near_words(index_tokens(corpus_from_texts({"a": "Économie, économies, puits."})), "economie")
    ['économie', 'économies']
    """
    bare = fold(word, accents=False)
    forms: dict[str, str] = {}
    for form, other in sorted(zip(index.form.folded, index.form.bare, strict=True)):
        # most words of a large corpus are too unlike to be worth comparing letter by letter
        near_length = abs(len(other) - len(bare)) <= _LONGER
        if near_length and (other[:_SAME_EDGE] == bare[:_SAME_EDGE] or other[-_SAME_EDGE:] == bare[-_SAME_EDGE:]):
            forms.setdefault(other, form)
    if bare in forms:  # but for accents
        others = [other for other in forms if other != bare]
        near = [bare, *difflib.get_close_matches(bare, others, n=_SHOWN - 1, cutoff=_NEAREST)]
    else:
        near = difflib.get_close_matches(bare, list(forms), n=_SHOWN, cutoff=_NEAREST)
    return [forms[other] for other in near]
