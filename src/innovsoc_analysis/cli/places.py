"""Sources that are the folder of a study: its texts, described as the study describes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Places:
    """Where texts are, and what describes them.

    Attributes
    ----------
    sources : tuple of str
        Folders, files, patterns, zips.
    genre : str, optional
        Of the texts for which nothing else tells one.
    metadata : Path, optional
        Metadata table.
    ignore : tuple of Path
        Left out.
    """

    sources: tuple[str, ...]
    genre: str | None = None
    metadata: Path | None = None
    ignore: tuple[Path, ...] = ()


def places_of(sources: Sequence[str], *, genre: str | None, metadata: Path | None) -> Places:
    """Return where the texts are: a single folder of a study stands for the texts that it names.

    Its results are no texts, and its metadata table, beside the texts and not at its top, is read as
    ``innovsoc run`` reads it. What the command line says goes before.

    Parameters
    ----------
    sources : sequence of str
        As the user gave them.
    genre, metadata
        As the command line has them.

    Raises
    ------
    UsageError
        If the settings of the study are wrong.

    Examples
    --------
    >>> import tempfile
    >>> from innovsoc_analysis.workflow.folder import init_study
    >>> study = init_study(tempfile.mkdtemp())
    >>> found = places_of([str(study.folder)], genre="lettre", metadata=None)
    >>> [Path(one).name for one in found.sources], found.genre
    (['sources'], 'lettre')
    >>> places_of(["a.txt"], genre=None, metadata=None).sources
    ('a.txt',)
    """
    from innovsoc_analysis.workflow.folder import load_study
    from innovsoc_analysis.workflow.toml import NAME

    if len(sources) != 1 or not (Path(sources[0]) / NAME).is_file():
        return Places(tuple(sources), genre, metadata)
    study = load_study(sources[0])
    return Places(
        study.sources, genre or study.settings.genre or None, metadata or study.metadata, (study.results, study.cache)
    )
