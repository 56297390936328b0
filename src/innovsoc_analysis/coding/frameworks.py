"""Frameworks compared element by element: what the crosswalk says they claim, what is coded in their texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.model.errors import UnknownNameError

if TYPE_CHECKING:
    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.model.codebook import Codebook

BOTH, CLAIMED, FOUND, NEITHER, NO_TEXT = "both", "claimed", "found", "neither", "no_text"
_SEPARATOR, _NO_CLAIM = ";", "-"


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


def compare_frameworks(
    codings: Codings, frameworks: Sequence[Framework], *, codes: Iterable[str] | None = None
) -> pd.DataFrame:
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
    DataFrame
        One row per code and framework: ``code, label, framework, claim`` (the crosswalk's words),
        ``segments`` (how many carry the code), ``quote, evidence, score`` (of the likeliest of them, the
        first if there are several) and ``verdict``: ``"both"``, ``"claimed"`` or ``"found"`` alone, ``"neither"``,
        ``"no_text"`` where there is a claim and no text to find it in.

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
    return pd.DataFrame(rows)


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
