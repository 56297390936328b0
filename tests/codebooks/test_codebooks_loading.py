"""Codebooks are read from YAML, and every mistake is told with its line."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from innovsoc_analysis.codebooks.loading import bundled_codebooks, load_codebook, parse_codebook
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import CodebookError

GOOD = """\
version: "1"
regles:
  R1: Lire la phrase.
codes:
  - id: lieu
    libelle: Lieu
    definition: Nomme un lieu.
    indicateurs:
      lemmes: [jardin]
  - id: but
    libelle: But
    definition: Dit un but.
"""


def parse(source: str | bytes) -> Codebook:
    return parse_codebook(source if isinstance(source, bytes) else source.encode(), name="mini", where="m.yaml")


def complaints(source: str | bytes) -> list[str]:
    with pytest.raises(CodebookError) as caught:
        parse(source)
    return str(caught.value).split("\n")


def test_a_good_codebook_is_read() -> None:
    book = parse(GOOD)
    assert (book.name, book.version, book.code_ids) == ("mini", "1", ("lieu", "but"))
    assert book["lieu"].indicators.lemmas == ("jardin",)
    assert parse("nom: autre\n" + GOOD).name == "autre"
    assert parse("\ufeff" + GOOD.replace("\n", "\r\n")) == book


def test_comments_and_layout_do_not_change_the_fingerprint() -> None:
    laid_out = "# mon livre\n" + GOOD.replace("[jardin]", "\n        - jardin  # le mot").replace("but\n", "'but'\n")
    assert parse(laid_out).fingerprint == parse(GOOD).fingerprint
    assert parse(GOOD.replace("jardin", "jardins")).fingerprint != parse(GOOD).fingerprint


@pytest.mark.parametrize("name", bundled_codebooks())
def test_bundled_codebooks_load_by_name(name: str) -> None:
    book = load_codebook(name)
    assert book.name == name
    assert len(set(book.code_ids)) == len(book.codes) > 0


def test_the_codebook_of_social_innovation_is_the_usual_one() -> None:
    assert load_codebook().name == "bissib"


SECOND = "    libelle: But\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('version: "1"', "version: 1.0", ["m.yaml:1 : « version » doit être un texte"]),
        ('version: "1"\n', "", ["m.yaml:1 : il manque la clé « version »"]),
        ("Lire la phrase.", "12", ["m.yaml:3 : « R1 » doit être un texte"]),
        ("  R1: Lire", "  2024-01-01: Lire", ["m.yaml:3 : « 2024-01-01 » doit être un texte"]),
        ("  R1: Lire", "  1: Lire", ["m.yaml:3 : « 1 » doit être un texte"]),
        ("[jardin]", "jardin", ["m.yaml:9 : « lemmes » doit être une liste"]),
        ("[jardin]", "[]\n      mots: [x]", ["m.yaml:10 : la clé « mots » est inconnue ici"]),
        ("[jardin]", "[x, '']", ["m.yaml:9 : « lemmes » est vide."]),
        (SECOND, "", ["m.yaml:10 : il manque la clé « libelle »"]),
        (
            SECOND,
            SECOND + "    negation: non\n",
            ["m.yaml:12 : « negation » doit être l'une des valeurs 'exclut' ou 'admet'"],
        ),
        (
            SECOND,
            SECOND + "    libelle: Bis\n",
            ["m.yaml:12 : la clé « libelle » est écrite deux fois (déjà ligne 11)"],
        ),
        ("  R1: Lire la phrase.", "  - R1", ["m.yaml:2 : « regles » doit être un groupe de lignes « clé: valeur »"]),
        ("id: but", "id: le but", ["m.yaml:10 : « id » doit être un identifiant sans espace"]),
        ("id: but", "id: lieu", ["m.yaml:10 : le code « lieu » est défini deux fois"]),
        ("version:", "multi_label: peut-être\nversion:", ["m.yaml:1 : « multi_label » doit être true ou false"]),
        (
            "regles:",
            "approches: {a: [x]}\nregles:",
            ["m.yaml:2 : le code « x » n'est défini nulle part sous « codes »"],
        ),
        (
            "id: lieu\n    libelle: Lieu",
            "id: le lieu\n    titre: Lieu",
            [
                "m.yaml:5 : il manque la clé « libelle »",
                "m.yaml:5 : « id » doit être un identifiant",
                "m.yaml:6 : la clé « titre » est inconnue ici",
            ],
        ),
    ],
)
def test_each_mistake_has_its_line(old: str, new: str, expected: list[str]) -> None:
    assert GOOD.count(old) == 1
    found = complaints(GOOD.replace(old, new))
    assert len(found) == len(expected)
    assert all(line.startswith(start) for line, start in zip(found, expected, strict=True)), found


@pytest.mark.parametrize(
    ("source", "start"),
    [
        ("version: '1'\ncodes: [a\n", "m.yaml:3 : ce n'est pas du YAML valide"),
        ("version: '1'\n\tcodes: []\n", "m.yaml:2 : ce n'est pas du YAML valide"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", "m.yaml:2 : ce n'est pas du YAML valide"),
        ("a: 1\n---\nb: 2\n", "m.yaml:2 : ce n'est pas du YAML valide"),
        ("", "m.yaml:1 : un livre de codes est un groupe de lignes"),
        ("- a\n- b\n", "m.yaml:1 : un livre de codes est un groupe de lignes"),
        ("version: '1'\ncodes: []\n", "m.yaml:2 : « codes » ne contient aucun élément"),
        ("version: 2024-13-45\ncodes: []\n", "m.yaml : une date ou un nombre y est impossible"),
        ("a: \x01\n", "m.yaml : ce n'est pas du YAML lisible"),
        ("[" * 100_000, "m.yaml : trop de renvois YAML (« *nom ») ou d'imbrications"),
        ("é".encode("cp1252"), "m.yaml : le fichier n'est pas en UTF-8 (octet 1)"),
        (b"#" * 5_000_001, "m.yaml : le livre de codes dépasse 5 Mo"),
        ("x: &a 1\ny: [" + ", ".join(["*a"] * 101) + "]\n", "m.yaml : trop de renvois YAML"),
    ],
)
def test_what_is_no_codebook_is_told(source: str | bytes, start: str) -> None:
    (found,) = complaints(source)
    assert found.startswith(start)


def test_the_list_of_mistakes_is_kept_short() -> None:
    found = complaints(GOOD + "".join(f"clé{number}: x\n" for number in range(15)))
    assert len(found) == 13
    assert found[0] == "m.yaml:13 : la clé « clé0 » est inconnue ici."
    assert found[-1] == "… et 3 autre(s) erreur(s)."


def test_aliases_are_read_and_cannot_unfold_without_end() -> None:
    shared = GOOD.replace("[jardin]", "&mots [jardin]") + "    indicateurs: {lemmes: *mots}\n"
    assert parse(shared)["but"].indicators.lemmas == ("jardin",)
    levels = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 10)]
    started = time.monotonic()
    assert complaints("a0: &a0 [ha]\n" + "".join(levels))[2] == "m.yaml:1 : la clé « a0 » est inconnue ici."
    assert time.monotonic() - started < 2
    assert complaints("version: '1'\ncodes: &c\n  - *c\n")[0].startswith("m.yaml:2 : ")


def test_a_path_is_read_and_gives_the_name(tmp_path: Path) -> None:
    path = tmp_path / "Ma grille (v2) été.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_codebook(path).name == "Ma-grille-v2-été"
    assert load_codebook(str(path)) == load_codebook(path)
    (tmp_path / "().yaml").write_text(GOOD, encoding="utf-8")
    assert load_codebook(tmp_path / "().yaml").name == "codebook"


def test_mistakes_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "grille.yaml"
    path.write_text(GOOD + "bidule: 1\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"^grille\.yaml:13 : la clé « bidule » est inconnue ici\.$"):
        load_codebook(path)


def test_a_codebook_that_does_not_exist_is_told_with_the_bundled_ones(tmp_path: Path) -> None:
    for source in ("absent", tmp_path / "absent.yaml", tmp_path):
        with pytest.raises(CodebookError, match=r"Livre de codes introuvable.*bissib.*Vérifiez le chemin"):
            load_codebook(source)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_codebook_without_rights_is_told(tmp_path: Path) -> None:
    (tmp_path / "grille.yaml").touch(mode=0)
    with pytest.raises(CodebookError, match=r"grille\.yaml : le fichier ne s'ouvre pas"):
        load_codebook(tmp_path / "grille.yaml")
