"""Workbook and report of a batch too large for either: all the counts, and an extract of the verbatims.

The extract is drawn by lot, the same codings each time: of each code, those whose identifiers, which
are digests, come first. Of what a model was not sure of, the most doubtful is kept.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pandas as pd

from innovsoc_analysis.coding.codings import HEADINGS, Codings
from innovsoc_analysis.coding.drawing import drawn_values, left_out
from innovsoc_analysis.figures.dots import dot_plot
from innovsoc_analysis.figures.style import png_bytes, svg_bytes
from innovsoc_analysis.ingest.attributes import value_label
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.tables import CODINGS, DOCUMENTS, SEGMENTS
from innovsoc_analysis.pages.rendering import inline_svg
from innovsoc_analysis.report.grouping import GENRE, grouped_rows
from innovsoc_analysis.report.page import render
from innovsoc_analysis.report.summary import summarise
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.sheets import csv_bytes, xlsx_bytes
from innovsoc_analysis.study.saved import SavedCorpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.axes import Axes

    from innovsoc_analysis.batch.results import Merged
    from innovsoc_analysis.batch.tally import Tally
    from innovsoc_analysis.model.tables import TableSchema
    from innovsoc_analysis.report.grouping import Grouping

PER_CODE = 50
MOST_DOUBTFUL = 2_000
_EVEN = 0.5  # the probability that says least
_ROWS = 2_000  # whole texts are among them
_WHERE = (
    "Ce corpus est trop grand pour montrer ici tous les verbatims : les comptes portent sur tout le corpus,"
    " les verbatims sont un tirage, toujours le même, d'au plus {most} par code. Tous sont dans codings.csv"
    " et codings.parquet ; les comptes par document, dans le dossier matrices."
)


def save_extract(merged: Merged, out: Path, *, title: str, by: str = GENRE, locale: str = "") -> list[Path]:
    """Write ``codings.xlsx``, ``report.html``, the figure and what is to be read again; return the paths.

    Parameters
    ----------
    merged : Merged
        Counts of the whole batch, sources, remarks.
    out : Path
        Holds the tables of the batch.
    title : str
        Title of the report.
    by : str
        Attribute that codes are compared by.
    locale : str
        ``"fr"`` for a French spreadsheet.
    """
    tally = merged.tally
    where = _WHERE.format(most=PER_CODE)
    codings = draw(merged, out)
    doubtful = draw_doubtful(merged, out)
    method = codings.method if doubtful is None else doubtful.method
    wide, narrow = (_plot(tally, by=by, method=method, compact=compact) for compact in (False, True))
    page = render(
        _summary(tally, codings, where, by=by) | {"learned": doubtful is not None},
        title=title,
        figures={"wide": inline_svg(wide.figure.figure), "narrow": inline_svg(narrow.figure.figure)},
    )
    contents = {
        "codings.xlsx": xlsx_bytes(_sheets(tally, codings, where, by=by)),
        "report.html": page.encode(),
        "codes.svg": svg_bytes(wide.figure.figure),
        "codes.png": png_bytes(wide.figure.figure),
    }
    if doubtful is not None:
        contents["to_reread.csv"] = csv_bytes(doubtful.to_reread(), locale=locale)
    for name, data in contents.items():
        atomic_write(out / name, data)
    return [out / name for name in contents]


def draw(merged: Merged, out: Path, *, per_code: int = PER_CODE) -> Codings:
    """Return the extract: at most `per_code` verbatims of each code, with all the codes that they carry."""
    drawn = pd.DataFrame({"coding_id": [], "code": [], "segment_id": []}, dtype="str")
    for batch in _batches(out / "codings.parquet", ["coding_id", "code", "segment_id"]):
        both = pd.concat([drawn, batch]).sort_values("coding_id", kind="stable")
        drawn = both.groupby("code", sort=False).head(per_code)
    wanted = set(drawn["segment_id"])
    table = _chosen(out, CODINGS, "segment_id", wanted)
    return Codings(table, _around(merged, out, table), merged.tally.codebook)


def draw_doubtful(merged: Merged, out: Path, *, most: int = MOST_DOUBTFUL) -> Codings | None:
    """Return codings whose queue holds the `most` doubtful of the batch, or ``None`` where there is no queue."""
    queue: pd.DataFrame | None = None
    for path in merged.queues:
        rows = CODINGS.conform(pd.read_parquet(path))
        rows = rows if queue is None else CODINGS.conform(pd.concat([queue, rows]))
        doubt = (rows["score"].astype(float) - _EVEN).abs().sort_values(kind="stable")
        queue = rows.loc[sorted(doubt.index[:most])].reset_index(drop=True)
    if queue is None:
        return None
    given = _chosen(out, CODINGS, "coding_id", set(queue["coding_id"]))
    return Codings(given, _around(merged, out, queue), merged.tally.codebook, queue)


def _around(merged: Merged, out: Path, table: pd.DataFrame) -> SavedCorpus:
    """Return the documents and segments that the rows of `table` are about."""
    documents = _chosen(out, DOCUMENTS, "doc_id", set(table["doc_id"]))
    segments = _chosen(out, SEGMENTS, "segment_id", set(table["segment_id"]))
    corpus = merged.corpus
    return SavedCorpus(documents, corpus.sources, corpus.remarks, (), read=lambda _: segments)


def _batches(path: Path, columns: list[str] | None = None) -> Iterator[pd.DataFrame]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=columns, batch_size=_ROWS):
            yield batch.to_pandas()


def _chosen(out: Path, schema: TableSchema, column: str, wanted: set[str]) -> pd.DataFrame:
    """Return the rows of a table whose `column` has one of the values wanted."""
    rows = [batch[batch[column].isin(wanted)] for batch in _batches(out / f"{schema.name}.parquet")]
    return schema.conform(pd.concat(rows))


def _summary(tally: Tally, codings: Codings, where: str, *, by: str) -> dict[str, Any]:
    """Return the summary of the extract, with the counts of the whole batch in place of its own."""
    genres, found = tally.grouping(GENRE), tally.grouping(by)
    summary = summarise(codings, by=by, words=tally.words)
    totals = tally.summary()
    by_group = tally.matrix(by, values="documents")
    for family in summary["families"]:
        for code in family["codes"]:
            row = totals.loc[code["id"]]
            code |= {"segments": int(row["segments"]), "documents": int(row["documents"])}
            code["by_group"] = [int(count) for count in by_group.loc[code["id"]]]
    return summary | {
        "figures": {
            "documents": tally.total.documents,
            "words": tally.total.words,
            "sentences": tally.sentences,
            "coded": tally.coded,
            "codings": tally.codings,
            "to_reread": tally.to_reread,
        },
        "by": {"name": found.by, "label": found.label, "is_genre": found.is_genre},
        "genres": _sizes(tally, genres),
        "groups": _sizes(tally, found),
        "genre_names": genres.names,
        "group_names": found.names,
        "formats": dict(sorted(tally.formats.items())),
        "remarks": [where, *summary["remarks"]],
    }


def _sizes(tally: Tally, found: Grouping) -> list[dict[str, Any]]:
    groups = tally.sizes(found.by).values()
    return grouped_rows(found, [one.documents for one in groups], [one.words for one in groups])


def _sheets(tally: Tally, codings: Codings, where: str, *, by: str) -> dict[str, pd.DataFrame]:
    verbatims = codings.verbatims()
    verbatims = verbatims.assign(genre=verbatims["genre"].fillna("").map(genre_label)).rename(columns=HEADINGS)
    summary = tally.summary()
    labels = summary[["label"]].rename(columns=HEADINGS)

    def crossed(name: str) -> pd.DataFrame:
        counts = tally.matrix(name, values="segments").rename(columns=functools.partial(value_label, name))
        return pd.concat([labels, counts], axis=1).reset_index(allow_duplicates=True)

    return {
        "À lire": pd.DataFrame({"à lire": [where]}),
        "Verbatims (tirage)": verbatims,
        "Codes": summary.reset_index().rename(columns=HEADINGS),
        "Codes par genre": crossed(GENRE),
        **({"Codes par attribut": crossed(by)} if by != GENRE else {}),
    }


def _plot(tally: Tally, *, by: str, method: str, compact: bool) -> Axes:
    book = tally.codebook
    sizes = {name: group.documents for name, group in tally.sizes(by).items()}
    shares = tally.matrix(by, values="share")[drawn_values(sizes)]
    shares.columns = pd.Index([f"{value_label(by, name)} (n = {sizes[name]})" for name in shares.columns])
    labels = [book[code].label for code in book.code_ids]
    names = [
        f"{label} ({code})" if labels.count(label) > 1 else label
        for code, label in zip(book.code_ids, labels, strict=True)
    ]
    sections = {name: book.family_of(code) for name, code in zip(names, book.code_ids, strict=True)}
    shares.index = pd.Index(names)
    return dot_plot(
        shares,
        title="Documents qui portent chaque code",
        xlabel=(
            f"part des documents de chaque groupe (%){left_out(len(sizes))}"
            f"\n{tally.total.documents} documents, {method}"
        ),
        sections=sections if any(sections.values()) else None,
        compact=compact,
    )
