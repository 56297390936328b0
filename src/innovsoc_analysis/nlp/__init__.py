"""The French pipeline: words, their lemmas and sentences; usable by any spaCy user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.lazy import lazy

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

__getattr__, __dir__ = lazy(__name__, _WHERE)
