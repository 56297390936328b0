"""Elements of definition: which ones texts share, which kinds of text say them, how reliably they are coded."""

from __future__ import annotations

from innovsoc_analysis.coding.elements.agreeing import Reliability, reliability
from innovsoc_analysis.coding.elements.contrasts import Contrast, contrast
from innovsoc_analysis.coding.elements.core import CoreElements, core_elements

__all__ = ["Contrast", "CoreElements", "Reliability", "contrast", "core_elements", "reliability"]
