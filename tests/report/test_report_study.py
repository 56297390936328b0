"""A study's report is written beside the results, which stay as they were."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.report.study import save_study_report

from .conftest import TITLE, add_lexicon, add_topics


class Texts(HTMLParser):
    """Text of each element that has an identifier, and the links that leave the page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self.outside: list[str] = []
        self._open: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and not given["href"].startswith("#"):
            self.outside.append(given["href"])
        if tag not in {"meta", "br", "input", "path", "use", "rect"}:
            self._open.append(given.get("id"))

    def handle_endtag(self, tag):
        if self._open:
            self._open.pop()

    def handle_data(self, data):
        for name in filter(None, self._open):
            self.found[name] = self.found.get(name, "") + data


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_written_beside_the_results_which_are_not_touched(results):
    before = tree(results)
    written = save_study_report(results)
    assert [path.relative_to(results).as_posix() for path in written] == ["report/report.html", "report/report.docx"]
    after = tree(results)
    assert {path: after[path] for path in before} == before
    assert {path.name for path in after if path not in before} == {"report.html", "report.docx", "run.json"}


def test_of_a_folder_of_codings_alone_it_is_written_within(results):
    written = save_study_report(results / "code")
    assert written[0].parent == results / "code" / "report"


def test_its_record_vouches_for_what_was_read_and_written(results):
    page, document = save_study_report(results, title="Titre")
    record = json.loads((page.parent / "run.json").read_text("utf-8"))
    assert record["command"] == "report"
    assert record["parameters"]["results"] == {"code": "../code"}
    assert record["parameters"]["title"] == "Titre"
    assert record["outputs"] == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (page, document)}
    digest = hashlib.sha256((results / "code" / "run.json").read_bytes()).hexdigest()
    assert record["files"] == {"code/run.json": digest}
    assert record["counts"] == {"documents": 4, "codings": 7}


def test_a_report_can_be_written_again_and_is_the_same(results):
    first = [path.read_bytes() for path in save_study_report(results)]
    assert [path.read_bytes() for path in save_study_report(results)] == first


@pytest.mark.parametrize("place", ["code", "topics"])
def test_results_of_other_commands_are_not_written_over(results, place):
    add_topics(results)
    before = tree(results)
    with pytest.raises(UsageError, match=f"contient les résultats d'innovsoc {place}"):
        save_study_report(results, results / place)
    assert tree(results) == before


def test_the_title_is_that_of_the_coding_unless_named(results):
    page, _ = save_study_report(results)
    html = page.read_text("utf-8")
    assert "<b>" not in html.partition("<h1>")[2].partition("</h1>")[0]
    assert "« Étude »" in html.partition("<title>")[2].partition("</title>")[0].replace("\u00a0", " ")
    assert TITLE not in html  # it is escaped
    named, _ = save_study_report(results, title="Autre")
    assert "<h1>Autre</h1>" in named.read_text("utf-8")


def test_methods_references_and_limits_stand_in_the_page(written):
    page = Texts(written[0].read_text("utf-8"))
    assert "Le corpus compte 4\u00a0textes" in page.found["methods-text"].replace(" textes", "\u00a0textes")
    assert "spaCy: Industrial-strength" in page.found["references-text"]
    assert "*" not in page.found["references-text"]
    assert "ce qui est dit autrement" in page.found["methode"]
    assert page.outside == []
    assert "themes" not in page.found


def test_topics_and_vocabulary_link_to_their_pages(results, tmp_path):
    add_topics(results, words="<i>x</i>, ville")
    add_lexicon(results)
    html = save_study_report(results, tmp_path / "à côté & loin")[0].read_text("utf-8")
    page = Texts(html)
    assert page.outside == ["../results/topics/topics.html", "../results/lexicon/lexicon.html"]
    assert "<i>x</i>, ville" in page.found["themes"]
    assert "Un <b>jardin</b>." in page.found["themes"]
    assert "ville*" in re.sub(r"\s+", " ", page.found["vocabulaire"])
    assert "tient à un seul document" in page.found["vocabulaire"]


def test_a_damaged_workbook_is_left_out_and_said(results):
    add_topics(results)
    (results / "topics" / "topics.xlsx").write_bytes(b"PK\x03\x04")
    page = Texts(save_study_report(results)[0].read_text("utf-8"))
    assert "themes" not in page.found
    assert "Les classeurs de « topics » sont abîmés" in page.found["lu"].replace("\u00a0", " ")


def test_of_a_large_study_counts_are_whole_and_verbatims_a_draw(results, monkeypatch):
    monkeypatch.setattr("innovsoc_analysis.report.study._MOST_CODINGS", 3)
    monkeypatch.setattr("innovsoc_analysis.report.study._MOST_VERBATIMS", 1)
    page = Texts(save_study_report(results)[0].read_text("utf-8"))
    data = json.loads(page.found["data"])
    assert 1 <= len(data["segments"]) < 5
    assert [code["segments"] for family in data["families"] for code in family["codes"]] == [4, 1, 2]
    assert "les verbatims sont un tirage" in page.found["lu"].replace("\u00a0", " ")
    assert "les verbatims montrés ici en sont un tirage" in page.found["verbatims"]


def test_a_damaged_figure_is_drawn_or_left_out(results):
    (results / "code" / "codes.png").write_bytes(b"not a picture")
    assert len(save_study_report(results)) == 2
