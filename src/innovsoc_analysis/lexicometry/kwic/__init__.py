"""Concordance: each occurrence of a query with what stands to its left and right (KWIC, Luhn 1960)."""

from innovsoc_analysis.lexicometry.kwic.contexts import COLUMNS as COLUMNS
from innovsoc_analysis.lexicometry.kwic.finding import concordance as concordance
from innovsoc_analysis.lexicometry.kwic.result import Concordance as Concordance
from innovsoc_analysis.lexicometry.kwic.result import check_name as check_name

__all__ = ["COLUMNS", "Concordance", "check_name", "concordance"]
