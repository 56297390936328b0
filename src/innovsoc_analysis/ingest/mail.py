"""Messages (eml) and saved web pages (mhtml).

Of a message, the subject is kept as title and the date as metadata. Who wrote and who received is not: these are
personal data, and no attribute of a text unless the researcher says so in the metadata table.
"""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.ingest.html import read_page
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Callable

    ReadPage = Callable[[bytes], list[RawDocument]]

_NOT_A_MESSAGE = "ce n'est pas un message (.eml) ; réenregistrez-le depuis votre messagerie."
_MOST_PARTS = 1_000


@dataclass(slots=True)
class _Found:
    """What a message holds besides its headers."""

    texts: list[str] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_eml(data: bytes, *, read_page: ReadPage = read_page) -> list[RawDocument]:
    """Read a message: its text, plain if it has one, otherwise from its HTML.

    Parameters
    ----------
    data : bytes
        The file.
    read_page : callable
        Reads a page of HTML.

    Returns
    -------
    list of RawDocument
        One; attached files are not read, and named in a warning.

    Raises
    ------
    RefusedFileError
        If it is no message.
    """
    message = _parsed(data)
    if not message.keys() or not {"from", "date", "subject", "mime-version", "content-type"} & {
        name.lower() for name in message
    }:
        raise RefusedFileError("corrupt", _NOT_A_MESSAGE)
    found = _Found()
    _gather(message, found, read_page)
    text = "\n\n".join(one for one in found.texts if one.strip())
    if found.attached:
        listed = ", ".join(found.attached)
        found.warnings.append(f"{len(found.attached)} pièce(s) jointe(s) non lue(s), à enregistrer à part : {listed}")
    subject = " ".join(_header(message, "subject").split())
    meta = {name: value for name, value in {"date": _date(_header(message, "date")), "objet": subject}.items() if value}
    return [RawDocument(text, title=subject or None, meta=meta, warnings=tuple(dict.fromkeys(found.warnings)))]


def read_mhtml(data: bytes, *, read_page: ReadPage = read_page) -> list[RawDocument]:
    """Read a web page that a browser has saved as one file; its pictures and styles are left.

    Parameters
    ----------
    data : bytes
        The file.
    read_page : callable
        Reads a page of HTML.

    Raises
    ------
    RefusedFileError
        If no page is in it.
    """
    for part in _parsed(data).walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            return read_page(_page(part))
    raise RefusedFileError("corrupt", "aucune page n'a été trouvée dans ce fichier .mhtml ; réenregistrez-la.")


def _parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    if sum(1 for _ in message.walk()) > _MOST_PARTS:
        raise RefusedFileError("too-long", f"le message a plus de {_MOST_PARTS} parties ; découpez-le.")
    return message


def _gather(part: EmailMessage, found: _Found, read_page: ReadPage) -> None:
    kind = part.get_content_type()
    name = _header_parameter(part)
    if part.is_attachment() or (name and not part.is_multipart()) or kind == "message/rfc822":
        found.attached.append(name or {"message/rfc822": "message joint"}.get(kind, "sans nom"))
    elif part.is_multipart():
        children = [child for child in part.iter_parts() if isinstance(child, EmailMessage)]
        if kind == "multipart/alternative":
            # the same text twice: the plain one says it without layout
            plain = [
                child for child in children if child.get_content_type() == "text/plain" and _text(child)[0].strip()
            ]
            children = (plain or children[-1:])[:1]
        for child in children:
            _gather(child, found, read_page)
    elif kind == "text/html":
        for document in read_page(_page(part)):
            found.texts.append(document.text)
            found.warnings += document.warnings
    elif kind.startswith("text/"):
        text, warning = _text(part)
        found.texts.append(text)
        found.warnings += [warning] if warning else []
    elif part.get_content_maintype() != "image":  # a picture within the text is no attachment
        found.attached.append(kind)


def _text(part: EmailMessage) -> tuple[str, str | None]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "")
    try:
        return data.decode(charset or "ascii").replace("\r\n", "\n").strip("\n"), None
    except (LookupError, ValueError):  # a name that is none, or bytes that are not in it
        text, warning = decode(data)
        return text.replace("\r\n", "\n").strip("\n"), warning


def _page(part: EmailMessage) -> bytes:
    text, warning = _text(part)
    payload = part.get_payload(decode=True)
    # a page whose message does not name its encoding may name it itself
    return payload if warning and isinstance(payload, bytes) else text.encode()


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, LookupError):  # headers that no rule allows
        return ""


def _header_parameter(part: EmailMessage) -> str:
    try:
        return str(part.get_filename() or "")
    except (ValueError, IndexError, LookupError):
        return ""


def _date(text: str) -> str:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
