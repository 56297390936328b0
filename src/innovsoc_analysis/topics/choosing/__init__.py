"""How many topics: measures over a range of numbers, and a recommendation with its reasons."""

from innovsoc_analysis.topics.choosing.comparing import KChoice as KChoice
from innovsoc_analysis.topics.choosing.comparing import choose_k as choose_k

__all__ = ["KChoice", "choose_k"]
