"""Tables of an evaluation: six sentences in three passages, every figure worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest

from innovsoc_analysis.coding.evaluation import Evaluation
from innovsoc_analysis.coding.evaluation.counting import draw_weights
from innovsoc_analysis.coding.evaluation.display import readable_coders, with_interval
from innovsoc_analysis.coding.evaluation.judging import Judgements
from innovsoc_analysis.model.codebook import Codebook

ESID = {"but": "Objectives (1b)", "lien": "Actors (2a)", "rare": "Actors (2c)"}
BOOK = Codebook.model_validate(
    {
        "nom": "essai",
        "version": "1",
        "familles": [
            {"id": "F", "libelle": "Pourquoi", "groupes": [{"id": "F1", "libelle": "Un", "codes": ["but"]}]},
            {"id": "G", "libelle": "Avec qui", "groupes": [{"id": "G1", "libelle": "Deux", "codes": ["lien", "rare"]}]},
        ],
        "codes": [
            {"id": code, "libelle": code.title(), "definition": "…", "correspondances": {"ESID": criterion}}
            for code, criterion in ESID.items()
        ],
    }
)
LABELS = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0], [1, 0, 0], [0, 0, 0], [0, 0, 0]], bool)
COMBINED = np.array([[1, 0, 0], [0, 1, 0], [1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]], bool)
PROBABILITIES = np.array(
    [[1.0, 0.05, 0], [0.41, 0.93, 0], [0.61, 0.85, 0], [0.72, 0.15, 0], [0, 0.55, 0], [0, 0, 0]], float
)
NAN = float("nan")
CODERS = ["list", "rules", "learned", "combined"]


@pytest.fixture(scope="module")
def evaluation():
    judged = Judgements(
        labels=LABELS,
        coded={"list": 0 * COMBINED > 0, "rules": LABELS, "learned": ~LABELS, "combined": COMBINED},
        explicit=np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 0, 0], [0, 0, 0], [0, 0, 0]], bool),
        probabilities=PROBABILITIES,
        low=np.full(3, 0.3),
        sure=np.full(3, 0.8),
        passages=np.array([0, 0, 1, 1, 2, 2]),
        off=np.array([0, 0, 0, 0, 1, 1], bool),
        genres=np.array(["project", "project", "talk", "talk", "talk", "talk"]),
    )
    return Evaluation(judged, BOOK)


def values(array):
    return pytest.approx(array, nan_ok=True)


def test_one_row_per_coder_with_every_figure_and_its_interval(evaluation):
    coders = evaluation.coders
    assert coders.index.tolist() == CODERS
    measures = ["macro_f1", "micro_f1", "macro_precision", "macro_recall", "off_topic"]
    assert coders.columns.tolist() == ["label", *(f"{m}{end}" for m in measures for end in ("", "_low", "_high"))]
    # « but »: 2 right, 1 wrong, 1 missed; « lien »: 2 right, 1 wrong; « rare » by nobody
    expected = [(2 / 3 + 4 / 5) / 2, 8 / 11, 2 / 3, 5 / 6, 1 / 2]
    assert coders.loc["combined", measures].tolist() == values(expected)
    assert coders.loc["list", measures].tolist() == [0, 0, 0, 0, 0]
    assert coders.loc["rules", measures].tolist() == [1, 1, 1, 1, 0]
    assert coders.loc["learned", measures].tolist() == [0, 0, 0, 0, 1]


def test_intervals_of_coders_are_those_of_passages_drawn_again(evaluation):
    f1s = []
    for weights in draw_weights(3):
        rows = [row for passage, n in enumerate(weights) for row in [2 * passage, 2 * passage + 1] * int(n)]
        truth, said = LABELS[rows].ravel(), COMBINED[rows].ravel()
        f1s.append(2 * (truth & said).sum() / (truth.sum() + said.sum()))
    found = evaluation.coders.loc["combined", ["micro_f1_low", "micro_f1_high"]].tolist()
    assert found == pytest.approx(np.percentile(f1s, [2.5, 97.5]).tolist())
    other = replace(evaluation, random_state=1).coders
    assert other["micro_f1"].tolist() == evaluation.coders["micro_f1"].tolist()


def test_one_row_per_code_in_the_order_of_the_codebook(evaluation):
    codes = evaluation.codes
    assert codes.index.tolist() == ["but", "lien", "rare"]
    assert codes["family"].tolist() == ["Pourquoi", "Avec qui", "Avec qui"]
    assert codes["label"].tolist() == ["But", "Lien", "Rare"]
    assert codes["n"].tolist() == [3, 2, 0]
    assert codes["precision"].tolist() == values([2 / 3, 2 / 3, NAN])
    assert codes["recall"].tolist() == values([2 / 3, 1, NAN])
    assert codes["f1"].tolist() == values([2 / 3, 4 / 5, NAN])
    assert [codes[f"f1_{name}"].tolist() for name in CODERS] == [
        values(row) for row in ([0, 0, NAN], [1, 1, NAN], [0, 0, 0], [2 / 3, 4 / 5, NAN])
    ]


def test_recall_of_explicit_and_implicit_mentions(evaluation):
    # « but »: both sentences with an indicator found, the one without missed; « lien »: one of each, both found
    assert evaluation.codes["recall_explicit"].tolist() == values([1, 1, NAN])
    assert evaluation.codes["recall_implicit"].tolist() == values([0, 1, NAN])


def test_alpha_of_each_code_by_hand(evaluation):
    # 1 - (values - 1) x disagreeing units / (ones x zeros): 1 - 11·2/(6·6), 1 - 11·1/(5·7)
    assert evaluation.codes["alpha"].tolist() == values([1 - 22 / 36, 1 - 11 / 35, NAN])
    held = evaluation.codes.loc[["but", "lien"], ["alpha_low", "alpha", "alpha_high"]].astype(float)
    assert (held["alpha_low"] <= held["alpha"]).all()
    assert (held["alpha"] <= held["alpha_high"]).all()


def test_families_average_their_codes(evaluation):
    families = evaluation.families
    assert families["label"].to_dict() == {"F": "Pourquoi", "G": "Avec qui"}
    assert families["n"].tolist() == [3, 2]
    assert families["f1_combined"].tolist() == values([2 / 3, 4 / 5])
    assert families["f1_learned"].tolist() == [0, 0]


def test_genres_pool_their_codings(evaluation):
    genres = evaluation.genres
    assert genres["label"].to_dict() == {"project": "projets", "talk": "paroles"}
    assert genres[["sentences", "n"]].to_numpy().tolist() == [[2, 3], [4, 2]]
    assert genres["f1_combined"].tolist() == values([4 / 5, 4 / 6])


def test_calibration_has_a_row_for_each_tenth_that_occurs(evaluation):
    table = evaluation.reliability
    assert table.index.tolist() == [0, 1, 4, 5, 6, 7, 8, 9]
    assert table["n"].tolist() == [10, 1, 1, 1, 1, 1, 1, 2]
    assert table["probability"].tolist() == values([0.005, 0.15, 0.41, 0.55, 0.61, 0.72, 0.85, 0.965])
    assert table["right"].tolist() == [0, 0, 1, 0, 0, 1, 1, 1]


def test_rereading_corrects_the_most_doubtful_codes_first(evaluation):
    table = evaluation.coverage
    assert (len(table), table["share"].iloc[0], table["share"].iloc[-1]) == (21, 0, 1)
    steps = table.groupby("reread").last()
    # 0.55 is no code; 0.41 is one; 0.61 is none; 0.72 was right already
    assert steps.index.tolist() == [0, 1, 2, 3, 4]
    assert steps["precision"].tolist() == values([4 / 6, 4 / 5, 5 / 6, 1, 1])
    assert steps["recall"].tolist() == values([4 / 5, 4 / 5, 1, 1, 1])


def test_nothing_to_reread_leaves_all_as_it_is(evaluation):
    judged = replace(evaluation.judgements, sure=np.full(3, 0.3))
    table = Evaluation(judged, BOOK).coverage
    assert set(table["reread"]) == {0}
    assert table["precision"].tolist() == values([4 / 6] * 21)


def test_criteria_of_esid_are_judged_by_passage(evaluation):
    esid = evaluation.esid
    assert esid.index.tolist() == ["Objectives", "Actors", "Outputs", "Innovativeness"]
    assert esid["codes"].tolist() == [1, 2, 0, 0]
    assert esid["n"].tolist() == [2, 2, 0, 0]
    # the misses of « but » are made good within their passages; « lien » is said of a third passage
    assert esid["precision"].tolist() == values([1, 2 / 3, NAN, NAN])
    assert esid["recall"].tolist() == values([1, 1, NAN, NAN])
    assert esid["f1"].tolist() == values([1, 4 / 5, NAN, NAN])


def test_a_codebook_without_families_has_none(evaluation):
    flat = Codebook.model_validate(
        {"nom": "plat", "version": "1", "codes": [{"id": c, "libelle": c, "definition": "…"} for c in ESID]}
    )
    plain = replace(evaluation, codebook=flat)
    assert len(plain.families) == 0
    assert plain.codes["family"].tolist() == ["", "", ""]
    assert plain.esid["codes"].tolist() == [0, 0, 0, 0]


def test_coders_are_shown_in_french(evaluation):
    shown = readable_coders(evaluation.coders)
    assert shown.index.tolist() == ["liste d'indicateurs seule", "règles", "apprentissage", "règles + apprentissage"]
    assert shown.columns.tolist() == [
        "F1 (moyenne des codes)",
        "F1 (tous codages)",
        "précision",
        "rappel",
        "phrases hors champ codées",
    ]
    cell = shown.loc["règles + apprentissage", "F1 (tous codages)"]
    assert cell.startswith("0,73 [0,")
    assert "." not in cell
    html = evaluation._repr_html_()
    assert cell in html
    assert "Intervalles à 95 %" in html
    assert repr(evaluation) == "<Evaluation : 6 phrases, F1 0.733>"


def test_what_is_not_defined_is_said_so(evaluation):
    inside = Evaluation(replace(evaluation.judgements, off=np.zeros(6, bool)), BOOK)
    assert np.isnan(inside.coders.loc["combined", "off_topic"])
    shown = readable_coders(inside.coders)
    assert set(shown["phrases hors champ codées"]) == {"non défini"}
    assert "nan" not in inside._repr_html_()
    assert with_interval(0, 0, 0.125) == "0,00 [0,00 ; 0,12]"


def test_the_figure_has_four_panels_and_shows_the_curve_where_there_is_one(evaluation):
    right = ["Calibration des probabilités", "Relire les codes douteux"]
    plain = evaluation.plot()
    assert [ax.get_title(loc="left") for ax in plain.axes] == ["F1 par code", "F1 moyen, par codeur", *right]
    assert plain.get_suptitle().startswith("Le codage retrouve ce que des personnes ont codé avec un F1 moyen de 0,")
    assert plain.get_supxlabel().startswith("n = 6 phrases de ")
    assert [tick.get_text() for tick in plain.axes[0].get_yticklabels()] == ["But (3)", "Lien (2)", "Rare (0)"]
    sizes = {"sentences": [100, 400]}
    curve = pd.DataFrame(
        sizes | {f"macro_f1{end}_{name}": [0.4, 0.5] for name in CODERS for end in ("", "_low", "_high")}
    )
    drawn = replace(evaluation, curve=curve).plot().axes[1]
    assert drawn.get_title(loc="left") == "Courbe d'apprentissage"
    assert [tick.get_text() for tick in drawn.get_xticklabels()] == ["100", "400"]


def test_tables_and_figures_are_written_and_the_same_twice(evaluation, tmp_path):
    paths = evaluation.save(tmp_path / "a", locale="fr")
    names = ["evaluation.xlsx", "evaluation_codes.csv", "evaluation_coders.csv", "evaluation.svg", "evaluation.png"]
    assert [path.name for path in paths] == names
    for path, again in zip(paths, evaluation.save(tmp_path / "b", locale="fr"), strict=True):
        assert path.read_bytes() == again.read_bytes(), path.name
    workbook = openpyxl.load_workbook(paths[0])
    assert workbook.sheetnames == [
        *("Codeurs", "Codes", "Familles", "Genres", "Calibration", "File à relire", "Critères d'ESID")
    ]
    assert [row[0].value for row in workbook["Critères d'ESID"].iter_rows(min_row=2)] == evaluation.esid.index.tolist()
    assert paths[1].read_text("utf-8-sig").splitlines()[1].startswith("but;Pourquoi;But;3;0,66")
