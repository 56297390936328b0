"""Damaged files of every format are read or refused with a reason; `fuzz.py`, beside, goes on for hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from battery_mutations import KINDS, PIECES, SOUND, Damage, check_decoding, check_document, read_damaged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innovsoc_analysis.safe.limits import Limits
from innovsoc_analysis.safe.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = st.tuples(
    st.sampled_from(KINDS), st.integers(0, 10_000), st.sampled_from(PIECES) | st.binary(min_size=1, max_size=4)
)
DAMAGES = st.builds(Damage, st.none() | st.integers(0, 9), st.lists(STEPS, min_size=1, max_size=5).map(tuple))
QUICK = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(limits=Limits(seconds=20), confined=True) as running:
        yield running


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_read(worker: Worker, name: str) -> None:
    documents = read_damaged(name, SOUND[name], worker)
    assert any("jardin" in document.text for document in documents)


@pytest.mark.parametrize("name", SOUND)
@QUICK
@given(damage=DAMAGES)
def test_a_damaged_file_is_read_or_refused_with_a_reason(worker: Worker, name: str, damage: Damage) -> None:
    for document in read_damaged(name, damage.done_to(name), worker):
        check_document(document)


@settings(QUICK, max_examples=200)
@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-16-le", "surrogatepass")))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    check_decoding(data)
