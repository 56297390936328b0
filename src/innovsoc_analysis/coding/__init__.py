"""Codings and what they are worth: coders, frameworks, evaluation against coded sentences, agreement of coders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from innovsoc_analysis.coding import agreement as agreement
    from innovsoc_analysis.coding.coder import code as code
    from innovsoc_analysis.coding.coder import find_model as find_model
    from innovsoc_analysis.coding.codings import Codings as Codings
    from innovsoc_analysis.coding.evaluation import Evaluation as Evaluation
    from innovsoc_analysis.coding.evaluation import evaluate as evaluate
    from innovsoc_analysis.coding.evaluation import learning_curve as learning_curve
    from innovsoc_analysis.coding.frameworks import Framework as Framework
    from innovsoc_analysis.coding.frameworks import compare_frameworks as compare_frameworks
    from innovsoc_analysis.coding.frameworks import crosswalk_table as crosswalk_table
    from innovsoc_analysis.coding.gold import load_gold as load_gold
    from innovsoc_analysis.coding.learning.training import train as train

# public name -> where it is; loaded at first use. No module is called like a public name: importing it would hide it
_WHERE = {
    "Codings": "codings",
    "Evaluation": "evaluation",
    "Framework": "frameworks",
    "agreement": "",
    "code": "coder",
    "compare_frameworks": "frameworks",
    "crosswalk_table": "frameworks",
    "evaluate": "evaluation",
    "find_model": "coder",
    "learning_curve": "evaluation",
    "load_gold": "gold",
    "train": "learning.training",
}

__all__ = [
    "Codings",
    "Evaluation",
    "Framework",
    "agreement",
    "code",
    "compare_frameworks",
    "crosswalk_table",
    "evaluate",
    "find_model",
    "learning_curve",
    "load_gold",
    "train",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _WHERE:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    where = _WHERE[name]
    return getattr(import_module(f"{__name__}.{where}"), name) if where else import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return sorted(__all__)
