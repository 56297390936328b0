"""Codings and what they are worth: coders, frameworks, evaluation against coded sentences, agreement of coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.lazy import lazy

if TYPE_CHECKING:
    from innovsoc_analysis.coding import agreement as agreement
    from innovsoc_analysis.coding.coder import code as code
    from innovsoc_analysis.coding.coder import find_model as find_model
    from innovsoc_analysis.coding.codings import Codings as Codings
    from innovsoc_analysis.coding.elements import Contrast as Contrast
    from innovsoc_analysis.coding.elements import CoreElements as CoreElements
    from innovsoc_analysis.coding.elements import Reliability as Reliability
    from innovsoc_analysis.coding.elements import contrast as contrast
    from innovsoc_analysis.coding.elements import core_elements as core_elements
    from innovsoc_analysis.coding.elements import reliability as reliability
    from innovsoc_analysis.coding.evaluation import Evaluation as Evaluation
    from innovsoc_analysis.coding.evaluation import evaluate as evaluate
    from innovsoc_analysis.coding.evaluation import learning_curve as learning_curve
    from innovsoc_analysis.coding.frameworks import Framework as Framework
    from innovsoc_analysis.coding.frameworks import FrameworkComparison as FrameworkComparison
    from innovsoc_analysis.coding.frameworks import compare_frameworks as compare_frameworks
    from innovsoc_analysis.coding.frameworks import crosswalk_table as crosswalk_table
    from innovsoc_analysis.coding.gold import load_gold as load_gold
    from innovsoc_analysis.coding.learning.training import train as train
    from innovsoc_analysis.coding.robustness import Corrected as Corrected
    from innovsoc_analysis.coding.robustness import Multiverse as Multiverse
    from innovsoc_analysis.coding.robustness import ThirdCoder as ThirdCoder
    from innovsoc_analysis.coding.robustness import Weighing as Weighing
    from innovsoc_analysis.coding.robustness import corrected as corrected
    from innovsoc_analysis.coding.robustness import multiverse as multiverse
    from innovsoc_analysis.coding.robustness import third_coder as third_coder
    from innovsoc_analysis.coding.robustness import weigh as weigh
    from innovsoc_analysis.coding.roles import Speakers as Speakers
    from innovsoc_analysis.coding.roles import speakers as speakers
    from innovsoc_analysis.coding.voices import Voices as Voices
    from innovsoc_analysis.coding.voices import by_voice as by_voice

# public name -> where it is; loaded at first use.
_WHERE = {
    "Codings": "codings",
    "Contrast": "elements",
    "CoreElements": "elements",
    "Corrected": "robustness",
    "Evaluation": "evaluation",
    "Framework": "frameworks",
    "FrameworkComparison": "frameworks",
    "Multiverse": "robustness",
    "Reliability": "elements",
    "Speakers": "roles",
    "ThirdCoder": "robustness",
    "Voices": "voices",
    "Weighing": "robustness",
    "agreement": "",
    "by_voice": "voices",
    "code": "coder",
    "compare_frameworks": "frameworks",
    "contrast": "elements",
    "core_elements": "elements",
    "corrected": "robustness",
    "crosswalk_table": "frameworks",
    "evaluate": "evaluation",
    "find_model": "coder",
    "learning_curve": "evaluation",
    "load_gold": "gold",
    "multiverse": "robustness",
    "reliability": "elements",
    "speakers": "roles",
    "third_coder": "robustness",
    "train": "learning.training",
    "weigh": "robustness",
}

__all__ = [
    "Codings",
    "Contrast",
    "CoreElements",
    "Corrected",
    "Evaluation",
    "Framework",
    "FrameworkComparison",
    "Multiverse",
    "Reliability",
    "Speakers",
    "ThirdCoder",
    "Voices",
    "Weighing",
    "agreement",
    "by_voice",
    "code",
    "compare_frameworks",
    "contrast",
    "core_elements",
    "corrected",
    "crosswalk_table",
    "evaluate",
    "find_model",
    "learning_curve",
    "load_gold",
    "multiverse",
    "reliability",
    "speakers",
    "third_coder",
    "train",
    "weigh",
]

__getattr__, __dir__ = lazy(__name__, _WHERE)
