"""How good a coder is: against a gold corpus, with intervals, and what that allows one to say."""

from __future__ import annotations

from innovsoc_analysis.coding.evaluation.curve import learning_curve
from innovsoc_analysis.coding.evaluation.evaluating import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate", "learning_curve"]
