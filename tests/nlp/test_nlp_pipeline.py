"""The French pipeline: what is loaded, what it says of clear sentences, and that nothing depends on what came before."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from innovsoc_analysis.nlp import features
from innovsoc_analysis.nlp.pipeline import load
from innovsoc_analysis.nlp.shadow import shadow_forms

TEXTS = (
    "Les habitant·e·s ouvrent un jardin. Les voisines y cultivent des légumes.",
    "Celles et ceux d’ici votent-ils ?",
    "",
    "  ",
    "Le projet(s) de l’État.",
)
IMPORTS = """
import sys
from innovsoc_analysis.nlp.pipeline import load
load()("Un jardin ouvre.")
print([name for name in ("torch", "spacy.lang.fr", "spacy.lang.fr.tokenizer_exceptions") if name in sys.modules])
"""
READING = """
import sys
import spacy
doc = spacy.load(sys.argv[1])(sys.argv[2])
print([(t.text, t.lemma_, t.pos_, str(t.morph), bool(t.is_sent_start), t._.inclusive) for t in doc])
"""


def analysis(doc):
    return [(t.text, t.lemma_, t.pos_, str(t.morph), bool(t.is_sent_start), t._.inclusive) for t in doc]


def python(code, *arguments):
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_pipeline_is_loaded_once_and_only_with_what_is_needed():
    assert load() is load(parser=False) is load(genre="written", ner=False)
    assert {"tok2vec", "morphologizer", "senter"} <= set(load().pipe_names)
    assert not {"parser", "ner", "lemmatizer", "attribute_ruler"} & set(load().pipe_names)


def test_loading_imports_neither_torch_nor_the_rules_of_spacys_tokeniser():
    assert python(IMPORTS) == "[]"


@pytest.mark.parametrize(
    ("sentence", "parts", "lemmas"),
    [
        (
            "Les habitantes ouvrent un jardin.",
            "DET NOUN VERB DET NOUN PUNCT",
            "le habitant ouvrir un jardin .",
        ),
        (
            "La coopérative répond aux besoins de la commune.",
            "DET NOUN VERB ADP NOUN ADP DET NOUN PUNCT",
            "le coopérative répondre à besoin de le commune .",
        ),
        (
            "Nous avons construit une maison.",
            "PRON AUX VERB DET NOUN PUNCT",
            "nous avoir construire un maison .",
        ),
        (
            "Elle veut créer deux emplois locaux.",
            "PRON VERB VERB NUM NOUN ADJ PUNCT",
            "lui vouloir créer deux emploi local .",
        ),
        (
            "Les usagers co-construisent les services sociaux.",
            "DET NOUN VERB DET NOUN ADJ PUNCT",
            "le usager co-construire le service social .",
        ),
    ],
)
def test_clear_sentences_are_analysed(sentence, parts, lemmas):
    doc = load()(sentence)
    assert [token.lemma_ for token in doc] == lemmas.split()
    assert [token.pos_ for token in doc] == parts.split()


def test_gender_and_number_are_told():
    doc = load()("Les habitantes ouvrent un jardin.")
    assert doc[1].morph.to_dict() == {"Gender": "Fem", "Number": "Plur"}
    assert doc[4].morph.to_dict() == {"Gender": "Masc", "Number": "Sing"}
    assert doc[2].morph.get("Person") == ["3"]


def test_a_word_in_two_classes_has_the_lemma_of_each():
    noun = load()("La coopérative ouvre un atelier.")[1]
    adjective = load()("C’est une démarche très coopérative.")[5]
    assert (noun.pos_, noun.lemma_) == ("NOUN", "coopérative")
    assert (adjective.pos_, adjective.lemma_) == ("ADJ", "coopératif")


def test_sentences_are_found():
    doc = load()("Un jardin ouvre. Les voisins le cultivent ! Où vont les légumes ?")
    assert [sentence.text for sentence in doc.sents] == [
        "Un jardin ouvre.",
        "Les voisins le cultivent !",
        "Où vont les légumes ?",
    ]


@pytest.mark.parametrize("form", ["le", "de", "une", "nous"])
def test_stop_words_and_vectors_are_those_of_french(form):
    assert load()(form)[0].is_stop
    assert not load()("coopérative")[0].is_stop
    assert load().vocab["jardin"].has_vector
    assert load().vocab["jardin"].similarity(load().vocab["potager"]) > load().vocab["jardin"].similarity(
        load().vocab["loi"]
    )


@pytest.mark.parametrize(
    ("sentence", "place", "unit", "lemma", "number"),
    [
        ("Les habitant·e·s ouvrent un jardin.", 1, "habitant·e·s", "habitant", "Plur"),
        ("Les citoyen(ne)s votent.", 1, "citoyen(ne)s", "citoyen", "Plur"),
        ("Un·e habitant·e vient.", 1, "habitant·e", "habitant", "Sing"),
        ("Celles et ceux d’ici votent.", 0, "Celles et ceux", "celui", "Plur"),
        ("Les ÉTUDIANT·E·S votent.", 1, "ÉTUDIANT·E·S", "étudiant", "Plur"),
    ],
)
def test_an_inclusive_unit_is_one_token_with_both_genders(sentence, place, unit, lemma, number):
    token = load()(sentence)[place]
    assert (token.text, token.lemma_) == (unit, lemma)
    assert token.morph.get("Gender") == ["Fem", "Masc"]
    assert token.morph.get("Number") == [number]
    assert token._.inclusive["lemma"] == lemma
    assert token._.inclusive["number"] == number


def test_an_inclusive_unit_is_tagged_as_its_masculine():
    inclusive, masculine = load()("Les habitant·e·s ouvrent un jardin."), load()("Les habitants ouvrent un jardin.")
    assert [token.pos_ for token in inclusive] == [token.pos_ for token in masculine]
    assert [token.lemma_ for token in inclusive] == [token.lemma_ for token in masculine]


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=100)
def test_the_document_is_the_text(text):
    doc = load()(text)
    assert doc.text == text
    assert all(token.lemma_ and token.pos_ for token in doc)
    assert all((token.pos_ == "SPACE") == token.is_space for token in doc)


def test_white_space_is_space_with_itself_as_lemma():
    doc = load()("Un jardin\n\nouvre.")
    assert (doc[2].text, doc[2].pos_, doc[2].lemma_, str(doc[2].morph)) == ("\n\n", "SPACE", "\n\n", "")


def test_many_texts_at_once_are_analysed_as_one_by_one():
    assert [analysis(doc) for doc in load().pipe(TEXTS)] == [analysis(load()(text)) for text in TEXTS]


def test_what_was_analysed_before_changes_nothing():
    nlp = load()
    embedding = next(layer for layer in nlp.get_pipe("tok2vec").model.walk() if layer.name == "french_embed")
    docs = []
    for before in ((), ("Des voisines zblorfent.", "Un jardin."), TEXTS):
        embedding.attrs.clear()
        for text in before:
            nlp(text)
        docs.append(nlp("Les voisins ouvrent un jardin zblorf."))
    assert all(analysis(doc) == analysis(docs[0]) for doc in docs)
    assert all(np.allclose(doc.tensor, docs[0].tensor, atol=1e-4) for doc in docs)
    assert docs[0].tensor.any()


def test_forms_are_forgotten_when_there_are_too_many(monkeypatch):
    from innovsoc_analysis.nlp import features

    nlp = load()
    expected = analysis(nlp(TEXTS[0]))
    monkeypatch.setattr(features, "_CACHED_FORMS", 3)
    for number in range(5):
        nlp(f"Un zblorf{number} ouvre quatre jardins.")
        assert analysis(nlp(TEXTS[0])) == expected


def test_a_document_survives_a_round_trip():
    for text in TEXTS:
        doc = load()(text)
        assert analysis(Doc(Vocab()).from_bytes(doc.to_bytes())) == analysis(doc)


def test_a_saved_pipeline_analyses_alike_in_another_process(tmp_path):
    load().to_disk(tmp_path / "saved")
    assert python(READING, str(tmp_path / "saved"), TEXTS[0]) == str(analysis(load()(TEXTS[0])))


def test_a_saved_pipeline_does_not_hold_what_was_analysed(tmp_path):
    load()("Madame Zblorfine habite ici.")
    load().to_disk(tmp_path / "saved")
    written = b"".join(path.read_bytes() for path in (tmp_path / "saved").rglob("*") if path.is_file())
    assert b"Zblorfine" not in written


@pytest.mark.filterwarnings("error")
def test_parser_and_entities_of_the_stock_model_can_be_added():
    nlp = load(parser=True, ner=True)
    text = "Les habitant·e·s ouvrent un jardin à Paris. La mairie aide les voisines."
    doc = nlp(text)
    assert [token.text for token in doc if token.dep_ == "ROOT"] == ["ouvrent", "aide"]
    assert doc[1].dep_ == "nsubj"
    assert doc[1].head.text == "ouvrent"
    assert ("Paris", "LOC") in {(entity.text, entity.label_) for entity in doc.ents}
    assert analysis(doc) == analysis(load()(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "L'État aide l'école.",
        "Qu'a-t-il fait ?",
        "C'est-à-dire qu'on l'aide.",
        "Aujourd'hui, quelqu'un s'occupe du rendez-vous.",
    ],
)
def test_typography_changes_nothing(sentence):
    plain = [(t.lemma_, t.pos_, str(t.morph), t.idx) for t in load()(sentence)]
    for typographic in (sentence.replace("'", "’"), sentence.replace("-", "‑")):
        found = [
            (t.lemma_.replace("’", "'").replace("‑", "-"), t.pos_, str(t.morph), t.idx) for t in load()(typographic)
        ]
        assert found == plain


@pytest.mark.parametrize(
    "run", ["(", "l'", "a", "a-", "«", "1.", "-t-il", "é·e", "😀", "AÉ", "\n", " ", "\0", "‑", "--", "a(e)", "M. "]
)
def test_a_hostile_run_takes_no_time(run):
    text = (run * 20_000)[:20_000]
    started = time.perf_counter()
    assert load()(text).text == text
    assert time.perf_counter() - started < 20


def test_threads_share_the_pipeline_without_harm():
    words = ("jardin", "coopérative", "ouvrir", "habitantes", "changent", "vite", "la", "une", "pour", "avec")
    texts = [
        " ".join(f"{words[(n * k) % 10]} mot{n}x{k}" for k in range(1, 40)) + f" {words[n % 10]}." for n in range(60)
    ]
    alone = [analysis(load()(text)) for text in texts]
    features.forget(load().get_pipe("tok2vec").model.get_ref("embed"))
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda text: analysis(load()(text)), texts))
    assert together == alone
    assert [analysis(load()(text)) for text in texts] == alone


def test_a_pickled_pipeline_analyses_alike():
    copy = pickle.loads(pickle.dumps(load()))  # noqa: S301 - our own bytes
    assert analysis(copy(TEXTS[0])) == analysis(load()(TEXTS[0]))


def test_an_unknown_genre_is_refused():
    with pytest.raises(ValueError, match="oral"):
        load(genre="oral")


@pytest.mark.parametrize(
    "text",
    [
        "1. Organiser une fête dans le quartier.",
        "II. Les habitantes décident.",
        "Art. 3. Le conseil décide du budget.",
        "a) Les membres paient une cotisation.",
    ],
)
def test_a_number_belongs_to_the_sentence_that_it_numbers(text):
    assert len(list(load()(text).sents)) == 1


@pytest.mark.parametrize("sign", ["😀", "·", "→", "★★"])
def test_a_sign_is_no_word(sign):
    assert {token.pos_ for token in load()(f"Les voisines {sign} votent.")[2:3]} <= {"PUNCT", "SYM", "X"}


def test_accents_typed_apart_change_nothing():
    together = [(token.lemma_, token.pos_) for token in load()("Elle a été élue à la mairie.")]
    apart = [
        (token.lemma_, token.pos_) for token in load()(unicodedata.normalize("NFD", "Elle a été élue à la mairie."))
    ]
    assert apart == together


def test_what_users_keep_with_a_document_is_no_trouble():
    doc = load().make_doc("Un jardin.")
    doc.user_data[42] = 1
    assert shadow_forms(doc) == ["Un", "jardin", "."]


@pytest.mark.parametrize(
    ("sentence", "word", "lemma", "upos"),
    [
        ("Le CRISES étudie les coopératives.", "CRISES", "CRISES", "PROPN"),
        ("Elle travaille au CRISES depuis dix ans.", "CRISES", "CRISES", "PROPN"),
        ("DES CRISES ONT ÉCLATÉ.", "CRISES", "crise", "NOUN"),
        ("Les CRISES se suivent.", "CRISES", "crise", "NOUN"),
        ("Le PROCESSUS dure.", "PROCESSUS", "processus", "NOUN"),
        ("LE PRIX DU REPAS BAISSE.", "PRIX", "prix", "NOUN"),
        ("La CRISE du logement dure.", "CRISE", "crise", "NOUN"),
    ],
)
def test_a_plural_in_capitals_after_a_singular_determiner_is_an_acronym(sentence, word, lemma, upos):
    token = next(token for token in load()(sentence) if token.text == word)
    assert (token.lemma_, token.pos_) == (lemma, upos)
