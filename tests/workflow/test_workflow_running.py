"""A study is made once, and only what has changed is made again, with the reason."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from innovsoc_analysis.model.errors import CodebookError, NothingToReadError, UsageError
from innovsoc_analysis.workflow.running import FAILED, MADE, OFF, UP_TO_DATE, run_study

EVERY = ["ingest", "code", "topics", "lexicon", "report"]


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def outcomes(run) -> dict[str, str]:
    return {one.step: one.outcome for one in run.steps}


def made_again(run) -> dict[str, tuple[str, ...]]:
    return {one.step: one.reasons for one in run.steps if one.outcome == MADE}


def edit(path: Path, change) -> None:
    told = json.loads(path.read_text("utf-8"))
    change(told)
    path.write_text(json.dumps(told), "utf-8")


def test_every_step_is_made_with_its_record_and_one_for_the_whole(made):
    for name in EVERY:
        record = json.loads((made / "results" / name / "run.json").read_text("utf-8"))
        assert record["command"] == name
        assert record["outputs"]
    whole = json.loads((made / "results" / "run.json").read_text("utf-8"))
    assert list(whole["steps"]) == EVERY
    assert whole["study"] == ".."
    assert whole["settings"]["topics"]["n_topics"] == 2
    assert whole["failed"] == {}
    assert whole["steps"]["code"]["parameters"]["codebook"] == "../../livre.yaml"
    assert {"report.html", "report.docx"} == set(whole["steps"]["report"]["outputs"])


def test_results_hold_no_absolute_path(made):
    for name, data in content(made / "results").items():
        assert str(made.parent).encode() not in data, name


def test_a_second_run_makes_nothing_and_leaves_the_bytes_alone(study):
    before = content(study / "results")
    stamps = {path: path.stat().st_mtime_ns for path in (study / "results").rglob("*")}
    run = run_study(study)
    assert outcomes(run) == dict.fromkeys(EVERY, UP_TO_DATE)
    assert run.exit_status == 0
    assert content(study / "results") == before
    assert {path: path.stat().st_mtime_ns for path in (study / "results").rglob("*")} == stamps


def test_a_source_that_changed_is_named_and_all_that_reads_it_is_made_again(study):
    (study / "sources" / "projets" / "jardin 1.txt").write_text("Le jardin est fermé. " * 9, "utf-8")
    reasons = made_again(run_study(study, only=["ingest", "code"]))
    assert reasons == dict.fromkeys(["ingest", "code"], ("source modifiée : projets/jardin 1.txt",))


def test_a_new_metadata_table_is_a_source(study):
    (study / "sources" / "metadata.csv").write_text("file,place\njardin 1.txt,Lyon\n", "utf-8")
    assert made_again(run_study(study, only=["ingest"])) == {"ingest": ("source ajoutée : metadata.csv",)}


def test_a_setting_makes_only_its_step_again_and_the_report(study, setting):
    setting(study, "n_verbatims = 3", "n_verbatims = 1")
    assert made_again(run_study(study)) == {"report": ("réglage « n_verbatims » : 3 → 1",)}
    setting(study, "seed = 0", "seed = 5")
    again = made_again(run_study(study))
    assert again["topics"] == ("réglage « seed » : 0 → 5",)
    assert set(again) <= {"topics", "report"}
    assert json.loads((study / "results" / "run.json").read_text("utf-8"))["settings"]["seed"] == 5


def test_a_codebook_that_changed_makes_the_coding_again(study):
    book = study / "livre.yaml"
    book.write_text(book.read_text("utf-8").replace("[jardin]", "[jardin, quartier]"), "utf-8")
    again = made_again(run_study(study))
    assert again == {"code": ("le livre de codes a changé",), "report": ("résultat refait : code",)}


def test_another_version_is_named(study):
    record = study / "results" / "ingest" / "run.json"
    edit(record, lambda told: told["versions"].update(numpy="1.0"))
    (reason,) = made_again(run_study(study, only=["ingest"]))["ingest"]
    assert reason.startswith("version de numpy : 1.0 → ")
    assert outcomes(run_study(study, only=["ingest"])) == {"ingest": UP_TO_DATE}


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("à moi", "utf-8")])
def test_a_result_that_was_touched_is_made_again(study, damage):
    before = content(study / "results" / "ingest")
    damage(study / "results" / "ingest" / "sources.csv")
    run = run_study(study, only=["ingest"])
    assert made_again(run) == {"ingest": ("résultat modifié ou absent : sources.csv",)}
    after = content(study / "results" / "ingest")
    assert after["sources.csv"] == before["sources.csv"]


def test_a_report_that_someone_has_worked_on_is_kept_when_it_is_made_again(study, setting):
    report = study / "results" / "report"
    made_first = (report / "report.docx").read_bytes()
    (report / "report.docx").write_bytes(b"relu et corrige")
    setting(study, "n_verbatims = 3", "n_verbatims = 1")
    run = run_study(study)
    assert [place.name for one in run.steps for place in one.kept] == ["report_modifie.docx"]
    assert (report / "report_modifie.docx").read_bytes() == b"relu et corrige"
    assert (report / "report.docx").read_bytes() not in {made_first, b"relu et corrige"}
    setting(study, "n_verbatims = 1", "n_verbatims = 3")
    assert [one.kept for one in run_study(study).steps] == [()] * 5
    assert (report / "report.docx").read_bytes() == made_first
    assert (report / "report_modifie.docx").read_bytes() == b"relu et corrige"


def test_force_makes_what_is_up_to_date_again_with_the_same_bytes(study):
    before = content(study / "results" / "ingest")
    assert list(made_again(run_study(study, only=["ingest"], force=True))) == ["ingest"]
    after = content(study / "results" / "ingest")
    assert {name for name in before if before[name] != after[name]} <= {"run.json"}


def test_a_step_that_cannot_be_done_is_told_and_the_rest_goes_on(fresh, setting):
    setting(fresh, 'steps = ["ingest", "code", "topics", "lexicon", "report"]', 'steps = ["ingest", "topics", "code"]')
    setting(fresh, "n_topics = 2", "n_topics = 200")
    run = run_study(fresh)
    assert outcomes(run) == {"ingest": MADE, "code": MADE, "topics": FAILED}
    assert run.exit_status == 3
    whole = json.loads((fresh / "results" / "run.json").read_text("utf-8"))
    assert list(whole["failed"]) == ["topics"]
    assert "documents" in whole["failed"]["topics"]
    assert not (fresh / "results" / "topics" / "run.json").exists()


def test_what_a_step_wrote_goes_when_it_can_no_longer_be_done_but_not_what_someone_wrote(study, setting):
    topics = study / "results" / "topics"
    (topics / "notes.txt").write_text("mes notes", "utf-8")
    (topics / "topics.csv").write_text("à moi", "utf-8")
    setting(study, "n_topics = 2", "n_topics = 200")
    assert run_study(study, only=["topics"]).exit_status == 3
    assert {path.name for path in topics.iterdir()} == {"notes.txt", "topics_modifie.csv"}
    assert (topics / "topics_modifie.csv").read_text("utf-8") == "à moi"


def test_a_step_that_is_switched_off_leaves_the_study(study, setting):
    setting(study, '"topics", "lexicon", "report"]', '"report"]')
    run = run_study(study)
    assert outcomes(run) == {"ingest": UP_TO_DATE, "code": UP_TO_DATE, "report": MADE, "topics": OFF, "lexicon": OFF}
    assert not list((study / "results" / "topics").iterdir())
    whole = json.loads((study / "results" / "run.json").read_text("utf-8"))
    assert list(whole["steps"]) == ["ingest", "code", "report"]
    assert outcomes(run_study(study)) == dict.fromkeys(["ingest", "code", "report"], UP_TO_DATE)


def test_a_bug_in_one_step_is_not_the_end_of_the_others(fresh, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("Le canari violet")

    monkeypatch.delenv("INNOVSOC_DEBUG", raising=False)
    monkeypatch.setattr("innovsoc_analysis.workflow.steps.ingesting.save_documents", broken)
    run = run_study(fresh, only=["ingest", "code"])
    assert outcomes(run) == {"ingest": FAILED, "code": MADE}
    assert run.exit_status == 1
    assert "RuntimeError" in run.steps[0].message
    assert "canari" not in run.steps[0].message


def test_a_refused_file_is_named(fresh):
    (fresh / "sources" / "abîmé.docx").write_bytes(b"PK\x03\x04 not a document")
    run = run_study(fresh, only=["ingest"])
    assert (run.refused, run.exit_status) == (("abîmé.docx",), 3)
    assert (outcomes(run_study(fresh, only=["ingest"])), run.exit_status) == ({"ingest": UP_TO_DATE}, 3)


def test_a_metadata_table_that_is_not_read_is_told(fresh):
    (fresh / "sources" / "projets" / "metadata.csv").write_text("file,pays\njardin 1.txt,Belgique\n", "utf-8")
    (remark,) = run_study(fresh, only=["ingest"]).remarks
    assert remark.startswith("« projets/metadata.csv » est une table de métadonnées qui n'est pas lue")


def test_texts_of_a_genre_that_is_not_expected_are_told(fresh):
    (fresh / "sources" / "lettres").mkdir()
    (fresh / "sources" / "lettres" / "a.txt").write_text("Un jardin.", "utf-8")
    run = run_study(fresh, only=["ingest"])
    assert run.remarks == ("1 texte(s) d'un genre inattendu : « lettres » (genres, dans innovsoc.toml).",)


def test_what_cannot_start_says_so_and_writes_nothing(fresh, setting):
    with pytest.raises(UsageError, match="« themes » n'est pas une étape"):
        run_study(fresh, only=["themes"])
    setting(fresh, 'codebook = "livre.yaml"', 'codebook = "absent.yaml"')
    with pytest.raises(CodebookError, match=r"absent\.yaml"):
        run_study(fresh)
    assert not (fresh / "results").exists()


def test_a_study_without_texts_says_so(tmp_path):
    from innovsoc_analysis.workflow.folder import init_study

    init_study(tmp_path)
    with pytest.raises(NothingToReadError):
        run_study(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_a_run_that_was_killed_is_finished_by_the_next(made, fresh, setting):
    setting(fresh, '"topics", "lexicon", "report"]', "]")
    command = [sys.executable, "-m", "innovsoc_analysis", "run", str(fresh)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        end = time.monotonic() + 60
        while not (fresh / "results" / "ingest" / "run.json").exists() and time.monotonic() < end:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    assert not (fresh / "results" / "run.json").exists()
    run = run_study(fresh)
    assert run.exit_status == 0
    assert set(outcomes(run).values()) <= {MADE, UP_TO_DATE}
    for name in ("ingest", "code"):
        whole, killed = content(made / "results" / name), content(fresh / "results" / name)
        assert set(whole) == set(killed)
        assert [one for one in whole if whole[one] != killed[one]] == ["run.json"]


def test_the_result_is_a_table_of_steps(study):
    run = run_study(study)
    assert run.table[["step", "outcome"]].values.tolist() == [[name, UP_TO_DATE] for name in EVERY]
    assert "codage" in run._repr_html_()
