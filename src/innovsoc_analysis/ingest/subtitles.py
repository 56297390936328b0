"""Subtitles (SRT, WebVTT): who speaks and when.

Cues that continue one another are joined into paragraphs; a pause, a speaker's label or
a dash starts a new one. Each cue is a place with its times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.model.documents import Place, RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TIMES = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})")
_TAGS = re.compile(r"</?[a-zA-Z][^>\n]*>|\{\\[^}\n]*\}")
_NEW_TURN = re.compile(r"[-–—]\s|[A-ZÀ-ÖØ-Þ][^:\n]{0,38}?\s?:\s")
_PAUSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from `t_start` to `t_end` seconds, line by line."""

    t_start: float
    t_end: float
    lines: tuple[str, ...]


def read_srt(data: bytes) -> list[RawDocument]:
    """Read SubRip subtitles; badly numbered or overlapping cues are taken as they come."""
    text, warning = decode(data)
    cues = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        timed = next((n for n, line in enumerate(lines) if _TIMES.search(line)), None)
        if timed is not None and (match := _TIMES.search(lines[timed])):
            cues.append(Cue(_seconds(match.groups()[:4]), _seconds(match.groups()[4:]), _clean(lines[timed + 1 :])))
    return [_document(cues, warning)]


def read_vtt(data: bytes) -> list[RawDocument]:
    """Read WebVTT subtitles; a voice tag ``<v Nom>`` becomes a label ``Nom : ``."""
    import webvtt  # noqa: PLC0415

    text, warning = decode(data)
    try:
        captions = webvtt.from_string(text)
    except webvtt.errors.MalformedFileError:
        raise RefusedFileError("corrupt", "ce ne sont pas des sous-titres WebVTT valides ; réexportez-les.") from None
    cues = []
    voice = None
    for caption in captions:
        lines = list(_clean(caption.text.split("\n")))
        if caption.voice and caption.voice != voice and lines:
            lines[0] = f"{caption.voice} : {lines[0]}"
        voice = caption.voice or voice
        cues.append(Cue(caption.start_in_seconds, caption.end_in_seconds, tuple(lines)))
    return [_document(cues, warning)]


def _document(cues: Sequence[Cue], warning: str | None) -> RawDocument:
    if not cues:
        raise RefusedFileError("empty", "aucun sous-titre avec ses temps (00:00:01,000 --> 00:00:03,000) n'a été trouvé.")
    text = ""
    places = []
    previous_end = cues[0].t_start
    for cue in cues:
        joint = "\n" if cue.t_start - previous_end >= _PAUSE_SECONDS else " "
        start = None
        for line in cue.lines:
            if text:
                text += "\n" if _NEW_TURN.match(line) else joint
            start = len(text) if start is None else start
            text += line
            joint = " "
        if start is not None:
            places.append(Place(start, len(text), t_start=cue.t_start, t_end=cue.t_end))
        previous_end = cue.t_end
    return RawDocument(text, places=tuple(places), warnings=(warning,) if warning else ())


def _clean(lines: Iterable[str]) -> tuple[str, ...]:
    stripped = (_TAGS.sub("", line).strip() for line in lines)
    return tuple(line for line in stripped if line)


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + int((thousandths or "0").ljust(3, "0")) / 1000
