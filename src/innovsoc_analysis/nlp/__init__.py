"""The French pipeline: words, their lemmas and sentences; usable by any spaCy user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from innovsoc_analysis.nlp.pipeline import load as load

__all__ = ["load"]


def __getattr__(name: str) -> Any:
    # loaded at first use: importing spaCy takes a second
    if name == "load":
        from innovsoc_analysis.nlp.pipeline import load

        return load
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
