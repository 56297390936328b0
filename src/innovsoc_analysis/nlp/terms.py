"""Terms of several words: the list of the field, finding them in a table of tokens, merging them.

*innovation sociale*, *pouvoirs publics*, *insertion par l’activité économique* mean something
that their words counted apart do not say. Terms are found by the lemmas of their words, so that
number, capitals, hyphens and kinds of apostrophe make no difference.
"""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.nlp.term_trie import UNKNOWN, Match, TermTrie, nominal_lemma
from innovsoc_analysis.nlp.words import STRAIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

COLUMNS = ("doc_id", "start", "end", "first", "last", "term", "form")
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_CONTRACTED = frozenset({"du", "des", "au", "aux"})
_FINITE = "VerbForm=Fin"


class Term(NamedTuple):
    """A term of the field.

    Attributes
    ----------
    name : str
        Its usual form.
    variants : tuple of str
        Other wordings and abbreviations; number and hyphens need none.
    gloss : str
        What it means, where the words do not say it.
    """

    name: str
    variants: tuple[str, ...] = ()
    gloss: str = ""


@functools.cache
def field_terms() -> tuple[Term, ...]:
    """Return the terms of social innovation in French-speaking countries that come with the package.

    Examples
    --------
    >>> {term.name: term.variants for term in field_terms()}["économie sociale et solidaire"][0]
    'ESS'
    """
    import yaml

    text = (files("innovsoc_analysis.nlp") / "data" / "terms.yaml").read_text("utf-8")
    rows = yaml.safe_load(text)["termes"]
    return tuple(Term(row["terme"], tuple(row.get("variantes", ())), row.get("glose", "")) for row in rows)


def find_terms(
    tokens: pd.DataFrame, terms: Iterable[Term | str] | None = None, *, segments: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find terms in a table of tokens.

    Parameters
    ----------
    tokens : DataFrame
        Schema ``tokens``.
    terms : iterable of Term or str, optional
        By default those of the field, `field_terms`.
    segments : DataFrame, optional
        Schema ``segments``: no term runs over the start of a sentence, a paragraph or a turn.
        Without it, punctuation and documents are the only limits.

    Returns
    -------
    DataFrame
        One row per occurrence, in order: ``doc_id``, ``start`` and ``end`` of the wording, ``first``
        and ``last`` token (``i``, included), ``term`` (its name) and ``form`` (the wording). Where
        terms overlap, the longest is kept, then the one on the left.

    Notes
    -----
    One of the words must be a noun in the text, and the noun that the term is about no verb:
    *pouvoir public* is no *pouvoirs publics* where *pouvoir* is a verb. After an article, what is
    taken for an infinitive or a participle is a noun: *le pouvoir d’agir*. No word may be a finite
    verb. Abbreviations are found as written, in capitals. Disfluent tokens inside a term are passed
    over. Time grows with the number of tokens.

    Examples
    --------
    >>> import pandas as pd
    >>> words = [("Les", "le", "DET"), ("pouvoirs", "pouvoir", "NOUN"), ("publics", "public", "ADJ")]
    >>> tokens = pd.DataFrame(words, columns=["form", "lemma", "upos"]).assign(
    ...     doc_id="d", i=range(3), start=[0, 4, 13], end=[3, 12, 20], morph="")
    >>> find_terms(tokens, ["pouvoir public"])[["start", "end", "term", "form"]].values.tolist()
    [[4, 20, 'pouvoir public', 'pouvoirs publics']]
    """
    import pandas as pd

    listed = [Term(term) if isinstance(term, str) else term for term in (field_terms() if terms is None else terms)]
    trie = TermTrie((number, wording) for number, term in enumerate(listed) for wording in (term.name, *term.variants))
    kept = fluent(tokens)
    found = _without_overlaps(_matches(kept, trie, unit_numbers(kept, segments)))
    firsts, lasts = [match.first for match in found], [match.last for match in found]
    first, last = kept.iloc[firsts], kept.iloc[lasts]
    return pd.DataFrame(
        {
            "doc_id": first["doc_id"].to_numpy(),
            "start": first["start"].to_numpy(),
            "end": last["end"].to_numpy(),
            "first": first["i"].to_numpy(),
            "last": last["i"].to_numpy(),
            "term": pd.Series([listed[match.term].name for match in found], dtype="str"),
            "form": pd.Series(wordings(kept, firsts, lasts), dtype="str"),
        }
    )


def merge_terms(tokens: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return `tokens` with one row for each term.

    Parameters
    ----------
    tokens : DataFrame
        Schema ``tokens``.
    found : DataFrame
        What `find_terms` gave for them.

    Returns
    -------
    DataFrame
        The row of a term stands for all its tokens: ``lemma`` is the term's name, ``form`` its
        wording, ``upos`` is ``NOUN``, ``start`` and ``end`` cover it, ``i`` is that of its first
        token; it is inclusive if one of its tokens is. All other rows are as they were.

    Raises
    ------
    ValueError
        If `found` is not of these tokens, or its terms overlap.

    Examples
    --------
    >>> import pandas as pd
    >>> words = [("Les", "le", "DET"), ("pouvoirs", "pouvoir", "NOUN"), ("publics", "public", "ADJ")]
    >>> tokens = pd.DataFrame(words, columns=["form", "lemma", "upos"]).assign(
    ...     doc_id="d", i=range(3), start=[0, 4, 13], end=[3, 12, 20], morph="")
    >>> merge_terms(tokens, find_terms(tokens, ["pouvoirs publics"]))["lemma"].tolist()
    ['le', 'pouvoirs publics']
    """
    import numpy as np
    import pandas as pd

    merged = tokens.reset_index(drop=True)
    if found.empty:
        return merged
    places = pd.MultiIndex.from_frame(merged[["doc_id", "i"]])
    first, last = (places.get_indexer(pd.MultiIndex.from_frame(found[["doc_id", name]])) for name in ("first", "last"))
    if first.min() < 0 or last.min() < 0:
        raise ValueError("the terms were found in other tokens")
    term = np.repeat(np.arange(len(found)), last - first + 1)
    rows = np.arange(len(term)) - np.repeat(np.cumsum(last - first + 1) - (last - first + 1), last - first + 1)
    rows += np.repeat(first, last - first + 1)
    if len(np.unique(rows)) < len(rows):
        raise ValueError("the terms overlap")
    for name in ("inclusive", "inclusive_kind"):
        if name in merged:
            merged.loc[first, name] = merged[name].iloc[rows].groupby(term).max().to_numpy()
    merged.loc[first, "lemma"] = found["term"].to_numpy()
    merged.loc[first, "form"] = found["form"].to_numpy()
    merged.loc[first, "end"] = found["end"].to_numpy()
    merged.loc[first, "upos"] = "NOUN"
    return merged.drop(index=np.setdiff1d(rows, first)).reset_index(drop=True)


def fluent(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return `tokens` without those marked as disfluent."""
    return tokens[tokens["disfluency"].isna()] if "disfluency" in tokens else tokens


def unit_numbers(tokens: pd.DataFrame, segments: pd.DataFrame | None) -> Numbers:
    """Return a number for each token: equal within a segment of any unit, growing along the table."""
    import numpy as np
    import pandas as pd

    documents, names = pd.factorize(tokens["doc_id"])
    if segments is None or tokens.empty:
        return documents.astype(np.int64)
    known = segments[segments["doc_id"].isin(names)]
    width = 1 + max(int(tokens["end"].max()), int(known["end"].max()) if len(known) else 0)
    limits = pd.Index(names).get_indexer(known["doc_id"]) * width + known["start"].to_numpy()
    starts = np.unique(np.concatenate([limits, np.arange(len(names)) * width]))
    return np.searchsorted(starts, documents * width + tokens["start"].to_numpy(), side="right")


def wordings(tokens: pd.DataFrame, firsts: Sequence[int], lasts: Sequence[int]) -> list[str]:
    """Return the wording from token to token, places in the table given; what stood between is a space."""
    forms, starts, ends = (tokens[name].tolist() for name in ("form", "start", "end"))
    found = []
    for first, last in zip(firsts, lasts, strict=True):
        pieces = [forms[first]]
        for place in range(first + 1, last + 1):
            pieces += [" " * (starts[place] - ends[place - 1]), forms[place]]
        found.append("".join(pieces))
    return found


def _matches(tokens: pd.DataFrame, trie: TermTrie, units: Numbers) -> Iterator[Match]:
    """Yield all matches of terms, places of tokens in the table instead of words."""
    import numpy as np

    kind, kinds = _kinds(tokens, trie)
    words = [_words(one.form, one.lemma, trie) if not one.finite else (UNKNOWN,) for one in kinds.itertuples()]
    n_words = np.array([len(some) for some in words], dtype=np.int64)[kind]
    offsets = np.cumsum([0, *(len(some) for some in words[:-1])])[kind]
    token = np.repeat(np.arange(len(tokens)), n_words)  # the token of each word
    begins = np.cumsum(n_words) - n_words
    inside = np.arange(len(token)) - begins[token]
    flow = np.array([word for some in words for word in some], dtype=np.int64)[offsets[token] + inside]
    starts = np.flatnonzero(np.isin(flow, trie.firsts) & (inside == 0))
    is_noun, is_head, is_article = (kinds[name].to_numpy()[kind].tolist() for name in ("noun", "head", "article"))
    ends = (begins + n_words - 1)[token].tolist()  # the last word of each word's token
    owners = token.tolist()
    unit = units.tolist()
    for match in trie.matches(flow.tolist(), starts.tolist()):
        first, last, head = owners[match.first], owners[match.last], owners[match.head]
        if match.last != ends[match.last] or unit[first] != unit[last]:
            continue
        after_article = head == first > 0 and is_article[first - 1] and unit[first - 1] == unit[first]
        if after_article or (is_head[head] and any(is_noun[first : last + 1])):
            yield Match(first, last, match.term, head)


def _kinds(tokens: pd.DataFrame, trie: TermTrie) -> tuple[Numbers, pd.DataFrame]:
    """Return the kind of each token and the table of kinds: there are far fewer of them."""
    import numpy as np
    import pandas as pd

    finite = tokens["morph"].str.contains(_FINITE, regex=False).fillna(value=False).astype(bool)
    number = finite.to_numpy().astype(np.int64)
    for name in ("form", "lemma", "upos"):
        codes, values = pd.factorize(tokens[name])
        number = number * (len(values) + 1) + codes
    _, index, kind = np.unique(number, return_index=True, return_inverse=True)
    kinds = tokens.iloc[index][["form", "lemma", "upos"]].assign(finite=finite.to_numpy()[index])
    abbreviated = kinds["form"].str.removesuffix("s").isin(trie.abbreviations)
    kinds["noun"] = kinds["upos"].isin(_NOUNS) | abbreviated
    kinds["head"] = ~kinds["upos"].isin(_VERBS) | abbreviated
    kinds["article"] = (kinds["upos"] == "DET") | kinds["form"].str.lower().isin(_CONTRACTED)
    return kind, kinds


def _words(form: str, lemma: str, trie: TermTrie) -> tuple[int, ...]:
    """Return the numbers of a token's words: one, or those of a compound."""
    form = form.translate(STRAIGHT)
    if (abbreviation := form.removesuffix("s")) in trie.abbreviations:
        return (trie.words[abbreviation],)
    known = _word(form, lemma, trie)
    if known != UNKNOWN or "-" not in form:
        return (known,)
    forms, lemmas = form.split("-"), lemma.translate(STRAIGHT).split("-")
    parts = zip(forms, lemmas if len(lemmas) == len(forms) else forms, strict=True)
    return tuple(_word(part, said, trie) for part, said in parts if part) or (UNKNOWN,)


def _word(form: str, lemma: str, trie: TermTrie) -> int:
    # a name in capitals (« Innovation Sociale ») has its form for lemma
    candidates = (lemma.lower(), form.lower(), nominal_lemma(form))
    return next((trie.words[candidate] for candidate in candidates if candidate in trie.words), UNKNOWN)


def _without_overlaps(matches: Iterable[Match]) -> list[Match]:
    """Return the longest of the matches that overlap, then the leftmost, then the first term; in order."""
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda match: (match.first - match.last, match)):
        tokens = range(match.first, match.last + 1)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(match)
    return sorted(kept)
