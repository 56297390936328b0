"""Frameworks compared element by element: what the crosswalk says they claim, what is coded in their texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.model.errors import UnknownNameError
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.model.codebook import Codebook

BOTH, CLAIMED, FOUND, NEITHER, NO_TEXT = "both", "claimed", "found", "neither", "no_text"
KINDS = {
    BOTH: "revendiqué, et trouvé dans le texte",
    CLAIMED: "revendiqué, pas trouvé dans le texte",
    FOUND: "trouvé dans le texte, pas dans la table",
    NO_TEXT: "revendiqué, pas de texte à vérifier",
    NEITHER: "ni l'un ni l'autre",
}
"""What people read for each verdict."""
HEADINGS = {
    "code": "code",
    "label": "élément",
    "framework": "cadre",
    "claim": "ce que dit la table",
    "segments": "segments",
    "quote": "verbatim",
    "evidence": "indices",
    "score": "score",
    "verdict": "verdict",
}
_SEPARATOR, _NO_CLAIM = ";", "-"
_FIRST_EVIDENCE = " | "
_EVIDENCE_CHARACTERS = 60
_FEW = 4  # as many as can be named


@dataclass(frozen=True)
class Framework:
    """A published framework.

    Attributes
    ----------
    name : str
        As people say it.
    key : str
        What the codebook's crosswalk calls it.
    marks : tuple of str
        Where several frameworks share a key: what the entries call this one, between brackets or not.
    shared : bool
        Whether it also claims what such an entry ascribes to none of them.
    sources : tuple of str
        The texts that state it, as the corpus names them; there may be none.
    """

    name: str
    key: str
    marks: tuple[str, ...] = ()
    shared: bool = True
    sources: tuple[str, ...] = ()


def crosswalk_table(
    codebook: Codebook, frameworks: Sequence[Framework], *, codes: Iterable[str] | None = None
) -> pd.DataFrame:
    """Return what each framework claims of each code, in the words of the codebook's crosswalk.

    Parameters
    ----------
    codebook : Codebook
        Its codes have a crosswalk.
    frameworks : sequence of Framework
        Those that share a key are told apart by their marks, part by part of an entry (``a ; b``).
    codes : iterable of str, optional
        Which codes; by default all.

    Returns
    -------
    DataFrame
        Indexed by code, one column per framework; ``""`` where nothing is claimed, which is what
        an entry says that is missing or begins with a hyphen.

    Raises
    ------
    UnknownNameError
        If the crosswalk has no such key, or the codebook no such code.

    Examples
    --------
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> shared = [Framework("CSESS", "AVISE_GODIN", ("CSESS", "Avise")), Framework("Godin", "AVISE_GODIN", ("Godin",))]
    >>> crosswalk_table(load_codebook("bissib"), shared, codes=["def.nouveaute"]).values.tolist()
    [['réponses nouvelles (CSESS)', 'rupture contextualisée (Godin)']]
    """
    known = {key for code in codebook.codes for key in code.crosswalk}
    for framework in frameworks:
        if framework.key not in known:
            raise UnknownNameError(
                f"Les correspondances du livre « {codebook.name} » n'ont pas de cadre « {framework.key} »"
                f" ; elles ont : {', '.join(sorted(known)) or 'aucun'}."
            )
    wanted = list(codebook.code_ids if codes is None else codes)
    marks = {
        one.key: [mark for other in frameworks if other.key == one.key for mark in other.marks] for one in frameworks
    }
    rows = [[_claim(codebook[code].crosswalk, one, marks[one.key]) for one in frameworks] for code in wanted]
    return pd.DataFrame(rows, index=pd.Index(wanted, name="code"), columns=[one.name for one in frameworks])


@dataclass(frozen=True, repr=False)
class FrameworkComparison:
    """What frameworks claim, and what is found in their texts.

    Attributes
    ----------
    table : DataFrame
        One row per code and framework: ``code, label, framework, claim`` (the crosswalk's words),
        ``segments`` (how many carry the code), ``quote, evidence, score`` (of the likeliest of them, the
        first if there are several) and ``verdict``: ``"both"``, ``"claimed"`` or ``"found"`` alone, ``"neither"``,
        ``"no_text"`` where there is a claim and no text to find it in.
    frameworks : tuple of Framework
        In the order in which they were given.
    """

    table: pd.DataFrame
    frameworks: tuple[Framework, ...]

    @property
    def verdicts(self) -> pd.DataFrame:
        """Verdicts, labels of the codes × frameworks."""
        return self._crossed("verdict")

    @property
    def claims(self) -> pd.DataFrame:
        """For each code, the most claimed first: ``label, frameworks`` (how many), ``which``, in French, ``found``."""
        claimed = self.verdicts.isin([BOTH, CLAIMED, NO_TEXT])
        rows = []
        for label, row in claimed.iterrows():
            yes, no = (" ; ".join(row.index[row == one]) for one in (True, False))
            which = "tous" if not no else yes or "aucun" if row.sum() <= _FEW else f"tous sauf {no}"
            rows.append((label, int(row.sum()), which, int((self.verdicts.loc[label] == BOTH).sum())))
        table = pd.DataFrame(rows, columns=["label", "frameworks", "which", "found"])
        return table.sort_values("frameworks", ascending=False, kind="stable", ignore_index=True)

    @property
    def counts(self) -> pd.DataFrame:
        """For each framework that has a text, how many codes are ``both``, ``claimed`` alone and ``found`` alone."""
        read = [one.name for one in self.frameworks if one.sources]
        counted = self.verdicts[read].apply(lambda column: column.value_counts()).T
        return counted.reindex(columns=[BOTH, CLAIMED, FOUND]).fillna(0).astype(int).rename_axis("framework")

    def words(self) -> pd.DataFrame:
        """Return the words by which each code was found in each framework's text, labels × frameworks."""
        first = self.table["evidence"].str.split(_FIRST_EVIDENCE, regex=False).str[0].str.slice(0, _EVIDENCE_CHARACTERS)
        read = [one.name for one in self.frameworks if one.sources]
        return self._crossed("words", self.table.assign(words=first))[read].rename_axis(columns=None)

    def of(self, framework: str) -> pd.DataFrame:
        """Return what is claimed by a framework or found in its text: ``label, claim, verdict, quote``, in French.

        Raises
        ------
        UnknownNameError
            If it was not compared.
        """
        names = [one.name for one in self.frameworks]
        if framework not in names:
            raise UnknownNameError(f"Le cadre « {framework} » n'a pas été comparé ; il y a : {', '.join(names)}.")
        rows = self.table[(self.table["framework"] == framework) & (self.table["verdict"] != NEITHER)]
        shown = rows[["label", "claim", "verdict", "quote"]].assign(verdict=rows["verdict"].map(KINDS))
        return shown.rename(columns=HEADINGS).reset_index(drop=True)

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw a mark for each code and framework."""
        from innovsoc_analysis.figures.matrix import mark_matrix

        return mark_matrix(
            self.verdicts,
            kinds=KINDS,
            title="Ce que chaque cadre revendique, et ce qu'on en trouve",
            caption="table de correspondance du livre de codes ; textes codés",
            ax=ax,
        )

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.csv`` or ``.xlsx``, as the suffix of `path` says."""
        shown = self.table.assign(verdict=self.table["verdict"].map(KINDS)).rename(columns=HEADINGS)
        save_sheets({"Cadres": shown}, path, main="Cadres", locale=locale)

    def __repr__(self) -> str:
        """Return how much was compared."""
        return f"<Cadres : {len(self.frameworks)} cadres, {self.table['code'].nunique()} éléments>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th style='text-align:left'>{one}</th>" for one in ("élément", "cadres", "lesquels", "vus"))
        rows = []
        for row in self.claims.itertuples():
            cells = (row.label, row.frameworks, row.which, row.found)
            rows.append("".join(f"<td style='text-align:left'>{escape(str(one))}</td>" for one in cells))
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        note = "cadres : combien le revendiquent ; vus : dans combien de leurs textes il est aussi trouvé."
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{note}</p>"

    def _crossed(self, column: str, table: pd.DataFrame | None = None) -> pd.DataFrame:
        table = self.table if table is None else table
        labels = table.drop_duplicates("code").set_index("code")["label"]
        crossed = table.pivot_table(index="code", columns="framework", values=column, aggfunc="first", observed=True)
        return crossed.loc[labels.index, [one.name for one in self.frameworks]].set_axis(labels.to_numpy(), axis=0)


def compare_frameworks(
    codings: Codings, frameworks: Sequence[Framework], *, codes: Iterable[str] | None = None
) -> FrameworkComparison:
    """Set what frameworks claim by the crosswalk against what is coded in their texts.

    Parameters
    ----------
    codings : Codings
        Of a corpus that holds their texts.
    frameworks : sequence of Framework
        What is compared.
    codes : iterable of str, optional
        Which codes; by default all of the codebook.

    Returns
    -------
    FrameworkComparison

    Raises
    ------
    UnknownNameError
        If the corpus has no such text, the crosswalk no such key or the codebook no such code.
    """
    known = set(codings.corpus.documents["source"])
    missing = sorted({source for one in frameworks for source in one.sources} - known)
    if missing:
        raise UnknownNameError(f"Le corpus n'a pas de texte « {missing[0]} ».")
    claims = crosswalk_table(codings.codebook, frameworks, codes=codes)
    verbatims = codings.verbatims().sort_values("score", ascending=False, kind="stable")
    rows: list[dict[str, object]] = []
    for code in claims.index:
        of_code = verbatims[verbatims["code"] == code]
        for framework in frameworks:
            found = of_code[of_code["source"].isin(framework.sources)]
            claim = str(claims.loc[code, framework.name])
            first = found[["quote", "evidence", "score"]].iloc[0].to_dict() if len(found) else {}
            rows.append(
                {"code": code, "label": codings.codebook[code].label, "framework": framework.name, "claim": claim}
                | {"segments": found["segment_id"].nunique(), "quote": "", "evidence": "", "score": None}
                | first
                | {"verdict": _verdict(claimed=bool(claim), found=len(found) > 0, has_text=bool(framework.sources))}
            )
    return FrameworkComparison(pd.DataFrame(rows), tuple(frameworks))


def _claim(crosswalk: dict[str, str], framework: Framework, marks: list[str]) -> str:
    """Return the parts of an entry that are the framework's own, or no one's."""
    parts = (part.strip() for part in crosswalk.get(framework.key, "").split(_SEPARATOR))
    return " ; ".join(part for part in parts if part and part[0] != _NO_CLAIM and _is_of(part, framework, marks))


def _is_of(part: str, framework: Framework, marks: list[str]) -> bool:
    if any(mark in part for mark in framework.marks):
        return True
    return framework.shared and not any(mark in part for mark in marks)


def _verdict(*, claimed: bool, found: bool, has_text: bool) -> str:
    if claimed and not has_text:
        return NO_TEXT
    if claimed:
        return BOTH if found else CLAIMED
    return FOUND if found else NEITHER
