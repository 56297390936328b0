"""Pseudonymise a study in two steps: propose a table of names, then apply what a person decided."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import NothingToReadError, UsageError
from innovsoc_analysis.pseudonyms.copies import make_copies, write_copies
from innovsoc_analysis.pseudonyms.keys import Key, save_key
from innovsoc_analysis.pseudonyms.materials import texts_of
from innovsoc_analysis.pseudonyms.private import check_private
from innovsoc_analysis.pseudonyms.proposing import propose
from innovsoc_analysis.pseudonyms.records import UNDECIDED
from innovsoc_analysis.pseudonyms.table import load_table, save_table
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS
from innovsoc_analysis.safe.sheets import check_sheet_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from innovsoc_analysis.ingest.reading import Intake
    from innovsoc_analysis.pseudonyms.records import Entity
    from innovsoc_analysis.safe.limits import Limits

KEY_NAME = "clef.json"


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done to a study: counts, and the key.

    Attributes
    ----------
    key : Key
        Confidential.
    n_texts, n_replaced : int
        Documents, and stretches replaced in them.
    n_undecided : int
        Entities that no one had decided on; they are replaced.
    untimed : tuple of str
        Copies of subtitles that could not keep their times.
    """

    key: Key
    n_texts: int
    n_replaced: int
    n_undecided: int
    untimed: tuple[str, ...]


def read_intake(
    sources: Sequence[str | Path],
    *,
    genre: str | None = None,
    metadata: Path | None = None,
    ignore: Sequence[Path] = (),
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[str, int, int], None] | None = None,
) -> Intake:
    """Read the texts of a study.

    Parameters
    ----------
    sources, genre, metadata, ignore, limits, progress
        As in :func:`~innovsoc_analysis.study.corpus.read_corpus`.

    Returns
    -------
    Intake
        At least one document.

    Raises
    ------
    UsageError
        If a source does not exist.
    NothingToReadError
        If nothing could be read.
    """
    from innovsoc_analysis.ingest.reading import read_sources
    from innovsoc_analysis.study.corpus import nothing_read

    intake = read_sources(sources, genre=genre, metadata=metadata, ignore=ignore, limits=limits, progress=progress)
    if not intake.documents:
        raise NothingToReadError(nothing_read(intake.outcomes))
    return intake


def propose_table(
    intake: Intake,
    table: Path,
    *,
    sources: Sequence[str | Path] = (),
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Entity]:
    """First step: write the names found in a study to a table for a person to decide.

    Parameters
    ----------
    intake : Intake
        From `read_intake`.
    table : Path
        Where to write, ``.csv`` or ``.xlsx``, in a private folder: the table quotes the texts.
    sources : sequence of str or Path
        Where the texts stand: the table is refused there.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    list of Entity
        The rows.

    Raises
    ------
    UsageError
        If the table would stand among texts or results, or exists already.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / "textes").mkdir()
    >>> _ = (folder / "textes" / "a.txt").write_text("On a parlé à Mme Diallo.", encoding="utf-8")
    >>> found = propose_table(read_intake([folder / "textes"]), folder / "prive" / "noms.csv")
    >>> [(one.forms, one.decision) for one in found]
    [(('Diallo',), 'remplacer')]
    """
    check_sheet_name(table)
    check_private(table, what="La table des noms", sources=sources)
    if table.exists():
        raise UsageError(f"« {table.name} » existe déjà et porte peut-être vos décisions ; donnez un autre nom.")
    entities = propose(texts_of(intake), progress=progress)
    save_table(entities, table)
    return entities


def pseudonymise(
    intake: Intake,
    table: Path,
    *,
    out: Path,
    key: Path | None = None,
    sources: Sequence[str | Path] = (),
    progress: Callable[[str, int, int], None] | None = None,
) -> Applied:
    """Second step: write pseudonymised copies as the table says, and the key apart.

    Parameters
    ----------
    intake : Intake
        From `read_intake`.
    table : Path
        From `propose_table`, edited since.
    out : Path
        Folder of the copies, to be given to the other commands.
    key : Path, optional
        Where to write the key; by default ``clef.json`` beside the table.
    sources : sequence of str or Path
        Where the texts stand: the key is refused there.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    Applied
        What was done.

    Raises
    ------
    UsageError
        If the table cannot be used, the key would stand among texts, copies or results, or
        `out` holds other files or is among the texts.
    """
    place = key or table.parent / KEY_NAME
    check_private(place, what="La clef", sources=sources, out=out)
    _check_apart(out, sources)
    entities = load_table(table)
    texts = texts_of(intake)
    copies = make_copies(texts, entities, progress=progress)
    made = Key(tuple(one for one in entities if one.replaced), tuple(copy.keyed for copy in copies))
    write_copies(copies, out)
    save_key(made, place)
    untimed = tuple(copy.name for copy, text in zip(copies, texts, strict=True) if text.cues and not copy.timed)
    return Applied(
        made,
        len(copies),
        sum(len(copy.keyed.swaps) for copy in copies),
        sum(one.decision == UNDECIDED for one in entities),
        untimed,
    )


def _check_apart(out: Path, sources: Sequence[str | Path]) -> None:
    place = out.absolute().resolve()
    for source in sources:
        folder = Path(source).absolute().resolve()
        if folder.is_dir() and (folder == place or folder in place.parents):
            raise UsageError("Les copies ne peuvent pas être écrites parmi les textes ; choisissez un dossier à part.")
