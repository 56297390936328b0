"""What the lexicometry of a corpus found, and how it is written to a folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.safe.files import atomic_write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd
    from matplotlib.figure import Figure

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.lexicometry.classes import Classes
    from innovsoc_analysis.lexicometry.diversity.comparing import Richness
    from innovsoc_analysis.lexicometry.factors import Correspondence
    from innovsoc_analysis.lexicometry.graph import Similarity
    from innovsoc_analysis.lexicometry.specificity import Specificities
    from innovsoc_analysis.study.corpus import Corpus

PAGE = "lexicon.html"


@dataclass(frozen=True, eq=False, repr=False)
class Lexicon:
    """The analyses of one corpus; mappings go from what the parts are to the result.

    Attributes
    ----------
    corpus : Corpus
        What was studied.
    by : tuple of str
        What the parts are.
    richness : mapping of str to Richness
        Of every kind of part.
    specificities, correspondence : mapping
        Of those kinds of part that allow it.
    classes : Classes or None
        Lexical worlds (Reinert).
    similarity : Similarity or None
        The graph of words.
    remarks : tuple of str
        Why an analysis is missing, in French.
    codings : Codings or DataFrame, optional
        What the parts ``"code"`` are.
    """

    corpus: Corpus
    by: tuple[str, ...]
    richness: Mapping[str, Richness]
    specificities: Mapping[str, Specificities]
    correspondence: Mapping[str, Correspondence]
    classes: Classes | None
    similarity: Similarity | None
    remarks: tuple[str, ...]
    codings: Coded | pd.DataFrame | None = None

    @property
    def table(self) -> pd.DataFrame:
        """Richness of every part; the first column says what the parts are."""
        import pandas as pd

        return pd.concat([one.table.assign(by=name) for name, one in self.richness.items()], ignore_index=True).pipe(
            lambda table: table[["by", *table.columns.drop("by")]]
        )

    def plot(self) -> Any:
        """Draw the most specific words of the first kind of part; the array of Axes."""
        return next(iter(self.specificities.values())).plot()

    def page(self, title: str) -> str:
        """Return the page: HTML in which every text of the corpus is escaped and which loads nothing.

        It holds verbatims: it is as confidential as the texts.
        """
        from innovsoc_analysis.lexicometry.overview.page import lexicon_page

        return lexicon_page(self, title=title)

    def save(self, folder: Path, *, title: str = "Le vocabulaire du corpus", locale: str = "") -> list[Path]:
        """Write the page, a workbook for each analysis, and each figure as SVG and PNG.

        Returns
        -------
        list of Path
            What was written, the page first.
        """
        from innovsoc_analysis.figures.style import png_bytes, svg_bytes

        written = [folder / PAGE]
        atomic_write(written[0], self.page(title).encode())
        for name, result in self._results():
            path = folder / f"{name}.xlsx"
            result.save(path, locale=locale)
            written.append(path)
        for name, figure in self._figures():
            for suffix, content in (("svg", svg_bytes(figure)), ("png", png_bytes(figure))):
                path = folder / f"{name}.{suffix}"
                atomic_write(path, content)
                written.append(path)
        if self.similarity:
            path = folder / "similarity.graphml"
            self.similarity.save(path)
            written.append(path)
        return written

    def _results(self) -> Iterator[tuple[str, Any]]:
        for kind in ("richness", "specificities", "correspondence"):
            for name, result in getattr(self, kind).items():
                yield file_name(kind, self.by.index(name)), result
        for kind in ("classes", "similarity"):
            if result := getattr(self, kind):
                yield kind, result

    def _figures(self) -> Iterator[tuple[str, Figure]]:
        for name, result in self._results():
            axes = result.plot()
            yield name, (axes.flat[0] if hasattr(axes, "flat") else axes).figure

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Lexicon : {len(self.corpus)} documents, comparés selon {', '.join(self.by)}>"

    def _repr_html_(self) -> str:
        from html import escape

        remarks = "".join(f"<p>{escape(remark)}</p>" for remark in self.remarks)
        return "".join(one._repr_html_() for one in self.richness.values()) + remarks


def file_name(kind: str, number: int) -> str:
    """Return the name of a file: attributes may hold what no file name does, so they are numbered.

    Examples
    --------
    >>> file_name("richness", 0), file_name("richness", 1)
    ('richness', 'richness-2')
    """
    return kind if number == 0 else f"{kind}-{number + 1}"
