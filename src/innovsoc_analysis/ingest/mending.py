"""Undo what programs have done to a text on its way: encoded twice, or left with the entities of a page."""

from __future__ import annotations

import functools
import html
import re

from innovsoc_analysis.ingest.decoding import decode

_MISREAD_AS = ("cp1252", "mac_roman", "cp850")
# what French texts hold beyond ASCII
_EXPECTED = "àâäçéèêëîïôöùûüÿæœÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÆŒ«»’‘“”–—…•°€·ñáíóúß²³§©®™ªº¼½¾¨´±×\u00a0\u00ad\u202f\u2009\u2011\ufeff"
# blocks of Unicode that texts of today hold: punctuation, currencies, arrows, shapes, pictograms
_SIGNS = (
    ("\u2000", "\u206f"), ("\u20a0", "\u214f"), ("\u2190", "\u21ff"), ("\u2500", "\u27bf"), ("\u2e00", "\u2e7f"),
    ("\ufb00", "\ufb06"), ("\ufe00", "\ufe0f"), ("\U0001f000", "\U0001faff"),
)  # fmt: skip
# what a third encoding has made of them
_EXPECTED += "ÃÂÅð" + "".join(map(chr, range(0x80, 0xA0)))
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# for private use: no text holds these
_APART = 0xF0000
_HIDDEN = re.compile(f"[{chr(_APART)}-{chr(_APART + 0x7F)}]")
_MOST_ROUNDS = 3
# bytes of UTF-8: those below continue a character, those from it on start one
_FIRST_LEAD = 0xC0
_LEADS_OF_THREE = (0xE2, 0xEF)
_LEAD_OF_FOUR = 0xF0


def decode_mended(data: bytes, *, hidden: str = "") -> tuple[str, str | None]:
    r"""Return the text of `data`, mended, and a warning that says what was guessed or mended.

    Parameters
    ----------
    data : bytes
        A text file.
    hidden : str
        Signs of the format: those that an entity stands for (« &quot; » in a table) are no such signs, and kept apart
        until `shown` is called.

    Raises
    ------
    RefusedFileError
        If the bytes are not text.

    Examples
    --------
    >>> decode_mended("L'Ã©tÃ©&nbsp;!".encode())[0]
    "L'été\xa0!"
    """
    text, warning = decode(data)
    text, twice = mend_double_encoding(text)
    text, entities = mend_entities(text, hidden=hidden)
    said = [one for one in (warning, twice, entities) if one]
    return text, " ; ".join(said) or None


def mend_double_encoding(text: str) -> tuple[str, str | None]:
    """Return `text` with « Ã© » made « é » where that is sure, and a warning.

    It is sure on a line on which such sequences, none of which French has, outnumber all other characters beyond
    ASCII: a line that quotes one among true accents is left as it is.

    Parameters
    ----------
    text : str
        The text.

    Examples
    --------
    >>> mend_double_encoding("Un cafÃ© associatif")
    ('Un café associatif', '1 caractère(s) encodé(s) deux fois (« Ã© » pour « é »), rétabli(s)')
    >>> mend_double_encoding("« Ã© » est mal lu, à côté d'été")[1]
    '1 suite(s) de caractères peut-être mal encodée(s), laissée(s) : vérifiez les accents'
    """
    mended = left = 0
    for _ in range(_MOST_ROUNDS):
        counts = {name: _n_restored(text, name) for name in _MISREAD_AS}
        name = max(counts, key=lambda one: counts[one])
        if not counts[name]:
            break
        lines = [_mend_line(line, name) for line in text.split("\n")]
        now = sum(n for _, n, _ in lines)
        left = sum(n for _, _, n in lines)
        if not now:
            break
        mended += now
        text = "\n".join(line for line, _, _ in lines)
    said = [f"{mended} caractère(s) encodé(s) deux fois (« Ã© » pour « é »), rétabli(s)"] if mended else []
    if left:
        said.append(f"{left} suite(s) de caractères peut-être mal encodée(s), laissée(s) : vérifiez les accents")
    return text, " ; ".join(said) or None


def mend_entities(text: str, *, hidden: str = "") -> tuple[str, str | None]:
    """Return `text` with « &eacute; » made « é », and a warning.

    Parameters
    ----------
    text : str
        The text.
    hidden : str
        As in `decode_mended`.

    Examples
    --------
    >>> mend_entities("Caf&eacute; &amp; th&#233; &inconnu;")
    ('Café & thé &inconnu;', '3 entité(s) HTML (« &eacute; ») remplacée(s) par leur caractère')
    """
    count = 0
    apart = {ord(sign): _APART + ord(sign) for sign in hidden}

    def character(match: re.Match[str]) -> str:
        nonlocal count
        found = html.unescape(match[0])
        count += found != match[0]
        return found.translate(apart) if found != match[0] else found

    text = _ENTITY.sub(character, text) if "&" in text else text
    return text, f"{count} entité(s) HTML (« &eacute; ») remplacée(s) par leur caractère" if count else None


def shown(text: str) -> str:
    """Return `text` with the signs that `decode_mended` has hidden.

    Parameters
    ----------
    text : str
        Part of what it gave.

    Examples
    --------
    >>> shown(decode_mended(b"&quot;Oui&quot;", hidden='"')[0])
    '"Oui"'
    """
    return _HIDDEN.sub(lambda match: chr(ord(match[0]) - _APART), text)


def _mend_line(line: str, name: str) -> tuple[str, int, int]:
    """Return the line, how many sequences were mended and how many were left."""
    pattern = _sequences(name)
    found = [sequence for sequence in pattern.findall(line) if _restored(sequence, name)]
    if not found:
        return line, 0, 0
    others = sum(1 for character in line if character > "\x7f")
    others -= sum(1 for sequence in found for character in sequence if character > "\x7f")
    if others >= len(found):
        return line, 0, len(found)
    return pattern.sub(lambda match: _restored(match[0], name) or match[0], line), len(found), 0


def _n_restored(text: str, name: str) -> int:
    return sum(1 for sequence in _sequences(name).findall(text) if _restored(sequence, name))


@functools.lru_cache(maxsize=4096)
def _restored(sequence: str, name: str) -> str | None:
    """Return the character that was misread as `sequence`, if there is one."""
    if known := _table(name).get(sequence):
        return known
    try:
        character = bytes(_bytes_of(name)[one] for one in sequence).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return None
    return character if any(first <= character <= last for first, last in _SIGNS) else None


@functools.cache
def _table(name: str) -> dict[str, str]:
    table = {_misread(character.encode(), name): character for character in _EXPECTED}
    if name == "cp1252":
        table |= {character.encode().decode("latin-1"): character for character in _EXPECTED}
        table |= {"Ã ": "à "}  # the no-break space has become a space
    return table


@functools.cache
def _bytes_of(name: str) -> dict[str, int]:
    """Return which byte each character was misread from."""
    table = {_misread(bytes([byte]), name): byte for byte in range(128, 256)}
    return table | {chr(byte): byte for byte in range(128, 256)} if name == "cp1252" else table


@functools.cache
def _sequences(name: str) -> re.Pattern[str]:
    # punctuation, signs and pictograms take three or four bytes: no French word has such a sequence
    inner = "[" + re.escape("".join(one for one, byte in _bytes_of(name).items() if byte < _FIRST_LEAD)) + "]"
    leads = {lead: re.escape(_misread(bytes([lead]), name)) for lead in (*_LEADS_OF_THREE, _LEAD_OF_FOUR)}
    long = [f"{leads[lead]}{inner}{{2}}" for lead in _LEADS_OF_THREE] + [f"{leads[_LEAD_OF_FOUR]}{inner}{{3}}"]
    longest_first = sorted(_table(name), key=lambda sequence: (-len(sequence), sequence))
    # most characters start none: told at once
    starts = re.escape(
        "".join(sorted({sequence[0] for sequence in longest_first} | {_misread(bytes([lead]), name) for lead in leads}))
    )
    return re.compile(f"(?=[{starts}])(?:{'|'.join([*long, *map(re.escape, longest_first)])})")


def _misread(data: bytes, name: str) -> str:
    def one(byte: int) -> str:
        try:
            return bytes([byte]).decode(name)
        except UnicodeDecodeError:
            return chr(byte)  # as programs do with bytes that mean nothing

    return "".join(one(byte) for byte in data)
