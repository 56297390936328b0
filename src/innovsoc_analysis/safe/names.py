"""Names for files that we write after a name that someone else has given."""

from __future__ import annotations

import re
import unicodedata

# what Windows forbids; controls; marks that turn the direction of writing or take no room
_FORBIDDEN = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]'
)
# devices of Windows, whatever follows the first full stop (Microsoft, Naming Files, Paths, and Namespaces)
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])[ ]*(?=\.|\Z)", re.IGNORECASE)


def safe_name(said: str, *, otherwise: str) -> str:
    """Return `said` as the name of a file or a folder that every system takes, without what a name can trick with.

    Parameters
    ----------
    said : str
        A name, without the suffix that the file will have.
    otherwise : str
        What to call it if nothing is left.

    Returns
    -------
    str
        In composed characters. Forbidden ones become dashes, full stops and blanks at the ends are left out, and a
        name that Windows keeps for a device is followed by a dash. Two names may become the same one.

    Examples
    --------
    >>> safe_name("Réunion : 12/03 ?", otherwise="texte"), safe_name("nul.2021", otherwise="texte")
    ('Réunion - 12-03 -', 'nul-.2021')
    >>> safe_name(". .", otherwise="texte")
    'texte'
    """
    name = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", said)).strip(". ") or otherwise
    return _RESERVED.sub(lambda device: f"{device[0].rstrip()}-", name, count=1) if _RESERVED.match(name) else name
