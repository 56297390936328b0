"""``innovsoc pseudonymise``: two steps and a check, and no name on the terminal."""

from __future__ import annotations

import pytest

CANARY = "Zéphyrine Canariou"
TALK = f"Ana : Où va {CANARY} ?\nLuc : Chez Mme Canariou, rue du Canari 12.\nAna : Au 0475 12 34 56, oui.\nLuc : Notre service répond à un besoin social."


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "entretiens"
    folder.mkdir()
    (folder / "canariou.txt").write_text(TALK, "utf-8")
    return folder


@pytest.fixture
def steps(study, tmp_path, run):
    table, copies = tmp_path / "prive" / "noms.csv", tmp_path / "copies"
    proposed = run("pseudonymise", study, "--propose", table)
    applied = run("pseudonymise", study, "--table", table, "--out", copies)
    return proposed, applied


def test_two_steps_tell_counts_and_never_a_name(steps, tmp_path):
    proposed, applied = steps
    assert (proposed.status, applied.status) == (0, 0)
    assert proposed.stdout.splitlines() == [
        "    3  personne : 3 remplacer, 0 garder, 0 à décider",
        "    1  téléphone : 1 remplacer, 0 garder, 0 à décider",
        "    1  adresse : 1 remplacer, 0 garder, 0 à décider",
    ]
    assert applied.stdout == "1 copie(s), 8 remplacement(s), 5 entité(s).\n"
    said = "".join(one.stdout + one.stderr for one in steps).lower()
    assert not any(name in said for name in ("canari", "zéphyrine", "zephyrine", "0475"))
    assert (tmp_path / "prive" / "clef.json").exists()


def test_copies_are_coded_as_other_texts_and_results_hold_no_name(steps, tmp_path, run):
    results = tmp_path / "results"
    assert run("code", tmp_path / "copies", "--out", results).status == 0
    checked = run("pseudonymise", "--check", results, "--key", tmp_path / "prive" / "clef.json")
    assert (checked.status, checked.stdout) == (0, "")
    assert "Aucun nom de la clef" in checked.stderr


def test_what_leaks_is_listed_without_names_with_status_3(steps, study, tmp_path, run):
    key = tmp_path / "prive" / "clef.json"
    hidden = run("pseudonymise", "--check", study, "--key", key)
    assert hidden.status == 3
    assert hidden.stdout.splitlines() == [
        "    1  dans le nom du fichier ….txt (1 entité(s))",
        "    8  ….txt (5 entité(s))",
    ]
    assert "9 mention(s)" in hidden.stderr
    shown = run("pseudonymise", "--check", study, "--key", key, "--show")
    assert "Canariou" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Donnez l'une de ces options"),
        (("--propose", "a.csv", "--check", "b"), "Donnez l'une de ces options"),
        (("--propose", "a.csv"), "Dites quels textes lire"),
        (("--check", "b"), "--check demande aussi --key"),
    ],
)
def test_a_command_that_lacks_something_says_what(arguments, sentence, run):
    outcome = run("pseudonymise", *arguments)
    assert outcome.status == 2
    assert outcome.sentence.startswith(sentence)


def test_the_table_is_refused_among_the_texts_before_they_are_read(study, run):
    outcome = run("pseudonymise", study, "--propose", study / "noms.csv")
    assert outcome.status == 2
    assert "parmi les textes" in outcome.sentence
    assert "lecture" not in outcome.stderr
