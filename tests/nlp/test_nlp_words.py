"""Words: what is cut apart, what stays whole, and that nothing is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from innovsoc_analysis.nlp.words import split_words

HARD = st.text(alphabet="aéLlqu'’-‑t.()·«»\"“”–—…*/0123hHm€%@,;:!?JC[]{}<>=+_|~#&", max_size=20)


def cut(text):
    """Return the words of `text`, a bar between two of them."""
    words = split_words(text)
    assert "".join(words) == text
    return "|".join(words)


@pytest.mark.parametrize(
    "words",
    [
        "l'|atelier",
        "L’|État",
        "d’|habitat",
        "qu'|elle",
        "QU’|ELLE",
        "j’|agis",
        "n’|agit",
        "s’|ils",
        "c’|est",
        "m’|aide",
        "t’|aide",
        "jusqu’|à",
        "lorsqu’|on",
        "puisqu’|il",
        "quoiqu’|elle",
        "d’|aujourd’hui",
        "qu’|aujourd’hui",
        "d’|1,5",
        "l’|“|État|”",
        "d’|«|agir|»",
        "l'|ESS",
    ],
)
def test_an_elided_word_ends_with_its_apostrophe(words):
    assert cut(words.replace("|", "")) == words


@pytest.mark.parametrize(
    "words",
    [
        "a|-t-il",
        "A|-t-elle",
        "parle|-t-on",
        "existe|-t-il",
        "EXISTE|-T-IL",
        "ont|-ils",
        "sont|-elles",
        "est|-ce",
        "Qu’|est|-ce",
        "n’|est|-ce",
        "qu’|a|-t-il",
        "peut|-on",
        "puis|-je",
        "aimé|-je",
        "voulez|-vous",
        "dis|-moi",
        "dis|-moi|-le",
        "dites|-le|-nous",
        "donnez|-la|-leur",
        "allez|-vous|-en",
        "vas|-y",
        "prends|-en",
        "va|-t’|en",
        "va|-t'|en",
        "donne|-m’|en",
        "souviens|-t’|en",
        "mène|-l’|y",
        "dit|-elle|,",
        "«|dit|-il|»",
        "coconstruit|-on",
    ],
)
def test_a_clitic_after_its_verb_starts_with_its_hyphen(words):
    assert cut(words.replace("|", "")) == words


@pytest.mark.parametrize(
    "word",
    [
        "rendez-vous",
        "peut-être",
        "c’est-à-dire",
        "C'est-à-dire",
        "aujourd’hui",
        "AUJOURD'HUI",
        "quelqu’un",
        "quelqu'une",
        "quelques-uns",
        "presqu’île",
        "prud’hommes",
        "l’on",
        "celui-ci",
        "ceux-là",
        "là-bas",
        "ci-dessous",
        "au-delà",
        "eux-mêmes",
        "savoir-faire",
        "laissez-passer",
        "on-dit",
        "porte-parole",
        "vice-présidente",
        "tiers-lieu",
        "éco-lieux",
        "co-construire",
        "socio-économique",
        "Saint-Étienne",
        "Auvergne-Rhône-Alpes",
        "et/ou",
        "2015-2020",
        "12,5",
        "1.000,50",
        "CO2",
        "R&D",
        "XXIe",
    ],
)
def test_a_compound_is_one_word(word):
    assert split_words(word) == [word]


def test_what_is_shown_as_being_here_or_there_is_cut_from_its_noun():
    assert cut("lieu-là") == "lieu|-là"
    assert cut("année-ci") == "année|-ci"


@pytest.mark.parametrize(
    "word", ["p.ex.", "J.-C.", "M.", "MM.", "Dr.", "cf.", "p.", "vol.", "c.-à-d.", "S.C.I.C.", "O.N.G.", "U.E.", "A."]
)
def test_an_abbreviation_keeps_its_point(word):
    assert split_words(word) == [word]
    assert cut(f"({word})") == f"(|{word}|)"


@pytest.mark.parametrize(
    "words", ["atelier|.", "ESS|.", "2020|.", "III|.", "mot|!|»", "fini|.|»", "(|fini|.|)", "fini|.|»|."]
)
def test_a_full_stop_is_a_word(words):
    assert cut(words.replace("|", "")) == words


@pytest.mark.parametrize(
    "word",
    [
        "https://www.exemple.be/a-t-il?page=1",
        "http://exemple.org/l'eau",
        "www.exemple.be",
        "exemple.coop",
        "contact@exemple.org",
        "prenom.nom@asso-exemple.be",
        "#innovation",
        "@collectif",
    ],
)
def test_an_address_is_one_word_without_the_signs_around_it(word):
    assert split_words(word) == [word]
    assert cut(f"{word}.") == f"{word}|."
    assert cut(f"({word}),") == f"(|{word}|)|,"
    assert cut(f"«{word}»") == f"«|{word}|»"
    assert cut(f"<{word}>") == f"<|{word}|>"


@pytest.mark.parametrize(
    "words",
    [
        "10|h|30",
        "10|h",
        "8|H|30",
        "9|h|-|12|h",
        "14|h|-|18|h|30",
        "12|%",
        "12|€",
        "1,5|km",
        "50|ans",
        "25|°C",
    ],
)
def test_a_number_is_cut_from_its_unit(words):
    assert cut(words.replace("|", "")) == words


@pytest.mark.parametrize(
    "words",
    [
        "«|oui|»",
        "“|oui|”",
        '"|oui|"|,',
        "‘|oui|’",
        "'|oui|'",
        "‘|l’|État|’",
        "«|L’|eau|…|»|,",
        "[|sic|]",
        "(|oui|)|.",
        "(|a|)",
        "—|oui",
        "–|oui",
        "-|oui",
        "oui|-",
        "*|note",
        "?|!",
        "!|!|!",
        "...",
        "…",
        "mot|...",
        "mot|…|!",
        "»|,",
    ],
)
def test_quotation_marks_and_other_signs_are_words(words):
    assert cut(words.replace("|", "")) == words


@pytest.mark.parametrize(
    "words",
    [
        "fini|.|Puis",
        "fini|.|L’|eau",
        "2020|.|Les",
        "finie|.|«|Oui|»",
        "mot|,|mot",
        "mot|;|mot",
        "mot|:|mot",
        "mot|…|suite",
        "mot|...|suite",
        "mot|—|suite",
        "mot|»|suite",
        "mot|«|suite",
        "»|suite",
        ")|suite",
        "!|suite",
        "usagers|/|soignants",
    ],
)
def test_a_missing_space_is_seen(words):
    assert cut(words.replace("|", "")) == words


@pytest.mark.parametrize(
    "words",
    ["projet(s)", "projet(s)|.", "(|projet(s)|)", "projet(s)|»", "habitant(e)s", "l’|habitant·e", "(|citoyen·ne·s|)|,"],
)
def test_an_ending_in_parentheses_or_after_a_point_stays_with_its_word(words):
    assert cut(words.replace("|", "")) == words


def test_a_prefix_in_parentheses_is_no_ending():
    assert cut("l’(in)justice") == "l’|(|in|)|justice"


@pytest.mark.parametrize(
    "text",
    [
        "l'eau",
        "d'aujourd'hui",
        "qu'a-t-il",
        "dis-moi-le",
        "va-t'en",
        "rendez-vous",
        "c'est-à-dire",
        "quelqu'un",
        "lieu-là",
    ],
)
def test_typography_changes_nothing(text):
    plain = split_words(text)
    for typographic in (text.replace("'", "’"), text.replace("'", "ʼ"), text.replace("-", "‑"), text.replace("-", "‐")):
        lengths = [len(word) for word in split_words(typographic)]
        assert lengths == [len(word) for word in plain], typographic


@given(st.text(max_size=30))
@example("0:\n")  # a line end is no end of the text
@settings(deadline=None, max_examples=300)
def test_words_are_the_text_cut_into_pieces(text):
    words = split_words(text)
    assert "".join(words) == text
    assert all(words)


@given(HARD)
@settings(deadline=None, max_examples=500)
def test_so_are_those_of_signs_and_letters_in_any_order(text):
    words = split_words(text)
    assert "".join(words) == text
    assert all(words)


@given(HARD)
@settings(deadline=None, max_examples=200)
def test_the_same_text_is_cut_the_same_way_twice(text):
    assert split_words(text) == split_words("".join(split_words(text)))


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "l'",
        "a-",
        "-t-il",
        "1.",
        ".a",
        "«a",
        "a/a/",
        "mot(s)",
        "a@",
        "http://",
        "--",
        "…",
        "aujourd'hui",
        "10h",
        "a.b-",
    ],
)
def test_the_longest_run_that_the_tokeniser_hands_over_takes_no_time(piece):
    run = (piece * 500)[:500]
    started = time.perf_counter()
    assert "".join(split_words(run)) == run
    assert time.perf_counter() - started < 1
