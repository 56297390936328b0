"""Files are gathered in order into bounded partitions, and a part is known by all that decides it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from innovsoc_analysis.batch.plan import Item, Size, gather, key_of, partitions, table_of
from innovsoc_analysis.batch.settings import Settings
from innovsoc_analysis.ingest.metadata import MetadataTable
from innovsoc_analysis.ingest.reading import Found, find_described
from innovsoc_analysis.ingest.sources import SourceFile
from innovsoc_analysis.model.errors import RefusedFileError


def sizes(items, **bounds):
    return [[len(item.data) for item in group] for group in partitions(items, Size(**bounds))]


def test_partitions_are_bounded_by_files_and_by_bytes_and_a_large_file_stands_alone():
    items = [Item(str(number), bytes(size)) for number, size in enumerate([1, 1, 1, 5, 2, 9, 1, 0])]
    assert sizes(items, files=2, n_bytes=100) == [[1, 1], [1, 5], [2, 9], [1, 0]]
    assert sizes(items, files=100, n_bytes=7) == [[1, 1, 1], [5, 2], [9], [1, 0]]
    assert sizes([], files=2, n_bytes=7) == []


def test_files_are_read_one_partition_ahead_at_most():
    read = []

    def load(name):
        read.append(name)
        return b"12"

    files = tuple(SourceFile(f"{one}.txt", lambda one=one: load(one)) for one in "abcdef")
    groups = partitions(gather(Found(files, MetadataTable())), Size(files=2))
    next(groups)
    assert read == ["a", "b", "c"]


def test_what_is_not_a_text_is_not_opened_and_what_does_not_open_is_told():
    def refuse():
        raise RefusedFileError("unreadable", "le fichier ne s'ouvre pas")

    def fail():
        raise AssertionError

    link = RefusedFileError("link", "c'est un lien")
    files = (
        SourceFile("README.md", fail),
        SourceFile("a.exe", fail),
        SourceFile("b.txt", fail, link),
        SourceFile("c.txt", refuse),
        SourceFile("metadata.csv", lambda: b"file"),
    )
    items = list(gather(Found(files, MetadataTable())))
    assert [item.data for item in items] == [b"", b"", b"", b"", b"file"]
    assert [item.refusal for item in items] == [None, None, ("link", "c'est un lien"), None, None]
    assert items[3].failure == ("unreadable", "le fichier ne s'ouvre pas")
    with pytest.raises(RefusedFileError, match="ne s'ouvre pas"):
        items[3].as_file().load()


def test_metadata_follow_their_file_and_only_their_file(study):
    found = find_described([study])
    items = {item.name: item for item in gather(found)}
    assert items["paroles/a.txt"].meta == {"ville": "Namur"}
    assert items["paroles/b.txt"].meta == {}
    table = table_of(list(items.values()))
    assert table.lookup("projets/c.txt") == {"ville": "Mons"}
    assert table.lookup("projets/e.txt") == {}
    assert found.remarks == ("metadata.csv décrit « absent.txt », qui n'a pas été trouvé.",)


@pytest.mark.parametrize(
    "other",
    [
        Item("b.txt", b"1", meta={"x": "y"}),
        Item("a.txt", b"2", meta={"x": "y"}),
        Item("a.txt", b"1"),
        Item("a.txt", b"1", refusal=("link", ""), meta={"x": "y"}),
        Item("a.txt", b"1", failure=("link", ""), meta={"x": "y"}),
    ],
)
def test_a_part_is_known_by_name_content_metadata_and_reasons(other):
    item = Item("a.txt", b"1", meta={"x": "y"})
    assert key_of([item], "s") == key_of([replace(item)], "s")
    assert key_of([item], "s") != key_of([other], "s")
    assert key_of([item], "s") != key_of([item], "t")


def test_settings_are_told_apart_by_what_changes_a_part():
    settings = Settings("{}", genre="projet", locale="fr", cache="ici")
    assert settings.digest == replace(settings, cache=None).digest
    others = [replace(settings, codebook="{1}"), replace(settings, genre=None), replace(settings, locale="")]
    assert len({settings.digest, *(one.digest for one in others)}) == 4
