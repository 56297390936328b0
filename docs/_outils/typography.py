"""French spaces in HTML, code excepted."""  # noqa: INP001

from __future__ import annotations

import re

_MARKUP = re.compile(r"(<(pre|code|script|style)\b.*?</\2>|<[^>]*>)", re.DOTALL)


def french_spaces(html: str, *, apostrophes: bool = True) -> str:
    r"""Put no-break spaces where French typography keeps a mark with its word, and curve apostrophes.

    Examples
    --------
    >>> french_spaces("L'un ? <code>d'a ? b</code> « Ici » : 5 %")
    'L’un\u202f? <code>d\'a ? b</code> «\xa0Ici\xa0»\xa0: 5\u202f%'
    """
    parts = _MARKUP.split(html)  # text, markup, name of the element, text…
    texts = [_set(part, apostrophes=apostrophes) for part in parts[::3]]
    markup = [*parts[1::3], ""]
    return "".join(text + tags for text, tags in zip(texts, markup, strict=True))


def _set(text: str, *, apostrophes: bool) -> str:
    text = re.sub(r" (?=[:»])|(?<=«) ", "\u00a0", text)
    text = re.sub(r" (?=[;!?%])|(?<=\d) (?=\d{3}\b)", "\u202f", text)
    return re.sub(r"(?<=\w)'(?=[\w«]|$)", "\u2019", text) if apostrophes else text
