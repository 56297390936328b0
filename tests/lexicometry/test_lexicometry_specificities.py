"""Specific words of the parts of a corpus: what is counted, ranked, marked, drawn and written."""

from __future__ import annotations

import csv
import math

import numpy as np
import openpyxl
import pandas as pd
import pytest

from innovsoc_analysis.figures.style import svg_bytes
from innovsoc_analysis.lexicometry.specificity import specificities, specificities_of
from innovsoc_analysis.lexicometry.specificity.saving import COLUMNS
from innovsoc_analysis.lexicometry.tables import lexical_table
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

TEXTS = {
    "a": "Jardin jardin jardin jardin potager. Table lampe.",
    "b": "Jardin jardin serre. Serre table lampe.",
    "c": "Guichet guichet impôt. Table lampe guichet.",
    "d": "Guichet guichet impôt table lampe. Guichet impôt.",
    "e": "Guichet table lampe.",
}
GENRES = ["project", "project", "definition", "definition", ""]
HOSTILE = {"=1+1": "Jardin <b>. Table.", "<script>alert(1)</script>": "Guichet. Table."}


@pytest.fixture(scope="module")
def corpus():
    corpus = corpus_from_texts(TEXTS)
    corpus.documents["genre"] = GENRES
    return corpus


@pytest.fixture(scope="module")
def found(corpus):
    return specificities(corpus, word="form")


@pytest.fixture(scope="module")
def marked(found):
    """Return the same where an index of 1 is no longer banal: the texts are short."""
    return found.with_threshold(0.9)


def test_a_row_says_all_counts_of_a_word_in_a_part(found) -> None:
    row = found.of("jardin").set_index("part").loc["project"]
    # 13 words of 29 are in the projects, and all six « jardin »
    assert row[["f", "F", "t", "T"]].tolist() == [6, 6, 13, 29]
    assert row["expected"] == pytest.approx(6 * 13 / 29)
    tail = math.comb(13, 6) / math.comb(29, 6)
    assert row["index"] == pytest.approx(-math.log10(tail))
    assert row["p_value"] == pytest.approx(tail)
    # none in the 16 words of the rest counts as half of one
    assert row["log_ratio"] == pytest.approx(math.log2((6 / 13) / (0.5 / 16)))
    assert row["n_documents"] == 2


def test_the_table_has_each_word_in_each_part_once(found) -> None:
    table = found.table
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == len(found.lexical.words) * 2
    assert table["part"].unique().tolist() == ["definition", "project"]
    assert table["f"].sum() == 13 + 13
    assert np.isfinite(table[["index", "p_value", "p_adjusted", "log_likelihood", "log_ratio"]]).all(axis=None)


def test_documents_without_a_value_belong_to_the_rest(found) -> None:
    assert found.parts == ("definition", "project")
    assert found.of("guichet")[["f", "F"]].to_numpy().tolist() == [[6, 7], [0, 7]]


def test_most_specific_words_come_first_and_banal_ones_are_left_out(marked) -> None:
    assert marked.top("project")["word"].tolist() == ["jardin"]
    assert marked.top("project", negative=True)["word"].tolist() == ["guichet"]
    assert marked.top("definition", negative=True)["word"].tolist() == ["jardin"]
    assert marked.top("definition")["word"].tolist() == ["guichet", "impôt"]
    assert marked.top("definition", 1)["word"].tolist() == ["guichet"]
    assert marked.top("definition", 0).empty


def test_a_higher_threshold_makes_more_words_banal(found) -> None:
    assert set(found.with_threshold(3.1).table.query("not banal")["word"]) == set()
    assert found.with_threshold(0.01).table["banal"].sum() < found.table["banal"].sum()


def test_equal_indexes_are_ranked_by_count_then_by_alphabet() -> None:
    corpus = corpus_from_texts({"a": "Zèbre zèbre ane ane. Lit lit.", "b": "Sol sol mur mur."})
    top = specificities(corpus, "title", word="form").with_threshold(0.1).top("a")
    assert top["word"].tolist() == ["ane", "lit", "zèbre"]


def test_a_word_that_one_document_carries_is_marked(corpus) -> None:
    texts = {
        "long": "Écluse. " * 12 + "Table lampe. " * 5,
        "court": "Potager table lampe. " * 4,
        "bref": "Potager table lampe. " * 4,
        "autre": "Guichet table lampe. " * 12,
    }
    corpus = corpus_from_texts(texts)
    corpus.documents["genre"] = ["project", "project", "project", "talk"]
    rows = specificities(corpus, word="form").table.set_index(["part", "word"]).loc["project"]
    assert rows.loc["écluse", ["n_documents", "one_document", "banal"]].tolist() == [1, True, False]
    assert rows.loc["écluse", "index_without"] == 0
    # without either short document, 4 are left in 34 words of 70: C(34, 4) / C(70, 4) is more than 1 in 100
    assert rows.loc["potager", "n_documents"] == 2
    without = -math.log10(math.comb(34, 4) / math.comb(70, 4))
    assert rows.loc["potager", "index_without"] == pytest.approx(without)
    assert rows.loc["potager", "one_document"]


def test_a_word_that_several_documents_share_is_not_marked() -> None:
    texts = {f"p{n}": "Potager potager table. " * 2 for n in range(4)} | {"autre": "Guichet table lampe. " * 12}
    corpus = corpus_from_texts(texts)
    corpus.documents["genre"] = ["project"] * 4 + ["talk"]
    row = specificities(corpus, word="form").top("project").iloc[0]
    assert (row["word"], row["n_documents"], row["one_document"]) == ("potager", 4, False)
    assert 2 < row["index_without"] < row["index"]


def test_a_part_that_is_one_document_has_no_other_to_lean_on(corpus) -> None:
    table = specificities(corpus, "title", word="form").with_threshold(0.5).table
    assert table["index_without"].isna().all()
    assert not table["one_document"].any()


def test_a_number_leads_back_to_its_sentences(found, corpus) -> None:
    places = found.places("definition", "guichet")
    assert places["n"].tolist() == [2, 1, 2, 1]
    assert places["quote"].tolist()[:2] == ["Guichet guichet impôt.", "Table lampe guichet."]
    assert places["title"].tolist() == ["c", "c", "d", "d"]
    texts = corpus.documents.set_index("doc_id")["text"]
    assert [texts[row.doc_id][row.start : row.end] for row in places.itertuples()] == places["quote"].tolist()
    assert found.places("project", "guichet").empty


def test_occurrences_of_the_sentences_sum_to_the_count(found) -> None:
    for row in found.table.itertuples():
        assert found.places(row.part, row.word)["n"].sum() == row.f


def test_codes_overlap_and_each_is_compared_with_the_rest(corpus) -> None:
    sentences = corpus.sentences
    codings = pd.concat([sentences.iloc[:2].assign(code="lieu"), sentences.iloc[:1].assign(code="plante")])
    found = specificities(corpus, "code", codings=codings, word="form")
    assert found.overlap
    # the first two sentences hold 5 and 2 words
    assert found.of("jardin")[["part", "f", "t"]].to_numpy().tolist() == [["lieu", 4, 7], ["plante", 4, 5]]
    assert "recoupent" in found.plot()[0, 0].figure.get_supxlabel()


def test_parts_that_share_nothing_do_not_overlap(found) -> None:
    assert not found.overlap


def test_rows_in_spans_that_overlap_count_once() -> None:
    corpus = corpus_from_texts({"a": "Un puits clair.", "b": "Deux jardins."})
    first, second = corpus.documents["doc_id"]
    rows = [(first, 3, 15, "x"), (second, 0, 4, "y"), (first, 0, 8, "x"), (first, 3, 8, "x"), (first, 9, 9, "y")]
    spans = pd.DataFrame(rows, columns=["doc_id", "start", "end", "part"])
    table = lexical_table(corpus, spans)
    assert [part.tolist() for part in table.part_rows] == [[0, 1, 2], [3]]
    assert table.sizes.tolist() == [3, 1]


def test_the_matrix_holds_the_indexes_of_the_table(found) -> None:
    matrix = found.matrix()
    assert matrix.columns.tolist() == ["definition", "project"]
    for row in found.table.itertuples():
        assert matrix.loc[row.word, row.part] == row.index


def test_forms_are_found_whatever_their_case_and_apostrophe() -> None:
    corpus = corpus_from_texts({"a": "Aujourd’hui, un puits.", "b": "Un jardin."})
    assert len(specificities(corpus, "title", word="form").of("Aujourd’hui")) == 2


def test_one_part_alone_leaves_nothing_to_compare() -> None:
    with pytest.raises(UsageError, match="Rien à comparer par « genre »"):
        specificities(corpus_from_texts({"a": "Un jardin.", "b": "Un puits."}, genre="project"))


def test_a_part_of_all_words_beside_others_has_no_index(corpus) -> None:
    whole = corpus.documents.assign(start=0, end=corpus.documents["text"].str.len(), part="tout")
    spans = pd.concat([whole, whole.iloc[:1].assign(part="un")])
    table = specificities(corpus, spans).table.set_index("part")
    assert (table.loc["tout", "index"] == 0).all()
    assert table.loc["tout", "log_ratio"].isna().all()


def test_an_unknown_part_or_word_names_near_ones(found, corpus) -> None:
    with pytest.raises(UnknownNameError, match="« projets » ; il y a : definition, project"):
        found.top("projets")
    many = specificities(
        corpus_from_texts({"a": "Je vois un jardin vert, six bancs et trois lacs.", "b": "Un guichet."}), "title"
    )
    with pytest.raises(UnknownNameError, match="« jardins » ; il y a : jardin"):
        many.of("jardins")
    # counted under its lemma
    with pytest.raises(UnknownNameError, match="« vois » ; il y a : voir"):
        many.of("vois")
    with pytest.raises(UnknownNameError, match="ni rien d'approchant"):
        many.of("xyzxyzxyz" * 1000)


def test_bad_numbers_are_refused(found) -> None:
    for threshold in (0, -1, float("nan"), float("inf")):
        with pytest.raises(UsageError, match="seuil de banalité"):
            found.with_threshold(threshold)
    with pytest.raises(UsageError, match="0 ou davantage"):
        found.top("project", -1)
    with pytest.raises(UsageError, match="au moins un mot"):
        found.plot_word([])
    with pytest.raises(UsageError, match="au moins une partie"):
        found.plot([])


def test_without_the_corpus_the_sentences_are_asked_for(corpus) -> None:
    bare = specificities_of(lexical_table(corpus, word="form"))
    assert bare.top("project").equals(specificities(corpus, word="form").top("project"))
    with pytest.raises(UsageError, match="donnez le corpus"):
        bare.places("project", "jardin")


def test_the_representation_gives_counts_only(found) -> None:
    assert repr(found) == "<Specificities : 7 mots × 2 parties (genre)>"


def test_the_bonferroni_threshold_counts_all_tests(found) -> None:
    # 7 words in 2 parts, both tails
    assert 10 ** -found.bonferroni(alpha=0.28) == pytest.approx(0.01)


def test_the_figure_shows_a_panel_per_part_with_its_size(marked) -> None:
    grid = marked.plot()
    panels = {axes.get_title(loc="left"): axes for axes in grid.flat if axes.axison}
    assert list(panels) == ["définitions", "projets"]
    assert [tick.get_text() for tick in panels["projets"].get_yticklabels()] == ["jardin", "guichet"]
    assert "13 mots, 2 doc." in [text.get_text() for text in panels["projets"].texts]
    assert svg_bytes(grid[0, 0].figure) == svg_bytes(marked.plot()[0, 0].figure)


def test_the_figure_of_a_word_shows_all_parts_banal_or_not(found) -> None:
    grid = found.plot_word(["table", "jardin"])
    assert [tick.get_text() for tick in grid[0, 0].get_yticklabels()] == ["définitions", "projets"]
    assert grid[0, 1].get_title(loc="left") == "« jardin »"


def test_many_parts_are_shown_in_part_and_the_caption_says_so() -> None:
    corpus = corpus_from_texts({f"t{n}": f"Mot{n} table." + " Lampe." * n for n in range(45)})
    found = specificities(corpus, "title")
    grid = found.plot()
    assert sum(axes.axison for axes in grid.flat) == 12
    assert "12 parties sur 45" in grid[0, 0].figure.get_supxlabel().replace("\n", " ")
    assert len(found.plot_word("lampe")[0, 0].get_yticks()) == 40


def test_the_workbook_has_a_sheet_per_kind_and_explains_itself(marked, tmp_path) -> None:
    path = tmp_path / "specificites.xlsx"
    marked.save(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Lisez-moi", "Spécificités", "Matrice des indices", "Parties", "Verbatims"]
    explained = {row[0].value for row in book["Lisez-moi"].iter_rows(min_row=2)}
    headings = [cell.value for cell in book["Spécificités"][1]]
    assert {f"Colonne « {heading} »" for heading in headings} <= explained
    assert [[cell.value for cell in row[:2]] for row in book["Spécificités"].iter_rows(min_row=2)] == [
        ["définitions", "guichet"],
        ["définitions", "impôt"],
        ["définitions", "jardin"],
        ["projets", "jardin"],
        ["projets", "guichet"],
    ]
    quotes = [[cell.value for cell in row[:2]] for row in book["Verbatims"].iter_rows(min_row=2)]
    assert quotes == [["définitions", "guichet"]] * 3 + [["définitions", "impôt"]] * 3 + [["projets", "jardin"]] * 2
    marked.save(tmp_path / "encore.xlsx")
    assert path.read_bytes() == (tmp_path / "encore.xlsx").read_bytes()


def test_the_workbook_of_banal_words_alone_is_written(found, tmp_path) -> None:
    found.with_threshold(50).save(tmp_path / "rien.xlsx")
    book = openpyxl.load_workbook(tmp_path / "rien.xlsx")
    assert [book[name].max_row for name in ("Spécificités", "Matrice des indices", "Verbatims")] == [1, 1, 1]


def test_csv_holds_all_words_in_french(found, tmp_path) -> None:
    path = tmp_path / "specificites.csv"
    found.save(path, locale="fr")
    header, *rows = csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert header == [heading for heading, _ in COLUMNS.values()]
    assert len(rows) == 14
    assert rows[0][10:][0] == "oui"
    with pytest.raises(UsageError, match="csv ou"):
        found.save(tmp_path / "specificites.txt")


def test_hostile_titles_act_nowhere(tmp_path) -> None:
    found = specificities(corpus_from_texts(HOSTILE), "title").with_threshold(0.01)
    assert "<script>" not in found._repr_html_()
    found.save(tmp_path / "a.csv")
    assert "'=1+1" in (tmp_path / "a.csv").read_text("utf-8")
    found.plot()
    found.save(tmp_path / "a.xlsx")


def test_the_notebook_lists_words_and_marks_those_of_one_document(marked) -> None:
    shown = marked._repr_html_()
    assert "projets" in shown
    jardin = marked.top("project").iloc[0]
    star = "*" if jardin["one_document"] else ""
    assert f"jardin{star} (+2,4)" in shown


def test_without_the_corpus_the_workbook_speaks_of_no_verbatims(corpus, tmp_path) -> None:
    specificities_of(lexical_table(corpus, word="form"), threshold=0.9).save(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "Verbatims" not in book.sheetnames
    assert not any("Verbatims" in row[0].value for row in book["Lisez-moi"].iter_rows())
    assert [row[0].value for row in book["Matrice des indices"].iter_rows()] == ["mot", "guichet", "impôt", "jardin"]


def test_too_many_parts_are_refused_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr("innovsoc_analysis.lexicometry.specificity.comparing._MOST_CELLS", 3)
    with pytest.raises(UsageError, match="2 parties et 3 mots"):
        specificities(corpus_from_texts({"a": "Un puits.", "b": "Deux puits."}), "title")
