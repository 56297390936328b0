"""Subtitles (SRT, WebVTT): who speaks and when.

Cues that continue one another are joined into paragraphs; a pause, a speaker's label or
a dash starts a new one. Each cue is a place with its times.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.model.documents import Place, RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMES = re.compile(rf"{_CLOCK}\s*-->\s*{_CLOCK}")
# of WebVTT, of SubRip and of those who write pages; « <rires> » is what a transcriber says
_NAMES = "b|big|c|center|div|em|font|i|lang|p|rt|ruby|s|small|span|strike|strong|sub|sup|tt|u|v"
_TAGS = re.compile(rf"</?(?:{_NAMES})(?:[\s./][^<>\n]*)?>|<[\d:.]+>|\{{\\[^{{}}\n]*\}}", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>")
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
        timed = [(number, match) for number, line in enumerate(lines) if (match := _TIMES.search(line))]
        starts = [number for number, _ in timed] + [len(lines)]
        for (number, match), end in zip(timed, starts[1:], strict=True):
            spoken = lines[number + 1 : end]
            if end < len(lines) and spoken and spoken[-1].strip().isdigit():
                spoken.pop()  # the number of the next cue, which no blank line precedes
            cues.append(Cue(*_interval(match), _clean(spoken)))
    return [_document(cues, warning)]


def read_vtt(data: bytes) -> list[RawDocument]:
    """Read WebVTT subtitles; a voice tag ``<v Nom>`` becomes a label ``Nom : ``."""
    import webvtt

    text, warning = decode(data)
    try:
        captions = webvtt.from_string(text)
    except webvtt.errors.MalformedFileError:
        raise RefusedFileError("corrupt", "ce ne sont pas des sous-titres WebVTT valides ; réexportez-les.") from None
    cues = []
    voice = None
    voices: set[str] = set()
    for caption in captions.captions:
        lines = []
        # every voice starts a line
        for stretch in re.split(r"\n|(?=<v[\s.])", caption.raw_text):
            spoken = " ".join(_clean([stretch]))
            tag = _VOICE.match(stretch)
            name = tag[1].strip() if tag else ""
            if name and spoken and name != voice:
                voice = name
                voices.add(html.unescape(voice).strip())
                spoken = f"{voice} : {spoken}"
            lines += [html.unescape(spoken)] if spoken else []
        if match := _TIMES.search(f"{caption.start} --> {caption.end}"):
            cues.append(Cue(*_interval(match), tuple(lines)))
    return [_document(cues, warning, speakers=frozenset(voices))]


def _document(cues: Sequence[Cue], warning: str | None, *, speakers: frozenset[str] = frozenset()) -> RawDocument:
    if not cues:
        raise RefusedFileError(
            "empty", "aucun sous-titre avec ses temps (00:00:01,000 --> 00:00:03,000) n'a été trouvé."
        )
    text = ""
    places = []
    marks = tuple(f"{name} : " for name in sorted(speakers))
    previous_end = cues[0].t_start
    for cue in cues:
        joint = "\n" if cue.t_start - previous_end >= _PAUSE_SECONDS else " "
        start = None
        for line in cue.lines:
            if text:
                text += "\n" if _NEW_TURN.match(line) or line.startswith(marks) else joint
            start = len(text) if start is None else start
            text += line
            joint = " "
        if start is not None:
            places.append(Place(start, len(text), t_start=cue.t_start, t_end=cue.t_end))
        previous_end = cue.t_end
    return RawDocument(text, places=tuple(places), warnings=(warning,) if warning else (), speakers=speakers)


def _clean(lines: Iterable[str]) -> tuple[str, ...]:
    stripped = (_TAGS.sub("", _LINE_BREAK.sub(" ", line)).strip() for line in lines)
    return tuple(line for line in stripped if line)


def _interval(match: re.Match[str]) -> tuple[float, float]:
    return _seconds(match.groups()[:4]), _seconds(match.groups()[4:])


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = parts
    return (
        int(hours or 0) * 3600
        + int(minutes or 0) * 60
        + int(seconds or 0)
        + int((thousandths or "0").ljust(3, "0")) / 1000
    )
