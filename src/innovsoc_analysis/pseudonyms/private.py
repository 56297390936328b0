"""What must stay with its owner: where the table and the key may stand, and how they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.files import atomic_write, make_private
from innovsoc_analysis.safe.sheets import check_sheet_name, save_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

_OWNER_ALONE = 0o600
_RESULTS = frozenset({"results", "résultats", "resultats"})
_RUN = "run.json"


def check_private(path: Path, *, what: str, sources: Iterable[str | Path] = (), out: Path | None = None) -> None:
    """Refuse a place where the table or the key would be read, shown or given away with results.

    Parameters
    ----------
    path : Path
        Where it is to stand.
    what : str
        What it is, as the sentence starts: ``"La clef"``.
    sources : iterable of str or Path
        Folders and files of the texts.
    out : Path, optional
        Folder of the pseudonymised copies.

    Raises
    ------
    UsageError
        If it is inside a folder of results, of texts or of copies.

    Examples
    --------
    >>> try:
    ...     check_private(Path("results/clef.json"), what="La clef")
    ... except UsageError as error:
    ...     print(error)
    La clef ne peut pas être écrite dans un dossier de résultats (« results ») ; choisissez un dossier privé, à part.
    """
    folders = path.absolute().resolve().parents
    for folder in folders:
        if folder.name.casefold() in _RESULTS or (folder / _RUN).exists():
            raise UsageError(
                f"{what} ne peut pas être écrite dans un dossier de résultats (« {folder.name} ») ;"
                " choisissez un dossier privé, à part."
            )
    if out is not None and out.absolute().resolve() in folders:
        raise UsageError(
            f"{what} ne peut pas être écrite dans le dossier des copies (« {out.name} ») : elle partirait avec elles ;"
            " choisissez un dossier privé, à part."
        )
    for source in sources:
        place = Path(source).absolute().resolve()
        if (place if place.is_dir() else place.parent) in folders:
            raise UsageError(
                f"{what} ne peut pas être écrite parmi les textes (« {Path(source).name} ») : elle serait lue avec eux"
                " ; choisissez un dossier privé, à part."
            )


def write_private(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read; a folder made for it is private too, and left out by git.

    Parameters
    ----------
    path : Path
        Where to write.
    data : bytes
        What.

    Raises
    ------
    UsageError
        If it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "prive" / "clef.json"
    >>> write_private(path, b"{}")
    >>> oct(path.stat().st_mode & 0o777)
    '0o600'
    """
    _claim(path)
    atomic_write(path, data)


def write_private_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table for a spreadsheet program, as `write_private` does.

    Parameters
    ----------
    table : DataFrame
        What to write.
    path : Path
        Ends with ``.csv`` or ``.xlsx``.

    Raises
    ------
    UsageError
        If it cannot be written or ends otherwise.
    """
    check_sheet_name(path)
    _claim(path)
    save_sheets({"Noms": table}, path, main="Noms", locale="fr")


def _claim(path: Path) -> None:
    """Make the file before it is written, so that it is never readable by others: writing keeps its mode."""
    make_private(path.parent)
    try:
        path.touch(mode=_OWNER_ALONE)
        path.chmod(_OWNER_ALONE)
    except OSError:
        raise UsageError(f"Impossible d'écrire « {path} » ; choisissez un autre dossier.") from None
