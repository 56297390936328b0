"""Many files give what one corpus gives, whatever their partitions and the number of workers."""

from __future__ import annotations

import json
import stat
from dataclasses import replace

import pandas as pd
import pytest

from innovsoc_analysis.batch.coding import code_files
from innovsoc_analysis.batch.plan import Size
from innovsoc_analysis.batch.running import ProgramError
from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.model.errors import NothingToReadError, UsageError
from innovsoc_analysis.report.saving import save_report
from innovsoc_analysis.study.corpus import read_corpus
from innovsoc_analysis.study.saving import save_annotations, save_documents

ONE_PARTITION = Size(files=100)


def matrix(out, name):
    return pd.read_csv(out / "matrices" / name, keep_default_na=False)


def test_any_partitions_and_any_number_of_workers_give_the_same_bytes(job, content):
    options = [
        {"size": ONE_PARTITION},
        {"size": Size(files=3), "workers": 2},
        {"size": Size(n_bytes=1), "workers": 2},
    ]
    runs = []
    for number, one in enumerate(options):
        made = job(f"r{number}", **one)
        code_files(made)
        runs.append(content(made.out))
    assert len(runs[0]) == 15
    assert runs[1] == runs[0]
    assert runs[2] == runs[0]


def test_the_results_are_those_of_the_corpus_in_one_piece(job, content, study, book):
    made = job("lot", workers=2, metadata=study / "metadata.csv")
    code_files(made)
    whole = study.parent / "entier"
    corpus = read_corpus(study, metadata=study / "metadata.csv")
    codings = code(corpus, book)
    save_documents(corpus, whole)
    save_annotations(corpus, whole)
    codings.save(whole)
    save_report(codings, whole, title="Codage de 7 document(s)")
    found = content(made.out)
    assert {name: data for name, data in found.items() if not name.startswith("matrices/")} == content(whole)


def test_matrices_by_hand(job):
    made = job("r", size=ONE_PARTITION)
    code_files(made)
    counts = matrix(made.out, "code_document_counts.csv")
    assert counts.columns.tolist() == ["doc_id", "source", "title", "genre", "jardin", "voisin", "loyer"]
    rows = counts[["source", "jardin", "voisin", "loyer"]].to_numpy().tolist()
    assert rows == [
        ["paroles/a.txt", 2, 2, 0],
        ["paroles/b.txt", 1, 1, 0],
        ["projets/c.txt", 0, 1, 2],
        ["projets/d.csv", 1, 0, 0],
        ["projets/d.csv", 0, 0, 0],
        ["projets/e.txt", 0, 0, 0],
        ["projets/g.txt", 0, 1, 1],
    ]
    presence = matrix(made.out, "code_document_01.csv")
    assert presence["doc_id"].tolist() == counts["doc_id"].tolist()
    assert presence["jardin"].tolist() == [1, 1, 0, 1, 0, 0, 0]
    together = matrix(made.out, "code_code.csv")
    assert together.to_numpy().tolist() == [["jardin", 4, 2, 0], ["voisin", 2, 5, 2], ["loyer", 0, 2, 3]]
    by_value = matrix(made.out, "code_attribute.csv").set_index("code")
    assert by_value.loc["voisin"].to_dict() == {
        "label": "Voisin",
        "genre : project": 2,
        "genre : talk": 3,
        "lieu : non renseigné": 5,
        "lieu : Liège": 0,
        "lieu : Mons": 0,
        "ville : non renseigné": 2,
        "ville : Mons": 1,
        "ville : Namur": 2,
    }
    documents = matrix(made.out, "code_attribute_documents.csv").set_index("code")
    assert documents.loc["jardin", ["genre : project", "genre : talk", "lieu : Mons"]].tolist() == [1, 2, 1]


def test_every_file_is_listed_and_the_record_names_all_outputs(job):
    made = job("r", size=ONE_PARTITION)
    coded = code_files(made)
    sources = pd.read_csv(made.out / "sources.csv", keep_default_na=False).set_index("source")
    assert sources.loc["projets/f.docx", ["outcome", "code"]].tolist() == ["refusé", "corrupt"]
    assert sources.loc["metadata.csv", "outcome"] == "ignoré"
    assert len(sources) == 8
    record = json.loads((made.out / "run.json").read_text("utf-8"))
    assert record["counts"] == {"documents": 7, "sentences": 10, "codings": 12}
    assert "matrices/code_code.csv" in record["outputs"]
    assert len(record["outputs"]) == 15
    assert coded.merged.corpus.remarks == ("metadata.csv décrit « absent.txt », qui n'a pas été trouvé.",)


def test_progress_counts_files(job):
    seen = []
    code_files(job("r"), progress=lambda *step: seen.append(step))
    assert [step for step in seen if step[0] == "fichiers"] == [("fichiers", done, 8) for done in (0, 2, 4, 6, 8)]
    assert seen[-1] == ("rapport", 1, 1)


@pytest.mark.parametrize("cached", [True, False])
def test_nothing_of_the_work_is_left_and_meanwhile_it_is_private(job, study, cached, monkeypatch):
    place = study.parent / ".innovsoc" if cached else study.parent / "r" / ".innovsoc"
    modes = []
    monkeypatch.setattr(
        "innovsoc_analysis.batch.coding.save_tables",
        lambda *_, **__: modes.append(stat.S_IMODE(place.stat().st_mode)) or [],
    )
    monkeypatch.setattr("innovsoc_analysis.batch.coding.save_readable", lambda *_, **__: [])
    code_files(job("r", cache=place if cached else None))
    assert modes == [0o700]
    assert not (place / "batch").exists()
    assert place.exists() == cached  # the annotations are kept


def test_nothing_to_read_leaves_nothing(job, study):
    for path in study.rglob("*.txt"):
        path.unlink()
    (study / "projets" / "d.csv").unlink()
    with pytest.raises(NothingToReadError, match=r"f\.docx : le fichier est endommagé"):
        code_files(job("r", size=Size(files=1)))
    assert [path.name for path in study.parent.iterdir()] == ["textes"]


def test_what_a_worker_cannot_write_is_told_in_a_sentence(job, study):
    (study.parent / "fichier").write_text("", "utf-8")
    made = job("r", cache=study.parent / "fichier")
    with pytest.raises(UsageError, match="Impossible d'écrire"):
        code_files(made)
    assert not (made.out / "run.json").exists()


def test_a_file_that_kills_its_worker_is_found_and_refused_and_the_rest_is_coded(job, study, content, spying):
    names = [f"h{number}.txt" for number in range(4)]
    for name in names:
        (study / name).write_text("Un jardin et son voisin.", "utf-8")
    (study / "h2.txt").write_text("Un jardin. POISON", "utf-8")
    one, two = job("r1", size=Size(files=4)), job("r2", size=Size(files=3), workers=2)
    coded = code_files(one)
    assert ["h0.txt", "h1.txt", "h2.txt", "h3.txt"] in spying()
    assert spying().count(["h2.txt"]) == 2  # tried again before it is given up
    sources = coded.merged.corpus.sources.set_index("source")
    assert sources.loc["h2.txt", ["outcome", "code", "reader"]].tolist() == ["refusé", "crash", "txt"]
    assert (sources.loc[["h0.txt", "h1.txt", "h3.txt"], "outcome"] == "accepté").all()
    assert coded.merged.tally.codings == 12 + 6
    code_files(two)
    assert content(two.out) == content(one.out)


def test_a_file_that_brings_a_bug_to_light_is_refused_with_its_place(job, study, spying, monkeypatch):
    monkeypatch.delenv("INNOVSOC_DEBUG", raising=False)
    (study / "projets" / "g.txt").write_text("Un jardin. BUG", "utf-8")
    coded = code_files(job("r"))
    row = coded.merged.corpus.sources.set_index("source").loc["projets/g.txt"]
    assert (row["outcome"], row["code"]) == ("refusé", "bug")
    assert row["message"].startswith("le programme échoue sur ce fichier (TypeError dans innovsoc_analysis.batch.work")


def test_a_bug_on_which_every_file_fails_ends_the_run(job, study, spying, monkeypatch):
    monkeypatch.delenv("INNOVSOC_DEBUG", raising=False)
    for number in range(40):
        (study / f"{number:02}.txt").write_text("BUG", "utf-8")
    made = job("r")
    with pytest.raises(ProgramError, match="Erreur interne : le programme échoue") as caught:
        code_files(made)
    assert caught.value.exit_status == 1
    assert sum(len(files) == 1 for files in spying()) == 10
    assert not (made.out / "codings.csv").exists()


class StoppedError(Exception):
    pass


@pytest.fixture
def stopped(job, spying, monkeypatch):
    """A job that was stopped when all its parts were made."""
    made = job("r")
    with monkeypatch.context() as patch:
        patch.setattr("innovsoc_analysis.batch.coding.count", stop)
        with pytest.raises(StoppedError):
            code_files(made)
    assert len(spying()) == 4
    return made


def stop(*_args, **_options):
    raise StoppedError


def test_a_second_run_takes_over_what_was_finished(stopped, job, spying, content):
    coded = code_files(stopped)
    assert coded.taken_over == 8
    assert len(spying()) == 4
    fresh = job("autre", size=ONE_PARTITION)
    code_files(fresh)
    assert content(stopped.out) == content(fresh.out)


def test_only_the_partition_of_a_file_that_changed_is_coded_again(stopped, study, spying):
    (study / "projets" / "e.txt").write_text("Le jardin pousse.", "utf-8")
    coded = code_files(stopped)
    assert spying()[4:] == [["projets/d.csv", "projets/e.txt"]]
    assert coded.merged.tally.codings == 13


def test_other_settings_code_everything_again(stopped, spying):
    assert code_files(replace(stopped, locale="fr")).taken_over == 0
    assert len(spying()) == 8


def test_a_damaged_part_is_made_again(stopped, spying, content, job):
    (damaged, *_) = sorted((stopped.out / ".innovsoc").rglob("tokens.parquet"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert code_files(stopped).taken_over == 6
    assert len(spying()) == 5
    fresh = job("autre", size=ONE_PARTITION)
    code_files(fresh)
    assert content(stopped.out) == content(fresh.out)


def test_a_poison_found_by_an_interrupted_run_is_not_tried_again(job, study, spying, monkeypatch):
    (study / "projets" / "g.txt").write_text("POISON", "utf-8")
    made = job("r")
    with monkeypatch.context() as patch:
        patch.setattr("innovsoc_analysis.batch.coding.count", stop)
        with pytest.raises(StoppedError):
            code_files(made)
    tried = len(spying())
    assert code_files(made).taken_over == 8
    assert len(spying()) == tried
