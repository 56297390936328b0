"""Pseudonymised copies of the texts: files that every command reads again to the same texts."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.plain import read_text
from innovsoc_analysis.ingest.subtitles import read_srt
from innovsoc_analysis.ingest.tabular import read_jsonl
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.model.identifiers import derive_id
from innovsoc_analysis.pseudonyms.finding import Finder, named
from innovsoc_analysis.pseudonyms.keys import KeyedText, digest
from innovsoc_analysis.pseudonyms.replacing import Replaced, Swap, bare, replace_in, replace_names
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.names import safe_name
from innovsoc_analysis.safe.sheets import csv_bytes
from innovsoc_analysis.text.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from innovsoc_analysis.model.documents import RawDocument
    from innovsoc_analysis.pseudonyms.records import Entity, Text

METADATA = "metadata.csv"
_MILLISECONDS = 1000
_GLUED = re.compile(r"\S+\s*")
_LIKE_A_LABEL = re.compile(r"\A([^:\n]{1,40}:)[ \u00a0](?=\S)")


@dataclass(frozen=True, slots=True)
class Copy:
    """A pseudonymised document, ready to be written.

    Attributes
    ----------
    name : str
        Of the file, from the folder of the copies.
    data : bytes
        Its content.
    keyed : KeyedText
        What the key is to know of it.
    row : dict of str to str
        Its row of ``metadata.csv``.
    timed : bool
        Whether its times are kept.
    """

    name: str
    data: bytes
    keyed: KeyedText
    row: dict[str, str]
    timed: bool


def make_copies(
    texts: Sequence[Text], entities: Sequence[Entity], *, progress: Callable[[str, int, int], None] | None = None
) -> list[Copy]:
    r"""Return the copies of texts without the names that are to be replaced.

    Subtitles with times become ``.srt``, other texts ``.txt``; a text that would not be read back as it is
    from these becomes ``.jsonl``. Names are replaced in titles, metadata and file names too.

    Parameters
    ----------
    texts : sequence of Text
        The documents.
    entities : sequence of Entity
        Those of the table.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    list of Copy
        In order.

    Examples
    --------
    >>> from innovsoc_analysis.pseudonyms.records import Entity, Text
    >>> copy = make_copies([Text("d", "ana.txt", "Ana vient.")], [Entity("P001", "personne", ("Ana",), "[Personne 1]")])
    >>> copy[0].name, copy[0].data.decode()
    ('Personne-1.txt', '[Personne 1] vient.\n')
    """
    finder = Finder(entities)
    names = _Names(entities)
    copies = []
    for number, text in enumerate(texts, start=1):
        copies.append(_copy(text, replace_names(text, entities, finder), names))
        title = replace_in(text.title, entities, finder)
        if text.title == PurePosixPath(text.source).stem:
            title = PurePosixPath(copies[-1].name).stem
        meta = {name: replace_in(value, entities, finder) for name, value in text.meta.items()}
        copies[-1].row.update({"file": copies[-1].name, "genre": text.genre, "title": title, **meta})
        if progress:
            progress("remplacement", number, len(texts))
    return copies


def write_copies(copies: Sequence[Copy], out: Path) -> None:
    """Write copies and their ``metadata.csv`` into a folder that holds nothing else.

    Parameters
    ----------
    copies : sequence of Copy
        From `make_copies`.
    out : Path
        The folder.

    Raises
    ------
    UsageError
        If it holds other files, or cannot be written.
    """
    import pandas as pd

    expected = {METADATA, *(copy.name for copy in copies)}
    present = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} if out.exists() else set()
    if others := present - expected:
        raise UsageError(
            f"Le dossier « {out.name} » contient déjà {len(others)} autre(s) fichier(s), qui se mêleraient aux copies ;"
            " videz-le ou choisissez-en un autre."
        )
    for copy in copies:
        atomic_write(out / copy.name, copy.data)
    columns = list(dict.fromkeys(["file", "genre", "title", *(name for copy in copies for name in copy.row)]))
    table = pd.DataFrame([copy.row for copy in copies], columns=columns).fillna("")
    atomic_write(out / METADATA, csv_bytes(table))


class _Names:
    """Names of the copies: those of the sources, in which no name of the table is left, each once."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._entities = entities
        self._finder = Finder(entities, in_files=True)
        self._given: set[str] = set()

    def of(self, text: Text, suffix: str) -> str:
        path = PurePosixPath(text.source)
        parts = [self._safe(part) for part in (*path.parts[:-1], path.stem)]
        if text.key:
            parts[-1] += f"-{self._safe(text.key)}"
        name = "/".join(parts)
        number = 2
        while (unique := name).casefold() in self._given:
            name = f"{'/'.join(parts)}-{number}"
            number += 1
        self._given.add(unique.casefold())
        return unique + suffix

    def _safe(self, part: str) -> str:
        pieces: list[str] = []
        position = 0
        for start, end, number in self._finder.find(named(part)):
            if self._entities[number].replaced:
                pieces += (part[position:start], bare(self._entities[number].said).replace(" ", "-"))
                position = end
        return safe_name("".join([*pieces, part[position:]]), otherwise="texte")


def _copy(text: Text, replaced: Replaced, names: _Names) -> Copy:
    for suffix, data in _formats(text, replaced):
        raw = _read_back(suffix, data)
        found = clean(raw.text, wrapped=raw.wrapped).text if raw else ""
        # a pause between two cues makes a line end of a blank or the other way round: no place is moved
        if raw and _same_but_blanks(found, replaced.text):
            name = names.of(text, suffix)
            sha256 = hashlib.sha256(data).hexdigest()
            keyed = KeyedText(
                text.source,
                text.key,
                text.doc_id,
                name,
                derive_id("d", name, raw.key, sha256, raw.text),
                digest(found),
                tuple(Swap(*swap) for swap in replaced.swaps),
            )
            return Copy(name, data, keyed, {}, timed=suffix == ".srt")
    raise AssertionError  # a text in JSON is always read back as it is


def _formats(text: Text, replaced: Replaced) -> Iterator[tuple[str, bytes]]:
    if text.cues:
        yield ".srt", _srt(text, replaced)
    yield ".txt", (replaced.text + "\n").encode("utf-8", "replace")
    yield ".jsonl", (json.dumps({"text": replaced.text}, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _read_back(suffix: str, data: bytes) -> RawDocument | None:
    try:
        found = {".srt": read_srt, ".txt": read_text, ".jsonl": read_jsonl}[suffix](data)
    except RefusedFileError:
        return None
    return found[0] if len(found) == 1 else None


def _same_but_blanks(found: str, wanted: str) -> bool:
    if len(found) != len(wanted):
        return False
    return all(one == other or (one.isspace() and other.isspace()) for one, other in zip(found, wanted, strict=True))


def _srt(text: Text, replaced: Replaced) -> bytes:
    """Return subtitles: each cue as it was timed, a name that two share in the first."""
    blocks: list[tuple[float, float, str]] = []
    position = 0
    for start, end, t_start, t_end in text.cues:
        first, last = replaced.places.to_clean(start, end)
        first = max(first, position)
        said = replaced.text[first:last].strip()
        if blocks and first == position and not replaced.text[first - 1 : first + 1].count(" "):
            # what follows a name with no blank between stays with it, in the cue before
            glued = _GLUED.match(said)
            if glued:
                blocks[-1] = (*blocks[-1][:2], blocks[-1][2] + glued[0].rstrip())
                said = said[glued.end() :]
        position = max(position, last)
        if first and replaced.text[first - 1] != "\n":
            # a reader would take « Un mot : … » at the start of a cue for a new turn, unless the line ends there
            said = _LIKE_A_LABEL.sub(r"\1\n", said, count=1)
        if said:
            blocks.append((t_start, t_end, said))
        elif blocks:
            blocks[-1] = (blocks[-1][0], t_end, blocks[-1][2])
    lines = [
        f"{number}\n{_clock(t_start)} --> {_clock(t_end)}\n{said}\n"
        for number, (t_start, t_end, said) in enumerate(blocks, start=1)
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * _MILLISECONDS), _MILLISECONDS)
    minutes, second = divmod(whole, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d},{thousandths:03d}"
