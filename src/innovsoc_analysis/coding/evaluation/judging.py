"""What each coder says of the sentences of a gold corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from innovsoc_analysis.coding.learning.scoring import combined_probabilities, evidence_of, learned_probabilities
from innovsoc_analysis.coding.learning.training import material_of
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.gold import Gold
    from innovsoc_analysis.coding.learning.model import Model
    from innovsoc_analysis.model.codebook import Codebook

LIST, RULES, LEARNED, COMBINED = "list", "rules", "learned", "combined"
CODERS = {
    LIST: "liste d'indicateurs seule",
    RULES: "règles",
    LEARNED: "apprentissage",
    COMBINED: "règles + apprentissage",
}


@dataclass(frozen=True, eq=False)
class Judgements:
    """Codes given to the sentences of a gold corpus.

    Attributes
    ----------
    labels : array of bool, shape (n, n_codes)
        Those that people gave.
    coded : dict of str to array of bool, shape (n, n_codes)
        Those that each coder gave.
    explicit : array of bool, shape (n, n_codes)
        Whether the sentence holds an indicator of the plain list for the code.
    probabilities : array, shape (n, n_codes)
        Of the combined coder.
    low, sure : array, shape (n_codes,)
        Its thresholds of re-reading and of being sure.
    passages : array of int, shape (n,)
    off : array of bool, shape (n,)
        Out of the field.
    genres : array of str, shape (n,)
    """

    labels: NDArray[np.bool_]
    coded: dict[str, NDArray[np.bool_]]
    explicit: NDArray[np.bool_]
    probabilities: NDArray[np.floating]
    low: NDArray[np.floating]
    sure: NDArray[np.floating]
    passages: NDArray[np.int64]
    off: NDArray[np.bool_]
    genres: NDArray[np.str_]


def judge(gold: Gold, codebook: Codebook, model: Model, *, plain: Codebook) -> Judgements:
    """Code the sentences of `gold` in every way.

    Parameters
    ----------
    gold : Gold
        Coded passages.
    codebook : Codebook
        Its rules are fired.
    model : Model
        Trained on other passages.
    plain : Codebook
        Its indicators are the plain list.

    Raises
    ------
    UsageError
        If there is no sentence, or the codes of codebook, model and list are not the same.
    """
    if not len(gold):
        raise UsageError("Aucune phrase codée à évaluer : le corpus étalon n'a pas de passage de cette partie.")
    if not codebook.code_ids == model.codes == plain.code_ids:
        raise UsageError(
            f"Le livre « {codebook.name} », le modèle et le livre de comparaison n'ont pas les mêmes codes ;"
            " entraînez un modèle pour ce livre avec « innovsoc train »."
        )
    material = material_of(gold, codebook)
    listed = material_of(gold, plain_list(plain)).firings.rules > 0
    evidence = evidence_of(model, material.documents, material.firings)
    learned, combined = learned_probabilities(evidence), combined_probabilities(model, evidence)
    coded = {
        LIST: listed,
        RULES: material.firings.rules > 0,
        LEARNED: learned >= model.learned.cut,
        COMBINED: combined >= model.combined.cut,
    }
    return Judgements(
        labels=material.labels > 0,
        coded=coded,
        explicit=listed,
        probabilities=combined,
        low=model.combined.low,
        sure=model.combined.sure,
        passages=material.passages,
        off=material.off[:, 0] > 0,
        genres=gold.of_passages(lambda passage: passage.genre),
    )


def plain_list(codebook: Codebook) -> Codebook:
    """Return the codebook with its words and expressions as only rules: no exception, no motif, no condition."""
    codes = [
        code.model_copy(
            update={
                "indicators": code.indicators.model_copy(update={"except_": ()}),
                "motifs": (),
                "condition": "",
                "negation": "admet",
            }
        )
        for code in codebook.codes
    ]
    return codebook.model_copy(update={"codes": tuple(codes)})
