"""Whether prevalence differs by attribute: a regression with its uncertainty."""

from innovsoc_analysis.topics.effects.estimating import Effects as Effects
from innovsoc_analysis.topics.effects.estimating import prevalence_effects as prevalence_effects

__all__ = ["Effects", "prevalence_effects"]
