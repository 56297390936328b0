"""Annotations kept on disk: the same tables, less work, and nothing lost when a file is damaged or a run is killed."""

from __future__ import annotations

import pytest

from innovsoc_analysis.model.documents import Place
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.annotate import Stretch, annotate
from innovsoc_analysis.study import annotations as kept_module
from innovsoc_analysis.study import segmenting
from innovsoc_analysis.study.annotations import CACHE, Annotations
from innovsoc_analysis.study.corpus import read_corpus
from innovsoc_analysis.study.saving import save_annotations
from innovsoc_analysis.study.segmenting import Placed, segment_documents
from innovsoc_analysis.text.cleaning import clean

FILES = {
    "a.txt": "Les habitant·e·s ouvrent un lieu.\nIls le gèrent. Il répond à un besoin.",
    "b.txt": "Un jardin pousse.",
    "c.txt": "Ana : Euh, on a ouvert.\nLuc : Et après ?\nAna : On on a fermé.",
}
TEXT = "Les habitant·e·s ouvrent un lieu. Il répond à un besoin."
STRETCHES = [Stretch(0, 0, len(TEXT))]


@pytest.fixture
def folder(tmp_path):
    """Return a small study's sources."""
    folder = tmp_path / "sources"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def annotated(monkeypatch):
    """Return the list of the texts that are annotated from now on."""
    seen = []

    def counting(texts, stretches, **options):
        wanted = list(stretches)
        seen.extend(dict.fromkeys(texts[stretch.position] for stretch in wanted))
        return annotate(texts, wanted, **options)

    monkeypatch.setattr(segmenting, "annotate", counting)
    return seen


def written(corpus, folder):
    """Return the bytes of the tables of `corpus`."""
    return {path.name: path.read_bytes() for path in save_annotations(corpus, folder)}


def kept_files(folder):
    return sorted(folder.rglob("*.annotation"))


def test_what_is_kept_is_for_its_owner_only_and_not_for_git(folder, tmp_path):
    _ = read_corpus(folder, cache=tmp_path / CACHE).tokens
    assert (tmp_path / CACHE).stat().st_mode & 0o077 == 0
    assert (tmp_path / CACHE / ".gitignore").read_text("utf-8") == "*\n"


def test_tables_are_the_same_byte_for_byte_with_a_cache_without_and_when_it_is_full(folder, tmp_path, annotated):
    cache = tmp_path / CACHE
    without = written(read_corpus(folder), tmp_path / "1")
    assert written(read_corpus(folder, cache=cache), tmp_path / "2") == without
    assert len(kept_files(cache)) == 3
    annotated.clear()
    assert written(read_corpus(folder, cache=cache), tmp_path / "3") == without
    assert annotated == []


def test_a_text_that_changed_is_annotated_again_and_the_others_are_not(folder, tmp_path, annotated):
    cache = tmp_path / CACHE
    _ = read_corpus(folder, cache=cache).tokens
    annotated.clear()
    (folder / "b.txt").write_text("Un jardin fleurit.", encoding="utf-8")
    corpus = read_corpus(folder, cache=cache)
    assert "fleurit" in corpus.tokens["form"].tolist()
    assert annotated == ["Un jardin fleurit."]


def test_a_new_file_name_or_genre_is_no_reason_to_annotate_again(folder, tmp_path, annotated):
    _ = read_corpus(folder, cache=tmp_path / CACHE).tokens
    annotated.clear()
    (folder / "b.txt").rename(folder / "z.txt")
    corpus = read_corpus(folder, genre="project", cache=tmp_path / CACHE)
    assert len(corpus.tokens) > 0
    assert annotated == []


def test_another_version_of_the_pipeline_annotates_everything_again(folder, tmp_path, annotated, monkeypatch):
    _ = read_corpus(folder, cache=tmp_path / CACHE).tokens
    annotated.clear()
    monkeypatch.setattr(kept_module, "pipeline_version", lambda: "another")
    _ = read_corpus(folder, cache=tmp_path / CACHE).tokens
    assert len(annotated) == 3


def test_two_documents_of_the_same_wording_have_the_same_tokens_each(folder, tmp_path):
    (folder / "d.txt").write_text(FILES["b.txt"], encoding="utf-8")
    cache = tmp_path / CACHE
    first, second = read_corpus(folder, cache=cache), read_corpus(folder, cache=cache)
    for corpus in (first, second):
        forms = corpus.tokens.groupby("doc_id")["form"].agg(list)
        assert forms.tolist().count(["Un", "jardin", "pousse", "."]) == 2
    assert written(second, tmp_path / "2") == written(first, tmp_path / "1")
    assert len(kept_files(cache)) == 3


def test_a_transcript_and_a_written_text_of_the_same_wording_are_not_mixed_up(tmp_path, annotated):
    kept = Annotations(tmp_path / CACHE)
    cleaned = clean("on a ouvert un lieu")
    written_text = Placed("d1", cleaned, ())
    transcript = Placed("d2", cleaned, (Place(0, 19, t_start=1.0, t_end=2.0),))
    segment_documents([written_text], annotations=kept)
    segment_documents([transcript], annotations=kept)
    assert len(annotated) == 2
    annotated.clear()
    segment_documents([written_text, transcript], annotations=kept)
    assert annotated == []


def test_nothing_is_written_without_a_cache(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = kept_files(tmp_path)
    _ = read_corpus(folder).tokens
    assert kept_files(tmp_path) == before


def test_nothing_is_written_before_the_tokens_are_asked_for(folder, tmp_path):
    read_corpus(folder, cache=tmp_path / CACHE)
    assert not (tmp_path / CACHE).exists()


def test_a_cache_among_the_sources_is_not_read_as_a_text(folder):
    first = read_corpus(folder, cache=folder / CACHE)
    _ = first.tokens
    second = read_corpus(folder, cache=folder / CACHE)
    assert second.sources["source"].tolist() == first.sources["source"].tolist()
    assert second.n_refused == 0


def test_a_run_that_was_killed_goes_on_where_it_stopped(folder, tmp_path, annotated, monkeypatch):
    def killed(texts, stretches, **options):
        for sentence in annotate(texts, stretches, **options):
            if sentence.stretch.position == 2:
                raise KeyboardInterrupt
            yield sentence

    with monkeypatch.context() as patch:
        patch.setattr(segmenting, "annotate", killed)
        with pytest.raises(KeyboardInterrupt):
            _ = read_corpus(folder, cache=tmp_path / CACHE).tokens
    assert kept_files(tmp_path / CACHE)
    corpus = read_corpus(folder, cache=tmp_path / CACHE)
    resumed = written(corpus, tmp_path / "1")
    assert corpus.documents["text"][0] not in annotated
    assert corpus.documents["text"][2] in annotated
    assert resumed == written(read_corpus(folder), tmp_path / "2")


def test_what_is_kept_is_found_again_as_it_was_at_another_position(tmp_path):
    kept = Annotations(tmp_path / CACHE)
    sentences = list(annotate([TEXT], STRETCHES))
    assert kept.get(TEXT, STRETCHES, spoken=False) is None
    kept.put(TEXT, STRETCHES, sentences, spoken=False)
    assert kept.get(TEXT, STRETCHES, spoken=False) == sentences
    assert sentences[0].tokens[1].inclusive == "median_point"
    moved = kept.get(TEXT, [Stretch(3, 0, len(TEXT))], spoken=False)
    assert [sentence.stretch.position for sentence in moved] == [3, 3]
    assert [sentence.tokens for sentence in moved] == [sentence.tokens for sentence in sentences]


def test_other_stretches_of_the_same_text_are_another_annotation(tmp_path):
    kept = Annotations(tmp_path / CACHE)
    kept.put(TEXT, STRETCHES, list(annotate([TEXT], STRETCHES)), spoken=False)
    assert kept.get(TEXT, [Stretch(0, 0, 33)], spoken=False) is None
    assert kept.get(TEXT + " ", STRETCHES, spoken=False) is None


@pytest.mark.parametrize("damage", ["emptied", "cut", "replaced", "another table"])
def test_a_damaged_file_is_made_anew(folder, tmp_path, annotated, damage):
    cache = tmp_path / CACHE
    expected = written(read_corpus(folder, cache=cache), tmp_path / "1")
    whole = {path: path.read_bytes() for path in kept_files(cache)}
    for path, content in whole.items():
        if damage == "another table":
            read_corpus(folder).documents.to_parquet(path)
        else:
            path.write_bytes({"emptied": b"", "cut": content[: len(content) // 2], "replaced": b"\x89PNG" * 99}[damage])
    annotated.clear()
    assert written(read_corpus(folder, cache=cache), tmp_path / "2") == expected
    assert len(annotated) == 3
    assert {path: path.read_bytes() for path in kept_files(cache)} == whole


def test_one_wrong_byte_is_noticed_wherever_it_is(tmp_path):
    kept = Annotations(tmp_path / CACHE)
    sentences = list(annotate([TEXT], STRETCHES))
    kept.put(TEXT, STRETCHES, sentences, spoken=False)
    (path,) = kept_files(tmp_path)
    content = path.read_bytes()
    for place in range(0, len(content), 5):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        assert kept.get(TEXT, STRETCHES, spoken=False) in (None, sentences), place


def test_a_text_without_words_is_no_trouble(tmp_path):
    kept = Annotations(tmp_path / CACHE)
    assert kept.get("", [], spoken=False) is None
    kept.put("", [], [], spoken=False)
    assert kept.get("", [], spoken=False) == []


def test_a_cache_that_cannot_be_written_is_said(folder, tmp_path):
    (tmp_path / CACHE).write_text("un fichier", encoding="utf-8")
    with pytest.raises(UsageError, match="Impossible d'écrire"):
        _ = read_corpus(folder, cache=tmp_path / CACHE).tokens
