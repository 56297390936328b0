"""Sorted concordances: by neighbours, in the order of a French dictionary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.lexicometry import concordance
from innovsoc_analysis.lexicometry.kwic.sorting import alphabetical
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

# neighbours of « pivot »:  1G     2G      1D      2D
LINES = [
    "zoo zèbre pivot côte bleue",  # zèbre  zoo     côte    bleue
    "ami école pivot cote rouge",  # école  ami     cote    rouge
    "ami Ecole Pivot coté, azur",  # Ecole  ami     coté    azur
    "pivot",  # none
    "bol, eau pivots (dune) abri",  # eau   bol     dune    abri
]


@pytest.fixture(scope="module")
def found():
    corpus = corpus_from_texts({str(number): line for number, line in enumerate(LINES)})
    return concordance(corpus, "pivot*")


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        ((), "01234"),
        (("place",), "01234"),
        # no word comes first; accents and capitals play no part, equals stay in the order of the corpus
        (("1G",), "34120"),
        (("1g",), "34120"),
        (("2G",), "31240"),
        (("1D",), "30124"),
        (("2D",), "34201"),
        (("left",), "34120"),
        (("right",), "32014"),
        (("pivot",), "01234"),
        (("pivot", "1D"), "30124"),
        (("2G", "2D"), "32140"),
    ],
)
def test_order(found, keys, order):
    table = found.sorted(*keys).table
    assert "".join(table["title"]) == order


def test_depth_tells_how_many_words_a_side_holds(found):
    assert "".join(found.sorted("right", depth=1).table["title"]) == "30124"


def test_sorting_keeps_the_occurrences_and_leaves_the_first_as_it_was(found):
    other = found.sorted("right")
    assert (other.query, len(other)) == ("pivot*", 5)
    assert "".join(found.table["title"]) == "01234"
    assert other.by("title")["n"].tolist() == [1] * 5


def test_neighbours_are_not_sought_in_other_documents():
    corpus = corpus_from_texts({"a": "mot", "b": "avant mot", "c": "après"})
    assert concordance(corpus, "mot").sorted("1G").table["title"].tolist() == ["a", "b"]
    assert concordance(corpus, "mot").sorted("1D").table["title"].tolist() == ["a", "b"]


def test_an_empty_concordance_can_be_sorted():
    assert len(concordance(corpus_from_texts({"a": "Un mot."}), "loyer").sorted("left", "pivot")) == 0


@pytest.mark.parametrize("key", ["", "gauche", "0G", "10D", "G", "1GG"])
def test_an_unknown_key_is_refused(found, key):
    with pytest.raises(UsageError) as raised:
        found.sorted(key)
    assert str(raised.value) == (
        f"« {key} » : on trie par left (gauche), right (droite), pivot, place, ou par un mot voisin (1G à 9G, 1D à 9D)."
    )


@pytest.mark.parametrize("depth", [0, 10])
def test_a_depth_out_of_bounds_is_refused(found, depth):
    with pytest.raises(UsageError, match=r"^La profondeur du tri est un nombre de mots : de 1 à 9\.$"):
        found.sorted("left", depth=depth)


def test_alphabetical_order_is_that_of_french_dictionaries():
    words = ["zone", "œuvre", "offre", "Été", "étable", "l’État", "porte-parole", "porter"]
    assert sorted(words, key=alphabetical) == [
        *("étable", "Été", "l’État", "œuvre", "offre", "porte-parole", "porter", "zone"),
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["mot", "lac", "île", "Eau", ","]), min_size=1, max_size=12))
def test_any_order_is_a_permutation_of_the_places(words):
    found = concordance(corpus_from_texts({"a": " ".join([*words, "mot"])}), "mot")
    places = found.table["start"].tolist()
    for key in ("left", "right", "pivot"):
        assert sorted(found.sorted(key).table["start"]) == places
