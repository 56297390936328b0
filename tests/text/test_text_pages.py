"""What belongs to the page and not to the text: numbers, running headers and footers."""

from __future__ import annotations

import pytest

from innovsoc_analysis.text.cleaning import clean
from innovsoc_analysis.text.pages import mark_page_starts

FIRST = "La commune a ouvert une maison de quartier où les"
SECOND = "voisines se retrouvent. On y répare des vélos."


def cleaned(text, **options):
    return clean(text, wrapped=True, **options).text


@pytest.mark.parametrize("mark", ["- {} -", "– {} –", "{} / 2", "{}/2", "Page {} sur 2", "page {}/2", "p. {}", "{}"])
def test_page_numbers_at_the_foot_of_pages_go(mark):
    text = f"{FIRST}\n{mark.format(1)}\f{SECOND}\n{mark.format(2)}\f"
    assert cleaned(text) == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize("mark", ["- {} -", "{} / 2", "Page {} sur 2", "{}"])
def test_page_numbers_at_the_head_of_pages_go(mark):
    text = f"{mark.format(1)}\n\n{FIRST}\f{mark.format(2)}\n\n{SECOND}"
    assert cleaned(text) == f"{FIRST}\n{SECOND}"


def test_without_page_breaks_only_sure_numbers_go():
    assert cleaned("Le début.\n1 / 2\nLe milieu.\n2 / 2") == "Le début.\nLe milieu."
    assert cleaned("Le début.\nPage 3 sur 12\nLe milieu.") == "Le début.\nLe milieu."
    assert cleaned("On y trouve\n- 3 -\ndes vélos.") == "On y trouve\ndes vélos."


@pytest.mark.parametrize(
    "text",
    [
        # a part of a row, a number without pages, a section of its own
        "Le début.\n1 / 3\nLe milieu.\n2 / 3",
        "Le début.\n5 / 3\nLe milieu.",
        "Nous étions\n3\nautour de la table",
        "Le début.\n- 1 -\nLe jardin.\n- 2 -\nLa cuisine.",
        "Page 3\nLe jardin.",
    ],
)
def test_numbers_that_may_be_of_the_text_stay(text):
    assert cleaned(text) == text


def test_bare_numbers_that_do_not_go_up_with_the_pages_stay():
    text = "Budget en euros\n1200\fDépenses en euros\n300"
    assert cleaned(text) == text.replace("\f", "\n")


def test_numbers_in_the_middle_of_a_page_stay():
    page = "Le jardin.\nLa cuisine.\n{}\nLe four.\nLa cave."
    text = f"{page.format('- 1 -')}\f{page.format('- 2 -')}"
    assert cleaned(text) == text.replace("\f", "\n")


def test_page_numbers_stay_in_texts_that_are_not_wrapped():
    text = "Le début.\n1 / 2\nLe milieu.\n2 / 2"
    assert clean(text).text == text


def test_a_header_on_three_pages_stays_on_the_first_only():
    text = "\f".join(f"Fondation du Val\nLe point {name}." for name in ("un", "deux", "trois"))
    assert cleaned(text) == "Fondation du Val\nLe point un.\nLe point deux.\nLe point trois."


def test_a_footer_with_a_page_number_goes_on_all_pages():
    text = "\f".join(
        f"Le point {name}.\nRapport annuel | {page}" for page, name in enumerate(("un", "deux", "trois"), start=7)
    )
    assert cleaned(text) == "Le point un.\nLe point deux.\nLe point trois."


def test_a_header_and_a_page_number_beneath_it_go_together():
    text = "\f".join(f"{page}\nFondation du Val\nLe point {page} est clos." for page in (1, 2, 3))
    assert cleaned(text) == "Fondation du Val\nLe point 1 est clos.\nLe point 2 est clos.\nLe point 3 est clos."


def test_a_header_on_two_pages_goes_if_it_cuts_a_sentence():
    assert cleaned(f"Le Val\n{FIRST}\fLe Val\n{SECOND}") == f"Le Val\n{FIRST} {SECOND}"


@pytest.mark.parametrize(
    "pages",
    [
        # two pages and no sentence cut: a refrain
        ["Sous le pont\nLe temps passe.", "Sous le pont\nLe temps reste."],
        # a speaker, a sentence, a list, small letters
        ["Ana : oui\nC'est tout.", "Ana : oui\nC'est ça.", "Ana : oui\nC'est bien."],
        ["Merci !\nC'est tout.", "Merci !\nC'est ça.", "Merci !\nC'est bien."],
        ["- un four\nC'est tout.", "- un four.\nC'est ça.", "- un four:\nC'est bien."],
        ["et puis\nC'est tout.", "et puis\nC'est ça.", "et puis\nC'est bien."],
        # a number that is of the text: it does not go up with the pages, or stands for itself
        ["Lot 4 – 12\nUn.", "Lot 4 – 30\nDeux.", "Lot 4 – 31\nTrois."],
        ["Fiche 1\nUn.", "Fiche 2\nDeux.", "Fiche 3\nTrois."],
        # it also stands within a page
        ["Refrain\nUn.", "Refrain\nDeux.\nTrois.\nRefrain\nQuatre.\nCinq.\nSix.", "Refrain\nSept."],
    ],
    ids=["refrain", "speaker", "sentence", "list", "small letters", "lots", "sheets", "within"],
)
def test_lines_that_come_back_without_being_headers_stay(pages):
    assert cleaned("\f".join(pages)) == "\n".join(pages)


def test_a_page_is_never_emptied():
    assert cleaned("Le Val\fLe Val\fLe Val") == "Le Val\nLe Val\nLe Val"


def test_blank_lines_where_a_page_turns_do_not_cut_a_sentence():
    assert cleaned("on y sème,\n\n\f\non y récolte.") == "on y sème,\non y récolte."
    assert cleaned("On y sème.\n\n\f\nOn y récolte.") == "On y sème.\n\nOn y récolte."


def test_pages_that_the_reader_knows_count_as_page_breaks():
    text = f"Le Val\n{FIRST}\n1\nLe Val\n{SECOND}\n2"
    second = text.index("Le Val", 10)
    assert cleaned(text) == text
    assert cleaned(text, page_starts=[0, second]) == f"Le Val\n{FIRST} {SECOND}"
    assert clean(text, page_starts=[0, second]).text == text


def test_what_a_page_kept_leads_back_to_its_place():
    text = f"Le Val\n{FIRST}\n1\nLe Val\n{SECOND}\n2"
    done = clean(text, wrapped=True, page_starts=[0, text.index("Le Val", 10)])
    start = done.text.index("voisines")
    left, right = done.places.to_source(start, start + 8)
    assert text[left:right] == "voisines"


def test_only_line_breaks_before_pages_become_page_breaks():
    assert mark_page_starts("un\ndeux\ntrois", [0, 3, 5, 8, 99]) == "un\fdeux\ftrois"


@pytest.mark.parametrize("rule", ["page-numbers", "running-lines"])
def test_a_rule_for_pages_can_be_left_out(rule):
    text = f"Le Val\n{FIRST}\n- 1 -\fLe Val\n{SECOND}"
    mark, least = {"page-numbers": ("- 1 -", 0), "running-lines": ("Le Val", 1)}[rule]
    assert cleaned(text).count(mark) == least
    assert cleaned(text, without={rule}).count(mark) == least + 1
