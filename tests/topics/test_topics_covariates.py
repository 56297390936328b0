"""Effects of attributes on topics, against values worked out by hand and simulations."""

from __future__ import annotations

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.figures.style import png_bytes
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.topics.effects.estimating import prevalence_effects
from innovsoc_analysis.topics.effects.fractional import benjamini_hochberg, expit, fit_fractional


def frame(shares, **attributes) -> tuple[pd.DataFrame, pd.DataFrame]:
    shares = np.asarray(shares, dtype=float)
    ids = [f"d{number}" for number in range(len(shares))]
    return (
        pd.DataFrame(shares, index=pd.Index(ids, name="doc_id"), columns=range(1, shares.shape[1] + 1)),
        pd.DataFrame(attributes, index=ids),
    )


def drawn(n, *, seed=0, n_topics=3) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.full(n_topics, 0.4), n)


def effects(shares, names, *, n_resamples=50, **options):
    attributes = {name: options.pop(name) for name in list(options) if name in {"genre", "year", "size", "place"}}
    return prevalence_effects(*frame(shares, **attributes), names, n_resamples=n_resamples, **options)


GENRE = ["project"] * 12 + ["talk"] * 8


def test_with_one_attribute_the_effect_is_the_difference_of_group_means():
    shares = drawn(20)
    table = effects(shares, ["genre"], genre=GENRE).table
    assert table["reference"].unique().tolist() == ["project"]
    assert table["n"].unique().tolist() == [8]
    assert table["base"].tolist() == pytest.approx((100 * shares[:12].mean(axis=0)).tolist(), abs=1e-5)
    difference = 100 * (shares[12:].mean(axis=0) - shares[:12].mean(axis=0))
    assert table["effect"].tolist() == pytest.approx(difference.tolist(), abs=1e-5)


def test_the_interval_is_that_of_a_difference_of_means():
    """Standard error √(s₁²/n₁ + s₂²/n₂), as documents are drawn; Student's 2.101 at 18 degrees."""
    shares = drawn(20)
    table = effects(shares, ["genre"], genre=["a"] * 10 + ["b"] * 10, n_resamples=2000).table
    error = 100 * np.sqrt((shares[:10].var(axis=0) + shares[10:].var(axis=0)) / 10 * 20 / 18)
    half = (table["high"] - table["low"]) / 2
    assert half.tolist() == pytest.approx((2.101 * error).tolist(), rel=0.08)
    assert ((table["high"] + table["low"]) / 2).tolist() == pytest.approx(table["effect"].tolist())


def test_a_slope_is_told_per_unit():
    size = np.linspace(3, 50, 30)
    mean = expit(-2 + 0.06 * size)
    table = effects(np.column_stack([mean, 1 - mean]), ["size"], size=size).table
    slope = 100 * np.mean(mean * (1 - mean)) * 0.06
    assert table["effect"].tolist() == pytest.approx([slope, -slope], abs=1e-6)
    assert table["level"].tolist() == ["par unité", "par unité"]
    assert table["base"].tolist() == pytest.approx([100 * mean.mean(), 100 - 100 * mean.mean()])


def test_coefficients_maximise_the_quasi_likelihood():
    from scipy.optimize import minimize

    rng = np.random.default_rng(2)
    matrix = np.column_stack([np.ones(40), rng.integers(0, 2, 40), rng.normal(size=40)])
    shares, weights = drawn(40, seed=2)[:, :1], rng.integers(1, 4, 40).astype(float)

    def loss(beta):
        mean = expit(matrix @ beta)
        return -weights @ (shares[:, 0] * np.log(mean) + (1 - shares[:, 0]) * np.log1p(-mean))

    expected = minimize(loss, np.zeros(3), tol=1e-12).x
    found = fit_fractional(matrix, shares, weights=weights)
    assert found.converged.all()
    assert found.coefficients[:, 0] == pytest.approx(expected, abs=1e-4)


def test_other_attributes_are_held_equal():
    """Talks are all recent: the genre's own effect is what is left when the year is in the regression."""
    rng = np.random.default_rng(0)
    year = rng.integers(1990, 2024, 200)
    talk = year + rng.integers(-8, 8, 200) > 2008
    mean = expit(-1 + 0.08 * (year - 2007))
    genre = np.where(talk, "talk", "project")
    shares = np.column_stack([mean, 1 - mean])
    alone = effects(shares, ["genre"], genre=genre).table
    both = effects(shares, ["genre", "year"], genre=genre, year=year).table
    assert abs(alone.loc[0, "effect"]) > 20
    assert both.loc[both["attribute"] == "genre", "effect"].tolist() == pytest.approx([0, 0], abs=1e-4)


def test_where_nothing_differs_intervals_hold_zero_as_often_as_they_say():
    held, discoveries = [], []
    for seed in range(50):
        rng = np.random.default_rng(seed)
        shares = rng.dirichlet([0.3, 0.5, 0.6], 60)
        genre = np.array(["a", "b"])[rng.integers(0, 2, 60)]
        table = effects(shares, ["genre"], genre=genre, n_resamples=100, seed=seed).table
        held += ((table["low"] <= 0) & (table["high"] >= 0)).tolist()
        discoveries.append(bool((table["p_adjusted"] < 0.05).any()))
    assert 0.91 <= np.mean(held) <= 0.985
    assert np.mean(discoveries) <= 0.12


def test_a_difference_that_is_there_is_found():
    rng = np.random.default_rng(0)
    shares = np.vstack([rng.dirichlet([4, 2, 2], 25), rng.dirichlet([2, 4, 2], 25)])
    table = effects(shares, ["genre"], genre=["a"] * 25 + ["b"] * 25, n_resamples=200).table
    assert (table["p_adjusted"] < 0.05).tolist() == [True, True, False]
    assert table.loc[0, "high"] < 0 < table.loc[1, "low"]


def test_other_runs_of_the_model_widen_the_intervals():
    shares = drawn(40)
    genre = ["a", "b"] * 20
    alone = effects(shares, ["genre"], genre=genre, n_resamples=300)
    rng = np.random.default_rng(1)
    runs = np.array([0.6 * shares + 0.4 * rng.permutation(shares) for _ in range(10)])
    tilt = np.where(np.array(genre) == "a", 1, -1)[None, :, None] * rng.normal(0, 0.3, (10, 1, 1))
    runs = np.clip(runs + tilt * [1, -1, 0], 0.001, None)
    runs /= runs.sum(axis=2, keepdims=True)
    composed = effects(shares, ["genre"], genre=genre, n_resamples=300, resampled=runs)
    widths = [one.table["high"] - one.table["low"] for one in (alone, composed)]
    assert (widths[1][:2] > 1.3 * widths[0][:2]).all()
    assert composed.table["effect"].tolist() == alone.table["effect"].tolist()
    assert "incertitude des thèmes (10 ajustements)" in composed.remarks[-1]
    assert "tenus pour certains" in alone.remarks[-1]


def test_equal_runs_change_nothing():
    shares = drawn(30)
    alone, equal = (
        effects(shares, ["genre"], genre=["a", "b"] * 15, resampled=runs) for runs in (None, np.array([shares] * 4))
    )
    pd.testing.assert_frame_equal(alone.table, equal.table)


def test_a_document_without_share_in_a_run_does_not_count_in_it():
    shares = drawn(30)
    runs = np.array([shares, shares])
    runs[1, :3] = np.nan
    runs[0, 4] = 0
    table = effects(shares, ["genre"], genre=["a", "b"] * 15, resampled=runs).table
    assert np.isfinite(table[["low", "high", "p"]].to_numpy()).all()


def test_the_same_seed_gives_the_same_table_and_another_the_same_effects():
    shares = drawn(20)
    one, two, other = (effects(shares, ["genre"], genre=GENRE, seed=seed).table for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, two)
    assert one["effect"].equals(other["effect"])
    assert not one["low"].equals(other["low"])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_documents_does_not_matter_and_effects_of_one_attribute_cancel_out(seed):
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet([0.5] * 4, 24)
    genre = np.array(["a"] * 10 + ["b"] * 8 + ["c"] * 6)
    order = rng.permutation(24)
    table = effects(shares, ["genre"], genre=genre, n_resamples=2).table
    again = effects(shares[order], ["genre"], genre=genre[order], n_resamples=2).table
    assert table["effect"].tolist() == pytest.approx(again["effect"].tolist(), abs=1e-5)
    assert table.groupby("level")["effect"].sum().tolist() == pytest.approx([0, 0], abs=1e-5)


@pytest.mark.parametrize("factor", [10, 0.001])
def test_units_of_a_number_scale_the_effect_only(factor):
    size = np.random.default_rng(0).normal(100, 30, 30)
    one = effects(drawn(30), ["size"], size=size).table
    scaled = effects(drawn(30), ["size"], size=size * factor).table
    assert (scaled["effect"] * factor).tolist() == pytest.approx(one["effect"].tolist(), abs=1e-4)
    assert scaled["p"].tolist() == pytest.approx(one["p"].tolist(), abs=1e-4)


def test_years_and_dates_are_numbers_unless_said_otherwise():
    years = [str(2015 + number % 4) for number in range(40)]
    found = effects(drawn(40), ["year"], year=years)
    assert set(found.table["level"]) == {"par an"}
    assert found.remarks[0] == "year : effet par an, de 2015 à 2018."
    levels = effects(drawn(40), ["year"], year=years, categorical=["year"]).table
    assert levels["level"].unique().tolist() == ["2016", "2017", "2018"]
    dates = [f"{year}-01-01" for year in years]
    by_date = effects(drawn(40), ["year"], year=dates).table
    assert by_date["effect"].tolist() == pytest.approx(found.table["effect"].tolist(), abs=1e-6)


def test_two_numbers_are_two_groups():
    table = effects(drawn(20), ["size"], size=[0, 1] * 10).table
    assert (table["level"].iloc[0], table["reference"].iloc[0]) == ("1", "0")


def test_documents_without_value_or_words_are_left_out_and_told():
    shares = drawn(20)
    shares[5] = 0
    genre = [*GENRE[:-2], "", None]
    found = effects(shares, ["genre"], genre=genre)
    assert found.n_documents == 17
    assert "2 document(s) sans valeur pour l'un des attributs, laissé(s) de côté." in found.remarks
    assert "1 document(s) sans mot du vocabulaire, laissé(s) de côté." in found.remarks
    kept = np.delete(shares, [5, 18, 19], axis=0)
    difference = 100 * (kept[11:].mean(axis=0) - kept[:11].mean(axis=0))
    assert found.table["effect"].tolist() == pytest.approx(difference.tolist(), abs=1e-5)


def test_metadata_columns_need_no_prefix():
    shares, attributes = frame(drawn(20), place=["Liège", "Lyon"] * 10)
    documents = attributes.rename(columns={"place": "meta.place"}).rename_axis("doc_id").reset_index()
    table = prevalence_effects(shares, documents, ["place"], n_resamples=10).table
    assert table["attribute"].unique().tolist() == ["place"]


def test_a_topic_that_a_group_never_holds_is_flagged_and_its_effect_is_finite():
    shares = drawn(20)
    shares[12:, 0] = 0
    shares /= shares.sum(axis=1, keepdims=True)
    table = effects(shares, ["genre"], genre=GENRE).table
    assert table.loc[0, "note"] == "thème absent de « talk » : intervalle optimiste"
    assert table.loc[0, "effect"] == pytest.approx(-100 * shares[:12, 0].mean(), abs=1e-4)
    assert table.loc[1:, "note"].tolist() == ["", ""]


def test_groups_told_apart_wholly_get_no_interval():
    shares = np.array([[1.0, 0]] * 12 + [[0, 1.0]] * 8)
    table = effects(shares, ["genre"], genre=GENRE).table
    assert table["effect"].tolist() == pytest.approx([-100, 100], abs=1e-4)
    assert table["low"].isna().all()
    assert table["p_adjusted"].isna().all()
    assert table["note"].str.endswith("pas d'intervalle").all()


def test_a_level_of_few_documents_gets_no_interval_and_the_others_do():
    genre = ["project"] * 12 + ["talk"] * 6 + ["definition"] * 2
    table = effects(drawn(20), ["genre"], genre=genre).table.set_index("level")
    assert table.loc["definition", "note"].tolist() == ["moins de 5 documents : pas d'intervalle"] * 3
    assert table.loc["definition", "low"].isna().all()
    assert table.loc["talk", "low"].notna().all()


def test_fewer_than_ten_documents_a_comparison_are_remarked():
    genre = ["a"] * 7 + ["b"] * 7 + ["c"] * 5
    few = effects(drawn(19), ["genre"], genre=genre).remarks
    assert any(remark.startswith("19 documents pour 2 comparaisons : moins de 10") for remark in few)
    enough = effects(drawn(20), ["genre"], genre=GENRE).remarks
    assert not any("comparaisons" in remark for remark in enough)


@pytest.mark.parametrize(
    ("options", "names", "sentence"),
    [
        (
            {"genre": ["a"] * 20},
            ["genre"],
            "« genre » a la même valeur dans tous les documents : il n'y a rien à comparer.",
        ),
        ({"genre": [""] * 20}, ["genre"], "Aucun document n'a une valeur pour genre."),
        ({"genre": GENRE}, [], "Nommez au moins un attribut, par exemple ['genre']."),
        (
            {"genre": GENRE, "place": GENRE},
            ["genre", "place"],
            "Les attributs genre et place se confondent : retirez-en un.",
        ),
        (
            {"genre": [f"g{one}" for one in range(20)]},
            ["genre"],
            "20 documents pour 20 paramètres : ajoutez des documents, ou regroupez les valeurs de genre.",
        ),
        ({"genre": GENRE, "n_resamples": 1}, ["genre"], "n_resamples= est un entier d'au moins 2."),
        (
            {"genre": GENRE, "resampled": np.ones((2, 19, 3))},
            ["genre"],
            "resampled= est une table de (tirages, 20 documents, 3 thèmes) ; celle-ci est de (2, 19, 3).",
        ),
    ],
)
def test_what_cannot_be_computed_is_said_in_one_sentence(options, names, sentence):
    with pytest.raises(UsageError) as raised:
        effects(drawn(20), names, **options)
    assert str(raised.value) == sentence


@pytest.mark.parametrize("shares", [np.full((20, 2), 1.5), np.full((20, 2), np.nan)])
def test_shares_that_are_none_are_refused(shares):
    with pytest.raises(UsageError, match=r"^Les parts des thèmes sont des nombres de 0 à 1\.$"):
        effects(shares, ["genre"], genre=GENRE)


def test_no_document_with_words_is_said():
    with pytest.raises(UsageError, match=r"^Aucun document n'a de part de thème\.$"):
        effects(np.zeros((20, 2)), ["genre"], genre=GENRE)


def test_an_unknown_attribute_is_named_with_those_there_are():
    with pytest.raises(UnknownNameError, match=r"^Aucun document n'a d'attribut « pays » ; il y a : genre\.$"):
        effects(drawn(20), ["pays"], genre=GENRE)


def test_adjusted_p_values_are_those_of_benjamini_and_hochberg():
    # by hand: 0.01·4/1, 0.02·4/2, 0.03·4/3 are all 0.04; 0.5·4/4
    assert benjamini_hochberg(np.array([0.03, 0.5, 0.01, 0.02])).tolist() == pytest.approx([0.04, 0.5, 0.04, 0.04])
    assert np.isnan(benjamini_hochberg(np.array([np.nan]))).all()


def test_the_figure_tells_sure_effects_from_unsure_ones():
    rng = np.random.default_rng(0)
    shares = np.vstack([rng.dirichlet([4, 2, 2], 25), rng.dirichlet([2, 4, 2], 25)])
    found = effects(shares, ["genre"], genre=["talk"] * 25 + ["project"] * 25, n_resamples=100)
    (axes,) = found.plot(labels={1: "jardin"})
    assert axes.get_title(loc="left") == "genre : paroles / projets"
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["1 – jardin", "thème 2", "thème 3"]
    dots, unsure, without, _zero = axes.get_lines()
    assert dots.get_xdata().tolist() == found.table["effect"].tolist()
    assert unsure.get_xdata().tolist() == found.table.loc[[2], "effect"].tolist()
    assert without.get_xdata().tolist() == []
    low, high = axes.get_xlim()
    assert low == -high
    assert high > found.table[["low", "high"]].abs().max().max()
    assert png_bytes(axes.figure) == png_bytes(found.plot(labels={1: "jardin"})[0].figure)


def test_each_comparison_has_a_panel_and_levels_one_scale():
    genre = ["a"] * 20 + ["b"] * 10 + ["c"] * 8
    panels = effects(drawn(38), ["genre", "year"], genre=genre, year=list(range(1980, 2018))).plot()
    assert [axes.get_title(loc="left") for axes in panels] == ["genre : b / a", "genre : c / a", "year : par an"]
    assert panels[0].get_xlim() == panels[1].get_xlim() != panels[2].get_xlim()


def test_effects_are_saved_with_french_headings_and_remarks(tmp_path):
    found = effects(drawn(20), ["genre"], genre=GENRE)
    found.save(tmp_path / "effets.xlsx")
    book = openpyxl.load_workbook(tmp_path / "effets.xlsx")
    rows = [[cell.value for cell in row] for row in book["Effets"].rows]
    assert rows[0][:6] == ["thème", "attribut", "valeur", "comparée à", "documents", "part à la référence (%)"]
    assert rows[1][:5] == [1, "genre", "paroles", "projets", 8]
    assert [row[0].value for row in book["Remarques"].rows][1:] == list(found.remarks)
    assert "<td>paroles</td>" in found._repr_html_()
    assert repr(found) == "<Effects : 3 thèmes, 1 comparaison(s), 20 documents>"
