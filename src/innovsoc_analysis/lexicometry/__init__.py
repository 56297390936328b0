"""Lexicometry: words in their contexts, and how they are written."""

from innovsoc_analysis.lexicometry.inclusive import InclusiveUse as InclusiveUse
from innovsoc_analysis.lexicometry.inclusive import inclusive_use as inclusive_use
from innovsoc_analysis.lexicometry.kwic import Concordance as Concordance
from innovsoc_analysis.lexicometry.kwic import concordance as concordance

__all__ = ["Concordance", "InclusiveUse", "concordance", "inclusive_use"]
