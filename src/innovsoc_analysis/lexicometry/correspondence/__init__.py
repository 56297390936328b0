"""Correspondence analysis (AFC): which words and parts are opposed, on which axes, and how surely."""

from innovsoc_analysis.lexicometry.correspondence.computing import CorrespondenceAnalysis as CorrespondenceAnalysis
from innovsoc_analysis.lexicometry.correspondence.making import correspondence as correspondence
from innovsoc_analysis.lexicometry.correspondence.making import correspondence_of as correspondence_of
from innovsoc_analysis.lexicometry.correspondence.result import Correspondence as Correspondence

__all__ = ["Correspondence", "CorrespondenceAnalysis", "correspondence", "correspondence_of"]
