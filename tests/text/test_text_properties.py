"""What holds for the cleaning of any text, over thousands of inputs that mix all it undoes."""

from __future__ import annotations

import random
import time
import unicodedata
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.text.cleaning import clean

LETTERS = ("a", "é", "e\u0301", "\u0301", "E", "É", "o", "ﬁ", "œ", "mot", "une maison ouvre", "les voisines se")
SPACES = (" ", " ", " ", "  ", "\t", "\u00a0", "\u202f", "\u2009", "\u200b", "\ufeff", "\x00")
BREAKS = ("\n", "\n", "\r\n", "\r", "\n\n", "\x0c", "\n\x0c", "\u2028", "-\n", "\u00ad\n", "-\r\n")
SIGNS = ("-", "\u2010", "\u00ad", "’", "«", "»", ".", ",", ":", "?", "(e)", "·", "/", "*", "–", "@")
DIGITS = ("1", "12", "2", "¹", "²", "»1", "mot2", "société1", "\n1 Une", "\n2. Une")
PAGES = ("- 3 -", "1 / 2", "2 / 2", "Page 2 sur 3", "\nEn-tête\n", "\x0cEn-tête\n", "\n1\x0c", "\n2\x0c")
BULLETS = ("• ", "\n•", "\n• ", "\n\uf0b7", "\no ", "\n– ", "\n- ")
CUTS = ("ini-\ntiative", "peut-\nêtre", "citoyen·\nne·s", "habitant.\ne.s", "Ana : ", "Saint-\nGilles")
ADDRESSES = ("https://un.be/", "www.un.be/a-", "\nb_c.pdf", "nom@", "exemple.org", "?a=1")
PIECES = (*LETTERS, *SPACES, *BREAKS, *SIGNS, *DIGITS, *PAGES, *BULLETS, *CUTS, *ADDRESSES)
MESSY = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)

# what running headers and page numbers are made of: they alone lose letters, in texts that are wrapped
OF_PAGES = set("pagesurentt")
INVISIBLE = dict.fromkeys(map(ord, "\x00\u200b\ufeff\u00ad"))


def bare(text):
    """Letters and digits without accents, ligatures, raised numbers: what may be neither lost nor invented."""
    decomposed = unicodedata.normalize("NFKD", text.translate(INVISIBLE))
    return [character for character in decomposed if character.isalnum()]


def known_pages(source, chance):
    return [place + 1 for place, sign in enumerate(source) if sign == "\n" and chance.random() < 0.2]


def check_map(done, source, chance):
    starts, ends = done.places.starts, done.places.ends
    assert len(starts) == len(ends) == len(done.text)
    assert done.places.n_source == len(source)
    assert np.all(starts < ends)
    assert np.all(starts[1:] >= starts[:-1])
    assert np.all(ends[1:] >= ends[:-1])
    if not done.text:
        return
    assert starts[0] >= 0
    assert ends[-1] <= len(source)
    first = chance.randrange(len(done.text))
    last = chance.randint(first + 1, len(done.text))
    back = done.places.to_clean(*done.places.to_source(first, last))
    assert back[0] <= first
    assert last <= back[1]


def check_letters(done, source):
    for character, start, end in zip(done.text, done.places.starts.tolist(), done.places.ends.tolist(), strict=True):
        stretch = source[start:end]
        if character.isalnum() and character != stretch:
            assert bare(character)[0] in bare(stretch)
    assert not Counter(bare(done.text)) - Counter(bare(source))


def test_ten_thousand_texts_keep_their_letters_and_their_places():
    chance = random.Random(1)  # noqa: S311
    changed = 0
    for number in range(10_000):
        source = "".join(chance.choices(PIECES, k=chance.randint(0, 14)))
        wrapped = number % 3 > 0
        done = clean(source, wrapped=wrapped, page_starts=known_pages(source, chance) if number % 2 else ())
        check_map(done, source, chance)
        check_letters(done, source)
        changed += done.text != source
    assert changed > 5_000


@given(MESSY, st.booleans(), st.randoms(use_true_random=False))
def test_spans_lead_to_the_source_and_back(source, wrapped, chance):
    check_map(clean(source, wrapped=wrapped, page_starts=known_pages(source, chance)), source, chance)


@given(MESSY, st.booleans())
def test_no_letter_and_no_digit_is_invented(source, wrapped):
    check_letters(clean(source, wrapped=wrapped), source)


@given(MESSY)
def test_without_a_page_layout_no_letter_is_lost_but_the_bullet(source):
    lost = Counter(bare(source)) - Counter(bare(clean(source).text))
    assert all(character == "o" or character.isdigit() for character in lost)


@given(MESSY)
def test_with_a_page_layout_only_headers_and_page_numbers_lose_letters(source):
    lost = Counter(bare(source)) - Counter(bare(clean(source, wrapped=True).text))
    assert {character.lower() for character in lost if not character.isdigit()} <= OF_PAGES | {"o"}
    kept = clean(source, wrapped=True, without={"page-numbers", "running-lines", "footnote-marks", "bullets"})
    assert bare(kept.text) == bare(source)


@given(MESSY, st.booleans())
def test_a_clean_text_cleaned_again_stays_as_it_is(source, wrapped):
    # not as a wrapped text: the proof of the page's width went with the line breaks
    once = clean(source, wrapped=wrapped).text
    again = clean(once)
    assert again.text == once
    assert np.array_equal(again.places.starts, np.arange(len(once)))


@given(MESSY, st.booleans())
def test_a_clean_text_is_composed_and_has_no_page_break_left(source, wrapped):
    text = clean(source, wrapped=wrapped).text
    assert unicodedata.is_normalized("NFC", text)
    assert not set(text) & set("\r\x0b\x0c\u2028\u00ad\u200b\ufeff\x00")


@given(st.lists(st.sampled_from(["https://un.be/a-b/c1?d=e¹", "www.é.fr/x·y", "a.b-c@d-e.org"]), max_size=5))
def test_addresses_pass_through_every_rule(addresses):
    text = " ; ".join(addresses)
    assert clean(text, wrapped=True).text == text
    text = " ;\n".join(addresses)
    assert [line.strip() for line in clean(text, wrapped=True).text.split("\n")] == text.split("\n") * bool(
        addresses
    ) or (clean(text, wrapped=True).text == text.replace("\n", " "))


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_megabyte_is_cleaned_in_seconds(wrapped):
    lines = [
        "La maison de quartier ouvre ses portes chaque matin aux familles du voi-",
        "sinage. Elles y trouvent un café, des jeux et une écoute attentive ; les",
        "habitant·e·s décident ensemble du programme¹ de la saison suivante, sur",
        "www.exemple.be/programme ou par écrit à info@exemple.be, jusqu’en 2025.",
        "",
    ]
    page = "\n".join(["Rapport annuel", *lines * 10, "{}\f"])
    text = "".join(page.format(number) for number in range(1, 350))
    assert len(text) > 1_000_000
    started = time.perf_counter()
    done = clean(text, wrapped=wrapped)
    # about a second on a quiet machine
    assert time.perf_counter() - started < 10
    assert ("voi-\nsinage" in done.text) is not wrapped
    assert "programme¹" not in done.text


@pytest.mark.parametrize(
    "run",
    [
        "1 / 9\n",
        "- 1 -\n",
        "»1",
        "a1",
        "a.1",
        "¹,",
        "@",
        "a@",
        "www.",
        "://",
        "a-\n",
        "·\n",
        "•",
        "•\n",
        "o \n",
        "\f",
        "A\n\f",
    ],
)
def test_endless_runs_cost_no_more_than_their_length(run):
    text = "a" + run * (100_000 // len(run))
    started = time.perf_counter()
    clean(text, wrapped=True)
    assert time.perf_counter() - started < 6
    assert all(left <= right for left, right in pairwise(clean(text[:300], wrapped=True).places.starts))
