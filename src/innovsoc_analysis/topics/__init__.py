"""Topics of a corpus: one interface, several models, and what is needed to trust or to drop them."""

from innovsoc_analysis.counting.vocabulary import Vocabulary as Vocabulary
from innovsoc_analysis.topics import validation as validation
from innovsoc_analysis.topics.choosing import choose_k as choose_k
from innovsoc_analysis.topics.effects import prevalence_effects as prevalence_effects
from innovsoc_analysis.topics.fitting import fit as fit
from innovsoc_analysis.topics.reading.concluding import conclude as conclude
from innovsoc_analysis.topics.result import Topics as Topics
from innovsoc_analysis.topics.units import compare_units as compare_units

__all__ = [
    "Topics",
    "Vocabulary",
    "choose_k",
    "compare_units",
    "conclude",
    "fit",
    "prevalence_effects",
    "validation",
]
