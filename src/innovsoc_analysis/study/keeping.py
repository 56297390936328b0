"""Keep what a person has changed among results that are about to be written again."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.files import give_name
from innovsoc_analysis.study.manifest import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK = "_modifie"


def keep_changed(outputs: Mapping[str, str], folder: Path) -> list[Path]:
    """Give another name to the outputs that are no longer as they were written, so that nothing replaces them.

    A report taken up in Word, a file to reread with a column of judgements: hours of someone's work.

    Parameters
    ----------
    outputs : mapping of str to str
        Name → SHA-256, as ``run.json`` tells.
    folder : Path
        Of the results.

    Returns
    -------
    list of Path
        Their new places, beside the old ones: ``report_modifie.docx``, then ``report_modifie_2.docx``.

    Raises
    ------
    UsageError
        If one cannot be renamed, such as a document that is open in Word on Windows.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "report.docx").write_text("relu")
    >>> [path.name for path in keep_changed({"report.docx": "0f", "report.html": "1e"}, folder)]
    ['report_modifie.docx']
    """
    kept = []
    for name, digest in outputs.items():
        path = folder / name
        try:
            if not path.is_file() or digest_of(path) == digest:
                continue
            place = _free_place(path)
            give_name(path, place)
        except OSError:
            raise UsageError(
                f"« {path} » a été modifié et ne peut pas être mis à l'abri ; fermez-le s'il est ouvert, puis relancez."
            ) from None
        kept.append(place)
    return kept


def _free_place(path: Path) -> Path:
    """Return the first name beside `path` that no file bears."""
    for number in count(1):
        place = path.with_name(f"{path.stem}{_MARK}{f'_{number}' if number > 1 else ''}{path.suffix}")
        if not place.exists():
            break
    return place
