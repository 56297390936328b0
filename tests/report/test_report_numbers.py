"""Every number of the page is a link to exactly the segments that it counts."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest

from innovsoc_analysis.report.page import report_page


class Numbers(HTMLParser):
    """Cells of tables and tiles: (kind of number, fragment, number)."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str, int]] = []
        self.unlinked: list[str] = []
        self.data = {}
        self._section = ""
        self._cells = self._heads = 0
        self._link = None
        self._data = self._cell = self._foot = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "section":
            self._section = given["id"]
        elif tag == "tr":
            self._cells = 0
        elif tag == "td":
            self._cells += 1
            self._cell = True
        elif tag == "a" and given.get("class") == "count":
            self._link = given["href"].removeprefix("#")
        elif tag == "script" and given.get("id") == "data":
            self._data = True

    def handle_endtag(self, tag):
        self._cell = self._cell and tag != "td"
        self._data = self._data and tag != "script"

    def handle_data(self, data):
        if self._data:
            self.data = json.loads(data)
        elif self._link is not None:
            self.links.append((f"{self._section} {self._cells}", self._link, int(data.replace("\u202f", ""))))
            self._link = None
        elif self._cell and self._section == "codes" and data.strip():
            self.unlinked.append(data)


def behind(data, fragment):
    """The segments that the page's script keeps for a fragment."""
    state = {name: values[0] for name, values in parse_qs(fragment, keep_blank_values=True).items()}
    assert set(state) <= {"code", "genre", "doc", "sure", "text"}
    found = []
    for one in data["segments"]:
        codes = [code for code, _ in one["codes"] if not state.get("code") or code == state["code"]]
        if state.get("sure"):
            codes = [code for code in codes if (code in one["reread"]) == (state["sure"] == "reread")]
        is_there = state.get("doc") in {None, "", str(one["doc"])}
        is_of_genre = state.get("genre") in {None, "", data["documents"][one["doc"]]["genre"]}
        if codes and is_there and is_of_genre:
            found.append(one)
    return found


@pytest.fixture(scope="module", params=["plain", "hostile", "study"])
def numbers(request, codings, hostile, written):
    if request.param == "study":
        return Numbers(written[0].read_text("utf-8"))
    return Numbers(report_page(codings if request.param == "plain" else hostile, title="Titre"))


def test_numbers_equal_the_segments_or_documents_behind_them(numbers):
    n_genres = len({one["genre"] for one in numbers.data["documents"]})
    seen = set()
    for place, fragment, number in numbers.links:
        segments = behind(numbers.data, fragment)
        section, _, column = place.partition(" ")
        of_documents = section == "codes" and int(column) <= n_genres + 1
        expected = len({one["doc"] for one in segments}) if of_documents else len(segments)
        assert number == expected, (place, fragment)
        seen.add(section)
    assert seen == {"lu", "codes"}


def test_no_count_of_the_table_of_codes_is_without_a_link(numbers):
    assert set(numbers.unlinked) <= {"·"}


def test_a_count_of_a_code_in_a_genre_leads_to_both(codings):
    numbers = Numbers(report_page(codings, title="Titre"))
    # jardin: one talk and one project, two documents, three sentences
    assert [(fragment, number) for _, fragment, number in numbers.links if fragment.startswith("code=jardin")] == [
        ("code=jardin&genre=projets", 1),
        ("code=jardin&genre=paroles", 1),
        ("code=jardin", 2),
        ("code=jardin", 3),
    ]
    documents = [(fragment, number) for _, fragment, number in numbers.links if fragment.startswith("doc=")]
    assert documents == [("doc=0", 2), ("doc=1", 1), ("doc=2", 1)]
