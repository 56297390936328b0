"""The figures of a concordance, from its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.counting.parts import CODE
from innovsoc_analysis.figures.barcode import Barcode, barcode_plot
from innovsoc_analysis.figures.rates import rate_plot
from innovsoc_analysis.ingest.metadata import attribute_label, genre_label
from innovsoc_analysis.lexicometry.kwic.parts import FEWEST_DOCUMENTS, PER
from innovsoc_analysis.lexicometry.naming import labels_of, part_label
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.pages.typography import grouped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.lexicometry.kwic.result import Concordance

_MOST_PARTS = 60
_MOST_WITHOUT = 8
_MOST_DOCUMENTS = 80
_QUERY_CHARACTERS = 40


def draw_rates(
    found: Concordance, by: str | pd.DataFrame, *, codings: Coded | pd.DataFrame | None, ax: Axes | None
) -> Axes:
    """Draw occurrences per 10,000 words by part.

    Parameters
    ----------
    found : Concordance
        What to draw.
    by, codings
        As for `spans_by`.
    ax : Axes, optional
        Where.
    """
    table = found.by(by, codings=codings)
    table = table[table["words"] > 0]
    if table.empty:
        raise UsageError("Aucune partie ne contient de mot : rien à dessiner.")
    numbered = table["part"].str.fullmatch(r"[\d.,-]+").all()  # years and other numbers keep their order
    without = table[table["n"] == 0]
    folded = not numbered and len(without) > _MOST_WITHOUT and len(without) < len(table)
    if folded:
        table = table[table["n"] > 0]
    if isinstance(by, str) and by in ("genre", CODE):
        labels = labels_of(codings)
        table = table.assign(part=[part_label(part, by, labels) for part in table["part"]])
    left_out = len(table) - _MOST_PARTS
    if left_out > 0:
        largest = table["words"].rank(method="first", ascending=False) <= _MOST_PARTS
        table = table[largest]
    if not numbered:
        table = table.sort_values("per_10000", ascending=False, kind="stable")
    corpus_rate = PER * len(found) / max(len(found._index.counted), 1)  # noqa: SLF001
    name = attribute_label(by) if isinstance(by, str) else "partie"
    bars = f"élargi selon l'écart entre documents ; sous {FEWEST_DOCUMENTS} documents, aucun (rond vide) : "
    caption = [
        f"Trait vertical : l'ensemble du corpus ({_french(corpus_rate)}). À droite : occurrences et mots de la partie.",
        f"Barre : intervalle à 95\u202f%, {bars}un seul texte peut tout faire.",
    ]
    if folded:
        words = grouped(int(without["words"].sum()))
        caption.append(f"{len(without)} autres parties ({words} mots en tout) n'en ont aucune occurrence.")
    if left_out > 0:
        caption.append(f"Les {_MOST_PARTS} parties les plus longues ; {left_out} autre(s) non montrée(s).")
    return rate_plot(
        table,
        title=f"« {_short(found.query)} » par {name}, occurrences pour 10\u202f000 mots",
        caption="\n".join(caption),
        reference=corpus_rate,
        ax=ax,
    )


def draw_places(found: Concordance, *, ax: Axes | None) -> Axes:
    """Draw where in each document occurrences stand.

    Parameters
    ----------
    found : Concordance
        What to draw.
    ax : Axes, optional
        Where.
    """
    import numpy as np

    if not len(found):
        raise UsageError(found.remark)
    index, documents = found._index, found.corpus.documents  # noqa: SLF001
    rows = np.sort(found.first)
    here = index.documents[rows]
    counts = np.bincount(here, minlength=len(documents))
    held = np.flatnonzero(counts)
    shown = np.sort(held[np.argsort(-counts[held], kind="stable")[:_MOST_DOCUMENTS]])
    groups = [_text(genre) for genre in documents["genre"]]
    met = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    shown = shown[np.argsort([met[groups[row]] for row in shown], kind="stable")]
    lengths = np.bincount(index.documents[index.words], minlength=len(documents))
    starts = np.searchsorted(index.documents[index.words], shown)
    lines = []
    for document, start in zip(shown.tolist(), starts.tolist(), strict=True):
        ranks = np.searchsorted(index.words, rows[here == document]) - start
        size = int(lengths[document])
        lines.append(
            Barcode(
                name=str(documents["title"].iloc[document]),
                group=genre_label(groups[document]),
                places=ranks / max(size, 1),
                size=size,
            )
        )
    some, where = ("s" if number > 1 else "" for number in (len(found), len(held)))
    counted = f"{grouped(len(found))} occurrence{some} dans {len(held)} document{where} sur {len(documents)}"
    caption = [
        f"{counted}, un trait pour chacune ; de gauche à droite, du début à la fin du document, en mots.",
        "Tous les documents ont la même largeur : comparez les places, et les fréquences par les nombres de droite.",
    ]
    if len(held) > len(shown):
        caption.append(f"Les {len(shown)} documents qui en ont le plus ; les {len(held) - len(shown)} autres manquent.")
    title = f"Où se trouve « {_short(found.query)} » dans chaque document"
    return barcode_plot(lines, title=title, caption="\n".join(caption), ax=ax)


def _short(query: str) -> str:
    query = " ".join(query.split())
    return query if len(query) <= _QUERY_CHARACTERS else query[: _QUERY_CHARACTERS - 1] + "…"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _french(rate: float) -> str:
    return f"{rate:.1f}".replace(".", ",")
