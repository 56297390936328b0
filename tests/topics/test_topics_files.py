"""What `save` writes: the same bytes at every run, and nothing that a spreadsheet could run."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import fit

GARDEN = "Un jardin partagé, un compost, des semences et des légumes."
HOME = "Un immeuble rénové, un logement, un locataire et un loyer modéré."
NAMES = ["topics.csv", "topics.xlsx", "topics.svg", "topics.png"]


def small_corpus(names="abcd", genre="project"):
    # « jardin » three times, « logement » once in the text of the last one
    return corpus_from_texts(dict(zip(names, [GARDEN, GARDEN + " ", HOME, HOME + " "], strict=True)), genre=genre)


def sheet(path, name):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[name].rows]


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for folder in ("first", "again"):
        written = fit(small_corpus(), n_topics=2, seed=3).save(tmp_path / folder)
        assert [path.name for path in written] == NAMES
    for name in NAMES:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("topics")
    fit(small_corpus(['=HYPERLINK("http://exemple.be")', "+1", "<b>c</b>", "d"], genre="talk"), n_topics=2).save(folder)
    return folder


def test_csv_lists_one_topic_a_row(saved):
    rows = list(csv.reader((saved / "topics.csv").read_text("utf-8").splitlines()))
    columns = ["topic", "label", "words", "share", "stability", "stability_low", "stability_high", "stable"]
    assert rows[0] == columns
    assert [(row[0], row[1], float(row[3])) for row in rows[1:]] == [
        ("1", "compost, jardin, légume", pytest.approx(50)),
        ("2", "immeuble, locataire, logement", pytest.approx(50)),
    ]


def test_french_csv_has_semicolons_decimal_commas_and_a_mark(tmp_path):
    path = tmp_path / "topics.csv"
    fit(small_corpus(), n_topics=2).save(tmp_path, locale="fr")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    columns = ["topic", "label", "words", "share", "stability", "stability_low", "stability_high", "stable"]
    assert rows[0] == columns
    assert [round(float(row[3].replace(",", "."))) for row in rows[1:]] == [50, 50]
    assert all("," in row[3] and "." not in row[3] for row in rows[1:])


def test_workbook_leads_from_topics_to_verbatims_and_documents(saved):
    path = saved / "topics.xlsx"
    assert openpyxl.load_workbook(path).sheetnames == ["Thèmes", "Verbatims", "Par genre (%)", "Par document (%)"]
    header, *rows = sheet(path, "Verbatims")
    assert header == ["thème", "verbatim", "titre", "source", "locuteur·rice", "score"]
    assert [(row[0], row[1]) for row in rows] == [(1, GARDEN), (1, GARDEN), (2, HOME), (2, HOME)]
    assert sheet(path, "Par genre (%)")[0] == ["genre", "thème 1 (%)", "thème 2 (%)"]
    assert sheet(path, "Par genre (%)")[1] == ["paroles", pytest.approx(50), pytest.approx(50)]
    header, *rows = sheet(path, "Par document (%)")
    assert header == ["source", "titre", "genre", "thème 1 (%)", "thème 2 (%)"]
    assert [row[3:] for row in rows] == [
        pytest.approx([100, 0]),
        pytest.approx([100, 0]),
        pytest.approx([0, 100]),
        pytest.approx([0, 100]),
    ]


def test_no_title_becomes_a_formula_or_a_link(saved):
    for page in openpyxl.load_workbook(saved / "topics.xlsx"):
        for row in page.rows:
            for cell in row:
                assert cell.data_type in {"s", "n"}, cell.value
                assert cell.hyperlink is None, cell.value
    titles = [row[1] for row in sheet(saved / "topics.xlsx", "Par document (%)")]
    assert '=HYPERLINK("http://exemple.be")' in titles


def test_a_genre_may_bear_the_name_of_a_column_or_of_the_missing_genre(tmp_path):
    corpus = small_corpus()
    corpus.documents["genre"] = ["thème", "genre", "sans genre", ""]
    fit(corpus, n_topics=2).save(tmp_path)
    genres = [row[0] for row in sheet(tmp_path / "topics.xlsx", "Par genre (%)")[1:]]
    assert sorted(genres) == ["genre", "sans genre", "sans genre", "thème"]


def test_notebook_view_shows_words_and_whole_percentages():
    html = fit(small_corpus(), n_topics=2)._repr_html_()
    assert "<td>1</td><td>compost, jardin, légume, partager, semence</td><td>50 %</td>" in html


def test_figure_has_a_panel_per_topic_and_says_what_it_stands_on():
    panels = fit(small_corpus(), n_topics=2).plot(n_words=3).ravel()
    assert [axes.get_title() for axes in panels[:2]] == ["", ""]  # titles stand at the left
    assert [axes.get_title(loc="left") for axes in panels[:2]] == ["Thème 1", "Thème 2"]
    assert [label.get_text() for label in panels[0].get_yticklabels()] == ["compost", "jardin", "légume"]
    assert panels[0].figure.get_supxlabel() == "4 documents, 11 lemmes, modèle NMF, graine 0"
