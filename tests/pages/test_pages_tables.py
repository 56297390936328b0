"""Tables as French readers expect them."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from innovsoc_analysis.model.errors import UnknownNameError
from innovsoc_analysis.pages.tables import readable, show

TABLE = pd.DataFrame({"part": ["project"], "index": [-1.256], "one_document": [True], "n": [3.0], "title": ["Une <b>"]})


def test_headings_genres_numbers_and_truth_values_are_french() -> None:
    html = show(TABLE, "part", "index", "one_document", "n")._repr_html_()
    for heading in ("partie", "indice", "banal sans un document", "nombre"):
        assert f">{heading}</th>" in html
    for cell in ("projets", "−1,26", "oui", "3"):
        assert f">{cell}</td>" in html


def test_texts_are_escaped_but_for_what_is_marked_as_strong() -> None:
    html = show(TABLE.assign(title="un **lien** <i>fort</i>"), "title")._repr_html_()
    assert "un <b>lien</b> &lt;i&gt;fort&lt;/i&gt;" in html


def test_a_named_index_is_shown_and_a_number_is_not() -> None:
    assert show(TABLE).table.columns.tolist() == TABLE.columns.tolist()
    counts = pd.Series(["a", "b", "a"], name="outcome").value_counts()
    assert show(counts.rename("files")).table.to_numpy().tolist() == [["a", 2], ["b", 1]]


def test_bounds_are_named_after_what_they_bound() -> None:
    assert "MTLD, bas" in show(pd.DataFrame({"mtld_low": [1.0]}))._repr_html_()


def test_only_the_first_rows_are_shown_if_asked() -> None:
    assert len(show(pd.concat([TABLE] * 5), n=2).table) == 2


def test_the_cells_are_not_in_the_representation_that_logs_keep() -> None:
    assert repr(show(TABLE.assign(title="secret"))) == "<Tableau : 1 lignes, 5 colonnes>"


def test_an_unknown_column_is_said_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"« mot » ; il a : part, index"):
        show(TABLE, "mot")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.004, "0"),
        (-0.004, "0"),
        (float("nan"), "–"),
        (2024, "2024"),
        (12345, "12\u202f345"),
        ("", ""),
        ("slash", "barre oblique"),
    ],
)
def test_numbers_at_the_edge(value: object, written: str) -> None:
    assert readable(value, decimals=0 if written == "0" else 2) == written


def test_a_column_of_whole_numbers_has_no_decimals_and_another_has_them_throughout() -> None:
    html = show(pd.DataFrame({"n": [1.0, 2.0], "share": [1.0, 0.5]}), decimals=1)._repr_html_()
    assert re.findall(r"<td[^>]*>([^<]*)</td>", html) == ["1", "1,0", "2", "0,5"]


def test_numbers_stand_on_the_right_with_what_is_missing_among_them() -> None:
    html = show(pd.DataFrame({"n": [1.0, None], "word": ["lien", "lieu"]}))._repr_html_()
    assert re.findall(r"<t[hd] style='text-align:(\w+)", html) == ["right", "left"] * 3
