"""Which choice moves a result most: its share of the variance over universes.

The indices of first and of total order of global sensitivity analysis (Saltelli et al. 2008, ch. 4), on a
full grid of options: Var(E[Y | X]) / Var(Y), and E[Var(Y | all choices but X)] / Var(Y).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def variance_shares(options: pd.DataFrame, values: NDArray[np.floating]) -> pd.DataFrame:
    """Return, for each choice, the share of the variance of `values` that goes with it.

    Parameters
    ----------
    options : DataFrame, shape (n_universes, n_choices)
        The option of each choice in each universe; every combination once.
    values : array, shape (n_universes,)
        The result in each universe.

    Returns
    -------
    DataFrame
        Indexed by choice, those with several options: ``alone`` (first order) and ``total`` (its interactions
        with other choices included), in %. Zero where nothing varies.

    Examples
    --------
    >>> grid = pd.DataFrame({"coder": ["a", "a", "b", "b"], "unit": ["x", "y", "x", "y"]})
    >>> variance_shares(grid, np.array([1.0, 2.0, 4.0, 5.0])).round(1).to_dict("index")
    {'coder': {'alone': 90.0, 'total': 90.0}, 'unit': {'alone': 10.0, 'total': 10.0}}
    """
    names = [str(name) for name in options.columns if len(set(options[name])) > 1]
    series = pd.Series(np.asarray(values, dtype=float), index=options.index)
    whole = float(series.var(ddof=0))
    rows = {}
    for name in names:
        others = [other for other in names if other != name]
        alone = _between(series, [options[name]])
        rest = _between(series, [options[other] for other in others]) if others else 0.0
        rows[name] = {"alone": _share(alone, whole), "total": _share(whole - rest, whole)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["alone", "total"]).rename_axis("choice")


def _between(values: pd.Series, by: Sequence[pd.Series]) -> float:
    """Return the variance of the means of groups, each universe counting once."""
    return float(values.groupby(list(by)).transform("mean").var(ddof=0))


def _share(part: float, whole: float) -> float:
    return 100 * max(part, 0.0) / whole if whole > 0 else 0.0
