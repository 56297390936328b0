"""Clean text that still knows its place in the source; speaker turns; inclusive writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.lazy import lazy

if TYPE_CHECKING:
    from innovsoc_analysis.text.cleaning import RULES as RULES
    from innovsoc_analysis.text.cleaning import CleanText as CleanText
    from innovsoc_analysis.text.cleaning import clean as clean
    from innovsoc_analysis.text.inclusive import find_inclusive as find_inclusive

# public name -> where it is; loaded at first use.
_WHERE = {"RULES": "cleaning", "CleanText": "cleaning", "clean": "cleaning", "find_inclusive": "inclusive"}

__all__ = ["RULES", "CleanText", "clean", "find_inclusive"]

__getattr__, __dir__ = lazy(__name__, _WHERE)
