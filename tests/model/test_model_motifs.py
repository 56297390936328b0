"""The syntax of motifs: what each construct is read as, and what is refused with which sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from innovsoc_analysis.codebooks.loading import parse_codebook
from innovsoc_analysis.model.codebook import Codebook, error_places
from innovsoc_analysis.model.errors import CodebookError
from innovsoc_analysis.model.motifs import (
    DEFAULT_GAP,
    PARTS_OF_SPEECH,
    Choice,
    Element,
    MotifSyntaxError,
    lists_in,
    parse_motif,
)


@pytest.mark.parametrize(
    ("written", "choices"),
    [
        ("tenter", (Choice(("tenter",)),)),
        ("État", (Choice(("État",)),)),
        ("marche/NOUN", (Choice(("marche",), "NOUN"),)),
        ("/VERB", (Choice((), "VERB"),)),
        ("oser|tenter", (Choice(("oser",)), Choice(("tenter",)))),
        ("oser|tenter/VERB", (Choice(("oser",)), Choice(("tenter",), "VERB"))),
        ("pouvoirs_publics", (Choice(("pouvoirs", "publics")),)),
        ("mise_en_place/NOUN", (Choice(("mise", "en", "place"), "NOUN"),)),
        ("@acteur", (Choice(list_name="acteur"),)),
        ("@acteur|maire", (Choice(list_name="acteur"), Choice(("maire",)))),
        ("d’abord", (Choice(("d'abord",)),)),
        ("et/ou/CCONJ", (Choice(("et/ou",), "CCONJ"),)),
    ],
)
def test_an_element_is_read_as_its_choices(written, choices):
    assert parse_motif(written) == (Element(choices),)


@pytest.mark.parametrize(
    ("written", "gap"),
    [("…", DEFAULT_GAP), ("...", DEFAULT_GAP), ("…1", 1), ("...7", 7), ("…15", 15)],
)
def test_a_gap_says_how_many_words_may_stand_there(written, gap):
    assert parse_motif(f"on {written} ose") == (
        Element((Choice(("on",)),)),
        Element(gap=gap),
        Element((Choice(("ose",)),)),
    )


@pytest.mark.parametrize(
    ("written", "choices"),
    [
        ("déjà?", (Choice(("déjà",)),)),
        ("ne|n'?", (Choice(("ne",)), Choice(("n'",)))),
        ("@petit?", (Choice(list_name="petit"),)),
        ("seul/ADJ?", (Choice(("seul",), "ADJ"),)),
    ],
)
def test_a_question_mark_makes_the_whole_element_optional(written, choices):
    _, middle, _ = parse_motif(f"on {written} ose")
    assert middle == Element(choices, optional=True)


def test_any_blank_separates_elements():
    assert parse_motif("  on\tose\n agir ") == parse_motif("on ose agir")


@pytest.mark.parametrize("upos", PARTS_OF_SPEECH)
def test_every_part_of_speech_can_be_asked_for(upos):
    assert parse_motif(f"mot/{upos}") == (Element((Choice(("mot",), upos),)),)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "le motif est vide"),
        ("   ", "le motif est vide"),
        ("… oser", "« … oser » commence par ce qui peut manquer"),
        ("oser …2", "« oser …2 » finit par ce qui peut manquer"),
        ("déjà? oser", "« déjà? oser » commence par"),
        ("oser déjà?", "« oser déjà? » finit par"),
        ("a …0 b", "« …0 » : un intervalle compte de 1 à 15 mots"),
        ("a …16 b", "« …16 » : un intervalle compte de 1 à 15 mots"),
        ("a ...99 b", "« ...99 » : un intervalle compte de 1 à 15 mots"),
        ("a …" + "9" * 5000 + " b", "9 » : un intervalle compte de 1 à 15 mots et s'écrit « … » ou « …5 »"),
        ("a …-1 b", "« …-1 » : un intervalle"),
        ("a …x b", "« …x » : un intervalle"),
        ("a …² b", "« …² » : un intervalle"),
        ("a …? b", "« …? » : un intervalle"),
        ("a ....  b", "« .... » : un intervalle"),
        ("…", "« … » commence par ce qui peut manquer"),
        ("d'abord? oser", "« d'abord? oser » commence par"),
        ("faire/VREB", "« faire/VREB » : la nature « VREB » n'existe pas ; choisissez parmi NOUN, VERB"),
        ("faire/verb", "la nature « verb » n'existe pas"),
        ("faire/", "la nature «  » n'existe pas"),
        ("a b?|c d", "« b? » : le « ? » rend facultatif tout l'élément et s'écrit une fois, à sa fin"),
        ("a b?? c", "« b? » : le « ? »"),
        ("a||b", "un choix est vide : vérifiez les « | » du motif"),
        ("|a", "un choix est vide"),
        ("a|", "un choix est vide"),
        ("a ? b", "un choix est vide"),
        ("a|_", "un choix est vide"),
        ("__", "un choix est vide"),
        ("a|@", "« @ » n'est suivi d'aucun nom de liste"),
        ("@", "« @ » n'est suivi d'aucun nom de liste"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(written, sentence):
    with pytest.raises(MotifSyntaxError) as caught:
        parse_motif(written)
    assert sentence in str(caught.value)
    assert not str(caught.value).endswith(".")


def test_the_lists_of_a_motif_are_named_once_each():
    assert lists_in(parse_motif("@qui|@quoi …2 @qui? oser")) == {"qui", "quoi"}
    assert lists_in(parse_motif("oser")) == set()


def written(elements):
    """Return the motif that reads as `elements`."""
    parts = []
    for element in elements:
        choices = [
            "@" + one.list_name if one.list_name else "_".join(one.words) + ("/" + one.upos if one.upos else "")
            for one in element.choices
        ]
        parts.append("|".join(choices) + "?" * element.optional if choices else f"…{element.gap}")
    return " ".join(parts)


WORDS = st.text("abéÀ'-", min_size=1, max_size=4)
CHOICES = st.one_of(
    st.builds(Choice, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.sampled_from(["", *PARTS_OF_SPEECH])),
    st.builds(Choice, st.just(()), st.sampled_from(PARTS_OF_SPEECH)),
    st.builds(Choice, list_name=WORDS),
)
MUST = st.builds(Element, st.lists(CHOICES, min_size=1, max_size=3).map(tuple))
MAY = st.builds(Element, st.lists(CHOICES, min_size=1, max_size=3).map(tuple), optional=st.just(True))
GAPS = st.builds(Element, gap=st.integers(1, 15))


@given(MUST, st.lists(st.one_of(MUST, MAY, GAPS), max_size=4), MUST)
def test_what_is_written_is_read_back(first, middle, last):
    elements = (first, *middle, last)
    assert parse_motif(written(elements)) == elements


@pytest.mark.parametrize("text", ["a " * 100_000, "|".join("a" * 100_000), "_".join("a" * 100_000), "…" * 1_000_000])
def test_a_long_motif_is_read_or_refused_at_once(text):
    started = time.monotonic()
    if text.startswith("…"):
        with pytest.raises(MotifSyntaxError):
            parse_motif(text)
    else:
        assert parse_motif(text)
    assert time.monotonic() - started < 3


def book_with(motif, **keys):
    content = {"id": "m", "motif": "oser agir", "exemples": ["On ose."], **motif}
    code = {"id": "x", "libelle": "X", "definition": "…", "motifs": [content]}
    return {"nom": "essai", "version": "1", "codes": [code], **keys}


MOTIF = ("codes", 0, "motifs", 0)
EMPTY_CHOICE = "un choix est vide : vérifiez les « | » du motif"
NO_SUCH_KIND = "« faire/VREB » : la nature « VREB » n'existe pas ; choisissez parmi NOUN"


@pytest.mark.parametrize(
    ("content", "loc", "sentence"),
    [
        (book_with({"motif": "a||b"}), (*MOTIF, "motif", 0), EMPTY_CHOICE),
        (book_with({"motif": ["oser", "a||b"]}), (*MOTIF, "motif", 1), EMPTY_CHOICE),
        (book_with({"avec": "a||b"}), (*MOTIF, "avec", 0), EMPTY_CHOICE),
        (book_with({"sauf": ["oser", "a||b"]}), (*MOTIF, "sauf", 1), EMPTY_CHOICE),
        (book_with({"contexte": ["oser", "agir", "… a"]}), (*MOTIF, "contexte", 2), "« … a » commence par"),
        (book_with({"motif": "@qui"}), MOTIF, "la liste « @qui » n'est définie nulle part sous « listes »"),
        (book_with({"sauf": "@zut @ami"}), MOTIF, "la liste « @ami » n'est définie nulle part sous « listes »"),
        (book_with({"motif": []}), (*MOTIF, "motif"), "too_short"),
        (book_with({"exemples": []}), (*MOTIF, "exemples"), "too_short"),
        (book_with({"si": "acteur"}), (*MOTIF, "si"), "literal_error"),
        (book_with({"negation": "oui"}), (*MOTIF, "negation"), "literal_error"),
        (book_with({"entre": "oser"}), (*MOTIF, "entre"), "extra_forbidden"),
        (book_with({}, listes={"faits": ["agir", "faire/VREB"]}), ("listes", "faits", 1), NO_SUCH_KIND),
        (book_with({}, listes={"faits": ["/"]}), ("listes", "faits", 0), "la nature «  » n'existe pas"),
        (book_with({}, listes={"faits": "agir"}), ("listes", "faits"), "tuple_type"),
    ],
)
def test_a_mistake_in_a_motif_or_a_list_is_told_with_its_path(content, loc, sentence):
    with pytest.raises(ValidationError) as caught:
        Codebook.model_validate(content)
    places = {where: told for where, told, _ in error_places([dict(error) for error in caught.value.errors()])}
    assert sentence in places.pop(loc)
    assert set(places) <= {loc[:1]}  # a book of wrong codes alone also counts as one without codes


def test_two_motifs_of_a_code_have_two_names():
    content = book_with({})
    content["codes"][0]["motifs"] *= 2
    with pytest.raises(ValidationError) as caught:
        Codebook.model_validate(content)
    ((loc, told, _),) = error_places([dict(error) for error in caught.value.errors()])
    assert (loc, told) == (("codes", 0, "motifs", 1, "id"), "le motif « m » est défini deux fois")


@pytest.mark.parametrize("lemma", ["/NOUN", "/VERB"])
def test_an_indicator_without_a_word_is_refused(lemma):
    code = {"id": "x", "libelle": "X", "definition": "…", "indicateurs": {"lemmes": ["oser", lemma]}}
    with pytest.raises(ValidationError) as caught:
        Codebook.model_validate({"nom": "essai", "version": "1", "codes": [code]})
    loc, told, _ = error_places([dict(error) for error in caught.value.errors()])[0]
    assert (loc[-2:], told) == (("lemmes", 1), f"« {lemma} » : il manque le mot devant la nature")


YAML = """\
version: "1"
listes:
  faits: [agir, faire/VERB]
codes:
  - id: lieu
    libelle: Lieu
    definition: Nomme un lieu.
    motifs:
      - id: ouvrir
        motif:
          - ouvrir …2 jardin
          - "@faits jardin"
        sauf: fermer jardin
        exemples: [On ouvre un jardin.]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("faire/VERB", "faire/VREB", "m.yaml:3 : « faire/VREB » : la nature « VREB » n'existe pas"),
        ("…2", "…20", "m.yaml:11 : « …20 » : un intervalle compte de 1 à 15 mots et s'écrit « … » ou « …5 »."),
        ('"@faits jardin"', "faire|", "m.yaml:12 : un choix est vide : vérifiez les « | » du motif."),
        ("fermer jardin", "fermer …", "m.yaml:13 : « fermer … » finit par ce qui peut manquer"),
        ('"@faits jardin"', '"@fait jardin"', "m.yaml:9 : la liste « @fait » n'est définie nulle part"),
        ("exemples: [On ouvre un jardin.]", "si: agent", "m.yaml:9 : il manque la clé « exemples »."),
    ],
)
def test_a_mistake_in_a_motif_is_told_with_file_and_line(old, new, expected):
    assert YAML.count(old) == 1
    assert parse_codebook(YAML.encode(), name="mini", where="m.yaml")["lieu"].motifs[0].lists == {"faits"}
    with pytest.raises(CodebookError) as caught:
        parse_codebook(YAML.replace(old, new).encode(), name="mini", where="m.yaml")
    (told,) = str(caught.value).split("\n")
    assert told.startswith(expected)
