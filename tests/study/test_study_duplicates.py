"""Texts that come twice are found, whatever their format, and told by name."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from innovsoc_analysis.batch.coding import Job, code_files
from innovsoc_analysis.batch.plan import Size
from innovsoc_analysis.codebooks.loading import parse_codebook
from innovsoc_analysis.study.corpus import read_corpus
from innovsoc_analysis.study.duplicates import (
    ALIKE,
    SAME_BYTES,
    SAME_TEXT,
    Finder,
    find_duplicates,
    remarks_on,
    resemblance,
    words_of,
)
from innovsoc_analysis.study.saving import save_documents

BOOK = b'version: "1"\ncodes: [{id: jardin, libelle: Jardin, definition: Un lieu., indicateurs: {lemmes: [jardin]}}]\n'
TALE = [f"mot{number}" for number in range(100)]


def found(*texts: tuple[str, str], key: str = "") -> list[tuple[str, str, str, float]]:
    finder = Finder()
    for source, text in texts:
        finder.add(source, source=source, key=key and source, text=text)
    return [(one["source"], one["same_as"], one["kind"], one["likeness"]) for one in finder.found]


def changed(*places: int) -> str:
    return " ".join("autre" if place in places else word for place, word in enumerate(TALE))


def test_the_same_words_are_the_same_text_whatever_the_format_made_of_them() -> None:
    docx = "L’entraide des « voisins », c’est peut-être une coopérative."
    pdf = "L'entraide des\nvoisins,   c'est peut-\nêtre une coopé\u00adrative"
    assert found(("a.docx", docx), ("b.pdf", pdf)) == [("b.pdf", "a.docx", SAME_TEXT, 1.0)]
    assert found(("a.docx", docx), ("b.pdf", pdf + " sociale")) == []


def test_likeness_is_the_share_of_five_words_in_a_row() -> None:
    # 96 sets of five; a word in the middle is in five of them, the first in one
    assert resemblance(TALE, changed(50).split()) == pytest.approx(91 / 101)
    assert resemblance(TALE, changed(0).split()) == pytest.approx(95 / 97)
    assert found(("a", " ".join(TALE)), ("b", changed(50))) == [("b", "a", ALIKE, 0.901)]
    # two words: 86 in common of 106
    assert found(("a", " ".join(TALE)), ("b", changed(30, 50))) == []


def test_all_pairs_just_above_the_limit_are_found_and_none_below() -> None:
    finder = Finder()
    for number in range(300):
        words = [f"{number}x{place}" for place in range(100)]
        finder.add(f"{number}", source=f"{number}", text=" ".join(words))
        finder.add(f"{number} near", source=f"{number} near", text=" ".join([*words[:50], "autre", *words[51:]]))
        finder.add(f"{number} far", source=f"{number} far", text=" ".join([*words[:20], "x", *words[21:80], "y"]))
    assert [(one["source"], one["same_as"]) for one in finder.found] == [(f"{n} near", f"{n}") for n in range(300)]


def test_a_text_is_told_the_nearest_of_those_before_it() -> None:
    texts = (("a", " ".join(TALE)), ("b", changed(0)), ("c", changed(0)), ("d", changed(99)))
    assert found(*texts) == [
        ("b", "a", ALIKE, 0.9794),
        ("c", "b", SAME_TEXT, 1.0),
        ("d", "a", ALIKE, 0.9794),
    ]


def test_short_answers_of_a_table_are_no_duplicates_and_long_ones_are() -> None:
    assert found(("1", "Ne sait pas."), ("2", "Ne sait pas."), key="row") == []
    assert found(("1", " ".join(TALE[:20])), ("2", " ".join(TALE[:20])), key="row") == [("2", "1", SAME_TEXT, 1.0)]


def test_many_copies_of_one_form_do_not_make_it_slow() -> None:
    finder = Finder()
    form = " ".join(TALE)
    for number in range(3000):
        finder.add(f"{number}", source=f"{number}", text=f"{form} nom{number}")
    assert len(finder.found) == 2999
    assert {one["same_as"] for one in finder.found} == {"0"}
    assert len(finder._originals) == 1


def test_files_are_told_by_name_in_groups_and_pieces_give_the_same() -> None:
    rows = [("a.docx", "1", "Un jardin."), ("b.docx", "1", "Un jardin."), ("c.pdf", "2", "un jardin")]
    rows += [("d.txt", "3", changed()), ("e.txt", "4", changed(99))]
    table = pd.DataFrame(rows, columns=["source", "sha256", "text"]).assign(doc_id=list("12345"), key=pd.NA)
    whole = find_duplicates(table)
    assert whole["kind"].tolist() == [SAME_BYTES, SAME_TEXT, ALIKE]
    assert whole.equals(find_duplicates(table.iloc[[place]] for place in range(5)))
    assert remarks_on(whole) == (
        "1 texte figure plus d'une fois : a.docx = b.docx = c.pdf (duplicates.csv).",
        "1 texte a un autre presque identique : d.txt ≈ e.txt (duplicates.csv).",
    )


def test_a_long_list_is_cut() -> None:
    rows = [(f"{number // 2}-{number % 2}.txt", f"Texte {number // 2}") for number in range(16)]
    table = pd.DataFrame(rows, columns=["source", "text"]).assign(doc_id="d")
    (remark,) = remarks_on(find_duplicates(table))
    assert remark.startswith("8 textes figurent plus d'une fois : 0-0.txt = 0-1.txt ; ")
    assert remark.endswith(" ; … et 3 de plus (duplicates.csv).")


def test_a_corpus_reports_and_saves_them_and_no_file_tells_that_there_are_none(tmp_path) -> None:
    texts = tmp_path / "textes"
    texts.mkdir()
    (texts / "a.txt").write_text("Un jardin partagé.", "utf-8")
    (texts / "b.md").write_text("Un jardin\npartagé.", "utf-8")
    (texts / "c.txt").write_text("Une forêt.", "utf-8")
    corpus = read_corpus(texts)
    assert corpus.remarks == ("1 texte figure plus d'une fois : a.txt = b.md (duplicates.csv).",)
    assert len(corpus) == 3
    out = tmp_path / "r"
    assert [path.name for path in save_documents(corpus, out)] == ["documents.parquet", "sources.csv", "duplicates.csv"]
    (row,) = pd.read_csv(out / "duplicates.csv").to_dict("records")
    assert (row["source"], row["same_as"], row["kind"], row["likeness"]) == ("b.md", "a.txt", "même texte", 1.0)
    (texts / "b.md").unlink()
    assert [path.name for path in save_documents(read_corpus(texts), out)] == ["documents.parquet", "sources.csv"]
    assert not (out / "duplicates.csv").exists()


@pytest.fixture
def texts(tmp_path):
    """Return a folder in which a text comes twice, and so does a row of a table."""
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "a.txt").write_text("Un jardin partagé.", "utf-8")
    (folder / "b.md").write_text("Un jardin\npartagé.", "utf-8")
    rows = [" ".join(TALE[:30]), "Ne sait pas.", " ".join(TALE[:30]), "Ne sait pas."]
    (folder / "c.csv").write_text("texte\n" + "\n".join(rows) + "\n", "utf-8")
    return folder


def outcomes(sources: pd.DataFrame) -> list[list[object]]:
    return sources[["source", "outcome", "code", "n_documents"]].fillna("").to_numpy().tolist()


DROPPED = [["a.txt", "accepté", "", 1], ["b.md", "ignoré", "duplicate", 0], ["c.csv", "accepté", "", 3]]


def test_they_are_left_out_on_request_and_the_sources_say_which(texts):
    assert len(read_corpus(texts)) == 6
    corpus = read_corpus(texts, drop_duplicates=True)
    assert corpus.documents["source"].tolist() == ["a.txt", "c.csv", "c.csv", "c.csv"]
    assert outcomes(corpus.sources) == DROPPED
    assert corpus.sources["message"].tolist() == [
        "",
        "même texte que « a.txt »",
        "1 texte(s) en double laissé(s) de côté",
    ]
    assert corpus.duplicates.empty
    assert corpus.remarks == ()


def test_coding_leaves_out_the_same_whatever_the_partitions(texts, tmp_path):
    book = parse_codebook(BOOK, name="lieux", where="lieux.yaml")
    made = {}
    for size in (1, 100):
        out = tmp_path / f"r{size}"
        coded = code_files(Job([texts], out, book, size=Size(files=size), title="T", drop_duplicates=True))
        assert outcomes(coded.merged.corpus.sources) == DROPPED
        assert coded.merged.tally.codings == 1
        made[size] = {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}
        assert json.loads(made[size].pop("run.json"))["parameters"]["drop_duplicates"] is True
    assert made[1] == made[100]
    assert "duplicates.csv" not in made[1]


def test_sources_count_the_characters_of_their_documents(texts):
    corpus = read_corpus(texts)
    counted = corpus.documents.assign(n=corpus.documents["text"].str.len()).groupby("source")["n"].sum()
    assert dict(zip(corpus.sources["source"], corpus.sources["n_characters"], strict=True)) == counted.to_dict()
    assert corpus.sources["n_documents"].sum() == len(corpus)


def test_words_are_compared_without_case_accents_composed_or_not() -> None:
    assert words_of("E\u0301conomie SOCIALE") == words_of("économie sociale") == ["économie", "sociale"]
