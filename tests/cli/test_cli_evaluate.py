"""``innovsoc evaluate``: what it shows and writes, what it warns of, what it refuses."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from innovsoc_analysis.cli import _run

OPENINGS = ["Ici", "Dans notre rue", "Depuis l'hiver", "Au village", "Cette année", "Près du canal", "Chez nous"]
SAID = {
    "besoin": ["les familles manquent de crèches", "personne ne trouve de logement", "les aînés manquent de visites"],
    "argent": ["la commune verse une subvention", "le budget vient des dons", "une subvention couvre le loyer"],
    "lieu": ["un atelier ouvre dans la gare", "un jardin pousse derrière l'école", "l'atelier occupe une halle"],
    "": ["il pleut depuis mardi", "Zoé range les chaises", "le bus passe à midi"],
}
BOOK = """
nom: essai
version: "1"
codes:
  - {id: besoin, libelle: "Besoin", definition: "Ce qui manque.", indicateurs: {lemmes: [manquer]}}
  - {id: argent, libelle: "Argent", definition: "Ce que cela coûte.", indicateurs: {lemmes: [subvention, budget]}}
  - {id: lieu, libelle: "Lieu", definition: "Où cela se passe.", indicateurs: {lemmes: [atelier]}}
"""
FILES = {
    "evaluation.xlsx",
    "evaluation.svg",
    "evaluation.png",
    "evaluation_codes.csv",
    "evaluation_coders.csv",
    "run.json",
}


def passages(openings, split, *, off=True):
    """Six passages an opening, of four sentences each, and one out of the field in which « atelier » stands."""
    for opening, end, place in itertools.product(openings, ["", ", dit-on"], range(3)):
        sentences = [
            {"text": f"{opening}, {said[place]}{end}.", "codes": {code: said[place]} if code else {}}
            for code, said in SAID.items()
        ]
        yield {"passage": f"{opening}{end} {place}", "split": split, "sentences": sentences}
    for opening in openings if off else ():
        texts = [f"{opening}, le match finit à midi.", f"{opening}, l'atelier du peintre se visite."]
        sentences = [{"text": text} for text in texts]
        yield {"passage": f"{opening} off", "split": split, "field": "off", "sentences": sentences}


def write(path: Path, *groups) -> Path:
    lines = [json.dumps(passage, ensure_ascii=False) for group in groups for passage in group]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


class Study(NamedTuple):
    gold: Path
    book: Path
    model: Path

    @property
    def options(self) -> list[object]:
        return ["--codebook", self.book, "--model", self.model]


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Study:
    """A model trained on five openings, tuned on one; the seventh is kept to evaluate."""
    folder = tmp_path_factory.mktemp("étalon d'été")
    (folder / "essai.yaml").write_text(BOOK, "utf-8")
    groups = passages(OPENINGS[2:], "train"), passages(OPENINGS[:1], "dev"), passages(OPENINGS[1:2], "test")
    write(folder / "or" / "a.gold.jsonl", *groups)
    found = Study(folder / "or", folder / "essai.yaml", folder / "m.model")
    arguments = ["train", found.gold, "--codebook", found.book, "--out", found.model]
    assert _run([str(argument) for argument in arguments]) == 0
    return found


@pytest.fixture(scope="module")
def twice(study):
    """Two evaluations of the test passages."""
    outs = [study.gold.parent / name for name in ("un", "deux")]
    for out in outs:
        assert _run([str(one) for one in ["evaluate", study.gold, *study.options, "--out", out]]) == 0
    return outs


def test_everything_is_written_and_a_rerun_gives_the_same_bytes(twice):
    first, second = twice
    assert {path.name for path in first.iterdir()} == FILES
    for name in sorted(FILES - {"run.json"}):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_record_tells_what_was_compared(study, twice):
    record = json.loads((twice[0] / "run.json").read_text("utf-8"))
    assert record["command"] == "evaluate"
    assert record["parameters"]["split"] == "test"
    assert record["parameters"]["model"].startswith("essai-")
    assert record["counts"] == {"passages": 7, "sentences": 26}
    first = record["sources"][0]
    assert (first["source"], first["outcome"]) == ("or/a.gold.jsonl", "accepté")
    assert record["sources"][1]["sha256"] == hashlib.sha256(study.model.read_bytes()).hexdigest()
    assert set(record["outputs"]) == FILES - {"run.json"}


def test_coders_are_shown_measure_by_measure(study, run, tmp_path):
    outcome = run("evaluate", study.gold, *study.options, "--out", tmp_path / "r")
    assert outcome.status == 0
    lines = outcome.stdout.splitlines()
    assert lines[0] == "26 phrases de 7 passages « test » ; intervalles à 95 %"
    blocks = {block.splitlines()[0]: block.splitlines()[1:] for block in outcome.stdout.split("\n\n")[1:]}
    # besoin 4 of 6 found; argent 6 of 6; lieu 4 of 6 and 1 wrong: F1 8/10, 1, 8/11
    assert blocks["F1 (moyenne des codes)"][0].startswith("  liste d'indicateurs seule  0,84 [")
    assert blocks["F1 (tous codages)"][0].startswith("  liste d'indicateurs seule  0,85 [")
    assert blocks["précision"][0].startswith("  liste d'indicateurs seule  0,93 [")
    assert blocks["rappel"][0].startswith("  liste d'indicateurs seule  0,78 [")
    assert blocks["phrases hors champ codées"][0].startswith("  liste d'indicateurs seule  0,50 [")
    assert [line.split("  ")[1] for line in blocks["rappel"]] == [
        "liste d'indicateurs seule",
        "règles",
        "apprentissage",
        "règles + apprentissage",
    ]
    assert outcome.stderr.splitlines() == [
        "évaluation…",
        f"Figure à ouvrir : {tmp_path / 'r' / 'evaluation.svg'} ; tables : {tmp_path / 'r' / 'evaluation.xlsx'}",
    ]
    assert "crèches" not in outcome.stdout + outcome.stderr


def test_codes_table_holds_the_counts(twice):
    rows = list(csv.DictReader((twice[0] / "evaluation_codes.csv").read_text("utf-8").splitlines()))
    assert [(row["code"], row["n"]) for row in rows] == [("besoin", "6"), ("argent", "6"), ("lieu", "6")]
    assert [round(float(row["f1_list"]), 3) for row in rows] == [0.8, 1.0, 0.727]


def test_measures_that_are_not_defined_are_said_without_a_remark_of_numpy(study, run, tmp_path):
    gold = write(tmp_path / "b.gold.jsonl", passages(["Là-bas"], "test", off=False))
    outcome = run("evaluate", gold, *study.options, "--out", tmp_path / "r")
    assert outcome.status == 0
    assert outcome.stdout.splitlines()[-4:] == [
        "  liste d'indicateurs seule  non défini",
        "  règles                     non défini",
        "  apprentissage              non défini",
        "  règles + apprentissage     non défini",
    ]
    assert "Warning" not in outcome.stderr


@pytest.mark.parametrize(("split", "n"), [("train", 35), ("dev", 7)])
def test_passages_that_the_model_has_seen_are_warned_of(study, run, tmp_path, split, n):
    outcome = run("evaluate", study.gold, *study.options, "--out", tmp_path / "r", "--split", split)
    assert outcome.status == 0
    assert outcome.stderr.splitlines()[0] == (
        f"Attention : {n} des {n} passages ont servi à entraîner le modèle ou à le régler."
        " Les chiffres de l'apprentissage sont trop beaux : ne les citez pas."
    )


def test_a_seen_passage_is_known_under_another_name_and_other_codes(study, run, tmp_path):
    seen, *fresh = list(passages([OPENINGS[2]], "test"))[:1] + list(passages(["Là-bas"], "test"))
    seen["passage"] = "renommé"
    seen["sentences"][0]["codes"] = {}
    outcome = run("evaluate", write(tmp_path / "b.gold.jsonl", [seen], fresh), *study.options, "--out", tmp_path / "r")
    assert outcome.status == 0
    assert outcome.stderr.startswith("Attention : 1 des 8 passages ont servi")


def test_a_codebook_changed_since_is_warned_of(study, run, tmp_path):
    book = tmp_path / "essai.yaml"
    book.write_text(BOOK.replace("[manquer]", "[manquer, trouver]"), "utf-8")
    outcome = run("evaluate", study.gold, "--codebook", book, "--model", study.model, "--out", tmp_path / "r")
    assert outcome.status == 0
    assert outcome.stderr.splitlines()[0] == (
        "Le livre « essai » a changé depuis que le modèle a été entraîné : réentraînez-le."
    )


def test_another_list_may_be_the_point_of_comparison(study, run, tmp_path):
    plain = tmp_path / "liste.yaml"
    plain.write_text(BOOK.replace("[manquer]", "[manquer, trouver]"), "utf-8")
    assert run("evaluate", study.gold, *study.options, "--plain", plain, "--out", tmp_path / "r").status == 0
    rows = list(csv.DictReader((tmp_path / "r" / "evaluation_codes.csv").read_text("utf-8").splitlines()))
    assert (rows[0]["f1_list"], round(float(rows[0]["f1_rules"]), 3)) == ("1.0", 0.8)


def test_a_list_of_other_codes_is_refused(study, run, tmp_path):
    plain = tmp_path / "liste.yaml"
    plain.write_text(BOOK.replace("id: besoin", "id: manque"), "utf-8")
    outcome = run("evaluate", study.gold, *study.options, "--plain", plain, "--out", tmp_path / "r")
    assert outcome.status == 2
    assert outcome.sentence == "--plain : le livre « essai » n'a pas les codes de « essai », dans le même ordre."


def test_curve_adds_a_table_and_a_sheet(study, run, tmp_path):
    outcome = run("evaluate", study.gold, *study.options, "--out", tmp_path / "r", "--curve")
    assert outcome.status == 0
    assert {path.name for path in (tmp_path / "r").iterdir()} == FILES | {"learning_curve.csv"}
    (row,) = csv.DictReader((tmp_path / "r" / "learning_curve.csv").read_text("utf-8").splitlines())
    assert row["sentences"] == "130"
    assert round(float(row["macro_f1_list"]), 3) == 0.842
    assert "Courbe d'apprentissage" in openpyxl.load_workbook(tmp_path / "r" / "evaluation.xlsx").sheetnames


@pytest.mark.parametrize(
    ("groups", "options", "sentence"),
    [
        ("test", ["--split", "dev"], "--curve s'évalue sur les passages « test » : retirez --split."),
        ("test", [], "--curve demande des passages « train », « dev » et « test »."),
    ],
)
def test_curve_needs_all_parts_and_the_test_passages(study, run, tmp_path, groups, options, sentence):
    gold = write(tmp_path / "b.gold.jsonl", passages(["Là-bas"], groups))
    outcome = run("evaluate", gold, *study.options, "--out", tmp_path / "r", "--curve", *options)
    assert (outcome.status, outcome.sentence) == (2, sentence)
    assert not (tmp_path / "r").exists()


def test_a_part_without_passages_is_refused_and_the_others_named(study, run, tmp_path):
    gold = write(tmp_path / "b.gold.jsonl", passages(["Là-bas"], "train"))
    outcome = run("evaluate", gold, *study.options, "--out", tmp_path / "r")
    assert outcome.status == 2
    assert outcome.sentence == "Ce corpus étalon n'a pas de passage « test » : choisissez --split train."


def test_an_unknown_part_is_refused(run, tmp_path):
    outcome = run("evaluate", tmp_path, "--out", tmp_path / "r", "--split", "tout")
    assert outcome.status == 2
    assert outcome.sentence == "« tout » n'est pas une partie connue de --split ; choisissez train, dev, test."


def test_the_corpus_here_is_the_default_and_asked_for_if_absent(study, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = run("evaluate", *study.options, "--out", "r")
    assert outcome.status == 2
    assert outcome.sentence.startswith("Indiquez le corpus étalon")
    write(tmp_path / "corpus" / "gold" / "b.gold.jsonl", passages(["Là-bas"], "test"))
    outcome = run("evaluate", *study.options, "--out", "r")
    assert outcome.status == 0
    assert outcome.stdout.startswith("26 phrases de 7 passages « test »")


def test_a_model_must_exist_and_have_the_codes_of_the_codebook(study, run, tmp_path):
    options = ["evaluate", study.gold, "--out", tmp_path / "r", "--codebook"]
    absent = run(*options, study.book, "--model", tmp_path / "absent.model")
    assert (absent.status, absent.sentence) == (
        2,
        f"« {tmp_path / 'absent.model'} » n'existe pas ; vérifiez le chemin.",
    )
    none = run(*options, study.book)
    assert (none.status, none.sentence.partition(" : ")[0]) == (2, "Aucun modèle n'accompagne le livre « essai »")
    broken = tmp_path / "faux.model"
    broken.write_bytes(b"PK\x03\x04")
    assert run(*options, study.book, "--model", broken).sentence.startswith("faux.model : ce fichier n'est pas")
    other = tmp_path / "autre.yaml"
    other.write_text(BOOK.replace("id: besoin", "id: manque"), "utf-8")
    wrong = run(*options, other, "--model", study.model)
    assert (wrong.status, wrong.sentence) == (
        2,
        "Ce modèle a appris les codes d'un autre livre que « essai » ; donnez-le (--codebook).",
    )


def test_results_may_not_go_where_the_gold_is(study, run):
    outcome = run("evaluate", study.gold, *study.options, "--out", study.gold)
    assert outcome.status == 2
    assert "contient les textes à lire" in outcome.sentence


def test_help_is_in_french_and_names_every_file(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    shown = run("evaluate", "--help").stdout
    for name in (*FILES, "learning_curve.csv"):
        assert name in shown
    for word in ("Show this message", "required", "default:"):
        assert word not in shown
