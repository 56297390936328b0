"""Code a corpus: the one function that notebooks and the command line call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.coding.rules import RuleCoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus


def code(
    corpus: Corpus, codebook: Codebook | str, *, progress: Callable[[str, int, int], None] | None = None
) -> Codings:
    """Code the segments of `corpus` by `codebook`, with evidence for every code.

    Parameters
    ----------
    corpus : Corpus
        From :func:`innovsoc_analysis.read_corpus`.
    codebook : Codebook or str
        From :func:`innovsoc_analysis.load_codebook`, or what that function takes.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    Codings
        The table of codings and what one asks of it.

    Examples
    --------
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Une réponse nouvelle aux besoins sociaux."})
    >>> code(corpus, load_codebook()).table["code"].tolist()
    ['def.besoin', 'def.nouveaute']
    """
    book = load_codebook(codebook) if isinstance(codebook, str) else codebook
    return Codings(RuleCoder(book).code(corpus, progress=progress), corpus, book)
