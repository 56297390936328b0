"""Specificities: the words that a part of a corpus prefers or avoids."""

from innovsoc_analysis.lexicometry.specificity.comparing import specificities as specificities
from innovsoc_analysis.lexicometry.specificity.comparing import specificities_of as specificities_of
from innovsoc_analysis.lexicometry.specificity.result import Specificities as Specificities

__all__ = ["Specificities", "specificities", "specificities_of"]
