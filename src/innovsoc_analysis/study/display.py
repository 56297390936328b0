"""How a corpus shows itself in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.metadata import genre_label

if TYPE_CHECKING:
    import pandas as pd


def corpus_html(documents: pd.DataFrame, *, n_refused: int) -> str:
    """Return a small HTML table: documents and words by genre, and how many files were refused."""
    words = documents["text"].str.split().str.len()
    counts = words.groupby(documents["genre"].fillna("")).agg(["size", "sum"])
    rows = "".join(
        f"<tr><td>{escape(genre_label(str(genre)))}</td><td>{row['size']}</td><td>{_thousands(row['sum'])}</td></tr>"
        for genre, row in counts.iterrows()
    )
    total = f"<tr><th>ensemble</th><th>{len(documents)}</th><th>{_thousands(int(words.sum()))}</th></tr>"
    refused = f"<p>{n_refused} fichier(s) refusé(s) : voir <code>corpus.sources</code>.</p>" if n_refused else ""
    head = "<tr><th>genre</th><th>documents</th><th>mots (entre espaces)</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}{total}</tbody></table>{refused}"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
