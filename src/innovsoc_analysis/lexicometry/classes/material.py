"""What is classified: the units of a corpus, the words that count, and those that only describe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.counting.units import unit_rows
from innovsoc_analysis.counting.vocabulary import count_words, place_terms
from innovsoc_analysis.lexicometry.classes.merging import merge_units
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.identifiers import segment_id
from innovsoc_analysis.nlp.terms import merge_terms

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import pandas as pd
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.vocabulary import Counts, Vocabulary
    from innovsoc_analysis.study.corpus import Corpus

    Numbers = NDArray[np.int64]

_NO_WORDS = ("PUNCT", "SPACE", "SYM")
_KINDS = {"NOUN": "nom", "PROPN": "nom propre", "ADJ": "adjectif", "VERB": "verbe", "ADV": "adverbe", "NUM": "nombre"}
_OTHER_KIND = "mot outil"
_BETWEEN_SPEAKERS = " / "


@dataclass(frozen=True, eq=False, repr=False)
class Material:
    """Units and their words.

    Attributes
    ----------
    units : DataFrame
        One row per unit, in order: ``unit_id, doc_id, start, end, speaker``.
    documents : array of int, shape (n_units,)
        Number of each unit's document, from 0, in the order of the corpus.
    presences : sparse array, shape (n_units, n_words)
        Ones.
    words : DataFrame
        One row per column of `presences`: ``word`` (lemma), ``kind`` (nom, verbe, mot outil…), ``active``: whether
        it makes the classes, or only describes them. Active words come first, each in the order of the alphabet.
    tokens : DataFrame
        All words of the texts with their place: ``doc_id, start, end, unit, word``; the last two are rows of
        `units` and `words`, -1 for a word that is too rare.
    """

    units: pd.DataFrame
    documents: Numbers
    presences: sp.csr_array[np.float64]
    words: pd.DataFrame
    tokens: pd.DataFrame

    @property
    def n_active(self) -> int:
        """How many words make the classes: the first ones."""
        return int(self.words["active"].sum())

    @property
    def active(self) -> sp.csr_array[np.float64]:
        """Presences of the words that make the classes."""
        return self.presences[:, : self.n_active]


def make_material(corpus: Corpus, vocabulary: Vocabulary, *, min_count: int, min_size: int) -> Material:
    """Cut `corpus` into units, join the short ones, and find the words of each.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    vocabulary : Vocabulary
        Which words are active, and in what units.
    min_count : int
        A word that fewer units hold is left out.
    min_size : int
        Units of fewer different active words are joined to those that follow in their document, see
        `merge_units`; 0 for none.

    Returns
    -------
    Material

    Raises
    ------
    UsageError
        If no word is left, or a choice is unknown.

    Examples
    --------
    >>> from innovsoc_analysis.counting.vocabulary import Vocabulary
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un jardin.", "b": "Le jardin et un puits."})
    >>> made = make_material(corpus, Vocabulary(min_documents=1, max_share=1), min_count=2, min_size=0)
    >>> made.words.values.tolist(), made.presences.toarray().tolist()
    ([['jardin', 'nom', True], ['un', 'mot outil', False]], [[1.0, 1.0], [1.0, 1.0]])
    """
    import numpy as np
    import pandas as pd
    import scipy.sparse as sp

    found = place_terms(corpus, vocabulary.terms)
    counts = count_words(corpus, vocabulary, found=found)
    frequent = np.bincount(counts.matrix.indices, minlength=len(counts.words)) >= min_count
    units = _joined(counts, frequent, min_size)
    everything = corpus.tokens if found is None else merge_terms(corpus.tokens, found)
    tokens, words = _described(everything, counts, frequent)
    rows, pairs = unit_rows(units, tokens), tokens["key"].to_numpy()
    table = sp.coo_array((np.ones(len(rows)), (rows, pairs)), shape=(len(units), len(words))).tocsr()
    table.data[:] = 1
    places = np.full(len(words), -1)
    often = np.flatnonzero(np.bincount(table.indices, minlength=len(words)) >= min_count)
    words = words.iloc[often]
    if not words["active"].any():
        raise UsageError(
            f"Aucun mot plein ne figure dans {min_count} unités au moins, sur {len(units)} : ajoutez des textes, ou "
            "abaissez min_count=, context_words= et min_segment_size=."
        )
    words = words.sort_values(["active", "word", "kind"], ascending=[False, True, True], kind="stable")
    places[words.index] = np.arange(len(words))
    kept = tokens[["doc_id", "start", "end"]].assign(unit=rows, word=places[pairs])
    return Material(
        units=units,
        documents=pd.factorize(units["doc_id"])[0].astype(np.int64),
        presences=table[:, words.index.to_numpy()].sorted_indices(),
        words=words.reset_index(drop=True),
        tokens=kept.reset_index(drop=True),
    )


def _joined(counts: Counts, frequent: NDArray[np.bool_], min_size: int) -> pd.DataFrame:
    """Return the units, short ones joined to those that follow."""
    import numpy as np

    if not min_size:
        return counts.units[["unit_id", "doc_id", "start", "end", "speaker"]]
    sizes = np.diff(counts.matrix[:, np.flatnonzero(frequent)].indptr)
    merged = merge_units(sizes, counts.units["doc_id"].to_numpy(), min_size)
    units = counts.units.groupby(merged, sort=True).agg({"doc_id": "first", "start": "min", "end": "max"})
    units["speaker"] = _speakers(counts.units["speaker"], merged).reindex(units.index)
    spans = zip(units["doc_id"], units["start"], units["end"], strict=True)
    units.insert(0, "unit_id", [segment_id(doc_id, counts.unit, start, end) for doc_id, start, end in spans])
    return units.reset_index(drop=True)


def _speakers(speakers: pd.Series, merged: Numbers) -> pd.Series:
    """Return who speaks in each unit, in the order in which they do; units where nobody does are left out."""
    said = speakers.to_frame("speaker").assign(unit=merged).dropna().drop_duplicates()
    if said.empty:
        return speakers.iloc[:0]
    return said.groupby("unit", sort=True)["speaker"].agg(_BETWEEN_SPEAKERS.join)


def _described(
    everything: pd.DataFrame, counts: Counts, frequent: NDArray[np.bool_]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the words of the texts, and what each ``key`` is counted as: lemma, kind and whether it is active."""
    import numpy as np
    import pandas as pd

    lemmas = _mapped(everything["lemma"], lambda lemma: lemma.lower().replace("’", "'"))
    kinds = _mapped(everything["upos"], lambda upos: _KINDS.get(upos, _OTHER_KIND))
    written = _mapped(everything["form"], lambda form: re.search(r"\w", form) is not None).astype(bool)
    places = everything.index.get_indexer(counts.tokens.index)
    # as it was counted: an inclusive form may stand for its lemma
    lemmas[places] = counts.tokens["lemma"].to_numpy(dtype=object)
    often = {word for word, kept in zip(counts.words, frequent, strict=True) if kept}
    active = np.zeros(len(everything), dtype=np.bool_)
    active[places] = counts.tokens["lemma"].isin(often)
    # one kind for each active word: that of most of its occurrences
    pairs = pd.DataFrame({"word": lemmas[active], "kind": kinds[active]}).value_counts().reset_index()
    pairs = pairs.sort_values(["count", "kind"], ascending=[False, True], kind="stable").drop_duplicates("word")
    kind_of = dict(zip(pairs["word"], pairs["kind"], strict=True))
    kinds[active] = [kind_of[word] for word in lemmas[active]]
    counted = active | (~everything["upos"].isin(_NO_WORDS).to_numpy() & written)
    (word, names), (kind, kind_names) = (pd.factorize(values[counted]) for values in (lemmas, kinds))
    found, keys = np.unique((word * len(kind_names) + kind) * 2 + active[counted], return_inverse=True)
    named = found // 2
    words = pd.DataFrame(
        {
            "word": names[named // len(kind_names)].tolist(),
            "kind": kind_names[named % len(kind_names)].tolist(),
            "active": found % 2 == 1,
        }
    )
    return everything.loc[counted, ["doc_id", "start", "end"]].assign(key=keys), words


def _mapped(values: pd.Series, function: Callable[[str], Any]) -> NDArray[np.object_]:
    """Return what a function makes of texts, asked once for each: a corpus has far fewer words than tokens."""
    import numpy as np
    import pandas as pd

    codes, names = pd.factorize(values.fillna(""))
    return np.array([function(name) for name in names], dtype=object)[codes]
