"""Figures of classes: the dendrogram, and shares by attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.counting.units import UNITS
from innovsoc_analysis.figures.dendrogram import Leaf, Word, dendrogram
from innovsoc_analysis.figures.intervals import interval_panels
from innovsoc_analysis.figures.sizes import on_slide
from innovsoc_analysis.ingest.metadata import attribute_label
from innovsoc_analysis.lexicometry.classes.classifying import branches
from innovsoc_analysis.lexicometry.classes.refinding import FEWEST_DOCUMENTS
from innovsoc_analysis.lexicometry.naming import part_label
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.pages.typography import grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.classes.classes import Classes
    from innovsoc_analysis.lexicometry.classes.crossing import Crossed

_SHORT_UNITS = {"document": "doc.", "paragraph": "par.", "context": "u."}
_MOST_VALUES, _TITLE_WORDS = 20, 3
_SMALL_CLASS = 0.02


def percent(share: float) -> str:
    r"""Return a share, from 0 to 1, as a French percentage.

    Parameters
    ----------
    share : float
        From 0 to 1.

    Examples
    --------
    >>> percent(0.2306)
    '23,1\u202f%'
    """
    return f"{100 * share:.1f}\u202f%".replace(".", ",")


def units_of(found: Classes) -> str:
    """Return what units are called: « unités de contexte »."""
    return UNITS[found.unit][1]


def basis_of(found: Classes) -> str:
    """Return what classes stand on: how many units, of how many documents, how many classified."""
    n_units, n_documents = len(found.units), int(found.material.documents.max()) + 1
    classified = int((found.numbers > 0).sum())
    documents = f"{grouped(n_documents)} document{'s' if n_documents > 1 else ''}"
    return (
        f"{grouped(n_units)} {units_of(found)} de {documents}, dont {grouped(classified)} classées "
        f"({percent(found.share_classified)}) ; {grouped(found.material.n_active)} mots actifs"
    )


def draw_tree(found: Classes, *, n: int) -> Axes:
    """Draw the dendrogram; `Classes.plot` tells how."""
    leaves = []
    hollow = False
    for row in found.summary.rename(columns={"class": "number"}).itertuples():
        words = found.words(row.number, n)
        listed = [
            Word(w, c, bool(one)) for w, c, one in zip(words["word"], words["chi2"], words["one_document"], strict=True)
        ]
        hollow = hollow or any(word.hollow for word in listed)
        said = f"{percent(row.share)}, {grouped(row.n)} {_SHORT_UNITS[found.unit]}"
        leaves.append(Leaf(f"Classe {row.number}", said, row.share, listed))
    tree = branches(found.partitions, found.n_classes)
    kind = "Classification de Reinert" if found.settings.sizes is None else "Classification double de Reinert"
    title = f"{kind} : {found.n_classes} classes (% des unités classées)"
    above = (
        "Plus un embranchement est haut, plus les vocabulaires qu'il sépare diffèrent (χ² de cette division et des "
        "suivantes)."
        if tree
        else "Classes retrouvées par deux classifications, d'unités de deux tailles : il n'y a pas d'arbre commun."
    )
    mark = (
        " ◦ en italique : sans le document qui l'emploie le plus, le mot ne serait plus dans le profil."
        if hollow
        else ""
    )
    if on_slide():
        caption = (
            f"{basis_of(found)}. Nombres : χ² d'association à la classe. Les mots ont fait les classes : ils les "
            "décrivent, ils ne prouvent rien." + (" ◦ : mot d'un seul document." if hollow else "")
        )
        return dendrogram(leaves, tree, title=title, caption=caption)
    caption = (
        f"{basis_of(found)}.\n{above} Barre : part des unités. À droite des mots, leur χ² d'association à la classe, "
        f"qui règle aussi la taille des lettres.{mark}\n"
        "Les mots ont fait les classes : leurs χ² décrivent, ils ne prouvent rien, et d'autres documents "
        f"peuvent donner d'autres classes.{small_classes(found)}"
    )
    return dendrogram(leaves, tree, title=title, caption=caption)


def small_classes(found: Classes) -> str:
    """Return which classes hold so few units that they are no world of words, in a French sentence; or nothing."""
    small = found.summary[found.summary["share"] < _SMALL_CLASS]
    if small.empty:
        return ""
    which = ", ".join(f"{row['class']} ({row['n']} unités)" for row in small.to_dict("records"))
    return f"\nMoins de {percent(_SMALL_CLASS)} des unités, trop peu pour en conclure : classe {which}."


def draw_by(
    found: Classes, attribute: Any, crossed: Crossed, *, labels: Mapping[str, str] | None = None
) -> NDArray[Any]:
    """Draw the shares of classes by value; `Classes.plot_by` tells how."""
    import numpy as np
    import pandas as pd

    from innovsoc_analysis.counting.resampling import resampled_ratio

    by = attribute_label(attribute if isinstance(attribute, str) else "part")
    kept = np.flatnonzero(found.numbers > 0)
    members, documents = crossed.members[kept], found.material.documents[kept]
    classes = np.eye(found.n_classes + 1)[found.numbers[kept]][:, 1:]
    shown = np.argsort(-members.sum(axis=0), kind="stable")[:_MOST_VALUES]
    rng = np.random.default_rng(0)
    rows = []
    for value in np.sort(shown).tolist():
        inside = members[:, value]
        if not inside.any():
            continue
        owners = np.unique(documents[inside], return_inverse=True)[1]
        counts = np.zeros((int(owners.max()) + 1, found.n_classes))
        np.add.at(counts, owners, classes[inside])
        sizes = np.repeat(counts.sum(axis=1, keepdims=True), found.n_classes, axis=1)
        share, low, high = (100 * one for one in resampled_ratio(counts, sizes, rng=rng))
        few = len(counts) < FEWEST_DOCUMENTS
        name = part_label(crossed.names[value], by, labels or {})
        rows += [
            {"class": place + 1, "value": name, "share": share[place], "low": np.nan if few else low[place],
             "high": np.nan if few else high[place], "n_documents": len(counts), "few": few}
            for place in range(found.n_classes)
        ]  # fmt: skip
    if not rows:
        raise UsageError(f"Aucune unité classée n'a de valeur pour « {by} ».")
    table = pd.DataFrame(rows)
    panels = {_named(found, one): table[table["class"] == one] for one in found.summary["class"]}
    fewer = (
        f" ; les {len(shown)} valeurs les plus fréquentes sur {len(crossed.names)}"
        if len(shown) < members.shape[1]
        else ""
    )
    few_said = " Cercle vide, sans trait : moins de 5 documents." if table["few"].any() else ""
    caption = (
        f"{basis_of(found)}{fewer}.\nPart de la classe dans les unités de chaque valeur (entre parenthèses : "
        "documents) ; traits : intervalle à 95\u202f%, les documents étant tirés de nouveau, car les unités d'un "
        f"même document se ressemblent.{few_said}"
    )
    return interval_panels(panels, title=f"Classes par {by} (% des unités classées)", caption=caption)


def _named(found: Classes, one: int) -> str:
    return f"{one}. {', '.join(found.words(one, _TITLE_WORDS)['word'])}"
