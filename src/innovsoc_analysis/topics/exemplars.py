"""The sentences that best show each topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from innovsoc_analysis.topics.units import unit_rows

if TYPE_CHECKING:
    from innovsoc_analysis.topics.result import Topics

_SHORTEST_VERBATIM = 5


def exemplars(topics: Topics, n: int) -> pd.DataFrame:
    """Return the `n` sentences that best show each topic; `Topics.exemplars` tells how."""
    sentences = topics.corpus.sentences
    sentences = sentences.assign(unit=unit_rows(topics.counts.units, sentences))
    scores = _sentence_scores(topics, sentences)
    # a corpus of one document has no others to quote
    apart = "doc_id" if len(topics.counts.doc_ids) > 1 else "unit"
    documents = topics.corpus.documents.set_index("doc_id")
    texts = documents["text"].to_dict()
    rows = []
    for topic in range(1, topics.n_topics + 1):
        ranked = sentences.assign(score=scores[topic - 1]).sort_values("score", ascending=False, kind="stable")
        for row in ranked[ranked["score"] > 0].drop_duplicates(apart).head(n).itertuples():
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


def _sentence_scores(topics: Topics, sentences: pd.DataFrame) -> list[list[float]]:
    tokens = topics.counts.tokens
    owner = unit_rows(sentences, tokens)
    size = np.bincount(owner, minlength=len(sentences))
    words = pd.Index(topics.counts.words).get_indexer(tokens["lemma"])
    owner, words = owner[words >= 0], words[words >= 0]
    scores = []
    for topic in range(topics.n_topics):
        weight = topics.fitted.word_weights[topic][words]
        summed = np.bincount(owner, weights=weight, minlength=len(sentences))
        mean = np.where(size >= _SHORTEST_VERBATIM, summed / np.maximum(size, 1), 0)
        scores.append((mean * topics.fitted.shares[sentences["unit"], topic]).tolist())
    return scores
