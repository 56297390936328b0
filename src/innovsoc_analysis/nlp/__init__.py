"""The French pipeline: words, their lemmas and sentences; usable by any spaCy user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from innovsoc_analysis.nlp.comparing import compare_lemmas as compare_lemmas
    from innovsoc_analysis.nlp.comparing import compare_words as compare_words
    from innovsoc_analysis.nlp.pipeline import load as load
    from innovsoc_analysis.nlp.terms import find_terms as find_terms

# public name -> where it is; loaded at first use: importing spaCy takes a second
_WHERE = {
    "compare_lemmas": "comparing",
    "compare_words": "comparing",
    "find_terms": "terms",
    "load": "pipeline",
}

__all__ = ["compare_lemmas", "compare_words", "find_terms", "load"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _WHERE:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
