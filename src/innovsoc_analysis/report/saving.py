"""Write the report and its figure to a results folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.style import png_bytes, svg_bytes, unshown
from innovsoc_analysis.report.page import report_page
from innovsoc_analysis.safe.files import atomic_write

if TYPE_CHECKING:
    from innovsoc_analysis.coding.codings import Codings


def save_report(codings: Codings, folder: Path | str, *, title: str) -> list[Path]:
    """Write ``report.html``, ``codes.svg`` and ``codes.png``; return the paths."""
    folder = Path(folder)
    figure = unshown(codings.plot())
    contents = {
        "report.html": report_page(codings, title=title).encode(),
        "codes.svg": svg_bytes(figure),
        "codes.png": png_bytes(figure),
    }
    for name, data in contents.items():
        atomic_write(folder / name, data)
    return [folder / name for name in contents]
