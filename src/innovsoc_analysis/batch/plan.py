"""Gather files, one after the other, into partitions that a process can hold."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.ingest.metadata import MetadataTable
from innovsoc_analysis.ingest.registry import reader_for
from innovsoc_analysis.ingest.sources import METADATA_TABLE, SourceFile, why_ignored
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from innovsoc_analysis.ingest.reading import Found


class Size(NamedTuple):
    """Bounds of a partition; a file that is larger makes one by itself."""

    files: int = 100
    n_bytes: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A file as it was found: its bytes, or why there are none, and what the metadata say of it.

    Attributes
    ----------
    name : str
        As in ``sources.csv``.
    data : bytes
        Empty when nothing needs them.
    refusal, failure : tuple of str or None
        Code and sentence: why the file cannot be read whatever its format, and why it did not open.
    meta : mapping of str to str
        Its row of the metadata table.
    dropped : mapping of str to str
        Keys of its texts that an earlier file has, with the name of that file: they are left out.
    """

    name: str
    data: bytes = b""
    refusal: tuple[str, str] | None = None
    failure: tuple[str, str] | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def as_file(self) -> SourceFile:
        """Return the file as readers take it."""
        return SourceFile(self.name, self._load, RefusedFileError(*self.refusal) if self.refusal else None)

    def _load(self) -> bytes:
        if self.failure:
            raise RefusedFileError(*self.failure)
        return self.data


def gather(found: Found, dropped: Mapping[str, Mapping[str, str]] | None = None) -> Iterator[Item]:
    """Yield the files in order, each read when its turn comes.

    Parameters
    ----------
    found : Found
        Files and metadata.
    dropped : mapping, optional
        Texts to leave out: file → key → file that has the same.

    Examples
    --------
    >>> from innovsoc_analysis.ingest.reading import Found
    >>> file = SourceFile("a.txt", lambda: b"Un jardin.")
    >>> [item.data for item in gather(Found((file,), MetadataTable()))]
    [b'Un jardin.']
    """
    for file in found.files:
        meta = dict(found.table.lookup(file.name))
        refusal = (file.refusal.code, str(file.refusal)) if file.refusal else None
        data, failure = b"", None
        if not refusal and _is_read(file.name):
            try:
                data = file.load()
            except RefusedFileError as error:
                failure = (error.code, str(error))
        yield Item(file.name, data, refusal, failure, meta, (dropped or {}).get(file.name, {}))


def _is_read(name: str) -> bool:
    """Whether the bytes of a file so called are looked at."""
    if reason := why_ignored(name):
        return reason == METADATA_TABLE
    try:
        reader_for(name)
    except RefusedFileError:
        return False
    return True


def partitions(items: Iterable[Item], size: Size) -> Iterator[tuple[Item, ...]]:
    """Yield `items` in groups of bounded size, in order.

    Examples
    --------
    >>> items = [Item("a", b"12"), Item("b", b"12"), Item("c", b"12345"), Item("d")]
    >>> ["".join(item.name for item in group) for group in partitions(items, Size(files=2, n_bytes=4))]
    ['ab', 'c', 'd']
    """
    group: list[Item] = []
    held = 0
    for item in items:
        if group and (len(group) == size.files or held + len(item.data) > size.n_bytes):
            yield tuple(group)
            group, held = [], 0
        group.append(item)
        held += len(item.data)
    if group:
        yield tuple(group)


def table_of(items: Sequence[Item]) -> MetadataTable:
    """Return what the metadata say of `items`, as a table by itself."""
    rows = {item.name: {"file": item.name, **item.meta} for item in items}
    return MetadataTable(rows.values())


def key_of(items: Sequence[Item], settings: str) -> str:
    """Return the digest under which the part made of `items` is kept.

    Parameters
    ----------
    items : sequence of Item
        Of one partition.
    settings : str
        Digest of the settings.

    Examples
    --------
    >>> key_of([Item("a", b"1")], "s") == key_of([Item("a", b"2")], "s")
    False
    """
    told = [[item.name, item.sha256, item.refusal, item.failure, dict(item.meta), dict(item.dropped)] for item in items]
    return hashlib.sha256(json.dumps([settings, told]).encode("utf-8", "surrogatepass")).hexdigest()[:32]
