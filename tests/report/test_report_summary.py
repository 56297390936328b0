"""Every number of the report, worked out by hand on three short texts."""

from __future__ import annotations

import json

import pytest

from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.report.summary import clock, summarise
from innovsoc_analysis.study.corpus import corpus_from_texts, read_corpus


@pytest.fixture(scope="module")
def summary(codings):
    return summarise(codings)


def test_it_is_plain_json(summary):
    assert json.loads(json.dumps(summary)) == summary


def test_figures(summary):
    # words said, neither « Ana : » nor « 🌱🌱 »: 5 + 2 + 5 in the interview, 7 in the project, 3 in the other
    assert summary["figures"] == {"documents": 3, "words": 22, "sentences": 6, "coded": 4, "codings": 6, "to_reread": 0}


def test_genres_and_formats(summary):
    assert summary["genres"] == [
        {"label": "sans genre", "documents": 1, "words": 3},
        {"label": "projets", "documents": 1, "words": 7},
        {"label": "paroles", "documents": 1, "words": 12},
    ]
    assert summary["groups"] == summary["genres"]
    assert summary["by"] == {"name": "genre", "label": "genre", "is_genre": True}
    assert summary["genre_names"] == ["sans genre", "projets", "paroles"]
    assert summary["formats"] == {"text": 3}


def test_codes_by_family_and_genre(summary):
    counted = {
        family["label"]: {one["id"]: (one["segments"], one["documents"], one["by_group"]) for one in family["codes"]}
        for family in summary["families"]
    }
    assert counted == {
        "Lieux": {"jardin": (3, 2, [0, 1, 1]), "ville": (1, 1, [0, 1, 0])},
        "Gens": {"enfant": (2, 2, [1, 0, 1])},
    }
    assert summary["families"][0]["codes"][0]["definition"] == "Un lieu cultivé."
    assert summary["codebook"]["title"] == "Deux choses"
    assert summary["codebook"]["reference"].startswith("mini 1 (")


def test_totals_count_each_document_and_segment_once(summary):
    # without genre, project, talk: each has a coded text; four sentences are coded, two of them twice
    assert summary["totals"] == {"documents": 3, "segments": 4, "by_group": [1, 1, 1]}


def test_verbatims_can_be_drawn_while_counts_stay_whole(codings, summary):
    drawn = summarise(codings, most=1)
    assert drawn["families"] == summary["families"]
    assert drawn["figures"] == summary["figures"]
    assert 1 <= len(drawn["segments"]) < 4
    assert {code for one in drawn["segments"] for code, _ in one["codes"]} == {"jardin", "ville", "enfant"}
    assert all(one in summary["segments"] for one in drawn["segments"])


def test_segments_hold_each_coded_sentence_once_with_its_evidence(summary):
    segments = summary["segments"]
    assert [(one["doc"], one["by"], one["quote"], [code for code, _ in one["codes"]]) for one in segments] == [
        (0, "Ana", "Les enfants aiment le jardin.", ["jardin", "enfant"]),
        (0, "Ana", "Ce 🌱🌱 jardin est un potager.", ["jardin"]),
        (1, "", "Un jardin en ville.", ["jardin", "ville"]),
        (2, "", "Les enfants jouent.", ["enfant"]),
    ]
    evidence = [[[one["quote"][start:end] for start, end in spans] for _, spans in one["codes"]] for one in segments]
    assert evidence == [
        [["jardin"], ["Les enfants"]],
        [["jardin", "potager"]],
        [["jardin"], ["ville"]],
        [["Les enfants"]],
    ]


def test_documents_are_named(summary):
    assert summary["documents"][0] == {
        "title": "entretien.txt",
        "source": "entretien.txt",
        "genre": "paroles",
        "words": 12,
        "segments": 2,
        "codes": 2,
    }
    assert [one["genre"] for one in summary["documents"]] == ["paroles", "projets", "sans genre"]


def test_time_of_a_subtitle_is_told(codings, tmp_path):
    cue = "1\n00:01:15,000 --> 00:01:18,000\nCe jardin est ouvert.\n"
    (tmp_path / "film.srt").write_text(cue, "utf-8")
    segments = summarise(code(read_corpus(tmp_path), codings.codebook))["segments"]
    assert [(one["quote"], one["at"]) for one in segments] == [("Ce jardin est ouvert.", "1:15")]


def test_files_that_need_attention_are_listed_those_refused_first(codings, tmp_path):
    (tmp_path / "bon.txt").write_text("Un jardin.", "utf-8")
    (tmp_path / "latin.txt").write_bytes("Un été.".encode("cp1252"))
    (tmp_path / "mauvais.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / ".cache.txt").write_text("x", "utf-8")
    sources = summarise(code(read_corpus(tmp_path), codings.codebook))["sources"]
    assert [(one["source"], one["outcome"]) for one in sources] == [
        ("mauvais.docx", "refusé"),
        ("latin.txt", "lu, à vérifier"),
    ]
    assert sources[1]["message"] == "encodage deviné (Windows-1252) : vérifiez les accents"


def test_a_corpus_without_any_code(codings):
    summary = summarise(code(corpus_from_texts({"a": "Il pleut."}), codings.codebook))
    assert summary["figures"] == {"documents": 1, "words": 2, "sentences": 1, "coded": 0, "codings": 0, "to_reread": 0}
    assert summary["segments"] == []
    assert [one["segments"] for family in summary["families"] for one in family["codes"]] == [0, 0, 0]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0:00"), (59.9, "0:59"), (60, "1:00"), (3599, "59:59"), (3600, "1:00:00"), (36_610, "10:10:10")],
)
def test_clock(seconds, said):
    assert clock(seconds) == said
