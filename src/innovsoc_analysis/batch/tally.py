"""Counts of a whole batch, added up part by part: what the matrices, the report and the terminal need."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.attributes import unknown_attribute
from innovsoc_analysis.model.tables import META_PREFIX
from innovsoc_analysis.report.grouping import GENRE, MOST_VALUES, grouping, too_many_values
from innovsoc_analysis.study.attributes import in_order

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.report.grouping import Grouping


@dataclass(slots=True)
class Group:
    """Documents that have a value of an attribute in common: how many, and the codes on them."""

    documents: int
    words: int
    segments: np.ndarray
    carriers: np.ndarray

    def add(self, other: Group) -> None:
        """Count the documents of `other` as well."""
        self.documents += other.documents
        self.words += other.words
        self.segments = self.segments + other.segments
        self.carriers = self.carriers + other.carriers


@dataclass(slots=True)
class Tally:
    """What is counted; the codes are in the order of the codebook.

    Attributes
    ----------
    codebook : Codebook
        Its codes.
    total : Group
        All documents.
    sentences, codings, coded : int
        Sentences read, codings, and segments with at least one.
    formats : dict of str to int
        Documents of each format.
    listed, nearly : int
        Codings that a person should read again, and how many of them were not given.
    words : dict of str to int
        Words of each document, by ``doc_id``.
    pairs : array
        Segments that carry two codes; on the diagonal, one.
    groups : dict
        Attribute → value → documents; attributes with too many values are left out.
    """

    codebook: Codebook
    total: Group = field(init=False)
    sentences: int = 0
    codings: int = 0
    coded: int = 0
    to_reread: int = 0
    listed: int = 0
    nearly: int = 0
    words: dict[str, int] = field(default_factory=dict)
    formats: dict[str, int] = field(default_factory=dict)
    pairs: np.ndarray = field(init=False)
    groups: dict[str, dict[str, Group]] = field(default_factory=dict)
    _left_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        import numpy as np

        n_codes = len(self.codebook.codes)
        self.total = _nothing(n_codes)
        self.pairs = np.zeros((n_codes, n_codes), dtype=np.int64)

    def add(self, documents: pd.DataFrame, record: dict[str, Any]) -> None:
        """Count a part.

        Parameters
        ----------
        documents : DataFrame
            Its table ``documents``; the texts are not needed.
        record : dict
            What was told of it when it was finished.
        """
        import numpy as np

        counts = np.array(record["counts"], dtype=np.int64).reshape(len(documents), -1)
        words = np.array(record["words"], dtype=np.int64)
        names = [name for name in documents.columns if name == GENRE or name.startswith(META_PREFIX)]
        for name in {*names, *self.groups} - self._left_out:
            values = documents[name].fillna("") if name in documents else documents["doc_id"].map(lambda _: "")
            self._group(name, values.to_numpy(dtype=object), counts=counts, words=words)
        self.total.add(_group_of(counts, words))
        self.sentences += record["sentences"]
        self.codings += record["codings"]
        self.coded += record["coded"]
        self.to_reread += record["to_reread"]
        self.listed += record["listed"]
        self.nearly += record["nearly"]
        self.words |= dict(zip(documents["doc_id"], record["words"], strict=True))
        for kind, number in documents["format"].value_counts().items():
            self.formats[str(kind)] = self.formats.get(str(kind), 0) + int(number)
        for one, other, number in record["pairs"]:
            self.pairs[one, other] += number
            self.pairs[other, one] += number
        np.fill_diagonal(self.pairs, self.total.segments)

    def _group(self, name: str, values: np.ndarray, *, counts: np.ndarray, words: np.ndarray) -> None:
        if name not in self.groups:  # nobody had it so far
            self.groups[name] = {"": _copy(self.total)} if self.total.documents else {}
        groups = self.groups[name]
        for value in sorted(set(values)):
            chosen = values == value
            groups.setdefault(value, _nothing(counts.shape[1])).add(_group_of(counts[chosen], words[chosen]))
        if len(groups) > MOST_VALUES and name != GENRE:
            self._left_out.add(name)
            del self.groups[name]

    def attributes(self) -> list[str]:
        """Return the names of the attributes kept: the genre, then the metadata by name."""
        return sorted(self.groups, key=lambda name: (name != GENRE, name))

    def grouping(self, by: str) -> Grouping:
        """Return the documents by an attribute, if they can be compared by it.

        Parameters
        ----------
        by : str
            With or without prefix; empty for the genre.

        Raises
        ------
        UnknownNameError
            If no document has it.
        UsageError
            If it has too many values.
        """
        name = by.removeprefix(META_PREFIX) or GENRE
        column = _column(name)
        if column in self._left_out:
            raise too_many_values(name)
        if column not in self.groups:
            known = {one.removeprefix(META_PREFIX) for one in {*self.groups, *self._left_out}}
            raise unknown_attribute(name, sorted(known, key=lambda one: (one != GENRE, one)))
        return grouping(name, self.matrix(column, values="documents").columns)

    def summary(self) -> pd.DataFrame:
        """Return one row per code, as :meth:`Codings.summary` does."""
        import pandas as pd

        codes = self.codebook.code_ids
        return pd.DataFrame(
            {
                "family": [self.codebook.family_of(code) for code in codes],
                "label": [self.codebook[code].label for code in codes],
                "segments": self.total.segments,
                "documents": self.total.carriers,
                "share": 100 * self.total.carriers / max(self.total.documents, 1),
            },
            index=pd.Index(codes, name="code"),
        )

    def sizes(self, by: str) -> dict[str, Group]:
        """Return the documents of each value of an attribute, in the order of the columns."""
        groups = self.groups[_column(by)]
        return {value: groups[value] for value in in_order(groups)}

    def matrix(self, by: str, *, values: str) -> pd.DataFrame:
        """Return codes × values of an attribute, as :meth:`Codings.matrix` does.

        Parameters
        ----------
        by : str
            One of :meth:`attributes`, with or without prefix.
        values : {"segments", "documents", "share"}
            What is counted.
        """
        import pandas as pd

        groups = self.sizes(by)
        told = {
            name: group.segments
            if values == "segments"
            else group.carriers
            if values == "documents"
            else 100 * group.carriers / group.documents
            for name, group in groups.items()
        }
        return pd.DataFrame(told, index=pd.Index(self.codebook.code_ids, name="code"))


def _column(by: str) -> str:
    return by if by == GENRE or by.startswith(META_PREFIX) else META_PREFIX + by


def _nothing(n_codes: int) -> Group:
    import numpy as np

    return Group(0, 0, np.zeros(n_codes, dtype=np.int64), np.zeros(n_codes, dtype=np.int64))


def _copy(group: Group) -> Group:
    return Group(group.documents, group.words, group.segments.copy(), group.carriers.copy())


def _group_of(counts: np.ndarray, words: np.ndarray) -> Group:
    return Group(len(counts), int(words.sum()), counts.sum(axis=0), (counts > 0).sum(axis=0))
