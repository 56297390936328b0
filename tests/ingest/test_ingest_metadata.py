"""The metadata table, joined on the file; genres from folders."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

import openpyxl
import pytest

from innovsoc_analysis.ingest.metadata import (
    MetadataTable,
    find_metadata,
    genre_label,
    genre_of_folder,
    load_metadata,
    normalise_genre,
)
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Tree = Callable[[dict[str, str | bytes]], Path]


def test_a_document_is_found_by_its_path_then_by_its_name() -> None:
    table = MetadataTable([{"fichier": "a/un.txt", "lieu": "Mons"}, {"fichier": "un.txt", "lieu": "Liège"}])
    assert table.lookup("a/un.txt") == {"lieu": "Mons"}
    assert table.lookup("b/un.txt") == {"lieu": "Liège"}
    assert table.lookup("a/deux.txt") == {}
    assert table.unmatched == []


@pytest.mark.parametrize(
    "name", ["été/un.txt", " ./été/un.txt ", "été\\un.txt", unicodedata.normalize("NFD", "été/un.txt")]
)
def test_a_name_may_be_written_in_several_ways(name: str) -> None:
    assert MetadataTable([{"file": name, "lieu": "Mons"}]).lookup("été/un.txt") == {"lieu": "Mons"}


def test_what_describes_no_file_is_known() -> None:
    table = MetadataTable([{"file": "a.txt"}, {"file": "b.txt"}, {"file": "c.txt"}])
    table.lookup("x/b.txt")
    assert table.unmatched == ["a.txt", "c.txt"]


@pytest.mark.parametrize("column", ["file", "Fichier", " FILENAME ", "source", "nom_fichier", "document"])
def test_several_words_name_the_column_of_files(column: str) -> None:
    assert MetadataTable([{"lieu": "Mons", "vide": "", column: "a.txt"}]).lookup("a.txt") == {"lieu": "Mons"}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"lieu": "Mons"}], "m.csv : aucune colonne ne nomme les fichiers ; ajoutez une colonne « file »."),
        ([{"file": "a.txt"}, {"file": "./a.txt"}], "m.csv : le fichier « ./a.txt » y figure deux fois"),
    ],
)
def test_an_unusable_table_is_told(rows: list[dict[str, str]], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        MetadataTable(rows, where="m.csv")
    assert str(caught.value).startswith(words)


def workbook(*rows: list[str]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("metadata.csv", "file;lieu\na.txt;Liège\n".encode("cp1252")),
        ("Métadonnées.xlsx", workbook(["file", "lieu"], ["a.txt", "Liège"])),
        (unicodedata.normalize("NFD", "métadonnées.csv"), "file,lieu\na.txt,Liège\n".encode()),
        ("METADATA.CSV", "file\tlieu\na.txt\tLiège\n".encode("utf-16")),
    ],
)
def test_the_table_at_the_top_of_a_folder_is_found_and_read(tree: Tree, name: str, content: bytes) -> None:
    folder = tree({name: content, "sous/metadata.csv": "file\nx", "a.txt": "a"})
    path = find_metadata([folder / "a.txt", folder])
    assert path == folder / name
    assert load_metadata(path).lookup("a.txt") == {"lieu": "Liège"}


def test_there_may_be_no_table(tree: Tree) -> None:
    assert find_metadata([tree({"sous/metadata.csv": "file\nx", "metadata.txt": "file"}), "absent"]) is None


@pytest.mark.parametrize("name", ["metadata.csv", "metadata.xlsx"])
def test_a_table_that_cannot_be_read_is_told_by_name(tree: Tree, name: str) -> None:
    with pytest.raises(UsageError, match=f"^{name} : "):
        load_metadata(tree({name: b"a\0b"}) / name)
    with pytest.raises(UsageError, match=r"^absent\.csv : le fichier ne s'ouvre pas"):
        load_metadata(tree({}) / "absent.csv")
    with pytest.raises(UsageError, match=r"^sources : ce n'est pas un fichier ordinaire"):
        load_metadata(tree({}))


@pytest.mark.parametrize(
    ("source", "genre"),
    [
        ("Projets/a.txt", "project"),
        ("corpus/entretiens/a.txt", "talk"),
        ("projets/mes textes/a.pdf", "project"),
        ("entretiens/2024/a.txt", "talk"),
        ("Courrier/2024/mars/a.txt", "Courrier"),
        ("projets/entretiens/a.txt", "project"),
        ("lot.zip/notes/2024/a.txt", "notes"),
        ("notes/lot.zip/a.txt", "notes"),
        (unicodedata.normalize("NFD", "Définitions/a.txt"), "definition"),
        ("lot.zip/a.txt", None),
        ("lot.zip/paroles/a.txt", "talk"),
        ("a.txt", None),
    ],
)
def test_the_first_folder_tells_the_genre_unless_one_within_is_a_known_genre(source: str, genre: str | None) -> None:
    assert genre_of_folder(source) == genre


def test_genres_have_a_standard_name_and_a_label() -> None:
    assert [normalise_genre(name) for name in (" FICHES ", "talk", "Courrier ")] == ["project", "talk", "Courrier"]
    assert [genre_label(genre) for genre in ("talk", "", "Courrier")] == ["paroles", "sans genre", "Courrier"]
