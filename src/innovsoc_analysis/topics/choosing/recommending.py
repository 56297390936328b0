"""Which number of topics to take, and why, in sentences.

No measure alone says how many topics a corpus has. Coherence favours many narrow topics,
exclusivity few distant ones, the fit to other texts rises as long as there is anything left to
learn, and none of them sees that a topic hangs on two documents. So:

1. Stability decides first (Greene, O'Callaghan & Cunningham 2014): a number is a candidate if at
   least 80 % of its topics come back from other draws of the documents more than topics of
   shuffled words do. Without candidate, or with fewer than 20 documents, nothing is recommended.
2. Of the candidates stay those whose prediction of other texts (Wallach, Murray, Salakhutdinov &
   Mimno 2009) is within one standard error of the best (Breiman, Friedman, Olshen & Stone 1984):
   the others miss something that is there.
3. Between these decides the mean of the ranks in coherence (NPMI), exclusivity, which Roberts et al.
   (2014) read side by side, and stability; between equals, the smaller number.

C_V (Röder, Both & Hinneburg 2015) is shown and does not vote: it would count coherence twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

FEWEST_DOCUMENTS = 20
MOSTLY = 0.8
_PERCENT = "80\u202f%"
_SURE = 2.0
_VOTES = ("npmi", "exclusivity", "stability")
_DIGITS = 9


def recommend(table: pd.DataFrame, *, n_documents: int) -> tuple[int | None, tuple[str, ...]]:
    """Choose a number of topics, or none.

    Parameters
    ----------
    table : DataFrame
        As in `KChoice`, indexed by the number of topics in rising order.
    n_documents : int
        Documents with words.

    Returns
    -------
    recommended : int or None
        None if the texts do not allow to conclude.
    reasons : tuple of str
        French sentences.

    Examples
    --------
    >>> import pandas as pd
    >>> recommend(pd.DataFrame(), n_documents=7)[1]
    ('Trop peu de textes pour conclure : 7 documents ont des mots, il en faut au moins 20.',)
    """
    if n_documents < FEWEST_DOCUMENTS:
        have = f"{n_documents} document{'s ont' if n_documents > 1 else ' a'} des mots"
        return None, (f"Trop peu de textes pour conclure : {have}, il en faut au moins {FEWEST_DOCUMENTS}.",)
    stable = table[table["n_stable"] >= MOSTLY * table.index.to_numpy()]
    if stable.empty:
        return None, (_why_none(table),)
    best = stable["gain"].idxmax()
    within = stable["gain"] >= stable.loc[best, "gain"] - stable.loc[best, "gain_se"]
    left = stable[within | (stable.index == best)]
    ranks = mean_ranks(left)
    chosen = int(ranks.index[0])
    reasons = [
        _why_stable(table.loc[chosen], chosen),
        *_why_not_others(table, stable=stable, left=left, best=int(best)),
        *_why_first(ranks),
        _what_it_predicts(table.loc[chosen]),
    ]
    return chosen, tuple(reasons)


def mean_ranks(table: pd.DataFrame) -> pd.Series[float]:
    """Return the mean rank of each number of topics in coherence, exclusivity and stability, the best first."""
    ranks = table[list(_VOTES)].round(_DIGITS).rank(ascending=False, na_option="bottom").mean(axis=1)
    return ranks.round(_DIGITS).sort_index().sort_values(kind="stable")


def _why_none(table: pd.DataFrame) -> str:
    if table.empty:
        return "Trop peu de textes pour conclure : aucun nombre de thèmes n'a pu être essayé."
    if not table["n_stable"].any():
        return (
            "Trop peu de textes pour conclure, ou des textes sans thèmes : quel que soit leur nombre, aucun thème ne se"
            " retrouve dans d'autres tirages des documents plus que si les mots étaient mélangés au hasard."
        )
    share = table["n_stable"] / table.index.to_numpy()
    nearest = int(share.idxmax())
    return (
        f"Trop peu de textes pour conclure : quel que soit leur nombre, moins de {_PERCENT} des thèmes se retrouvent"
        " dans d'autres tirages des documents plus que si les mots étaient mélangés au hasard ; le plus près en est"
        f" {nearest} ({table.loc[nearest, 'n_stable']:.0f} sur {nearest})."
    )


def _why_stable(row: pd.Series[float], chosen: int) -> str:
    return (
        f"{chosen} thèmes : {row['n_stable']:.0f} sur {chosen} se retrouvent dans d'autres tirages des documents plus"
        f" que le hasard ne l'explique (stabilité moyenne {decimal(row['stability'])}, contre au plus"
        f" {decimal(row['chance'])} quand les mots sont mélangés)."
    )


def _why_not_others(table: pd.DataFrame, *, stable: pd.DataFrame, left: pd.DataFrame, best: int) -> list[str]:
    reasons = []
    shaky = table.index.difference(stable.index)
    if len(shaky):
        reasons.append(f"Écarté faute de stabilité : {spans(shaky)} (moins de {_PERCENT} de thèmes stables).")
    behind = stable.index.difference(left.index)
    if len(behind):
        why = f"à plus d'une erreur type du meilleur, {best}"
        reasons.append(f"Écarté parce que d'autres textes en sont moins bien prédits : {spans(behind)} ({why}).")
    return reasons


def _why_first(ranks: pd.Series[float]) -> list[str]:
    if len(ranks) == 1:
        return []
    first, second = (int(number) for number in ranks.index[:2])
    best, next_best = (decimal(rank, 1) for rank in ranks.iloc[:2])
    numbers = spans(sorted(ranks.index))
    if ranks.iloc[0] == ranks.iloc[1]:
        said = f"{first} et {second} ont le même rang moyen de cohérence, d'exclusivité et de stabilité ({best})"
        return [f"Entre {numbers}, {said} : le plus petit nombre l'emporte."]
    said = f"{first} a le meilleur rang moyen de cohérence, d'exclusivité et de stabilité ({best})"
    return [f"Entre {numbers}, {said} ; vient ensuite {second} ({next_best})."]


def _what_it_predicts(row: pd.Series[float]) -> str:
    gain = f"{decimal(row['gain'])} ± {decimal(row['gain_se'])} par mot"
    if row["gain"] > _SURE * row["gain_se"]:
        return f"Ces thèmes aident à prédire les mots de textes mis de côté (gain de log-vraisemblance : {gain})."
    return (
        "Ces thèmes n'aident pas à prédire les mots de textes mis de côté mieux que la fréquence des mots seule (gain"
        f" de log-vraisemblance : {gain}) : ils décrivent ces textes, ne les généralisez pas."
    )


def spans(numbers: Sequence[int]) -> str:
    """Return rising numbers as French writes them, runs of three or more from first to last.

    Examples
    --------
    >>> spans([2, 4, 5, 6, 9])
    '2, 4 à 6 et 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(int(number))
        else:
            runs.append([int(number)])
    said = []
    for run in runs:
        said += [f"{run[0]} à {run[-1]}"] if len(run) > 2 else [str(number) for number in run]  # noqa: PLR2004
    return " et ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)


def decimal(value: float, digits: int = 2) -> str:
    """Return a number with a decimal comma.

    Examples
    --------
    >>> decimal(-0.126)
    '−0,13'
    """
    written = f"{value:.{digits}f}".replace(".", ",")
    return "−" + written[1:] if written.startswith("-") and written.strip("-0,") else written.removeprefix("-")
