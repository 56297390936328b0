"""Annotations kept beside the results: the same results in less work, and nothing kept when one asks for it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from innovsoc_analysis.nlp.annotate import annotate
from innovsoc_analysis.study import segmenting

TEXTS = {
    "projets/l’été.txt": "Les habitant·e·s cultivent un jardin partagé, un compost et des légumes.",
    "projets/b.txt": "Des légumes et du compost sortent du jardin partagé.",
    "paroles/réunion.txt": "Ana : Un loyer modéré.\n\nLuc : Le logement et le locataire.",
    "paroles/d.txt": "Le locataire paie un loyer modéré pour un logement.",
}
BOOK = 'version: "1"\ncodes: [{id: jardin, libelle: Jardin, definition: Un lieu., indicateurs: {lemmes: [jardin]}}]\n'
COMMANDS = ["code", "topics"]
CACHE, RECORD = ".innovsoc", "run.json"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "Étude" / "textes"
    (tmp_path / "livre.yaml").write_text(BOOK, "utf-8")
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def annotated(monkeypatch):
    """Return the list of the texts that are annotated from now on."""
    seen = []

    def counting(texts, stretches, **options):
        wanted = list(stretches)
        seen.extend(dict.fromkeys(texts[stretch.position] for stretch in wanted))
        return annotate(texts, wanted, **options)

    monkeypatch.setattr(segmenting, "annotate", counting)
    return seen


def content(folder, *, without=()):
    """Return the bytes of all files below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in {".gitignore", *without})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def started(command, folder, out):
    options = ["--codebook", folder.parent.parent / "livre.yaml", "--force"] if command == "code" else ["--n-topics", 2]
    return [command, folder, "--out", out, *options]


@pytest.mark.parametrize("command", COMMANDS)
def test_annotations_are_kept_beside_the_results_not_among_them(folder, run, command):
    out = folder.parent / "résultats"
    assert run(*started(command, folder, out)).status == 0
    assert len(content(folder.parent / CACHE)) == len(TEXTS)
    assert {path.name for path in folder.parent.iterdir()} == {"textes", "résultats", CACHE}
    assert not (out / CACHE).exists()
    assert content(folder) == {name: text.encode() for name, text in TEXTS.items()}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_second_run_annotates_nothing_and_writes_the_same_bytes(folder, run, annotated, command):
    out = folder.parent / "résultats"
    first = run(*started(command, folder, out))
    results, kept = content(out, without=[RECORD]), content(folder.parent / CACHE)
    assert len(annotated) == len(TEXTS)
    annotated.clear()
    second = run(*started(command, folder, out))
    assert annotated == []
    assert second.stdout == first.stdout
    assert content(out, without=[RECORD]) == results
    assert content(folder.parent / CACHE) == kept


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_cache_nothing_is_kept_and_the_results_are_the_same(folder, run, annotated, command):
    place = folder.parent
    assert run(*started(command, folder, place / "sans"), "--no-cache").status == 0
    assert {path.name for path in place.iterdir()} == {"textes", "sans"}
    assert run(*started(command, folder, place / "avec"), "--cache").status == 0
    assert content(place / "sans", without=[RECORD]) == content(place / "avec", without=[RECORD])
    kept = content(place / CACHE)
    annotated.clear()
    assert run(*started(command, folder, place / "sans"), "--no-cache").status == 0
    assert len(annotated) == len(TEXTS)
    assert content(place / CACHE) == kept


def test_commands_that_write_side_by_side_share_what_is_kept(folder, run, annotated):
    assert run(*started("code", folder, folder.parent / "codage")).status == 0
    annotated.clear()
    assert run(*started("topics", folder, folder.parent / "thèmes")).status == 0
    assert annotated == []


def test_only_a_text_that_changed_is_annotated_again(folder, run, annotated):
    out = folder.parent / "résultats"
    run(*started("topics", folder, out))
    annotated.clear()
    (folder / "projets" / "b.txt").write_text("Un verger pousse.", "utf-8")
    assert run(*started("topics", folder, out)).status == 0
    assert annotated == ["Un verger pousse."]


def test_what_is_kept_can_be_deleted(folder, run):
    out = folder.parent / "résultats"
    run(*started("topics", folder, out))
    results, kept = content(out, without=[RECORD]), content(folder.parent / CACHE)
    for path in sorted((folder.parent / CACHE).rglob("*"), reverse=True):
        if path.is_file():
            path.unlink()
        else:
            path.rmdir()
    assert run(*started("topics", folder, out)).status == 0
    assert content(out, without=[RECORD]) == results
    assert content(folder.parent / CACHE) == kept


@pytest.mark.parametrize("command", COMMANDS)
def test_annotations_kept_among_the_sources_are_never_read_as_texts(folder, run, command):
    out = folder / "résultats"
    for _ in range(2):
        outcome = run(*started(command, folder, out))
        assert outcome.status == 0
        assert len(content(folder / CACHE)) == len(TEXTS)
        with (out / "sources.csv").open(encoding="utf-8", newline="") as stream:
            assert [row["source"] for row in csv.DictReader(stream)] == sorted(TEXTS)
    assert "lecture : 4 fichiers…" in outcome.stderr.splitlines()


def test_other_commands_and_patterns_do_not_read_what_is_kept_either(folder, run):
    assert run(*started("topics", folder, folder / "résultats")).status == 0
    shown = run("inclusive", folder).stderr.splitlines()
    assert shown[-1] == "1 forme(s) inclusive(s) dans 1 document(s) sur 4."
    assert shown[0] == "lecture : 5 fichiers…"  # the record of the results is listed, and left aside
    shown = run("inclusive", f"{folder}/**/*.txt").stderr.splitlines()
    assert shown[0] == "lecture : 4 fichiers…"
    shown = run("inclusive", f"{folder}/[!r]*").stderr.splitlines()
    assert shown[0] == "lecture : 4 fichiers…"


def test_a_relative_place_for_the_results_keeps_annotations_where_one_stands(folder, run, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert run(*started("topics", Path("textes"), "résultats")).status == 0
    assert {path.name for path in folder.parent.iterdir()} == {"textes", "résultats", CACHE}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_place_where_nothing_can_be_kept_is_said_and_can_be_done_without(folder, run, command):
    (folder.parent / CACHE).write_text("un fichier", "utf-8")
    out = folder.parent / "résultats"
    outcome = run(*started(command, folder, out))
    assert outcome.status == 2
    assert outcome.sentence.startswith("Impossible d'écrire")
    assert not (out / RECORD).exists()
    assert run(*started(command, folder, out), "--no-cache").status == 0
    assert (folder.parent / CACHE).read_text("utf-8") == "un fichier"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_where_annotations_are_kept_and_what_they_hold(run, command):
    shown = " ".join(run(command, "--help").stdout.replace("│", " ").split())
    assert "--cache" in shown
    assert "--no-cache" in shown
    assert "Garder les annotations dans .innovsoc" in shown
    assert "les mots des textes" in shown
