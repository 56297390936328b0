"""``innovsoc report``: what it writes, what it says, and how it ends."""

from __future__ import annotations

import json
import shutil

import pytest


@pytest.fixture
def results(coded, tmp_path):
    folder = tmp_path / "results"
    shutil.copytree(coded.out, folder / "code")
    return folder


def test_a_page_and_a_document_are_written_and_named(run, results):
    before = (results / "code" / "run.json").read_bytes()
    outcome = run("report", results)
    assert outcome.status == 0
    assert outcome.stdout == ""
    page, document = results / "report" / "report.html", results / "report" / "report.docx"
    assert outcome.stderr.splitlines()[-2:] == [f"Rapport à ouvrir : {page}", f"Document à reprendre : {document}"]
    assert sorted(path.name for path in page.parent.iterdir()) == ["report.docx", "report.html", "run.json"]
    assert (results / "code" / "run.json").read_bytes() == before


def test_a_report_that_someone_has_worked_on_is_kept_and_named(run, results):
    run("report", results)
    document = results / "report" / "report.docx"
    document.write_bytes(b"relu")
    kept = document.with_name("report_modifie.docx")
    said = f"Vous aviez modifié ce rapport ; votre version est gardée : {kept}"
    assert said in run("report", results).stderr.splitlines()
    assert kept.read_bytes() == b"relu"
    assert document.read_bytes() != b"relu"
    assert said not in run("report", results).stderr


def test_place_title_and_number_of_verbatims_can_be_named(run, results, tmp_path):
    outcome = run("report", results / "code", "--out", tmp_path / "r", "--title", "Un titre", "--verbatims", "0")
    assert outcome.status == 0
    assert "<h1>Un titre</h1>" in (tmp_path / "r" / "report.html").read_text("utf-8")
    assert json.loads((tmp_path / "r" / "run.json").read_text("utf-8"))["parameters"]["n_verbatims"] == 0


def test_a_folder_without_results_is_one_sentence_and_status_2(run, tmp_path):
    outcome = run("report", tmp_path, "--out", tmp_path / "r")
    assert outcome.status == 2
    assert "ne contient pas de résultats d'innovsoc code" in outcome.sentence
    assert not (tmp_path / "r").exists()


def test_results_are_never_written_over(run, results):
    before = {path: path.read_bytes() for path in results.rglob("*") if path.is_file()}
    outcome = run("report", results, "--out", results / "code")
    assert outcome.status == 2
    assert "choisissez un autre dossier" in outcome.sentence
    assert {path: path.read_bytes() for path in results.rglob("*") if path.is_file()} == before


def test_help_names_what_is_written(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    said = run("report", "--help").stdout
    for name in ("report.html", "report.docx", "run.json", "--out", "--title", "--codebook", "--verbatims"):
        assert name in said
