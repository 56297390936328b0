"""Documents, paragraphs and context units: where they are cut, and what topics say of them."""

from __future__ import annotations

import numpy as np
import openpyxl
import pytest

from innovsoc_analysis.counting.units import make_units, unit_rows
from innovsoc_analysis.counting.vocabulary import Vocabulary, content_tokens, count_words
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import fit

TALK = (
    "Nadia : Qui tient l'atelier ? Qui paie le local ?\n\n"
    "Omar : Des voisins tiennent l'atelier. Une commune paie le local. Une banque prête la machine.\n\n"
    "Nadia : Et après ?\n\n"
    "Omar : Une école reprend la machine. Un club reprend le local."
)
# content words by sentence: 3, 3, 3, 3, 1
GARDEN = (
    "Un jardin nourrit la cantine. Un puits arrose le jardin. Une serre abrite les semis."
    " Un abri protège les outils. Un banc."
)
GARDENS = "Un jardin partagé, un compost, des semences et des légumes."
HOMES = "Un immeuble, un logement, un locataire et un loyer social."


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts({"entretien": TALK, "vide": "", "jardin": GARDEN})


@pytest.fixture(scope="module")
def wordings(corpus):
    texts = corpus.documents.set_index("doc_id")["text"]
    words = content_tokens(corpus.tokens)

    def of(unit, **options):
        units = make_units(corpus, unit, words=words, **options)
        return [texts[row.doc_id][row.start : row.end] for row in units.itertuples()]

    return of


def test_a_document_is_its_own_unit(corpus):
    units = make_units(corpus)
    assert units["unit_id"].tolist() == units["doc_id"].tolist() == corpus.documents["doc_id"].tolist()
    assert units[["start", "end"]].to_numpy().tolist() == [[0, len(TALK)], [0, 0], [0, len(GARDEN)]]


def test_paragraphs_are_without_speakers_names_and_an_empty_document_is_one_empty_unit(corpus, wordings):
    units = make_units(corpus, "paragraph")
    assert units["speaker"].fillna("").tolist() == ["Nadia", "Omar", "Nadia", "Omar", "", ""]
    assert wordings("paragraph")[2:] == [
        "Et après ?",
        "Une école reprend la machine. Un club reprend le local.",
        "",
        GARDEN,
    ]
    empty = units.iloc[4]
    assert empty["unit_id"] == f"{empty['doc_id']}:paragraph:0-0"


def test_sentences_are_gathered_until_they_hold_enough_content_words(wordings):
    # two sentences make six words; the last three hold 3 + 3 + 1, and the one word left joins the six before
    assert wordings("context", context_words=6)[-2:] == [
        "Un jardin nourrit la cantine. Un puits arrose le jardin.",
        "Une serre abrite les semis. Un abri protège les outils. Un banc.",
    ]


@pytest.mark.parametrize(("fewest", "n_units"), [(1, 5), (3, 4), (7, 1), (13, 1), (99, 1)])
def test_no_context_unit_of_a_document_is_too_short_but_a_document_that_is(fewest, n_units):
    # 7: the first three sentences hold nine words, the other two four
    corpus = corpus_from_texts({"jardin": GARDEN})
    units = make_units(corpus, "context", words=content_tokens(corpus.tokens), context_words=fewest)
    assert len(units) == n_units
    assert units["start"].min() == 0
    assert units["end"].max() == len(GARDEN)


def test_a_context_unit_holds_one_turn_at_most(corpus, wordings):
    units = make_units(corpus, "context", words=content_tokens(corpus.tokens), context_words=40)
    assert units["speaker"].fillna("").tolist() == ["Nadia", "Omar", "Nadia", "Omar", "", ""]
    assert wordings("context", context_words=40)[:4] == wordings("paragraph")[:4]


def test_paragraphs_without_speakers_are_gathered_across(wordings):
    text = "Un jardin nourrit la cantine.\n\nUn puits arrose le jardin."
    corpus = corpus_from_texts({"a": text})
    assert len(make_units(corpus, "paragraph")) == 2
    units = make_units(corpus, "context", words=content_tokens(corpus.tokens), context_words=4)
    assert units[["start", "end"]].to_numpy().tolist() == [[0, len(text)]]


def test_every_token_and_sentence_is_in_its_unit(corpus):
    for unit in ("document", "paragraph", "context"):
        units = make_units(corpus, unit, words=content_tokens(corpus.tokens), context_words=5)
        for places in (corpus.tokens, corpus.sentences):
            around = units.iloc[unit_rows(units, places)].reset_index(drop=True)
            assert (around["doc_id"] == places["doc_id"]).all()
            assert ((around["start"] <= places["start"]) & (places["end"] <= around["end"])).all()


def test_words_are_counted_in_their_units():
    corpus = corpus_from_texts(
        {"a": "Le jardin.\n\nUn puits, un autre puits.\n\nEuh, oui.", "b": "Le puits du jardin."}
    )
    counts = count_words(corpus, Vocabulary(unit="paragraph", max_share=1))
    assert counts.words == ("jardin", "puits")
    assert counts.matrix.toarray().tolist() == [[1, 0], [0, 2], [0, 0], [1, 1]]
    assert counts.unit_ids == tuple(counts.units["unit_id"])
    assert counts.doc_ids == tuple(corpus.documents["doc_id"])


def test_means_by_document_weigh_units_by_their_words():
    corpus = corpus_from_texts(
        {"a": "Le jardin.\n\nUn puits, un autre puits.", "b": "Le puits du jardin.", "c": "Oui."}
    )
    counts = count_words(corpus, Vocabulary(unit="paragraph", max_share=1))
    shares = np.array([[1, 0], [0, 1], [0.5, 0.5], [0, 0]])
    # one word of the first paragraph, two of the second
    assert counts.by_document(shares) == pytest.approx(np.array([[1 / 3, 2 / 3], [0.5, 0.5], [0, 0]]))


@pytest.fixture(scope="module")
def mixed():
    # « c » speaks twice as much of homes as of gardens
    texts = {
        "a": f"{GARDENS}\n\n{GARDENS}",
        "b": f"{HOMES}\n\n{HOMES}",
        "c": f"{GARDENS}\n\n{HOMES}\n\n{HOMES}\n\nEuh, oui.",
    }
    return corpus_from_texts(texts, genre="talk")


def test_topics_of_paragraphs_give_shares_by_paragraph_and_by_document(mixed):
    topics = fit(mixed, n_topics=2, unit="paragraph")
    home = next(topic for topic, words in topics.top_words().items() if "loyer" in words)
    assert topics.shares[home].tolist() == pytest.approx([0, 0, 1, 1, 0, 1, 1, 0], abs=1e-9)
    assert topics.shares.index.tolist() == list(topics.counts.unit_ids)
    # five words counted in each paragraph, and none in the last of « c »
    assert topics.document_shares[home].tolist() == pytest.approx([0, 1, 2 / 3])
    assert topics.by("genre").loc[home, "talk"] == pytest.approx(100 * (5 / 3) / 3)
    assert topics.table.set_index("topic").loc[home, "share"] == pytest.approx(100 * (5 / 3) / 3)
    assert home == 1
    assert topics.n_without_words == 0


def test_a_verbatim_scores_by_the_share_of_its_paragraph(mixed):
    exemplars = fit(mixed, n_topics=2, unit="paragraph").exemplars(5)
    scored = {(row.title, row.quote): row.score for row in exemplars.itertuples()}
    # five words of weight 1/5; « c » is of one topic wholly in each paragraph
    assert set(scored) == {("a", GARDENS), ("b", HOMES), ("c", GARDENS), ("c", HOMES)}
    assert list(scored.values()) == pytest.approx([1 / 5] * 4)


def test_one_document_can_be_cut_and_quoted_more_than_once():
    corpus = corpus_from_texts({"seul": f"{GARDENS}\n\n{HOMES}\n\n{GARDENS}\n\n{HOMES}"})
    topics = fit(corpus, n_topics=2, unit="paragraph")
    assert sorted(words[0] for words in topics.top_words().values()) == ["compost", "immeuble"]
    assert topics.exemplars(5)["quote"].value_counts().to_dict() == {GARDENS: 2, HOMES: 2}


def test_a_word_of_one_document_is_rare_however_often_it_is_repeated():
    corpus = corpus_from_texts({"a": "Un puits.\n\nUn puits et un jardin.\n\nUn puits.", "b": "Un jardin.\n\nUn banc."})
    assert count_words(corpus, Vocabulary(unit="paragraph")).words == ("jardin",)


def test_a_word_of_every_document_stays_if_few_paragraphs_hold_it():
    # « jardin » is in both documents but in 2 paragraphs of 6, « banc » in 4 of 6
    texts = {
        "a": "Un jardin.\n\nUn banc.\n\nUn autre banc.",
        "b": "Un jardin.\n\nUn banc.\n\nUn autre banc.",
    }
    corpus = corpus_from_texts(texts)
    assert count_words(corpus, Vocabulary(unit="paragraph", max_share=0.5)).words == ("jardin",)


def test_workbook_and_figure_tell_the_unit(mixed, tmp_path):
    topics = fit(mixed, n_topics=2, unit="paragraph")
    topics.save(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "topics.xlsx")
    assert book.sheetnames[-2:] == ["Par document (%)", "Par paragraphe (%)"]
    header, *rows = book["Par paragraphe (%)"].iter_rows(values_only=True)
    assert header == ("source", "titre", "locuteur·rice", "verbatim", "thème 1 (%)", "thème 2 (%)")
    assert len(rows) == 8
    assert rows[0][:4] == ("a", "a", None, GARDENS)
    assert rows[0][4:] == pytest.approx((0, 100))
    assert rows[-1][3:] == ("Euh, oui.", 0, 0)
    caption = topics.plot().ravel()[0].figure.get_supxlabel()
    assert caption == "3 documents, 8 paragraphes, 10 lemmes, modèle NMF, graine 0"


def test_the_same_text_and_seed_give_the_same_context_units(mixed, tmp_path):
    for folder in ("first", "again"):
        fit(mixed, n_topics=2, unit="context", context_words=5).save(tmp_path / folder)
    for name in ("topics.csv", "topics.xlsx"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
