"""The texts of a study as this room needs them, and the passages in which names are sought."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.model.tables import META_PREFIX
from innovsoc_analysis.pseudonyms.records import Text
from innovsoc_analysis.text.transcripts import find_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innovsoc_analysis.ingest.reading import Intake, SourceDocument

_SPACE = " \t\u00a0\u202f"


class Label(NamedTuple):
    """A speaker's label ``text[start:end]`` at the start of a line."""

    start: int
    end: int


def texts_of(intake: Intake) -> list[Text]:
    """Return what was read, cleaned as the corpus holds it.

    Parameters
    ----------
    intake : Intake
        From :func:`~innovsoc_analysis.ingest.reading.read_sources`.

    Returns
    -------
    list of Text
        In order; times of subtitles are led to the cleaned text.

    Examples
    --------
    >>> from innovsoc_analysis.ingest.reading import Intake
    >>> texts_of(Intake((), ()))
    []
    """
    from innovsoc_analysis.study.corpus import corpus_of

    documents = corpus_of(intake).documents
    texts = []
    for row, document in zip(documents.to_dict("records"), intake.documents, strict=True):
        meta = {
            name.removeprefix(META_PREFIX): str(value)
            for name, value in row.items()
            if name.startswith(META_PREFIX) and isinstance(value, str) and value
        }
        texts.append(
            Text(
                row["doc_id"],
                row["source"],
                row["text"],
                row["title"],
                row["genre"],
                meta,
                key=document.raw.key,
                speakers=document.raw.speakers,
                cues=_cues(document),
            )
        )
    return texts


def _cues(document: SourceDocument) -> tuple[tuple[int, int, float, float], ...]:
    timed = [place for place in document.raw.places if place.t_start is not None and place.t_end is not None]
    if not timed:
        return ()
    from innovsoc_analysis.text.cleaning import clean

    places = clean(document.raw.text, wrapped=document.raw.wrapped).places
    return tuple(
        (*places.to_clean(place.start, place.end), float(place.t_start or 0.0), float(place.t_end or 0.0))
        for place in timed
    )


def find_labels(text: Text) -> list[Label]:
    r"""Return the labels that announce who speaks, time codes and marks left out.

    Parameters
    ----------
    text : Text
        A document.

    Examples
    --------
    >>> said = "Ana : Et après ?\n[00:12] Luc : On a ouvert.\nAna : Où ?"
    >>> [said[label.start : label.end] for label in find_labels(Text("d", "a.txt", said))]
    ['Ana', 'Luc', 'Ana']
    """
    paragraphs = find_paragraphs(text.text, known=text.speakers)
    names = sorted({one.speaker for one in paragraphs if one.speaker and one.speaker != "—"}, key=len, reverse=True)
    if not names:
        return []
    pattern = re.compile(
        rf"^[^\S\n]*(?:[\[(]?\d{{1,2}}(?::\d{{2}}){{1,2}}[^\w\n]*)?[*\[]{{0,2}}"
        rf"(?P<name>{'|'.join(map(re.escape, names))})(?!\w)"
        rf"(?=[^\S\n]*(?:[:.–—\]*(\d]|\[|$))",
        re.MULTILINE,
    )
    return [Label(*match.span("name")) for match in pattern.finditer(text.text)]


def passages_of(text: Text) -> Iterator[tuple[int, str]]:
    """Yield what is said, paragraph by paragraph, with its place in the text."""
    for one in find_paragraphs(text.text, known=text.speakers):
        yield one.start, text.text[one.start : one.end]


def fields_of(text: Text) -> Iterator[str]:
    """Yield what else may hold names: the title and the metadata."""
    if text.title and text.title != PurePosixPath(text.source).stem:
        yield text.title
    yield from text.meta.values()


def around(text: str, span: tuple[int, int], *, width: int = 45) -> str:
    """Return `span` of `text` in its line, between ‹ ›, with about `width` characters on each side.

    Examples
    --------
    >>> around("On a vu Ana hier.", (8, 11))
    'On a vu ‹Ana› hier.'
    """
    start, end = span
    before = text[max(0, start - width) : start]
    after = text[end : end + width]
    if start > width:
        before = "…" + before[before.find(" ") + 1 :]
    if end + width < len(text):
        after = after[: after.rfind(" ") + 1].rstrip(_SPACE) + "…"
    return " ".join(f"{before}‹{text[start:end]}›{after}".split())


def stem_words(source: str) -> list[str]:
    """Return the words of the name of a file and of its folders.

    Examples
    --------
    >>> stem_words("entretiens/lucie_2.docx")
    ['entretiens', 'lucie']
    """
    return re.findall(r"[^\W\d_]{3,}", str(PurePosixPath(source).with_suffix("")))
