"""The pipeline beside another spaCy pipeline: word by word, and in counts of lemmas."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.pipeline import MODEL, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language


def compare_words(text: str, other: str = MODEL) -> pd.DataFrame:
    """Return how this pipeline and another read each word of a text.

    Parameters
    ----------
    text : str
        A few sentences.
    other : str
        Name of an installed spaCy pipeline.

    Returns
    -------
    DataFrame
        One row per word of this pipeline: ``word, lemma, word_class`` and ``other_word, other_lemma,
        other_class``, those of the other pipeline at the same place, joined by a plus sign.

    Raises
    ------
    UsageError
        If the other pipeline is not installed.

    Examples
    --------
    >>> compare_words("Les acteurices votent.")[["word", "lemma", "other_lemma"]].values.tolist()[1]
    ['acteurices', 'acteur', 'acteurice']
    """
    theirs = _other(other)(text)
    rows = []
    for token in load()(text):
        first, last = token.idx, token.idx + len(token)
        here = [one for one in theirs if one.idx < last and one.idx + len(one) > first and not one.is_space]
        said = [" + ".join(values) for values in zip(*((one.text, one.lemma_, one.pos_) for one in here), strict=True)]
        rows.append((token.text, token.lemma_, token.pos_, *(said or ["", "", ""])))
    columns = ["word", "lemma", "word_class", "other_word", "other_lemma", "other_class"]
    return pd.DataFrame(rows, columns=columns)


def compare_lemmas(
    texts: Iterable[str], tokens: pd.DataFrame, lemmas: Sequence[str], *, other: str = MODEL
) -> pd.DataFrame:
    """Return how often lemmas are met, by this pipeline and by another.

    Parameters
    ----------
    texts : iterable of str
        Of the corpus.
    tokens : DataFrame
        Schema ``tokens``: the same texts as this pipeline reads them.
    lemmas : sequence of str
        What is counted.
    other : str
        Name of an installed spaCy pipeline.

    Returns
    -------
    DataFrame
        ``lemma, other`` (the other pipeline), ``here`` (this one) and ``inclusive`` (of these, inclusive forms).

    Raises
    ------
    UsageError
        If the other pipeline is not installed.
    """
    theirs: Counter[str] = Counter()
    for doc in _other(other).pipe(texts):
        theirs.update(token.lemma_ for token in doc)
    here = Counter(tokens["lemma"])
    inclusive = Counter(tokens.loc[tokens["inclusive"].fillna("").astype(bool), "lemma"])
    rows = [(lemma, theirs[lemma], here[lemma], inclusive[lemma]) for lemma in lemmas]
    return pd.DataFrame(rows, columns=["lemma", "other", "here", "inclusive"])


@functools.cache
def _other(name: str) -> Language:
    """Return another pipeline without what costs time and plays no part in words, lemmas and classes."""
    import spacy

    if not spacy.util.is_package(name):
        raise UsageError(f"La chaîne spaCy « {name} » n'est pas installée ici.")
    return spacy.load(name, exclude=["parser", "ner"])
