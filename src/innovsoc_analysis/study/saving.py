"""Write a corpus' tables to a results folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.tables import DOCUMENTS, SEGMENTS, TOKENS
from innovsoc_analysis.safe.files import atomic_write, write_parquet
from innovsoc_analysis.safe.sheets import csv_bytes

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from innovsoc_analysis.study.corpus import Corpus


def save_documents(corpus: Corpus, folder: Path, *, locale: str = "") -> list[Path]:
    """Write ``documents.parquet``, ``sources.csv`` and, if texts come twice, ``duplicates.csv``; return the paths."""
    write_parquet(corpus.documents, DOCUMENTS, folder / "documents.parquet")
    atomic_write(folder / "sources.csv", csv_bytes(corpus.sources, locale=locale))
    written = [folder / "documents.parquet", folder / "sources.csv"]
    return [*written, *save_duplicates(corpus.duplicates, folder, locale=locale)]


def save_duplicates(duplicates: pd.DataFrame, folder: Path, *, locale: str = "") -> list[Path]:
    """Write ``duplicates.csv``, or remove that of an earlier run if no text comes twice; return the paths.

    Parameters
    ----------
    duplicates : DataFrame
        From :func:`~innovsoc_analysis.study.duplicates.find_duplicates`.
    folder : Path
        Of the results.
    locale : str
        As for other tables.
    """
    path = folder / "duplicates.csv"
    if duplicates.empty:
        path.unlink(missing_ok=True)
        return []
    atomic_write(path, csv_bytes(duplicates, locale=locale))
    return [path]


def save_annotations(corpus: Corpus, folder: Path) -> list[Path]:
    """Write ``segments.parquet`` and ``tokens.parquet``; return the paths."""
    write_parquet(corpus.segments, SEGMENTS, folder / "segments.parquet")
    write_parquet(corpus.tokens, TOKENS, folder / "tokens.parquet")
    return [folder / "segments.parquet", folder / "tokens.parquet"]
