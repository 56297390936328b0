"""The corpus: what is known of documents, identifiers, files written."""

from __future__ import annotations

import hashlib
import json
import shutil

import pandas as pd
import pytest

from innovsoc_analysis.model.errors import NothingToReadError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts, read_corpus
from innovsoc_analysis.study.manifest import Run
from innovsoc_analysis.study.saving import save_annotations, save_documents

FILES = {
    "definitions/a.txt": "Une réponse nouvelle.",
    "projets/b.md": "# La friche\n\nUn jardin partagé. Il pousse.",
    "c.txt": "Il pleut.",
    "metadata.csv": "file,pays,annee\ndefinitions/a.txt,Belgique,2015\nb.md,,2020\n",
}


@pytest.fixture
def folder(tmp_path):
    """Return a small study's sources."""
    for name, content in FILES.items():
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "sources"


def test_documents_tell_source_genre_and_metadata(folder):
    corpus = read_corpus(folder, genre="autre")
    table = corpus.documents.set_index("source")
    assert sorted(table.index) == ["c.txt", "definitions/a.txt", "projets/b.md"]
    assert table["title"].to_dict() == {"c.txt": "c", "definitions/a.txt": "a", "projets/b.md": "La friche"}
    assert table["sha256"]["c.txt"] == hashlib.sha256(FILES["c.txt"].encode()).hexdigest()
    assert len(corpus) == 3
    assert corpus.n_refused == 0
    assert corpus.remarks == ()


def test_documents_are_grouped_by_what_is_known_of_them(folder):
    corpus = read_corpus(folder)
    assert corpus.attributes == ["genre", "pays", "annee"]
    source = corpus.documents.set_index("doc_id")["source"]
    by_source = {name: corpus.attribute(name).rename(source).to_dict() for name in corpus.attributes}
    assert by_source == {
        "genre": {"c.txt": "", "definitions/a.txt": "definition", "projets/b.md": "project"},
        "pays": {"c.txt": "", "definitions/a.txt": "Belgique", "projets/b.md": ""},
        "annee": {"c.txt": "", "definitions/a.txt": "2015", "projets/b.md": "2020"},
    }
    with pytest.raises(KeyError):
        corpus.attribute("inconnu")


def test_the_same_files_get_the_same_identifiers_wherever_they_are(folder, tmp_path):
    elsewhere = tmp_path / "tout" / "autre part"
    shutil.copytree(folder, elsewhere)
    here, there = read_corpus(folder), read_corpus(elsewhere)
    assert here.documents.equals(there.documents)
    assert here.segments.equals(there.segments)
    assert here.tokens.equals(there.tokens)


def test_documents_that_differ_in_name_or_wording_get_identifiers_of_their_own():
    names = corpus_from_texts({"a": "Un.", "b": "Un.", "c": "Deux."}).documents["doc_id"]
    assert names.nunique() == 3
    assert corpus_from_texts({"a": "Un."}).documents["doc_id"][0] == names[0]


def test_a_folder_without_a_readable_file_is_said_with_its_reasons(tmp_path):
    with pytest.raises(NothingToReadError, match="ne contient pas de fichier"):
        read_corpus(tmp_path)
    (tmp_path / "vide.txt").write_bytes(b"")
    with pytest.raises(NothingToReadError, match=r"vide\.txt : le fichier est vide"):
        read_corpus(tmp_path)


def test_one_refused_file_is_counted_and_the_others_are_read(folder):
    (folder / "vide.txt").write_bytes(b"")
    corpus = read_corpus(folder)
    assert (len(corpus), corpus.n_refused) == (3, 1)


def test_progress_is_told_step_by_step(folder):
    told = []
    corpus = read_corpus(folder, progress=lambda *step: told.append(step))
    assert told == [("lecture", done, 4) for done in (1, 2, 3, 4)]  # three texts and the metadata
    told.clear()
    _ = corpus.segments
    assert told[0] == ("annotation", 0, 3)
    assert told[-1] == ("annotation", 3, 3)
    assert told == sorted(told)


def test_a_notebook_shows_documents_and_words_by_genre_and_no_markup_of_the_sources():
    html = corpus_from_texts({"a": "un deux trois", "b": "quatre"}, genre="<b>x</b>")._repr_html_()
    assert "<td>&lt;b&gt;x&lt;/b&gt;</td><td>2</td><td>4</td>" in html
    assert "<b>x" not in html
    assert "<th>ensemble</th><th>2</th><th>4</th>" in html


def test_a_printed_corpus_shows_no_text():
    assert "secret" not in repr(corpus_from_texts({"a": "Un secret."}))


def test_tables_are_written_the_same_twice_and_read_back(folder, tmp_path):
    corpus = read_corpus(folder)
    written = []
    for name in ("un", "deux"):
        paths = [*save_documents(corpus, tmp_path / name), *save_annotations(corpus, tmp_path / name)]
        written.append({path.name: path.read_bytes() for path in paths})
    assert written[0] == written[1]
    assert sorted(written[0]) == ["documents.parquet", "segments.parquet", "sources.csv", "tokens.parquet"]
    tokens = pd.read_parquet(tmp_path / "un" / "tokens.parquet")
    assert tokens["form"].tolist() == corpus.tokens["form"].tolist()
    documents = pd.read_parquet(tmp_path / "un" / "documents.parquet")
    assert documents["meta.annee"].fillna("").tolist() == corpus.documents["meta.annee"].fillna("").tolist()


def test_the_record_of_a_run_is_gone_while_it_writes_and_names_what_it_wrote(folder, tmp_path):
    out = tmp_path / "results"
    out.mkdir()
    (out / "run.json").write_text("an earlier run", encoding="utf-8")
    run = Run("ingest", out, sources=[folder], parameters={"genre": None})
    corpus = read_corpus(folder)
    assert (out / "run.json").exists()
    run.begin_writing()
    assert not (out / "run.json").exists()
    run.finish(corpus, counts={"documents": 3}, outputs=save_documents(corpus, out))
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["command"] == "ingest"
    assert record["parameters"] == {"sources": ["../sources"], "genre": None}
    assert record["counts"] == {"documents": 3}
    assert record["outputs"] == {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("documents.parquet", "sources.csv")
    }
    assert {row["source"]: row["outcome"] for row in record["sources"]}["c.txt"] == "accepté"
    assert record["versions"]["spacy"].startswith("3.8")


def test_results_cannot_be_written_where_a_file_stands(folder, tmp_path):
    (tmp_path / "results").write_text("un fichier", encoding="utf-8")
    with pytest.raises(UsageError, match="est un fichier"):
        Run("ingest", tmp_path / "results", sources=[folder], parameters={}).begin_writing()
