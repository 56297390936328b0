"""Topics as a researcher reads them: words, exemplary verbatims, shares, a figure, files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from innovsoc_analysis.counting.units import counted_units
from innovsoc_analysis.counting.vocabulary import Counts
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.study.attributes import in_order
from innovsoc_analysis.topics.matching import first_words
from innovsoc_analysis.topics.models import MODELS, Run
from innovsoc_analysis.topics.stability import Stability, resampled_stability

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.study.corpus import Corpus
    from innovsoc_analysis.topics.effects import Effects
    from innovsoc_analysis.topics.models import Fitted
    from innovsoc_analysis.topics.noise import NoiseComparison
    from innovsoc_analysis.topics.reading.prevalence import Evolution, Prevalence
    from innovsoc_analysis.topics.reading.unseen import Unseen
    from innovsoc_analysis.topics.validation import Tasks

_LABEL_WORDS = 3
_Order: TypeAlias = Literal["weight", "relevance", "exclusivity"]
_ORDERS: tuple[_Order, ...] = ("weight", "relevance", "exclusivity")


@dataclass(frozen=True, repr=False)
class Topics:
    """Topics fitted to a corpus, numbered from 1, the most widespread first.

    Attributes
    ----------
    corpus : Corpus
        What they were fitted to.
    model : str
        A key of `MODELS`.
    seed : int
        Of the run.
    counts : Counts
        The vocabulary.
    fitted : Fitted
        Word weights and shares of the units.
    found : DataFrame, optional
        Where the terms counted as one word stand, see `find_terms`.
    asked : int
        How many topics the model was asked for.
    """

    corpus: Corpus
    model: str
    seed: int
    counts: Counts
    fitted: Fitted
    found: pd.DataFrame | None = None
    asked: int = 0

    @property
    def n_topics(self) -> int:
        """Number of topics."""
        return int(self.fitted.word_weights.shape[0])

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per topic: number, label, words, share of the corpus (%)."""
        return pd.DataFrame(
            {
                "topic": range(1, self.n_topics + 1),
                "label": list(self.labels.values()),
                "words": [", ".join(words) for words in self.top_words(12).values()],
                "share": 100 * self._counted.mean().to_numpy(),
            }
        )

    def measure_stability(
        self,
        *,
        n_resamples: int = 20,
        workers: int = 1,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Stability:
        """Fit the model again to draws of the documents, and keep the result as `stability`.

        Parameters
        ----------
        n_resamples : int
            Draws of four fifths of the documents.
        workers : int
            Threads; the result does not depend on their number.
        progress : callable, optional
            Called with (step, done, total).
        """
        measured = resampled_stability(
            self.counts.matrix,
            Run(self.model, self.asked or self.n_topics, self.seed),
            fitted=self.fitted,
            n_resamples=n_resamples,
            groups=self.counts.units["doc_id"].tolist(),
            workers=workers,
            progress=progress,
        )
        self.__dict__["stability"] = measured
        return measured

    @cached_property
    def stability(self) -> Stability:
        """How far the topics hang on the texts one happens to have; measured when first asked for."""
        return self.measure_stability()

    @property
    def stability_table(self) -> pd.DataFrame:
        """One row per topic: ``topic, label, stability, low, high, chance`` (0 to 1), ``stable``."""
        found = self.stability
        return self.table[["topic", "label"]].assign(
            stability=found.scores, low=found.low, high=found.high, chance=found.chance, stable=found.stable
        )

    def words(self, *, by: _Order = "weight", n: int = 12) -> pd.DataFrame:
        """Return the first words of each topic, by weight, relevance or exclusivity.

        Relevance (Sievert & Shirley 2014) and exclusivity (FREX, Airoldi & Bischof 2016) bring forward
        what is proper to a topic.

        Returns
        -------
        DataFrame
            One row per word, ``topic`` and ``word`` first.
        """
        from innovsoc_analysis.topics.reading import relevance

        weights, words = self.fitted.word_weights, self.counts.words
        if by == "relevance":
            frequencies = relevance.marginal(weights, self._counted.mean().to_numpy())
            return relevance.words_by_relevance(weights, words, frequencies, n=n)
        if by == "exclusivity":
            return relevance.words_by_frex(weights, words, n=n)
        rows = [(topic, word, weight) for topic, pairs in self._weighted(n).items() for word, weight in pairs]
        return pd.DataFrame(rows, columns=["topic", "word", "weight"])

    def word_lists(self, n: int = 9) -> pd.DataFrame:
        """Return the first words of each topic in three orders: ``topic, weight, relevance, exclusivity``, as texts."""
        lists = {by: self.words(by=by, n=n).groupby("topic")["word"].agg(", ".join) for by in _ORDERS}
        return pd.DataFrame(lists).reset_index()

    def label(self, topic: int) -> str:
        """Return the first words of topic `topic` (from 1)."""
        return ", ".join(self.top_words(_LABEL_WORDS)[topic])

    def top_words(self, n: int = 10) -> dict[int, list[str]]:
        """Return the `n` heaviest words of each topic."""
        return {topic: [word for word, _ in pairs] for topic, pairs in self._weighted(n).items()}

    def _weighted(self, n: int) -> dict[int, list[tuple[str, float]]]:
        weights, words = self.fitted.word_weights, self.counts.words
        return {
            topic: [(words[one], float(row[one])) for one in columns if row[one] > 0]
            for topic, (row, columns) in enumerate(zip(weights, first_words(weights, n), strict=True), start=1)
        }

    @property
    def shares(self) -> pd.DataFrame:
        """Share of each topic in each unit (0 to 1), indexed by ``unit_id``."""
        return self._frame(self.fitted.shares, pd.Index(self.counts.unit_ids, name="unit_id"))

    @cached_property
    def document_shares(self) -> pd.DataFrame:
        """Mean share of each topic in the units of each document, weighted by their words; indexed by ``doc_id``."""
        return self._frame(self.counts.by_document(self.fitted.shares), pd.Index(self.counts.doc_ids, name="doc_id"))

    def _frame(self, shares: NDArray[Any], index: pd.Index) -> pd.DataFrame:
        return pd.DataFrame(shares, index=index, columns=pd.RangeIndex(1, self.n_topics + 1, name="topic"))

    @property
    def _counted(self) -> pd.DataFrame:
        """Shares of the documents that hold at least one word of the vocabulary."""
        return self.document_shares[self.document_shares.sum(axis=1) > 0]

    @property
    def n_without_words(self) -> int:
        """How many documents hold no word of the vocabulary; they count in no mean."""
        return len(self.document_shares) - len(self._counted)

    @property
    def terms(self) -> pd.DataFrame:
        """Terms counted as one word, the most frequent first: ``term, n, n_docs``; empty if none were asked for."""
        if self.found is None:
            return pd.DataFrame({"term": [], "n": [], "n_docs": []})
        counted = self.found.groupby("term")["doc_id"].agg(n="size", n_docs="nunique").reset_index()
        return counted.sort_values(["n", "term"], ascending=[False, True], ignore_index=True)

    def by(self, attribute: str = "genre") -> pd.DataFrame:
        """Return the mean share (%) of each topic among the documents of each value of `attribute`.

        Raises
        ------
        KeyError
            If no document has the attribute.
        """
        groups = self.corpus.attribute(attribute)
        shares = 100 * self._counted.groupby(groups.reindex(self._counted.index)).mean().T
        return shares[in_order(shares.columns)]

    def prevalence(self, attribute: str = "genre") -> pd.DataFrame:
        """Return the mean share of each topic by the values of an attribute, with 95 % intervals.

        Parameters
        ----------
        attribute : str
            One of the corpus, or ``"speaker"``.

        Returns
        -------
        DataFrame
            ``topic, attribute, value, share, low, high, n_documents, few``; shares from 0 to 1.

        Raises
        ------
        KeyError
            If no document has the attribute.
        """
        from innovsoc_analysis.topics.shown import prevalence_of

        return prevalence_of(self, attribute)

    def evolution(self, attribute: str = "date", *, period: Literal["year", "month"] = "year") -> Evolution:
        """Return the mean share of each topic over time, by the dates that `attribute` holds."""
        from innovsoc_analysis.topics.reading.prevalence import evolution

        found = evolution(self.document_shares, self.corpus.attribute(attribute), period=period, seed=self.seed)
        return replace(found, labels=self.labels)

    def compare(self, attribute: str = "genre") -> Prevalence:
        """Return :meth:`prevalence` as a result, with its figure: ``table, plot(), alt, save(path)``."""
        from innovsoc_analysis.topics.shown import compared

        return compared(self, attribute)

    def effects(self, attributes: Sequence[str], *, categorical: Sequence[str] = ()) -> Effects:
        """Return how much prevalence differs by `attributes`, other attributes being equal.

        A fractional logit by topic; intervals hold the chance of the documents and that of the topics.
        See `innovsoc_analysis.topics.effects.prevalence_effects`.
        """
        from innovsoc_analysis.topics.shown import effects_of

        return effects_of(self, attributes, categorical=categorical)

    def cross(self, codings: pd.DataFrame, labels: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Cross the topics with codings of the same corpus: columns ``doc_id, start, end, code``.

        Returns
        -------
        crossed : DataFrame
            One row per topic and code, see `innovsoc_analysis.topics.reading.crossing.cross`.
        proposed : DataFrame
            A label for each topic: that of the code it is clearly about (`labels`), else its words.
        """
        from innovsoc_analysis.topics.shown import crossed_with

        return crossed_with(self, codings, labels)

    def uncoded(self, codings: pd.DataFrame) -> Unseen:
        """Return how much of each topic carries no code: what the codebook does not see."""
        from innovsoc_analysis.topics.shown import unseen_of

        return unseen_of(self, codings)

    def against_noise(self, *, n_resamples: int = 20, seed: int = 7) -> NoiseComparison:
        """Return the topics beside those of the same words, shuffled, see `innovsoc_analysis.topics.noise`."""
        from innovsoc_analysis.topics.noise import against_noise

        return against_noise(self, n_resamples=n_resamples, seed=seed)

    def tasks(self, *, per_topic: int = 1) -> Tasks:
        """Return tasks by which people check the topics, see `innovsoc_analysis.topics.validation`."""
        from innovsoc_analysis.topics.shown import material_of
        from innovsoc_analysis.topics.validation import make_tasks

        return make_tasks(material_of(self), per_topic=per_topic, seed=self.seed)

    def plot_map(self, *, labels: Mapping[int, str] | None = None) -> Axes:
        """Draw the topics, those that share words close to each other."""
        from innovsoc_analysis.topics.reading.maps import plot_topics, topic_map

        drawn = topic_map(self.fitted.word_weights, self.table["share"].to_numpy() / 100)
        return plot_topics(drawn, labels=labels or self.labels, title="Carte des thèmes")

    def plot_documents(
        self, *, labels: Mapping[int, str] | None = None, titles: Mapping[str, str] | None = None
    ) -> Axes:
        """Draw the documents, those that speak of the same topics close to each other; `titles` by ``doc_id``."""
        from innovsoc_analysis.topics.reading.maps import document_map, plot_documents

        titles = titles or self.corpus.documents.set_index("doc_id")["title"].to_dict()
        drawn = document_map(self.document_shares)
        return plot_documents(drawn, labels=labels or self.labels, titles=titles, title="Carte des documents")

    def save_page(
        self,
        path: Path | str,
        *,
        title: str = "Les thèmes du corpus",
        by: Sequence[str] = ("genre",),
        labels: Mapping[int, str] | None = None,
    ) -> Path:
        """Write the interactive page, which loads nothing; it holds verbatims, and is as confidential as the texts."""
        from innovsoc_analysis.topics.shown import page_of

        path = Path(path)
        atomic_write(path, page_of(self, title=title, by=by, labels=labels or self.labels).encode())
        return path

    @property
    def labels(self) -> dict[int, str]:
        """First words of each topic."""
        return {topic: ", ".join(words) for topic, words in self.top_words(_LABEL_WORDS).items()}

    @property
    def marked_labels(self) -> dict[int, str]:
        """First words of each topic, followed by a question mark where it is unstable."""
        stable = self.stability.stable
        return {topic: label if stable[topic - 1] else f"{label}\u00a0?" for topic, label in self.labels.items()}

    def exemplars(self, n: int = 3) -> pd.DataFrame:
        """Return the `n` sentences that best show each topic, from different documents.

        A sentence scores the mean weight of its content words in the topic, times the share of
        the topic in its unit; sentences of fewer than five content words are left out. In a corpus
        of one document, they come from different units.

        Returns
        -------
        DataFrame
            Columns ``topic, quote, title, source, speaker, score, doc_id, start, end``.
        """
        from innovsoc_analysis.topics.exemplars import exemplars

        return exemplars(self, n)

    def plot(self, *, n_words: int = 8) -> NDArray[Any]:
        """Draw the heaviest words of each topic, one panel a topic; return the array of their Axes.

        Once stability is measured, unstable topics are marked.
        """
        from innovsoc_analysis.figures.bars import bar_panels
        from innovsoc_analysis.figures.style import percent

        weighted = self._weighted(n_words)
        shares = self.table.set_index("topic")["share"]
        measured = self.__dict__.get("stability")
        unstable = set() if measured is None else set(np.flatnonzero(~measured.stable) + 1)
        return bar_panels(
            {f"Thème {topic}": pairs for topic, pairs in weighted.items()},
            title=f"{self.n_topics} thèmes : les mots qui pèsent le plus",
            subtitles={
                f"Thème {topic}": f"{percent(shares[topic])} du corpus{' ; instable' if topic in unstable else ''}"
                for topic in weighted
            },
            caption=f"{self.basis}, modèle {MODELS[self.model].title}, graine {self.seed}",
        )

    @property
    def basis(self) -> str:
        """What the topics stand on."""
        units = [counted_units(len(self.corpus), "document")]
        if self.counts.unit != "document":
            units.append(counted_units(len(self.counts.units), self.counts.unit))
        words = "lemmes" if self.found is None else "lemmes et termes"
        return ", ".join([*units, f"{len(self.counts.words)} {words}"])

    def save(self, folder: Path | str, *, locale: str = "") -> list[Path]:
        """Write ``topics.csv``, ``topics.xlsx``, ``topics.svg`` and ``topics.png`` to `folder`; return the paths."""
        from innovsoc_analysis.topics.saving import save_topics

        return save_topics(self, folder, locale=locale)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Topics : {self.n_topics} thèmes de {len(self.corpus)} documents, modèle {self.model}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{row.topic}</td><td>{escape(str(row.words))}</td><td>{row.share:.0f} %</td></tr>"
            for row in self.table.itertuples()
        )
        return f"<table><thead><tr><th>thème</th><th>mots</th><th>part</th></tr></thead><tbody>{rows}</tbody></table>"
