"""Results are found where commands and studies put them; what is missing or damaged is said."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

import innovsoc_analysis as isa
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.report.results import Part, read_results
from innovsoc_analysis.report.saved_tables import lexicon_summary, topics_summary
from innovsoc_analysis.report.study import save_study_report

from .conftest import TITLE, add_lexicon, add_topics

GARDEN = "Le jardin donne des légumes au quartier. Les voisins arrosent le jardin et cueillent des légumes. "
OFFICE = "Le guichet distribue des formulaires aux familles. Les agents du guichet lisent les formulaires. "


@pytest.mark.parametrize("place", ["", "code", ".."])
def test_results_are_found_in_their_folder_beside_others_and_in_a_study(results, place):
    study = read_results(results / place)
    assert study.code.folder.resolve() == (results / "code").resolve()
    assert len(study.codings) == 7
    assert len(study.codings.corpus) == 4
    assert study.codings.corpus.n_refused == 1


def test_what_was_read_is_what_was_coded(results, codings):
    found = read_results(results).codings
    saved = pd.read_parquet(results / "code" / "codings.parquet")
    assert found.table["coding_id"].tolist() == saved["coding_id"].tolist()
    assert found.codebook["jardin"].definition == "Un lieu cultivé."
    assert found.codebook.fingerprint == codings.codebook.fingerprint
    assert found.queue is None


def test_missing_analyses_are_remarked(results):
    remarks = read_results(results).remarks
    assert [one.partition(" (")[0] for one in remarks] == [
        "Section absente : thèmes",
        "Section absente : lexicométrie",
    ]
    add_topics(results)
    add_lexicon(results)
    study = read_results(results)
    assert (study.remarks, set(study.parts)) == ((), {"code", "topics", "lexicon"})


def test_incomplete_results_are_left_out(results):
    add_topics(results)
    (results / "topics" / "run.json").unlink()
    study = read_results(results)
    assert "topics" not in study.parts
    assert "résultats incomplets ; relancez innovsoc topics" in study.remarks[0]


@pytest.mark.parametrize("damage", ["missing", "empty", "incomplete", "other", "torn"])
def test_a_folder_without_results_is_refused_in_one_sentence(results, tmp_path, damage):
    folder = {"missing": tmp_path / "rien", "empty": tmp_path / "vide"}.get(damage, results)
    (tmp_path / "vide").mkdir()
    record = results / "code" / "run.json"
    if damage == "incomplete":
        record.unlink()
    if damage == "other":
        record.write_text(json.dumps({"command": "ingest"}), "utf-8")
    if damage == "torn":
        (results / "code" / "segments.parquet").write_bytes(b"PAR1")
    with pytest.raises(UsageError) as refused:
        save_study_report(folder, tmp_path / "r")
    said = str(refused.value)
    assert "innovsoc code" in said
    assert said.count("\n") == 0
    assert not (tmp_path / "r").exists()


def test_a_codebook_that_has_moved_can_be_named(results, tmp_path):
    moved = shutil.move(tmp_path / "mini.yaml", tmp_path / "ailleurs.yaml")
    with pytest.raises(UsageError, match="--codebook"):
        read_results(results)
    assert read_results(results, codebook=moved).codings.codebook["ville"].label == "Ville"


def test_a_codebook_that_has_changed_is_remarked_and_one_of_others_codes_refused(results, tmp_path):
    book = tmp_path / "mini.yaml"
    book.write_text(book.read_text("utf-8").replace("Un lieu bâti.", "Une ville."), "utf-8")
    assert any("a changé depuis le codage" in one for one in read_results(results).remarks)
    with pytest.raises(UsageError, match="n'a pas de code"):
        read_results(results, codebook="bissib")


def test_what_topics_and_lexicon_write_is_what_is_read(tmp_path):
    texts = {f"jardin {n}": GARDEN * 6 for n in range(6)} | {f"guichet {n}": OFFICE * 6 for n in range(6)}
    corpus = isa.corpus_from_texts(texts)
    corpus.documents["genre"] = ["talk"] * 6 + ["project"] * 6
    topics = isa.topics.fit(corpus, n_topics=2)
    topics.save(tmp_path)
    found = topics_summary(Part(tmp_path, {}))["topics"]
    assert [one["words"] for one in found] == topics.table["words"].tolist()
    assert [100 * one["share"] for one in found] == pytest.approx(topics.table["share"].tolist())
    quotes = [quote["quote"] for one in found for quote in one["quotes"]]
    assert quotes == topics.exemplars(2)["quote"].tolist()
    specific = isa.lexicometry.specificities(corpus, "genre")
    specific.save(tmp_path / "specificities.xlsx")
    classes = isa.lexicometry.reinert(corpus, 2)
    classes.save(tmp_path / "classes.xlsx")
    part = Part(tmp_path, {"outputs": {"specificities.xlsx": "", "classes.xlsx": ""}})
    vocabulary = lexicon_summary(part)
    assert vocabulary["kinds"] == ["specificities", "classes"]
    assert vocabulary["specific"][0]["by"] == "genre"
    parts = {one["label"]: [word["word"] for word in one["words"]] for one in vocabulary["specific"][0]["parts"]}
    assert set(parts) == {"paroles", "projets"}
    assert "jardin" in parts["paroles"]
    assert "guichet" in parts["projets"]
    assert [one["documents"] for one in vocabulary["classes"]] == [6, 6]


def test_numbers_of_parts_come_back_as_names(results):
    add_lexicon(results)
    found = lexicon_summary(read_results(results).parts["lexicon"])
    assert found["specific"] == [
        {
            "by": "année",
            "single": True,
            "parts": [
                {
                    "label": "2019",
                    "words": [
                        {"word": "jardin", "single": False, "index": 9.0},
                        {"word": "ville", "single": True, "index": 2.5},
                    ],
                },
                {"label": "2020", "words": [{"word": "enfant", "single": False, "index": 3.0}]},
            ],
        }
    ]


def test_a_study_shows_counts_only(study):
    assert repr(study) == "<Study : 7 codages de 4 documents, code>"
    assert TITLE not in repr(study)
