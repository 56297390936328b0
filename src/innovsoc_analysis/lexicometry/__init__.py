"""Lexicometry: words in their contexts."""

from innovsoc_analysis.lexicometry.concordance import Concordance as Concordance
from innovsoc_analysis.lexicometry.concordance import concordance as concordance

__all__ = ["Concordance", "concordance"]
