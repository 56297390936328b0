"""Render the report: one HTML file that needs neither network nor server."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib import resources
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.style import svg_bytes
from innovsoc_analysis.report.summary import summarise

if TYPE_CHECKING:
    from matplotlib.axes import Axes

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
    summary = summarise(codings)
    figures = {width: _inline_svg(codings.plot(compact=width == "narrow")) for width in ("wide", "narrow")}
    return render(summary, title=title, figures=figures)


def _inline_svg(axes: Axes) -> str:
    svg = svg_bytes(axes.figure.figure).decode()
    return svg[svg.index("<svg") :]


def render(summary: dict[str, Any], *, title: str, figures: dict[str, str]) -> str:
    """Render the dictionary of :func:`~innovsoc_analysis.report.summary.summarise` and the figure in two widths."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(_read), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["grouped"] = _grouped
    script = _read("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    data = {key: summary[key] for key in ("documents", "segments", "families")}
    return environment.get_template("page.html.j2").render(
        **summary,
        title=_unbroken(title),
        # our own files and figure, and JSON in which no tag can close: all else is escaped
        plots={width: Markup(svg) for width, svg in figures.items()},  # noqa: S704
        style=Markup(_read("page.css")),  # noqa: S704
        script=Markup(script),  # noqa: S704
        script_digest=digest,
        data=Markup(_json(data)),  # noqa: S704
    )


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _unbroken(text: str) -> str:
    """Put no-break spaces where French typography keeps a mark with its word."""
    return re.sub(r" (?=[:;!?»])|(?<=«) ", "\u00a0", text)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
