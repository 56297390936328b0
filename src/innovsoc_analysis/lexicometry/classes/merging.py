"""Units of enough words: short ones are merged with those that follow in their document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


def merge_units(
    sizes: Sequence[int] | Numbers, groups: Sequence[Hashable] | NDArray[np.generic], fewest: int
) -> Numbers:
    """Return to which larger unit each unit belongs.

    Parameters
    ----------
    sizes : sequence of int
        How many terms each unit holds.
    groups : sequence
        The document of each unit. Units of one document follow each other in the order given, be there units of
        other documents between them.
    fewest : int
        A unit is closed once it holds that many terms: repeated ones count again. The rest at the end
        of a document is joined to the unit before; a document that holds fewer is one unit.

    Returns
    -------
    array of int
        Numbers from 0, in the order in which the larger units begin.

    Notes
    -----
    Reinert (1990) makes his context units so, and classifies at two sizes.

    Examples
    --------
    >>> merge_units([4, 6, 3, 8, 2, 1, 1], list("aaaaabb"), 10).tolist()
    [0, 0, 1, 1, 1, 2, 2]
    """
    import numpy as np
    import pandas as pd

    documents = pd.factorize(np.asarray(groups), use_na_sentinel=False)[0]
    order = np.argsort(documents, kind="stable")
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = _numbered(documents[order].tolist(), np.asarray(sizes)[order].tolist(), fewest)
    return pd.factorize(numbers)[0].astype(np.int64)


def _numbered(documents: list[int], sizes: list[int], fewest: int) -> list[int]:
    """Return the numbers of the larger units, documents standing one after the other."""
    from itertools import groupby

    numbers: list[int] = []
    for _, units in groupby(zip(documents, sizes, strict=True), key=lambda unit: unit[0]):
        offset = numbers[-1] + 1 if numbers else 0
        number, held = -1, fewest
        own: list[int] = []
        for _, size in units:
            if held >= fewest:
                number, held = number + 1, 0
            own.append(number)
            held += size
        last = number - 1 if held < fewest and number else number
        numbers += [offset + min(one, last) for one in own]
    return numbers
