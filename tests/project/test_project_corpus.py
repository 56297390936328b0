"""The example corpus is what its notice says."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from innovsoc_analysis.study.corpus import Corpus, read_corpus

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(CORPUS)


def test_sixty_documents_in_three_genres_and_seven_formats(corpus: Corpus) -> None:
    assert Counter(corpus.documents["genre"]) == {"definition": 20, "project": 20, "talk": 20}
    formats = {"md": 14, "txt": 14, "docx": 12, "srt": 7, "pdf": 6, "csv": 5, "vtt": 2}
    assert Counter(corpus.documents["format"]) == formats


def test_every_file_is_read_and_described(corpus: Corpus) -> None:
    assert corpus.n_refused == 0
    assert corpus.remarks == ()
    with (CORPUS / "metadata.csv").open(encoding="utf-8", newline="") as table:
        described = {row["file"] for row in csv.DictReader(table)}
    read = corpus.sources.loc[corpus.sources["outcome"] != "ignoré", "source"]
    assert described == set(read)


def test_every_document_says_its_licence_and_that_it_was_written_for_this_project(corpus: Corpus) -> None:
    assert set(corpus.documents["meta.licence"]) == {"CC BY 4.0"}
    assert corpus.documents["meta.note"].str.contains("pour ce projet").all()
    assert "écrits pour ce projet" in (CORPUS / "README.md").read_text("utf-8")


def test_every_definition_has_author_year_and_reference(corpus: Corpus) -> None:
    definitions = corpus.documents[corpus.documents["genre"] == "definition"]
    for column in ("meta.author", "meta.year", "meta.reference"):
        assert definitions[column].fillna("").str.len().min() > 0
    years = definitions["meta.year"].astype(int)
    assert years.between(1970, 2026).all()
    references = zip(definitions["meta.reference"], definitions["meta.year"], strict=True)
    assert [reference for reference, year in references if year not in reference] == []


def test_projects_and_talks_have_date_place_and_kind_of_organisation(corpus: Corpus) -> None:
    others = corpus.documents[corpus.documents["genre"] != "definition"]
    for column in ("meta.date", "meta.place", "meta.country", "meta.organisation_type"):
        assert others[column].fillna("").str.len().min() > 0
    assert others["meta.date"].str.fullmatch(r"20(1\d|2[0-6])-[01]\d-[0-3]\d").all()


def test_subtitled_talks_keep_speakers_and_times(corpus: Corpus) -> None:
    subtitled = corpus.documents.loc[corpus.documents["format"].isin(["srt", "vtt"]), "doc_id"]
    turns = corpus.segments_of("turn")
    turns = turns[turns["doc_id"].isin(subtitled)]
    assert turns["doc_id"].nunique() == 9
    assert turns["speaker"].notna().all()
    assert (turns["t_end"] > turns["t_start"]).all()
