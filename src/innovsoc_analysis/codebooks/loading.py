"""Find a codebook by name or path, read it and check it."""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.codebooks.mistakes import sentences_of
from innovsoc_analysis.codebooks.yaml_lines import parse_yaml
from innovsoc_analysis.model.errors import CodebookError, RefusedFileError
from innovsoc_analysis.safe.files import read_file

if TYPE_CHECKING:
    from innovsoc_analysis.model.codebook import Codebook

_BUNDLED = resources.files(__package__) / "data"


def bundled_codebooks() -> tuple[str, ...]:
    """Return the names of the codebooks that come with the package.

    Examples
    --------
    >>> "bissib" in bundled_codebooks()
    True
    """
    return tuple(sorted(path.name.removesuffix(".yaml") for path in _BUNDLED.iterdir() if path.name.endswith(".yaml")))


def load_codebook(source: str | Path = "bissib") -> Codebook:
    """Load and check a codebook.

    Parameters
    ----------
    source : str or Path
        Name of a bundled codebook, or path of a YAML file.

    Returns
    -------
    Codebook
        Frozen and validated.

    Raises
    ------
    CodebookError
        If there is no such codebook, or it has mistakes: each is given with its line.

    Examples
    --------
    >>> book = load_codebook("bissib")
    >>> len(book.codes)
    45
    """
    if isinstance(source, str) and source in bundled_codebooks():
        return parse_codebook((_BUNDLED / f"{source}.yaml").read_bytes(), name=source, where=f"{source}.yaml")
    path = Path(source)
    if not path.is_file():
        choices = ", ".join(bundled_codebooks())
        msg = (
            f"Livre de codes introuvable : « {source} » n'est ni un fichier YAML ni un livre fourni"
            f" ({choices}). Vérifiez le chemin."
        )
        raise CodebookError(msg)
    try:
        data = read_file(path)
    except RefusedFileError as error:
        msg = f"{path.name} : {error}"
        raise CodebookError(msg) from None
    return parse_codebook(data, name=_name_from(path.stem), where=path.name)


def _name_from(stem: str) -> str:
    return re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", stem)).strip("-.") or "codebook"


def parse_codebook(data: bytes, *, name: str, where: str) -> Codebook:
    """Parse the YAML bytes of a codebook.

    Parameters
    ----------
    data : bytes
        UTF-8 YAML.
    name : str
        Name of the codebook when the YAML gives none (key ``nom``).
    where : str
        File name for messages.

    Raises
    ------
    CodebookError
        With one line per mistake, each starting with ``where:line``.
    """
    from pydantic import ValidationError

    from innovsoc_analysis.model.codebook import Codebook

    content, lines = parse_yaml(data, where)
    content.setdefault("nom", name)
    try:
        return Codebook.model_validate(content)
    except ValidationError as error:
        sentences = sentences_of([dict(details) for details in error.errors()], lines, where)
    raise CodebookError("\n".join(sentences))
