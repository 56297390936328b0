"""Who speaks where: turns announced by a label at the start of a line (``Marie : …``)."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_LABEL = re.compile(
    r"(?P<label>[A-ZÀ-ÖØ-Þ][\w.'’·()\-]*(?: [\w.'’·()\-]+){0,4}?)[ \u00a0\u202f]?:[ \u00a0\u202f]+(?=\S)"
)
_LABELLED_SHARE = 0.4


class Turn(NamedTuple):
    """A stretch ``text[start:end]`` said by `speaker`, the label left out."""

    start: int
    end: int
    speaker: str


class Paragraph(NamedTuple):
    """A line ``text[start:end]``, a speaker's label left out, and who says it."""

    start: int
    end: int
    speaker: str | None


def find_paragraphs(text: str) -> list[Paragraph]:
    r"""Return the paragraphs of a clean text with their speakers.

    A text counts as a transcript when some label comes back and two fifths of its lines
    start with one; in a transcript, a line without label continues the turn.

    Examples
    --------
    >>> text = "Ana : Et après ?\nLuc : On a ouvert.\nAna : Où ?"
    >>> [(text[p.start:p.end], p.speaker) for p in find_paragraphs(text)]
    [('Et après ?', 'Ana'), ('On a ouvert.', 'Luc'), ('Où ?', 'Ana')]
    >>> [p.speaker for p in find_paragraphs("Public : jeunes.\nLieu : Mons.")]
    [None, None]
    """
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    labels = [find_label(text, start, end) for start, end in lines]
    if not _is_transcript(labels):
        return [Paragraph(start, end, None) for start, end in lines]
    paragraphs = []
    speaker = None
    for (start, end), label in zip(lines, labels, strict=True):
        speaker = label["label"] if label else speaker
        paragraphs.append(Paragraph(label.end() if label else start, end, speaker))
    return paragraphs


def find_label(text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """Return the speaker's label with which the line ``text[start:end]`` starts, if any.

    Examples
    --------
    >>> find_label("Mme Élie : Oui.")["label"]
    'Mme Élie'
    """
    return _LABEL.match(text, start, len(text) if end is None else end)


def find_turns(paragraphs: list[Paragraph]) -> list[Turn]:
    """Return the speaker turns: successive paragraphs of one speaker together."""
    turns: list[Turn] = []
    for paragraph in paragraphs:
        if paragraph.speaker is None:
            continue
        if turns and turns[-1].speaker == paragraph.speaker:
            turns[-1] = turns[-1]._replace(end=paragraph.end)
        else:
            turns.append(Turn(paragraph.start, paragraph.end, paragraph.speaker))
    return turns


def _is_transcript(labels: list[re.Match[str] | None]) -> bool:
    counts = Counter(label["label"] for label in labels if label)
    if not counts or max(counts.values()) == 1:
        return False
    return counts.total() >= _LABELLED_SHARE * len(labels)
