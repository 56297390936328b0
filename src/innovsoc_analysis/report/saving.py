"""Write the report and its figure to a results folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.style import png_bytes, svg_bytes, unshown
from innovsoc_analysis.report.grouping import GENRE
from innovsoc_analysis.report.page import report_page
from innovsoc_analysis.safe.files import atomic_write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innovsoc_analysis.coding.codings import Codings


def save_report(
    codings: Codings, folder: Path | str, *, title: str, by: str = GENRE, words: Mapping[str, int] | None = None
) -> list[Path]:
    """Write ``report.html``, ``codes.svg`` and ``codes.png``; return the paths.

    Parameters
    ----------
    codings, title, by, words
        As :func:`~innovsoc_analysis.report.page.report_page` takes them.
    folder : Path
        Of the results.
    """
    folder = Path(folder)
    figure = unshown(codings.plot(by=by or GENRE))
    contents = {
        "report.html": report_page(codings, title=title, by=by, words=words).encode(),
        "codes.svg": svg_bytes(figure),
        "codes.png": png_bytes(figure),
    }
    for name, data in contents.items():
        atomic_write(folder / name, data)
    return [folder / name for name in contents]
