"""Words and codes over time."""

from __future__ import annotations

import math
import warnings

import pandas as pd
import pytest

from innovsoc_analysis.figures.style import png_bytes
from innovsoc_analysis.lexicometry.periods import FRENCH, Chronology, chronology
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

# titles are dates: each document is dated by its own
DATED = {
    "2020": "Un jardin et un four.",
    "3 mars 2021": "Le jardin. Le jardin partagé.",
    "12/05/2021": "Une cave.",
    "vers 1990": "Un jardin.",
}


def rows(found, *columns):
    return found.table[list(columns)].to_numpy().tolist()


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts(DATED)


def test_frequencies_are_per_ten_thousand_words_of_the_period(corpus):
    found = chronology(corpus, "jardin", attribute="title")
    # 1 of 5 words in 2020; 2 of 5 and 0 of 2 in 2021
    assert rows(found, "period", "count", "size", "n_documents") == [["2020", 1, 5, 1], ["2021", 2, 7, 2]]
    assert found.table["value"].tolist() == pytest.approx([2000, 10_000 * 2 / 7])
    assert found.coded is False


def test_a_document_without_a_date_is_said_and_counts_nowhere(corpus):
    found = chronology(corpus, "jardin", attribute="title")
    assert found.remark == "1 document sans date lisible n'est pas compté : « vers 1990 »."
    assert "1990" not in "".join(found.table["period"])
    assert len(found.places) == 3


def test_by_month_a_date_without_a_month_is_undated(corpus):
    found = chronology(corpus, "jardin", attribute="title", period="month")
    assert rows(found, "period", "count", "size") == [["2021-03", 2, 5], ["2021-05", 0, 2]]
    assert found.remark == "2 documents sans date lisible ne sont pas comptés : « 2020 », « vers 1990 »."


def test_series_keep_their_order_and_words_of_one_are_counted_together(corpus):
    found = chronology(corpus, {"lieux": ["jardin", "cave", "jardins"], "four": "four"}, attribute="title")
    assert rows(found, "series", "period", "count") == [
        ["lieux", "2020", 1],
        ["lieux", "2021", 3],
        ["four", "2020", 1],
        ["four", "2021", 0],
    ]


def test_the_interval_draws_documents_and_one_document_has_none(corpus):
    table = chronology(corpus, "jardin", attribute="title").table
    assert table.loc[0, ["low", "high"]].isna().all()
    # of two documents drawn, both are the same one time in four each: 0 or 2 of 5
    assert table.loc[1, ["low", "high"]].tolist() == [0.0, 4000.0]


def test_where_nothing_is_found_the_bound_is_that_of_poisson(corpus):
    row = chronology(corpus, "four", attribute="title").table.iloc[1]
    assert (row["value"], row["low"]) == (0, 0)
    assert row["high"] == pytest.approx(min(10_000 * -math.log(0.025) / 7, 10_000))
    texts = {f"{day}/01/2020": "mot " * 200 for day in range(1, 11)} | {"2021": "Un four."}
    row = chronology(corpus_from_texts(texts), "four", attribute="title").table.iloc[0]
    assert row["high"] == pytest.approx(10_000 * -math.log(0.025) / 2000)


def test_periods_with_little_text_are_marked():
    texts = {f"{day}/01/2020": "mot " * 250 for day in range(1, 6)}
    texts |= {f"{day}/01/2021": "mot " * 199 for day in range(1, 6)}
    texts |= {f"{day}/01/2022": "mot " * 500 for day in range(1, 5)}
    found = chronology(corpus_from_texts(texts), "mot", attribute="title")
    assert rows(found, "period", "size", "n_documents", "few") == [
        ["2020", 1250, 5, False],
        ["2021", 995, 5, True],
        ["2022", 2000, 4, True],
    ]


def coding(corpus, title, start, end, code):
    doc_id = corpus.documents.set_index("title")["doc_id"][title]
    return {"doc_id": doc_id, "start": start, "end": end, "code": code}


def test_codes_are_counted_by_the_sentences_they_touch(corpus):
    text = "Le jardin. Le jardin partagé."
    assert text == DATED["3 mars 2021"]
    table = pd.DataFrame(
        [
            coding(corpus, "3 mars 2021", 3, 14, "lieu"),  # both sentences
            coding(corpus, "3 mars 2021", 0, 10, "lieu"),  # the first again
            coding(corpus, "3 mars 2021", 11, 29, "don"),
            coding(corpus, "2020", 0, 2, "don"),
            coding(corpus, "vers 1990", 0, 2, "don"),
        ]
    )
    found = chronology(corpus, codings=table, attribute="title")
    assert found.coded is True
    assert rows(found, "series", "period", "count", "size", "value") == [
        ["don", "2020", 1, 1, 100.0],
        ["don", "2021", 1, 3, pytest.approx(100 / 3)],
        ["lieu", "2020", 0, 1, 0.0],
        ["lieu", "2021", 2, 3, pytest.approx(200 / 3)],
    ]
    assert found.table["high"].max() <= 100
    assert found.places[["series", "quote"]].to_numpy().tolist() == [
        ["don", "Le jardin partagé."],
        ["don", "Un"],
        ["lieu", "jardin. Le "],
        ["lieu", "Le jardin."],
    ]
    assert rows(chronology(corpus, ["lieu"], codings=table, attribute="title"), "series") == [["lieu"], ["lieu"]]
    together = chronology(corpus, {"tout": ["lieu", "don"]}, codings=table, attribute="title")
    assert rows(together, "series", "count") == [["tout", 1], ["tout", 2]]


def test_a_number_leads_back_to_the_sentences(corpus):
    found = chronology(corpus, "jardin", attribute="title")
    assert found.places[["period", "quote"]].to_numpy().tolist() == [
        ["2020", "Un jardin et un four."],
        ["2021", "Le jardin."],
        ["2021", "Le jardin partagé."],
    ]
    texts = corpus.documents.set_index("doc_id")["text"]
    assert {texts[row.doc_id][row.start : row.end] for row in found.places.itertuples()} == {"jardin"}


@pytest.mark.parametrize(
    ("words", "choices", "error", "said"),
    [
        (None, {}, UsageError, "Indiquez les mots"),
        ([], {}, UsageError, "Indiquez les mots"),
        ("moulin", {}, UsageError, "« moulin » : introuvable"),
        ({"rien": []}, {}, UsageError, "au moins un mot"),
        ("jardin", {"period": "decade"}, UsageError, "year"),
        ("jardin", {"attribute": "genre"}, UsageError, "Aucune date lisible"),
        ("jardin", {"attribute": "lieu"}, UnknownNameError, "« lieu »"),
        (
            "don",
            {"codings": pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [1], "code": ["lieu"]})},
            UnknownNameError,
            "il y a : lieu",
        ),
        (
            None,
            {"codings": pd.DataFrame({"doc_id": [], "start": [], "end": [], "code": []})},
            UsageError,
            "Aucun codage",
        ),
    ],
)
def test_what_cannot_be_counted_is_said(corpus, words, choices, error, said):
    with pytest.raises(error, match=said):
        chronology(corpus, words, **{"attribute": "title", **choices})


def test_dated_texts_without_words_are_said():
    with pytest.raises(UsageError, match="Aucun texte daté"):
        chronology(corpus_from_texts({"2020": "— !", "sans date": "Un jardin."}), "jardin", attribute="title")


def test_the_line_stops_where_a_period_has_no_text():
    found = chronology(corpus_from_texts({"2018": "Un four.", "2020": "Un four."}), "four", attribute="title")
    axes = found.plot()[0, 0]
    line = axes.lines[0]
    assert line.get_xdata().tolist() == [2018, 2019, 2020]
    assert math.isnan(line.get_ydata()[1])


def test_months_are_named_and_the_caption_fits_the_figure(corpus):
    found = chronology(corpus, ["jardin", "cave"], attribute="title", period="month")
    grid = found.plot()
    assert [label.get_text() for label in grid[0, 0].get_xticklabels()] == ["mars\n2021", "avr.\n2021", "mai\n2021"]
    figure = grid[0, 0].figure
    assert max(map(len, figure.get_supxlabel().splitlines())) <= 74
    assert figure.get_suptitle() == "Occurrences pour 10 000 mots, par mois"


def test_it_is_shown_saved_and_drawn_without_a_word_of_warning(corpus, tmp_path):
    found = chronology(corpus, ["jardin", "four"], attribute="title")
    assert repr(found) == "<Chronologie : 2 séries, 2 périodes>"
    assert "jardin" in found._repr_html_()
    found.save(tmp_path / "c.csv", locale="fr")
    assert (tmp_path / "c.csv").read_text("utf-8-sig").splitlines()[0] == ";".join(FRENCH.values())
    found.save(tmp_path / "c.xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert png_bytes(found.plot()[0, 0].figure).startswith(b"\x89PNG")


def test_centuries_of_months_are_drawn():
    texts = {"janvier 1500": "Un four.", "mai 2020": "Un four."}
    found = chronology(corpus_from_texts(texts), "four", attribute="title", period="month")
    assert isinstance(found, Chronology)
    assert len(found.plot()[0, 0].lines[0].get_xdata()) == 2


def test_the_same_corpus_gives_the_same_intervals(corpus):
    first, second = (chronology(corpus, "jardin", attribute="title").table for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
