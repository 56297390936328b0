"""Every coding of the texts that come with the project names its rule and words that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.coder import find_model
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.coding.gold import Gold, load_gold
from innovsoc_analysis.coding.modelled import ModelCoder
from innovsoc_analysis.coding.rules import SEPARATOR
from innovsoc_analysis.study.corpus import read_corpus

CORPUS = Path(__file__).parents[2] / "corpus"
FEWEST = {"corpus": (1000, 200), "gold": (120, 50)}  # codings and queued ones, so that the tests look at something
BOOK = load_codebook("bissib")
REFERENCE = BOOK.reference
RULE = re.compile(r"(?P<code>[\w.]+)/(?P<kind>lemme|expression|motif|modele):(?P<name>.+)")
NAMED = {
    one.id: {
        "lemme": set(one.indicators.lemmas),
        "expression": set(one.indicators.expressions),
        "motif": {motif.id for motif in one.motifs},
    }
    for one in BOOK.codes
}


def some_gold():
    """Return every eighth passage of the test part: about 190 sentences."""
    return Gold(load_gold(CORPUS / "gold" / "test.gold.jsonl").passages[::8])


@pytest.fixture(scope="module")
def all_codings():
    """Return the codings of all texts as shipped, and of some gold passages, by the usual coder, built once."""
    coder = ModelCoder(BOOK, find_model(BOOK))
    corpora = {"corpus": read_corpus(CORPUS), "gold": some_gold().corpus}
    found = {}
    for name, corpus in corpora.items():
        table, queue = coder.code(corpus)
        found[name] = Codings(table, corpus, BOOK, queue)
    return found


@pytest.fixture(params=["corpus", "gold"])
def codings(request, all_codings):
    found = all_codings[request.param]
    coded, queued = FEWEST[request.param]
    assert len(found.table) > coded
    assert len(found.queue) > queued
    return found


@pytest.fixture(params=["table", "queue"])
def rows(request, codings):
    """Return the rows of the codings or of the queue, each with the text of its document."""
    texts = codings.corpus.documents.set_index("doc_id")["text"].to_dict()
    table = codings.table if request.param == "table" else codings.queue
    return [(row, texts[row.doc_id]) for row in table.itertuples()]


def spans_of(row):
    return [tuple(map(int, span.split("-"))) for span in row.evidence_spans.split()]


def wrong(rows, is_right):
    """Return the identifiers of the rows that are not right."""
    return [row.coding_id for row, text in rows if not is_right(row, text)]


def test_the_place_of_a_coding_is_its_segment(rows, codings):
    segments = codings.corpus.segments.set_index("segment_id")[["doc_id", "start", "end", "unit"]]
    places = {one.Index: (one.doc_id, one.start, one.end, one.unit) for one in segments.itertuples()}
    assert wrong(rows, lambda row, _: places.get(row.segment_id) == (row.doc_id, row.start, row.end, "sentence")) == []
    assert wrong(rows, lambda row, text: 0 <= row.start < row.end <= len(text)) == []
    assert wrong(rows, lambda row, text: text[row.start : row.end].strip()) == []


def test_every_piece_of_evidence_lies_in_the_segment(rows):
    def inside(row, _):
        spans = spans_of(row)
        return bool(spans) and all(row.start <= left < right <= row.end for left, right in spans)

    assert wrong(rows, inside) == []


def test_evidence_is_the_words_at_its_places(rows):
    def quoted(row, text):
        return row.evidence == SEPARATOR.join(text[left:right] for left, right in spans_of(row))

    assert wrong(rows, quoted) == []
    assert wrong(rows, lambda row, _: row.evidence.strip()) == []


def test_evidence_is_made_of_whole_words(rows):
    def cuts(text, place):
        return text[max(place - 1, 0) : place + 1].isalpha() and 0 < place < len(text)

    def whole(row, text):
        return not any(cuts(text, place) for span in spans_of(row) for place in span)

    assert wrong(rows, whole) == []


def test_every_rule_is_in_the_codebook_or_names_the_model(rows):
    def known(row, _):
        rules = [RULE.fullmatch(rule) for rule in row.rule.split(SEPARATOR)]
        if not all(rules) or {rule["code"] for rule in rules} != {row.code}:
            return False
        if row.origin == "model":
            return len(rules) == 1 and rules[0]["kind"] == "modele" and rules[0]["name"].startswith("bissib-")
        return all(rule["name"] in NAMED[row.code].get(rule["kind"], ()) for rule in rules)

    assert wrong(rows, known) == []


def test_there_is_one_rule_for_each_piece_of_evidence_and_none_twice_on_the_same_words(rows):
    def paired(row, _):
        spans = spans_of(row)
        return len(row.rule.split(SEPARATOR)) == len(spans) == len(set(spans))

    assert wrong(rows, paired) == []


def test_codes_scores_and_statuses_are_what_they_may_be(rows):
    assert wrong(rows, lambda row, _: row.code in NAMED and row.codebook == REFERENCE) == []
    assert wrong(rows, lambda row, _: row.coder == "combined" and row.origin in {"rules", "model"}) == []
    assert wrong(rows, lambda row, _: 0 < row.score <= 1 and row.status in {"sure", "reread"}) == []


def test_a_segment_has_a_code_once_and_rows_are_in_the_order_of_the_text(codings):
    order = {doc_id: number for number, doc_id in enumerate(codings.corpus.documents["doc_id"])}
    for table in (codings.table, codings.queue):
        assert table["coding_id"].is_unique
        assert not table.duplicated(["segment_id", "code"]).any()
        places = [(order[row.doc_id], row.start, BOOK.code_ids.index(row.code)) for row in table.itertuples()]
        assert places == sorted(places)


def test_the_queue_holds_just_what_is_not_sure(codings):
    assert set(codings.queue["status"]) == {"reread"}
    given = codings.table.set_index("coding_id")
    unsure = set(given.index[given["status"] == "reread"])
    assert unsure <= set(codings.queue["coding_id"])
    assert not set(given.index[given["status"] == "sure"]) & set(codings.queue["coding_id"])
