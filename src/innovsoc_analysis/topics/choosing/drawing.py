"""The figure of a choice between numbers of topics: one panel per measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.figures.lines import LinePanel, line_panels
from innovsoc_analysis.topics.choosing.recommending import MOSTLY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from innovsoc_analysis.topics.choosing.comparing import KChoice


def draw(choice: KChoice) -> NDArray[Any]:
    """Draw each measure over the numbers of topics, the one recommended marked.

    Parameters
    ----------
    choice : KChoice
        With at least one number.

    Returns
    -------
    array of Axes, shape (2, 3)

    Examples
    --------
    >>> from innovsoc_analysis.topics.choosing.comparing import KChoice
    >>> measures = ["npmi", "c_v", "exclusivity", "stability", "stability_low", "stability_high", "chance", "n_stable"]
    >>> table = pd.DataFrame(0.5, index=[2, 3], columns=[*measures, "gain", "gain_se"])
    >>> choice = KChoice(table, table.assign(n_topics=[2, 3]), None, (), "40 documents")
    >>> draw(choice)[0, 0].figure.get_suptitle()
    'Aucun nombre de thèmes ne se recommande ; essayés : de 2 à 3'
    """
    numbers = choice.table.index
    tried = f"de {numbers[0]} à {numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}"
    chosen = (
        f"{choice.recommended} thèmes sont recommandés"
        if choice.recommended
        else "Aucun nombre de thèmes ne se recommande"
    )
    title = f"{chosen} ; essayés : {tried}"
    caption = (
        f"n = {choice.about.rstrip('.')}. Source : thèmes ajustés pour chaque nombre, et de nouveau à des tirages."
    )
    grid = line_panels(
        _panels(choice.table, choice.topics),
        title=title,
        caption=caption,
        xlabel="nombre de thèmes",
        marked=choice.recommended,
    )
    describe(grid, " ; ".join([title, *(reason.rstrip(" .") for reason in choice.reasons), caption]))
    return grid


def _panels(table: pd.DataFrame, topics: pd.DataFrame) -> list[LinePanel]:
    by_topic = topics.set_index("n_topics")
    coherence, company, own, found_again = (
        by_topic[name].dropna() for name in ("npmi", "c_v", "exclusivity", "stability")
    )
    return [
        LinePanel(
            "Stabilité",
            table["stability"],
            note="d'un tirage à l'autre ; tirets : le hasard",
            low=table["stability_low"],
            high=table["stability_high"],
            points=found_again,
            reference=table["chance"],
        ),
        LinePanel(
            "Thèmes stables (%)",
            100 * table["n_stable"] / table.index.to_numpy(),
            note=f"tirets : il en faut {100 * MOSTLY:.0f}\u202f%",
            reference=pd.Series(100 * MOSTLY, index=table.index),
        ),
        LinePanel(
            "Prédiction d'autres textes",
            table["gain"],
            note="gain par mot ± 1 erreur type ; 0 : sans thèmes",
            low=table["gain"] - table["gain_se"],
            high=table["gain"] + table["gain_se"],
            reference=pd.Series(0.0, index=table.index),
        ),
        LinePanel(
            "Cohérence (NPMI)", table["npmi"], note="mots des mêmes textes ; un point par thème", points=coherence
        ),
        LinePanel("Cohérence (C_V)", table["c_v"], note="mots aux mêmes voisins ; un point par thème", points=company),
        LinePanel(
            "Exclusivité", table["exclusivity"], note="mots propres à leur thème ; un point par thème", points=own
        ),
    ]
