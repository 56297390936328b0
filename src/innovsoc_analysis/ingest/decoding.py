"""Turn bytes into text, French first."""

from __future__ import annotations

import codecs

from innovsoc_analysis.model.errors import RefusedFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = {"cp1252": "Windows-1252", "mac_roman": "MacRoman", "cp850": "DOS 850"}
_COMMON = frozenset("éèêàçùôîûâœ’«»")
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿæœÀÂÇÉÈÊËÎÏÔÙÛŒ«»’‘“”–—…°€·\u00a0")


def decode(data: bytes) -> tuple[str, str | None]:
    """Return the text of `data`, and a warning when its encoding had to be guessed.

    A byte-order mark decides; then UTF-8 if valid; then whichever of Windows-1252,
    MacRoman and code page 850 gives the most letters that French uses, and
    uses much, among the characters that are not ASCII.

    Raises
    ------
    RefusedFileError
        If the bytes are not text.

    Examples
    --------
    >>> decode("été".encode())
    ('été', None)
    >>> decode("L’été à Liège".encode("cp1252"))
    ('L’été à Liège', 'encodage deviné (Windows-1252) : vérifiez les accents')
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    warning = None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, encoding = _guess(data)
        warning = f"encodage deviné ({_LEGACY[encoding]}) : vérifiez les accents"
    if "\0" in text:
        raise RefusedFileError("binary", "ce n'est pas du texte malgré son nom ; vérifiez le format du fichier.")
    return text, warning


def _guess(data: bytes) -> tuple[str, str]:
    candidates = [(data.decode(name, "replace"), name) for name in _LEGACY]
    # max keeps the first of equals: Windows-1252, by far the most common
    return max(candidates, key=lambda candidate: _plausibility(candidate[0]))


def _plausibility(text: str) -> int:
    beyond = [character for character in text if ord(character) > 127]  # noqa: PLR2004 - ASCII
    return sum(2 if character in _COMMON else 1 if character in _FRENCH else -3 for character in beyond)
