"""Which words are counted: parts of speech, stop words, fillers of speech, inclusive forms, bounds."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.counting.vocabulary import Vocabulary, content_tokens, count_words
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.tables import TOKENS
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import fit


def words_of(text, **choices):
    corpus = corpus_from_texts({"a": text, "b": text})
    return set(count_words(corpus, Vocabulary(max_share=1, **choices)).words)


def rows_of(*rows):
    columns = ["form", "lemma", "upos", "inclusive"]
    return TOKENS.conform(pd.DataFrame(rows, columns=columns).assign(doc_id="d", i=range(len(rows))))


@pytest.mark.parametrize(
    ("upos", "words"),
    [
        (("NOUN",), {"jardin", "légume"}),
        (("VERB",), {"nourrir"}),
        (("NOUN", "PROPN"), {"jardin", "légume", "namur"}),
        (("ADJ", "ADV"), {"frais", "rapidement"}),
    ],
)
def test_only_words_of_the_chosen_parts_of_speech_count(upos, words):
    tokens = rows_of(
        ("jardin", "jardin", "NOUN", False),
        ("nourrit", "nourrir", "VERB", False),
        ("rapidement", "rapidement", "ADV", False),
        ("Namur", "Namur", "PROPN", False),
        ("légumes", "légume", "NOUN", False),
        ("frais", "frais", "ADJ", False),
        ("dans", "dans", "ADP", False),
    )
    assert set(content_tokens(tokens, Vocabulary(upos=upos))["lemma"]) == words


def test_speech_without_content_holds_no_word():
    said = (
        "Euh, ben, du coup, en fait, on était genre vingt, tu vois, et bref, voilà quoi, hein. Genre elle arrive"
        " et là, hop, plus rien, pff. Enfin bon, en gros, franchement, tsé, d’accord, ok, nan, mouais, bah ouais."
        " Ce genre de truc, un machin, du genre, entre guillemets, quelque sorte de chose, grosso modo."
    )
    corpus = corpus_from_texts({"a": said})
    kept = content_tokens(corpus.tokens, Vocabulary(upos=("NOUN", "PROPN", "ADJ", "VERB", "ADV")))
    assert kept["lemma"].tolist() == []


def test_gender_and_agreements_are_words_while_fillers_of_the_same_form_are_not():
    tokens = corpus_from_texts(
        {"a": "L’égalité de genre et le genre ; un accord. Genre, d’accord. Ce genre de réunion ; des genres."}
    ).tokens
    lemmas = content_tokens(tokens)["lemma"].tolist()
    assert lemmas == ["égalité", "genre", "genre", "accord", "réunion", "genre"]


def test_a_filler_counts_where_it_is_kept():
    tokens = corpus_from_texts({"a": "Une approche genre."}).tokens
    assert content_tokens(tokens)["lemma"].tolist() == ["approche"]
    assert content_tokens(tokens, Vocabulary(keep=("genre",)))["lemma"].tolist() == ["approche", "genre"]


def test_stop_words_are_lemmas_in_any_case_and_can_be_taken_back():
    text = "Les personnes du jardin et un projet."
    assert words_of(text) == {"jardin", "projet"}
    assert words_of(text, stop_words=("Projet",)) == {"jardin"}
    assert words_of(text, keep=("personne",)) == {"jardin", "projet", "personne"}


def test_inclusive_forms_count_with_their_lemma_or_as_written():
    tokens = rows_of(
        ("habitant·es", "habitant", "NOUN", True),
        ("Habitant·es", "habitant", "NOUN", True),
        ("habitants", "habitant", "NOUN", False),
        ("citoyens et citoyennes", "citoyen", "NOUN", True),
        ("élu(e)s", "élu", "NOUN", True),
    )
    assert content_tokens(tokens)["lemma"].tolist() == ["habitant"] * 3 + ["citoyen", "élu"]
    kept = content_tokens(tokens, Vocabulary(inclusive="kept"))["lemma"].tolist()
    assert kept == ["habitant·es", "habitant·es", "habitant", "citoyens et citoyennes", "élu(e)s"]


def test_inclusive_forms_of_texts_are_counted_apart_only_if_asked():
    texts = {"a": "Les habitant·es et un habitant.", "b": "Des habitant·es, un habitant."}
    corpus = corpus_from_texts(texts)
    assert count_words(corpus).matrix.toarray().tolist() == [[2], [2]]
    kept = count_words(corpus, Vocabulary(inclusive="kept"))
    assert kept.words == ("habitant", "habitant·es")
    assert kept.matrix.toarray().tolist() == [[1, 1], [1, 1]]


def test_an_inclusive_stop_word_is_none_of_the_words():
    tokens = rows_of(("un(e)", "un", "DET", True), ("certain·es", "certain", "ADJ", True))
    assert content_tokens(tokens).empty
    assert content_tokens(tokens, Vocabulary(inclusive="kept")).empty


def test_choices_can_be_given_one_by_one_and_go_before_the_vocabulary():
    corpus = corpus_from_texts({"a": "Un jardin.\n\nUn puits.", "b": "Un puits.\n\nUn jardin.", "c": "Un banc."})
    apart = fit(corpus, n_topics=2, vocabulary=Vocabulary(unit="paragraph", stop_words=("banc",)), min_documents=1)
    assert apart.counts.words == ("jardin", "puits")
    assert len(apart.counts.units) == 5
    whole = fit(corpus, n_topics=2, vocabulary=Vocabulary(unit="paragraph"), unit="document", max_share=1)
    assert whole.counts.unit_ids == tuple(corpus.documents["doc_id"])


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"unit": "page"}, "Unité inconnue : « page » ; choisissez document, paragraph ou context."),
        ({"upos": ("NOUN", "DET")}, "Catégorie inconnue : « DET » ; choisissez parmi NOUN, PROPN, ADJ, VERB, ADV."),
        ({"upos": ()}, "Aucune catégorie de mots : choisissez parmi NOUN, PROPN, ADJ, VERB, ADV."),
        ({"upos": "NOUN"}, "upos est une liste de mots : « NOUN » est un seul texte."),
        ({"stop_words": "projet"}, "stop_words est une liste de mots : « projet » est un seul texte."),
        (
            {"inclusive": "gardées"},
            "Traitement inconnu des formes inclusives : « gardées » ; choisissez normalised ou kept.",
        ),
        ({"min_documents": 0}, "min_documents et context_words sont des entiers d'au moins 1."),
        ({"context_words": 0}, "min_documents et context_words sont des entiers d'au moins 1."),
        ({"max_share": 60}, "max_share est une part : un nombre plus grand que 0 et d'au plus 1."),
        ({"max_share": 0}, "max_share est une part : un nombre plus grand que 0 et d'au plus 1."),
        (
            {"min_df": 2},
            (
                "Option inconnue : « min_df » ; il y a n_topics, model, seed, unit, upos, min_documents, max_share,"
                " stop_words, keep, inclusive, terms, context_words."
            ),
        ),
    ],
)
def test_unknown_choices_are_refused_in_one_sentence(corpus, choices, sentence):
    with pytest.raises(UsageError) as raised:
        fit(corpus, n_topics=2, **choices)
    assert str(raised.value) == sentence


def test_bounds_count_documents(corpus):
    # in 3 documents of 10: the words of homes; in 4, those of gardens; in 2, those of energy
    assert "loyer" in count_words(corpus, Vocabulary(min_documents=3)).words
    assert "turbine" not in count_words(corpus, Vocabulary(min_documents=3)).words
    assert "compost" not in count_words(corpus, Vocabulary(max_share=0.3)).words
    assert "compost" in count_words(corpus, Vocabulary(max_share=0.4)).words


class Frames:
    """What counting asks of a corpus."""

    def __init__(self, tokens, texts):
        self.tokens, self.segments = tokens, pd.DataFrame()
        self.documents = pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())}).astype("str")


def test_counts_are_those_of_a_plain_loop_and_take_little_time():
    n_documents, length = 1000, 300
    rng = np.random.default_rng(3)
    names = np.array(["mot" + "".join("abcdefghij"[int(c)] for c in str(i)) for i in range(5000)])
    drawn = rng.zipf(1.3, n_documents * length) % len(names)
    doc_ids = [f"d{place:04}" for place in range(n_documents)]
    starts = np.tile(np.arange(length) * 6, n_documents)
    columns = {"doc_id": np.repeat(doc_ids, length), "i": starts // 6, "start": starts, "end": starts + 5}
    tokens = TOKENS.conform(pd.DataFrame(columns | {"form": names[drawn], "lemma": names[drawn], "upos": "NOUN"}))
    began = time.process_time()
    counts = count_words(Frames(tokens, dict.fromkeys(doc_ids, "x" * 1800)), Vocabulary(min_documents=5))
    # 0.4 s on one slow core; a loop over documents and words takes ten times as long
    assert time.process_time() - began < 4
    table = pd.crosstab(tokens["doc_id"], tokens["lemma"])
    present = (table > 0).sum()
    expected = table.loc[:, (present >= 5) & (present <= 600)]
    assert counts.words == tuple(expected.columns)
    assert (counts.matrix.toarray() == expected.to_numpy()).all()
