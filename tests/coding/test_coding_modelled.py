"""What a trained model codes: rows with evidence in their sentence, what is sure, what is to re-read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest

from innovsoc_analysis.coding import units
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.coding.learning.calibration import Thresholds
from innovsoc_analysis.coding.modelled import ModelCoder
from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.tables import CODINGS
from innovsoc_analysis.study.corpus import corpus_from_texts

TEXTS = {
    "a": "Les jeunes manquent de tout. Le potager grandit derrière la gare. Une subvention paie le loyer.",
    "b": "Les voisins cousent ensemble dans un atelier. Les aînés restent sans visite, sans bus.\n\nIl pleut.",
    "c": "…",
    "d": "La licorne dort.",
}


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts(TEXTS, genre="project")


@pytest.fixture(scope="module")
def spread(mini_book, mini_model, corpus):
    """Return the model with thresholds that part these texts: half to leave, a twelfth sure."""
    documents = list(units_of(corpus, "phrase"))
    found = {}
    for use in ("combined", "learned"):
        likely = ModelCoder(mini_book, mini_model, use=use).probabilities(documents)
        found[use] = Thresholds(*(np.full(5, np.quantile(likely, share)) for share in (0.5, 0.75, 0.92)))
    return replace(mini_model, **found)


@pytest.fixture(scope="module", params=["combined", "learned"])
def coder(request, mini_book, spread):
    return ModelCoder(mini_book, spread, use=request.param)


@pytest.fixture(scope="module")
def coded(coder, corpus):
    return coder.code(corpus)


def keys(table):
    return set(zip(table["segment_id"], table["code"], strict=True))


def test_codes_from_the_cut_on_are_given_and_those_not_sure_queued(coder, coded, corpus):
    documents = list(units_of(corpus, "phrase"))
    units = [unit for units in documents for unit in units]
    low, cut, sure = (values[0] for values in coder.thresholds)
    given, doubtful = set(), set()
    for unit, row in zip(units, coder.probabilities(documents), strict=True):
        for code, likely in zip(coder.model.codes, row, strict=True):
            if likely >= cut:
                given.add((unit.segment_id, code))
            if low <= likely < sure:
                doubtful.add((unit.segment_id, code))
    table, queue = coded
    assert keys(table) == given
    assert keys(queue) == doubtful
    # all four kinds occur, so that nothing above holds by emptiness
    assert given - doubtful
    assert given & doubtful
    assert doubtful - given


def test_status_and_score_follow_the_probability(coder, coded, corpus):
    documents = list(units_of(corpus, "phrase"))
    segments = [unit.segment_id for units in documents for unit in units]
    likely = coder.probabilities(documents)
    table, queue = coded
    for row in pd.concat([table, queue]).itertuples():
        expected = float(likely[segments.index(row.segment_id), coder.model.codes.index(row.code)])
        assert row.score == pytest.approx(expected, abs=1e-4)
        assert row.status == ("sure" if expected >= coder.thresholds.sure[0] else "reread")
    assert set(queue["status"]) == {"reread"}


def test_evidence_is_the_text_at_its_places_within_the_sentence(coded, corpus):
    texts = corpus.documents.set_index("doc_id")["text"]
    segments = corpus.sentences.set_index("segment_id")
    for row in pd.concat(coded).itertuples():
        assert (row.start, row.end) == tuple(segments.loc[row.segment_id, ["start", "end"]])
        spans = [tuple(map(int, span.split("-"))) for span in row.evidence_spans.split()]
        assert spans
        assert all(row.start <= start < end <= row.end for start, end in spans)
        assert row.evidence == " | ".join(texts[row.doc_id][start:end] for start, end in spans)
        assert len(row.rule.split(" | ")) == len(spans)


def test_each_row_names_what_gave_it(coder, coded, mini_book, spread):
    rows = pd.concat(coded)
    assert set(rows["coder"]) == {coder.use}
    assert set(rows["codebook"]) == {mini_book.reference}
    learned = rows[rows["origin"] == "model"]
    assert len(learned)
    assert (learned["rule"] == learned["code"] + f"/modele:{spread.reference}").all()
    ruled = rows[rows["origin"] == "rules"]
    assert len(learned) + len(ruled) == len(rows)
    by_rules = {(row.code, row.rule, row.evidence) for row in ruled.itertuples()}
    if coder.use == "learned":
        assert by_rules == set()
    else:
        assert ("besoin", "besoin/lemme:manquer", "manquent") in by_rules
        assert ("argent", "argent/lemme:subvention", "subvention") in by_rules
        assert ("besoin", "besoin/motif:sans", "restent sans") in by_rules


def test_rows_have_the_schema_the_order_of_the_text_and_names_of_their_own(coded):
    for table in coded:
        assert table.columns.tolist() == list(CODINGS.columns)
        assert table["coding_id"].is_unique
        for _, rows in table.groupby("doc_id"):
            assert rows["start"].is_monotonic_increasing
    table, queue = coded
    shared = set(table["coding_id"]) & set(queue["coding_id"])
    assert len(shared) == len(keys(table) & keys(queue))


def test_the_same_code_has_another_name_for_another_coder(mini_book, spread, corpus):
    tables = [ModelCoder(mini_book, spread, use=use).code(corpus)[0] for use in ("combined", "learned")]
    assert keys(tables[0]) & keys(tables[1])
    assert not set(tables[0]["coding_id"]) & set(tables[1]["coding_id"])


def test_coding_document_by_document_or_all_at_once_gives_the_same_tables(coder, coded, corpus, monkeypatch):
    monkeypatch.setattr(units, "_UNITS_AT_ONCE", 1)
    for before, after in zip(coded, coder.code(corpus), strict=True):
        pd.testing.assert_frame_equal(before, after)


def test_progress_ends_with_all_documents(coder, corpus):
    told = []
    coder.code(corpus, progress=lambda *step: told.append(step))
    assert told[-1] == ("codage", 4, 4)
    assert {total for _, _, total in told} == {4}


def test_nothing_to_code_gives_empty_tables(coder):
    for corpus in (corpus_from_texts({}), corpus_from_texts({"a": ""})):
        for table in coder.code(corpus):
            assert len(table) == 0
            assert table.columns.tolist() == list(CODINGS.columns)


@pytest.mark.parametrize(("unit", "kinds"), [("paragraphe", {"paragraph"}), ("tour", {"paragraph"})])
def test_the_codebook_says_which_segments_are_coded(mini_book, spread, corpus, unit, kinds):
    table, _ = ModelCoder(mini_book.model_copy(update={"unit": unit}), spread).code(corpus)
    assert {segment.split(":")[1] for segment in table["segment_id"]} == kinds


def test_a_model_for_other_codes_is_refused(mini_book, mini_model):
    codes = list(mini_book.codes)
    for others in (codes[:-1], [*codes[:-1], codes[-1].model_copy(update={"id": "autre"})]):
        fields = {"nom": "voisin", "version": "1", "codes": [one.model_dump(by_alias=True) for one in others]}
        with pytest.raises(UsageError) as caught:
            ModelCoder(Codebook.model_validate(fields), mini_model)
        assert str(caught.value) == (
            "Le modèle a appris les codes d'un autre livre que « voisin » ; "
            "entraînez-en un avec « innovsoc train », ou codez par règles (--coder rules)."
        )


@pytest.fixture(scope="module")
def queued(mini_book):
    """Return codings by hand: of five codes in doubt, two are given."""
    corpus = corpus_from_texts({"a": "Un. Deux. Trois. Quatre."}, genre="project")
    rows = []
    for number, (score, given) in enumerate([(0.2, False), (0.45, True), (0.9, True), (0.53, False), (0.56, False)]):
        segment = corpus.sentences.iloc[min(number, 3)]
        place = {"doc_id": segment["doc_id"], "segment_id": segment["segment_id"]}
        place |= {"start": segment["start"], "end": segment["end"], "evidence_spans": ""}
        status = {"score": score, "status": "sure" if number == 2 else "reread", "given": given}
        rows.append({"coding_id": f"c{number}", "code": "lieu", "coder": "combined", **place, **status})
    table = pd.DataFrame(rows)
    given = CODINGS.conform(table[table["given"]].drop(columns="given"))
    queue = CODINGS.conform(table[table["status"] == "reread"].drop(columns="given"))
    return Codings(given, corpus, mini_book, queue)


def test_the_most_doubtful_come_first_and_what_was_given_is_said(queued):
    table = queued.to_reread()
    assert table["coding_id"].tolist() == ["c3", "c1", "c4", "c0"]
    assert table["given"].tolist() == [False, True, False, False]
    assert table["quote"].tolist() == ["Quatre.", "Deux.", "Quatre.", "Un."]
    assert set(table["path"]) == {"Comment > Deux > Lieu"}
    assert table.columns.drop("given").tolist() == queued.verbatims().columns.tolist()


def test_rules_alone_leave_nothing_to_reread(queued):
    alone = replace(queued, queue=None)
    assert len(alone.to_reread()) == 0
    assert "given" in alone.to_reread().columns


def test_people_are_told_how_it_was_coded(queued):
    assert queued.method == "codage automatique par règles et apprentissage"
    learned = replace(queued, table=queued.table.assign(coder="learned"))
    assert learned.method == "codage appris"
    ruled = replace(queued, table=queued.table.assign(coder="rules"), queue=None)
    assert ruled.method == "codage automatique par règles"
    assert replace(ruled, table=queued.table.assign(coder="Ana")).method == "codage"


def test_the_queue_is_written_in_french_with_the_codings(queued, tmp_path):
    names = [path.name for path in queued.save(tmp_path, locale="fr")]
    assert names == ["codings.parquet", "codings.csv", "codings.xlsx", "to_reread.csv"]
    lines = (tmp_path / "to_reread.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("codé;source;ligne;titre;genre;famille;chemin;code;libellé;verbatim;indices;")
    assert [line.partition(";")[0] for line in lines[1:]] == ["non", "oui", "non", "non"]
    assert all(";à relire;" in line for line in lines[1:])
    sheet = openpyxl.load_workbook(tmp_path / "codings.xlsx")["À relire"]
    assert [row[0].value for row in sheet.iter_rows()] == ["codé", "non", "oui", "non", "non"]


def test_without_a_queue_no_file_of_it_is_written(queued, tmp_path):
    alone = replace(queued, queue=None)
    assert len(alone.save(tmp_path)) == 3
    assert not (tmp_path / "to_reread.csv").exists()
    assert "À relire" not in openpyxl.load_workbook(tmp_path / "codings.xlsx").sheetnames


def test_what_only_the_learner_sees_in_a_title_is_never_sure(coder):
    corpus = corpus_from_texts({"note": "Les bénévoles sont seuls.\n\nDes bénévoles seuls\n"})
    said, title = corpus.sentences["segment_id"]
    certain = replace(coder.model, combined=_always_sure(coder), learned=_always_sure(coder))
    table, queue = ModelCoder(coder.codebook, certain, use=coder.use).code(corpus)
    assert set(table["origin"]) == {"model"}
    assert set(table.loc[table["segment_id"] == said, "status"]) == {"sure"}
    assert set(table.loc[table["segment_id"] == title, "status"]) == {"reread"}
    assert set(queue["segment_id"]) == {title}


def _always_sure(coder: ModelCoder) -> Thresholds:
    nothing = np.zeros(len(coder.model.codes))
    return Thresholds(nothing, nothing, nothing)
