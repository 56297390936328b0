"""Lexicometry: words in their contexts, and how they are written."""

from innovsoc_analysis.lexicometry.concordance import Concordance as Concordance
from innovsoc_analysis.lexicometry.concordance import concordance as concordance
from innovsoc_analysis.lexicometry.inclusive import InclusiveUse as InclusiveUse
from innovsoc_analysis.lexicometry.inclusive import inclusive_use as inclusive_use

__all__ = ["Concordance", "InclusiveUse", "concordance", "inclusive_use"]
