"""Chronology: how often words are said, or codes given, from one year or month to the next."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.counting.dates import read_dates
from innovsoc_analysis.counting.resampling import FEWEST_DOCUMENTS, resampled_ratio
from innovsoc_analysis.counting.units import unit_rows
from innovsoc_analysis.lexicometry.naming import labels_of
from innovsoc_analysis.lexicometry.occurrences import occurrences
from innovsoc_analysis.lexicometry.tables import words_of
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.pages.typography import grouped
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.study.corpus import Corpus

    Series = Mapping[str, pd.DataFrame]

PERIODS = {"year": "année", "month": "mois"}
PER_WORDS = 10_000
FEWEST_WORDS = 1_000
FEWEST_SENTENCES = 50
FRENCH = {
    "series": "mot ou code",
    "period": "période",
    "value": "fréquence",
    "low": "borne basse",
    "high": "borne haute",
    "count": "effectif",
    "size": "taille",
    "n_documents": "textes",
    "few": "peu de texte",
}
_CAPTION_CHARACTERS = (70, 74, 110, 110)  # under one panel, two, three, more
_NEVER = 3.6888794541139363  # -log(0.025)
_ABOVE = 1.08
_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_FEW_MONTHS = 36
_MOST_TICKS = 5
_LONGEST_SPAN = 2_400  # periods between the first and the last that are drawn with their gaps


@dataclass(frozen=True, repr=False)
class Chronology:
    """Frequencies over time.

    Attributes
    ----------
    table : DataFrame
        One row per series and period: ``series, period`` (``2024`` or ``2024-03``), ``value, low, high``,
        ``count, size, n_documents, few``; `chronology` tells what they are.
    period : str
        ``year`` or ``month``.
    coded : bool
        Whether the series are codes: then values are percentages of sentences, otherwise occurrences
        per 10,000 words.
    places : DataFrame
        What was counted: ``series, period, quote, title, source, doc_id, start, end``, in the order of the
        series and of the corpus; what leads from a number back to the texts.
    remark : str
        What is undated, in French; empty if nothing is.
    labels : dict of str to str
        Code → its label, where series are codes of a codebook.
    """

    table: pd.DataFrame
    period: str
    coded: bool
    places: pd.DataFrame
    remark: str
    labels: dict[str, str] = field(default_factory=dict)

    def plot(self) -> NDArray[Any]:
        """Draw one panel per series: a dot per period, hollow where there is little text, and its interval."""
        from innovsoc_analysis.figures.timeline import time_panels

        panels = {
            self.labels.get(str(series), str(series)): _drawn(panel, self.period)
            for series, panel in self.table.rename(columns={"value": "share"}).groupby("series", sort=False)
        }
        what, named = ("Part des phrases codées", "phrases") if self.coded else ("Occurrences pour 10 000 mots", "mots")
        fewest = FEWEST_SENTENCES if self.coded else FEWEST_WORDS
        caption = (
            "Trait vertical : intervalle à 95 %, si l'on tirait d'autres textes de la période ; coupé, il va plus haut."
            f" Point vide : moins de {FEWEST_DOCUMENTS} textes ou de {grouped(fewest)} {named} ; n'en concluez rien."
            " Les textes d'une période ne sont pas ceux d'une autre : un écart peut venir de leur genre."
        )
        width = _CAPTION_CHARACTERS[min(len(panels), len(_CAPTION_CHARACTERS)) - 1]
        lines = [line for one in (caption, self.remark) for line in textwrap.wrap(one, width)]
        title = f"{what}, par {PERIODS[self.period]}"
        grid = time_panels(panels, title=title, caption="\n".join(lines))
        kept = self.table[~self.table["few"]]
        highest = max(self.table["value"].max(), kept["high"].max() if kept["high"].notna().any() else 0)
        grid[0, 0].set_ylim(0, _ABOVE * highest or 1)
        if not self.coded:
            grid[0, 0].yaxis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ","))
        if self.period == "month":
            _month_ticks(grid[0, 0], [time for panel in panels.values() for time in panel["time"]])
        return grid

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.csv`` or ``.xlsx``, as the suffix of `path` says; a workbook also holds the places.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        named = {"series": "mot ou code", "period": "période", "quote": "passage", "title": "titre"}
        sheets = {"Chronologie": self.table.rename(columns=FRENCH), "Passages": self.places.rename(columns=named)}
        save_sheets(sheets, path, main="Chronologie", locale=locale)

    def __repr__(self) -> str:
        """Return counts only: the words may be confidential."""
        return f"<Chronologie : {self.table['series'].nunique()} séries, {self.table['period'].nunique()} périodes>"

    def _repr_html_(self) -> str:
        from html import escape

        wide = self.table.pivot_table(index="period", columns="series", values="value", sort=False)
        unit = "% des phrases" if self.coded else "pour 10 000 mots"
        html = wide.sort_index().to_html(float_format=lambda value: f"{value:.1f}".replace(".", ","))
        return f"<p>Par {PERIODS[self.period]}, {unit}. {escape(self.remark)}</p>{html}"


def chronology(
    corpus: Corpus,
    words: str | Sequence[str] | Mapping[str, Sequence[str]] | None = None,
    *,
    attribute: str = "date",
    period: str = "year",
    codings: Coded | pd.DataFrame | None = None,
    seed: int = 0,
) -> Chronology:
    """Return how often words occur, or codes are given, in each period.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    words : str, sequence of str or mapping, optional
        Words or expressions, each as in `concordance`, a series each; a mapping gives a series per
        key, of several words together. With `codings`, codes; by default all of them.
    attribute : str
        Which attribute of documents holds their date, written as `read_dates` reads it.
    period : {"year", "month"}
        A date that gives no month is undated by month.
    codings : Codings or DataFrame, optional
        A row per coding, columns ``doc_id, start, end, code``: series are then codes.
    seed : int
        Of the draws that the intervals are made of.

    Returns
    -------
    Chronology
        Periods in order, only those of which there is text. ``value`` is Σ ``count`` / Σ ``size`` over the
        documents of the period: occurrences per 10,000 words, or the percentage of the sentences in
        which a passage with the code lies, if only in part. ``low`` and ``high`` bound its 95 % interval,
        see `resampled_ratio`: whole documents are drawn again (Davison & Hinkley 1997); a period of one
        document has none. Where nothing was found no draw would find anything: ``high`` is then the
        exact bound of Poisson's law (Garwood 1936), -log(0.025) / Σ ``size``, which supposes that
        occurrences come one by one. ``few`` marks periods of fewer than 5 documents, or of fewer than
        1,000 words or 50 sentences.

    Raises
    ------
    UsageError
        If a choice is unknown, no date can be read, or there is neither word nor code.
    UnknownNameError
        If no document has the attribute, or no coding the code.

    Examples
    --------
    >>> import pandas as pd
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"mars 2021": "Un jardin.", "2022": "Un puits. Un jardin."})
    >>> chronology(corpus, "jardin", attribute="title").table[["period", "value", "count"]].values.tolist()
    [['2021', 5000.0, 1], ['2022', 2500.0, 1]]
    """
    import pandas as pd

    if period not in PERIODS:
        raise UsageError(f"Période inconnue : « {period} » ; choisissez year (année) ou month (mois).")
    periods, remark = _periods(corpus.attribute(attribute), period)
    if codings is None:
        series = _said(corpus, words)
        # forms: they are only counted, and lemmas take longer
        sizes = words_of(corpus, word="form")["doc_id"].value_counts()
        counts = {name: found["doc_id"].value_counts() for name, found in series.items()}
    else:
        series = _coded(getattr(codings, "table", codings), words)
        sizes = corpus.sentences["doc_id"].value_counts()
        counts = {name: _sentences(corpus.sentences, found) for name, found in series.items()}
    dated = periods[periods.index.isin(sizes.index)]
    if dated.empty:
        raise UsageError("Aucun texte daté ne contient de mot : il n'y a rien à compter.")
    matrix = pd.DataFrame({name: count.reindex(dated.index).fillna(0) for name, count in counts.items()})
    table = _table(matrix, sizes.reindex(dated.index), dated, seed=seed)
    coded = codings is not None
    table[["value", "low", "high"]] *= 100 if coded else PER_WORDS
    table["high"] = table["high"].clip(upper=100 if coded else PER_WORDS)
    fewest = FEWEST_SENTENCES if coded else FEWEST_WORDS
    table["few"] = (table["n_documents"] < FEWEST_DOCUMENTS) | (table["size"] < fewest)
    return Chronology(table, period, coded, _places(corpus, series, dated, coded=coded), remark, labels_of(codings))


def _periods(written: pd.Series, period: str) -> tuple[pd.Series[str], str]:
    """Return the period of each document that has one, and what is to be said of the others."""
    read = read_dates(written)
    periods = read["year"].astype("string")
    if period == "month":
        periods = periods + "-" + read["month"].astype("string").str.zfill(2)
    dated = periods.notna().to_numpy(dtype=bool)
    if not dated.any():
        wanted = "15 mars 2024 ou 2024-03" if period == "month" else "2024, 2024-03-15 ou 15 mars 2024"
        raise UsageError(f"Aucune date lisible : donnez à chaque document une date comme {wanted}.")
    unread = written[~dated]
    shown = ", ".join(f"« {one[:30]} »" for one in sorted({one for one in unread if one.strip()})[:3])
    several = len(unread) > 1
    said = (
        "documents sans date lisible ne sont pas comptés" if several else "document sans date lisible n'est pas compté"
    )
    remark = f"{len(unread)} {said}{' : ' + shown if shown else ''}." if len(unread) else ""
    return periods[dated].astype("str"), remark


def _said(corpus: Corpus, words: str | Sequence[str] | Mapping[str, Sequence[str]] | None) -> dict[str, pd.DataFrame]:
    """Return where each series of words is said."""
    if not words:
        raise UsageError("Indiquez les mots dont vous cherchez la chronologie, ou donnez des codages : codings=…")
    return {name: occurrences(corpus, queries) for name, queries in _named(words).items()}


def _coded(
    table: pd.DataFrame, codes: str | Sequence[str] | Mapping[str, Sequence[str]] | None
) -> dict[str, pd.DataFrame]:
    """Return where each series of codes is given."""
    known = sorted(table["code"].dropna().unique())
    if not known:
        raise UsageError("Aucun codage : il n'y a rien à compter.")
    named = _named(codes or known)
    series = {}
    for name, some in named.items():
        if unknown := [code for code in some if code not in known]:
            raise UnknownNameError(f"Aucun passage n'a le code « {unknown[0]} » ; il y a : {', '.join(known)}.")
        series[name] = table.loc[table["code"].isin(some), ["doc_id", "start", "end"]].drop_duplicates()
    return series


def _named(words: str | Sequence[str] | Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the words of each series."""
    if isinstance(words, Mapping):
        return {name: [some] if isinstance(some, str) else list(some) for name, some in words.items()}
    return {one: [one] for one in ([words] if isinstance(words, str) else words)}


def _sentences(sentences: pd.DataFrame, spans: pd.DataFrame) -> pd.Series[int]:
    """Return in how many sentences of each document one of `spans` lies, if only in part."""
    import numpy as np
    import pandas as pd

    numbers, names = pd.factorize(sentences["doc_id"])
    spans = spans[spans["doc_id"].isin(names)]
    width = 1 + max(int(sentences["end"].max()), int(spans["end"].max()) if len(spans) else 0)
    offsets = pd.Index(names).get_indexer(spans["doc_id"]) * width
    first = np.searchsorted(numbers * width + sentences["end"].to_numpy(), offsets + spans["start"].to_numpy(), "right")
    beyond = np.searchsorted(numbers * width + sentences["start"].to_numpy(), offsets + spans["end"].to_numpy())
    depth = np.zeros(len(sentences) + 1, dtype=np.int64)
    np.add.at(depth, first, 1)
    np.add.at(depth, np.maximum(beyond, first), -1)
    return sentences["doc_id"][depth.cumsum()[:-1] > 0].value_counts()


def _table(counts: pd.DataFrame, sizes: pd.Series[int], periods: pd.Series[str], *, seed: int) -> pd.DataFrame:
    """Return a row per series and period: ratio, its interval, and what it is made of."""
    import numpy as np
    import pandas as pd

    rows = []
    for period in sorted(periods.unique()):
        here = (periods == period).to_numpy()
        parts = counts[here].to_numpy(dtype=float)
        size = sizes[here].to_numpy(dtype=float)
        wholes = np.repeat(size[:, None], parts.shape[1], axis=1)
        ratio, low, high = resampled_ratio(parts, wholes, rng=np.random.default_rng(seed))
        # no draw finds what no document holds
        high = np.where((ratio == 0) & ~np.isnan(high), _NEVER / size.sum(), high)
        rows += [
            (name, period, *one, int(count), int(size.sum()), len(size))
            for name, *one, count in zip(counts.columns, ratio, low, high, parts.sum(axis=0), strict=True)
        ]
    table = pd.DataFrame(rows, columns=["series", "period", "value", "low", "high", "count", "size", "n_documents"])
    order = {name: place for place, name in enumerate(counts.columns)}
    return table.sort_values("series", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def _places(corpus: Corpus, series: Series, periods: pd.Series[str], *, coded: bool) -> pd.DataFrame:
    """Return what was counted, with the passage that is coded or the sentence around a word."""
    import pandas as pd

    documents = corpus.documents.set_index("doc_id")
    texts = documents["text"].to_dict()
    sentences = corpus.sentences
    found = pd.concat([spans.assign(series=name) for name, spans in series.items()], ignore_index=True)
    found = found[found["doc_id"].isin(periods.index)]
    around = found if coded else sentences.iloc[unit_rows(sentences, found)]
    spans = zip(around["doc_id"], around["start"], around["end"], strict=True)
    return found.assign(
        period=found["doc_id"].map(periods),
        quote=[texts[doc_id][start:end] for doc_id, start, end in spans],
        title=found["doc_id"].map(documents["title"]),
        source=found["doc_id"].map(documents["source"]),
    ).reset_index(drop=True)[["series", "period", "quote", "title", "source", "doc_id", "start", "end"]]


def _drawn(panel: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return a panel with a row without value for each period that has no text: the line stops there."""
    import pandas as pd

    per_year = 12 if period == "month" else 1
    numbers = [_number(one, period) for one in panel["period"]]
    drawn = panel.set_index(pd.Index(numbers))
    if numbers[-1] - numbers[0] < _LONGEST_SPAN:
        drawn = drawn.reindex(range(numbers[0], numbers[-1] + 1))
    few = drawn["few"].astype("boolean").fillna(value=False).astype(bool)
    return drawn.assign(time=[number / per_year for number in drawn.index], few=few).reset_index(drop=True)


def _number(period: str, kind: str) -> int:
    year, _, month = period.partition("-")
    return 12 * int(year) + int(month) - 1 if kind == "month" else int(year)


def _month_ticks(axes: Axes, times: Sequence[float]) -> None:
    first, last = round(12 * min(times)), round(12 * max(times))
    if last - first >= _FEW_MONTHS:
        return
    months = range(first, last + 1, max(1, -(-(last + 1 - first) // _MOST_TICKS)))
    axes.set_xticks([month / 12 for month in months], [f"{_MONTHS[month % 12]}\n{month // 12}" for month in months])
    axes.set_xlim((first - 0.6) / 12, (last + 0.6) / 12)
