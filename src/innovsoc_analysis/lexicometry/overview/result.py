"""What the lexicometry of a corpus found, and how it is written to a folder."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.tables import words_of
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.files import atomic_write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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

        if not self.richness:
            return pd.DataFrame({"by": pd.Series(dtype="str")})
        return pd.concat([one.table.assign(by=name) for name, one in self.richness.items()], ignore_index=True).pipe(
            lambda table: table[["by", *table.columns.drop("by")]]
        )

    @property
    def n_words(self) -> int:
        """Words of the corpus."""
        return len(words_of(self.corpus, word="form"))

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Name of the file → figure of each analysis: drawn once, for the page and for the files."""
        from innovsoc_analysis.figures.style import unshown

        return {name: unshown(result.plot()) for name, result in self._results()}

    def plot(self) -> Any:
        """Draw the most specific words of the first kind of part that has some; the array of Axes.

        Raises
        ------
        UsageError
            If no kind of part allowed it.
        """
        if not self.specificities:
            raise UsageError(" ".join(self.remarks) or "Aucune partie à comparer.")
        return next(iter(self.specificities.values())).plot()

    def page(self, title: str) -> str:
        """Return the page: HTML in which every text of the corpus is escaped and which loads nothing.

        It holds verbatims: it is as confidential as the texts.
        """
        from innovsoc_analysis.lexicometry.overview.page import lexicon_page

        return lexicon_page(self, title=title)

    def save(self, folder: Path | str, *, title: str = "Le vocabulaire du corpus", locale: str = "") -> list[Path]:
        """Write the page, a workbook for each analysis, and each figure as SVG and PNG.

        Nothing is written before everything is made.

        Returns
        -------
        list of Path
            What was written, the page first.

        Raises
        ------
        UsageError
            If the folder cannot be written to.
        """
        return write_all(self.files(title=title, locale=locale), folder)

    def files(self, *, title: str = "Le vocabulaire du corpus", locale: str = "") -> dict[str, bytes]:
        """Return what `save` writes: name of the file → content, the page first."""
        from innovsoc_analysis.figures.style import png_bytes, svg_bytes

        made = {PAGE: self.page(title).encode()}
        # results know how to write themselves, to a path
        with tempfile.TemporaryDirectory() as scratch:
            for name, result in self._results():
                suffixes = ("xlsx", "graphml") if name == "similarity" else ("xlsx",)
                for suffix in suffixes:
                    path = Path(scratch) / f"{name}.{suffix}"
                    result.save(path, **({"locale": locale} if suffix == "xlsx" else {}))
                    made[path.name] = path.read_bytes()
        for name, figure in self.figures.items():
            made |= {f"{name}.svg": svg_bytes(figure), f"{name}.png": png_bytes(figure)}
        return made

    def _results(self) -> Iterator[tuple[str, Any]]:
        for kind in ("richness", "specificities", "correspondence"):
            for name, result in getattr(self, kind).items():
                yield file_name(kind, self.by.index(name)), result
        for kind in ("classes", "similarity"):
            if result := getattr(self, kind):
                yield kind, result

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        compared = f", comparés selon {', '.join(self.by)}" if self.by else ""
        return f"<Lexicon : {len(self.corpus)} documents{compared}>"

    def _repr_html_(self) -> str:
        from html import escape

        remarks = "".join(f"<p>{escape(remark)}</p>" for remark in self.remarks)
        return "".join(one._repr_html_() for one in self.richness.values()) + remarks


def write_all(files: Mapping[str, bytes], folder: Path | str) -> list[Path]:
    """Write files to a folder.

    Parameters
    ----------
    files : mapping of str to bytes
        From `Lexicon.files`.
    folder : Path
        Made if it is not there.

    Raises
    ------
    UsageError
        If it cannot be written to.
    """
    folder = Path(folder)
    for name, content in files.items():
        atomic_write(folder / name, content)
    return [folder / name for name in files]


def file_name(kind: str, number: int) -> str:
    """Return the name of a file: attributes may hold what no file name does, so they are numbered.

    Examples
    --------
    >>> file_name("richness", 0), file_name("richness", 1)
    ('richness', 'richness-2')
    """
    return kind if number == 0 else f"{kind}-{number + 1}"
