"""What is said of files that were read but need a look, and of codes when all texts are of one genre."""

from __future__ import annotations

import pytest


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "fiches"
    folder.mkdir()
    return folder


def warnings(outcome):
    return [line for line in outcome.stderr.splitlines() if line.startswith("À vérifier")]


@pytest.mark.parametrize(
    ("n_files", "said"),
    [
        (
            3,
            [
                f"À vérifier : {name}.txt : encodage deviné (Windows-1252) : vérifiez les accents"
                for name in ("a", "b", "c")
            ],
        ),
        (
            4,
            [
                (
                    "À vérifier, 4 fichiers : encodage deviné (Windows-1252) : vérifiez les accents"
                    " (a.txt, b.txt, c.txt… ; tous dans sources.csv)"
                )
            ],
        ),
    ],
)
def test_what_many_files_have_in_common_is_said_once(run, texts, tmp_path, n_files, said):
    for name in "abcd"[:n_files]:
        (texts / f"{name}.txt").write_bytes(f"L'été {name} à la crèche.".encode("cp1252"))
    assert warnings(run("ingest", texts, "--out", tmp_path / "lu")) == said


def test_a_rare_warning_is_not_hidden_by_a_frequent_one(run, texts, tmp_path):
    for number in range(30):
        (texts / f"a{number:02}.txt").write_bytes(f"L'été {number} à la crèche.".encode("cp1252"))
    (texts / "z.txt").write_bytes("L'&eacute;t\u00e9 \u00e0 la cr\u00e8che.".encode("cp1252"))
    told = warnings(run("ingest", texts, "--out", tmp_path / "lu"))
    assert [line.split(" : ")[0] for line in told] == ["À vérifier, 30 fichiers", "À vérifier"]
    assert told[1].startswith("À vérifier : z.txt : ")


def test_one_genre_has_no_column_beside_that_of_all_documents(run, texts, tmp_path):
    (texts / "a.txt").write_text("Le jardin répond à un besoin social du quartier.", "utf-8")
    outcome = run("code", texts, "--out", tmp_path / "out", "--genre", "projet", "--coder", "rules")
    headings = [line.split() for line in outcome.stdout.splitlines() if line.split()[:1] == ["code"]]
    assert headings == [["code", "documents", "phrases"]]
