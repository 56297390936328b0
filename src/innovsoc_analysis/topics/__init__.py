"""Topics of a corpus: one interface, several models."""

from innovsoc_analysis.topics.fitting import fit as fit
from innovsoc_analysis.topics.result import Topics as Topics

__all__ = ["Topics", "fit"]
