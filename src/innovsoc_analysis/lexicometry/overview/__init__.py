"""The whole of lexicometry on one corpus: tables, figures and a page."""

from innovsoc_analysis.lexicometry.overview.making import lexicon as lexicon
from innovsoc_analysis.lexicometry.overview.result import Lexicon as Lexicon

__all__ = ["Lexicon", "lexicon"]
