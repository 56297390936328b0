"""The sentences that best show each topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from innovsoc_analysis.counting.units import unit_rows

if TYPE_CHECKING:
    from innovsoc_analysis.topics.result import Topics

_SHORTEST_VERBATIM = 5
_ENDS = frozenset(".!?…")


def exemplars(topics: Topics, n: int) -> pd.DataFrame:
    """Return the `n` sentences that best show each topic; `Topics.exemplars` tells how."""
    sentences = topics.corpus.sentences
    sentences = sentences.assign(unit=unit_rows(topics.counts.units, sentences))
    scores = _sentence_scores(topics, sentences)
    # a corpus of one document has no others to quote
    apart = "doc_id" if len(topics.counts.doc_ids) > 1 else "unit"
    documents = topics.corpus.documents.set_index("doc_id")
    texts, titles = documents["text"].to_dict(), documents["title"].to_dict()
    headings = (
        _is_heading(texts[row.doc_id], (row.start, row.end), titles[row.doc_id]) for row in sentences.itertuples()
    )
    is_heading = np.fromiter(headings, dtype=bool, count=len(sentences))
    rows = []
    for topic in range(1, topics.n_topics + 1):
        scored = sentences.assign(score=scores[topic - 1])
        shown = scored[(scored["score"] > 0) & ~is_heading].sort_values("score", ascending=False, kind="stable")
        for row in shown.drop_duplicates(apart).head(n).itertuples():
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


def _is_heading(text: str, span: tuple[int, int], title: str) -> bool:
    """Tell whether a sentence is the title above the text: it says what follows, and quotes nothing."""
    wording = text[slice(*span)]
    return wording == title and len(wording) < len(text.strip()) and wording[-1:] not in _ENDS


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
