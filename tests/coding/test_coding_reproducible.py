"""The same texts and the same codebook give the same bytes, wherever and whenever."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.coder import code as code_corpus
from innovsoc_analysis.study.corpus import corpus_from_texts, read_corpus

NAMES = ["codings.csv", "codings.parquet", "codings.xlsx"]
TEXTS = {
    "definitions/a.txt": "Une réponse nouvelle aux besoins sociaux du territoire, portée par les habitants et la commune.\n",
    "paroles/b.txt": "Ana : On n'a pas de moyens. Et pourtant, le quartier s'entraide.\nLuc : Oui, la solidarité tient.\nAna : Voilà.\n",
}
SCRIPT = """
import sys
from pathlib import Path
import innovsoc_analysis as isa
isa.code(isa.read_corpus(sys.argv[1]), isa.load_codebook("bissib")).save(Path(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder of sources."""
    folder = tmp_path_factory.mktemp("etude")
    for name, text in TEXTS.items():
        path = folder / "sources" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return folder / "sources"


@pytest.fixture(scope="module")
def codings(folder):
    return code_corpus(read_corpus(folder), load_codebook("bissib"))


@pytest.fixture(scope="module")
def written(codings, tmp_path_factory):
    """Return the bytes of the files of a run: name → bytes."""
    return files_in(tmp_path_factory.mktemp("results"), codings)


def files_in(out, codings=None):
    if codings is not None:
        codings.save(out)
    return {name: (out / name).read_bytes() for name in NAMES}


def test_a_second_run_on_the_same_files_in_another_folder_writes_the_same_bytes(folder, written, tmp_path):
    elsewhere = tmp_path / "un autre dossier" / "textes"
    shutil.copytree(folder, elsewhere)
    again = code_corpus(read_corpus(elsewhere), load_codebook("bissib"))
    assert len(again) > 1
    assert files_in(tmp_path / "deux", again) == written
    assert not any(str(tmp_path).encode() in data for data in written.values())


def test_another_process_with_another_hash_seed_writes_the_same_bytes(folder, written, tmp_path):
    environment = os.environ | {"PYTHONHASHSEED": "12345"}
    subprocess.run([sys.executable, "-c", SCRIPT, str(folder), str(tmp_path)], check=True, env=environment)
    assert files_in(tmp_path) == written


def test_the_parquet_table_reads_back_as_it_was(codings, written):
    back = pd.read_parquet(io.BytesIO(written["codings.parquet"]))
    assert back.columns.tolist() == codings.table.columns.tolist()
    assert back["coding_id"].tolist() == codings.table["coding_id"].tolist()
    assert back["evidence"].tolist() == codings.table["evidence"].tolist()


def test_an_identifier_changes_with_the_codebook_and_the_text_and_with_nothing_else(book):
    def ids(text, **indicators):
        return code_corpus(corpus_from_texts({"a": text}), book({"x": indicators})).table["coding_id"].tolist()

    same = ids("Un besoin.", lemmes=["besoin"])
    assert len(same) == 1
    assert ids("Un besoin.", lemmes=["besoin"]) == same
    assert ids("Un besoin.", lemmes=["besoin", "quartier"]) != same
    assert ids("Un besoin !", lemmes=["besoin"]) != same
