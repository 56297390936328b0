"""The French page on agreement says what the code does."""

from __future__ import annotations

from pathlib import Path

from innovsoc_analysis.coding import agreement

PAGE = Path(__file__).parents[3] / "docs" / "accord.md"


def test_the_page_names_every_function():
    page = PAGE.read_text("utf-8")
    functions = [name for name in agreement.__all__ if name.islower() and name != "masi_distance"]
    assert [name for name in functions if f"`{name}" not in page and f"{name}(" not in page] == []
