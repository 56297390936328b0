"""What a model was not sure of goes from the parts to the results, whole or the most doubtful of it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from innovsoc_analysis.batch.extract import draw_doubtful
from innovsoc_analysis.batch.parts import record_of
from innovsoc_analysis.batch.plan import Size, gather, partitions
from innovsoc_analysis.batch.results import Bounds, count, save_readable, save_tables
from innovsoc_analysis.batch.settings import Settings, pack_codebook
from innovsoc_analysis.batch.work import write_part
from innovsoc_analysis.coding import coder
from innovsoc_analysis.ingest.reading import find_described
from innovsoc_analysis.study.corpus import read_corpus

rules_alone = coder.code


def doubting(corpus, book, **_options):
    """Code by rules, then doubt of all but the first coding of each document; the score is drawn from the identifier."""
    codings = rules_alone(corpus, book)
    table = codings.table
    scores = [int(one[1:5], 16) / 0xFFFF for one in table["coding_id"]]
    table = table.assign(score=pd.array(scores, dtype="Float64"), status="reread")
    return replace(codings, table=table, queue=table[table.duplicated("doc_id")].reset_index(drop=True))


@pytest.fixture
def merged(study, book, tmp_path, monkeypatch):
    monkeypatch.setattr(coder, "code", doubting)
    settings = Settings(pack_codebook(book))
    folders = []
    for number, items in enumerate(partitions(gather(find_described([study])), Size(files=2))):
        folders.append(tmp_path / str(number))
        write_part(items, settings, folders[-1])
    return count(folders, settings)


def test_the_queue_is_that_of_the_corpus_in_one_piece(merged, study, book, tmp_path):
    out = tmp_path / "r"
    save_tables(merged, out)
    written = save_readable(merged, out, title="")
    codings = doubting(read_corpus(study), book)
    codings.save(tmp_path / "entier")
    assert out / "to_reread.csv" in written
    for name in ("to_reread.csv", "codings.xlsx", "codings.csv", "codings.parquet"):
        assert (out / name).read_bytes() == (tmp_path / "entier" / name).read_bytes(), name
    assert len(pd.read_csv(out / "to_reread.csv")) == 12 - 5  # five documents carry a code


def test_beyond_the_bounds_the_most_doubtful_are_kept(merged, tmp_path):
    out = tmp_path / "r"
    save_tables(merged, out)
    save_readable(merged, out, title="", bounds=Bounds(codings=1))
    listed = pd.read_csv(out / "to_reread.csv")
    doubt = (listed["score"] - 0.5).abs().tolist()
    assert doubt == sorted(doubt)
    assert listed["given"].tolist() == [True] * 7
    drawn = draw_doubtful(merged, out, most=3).to_reread()
    assert drawn["coding_id"].tolist() == listed["coding_id"].tolist()[:3]


def test_rules_alone_leave_no_queue(study, book, tmp_path):
    settings = Settings(pack_codebook(book), coder="rules")
    (items,) = partitions(gather(find_described([study])), Size())
    write_part(items, settings, tmp_path / "part")
    merged = count([tmp_path / "part"], settings)
    assert merged.queues == []
    assert record_of(tmp_path / "part")["codings"] == 12
    save_tables(merged, tmp_path / "r")
    assert draw_doubtful(merged, tmp_path / "r") is None


def test_coder_and_model_are_handed_over_and_tell_parts_apart(tmp_path):
    (tmp_path / "m").write_bytes(b"1")
    settings = Settings("{}", coder="learned", model=str(tmp_path / "m"))
    assert settings.coder_options == {"coder": "learned", "model": tmp_path / "m"}
    assert Settings("{}").coder_options == {}
    before = settings.digest
    assert before != replace(settings, coder="combined").digest
    (tmp_path / "m").write_bytes(b"2")
    assert settings.digest != before
