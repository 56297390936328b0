"""What results stand on: told alike by a record and by the folder, and every change has its sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from innovsoc_analysis.study.corpus import read_corpus
from innovsoc_analysis.workflow.basis import Basis, differences, digests_of_sources

BASIS = Basis(
    {"a.txt": "1", "b.txt": "2"},
    {"sources": ["../x"], "seed": 0, "by": None, "codebook": "livre.yaml"},
    {"codebook": "9", "code": "7"},
    {"python": "3.12.1", "numpy": "2.0"},
    "p",
    "livre 1",
)


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"sources": {"a.txt": "1", "b.txt": "3"}}, ["source modifiée : b.txt"]),
        ({"sources": {"a.txt": "1"}}, ["source retirée : b.txt"]),
        ({"sources": {"a.txt": "1", "b.txt": "2", "c.txt": ""}}, ["source ajoutée : c.txt"]),
        ({"parameters": {**BASIS.parameters, "seed": 4}}, ["réglage « seed » : 0 → 4"]),
        ({"parameters": {**BASIS.parameters, "by": ["genre", "pays"]}}, ["réglage « by » : vide → genre, pays"]),
        ({"parameters": {**BASIS.parameters, "by": [], "sources": ["y"]}}, []),
        ({"files": {"codebook": "8", "code": "7"}, "codebook": "livre 2"}, ["le livre de codes a changé"]),
        ({"codebook": "livre 2"}, ["livre de codes : livre 1 → livre 2"]),
        ({"files": {"codebook": "9", "code": "6"}}, ["résultat refait : code"]),
        ({"files": {"codebook": "9"}}, ["résultat en moins : code"]),
        ({"versions": {"python": "3.13.0", "numpy": "2.0"}}, ["version de Python : 3.12.1 → 3.13.0"]),
        ({"versions": {"python": "3.12.1"}}, ["version de numpy : 2.0 → non notée"]),
        ({"program": "q"}, ["programme : le code d'innovsoc_analysis a changé sans changer de version"]),
        ({}, []),
    ],
)
def test_each_change_has_its_sentence(change, sentences):
    assert [one.sentence for one in differences(BASIS, replace(BASIS, **change))] == sentences


def test_sources_are_told_as_the_record_of_a_run_tells_them(tmp_path):
    (tmp_path / "lettres").mkdir()
    (tmp_path / "lettres" / "a.txt").write_text("Un jardin.", "utf-8")
    (tmp_path / "README.md").write_text("Notice", "utf-8")
    (tmp_path / "metadata.csv").write_text("file,genre\na.txt,projet\n", "utf-8")
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04 not a document")
    (tmp_path / "d.xyz").write_bytes(b"?")
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "lien.txt").symlink_to(tmp_path / "lettres" / "a.txt")
    read = read_corpus(tmp_path).sources
    assert digests_of_sources([tmp_path]) == dict(zip(read["source"], read["sha256"], strict=True))
    assert len(read) == 7
