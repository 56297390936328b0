"""A hundred bad or odd files: each is read exactly or refused for its reason, and the batch goes on."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import battery_archives
import battery_office
import battery_pages
import battery_pdfs
import battery_tables
import battery_texts
import pytest
from battery_cases import Case, Expected

from innovsoc_analysis.ingest.reading import Intake, read_sources
from innovsoc_analysis.model.documents import ACCEPTED, ACCEPTED_WITH_WARNING, IGNORED
from innovsoc_analysis.safe.limits import Limits

FAMILIES = (battery_texts, battery_archives, battery_office, battery_pages, battery_pdfs, battery_tables)
CASES: list[Case] = [case for family in FAMILIES for case in family.CASES]
SOURCES = [(number, source) for number, case in enumerate(CASES) for source in case.expected]
# sooner than by default; each limit is tested beside
LIMITS = Limits(seconds=30, memory_bytes=1_200_000_000)


@dataclass(frozen=True)
class Run:
    """One reading of the whole battery."""

    folder: Path
    intake: Intake
    seconds: dict[str, float]
    left: list[str]
    changed: list[str]


def place(number: int) -> str:
    return f"{number:03}"


def write(folder: Path, cases: Sequence[Case]) -> None:
    for number, case in enumerate(cases):
        for name, content in case.files.items():
            path = folder / place(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content())


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("sources")
    own = tmp_path_factory.mktemp("temporary")
    write(folder, CASES)
    before = digests(folder)
    times: list[float] = [time.monotonic()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(own))
        patch.setattr(tempfile, "tempdir", str(own))
        intake = read_sources([folder], limits=LIMITS, progress=lambda *_: times.append(time.monotonic()))
    names = [outcome.source for outcome in intake.outcomes]
    seconds = {name: after - start for name, start, after in zip(names, times, times[1:], strict=False)}
    after = digests(folder)
    left = sorted(path.name for path in own.rglob("*"))
    return Run(
        folder, intake, seconds, left, [name for name in {*before, *after} if before.get(name) != after.get(name)]
    )


def test_the_battery_is_large_and_its_names_are_unique() -> None:
    assert len(CASES) >= 100
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_file_has_one_outcome_and_the_counts_add_up(run: Run) -> None:
    outcomes = run.intake.outcomes
    told = [outcome.source for outcome in outcomes]
    assert sorted(told) == sorted(f"{place(number)}/{source}" for number, source in SOURCES)
    assert sum(outcome.n_documents for outcome in outcomes) == len(run.intake.documents)
    accepted = {ACCEPTED, ACCEPTED_WITH_WARNING}
    assert {document.source for document in run.intake.documents} == {
        outcome.source for outcome in outcomes if outcome.outcome in accepted
    }


@pytest.mark.parametrize(("number", "source"), SOURCES, ids=[f"{CASES[n].name} {s!r}" for n, s in SOURCES])
def test_each_source_is_read_exactly_or_refused_for_its_reason(run: Run, number: int, source: str) -> None:
    expected: Expected = CASES[number].expected[source]
    name = f"{place(number)}/{source}"
    outcome = next(one for one in run.intake.outcomes if one.source == name)
    code = IGNORED if outcome.outcome == IGNORED else outcome.code
    assert code in expected.codes, outcome.message
    assert expected.says in outcome.message
    # one sentence, of ordinary characters
    assert (outcome.outcome == ACCEPTED) == (not outcome.message)
    assert outcome.message.isprintable() or "\u202f" in outcome.message
    texts = [one.raw.text for one in run.intake.documents if one.source == name]
    if expected.text is not None:
        assert "\f".join(texts) == expected.text
    if expected.documents is not None:
        assert len(texts) == expected.documents


def test_no_file_takes_longer_than_its_time(run: Run) -> None:
    assert {name: spent for name, spent in run.seconds.items() if spent > LIMITS.seconds + 5} == {}


def test_nothing_is_left_behind_and_no_source_is_touched(run: Run) -> None:
    assert run.left == []
    assert run.changed == []
