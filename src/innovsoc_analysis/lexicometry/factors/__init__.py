"""Correspondence analysis (AFC): which words and parts are opposed, on which axes, and how surely."""

from innovsoc_analysis.lexicometry.factors.computing import CorrespondenceAnalysis as CorrespondenceAnalysis
from innovsoc_analysis.lexicometry.factors.making import correspondence as correspondence
from innovsoc_analysis.lexicometry.factors.making import correspondence_of as correspondence_of
from innovsoc_analysis.lexicometry.factors.result import Correspondence as Correspondence

__all__ = ["Correspondence", "CorrespondenceAnalysis", "correspondence", "correspondence_of"]
