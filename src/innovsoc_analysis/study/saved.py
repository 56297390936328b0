"""A corpus whose tables were saved: read back from a results folder rather than annotated again."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.model.tables import DOCUMENTS, SEGMENTS, SOURCES, TOKENS
from innovsoc_analysis.study.corpus import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from innovsoc_analysis.model.tables import TableSchema


@dataclass(frozen=True, repr=False)
class SavedCorpus(Corpus):
    """A corpus whose segments and tokens are tables that exist, read when asked for.

    Attributes
    ----------
    read : callable
        Returns the table of a schema.
    """

    read: Callable[[TableSchema], pd.DataFrame] = lambda schema: schema.conform([])

    @cached_property
    def segments(self) -> pd.DataFrame:
        """Sentences, paragraphs and speaker turns, schema ``segments``."""
        return self.read(SEGMENTS)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """Tokens in order, schema ``tokens``."""
        return self.read(TOKENS)


def saved_corpus(folder: Path, *, sources: pd.DataFrame | None = None, remarks: tuple[str, ...] = ()) -> SavedCorpus:
    """Return the corpus whose tables were saved in `folder`.

    Parameters
    ----------
    folder : Path
        Holds ``documents.parquet``, ``segments.parquet`` and ``tokens.parquet``.
    sources : DataFrame, optional
        What became of each file, schema ``sources``; by default nothing is known of them.
    remarks : tuple of str
        On the metadata.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> from innovsoc_analysis.study.saving import save_annotations, save_documents
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> corpus = corpus_from_texts({"a.txt": "Un jardin. On y cultive."})
    >>> _ = save_documents(corpus, folder), save_annotations(corpus, folder)
    >>> saved_corpus(folder).sentences.equals(corpus.sentences)
    True
    """
    known = SOURCES.conform([]) if sources is None else sources
    read = functools.partial(_table, folder)
    return SavedCorpus(read(DOCUMENTS), known, remarks, (), read=read)


def _table(folder: Path, schema: TableSchema) -> pd.DataFrame:
    return schema.conform(pd.read_parquet(folder / f"{schema.name}.parquet"))
