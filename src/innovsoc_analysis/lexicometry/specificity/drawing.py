"""Figures of specific words: each part with its words, each word over the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.signed import signed_panels
from innovsoc_analysis.ingest.metadata import attribute_label
from innovsoc_analysis.lexicometry.naming import part_label
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.specificity.result import Specificities

_MOST_PANELS, _MOST_BARS = 12, 40


def part_name(found: Specificities, part: str) -> str:
    """Return a part's name as people read it.

    Parameters
    ----------
    found : Specificities
        Whose part it is.
    part : str
        Its name in the tables.
    """
    name = part_label(part, found.lexical.by, found.lexical.labels)
    return part if name in found.parts else name


def plot_parts(found: Specificities, part: str | Sequence[str] | None, *, n: int) -> NDArray[Any]:
    """Draw the words of parts; `Specificities.plot` tells how."""
    import pandas as pd

    parts = _largest(found) if part is None else [part] if isinstance(part, str) else list(part)
    if not parts:
        raise UsageError("Indiquez au moins une partie à montrer.")
    panels, subtitles = {}, {}
    for one in parts:
        # the most avoided word at the bottom, so that bars shrink towards the middle
        rows = pd.concat([found.top(one, n), found.top(one, n, negative=True)[::-1]])
        name = part_name(found, one)
        panels[name] = _bars(rows, labels=rows["word"])
        size = int(found.lexical.sizes[found.parts.index(one)])
        documents = int(found.spread.sizes[found.parts.index(one)])
        subtitles[name] = f"{_number(size)} mots, {documents} doc."
    left_out = f" ; {len(parts)} parties sur {len(found.parts)}" if len(parts) < len(found.parts) else ""
    return signed_panels(
        panels,
        title=f"Mots spécifiques par {attribute_label(found.lexical.by)} (indice de spécificité)",
        caption=f"{_how_to_read(found, panels)}\n{_what_it_says(found)}\n{_basis(found)}{left_out}.",
        band=found.threshold,
        subtitles=subtitles,
    )


def plot_words(found: Specificities, words: Sequence[str]) -> NDArray[Any]:
    """Draw words over the parts; `Specificities.plot_word` tells how."""
    if not words:
        raise UsageError("Indiquez au moins un mot à montrer.")
    profiles = {word: found.of(word) for word in words}
    shown = _most_marked(found, list(profiles.values()))
    panels, subtitles = {}, {}
    for profile in profiles.values():
        rows = profile.iloc[shown]
        name = f"« {profile['word'].iloc[0]} »"
        panels[name] = _bars(rows, labels=rows["part"].map(lambda part: part_name(found, part)))
        subtitles[name] = f"{_number(int(profile['F'].iloc[0]))} occurrences dans le corpus"
    left_out = f" ; {len(shown)} parties sur {len(found.parts)}" if len(shown) < len(found.parts) else ""
    by = attribute_label(found.lexical.by)
    what = next(iter(panels)) if len(panels) == 1 else f"{len(panels)} mots"
    return signed_panels(
        panels,
        title=f"{what} par {by} (indice de spécificité)",
        caption=f"{_how_to_read(found, panels)}\n{_what_it_says(found)}\n{_basis(found)}{left_out}.",
        band=found.threshold,
        one_scale=True,
        subtitles=subtitles,
    )


def _bars(rows: pd.DataFrame, *, labels: pd.Series) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {"label": labels.to_numpy(), "value": rows["index"].to_numpy(), "hollow": rows["one_document"].to_numpy()}
    )


def _largest(found: Specificities) -> list[str]:
    """Return the parts that hold most words, in the order of all parts."""
    sizes = found.lexical.sizes
    kept = sorted(range(len(sizes)), key=lambda place: (-sizes[place], place))[:_MOST_PANELS]
    return [found.parts[place] for place in sorted(kept)]


def _most_marked(found: Specificities, profiles: Sequence[pd.DataFrame]) -> list[int]:
    """Return the places of the parts where a word is most specific, in the order of all parts."""
    strongest = [
        max(abs(float(profile["index"].iloc[place])) for profile in profiles) for place in range(len(found.parts))
    ]
    kept = sorted(range(len(strongest)), key=lambda place: (-strongest[place], place))[:_MOST_BARS]
    return sorted(kept)


def _how_to_read(found: Specificities, panels: Mapping[str, pd.DataFrame]) -> str:
    threshold = f"{found.threshold:g}".replace(".", ",")
    hollow = (
        " Barre vide : le mot ne serait plus spécifique sans le document qui l'emploie le plus."
        if any(rows["hollow"].any() for rows in panels.values())
        else ""
    )
    return (
        "À droite, suremploi ; à gauche, hachuré, sous-emploi. Un indice de 3 : une chance sur mille d'un écart "
        f"pareil si les mots étaient tirés au hasard. Fond gris : banal (moins de\u00a0{threshold}).{hollow}"
    )


def _what_it_says(found: Specificities) -> str:
    overlap = " Les parties se recoupent : chacune est comparée au reste du corpus." if found.overlap else ""
    return (
        "L'indice dit si un écart tient du hasard, non s'il est grand : il croît avec la taille des parties et "
        f"ne se compare pas de l'une à l'autre.{overlap}"
    )


def _basis(found: Specificities) -> str:
    lexical = found.lexical
    return f"Lafon (1980) ; {_number(lexical.size)} occurrences, {_number(len(lexical.words))} mots différents"


def _number(n: int) -> str:
    return f"{n:,}".replace(",", "\u202f")
