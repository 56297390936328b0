"""What words classes prefer and avoid."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from innovsoc_analysis.lexicometry.classes.material import Material

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

THRESHOLD = 3.84
"""χ² from which a word is in the profile of a class: 5 % at one degree of freedom."""
DIGITS = 9  # beyond them two values are the same, on any machine


class _Held(NamedTuple):
    """What one document holds of each word: within a class, and in all."""

    document: Numbers
    here: Numbers
    everywhere: Numbers


def signed_chi2(here: ArrayLike, *, holding: ArrayLike, size: ArrayLike, total: ArrayLike) -> Floats:
    """Return χ² of the table of in a class or not × holding a word or not, with the sign of the association.

    Parameters
    ----------
    here : array of int
        Units of the class that hold the word.
    holding : array of int
        Units that hold it.
    size : array of int
        Units of the class.
    total : array of int
        All units. All four are broadcast.

    Returns
    -------
    array
        N (ad − bc)² / ((a+b)(c+d)(a+c)(b+d)), without continuity correction; positive if the class holds
        the word more often than the others, negative if less. 0 where one margin is empty.

    Examples
    --------
    >>> signed_chi2([3, 1], holding=4, size=[4, 6], total=10).round(3).tolist()
    [3.403, -3.403]
    """
    import numpy as np

    a, m, n, total = (np.asarray(one, dtype=np.float64) for one in (here, holding, size, total))
    excess = a * total - m * n
    room = m * n * (total - m) * (total - n)
    chi2 = np.divide(total * excess * np.abs(excess), room, out=np.zeros(np.shape(excess * room)), where=room > 0)
    return np.asarray(chi2)


def profile_table(material: Material, labels: Numbers) -> pd.DataFrame:
    """Return how each word goes with each class; `Classes.table` tells the columns.

    Parameters
    ----------
    material : Material
        The units and their words.
    labels : array of int, shape (n_units,)
        Class of each unit, from 1; units labelled 0 are left out of all counts.

    Examples
    --------
    >>> from innovsoc_analysis.counting.vocabulary import Vocabulary
    >>> from innovsoc_analysis.lexicometry.classes.material import make_material
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Jardins.", "b": "Jardins.", "c": "Guichets.", "d": "Jardins, guichets."})
    >>> made = make_material(corpus, Vocabulary(min_documents=1, max_share=1), min_count=1, min_size=0)
    >>> import numpy as np
    >>> table = profile_table(made, np.array([1, 1, 2, 2]))
    >>> table[["class", "word", "n_in_class", "n_in_all", "chi2"]].round(2).values.tolist()
    [[1, 'jardin', 2, 3, 1.33], [1, 'guichet', 0, 2, -4.0], [2, 'guichet', 2, 2, 4.0], [2, 'jardin', 1, 3, -1.33]]
    """
    import numpy as np
    import pandas as pd
    from scipy.stats import chi2 as chi2_law

    classified = np.flatnonzero(labels)
    presences, numbers, documents = material.presences[classified], labels[classified], material.documents[classified]
    holding = np.asarray(presences.sum(axis=0)).astype(np.int64)
    frames = []
    for number in range(1, int(numbers.max(initial=0)) + 1):
        inside = numbers == number
        here = np.asarray(presences[np.flatnonzero(inside)].sum(axis=0)).astype(np.int64)
        chi2 = signed_chi2(here, holding=holding, size=inside.sum(), total=len(numbers))
        n_documents, without = _without_main(presences, documents, inside, here=here, holding=holding)
        marked = chi2 >= THRESHOLD
        frames.append(
            material.words.assign(
                n_in_class=here,
                n_in_all=holding,
                n_class=int(inside.sum()),
                n_units=len(numbers),
                share=here / inside.sum(),
                share_of_word=np.divide(here, holding, out=np.zeros(len(here)), where=holding > 0),
                chi2=chi2,
                p_value=chi2_law.sf(np.abs(chi2), 1),
                phi=np.sign(chi2) * np.sqrt(np.abs(chi2) / len(numbers)),
                n_documents=n_documents,
                chi2_without=np.where(marked, without, np.nan),
                one_document=marked & (without < THRESHOLD),
                column=np.arange(len(here)),
            ).assign(**{"class": number})[lambda rows: rows["n_in_all"] > 0]
        )
    table = pd.concat(frames, ignore_index=True)
    order = table.assign(rank=-table["chi2"].round(DIGITS), count=-table["n_in_all"]).sort_values(
        ["class", "rank", "count", "word", "kind"], kind="stable"
    )
    table = table.loc[order.index].reset_index(drop=True)
    return table[["class", *(name for name in table.columns if name != "class")]]


def chi2_of(profiles: pd.DataFrame, number: int, n_active: int) -> Floats:
    """Return signed χ² of each active word in a class; 0 for words that no classified unit holds.

    Parameters
    ----------
    profiles : DataFrame
        From `profile_table`.
    number : int
        The class.
    n_active : int
        How many words are active.
    """
    import numpy as np

    rows = profiles[profiles["active"] & (profiles["class"] == number)]
    chi2 = np.zeros(n_active)
    chi2[rows["column"]] = rows["chi2"]
    return chi2


def counts_table(profiles: pd.DataFrame) -> pd.DataFrame:
    """Return in how many units of each class each active word is.

    Parameters
    ----------
    profiles : DataFrame
        From `profile_table`.
    """
    rows = profiles[profiles["active"]]
    counts = rows.pivot_table(index="word", columns="class", values="n_in_class", aggfunc="sum").astype(int)
    counts.columns = [f"classe {number}" for number in counts.columns]
    return counts.rename_axis(index="mot", columns="classe")


def sizes_table(material: Material, labels: Numbers, n_classes: int) -> pd.DataFrame:
    """Return how large classes are, and on how many documents they stand; `Classes.summary` tells the columns.

    Parameters
    ----------
    material : Material
        The units.
    labels : array of int, shape (n_units,)
        Class of each, from 1; 0 for none.
    n_classes : int
        How many classes.
    """
    import numpy as np
    import pandas as pd

    numbers = range(1, n_classes + 1)
    sizes = np.bincount(labels, minlength=n_classes + 1)[1:]
    documents = [np.bincount(material.documents[labels == one]) for one in numbers]
    return pd.DataFrame(
        {
            "class": list(numbers),
            "n": sizes,
            "share": sizes / max(int(sizes.sum()), 1),
            "n_documents": [np.count_nonzero(counts) for counts in documents],
            "main_document": [counts.max(initial=0) / max(counts.sum(), 1) for counts in documents],
        }
    )


def _without_main(
    presences: object, documents: Numbers, inside: NDArray[np.bool_], *, here: Numbers, holding: Numbers
) -> tuple[Numbers, Floats]:
    """Return how many documents of a class hold each word, and χ² if the one that holds it most were left out.

    Where the class is of one document alone there is nothing to compare with: the second is then missing.
    """
    import numpy as np

    n_documents, held = _main_documents(presences, documents, inside)
    in_class = np.bincount(documents[inside], minlength=int(documents.max()) + 1)
    in_all = np.bincount(documents)
    without = signed_chi2(
        here - held.here,
        holding=holding - held.everywhere,
        size=inside.sum() - in_class[held.document],
        total=len(documents) - in_all[held.document],
    )
    if np.count_nonzero(in_class) == 1:
        without = np.full(len(without), np.nan)
    return n_documents, without


def _main_documents(presences: object, documents: Numbers, inside: NDArray[np.bool_]) -> tuple[Numbers, _Held]:
    """Return for each word by how many documents of a class it is held, and what the first of them holds."""
    import numpy as np
    import scipy.sparse as sp

    n_documents = int(documents.max()) + 1
    gather = sp.csr_array(
        (np.ones(len(documents)), (documents, np.arange(len(documents)))), shape=(n_documents, len(documents))
    )
    everywhere = (gather @ presences).tocsc()
    within = sp.coo_array((gather[:, np.flatnonzero(inside)]) @ presences[np.flatnonzero(inside)])  # type: ignore[index]
    n_words = within.shape[1]
    # of documents that hold a word as often, the first of the corpus
    order = np.lexsort((within.row, -within.data, within.col))
    columns = within.col[order]
    first = order[np.flatnonzero(np.diff(columns, prepend=-1))]
    document, here, total = (np.zeros(n_words, dtype=np.int64) for _ in range(3))
    document[within.col[first]] = within.row[first]
    here[within.col[first]] = within.data[first]
    total[within.col[first]] = np.asarray(everywhere[within.row[first], within.col[first]]).ravel()
    return np.bincount(within.col, minlength=n_words), _Held(document, here, total)
