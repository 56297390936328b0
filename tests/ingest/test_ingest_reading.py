"""Reading a folder: every file has an outcome, and a bad one does not stop the rest."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

import pytest

from innovsoc_analysis.ingest.reading import Intake, read_sources
from innovsoc_analysis.ingest.registry import READERS, SUFFIXES, reader_for
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Tree = Callable[[dict[str, str | bytes]], Path]
    Zipped = Callable[[dict[str, str | bytes]], bytes]


def texts(intake: Intake) -> dict[str, str]:
    return {document.source: document.raw.text for document in intake.documents}


def outcomes(intake: Intake) -> dict[str, tuple[str, str]]:
    return {outcome.source: (outcome.outcome, outcome.code) for outcome in intake.outcomes}


def test_every_file_has_an_outcome_and_the_rest_is_read(tree: Tree, zipped: Zipped) -> None:
    folder = tree(
        {
            "a.txt": "Un jardin.",
            "accents.txt": "Été à Liège".encode("cp1252"),
            "b.csv": "texte\nun\ndeux\n",
            "blanc.txt": " \n\t",
            "c.docx": "pas un document",
            "d.pdf": "pas un PDF",
            "e.odt": "x",
            "lot.zip": zipped({"f.md": "# Titre\n\nMot", "../g.txt": "x", "__MACOSX/._f.md": "x"}),
            "README.md": "lisez",
            "sans": "x",
            "signes.txt": "*** — !",
            "tronqué.zip": "PK\x03\x04",
        }
    )
    intake = read_sources([folder])
    assert texts(intake) == {
        "a.txt": "Un jardin.",
        "accents.txt": "Été à Liège",
        "b.csv": "deux",
        "lot.zip/f.md": "Titre\n\nMot",
    }
    assert outcomes(intake) == {
        "README.md": ("ignoré", ""),
        "a.txt": ("accepté", ""),
        "accents.txt": ("accepté avec avertissement", "warning"),
        "b.csv": ("accepté", ""),
        "blanc.txt": ("refusé", "empty"),
        "c.docx": ("refusé", "corrupt"),
        "d.pdf": ("refusé", "corrupt"),
        "e.odt": ("refusé", "corrupt"),
        "lot.zip/../g.txt": ("refusé", "zip-path"),
        "lot.zip/__MACOSX/._f.md": ("ignoré", ""),
        "lot.zip/f.md": ("accepté", ""),
        "sans": ("refusé", "unknown-format"),
        "signes.txt": ("refusé", "empty"),
        "tronqué.zip": ("refusé", "corrupt"),
    }
    assert all(outcome.message for outcome in intake.outcomes if outcome.outcome != "accepté")


def test_an_outcome_tells_reader_digest_and_sizes(tree: Tree) -> None:
    (outcome,) = read_sources([tree({"b.csv": "texte;lieu\nun;Mons\ndeux;Mons\n"})]).outcomes
    digest = hashlib.sha256(b"texte;lieu\nun;Mons\ndeux;Mons\n").hexdigest()
    assert (outcome.reader, outcome.sha256, outcome.n_bytes, outcome.n_documents) == ("csv", digest, 29, 2)
    assert not outcome.refused


def test_all_warnings_of_a_file_are_told(tree: Tree) -> None:
    (outcome,) = read_sources([tree({"b.csv": "texte;lieu\nété à Liège;L\n;M\n".encode("cp1252")})]).outcomes
    assert (
        outcome.message
        == "encodage deviné (Windows-1252) : vérifiez les accents ; 1 ligne(s) sans texte dans la colonne « texte »"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_and_a_link_are_refused_at_once(tree: Tree) -> None:
    folder = tree({"a.txt": "Un jardin."})
    os.mkfifo(folder / "tube.txt")
    (folder / "lien").symlink_to(folder / "a.txt")
    intake = read_sources([folder])
    assert outcomes(intake) == {
        "a.txt": ("accepté", ""), "lien": ("refusé", "link"), "tube.txt": ("refusé", "not-a-file"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(file_bytes=9), "too-large"), (Limits(document_characters=9), "too-long"), (Limits(file_bytes=10), "")],
)
def test_limits_hold_for_files_and_documents(tree: Tree, limits: Limits, code: str) -> None:
    (outcome,) = read_sources([tree({"a.txt": "Un jardin."})], limits=limits).outcomes
    assert outcome.code == code


@pytest.mark.parametrize(
    ("folder", "option", "column", "table", "genre"),
    [
        ("entretiens", None, "", "", "talk"),
        ("notes", None, "", "", "notes"),
        (".", None, "", "", ""),
        ("entretiens", "Projets", "", "", "project"),
        (".", "courrier", "", "", "courrier"),
        ("entretiens", "projet", "définition", "", "definition"),
        ("entretiens", "projet", "définition", "paroles", "talk"),
        ("entretiens", "projet", "", "définitions", "definition"),
    ],
)
def test_the_closest_word_on_the_genre_wins(
    tree: Tree, folder: str, option: str | None, column: str, table: str, genre: str
) -> None:
    files: dict[str, str | bytes] = {f"{folder}/a.csv": f"texte;Genre\nun jardin;{column}\n"}
    if table:
        files["metadata.csv"] = f"file;GENRE\na.csv;{table}\n"
    (document,) = read_sources([tree(files)], genre=option).documents
    assert document.genre == genre
    assert document.raw.meta == {}


@pytest.mark.parametrize(
    ("content", "table", "title"),
    [
        ("Texte", "", "a"),
        ("# Dedans\n\nTexte", "", "Dedans"),
        ("---\ntitre: En-tête\n---\n# Dedans", "", "En-tête"),
        ("# Dedans", "file;Titre\na.md;Table\n", "Table"),
        ("# Dedans", "file;title\na.md;\n", "Dedans"),
    ],
)
def test_the_closest_word_on_the_title_wins(tree: Tree, content: str, table: str, title: str) -> None:
    files: dict[str, str | bytes] = {"a.md": content}
    if table:
        files["metadata.csv"] = table
    (document,) = read_sources([tree(files)]).documents
    assert document.raw.title == title


def test_the_table_wins_over_what_the_file_says(tree: Tree) -> None:
    files: dict[str, str | bytes] = {
        "sous/a.md": "---\nlieu: Mons\nannée: 2020\n---\nTexte",
        "metadata.csv": "file;lieu;âge\nsous/a.md;Liège;\n",
    }
    (document,) = read_sources([tree(files)]).documents
    assert document.raw.meta == {"lieu": "Liège", "année": "2020"}


def test_only_what_was_not_found_is_remarked(tree: Tree) -> None:
    table = "file;lieu\na.txt;Mons\nabîmé.pdf;Mons\nabsent.txt;Mons\n"
    intake = read_sources([tree({"a.txt": "Texte", "abîmé.pdf": "x", "metadata.csv": table})])
    assert intake.remarks == ("metadata.csv décrit « absent.txt », qui n'a pas été trouvé.",)


@pytest.mark.parametrize("place", ["projets/metadata.csv", "projets/fonds/Métadonnées.xlsx", "metadata.xlsx"])
def test_a_table_that_is_not_read_is_remarked(tree: Tree, place: str) -> None:
    table = "file;lieu\na.txt;Mons\n"
    intake = read_sources([tree({"projets/a.txt": "Texte", "metadata.csv": table, place: "file;lieu\na.txt;Huy\n"})])
    assert [document.raw.meta for document in intake.documents] == [{"lieu": "Mons"}]
    assert [remark.partition(" est une")[0] for remark in intake.remarks] == [f"« {place} »"]


def test_without_a_table_at_the_top_no_other_is_read_and_each_is_remarked(tree: Tree) -> None:
    intake = read_sources([tree({"projets/a.txt": "Texte", "projets/metadata.csv": "file;lieu\na.txt;Huy\n"})])
    assert [document.raw.meta for document in intake.documents] == [{}]
    (remark,) = intake.remarks
    assert remark.startswith("« projets/metadata.csv » est une table de métadonnées qui n'est pas lue")


def test_a_table_given_by_name_is_used_and_is_no_source(tree: Tree) -> None:
    folder = tree({"a.txt": "Texte", "fiches.csv": "file;lieu\na.txt;Mons\n", "metadata.csv": "file;lieu\na.txt;Huy\n"})
    intake = read_sources([folder], metadata=folder / "fiches.csv")
    assert [document.raw.meta for document in intake.documents] == [{"lieu": "Mons"}]
    assert outcomes(intake) == {"a.txt": ("accepté", ""), "metadata.csv": ("ignoré", "")}


@pytest.mark.parametrize(
    ("table", "words"), [("lieu\nMons\n", "aucune colonne"), ("file\na.txt\na.txt\n", "deux fois")]
)
def test_a_table_that_is_wrong_stops_everything(tree: Tree, table: str, words: str) -> None:
    with pytest.raises(UsageError, match=f"^metadata.csv : .*{words}"):
        read_sources([tree({"a.txt": "Texte", "metadata.csv": table})])


def test_progress_is_told_file_by_file(tree: Tree) -> None:
    told: list[tuple[Any, ...]] = []
    read_sources([tree({"a.txt": "Texte", "b.odt": "x"})], progress=lambda *step: told.append(step))
    assert told == [("lecture", 1, 2), ("lecture", 2, 2)]


def test_readers_answer_to_their_suffixes_in_any_case() -> None:
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    for reader in READERS:
        assert all(reader_for(f"dossier.x/a{suffix.upper()}") is reader for suffix in reader.suffixes)
    for name in ("a.pptx", "a", "txt", ".txt/a"):
        with pytest.raises(RefusedFileError) as caught:
            reader_for(name)
        assert caught.value.code == "unknown-format"
        assert ".docx" in str(caught.value)
