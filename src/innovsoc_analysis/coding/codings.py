"""What one asks of a table of codings: counts, matrices, verbatims, a figure, a file."""

from __future__ import annotations

import difflib
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd

from innovsoc_analysis.coding.display import Verbatims
from innovsoc_analysis.ingest.attributes import value_label
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.errors import UnknownNameError
from innovsoc_analysis.model.tables import CODINGS, META_PREFIX, SURE, TO_REREAD
from innovsoc_analysis.safe.files import atomic_write, write_parquet
from innovsoc_analysis.safe.sheets import csv_bytes, xlsx_bytes
from innovsoc_analysis.study.attributes import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from innovsoc_analysis.coding.cooccurrence import Cooccurrence, Unit
    from innovsoc_analysis.coding.profiles import Profile
    from innovsoc_analysis.coding.timeline import Speech, Timeline
    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus

Values = Literal["segments", "documents", "share"]


@dataclass(frozen=True, repr=False)
class Codings:
    """Codes on the segments of a corpus.

    Attributes
    ----------
    table : DataFrame
        One row per code on a segment by a coder, schema ``codings``.
    corpus : Corpus
        What was coded.
    codebook : Codebook
        By what.
    queue : DataFrame or None
        What a model was not sure of, same schema, codes that it did not give included; see :meth:`to_reread`.
    """

    table: pd.DataFrame
    corpus: Corpus
    codebook: Codebook
    queue: pd.DataFrame | None = None

    def summary(self) -> pd.DataFrame:
        """Return one row per code: family, label, segments, documents and share of documents (%).

        Returns
        -------
        DataFrame
            Indexed by code, in the order of the codebook, codes never met included.
        """
        grouped = self.table.groupby("code")
        segments = grouped["segment_id"].nunique().reindex(self.codebook.code_ids, fill_value=0)
        documents = grouped["doc_id"].nunique().reindex(self.codebook.code_ids, fill_value=0)
        return pd.DataFrame(
            {
                "family": [self.codebook.family_of(code) for code in self.codebook.code_ids],
                "label": [self.codebook[code].label for code in self.codebook.code_ids],
                "segments": segments,
                "documents": documents,
                "share": 100 * documents / max(len(self.corpus), 1),
            }
        ).rename_axis("code")

    def matrix(self, *, by: str = "genre", values: Values = "segments") -> pd.DataFrame:
        """Return codes × values of an attribute.

        Parameters
        ----------
        by : str
            ``"genre"``, ``"doc_id"`` or a metadata column.
        values : {"segments", "documents", "share"}
            Coded segments, documents with the code, or the latter in % of the group's documents.

        Returns
        -------
        DataFrame
            Indexed by code in the order of the codebook; one column per value, sorted.

        Raises
        ------
        UnknownNameError
            If no document has the attribute `by`.
        """
        groups = self.groups(by)
        coded = self.table.assign(group=self.table["doc_id"].map(groups))
        counted = "segment_id" if values == "segments" else "doc_id"
        counts = coded.groupby(["code", "group"])[counted].nunique().unstack(fill_value=0)  # noqa: PD010 - of a Series
        columns = in_order(groups.unique())
        counts = counts.reindex(index=self.codebook.code_ids, columns=columns, fill_value=0).rename_axis(
            index="code", columns=by
        )
        if values == "share":
            return 100 * counts / groups.value_counts().reindex(columns)
        return counts

    def groups(self, by: str) -> pd.Series:
        """Return the value of an attribute (or ``"doc_id"``) by ``doc_id``."""
        if by == "doc_id":
            doc_ids = self.corpus.documents["doc_id"]
            return pd.Series(doc_ids.to_numpy(), index=doc_ids.to_numpy())
        return self.corpus.attribute(by)

    def verbatims(self, code: str | None = None) -> pd.DataFrame:
        """Return the coded segments as people read them: one row per coding.

        Parameters
        ----------
        code : str, optional
            Keep this code only.

        Returns
        -------
        DataFrame
            Columns ``source, key, title, genre, family, path, code, label, quote, evidence, speaker, page,
            t_start, status, rule, score, coding_id, doc_id, segment_id, start, end, evidence_spans, coder,
            origin, codebook``.

        Raises
        ------
        UnknownNameError
            If the codebook has no such code.
        """
        if code is not None:
            self._check(code)
        return self._read(self.table if code is None else self.table[self.table["code"] == code])

    def to_reread(self) -> pd.DataFrame:
        """Return what people should look at first: the codes that are not sure, the most doubtful first.

        Returns
        -------
        DataFrame
            As :meth:`verbatims`; empty where rules alone have coded. ``given`` says whether the
            code is among the codings.
        """
        queue = self.table.iloc[:0] if self.queue is None else self.queue
        table = self._read(queue)
        table.insert(0, "given", table["coding_id"].isin(self.table["coding_id"]))
        doubt = (table["score"].astype(float) - _EVEN).abs()
        return table.loc[doubt.sort_values(kind="stable").index].reset_index(drop=True)

    def _read(self, table: pd.DataFrame) -> pd.DataFrame:
        documents = self.corpus.documents.set_index("doc_id")
        segments = self.corpus.segments.set_index("segment_id")[["speaker", "page", "t_start"]]
        joined = table.join(documents[["source", "key", "title", "genre"]], on="doc_id").join(segments, on="segment_id")
        texts = documents["text"].to_dict()
        spans = zip(joined["doc_id"], joined["start"], joined["end"], strict=True)
        joined["quote"] = [texts[doc_id][start:end] for doc_id, start, end in spans]
        joined["label"] = [self.codebook[one].label for one in joined["code"]]
        joined["family"] = [self.codebook.family_of(one) for one in joined["code"]]
        joined["path"] = [" > ".join(self.codebook.path_of(one)) for one in joined["code"]]
        return joined[_READ_COLUMNS].reset_index(drop=True)

    def _check(self, code: str) -> None:
        if code not in self.codebook.code_ids:
            close = difflib.get_close_matches(code, self.codebook.code_ids, n=1)
            hint = f" ; vouliez-vous dire {close[0]} ?" if close else ""
            raise UnknownNameError(f"Le livre « {self.codebook.name} » n'a pas de code « {code} »{hint}")

    @property
    def method(self) -> str:
        """How it was coded, as people say it."""
        coders = set(self.table["coder"])
        if self.queue is None:
            return "codage automatique par règles" if coders <= {"rules"} else "codage"
        learned = "learned" in coders | set(self.queue["coder"])
        return "codage appris" if learned else "codage automatique par règles et apprentissage"

    @property
    def n_to_reread(self) -> int:
        """Number of codings given of which the coder is not sure."""
        return int((self.table["status"] == TO_REREAD).sum())

    @property
    def unit_name(self) -> str:
        """What is coded, in the plural, as people say it."""
        return UNIT_NAMES[self.codebook.unit]

    def show(self, code: str, *, n: int = 2, by: str = "genre") -> Verbatims:
        """Return verbatims of `code` to read in a notebook, evidence highlighted.

        Parameters
        ----------
        code : str
            A code of the codebook.
        n : int
            How many from each group, the first of each document before a second.
        by : str
            ``"genre"`` or a metadata column.

        Raises
        ------
        UnknownNameError
            If the codebook has no such code, or no document the attribute.
        """
        table = self.verbatims(code)
        groups = table["doc_id"].map(self.groups(by))
        nth = table.groupby("doc_id").cumcount()
        spread = table.assign(nth=nth, group=groups).sort_values(["group", "nth"], kind="stable")
        return Verbatims(spread.groupby("group").head(n).drop(columns=["nth", "group"]), len(table))

    def plot(self, *, by: str = "genre", compact: bool = False, ax: Axes | None = None) -> Axes:
        """Draw, for each code, the share of documents that carry it in each group.

        Parameters
        ----------
        by : str
            ``"genre"`` or a metadata column.
        compact : bool
            Draw for a narrow screen.
        ax : Axes, optional
            Where to draw.
        """
        from innovsoc_analysis.coding.drawing import draw_codings

        return draw_codings(self, by=by, compact=compact, ax=ax)

    def heatmap(self, *, by: str = "genre", codes: Sequence[str] | None = None) -> Profile:
        """Return codes × groups of documents, and which differences hold; see `coding.profiles.profile`."""
        from innovsoc_analysis.coding.profiles import profile

        return profile(self, by=by, codes=codes)

    def cooccurrence(self, *, unit: Unit = "segment", codes: Sequence[str] | None = None) -> Cooccurrence:
        """Return which codes go together more than by chance; see `coding.cooccurrence.cooccurrence`."""
        from innovsoc_analysis.coding.cooccurrence import cooccurrence

        return cooccurrence(self, unit=unit, codes=codes)

    def timeline(
        self, attribute: str = "date", *, period: str = "year", codes: Sequence[str] | None = None
    ) -> Timeline:
        """Return codes by year or month; see `coding.timeline.timeline`."""
        from innovsoc_analysis.coding.timeline import timeline

        return timeline(self, attribute, period=period, codes=codes)

    def along(self, document: str, *, codes: Sequence[str] | None = None) -> Speech:
        """Return where codes stand in one conversation, and who says them; see `coding.timeline.along`."""
        from innovsoc_analysis.coding.timeline import along

        return along(self, document, codes=codes)

    def chosen(self, codes: Sequence[str] | None) -> list[str]:
        """Return the codes that are named, or all that are met, in the order of the codebook."""
        from innovsoc_analysis.coding.profiles import chosen_codes

        for code in codes or ():
            self._check(code)
        return chosen_codes(self, codes)

    @property
    def alt(self) -> str:
        """What the figure shows, in one sentence."""
        from innovsoc_analysis.coding.drawing import codings_in_words

        return codings_in_words(self)

    def label(self, code: str) -> str:
        """Return the label of `code`, followed by its identifier if another code has the same."""
        label = self.codebook[code].label
        shared = sum(other.label == label for other in self.codebook.codes) > 1
        return f"{label} ({code})" if shared else label

    def to_excel(self, path: Path | str, *, by: str = "genre") -> None:
        """Write a workbook: verbatims, summary, codes × genre, × another attribute `by` and × document."""
        sheets = {
            "Verbatims": self._readable(),
            "Codes": self.summary().reset_index().rename(columns=HEADINGS),
            "Codes par genre": self._by("genre"),
            **({"Codes par attribut": self._by(by)} if by != "genre" else {}),
            "Codes par document": self._by_document(),
        }
        if self.queue is not None:
            sheets["À relire"] = _in_french(self.to_reread())
        atomic_write(path, xlsx_bytes(sheets, hidden=_FOR_PROGRAMS))

    def _readable(self) -> pd.DataFrame:
        return _in_french(self.verbatims())

    # side by side rather than joined: a genre or a code may be called as another column is

    def _by(self, by: str) -> pd.DataFrame:
        counts = self.matrix(by=by).rename(columns=functools.partial(value_label, by))
        labels = self.summary()[["label"]].rename(columns=HEADINGS)
        return pd.concat([labels, counts], axis=1).reset_index(allow_duplicates=True)

    def _by_document(self) -> pd.DataFrame:
        counts = self.matrix(by="doc_id").T
        documents = self.corpus.documents.set_index("doc_id")
        meta = [name for name in documents.columns if name.startswith(META_PREFIX)]
        documents = documents[["source", "title", "genre", *meta]].rename(columns=HEADINGS)
        documents = documents.assign(genre=documents["genre"].fillna("").map(genre_label))
        documents = documents.rename(columns=lambda name: name.removeprefix(META_PREFIX))
        return pd.concat([documents, counts.reindex(documents.index)], axis=1).reset_index(drop=True)

    def to_csv(self, path: Path | str, *, locale: str = "") -> None:
        """Write the verbatims as CSV; ``locale="fr"`` for a French spreadsheet."""
        table = self._readable() if locale == "fr" else self.verbatims()
        atomic_write(path, csv_bytes(table, locale=locale))

    def save(self, folder: Path | str, *, locale: str = "", by: str = "genre") -> list[Path]:
        """Write ``codings.parquet``, ``codings.csv``, ``codings.xlsx`` and ``to_reread.csv``; return the paths.

        The last is written only where there is a queue. The workbook also has codes × `by`.
        """
        folder = Path(folder)
        paths = [folder / f"codings.{suffix}" for suffix in ("parquet", "csv", "xlsx")]
        write_parquet(self.table, CODINGS, paths[0])
        self.to_csv(paths[1], locale=locale)
        self.to_excel(paths[2], by=by)
        if self.queue is not None:
            paths.append(folder / "to_reread.csv")
            table = self.to_reread()
            atomic_write(paths[-1], csv_bytes(_in_french(table) if locale == "fr" else table, locale=locale))
        return paths

    def __len__(self) -> int:
        """Return the number of codings."""
        return len(self.table)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Codings : {len(self)} codages de {len(self.corpus)} documents par {self.codebook.reference}>"

    def _repr_html_(self) -> str:
        summary = self.summary().sort_values("segments", ascending=False, kind="stable").head(12)
        shown = summary.rename(columns=HEADINGS).to_html(float_format=lambda share: f"{share:.0f}".replace(".", ","))
        return f"<p>{len(self)} codages, {self.table['code'].nunique()} codes rencontrés.</p>{shown}"


def _in_french(verbatims: pd.DataFrame) -> pd.DataFrame:
    read = verbatims.assign(
        genre=verbatims["genre"].fillna("").map(genre_label), status=verbatims["status"].map(STATUSES)
    )
    if "given" in read.columns:
        read["given"] = read["given"].map({True: "oui", False: "non"})
    return read.rename(columns=HEADINGS)


STATUSES = {SURE: "sûr", TO_REREAD: "à relire"}
_READ_COLUMNS = [
    "source", "key", "title", "genre", "family", "path", "code", "label", "quote", "evidence", "speaker", "page",
    "t_start", "status", "rule", "score", "coding_id", "doc_id", "segment_id", "start", "end", "evidence_spans",
    "coder", "origin", "codebook",
]  # fmt: skip
_EVEN = 0.5  # the probability that says least
UNIT_NAMES = {"phrase": "phrases", "paragraphe": "paragraphes", "tour": "tours"}
# columns of the workbook that are there to find a coding again: hidden, not removed
_FOR_PROGRAMS = ("coding_id", "doc_id", "segment_id", "start", "end", "evidence_spans")
HEADINGS = {
    "source": "source",
    "key": "ligne",
    "title": "titre",
    "genre": "genre",
    "family": "famille",
    "path": "chemin",
    "status": "statut",
    "given": "codé",
    "code": "code",
    "label": "libellé",
    "quote": "verbatim",
    "evidence": "indices",
    "speaker": "locuteur·rice",
    "page": "page",
    "t_start": "temps (s)",
    "rule": "règle",
    "score": "score",
    "segments": "segments",
    "documents": "documents",
    "share": "% des documents",
    "coder": "codeur",
    "origin": "origine",
}
