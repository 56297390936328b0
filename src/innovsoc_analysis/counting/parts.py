"""The parts of a corpus that are compared: documents by an attribute, speakers, codes, or any spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from innovsoc_analysis.study.corpus import Corpus

SPEAKER, CODE = "speaker", "code"
_COLUMNS = ["doc_id", "start", "end", "part"]


class Coded(Protocol):
    """What has codings: their table has columns ``doc_id, start, end, code``."""

    @property
    def table(self) -> pd.DataFrame:
        """One row per coding."""


def spans_by(corpus: Corpus, by: str | pd.DataFrame, *, codings: Coded | pd.DataFrame | None = None) -> pd.DataFrame:
    """Return which stretches of `corpus` belong to which part.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use where the parts are not whole documents.
    by : str or DataFrame
        An attribute of documents (``"genre"``, ``"title"``, a column of the metadata), ``"speaker"``
        (turns), ``"code"`` (what `codings` code), or the spans themselves: columns
        ``doc_id, start, end, part``, such as the classes of a classification.
    codings : Codings or DataFrame, optional
        For ``by="code"``: a row per coding, columns ``doc_id, start, end, code``.

    Returns
    -------
    DataFrame
        Columns ``doc_id, start, end, part``; half-open, in code points. Parts may overlap: a sentence
        may carry two codes. Documents without a value belong to no part.

    Raises
    ------
    UsageError
        If there is no part at all, `codings` is missing, or a table that was given lacks a column or a place.
    UnknownNameError
        If no document has the attribute.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits.", "b": "Deux puits."})
    >>> spans_by(corpus, "title")[["start", "end", "part"]].values.tolist()
    [[0, 9, 'a'], [0, 11, 'b']]
    """
    if not isinstance(by, str):
        spans = _given(by, _COLUMNS, what="Des parties")
    elif by == CODE:
        spans = _coded(codings)
    elif by == SPEAKER:
        turns = corpus.segments_of("turn")
        spans = turns[["doc_id", "start", "end", "speaker"]].set_axis(_COLUMNS, axis=1)
    else:
        spans = _documents(corpus, by)
    spans = spans[spans["part"].notna() & (spans["part"].astype(str) != "")].reset_index(drop=True)
    if spans.empty:
        named = by if isinstance(by, str) else "part"
        raise UsageError(f"Aucune partie à comparer : rien dans les textes n'a de valeur pour « {named} ».")
    return spans.astype({"part": "str"})


def _documents(corpus: Corpus, by: str) -> pd.DataFrame:
    documents = corpus.documents
    return documents.assign(
        start=0, end=documents["text"].str.len(), part=documents["doc_id"].map(corpus.attribute(by))
    )[_COLUMNS]


def _coded(codings: Coded | pd.DataFrame | None) -> pd.DataFrame:
    if codings is None:
        raise UsageError("Pour comparer des codes, donnez les codages : codings=…")
    table: Any = getattr(codings, "table", codings)
    return _given(table, ["doc_id", "start", "end", "code"], what="Des codages").set_axis(_COLUMNS, axis=1)


def _given(table: pd.DataFrame, columns: list[str], *, what: str) -> pd.DataFrame:
    """Return the columns of a table that was given, its places being whole numbers."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise UsageError(f"{what} sont un tableau de colonnes {', '.join(columns)} ; il manque {', '.join(missing)}.")
    try:
        return table[columns].astype({"start": "int64", "end": "int64"})
    except (TypeError, ValueError):
        raise UsageError(f"{what} ont pour start et end des nombres entiers, sans valeur manquante.") from None
