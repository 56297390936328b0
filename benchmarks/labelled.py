"""French texts to measure topic models on, with the labels that people gave them, where they have some.

No label is drawn from the words that the models see: a text of ``corpus/`` has its genre, a passage of
``corpus/gold`` the domain that its coders gave its sentences. The projects of beta.gouv.fr have none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from innovsoc_analysis.coding.gold import load_gold
from innovsoc_analysis.counting.vocabulary import count_words
from innovsoc_analysis.study.corpus import corpus_from_texts, read_corpus

if TYPE_CHECKING:
    import scipy.sparse as sp

ROOT = Path(__file__).parent.parent
PROJECTS = ROOT.parent / "shared" / "data" / "betagouv_projects.jsonl"
DOMAIN = "dom."
MIN_DOCUMENTS, MAX_SHARE = 2, 0.6  # the bounds of the default vocabulary


class Labelled(NamedTuple):
    """Counts of the same words for all models, and a label for each document.

    Attributes
    ----------
    matrix : sparse array, shape (n_documents, n_words)
        Counts; every document has at least one word.
    words : tuple of str
        Lemmas.
    labels : tuple of str
        One for each document, or none at all.
    """

    matrix: sp.csr_array[np.int64]
    words: tuple[str, ...]
    labels: tuple[str, ...]


def genres() -> Labelled:
    """Return the sixty texts of ``corpus/``, by genre."""
    corpus = read_corpus(ROOT / "corpus")
    genre = corpus.attribute("genre")
    counts = count_words(corpus)
    return _with_words(counts.matrix, counts.words, tuple(genre[doc_id] for doc_id in counts.doc_ids))


def domains() -> Labelled:
    """Return the passages of ``corpus/gold`` whose sentences carry codes of exactly one domain, by domain."""
    texts, labels = {}, []
    for passage in load_gold(ROOT / "corpus" / "gold").passages:
        carried = {code for sentence in passage.sentences for code in sentence.codes if code.startswith(DOMAIN)}
        if len(carried) == 1:
            texts[passage.passage] = " ".join(sentence.text for sentence in passage.sentences)
            labels.append(carried.pop().removeprefix(DOMAIN))
    return _counted(texts, tuple(labels))


def projects() -> Labelled | None:
    """Return the projects of beta.gouv.fr, which have no labels, or None where they are absent."""
    if not PROJECTS.exists():
        return None
    rows = [json.loads(line) for line in PROJECTS.read_text("utf-8").split("\n") if line]
    texts = {row["id"]: "\n\n".join(row[key] for key in ("title", "mission", "text") if row[key]) for row in rows}
    return _counted(texts, ())


def draw(labelled: Labelled, *, n_labels: int, n_documents: int, seed: int) -> Labelled:
    """Draw documents of `n_labels` labels, about as many of each; words are bounded anew, as in a small corpus.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> matrix = sp.csr_array(np.repeat(np.eye(3, dtype=np.int64), 2, axis=0))
    >>> whole = Labelled(matrix, ("bail", "haie", "vélo"), tuple("aabbcc"))
    >>> drawn = draw(whole, n_labels=2, n_documents=4, seed=0)
    >>> drawn.matrix.shape, len(set(drawn.labels))
    ((4, 2), 2)
    """
    generator = np.random.default_rng(seed)
    labels = np.asarray(labelled.labels)
    chosen = generator.choice(np.unique(labels), n_labels, replace=False)
    sizes = np.full(n_labels, n_documents // n_labels) + (np.arange(n_labels) < n_documents % n_labels)
    rows = np.sort(
        np.concatenate(
            [
                generator.choice(np.flatnonzero(labels == label), size, replace=False)
                for label, size in zip(chosen, sizes, strict=True)
            ]
        )
    )
    matrix = labelled.matrix[rows]
    frequency = (matrix > 0).sum(axis=0)
    kept = np.flatnonzero((frequency >= MIN_DOCUMENTS) & (frequency <= max(MAX_SHARE * n_documents, MIN_DOCUMENTS)))
    return _with_words(matrix[:, kept], tuple(labelled.words[column] for column in kept), tuple(labels[rows].tolist()))


def _counted(texts: dict[str, str], labels: tuple[str, ...]) -> Labelled:
    counts = count_words(corpus_from_texts(texts, genre="project"))
    return _with_words(counts.matrix, counts.words, labels)


def _with_words(matrix: sp.csr_array[np.int64], words: tuple[str, ...], labels: tuple[str, ...]) -> Labelled:
    """Leave out documents without any word: no model can say what they are about."""
    rows = np.flatnonzero(matrix.sum(axis=1) > 0)
    return Labelled(matrix[rows], words, tuple(labels[row] for row in rows) if labels else ())
