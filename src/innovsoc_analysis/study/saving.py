"""Write a corpus' tables to a results folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.tables import DOCUMENTS, SEGMENTS, TOKENS
from innovsoc_analysis.safe.files import atomic_write, write_parquet
from innovsoc_analysis.safe.sheets import csv_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from innovsoc_analysis.study.corpus import Corpus


def save_documents(corpus: Corpus, folder: Path, *, locale: str = "") -> list[Path]:
    """Write ``documents.parquet`` and ``sources.csv``; return the paths."""
    write_parquet(corpus.documents, DOCUMENTS, folder / "documents.parquet")
    atomic_write(folder / "sources.csv", csv_bytes(corpus.sources, locale=locale))
    return [folder / "documents.parquet", folder / "sources.csv"]


def save_annotations(corpus: Corpus, folder: Path) -> list[Path]:
    """Write ``segments.parquet`` and ``tokens.parquet``; return the paths."""
    write_parquet(corpus.segments, SEGMENTS, folder / "segments.parquet")
    write_parquet(corpus.tokens, TOKENS, folder / "tokens.parquet")
    return [folder / "segments.parquet", folder / "tokens.parquet"]
