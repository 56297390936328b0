"""Render a page: one HTML file that loads nothing, runs one script, and shows texts as texts.

Texts reach the browser in two ways only: through a template that escapes them, and as JSON in which no
tag can close, which the script shows with ``textContent``. The policy in the head forbids all that the
page does not hold itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.style import svg_bytes
from innovsoc_analysis.pages.typography import grouped, percent, unbroken

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from markupsafe import Markup
    from matplotlib.figure import Figure

_BASE = resources.files(__package__) / "templates"


def render(templates: Traversable, values: dict[str, Any], *, title: str, kind: str, data: Any) -> str:
    """Return a page.

    Parameters
    ----------
    templates : folder
        Holds ``page.html.j2``, which extends ``base.html.j2``, ``page.css`` and ``page.js``; the last two
        follow those that all pages share.
    values : dict
        What the template shows.
    title, kind : str
        Title of the page, and the two words above it.
    data : JSON
        What the script reads, under the identifier ``data``; numbers are finite.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    ValueError
        If `data` holds a number that is not finite.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    def load(name: str) -> str:
        folder = _BASE if name.startswith("base.") else templates
        return (folder / name).read_text("utf-8")

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(load), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(grouped=grouped, percent=percent, unbroken=unbroken)
    script = f"{load('base.js')}{load('page.js')}"
    return environment.get_template("page.html.j2").render(
        **values,
        title=unbroken(title),
        kind=kind,
        style=_safe(f"{load('base.css')}{load('page.css')}"),
        script=_safe(script),
        script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=_safe(_json(data)),
    )


def inline_svg(figure: Figure) -> Markup:
    """Return a figure as an element of a page."""
    svg = svg_bytes(figure).decode()
    return _safe(svg[svg.index("<svg") :])


def _safe(text: str) -> Markup:
    """Mark what needs no escaping: our own files and figures, and JSON in which no tag can close."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - never a text of the corpus


def _json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
