"""Topics as files: a table, a workbook that leads from topics to verbatims, a figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.counting.units import UNITS
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.sheets import csv_bytes, xlsx_bytes

if TYPE_CHECKING:
    import pandas as pd

    from innovsoc_analysis.topics.result import Topics

HEADINGS = {
    "topic": "thème",
    "label": "libellé",
    "words": "mots",
    "share": "% du corpus",
    "stability": "stabilité",
    "stability_low": "stabilité, borne basse",
    "stability_high": "stabilité, borne haute",
    "stable": "plus stable que le hasard",
    "quote": "verbatim",
    "title": "titre",
    "speaker": "locuteur·rice",
    "term": "terme",
    "n": "occurrences",
    "n_docs": "documents",
}


def save_topics(topics: Topics, folder: Path | str, *, locale: str = "") -> list[Path]:
    """Write ``topics.csv``, ``topics.xlsx``, ``topics.svg`` and ``topics.png``; stability is measured if it was not.

    Parameters
    ----------
    topics : Topics
        What to write.
    folder : Path
        Where; it is made if need be.
    locale : str
        ``"fr"`` for semicolons and decimal commas in the CSV.

    Returns
    -------
    list of Path
        The files, the same bytes for the same topics.
    """
    from innovsoc_analysis.figures.style import png_bytes, svg_bytes, unshown

    folder = Path(folder)
    table = _with_stability(topics)  # before the figure, which marks unstable topics once they are known
    figure = unshown(topics.plot())
    contents = {
        "topics.csv": csv_bytes(table, locale=locale),
        "topics.xlsx": xlsx_bytes(_sheets(topics)),
        "topics.svg": svg_bytes(figure),
        "topics.png": png_bytes(figure),
    }
    for name, data in contents.items():
        atomic_write(folder / name, data)
    return [folder / name for name in contents]


def _sheets(topics: Topics) -> dict[str, pd.DataFrame]:
    documents = topics.corpus.documents.set_index("doc_id")[["source", "title", "genre"]].rename(columns=HEADINGS)
    documents = documents.assign(genre=documents["genre"].fillna("").map(genre_label))
    # a row per genre: as a column, a genre called « thème » would clash
    by_genre = topics.by("genre").T.rename(index=genre_label).rename(columns=_share_column).round(1)
    sheets = {
        "Thèmes": _with_stability(topics).rename(columns=HEADINGS),
        "Verbatims": topics.exemplars(5).drop(columns=["doc_id", "start", "end"]).rename(columns=HEADINGS),
        "Par genre (%)": by_genre.rename_axis("genre").reset_index(),
        "Par document (%)": documents.join(_percentages(topics.document_shares)).reset_index(drop=True),
    }
    if topics.counts.unit != "document":
        sheets[f"Par {UNITS[topics.counts.unit][0]} (%)"] = _by_unit(topics)
    if topics.found is not None:
        sheets["Termes"] = topics.terms.rename(columns=HEADINGS)
    return sheets


def _with_stability(topics: Topics) -> pd.DataFrame:
    found = topics.stability_table.set_index("topic")[["stability", "low", "high", "stable"]]
    table = topics.table.join(found.rename(columns={"low": "stability_low", "high": "stability_high"}), on="topic")
    return table.assign(stable=table["stable"].map({True: "oui", False: "non"}))


def _by_unit(topics: Topics) -> pd.DataFrame:
    units = topics.counts.units
    documents = topics.corpus.documents.set_index("doc_id").loc[units["doc_id"]]
    columns = (documents["text"], units["start"], units["end"])
    wordings = [text[start:end] for text, start, end in zip(*columns, strict=True)]
    return (
        documents[["source", "title"]]
        .assign(speaker=units["speaker"].to_numpy(), quote=wordings)
        .rename(columns=HEADINGS)
        .reset_index(drop=True)
        .join(_percentages(topics.shares).reset_index(drop=True))
    )


def _percentages(shares: pd.DataFrame) -> pd.DataFrame:
    return (100 * shares).round(1).rename(columns=_share_column)


def _share_column(topic: int) -> str:
    return f"thème {topic} (%)"
