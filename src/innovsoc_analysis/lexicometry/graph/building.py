"""Build the graph of words of a corpus, of codes, or of any items that stand in units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from innovsoc_analysis.counting.vocabulary import among
from innovsoc_analysis.lexicometry.graph.graph import communities, spanning_tree
from innovsoc_analysis.lexicometry.graph.indices import INDICES, count_pairs, index_values
from innovsoc_analysis.lexicometry.graph.result import Similarity
from innovsoc_analysis.lexicometry.graph.stability import edge_stability
from innovsoc_analysis.lexicometry.graph.words import Counting, spans_within, stand
from innovsoc_analysis.lexicometry.naming import labels_of
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    import scipy.sparse as sp

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.lexicometry.graph.words import Standing
    from innovsoc_analysis.study.corpus import Corpus

EDGES = ("tree", "threshold", "all")
_FEWEST = 2


class Building(TypedDict, total=False):
    """How the graph is built.

    Attributes
    ----------
    index : str
        A key of `INDICES`; by default ``"cooccurrence"``.
    edges : {"tree", "threshold", "all"}
        What is drawn: the maximum tree; besides it, the pairs whose index is at least `threshold`; or
        all pairs that go together.
    threshold : float
        For ``edges="threshold"``.
    n_resamples : int
        Draws of documents for the stability of edges, 100 by default; 0 for none.
    seed : int
        Of the draws.
    """

    index: str
    edges: str
    threshold: float
    n_resamples: int
    seed: int


class Choices(Building, Counting, total=False):
    """How words are counted and the graph is built."""


def similarity(
    corpus: Corpus,
    *,
    unit: str = "context",
    n_words: int = 60,
    words: Sequence[str] | None = None,
    within: tuple[str, str] | pd.DataFrame | None = None,
    codings: Coded | pd.DataFrame | None = None,
    **choices: Unpack[Choices],
) -> Similarity:
    """Return the graph of the words of `corpus` that stand together: similarity analysis.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    unit : {"context", "paragraph", "sentence", "document"}
        In what two words stand together; context units are those of `make_units`.
    n_words : int
        How many content words are taken, those of the most units first.
    words : sequence of str, optional
        The words themselves (lemmas, small words too, expressions such as « jardin partagé »).
    within : tuple of str or DataFrame, optional
        One part of the texts: ``("genre", "talk")``, ``("speaker", "Awa")``, ``("code", "…")`` with
        `codings`; or stretches, columns ``doc_id, start, end``, such as those of a class.
    codings : Codings or DataFrame, optional
        For ``within=("code", …)``.
    **choices
        ``index``, ``edges``, ``threshold``, ``n_resamples``, ``seed``: see `Building`; ``upos``,
        ``stop_words``, ``keep``, ``inclusive``, ``terms``, ``context_words``: see `Vocabulary`;
        ``min_count``: the fewest units of a word that is taken, 2 by default.

    Returns
    -------
    Similarity
        The same for the same texts, in any order, on any machine.

    Raises
    ------
    UsageError
        If a choice is unknown, a word is not in the texts, or fewer than two words or units are left.
    UnknownNameError
        If no document has the attribute of `within`.

    Notes
    -----
    Flament (1962, « L'analyse de similitude », *Cahiers du Centre de recherche opérationnelle* 4);
    Vergès & Bouriche (2001, *L'analyse des données par les graphes de similitude*); on words of
    texts, Marchand & Ratinaud (2012, JADT, pp. 687–699). See `index_values`, `spanning_tree`,
    `communities` and `edge_stability` for what each step computes. Time grows with the units times
    the square of the chosen words that a unit holds.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits et un jardin. Le jardin, le puits.", "b": "Une serre, un jardin."})
    >>> found = similarity(corpus, unit="sentence", min_count=1, n_resamples=0)
    >>> found.table[["word_a", "word_b", "n_together", "in_tree"]].values.tolist()
    [['jardin', 'puits', 2, True], ['jardin', 'serre', 1, True]]
    """
    building, counting = _sorted_out(choices)
    spans = spans_within(corpus, within, codings)
    if words is None and (not isinstance(n_words, int) or n_words < _FEWEST):
        raise UsageError("n_words est un entier d'au moins 2.")
    found = stand(corpus, unit=unit, n_words=n_words, words=words, spans=spans, counting=counting)
    documents = found.units["doc_id"].tolist()
    part = within if isinstance(within, tuple) else None
    return _built(
        found.presence, found.words, groups=documents, building=building, told=_Told(unit, found, corpus, part)
    )


def similarity_of(
    matrix: Any,
    names: Sequence[str] | None = None,
    *,
    groups: Sequence[Any] | None = None,
    unit: str = "unit",
    **building: Unpack[Building],
) -> Similarity:
    """Return the graph of items that stand together in the rows of `matrix`.

    Parameters
    ----------
    matrix : DataFrame, array or sparse array, shape (n_units, n_items)
        Above 0 where the unit holds the item.
    names : sequence of str, optional
        Of the items; by default the columns of a DataFrame.
    groups : sequence, shape (n_units,), optional
        The document of each unit, for the draws; by default each unit is drawn by itself.
    unit : str
        What rows are called in captions: a key of `UNIT_NAMES`.
    **building
        See `Building`.

    Returns
    -------
    Similarity
        Items that no unit holds are left out and listed in `absent`.

    Raises
    ------
    UsageError
        If the matrix holds something else than finite numbers, names are missing or repeated, or
        fewer than two items or units are left.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame({"acteurs": [1, 1, 0], "lieux": [1, 1, 1], "temps": [0, 0, 1]})
    >>> found = similarity_of(coded, n_resamples=0)
    >>> found.table[["word_a", "word_b", "n_together"]].values.tolist()
    [['acteurs', 'lieux', 2], ['lieux', 'temps', 1]]
    """
    import numpy as np

    presence, known = _presence(matrix, names)
    chosen = np.array(sorted(range(len(known)), key=known.__getitem__), dtype=np.int64)
    held = np.asarray(presence.sum(axis=0)).ravel()[chosen] > 0
    labels = list(range(presence.shape[0])) if groups is None else list(groups)
    if len(labels) != presence.shape[0]:
        raise UsageError(
            f"groups compte {len(labels)} valeurs pour {presence.shape[0]} unités : donnez-en une par unité."
        )
    told = _Told(unit, index=getattr(matrix, "index", None), absent=tuple(known[one] for one in chosen[~held]))
    kept = chosen[held]
    options, _ = _sorted_out(building)
    return _built(presence[:, kept], tuple(known[one] for one in kept), groups=labels, building=options, told=told)


def similarity_of_codes(
    codings: Coded | pd.DataFrame, *, unit: str = "segment", **building: Unpack[Building]
) -> Similarity:
    """Return the graph of codes that are given to the same segments, or in the same documents.

    Parameters
    ----------
    codings : Codings or DataFrame
        A row per coding: ``doc_id, start, end, code``, and ``segment_id`` if there is one.
    unit : {"segment", "document"}
        In what two codes stand together. What nobody coded is no unit.
    **building
        See `Building`.

    Raises
    ------
    UsageError
        If a column is missing, or there are fewer than two codes or units.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame({"doc_id": ["a", "a", "b", "b"], "start": [0, 0, 5, 5], "end": [4, 4, 9, 9],
    ...                       "code": ["lieux", "acteurs", "lieux", "acteurs"]})
    >>> similarity_of_codes(coded, n_resamples=0).table["n_together"].tolist()
    [2]
    """
    import pandas as pd

    table: Any = getattr(codings, "table", codings)
    if missing := [name for name in ("doc_id", "start", "end", "code") if name not in table.columns]:
        raise UsageError(f"codings : il manque la colonne « {missing[0]} ».")
    if unit not in ("segment", "document"):
        raise UsageError(f"Unité inconnue : « {unit} » ; choisissez segment ou document.")
    segment = ["doc_id", "segment_id"] if "segment_id" in table.columns else ["doc_id", "start", "end"]
    keys = table.groupby(["doc_id"] if unit == "document" else segment, sort=True).ngroup()
    matrix = pd.crosstab(keys, table["code"].astype(str))
    documents = table.groupby(keys)["doc_id"].first()
    found = similarity_of(matrix, groups=documents.tolist(), unit=unit, **building)
    return replace(found, labels_of_words=labels_of(codings))


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """Where the units come from: what `Similarity` tells of them."""

    unit: str
    standing: Standing | None = None
    corpus: Corpus | None = None
    part: tuple[str, str] | None = None
    index: Any = None
    absent: tuple[str, ...] = ()


def _built(
    presence: sp.csr_array[np.int64], words: tuple[str, ...], *, groups: list[Any], building: Building, told: _Told
) -> Similarity:
    import numpy as np
    import pandas as pd

    if len(words) < _FEWEST or presence.shape[0] < _FEWEST:
        raise UsageError("Un graphe de similitude demande au moins deux unités et deux mots ou codes qui y figurent.")
    index, edges = building.get("index", "cooccurrence"), building.get("edges", "tree")
    threshold = float(building.get("threshold", 0.0))
    pairs = count_pairs(presence)
    values = index_values(pairs, index)
    tree = spanning_tree(pairs, index)
    drawn = tree if edges == "tree" else values > 0 if edges == "all" else tree | (values >= max(threshold, 1e-12))
    ends = np.column_stack([pairs.first, pairs.second])
    codes = pd.factorize(np.array([str(group) for group in groups]), sort=True)[0].astype(np.int64)
    drawn_units = codes if codes.max() > 0 else np.arange(len(codes))
    stability = edge_stability(
        presence,
        pairs,
        index=index,
        groups=drawn_units,
        n_resamples=building.get("n_resamples", 100),
        seed=building.get("seed", 0),
    )
    return Similarity(
        words=words,
        pairs=pairs,
        index=index,
        weights=values,
        in_tree=tree,
        drawn=drawn,
        stability=stability,
        labels=communities(len(words), ends[drawn], values[drawn]),
        presence=presence,
        n_resamples=building.get("n_resamples", 100),
        n_groups=int(drawn_units.max()) + 1,
        by_document=bool(codes.max() > 0) and len(set(codes.tolist())) < len(codes),
        unit=told.unit,
        edges=edges,
        threshold=threshold,
        part=told.part,
        absent=told.absent,
        index_of_units=told.index,
        standing=told.standing,
        corpus=told.corpus,
    )


def _sorted_out(choices: Any) -> tuple[Building, Counting]:
    """Return the choices of building and of counting, checked."""
    known = [*Building.__annotations__, *Counting.__annotations__]
    if unknown := [name for name in choices if name not in known]:
        raise UsageError(f"Option inconnue : « {unknown[0]} » ; il y a {', '.join(known)}.")
    building: Any = {name: value for name, value in choices.items() if name in Building.__annotations__}
    counting: Any = {name: value for name, value in choices.items() if name in Counting.__annotations__}
    for name, options in (("index", INDICES), ("edges", EDGES)):
        if name in building and building[name] not in options:
            raise UsageError(f"{name} : « {building[name]} » n'existe pas ; choisissez {among(options)}.")
    threshold = building.get("threshold", 0.0)
    if (building.get("edges") == "threshold") != ("threshold" in building):
        raise UsageError(
            'Un seuil va avec edges="threshold" : donnez les deux, par exemple edges="threshold", threshold=5.'
        )
    if not isinstance(threshold, (int, float)) or not 0 <= threshold < float("inf"):
        raise UsageError("threshold est un nombre d'au moins 0.")
    for name in ("n_resamples", "seed"):
        if not isinstance(building.get(name, 0), int) or building.get(name, 0) < 0:
            raise UsageError(f"{name} est un entier d'au moins 0.")
    return building, counting


def _presence(matrix: Any, names: Sequence[str] | None) -> tuple[sp.csr_array[np.int64], list[str]]:
    """Return 1 where a number is above 0, and the names of the columns."""
    import numpy as np
    import scipy.sparse as sp

    known = list(getattr(matrix, "columns", ())) if names is None else list(names)
    values = matrix if sp.issparse(matrix) else np.asarray(matrix)
    if values.ndim != _FEWEST or values.dtype.kind not in "biuf":
        raise UsageError(
            "La matrice compte des unités en lignes et des mots ou codes en colonnes : des nombres seulement."
        )
    values = sp.csr_array(values)
    if not np.isfinite(values.data).all():
        raise UsageError("La matrice contient des valeurs manquantes ou infinies : remplacez-les par 0.")
    if len(known) != values.shape[1]:
        raise UsageError(f"Il y a {len(known)} noms pour {values.shape[1]} colonnes : donnez names=[…].")
    known = [str(name) for name in known]
    if len(set(known)) < len(known):
        raise UsageError("Deux colonnes portent le même nom : renommez-en une.")
    presence = sp.csr_array(values > 0).astype(np.int64)
    presence.sort_indices()
    return presence, known
