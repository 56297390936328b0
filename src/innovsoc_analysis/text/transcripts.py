"""Who speaks where: turns announced at the start of a line (``Marie : …``, ``MME ÉLIE. – …``, ``— …``)."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.text.speakers import (
    BRACKETED_LABEL,
    CAPITALS_LABEL,
    COLON_LABEL,
    DASH_LABEL,
    LABEL_ALONE,
    NAME,
    Labelled,
    is_conversation,
    is_name,
    kind_of_label,
    speakers_of,
)
from innovsoc_analysis.text.timecodes import find_time_codes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from innovsoc_analysis.text.timecodes import TimeCode

UNNAMED = "—"
"""Speaker of a turn that a dash announces: each such paragraph is a turn of its own."""

_STRICT = (COLON_LABEL, DASH_LABEL)
_LOOSE = (CAPITALS_LABEL, BRACKETED_LABEL)
_FULL_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*", re.MULTILINE)
_DASH = re.compile(r"[—–-][ \t\u00a0\u202f]+(?=\S)")
_ASKED = re.compile(r"\?[\s»”\"')]*\Z")
_ENDED = re.compile(r"[.!?…][\s»”\"')]*\Z")
_DASHED_SHARE = 0.4
_FEWEST_DASHED = 3
_MOST = 0.8
_MOST_ASKED = 0.7


class Turn(NamedTuple):
    """A stretch ``text[start:end]`` said by `speaker`, the label left out."""

    start: int
    end: int
    speaker: str


class Paragraph(NamedTuple):
    """A line ``text[start:end]``, label and time codes at its edges left out, and who says it."""

    start: int
    end: int
    speaker: str | None


class _Line(NamedTuple):
    """A line without the time codes at its edges; from `said` on, without its label."""

    start: int
    end: int
    label: str | None
    said: int


def find_paragraphs(text: str, *, known: Collection[str] = ()) -> list[Paragraph]:
    r"""Return the paragraphs of a clean text with their speakers.

    A text counts as a transcript when labels come back, are not those of a form, and are
    followed by what people say. Then a line without label continues the turn, one that
    holds but a label (``Marie :``, ``Marie 00:12``) is no paragraph, and the fields of a
    header belong to no one. Time codes at the edges of lines are left out, in any text.

    Parameters
    ----------
    text : str
        A clean text.
    known : collection of str
        Who speaks, if the source marks it: then no other label is one.

    Returns
    -------
    list of Paragraph
        In order.

    Notes
    -----
    Dashes announce turns where most lines have one, are sentences and answer questions. Who
    speaks is not said: the speaker is ``UNNAMED`` and each paragraph is a turn.
    *Question* and *Réponse* are speakers where the answers are in the first person.

    Examples
    --------
    >>> text = "Ana : Et après ?\n[00:12] Luc : On a ouvert.\nAna : Où ?"
    >>> [(text[p.start:p.end], p.speaker) for p in find_paragraphs(text)]
    [('Et après ?', 'Ana'), ('On a ouvert.', 'Luc'), ('Où ?', 'Ana')]
    >>> [p.speaker for p in find_paragraphs("Public : jeunes.\nLieu : Mons.\nPublic : aînés.\nLieu : Ath.")]
    [None, None, None, None]
    """
    codes = find_time_codes(text)
    if known:
        return _said([_marked(text, line, known) for line in _lines(text, codes, ())], set(known))
    for patterns in (_STRICT, _STRICT + _LOOSE):
        lines = _lines(text, codes, patterns)
        labelled = _labelled(text, lines)
        if is_conversation(labelled, len(lines)):
            return _said(lines, speakers_of(labelled))
    lines = _lines(text, codes, ())
    if _is_dialogue([text[line.start : line.end] for line in lines]):
        dashes = [_DASH.match(text, line.start) for line in lines]
        return [
            Paragraph(dash.end(), line.end, UNNAMED) if dash else Paragraph(line.start, line.end, None)
            for line, dash in zip(lines, dashes, strict=True)
        ]
    return [Paragraph(line.start, line.end, None) for line in lines]


def find_label(text: str, start: int = 0, end: int | None = None, *, loose: bool = False) -> re.Match[str] | None:
    """Return the speaker's label with which the line ``text[start:end]`` starts, if any.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        Where the line is; by default, the whole text.
    loose : bool
        Whether to accept what other labels must confirm: ``[Marie]``, ``MME ÉLIE. Oui``, ``ÉLIE — Oui``.

    Returns
    -------
    re.Match or None
        With a group ``label``, ending where what is said begins; time codes are in neither.

    Examples
    --------
    >>> find_label("Mme Élie : Oui.")["label"], find_label("L'ENQUÊTRICE. – Oui.")["label"]
    ('Mme Élie', "L'ENQUÊTRICE")
    >>> find_label("00:01:02 Marie : Oui.")["label"], find_label("Marie (00:12) : Oui.").end()
    ('Marie', 16)
    """
    return _first_match(_STRICT + _LOOSE if loose else _STRICT, text, start, len(text) if end is None else end)


def find_turns(paragraphs: list[Paragraph]) -> list[Turn]:
    """Return the speaker turns: successive paragraphs of one named speaker together."""
    turns: list[Turn] = []
    for paragraph in paragraphs:
        if paragraph.speaker is None:
            continue
        if turns and turns[-1].speaker == paragraph.speaker != UNNAMED:
            turns[-1] = turns[-1]._replace(end=paragraph.end)
        else:
            turns.append(Turn(paragraph.start, paragraph.end, paragraph.speaker))
    return turns


def _first_match(patterns: Sequence[re.Pattern[str]], text: str, start: int, end: int) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.match(text, start, end))), None)


def _lines(text: str, codes: Sequence[TimeCode], patterns: Sequence[re.Pattern[str]]) -> list[_Line]:
    """Return the lines that hold more than time codes, with the labels that `patterns` find."""
    found = ((match.start(), match.end()) for match in _FULL_LINE.finditer(text))
    edges = _Edges(text, codes)
    lines = []
    for raw_start, raw_end in found:
        start, end = edges.trimmed(raw_start, raw_end)
        if start == end:
            continue
        label, said = _label_of(text, (start, end), patterns) if patterns else (None, start)
        if patterns and label is None and end < raw_end and text[end].isspace() and is_name(text[start:end]):
            label, said = text[start:end], end  # « Marie Dupont 00:12 »
        lines.append(_Line(start, end, label, edges.trimmed(said, end)[0] if label else start))
    return lines


def _label_of(text: str, line: tuple[int, int], patterns: Sequence[re.Pattern[str]]) -> tuple[str | None, int]:
    start, end = line
    if match := _first_match(patterns, text, start, end):
        sure = match.re in _STRICT or kind_of_label(match["label"]) >= NAME
        return (match["label"], match.end()) if sure else (None, start)
    alone = LABEL_ALONE.match(text[start:end])
    if alone is None or (alone["label"] is None and not is_name(alone["bracketed"])):
        return None, start
    return alone["label"] or alone["bracketed"], end


class _Edges:
    """Trims time codes and blanks off the edges of stretches."""

    def __init__(self, text: str, codes: Sequence[TimeCode]) -> None:
        self._text = text
        self._ends = {code.start: code.end for code in codes}
        self._starts = {code.end: code.start for code in codes}

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return `start` and `end` moved inwards, equal if nothing is left."""
        first = start
        while first < end and (first in self._ends or self._text[first].isspace()):
            first = self._ends.get(first, first + 1)
        last = end
        while last > first and (last in self._starts or self._text[last - 1].isspace()):
            last = self._starts.get(last, last - 1)
        if first == start and last == end:
            return start, end
        return first, max(first, last)


def _labelled(text: str, lines: Sequence[_Line]) -> list[Labelled]:
    """Return the labels and what follows them, on the next line after a label alone."""
    labelled = []
    for number, line in enumerate(lines):
        if line.label is None:
            continue
        said = line
        if line.said == line.end and number + 1 < len(lines) and lines[number + 1].label is None:
            said = lines[number + 1]
        labelled.append(Labelled(line.label, text[said.said : said.end]))
    return labelled


def _marked(text: str, line: _Line, known: Collection[str]) -> _Line:
    """Return a line with the label of one of those who are known to speak, if it starts with it."""
    for name in known:
        mark = f"{name} : "
        if text.startswith(mark, line.start):
            return line._replace(label=name, said=line.start + len(mark))
    return line


def _said(lines: Sequence[_Line], speakers: set[str]) -> list[Paragraph]:
    paragraphs = []
    speaker = None
    for line in lines:
        announced = line.label in speakers
        speaker = line.label if announced else speaker
        start = line.said if announced else line.start
        if start < line.end:
            paragraphs.append(Paragraph(start, line.end, speaker))
    return paragraphs


def _is_dialogue(lines: Sequence[str]) -> bool:
    """Whether dashes announce turns: sentences, some of which answer a question."""
    dashed = [line for line in lines if _DASH.match(line)]
    if len(dashed) < _FEWEST_DASHED or len(dashed) < _DASHED_SHARE * len(lines):
        return False
    sentences = sum(
        bool(_ENDED.search(line)) and not line.lstrip("—–- \t\u00a0\u202f")[:1].islower() for line in dashed
    )
    asked = [bool(_ASKED.search(line)) for line in dashed]
    answered = any(one and not other for one, other in itertools.pairwise(asked))
    return answered and sum(asked) <= _MOST_ASKED * len(dashed) and sentences >= _MOST * len(dashed)
