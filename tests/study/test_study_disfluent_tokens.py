"""Tokens say what is disfluent, in transcripts only, and which of them are inclusive units."""

from __future__ import annotations

from innovsoc_analysis.ingest.registry import Reading, reader_for
from innovsoc_analysis.model.documents import Place
from innovsoc_analysis.model.tables import TOKENS
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.study.segmenting import Placed, segment_documents
from innovsoc_analysis.text.cleaning import clean

SAID = "Euh, on on a ouvert une inno- une innovation, hein."
SUBTITLES = """1
00:00:01,000 --> 00:00:03,000
Alors euh, on a ouvert de de petits jardins.
"""
MARKED = [
    ("Euh", "filled_pause"),
    ("on", "repetition"),
    ("une", "false_start"),
    ("inno", "false_start"),
    ("-", "false_start"),
    ("hein", "discourse_marker"),
]


def marked(tokens):
    """Return the disfluent tokens with their kinds."""
    found = tokens[tokens["disfluency"].notna()]
    return list(zip(found["form"], found["disfluency"], strict=True))


def tokens_of(text, places=()):
    return segment_documents([Placed("d0", clean(text), places)])[1]


def test_a_transcript_with_speakers_has_its_disfluencies_marked():
    corpus = corpus_from_texts({"a": f"Ana : {SAID}\nLuc : Et après ?\nAna : Rien."})
    assert marked(corpus.tokens) == MARKED


def test_so_has_one_that_only_has_times():
    assert marked(tokens_of(SAID, (Place(0, len(SAID), t_start=0.0, t_end=2.0),))) == MARKED
    (raw,) = reader_for("a.srt").read(SUBTITLES.encode(), Reading(DEFAULT_LIMITS, None))
    assert marked(tokens_of(raw.text, raw.places)) == [("euh", "filled_pause"), ("de", "repetition")]


def test_the_earlier_of_two_copies_is_the_one_that_is_marked():
    tokens = corpus_from_texts({"a": "Ana : On on ouvre.\nLuc : Oui.\nAna : Bon."}).tokens
    assert tokens["disfluency"][:2].fillna("").tolist() == ["repetition", ""]
    assert tokens["form"][:2].tolist() == ["On", "on"]


def test_a_written_text_has_none_whatever_it_says():
    assert marked(corpus_from_texts({"a": SAID}).tokens) == []
    assert marked(tokens_of(SAID, (Place(0, len(SAID), page=1),))) == []


def test_what_one_document_says_does_not_mark_another():
    corpus = corpus_from_texts({"a": SAID, "b": f"Ana : {SAID}\nLuc : Oui ?\nAna : Oui.", "c": SAID})
    by_document = [marked(corpus.tokens[corpus.tokens["doc_id"] == doc_id]) for doc_id in corpus.documents["doc_id"]]
    assert by_document == [[], MARKED, []]


def test_a_repetition_across_two_turns_is_none():
    tokens = corpus_from_texts({"a": "Ana : On ouvre un\nLuc : un jardin ?\nAna : un potager."}).tokens
    assert marked(tokens) == []


def test_places_of_disfluent_tokens_are_those_of_the_text():
    corpus = corpus_from_texts({"a": f"Ana : {SAID}\nLuc : Oui ?\nAna : Oui."})
    text = corpus.documents["text"][0]
    found = corpus.tokens[corpus.tokens["disfluency"] == "false_start"]
    assert text[found["start"].min() : found["end"].max()] == "une inno-"


def test_inclusive_units_are_told_with_their_kind_and_other_tokens_are_not():
    tokens = corpus_from_texts({"a": "Les habitant·e·s, les citoyen(ne)s, celles et ceux d’ici."}).tokens
    units = tokens[tokens["inclusive"]]
    assert list(zip(units["form"], units["lemma"], units["inclusive_kind"], strict=True)) == [
        ("habitant·e·s", "habitant", "median_point"),
        ("citoyen(ne)s", "citoyen", "parentheses"),
        ("celles et ceux", "celui", "doublet"),
    ]
    others = tokens[~tokens["inclusive"]]
    assert len(others) == 7
    assert others["inclusive_kind"].isna().all()
    assert tokens["inclusive"].notna().all()


def test_inclusive_units_are_told_in_transcripts_too():
    corpus = corpus_from_texts({"a": "Ana : Euh, les habitant·e·s.\nLuc : Oui ?\nAna : Oui."})
    first = corpus.tokens[corpus.tokens["form"].isin(["Euh", "habitant·e·s"])]
    assert first["inclusive_kind"].fillna("").tolist() == ["", "median_point"]
    assert first["disfluency"].fillna("").tolist() == ["filled_pause", ""]


def test_the_table_has_the_columns_of_its_schema_even_when_empty():
    tokens = corpus_from_texts({"a": ""}).tokens
    assert list(tokens.columns) == list(TOKENS.columns)
    assert len(tokens) == 0
    assert str(tokens["inclusive"].dtype) == "boolean"
