"""Counts added up part by part are those of the whole."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.batch.tally import Tally
from innovsoc_analysis.model.tables import DOCUMENTS


def part(book, rows, *, pairs=()):
    """Return a table of documents, one for each (genre, counts, metadata), and the record of the part."""
    n_codes = len(book.codes)
    documents = DOCUMENTS.conform(
        [
            {"doc_id": f"d{number}", "genre": genre, "format": "txt", "text": "", **meta}
            for number, (genre, _, meta) in enumerate(rows)
        ]
    )
    counts = [list(counts) for _, counts, _ in rows]
    assert all(len(row) == n_codes for row in counts)
    record = {
        "documents": len(rows),
        "sentences": 10 * len(rows),
        "codings": sum(map(sum, counts)),
        "coded": 1,
        "to_reread": 0,
        "listed": 2,
        "nearly": 1,
        "words": [100] * len(rows),
        "counts": counts,
        "pairs": [list(pair) for pair in pairs],
    }
    return documents, record


def test_counts_by_hand(book):
    tally = Tally(book)
    tally.add(*part(book, [("project", (2, 1, 0), {}), ("talk", (0, 3, 0), {})], pairs=[(0, 1, 1)]))
    tally.add(*part(book, [("project", (1, 0, 0), {})], pairs=[(0, 1, 2), (1, 2, 4)]))
    summary = tally.summary()
    assert summary["segments"].tolist() == [3, 4, 0]
    assert summary["documents"].tolist() == [2, 2, 0]
    assert summary["share"].tolist() == pytest.approx([200 / 3, 200 / 3, 0])
    assert tally.matrix("genre", values="segments").to_dict("list") == {"project": [3, 1, 0], "talk": [0, 3, 0]}
    assert tally.matrix("genre", values="documents").to_dict("list") == {"project": [2, 1, 0], "talk": [0, 1, 0]}
    assert tally.matrix("genre", values="share")["project"].tolist() == [100, 50, 0]
    assert tally.pairs.tolist() == [[3, 3, 0], [3, 4, 4], [0, 4, 0]]
    assert (tally.total.documents, tally.total.words, tally.sentences, tally.codings) == (3, 300, 30, 7)
    assert tally.formats == {"txt": 3}


def test_an_attribute_that_comes_late_or_goes_is_empty_elsewhere(book):
    tally = Tally(book)
    tally.add(*part(book, [("", (1, 0, 0), {})]))
    tally.add(*part(book, [("", (2, 0, 0), {"meta.ville": "Mons"}), ("", (4, 0, 0), {"meta.ville": pd.NA})]))
    tally.add(*part(book, [("", (8, 0, 0), {})]))
    assert tally.attributes() == ["genre", "meta.ville"]
    matrix = tally.matrix("meta.ville", values="segments")
    assert matrix.loc["jardin"].to_dict() == {"": 13, "Mons": 2}
    assert tally.matrix("meta.ville", values="documents").loc["jardin"].to_dict() == {"": 3, "Mons": 1}


@pytest.mark.parametrize(("n_values", "kept"), [(30, ["genre", "meta.numéro"]), (31, ["genre"])])
def test_an_attribute_with_more_than_thirty_values_is_left_out_for_good(book, n_values, kept):
    tally = Tally(book)
    rows = [(f"g{number}", (1, 0, 0), {"meta.numéro": str(number)}) for number in range(n_values)]
    for row in [*rows, rows[0]]:
        tally.add(*part(book, [row]))
    assert tally.attributes() == kept
    assert len(tally.matrix("genre", values="segments").columns) == n_values
