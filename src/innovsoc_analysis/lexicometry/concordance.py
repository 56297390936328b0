"""Concordance: each occurrence of a word with what stands to its left and right (KWIC, Luhn 1960)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.lexicon.french import entries
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.pipeline import load
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from innovsoc_analysis.study.corpus import Corpus

COLUMNS = ["source", "title", "genre", "speaker", "left", "pivot", "right", "doc_id", "start", "end"]


@dataclass(frozen=True, repr=False)
class Concordance:
    """Occurrences of a query, in the order of the corpus.

    Attributes
    ----------
    query : str
        What was looked for.
    table : DataFrame
        Columns ``source, title, genre, speaker, left, pivot, right, doc_id, start, end``.
    """

    query: str
    table: pd.DataFrame

    def __len__(self) -> int:
        """Return the number of occurrences."""
        return len(self.table)

    def save(self, path: Path, *, locale: str = "") -> None:
        """Write to ``.csv`` or ``.xlsx``, as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        save_sheets({"Concordance": self.table}, path, main="Concordance", locale=locale)

    def __repr__(self) -> str:
        """Return a count only: the texts may be confidential."""
        return f"<Concordance : {len(self)} occurrences>"

    def _repr_html_(self) -> str:
        cell = '<td style="text-align:{}">{}</td>'
        rows = "".join(
            f"<tr>{cell.format('right', escape(row.left))}<td><b>{escape(row.pivot)}</b></td>"
            f"{cell.format('left', escape(row.right))}<td>{escape(row.title)}</td></tr>"
            for row in self.table.head(50).itertuples()
        )
        return f"<p>« {escape(self.query)} » : {len(self)} occurrence(s)</p><table>{rows}</table>"


def concordance(corpus: Corpus, query: str, *, width: int = 60) -> Concordance:
    """Return every occurrence of `query` in `corpus`.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    query : str
        One word or several; each matches tokens of that form or lemma, whatever the case, and
        inclusive forms of it: ``adhérente`` finds *adhérent·es*.
    width : int
        Characters of context on each side, cut at a word.

    Raises
    ------
    UsageError
        If the query is empty or the width negative.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Les usagers décident. Un usager vote."})
    >>> concordance(corpus, "usager").table[["pivot", "right"]].values.tolist()
    [['usagers', 'décident. Un usager vote.'], ['usager', 'vote.']]
    """
    words = _words(query)
    if not words:
        raise UsageError("Indiquez le mot à chercher.")
    if width < 0:
        raise UsageError("La largeur du contexte est un nombre de caractères : 0 ou davantage.")
    documents = corpus.documents.set_index("doc_id")
    speakers = _speakers(corpus)
    rows = []
    for doc_id, start, end in _occurrences(corpus.tokens, words):
        document = documents.loc[doc_id]
        text = document["text"]
        if "\n" in text[start:end]:  # from one paragraph or turn to the next: not an expression
            continue
        rows.append(
            {
                "source": document["source"],
                "title": document["title"],
                "genre": document["genre"],
                "speaker": speakers(doc_id, start),
                "left": _left(text, start, width),
                "pivot": text[start:end],
                "right": _right(text, end, width),
                "doc_id": doc_id,
                "start": start,
                "end": end,
            }
        )
    return Concordance(query, pd.DataFrame(rows, columns=COLUMNS))


def _words(query: str) -> list[str]:
    """Cut a query into words as texts are."""
    plain = " ".join(query.replace("’", "'").split()).replace("' ", "'")
    return [_fold(token.text) for token in load().make_doc(plain)]


def _occurrences(tokens: pd.DataFrame, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield document, start and end wherever the sequence of words stands."""
    # « adhérente » is in « adhérent·es »: an inclusive form stands for both genders
    lemmas = [{entry.lemma for entry in entries(word) if entry.gender} for word in words]
    forms, bases = tokens["form"].map(_fold), tokens["lemma"].map(_fold)
    keys = list(zip(forms, bases, tokens["inclusive"].fillna(value=False), strict=True))
    doc_ids, starts, ends = (tokens[name].tolist() for name in ("doc_id", "start", "end"))
    for first in range(len(keys) - len(words) + 1):
        last = first + len(words) - 1
        if doc_ids[first] == doc_ids[last] and all(
            word in {form, lemma} or (inclusive and lemma in both)
            for (form, lemma, inclusive), word, both in zip(keys[first : last + 1], words, lemmas, strict=True)
        ):
            yield doc_ids[first], starts[first], ends[last]


def _fold(word: str) -> str:
    return word.replace("’", "'").lower()


def _left(text: str, start: int, width: int) -> str:
    context = text[max(start - width, 0) : start]
    if start > width and not text[start - width - 1].isspace():
        context = re.sub(r"^\S*", "", context)
    return " ".join(context.split())


def _right(text: str, end: int, width: int) -> str:
    context = text[end : end + width]
    if end + width < len(text) and not text[end + width].isspace():
        context = re.sub(r"\S*$", "", context)
    return " ".join(context.split())


class _speakers:  # noqa: N801 - used as a function
    """Finds who speaks at a place."""

    def __init__(self, corpus: Corpus) -> None:
        turns = corpus.segments_of("turn")
        self._turns = {
            doc_id: list(zip(frame["start"], frame["end"], frame["speaker"], strict=True))
            for doc_id, frame in turns.groupby("doc_id", sort=False)
        }

    def __call__(self, doc_id: str, place: int) -> str | None:
        return next((speaker for start, end, speaker in self._turns.get(doc_id, ()) if start <= place < end), None)
