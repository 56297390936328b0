"""Tables: each row a document, with its key, its title and the rest as metadata."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.ingest.rows import documents_from_rows
from innovsoc_analysis.ingest.tabular import csv_rows, read_csv, read_jsonl
from innovsoc_analysis.ingest.workbooks import read_xlsx
from innovsoc_analysis.model.errors import RefusedFileError


def refusal(read: Any, data: Any) -> RefusedFileError:
    with pytest.raises(RefusedFileError) as caught:
        read(data)
    return caught.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_delimiter_is_found_out(delimiter: str, encoding: str) -> None:
    stream = io.StringIO(newline="")
    table = [
        ["Titre", "texte", "lieu"],
        ["A", 'Un "lieu", une ligne\npuis ; une | autre\t!', "Mons"],
        ["B", "Deux", ""],
    ]
    csv.writer(stream, delimiter=delimiter).writerows(table)
    first, second = read_csv(stream.getvalue().encode(encoding))
    assert (first.text, first.title, first.meta, first.key) == (table[1][1], "A", {"lieu": "Mons"}, "1")
    assert (second.text, second.title, second.meta, second.key) == ("Deux", "B", {}, "2")


CELLS = st.text(alphabet=st.sampled_from("ab é,;\"'\n1"), max_size=8).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_a_quoted_table_comes_back(rows: list[list[str]], delimiter: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["un", "deux", "trois"], *rows])
    expected = [dict(zip(("un", "deux", "trois"), row, strict=True)) for row in rows if any(row)]
    assert csv_rows(stream.getvalue().encode()) == expected


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("texte\nUn jardin, partagé\n", [{"texte": "Un jardin, partagé"}]),
        ("a;b\r\n\r\n ;\r\n1;2\r\n", [{"a": "1", "b": "2"}]),
        ("a,b\r1,2\r", [{"a": "1", "b": "2"}]),
        ("a,,b\n1,2,3\n", [{"a": "1", "colonne 2": "2", "b": "3"}]),
        ("a,b,a\n1,2,3\n", [{"a": "1", "b": "2", "a (colonne 3)": "3"}]),
        ("a,b\n1\n2,3,\n", [{"a": "1"}, {"a": "2", "b": "3"}]),
    ],
)
def test_uneven_tables_lose_nothing(source: str, rows: list[dict[str, str]]) -> None:
    assert csv_rows(source.encode()) == rows


def test_a_row_with_more_cells_than_the_header_is_told_not_cut() -> None:
    error = refusal(csv_rows, "titre,texte\nA,Un\nB,Un jardin, partagé\n".encode())
    assert error.code == "corrupt"
    assert "la ligne 2 sous l'en-tête" in str(error)


def test_guessed_encodings_and_empty_rows_are_told() -> None:
    first, second = read_csv("texte;lieu\nÉté à Liège;L\n;M\nHiver;N\n".encode("cp1252"))
    assert first.warnings == (
        "encodage deviné (Windows-1252) : vérifiez les accents",
        "1 ligne(s) sans texte dans la colonne « texte »",
    )
    assert (second.warnings, second.key) == ((), "3")


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        ([{"id": "e1", "texte": "a"}, {"id": "e2", "texte": "b"}], ["e1", "e2"]),
        ([{"Clé": "x", "texte": "a"}], ["x"]),
        ([{"id": "e1", "texte": "a"}, {"id": "e1", "texte": "b"}], ["1", "2"]),
        ([{"id": "", "texte": "a"}, {"id": "e1", "texte": "b"}], ["1", "2"]),
        ([{"numéro": "7", "texte": "a"}], ["1"]),
    ],
)
def test_distinct_identifiers_become_keys(rows: list[dict[str, str]], keys: list[str]) -> None:
    assert [document.key for document in documents_from_rows(rows)] == keys


LONG = "une réponse assez longue"


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"Verbatim": "court", "notes": LONG}, "court"),
        ({"description": "moins", "TEXTE": "mieux"}, "mieux"),
        ({"q1": "oui", "q2": LONG}, LONG),
    ],
)
def test_the_text_column_is_named_or_the_longest(row: dict[str, str], text: str) -> None:
    assert [document.text for document in documents_from_rows([row])] == [text]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "no-text-column"), ([{"a": "x", "b": "y"}], "no-text-column"), ([{"texte": " ", "lieu": "Mons"}], "empty")],
)
def test_a_table_without_text_is_refused(rows: list[dict[str, str]], code: str) -> None:
    assert refusal(documents_from_rows, rows).code == code


def workbook(*rows: list[Any]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Autre").append(["texte", "ignoré"])
    book.save(stream)
    return stream.getvalue()


def test_the_first_sheet_of_a_workbook_is_read() -> None:
    header = ["titre", "texte", "année", "part", "date", "heure", "vrai", "vide"]
    row = ["A", "Un\ntexte é", 2024, 0.5, dt.date(2024, 3, 1), dt.datetime(2024, 3, 1, 9, 30), True, None]  # noqa: DTZ001
    (document,) = read_xlsx(workbook(header, [], row))
    assert (document.title, document.text) == ("A", "Un\ntexte é")
    dates = {"date": "2024-03-01", "heure": "2024-03-01T09:30:00"}
    assert document.meta == {"année": "2024", "part": "0.5", "vrai": "True", **dates}


@pytest.mark.parametrize("data", [b"titre;texte", workbook(["texte"], ["a"])[:-50], b"\xd0\xcf\x11\xe0" + bytes(500)])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert refusal(read_xlsx, data).code == "corrupt"


def test_json_lines_may_hold_any_character() -> None:
    separators = "un\u2028deux\u2029trois\u0085quatre"
    lines = [json.dumps({"id": "a", "texte": separators}, ensure_ascii=False), "", '{"texte": "né", "id": "b"}\r']
    assert [(document.key, document.text) for document in read_jsonl("\n".join(lines).encode())] == [
        ("a", separators),
        ("b", "né"),
    ]


def test_json_values_become_text() -> None:
    row = {"texte": "t", "n": 3.0, "x": 1.5, "liste": ["é", 1], "objet": {"a": None}, "oui": True, "rien": None}
    (document,) = read_jsonl(json.dumps(row).encode())
    assert document.meta == {"n": "3", "x": "1.5", "liste": '["é", 1]', "objet": '{"a": null}', "oui": "True"}


def test_half_a_character_cannot_spoil_the_tables_that_follow() -> None:
    (document,) = read_jsonl(rb'{"texte": "a\ud800 \ud83d\ude00"}')
    assert document.text == "a? 😀"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"texte": "a"}\n{"texte": ', "ligne 2 n'est pas du JSON"),
        (b'{"texte": "a"}\n\n["b"]', "ligne 3 n'est pas un objet"),
        (b"[" * 200_000, "ligne 1 n'est pas du JSON"),
    ],
)
def test_a_line_that_is_no_object_is_told(data: bytes, words: str) -> None:
    assert words in str(refusal(read_jsonl, data))


@pytest.mark.parametrize(
    ("source", "line"),
    [('titre;texte\nA;un\nB;"deux\nC;trois\n', 4), ('titre;texte\nA;"Oui" dit-elle\nB;deux\n', 2)],
)
def test_a_quote_without_its_twin_is_told_with_its_line(source: str, line: int) -> None:
    error = refusal(read_csv, source.encode())
    assert error.code == "corrupt"
    assert f"vers la ligne {line} ;" in str(error)


@pytest.mark.parametrize(("source", "code"), [("\n\n;\n", "empty"), ("texte;lieu", "no-text-column")])
def test_an_empty_table_is_refused(source: str, code: str) -> None:
    assert refusal(read_csv, source.encode()).code == code
