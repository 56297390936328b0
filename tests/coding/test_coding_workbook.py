"""The workbook holds every table, whatever genres and codes are called."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from innovsoc_analysis.codebooks.loading import parse_codebook
from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.study.corpus import read_corpus

CODEBOOK = """
version: "1"
codes:
  - {id: source, libelle: Eau, definition: x, indicateurs: {lemmes: [eau]}}
  - {id: genre, libelle: Feu, definition: x, indicateurs: {lemmes: [feu]}}
"""


def test_names_of_codes_and_genres_may_be_those_of_columns(tmp_path: Path) -> None:
    for folder, text in {"code": "De l'eau. Du feu.", "titre": "De l'eau, encore de l'eau."}.items():
        (tmp_path / "textes" / folder).mkdir(parents=True)
        (tmp_path / "textes" / folder / "a.txt").write_text(text, encoding="utf-8")
    codings = code(read_corpus(tmp_path / "textes"), parse_codebook(CODEBOOK.encode(), name="mini", where="mini.yaml"))
    codings.to_excel(tmp_path / "codages.xlsx")
    book = openpyxl.load_workbook(tmp_path / "codages.xlsx")
    by_genre = [[cell.value for cell in row] for row in book["Codes par genre"].rows]
    assert by_genre == [["code", "libellé", "code", "titre"], ["source", "Eau", 1, 1], ["genre", "Feu", 1, 0]]
    by_document = [[cell.value for cell in row] for row in book["Codes par document"].rows]
    assert by_document == [
        ["source", "titre", "genre", "source", "genre"],
        ["code/a.txt", "a", "code", 1, 1],
        ["titre/a.txt", "a", "titre", 1, 0],
    ]
