"""Terms of several words: found, merged, learned."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.model.tables import TOKENS
from innovsoc_analysis.nlp.term_learning import learn_terms
from innovsoc_analysis.nlp.terms import Term, field_terms, find_terms, merge_terms
from innovsoc_analysis.study.corpus import corpus_from_texts


def tokens_of(*documents):
    """Tokens of documents written as « form/lemma/UPOS »; a form that ends with an apostrophe takes no space after."""
    rows = []
    for number, document in enumerate(documents):
        position = 0
        for i, word in enumerate(document.split()):
            form, lemma, upos, *rest = word.split("/")
            row = {"form": form, "lemma": lemma, "upos": upos, "morph": rest[0] if rest else ""}
            rows.append({"doc_id": f"d{number}", "i": i, "start": position, "end": position + len(form), **row})
            position += len(form) + (form[-1] not in "'’")
    return TOKENS.conform(rows)


def listed(found):
    return [(row.term, row.form) for row in found.itertuples()]


def written(text, terms=None):
    """What is found in a text that goes through the whole pipeline."""
    corpus = corpus_from_texts({"a": text})
    found = find_terms(corpus.tokens, terms, segments=corpus.segments)
    clean = corpus.documents["text"].iloc[0]
    assert [clean[row.start : row.end] for row in found.itertuples()] == found["form"].tolist()
    return listed(found)


SOCIAL_ECONOMY = "économie/économie/NOUN sociale/social/ADJ"


# --- finding -----------------------------------------------------------------------------------------------------


def test_a_term_is_found_with_its_places_and_tokens():
    tokens = tokens_of(f"L’/le/DET {SOCIAL_ECONOMY} croît/croître/VERB", f"Une/un/DET {SOCIAL_ECONOMY}")
    assert find_terms(tokens, ["économie sociale"]).to_dict("list") == {
        "doc_id": ["d0", "d1"],
        "start": [2, 4],
        "end": [18, 20],
        "first": [1, 1],
        "last": [2, 2],
        "term": ["économie sociale", "économie sociale"],
        "form": ["économie sociale", "économie sociale"],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Des innovations sociales naissent.", ("innovation sociale", "innovations sociales")),
        ("INNOVATION SOCIALE", ("innovation sociale", "INNOVATION SOCIALE")),
        ("Le prix Innovations Sociales est remis.", ("innovation sociale", "Innovations Sociales")),
        ("Il vante l'innovation sociale.", ("innovation sociale", "innovation sociale")),
        ("Une recherche-action commence.", ("recherche-action", "recherche-action")),
        ("Une recherche action commence.", ("recherche-action", "recherche action")),
        ("Des tiers lieux ouvrent.", ("tiers-lieu", "tiers lieux")),
        ("Deux tiers-lieux ouvrent.", ("tiers-lieu", "tiers-lieux")),
        ("L'insertion par l'activité économique.",
         ("insertion par l’activité économique", "insertion par l'activité économique")),
        ("L’accès au droit des familles.", ("accès aux droits", "accès au droit")),
        ("Des habitats groupés se bâtissent.", ("habitat groupé", "habitats groupés")),
        ("Les porteur·euse·s de projet parlent.", ("porteur de projet", "porteur·euse·s de projet")),
        ("Elle dirige une SCIC.", ("société coopérative d’intérêt collectif", "SCIC")),
        ("Deux Scop et des amis.", ("société coopérative et participative", "Scop")),
        ("Les ONG témoignent.", ("organisation non gouvernementale", "ONG")),
    ],
)  # fmt: skip
def test_number_capitals_hyphens_apostrophes_and_abbreviations_make_no_difference(text, expected):
    assert written(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "On regarde l’économie. Sociale, la mesure plaît.",
        "Ils aiment l’économie\n\nSociale et ouverte, l’équipe répond.",
        "Une économie plus sociale.",
        "L’habitat groupe des familles.",  # a finite verb
        "La ess du mot grossesse.",  # an abbreviation stands in capitals
        "",
        "… ! 12 ?",
    ],
)
def test_what_only_looks_like_a_term_is_none(text):
    assert written(text or " ") == []


def test_the_head_must_be_a_noun():
    as_verb = tokens_of("Il/il/PRON faut/falloir/VERB pouvoir/pouvoir/VERB public/public/ADJ")
    as_noun = tokens_of("Le/le/DET pouvoir/pouvoir/NOUN public/public/ADJ")
    in_capitals = tokens_of("IL/il/PRON FAUT/falloir/VERB POUVOIR/pouvoir/VERB PUBLIC/public/NOUN")
    assert listed(find_terms(as_verb, ["pouvoirs publics"])) == []
    assert listed(find_terms(in_capitals, ["pouvoirs publics"])) == []
    assert listed(find_terms(as_noun, ["pouvoirs publics"])) == [("pouvoirs publics", "pouvoir public")]


def test_after_an_article_an_infinitive_is_a_noun():
    verb = "{} pouvoir/pouvoir/VERB/VerbForm=Inf d’/de/ADP agir/agir/VERB/VerbForm=Inf"
    for article in ("le/le/DET", "du/de/ADP", "notre/notre/DET"):
        assert len(find_terms(tokens_of(verb.format(article)), ["pouvoir d’agir"])) == 1
    for other in ("veut/vouloir/VERB", "de/de/ADP", "././PUNCT"):
        assert len(find_terms(tokens_of(verb.format(other)), ["pouvoir d’agir"])) == 0
    apart = tokens_of("le/le/DET", verb.format("")[1:])
    assert len(find_terms(apart, ["pouvoir d’agir"])) == 0


def test_a_finite_verb_is_no_part_of_a_term():
    sentence = "habitat/habitat/NOUN partage/partager/VERB/{}"
    finite = tokens_of(sentence.format("Mood=Ind|VerbForm=Fin"))
    participle = tokens_of(sentence.format("Tense=Past|VerbForm=Part"))
    assert listed(find_terms(finite, ["habitat partagé"])) == []
    assert listed(find_terms(participle, ["habitat partagé"])) == [("habitat partagé", "habitat partage")]


def test_no_term_runs_over_documents_sentences_or_paragraphs():
    apart = tokens_of("économie/économie/NOUN", "sociale/social/ADJ")
    assert listed(find_terms(apart, ["économie sociale"])) == []
    together = tokens_of(SOCIAL_ECONOMY)  # a title without a full stop, then a line
    segments = pd.DataFrame(
        {"doc_id": ["d0", "d0"], "start": [0, 9], "end": [8, 16], "unit": ["sentence", "paragraph"]}
    )
    assert listed(find_terms(together, ["économie sociale"], segments=segments)) == []
    assert len(find_terms(together, ["économie sociale"], segments=segments[:1])) == 1
    assert len(find_terms(together, ["économie sociale"])) == 1


def test_of_nested_terms_the_longest_is_kept():
    whole = tokens_of(f"{SOCIAL_ECONOMY} et/et/CCONJ solidaire/solidaire/ADJ")
    terms = ["économie sociale", "économie sociale et solidaire"]
    assert listed(find_terms(whole, terms)) == [("économie sociale et solidaire", "économie sociale et solidaire")]
    broken = tokens_of(f"{SOCIAL_ECONOMY} et/et/CCONJ locale/local/ADJ")
    assert listed(find_terms(broken, terms)) == [("économie sociale", "économie sociale")]


def test_of_overlapping_terms_the_longest_is_kept_then_the_leftmost():
    tokens = tokens_of("aide/aide/NOUN sociale/social/ADJ locale/local/ADJ durable/durable/ADJ")
    assert listed(find_terms(tokens, ["aide sociale", "sociale locale durable"])) == [("aide sociale", "aide sociale")]
    chain = tokens_of("a1/aide/NOUN b1/budget/NOUN c1/centre/NOUN d1/droit/NOUN")
    longest = find_terms(chain, ["aide budget", "budget centre droit"])
    assert listed(longest) == [("budget centre droit", "b1 c1 d1")]
    leftmost = find_terms(chain, ["budget centre", "aide budget", "centre droit"])
    assert listed(leftmost) == [("aide budget", "a1 b1"), ("centre droit", "c1 d1")]


def test_a_variant_and_an_abbreviation_count_for_their_term():
    term = Term("société coopérative", ("SC", "coopérative de société"))
    tokens = tokens_of(
        "Une/un/DET SC/SC/PROPN ,/,/PUNCT des/un/DET SCs/SCs/NOUN ,/,/PUNCT coopératives/coopérative/NOUN de/de/ADP"
        " société/société/NOUN ,/,/PUNCT sc/sc/NOUN"
    )
    assert listed(find_terms(tokens, [term])) == [
        ("société coopérative", "SC"),
        ("société coopérative", "SCs"),
        ("société coopérative", "coopératives de société"),
    ]


def test_a_contraction_is_its_preposition():
    tokens = tokens_of("appels/appel/NOUN aux/à/ADP projets/projet/NOUN")
    assert listed(find_terms(tokens, ["appel à projets"])) == [("appel à projets", "appels aux projets")]


def test_a_compound_is_a_part_of_a_longer_term_only_as_a_whole():
    tokens = tokens_of("recherche-action/recherche-action/NOUN participative/participatif/ADJ")
    assert listed(find_terms(tokens, ["recherche action participative"]))[0][1] == "recherche-action participative"
    assert listed(find_terms(tokens, ["action participative", "recherche"])) == []


def test_disfluent_tokens_inside_a_term_are_passed_over_but_covered():
    tokens = tokens_of("économie/économie/NOUN euh/euh/INTJ sociale/social/ADJ")
    assert listed(find_terms(tokens, ["économie sociale"])) == []
    marked = tokens.assign(disfluency=pd.Series([None, "filled_pause", None], dtype="str"))
    found = find_terms(marked, ["économie sociale"])
    assert listed(found) == [("économie sociale", "économie " + "    " + "sociale")]
    assert merge_terms(marked, found)[["start", "end", "lemma"]].to_numpy().tolist() == [[0, 20, "économie sociale"]]


def test_without_terms_or_tokens_nothing_is_found():
    empty = TOKENS.conform([])
    assert list(find_terms(empty).columns) == ["doc_id", "start", "end", "first", "last", "term", "form"]
    assert len(find_terms(empty)) == 0
    assert len(find_terms(tokens_of(SOCIAL_ECONOMY), [])) == 0
    assert len(find_terms(tokens_of(SOCIAL_ECONOMY), ["", " - "])) == 0
    assert merge_terms(empty, find_terms(empty)).equals(empty)
    assert len(learn_terms(empty)) == 0


# --- merging -----------------------------------------------------------------------------------------------------


def test_a_merged_term_is_one_row_that_downstream_counts_as_a_noun():
    tokens = tokens_of("Les/le/DET pouvoirs/pouvoir/NOUN publics/public/ADJ aident/aider/VERB ././PUNCT")
    merged = merge_terms(tokens, find_terms(tokens, ["pouvoirs publics"]))
    assert merged.columns.tolist() == tokens.columns.tolist()
    assert merged.dtypes.to_dict() == tokens.dtypes.to_dict()
    assert merged["lemma"].tolist() == ["le", "pouvoirs publics", "aider", "."]
    row = merged.iloc[1]
    assert (row["i"], row["start"], row["end"], row["form"], row["upos"]) == (1, 4, 20, "pouvoirs publics", "NOUN")
    assert merged["i"].tolist() == [0, 1, 3, 4]
    assert tokens["lemma"].tolist()[1] == "pouvoir"  # the table given is as it was


def test_a_term_is_inclusive_if_one_of_its_words_is():
    tokens = tokens_of("travail/travail/NOUN citoyen·ne/citoyen/ADJ vert/vert/ADJ")
    tokens = tokens.assign(
        inclusive=pd.array([False, True, False], dtype="boolean"),
        inclusive_kind=pd.Series([None, "median_point", None], dtype="str"),
    )
    (row,) = merge_terms(tokens, find_terms(tokens, ["travail citoyen"]))[:1].itertuples()
    assert (row.inclusive, row.inclusive_kind) == (True, "median_point")


def test_terms_of_other_tokens_or_that_overlap_are_refused():
    tokens = tokens_of(SOCIAL_ECONOMY)
    found = find_terms(tokens, ["économie sociale"])
    with pytest.raises(ValueError, match="in other tokens"):
        merge_terms(tokens.assign(doc_id="other"), found)
    with pytest.raises(ValueError, match="overlap"):
        merge_terms(tokens, pd.concat([found, found]))


WORDS = ("aide/aide/NOUN", "sociale/social/ADJ", "locale/local/ADJ", "de/de/ADP", "././PUNCT", "aide-sociale/aide/NOUN")
DOCUMENTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=3)
TERMS = st.lists(
    st.lists(st.sampled_from(["aide", "sociale", "locale", "de"]), min_size=1, max_size=4).map(" ".join), max_size=5
)


@settings(deadline=None)
@given(DOCUMENTS, TERMS)
def test_merging_covers_the_same_characters_and_leaves_other_rows_alone(documents, terms):
    tokens = tokens_of(*documents)
    found = find_terms(tokens, terms)
    merged = merge_terms(tokens, found)

    def covered(table):
        return {(row.doc_id, place) for row in table.itertuples() for place in range(row.start, row.end)}

    assert covered(tokens) <= covered(merged)
    assert sum(found["last"] - found["first"]) == len(tokens) - len(merged)
    inside = {(row.doc_id, i) for row in found.itertuples() for i in range(row.first, row.last + 1)}
    keys = list(zip(tokens["doc_id"], tokens["i"], strict=True))
    others = tokens[[key not in inside for key in keys]]
    kept = [key in set(keys) - inside for key in zip(merged["doc_id"], merged["i"], strict=True)]
    assert merged[kept].reset_index(drop=True).equals(others.reset_index(drop=True))
    assert [len(row.form) for row in found.itertuples()] == (found["end"] - found["start"]).tolist()


def test_a_million_characters_take_seconds():
    tokens = pd.concat([tokens_of(f"{SOCIAL_ECONOMY} aide/aide/NOUN ././PUNCT " * 20_000)] * 2).assign(
        doc_id=["a"] * 80_000 + ["b"] * 80_000
    )
    begun = time.process_time()
    found = find_terms(tokens, ["économie sociale", "aide sociale"])
    assert len(found) == 40_000
    assert len(merge_terms(tokens, found)) == 120_000
    assert time.process_time() - begun < 5


# --- learning ----------------------------------------------------------------------------------------------------


def sentence(*words):
    return " ".join(words) + " ././PUNCT"


BOARD = "{}/tableau/NOUN de/de/ADP bord/bord/NOUN"
FILLER = "vite/vite/ADV on/on/PRON"


def test_words_that_come_together_more_than_by_chance_are_a_term():
    # of 30 tokens, « tableau » and « bord » are 3 each, always together: (log .1 - 2 log .1) / (-log .1) = 1
    document = sentence(BOARD.format("tableau"), *[FILLER] * 3) * 2 + sentence(BOARD.format("tableaux"), *[FILLER] * 3)
    document = document.replace("PUNCT", "PUNCT ")
    learned = learn_terms(tokens_of(document), min_count=3)
    assert learned.to_dict("records") == [{"term": "tableau de bord", "n": 3, "n_docs": 1, "score": 1.0}]
    assert len(learn_terms(tokens_of(document), min_count=4)) == 0


def test_the_score_is_the_normalised_mutual_information_of_the_content_words():
    # 16 tokens: « aide » 4, « sociale » 2, together 2: (log 1/8 - log 1/4 - log 1/8) / (-log 1/8) = 2/3
    document = " ".join(["aide/aide/NOUN sociale/social/ADJ ././PUNCT"] * 2 + ["aide/aide/NOUN ././PUNCT"] * 2)
    document += " " + " ".join(["on/on/PRON"] * 6)
    (row,) = learn_terms(tokens_of(document), min_count=2).itertuples()
    assert (row.term, row.n) == ("aide sociale", 2)
    assert row.score == pytest.approx(2 / 3, abs=1e-6)
    assert len(learn_terms(tokens_of(document), min_count=2, threshold=0.67)) == 0


GAS = "gaz/gaz/NOUN à/à/ADP effet/effet/NOUN de/de/ADP serre/serre/NOUN"


def test_what_mostly_stands_inside_a_longer_term_is_left_out():
    mostly_inside = tokens_of(" ".join([sentence(GAS)] * 3 + [sentence("effet/effet/NOUN de/de/ADP serre/serre/NOUN")]))
    assert learn_terms(mostly_inside, min_count=1, threshold=0)["term"].tolist() == ["gaz à effet de serre"]
    mostly_alone = tokens_of(
        " ".join([sentence(GAS)] * 2 + [sentence("effet/effet/NOUN de/de/ADP serre/serre/NOUN")] * 3)
    )
    learned = learn_terms(mostly_alone, min_count=2, threshold=0).set_index("term")["n"]
    assert learned.to_dict() == {"gaz à effet de serre": 2, "effet de serre": 3}


def test_a_term_has_no_more_content_words_than_asked():
    tokens = tokens_of(" ".join([sentence(GAS)] * 3))
    assert learn_terms(tokens, min_count=3, threshold=0, max_words=2)["term"].tolist() == [
        "effet de serre",
        "gaz à effet",
    ]


@pytest.mark.parametrize(
    ("group", "term"),
    [
        ("petite/petit/ADJ enfance/enfance/NOUN", "petite enfance"),
        ("temps/temps/NOUN plein/plein/ADJ", "temps plein"),
        ("habitat/habitat/NOUN groupé/grouper/VERB/Tense=Past|VerbForm=Part", "habitat groupé"),
        ("chèque/chèque/NOUN énergie/énergie/NOUN", "chèque énergie"),
        ("accès/accès/NOUN aux/à/ADP droits/droit/NOUN", "accès aux droits"),
        ("impôt/impôt/NOUN sur/sur/ADP le/le/DET revenu/revenu/NOUN", "impôt sur le revenu"),
        (f"{SOCIAL_ECONOMY} et/et/CCONJ solidaire/solidaire/ADJ", "économie sociale et solidaire"),
        ("insertion/insertion/NOUN par/par/ADP l'/le/DET activité/activité/NOUN économique/économique/ADJ",
         "insertion par l’activité économique"),
    ],
)  # fmt: skip
def test_nominal_groups_are_candidates(group, term):
    tokens = tokens_of(" ".join([sentence(group, FILLER)] * 3))
    assert learn_terms(tokens, min_count=3)["term"].tolist() == [term]


@pytest.mark.parametrize(
    "group",
    [
        "bel/beau/ADJ enfant/enfant/NOUN",  # an adjective that makes no terms before its noun
        "aide/aider/VERB sociale/social/ADJ",
        "habitat/habitat/NOUN groupe/grouper/VERB/VerbForm=Fin",
        "aide/aide/NOUN ,/,/PUNCT sociale/social/ADJ",
        "année/année/NOUN 2020/2020/ADJ",
        "en/en/ADP matière/matière/NOUN de/de/ADP logement/logement/NOUN",
        "une/un/DET partie/partie/NOUN de/de/ADP logement/logement/NOUN",
        "deux/deux/NUM milliards/milliard/NOUN d'/de/ADP euros/euro/NOUN",
    ],
)
def test_other_sequences_are_no_candidates(group):
    assert len(learn_terms(tokens_of(" ".join([sentence(group)] * 3)), min_count=1, threshold=-1)) == 0


def test_the_order_is_by_score_then_frequency_then_alphabet():
    document = " ".join(
        [sentence("zone/zone/NOUN verte/vert/ADJ")] * 2
        + [sentence("action/action/NOUN rapide/rapide/ADJ")] * 2
        + [sentence("budget/budget/NOUN local/local/ADJ")] * 3
        + [sentence("cas/cas/NOUN rare/rare/ADJ"), sentence("cas/cas/NOUN"), sentence("cas/cas/NOUN rare/rare/ADJ")]
    )
    learned = learn_terms(tokens_of(document), min_count=2, threshold=0)
    assert learned["term"].tolist() == ["budget local", "action rapide", "zone verte", "cas rare"]
    assert learned.equals(learn_terms(tokens_of(document), min_count=2, threshold=0))


def test_the_most_frequent_wording_is_the_name_and_capitals_give_way():
    document = " ".join(
        [
            sentence("Mission/mission/NOUN locale/local/ADJ"),
            sentence("mission/mission/NOUN locale/local/ADJ"),
            sentence("Missions/mission/NOUN locales/local/ADJ"),
        ]
    )
    assert learn_terms(tokens_of(document), min_count=3)["term"].tolist() == ["mission locale"]


def test_no_candidate_runs_over_a_segment():
    tokens = tokens_of(" ".join([SOCIAL_ECONOMY, "././PUNCT"] * 2))
    segments = pd.DataFrame({"doc_id": "d0", "start": [0, 9, 19, 28], "end": [8, 18, 27, 36], "unit": "paragraph"})
    assert len(learn_terms(tokens, min_count=2)) == 1
    assert len(learn_terms(tokens, min_count=2, segments=segments)) == 0


def test_what_is_learned_is_found_again():
    texts = {name: f"Un tableau de bord {name}. Les tableaux de bord aident." for name in ("vert", "bleu", "rouge")}
    corpus = corpus_from_texts(texts)
    learned = learn_terms(corpus.tokens, segments=corpus.segments, min_count=6)
    assert learned[["term", "n", "n_docs"]].to_numpy().tolist() == [["tableau de bord", 6, 3]]
    found = find_terms(corpus.tokens, learned["term"], segments=corpus.segments)
    assert found["form"].tolist() == ["tableau de bord", "tableaux de bord"] * 3


# --- the list of the field ---------------------------------------------------------------------------------------


def test_every_wording_of_the_field_is_found_under_its_name():
    names = {wording: term.name for term in field_terms() for wording in (term.name, *term.variants)}
    corpus = corpus_from_texts({wording: f"Notre {wording} change la donne." for wording in names})
    found = find_terms(corpus.tokens, segments=corpus.segments).merge(corpus.documents, on="doc_id")
    under = found.groupby("title")["term"].agg(list).to_dict()
    assert {wording: under.get(wording) for wording in names} == {wording: [name] for wording, name in names.items()}


def test_no_wording_belongs_to_two_terms():
    wordings = [wording for term in field_terms() for wording in (term.name, *term.variants)]
    assert len(wordings) == len(set(wordings))
    assert 150 <= len(field_terms()) <= 250
