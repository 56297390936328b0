"""The page is one file that loads nothing, runs one script, and shows hostile texts as texts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.report.page import render, report_page
from innovsoc_analysis.report.saving import save_report
from innovsoc_analysis.report.summary import summarise

CLOSING = "</script><script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
QUOTES = "\"&'</title><b onclick=alert(1)>"
# all that the template and the figure are made of
TAGS = """
    html head meta title style body header p h1 nav a main section h2 dl div dt dd table thead tr th tbody td tfoot
    details summary ul li code figure button span label select option optgroup input ol noscript b script
    svg metadata defs g path use text clippath rect rdf:rdf cc:work dc:type dc:format dc:creator cc:agent dc:title
"""


class Page(HTMLParser):
    """The elements of a page as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._last = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.texts.setdefault(tag, []).append("")
        self._last = tag

    def handle_endtag(self, tag):
        self._last = ""

    def handle_data(self, data):
        if self._last:
            self.texts[self._last][-1] += data

    def attributes(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module", params=["plain", "hostile"])
def html(request, codings, hostile):
    return report_page(codings if request.param == "plain" else hostile, title=f"Titre {CLOSING}{IMAGE}{QUOTES}")


@pytest.fixture(scope="module")
def hostile_page(hostile):
    return Page(report_page(hostile, title=QUOTES))


def test_only_one_script_runs_and_the_policy_names_its_digest(html):
    page = Page(html)
    assert page.attributes("script") == [{"type": "application/json", "id": "data"}, {}]
    script = page.texts["script"][1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policies = [one["content"] for one in page.attributes("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]


def test_nothing_is_loaded_from_elsewhere(html):
    page = Page(html)
    for tag, attributes in page.elements:
        for name in ("src", "srcset", "action", "data", "poster", "background"):
            assert name not in attributes, (tag, name)
        for name in ("href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, attributes)
    assert all(target.startswith("#") for target in re.findall(r"url\(\s*['\"]?([^)]*)", html))
    assert "@import" not in html


def test_every_element_is_of_the_template_or_the_figure_and_none_listens(html):
    page = Page(html)
    assert {tag for tag, _ in page.elements} <= set(TAGS.split())
    assert [(tag, name) for tag, attributes in page.elements for name in attributes if name.startswith("on")] == []
    assert all(
        "style" not in attributes for tag, attributes in page.elements if tag in {"li", "button", "option", "td"}
    )


@pytest.mark.parametrize(
    ("tag", "position", "text"),
    [
        ("title", 0, QUOTES),
        ("h1", 0, QUOTES),
        ("code", 0, f"{IMAGE}.docx"),  # a refused file
        ("optgroup", 0, None),
        ("button", 0, CLOSING),  # label of the code
    ],
)
def test_hostile_strings_are_shown_as_they_are(hostile_page, tag, position, text):
    if tag == "optgroup":
        assert hostile_page.attributes(tag)[position]["label"] == IMAGE
    else:
        assert hostile_page.texts[tag][position].strip() == text


def test_hostile_definition_genre_title_and_remark(hostile_page):
    button = hostile_page.attributes("button")[0]
    assert button["title"] == f'" onmouseover="alert(1)" {IMAGE}'
    assert set(button) == {"type", "class", "data-code", "title"}
    options = [text.strip() for text in hostile_page.texts["option"]]
    assert IMAGE in options  # the genre
    assert CLOSING in options  # the title of the document
    assert any("metadata.csv décrit « <b onclick=alert(1)>.txt »" in text for text in hostile_page.texts["p"])


def test_data_block_parses_and_its_offsets_give_the_evidence(codings):
    page = Page(report_page(codings, title="Titre"))
    data = json.loads(page.texts["script"][0])
    assert set(data) == {"documents", "segments", "families", "unit"}
    potager = data["segments"][1]
    assert potager["quote"] == "Ce 🌱🌱 jardin est un potager."
    # code points: the two emoji count for one each
    assert potager["codes"] == [["jardin", [[6, 12], [20, 27]]]]
    assert [potager["quote"][start:end] for start, end in potager["codes"][0][1]] == ["jardin", "potager"]


def test_data_block_holds_hostile_texts_and_no_tag(hostile):
    html = report_page(hostile, title="Titre")
    block = html.partition('<script type="application/json" id="data">')[2].partition("</script>")[0]
    assert not set("<>&") & set(block)
    segment = json.loads(block)["segments"][0]
    assert segment["quote"] == f"Le jardin {CLOSING} de {IMAGE} et {QUOTES} pousse."
    assert [segment["quote"][start:end] for start, end in segment["codes"][0][1]] == ["jardin"]


def test_the_same_codings_give_the_same_page(codings):
    assert report_page(codings, title="Titre") == report_page(codings, title="Titre")


def test_counts_are_written_the_french_way(codings):
    summary = summarise(codings)
    summary["figures"]["words"] = 1_234_567
    assert "<dd>1\u202f234\u202f567</dd>" in render(summary, title="Titre", figures={"wide": "", "narrow": ""})


@pytest.mark.parametrize(
    ("n_files", "tag"), [(10, '<details class="warning" open>'), (11, '<details class="warning">')]
)
def test_a_long_list_of_files_to_check_is_folded(codings, n_files, tag):
    summary = summarise(codings)
    read = [{"source": f"{n}.txt", "outcome": "lu, à vérifier", "message": "encodage deviné"} for n in range(n_files)]
    summary["sources"] = [{"source": "vide.txt", "outcome": "refusé", "message": "le fichier est vide."}, *read[1:]]
    page = render(summary, title="Titre", figures={"wide": "", "narrow": ""})
    assert tag in page
    assert f"<summary>{n_files} fichiers à vérifier, dont 1 refusé</summary>" in page


def test_codes_never_met_stay_in_the_table_and_cannot_be_chosen(codings):
    codebook = codings.codebook
    kept = codings.table[codings.table["code"] != "ville"]
    page = Page(report_page(type(codings)(kept, codings.corpus, codebook), title="Titre"))
    buttons = {one["data-code"]: "disabled" in one for one in page.attributes("button") if "data-code" in one}
    assert buttons == {"jardin": False, "ville": True, "enfant": False}
    assert "ville" not in [one.get("value") for one in page.attributes("option")]


def test_files_written_are_the_page_and_its_figure(codings, tmp_path):
    written = save_report(codings, tmp_path, title="Titre")
    assert [path.name for path in written] == ["report.html", "codes.svg", "codes.png"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codes.png", "codes.svg", "report.html"]
    assert written[0].read_text("utf-8") == report_page(codings, title="Titre")
    assert written[2].read_bytes().startswith(b"\x89PNG\r\n")


def test_a_report_on_rules_speaks_of_no_doubt(codings):
    html = report_page(codings, title="Titre")
    assert 'id="f-sure"' not in html
    assert "incertain" not in Page(html).texts["p"][1]
    assert "Ce codage ne voit que les mots de ses listes" in html


def test_a_report_on_a_model_says_how_many_codings_are_to_re_read_and_marks_them(codings):
    doubted = codings.table["coding_id"].iloc[1]
    status = codings.table["coding_id"].map(lambda one: "reread" if one == doubted else "sure")
    learned = Codings(codings.table.assign(status=status), codings.corpus, codings.codebook, codings.table.iloc[1:2])
    html = report_page(learned, title="Titre")
    assert f"{len(codings)} codages automatiques, dont 1 incertain, à relire ;" in html
    assert 'id="f-sure"' in html
    assert "Deux avis sont pesés" in html
    segments = json.loads(Page(html).texts["script"][0])["segments"]
    assert [code for segment in segments for code in segment["reread"]] == [codings.table["code"].iloc[1]]
