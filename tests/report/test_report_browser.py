"""In a real browser: the script runs under its policy, evidence is marked, hostile texts stay texts."""

from __future__ import annotations

import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from innovsoc_analysis.report.saving import save_report

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --dump-dom
"""

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium")


class Verbatims(HTMLParser):
    """The list of verbatims after the script has run: (tag, text) pairs within ``#list``, and all tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.status = ""
        self.marks: list[str] = []
        self.quotes: list[str] = []
        self.cites: list[str] = []
        self.title = ""
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._open.append("status" if dict(attrs).get("id") == "count" else tag)
        for name, found in (("mark", self.marks), ("blockquote", self.quotes), ("cite", self.cites)):
            if tag == name:
                found.append("")

    def handle_endtag(self, tag):
        while self._open and self._open.pop() not in {tag, "status"}:
            pass

    def handle_data(self, data):
        inside = set(self._open)
        if "mark" in inside:
            self.marks[-1] += data
        if "blockquote" in inside:
            self.quotes[-1] += data
        if "cite" in inside:
            self.cites[-1] += data
        if "status" in inside:
            self.status += data
        if self._open[-1:] == ["title"]:
            self.title += data


def rendered(codings, folder: Path, *, title: str, fragment: str = "") -> Verbatims:
    page = save_report(codings, folder, title=title)[0]
    address = f"{page.as_uri()}{fragment}"
    command = [str(CHROMIUM), *FLAGS.split(), f"--user-data-dir={folder / 'profile'}", address]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    return Verbatims(done.stdout.decode())


def test_verbatims_are_rendered_and_evidence_is_marked(codings, tmp_path):
    seen = rendered(codings, tmp_path, title="Titre")
    assert seen.status == "4 phrases dans 3 documents"
    assert seen.quotes == [
        "«\u00a0Les enfants aiment le jardin.\u00a0»",
        "«\u00a0Ce 🌱🌱 jardin est un potager.\u00a0»",
        "«\u00a0Un jardin en ville.\u00a0»",
        "«\u00a0Les enfants jouent.\u00a0»",
    ]
    assert seen.marks == ["Les enfants", "jardin", "jardin", "potager", "jardin", "ville", "Les enfants"]
    assert seen.cites == [
        "Ana, entretien.txt, paroles",
        "Ana, entretien.txt, paroles",
        "fiche.txt, projets",
        "autre.txt, sans genre",
    ]


@pytest.mark.parametrize(
    ("fragment", "status", "marks"),
    [
        ("#code=jardin&genre=paroles", "2 phrases dans 1 document", ["jardin", "jardin", "potager"]),
        ("#doc=1&text=UN+jardin", "1 phrase dans 1 document", ["jardin", "ville"]),
        ("#code=ville&genre=paroles", "Aucun verbatim ne correspond : élargissez un filtre.", []),
        ("#code=inconnu&genre=%3Cb%3E", "4 phrases dans 3 documents", None),
    ],
)
def test_the_address_says_which_verbatims_are_shown(codings, tmp_path, fragment, status, marks):
    seen = rendered(codings, tmp_path, title="Titre", fragment=fragment)
    assert seen.status == status
    assert marks is None or seen.marks == marks


def test_hostile_texts_do_not_become_markup(hostile, tmp_path):
    seen = rendered(hostile, tmp_path, title="<img src=x onerror=\"document.title='pris'\">")
    closing, image = "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>"
    assert seen.quotes == [f"«\u00a0Le jardin {closing} de {image} et \"&'</title><b onclick=alert(1)> pousse.\u00a0»"]
    assert seen.marks == ["jardin"]
    assert seen.cites == [f"{closing}, {image}"]
    assert "img" not in seen.tags
    assert seen.tags.count("script") == 2
    assert seen.title == "<img src=x onerror=\"document.title='pris'\">"
