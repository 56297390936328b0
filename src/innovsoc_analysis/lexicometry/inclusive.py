"""Inclusive writing as a variable: how much of it, of which kinds, in whose texts."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.counting.words import are_words
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.safe.sheets import save_sheets
from innovsoc_analysis.study.attributes import in_order

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from innovsoc_analysis.study.corpus import Corpus

KINDS = {
    "median_point": "point médian (citoyen·ne·s)",
    "low_point": "point bas (chercheur.es)",
    "hyphen": "trait d'union (étudiant-e-s)",
    "slash": "barre oblique (le/la)",
    "parentheses": "parenthèses (habitant(e)s)",
    "capital": "capitale (étudiantEs)",
    "doublet": "doublet (celles et ceux)",
    "portmanteau": "mot-valise (acteurices)",
    "x_form": "forme en x (étudianxs)",
}
"""French names of the kinds, each with an example."""
HEADINGS = {
    "documents": "documents",
    "with_any": "documents qui en ont",
    "words": "mots",
    "forms": "formes",
    "per_1000_words": "pour 1 000 mots",
    **KINDS,
}
"""French names of the columns of the counts."""
_PER = 1000
_SHOWN = 40
_MOST_BARS = 30
_UNITS = {"forms": "forme", "words": "mot"}


@dataclass(frozen=True, repr=False)
class InclusiveUse:
    """Inclusive forms of a corpus, counted by group.

    Attributes
    ----------
    table : DataFrame
        One row per group, the group in the index; columns ``documents`` (how many), ``with_any``
        (how many hold a form), ``words`` (tokens that are no punctuation), ``forms``,
        ``per_1000_words``, then the number of forms of each kind that occurs.
    forms : DataFrame
        One row per form: ``doc_id, source, title, group, start, end, form, lemma, kind``.
    by : str
        What the groups are.
    """

    table: pd.DataFrame
    forms: pd.DataFrame
    by: str

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw, for each group, the forms of each kind per 1,000 words.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.

        Returns
        -------
        Axes
            With at most 30 groups, those that hold most words.
        """
        from innovsoc_analysis.figures.stacks import stacked_bars

        shown = self.table[self.table["words"] > 0].nlargest(_MOST_BARS, "words").sort_index()
        kinds = [kind for kind in KINDS if kind in shown]
        rates = shown[kinds].mul(_PER).div(shown["words"], axis=0).rename(columns=KINDS)
        rates.index = self._names(shown)
        if self.by != "document":
            rates.index = [f"{name} ({n} doc.)" for name, n in zip(rates.index, shown["documents"], strict=True)]
        forms, words = (_counted(int(self.table[name].sum()), unit) for name, unit in _UNITS.items())
        left_out = f" ; {_counted(len(shown), 'groupe')} sur {len(self.table)}" if len(shown) < len(self.table) else ""
        return stacked_bars(
            rates,
            title="Écriture inclusive",
            xlabel=f"formes pour 1 000 mots ; n = {forms}, {words}{left_out}",
            ax=ax,
        )

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (counts and forms) or ``.csv`` (forms), as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        sheets = {"Effectifs": self._readable().reset_index(), "Formes": self.forms}
        save_sheets(sheets, path, main="Formes", locale=locale)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<InclusiveUse : {len(self.forms)} formes, {len(self.table)} groupes>"

    def _repr_html_(self) -> str:
        shown = (
            self._readable().head(_SHOWN).to_html(float_format=lambda rate: f"{rate:.1f}".replace(".", ","), na_rep="–")
        )
        more = f", les {_SHOWN} premiers groupes sur {len(self.table)}" if len(self.table) > _SHOWN else ""
        return f"<p>Écriture inclusive par {escape(self.by)}{more}</p>{shown}"

    def _readable(self) -> pd.DataFrame:
        named = pd.Index(self._names(self.table), name=self.by)
        return self.table.set_axis(named).rename(columns=HEADINGS)

    def _names(self, table: pd.DataFrame) -> list[str]:
        return [genre_label(name) if self.by == "genre" else name or "non renseigné" for name in table.index]


def inclusive_use(corpus: Corpus, *, by: str = "genre") -> InclusiveUse:
    """Count the inclusive forms of `corpus`.

    Parameters
    ----------
    corpus : Corpus
        Annotated at first use.
    by : str
        ``"genre"``, a metadata column such as ``"author"``, or ``"document"``: each by its title,
        with its source if another has the same title.

    Returns
    -------
    InclusiveUse
        Groups in alphabetical order; documents without a value are one group, the empty name.

    Raises
    ------
    UnknownNameError
        If no document has this attribute.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"appel": "Les habitant·e·s et toustes celles et ceux qui aident."})
    >>> inclusive_use(corpus, by="document").table[["words", "forms", "median_point"]].values.tolist()
    [[7, 3, 1]]
    """
    documents = corpus.documents.set_index("doc_id")
    groups = _titles(documents) if by == "document" else corpus.attribute(by)
    tokens = corpus.tokens
    words = tokens[are_words(tokens)]
    marked = tokens[tokens["inclusive"].fillna(value=False).astype(bool)]
    forms = pd.DataFrame(
        {
            "doc_id": marked["doc_id"],
            "source": marked["doc_id"].map(documents["source"]),
            "title": marked["doc_id"].map(documents["title"]),
            "group": marked["doc_id"].map(groups),
            **{name: marked[name] for name in ("start", "end", "form", "lemma")},
            "kind": marked["inclusive_kind"],
        }
    ).reset_index(drop=True)
    names = in_order(groups)
    table = pd.DataFrame(index=pd.Index(names, name=by))
    table["documents"] = groups.value_counts().reindex(names, fill_value=0).astype(int)
    holding = forms.drop_duplicates("doc_id")["group"].value_counts()
    table["with_any"] = holding.reindex(names, fill_value=0).astype(int)
    table["words"] = words["doc_id"].map(groups).value_counts().reindex(names, fill_value=0).astype(int)
    table["forms"] = forms["group"].value_counts().reindex(names, fill_value=0).astype(int)
    table["per_1000_words"] = table["forms"].mul(_PER).div(table["words"].where(table["words"] > 0)).astype(float)
    for kind in KINDS:
        counts = forms.loc[forms["kind"] == kind, "group"].value_counts()
        if len(counts):
            table[kind] = counts.reindex(names, fill_value=0).astype(int)
    return InclusiveUse(table, forms, by)


def _titles(documents: pd.DataFrame) -> pd.Series:
    """Name each document by its title, and by its place as well where a title is that of several."""
    titles = documents["title"].where(documents["title"] != "", documents["source"])
    for place in ("source", "key"):
        titles = titles.where(~titles.duplicated(keep=False), titles + " (" + documents[place] + ")")
    return titles


def _counted(number: int, unit: str) -> str:
    plural = "s" if number > 1 else ""
    return f"{number:_} {unit}{plural}".replace("_", "\u202f")
