"""Any table as a French reader expects it in a notebook: headings, genres, decimal commas, verbatims on the left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.metadata import attribute_label, genre_label
from innovsoc_analysis.model.errors import UnknownNameError
from innovsoc_analysis.pages.typography import grouped, unbroken

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = {
    "apart": "distinctes",
    "by_chance": "au hasard",
    "chance": "repère du hasard",
    "class": "classe",
    "code": "code",
    "codes": "codes",
    "contrib": "contribution",
    "disfluency": "marque",
    "distance": "distance",
    "documents": "documents",
    "evidence": "indices",
    "exclusivity": "par exclusivité",
    "expected": "f attendu",
    "files": "fichiers",
    "form": "forme",
    "forms": "formes inclusives",
    "found": "retrouvée",
    "gain": "gain de prédiction",
    "gain_se": "erreur type du gain",
    "here": "ici",
    "high": "haut",
    "inclusive": "dont formes inclusives",
    "index": "indice",
    "index_without": "indice sans le document principal",
    "jaccard": "Jaccard",
    "kind": "sorte",
    "label": "libellé",
    "left": "à gauche",
    "lemma": "lemme",
    "log_ratio": "log-rapport",
    "lost": "perdue",
    "low": "bas",
    "main_document": "part du document principal",
    "marked": "segment",
    "mattr": "MATTR",
    "message": "message",
    "mtld": "MTLD",
    "n": "nombre",
    "n_a": "documents de A",
    "n_b": "documents de B",
    "n_documents": "documents",
    "n_stable": "thèmes stables",
    "n_together": "unités communes",
    "n_topics": "nombre de thèmes",
    "name": "point",
    "npmi": "cohérence (NPMI)",
    "number": "nombre",
    "occurrences": "occurrences",
    "one_document": "banal sans un document",
    "other": "chaîne d'origine",
    "other_class": "classe, chaîne d'origine",
    "other_lemma": "lemme, chaîne d'origine",
    "other_word": "mot, chaîne d'origine",
    "others": "autres codes associés",
    "outcome": "ce qu'il est devenu",
    "p": "p",
    "p_adjusted": "p corrigée",
    "part": "partie",
    "part_a": "partie A",
    "part_b": "partie B",
    "per_10000": "pour 10\u202f000 mots",
    "per_1000_words": "pour 1\u202f000 mots",
    "pivot": "pivot",
    "quote": "verbatim",
    "reason": "pourquoi",
    "relevance": "par pertinence",
    "right": "à droite",
    "score": "score",
    "segments": "segments",
    "share": "part",
    "side": "côté",
    "source": "fichier",
    "speaker": "qui parle",
    "stability": "stabilité",
    "stable": "stable",
    "standard_ttr": "formes / mots à longueur égale",
    "term": "terme",
    "title": "texte",
    "topic": "thème",
    "value": "valeur",
    "verdict": "verdict",
    "weight": "par poids",
    "with_any": "documents qui en ont",
    "word": "mot",
    "word_a": "mot A",
    "word_b": "mot B",
    "word_class": "classe",
    "words": "mots",
    "yule_k": "K de Yule",
}
VALUES = {
    "Plur": "pluriel",
    "Sing": "singulier",
    "capital": "capitale",
    "discourse_marker": "marqueur de discours",
    "doublet": "doublet",
    "false_start": "faux départ",
    "filled_pause": "pause pleine",
    "hyphen": "trait d'union",
    "low_point": "point bas",
    "median_point": "point médian",
    "parentheses": "parenthèses",
    "portmanteau": "mot-valise",
    "repetition": "répétition",
    "slash": "barre oblique",
    "x_form": "forme en x",
}
"""French for the names that stand in cells."""
_GROUPED_FROM = 10_000  # below are years
_BOUNDS = ("low", "high")
_MISSING = "–"
_STRONG = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, repr=False)
class Shown:
    """A table made to be read.

    Attributes
    ----------
    table : DataFrame
        Its rows and columns, untranslated.
    decimals : int
        Of numbers that are not whole.
    """

    table: pd.DataFrame
    decimals: int = 2

    def __repr__(self) -> str:
        """Return counts only: the cells may be confidential."""
        return f"<Tableau : {len(self.table)} lignes, {len(self.table.columns)} colonnes>"

    def _repr_html_(self) -> str:
        columns = [self._column(place) for place in range(len(self.table.columns))]
        head = "".join(
            f"<th style='text-align:{side}'>{_heading(name)}</th>"
            for name, (side, _) in zip(self.table.columns, columns, strict=True)
        )
        rows = []
        for row in zip(*(cells for _, cells in columns), strict=True):
            cells = zip((side for side, _ in columns), row, strict=True)
            rows.append(
                "".join(f"<td style='text-align:{side};vertical-align:top'>{cell}</td>" for side, cell in cells)
            )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _column(self, place: int) -> tuple[str, list[str]]:
        """Return the side to which a column is aligned, and its cells as HTML."""
        values = self.table.iloc[:, place].tolist()
        known = [value for value in values if not _is_missing(value)]
        numbers = bool(known) and all(_is_number(value) for value in known)
        decimals = 0 if numbers and all(value == round(value) for value in known) else self.decimals
        cells = [_STRONG.sub(r"<b>\1</b>", escape(readable(value, decimals=decimals))) for value in values]
        return "right" if numbers else "left", cells


def show(table: pd.DataFrame | pd.Series, *columns: str, n: int | None = None, decimals: int = 2) -> Shown:
    """Return `table` to be read in a notebook, in French.

    Parameters
    ----------
    table : DataFrame or Series
        What a result gives; its index is shown where it has a name.
    *columns : str
        Which columns, in which order; by default all.
    n : int, optional
        How many rows, the first ones.
    decimals : int
        Of numbers that are not whole.

    Returns
    -------
    Shown

    Raises
    ------
    UnknownNameError
        If there is no such column.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"word": ["lien"], "share": [0.25], "rare": [True]})
    >>> show(table, "word", "share")
    <Tableau : 1 lignes, 2 colonnes>
    """
    frame = table.to_frame() if table.ndim == 1 else table
    if any(frame.index.names):
        frame = frame.reset_index()
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        known = ", ".join(map(str, frame.columns))
        raise UnknownNameError(f"Le tableau n'a pas de colonne « {missing[0]} » ; il a : {known}.")
    frame = frame[list(columns)] if columns else frame
    return Shown(frame if n is None else frame.head(n), decimals)


def readable(value: Any, *, decimals: int = 2) -> str:
    r"""Return a value as French writes it; genres and other names that the tables use are translated.

    Examples
    --------
    >>> readable(0.256), readable(3), readable(12000), readable(True), readable(None), readable("project")
    ('0,26', '3', '12\u202f000', 'oui', '–', 'projets')
    """
    import numpy as np

    if isinstance(value, (bool, np.bool_)):
        return "oui" if value else "non"
    if _is_missing(value):
        return _MISSING
    if not _is_number(value):
        text = str(value)
        return unbroken(VALUES.get(text) or (genre_label(text) if text else ""))
    written = f"{value:.{decimals}f}" if isinstance(value, (float, np.floating)) else str(value)
    whole, _, rest = written.lstrip("-").partition(".")
    if whole.isdigit() and int(whole) >= _GROUPED_FROM:
        whole = grouped(int(whole))
    sign = "−" if written.startswith("-") and written.strip("-0.") else ""
    return sign + ",".join(filter(None, [whole, rest]))


def _is_missing(value: Any) -> bool:
    import numpy as np
    import pandas as pd

    return value is None or bool(np.isscalar(value) and pd.isna(value))


def _heading(name: Any) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return escape(unbroken(", ".join(_named(str(part)) for part in parts if part != "")))


def _named(name: str) -> str:
    start, _, side = name.rpartition("_")
    if side in _BOUNDS and start in HEADINGS:
        return f"{HEADINGS[start]}, {HEADINGS[side]}"
    return HEADINGS.get(name) or attribute_label(genre_label(name))


def _is_number(value: Any) -> bool:
    import numpy as np

    return isinstance(value, (int, float, np.number)) and not isinstance(value, (bool, np.bool_))
