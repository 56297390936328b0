"""``innovsoc lexicon``: what it writes, what it says, and how it ends."""

from __future__ import annotations

import json

import pytest

from innovsoc_analysis.cli import main
from innovsoc_analysis.cli.lexicon import _listed

GARDEN = "Le jardin donne des légumes au quartier. Les voisins arrosent le jardin et cueillent des légumes. "
OFFICE = "Le guichet distribue des formulaires aux familles. Les agents du guichet lisent les formulaires. "


@pytest.fixture
def run(capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as leaving:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return leaving.value.code, said.out, said.err

    return run


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "textes"
    folder.mkdir()
    for n in range(8):
        (folder / f"jardin{n}.txt").write_text(GARDEN * 6, "utf-8")
        (folder / f"guichet{n}.txt").write_text(OFFICE * 6, "utf-8")
    rows = [f"jardin{n}.txt,projet,nord" for n in range(8)] + [f"guichet{n}.txt,parole,sud" for n in range(8)]
    (folder / "metadata.csv").write_text("\n".join(["file,genre,place", *rows, ""]), "utf-8")
    return folder


def test_it_writes_all_and_says_what_to_open(run, texts, tmp_path):
    out = tmp_path / "résultats"
    status, said, told = run("lexicon", texts, "--out", out, "--n-classes", 2, "--by", "genre", "--by", "place")
    assert (status, told.count("Page à ouvrir")) == (0, 1)
    assert "projets" in said
    names = {path.name for path in out.iterdir()}
    assert {"lexicon.html", "classes.xlsx", "classes.png", "similarity.graphml", "run.json", "sources.csv"} <= names
    assert {"specificities.xlsx", "specificities-2.xlsx", "correspondence-2.svg", "richness-2.xlsx"} <= names
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert record["parameters"]["by"] == ["genre", "place"]
    assert record["counts"]["documents"] == 16


def test_a_second_run_leaves_nothing_of_the_first(run, texts, tmp_path):
    out = tmp_path / "out"
    run("lexicon", texts, "--out", out, "--n-classes", 2, "--by", "genre", "--by", "place")
    (out / "richness-2024.xlsx").write_bytes(b"someone's own")
    run("lexicon", texts, "--out", out, "--n-classes", 2)
    assert not list(out.glob("*-2.*"))
    assert (out / "richness-2024.xlsx").exists()


def test_the_same_run_gives_the_same_bytes(run, texts, tmp_path):
    for name in ("un", "deux"):
        run("lexicon", texts, "--out", tmp_path / name, "--n-classes", 2)
    for path in sorted((tmp_path / "un").iterdir()):
        if path.name != "run.json":
            assert path.read_bytes() == (tmp_path / "deux" / path.name).read_bytes(), path.name


def test_with_one_genre_texts_are_compared(run, tmp_path):
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "a.txt").write_text(GARDEN * 6, "utf-8")
    (folder / "b.txt").write_text(OFFICE * 6, "utf-8")
    status, _, _ = run("lexicon", folder, "--out", tmp_path / "out")
    assert status == 0
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["parameters"]["by"] is None
    assert "selon : document" in (tmp_path / "out" / "lexicon.html").read_text("utf-8").lower()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--by", "commune"), "« commune »"),
        (("--terms", "tous"), "« tous »"),
        (("--n-classes", "1"), "--n-classes"),
    ],
)
def test_a_wrong_request_is_one_sentence_and_writes_nothing(run, texts, tmp_path, options, sentence):
    status, _, told = run("lexicon", texts, "--out", tmp_path / "out", *options)
    assert status == 2
    assert sentence in told
    assert not (tmp_path / "out" / "lexicon.html").exists()


def test_a_line_of_words_ends_with_a_whole_word():
    assert _listed(["guichet", "formulaire", "jardin", "légume", "voisin", "quartier"]) == (
        "guichet, formulaire, jardin, légume, voisin"
    )
    assert _listed([]) == "–"
