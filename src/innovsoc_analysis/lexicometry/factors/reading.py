"""The tables of a correspondence analysis, as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from innovsoc_analysis.ingest.metadata import genre_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.factors.computing import Cloud, CorrespondenceAnalysis
    from innovsoc_analysis.lexicometry.factors.result import Correspondence

PLANE = 2
_NEAR = 0.9
_DIGITS = 12
_NAMED = 5
_LIGHT, _HEAVY = 0.05, 0.5
_HEADINGS = {
    "kind": "nature",
    "name": "nom",
    "variable": "variable",
    "mass": "masse",
    "quality": "qualité (axes 1 et 2)",
    "axis": "axe",
    "eigenvalue": "valeur propre",
    "share": "part de l'inertie (%)",
    "cumulated": "cumul (%)",
    "broken_stick": "bâton brisé (%)",
    "above_mean": "au-dessus de la moyenne",
    "coord": "coordonnée axe",
    "contrib": "contribution axe",
    "cos2": "cos² axe",
}


def axes_table(analysis: CorrespondenceAnalysis) -> pd.DataFrame:
    """Return one row per axis.

    Parameters
    ----------
    analysis : CorrespondenceAnalysis
        Fitted.

    Returns
    -------
    DataFrame
        ``axis`` (from 1), ``eigenvalue`` (λ), ``share`` and ``cumulated`` (% of the inertia),
        ``above_mean`` (more than 100/number of axes), ``broken_stick`` (% that the axis would have if
        the inertia were broken at random: (1/p) Σ 1/k from k = its rank to p, the number of axes;
        Frontier 1976).

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.factors.computing import CorrespondenceAnalysis
    >>> table = axes_table(CorrespondenceAnalysis().fit([[4, 0, 0], [0, 4, 0], [0, 0, 4]]))
    >>> table[["axis", "eigenvalue", "share", "broken_stick"]].round(6).values.tolist()
    [[1.0, 1.0, 50.0, 75.0], [2.0, 1.0, 50.0, 25.0]]
    """
    shares = 100 * analysis.spectrum_ / analysis.inertia_
    expected = (1 / np.arange(1, analysis.n_axes_ + 1))[::-1].cumsum()[::-1] * 100 / analysis.n_axes_
    return pd.DataFrame(
        {
            "axis": range(1, len(shares) + 1),
            "eigenvalue": analysis.spectrum_,
            "share": shares,
            "cumulated": shares.cumsum(),
            "above_mean": shares > 100 / analysis.n_axes_,
            "broken_stick": expected[: len(shares)],
        }
    )


def cloud_table(cloud: Cloud, names: NDArray[np.str_], *, kind: str, variable: str = "") -> pd.DataFrame:
    """Return one row per point: ``kind, name, variable, mass, quality``, then each axis."""
    active = len(cloud.masses) > 0
    missing = np.full(len(names), np.nan)
    columns = {
        "kind": kind,
        "name": names,
        "variable": variable,
        "mass": cloud.masses if active else missing,
        "quality": np.minimum(cloud.cos2[:, :PLANE].sum(axis=1), 1),
    }
    n_axes = cloud.coordinates.shape[1]
    shown = {
        "coord": cloud.coordinates,
        "contrib": cloud.contributions if active else np.full((len(names), n_axes), np.nan),
        "cos2": cloud.cos2,
    }
    for name, values in shown.items():
        columns |= {f"{name}_{axis + 1}": values[:, axis] for axis in range(n_axes)}
    return pd.DataFrame(columns)


def opposed(table: pd.DataFrame, axis: int, n: int, *, kinds: tuple[str, str]) -> pd.DataFrame:
    """Return what contributes most to each side of an axis, parts first; `Correspondence.interpret` tells how."""
    names = {"side": "side", f"coord_{axis}": "coord", f"contrib_{axis}": "contrib", f"cos2_{axis}": "cos2"}
    found = []
    for sign, side in ((1, "+"), (-1, "−")):
        for kind in reversed(kinds):
            group = table[table["kind"] == kind]
            # rounded, so that what contributes as much stays in alphabetical order
            contributions = group[f"contrib_{axis}"].round(_DIGITS)
            inside = group.assign(rank=-contributions)[(sign * group[f"coord_{axis}"] > 0) & (contributions > 0)]
            first = inside.sort_values(["rank", "name"]).head(n)
            found.append(first.assign(side=side, above_mean=-first["rank"] >= round(1 / len(group), _DIGITS)))
    columns = ["side", "kind", "name", f"coord_{axis}", f"contrib_{axis}", f"cos2_{axis}", "above_mean"]
    return pd.concat(found, ignore_index=True)[columns].rename(columns=names)


class Remark(NamedTuple):
    """What a reader of some axes should know.

    Attributes
    ----------
    axes : tuple of int
        From 1.
    sentence : str
        In French.
    """

    axes: tuple[int, ...]
    sentence: str


def remarks_on(analysis: CorrespondenceAnalysis, names: Mapping[str, tuple[str, ...]]) -> list[Remark]:
    """Return what a reader of the axes should know: axes that may rotate, and axes that one light point makes.

    Parameters
    ----------
    analysis : CorrespondenceAnalysis
        Fitted.
    names : mapping of str to tuple of str
        What the points are (``"mot"``, ``"partie"``) → their names, rows first.
    """
    n_axes = len(analysis.eigenvalues_)
    found = [Remark((1,), "Un seul axe : tout se lit sur une ligne.")] if n_axes == 1 else []
    shares = 100 * analysis.spectrum_ / analysis.inertia_
    for first, last in _near_equal(shares, n_axes):
        listed = " ; ".join(decimal(share) for share in shares[first - 1 : last])
        named = f"{first} et {last}" if last == first + 1 else f"{first} à {last}"
        found.append(
            Remark(
                tuple(range(first, last + 1)),
                f"Les axes {named} ont presque la même inertie ({listed}\u202f%) : d'autres textes pourraient les "
                "faire tourner l'un dans l'autre. Lisez leur plan plutôt que chacun d'eux.",
            )
        )
    for cloud, (kind, listed_names) in zip((analysis.rows_, analysis.columns_), names.items(), strict=True):
        contributions = cloud.contributions
        for axis, place in enumerate(contributions.argmax(axis=0)):
            if contributions[place, axis] > _HEAVY and cloud.masses[place] < _LIGHT:
                found.append(
                    Remark(
                        (axis + 1,),
                        f"L'axe {axis + 1} tient pour {decimal(100 * contributions[place, axis], 0)}\u202f% à "
                        f"« {listed_names[place]} » ({kind}), qui ne pèse que {decimal(100 * cloud.masses[place], 2)}"
                        "\u202f% du tableau : refaites l'analyse sans, pour voir ce qui reste.",
                    )
                )
    return found


def left_out(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sentence that names what holds nothing, if there is any.

    Examples
    --------
    >>> left_out(("puits",)), left_out(())
    (('Laissé de côté, car vide dans ces parties : puits.',), ())
    """
    if not names:
        return ()
    more = f"… ({len(names)} en tout)" if len(names) > _NAMED else ""
    return (f"Laissé de côté, car vide dans ces parties : {', '.join(names[:_NAMED])}{more}.",)


def _near_equal(shares: NDArray[np.float64], n_axes: int) -> list[tuple[int, int]]:
    """Return the runs of axes each of which is nearly as long as the one before, those that have coordinates."""
    runs: list[tuple[int, int]] = []
    for axis in range(1, min(n_axes, len(shares) - 1) + 1):
        if shares[axis] > _NEAR * shares[axis - 1]:
            if runs and runs[-1][1] == axis:
                runs[-1] = (runs[-1][0], axis + 1)
            else:
                runs.append((axis, axis + 1))
    return runs


def sheets_of(result: Correspondence) -> dict[str, pd.DataFrame]:
    """Return the sheets of the workbook, parts under the names that people read."""
    table = result.table
    is_genre = table["variable"] == "genre"
    table = table.assign(name=table["name"].where(~is_genre, table["name"].map(genre_label)))
    row_title, column_title = ("Lignes", "Colonnes") if result.lexical is None else ("Mots", "Parties")
    parts = {kind: table[table["kind"] == kind].drop(columns="variable") for kind in result.kinds}
    axes = result.axes_table
    return {
        "Axes": _readable(axes.assign(above_mean=axes["above_mean"].map({True: "oui", False: "non"}))),
        column_title: _readable(parts[result.kinds[1]]),
        row_title: _readable(parts[result.kinds[0]]),
        "Supplémentaires": _readable(table[~table["kind"].isin(result.kinds)]),
        "Lisez-moi": pd.DataFrame({"À lire": _notes(result)}),
    }


def _notes(result: Correspondence) -> list[str]:
    return [
        f"Analyse des correspondances : {result.basis}.",
        f"Inertie totale (χ²/n) : {decimal(result.analysis.inertia_, 4)}.",
        "Masse : part du point dans le tableau (de 0 à 1). Coordonnées : principales, dans la métrique du χ².",
        "Contribution : part du point dans l'inertie de l'axe (de 0 à 1, total 1 pour les mots, 1 pour les parties).",
        "cos² : part de l'écart du point à la moyenne que montre l'axe (de 0 à 1) : ce que l'axe montre bien.",
        "Qualité : somme des cos² sur les deux premiers axes.",
        "Bâton brisé : part qu'aurait l'axe si l'inertie était partagée au hasard. En dessous, lisez avec prudence.",
        "Éléments supplémentaires : projetés sur des axes auxquels ils n'ont pas part, donc sans contribution.",
        "Signe des axes : la partie (colonne) qui contribue le plus à un axe y est du côté positif, par convention.",
        *result.remarks_on(range(1, result.n_axes + 1)),
        *(f"Laissé de côté, car vide : {name}." for name in result.dropped),
    ]


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    def heading(name: str) -> str:
        stem, _, axis = name.rpartition("_")
        return f"{_HEADINGS[stem]} {axis}" if axis.isdecimal() else _HEADINGS[name]

    return table.rename(columns={name: heading(name) for name in table.columns})


def decimal(value: float, digits: int = 1) -> str:
    """Return a number as French writes it.

    Examples
    --------
    >>> decimal(41.25), decimal(-0.5), decimal(-0.01)
    ('41,2', '−0,5', '0,0')
    """
    # zero has no sign
    return f"{round(value, digits) + 0.0:.{digits}f}".replace(".", ",").replace("-", "−")


def counted(number: int, unit: str) -> str:
    r"""Return a number of things, in the plural where French has it.

    Examples
    --------
    >>> counted(1, "mot"), counted(1200, "mot"), counted(3, "pays")
    ('1 mot', '1\u202f200 mots', '3 pays')
    """
    return f"{number:_}".replace("_", "\u202f") + f" {plural(unit) if number > 1 else unit}"


def plural(unit: str) -> str:
    """Return the plural of a French noun, but for the few that are irregular.

    Examples
    --------
    >>> plural("mot"), plural("pays")
    ('mots', 'pays')
    """
    return unit if unit.endswith(("s", "x", "z")) else f"{unit}s"
