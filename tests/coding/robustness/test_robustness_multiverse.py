"""A multiverse of a small corpus: which universes there are, in how many conclusions hold, what is drawn and saved."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.robustness import Multiverse, multiverse
from innovsoc_analysis.coding.robustness.weighing import _verdict
from innovsoc_analysis.figures.style import svg_bytes
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import Corpus, corpus_from_sentences

NEED, RAIN = "Une réponse aux besoins sociaux.", "Il a plu toute la semaine."
MORE, LESS, MOST = "def.besoin : project > talk", "def.besoin : project < talk", "def.besoin : project > 60 %"
RULES = {"coder": ["rules"]}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Four projects, of which three name a need in one sentence of two; four talks, of which one does in one of four."""
    texts = {f"p{n}": [NEED if n else RAIN, RAIN] for n in range(4)}
    texts |= {f"t{n}": [RAIN if n else NEED, RAIN, RAIN, RAIN] for n in range(4)}
    return corpus_from_sentences(texts, genres={name: "project" if name[0] == "p" else "talk" for name in texts})


@pytest.fixture(scope="module")
def found(corpus: Corpus) -> Multiverse:
    return multiverse(corpus, "bissib", [MORE, LESS, MOST], choices=RULES)


def test_each_claim_is_tried_in_the_universes_that_tell_something_of_it(found: Multiverse) -> None:
    counts = found.table.groupby("claim", sort=False).size()
    # four units and short documents or not; a share, in documents alone
    assert counts.to_dict() == {MORE: 8, LESS: 8, MOST: 2}


def test_the_usual_universe_comes_first_with_its_shares(found: Multiverse) -> None:
    usual = found.table.iloc[0]
    assert (usual["unit"], usual["short"]) == ("documents", "with")
    assert (usual["share"], usual["than"]) == (75, 25)
    assert usual["estimate"] == pytest.approx(3.5 / 1.5)
    sentences = found.table[(found.table["claim"] == MORE) & (found.table["unit"] == "segments")].iloc[0]
    assert (sentences["share"], sentences["than"]) == (pytest.approx(100 * 3 / 8), pytest.approx(100 / 16))


def test_a_claim_and_its_contrary_hold_nowhere_together(found: Multiverse) -> None:
    held = found.table.pivot_table(index=["unit", "short"], columns="claim", values="holds", aggfunc="first")
    assert held[MORE].all()
    assert not held[LESS].any()


def test_the_summary_counts_what_the_table_holds(found: Multiverse) -> None:
    row = found.summary.set_index("claim").loc[MORE]
    table = found.table[found.table["claim"] == MORE]
    assert (row["universes"], row["n_holds"]) == (8, 8)
    assert row["n_clear"] == table["clear"].sum()
    assert row["least"] == table["estimate"].min()
    assert row["choice"] in {"unit", "short"}
    assert pd.isna(found.summary.set_index("claim").loc[MOST, "p"])


def test_the_document_that_a_share_hangs_on_is_found(found: Multiverse) -> None:
    rows = found.influence[found.influence["claim"] == MOST]
    assert set(rows["title"]) == {"p0", "p1", "p2", "p3"}
    # 3 of 4 is above 60 %; without one of the three, 2 of 3 still is (2.5 / 4 = 62.5 %)
    assert (rows["n_reversed"] == 0).sum() >= 1
    without = rows.set_index("title")["usual"]
    assert without["p0"] == pytest.approx((3.5 / 4) / 0.6)
    assert without["p1"] == pytest.approx((2.5 / 4) / 0.6)


def test_a_difference_is_in_points(corpus: Corpus) -> None:
    found = multiverse(corpus, "bissib", MORE, measure="difference", choices=RULES | {"unit": ["documents"]})
    assert found.table["estimate"].iloc[0] == 50


def test_the_same_corpus_gives_the_same_numbers_and_the_same_figure(corpus: Corpus, found: Multiverse) -> None:
    again = multiverse(corpus, load_codebook("bissib"), [MORE, LESS, MOST], choices=RULES)
    pd.testing.assert_frame_equal(again.table, found.table)
    pd.testing.assert_frame_equal(again.summary, found.summary)
    assert svg_bytes(again.plot(MORE)) == svg_bytes(found.plot())


def test_the_curve_names_the_choices_that_there_are(found: Multiverse) -> None:
    above, below = found.plot(MORE).axes
    named = [tick.get_text() for tick in below.get_yticklabels()]
    assert named == ["documents", "paragraphes", "phrases", "mots", "gardés", "quart le plus court écarté"]
    assert above.get_ylabel() == "rapport des parts"
    with pytest.raises(UnknownNameError, match="n'a pas été éprouvée"):
        found.plot("def.besoin : talk > project")


def test_the_workbook_and_the_table_are_in_french(found: Multiverse, tmp_path: Path) -> None:
    found.save(tmp_path / "univers.xlsx")
    sheets = pd.read_excel(tmp_path / "univers.xlsx", sheet_name=None, engine="openpyxl")
    assert list(sheets) == ["Conclusions", "Univers", "Choix", "Options", "Documents"]
    assert set(sheets["Univers"]["codeur"]) == {"règles"}
    assert set(sheets["Univers"]["tient"]) == {"oui", "non"}
    assert "plus dans les projets que dans les paroles" in found._repr_html_()
    assert repr(found) == "<Multiverse : 3 conclusions, 8 univers>"


def test_options_tell_in_how_many_universes_of_each_a_claim_holds(found: Multiverse) -> None:
    rows = found.readable("options").query("conclusion == @MOST")
    # a share is one of documents: short ones are the only choice
    assert rows[["choix", "option", "univers", "où elle tient"]].to_numpy().tolist() == [
        ["documents courts", "gardés", 1, 1],
        ["documents courts", "quart le plus court écarté", 1, 1],
    ]
    with pytest.raises(UnknownNameError, match="pas de table « universes »"):
        found.readable("universes")


def test_what_cannot_be_tried_is_refused(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="measure="):
        multiverse(corpus, "bissib", MORE, measure="odds")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="n'a « definition » pour genre"):
        multiverse(corpus, "bissib", "def.besoin : definition > talk", choices=RULES)
    with pytest.raises(UsageError, match="se compare en documents"):
        multiverse(corpus, "bissib", MOST, choices=RULES | {"unit": ["words"]})


@pytest.mark.parametrize(
    ("changed", "verdict", "why"),
    [
        ({}, "tient", ""),
        ({"holds": 94.0}, "fragile", "pas partout"),
        ({"holds": 74.0}, "ne tient pas", "pas partout"),
        ({"clear": 49.0}, "fragile", "rarement nette"),
        ({"without_one": 49.0}, "fragile", "tient à un document"),
        ({"low": -1.0}, "fragile", "correction non concluante"),
        ({"low": -3.0, "high": -1.0}, "ne tient pas", "renversée par la correction"),
        ({"low": float("nan"), "high": float("nan")}, "fragile", "pas de correction possible"),
    ],
)
def test_a_verdict_follows_from_what_the_claim_resists(changed: dict[str, float], verdict: str, why: str) -> None:
    row = {"holds": 100.0, "clear": 80.0, "without_one": 100.0, "low": 1.0, "high": 5.0} | changed
    assert _verdict(row, more=True) == (verdict, why)
    mirrored = row | {"low": -row["high"], "high": -row["low"]}
    assert _verdict(mirrored, more=False) == (verdict, why)
