"""Prevalence as a result: its figure, its sentence, its files."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.reading.prevalence import Prevalence, evolution, prevalence

SHARES = pd.DataFrame({1: [1.0, 0.5, 0.0], 2: [0.0, 0.5, 1.0]}, index=["a", "b", "c"])
LABELS = {1: "jardin", 2: "loyer"}


@pytest.fixture
def by_genre():
    genres = pd.Series({"a": "project", "b": "project", "c": "talk"})
    return Prevalence(prevalence(SHARES, genres, attribute="genre"), LABELS, "3 documents")


@pytest.fixture
def over_years():
    return evolution(SHARES, pd.Series({"a": "2021", "b": "2022", "c": "un jour"}))


def test_the_figure_says_n_its_unit_and_french_genres(by_genre):
    grid = by_genre.plot()
    figure = grid[0, 0].figure
    assert "3 documents" in figure.get_supxlabel()
    assert [tick.get_text() for tick in grid[0, 0].get_yticklabels()] == ["projets (2)", "paroles (1)"]
    assert figure.get_suptitle() == "Parts des thèmes, par genre"


def test_the_sentence_names_the_largest_share(by_genre):
    assert by_genre.alt.endswith("la plus forte : thème 2, 100\u202f% dans « paroles ».")
    assert by_genre.alt.replace("'", "&#x27;") in by_genre._repr_html_()


def test_an_evolution_counts_the_dated_documents(over_years):
    assert over_years.n_documents == 2
    assert over_years.alt == "Part moyenne de 2 thèmes, de 2021 à 2022 (n = 2 documents datés)."
    assert "n = 2 documents datés" in over_years.plot(labels=LABELS)[0, 0].figure.get_supxlabel()


def test_they_are_saved_as_figures_and_tables(by_genre, over_years, tmp_path):
    for number, result in enumerate((by_genre, over_years)):
        for suffix in ("svg", "csv", "xlsx"):
            result.save(tmp_path / f"{number}.{suffix}")
    assert len(list(tmp_path.iterdir())) == 6
    assert (tmp_path / "0.csv").read_text("utf-8").startswith("thème,attribut,valeur,part moyenne")
    with pytest.raises(UsageError, match=r"\.svg"):
        by_genre.save(tmp_path / "a.txt")
