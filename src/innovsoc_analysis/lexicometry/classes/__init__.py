"""Reinert's descending hierarchical classification (CHD), simple and double."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from innovsoc_analysis.lexicometry.classes.classes import Classes as Classes
    from innovsoc_analysis.lexicometry.classes.classifier import ReinertClassifier as ReinertClassifier
    from innovsoc_analysis.lexicometry.classes.double import DoubleClassification as DoubleClassification
    from innovsoc_analysis.lexicometry.classes.double import double_classification as double_classification
    from innovsoc_analysis.lexicometry.classes.making import reinert as reinert

__all__ = ["Classes", "DoubleClassification", "ReinertClassifier", "double_classification", "reinert"]

_WHERE = {
    "Classes": "classes",
    "DoubleClassification": "double",
    "ReinertClassifier": "classifier",
    "double_classification": "double",
    "reinert": "making",
}


def __getattr__(name: str) -> Any:
    # loaded at first use: importing scikit-learn takes a second
    from importlib import import_module

    if name not in _WHERE:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
