"""Coefficients of agreement between coders, from ratings, from sections and from tables of codings.

Each coefficient is one function of a table of units × coders that returns a `Coefficient`: its value
or why there is none, its interval, and what it is computed on. ``docs/accord.md`` tells which to use.
"""

from __future__ import annotations

from innovsoc_analysis.coding.agreement.alpha import krippendorff_alpha, krippendorff_alpha_many
from innovsoc_analysis.coding.agreement.chance import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    percent_agreement,
    randolph_kappa,
)
from innovsoc_analysis.coding.agreement.gwet import gwet_ac1, gwet_ac2
from innovsoc_analysis.coding.agreement.pairwise import cohen_kappa, scott_pi
from innovsoc_analysis.coding.agreement.result import Coefficient
from innovsoc_analysis.coding.agreement.sets import masi_alpha, masi_distance
from innovsoc_analysis.coding.agreement.summary import Agreement, agreement
from innovsoc_analysis.coding.agreement.unitizing import UnitizingCoefficient, unitizing_alpha

__all__ = [
    "Agreement",
    "Coefficient",
    "UnitizingCoefficient",
    "agreement",
    "brennan_prediger",
    "cohen_kappa",
    "conger_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "krippendorff_alpha",
    "krippendorff_alpha_many",
    "masi_alpha",
    "masi_distance",
    "percent_agreement",
    "randolph_kappa",
    "scott_pi",
    "unitizing_alpha",
]
