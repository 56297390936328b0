"""What is known of the model that has coded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.coding.coder import find_model
from innovsoc_analysis.model.errors import InnovsocError

if TYPE_CHECKING:
    from innovsoc_analysis.coding.codings import Codings

_MARK = "/modele:"  # what the rules of codings that a model gave hold, before its name


def names_model(codings: Codings) -> str:
    """Return the name of the model that has coded, empty if the codings name none."""
    for rules in codings.table["rule"].dropna().unique():
        if _MARK in rules:
            return str(rules).partition(_MARK)[2].split()[0].rstrip(";,")
    return ""


def coder_record(codings: Codings) -> dict[str, Any] | None:
    """Return what the model that has coded says of itself, if it is the one that comes with the codebook."""
    try:
        model = find_model(codings.codebook)
    except InnovsocError:
        return None
    return model.record if model and model.reference == names_model(codings) else None
