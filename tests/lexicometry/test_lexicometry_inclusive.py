"""Inclusive forms counted by group: what is counted, where it stands, how it is shown and written."""

from __future__ import annotations

import csv
import math
import re

import openpyxl
import pytest

from innovsoc_analysis.lexicometry import inclusive_use
from innovsoc_analysis.lexicometry.inclusive import KINDS
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts, read_corpus

TEXTS = {
    # 11 words, a doublet being one: Les habitant·e·s et les usager-ère-s votent / Celles et ceux qui aident sont là
    "a": "Les habitant·e·s et les usager-ère-s votent. Celles et ceux qui aident sont là.",
    "b": "Un jardin pousse.",
    "c": "Les habitant·e·s partent.",
    "d": "Tout est calme ici.",
}
GENRES = ["project", "project", "talk", ""]
PLAIN = "Un jardin pousse au bord de la route."
OF_EACH_KIND = {
    "median_point": "Les habitant·e·s votent.",
    "low_point": "Les chercheur.es cherchent.",
    "hyphen": "Les étudiant-e-s arrivent.",
    "slash": "Le/la voisin part tôt.",
    "parentheses": "Des habitant(e)s aident.",
    "capital": "Les étudiantEs arrivent.",
    "doublet": "Celles et ceux qui aident sont là.",
    "portmanteau": "Les acteurices parlent.",
    "x_form": "Les étudianxs parlent.",
}
COUNTS = ["documents", "with_any", "words", "forms", "per_1000_words"]
COLUMNS = ["doc_id", "source", "title", "group", "start", "end", "form", "lemma", "kind"]
HOSTILE = {"=1+1": "Les habitant·e·s votent.", "<img src=x onerror=alert(1)>": "Un jardin."}


@pytest.fixture(scope="module")
def corpus():
    corpus = corpus_from_texts(TEXTS)
    corpus.documents["genre"] = GENRES
    return corpus


def widths(axes):
    """Return the segments of each part: legend → heights and lengths."""
    return {
        bars.get_label(): [(round(bar.get_y() + bar.get_height() / 2), bar.get_width()) for bar in bars]
        for bars in axes.containers
    }


def labels(axes):
    return [tick.get_text() for tick in axes.get_yticklabels()]


def test_forms_and_words_are_counted_by_genre(corpus):
    table = inclusive_use(corpus).table
    assert table.columns.tolist() == [*COUNTS, "median_point", "hyphen", "doublet"]
    assert table.index.name == "genre"
    assert table.drop(columns="per_1000_words").T.to_dict("list") == {
        "": [1, 0, 4, 0, 0, 0, 0],
        "project": [2, 1, 14, 3, 1, 1, 1],
        "talk": [1, 1, 3, 1, 1, 0, 0],
    }
    assert table["per_1000_words"].tolist() == pytest.approx([0, 3000 / 14, 1000 / 3])


def test_each_document_may_be_a_group(corpus):
    table = inclusive_use(corpus, by="document").table
    assert table.index.tolist() == ["a", "b", "c", "d"]
    assert table["words"].tolist() == [11, 3, 3, 4]
    assert table["forms"].tolist() == [3, 0, 1, 0]


def test_every_form_is_listed_with_its_place(corpus):
    forms = inclusive_use(corpus).forms
    assert forms.columns.tolist() == COLUMNS
    assert forms.drop(columns=["doc_id", "source"]).to_numpy().tolist() == [
        ["a", "project", 4, 16, "habitant·e·s", "habitant", "median_point"],
        ["a", "project", 24, 36, "usager-ère-s", "usager", "hyphen"],
        ["a", "project", 45, 59, "Celles et ceux", "celui", "doublet"],
        ["c", "talk", 4, 16, "habitant·e·s", "habitant", "median_point"],
    ]
    texts = corpus.documents.set_index("doc_id")["text"]
    assert [texts[row.doc_id][row.start : row.end] for row in forms.itertuples()] == forms["form"].tolist()


def test_each_kind_has_a_column_of_its_own_in_the_order_of_their_names():
    use = inclusive_use(corpus_from_texts(OF_EACH_KIND), by="document")
    assert use.forms.set_index("title")["kind"].to_dict() == {kind: kind for kind in OF_EACH_KIND}
    assert use.table.columns.tolist() == [*COUNTS, *KINDS]
    assert use.table.loc["slash", list(KINDS)].to_dict() == {kind: int(kind == "slash") for kind in KINDS}


def test_groups_are_those_of_a_column_of_the_metadata(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "metadata.csv").write_text("file,author\na.txt,Zoé\nb.txt,Ana\nc.txt,Zoé\n", "utf-8")
    use = inclusive_use(read_corpus(tmp_path), by="author")
    assert use.table["forms"].to_dict() == {"": 0, "Ana": 0, "Zoé": 4}
    assert use.table["with_any"].to_dict() == {"": 0, "Ana": 0, "Zoé": 2}
    assert use.table["words"].to_dict() == {"": 4, "Ana": 3, "Zoé": 14}
    assert labels(use.plot()) == ["non renseigné (1 doc.)", "Ana (1 doc.)", "Zoé (2 doc.)"]


def test_an_unknown_column_is_refused_and_those_there_are_named(corpus):
    with pytest.raises(UnknownNameError) as raised:
        inclusive_use(corpus, by="auteur")
    assert str(raised.value) == "Aucun document n'a d'attribut « auteur » ; il y a : genre."


def test_documents_of_the_same_title_are_counted_apart(tmp_path):
    for folder, text in (("projets", TEXTS["a"]), ("paroles", TEXTS["c"])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "été.txt").write_text(text, "utf-8")
    (tmp_path / "autre.txt").write_text(TEXTS["b"], "utf-8")
    table = inclusive_use(read_corpus(tmp_path), by="document").table
    assert table["forms"].to_dict() == {"autre": 0, "été (paroles/été.txt)": 1, "été (projets/été.txt)": 3}
    assert table["documents"].tolist() == [1, 1, 1]


def test_rows_of_one_table_with_the_same_title_are_counted_apart(tmp_path):
    rows = f"title,text\nFiche,{TEXTS['c']}\nFiche,{TEXTS['b']}\n"
    (tmp_path / "fiches.csv").write_text(rows, "utf-8")
    corpus = read_corpus(tmp_path)
    table = inclusive_use(corpus, by="document").table
    assert table.index.tolist() == [f"Fiche (fiches.csv) ({key})" for key in sorted(corpus.documents["key"])]
    assert sorted(table["forms"]) == [0, 1]


def test_a_text_without_inclusive_forms_is_no_trouble(tmp_path):
    use = inclusive_use(corpus_from_texts({"a": PLAIN}), by="document")
    assert use.table.to_dict("list") == {
        "documents": [1],
        "with_any": [0],
        "words": [8],
        "forms": [0],
        "per_1000_words": [0.0],
    }
    assert use.forms.columns.tolist() == COLUMNS
    use.save(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8") == ",".join(COLUMNS) + "\n"
    axes = use.plot()
    assert (labels(axes), widths(axes), axes.get_xlim()) == (["a"], {}, (0, 1))
    assert axes.figure.legends == []
    assert axes.get_xlabel() == "formes pour 1 000 mots ; n = 0 forme, 8 mots"


def test_a_group_without_words_has_no_rate_and_no_bar():
    use = inclusive_use(corpus_from_texts({"a": "…", "b": TEXTS["c"]}), by="document")
    assert use.table["words"].tolist() == [0, 3]
    assert math.isnan(use.table.loc["a", "per_1000_words"])
    axes = use.plot()
    assert labels(axes) == ["b"]
    assert axes.get_xlabel() == "formes pour 1 000 mots ; n = 1 forme, 3 mots ; 1 groupe sur 2"
    nothing = inclusive_use(corpus_from_texts({"a": "…"}), by="document").plot()
    assert labels(nothing) == []


def test_the_figure_shows_rates_by_kind_under_french_names(corpus):
    axes = inclusive_use(corpus).plot()
    assert labels(axes) == ["sans genre (1 doc.)", "projets (2 doc.)", "paroles (1 doc.)"]
    drawn = widths(axes)
    assert list(drawn) == [KINDS["median_point"], KINDS["hyphen"], KINDS["doublet"]]
    assert drawn[KINDS["median_point"]] == [(-1, pytest.approx(1000 / 14)), (-2, pytest.approx(1000 / 3))]
    assert drawn[KINDS["hyphen"]] == [(-1, pytest.approx(1000 / 14))]
    assert drawn[KINDS["doublet"]] == [(-1, pytest.approx(1000 / 14))]
    assert [text.get_text() for text in axes.texts] == ["0,0", "214,3", "333,3"]
    assert axes.get_xlabel() == "formes pour 1 000 mots ; n = 4 formes, 21 mots"


def test_the_figure_shows_thirty_groups_at_most_and_says_so():
    texts = {f"{number:02}": "Oui. " * (number + 1) for number in range(40)}
    use = inclusive_use(corpus_from_texts(texts), by="document")
    axes = use.plot()
    assert labels(axes) == [f"{number:02}" for number in range(10, 40)]
    # 1 + 2 + … + 40 words, in all the groups
    assert axes.get_xlabel() == "formes pour 1 000 mots ; n = 0 forme, 820 mots ; 30 groupes sur 40"


def test_large_numbers_are_written_in_thousands():
    axes = inclusive_use(corpus_from_texts({"a": "Oui. " * 1234})).plot()
    assert axes.get_xlabel().endswith(" 1\u202f234 mots")


@pytest.mark.parametrize("name", ["inclusif.xlsx", "Inclusif.XLSX"])
def test_workbook_holds_counts_for_people_and_forms(corpus, tmp_path, name):
    inclusive_use(corpus).save(tmp_path / name)
    book = openpyxl.load_workbook(tmp_path / name)
    assert book.sheetnames == ["Effectifs", "Formes"]
    counts = list(book["Effectifs"].iter_rows(values_only=True))
    kinds = [KINDS[kind] for kind in ("median_point", "hyphen", "doublet")]
    assert list(counts[0]) == [
        *("genre", "documents", "documents qui en ont", "mots", "formes", "pour 1 000 mots"),
        *kinds,
    ]
    assert [row[:5] for row in counts[1:]] == [
        ("sans genre", 1, 0, 4, 0),
        ("projets", 2, 1, 14, 3),
        ("paroles", 1, 1, 3, 1),
    ]
    forms = list(book["Formes"].iter_rows(values_only=True))
    assert list(forms[0]) == COLUMNS
    assert [row[6] for row in forms[1:]] == ["habitant·e·s", "usager-ère-s", "Celles et ceux", "habitant·e·s"]


def test_csv_holds_the_forms_and_nothing_a_spreadsheet_could_run(tmp_path):
    use = inclusive_use(corpus_from_texts(HOSTILE), by="document")
    use.save(tmp_path / "a.csv")
    header, row = csv.reader((tmp_path / "a.csv").read_text("utf-8").splitlines())
    assert header == COLUMNS
    assert row[1:] == ["'=1+1", "'=1+1", "'=1+1", "4", "16", "habitant·e·s", "habitant", "median_point"]
    use.save(tmp_path / "fr.csv", locale="fr")
    assert (tmp_path / "fr.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc_id;source;title;group;")


@pytest.mark.parametrize("name", ["inclusif.txt", "inclusif", "inclusif.csv.gz"])
def test_another_suffix_is_refused_and_writes_nothing(corpus, tmp_path, name):
    with pytest.raises(UsageError) as raised:
        inclusive_use(corpus).save(tmp_path / name)
    assert str(raised.value) == f"« {name} » : choisissez un nom en .csv ou .xlsx."
    assert list(tmp_path.iterdir()) == []


def test_repr_counts_and_quotes_no_text(corpus):
    assert repr(inclusive_use(corpus)) == "<InclusiveUse : 4 formes, 3 groupes>"


def test_notebook_view_is_in_french_and_quotes_no_form(corpus):
    html = inclusive_use(corpus)._repr_html_()
    assert html.startswith("<p>Écriture inclusive par genre</p>")
    rows = [re.findall(r"<t[hd]>(.*?)</t[hd]>", row) for row in html.split("<tr")]
    assert rows[1][1:] == [
        "documents",
        "documents qui en ont",
        "mots",
        "formes",
        "pour 1 000 mots",
        *(KINDS[kind] for kind in ("median_point", "hyphen", "doublet")),
    ]
    assert rows[3:] == [
        ["sans genre", "1", "0", "4", "0", "0,0", "0", "0", "0"],
        ["projets", "2", "1", "14", "3", "214,3", "1", "1", "1"],
        ["paroles", "1", "1", "3", "1", "333,3", "1", "0", "0"],
    ]
    assert "habitant·e·s" not in html


def test_notebook_view_escapes_names_and_marks_a_missing_rate():
    html = inclusive_use(corpus_from_texts(HOSTILE | {"vide": "…"}), by="document")._repr_html_()
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img" not in html
    assert "<td>–</td>" in html
    assert "NaN" not in html


def test_notebook_view_shows_forty_groups_and_says_how_many_there_are():
    texts = {f"{number:02}": f"Mot {number}." for number in range(41)}
    html = inclusive_use(corpus_from_texts(texts), by="document")._repr_html_()
    assert html.startswith("<p>Écriture inclusive par document, les 40 premiers groupes sur 41</p>")
    assert "<th>39</th>" in html
    assert "<th>40</th>" not in html
