"""Subtitles become paragraphs of speech, and each cue keeps its times."""

from __future__ import annotations

import time

import pytest

from innovsoc_analysis.ingest.subtitles import read_srt, read_vtt
from innovsoc_analysis.model.documents import Place, RawDocument
from innovsoc_analysis.model.errors import RefusedFileError


def srt(source: str) -> RawDocument:
    (document,) = read_srt(source.encode())
    return document


def vtt(source: str) -> RawDocument:
    (document,) = read_vtt(("WEBVTT\n\n" + source).encode())
    return document


def timed(document: RawDocument) -> list[tuple[str, float | None, float | None]]:
    return [(document.text[place.start : place.end], place.t_start, place.t_end) for place in document.places]


DIALOGUE = """1
00:00:01,000 --> 00:00:03,000
Ana : Bonjour à toutes

2
00:00:03,200 --> 00:00:05,000
et à tous.

3
00:00:05,500 --> 00:01:07,250
Luc : Merci.

4
01:00:12,000 --> 01:00:14,000
Après la pause.
"""


def test_cues_join_until_a_speaker_or_a_pause() -> None:
    document = srt(DIALOGUE)
    assert document.text == "Ana : Bonjour à toutes et à tous.\nLuc : Merci.\nAprès la pause."
    assert document.places[0] == Place(0, 22, t_start=1.0, t_end=3.0)
    assert timed(document) == [
        ("Ana : Bonjour à toutes", 1.0, 3.0),
        ("et à tous.", 3.2, 5.0),
        ("Luc : Merci.", 5.5, 67.25),
        ("Après la pause.", 3612.0, 3614.0),
    ]


@pytest.mark.parametrize(("start", "joint"), [("3,999", " "), ("4,000", "\n"), ("1,500", " ")])
def test_two_seconds_of_silence_make_a_paragraph(start: str, joint: str) -> None:
    source = f"1\n00:00:01,000 --> 00:00:02,000\nun\n\n2\n00:00:0{start} --> 00:00:09,000\ndeux"
    assert srt(source).text == f"un{joint}deux"


def test_only_the_first_line_of_a_cue_follows_the_silence() -> None:
    source = "1\n00:00:01,000 --> 00:00:02,000\nun\n\n2\n00:00:09,000 --> 00:00:10,000\ndeux\ntrois"
    assert srt(source).text == "un\ndeux trois"


AT = "00:00:01,000 --> 00:00:02,000"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (f"7\n{AT}\nun\n\n7\n{AT}\ndeux\n\n{AT}\ntrois", "un deux trois"),
        (f"1\n{AT}\nun\n2\n{AT}\ndeux\n{AT}\ntrois", "un deux trois"),
        (f"1\n{AT}\nen\n1985\n\n2\n{AT}\nfin", "en 1985 fin"),
        (f"note\n\n1\n{AT}\nun\n\n\n \n2\n{AT}\ndeux", "un deux"),
        (f"1\r\n{AT}\r\nun\r\nsuite\r\n", "un suite"),
        (f"1\r{AT}\run", "un"),
        (f"\ufeff1\n{AT}  X1:40 X2:600\nun", "un"),
        (f'1\n{AT}\n<i>un</i> <font color="#fff">deux</font> {{\\an8}}trois < 4', "un deux trois < 4"),
        (f"1\n{AT}\n- Oui ?\n- Non.\n– Bon.", "- Oui ?\n- Non.\n– Bon."),
        (f"1\n{AT}\n\n2\n{AT}\n<b></b>\n\n3\n{AT}\nun", "un"),
        ("1\n0:00:1.5 --> 0:00:2.5\nun", "un"),
    ],
)
def test_badly_made_files_give_their_words(source: str, text: str) -> None:
    assert srt(source).text == text


def test_short_fractions_of_seconds_are_decimal() -> None:
    assert timed(srt("1\n0:00:1.5 --> 00:02.25\nun")) == [("un", 1.5, 2.25)]


def test_a_guessed_encoding_is_told() -> None:
    (document,) = read_srt(f"1\n{AT}\nÉté à Liège".encode("cp1252"))
    assert (document.text, document.warnings) == (
        "Été à Liège",
        ("encodage deviné (Windows-1252) : vérifiez les accents",),
    )


@pytest.mark.parametrize("source", ["Un texte.", "1\n00:00:01 --> 00:00:02\nun", "1\n\n2\n"])
def test_a_file_without_times_is_refused(source: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        srt(source)
    assert caught.value.code == "empty"


@pytest.mark.parametrize("filler", ["<a" * 40_000, "1" * 80_000, "{\\" * 40_000, "\n \t" * 40_000])
def test_hostile_repetitions_take_no_time(filler: str) -> None:
    started = time.monotonic()
    assert srt(f"1\n{AT}\nun\n{filler}").text.startswith("un")
    assert time.monotonic() - started < 2


def test_voices_become_labels_when_they_change() -> None:
    document = vtt(
        "00:01.500 --> 00:03.250\n<v Ana>Bonjour</v>\n\n"
        "00:03.300 --> 00:04.000\n<v Ana>à tous.</v>\n\n"
        "intro\n00:04.000 --> 00:05.000 align:start\n<v.fort Luc Roy>Merci <i>bien</i>.\n<v Ana>Oui.</v>\n\n"
        "01:00:04.000 --> 01:00:05.000\nFin."
    )
    assert document.text == "Ana : Bonjour à tous.\nLuc Roy : Merci bien.\nAna : Oui.\nFin."
    assert timed(document) == [
        ("Ana : Bonjour", 1.5, 3.25),
        ("à tous.", 3.3, 4.0),
        ("Luc Roy : Merci bien.\nAna : Oui.", 4.0, 5.0),
        ("Fin.", 3604.0, 3605.0),
    ]


def test_an_empty_voice_does_not_hide_the_next_label() -> None:
    source = "00:01.000 --> 00:02.000\n<v Ana></v>\n\n00:02.000 --> 00:03.000\n<v Ana>Oui.</v>"
    assert vtt(source).text == "Ana : Oui."


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("R&amp;D &lt;3&nbsp;fois", "R&D <3\u00a0fois"),
        ("<c.jaune>un</c> <00:00:01.500><ruby>deux<rt>2</rt></ruby>", "un deux2"),
        ("&lt;v Ana&gt;", "<v Ana>"),
    ],
)
def test_marks_go_and_entities_become_characters(words: str, text: str) -> None:
    assert vtt(f"00:01.000 --> 00:02.000\n{words}").text == text


def test_notes_and_styles_are_no_speech() -> None:
    document = vtt("NOTE à revoir\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:02.000\nun")
    assert document.text == "un"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"00:01.000 --> 00:02.000\nun", "corrupt"), (b"", "corrupt"), (b"WEBVTT\n\nrien", "empty"), (b"a\0", "binary")],
)
def test_what_is_no_vtt_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_vtt(data)
    assert caught.value.code == code
