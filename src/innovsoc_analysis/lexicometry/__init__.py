"""Lexicometry: words in their contexts, by part, in classes, over time, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.lazy import lazy

if TYPE_CHECKING:
    from innovsoc_analysis.lexicometry.attraction import collocates as collocates
    from innovsoc_analysis.lexicometry.classes import Classes as Classes
    from innovsoc_analysis.lexicometry.classes import ReinertClassifier as ReinertClassifier
    from innovsoc_analysis.lexicometry.classes import double_classification as double_classification
    from innovsoc_analysis.lexicometry.classes import reinert as reinert
    from innovsoc_analysis.lexicometry.diversity.comparing import richness as richness
    from innovsoc_analysis.lexicometry.factors import CorrespondenceAnalysis as CorrespondenceAnalysis
    from innovsoc_analysis.lexicometry.factors import correspondence as correspondence
    from innovsoc_analysis.lexicometry.factors import correspondence_of as correspondence_of
    from innovsoc_analysis.lexicometry.graph import similarity as similarity
    from innovsoc_analysis.lexicometry.graph import similarity_of as similarity_of
    from innovsoc_analysis.lexicometry.graph import similarity_of_codes as similarity_of_codes
    from innovsoc_analysis.lexicometry.inclusive import InclusiveUse as InclusiveUse
    from innovsoc_analysis.lexicometry.inclusive import inclusive_use as inclusive_use
    from innovsoc_analysis.lexicometry.iramuteq import read_iramuteq_segments as read_iramuteq_segments
    from innovsoc_analysis.lexicometry.iramuteq import write_iramuteq as write_iramuteq
    from innovsoc_analysis.lexicometry.kwic import Concordance as Concordance
    from innovsoc_analysis.lexicometry.kwic import concordance as concordance
    from innovsoc_analysis.lexicometry.overview import Lexicon as Lexicon
    from innovsoc_analysis.lexicometry.overview import lexicon as lexicon
    from innovsoc_analysis.lexicometry.periods import chronology as chronology
    from innovsoc_analysis.lexicometry.specificity import specificities as specificities
    from innovsoc_analysis.lexicometry.specificity import specificities_of as specificities_of
    from innovsoc_analysis.lexicometry.tables import LexicalTable as LexicalTable
    from innovsoc_analysis.lexicometry.tables import lexical_table as lexical_table

# public name -> where it is; loaded at first use.
_WHERE = {
    "Classes": "classes",
    "Concordance": "kwic",
    "CorrespondenceAnalysis": "factors",
    "InclusiveUse": "inclusive",
    "LexicalTable": "tables",
    "Lexicon": "overview",
    "ReinertClassifier": "classes",
    "chronology": "periods",
    "collocates": "attraction",
    "concordance": "kwic",
    "correspondence": "factors",
    "correspondence_of": "factors",
    "double_classification": "classes",
    "inclusive_use": "inclusive",
    "lexical_table": "tables",
    "lexicon": "overview",
    "read_iramuteq_segments": "iramuteq",
    "reinert": "classes",
    "richness": "diversity.comparing",
    "similarity": "graph",
    "similarity_of": "graph",
    "similarity_of_codes": "graph",
    "specificities": "specificity",
    "specificities_of": "specificity",
    "write_iramuteq": "iramuteq",
}

__all__ = [
    "Classes",
    "Concordance",
    "CorrespondenceAnalysis",
    "InclusiveUse",
    "LexicalTable",
    "Lexicon",
    "ReinertClassifier",
    "chronology",
    "collocates",
    "concordance",
    "correspondence",
    "correspondence_of",
    "double_classification",
    "inclusive_use",
    "lexical_table",
    "lexicon",
    "read_iramuteq_segments",
    "reinert",
    "richness",
    "similarity",
    "similarity_of",
    "similarity_of_codes",
    "specificities",
    "specificities_of",
    "write_iramuteq",
]

__getattr__, __dir__ = lazy(__name__, _WHERE)
