"""The key: what each marker stands for and where, for the one who may lead quotes back to persons."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.pseudonyms.private import write_private
from innovsoc_analysis.pseudonyms.records import KINDS, REPLACE, Entity
from innovsoc_analysis.pseudonyms.replacing import Swap
from innovsoc_analysis.safe.files import read_file

if TYPE_CHECKING:
    from pathlib import Path

FORMAT, VERSION = "innovsoc-pseudonymes", 1


class Quote(NamedTuple):
    """A stretch of the original text: `text`, from `start` to `end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class KeyedText:
    """What the key knows of one document.

    Attributes
    ----------
    source, key, doc_id : str
        The original document, as in the table *documents*.
    copy_source, copy_doc_id : str
        Its pseudonymised copy.
    sha256 : str
        Digest of the pseudonymised text, by which it is known again.
    swaps : tuple of Swap
        What was replaced, in order.
    """

    source: str
    key: str
    doc_id: str
    copy_source: str
    copy_doc_id: str
    sha256: str
    swaps: tuple[Swap, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """Who is behind the markers of a study. As confidential as the texts themselves.

    Attributes
    ----------
    entities : tuple of Entity
        What is replaced.
    texts : tuple of KeyedText
        One per document.

    Examples
    --------
    >>> swap = Swap(5, 11, 5, 17, "Diallo")
    >>> text = "Chez [Personne 1], le mardi."
    >>> keyed = KeyedText("a.txt", "", "d1", "a.txt", "d2", digest(text), (swap,))
    >>> Key((), (keyed,)).original(text, 0, 27)
    Quote(text='Chez Diallo, le mardi', start=0, end=21)
    """

    entities: tuple[Entity, ...]
    texts: tuple[KeyedText, ...]

    def __repr__(self) -> str:
        """Return counts only."""
        return f"<Key : {len(self.entities)} entités, {len(self.texts)} textes>"

    def original(self, text: str, start: int, end: int) -> Quote:
        """Return what a quote of a pseudonymised text says in the original.

        Parameters
        ----------
        text : str
            The whole pseudonymised text, as the corpus holds it.
        start, end : int
            The quote in it; a marker that is cut counts as whole.

        Returns
        -------
        Quote
            Its original words and where they stand in the original text.

        Raises
        ------
        UsageError
            If the key does not know the text, or the quote leaves it.
        """
        swaps = self._of(text).swaps
        if not 0 <= start <= end <= len(text):
            raise UsageError(f"La citation ({start}, {end}) sort du texte, qui a {len(text)} caractères.")
        first = bisect_right([swap.new_end for swap in swaps], start)
        last = bisect_left([swap.new_start for swap in swaps], end)
        inside = swaps[first : max(first, last)]
        if inside:
            start, end = min(start, inside[0].new_start), max(end, inside[-1].new_end)
        pieces: list[str] = []
        position = start
        for swap in inside:
            pieces += (text[position : swap.new_start], swap.original)
            position = swap.new_end
        pieces.append(text[position:end])
        said = "".join(pieces)
        shift = swaps[first - 1].end - swaps[first - 1].new_end if first else 0
        return Quote(said, start + shift, start + shift + len(said))

    def pseudonymised(self, doc_id: str, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of an original text stands in its pseudonymised copy.

        Parameters
        ----------
        doc_id : str
            Of the original document.
        start, end : int
            The stretch; a name that is cut counts as whole.

        Returns
        -------
        tuple of int
            Its start and end in the copy.

        Raises
        ------
        UsageError
            If the key does not know the document.
        """
        keyed = next((one for one in self.texts if one.doc_id == doc_id), None)
        if keyed is None:
            raise UsageError(f"La clef ne connaît pas le document « {doc_id} ».")
        return _moved(keyed.swaps, start, first=True), _moved(keyed.swaps, end, first=False)

    def _of(self, text: str) -> KeyedText:
        found = digest(text)
        keyed = next((one for one in self.texts if one.sha256 == found), None)
        if keyed is None:
            raise UsageError(
                "La clef ne connaît pas ce texte : il n'est pas une copie faite avec elle, ou a été modifié."
            )
        return keyed


def _moved(swaps: tuple[Swap, ...], position: int, *, first: bool) -> int:
    shift = 0
    for swap in swaps:
        if position <= swap.start:
            break
        if position < swap.end:
            return swap.new_start if first else swap.new_end
        shift = swap.new_end - swap.end
    return position + shift


def digest(text: str) -> str:
    """Return the digest by which a text is known again."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def save_key(key: Key, path: Path) -> None:
    """Write a key as JSON, readable by its owner alone.

    Parameters
    ----------
    key : Key
        What to write.
    path : Path
        Where.

    Raises
    ------
    UsageError
        If it cannot be written.
    """
    content = {
        "format": FORMAT,
        "version": VERSION,
        "entities": [
            {"id": one.entity_id, "kind": one.kind, "forms": list(one.forms), "replacement": one.said}
            for one in key.entities
        ],
        "texts": [
            {
                "source": one.source,
                "key": one.key,
                "doc_id": one.doc_id,
                "copy_source": one.copy_source,
                "copy_doc_id": one.copy_doc_id,
                "sha256": one.sha256,
                "swaps": [list(swap) for swap in one.swaps],
            }
            for one in key.texts
        ],
    }
    write_private(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass"))


def load_key(path: Path) -> Key:
    """Read a key that `save_key` wrote.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Key
        Who is behind the markers.

    Raises
    ------
    UsageError
        If the file is not there or is no key.
    """
    if not path.exists():
        raise UsageError(f"« {path} » : la clef est introuvable.")
    try:
        content = json.loads(read_file(path).decode("utf-8", "surrogatepass"))
        if content["format"] != FORMAT or content["version"] != VERSION:
            raise ValueError
        return Key(tuple(map(_entity, content["entities"])), tuple(map(_text, content["texts"])))
    except RefusedFileError as error:
        raise UsageError(f"« {path.name} » : {error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"« {path.name} » n'est pas une clef de pseudonymes, ou elle est abîmée.") from None


def _entity(row: dict[str, Any]) -> Entity:
    if row["kind"] not in KINDS:
        raise ValueError
    forms = tuple(str(form) for form in row["forms"])
    return Entity(str(row["id"]), row["kind"], forms, str(row["replacement"]), REPLACE)


def _text(row: dict[str, Any]) -> KeyedText:
    swaps = tuple(
        Swap(int(start), int(end), int(new_start), int(new_end), str(original))
        for start, end, new_start, new_end, original in row["swaps"]
    )
    return KeyedText(
        source=str(row["source"]),
        key=str(row["key"]),
        doc_id=str(row["doc_id"]),
        copy_source=str(row["copy_source"]),
        copy_doc_id=str(row["copy_doc_id"]),
        sha256=str(row["sha256"]),
        swaps=swaps,
    )
