"""Mean shares by group, their intervals, dates as people write them, and the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.figures.style import png_bytes
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.reading.prevalence import (
    evolution,
    plot_evolution,
    plot_prevalence,
    prevalence,
)

SHARES = pd.DataFrame({1: [1.0, 0.5, 0.2, 0.0], 2: [0.0, 0.5, 0.8, 0.0]}, index=["a", "b", "c", "vide"])
GENRES = pd.Series({"a": "projet", "b": "projet", "c": "parole", "vide": "parole"})


def one(table, topic, value):
    found = table[(table["topic"] == topic) & (table["value"] == value)]
    assert len(found) == 1
    return found.iloc[0]


def repeated(values):
    """Return shares of one topic and its rest, one document a value."""
    return pd.DataFrame({1: values, 2: [1 - value for value in values]}, index=[f"d{n}" for n in range(len(values))])


def test_share_is_the_mean_over_the_documents_of_the_group():
    table = prevalence(SHARES, GENRES, attribute="genre")
    assert table.columns.tolist() == ["topic", "attribute", "value", "share", "low", "high", "n_documents", "few"]
    assert table["topic"].tolist() == [1, 1, 2, 2]
    assert one(table, 1, "projet")["share"] == 0.75
    assert one(table, 2, "projet")["share"] == 0.25
    assert set(table["attribute"]) == {"genre"}


def test_a_document_without_words_counts_nowhere():
    row = one(prevalence(SHARES, GENRES, attribute="genre"), 1, "parole")
    assert (row["share"], row["n_documents"]) == (0.2, 1)


def test_two_documents_span_their_own_shares():
    # drawn twice among 1 and 0.5, a mean is 0.5 or 1 one time in four each
    row = one(prevalence(SHARES, GENRES, attribute="genre"), 1, "projet")
    assert (row["low"], row["high"]) == (0.5, 1.0)


def test_one_document_has_no_interval():
    row = one(prevalence(SHARES, GENRES, attribute="genre"), 1, "parole")
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])


@pytest.mark.parametrize(("count", "few"), [(4, True), (5, False)])
def test_fewer_than_five_documents_are_flagged(count, few):
    shares = repeated([0.5] * count)
    table = prevalence(shares, pd.Series("x", index=shares.index), attribute="genre")
    assert table["few"].tolist() == [few, few]


def test_interval_is_that_of_a_mean_of_drawn_documents():
    shares = repeated([0.0, 1.0] * 50)
    row = one(prevalence(shares, pd.Series("x", index=shares.index), attribute="genre"), 1, "x")
    # a hundred draws of nought or one: 0.5 ± 1.96 × 0.05
    assert row["share"] == 0.5
    assert row["low"] == pytest.approx(0.402, abs=0.015)
    assert row["high"] == pytest.approx(0.598, abs=0.015)


def test_interval_of_few_documents_reaches_farther_out():
    shares = repeated([0.0, 1.0] * 10)
    row = one(prevalence(shares, pd.Series("x", index=shares.index), attribute="genre"), 1, "x")
    # of twenty draws 2.1 % hold five or fewer: within 2.5 %, beyond the 1.6 % that twenty documents call for
    assert (row["low"], row["high"]) == (0.25, 0.75)


def test_paragraphs_of_one_document_are_drawn_together():
    shares = pd.DataFrame({1: [1.0, 0.0] * 6, 2: [0.0, 1.0] * 6}, index=[f"p{n}" for n in range(12)])
    documents = [f"d{n // 2}" for n in range(12)]
    groups = pd.Series("x", index=shares.index)
    by_document = one(prevalence(shares, groups, attribute="genre", documents=documents), 1, "x")
    # every document is half of the topic, however its paragraphs differ
    assert (by_document["low"], by_document["high"], by_document["n_documents"]) == (0.5, 0.5, 6)
    by_paragraph = one(prevalence(shares, groups, attribute="genre"), 1, "x")
    assert by_paragraph["low"] < 0.4


def test_long_units_weigh_more():
    table = prevalence(SHARES, GENRES, attribute="genre", weights=[3, 1, 1, 1])
    assert one(table, 1, "projet")["share"] == pytest.approx((3 * 1 + 1 * 0.5) / 4)


def test_a_document_counts_for_each_of_its_speakers():
    shares = pd.DataFrame({1: [1.0, 0.0, 0.5]}, index=["p1", "p2", "p3"]).assign(**{"2": [0.0, 1.0, 0.5]})
    shares.columns = [1, 2]
    speakers = pd.Series({"p1": "Ana", "p2": "Léo", "p3": "Ana"})
    table = prevalence(shares, speakers, attribute="speaker", documents=["d1", "d1", "d2"])
    assert one(table, 1, "Ana")["n_documents"] == 2
    assert one(table, 1, "Léo")["n_documents"] == 1
    assert one(table, 1, "Ana")["share"] == 0.75


def test_missing_values_are_a_group_that_stands_last():
    groups = pd.Series({"a": None, "b": "zinc", "c": "école"})
    table = prevalence(SHARES, groups, attribute="place")
    assert table["value"].tolist() == ["école", "zinc", ""] * 2


def test_the_same_seed_gives_the_same_table_and_another_other_draws():
    shares = repeated([0.1, 0.9, 0.3, 0.35, 0.77, 0.2, 0.61])
    groups = pd.Series("x", index=shares.index)
    first = prevalence(shares, groups, attribute="genre", seed=3)
    pd.testing.assert_frame_equal(first, prevalence(shares, groups, attribute="genre", seed=3))
    assert not first.equals(prevalence(shares, groups, attribute="genre", seed=4))


def test_no_words_at_all_is_said():
    with pytest.raises(UsageError, match="Aucun texte ne contient de mot des thèmes"):
        prevalence(SHARES * 0, GENRES, attribute="genre")


DATES = pd.Series({"a": "2021-05-03", "b": "12/01/2023", "c": "printemps 2022"})


def test_evolution_is_in_the_order_of_the_years():
    found = evolution(SHARES, DATES)
    assert found.table[["topic", "attribute", "value", "share", "n_documents"]].to_numpy().tolist() == [
        [1, "year", "2021", 1.0, 1],
        [1, "year", "2023", 0.5, 1],
        [2, "year", "2021", 0.0, 1],
        [2, "year", "2023", 0.5, 1],
    ]


def test_what_is_undated_is_counted_and_shown():
    found = evolution(SHARES, DATES)
    assert found.n_undated == 2
    assert found.remark == "2 documents sans date lisible ne sont pas comptés : « printemps 2022 »."
    dated = evolution(SHARES.loc[["a", "b"]], DATES)
    assert (dated.n_undated, dated.remark) == (0, "")


def test_a_document_is_undated_once_however_many_units_it_has():
    shares = repeated([0.5] * 4)
    dates = pd.Series(["2020", "2020", "", ""], index=shares.index)
    found = evolution(shares, dates, documents=["d", "d", "e", "e"])
    assert found.n_undated == 1
    assert found.remark == "1 document sans date lisible n'est pas compté."


def test_by_month_a_bare_year_is_undated():
    shares = repeated([0.5] * 3)
    dates = pd.Series(["mars 2021", "2021-11-30", "2021"], index=shares.index)
    found = evolution(shares, dates, period="month")
    assert found.table["value"].unique().tolist() == ["2021-03", "2021-11"]
    assert found.n_undated == 1


def test_no_date_and_an_unknown_period_are_said():
    with pytest.raises(UsageError, match="Aucune date lisible"):
        evolution(SHARES, pd.Series(dtype=str))
    with pytest.raises(UsageError, match="Période inconnue"):
        evolution(SHARES, DATES, period="week")


def test_figure_has_a_panel_a_topic_with_genres_in_french():
    groups = GENRES.map({"projet": "project", "parole": ""})
    table = prevalence(SHARES, groups, attribute="genre")
    grid = plot_prevalence(table, labels={1: "jardin", 2: "loyer"}, title="Parts", caption="n = 3")
    assert [axes.get_title(loc="left") for axes in grid.flat] == ["1. jardin", "2. loyer"]
    assert [tick.get_text() for tick in grid[0, 0].get_yticklabels()] == ["projets (2)", "sans genre (1)"]
    assert png_bytes(grid[0, 0].figure).startswith(b"\x89PNG")


def test_figure_over_time_places_months_between_years_and_says_what_is_undated():
    shares = repeated([0.2, 0.4, 0.6])
    dates = pd.Series(["2021-01-04", "2021-07-01", "un jour"], index=shares.index)
    grid = plot_evolution(evolution(shares, dates, period="month"), labels={}, title="Mois")
    assert grid[0, 0].lines[0].get_xdata().tolist() == [2021.0, 2021.5]
    assert grid[0, 0].lines[0].get_ydata().tolist() == pytest.approx([20.0, 40.0])
    assert "1 document sans date lisible n'est pas compté" in grid[0, 0].figure.get_supxlabel()
    assert grid[0, 0].get_title(loc="left") == "1"
