"""RTF: body, tables, boxes and notes, as accepted; an own reader, for others drop notes and boxes without a word."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import Any

from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
# groups that hold no text of the document, and the renderings that double one
_SKIPPED = frozenset({
    "annotation", "atnauthor", "atnid", "author", "buptim", "category", "colortbl", "comment", "company", "creatim",
    "doccomm", "docvar", "falt", "fonttbl", "footer", "footerf", "footerl", "footerr", "ftncn", "ftnsep", "ftnsepc",
    "aftncn", "aftnsep", "aftnsepc", "generator", "header", "headerf", "headerl", "headerr", "info", "keywords",
    "listtext", "manager", "nonesttables", "nonshppict", "objdata", "operator", "pict", "pntext", "pntxta",
    "pntxtb", "printim", "private", "revtim", "rxe", "shprslt", "sn", "sp", "stylesheet", "subject", "sv", "tc",
    "template", "title", "txe", "ud", "upr", "xe",
})  # fmt: skip
_STARRED_AND_READ = frozenset({"footnote", "shpinst", "ud"})
_BREAKS = frozenset({"par", "sect", "page", "cell", "row", "nestcell", "nestrow", "column"})
_CHARACTERS = {
    "line": "\n", "lbr": "\n", "tab": " ", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "{": "{", "}": "}", "\\": "\\"}
_PLATFORMS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CODE_PAGES = {"65001": "utf-8", "10000": "mac_roman", "0": "cp1252", "1": "cp1252", "42": "cp1252"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
_DEEPEST = 10_000


def read_rtf(data: bytes) -> list[RawDocument]:
    r"""Read an RTF document; the notes follow the body.

    Follows the Rich Text Format specification 1.9.1 (Microsoft, 2008): hidden and deleted text, comments, headers and
    footers are left out, what a field shows is kept.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    RefusedFileError
        If it is no RTF or is nested without end.

    Examples
    --------
    >>> one, = read_rtf(rb"{\rtf1\ansi Un \'e9t\u233?.\par Deux{\footnote Une note.}\v cach\'e9\v0 .}")
    >>> one.text
    'Un été.\n\nDeux.\n\nUne note.'
    """
    answer = parse_rtf(data)
    warnings = () if answer["whole"] else ("document incomplet : sa fin manque",)
    return [RawDocument(answer["text"], title=answer["title"] or None, warnings=warnings)]


def parse_rtf(data: bytes) -> dict[str, Any]:
    """Return ``{"text": str, "title": str, "whole": bool}``.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    RefusedFileError
        If it is no RTF or is nested without end.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise RefusedFileError(
            "corrupt", "ce n'est pas un document RTF ; réenregistrez-le depuis un traitement de texte."
        )
    reading = _Reading(data.decode("latin-1"))
    reading.run()
    paragraphs = [one.strip(" \n") for sink in (reading.body, reading.notes) for one in _paragraphs(sink)]
    text = "\n\n".join(one for one in paragraphs if one)
    return {"text": text, "title": " ".join(_paragraphs(reading.title)).strip(), "whole": not reading.states}


def _paragraphs(pieces: list[str]) -> list[str]:
    # the halves of characters beyond U+FFFF come one by one
    text = "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "").split("\f")


@dataclass(slots=True)
class _State:
    """What a group inherits and restores when it closes."""

    sink: list[str]
    skipped: bool = False
    after: int = 1
    font: str = ""
    hidden: bool = False
    deleted: bool = False
    fonts: bool = False
    starred: bool = False


@dataclass(slots=True)
class _Reading:
    """One pass over the tokens."""

    source: str
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    states: list[_State] = field(default_factory=list)
    state: _State = field(init=False)
    code_page: str = "cp1252"
    fonts: dict[str, str] = field(default_factory=dict)
    pending: bytearray = field(default_factory=bytearray)
    to_drop: int = 0

    def __post_init__(self) -> None:
        self.state = _State(self.body)

    def run(self) -> None:
        position = 0
        while match := _TOKEN.match(self.source, position):
            position = match.end()
            word, number, byte, symbol, brace, plain = match.groups()
            if word or symbol or brace:  # a line end of the file may part the bytes of a character
                self._flush()
            if brace:
                self._brace(brace)
                if not self.states:
                    break
            elif byte:
                self._bytes(bytes.fromhex(byte))
            elif plain:
                self._bytes(plain.encode("latin-1"))
            elif symbol:
                self._symbol(symbol)
            elif word == "bin":
                position += max(int(number or 0), 0)
            elif word:
                self._word(word, number)
        self._flush()

    def _brace(self, brace: str) -> None:
        self.to_drop = 0
        if brace == "{":
            if len(self.states) >= _DEEPEST:
                raise RefusedFileError("rtf-depth", "le document est imbriqué de façon anormale ; réenregistrez-le.")
            self.states.append(self.state)
            self.state = replace(self.state, starred=False)
        elif self.states:
            if self.state.sink is self.notes and self.states[-1].sink is not self.notes:
                self.notes.append("\f")
            self.state = self.states.pop()

    def _bytes(self, data: bytes) -> None:
        dropped = min(self.to_drop, len(data))
        self.to_drop -= dropped
        self.pending += data[dropped:]

    def _flush(self) -> None:
        if self.pending:
            encoding = self.fonts.get(self.state.font, self.code_page)
            data = bytes(self.pending)
            self.pending.clear()
            self._put(data.decode(encoding, "replace"))

    def _put(self, text: str) -> None:
        state = self.state
        if not (state.skipped or state.hidden or state.deleted):
            state.sink.append(text)

    def _symbol(self, symbol: str) -> None:
        if self.to_drop:
            self.to_drop -= 1
        elif symbol == "*":
            self.state.starred = True
        elif symbol in "\r\n":
            self._put("\f")
        else:
            self._put(_SYMBOLS.get(symbol, ""))

    def _word(self, word: str, number: str | None) -> None:
        state = self.state
        if self.to_drop:
            self.to_drop -= 1
            return
        if state.starred:
            state.starred = False
            state.skipped = word not in _STARRED_AND_READ or (state.skipped and word != "ud")
        elif word in _SKIPPED:
            state.skipped = True
        if word == "title":
            state.skipped, state.sink = False, self.title
        elif word == "footnote":
            state.sink = self.notes
        elif word == "shptxt":
            self._put("\f")
        elif word == "fonttbl":
            state.fonts = True
        elif word in _BREAKS:
            self._put("\f")
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        else:
            self._setting(word, number)

    def _setting(self, word: str, number: str | None) -> None:
        state, value = self.state, int(number or 0)
        if word == "u" and number is not None:
            self._put(chr(value % 0x10000))
            self.to_drop = state.after
        elif word == "uc":
            state.after = max(value, 0)
        elif word in {"v", "deleted"}:
            setattr(state, {"v": "hidden"}.get(word, word), number != "0")
        elif word == "plain":
            state.hidden = state.deleted = False
        elif word == "f":
            state.font = str(value)
        elif word == "fcharset" and state.fonts:
            self.fonts |= {state.font: _CHARSETS[value]} if value in _CHARSETS else {}
        elif word in _PLATFORMS:
            self.code_page = _PLATFORMS[word]
        elif word == "ansicpg":
            self.code_page = _code_page(str(value), self.code_page)


def _code_page(number: str, otherwise: str) -> str:
    name = _CODE_PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return otherwise
    return name
