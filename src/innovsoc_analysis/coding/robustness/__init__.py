"""How far conclusions hold: against the errors of the coder, and against other reasonable ways of counting.

``docs/fiabilite.md`` tells the methods, their formulas and their sources.
"""

from __future__ import annotations

from innovsoc_analysis.coding.robustness.claims import Claim, parse_claims
from innovsoc_analysis.coding.robustness.correcting import corrected
from innovsoc_analysis.coding.robustness.correction import Corrected
from innovsoc_analysis.coding.robustness.exploring import multiverse
from innovsoc_analysis.coding.robustness.result import Multiverse
from innovsoc_analysis.coding.robustness.third import ThirdCoder, third_coder
from innovsoc_analysis.coding.robustness.weighing import Weighing, weigh

__all__ = [
    "Claim",
    "Corrected",
    "Multiverse",
    "ThirdCoder",
    "Weighing",
    "corrected",
    "multiverse",
    "parse_claims",
    "third_coder",
    "weigh",
]
