"""Similarity analysis: which words go together, as a tree whose edges are held against other draws of the texts."""

from innovsoc_analysis.lexicometry.graph.building import similarity as similarity
from innovsoc_analysis.lexicometry.graph.building import similarity_of as similarity_of
from innovsoc_analysis.lexicometry.graph.building import similarity_of_codes as similarity_of_codes
from innovsoc_analysis.lexicometry.graph.result import Similarity as Similarity

__all__ = ["Similarity", "similarity", "similarity_of", "similarity_of_codes"]
