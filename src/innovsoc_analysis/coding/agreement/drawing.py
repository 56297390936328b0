"""Draw an agreement: a dot and an interval per code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.coding.agreement.result import decimal
from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.figures.interval_rows import interval_rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

THRESHOLDS = (0.667, 0.8)
"""From which on Krippendorff (2004) draws tentative, and firm, conclusions."""
_LOWEST = 3


def draw_agreement(rows: pd.DataFrame, *, basis: str, confidence: float, ax: Axes | None) -> Axes:
    """Draw Krippendorff's alpha of each code, and of all together; `Agreement.plot` tells how.

    Parameters
    ----------
    rows : DataFrame
        Columns ``item, group, value, low, high`` and ``level``; those of level ``overall`` are of all codes.
    basis : str
        What was coded by whom, in French.
    confidence : float
        Of the intervals.
    ax : Axes or None
        Where to draw.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"item": "Ensemble", "group": "", "value": 0.7, "low": 0.5, "high": 0.9, "level": "overall"}
    >>> axes = draw_agreement(pd.DataFrame([row]), basis="9 segments, 2 codeurs", confidence=0.95, ax=None)
    >>> axes.figure.get_suptitle()
    "Les codeurs s'accordent avec un alpha de 0,700"
    """
    overall = rows.loc[rows["level"] == "overall", "value"].dropna()
    said = f"avec un alpha de {decimal(overall.iloc[0])}" if len(overall) == 1 else "plus ou moins selon le code"
    title = f"Les codeurs s'accordent {said}" if len(overall) else "L'accord des codeurs n'est pas défini"
    level = f"{100 * confidence:g}".replace(".", ",")
    caption = (
        f"{basis}. Alpha de Krippendorff, intervalle à {level}\u202f%, documents tirés de nouveau. Tirets : seuils de"
        " 0,667 et de 0,8 (Krippendorff 2004). Source : les codages comparés."
    )
    axes = interval_rows(rows, title=title, caption=caption, references=THRESHOLDS, ax=ax)
    if ax is None:
        codes = rows[(rows["level"] == "code") & rows["value"].notna()].sort_values("value", kind="stable")
        lowest = ", ".join(f"{row['item']} ({decimal(row['value'])})" for row in codes.head(_LOWEST).to_dict("records"))
        describe(axes, f"{title} ; {basis}." + (f" Les plus bas : {lowest}." if lowest else ""))
    return axes
