"""The command line says at once, and in a legible way, what one should know."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("out", ["textes", "."])
def test_results_may_not_go_where_the_texts_are(run, tmp_path, out):
    (tmp_path / "textes").mkdir()
    (tmp_path / "textes" / "a.txt").write_text("Un jardin.", "utf-8")
    outcome = run("code", tmp_path / "textes", "--out", tmp_path / out)
    assert outcome.status == 2
    assert "contient les textes à lire ; choisissez-en un autre" in outcome.stderr
    assert "lecture" not in outcome.stderr


def test_many_genres_do_not_squeeze_the_labels(run, tmp_path):
    for number in range(6):
        (tmp_path / "textes" / f"genre très long {number}").mkdir(parents=True)
        (tmp_path / "textes" / f"genre très long {number}" / "a.txt").write_text(
            "Les jeunes du quartier et leurs familles viennent.", "utf-8"
        )
    outcome = run("code", tmp_path / "textes", "--out", tmp_path / "r", "--coder", "rules")
    assert "Enfants, jeunes, familles" in outcome.stdout
    assert "genre très" not in outcome.stdout


def test_a_misspelt_file_of_the_metadata_is_answered_by_the_nearest(run, tmp_path):
    (tmp_path / "textes").mkdir()
    (tmp_path / "textes" / "Entretien Zoé.txt").write_text("Un jardin.", "utf-8")
    (tmp_path / "textes" / "metadata.csv").write_text("file,lieu\nEntretien Zoe.txt,Mons\n", "utf-8")
    outcome = run("ingest", tmp_path / "textes")
    assert "« Entretien Zoe.txt », qui n'a pas été trouvé ; vouliez-vous dire « Entretien Zoé.txt » ?" in outcome.stderr


def test_topics_say_when_there_are_few_texts(run, tmp_path):
    (tmp_path / "textes").mkdir()
    for name in ("a", "b"):
        (tmp_path / "textes" / f"{name}.txt").write_text("Un jardin et des légumes.", "utf-8")
        (tmp_path / "textes" / f"{name}2.txt").write_text("Un loyer et un logement.", "utf-8")
    (tmp_path / "textes" / "c.txt").write_text("Euh, oui.", "utf-8")
    outcome = run("topics", tmp_path / "textes", "--out", tmp_path / "r", "--n-topics", 2)
    assert outcome.status == 0
    assert "1 document(s) sans mot retenu, ou qu'aucun thème ne décrit, hors des moyennes." in outcome.stderr
    assert "5 documents sont peu pour 2 thèmes" in outcome.stderr
