"""The examples of the guides run and give what they show."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
WITH_EXAMPLES = sorted(page for page in DOCS.glob("*.md") if ">>>" in page.read_text("utf-8"))


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_the_examples_of_a_guide_run(page, monkeypatch):
    monkeypatch.chdir(DOCS.parent)
    found = doctest.testfile(str(page), module_relative=False)
    assert (found.failed, found.attempted > 0) == (0, True)


def test_the_guides_with_examples_are_those_we_know_of():
    assert {page.stem for page in WITH_EXAMPLES} >= {"accord", "francais", "lexicometrie", "themes"}
