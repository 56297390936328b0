"""Render the report: one HTML file that needs neither network nor server."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.style import unshown
from innovsoc_analysis.pages.rendering import inline_svg
from innovsoc_analysis.pages.rendering import render as render_page
from innovsoc_analysis.report.summary import summarise

if TYPE_CHECKING:
    from markupsafe import Markup

    from innovsoc_analysis.coding.codings import Codings

_TEMPLATES = resources.files(__package__) / "templates"


def report_page(codings: Codings, *, title: str) -> str:
    """Return the report on `codings` as one HTML page.

    Parameters
    ----------
    codings : Codings
        From :func:`innovsoc_analysis.code`.
    title : str
        Title of the page.

    Returns
    -------
    str
        HTML in which every text of the corpus is escaped and which loads nothing.
    """
    figures = {width: inline_svg(unshown(codings.plot(compact=width == "narrow"))) for width in ("wide", "narrow")}
    return render(summarise(codings), title=title, figures=figures)


def render(summary: dict[str, Any], *, title: str, figures: dict[str, Markup]) -> str:
    """Render the dictionary of :func:`~innovsoc_analysis.report.summary.summarise` and the figure in two widths."""
    data = {key: summary[key] for key in ("documents", "segments", "families")}
    return render_page(_TEMPLATES, summary | {"plots": figures}, title=title, kind="Rapport de codage", data=data)
