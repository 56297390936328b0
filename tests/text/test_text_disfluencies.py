"""Filled pauses, markers, repetitions and false starts; and the written text that has none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.text.cleaning import clean
from innovsoc_analysis.text.disfluencies import (
    DISCOURSE_MARKER,
    FALSE_START,
    FILLED_PAUSE,
    REPETITION,
    Disfluency,
    find_disfluencies,
)

DATA = Path(__file__).parents[3] / "shared" / "data"
PROJECTS = DATA / "betagouv_projects.jsonl"
KINDS = {FILLED_PAUSE, DISCOURSE_MARKER, REPETITION, FALSE_START}
PIECES = st.sampled_from(
    [
        "je",
        "on",
        "de",
        "la",
        "le",
        "l'",
        "c'est",
        "a",
        "un",
        "euh",
        "hum",
        "ben",
        "que",
        "nous",
        "va",
        "\n",
        "« ",
        " »",
        "inno-",
        "innovation",
        "coopéra",
        "parti/",
        "s~",
        ",",
        "…",
        "...",
        ".",
        "3",
        "_",
        "'",
        "-",
    ]
)
SPEECH = st.lists(st.tuples(PIECES, st.sampled_from([" ", "", ", "]))).map(lambda pairs: "".join(map("".join, pairs)))


def found(text, *kinds):
    return [text[one.start : one.end] for one in find_disfluencies(text) if not kinds or one.kind in kinds]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Euh, oui, heu, non.", ["Euh", "heu"]),
        ("Euuuh mmh hmm hum mh mhm", ["Euuuh", "mmh", "hmm", "hum", "mh", "mhm"]),
        ("EUH non", ["EUH"]),
        ("c'est l'euh l'idée", ["euh"]),
        ("les « euh » du discours", []),
        ('les "euh" du discours', []),
        ("une meuf et un pneu eu beuh", []),
        ("classé MH, à 3 hm", []),
        ("dans x_euh et euh2", []),
    ],
)
def test_filled_pauses(text, expected):
    assert found(text, FILLED_PAUSE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ben, on ouvre. Eh ben oui, bah non, hein.", ["Ben", "ben", "bah", "hein"]),
        ("Ça dépend, quoi.", ["quoi"]),
        ("On vient, quoi", ["quoi"]),
        ("C'est ben beau ou ben laid.", []),
        ("Ben Traoré vient avec Ben.", []),
        ("Tu fais quoi ?", []),
        ("Dites qui, quoi, où.", []),
        ("À quoi bon, voilà, du coup, enfin, bon.", []),
    ],
)
def test_discourse_markers_count_only_where_they_are_sure(text, expected):
    assert found(text, DISCOURSE_MARKER) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("je je pars", ["je "]),
        ("on on on y va", ["on on "]),
        ("l'idée de, de bouger", ["de, "]),
        ("les… les gens", ["les… "]),
        ("c'est c'est beau", ["c'est "]),
        ("il y a, il y a des gens", ["il y a, "]),
        ("je j'ai dit", ["je "]),
        ("une envie de d'air", ["de "]),
        ("le, l'atelier", ["le, "]),
        ("très, euh, très tard", ["très, "]),
        ("un peu euh un peu mieux", ["un peu "]),
        ("de, euh, de, de la ville", ["de, ", "de, "]),
        ("Je… Je pars", ["Je… "]),
        ("Nantes est est loin", ["est "]),
    ],
)
def test_repetitions_mark_the_earlier_copies(text, expected):
    assert found(text, REPETITION) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inno- innovation", ["inno- "]),
        ("une parti/ participation", ["parti/ "]),
        ("la coopéra... la coopérative", ["la coopéra... "]),
        ("la coopéra… la coopérative", ["la coopéra… "]),
        ("près s~ des rails", ["s~ "]),
        ("c'est ét~.", ["ét~"]),
        ("l'é~, l'évolution", ["l'é~, "]),
        ("vous sa~, vous travaillez", ["vous sa~, "]),
        ("il faut que je, que nous partions", ["que je, "]),
        ("le, euh, la voiture", ["le, "]),
        ("tu, euh, on part", ["tu, "]),
    ],
)
def test_false_starts_are_begun_again(text, expected):
    assert found(text, FALSE_START) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nous nous aidons, vous vous voyez, nous, nous restons.",
        "Il est très très content, vraiment vraiment, oui oui, non, non.",
        "Entrez un à un à la file, petit à petit à petit feu.",
        "Il va faire faire un four, jour après jour après jour.",
        "Ça, ça marche. Elle, elle reste. Moi, moi aussi.",
        "Tout en en parlant, il sait que c'est comme ça, comme ça.",
        "C'est vrai. C'est vrai. On y va, on y va.",
        "Un, deux, un, deux. Je suis pour, je suis même ravie.",
        "Il en reste un, il en veut deux. Sur ce, c'est fini.",
        "Ils font ce qu'ils sont, ils sont libres.",
        "Il me dit que, euh, il viendra. On vient de, euh, la ville.",
        "Le parc de De Gaulle, avec Le Le Corbusier. L'est est loin.",
        "La la la, oh la la !",
        "la pré- et post-production, un micro- ou macro-budget",
        "un étudiant/ étudiante, et/ou, km/ h",
        "L'école… l'écolier. Un bon… bonheur. Le pas… le passage.",
        "a- accueil b- bilan, chef- lieu",
        "le\nle",
        "« de » « de »",
        "le DE d'ici",
    ],
)
def test_fluent_french_has_no_disfluencies(text):
    assert found(text, DISCOURSE_MARKER, REPETITION, FALSE_START) == []


def test_leaving_the_disfluencies_out_gives_the_fluent_text():
    text = "Et là je je me dis que on on fait une inno- une innovation, de, de quartier."
    kept = []
    end = 0
    for one in find_disfluencies(text):
        kept.append(text[end : one.start])
        end = one.end
    assert "".join([*kept, text[end:]]) == "Et là je me dis que on fait une innovation, de quartier."


def test_a_stretch_is_searched_alone_and_its_places_are_those_of_the_text():
    text = "euh de de la euh"
    assert find_disfluencies(text, 4, 12) == [Disfluency(4, 7, REPETITION)]
    assert find_disfluencies(text, 4) == [Disfluency(4, 7, REPETITION), Disfluency(13, 16, FILLED_PAUSE)]
    assert find_disfluencies(text, 7, 12) == []


@given(SPEECH)
def test_spans_are_in_bounds_ordered_and_apart(text):
    end = 0
    for one in find_disfluencies(text):
        assert end <= one.start < one.end <= len(text)
        assert one.kind in KINDS
        assert "\n" not in text[one.start : one.end]
        end = one.end


@given(SPEECH)
def test_removing_a_filled_pause_never_joins_two_words(text):
    for one in find_disfluencies(text):
        if one.kind == FILLED_PAUSE:
            around = text[: one.start][-1:] + text[one.end :][:1]
            assert not any(character.isalnum() for character in around)


@pytest.mark.parametrize(
    "piece", ["de ", "de, ", "euh ", "la la ", "inno- innovation ", "a-", "…", ".", "s~ ", ", quoi", "e", "'"]
)
def test_long_texts_take_a_moment_only(piece):
    text = piece * (100_000 // len(piece))
    assert all(0 <= one.start < one.end <= len(text) for one in find_disfluencies(text))


@pytest.mark.skipif(not PROJECTS.exists(), reason="the descriptions of projects are not there")
def test_descriptions_of_projects_have_only_words_typed_twice():
    texts = [clean(json.loads(line)["text"]).text for line in PROJECTS.read_text("utf-8").split("\n") if line]
    spans = [(text[one.start : one.end].strip(), one.kind) for text in texts for one in find_disfluencies(text)]
    assert len(texts) > 500
    assert {kind for _, kind in spans} <= {REPETITION}
    assert {word for word, _ in spans} <= {"de", "des", "une", "les", "et"}
    assert len(spans) < 15


@pytest.mark.parametrize(
    ("treebank", "precision", "recall"),
    [("ParisStories_fr_parisstories-ud-dev", 0.8, 0.24), ("Rhapsodie_fr_rhapsodie-ud-dev", 0.9, 0.32)],
)
def test_what_is_marked_in_recorded_speech_is_what_annotators_marked(treebank, precision, recall):
    path = DATA / "ud" / f"{treebank}.conllu"
    if not path.exists():
        pytest.skip("the treebanks of spoken French are not there")
    hits = marked = annotated = pauses = 0
    for block in path.read_text("utf-8").strip().split("\n\n"):
        text, tokens = _tokens(block)
        spans = find_disfluencies(text)
        expected = _reparanda(tokens)
        for number, (start, end, form, row) in tokens.items():
            if row[3] == "PUNCT":
                continue
            kinds = {one.kind for one in spans if one.start <= start and end <= one.end}
            pauses += (FILLED_PAUSE in kinds) != (
                row[3] == "INTJ" and form.rstrip("~") in {"euh", "heu", "mh", "hum", "hmm"}
            )
            marked += bool(kinds & {REPETITION, FALSE_START})
            annotated += number in expected
            hits += bool(kinds & {REPETITION, FALSE_START}) and number in expected
    assert pauses <= 1  # one is not tagged as an interjection
    assert hits >= precision * marked
    assert hits >= recall * annotated


def _tokens(block):
    """Return the text as written and the tokens by number: their places, forms and rows."""
    text = ""
    tokens = {}
    last, place = 0, (0, 0)
    for line in block.split("\n"):
        row = line.split("\t")
        if line.startswith("#") or "." in row[0]:
            continue
        first, _, until = row[0].partition("-")
        if until or int(first) > last:
            place = (len(text), len(text) + len(row[1]))
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
        if until:
            last = int(until)
        else:
            tokens[int(first)] = (*place, row[1].lower(), row)
    return text, tokens


def _reparanda(tokens):
    """Return the numbers of the words under a repaired one, punctuation and interjections apart."""
    inside = {number for number, token in tokens.items() if token[3][7].startswith("reparandum")}
    grown = True
    while grown:
        children = {
            number
            for number, token in tokens.items()
            if int(token[3][6]) in inside and token[3][3] not in {"PUNCT", "INTJ"}
        }
        grown = not children <= inside
        inside |= children
    return {number for number in inside if tokens[number][3][3] != "INTJ"}
