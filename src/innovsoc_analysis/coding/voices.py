"""Who says what: codes by voice, those who ask in interviews told apart, with intervals over documents.

Sentences of one document are no independent observations, so documents are what is counted or drawn
again: Wilson's (1927) interval for the share of documents, documents drawn with replacement for the
rate of segments.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import pandas as pd

from innovsoc_analysis.coding.differences import Differences, compare_shares
from innovsoc_analysis.coding.quoting import Quotes, spread_quotes
from innovsoc_analysis.coding.roles import INTERVIEWER, SPEAKER, Speakers, speakers
from innovsoc_analysis.coding.units import segments_to_code
from innovsoc_analysis.counting.proportions import wilson_percent
from innovsoc_analysis.counting.resampling import FEWEST_DOCUMENTS, resampled_ratio
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.errors import UnknownNameError
from innovsoc_analysis.model.tables import TO_REREAD
from innovsoc_analysis.safe.sheets import save_sheets
from innovsoc_analysis.study.attributes import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.coding.roles import Told

Values = Literal["documents", "segments"]
ASIDE = "aside"
_ROLE_ORDER = {SPEAKER: 0, INTERVIEWER: 1, ASIDE: 2}
_ADDED = {SPEAKER: "", INTERVIEWER: " : qui interroge", ASIDE: " : hors tours"}
HEADINGS = {
    "code": "code",
    "label": "libellé",
    "voice": "voix",
    "documents": "documents",
    "sure": "dont au moins une fois sûr",
    "n_documents": "sur",
    "share": "% des documents",
    "low": "bas",
    "high": "haut",
    "segments": "segments",
    "n_segments": "sur (segments)",
    "rate": "% des segments",
    "rate_low": "bas (segments)",
    "rate_high": "haut (segments)",
}
"""French names of the columns of the counts."""


@dataclass(frozen=True, repr=False)
class Voices:
    """Codes by voice.

    Attributes
    ----------
    table : DataFrame
        One row per code and voice: ``code, label, value, role, voice``; ``documents`` with the code,
        ``sure`` those where a coding at least need not be re-read, ``n_documents`` where the voice speaks, their
        ``share`` with ``low`` and ``high``; ``segments`` with the code, ``n_segments``, their ``rate``
        with ``rate_low`` and ``rate_high``; ``few``, fewer than 5 documents. Shares and rates in %.
        ``role`` is ``speaker`` (or the text, where nobody is announced), ``interviewer``, or
        ``aside``: what stands in a transcript outside of the turns.
    speakers : Speakers
        Who was taken for an interviewer, and why.
    codings : Codings
        What was counted.
    by : str
        What the voices are told by.
    """

    table: pd.DataFrame
    speakers: Speakers
    codings: Codings
    by: str

    @property
    def without_interviewers(self) -> Codings:
        """The codings less those of what interviewers say, the queue to re-read too."""
        asked = _roles(self.codings, self.speakers)
        asked = asked[asked == INTERVIEWER].index
        queue = self.codings.queue
        kept = self.codings.table[~self.codings.table["segment_id"].isin(asked)].reset_index(drop=True)
        if queue is not None:
            queue = queue[~queue["segment_id"].isin(asked)].reset_index(drop=True)
        return replace(self.codings, table=kept, queue=queue)

    def differences(self, first: str, second: str) -> Differences:
        """Compare the shares of documents of two groups, interviewers left out.

        Parameters
        ----------
        first, second : str
            Two values of the attribute, such as ``"talk"`` and ``"project"``.

        Returns
        -------
        Differences
            With intervals that hold together at 95 %, however many codes there are.

        Raises
        ------
        UnknownNameError
            If no text has one of the values.
        """
        held = self.table[self.table["role"] == SPEAKER]
        missing = next((value for value in (first, second) if value not in set(held["value"])), None)
        if missing is not None:
            known = ", ".join(f"« {value} »" for value in held["value"].unique())
            raise UnknownNameError(f"Aucun texte n'a la valeur « {missing} » ; il y a : {known}.")
        one, other = (held[held["value"] == value] for value in (first, second))
        return compare_shares(one, other, names=(one["voice"].iloc[0], other["voice"].iloc[0]))

    def quotes(self, code: str, *, n: int = 1, sure: bool = False) -> Quotes:
        """Return verbatims of `code` in the French manner, without what interviewers say.

        Parameters
        ----------
        code : str
            A code of the codebook.
        n : int
            How many of each group, the surest first, one per document before a second.
        sure : bool
            Leave out those that a person should re-read.

        Raises
        ------
        UnknownNameError
            If the codebook has no such code.
        """
        return spread_quotes(self.without_interviewers, code, by=self.by, n=n, sure=sure)

    def plot(self, *, values: Values = "documents") -> NDArray[Any]:
        """Draw one panel per code, one dot with its interval per voice.

        Parameters
        ----------
        values : {"documents", "segments"}
            Share of documents that carry the code, or of segments.

        Returns
        -------
        array of Axes
            Hollow dots stand for fewer than 5 documents.
        """
        from innovsoc_analysis.figures.intervals import interval_panels

        shown = self.table[self.table["role"] != ASIDE]
        if values == "segments":
            shown = shown.assign(share=shown["rate"], low=shown["rate_low"], high=shown["rate_high"])
        columns = ["value", "share", "low", "high", "n_documents", "few"]
        panels = {
            str(label): frame.assign(value=frame["voice"])[columns].reset_index(drop=True)
            for label, frame in shown.groupby("label", sort=False)
        }
        unit = self.codings.unit_name if values == "segments" else "documents"
        whose = "de la voix" if values == "segments" else "où la voix parle"
        caption = (
            f"part des {unit} {whose} et intervalle à 95 % ; entre parenthèses : documents ; {self.codings.method}"
        )
        return interval_panels(panels, title="Qui dit quoi", caption=caption)

    def readable(self, values: Values = "documents") -> pd.DataFrame:
        """Return codes × voices as people read them: counts, intervals and, of documents, how many are sure.

        Parameters
        ----------
        values : {"documents", "segments"}
            What is counted.
        """
        shown = self.table[self.table["role"] != ASIDE]
        doubts = self.codings.queue is not None and values == "documents"
        cells = [_cell(row, values) + (f" [{row.sure}]" if doubts else "") for row in shown.itertuples()]
        wide = shown.assign(cell=cells).pivot_table(index="label", columns="voice", values="cell", aggfunc="first")
        wide = wide.reindex(index=shown["label"].unique(), columns=shown["voice"].unique())
        return wide.rename_axis(index=None, columns=None)

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (counts, speakers) or ``.csv`` (counts), as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        counts = self.table[list(HEADINGS)].rename(columns=HEADINGS)
        save_sheets({"Voix": counts, "Qui parle": self.speakers.readable()}, path, main="Voix", locale=locale)

    def __repr__(self) -> str:
        """Return counts only: names may be confidential."""
        n_voices = self.table["voice"].nunique()
        return f"<Voices : {self.table['code'].nunique()} codes, {n_voices} voix par {self.by}>"

    def _repr_html_(self) -> str:
        explained = "Documents qui portent le code, sur ceux où la voix parle, intervalle de Wilson à 95\u202f%"
        if self.codings.queue is not None:
            explained += "\u202f; entre crochets, ceux où un codage au moins est sûr"
        table = self.readable().fillna("–").to_html().replace("<td>", "<td style='white-space:nowrap'>")
        return f"{table}<small>{explained}.</small>"


def by_voice(
    codings: Codings,
    *,
    by: str = "genre",
    codes: Sequence[str] | None = None,
    roles: Told | Speakers | None = None,
    seed: int = 0,
) -> Voices:
    r"""Count codes by voice: genre or another attribute, and within it those who ask apart.

    Parameters
    ----------
    codings : Codings
        Of any coder.
    by : str
        ``"genre"`` or a metadata column.
    codes : sequence of str, optional
        Which codes, or names of families; by default all.
    roles : mapping or Speakers, optional
        Who asks, as for `speakers`, or what it gave.
    seed : int
        Of the draws.

    Returns
    -------
    Voices
        Counts, who was taken for an interviewer, verbatims, a figure.

    Raises
    ------
    UnknownNameError
        If the codebook has no such code, or no document the attribute.
    UsageError
        If `roles` names nobody.

    Examples
    --------
    >>> import innovsoc_analysis as isa
    >>> said = "Q : Un levier ?\nLuc : Oui, un levier.\nQ : Et puis ?\nLuc : Et puis la confiance."
    >>> codings = isa.code(isa.corpus_from_texts({"a": said}, genre="talk"), "bissib", coder="rules")
    >>> found = by_voice(codings, codes=["deb.leviers"])
    >>> found.table[["voice", "segments", "n_segments"]].values.tolist()
    [['paroles', 1, 2], ['paroles : qui interroge', 1, 2]]
    """
    import numpy as np

    wanted = _wanted(codings, codes)
    corpus = codings.corpus
    who = roles if isinstance(roles, Speakers) else speakers(corpus, roles=roles)
    segments = segments_to_code(corpus.segments, codings.codebook.unit).set_index("segment_id")[["doc_id"]]
    segments = segments.assign(
        role=_roles(codings, who).reindex(segments.index), value=segments["doc_id"].map(corpus.attribute(by))
    )
    table = codings.table[codings.table["code"].isin(wanted)].drop_duplicates(["segment_id", "code"])
    rng = np.random.default_rng(seed)
    parts = []
    places = {value: place for place, value in enumerate(in_order(segments["value"], key=_missing_last))}
    by_voice = sorted(segments.groupby(["value", "role"]), key=lambda one: (places[one[0][0]], _ROLE_ORDER[one[0][1]]))
    for (value, kind), held in by_voice:
        voice = (genre_label(value) if by == "genre" else value or "non renseigné") + _ADDED[kind]
        counted = _count(table[table["segment_id"].isin(held.index)], held["doc_id"], wanted, rng)
        labels = [codings.codebook[code].label for code in wanted]
        parts.append(counted.assign(label=labels, value=value, role=kind, voice=voice))
    columns = ["code", "label", "value", "role", *list(HEADINGS)[2:], "few"]
    order = {code: place for place, code in enumerate(wanted)}
    stacked = pd.concat(parts, ignore_index=True)[columns]
    stacked = stacked.sort_values("code", key=lambda column: column.map(order), kind="stable", ignore_index=True)
    return Voices(stacked, who, codings, by)


def _count(coded: pd.DataFrame, documents: pd.Series, wanted: list[str], rng: np.random.Generator) -> pd.DataFrame:
    """Count the codes of one voice, of which `documents` gives the document of each segment."""
    import numpy as np

    sizes = documents.groupby(documents, sort=False).size()
    by_document = pd.crosstab(coded["doc_id"], coded["code"]).reindex(index=sizes.index, columns=wanted, fill_value=0)
    with_code = (by_document > 0).sum()
    sure = coded[coded["status"] != TO_REREAD].groupby("code")["doc_id"].nunique().reindex(wanted, fill_value=0)
    wholes = np.repeat(sizes.to_numpy(dtype=np.float64)[:, None], len(wanted), axis=1)
    rate, low, high = resampled_ratio(by_document.to_numpy(dtype=np.float64), wholes, rng=rng)
    bounds = [wilson_percent(int(n), len(sizes)) for n in with_code]
    met = with_code.to_numpy() > 0
    return pd.DataFrame(
        {
            "code": wanted,
            "documents": with_code.to_numpy(),
            "sure": sure.to_numpy(),
            "n_documents": len(sizes),
            "share": 100 * with_code.to_numpy() / len(sizes),
            "low": [one for one, _ in bounds],
            "high": [other for _, other in bounds],
            "segments": by_document.sum().to_numpy(),
            "n_segments": int(sizes.sum()),
            "rate": 100 * rate,
            # where a code was never met, drawing again cannot meet it: nothing is known
            "rate_low": np.where(met, 100 * low, np.nan),
            "rate_high": np.where(met, 100 * high, np.nan),
            "few": len(sizes) < FEWEST_DOCUMENTS,
        }
    )


def _wanted(codings: Codings, codes: Sequence[str] | None) -> list[str]:
    book = codings.codebook
    if codes is None:
        return list(book.code_ids)
    families = {family.label: list(family.codes) for family in book.families or ()}
    wanted = [code for one in codes for code in families.get(one, [one])]
    missing = next((code for code in wanted if code not in book.code_ids), None)
    if missing is not None:
        raise UnknownNameError(f"Le livre « {book.name} » n'a ni code ni famille « {missing} ».")
    return list(dict.fromkeys(wanted))


def _roles(codings: Codings, who: Speakers) -> pd.Series:
    """Return the role in which each segment is said, by segment."""
    segments = codings.corpus.segments
    known = who.table.set_index(["doc_id", "speaker"])["role"].to_dict()
    transcripts = set(who.table["doc_id"])
    roles = [
        known.get((segment.doc_id, segment.speaker), ASIDE if segment.doc_id in transcripts else SPEAKER)
        for segment in segments[["doc_id", "speaker"]].itertuples()
    ]
    return pd.Series(roles, index=segments["segment_id"])


def _missing_last(value: str) -> tuple[bool, str]:
    return not value, value


def _cell(row: Any, values: Values) -> str:
    if values == "documents":
        return f"{row.documents}/{row.n_documents} ({row.low:.0f}–{row.high:.0f}\u202f%)"
    if not row.segments:
        return f"0/{row.n_segments}"
    rate, low, high = (f"{one:.1f}".replace(".", ",") for one in (row.rate, row.rate_low, row.rate_high))
    return f"{rate}\u202f% ({low}–{high})" if low != "nan" else f"{rate}\u202f%"
