"""Which words the graph is made of, and in which units they stand."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from innovsoc_analysis.counting.parts import spans_by
from innovsoc_analysis.counting.units import make_units, unit_rows
from innovsoc_analysis.counting.vocabulary import Vocabulary, among, content_tokens, place_terms
from innovsoc_analysis.lexicometry.tables import tokens_within
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.terms import merge_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    import scipy.sparse as sp

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.nlp.terms import Term
    from innovsoc_analysis.study.corpus import Corpus

WORD_UNITS = ("context", "paragraph", "sentence", "document")
_FEWEST = 2


class Counting(TypedDict, total=False):
    """How words are counted, besides the unit: see `Vocabulary`."""

    upos: tuple[str, ...]
    stop_words: tuple[str, ...]
    keep: tuple[str, ...]
    inclusive: str
    terms: str | Iterable[Term | str] | None
    context_words: int
    min_count: int


class Standing(NamedTuple):
    """Which unit holds which word.

    Attributes
    ----------
    presence : sparse array, shape (n_units, n_words)
        1 where the unit holds the word.
    words : tuple of str
        Sorted.
    units : DataFrame
        One row per row of `presence`: ``unit_id, doc_id, start, end, speaker``.
    tokens : DataFrame
        Where the words stand: ``doc_id, start, end``, ``word`` (its number) and ``row`` (of the unit).
    """

    presence: sp.csr_array[Any]
    words: tuple[str, ...]
    units: pd.DataFrame
    tokens: pd.DataFrame


def stand(
    corpus: Corpus,
    *,
    unit: str,
    n_words: int,
    words: Sequence[str] | None,
    spans: pd.DataFrame | None,
    counting: Counting,
) -> Standing:
    """Choose the words and find in which units they stand.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    unit : str
        One of `WORD_UNITS`.
    n_words : int
        How many of the most widespread content words are taken where `words` names none.
    words : sequence of str or None
        The words themselves, content words or not; those of several words are found as terms.
    spans : DataFrame or None
        Only what stands there is counted: ``doc_id, start, end``.
    counting : Counting
        How words are counted.

    Returns
    -------
    Standing
        Units that hold no word that may be counted are left out: they say nothing of the words.

    Raises
    ------
    UsageError
        If a choice is unknown, a word is not in the texts, or fewer than two words or units are left.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits. Un jardin et un puits."})
    >>> found = stand(corpus, unit="sentence", n_words=2, words=None, spans=None, counting={"min_count": 1})
    >>> found.words, found.presence.toarray().tolist()
    (('jardin', 'puits'), [[0, 1], [1, 1]])
    """
    import numpy as np
    import pandas as pd
    import scipy.sparse as sp

    wanted = None if words is None else _asked(words)
    vocabulary, min_count = _vocabulary(unit, counting, wanted)
    placed = place_terms(corpus, vocabulary.terms)
    tokens = corpus.tokens if placed is None else merge_terms(corpus.tokens, placed)
    content = content_tokens(tokens, vocabulary)
    units = _units(corpus, unit, content, vocabulary)
    counted = content if wanted is None else tokens[~tokens["upos"].isin(("PUNCT", "SPACE", "SYM"))]
    counted = counted.assign(word=counted["lemma"].str.lower().str.replace("’", "'")).reset_index(drop=True)
    if spans is not None:
        counted = counted.iloc[tokens_within(counted, spans)].reset_index(drop=True)
    held, rows = np.unique(unit_rows(units, counted), return_inverse=True)
    units = units.iloc[held].reset_index(drop=True)
    if len(units) < _FEWEST:
        raise UsageError(_too_few_units(unit, len(units)))
    codes, names = pd.factorize(counted["word"], sort=True)
    presence = sp.coo_array((np.ones(len(rows), dtype=np.int64), (rows, codes)), shape=(len(units), len(names))).tocsr()
    presence.data[:] = 1
    if wanted is None:
        chosen = _most_widespread(np.bincount(presence.indices, minlength=len(names)), n_words, min_count)
    else:
        chosen = np.array([_found(word, names.tolist()) for word in wanted], dtype=np.int64)
    number = np.full(len(names), -1)
    number[chosen] = np.arange(len(chosen))
    places = counted[["doc_id", "start", "end"]].assign(word=number[codes], row=rows)
    return Standing(
        presence[:, chosen],
        tuple(names[chosen].tolist()),
        units,
        places[places["word"] >= 0].reset_index(drop=True),
    )


def spans_within(
    corpus: Corpus, within: tuple[str, str] | pd.DataFrame | None, codings: Coded | pd.DataFrame | None
) -> pd.DataFrame | None:
    """Return the stretches of one part of `corpus`, or nothing for the whole of it.

    Parameters
    ----------
    corpus : Corpus
        The texts.
    within : tuple of str, DataFrame or None
        What the parts are and the name of one of them, such as ``("genre", "talk")``; or the
        stretches themselves, columns ``doc_id, start, end``.
    codings : Codings, DataFrame or None
        For ``("code", …)``.

    Raises
    ------
    UsageError
        If there is no such part.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits.", "b": "Deux puits."})
    >>> spans_within(corpus, ("title", "b"), None)[["start", "end"]].values.tolist()
    [[0, 11]]
    """
    import pandas as pd

    if within is None:
        return None
    if isinstance(within, pd.DataFrame):
        if missing := [name for name in ("doc_id", "start", "end") if name not in within.columns]:
            raise UsageError(f"within : il manque la colonne « {missing[0]} » (il faut doc_id, start et end).")
        return within
    if isinstance(within, str) or len(within) != 2:  # noqa: PLR2004 - an attribute and a value
        raise UsageError('within est un couple, attribut et valeur : within=("genre", "talk").')
    by, part = within
    spans = spans_by(corpus, by, codings=codings)
    chosen = spans[spans["part"] == str(part)]
    if chosen.empty:
        known = ", ".join(sorted(spans["part"].unique())[:12])
        raise UsageError(f"Aucun texte n'a la valeur « {part} » pour « {by} » ; il y a : {known}.")
    return chosen


def _asked(words: Sequence[str]) -> list[str]:
    """Return the words a graph is asked for, each once, sorted."""
    if isinstance(words, str):
        raise UsageError(f"words est une liste de mots : « {words} » est un seul texte.")
    if not all(isinstance(word, str) for word in words):
        raise UsageError("words est une liste de mots : l'un d'eux n'est pas un texte.")
    wanted = sorted({" ".join(word.lower().replace("’", "'").split()) for word in words} - {""})
    if len(wanted) < _FEWEST:
        raise UsageError("Un graphe de similitude demande au moins deux mots : words=[…].")
    return wanted


def _vocabulary(unit: str, counting: Counting, wanted: list[str] | None) -> tuple[Vocabulary, int]:
    if unit not in WORD_UNITS:
        raise UsageError(f"Unité inconnue : « {unit} » ; choisissez {among(WORD_UNITS)}.")
    choices: dict[str, Any] = {**counting}
    for name in ("upos", "stop_words", "keep"):
        if isinstance(choices.get(name), str):
            raise UsageError(f"{name} est une liste de mots : « {choices[name]} » est un seul texte.")
    min_count = choices.pop("min_count", _FEWEST)
    if not isinstance(min_count, int) or min_count < 1:
        raise UsageError("min_count est un entier d'au moins 1.")
    terms = [word for word in wanted or () if " " in word]
    if terms and choices.get("terms") is None:
        choices["terms"] = terms
    return Vocabulary(**choices), min_count


def _units(corpus: Corpus, unit: str, content: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    if unit == "sentence":
        return corpus.sentences.rename(columns={"segment_id": "unit_id"})[
            ["unit_id", "doc_id", "start", "end", "speaker"]
        ]
    return make_units(corpus, unit, words=content, context_words=vocabulary.context_words)


def _most_widespread(counts: Any, n_words: int, min_count: int) -> Any:
    """Return the columns of the words that most units hold, in alphabetical order; ties by the alphabet."""
    import numpy as np

    order = np.argsort(-counts, kind="stable")
    chosen = np.sort(order[counts[order] >= min_count][:n_words])
    if len(chosen) < _FEWEST:
        raise UsageError(
            f"Moins de deux mots figurent dans au moins {min_count} unités : ajoutez des textes,"
            " abaissez min_count ou donnez les mots : words=…"
        )
    return chosen


def _found(word: str, names: list[str]) -> int:
    if word in names:
        return names.index(word)
    close = difflib.get_close_matches(word, names, n=1)
    hint = f" ; vouliez-vous dire « {close[0]} » ?" if close else "."
    raise UsageError(f"Aucun texte ne contient le lemme « {word} »{hint}")


def _too_few_units(unit: str, n_units: int) -> str:
    if not n_units:
        return "Les textes choisis ne contiennent aucun mot à compter."
    smaller = WORD_UNITS[: WORD_UNITS.index(unit)] if unit == "document" else ("sentence",)
    if unit == "sentence":
        return "Il n'y a qu'une phrase : un graphe de similitude en demande au moins deux ; ajoutez des textes."
    listed = among(smaller) if len(smaller) > 1 else smaller[0]
    return (
        "Il n'y a qu'une unité : un graphe de similitude en demande au moins deux ;"
        f" choisissez une unité plus petite ({listed}) ou ajoutez des textes."
    )
