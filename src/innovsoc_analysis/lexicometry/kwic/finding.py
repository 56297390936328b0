"""From a query to its occurrences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.kwic.contexts import Context
from innovsoc_analysis.lexicometry.kwic.index import index_tokens
from innovsoc_analysis.lexicometry.kwic.matching import find_steps, limits_of
from innovsoc_analysis.lexicometry.kwic.nearness import explain_absence
from innovsoc_analysis.lexicometry.kwic.patterns import parse_pattern
from innovsoc_analysis.lexicometry.kwic.queries import parse_query
from innovsoc_analysis.lexicometry.kwic.result import Concordance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innovsoc_analysis.study.corpus import Corpus


def concordance(
    corpus: Corpus,
    query: str | Sequence[Mapping[str, Any]],
    *,
    word: str = "both",
    accents: bool = True,
    width: int = 60,
    unit: str = "characters",
    context: str = "turn",
) -> Concordance:
    """Return every occurrence of `query` in `corpus`.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use; its tokens are indexed once.
    query : str or list of dict
        Words, each of which matches tokens of that form or lemma, whatever the case, and inclusive
        forms of it: ``adhérente`` finds *adhérent·es*. Also ``innov*`` (any letters),
        ``besoin|demande`` (one or the other), ``penser/NOUN`` (a part of speech, ``/NOUN`` any noun),
        ``/innov.*/`` (a regular expression on a whole word), ``innovation … sociale`` (three words
        at most in between; ``…5``, ``[]{1,2}``), ``[]`` (any word). Or a pattern as for spaCy's
        ``Matcher``, see `parse_pattern`: ``[{"LEMMA": "innovation"}, {"POS": "ADJ", "OP": "+"}]``.
    word : {"both", "form", "lemma"}
        What words, stars and expressions are compared with.
    accents : bool
        ``False``: *econome* finds « économe ».
    width : int
        How much context on each side: characters, cut at a word, or words.
    unit : {"characters", "words"}
        What `width` counts.
    context : {"turn", "sentence", "document"}
        What a context does not go beyond. A sentence is quoted whole, whatever the width.

    Returns
    -------
    Concordance
        Occurrences in the order of the corpus. Several words stand in one line and one turn; with a
        gap or a word that may be any, in one sentence. Of occurrences within one another, a query keeps the shortest, a
        pattern the longest.

    Raises
    ------
    UsageError
        If the query is empty or cannot be read, or a choice is unknown.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Les usagers décident. Un usager vote."})
    >>> concordance(corpus, "usager").table[["pivot", "right"]].values.tolist()
    [['usagers', 'décident. Un usager vote.'], ['usager', 'vote.']]
    >>> concordance(corpus, "usag* décid*").table["pivot"].tolist()
    ['usagers décident']
    """
    wanted = Context(width, unit, context)
    if isinstance(query, str):
        steps, shown = parse_query(query, word=word, accents=accents), query
    else:
        steps, shown = parse_pattern(query, accents=accents), " ".join(map(str, query))
    index = index_tokens(corpus)
    loose = any(step.is_free or step.low != step.high for step in steps)
    limits = limits_of(corpus, index, sentences=loose)
    first, last = find_steps(index, steps, limits=limits, longest=not isinstance(query, str))
    remark = "" if len(first) else explain_absence(index, steps)
    return Concordance(shown, wanted, corpus, first, last, remark)
