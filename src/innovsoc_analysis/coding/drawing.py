"""Draw codings: the profile of codes, and which codes go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.ingest.attributes import value_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.coding.cooccurrence import Cooccurrence

_MOST_DRAWN = 8


def draw_codings(codings: Codings, *, by: str, compact: bool, ax: Axes | None) -> Axes:
    """Draw the share of documents that carry each code; `Codings.plot` tells how."""
    from innovsoc_analysis.figures.dots import dot_plot

    sizes = codings.groups(by).value_counts()
    whole = codings.matrix(by=by, values="share")
    shares = whole[drawn_values({str(name): int(sizes[name]) for name in whole.columns})]
    shares.columns = [f"{value_label(by, name)} (n = {sizes[name]})" for name in shares.columns]
    labels = {code: codings.label(code) for code in shares.index}
    sections = {labels[code]: codings.codebook.family_of(code) for code in shares.index}
    shares.index = [labels[code] for code in shares.index]
    axes = dot_plot(
        shares,
        title="Documents qui portent chaque code",
        xlabel=(
            f"part des documents de chaque groupe (%){left_out(len(whole.columns))}"
            f"\n{len(codings.corpus)} documents, {codings.method}"
        ),
        sections=sections if any(sections.values()) else None,
        compact=compact,
        ax=ax,
    )
    if ax is None:
        describe(axes, codings.alt)
    return axes


def drawn_values(sizes: Mapping[str, int]) -> list[str]:
    """Return the values of an attribute that a figure can tell apart: those of most documents, in their order.

    Examples
    --------
    >>> drawn_values({"b": 1, "a": 2}), len(drawn_values({str(number): number for number in range(12)}))
    (['b', 'a'], 8)
    """
    largest = sorted(sizes, key=lambda name: -sizes[name])[:_MOST_DRAWN]
    return [name for name in sizes if name in largest]


def left_out(n_values: int) -> str:
    """Return what the caption says of values that are not drawn."""
    return f" ; les {_MOST_DRAWN} groupes les plus nombreux, sur {n_values}" if n_values > _MOST_DRAWN else ""


def codings_in_words(codings: Codings) -> str:
    """Return what the profile of codes shows, in one French sentence."""
    ranked = codings.summary().sort_values("share", ascending=False, kind="stable").head(3)
    ranked = ranked[ranked["documents"] > 0]
    said = ", ".join(f"{codings.label(str(code))} ({row['share']:.0f}\u202f%)" for code, row in ranked.iterrows())
    first = f" ; les plus répandus : {said}" if said else ""
    return f"Part des documents qui portent chaque code, n = {len(codings.corpus)} documents{first}."


def draw_cooccurrence(found: Cooccurrence, *, ax: Axes | None) -> Axes:
    """Draw the codes that are linked; `Cooccurrence.plot` tells how."""
    import numpy as np

    from innovsoc_analysis.figures.arcs import arc_plot

    links = found.links
    nodes = found.codes[found.codes.index.isin({*links["code_a"], *links["code_b"]})]
    strength = np.log2(links["ratio"].to_numpy(dtype=float)).clip(0)
    strongest = strength.max(initial=0.0) or 1.0
    axes = arc_plot(
        nodes.rename(columns={"n": "size"}),
        links.rename(columns={"label_a": "first", "label_b": "second"}).assign(weight=strength / strongest),
        title=f"Codes rencontrés ensemble (n = {found.basis})",
        caption=_caption(found),
        sections=dict(zip(nodes["label"], nodes["family"], strict=True)) if nodes["family"].any() else None,
        ax=ax,
    )
    if ax is None:
        describe(axes, found.alt)
    return axes


def _caption(found: Cooccurrence) -> str:
    chance = (
        "si chaque document répartissait au hasard les mêmes codes sur ses segments"
        if found.unit == "segment"
        else "si les codes ne dépendaient pas l'un de l'autre"
    )
    drawn = f"{len(found.links)} paires sur {len(found.table)}"
    return (
        f"Un arc : les deux codes sont ensemble dans plus de {found.unit_name} qu'attendu {chance} (test exact, p"
        f" corrigée inférieure à 0,05, au moins 2 documents) ; {drawn}. Plus épais : plus loin du hasard. Disque :"
        f" {found.unit_name} qui portent le code. Sans arc, deux codes peuvent se rencontrer."
        f" {found.method.capitalize()}."
    )
