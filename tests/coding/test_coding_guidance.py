"""A wrong name is answered by the right ones; what is shown says out of how many."""

from __future__ import annotations

import pytest

from innovsoc_analysis.codebooks.loading import load_codebook, parse_codebook
from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.model.codebook import PARTS_OF_SPEECH
from innovsoc_analysis.model.errors import CodebookError, UnknownNameError
from innovsoc_analysis.study.corpus import corpus_from_texts

TEXTS = {"a": "Un besoin. Encore un besoin. Toujours ce besoin.", "b": "Un besoin ici."}


@pytest.fixture(scope="module")
def codings():
    return code(corpus_from_texts(TEXTS, genre="project"), "bissib", coder="rules")


def test_the_name_of_a_codebook_will_do(codings):
    assert codings.codebook == load_codebook("bissib")


def test_an_unknown_code_is_answered_by_the_nearest(codings):
    with pytest.raises(UnknownNameError) as caught:
        codings.show("def.besoins")
    assert str(caught.value) == "Le livre « bissib » n'a pas de code « def.besoins » ; vouliez-vous dire def.besoin ?"
    assert isinstance(caught.value, KeyError)


def test_an_unknown_attribute_is_answered_by_those_there_are(codings):
    with pytest.raises(UnknownNameError, match="d'attribut « lieu » ; il y a : genre"):
        codings.matrix(by="lieu")


def test_shown_verbatims_are_text_when_printed_and_counted(codings):
    shown = codings.show("def.besoin", n=2)
    # the first of each document before a second of the same
    assert [row.quote for row in shown.table.itertuples()] == ["Un besoin.", "Un besoin ici."]
    assert str(shown).splitlines()[:2] == ["« Un besoin. »", "    a, projets [besoin]"]
    assert str(shown).endswith("2 verbatims sur 4")
    assert repr(shown) == "<Verbatims : 2 sur 4>"


def test_without_speakers_a_codebook_of_turns_codes_paragraphs():
    book = load_codebook("bissib").model_copy(update={"unit": "tour"})
    texts = {"récit": "Un besoin. Encore un besoin.\nUn territoire.", "entretien": "A : Un besoin.\nB : Non.\nA : Bon."}
    codings = code(corpus_from_texts(texts), book, coder="rules")
    found = codings.verbatims()[["title", "code", "quote"]].to_numpy().tolist()
    assert found == [
        ["récit", "def.besoin", "Un besoin. Encore un besoin."],
        ["récit", "def.territoire", "Un territoire."],
        ["entretien", "def.besoin", "Un besoin."],
    ]
    assert codings.unit_name == "tours"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("    libellé: Eau", "m.yaml:4 : la clé « libellé » est inconnue ici ; vouliez-vous dire « libelle » ?"),
        (
            "    indicateurs: {lemmes: [eau, vente/NOM]}",
            f"m.yaml:4 : « vente/NOM » : la nature « NOM » n'existe pas ; choisissez parmi {', '.join(PARTS_OF_SPEECH)}.",
        ),
    ],
)
def test_a_slip_in_a_codebook_is_named_with_the_remedy(line, message):
    text = f'version: "1"\ncodes:\n  - id: eau\n{line}\n    definition: x\n    libelle: y\n'
    with pytest.raises(CodebookError) as caught:
        parse_codebook(text.encode(), name="m", where="m.yaml")
    assert str(caught.value) == message
