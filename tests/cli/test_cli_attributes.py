"""Attributes of a study's own metadata table, and names that are none."""

from __future__ import annotations

import pytest


@pytest.fixture
def study(run, tmp_path):
    folder = tmp_path / "étude"
    run("init", folder)
    for name in ("a", "b"):
        (folder / "sources" / "paroles" / f"{name}.txt").write_text("Une école ouverte à tous.", "utf-8")
    (folder / "sources" / "metadata.csv").write_text("file,country\nparoles/a.txt,Mali\nparoles/b.txt,Niger\n", "utf-8")
    (folder / "results").mkdir()
    (folder / "results" / "notes.txt").write_text("Une école de trop.", "utf-8")
    return folder


def test_concordance_of_a_study_finds_the_attributes_beside_its_texts(run, study):
    outcome = run("concordance", study, "école", "--by", "country")
    assert outcome.status == 0
    rows = [line.split() for line in outcome.stdout.splitlines()]
    assert ["Mali", "1", "5", "2000,0"] in rows
    assert ["Niger", "1", "5", "2000,0"] in rows
    assert "2 occurrence(s) dans 2 document(s) sur 2." in outcome.stderr


@pytest.mark.parametrize("command", ["concordance", "lexicon", "topics"])
@pytest.mark.parametrize("name", ["contry", "pays"])
def test_a_name_that_is_none_gets_the_nearest(run, study, tmp_path, command, name):
    rest = ["école"] if command == "concordance" else ["--out", tmp_path / "r"]
    outcome = run(command, study, *rest, "--by", name)
    assert outcome.status == 2
    assert f"Aucun document n'a d'attribut « {name} » ; vouliez-vous dire « country » ?" in outcome.sentence


def test_who_speaks_is_among_the_names(run, study, tmp_path):
    outcome = run("lexicon", study, "--out", tmp_path / "r", "--by", "speakers")
    assert "vouliez-vous dire « speaker » ? Il y a : genre, country, speaker, title, code." in outcome.sentence
