"""Makes a correspondence analysis of a corpus, or of a table that is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from innovsoc_analysis.lexicometry.factors.computing import CorrespondenceAnalysis
from innovsoc_analysis.lexicometry.factors.material import counts_by
from innovsoc_analysis.lexicometry.factors.result import Correspondence, Supplement
from innovsoc_analysis.lexicometry.tables import LexicalTable, lexical_table
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.nlp.terms import Term
    from innovsoc_analysis.study.corpus import Corpus

_MIN_COUNT = 5
_FEWEST = 2
_TEXT_KINDS = ("mot", "partie")
_TABLE_KINDS = ("ligne", "colonne")


class Counting(TypedDict, total=False):
    """How words are counted, as in `lexical_table`."""

    word: str
    content: bool
    terms: str | Iterable[Term | str] | None
    min_count: int
    codings: Coded | pd.DataFrame | None


def correspondence(
    corpus: Corpus,
    by: str | pd.DataFrame = "genre",
    *,
    supplementary: Sequence[str] = (),
    n_components: int = 5,
    **counting: Unpack[Counting],
) -> Correspondence:
    """Oppose the parts of a corpus by their words: correspondence analysis (AFC).

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    by : str or DataFrame
        What the parts are, see `spans_by`: an attribute, ``"speaker"``, ``"code"``, or spans.
    supplementary : sequence of str
        Attributes, ``"speaker"`` or ``"code"``, whose values are projected on the map without making it.
    n_components : int
        How many axes.
    **counting
        ``word, content, terms, min_count, codings`` as for `lexical_table`; `min_count` is 5 here: rare
        words are at the edge of any map and say little.

    Returns
    -------
    Correspondence
        Documents without a value for `by` belong to no part.

    Raises
    ------
    UsageError
        If fewer than two parts hold words, no word is frequent enough, or a choice is unknown.

    References
    ----------
    Lebart, L., Salem, A. & Berry, L. (1998). *Exploring Textual Data*. Kluwer.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Jardin, jardin, puits.", "b": "Jardin, loyer.", "c": "Loyer, puits."})
    >>> correspondence(corpus, "title", min_count=1)
    <Correspondence : 3 documents, 3 mots, 3 parties, 2 axe(s)>
    """
    settings: Counting = {"min_count": _MIN_COUNT, **counting}
    lexical = lexical_table(corpus, by, **settings)
    analysis = _fitted(lexical, n_components)
    variables = (supplementary,) if isinstance(supplementary, str) else supplementary
    supplements: list[Supplement] = []
    dropped: list[str] = []
    for variable in variables:
        names, counts = counts_by(corpus, variable, lexical, codings=counting.get("codings"))
        supplements.append(_projected(analysis, names, counts.T.tocsr(), variable=variable, as_columns=True))
        dropped += sorted(set(names) - set(supplements[-1].names))
    return _of_words(analysis, lexical, supplementary=supplements, dropped=dropped, corpus=corpus)


def correspondence_of(
    table: pd.DataFrame | LexicalTable,
    *,
    n_components: int = 5,
    supplementary_rows: pd.DataFrame | None = None,
    supplementary_columns: pd.DataFrame | None = None,
) -> Correspondence:
    """Analyse any table of counts, such as codes by attributes.

    Parameters
    ----------
    table : DataFrame or LexicalTable
        Counts; names of the index and of the columns say what they are.
    n_components : int
        How many axes.
    supplementary_rows, supplementary_columns : DataFrame, optional
        Points that are projected: rows over the same columns, columns over the same rows.

    Returns
    -------
    Correspondence
        Without texts, hence without ellipses.

    Raises
    ------
    UsageError
        If the table holds something else than counts, or fewer than two rows or columns hold something.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"entretiens": [9, 1, 4], "projets": [2, 8, 4]}, index=["soin", "argent", "lieu"])
    >>> correspondence_of(table).interpret(1, n=1)[["side", "name"]].values.tolist()
    [['+', 'entretiens'], ['+', 'soin'], ['−', 'projets'], ['−', 'argent']]
    """
    if isinstance(table, LexicalTable):
        return _of_words(_fitted(table, n_components), table)
    analysis = CorrespondenceAnalysis(n_components).fit(table)
    rows, columns = [str(name) for name in table.index], [str(name) for name in table.columns]
    kinds = str(table.index.name or _TABLE_KINDS[0]), str(table.columns.name or _TABLE_KINDS[1])
    if kinds[0] == kinds[1]:
        kinds = _TABLE_KINDS
    supplements: list[Supplement] = []
    dropped = _left_out(analysis, rows, columns)
    for given, as_columns in ((supplementary_rows, False), (supplementary_columns, True)):
        if given is not None:
            lined = _aligned(given.T if as_columns else given, table.index if as_columns else table.columns)
            names = [str(name) for name in lined.index]
            supplement = _projected(
                analysis, names, lined.to_numpy(), variable=kinds[int(as_columns)], as_columns=as_columns
            )
            supplements.append(supplement)
            dropped += [name for name in names if name not in supplement.names]
    return Correspondence(
        analysis,
        tuple(rows[place] for place in analysis.rows_.kept),
        tuple(columns[place] for place in analysis.columns_.kept),
        kinds=kinds,
        by=kinds[1],
        dropped=tuple(dropped),
        supplementary=tuple(supplements),
    )


def _fitted(lexical: LexicalTable, n_components: int) -> CorrespondenceAnalysis:
    filled = lexical.counts.sum(axis=0) > 0
    if filled.sum() < _FEWEST:
        listed = ", ".join(part for part, is_filled in zip(lexical.parts, filled, strict=True) if is_filled) or "aucune"
        raise UsageError(
            f"Une analyse des correspondances compare au moins deux parties ; « {lexical.by} » n'en donne pas assez "
            f"qui contiennent des mots comptés ({listed}) : choisissez un autre attribut, ou abaissez min_count."
        )
    if (lexical.counts.sum(axis=1) > 0).sum() < _FEWEST:
        raise UsageError("Une analyse des correspondances compare au moins deux mots : abaissez min_count.")
    return CorrespondenceAnalysis(n_components).fit(lexical.counts)


def _of_words(
    analysis: CorrespondenceAnalysis,
    lexical: LexicalTable,
    *,
    supplementary: Sequence[Supplement] = (),
    dropped: Sequence[str] = (),
    corpus: Corpus | None = None,
) -> Correspondence:
    empty = _left_out(analysis, lexical.words, lexical.parts)
    return Correspondence(
        analysis,
        tuple(lexical.words[place] for place in analysis.rows_.kept),
        tuple(lexical.parts[place] for place in analysis.columns_.kept),
        kinds=_TEXT_KINDS,
        by=lexical.by,
        dropped=(*empty, *dropped),
        supplementary=tuple(supplementary),
        lexical=lexical,
        corpus=corpus,
    )


def _left_out(analysis: CorrespondenceAnalysis, rows: Sequence[str], columns: Sequence[str]) -> list[str]:
    clouds = ((rows, analysis.rows_), (columns, analysis.columns_))
    return [
        names[place] for names, cloud in clouds for place in sorted(set(range(len(names))) - set(cloud.kept.tolist()))
    ]


def _projected(
    analysis: CorrespondenceAnalysis, names: Sequence[str], counts: Any, *, variable: str, as_columns: bool
) -> Supplement:
    """Project the points, one per row of `counts`, that hold something of what is analysed."""
    import numpy as np

    other = analysis.rows_ if as_columns else analysis.columns_
    kept = np.flatnonzero(np.asarray(abs(counts[:, other.kept]).sum(axis=1)).ravel() != 0)
    cloud = analysis.project(counts[kept].T if as_columns else counts[kept], as_columns=as_columns)
    return Supplement(variable, tuple(names[place] for place in kept.tolist()), cloud)


def _aligned(points: pd.DataFrame, expected: pd.Index) -> pd.DataFrame:
    """Return the points over the names of the table, in its order."""
    missing = [str(name) for name in expected if name not in points.columns]
    if missing:
        raise UsageError(f"Éléments supplémentaires : il y manque {', '.join(missing[:5])}.")
    return points[list(expected)]
