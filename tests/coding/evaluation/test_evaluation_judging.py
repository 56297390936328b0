"""What each coder is taken to say of coded passages, and the learning curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from innovsoc_analysis.coding.evaluation import evaluate, learning_curve
from innovsoc_analysis.coding.evaluation.judging import judge, plain_list
from innovsoc_analysis.coding.gold import Gold
from innovsoc_analysis.coding.modelled import ModelCoder
from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.model.codebook import Codebook, Indicators
from innovsoc_analysis.model.errors import UsageError


@pytest.fixture(scope="module")
def judged(mini_gold, mini_book, mini_model):
    return judge(mini_gold.part("test"), mini_book, mini_model, plain=mini_book)


def test_labels_passages_and_fields_are_those_of_the_gold(judged, mini_gold, mini_book):
    test = mini_gold.part("test")
    np.testing.assert_array_equal(judged.labels, test.labels(mini_book.code_ids) > 0)
    assert judged.passages.tolist() == [n for n, one in enumerate(test.passages) for _ in one.sentences]
    assert judged.off.sum() == 6
    assert set(judged.genres[judged.off]) == {"talk"}
    assert set(judged.genres[~judged.off]) == {"project"}


def test_rules_say_what_the_rule_coder_codes(judged, mini_gold, mini_book):
    corpus = mini_gold.part("test").corpus
    coded = RuleCoder(mini_book).code(corpus)
    found = {(row.segment_id, row.code) for row in coded.itertuples()}
    segments = corpus.sentences["segment_id"].tolist()
    expected = [[(segment, code) in found for code in mini_book.code_ids] for segment in segments]
    assert judged.coded["rules"].tolist() == expected


@pytest.mark.parametrize("use", ["combined", "learned"])
def test_learner_and_combination_say_what_their_coders_code(judged, mini_gold, mini_book, mini_model, use):
    coder = ModelCoder(mini_book, mini_model, use=use)
    likely = coder.probabilities(list(units_of(mini_gold.part("test").corpus, "phrase")))
    np.testing.assert_array_equal(judged.coded[use], likely >= coder.thresholds.cut)
    if use == "combined":
        np.testing.assert_array_equal(judged.probabilities, likely)


def test_the_plain_list_knows_no_motif_and_no_exception(judged, mini_gold, mini_book):
    sentences = [sentence.text for sentence in mini_gold.part("test").sentences]
    listed = dict(zip(sentences, judged.coded["list"].tolist(), strict=True))
    ruled = dict(zip(sentences, judged.coded["rules"].tolist(), strict=True))
    assert (
        listed["Ce soir, les aînés restent sans visite."][0],
        ruled["Ce soir, les aînés restent sans visite."][0],
    ) == (
        False,
        True,
    )
    painter = "Ce soir, l'atelier du peintre ferme."
    assert (listed[painter][2], ruled[painter][2]) == (True, False)
    np.testing.assert_array_equal(judged.explicit, judged.coded["list"])


def test_the_plain_list_keeps_words_and_expressions_only():
    code = {
        "id": "a",
        "libelle": "A",
        "definition": "…",
        "si": "agent",
        "indicateurs": {"lemmes": ["don"], "expressions": ["le but"], "sauf": ["le but marqué"]},
        "motifs": [{"id": "m", "motif": "tenir à", "exemples": ["On tient à vous."]}],
    }
    plain = plain_list(Codebook.model_validate({"nom": "essai", "version": "1", "codes": [code]}))["a"]
    assert (plain.indicators.lemmas, plain.indicators.expressions) == (("don",), ("le but",))
    assert (plain.indicators.except_, plain.motifs, plain.condition) == ((), (), "")
    assert plain.negation == "admet"


def test_another_list_may_be_the_point_of_comparison(mini_gold, mini_book, mini_model):
    codes = tuple(code.model_copy(update={"indicators": Indicators()}) for code in mini_book.codes)
    silent = mini_book.model_copy(update={"codes": codes})
    evaluation = evaluate(mini_gold.part("test"), mini_book, mini_model, plain=silent)
    assert not evaluation.judgements.coded["list"].any()
    assert evaluation.judgements.coded["rules"].any()


def test_no_sentence_and_other_codes_are_refused(mini_gold, mini_book, mini_model):
    test = mini_gold.part("test")
    with pytest.raises(UsageError, match=r"^Aucune phrase codée à évaluer"):
        evaluate(Gold(()), mini_book, mini_model)
    fewer = replace(mini_model, codes=mini_model.codes[:-1])
    with pytest.raises(
        UsageError, match=r"^Le livre « mini », le modèle et le livre de comparaison n'ont pas les mêmes"
    ):
        evaluate(test, mini_book, fewer)
    other = Codebook.model_validate(
        {"nom": "autre", "version": "1", "codes": [{"id": "x", "libelle": "X", "definition": "…"}]}
    )
    with pytest.raises(UsageError, match="n'ont pas les mêmes codes"):
        evaluate(test, mini_book, mini_model, plain=other)


def test_the_curve_learns_from_whole_passages_and_ends_with_all(mini_gold, mini_book, mini_model):
    told = []
    curve = learning_curve(mini_gold, mini_book, sizes=[100, 144, 5000], progress=lambda *step: told.append(step))
    # five sentences a passage, three in one out of the field: the first sample that holds a hundred
    assert len(curve) == 2
    assert 100 <= curve["sentences"][0] <= 104
    assert curve["sentences"][1] == 144
    assert told == [("courbe", 0, 2), ("courbe", 1, 2), ("courbe", 2, 2)]
    coders = ["list", "rules", "learned", "combined"]
    names = [f"macro_f1{end}_{name}" for name in coders for end in ("", "_low", "_high")]
    assert curve.columns.tolist() == ["sentences", *names]
    whole = evaluate(mini_gold.part("test"), mini_book, mini_model).coders
    assert [curve[f"macro_f1_{name}"][1] for name in coders] == whole["macro_f1"].tolist()
    assert curve["macro_f1_rules"].nunique() == 1
