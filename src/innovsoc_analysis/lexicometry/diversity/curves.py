"""The vocabulary of parts drawn as curves: its growth, the frequency of words by rank, the frequency spectrum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.diversity.measures import expected_types, spectrum
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.pages.typography import grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_MOST_CURVES = 7
_POINTS = 60
_CLASSES = 15
_NAMES = {"form": ("formes", "formes distinctes"), "lemma": ("lemmes", "lemmes distincts")}


def vocabulary_curves(
    counts: Mapping[str, Numbers], kind: str, *, word: str, size: int, ax: Axes | None = None
) -> Axes:
    """Draw the vocabulary of parts, the largest seven if there are more.

    Parameters
    ----------
    counts : mapping of str to array of int
        Part → occurrences of each of its words, the most frequent first.
    kind : {"growth", "zipf", "spectrum"}
        See `Richness.plot`.
    word : {"form", "lemma"}
        What is counted.
    size : int
        The common size in words, marked on the growth.
    ax : Axes, optional
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        One curve per part.

    Raises
    ------
    UsageError
        If the kind is unknown.

    Examples
    --------
    >>> import numpy as np
    >>> axes = vocabulary_curves({"projets": np.array([2, 1])}, "growth", word="form", size=2)
    >>> axes.lines[0].get_ydata().round(3).tolist()
    [0.0, 1.0, 1.667, 2.0]
    """
    from innovsoc_analysis.figures.curves import Words, curves

    if kind not in _LINES:
        raise UsageError(f"Figure inconnue : « {kind} » ; choisissez growth, zipf ou spectrum.")
    largest = set(sorted(counts, key=lambda part: -int(counts[part].sum()))[:_MOST_CURVES])
    lines = {part: _LINES[kind](one) for part, one in counts.items() if part in largest}
    left_out = len(counts) - len(lines)
    more = f"\nPartie(s) plus courte(s), non dessinée(s) : {left_out}." if left_out else ""
    several, distinct = _NAMES[word]
    growing = kind == "growth"
    words = {
        "growth": Words(
            "Croissance du vocabulaire",
            "Combien de mots distincts tient en moyenne un échantillon tiré au hasard de chaque partie (calcul exact)."
            f" Comparez les courbes à la même longueur, comme au trait vertical ({grouped(size)} mots) ; leurs bouts"
            " ne se comparent pas.",
            "mots de l'échantillon",
            distinct,
        ),
        "zipf": Words(
            "Fréquence des mots selon leur rang",
            "Le mot le plus fréquent est à gauche ; axes logarithmiques. La hauteur d'une courbe dépend de la longueur"
            " de la partie : comparez leurs pentes.",
            "rang",
            "occurrences",
        ),
        "spectrum": Words(
            f"Combien de {several} reviennent une fois, deux fois, trois fois…",
            "À gauche, les hapax, qui ne viennent qu'une fois ; à droite, ce qui revient quinze fois ; axes"
            " logarithmiques. La hauteur d'une courbe dépend de la longueur de la partie.",
            "occurrences",
            f"nombre de {several}",
        ),
    }[kind]
    words = Words(words.title, words.caption + more, words.xlabel, words.ylabel)
    return curves(lines, words, logarithmic=not growing, marked=size if growing else None, rising=growing, ax=ax)


def _growth(counts: Numbers) -> pd.Series[float]:
    import numpy as np
    import pandas as pd

    sizes = np.unique(np.linspace(0, counts.sum(), _POINTS).round().astype(int))
    return pd.Series(expected_types(spectrum(counts), sizes), index=sizes)


def _zipf(counts: Numbers) -> pd.Series[float]:
    import numpy as np
    import pandas as pd

    ranks = np.unique(np.geomspace(1, len(counts), _POINTS).round().astype(int))
    return pd.Series(counts[ranks - 1].astype(float), index=ranks)


def _classes(counts: Numbers) -> pd.Series[float]:
    import numpy as np
    import pandas as pd

    frequencies = spectrum(counts)
    times = np.flatnonzero(frequencies[: _CLASSES + 1])
    return pd.Series(frequencies[times].astype(float), index=times)


_LINES = {"growth": _growth, "zipf": _zipf, "spectrum": _classes}
