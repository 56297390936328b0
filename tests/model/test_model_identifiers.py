"""Identifiers depend on their parts, on nothing else, and never confuse two lists of parts."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.model.identifiers import derive_id, segment_id

# digits, the separator of the encoding, and characters that often separate
PARTS = st.lists(st.text(alphabet="ab0123:\x1f\x1e\n/é", max_size=5), max_size=4)


def test_derive_id_is_the_start_of_the_digest_of_the_parts_with_their_lengths() -> None:
    # printf '5:a.txt1:x' | sha256sum
    assert derive_id("d", "a.txt", "x") == "def3fba166c65a9a1"


def test_derive_id_is_the_same_in_another_process() -> None:
    code = "from innovsoc_analysis.model.identifiers import derive_id; print(derive_id('d', 'été', 3))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == derive_id("d", "été", 3)


@given(PARTS, PARTS)
def test_derive_id_tells_any_two_lists_of_parts_apart(left: list[str], right: list[str]) -> None:
    assert (derive_id("x", *left) == derive_id("x", *right)) == (left == right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", "b"), ("b", "a")),
        (("a\x1fb",), ("a", "b")),
        (("a1:b",), ("a", "b")),
        ((), ("",)),
        (("a",), ("a", "")),
        (("1", "2:x"), ("12", ":x")),
    ],
)
def test_derive_id_depends_on_boundaries_and_order(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    assert derive_id("x", *left) != derive_id("x", *right)


@given(st.text(alphabet=st.characters(), max_size=20))
def test_derive_id_takes_any_text_and_stays_short(part: str) -> None:
    identifier = derive_id("c", part)
    assert identifier[0] == "c"
    assert len(identifier) == 17
    assert set(identifier[1:]) <= set("0123456789abcdef")


def test_derive_id_takes_lone_surrogates() -> None:
    assert derive_id("c", "\ud800") != derive_id("c", "\ud801")


def test_segment_id_says_document_unit_and_place() -> None:
    assert segment_id("d12", "turn", 0, 7) == "d12:turn:0-7"
