"""Clean text that still knows its place in the source; speaker turns; inclusive writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from innovsoc_analysis.text.cleaning import RULES as RULES
    from innovsoc_analysis.text.cleaning import CleanText as CleanText
    from innovsoc_analysis.text.cleaning import clean as clean
    from innovsoc_analysis.text.inclusive import find_inclusive as find_inclusive

# public name -> where it is; loaded at first use. No module is called like a public name: importing it would hide it
_WHERE = {"RULES": "cleaning", "CleanText": "cleaning", "clean": "cleaning", "find_inclusive": "inclusive"}

__all__ = ["RULES", "CleanText", "clean", "find_inclusive"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _WHERE:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
