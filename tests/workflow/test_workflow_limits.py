"""Limits and duplicates in ``innovsoc.toml``: handed to every reader, and a change is followed where it matters."""

from __future__ import annotations

from pathlib import Path

import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, LIMIT_NAMES, Limits
from innovsoc_analysis.workflow.basis import Basis, differences
from innovsoc_analysis.workflow.folder import Study, load_study
from innovsoc_analysis.workflow.health import check_study
from innovsoc_analysis.workflow.running import MADE, UP_TO_DATE, run_study, stale_steps
from innovsoc_analysis.workflow.settings import LimitsSettings, Settings, keys_of
from innovsoc_analysis.workflow.toml import parse_toml

READING = {"ingest", "code", "topics", "lexicon"}


def outcomes(done):
    return {one.step: one.outcome for one in done.steps}


def test_the_section_has_every_limit_of_the_command_line_with_its_default():
    assert tuple(keys_of("limits")) == LIMIT_NAMES
    assert Settings().limits.told == ""
    assert Study(Path(), Settings()).limits == DEFAULT_LIMITS


def test_settings_are_told_as_the_command_line_takes_them():
    told = parse_toml(b"[limits]\nseconds = 120\nfile_mb = 50\nratio = 200\n").limits.told
    assert told == "file_mb=50,seconds=120"


def test_the_command_line_replaces_what_it_names_and_the_rest_stays():
    study = Study(Path(), Settings(limits=LimitsSettings(seconds=120, file_mb=50)))
    assert study.with_limits("seconds=60").limits == Limits(file_bytes=50_000_000)
    assert study.with_limits("").limits == Limits(file_bytes=50_000_000, seconds=120)
    with pytest.raises(UsageError, match="« second » n'est pas une limite connue"):
        study.with_limits("second=60")


def test_wider_limits_that_no_file_had_met_make_nothing_again(study, setting):
    setting(study, "seconds = 60", "seconds = 90")
    setting(study, "characters = 20000000", "characters = 30000000")
    assert stale_steps(load_study(study)) == {}
    assert set(outcomes(run_study(study)).values()) == {UP_TO_DATE}


def test_narrower_limits_make_again_what_reads_texts(study, setting):
    setting(study, "characters = 20000000", "characters = 3000")
    stale = stale_steps(load_study(study))
    assert set(stale) == READING
    assert stale["ingest"] == ("réglage « limits » : vide → characters=3000",)


@pytest.mark.parametrize(
    ("old", "new", "untroubled", "n_reasons"),
    [
        ("", "seconds=90", True, 0),
        ("", "seconds=90", False, 1),  # a file was refused: it may now be read
        ("", "seconds=90,ratio=100", True, 1),
        ("seconds=90", "", True, 1),
        ("seconds=30", "", True, 0),
        ("que des mots", "seconds=90", True, 1),
    ],
)
def test_a_change_of_limits_matters_if_they_are_narrower_or_a_file_had_met_one(old, new, untroubled, n_reasons):
    before = Basis({}, {"limits": old} if old else {}, untroubled=untroubled)
    after = Basis({}, {"limits": new} if new else {})
    assert len(differences(before, after)) == n_reasons


def test_a_text_refused_for_its_length_is_read_once_the_limit_is_wide_enough(fresh, setting):
    setting(fresh, 'steps = ["ingest", "code", "topics", "lexicon", "report"]', 'steps = ["ingest", "code"]')
    setting(fresh, "characters = 20000000", "characters = 100")
    (fresh / "sources" / "paroles" / "court.txt").write_text("Le guichet ferme.", "utf-8")
    first = run_study(fresh)
    assert len(first.refused) == 8
    assert first.record.steps["code"].counts["documents"] == 1
    setting(fresh, "characters = 100", "characters = 3000")
    second = run_study(fresh)
    assert outcomes(second) == {"ingest": MADE, "code": MADE}
    assert second.refused == ()
    assert second.record.steps["code"].counts["documents"] == 9


def test_a_run_can_be_told_limits_for_once(fresh, setting):
    setting(fresh, 'steps = ["ingest", "code", "topics", "lexicon", "report"]', 'steps = ["ingest"]')
    (fresh / "sources" / "paroles" / "court.txt").write_text("Le guichet ferme.", "utf-8")
    done = run_study(fresh, limits="characters=100,seconds=90")
    assert len(done.refused) == 8
    assert done.record.settings["limits"] == {**LimitsSettings().model_dump(), "characters": 100, "seconds": 90}
    assert load_study(fresh).limits == DEFAULT_LIMITS
    assert run_study(fresh).refused == ()


def test_duplicates_are_left_out_of_every_step_that_reads_texts(fresh, setting):
    setting(fresh, 'steps = ["ingest", "code", "topics", "lexicon", "report"]', 'steps = ["ingest", "code"]')
    setting(fresh, "drop_duplicates = false", "drop_duplicates = true")
    done = run_study(fresh)
    # four copies of each of two texts
    assert {name: record.counts["documents"] for name, record in done.record.steps.items()} == {"ingest": 2, "code": 2}
    assert set(outcomes(run_study(fresh)).values()) == {UP_TO_DATE}
    setting(fresh, "drop_duplicates = true", "drop_duplicates = false")
    assert stale_steps(load_study(fresh))["code"] == ("réglage « drop_duplicates » : oui → non",)


def test_the_doctor_tells_limits_that_were_changed_and_names_a_wrong_one(fresh, setting):
    assert "limites" not in {finding.what for finding in check_study(fresh).folder}
    setting(fresh, "seconds = 60", "seconds = 90")
    told = {finding.what: finding.told for finding in check_study(fresh).folder}
    assert told["limites"] == "changées dans innovsoc.toml : seconds=90"
    setting(fresh, "seconds = 90", "secondes = 90")
    (finding,) = check_study(fresh).folder
    assert (finding.what, finding.advice) == ("réglages", "vouliez-vous dire « seconds » ?")


def test_a_study_that_is_up_to_date_says_so_where_nothing_can_be_written(study, monkeypatch):
    before = {path: path.stat().st_mtime_ns for path in study.rglob("*")}

    def refuse(*_: object, **__: object) -> None:
        raise UsageError("Impossible d'écrire.")

    monkeypatch.setattr("innovsoc_analysis.workflow.running.hold", refuse)
    done = run_study(study)
    assert set(outcomes(done).values()) == {UP_TO_DATE}
    assert done.exit_status == 0
    assert {path: path.stat().st_mtime_ns for path in study.rglob("*")} == before
    with pytest.raises(UsageError, match=r"Impossible d'écrire\."):
        run_study(study, force=True)
    (study / "sources" / "projets" / "jardin 0.txt").write_text("Le jardin.", "utf-8")
    with pytest.raises(UsageError, match=r"Impossible d'écrire\."):
        run_study(study)


def test_results_of_a_step_that_is_cut_are_still_to_be_removed(study, setting, monkeypatch):
    setting(study, '"lexicon", "report"]', '"report"]')

    def refuse(*_: object, **__: object) -> None:
        raise UsageError("Impossible d'écrire.")

    monkeypatch.setattr("innovsoc_analysis.workflow.running.hold", refuse)
    with pytest.raises(UsageError, match=r"Impossible d'écrire\."):
        run_study(study, only=["ingest"])
