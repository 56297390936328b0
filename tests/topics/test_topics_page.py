"""The page is one file that loads nothing, runs one script, and shows hostile texts as texts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.topics.reading.page import Reading, topics_page
from innovsoc_analysis.topics.reading.prevalence import prevalence

CLOSING = "</script><script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
QUOTES = "\"&'</title><b onclick=alert(1)>"
# all that the template is made of
TAGS = """
    html head meta title style body header p h1 h2 h3 nav a main section ol button span svg rect line g circle text
    figure figcaption noscript dl dt dd div label input select option table thead tr th abbr tbody script li
"""
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --dump-dom
"""
VOID = {"meta", "input", "br", "link", "img"}


class Page(HTMLParser):
    """The elements of a page as a browser would see them, and the text within each that has an identifier."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.within: dict[str, str] = {}
        self._open: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.texts.setdefault(tag, []).append("")
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._open:
            self.texts[self._open[-1][0]][-1] += data
        for _, name in self._open:
            if name:
                self.within[name] = self.within.get(name, "") + data

    def attributes(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def reading(**changes):
    """Return three documents and two topics, the second of which speaks of rents."""
    shares = pd.DataFrame({1: [1.0, 0.25, 0.0], 2: [0.0, 0.75, 0.0]}, index=["a", "b", "vide"])
    genres = pd.Series({"a": "project", "b": "talk", "vide": ""})
    plain = Reading(
        title="Deux thèmes",
        words=("commun", "jardin", "loyer"),
        word_weights=np.array([[0.5, 0.5, 0.0], [0.6, 0.0, 0.4]]),
        shares=shares,
        documents=pd.DataFrame(
            {
                "doc_id": ["a", "b", "vide"],
                "title": ["Fiche A", "Entretien B", ""],
                "source": ["a.txt", "b.txt", "vide.txt"],
                "genre": ["project", "talk", None],
            }
        ),
        exemplars=pd.DataFrame(
            {
                "topic": [1, 2],
                "quote": ["Le jardin est commun.", "Le loyer 🌱 monte."],
                "title": ["Fiche A", "Entretien B"],
                "source": ["a.txt", "b.txt"],
                "speaker": [None, "Ana"],
                "page": [3, None],
                "t_start": [None, 75.4],
            }
        ),
        prevalence=[prevalence(shares, genres, attribute="genre")],
    )
    return replace(plain, **changes)


def hostile():
    plain = reading()
    return replace(
        plain,
        title=QUOTES,
        words=(CLOSING, IMAGE, QUOTES),
        documents=plain.documents.assign(title=CLOSING, source=IMAGE, genre=QUOTES),
        exemplars=plain.exemplars.assign(quote=f"{CLOSING} {IMAGE} {QUOTES}", speaker=IMAGE, title=QUOTES),
        labels={1: IMAGE, 2: f'" onmouseover="alert(1)" {CLOSING}'},
        crossed={1: CLOSING},
        prevalence=[plain.prevalence[0].assign(attribute=IMAGE, value=CLOSING)],
        remarks=[IMAGE],
        method=[CLOSING],
    )


def data_of(html):
    return json.loads(Page(html).texts["script"][0])


@pytest.fixture(scope="module", params=["plain", "hostile"])
def html(request):
    return topics_page(reading() if request.param == "plain" else hostile())


def test_only_one_script_runs_and_the_policy_names_its_digest(html):
    page = Page(html)
    assert page.attributes("script") == [{"type": "application/json", "id": "data"}, {}]
    digest = base64.b64encode(hashlib.sha256(page.texts["script"][1].encode()).digest()).decode()
    policies = [one["content"] for one in page.attributes("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]


def test_nothing_is_loaded_from_elsewhere(html):
    for tag, attributes in Page(html).elements:
        for name in ("src", "srcset", "action", "data", "poster", "background", "xlink:href"):
            assert name not in attributes, (tag, name)
        assert (attributes.get("href") or "#").startswith("#"), (tag, attributes)
    assert re.findall(r"(?:https?:)?//[a-z]+\.", html) == []
    assert "@import" not in html
    assert "url(" not in html


def test_every_element_is_of_the_template_and_none_listens(html):
    page = Page(html)
    assert {tag for tag, _ in page.elements} <= set(TAGS.split())
    assert [(tag, name) for tag, attributes in page.elements for name in attributes if name.startswith("on")] == []


def test_template_marks_nothing_as_safe():
    from innovsoc_analysis.topics.reading import page

    templates = sorted((Path(page.__file__).parent / "templates").glob("*.j2"))
    assert [path.name for path in templates] == ["page.html.j2"]
    assert re.search(r"\|\s*safe\b", templates[0].read_text("utf-8")) is None


def test_script_writes_no_markup():
    from innovsoc_analysis.topics.reading import page

    script = (Path(page.__file__).parent / "templates" / "page.js").read_text("utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert way not in script


def test_hostile_strings_are_shown_as_they_are():
    page = Page(topics_page(hostile()))
    assert page.texts["title"][0] == QUOTES
    assert page.texts["h1"][0] == QUOTES
    assert IMAGE in page.within["themes"]
    assert IMAGE in [text.strip() for text in page.texts["p"]]  # a remark
    assert CLOSING in [text.strip() for text in page.texts["p"]]  # the method
    assert IMAGE in page.texts["option"]  # an attribute
    assert any('" onmouseover="alert(1)"' in one.get("aria-label", "") for one in page.attributes("g"))


def test_data_block_holds_hostile_texts_and_no_tag():
    html = topics_page(hostile())
    block = html.partition('<script type="application/json" id="data">')[2].partition("</script>")[0]
    assert not set("<>&") & set(block)
    data = json.loads(block)
    assert data["topics"][0]["verbatims"][0]["quote"] == f"{CLOSING} {IMAGE} {QUOTES}"
    assert data["documents"][0]["title"] == CLOSING
    assert data["prevalence"][0][0][0]["value"] == CLOSING


def test_topics_have_number_label_and_share():
    page = Page(topics_page(reading(labels={2: "Se loger"}, topic_shares=np.array([0.75, 0.25]))))
    assert page.texts["span"][:6] == ["1", "jardin, commun", "75\u202f%", "2", "Se loger", "25\u202f%"]


def test_share_of_topics_is_the_mean_over_documents_with_words():
    shares = pd.DataFrame({1: [1.0, 0.2, 0.0], 2: [0.0, 0.8, 0.0]}, index=["a", "b", "vide"])
    assert {"60\u202f%", "40\u202f%"} <= set(Page(topics_page(reading(shares=shares))).texts["span"])


def test_words_are_those_of_any_position_of_the_slider_with_their_probabilities():
    topics = data_of(topics_page(reading()))["topics"]
    # p(commun) = 0.625 × 0.5 + 0.375 × 0.6
    assert topics[0]["words"] == [["jardin", 0.5, 0.3125], ["commun", 0.5, 0.5375]]
    assert topics[1]["words"] == [["loyer", 0.4, 0.15], ["commun", 0.6, 0.5375]]


def test_words_that_lead_at_either_end_are_in_the_data():
    n = 40
    heavy = np.linspace(2, 1, n)
    weights = np.vstack([heavy / heavy.sum(), heavy[::-1] ** 3 / (heavy**3).sum()])
    words = tuple(f"m{place:02}" for place in range(n))
    topics = data_of(topics_page(reading(words=words, word_weights=weights)))["topics"]
    held = {word for word, *_ in topics[1]["words"]}
    assert {f"m{place:02}" for place in range(n - 15, n)} <= held
    assert len(held) < n


def test_verbatims_say_who_where_and_from_which_file():
    topics = data_of(topics_page(reading()))["topics"]
    assert topics[0]["verbatims"] == [
        {"quote": "Le jardin est commun.", "cite": "Fiche A, p.\u00a03", "source": "a.txt"}
    ]
    assert topics[1]["verbatims"] == [
        {"quote": "Le loyer 🌱 monte.", "cite": "Ana, Entretien B, 1:15", "source": "b.txt"}
    ]


def test_stability_is_said_with_its_interval_and_the_unstable_is_named():
    stability = pd.DataFrame(
        {
            "topic": [1, 2],
            "stability": [0.9, 0.3],
            "low": [0.8, np.nan],
            "high": [0.95, np.nan],
            "stable": [True, False],
        }
    )
    page = Page(topics_page(reading(stability=stability)))
    assert "90\u202f% de stabilité (de 80\u202f% à 95\u202f%)" in page.texts["span"]
    assert "30\u202f% de stabilité : thème instable" in page.texts["span"]
    assert not [text for text in Page(topics_page(reading())).texts["span"] if "stabilité" in text]


def test_groups_have_french_names_and_no_interval_for_one_document():
    groups = data_of(topics_page(reading()))["prevalence"][0][1]
    assert groups == [
        {"value": "projets", "share": 0.0, "bounds": None, "documents": 1, "few": True},
        {"value": "paroles", "share": 0.75, "bounds": None, "documents": 1, "few": True},
    ]
    assert Page(topics_page(reading())).texts["option"][0] == "genre"


def test_documents_have_shares_and_a_place_on_the_map_if_they_have_words():
    documents = data_of(topics_page(reading()))["documents"]
    assert [(one["title"], one["genre"], one["shares"]) for one in documents] == [
        ("Fiche A", "projets", [100.0, 0.0]),
        ("Entretien B", "paroles", [25.0, 75.0]),
        ("vide.txt", "sans genre", [0.0, 0.0]),
    ]
    assert [one["at"] is None for one in documents] == [False, False, True]
    assert "1 document sans mot des thèmes" in topics_page(reading())


def test_discs_are_as_large_as_their_share_and_numbers_stay_apart():
    circles = Page(topics_page(reading())).attributes("circle")
    radii = [float(one["r"]) for one in circles]
    assert (radii[1] / radii[0]) ** 2 == pytest.approx(0.375 / 0.625, abs=0.01)
    same = reading(word_weights=np.array([[0.5, 0.5, 0.0]] * 2))
    texts = [one for one in Page(topics_page(same)).attributes("text") if "x" in one]
    assert abs(float(texts[0]["x"]) - float(texts[1]["x"])) >= 22


def test_without_comparisons_there_is_no_choice_of_attribute():
    assert [
        one for one in Page(topics_page(reading(prevalence=()))).attributes("select") if one["id"] == "attribute"
    ] == []


def test_controls_have_labels_and_discs_answer_the_keyboard():
    page = Page(topics_page(reading()))
    for one in page.attributes("g"):
        assert (one["role"], one["tabindex"]) == ("button", "0")
        assert one["aria-label"].startswith("Thème ")
    assert page.attributes("html") == [{"lang": "fr"}]
    assert len(page.attributes("label")) == len(page.attributes("select")) + len(page.attributes("input"))


def test_the_same_reading_gives_the_same_page(html):
    again = {topics_page(reading()), topics_page(hostile())}
    assert html in again


def rendered(html, folder, *, script=""):
    """Return the page after a browser has run it, and a script of the test's own after the page's."""
    if script:
        html = re.sub(r"'sha256-[^']+'", "'unsafe-inline'", html, count=1)
        html = html.replace("</body>", f"<script>{script}</script></body>")
    path = folder / "page.html"
    path.write_text(html, "utf-8")
    command = [str(CHROMIUM), *FLAGS.split(), f"--user-data-dir={folder / 'profile'}", path.as_uri()]
    return Page(subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode())


browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium")


@browser
def test_the_first_topic_is_shown_when_the_page_opens(tmp_path):
    page = rendered(topics_page(reading()), tmp_path)
    assert page.within["theme-title"] == "Thème 1 : jardin, commun"
    assert page.within["words"] == "jardincommun"
    assert "«\u00a0Le jardin est commun.\u00a0»" in page.within["verbatims"]
    assert page.within["count"] == "3 documents ; part de chaque thème en %"
    assert "projets (1)100\u202f%" in page.within["prevalence"]


@browser
def test_a_choice_the_slider_and_the_filter_change_what_is_shown(tmp_path):
    script = """
        document.querySelector('.disc[data-topic="2"]').dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
        const slider = document.getElementById("lambda");
        slider.value = "1";
        slider.dispatchEvent(new Event("input"));
        const text = document.getElementById("f-text");
        text.value = "ENTRETIEN";
        text.dispatchEvent(new Event("input"));
    """
    page = rendered(topics_page(reading()), tmp_path, script=script)
    assert page.within["theme-title"] == "Thème 2 : loyer, commun"
    assert page.within["words"] == "communloyer"  # at λ = 1, by weight
    assert page.within["lambda-note"] == "λ = 1,0"
    assert page.within["rows"] == "Entretien Bparoles2575"
    pressed = {one["data-topic"] for _, one in page.elements if one.get("aria-pressed") == "true"}
    assert pressed == {"2"}


@browser
def test_hostile_texts_do_not_become_markup(tmp_path):
    page = rendered(topics_page(hostile()), tmp_path)
    tags = [tag for tag, _ in page.elements]
    assert "img" not in tags
    assert "b" not in [tag for tag, one in page.elements if one]
    assert tags.count("script") == 2
    assert f"«\u00a0{CLOSING} {IMAGE} {QUOTES}\u00a0»" in page.within["verbatims"]
    assert page.texts["title"][0] == QUOTES
