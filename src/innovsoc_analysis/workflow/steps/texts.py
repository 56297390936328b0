"""The texts of a step: where they are, how they are described, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from innovsoc_analysis.safe.limits import limits_from, settled
from innovsoc_analysis.study.corpus import read_corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from innovsoc_analysis.study.corpus import Corpus

    Progress = Callable[[str, int, int], None]


@dataclass
class Texts:
    """Texts to read, and how.

    Attributes
    ----------
    sources : tuple of str
        Folders, files, patterns, zips.
    genre : str, optional
        Genre of the texts for which nothing else tells one.
    metadata : Path, optional
        Metadata table.
    locale : str
        ``"fr"`` for CSV files that a French spreadsheet opens.
    cache : Path, optional
        Folder of kept annotations.
    ignore : tuple of Path
        Files or folders left out besides the results of the step.
    drop_duplicates : bool
        Leave out the texts whose words an earlier one has all.
    limits : str
        What a file may cost, as :func:`~innovsoc_analysis.safe.limits.limits_from` reads it.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.txt"
    >>> _ = path.write_text("Un jardin.", "utf-8")
    >>> texts = Texts((str(path),))
    >>> texts.read(path.parent / "r") is texts.read(path.parent / "r")
    True
    """

    sources: tuple[str, ...]
    genre: str | None = None
    metadata: Path | None = None
    locale: str = ""
    cache: Path | None = None
    ignore: tuple[Path, ...] = ()
    drop_duplicates: bool = False
    limits: str = ""
    _corpus: Corpus | None = field(default=None, repr=False)

    def read(self, out: Path | None, *, progress: Progress | None = None) -> Corpus:
        """Return the corpus; it is read and annotated once, whatever asks for it.

        Parameters
        ----------
        out : Path or None
            Folder of results, in which no texts are looked for.
        progress : callable, optional
            Called with (step, done, total).

        Raises
        ------
        UsageError
            If a source does not exist or the metadata are unusable.
        NothingToReadError
            If no file could be read.
        """
        if self._corpus is None:
            self._corpus = read_corpus(
                *self.sources,
                genre=self.genre,
                metadata=self.metadata,
                ignore=(*([out] if out else []), *self.ignore),
                cache=self.cache,
                drop_duplicates=self.drop_duplicates,
                limits=limits_from(self.limits),
                progress=progress,
            )
        return self._corpus

    @property
    def parameters(self) -> dict[str, object]:
        """What ``run.json`` tells of them, besides the sources."""
        told = {"drop_duplicates": self.drop_duplicates, "limits": settled(self.limits)}
        asked = {name: value for name, value in told.items() if value}
        return {"genre": self.genre, "metadata": None, "locale": self.locale, **asked}

    @property
    def files(self) -> dict[str, Path | None]:
        """Options that name files."""
        return {"metadata": self.metadata}
