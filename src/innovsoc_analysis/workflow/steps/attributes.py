"""Attributes that a command is asked to compare by: a name that is none is said before anything is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.attributes import unknown_attribute
from innovsoc_analysis.model.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from innovsoc_analysis.study.corpus import Corpus


def check_attributes(corpus: Corpus, names: Iterable[str], *, besides: Sequence[str] = ()) -> None:
    """Refuse a name that is no attribute of the documents.

    Parameters
    ----------
    corpus : Corpus
        Its documents have attributes; it is not annotated.
    names : iterable of str
        As they were asked for.
    besides : sequence of str
        Other things that one may compare by, such as who speaks.

    Raises
    ------
    UnknownNameError
        At the first that is none; the message has the nearest name, and all.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits."})
    >>> check_attributes(corpus, ["genre", "speaker"], besides=["speaker"])
    >>> try:
    ...     check_attributes(corpus, ["speakr"], besides=["speaker"])
    ... except UnknownNameError as error:
    ...     print(error)
    Aucun document n'a d'attribut « speakr » ; vouliez-vous dire « speaker » ? Il y a : genre, speaker.
    """
    for name in names:
        if name in besides:
            continue
        try:
            corpus.attribute(name)
        except UnknownNameError:
            raise unknown_attribute(name, [*corpus.attributes, *besides]) from None
