"""Render the report: one HTML file that needs neither network nor server."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.style import unshown
from innovsoc_analysis.pages.rendering import inline_svg
from innovsoc_analysis.pages.rendering import render as render_page
from innovsoc_analysis.report.grouping import GENRE
from innovsoc_analysis.report.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from innovsoc_analysis.coding.codings import Codings

_TEMPLATES = resources.files(__package__) / "templates"
_LISTED = 500  # documents


def report_page(codings: Codings, *, title: str, by: str = GENRE, words: Mapping[str, int] | None = None) -> str:
    """Return the report on `codings` as one HTML page.

    Parameters
    ----------
    codings : Codings
        From :func:`innovsoc_analysis.code`.
    title : str
        Title of the page.
    by, words
        As :func:`~innovsoc_analysis.report.summary.summarise` takes them.

    Returns
    -------
    str
        HTML in which every text of the corpus is escaped and which loads nothing.

    Raises
    ------
    UnknownNameError
        If no document has the attribute `by`.
    UsageError
        If it has too many values.
    """
    return render(summarise(codings, by=by, words=words), title=title, figures=profile_figures(codings, by=by))


def profile_figures(codings: Codings, *, by: str = GENRE) -> dict[str, Markup]:
    """Return the profile of codes in two widths, ``"wide"`` and ``"narrow"``, as elements of a page."""
    return {
        width: inline_svg(unshown(codings.plot(by=by or GENRE, compact=width == "narrow")))
        for width in ("wide", "narrow")
    }


def render(summary: dict[str, Any], *, title: str, figures: dict[str, Markup]) -> str:
    """Return the page.

    Parameters
    ----------
    summary : dict
        From :func:`~innovsoc_analysis.report.summary.summarise`, or from
        :func:`~innovsoc_analysis.report.study.summarise_study`, which tells of methods, topics and vocabulary too.
    title : str
        Title of the page.
    figures : dict
        The figure in two widths, ``"wide"`` and ``"narrow"``.
    """
    data = {key: summary[key] for key in ("documents", "segments", "families")}
    n_verbatims, n_coded = len(summary["segments"]), summary["figures"]["coded"]
    values = {"methods": None, **summary, "plots": figures, "drawn": n_verbatims < n_coded, "listed": _LISTED}
    data["unit"] = [summary["unit_name"].removesuffix("s"), summary["unit_name"]]
    kind = "Rapport de codage" if values["methods"] is None else "Rapport d'étude"
    return render_page(_TEMPLATES, values, title=title, kind=kind, data=data)
