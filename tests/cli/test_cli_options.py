"""Options that commands share: limits of reading, duplicates left out, results that still stand."""

from __future__ import annotations

import csv
import json

import pytest

from innovsoc_analysis.model.errors import EXIT_NOTHING_ACCEPTED, EXIT_OK, EXIT_SOME_REFUSED, EXIT_USAGE

LONG = "Le jardin partagé du quartier accueille les habitants. " * 4
SHORT = "Un compost."


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "long.txt").write_text(LONG, "utf-8")
    (folder / "court.txt").write_text(SHORT, "utf-8")
    return folder


def command(name, texts, out):
    return {
        "ingest": ["ingest", texts, "--out", out],
        "code": ["code", texts, "--out", out, "--coder", "rules"],
        "topics": ["topics", texts, "--out", out],
        "lexicon": ["lexicon", texts, "--out", out],
        "concordance": ["concordance", texts, "jardin"],
        "inclusive": ["inclusive", texts],
        "pseudonymise": ["pseudonymise", texts, "--propose", out / "noms.csv"],
    }[name]


@pytest.mark.parametrize("name", ["ingest", "code", "topics", "lexicon", "concordance", "inclusive", "pseudonymise"])
def test_every_command_that_reads_texts_takes_limits_and_refuses_wrong_ones(run, texts, tmp_path, name):
    for wrong in ("longueur=3", "characters=0", "characters=1,characters=2"):
        outcome = run(*command(name, texts, tmp_path / "r"), "--limits", wrong)
        assert outcome.status == EXIT_USAGE
        assert wrong.partition("=")[0] in outcome.sentence
    outcome = run(*command(name, texts, tmp_path / "r"), "--limits", "characters=5")
    assert outcome.status == EXIT_NOTHING_ACCEPTED
    assert "dépasse 5 caractères" in outcome.stderr


def test_the_environment_sets_limits_too(run, texts, monkeypatch):
    monkeypatch.setenv("INNOVSOC_LIMITS", "characters=100")
    outcome = run("concordance", texts, "compost")
    assert outcome.status == EXIT_SOME_REFUSED
    assert "1 occurrence(s) dans 1 document(s) sur 1" in outcome.stderr


def test_a_study_is_run_under_limits_that_are_told_once(run, tmp_path):
    folder = tmp_path / "étude"
    run("init", folder, "--genres", "projets")
    toml = folder / "innovsoc.toml"
    toml.write_text(toml.read_text("utf-8").replace('"code", "topics", "lexicon", "report"]', "]"), "utf-8")
    (folder / "sources" / "projets" / "long.txt").write_text(LONG, "utf-8")
    (folder / "sources" / "projets" / "court.txt").write_text(SHORT, "utf-8")
    assert run("run", folder, "--limits", "characters=100").status == EXIT_SOME_REFUSED
    again = run("run", folder)
    assert again.status == EXIT_OK
    assert "── lecture : réglage « limits » : characters=100 → vide" in again.stderr


@pytest.mark.parametrize("name", ["topics", "lexicon"])
def test_duplicates_are_left_out(run, tmp_path, name):
    folder = tmp_path / "textes"
    folder.mkdir()
    garden = "Le jardin donne des légumes au quartier. Les voisins arrosent le jardin et cueillent des légumes. "
    office = "Le guichet distribue des formulaires aux familles. Les agents du guichet lisent les formulaires. "
    for number in range(3):
        (folder / f"jardin {number}.txt").write_text(garden + f"Serre numéro{number}.", "utf-8")
        (folder / f"guichet {number}.txt").write_text(office + f"Salle numéro{number}.", "utf-8")
    (folder / "z copie.md").write_text(garden + "Serre numéro0.", "utf-8")
    option = "--n-topics" if name == "topics" else "--n-classes"
    out = tmp_path / "r"
    outcome = run(name, folder, "--out", out, "--drop-duplicates", option, "2")
    assert outcome.status == EXIT_OK
    rows = list(csv.DictReader((out / "sources.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["source"], row["message"]) for row in rows if row["code"] == "duplicate"] == [
        ("z copie.md", "même texte que « jardin 0.txt »")
    ]
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert record["counts"]["documents"] == 6
    assert record["parameters"]["drop_duplicates"] is True


def test_codings_that_stand_are_not_made_again_unless_asked(run, texts, tmp_path):
    out = tmp_path / "r"
    asked = command("code", texts, out)
    assert run(*asked).status == EXIT_OK
    before = (out / "run.json").read_bytes()
    again = run(*asked, "--limits", "seconds=90", "--workers", "2", "--resume")
    assert again.status == EXIT_OK
    assert again.stderr.startswith("Rien n'a changé : ")
    assert "Pour recoder malgré tout : --force." in again.stderr
    assert (out / "run.json").read_bytes() == before
    assert "Rien n'a changé" not in run(*asked, "--force").stderr
    assert (out / "run.json").read_bytes() != before


@pytest.mark.parametrize("change", ["text", "file", "result", "option", "metadata"])
def test_codings_are_made_again_if_anything_has_changed(run, texts, tmp_path, change):
    out = tmp_path / "r"
    asked = command("code", texts, out)
    run(*asked)
    if change == "text":
        (texts / "court.txt").write_text("Un lombric.", "utf-8")
    elif change == "file":
        (texts / "autre.txt").write_text("Un lombric.", "utf-8")
    elif change == "metadata":
        (texts / "metadata.csv").write_text("file,lieu\ncourt.txt,Mons\n", "utf-8")
    elif change == "result":
        (out / "codings.csv").unlink()
    else:
        asked += ["--title", "Un titre"]
    outcome = run(*asked)
    assert outcome.status == EXIT_OK
    assert "Rien n'a changé" not in outcome.stderr
    assert (out / "codings.csv").exists()
    assert "Rien n'a changé" in run(*asked).stderr


def test_refused_files_are_named_again_with_the_status_that_they_had(run, texts, tmp_path):
    (texts / "abîmé.docx").write_bytes(b"PK\x03\x04 not a document")
    asked = command("code", texts, tmp_path / "r")
    assert run(*asked).status == EXIT_SOME_REFUSED
    again = run(*asked)
    assert again.status == EXIT_SOME_REFUSED
    assert "Rien n'a changé" in again.stderr
    assert "  abîmé.docx" in again.stderr.splitlines()


def test_ingest_tells_what_the_attributes_are_and_shows_no_name(run, texts):
    (texts / "metadata.csv").write_text("file;âge;auteur\nlong.txt;9;Zéphyrine\ncourt.txt;10,5;Zéphyrine\n", "utf-8")
    outcome = run("ingest", texts)
    rows = [line.split() for line in outcome.stdout.splitlines()]
    assert ["âge", "nombre", "2", "·", "de", "9", "à", "10,5"] in rows
    assert ["auteur", "catégorie", "1", "·", "masqués", "(personnels)"] in rows
    assert "Zéphyrine" not in outcome.stdout + outcome.stderr
    (texts / "metadata.csv").unlink()
    assert "Attributs" not in run("ingest", texts).stdout
