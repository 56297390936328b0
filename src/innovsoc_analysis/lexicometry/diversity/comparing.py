"""Richness of vocabulary by part: how many different words, and which of the measures can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.checks import is_whole
from innovsoc_analysis.lexicometry.diversity.measures import (
    expected_types,
    mtld_factors,
    spectrum,
    window_types,
    yule_k,
)
from innovsoc_analysis.lexicometry.naming import part_label
from innovsoc_analysis.lexicometry.tables import lexical_table, tokens_within
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.pages.typography import grouped
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.study.corpus import Corpus

    Numbers = NDArray[np.int64]

COMPARABLE = ("standard_ttr", "mattr", "yule_k", "mtld")
FRENCH = {
    "part": "partie",
    "n_documents": "textes",
    "tokens": "mots",
    "types": "formes distinctes",
    "hapax": "hapax",
    "ttr": "formes / mots",
    "standard_ttr": "formes / mots à taille commune",
    "mattr": "MATTR",
    "yule_k": "K de Yule",
    "mtld": "MTLD",
}
_COUNTS = ("part", "n_documents", "tokens", "types", "hapax", "ttr")
_LEVEL = 0.95
_HIGHEST = (1.0, 1.0, float("inf"), float("inf"))  # of each of COMPARABLE: two are ratios


@dataclass(frozen=True, repr=False)
class Richness:
    """How rich the vocabulary of each part is.

    Attributes
    ----------
    table : DataFrame
        One row per part, see `richness`: counts, measures, and for the four that can be compared the
        bounds of their intervals, ``standard_ttr_low``, ``standard_ttr_high`` and so on.
    by : str
        What the parts are.
    word : str
        What is counted, ``form`` or ``lemma``.
    size : int
        The common size, in words, of ``standard_ttr``.
    window : int
        Words of a window of ``mattr``.
    counts : mapping of str to DataFrame
        Words of each part, the most frequent first: ``word, count``.
    labels : mapping of str to str
        Code → its label, where parts are codes of a codebook.
    """

    table: pd.DataFrame
    by: str
    word: str
    size: int
    window: int
    counts: Mapping[str, pd.DataFrame] = field(repr=False)
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def remark(self) -> str:
        """Which measures can be compared, in French."""
        without = self.table.loc[self.table["standard_ttr_low"].isna(), "part"].tolist()
        some = ", ".join(f"« {self._named(part)} »" for part in without[:3]) + ("…" if len(without) > 3 else "")  # noqa: PLR2004
        alone = f" Sans intervalle, faute d'assez de textes : {some}." if without else ""
        return (
            "Mots, formes distinctes, hapax et formes / mots dépendent de la longueur : ne les comparez pas d'une"
            f" partie à l'autre. Les autres se comparent : formes / mots à {grouped(self.size)} mots, MATTR sur"
            f" {self.window} mots, K de Yule (haut : vocabulaire répété), MTLD.{alone}"
        )

    def plot(self, kind: str = "growth", *, ax: Axes | None = None) -> Axes:
        """Draw the vocabulary of the parts, the largest seven if there are more.

        Parameters
        ----------
        kind : {"growth", "zipf", "spectrum"}
            How many distinct words a sample of each part holds, by its size; the frequency of each word
            by its rank (Zipf 1935); or how many words occur once, twice, three times…
        ax : Axes, optional
            Where to draw; by default new axes.

        Raises
        ------
        UsageError
            If the kind is unknown.
        """
        from innovsoc_analysis.lexicometry.diversity.curves import vocabulary_curves

        counts = {self._named(part): one["count"].to_numpy() for part, one in self.counts.items()}
        return vocabulary_curves(counts, kind, word=self.word, size=self.size, ax=ax)

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.csv`` or ``.xlsx``, as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        save_sheets({"Richesse": self._readable.rename(columns=_in_french)}, path, main="Richesse", locale=locale)

    @property
    def _readable(self) -> pd.DataFrame:
        return self.table.assign(part=self.table["part"].map(self._named))

    def _named(self, part: str) -> str:
        return part_label(part, self.by, self.labels)

    def __repr__(self) -> str:
        """Return counts only: the words may be confidential."""
        return f"<Richesse : {len(self.table)} parties ({self.by}), comparées à {self.size} mots>"

    def _repr_html_(self) -> str:
        shown = self._readable[[*_COUNTS, *COMPARABLE]].rename(columns=_in_french)
        html = shown.to_html(index=False, float_format=lambda value: f"{value:.3g}".replace(".", ","))
        return f"<p>{escape(self.remark)}</p>{html}"


def richness(
    corpus: Corpus,
    by: str | pd.DataFrame = "genre",
    *,
    word: str = "form",
    size: int | None = None,
    window: int = 100,
    codings: Coded | pd.DataFrame | None = None,
) -> Richness:
    """Return how rich the vocabulary of each part is.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    by : str or DataFrame
        What the parts are, see `spans_by`.
    word : {"form", "lemma"}
        What is counted.
    size : int, optional
        The common size in words. By default the largest that each part still has without its longest
        document, or half of its words if that is more; a part of one document, all of its words.
    window : int
        Words of a window of MATTR; a document that is shorter has none.
    codings : Codings or DataFrame, optional
        For ``by="code"``.

    Returns
    -------
    Richness
        Its table has the columns ``part, n_documents, tokens`` (N), ``types`` (V), ``hapax`` (words that occur
        once) and ``ttr`` (V / N), which depend on the length of the part and are not to be compared; and
        four that are:

        - ``standard_ttr``: E[V(n)] / n at the common size n, exactly (Hurlbert 1971; Baayen 2001), see
          `expected_types`; missing if the part is shorter;
        - ``mattr``: the mean ratio of the windows of its documents (Covington & McFall 2010);
        - ``yule_k``: see `yule_k` (Yule 1944);
        - ``mtld``: words per factor, see `mtld_factors` (McCarthy & Jarvis 2010), documents being read one
          by one, so that no factor leads from one to the next.

        The bounds ``…_low`` and ``…_high`` are of 95 %, over documents: each is left out in turn (the
        jackknife, Efron & Tibshirani 1993, chapter 11) and Student's law has as many degrees of
        freedom as there are documents, less one; a ratio is at most 1. They are missing for a part of one
        document, or of which one is so long that the rest is smaller than the common size.

    Raises
    ------
    UsageError
        If a choice is unknown, or there is neither part nor word.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits, un puits.", "b": "Un four chaud."})
    >>> richness(corpus, "title").table[["part", "tokens", "types", "hapax", "standard_ttr"]].round(3).values.tolist()
    [['a', 4, 2, 0, 0.667], ['b', 3, 3, 3, 1.0]]
    """
    import pandas as pd

    if not all(is_whole(one) and one > 0 for one in (window, 1 if size is None else size)):
        raise UsageError("La taille commune et la fenêtre sont des nombres de mots d'au moins 1.")
    whole = lexical_table(corpus, by, word=word, codings=codings)
    codes = pd.Index(whole.words).get_indexer(whole.tokens["word"])
    parts = {
        part: _documents(codes, whole.tokens, tokens_within(whole.tokens, whole.spans[whole.spans["part"] == part]))
        for part in whole.parts
    }
    parts = {part: texts for part, texts in parts.items() if texts}
    if not parts:
        raise UsageError("Aucune des parties ne contient de mot.")
    common = size or min(_available(texts) for texts in parts.values())
    rows = [{"part": part, **_measured(texts, common, window)} for part, texts in parts.items()]
    bounds = [f"{name}_{side}" for name in COMPARABLE for side in ("low", "high")]
    table = pd.DataFrame(rows, columns=[*_COUNTS, *COMPARABLE, *bounds])
    counts = {part: _ranked(texts, whole.words) for part, texts in parts.items()}
    return Richness(table, whole.by, word, common, window, counts, whole.labels)


def _documents(codes: Numbers, tokens: pd.DataFrame, places: Numbers) -> list[Numbers]:
    """Return the words of a part as numbers, document by document."""
    import numpy as np
    import pandas as pd

    owner, _ = pd.factorize(tokens["doc_id"].iloc[places])
    return [codes[one] for one in np.split(places, np.flatnonzero(np.diff(owner)) + 1) if len(one)]


def _available(texts: list[Numbers]) -> int:
    lengths = [len(one) for one in texts]
    whole = sum(lengths)
    return whole if len(texts) == 1 else max(whole - max(lengths), -(-whole // 2))


def _measured(texts: list[Numbers], size: int, window: int) -> dict[str, Any]:
    """Return the measures of a part and their bounds."""
    import numpy as np

    total = np.bincount(np.concatenate(texts))
    frequencies = spectrum(total)
    n_words = int(total.sum())
    # what is added up over documents: words, windows' types, windows, factors forwards and backwards
    sums = np.array(
        [
            (len(one), *window_types(one, window), mtld_factors(one.tolist()), mtld_factors(one[::-1].tolist()))
            for one in texts
        ]
    )
    measured = _four(frequencies, sums.sum(axis=0), size=size, window=window)
    rest = []
    for own, text in zip(sums, texts, strict=True) if len(texts) > 1 else ():
        words, times = np.unique(text, return_counts=True)
        left = frequencies.copy()
        np.subtract.at(left, total[words], 1)
        np.add.at(left, total[words] - times, 1)
        left[0] = 0
        rest.append(_four(left, sums.sum(axis=0) - own, size=size, window=window))
    low, high = _jackknife(measured, np.array(rest))
    high = np.minimum(high, _HIGHEST)
    found: dict[str, Any] = {
        "n_documents": len(texts),
        "tokens": n_words,
        "types": int(frequencies.sum()),
        "hapax": int(frequencies[1]),
        "ttr": frequencies.sum() / n_words,
    }
    for place, name in enumerate(COMPARABLE):
        found |= {name: measured[place], f"{name}_low": low[place], f"{name}_high": high[place]}
    return found


def _four(frequencies: Numbers, sums: NDArray[np.float64], *, size: int, window: int) -> NDArray[np.float64]:
    """Return the four measures that can be compared, missing where they are not known."""
    import numpy as np

    n_words, n_types, n_windows, forwards, backwards = sums.tolist()
    standard = float(expected_types(frequencies, [size])[0]) / size if size <= n_words else np.nan
    mattr = n_types / n_windows / window if n_windows else np.nan
    mtld = (n_words / forwards + n_words / backwards) / 2 if min(forwards, backwards) > 0 else np.nan
    return np.array([standard, mattr, yule_k(frequencies), mtld])


def _jackknife(measured: NDArray[np.float64], rest: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    import numpy as np
    from scipy.stats import t

    n = len(rest)
    if n < 2:  # noqa: PLR2004
        unknown = np.full(measured.shape, np.nan)
        return unknown, unknown
    error = np.sqrt((n - 1) / n * ((rest - rest.mean(axis=0)) ** 2).sum(axis=0))
    margin = t.ppf((1 + _LEVEL) / 2, n - 1) * error
    return np.maximum(measured - margin, 0), measured + margin


def _ranked(texts: list[Numbers], words: Iterable[str]) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    found, times = np.unique(np.concatenate(texts), return_counts=True)
    table = pd.DataFrame({"word": np.asarray(words, dtype=object)[found], "count": times}).astype({"word": "str"})
    return table.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def _in_french(name: str) -> str:
    measure, _, side = name.rpartition("_")
    if side in {"low", "high"}:
        return f"{FRENCH[measure]}, borne {'basse' if side == 'low' else 'haute'}"
    return FRENCH[name]
