"""Cleaning, rule by rule."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.text.cleaning import RULES, clean

SIGNS = ("a", "É", "e\u0301", "ﬁ", "1", ".", "-", "’")
SPACES = (" ", "  ", "\t", "\u00a0", "\u202f", "\u2009", "\u200b", "\ufeff")
BREAKS = ("\n", "\r\n", "\r", "\n\n", "-\n", "\u2028", "\x0c", "\x00")
MESSY = st.lists(st.sampled_from([*SIGNS, *SPACES, *BREAKS]), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("un\r\ndeux\rtrois\x0cquatre\u2028cinq", "un\ndeux\ntrois\nquatre\ncinq"),
        ("ﬁdèle à l’oﬃce, ﬂou, eﬀet", "fidèle à l’office, flou, effet"),
        ("e\u0301te\u0301", "été"),
        ("inno\u00advation", "innovation"),
        ("mot\u200bclé\ufeff", "motclé"),
        ("a\x00b\x1fc", "abc"),
        ("e\u200d\u0301", "é"),
        ("«\u00a0 oui \u00a0»", "«\u00a0oui\u00a0»"),
        ("oui \u202f; non\u00a0!", "oui\u202f; non\u00a0!"),
        ("trop   de \t place", "trop de place"),
        ("  bord gauche\nbord droit  \n\t milieu", "bord gauche\nbord droit\nmilieu"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\n \n\t\n \nb", "a\n\nb"),
        ("  \n\n début", "début"),
        ("fin \n \n", "fin"),
        ("une liste :\nsuite", "une liste :\nsuite"),
        (" \n\t\u00a0", ""),
        ("", ""),
    ],
)
def test_each_rule_does_its_work(source, cleaned):
    assert clean(source).text == cleaned


def test_a_text_that_is_not_wrapped_keeps_its_lines_and_hyphens():
    assert clean("des ini-\ntiatives\net").text == "des ini-\ntiatives\net"
    assert clean("des ini-\ntiatives", wrapped=True).text == "des initiatives"


@pytest.mark.parametrize(
    ("rule", "source", "kept"),
    [
        ("ligatures", "ﬁn", "ﬁn"),
        ("spaces", "a  b", "a  b"),
        ("line-breaks", "a\x0bb", "a\x0bb"),
        ("page-breaks", "a\x0cb", "a\x0cb"),
        ("hyphenation", "ini-\ntiative", "ini-\ntiative"),
        ("text-edges", "\n\na", "\n\na"),
        ("blank-lines", "a\n\n\nb", "a\n\n\nb"),
    ],
)
def test_a_rule_can_be_left_out(rule, source, kept):
    assert clean(source, wrapped=True).text != kept
    assert clean(source, wrapped=True, without={rule}).text == kept


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="unheard-of"):
        clean("a", without={"unheard-of"})


def test_rules_have_names_of_their_own():
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


def test_words_lead_back_to_their_place_in_the_source():
    source = "Une  ini-\r\ntiative ﬁdèle, e\u0301crite"
    cleaned = clean(source, wrapped=True)
    assert cleaned.text == "Une initiative fidèle, écrite"
    for word, origin in [
        ("Une", "Une"),
        ("initiative", "ini-\r\ntiative"),
        ("fidèle", "ﬁdèle"),
        ("écrite", "e\u0301crite"),
    ]:
        start = cleaned.text.index(word)
        left, right = cleaned.places.to_source(start, start + len(word))
        assert source[left:right] == origin


@given(MESSY, st.booleans())
def test_a_clean_text_is_left_as_it_is(source, wrapped):
    once = clean(source, wrapped=wrapped).text
    twice = clean(once)
    assert twice.text == once
    assert all(twice.places.to_source(i, i + 1) == (i, i + 1) for i in range(len(once)))


@given(MESSY, st.booleans())
def test_no_letter_and_no_sign_is_lost_but_the_hyphen_of_a_cut_word(source, wrapped):
    def visible(text):
        text = unicodedata.normalize("NFC", text.replace("ﬁ", "fi"))
        return [one for one in text if unicodedata.category(one)[0] in "LNP" and (not wrapped or one != "-")]

    assert visible(clean(source, wrapped=wrapped).text) == visible(source)


@given(MESSY, st.booleans())
def test_every_clean_letter_comes_from_where_it_stands(source, wrapped):
    cleaned = clean(source, wrapped=wrapped)
    for position, character in enumerate(cleaned.text):
        if character.isalnum():
            start, end = cleaned.places.to_source(position, position + 1)
            assert character in unicodedata.normalize("NFKC", source[start:end])


@given(MESSY)
def test_no_line_of_a_clean_text_has_edges_or_double_spaces(source):
    text = clean(source).text
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert all(line == line.strip() and "  " not in line for line in text.split("\n"))


@pytest.mark.parametrize(
    "run", [" ", "\t", "\u00a0", "\u2009", "\n", " \n", "-\n", "a-\n", "e\u0301", "a\u0301", ".)", "\u00a0\n", "\x00"]
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_endless_runs_are_cleaned_in_no_time(run, wrapped):
    source = "a" + run * 30_000 + "b"
    started = time.perf_counter()
    text = clean(source, wrapped=wrapped).text
    assert time.perf_counter() - started < 5
    assert text[0] == "a"
    assert text[-1] == "b"
