"""Put the parts of a batch together in the folder of results: tables, matrices, workbook, report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.batch.extract import MOST_DOUBTFUL, save_extract
from innovsoc_analysis.batch.parts import record_of
from innovsoc_analysis.batch.settings import unpack_codebook
from innovsoc_analysis.batch.streaming import join_csv, join_tables
from innovsoc_analysis.batch.tally import Tally
from innovsoc_analysis.batch.work import QUEUE
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.ingest.attributes import NO_VALUE
from innovsoc_analysis.model.documents import REFUSED, SourceOutcome
from innovsoc_analysis.model.errors import NothingToReadError
from innovsoc_analysis.model.tables import CODINGS, DOCUMENTS, SEGMENTS, SOURCES, TOKENS
from innovsoc_analysis.report.saving import save_report
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.sheets import csv_bytes
from innovsoc_analysis.study.corpus import Corpus, nothing_read
from innovsoc_analysis.study.saved import saved_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from innovsoc_analysis.batch.settings import Settings

MATRICES = "matrices"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Up to where the workbook and the report hold everything; beyond, they hold an extract.

    Attributes
    ----------
    codings, documents, words : int
        Of the whole batch.
    """

    codings: int = 20_000
    documents: int = 5_000
    words: int = 5_000_000

    def hold(self, tally: Tally) -> bool:
        """Whether all of it fits."""
        documents, words = tally.total.documents, tally.total.words
        return tally.codings <= self.codings and documents <= self.documents and words <= self.words


@dataclass(frozen=True, slots=True)
class Merged:
    """The parts of a batch, counted.

    Attributes
    ----------
    folders : list of Path
        Parts that hold texts, in order.
    tally : Tally
        What they hold.
    corpus : Corpus
        Sources and remarks; its table of documents is empty.
    """

    folders: list[Path]
    tally: Tally
    corpus: Corpus

    @property
    def queues(self) -> list[Path]:
        """Tables of what a model was not sure of; none where rules alone have coded."""
        return [folder / QUEUE for folder in self.folders if (folder / QUEUE).exists()]


def n_listed(tally: Tally, bounds: Bounds | None = None) -> int:
    """Return how many rows ``to_reread.csv`` has: all that is to be read again, or the most doubtful of it."""
    return tally.listed if (bounds or Bounds()).hold(tally) else min(tally.listed, MOST_DOUBTFUL)


def count(folders: Sequence[Path], settings: Settings, *, remarks: tuple[str, ...] = ()) -> Merged:
    """Count what the parts hold.

    Parameters
    ----------
    folders : sequence of Path
        Finished parts in order.
    settings : Settings
        How they were made.
    remarks : tuple of str
        On the metadata.

    Raises
    ------
    NothingToReadError
        If no part holds a text.
    """
    sources = SOURCES.conform(pd.concat([pd.read_parquet(folder / "sources.parquet") for folder in folders]))
    tally = Tally(unpack_codebook(settings.codebook))
    told = []
    for folder in folders:
        record = record_of(folder)
        if record["documents"]:
            tally.add(_described(folder), record)
            told.append(folder)
    if not told:
        refused = sources[sources["outcome"] == REFUSED]
        outcomes = [SourceOutcome(row.source, REFUSED, row.code, row.message) for row in refused.itertuples()]
        raise NothingToReadError(nothing_read(outcomes))
    return Merged(told, tally, Corpus(DOCUMENTS.conform([]), sources, remarks, ()))


def save_tables(merged: Merged, out: Path, *, locale: str = "") -> list[Path]:
    """Write the tables and matrices; return the paths."""
    folders = merged.folders
    written = [join_tables(DOCUMENTS, folders, out / "documents.parquet")]
    atomic_write(out / "sources.csv", csv_bytes(merged.corpus.sources, locale=locale))
    written.append(out / "sources.csv")
    written += [join_tables(schema, folders, out / f"{schema.name}.parquet") for schema in (SEGMENTS, TOKENS, CODINGS)]
    written.append(join_csv("codings.csv", folders, out / "codings.csv"))
    place = out / MATRICES
    written.append(join_csv("presence.csv", folders, place / "code_document_01.csv"))
    written.append(join_csv("counts.csv", folders, place / "code_document_counts.csv"))
    for name, table in _matrices(merged.tally).items():
        atomic_write(place / name, csv_bytes(table, locale=locale))
        written.append(place / name)
    return written


def _matrices(tally: Tally) -> dict[str, pd.DataFrame]:
    codes = tally.codebook.code_ids
    pairs = pd.DataFrame(tally.pairs, index=pd.Index(codes, name="code"), columns=list(codes))
    return {
        "code_attribute.csv": _by_attribute(tally, values="segments"),
        "code_attribute_documents.csv": _by_attribute(tally, values="documents"),
        "code_code.csv": pairs.reset_index(allow_duplicates=True),
    }


def _by_attribute(tally: Tally, *, values: str) -> pd.DataFrame:
    """Return one row per code and one column per value of each attribute."""
    columns = []
    for attribute in tally.attributes():
        matrix = tally.matrix(attribute, values=values)
        name = attribute.removeprefix("meta.")
        columns.append(matrix.rename(columns=lambda value, name=name: f"{name} : {value or NO_VALUE}"))
    labels = tally.summary()[["label"]]
    return pd.concat([labels, *columns], axis=1).reset_index(allow_duplicates=True)


def save_readable(
    merged: Merged, out: Path, *, title: str, by: str = "", locale: str = "", bounds: Bounds | None = None
) -> list[Path]:
    """Write the workbook, the report and its figure, and what is to be read again; return the paths.

    Parameters
    ----------
    merged : Merged
        Of which `save_tables` has written the tables to `out`.
    out : Path
        Folder of the results.
    title : str
        Title of the report; without it, the number of texts.
    by : str
        Attribute that codes are compared by; empty for the genre.
    locale : str
        As in `save_tables`.
    bounds : Bounds, optional
        Up to where they hold everything.

    Raises
    ------
    UnknownNameError
        If no document has the attribute `by`.
    UsageError
        If it has too many values.
    """
    tally = merged.tally
    by = tally.grouping(by).by
    title = title or f"Codage de {tally.total.documents} document(s)"
    if not (bounds or Bounds()).hold(tally):
        return save_extract(merged, out, title=title, by=by, locale=locale)
    queues = [CODINGS.conform(pd.read_parquet(path)) for path in merged.queues]
    queue = CODINGS.conform(pd.concat(queues)) if queues else None
    corpus = saved_corpus(out, sources=merged.corpus.sources, remarks=merged.corpus.remarks)
    codings = Codings(CODINGS.conform(pd.read_parquet(out / "codings.parquet")), corpus, tally.codebook, queue)
    written = codings.save(out, locale=locale, by=by)
    return [*written, *save_report(codings, out, title=title, by=by, words=tally.words)]


def _described(folder: Path) -> pd.DataFrame:
    import pyarrow.parquet as pq

    columns = [name for name in pq.read_schema(folder / "documents.parquet").names if name != "text"]
    return pd.read_parquet(folder / "documents.parquet", columns=columns)
