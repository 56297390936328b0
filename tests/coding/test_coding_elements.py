"""Elements of definition: shares of texts, contrasts between genres and reliability, worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.coder import code as code_corpus
from innovsoc_analysis.coding.elements import Reliability, contrast, core_elements, reliability
from innovsoc_analysis.coding.evaluation.evaluating import Evaluation
from innovsoc_analysis.coding.evaluation.judging import CODERS, Judgements
from innovsoc_analysis.coding.gold import Gold, GoldPassage
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import read_corpus

BOOK = Codebook.model_validate(
    {
        "nom": "essai",
        "version": "1",
        "codes": [
            {"id": name, "libelle": name.title(), "definition": "…", "indicateurs": {"lemmes": [lemma]}}
            for name, lemma in {"lieu": "quartier", "besoin": "besoin", "rare": "licorne"}.items()
        ],
    }
)
# all four definitions say a need, one of them a place; projects say places only, in half of their sentences
TEXTS = {
    "definitions/a.txt": "Le besoin existe. Le quartier aussi.",
    "definitions/b.txt": "Un besoin reste.",
    "definitions/c.txt": "On répond au besoin.",
    "definitions/d.txt": "Le besoin est là.",
    "projets/e.txt": "Le quartier vit. Il pleut.",
    "projets/f.txt": "Il neige. Le quartier dort.",
}


@pytest.fixture(scope="module")
def codings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("elements")
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return code_corpus(read_corpus(folder), BOOK)


def test_what_all_texts_say_is_core_and_what_one_says_optional(codings):
    core = core_elements(codings)
    assert core.table.index.tolist() == ["besoin", "lieu", "rare"]
    assert core.table[["n", "share"]].to_numpy().tolist() == [[4, 100], [1, 25], [0, 0]]
    assert core.table.loc["besoin", ["low", "high"]].tolist() == [100, 100]
    # with four texts of which one has it, draws reach from none to three
    assert core.table.loc["lieu", ["low", "high"]].tolist() == [0, 75]
    assert core.table["status"].tolist() == ["noyau", "indécis", "facultatif"]
    assert (core.of_status("noyau"), core.n_documents) == (["Besoin"], 4)
    assert repr(core) == "<Éléments : 1 noyau, 1 indécis, 1 facultatif (4 définitions)>"
    assert "<td>indécis</td><td>1</td>" in core._repr_html_()


def test_the_figure_has_a_row_per_element_and_greys_what_is_not_reliable(codings):
    axes = core_elements(codings, ["besoin", "lieu"]).plot(muted=["lieu"])
    styles = {tick.get_text(): tick.get_fontstyle() for tick in axes.get_yticklabels()}
    assert styles == {"Besoin": "normal", "Lieu": "italic"}


def test_a_genre_or_a_code_that_is_not_there_is_said(codings):
    with pytest.raises(UnknownNameError, match="du genre « paroles »"):
        core_elements(codings, genre="talk")
    with pytest.raises(UnknownNameError, match="pas de code « pluie »"):
        core_elements(codings, ["pluie"])
    with pytest.raises(UnknownNameError, match="du genre « paroles »"):
        contrast(codings, ("definition", "talk"))


def _passage(name, genre, *codes, field="in"):
    sentences = [{"text": f"Phrase {n}.", "codes": dict.fromkeys(one, "")} for n, one in enumerate(codes)]
    return GoldPassage.model_validate({"passage": name, "genre": genre, "field": field, "sentences": sentences})


GOLD = Gold(
    (
        _passage("p1", "definition", ["besoin"], ["besoin"]),
        _passage("p2", "definition", ["besoin"], []),
        _passage("p3", "project", ["lieu"], []),
        _passage("p4", "project", ["besoin"], [], field="off"),
    )
)


def test_shares_of_sentences_are_compared_and_those_of_a_gold_corpus_beside_them(codings):
    found = contrast(codings, gold=GOLD)
    table = found.table
    # five sentences in the definitions, four in the projects
    assert table.loc["besoin", ["share_definition", "share_project", "difference"]].tolist() == [80, 0, 80]
    assert table.loc["lieu", "difference"] == pytest.approx(20 - 50)
    assert table.loc["lieu", ["documents_definition", "documents_project"]].tolist() == [25, 100]
    # three sentences out of four of the gold definitions, none of the project in the field
    assert table.loc["besoin", "gold"] == 75
    assert table.loc["lieu", "gold"] == -50
    assert (found.above(), found.below()) == (["besoin"], ["lieu"])
    assert (found.above("gold"), found.below("gold")) == (["besoin"], ["lieu"])
    assert repr(found) == "<Écarts : 1 éléments plus dits dans les définitions, 1 dans les projets>"
    assert "75,0\u00a0[50,0\u00a0;\u00a0100,0]" in found._repr_html_()


def test_without_a_gold_corpus_its_difference_is_not_known(codings):
    with pytest.raises(UnknownNameError, match=r"« gold » ; il a : difference"):
        contrast(codings).above("gold")


def test_the_figure_has_a_mark_per_genre(codings):
    labels = [text.get_text() for text in contrast(codings).plot().get_legend().get_texts()]
    assert labels == ["définitions", "projets"]


def test_results_are_saved_with_french_headings(codings, tmp_path):
    core_elements(codings).save(tmp_path / "noyau.csv")
    contrast(codings, gold=GOLD).save(str(tmp_path / "ecarts.csv"))
    heads = {path.stem: pd.read_csv(path).columns.tolist() for path in tmp_path.iterdir()}
    assert heads["noyau"] == ["code", "élément", "textes", "% des textes", "bas", "haut", "statut"]
    assert heads["ecarts"][-3:] == ["écart dans l'étalon", "écart dans l'étalon, bas", "écart dans l'étalon, haut"]


def _evaluated(labels, coded):
    labels, coded = (np.array(cells, dtype=bool) for cells in (labels, coded))
    nothing = np.zeros(labels.shape)
    judged = Judgements(
        labels,
        dict.fromkeys(CODERS, coded),
        nothing > 0,
        nothing,
        np.zeros(3),
        np.ones(3),
        np.arange(len(labels)),
        nothing[:, 0] > 0,
        np.array(["definition"] * len(labels)),
    )
    return Evaluation(judged, BOOK)


def test_reliability_sets_the_machine_beside_the_two_codings():
    sentences = [
        {"text": "Un.", "codes": {"lieu": ""}, "first": ["lieu"], "second": ["lieu"]},
        {"text": "Deux.", "codes": {"besoin": ""}, "first": ["besoin"], "second": []},
        {"text": "Trois.", "codes": {"besoin": ""}, "first": [], "second": ["besoin"]},
        {"text": "Quatre.", "codes": {}, "first": [], "second": []},
    ]
    gold = Gold(
        tuple(GoldPassage.model_validate({"passage": f"p{n}", "sentences": [one]}) for n, one in enumerate(sentences))
    )
    labels = [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 0]]
    coded = [[1, 0, 0], [0, 1, 0], [0, 0, 0], [0, 1, 0]]
    found = reliability(_evaluated(labels, coded), gold, ["besoin", "lieu"])
    assert found.table.index.tolist() == ["lieu", "besoin"]
    assert found.table[["n", "precision", "recall", "f1"]].to_numpy().tolist() == [[1, 1, 1, 1], [2, 0.5, 0.5, 0.5]]
    # on « besoin » the two codings agree on two sentences of four: two ones and six zeros, alpha 1 − 7 · 2/4 / 3
    assert found.table.loc["besoin", "coders"] == pytest.approx(1 - 7 * 4 / 24)
    assert (found.weak(), found.weak(f1=0.6), found.disputed()) == ([], ["besoin"], ["besoin"])
    assert found.labels(["besoin"]) == ["Besoin"]
    assert repr(found) == "<Fiabilité : 2 codes, F1 moyen 0,75, 0 au-dessous de 0,5>"
    assert {tick.get_text() for tick in found.plot().get_yticklabels()} == {"Lieu", "Besoin"}


def test_reliability_of_sentences_coded_once_has_no_second_agreement():
    gold = Gold((_passage("p1", "definition", ["lieu"]), _passage("p2", "definition", [])))
    found = reliability(_evaluated([[1, 0, 0], [0, 0, 0]], [[1, 0, 0], [0, 0, 0]]), gold)
    assert isinstance(found, Reliability)
    assert found.table["coders"].isna().all()
    assert "non\u00a0défini" in found._repr_html_()


def test_an_evaluation_of_other_sentences_is_refused():
    with pytest.raises(UsageError, match="d'autres phrases"):
        reliability(_evaluated([[1, 0, 0]], [[1, 0, 0]]), GOLD)


def test_the_first_family_of_the_bundled_codebook_is_taken_by_default(codings):
    book = load_codebook("bissib")
    core = core_elements(code_corpus(codings.corpus, book, coder="rules"))
    assert set(core.table.index) == set(book.families[0].codes)
