"""Unfinished parts belong to one folder of results, wherever links lead, and do not stay for ever."""

from __future__ import annotations

import os
import time
from pathlib import Path

from innovsoc_analysis.batch.coding import code_files
from innovsoc_analysis.batch.parts import Parts, finish
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.sweeping import A_MONTH, sweep_derived


def made_in(parts: Parts) -> Path:
    folder = parts.folder("key")
    atomic_write(folder / "a.csv", b"1")
    finish(folder, {})
    return folder


def test_results_of_two_studies_that_are_called_the_same_do_not_share_parts(tmp_path):
    place = tmp_path / ".innovsoc"
    one, other = (Parts(place, tmp_path / name / "codage") for name in ("a", "b"))
    made_in(one)
    assert one.has("key")
    assert not other.has("key")
    other.clear()
    assert one.has("key")


def test_parts_are_found_by_another_way_to_the_same_folder_and_after_a_move(tmp_path, monkeypatch):
    study = tmp_path / "étude"
    (study / "r").mkdir(parents=True)
    made_in(Parts(study / ".innovsoc", study / "r"))
    (tmp_path / "lien").symlink_to(study)
    monkeypatch.chdir(study)
    assert Parts(Path(".innovsoc"), Path("r")).has("key")
    assert Parts(tmp_path / "lien" / ".innovsoc", tmp_path / "lien" / "r").has("key")
    moved = study.rename(tmp_path / "ailleurs")
    assert Parts(moved / ".innovsoc", moved / "r").has("key")


def test_no_absolute_path_is_in_the_name_of_parts(tmp_path):
    folder = made_in(Parts(tmp_path / ".innovsoc", tmp_path / "r"))
    assert folder.parent.parent == tmp_path / ".innovsoc" / "batch"
    assert len(folder.parent.name) == 16


def aged(folder: Path, seconds: float) -> None:
    before = time.time() - seconds
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (before, before))


def test_parts_that_nobody_has_gone_on_with_for_a_month_are_swept(tmp_path):
    place = tmp_path / ".innovsoc"
    old, recent, gone_on = (made_in(Parts(place, tmp_path / name)).parent for name in ("a", "b", "c"))
    aged(old, A_MONTH + 60)
    aged(recent, A_MONTH - 60)
    aged(gone_on, A_MONTH + 60)
    atomic_write(gone_on / "autre" / "a.csv", b"1")
    assert sweep_derived(place) == 1
    assert sorted(place.glob("batch/*")) == sorted([recent, gone_on])


def test_a_run_sweeps_the_old_parts_of_others_and_keeps_the_recent_ones(job, tmp_path):
    made = job("r", cache=tmp_path / "Étude" / ".innovsoc")
    place = made.cache
    old, recent = (made_in(Parts(place, made.out.parent / name)).parent for name in ("vieux", "récent"))
    aged(old, A_MONTH + 60)
    code_files(made)
    assert list(place.glob("batch/*")) == [recent]
