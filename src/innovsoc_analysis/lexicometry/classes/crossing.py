"""Classes and what is known of their units: attributes of documents, speakers, codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.counting.parts import CODE, SPEAKER, spans_by
from innovsoc_analysis.lexicometry.classes.profiles import signed_chi2
from innovsoc_analysis.lexicometry.corrections import false_discoveries
from innovsoc_analysis.lexicometry.tables import tokens_within
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.attributes import in_order

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.lexicometry.classes.material import Material
    from innovsoc_analysis.study.corpus import Corpus

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_DRAWS = 999
_FEWEST_DOCUMENTS = 5
_FEWEST = 2
_SAME = 1e-12


class Crossed(NamedTuple):
    """Which units carry which value.

    Attributes
    ----------
    names : tuple of str
        The values, in natural order: 9 before 10.
    members : array of bool, shape (n_units, n_values)
        A unit may carry several values, or none.
    whole : bool
        Whether values are those of whole documents.
    """

    names: tuple[str, ...]
    members: NDArray[np.bool_]
    whole: bool


def crossed_with(
    corpus: Corpus, material: Material, by: str | pd.DataFrame, *, codings: Coded | pd.DataFrame | None = None
) -> Crossed:
    """Return which units carry which value of `by`, see `spans_by`.

    Parameters
    ----------
    corpus, material
        The texts and their units.
    by : str or DataFrame
        An attribute, ``"speaker"``, ``"code"``, or spans. A unit carries a value as soon as one of its words
        does: several speakers may share a unit.
    codings : Codings or DataFrame, optional
        For ``by="code"``.

    Raises
    ------
    UsageError
        If there are not two values to compare, unless they are codes.
    """
    import numpy as np

    spans = spans_by(corpus, by, codings=codings)
    values = in_order(spans["part"].unique())
    whole = isinstance(by, str) and by not in {SPEAKER, CODE}
    if len(values) < _FEWEST and not (isinstance(by, str) and by == CODE):
        name = by if isinstance(by, str) else "part"
        raise UsageError(f"« {name} » n'a qu'une valeur, « {values[0]} » : choisissez ce qui distingue des textes.")
    members = np.zeros((len(material.units), len(values)), dtype=np.bool_)
    if whole:
        columns = spans.set_index("doc_id")["part"].map({value: place for place, value in enumerate(values)})
        carried = material.units["doc_id"].map(columns)
        known = np.flatnonzero(carried.notna())
        members[known, carried.iloc[known].astype(int)] = True
    else:
        grouped = dict(list(spans.groupby("part", sort=False)))
        for column, value in enumerate(values):
            rows = tokens_within(material.tokens, grouped[value])
            members[material.tokens["unit"].to_numpy()[rows], column] = True
    return Crossed(tuple(values), members, whole)


def association_table(material: Material, labels: Numbers, crossed: Crossed, *, seed: int = 0) -> pd.DataFrame:
    """Return how each value goes with each class; `Classes.by` tells the columns.

    Parameters
    ----------
    material : Material
        The units.
    labels : array of int, shape (n_units,)
        Class of each, from 1; 0 for none.
    crossed : Crossed
        From `crossed_with`.
    seed : int
        Of the permutations.
    """
    import numpy as np
    import pandas as pd
    from scipy.stats import chi2 as chi2_law

    # documents without a value are compared with none; a unit without a code is one that could have had it
    known = crossed.members.any(axis=1) if crossed.whole else np.ones(len(labels), dtype=np.bool_)
    kept = np.flatnonzero((labels > 0) & known)
    members = crossed.members[kept].astype(np.float64)
    classes = np.eye(int(labels.max()) + 1)[labels[kept]][:, 1:]
    documents = np.unique(material.documents[kept], return_inverse=True)[1]
    both = members.T @ classes
    with_value, in_class = members.sum(axis=0), classes.sum(axis=0)
    chi2 = signed_chi2(both, holding=with_value[:, None], size=in_class, total=len(kept))
    n_values, n_classes = both.shape
    held = [[len(np.unique(documents[(v * c) > 0])) for c in classes.T] for v in members.T]
    by_documents = _permuted if crossed.whole else _clustered
    p_documents = by_documents(members, classes, documents, seed)
    flat = {
        "n": both.astype(np.int64),
        "n_value": np.broadcast_to(with_value[:, None].astype(np.int64), both.shape),
        "n_class": np.broadcast_to(in_class.astype(np.int64), both.shape),
        "share": np.divide(both, with_value[:, None], out=np.zeros(both.shape), where=with_value[:, None] > 0),
        "share_in_all": np.broadcast_to(in_class / max(len(kept), 1), both.shape),
        "chi2": chi2,
        "p_value": chi2_law.sf(np.abs(chi2), 1),
        "n_documents": np.array(held, dtype=np.int64).reshape(both.shape),
        "p_documents": p_documents,
    }
    table = pd.DataFrame(
        {
            "class": np.repeat(np.arange(1, n_classes + 1), n_values),
            "value": np.tile(np.array(crossed.names, dtype=object), n_classes),
            **{name: values.T.ravel() for name, values in flat.items()},
        }
    )
    table.insert(9, "p_adjusted", false_discoveries(table["p_value"].to_numpy()))
    return table.assign(p_documents_adjusted=false_discoveries(table["p_documents"].to_numpy()))


def _by_document(table: Floats, documents: Numbers) -> Floats:
    """Return the sums of rows by document."""
    import numpy as np

    sums = np.zeros((int(documents.max(initial=-1)) + 1, table.shape[1]))
    np.add.at(sums, documents, table)
    return sums


def _excess(both: Floats, with_value: Floats, in_class: Floats, total: float) -> Floats:
    """Return by how much the share of each class is larger with a value than without: values × classes."""
    import numpy as np

    sizes, others = with_value[:, None], total - with_value[:, None]
    with_it = np.divide(both, sizes, out=np.zeros(both.shape), where=sizes > 0)
    without = np.divide(in_class - both, others, out=np.zeros(both.shape), where=others > 0)
    return np.asarray(with_it - without)


def _permuted(members: Floats, classes: Floats, documents: Numbers, seed: int) -> Floats:
    """Return p when the values are dealt again to whole documents."""
    import numpy as np

    counts = _by_document(classes, documents)
    sizes = counts.sum(axis=1)
    carried = _by_document(members, documents) > 0
    if len(sizes) < _FEWEST:
        return np.full((members.shape[1], classes.shape[1]), np.nan)
    rng = np.random.default_rng(seed)

    def excess(dealt: NDArray[np.bool_]) -> Floats:
        values = dealt.T.astype(np.float64)
        return np.abs(_excess(values @ counts, values @ sizes, counts.sum(axis=0), sizes.sum()))

    observed = excess(carried) - _SAME
    beyond = sum((excess(rng.permutation(carried)) >= observed).astype(np.int64) for _ in range(_DRAWS))
    return np.asarray((1 + beyond) / (1 + _DRAWS))


def _clustered(members: Floats, classes: Floats, documents: Numbers, _seed: int) -> Floats:
    """Return p of the difference of shares, its variance taken between documents.

    The linearised ratio of the survey literature, documents being its clusters; missing where fewer than
    five documents hold units with the value, or without it.
    """
    import numpy as np
    from scipy.stats import t

    total = len(members)
    both, with_value, in_class = members.T @ classes, members.sum(axis=0), classes.sum(axis=0)
    excess = _excess(both, with_value, in_class, total)
    p_values = np.full(both.shape, np.nan)
    sizes = _by_document(np.ones((total, 1)), documents)
    counts = _by_document(classes, documents)
    for value, inside in enumerate(members.T):
        own, here = _by_document(inside[:, None], documents), _by_document(inside[:, None] * classes, documents)
        # as many as the smaller side has: with the number of all documents the error is too small
        n_documents = min(np.count_nonzero(own), np.count_nonzero(sizes - own))
        if n_documents < _FEWEST_DOCUMENTS:
            continue
        n, rest = with_value[value], total - with_value[value]
        left = (here - own * both[value] / n) / n
        right = (counts - here - (sizes - own) * (in_class - both[value]) / rest) / rest
        error = np.sqrt(n_documents / (n_documents - 1) * ((left - right) ** 2).sum(axis=0))
        ratio = np.divide(np.abs(excess[value]), error, out=np.full(len(error), np.nan), where=error > _SAME)
        p_values[value] = 2 * t.sf(ratio, n_documents - 1)
    return p_values
