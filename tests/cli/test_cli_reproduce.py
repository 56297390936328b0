"""``innovsoc reproduce``: the verdict table by table, the reasons, and the exit status."""

from __future__ import annotations

import json
import shutil

import pytest


@pytest.fixture
def out(run, tmp_path):
    folder = tmp_path / "Étude à part"
    (folder / "textes").mkdir(parents=True)
    (folder / "textes" / "a.txt").write_text("Un jardin partagé.", "utf-8")
    (folder / "textes" / "b.txt").write_text("Un compost.", "utf-8")
    assert run("ingest", folder / "textes", "--out", folder / "lecture").status == 0
    return folder / "lecture"


def cells(stdout):
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in stdout.splitlines()]


def test_a_copy_is_identical(run, out, tmp_path):
    copy = shutil.copytree(out.parent, tmp_path / "ailleurs" / "copie n° 1")
    shutil.rmtree(out.parent)
    outcome = run("reproduce", copy / "lecture" / "run.json")
    assert outcome.status == 0
    assert ["documents.parquet", "identique"] in cells(outcome.stdout)
    assert ["sources.csv", "identique"] in cells(outcome.stdout)
    last = outcome.stdout.splitlines()[-1]
    assert last == "Identique : les 2 fichiers de résultats sont refaits à l'octet près."
    assert "── lecture : refait à part" in outcome.stderr.splitlines()
    assert {path.name for path in copy.iterdir()} == {"textes", "lecture"}


def test_the_folder_of_a_study_stands_for_its_results(run, tmp_path):
    study = tmp_path / "étude"
    run("init", study, "--genres", "projets")
    (study / "sources" / "projets" / "a.txt").write_text("Un jardin partagé.", "utf-8")
    outcome = run("reproduce", study)
    assert outcome.status == 2
    assert "results » n'existe pas ; vérifiez le chemin, ou faites d'abord l'étude" in outcome.sentence
    run("run", study, "--only", "ingest")
    outcome = run("reproduce", study)
    assert outcome.status == 0
    assert outcome.stdout.splitlines()[-1].startswith("Identique : les 2 fichiers")


def test_what_differs_and_why_is_told_with_status_3(run, out):
    (out.parent / "textes" / "b.txt").write_text("Un compost neuf.", "utf-8")
    record = json.loads((out / "run.json").read_text("utf-8"))
    record["versions"]["numpy"] = "1.0"
    (out / "run.json").write_text(json.dumps(record), "utf-8")
    outcome = run("reproduce", out)
    assert outcome.status == 3
    assert ["documents.parquet", "différent : 3 cellules différentes (doc_id, sha256, text)"] in cells(outcome.stdout)
    assert ["sources.csv", "différent : 3 cellules différentes (sha256, n_bytes, n_characters)"] in cells(
        outcome.stdout
    )
    lines = outcome.stdout.splitlines()
    assert lines[-4:-1] == ["2 fichier(s) sur 2 diffèrent.", "Pourquoi :", "  – source modifiée : b.txt"]
    assert lines[-1].startswith("  – version de numpy : 1.0 → ")
    assert "compost" not in outcome.stdout + outcome.stderr


def test_results_are_kept_where_one_asks(run, out, tmp_path):
    outcome = run("reproduce", out / "run.json", "--keep", tmp_path / "gardé")
    assert outcome.status == 0
    assert (tmp_path / "gardé" / "sources.csv").read_bytes() == (out / "sources.csv").read_bytes()
    assert outcome.stderr.splitlines()[-1] == f"Résultats refaits : {tmp_path / 'gardé'}"


def test_wrong_usage_is_one_sentence(run, out, tmp_path):
    outcome = run("reproduce", tmp_path / "absent.json")
    assert outcome.status == 2
    assert "absent.json" in outcome.sentence
    shutil.rmtree(out.parent / "textes")
    outcome = run("reproduce", out / "run.json")
    assert outcome.status == 2
    assert outcome.sentence.endswith("n'existe pas ; vérifiez le chemin.")


def test_help_tells_the_exit_statuses(run):
    assert "3 quelque chose diffère" in " ".join(run("reproduce", "--help").stdout.split())
