"""Topics as a researcher reads them: words, exemplary verbatims, shares, a figure, files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.sheets import csv_bytes, xlsx_bytes
from innovsoc_analysis.topics.vocabulary import Counts

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from innovsoc_analysis.study.corpus import Corpus
    from innovsoc_analysis.topics.models import Fitted

_LABEL_WORDS = 3
_SHORTEST_VERBATIM = 5


@dataclass(frozen=True, repr=False)
class Topics:
    """Topics fitted to a corpus, numbered from 1, the most widespread first.

    Attributes
    ----------
    corpus : Corpus
        What they were fitted to.
    model : str
        ``"nmf"`` or ``"lda"``.
    seed : int
        Of the run.
    counts : Counts
        The vocabulary.
    fitted : Fitted
        Word weights and document shares.
    found : DataFrame, optional
        Where the terms counted as one word stand, see `find_terms`.
    """

    corpus: Corpus
    model: str
    seed: int
    counts: Counts
    fitted: Fitted
    found: pd.DataFrame | None = None

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
                "label": [self.label(topic) for topic in range(1, self.n_topics + 1)],
                "words": [", ".join(words) for words in self.top_words(12).values()],
                "share": 100 * self._counted.mean().to_numpy(),
            }
        )

    def label(self, topic: int) -> str:
        """Return the first words of topic `topic` (from 1)."""
        return ", ".join(self.top_words(_LABEL_WORDS)[topic])

    def top_words(self, n: int = 10) -> dict[int, list[str]]:
        """Return the `n` heaviest words of each topic."""
        return {topic: [word for word, _ in pairs] for topic, pairs in self._weighted(n).items()}

    def _weighted(self, n: int) -> dict[int, list[tuple[str, float]]]:
        weighted = {}
        for topic, weights in enumerate(self.fitted.word_weights, start=1):
            pairs = sorted(
                zip(self.counts.words, weights.tolist(), strict=True), key=lambda pair: (-round(pair[1], 12), pair[0])
            )
            weighted[topic] = [pair for pair in pairs[:n] if pair[1] > 0]
        return weighted

    @property
    def shares(self) -> pd.DataFrame:
        """Share of each topic in each document (0 to 1), indexed by ``doc_id``."""
        columns = pd.RangeIndex(1, self.n_topics + 1, name="topic")
        return pd.DataFrame(self.fitted.shares, index=pd.Index(self.counts.doc_ids, name="doc_id"), columns=columns)

    @property
    def _counted(self) -> pd.DataFrame:
        """Shares of the documents that hold at least one word of the vocabulary."""
        return self.shares[self.shares.sum(axis=1) > 0]

    @property
    def n_without_words(self) -> int:
        """How many documents hold no word of the vocabulary; they count in no mean."""
        return len(self.shares) - len(self._counted)

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
        return 100 * self._counted.groupby(groups.reindex(self._counted.index)).mean().T

    def exemplars(self, n: int = 3) -> pd.DataFrame:
        """Return the `n` sentences that best show each topic, from different documents.

        A sentence scores the mean weight of its content words in the topic, times the share of
        the topic in its document; sentences of fewer than five content words are left out.

        Returns
        -------
        DataFrame
            Columns ``topic, quote, title, source, speaker, score, doc_id, start, end``.
        """
        sentences = self.corpus.sentences
        scores = self._sentence_scores(sentences)
        documents = self.corpus.documents.set_index("doc_id")
        texts = documents["text"].to_dict()
        rows = []
        for topic in range(1, self.n_topics + 1):
            ranked = sentences.assign(score=scores[topic - 1]).sort_values("score", ascending=False, kind="stable")
            for row in ranked[ranked["score"] > 0].drop_duplicates("doc_id").head(n).itertuples():
                document = documents.loc[row.doc_id]
                rows.append(
                    {
                        "topic": topic,
                        "quote": texts[row.doc_id][row.start : row.end],
                        "title": document["title"],
                        "source": document["source"],
                        "speaker": row.speaker,
                        "score": row.score,
                        "doc_id": row.doc_id,
                        "start": row.start,
                        "end": row.end,
                    }
                )
        columns = ["topic", "quote", "title", "source", "speaker", "score", "doc_id", "start", "end"]
        return pd.DataFrame(rows, columns=columns)

    def _sentence_scores(self, sentences: pd.DataFrame) -> list[list[float]]:
        import numpy as np

        tokens = self.counts.tokens
        column = {word: number for number, word in enumerate(self.counts.words)}
        words = tokens["lemma"].map(column)
        # sentences and tokens are in the same order: a token's sentence is the last that starts before it
        order = {doc_id: number for number, doc_id in enumerate(self.counts.doc_ids)}
        width = 1 + int(max(sentences["end"].max(), tokens["end"].max() if len(tokens) else 0))
        starts = sentences["doc_id"].map(order).to_numpy() * width + sentences["start"].to_numpy()
        places = tokens["doc_id"].map(order).to_numpy() * width + tokens["start"].to_numpy()
        owner = np.searchsorted(starts, places, side="right") - 1
        size = np.bincount(owner, minlength=len(sentences))
        known = words.notna().to_numpy()
        document = sentences["doc_id"].map(order).to_numpy()
        scores = []
        for topic in range(self.n_topics):
            weight = self.fitted.word_weights[topic][words[known].astype(int)]
            summed = np.bincount(owner[known], weights=weight, minlength=len(sentences))
            mean = np.where(size >= _SHORTEST_VERBATIM, summed / np.maximum(size, 1), 0)
            scores.append((mean * self.fitted.shares[document, topic]).tolist())
        return scores

    def plot(self, *, n_words: int = 8) -> NDArray[Any]:
        """Draw the heaviest words of each topic, one panel a topic; return the array of their Axes."""
        from innovsoc_analysis.figures.bars import bar_panels
        from innovsoc_analysis.figures.style import percent

        weighted = self._weighted(n_words)
        shares = self.table.set_index("topic")["share"]
        return bar_panels(
            {f"Thème {topic}": pairs for topic, pairs in weighted.items()},
            title=f"{self.n_topics} thèmes : les mots qui pèsent le plus",
            subtitles={f"Thème {topic}": f"{percent(shares[topic])} du corpus" for topic in weighted},
            caption=f"{len(self.corpus)} documents, {len(self.counts.words)} {self._unit},"
            f" modèle {self.model.upper()}, graine {self.seed}",
        )

    @property
    def _unit(self) -> str:
        return "lemmes" if self.found is None else "lemmes et termes"

    def save(self, folder: Path, *, locale: str = "") -> list[Path]:
        """Write ``topics.csv``, ``topics.xlsx``, ``topics.svg`` and ``topics.png`` to `folder`; return the paths."""
        from innovsoc_analysis.figures.style import png_bytes, svg_bytes

        titles = self.corpus.documents.set_index("doc_id")[["source", "title", "genre"]].rename(columns=HEADINGS)
        titles = titles.assign(genre=titles["genre"].fillna("").map(genre_label))
        shares = titles.join((100 * self.shares).round(1).rename(columns=_share_column)).reset_index(drop=True)
        # a row per genre: as a column, a genre called « thème » would clash
        by_genre = self.by("genre").T.rename(index=genre_label).rename(columns=_share_column).round(1)
        sheets = {
            "Thèmes": self.table.rename(columns=HEADINGS),
            "Verbatims": self.exemplars(5).drop(columns=["doc_id", "start", "end"]).rename(columns=HEADINGS),
            "Par genre (%)": by_genre.rename_axis("genre").reset_index(),
            "Par document (%)": shares,
        }
        if self.found is not None:
            sheets["Termes"] = self.terms.rename(columns=HEADINGS)
        figure = self.plot().flat[0].figure
        contents = {
            "topics.csv": csv_bytes(self.table, locale=locale),
            "topics.xlsx": xlsx_bytes(sheets),
            "topics.svg": svg_bytes(figure),
            "topics.png": png_bytes(figure),
        }
        for name, data in contents.items():
            atomic_write(folder / name, data)
        return [folder / name for name in contents]

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Topics : {self.n_topics} thèmes de {len(self.corpus)} documents, modèle {self.model}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{row.topic}</td><td>{escape(str(row.words))}</td><td>{row.share:.0f} %</td></tr>"
            for row in self.table.itertuples()
        )
        return f"<table><thead><tr><th>thème</th><th>mots</th><th>part</th></tr></thead><tbody>{rows}</tbody></table>"


def _share_column(topic: int) -> str:
    return f"thème {topic} (%)"


HEADINGS = {
    "topic": "thème",
    "label": "libellé",
    "words": "mots",
    "share": "% du corpus",
    "quote": "verbatim",
    "title": "titre",
    "speaker": "locuteur·rice",
    "term": "terme",
    "n": "occurrences",
    "n_docs": "documents",
}
