"""``innovsoc init``: a folder ready for texts, and what to do next."""

from __future__ import annotations


def test_it_says_what_to_do_next_in_three_lines(run, tmp_path):
    folder = tmp_path / "mon étude"
    outcome = run("init", folder, "--genres", "lettres, tracts", "--title", "Dire le lien")
    assert (outcome.status, outcome.stderr) == (0, "")
    lines = outcome.stdout.splitlines()
    assert lines[0] == f"Étude prête : {folder}"
    assert [line[:5] for line in lines[1:]] == ["  1. ", "  2. ", "  3. "]
    assert "lettres, tracts" in lines[1]
    assert lines[3] == f'  3. Lancez : innovsoc run "{folder}"'
    assert 'title = "Dire le lien"' in (folder / "innovsoc.toml").read_text("utf-8")


def test_a_study_that_exists_is_left_alone_in_one_sentence(run, tmp_path):
    assert run("init", tmp_path / "é").status == 0
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    outcome = run("init", tmp_path / "é")
    assert outcome.status == 2
    assert outcome.sentence.endswith("est déjà une étude (innovsoc.toml s'y trouve) ; rien n'a été modifié.")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
