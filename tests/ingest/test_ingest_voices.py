"""Who speaks, when the subtitles themselves say so."""

from __future__ import annotations

from innovsoc_analysis import read_corpus

CUES = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Luc>Le jardin est ouvert depuis mars

00:00:03.500 --> 00:00:06.000
<v Ana>La commune prête le terrain

00:00:06.500 --> 00:00:09.000
<v dj piment>Le compost vient des écoles

00:00:09.500 --> 00:00:12.000
<v Luc>Nos voisines tiennent la caisse
"""


def test_voices_are_speakers_without_further_evidence_and_never_words(tmp_path):
    (tmp_path / "a.vtt").write_text(CUES, encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert corpus.segments_of("turn")["speaker"].tolist() == ["Luc", "Ana", "dj piment", "Luc"]
    assert not {"Luc", "Ana", ":", "piment"} & set(corpus.tokens["form"])
