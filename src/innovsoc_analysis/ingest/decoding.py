"""Turn bytes into text, French first."""

from __future__ import annotations

import codecs
import re

from innovsoc_analysis.model.errors import RefusedFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = {"cp1252": "Windows-1252", "iso8859_15": "Latin-9", "mac_roman": "MacRoman", "cp850": "DOS 850"}
_WIDE = {"utf-32-le": "UTF-32", "utf-32-be": "UTF-32", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_COMMON = frozenset("éèêàçùôîûâœ’«»")
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿæœÀÂÇÉÈÊËÎÏÔÙÛŒ«»’‘“”–—…°€·\u00a0")
# enough to tell encodings apart, and little of a large file
_SAMPLED = 20_000
_CHUNK = 1 << 20
# where French has no such letter: « à » ends déjà, là, çà; « ù » is that of où; few words start with a circumflex
_UNLIKELY = re.compile(
    r"à(?=\w)|(?<=[abcdefghikmnopqrstuvwxyz])à|(?<!o)ù|ù(?=\w)|\b(?:â(?![gmnpc])|ê(?!t)|î(?!l)|ô(?!t)|[ûëïüÿ])"
)
_TYPICAL = re.compile(r"\bÇ[aà]|\b[ÉÊ](?=[bcdfglmnpqrstv])|\bÀ(?!\w)|\bŒu")
_CONTROLS = re.compile("[\x01-\x08\x0b\x0e-\x19\x1c-\x1f\x7f]")
# a damaged text file holds few zeros; a picture or a program many
_RARE = 0.01
_SHORTEST = 3
_NOT_TEXT = "ce n'est pas du texte malgré son nom ; vérifiez le format du fichier."


def decode(data: bytes) -> tuple[str, str | None]:
    """Return the text of `data`, and a warning when its encoding had to be guessed.

    A byte-order mark decides; then UTF-16 or UTF-32 if every other byte is zero; then UTF-8 if valid, a few bytes
    excepted; then whichever of Windows-1252, Latin-9, MacRoman and code page 850 gives the most letters that
    French uses, and uses much, where French uses them.

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
    marked = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if marked is None and (wide := _wide(data)):
        text = data.decode(wide)
        warning: str | None = f"encodage deviné ({_WIDE[wide]}) : vérifiez les accents"
    else:
        text, warning = _narrow(data, marked or "utf-8")
    odd = text.count("\0") + (len(_CONTROLS.findall(text)) if warning else 0)
    if odd > _RARE * len(text):
        raise RefusedFileError("binary", _NOT_TEXT)
    if "\0" in text:
        zeros = f"{text.count(chr(0))} caractère(s) nul(s) retiré(s) : le fichier a peut-être été abîmé"
        text, warning = text.replace("\0", ""), f"{warning} ; {zeros}" if warning else zeros
    return text, warning


def _narrow(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError:
        if encoding in {"utf-8", "utf-8-sig"} and (nearly := _nearly_utf_8(data)):
            return nearly
    if encoding not in {"utf-8", "utf-8-sig"}:
        raise RefusedFileError("binary", _NOT_TEXT)
    name = _guess(data)
    text = data.decode(name, "replace")
    warning = f"encodage deviné ({_LEGACY[name]}) : vérifiez les accents"
    unread = text.count("\ufffd")
    return text, f"{warning} ; {unread} caractère(s) illisible(s)" if unread else warning


def _wide(data: bytes) -> str | None:
    """Return the encoding of a text in which most characters take two or four bytes, the others being zero."""
    for name in _WIDE:
        width = 4 if "32" in name else 2
        if b"\0" not in data or len(data) % width or len(data) < _SHORTEST * width:
            continue
        zeros = [data[place::width].count(0) * width / len(data) for place in range(width)]
        letters = zeros[0] if name.endswith("le") else zeros[-1]
        others = zeros[1:] if name.endswith("le") else zeros[:-1]
        if letters > 0.1 or min(others) < 0.6:  # noqa: PLR2004 - French has few characters beyond U+00FF
            continue
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return None


def _nearly_utf_8(data: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-8 into which a few other bytes were pasted, and the warning."""
    text = data.decode("utf-8", "surrogateescape")
    strays = [character for character in text if "\udc80" <= character <= "\udcff"]
    sound = sum(1 for character in text if character > "\x7f") - len(strays)
    if len(strays) * 5 > sound:
        return None
    mended = "".join(_as_windows(one) if "\udc80" <= one <= "\udcff" else one for one in text)
    return mended, f"{len(strays)} octet(s) hors d'UTF-8, lu(s) en Windows-1252 : vérifiez les accents"


def _as_windows(stray: str) -> str:
    return bytes([ord(stray) - 0xDC00]).decode("cp1252", "replace")


def _guess(data: bytes) -> str:
    sample = _words_beyond_ascii(data)
    # max keeps the first of equals: Windows-1252, by far the most common
    return max(_LEGACY, key=lambda name: _plausibility(sample.decode(name, "replace")))


def _words_beyond_ascii(data: bytes) -> bytes:
    found: list[bytes] = []
    for start in range(0, len(data), _CHUNK):
        found += [word for word in data[start : start + _CHUNK].split() if not word.isascii()]
        if len(found) >= _SAMPLED:
            break
    return b" ".join(found[:_SAMPLED])


def _plausibility(text: str) -> int:
    score = 2 * len(_TYPICAL.findall(text)) - 4 * len(_UNLIKELY.findall(text))
    for before, character, after in zip("\n" + text, text, text[1:] + "\n", strict=False):
        if character <= "\x7f":
            continue
        within = before.islower() and after.islower()
        lone_ligature = character in "œŒ" and not (before.isalpha() or after.isalpha())
        if (character.isupper() and before.islower()) or (within and not _may_stand_within(character)) or lone_ligature:
            score -= 3
        else:
            score += 2 if character in _COMMON else 1 if character in _FRENCH else -3
    return score


def _may_stand_within(character: str) -> bool:
    return character.islower() or character in "’‘·–"
