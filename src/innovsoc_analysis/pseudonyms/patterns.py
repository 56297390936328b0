"""What patterns find: addresses, numbers, accounts; those that have a key are checked by it.

Sources: RFC 5322 (addresses, simplified); ISO 13616 (IBAN, key modulo 97); the Belgian national number and the
French NIR (keys modulo 97); the Swiss AVS number (EAN-13); national numbering plans of telephones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innovsoc_analysis.pseudonyms.records import ACCOUNT, ADDRESS, BIRTH, MAIL, NUMBER, PHONE, SITE, Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GAP = r"[ \u00a0\u202f./\-‑–]{0,3}"
_PAIRS = rf"(?:{_GAP}\d{{2}}){{4}}"
_ABROAD = r"(?:\(?(?:\+|00)[ \u00a0]?(?P<country>32|33|41|352|1)\)?[ \u00a0]?(?:\(0\))?)"
_MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_DATE = rf"\d{{1,2}}(?:er)?[ \u00a0]{_MONTH}[ \u00a0]\d{{2,4}}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}"
_WAY = (
    r"(?:rue|avenue|av\.|boulevard|bd\.?|chaussée|ch[aée]*\.|place|quai|impasse|allée|chemin|route|cité|clos|square"
    r"|venelle|ruelle|passage|sentier|drève|cours|faubourg)"
)
_NAME_WORD = (
    r"(?:[A-ZÀ-ÖØ-Þ][\w’'\-]*|\d{1,2}(?:er)?|(?:d[eu]s?|la|le|les|l[’']|d[’']|aux?|en|et|sur|sous)(?=[ \u00a0’'\w]))"
)
_STREET = (
    rf"{_WAY}[ \u00a0](?:{_NAME_WORD}[ \u00a0]?){{0,4}}[A-ZÀ-ÖØ-Þ][\w’'\-]+(?:[ \u00a0][A-ZÀ-ÖØ-Þ][\w’'\-]+){{0,2}}"
)
_HOUSE = r"\d{1,4}(?:[ \u00a0]?(?:bis|ter|[A-Da-d]\b))?"
_TOWN = r"(?:[BFLbfl]-|CH-)?\d{4,5}[ \u00a0](?:[A-ZÀ-ÖØ-Þ][\w’'\-]+)(?:[ \u00a0-][A-ZÀ-ÖØ-Þ][\w’'\-]+){0,3}"
_CANADIAN = r"(?<![\w+(])(?:1[ \u00a0.\-])?(?:\(\d{3}\)[ \u00a0]?|\d{3}[ \u00a0.\-])\d{3}[ \u00a0.\-]\d{4}(?!\w)"
_ENDINGS = r"(?:be|fr|ch|ca|quebec|lu|eu|org|com|net|info|coop|brussels|asso\.fr|io|bzh|bike|cat)"


def find_patterns(text: str) -> list[Mention]:
    """Return what the patterns of this module find in `text`, in order, without overlap.

    Parameters
    ----------
    text : str
        A clean text.

    Returns
    -------
    list of Mention
        Of literal kinds; where two overlap, the longer one.

    Examples
    --------
    >>> text = "Écris à a.b@exemple.be ou au 0475 12 34 56."
    >>> [(text[m.start : m.end], m.kind) for m in find_patterns(text)]
    [('a.b@exemple.be', 'courriel'), ('0475 12 34 56', 'téléphone')]
    """
    found = [mention for rule in _RULES for mention in rule(text)]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept)


def _rule(
    pattern: str, kind: str, *, valid: Callable[[str], bool] | None = None, flags: int = 0
) -> Callable[[str], Iterator[Mention]]:
    compiled = re.compile(pattern, flags)

    def find(text: str) -> Iterator[Mention]:
        for match in compiled.finditer(text):
            start, end = match.span("found") if "found" in compiled.groupindex else match.span()
            end -= len(text[start:end]) - len(text[start:end].rstrip(" \u00a0.,;:!?)»"))
            if end > start and (valid is None or valid(text[start:end])):
                yield Mention(start, end, kind, 10.0)

    return find


def _digits(form: str) -> str:
    return re.sub(r"\D", "", form)


def _is_phone(form: str) -> bool:
    """Whether the digits are as many as a plan of the five countries gives, and start as it has it."""
    digits = _digits(form)
    if re.match(r"\(?\+|00", form):
        return 9 <= len(digits.removeprefix("00")) <= 12  # noqa: PLR2004 - with the country's code
    # Belgium: 9 digits, mobiles 10; France and Switzerland: 10
    return digits.startswith("0") and len(digits) in {9, 10} and digits[1:2] != "0"


def _is_iban(form: str) -> bool:
    code = re.sub(r"\s", "", form).upper()
    moved = code[4:] + code[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def _is_national_number(form: str) -> bool:
    """Whether it is a Belgian NISS, a French NIR or a Swiss AVS number: the key tells."""
    digits = _digits(form)
    if len(digits) == 11:  # noqa: PLR2004
        body, key = int(digits[:9]), int(digits[9:])
        return key in {97 - body % 97, 97 - (2_000_000_000 + body) % 97}
    if len(digits) == 13 and digits.startswith("756"):  # noqa: PLR2004
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12]))
        return (10 - total % 10) % 10 == int(digits[12])
    return len(digits) == 15 and digits[0] in "12" and int(digits[13:]) == 97 - int(digits[:13]) % 97  # noqa: PLR2004


def _is_canadian_number(form: str) -> bool:
    """Whether the key of Luhn's formula holds, as in a Canadian social insurance number."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(_digits(form))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004


_RULES = (
    _rule(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,}", MAIL),
    _rule(
        r"(?<!\w)[\w.-]{1,64}[ ]?(?:\(at\)|\[at\]|[ ]arobas(?:e)?[ ])[ ]?[\w-]{1,63}"
        r"(?:(?:[ ]point[ ]|\.)[\w-]{1,63}){0,3}(?:[ ]point[ ]|\.)[a-z]{2,}",
        MAIL,
        flags=re.IGNORECASE,
    ),
    _rule(r"(?:https?://|www\.)[^\s<>«»“”]{2,300}", SITE, flags=re.IGNORECASE),
    _rule(rf"(?<![\w@./-])(?:[a-z\d][a-z\d-]{{1,62}}\.){{1,3}}{_ENDINGS}(?:/[^\s<>«»“”,;]*)?(?![\w@.-]*\w)", SITE),
    _rule(r"(?<![\w@./])@[A-Za-z_][\w.]{2,30}", ACCOUNT),
    _rule(rf"(?<![\w+]){_ABROAD}[ \u00a0.]?\(?\d{{1,4}}\)?(?:{_GAP}\d{{2,4}}){{2,4}}(?!\w)", PHONE, valid=_is_phone),
    _rule(rf"(?<![\w+./])0[1-9]\d?(?:{_GAP}\d{{2,3}}){{3,4}}(?![\w])", PHONE, valid=_is_phone),
    _rule(rf"(?<![\w+./])0\d{{3}}[ \u00a0]?/?[ \u00a0]?\d{{2}}(?:{_GAP}\d{{2}}){{2}}(?!\w)", PHONE, valid=_is_phone),
    _rule(rf"(?<![\w+./])0\d{{3}}[ \u00a0]?/?[ \u00a0]?\d{{3}}{_GAP}\d{{3}}(?!\w)", PHONE, valid=_is_phone),
    _rule(_CANADIAN, PHONE),
    _rule(
        r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z\d]{4}){2,7}(?:[ \u00a0]?[A-Z\d]{1,3})?(?!\w)", NUMBER, valid=_is_iban
    ),
    _rule(r"(?<!\w)\d{2}[.\- ]?\d{2}[.\- ]?\d{2}[.\- ]?\d{3}[.\- ]?\d{2}(?!\w)", NUMBER, valid=_is_national_number),
    _rule(r"(?<!\w)756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?!\w)", NUMBER, valid=_is_national_number),
    _rule(
        r"(?<!\w)[12][ ]?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{2}(?!\w)", NUMBER, valid=_is_national_number
    ),
    _rule(r"(?<!\w)NAS\W{0,4}(?P<found>\d{3}[ -]?\d{3}[ -]?\d{3})(?!\w)", NUMBER, valid=_is_canadian_number),
    _rule(
        rf"\b(?:née?s?(?:·e)?|naissance|naquit|anniversaire)\b[^.\n\d]{{0,30}}(?P<found>{_DATE})", BIRTH,
        flags=re.IGNORECASE,
    ),
    _rule(rf"(?<!\w){_HOUSE},?[ \u00a0]{_STREET}(?:,?[ \u00a0](?:à[ ])?{_TOWN})?", ADDRESS),
    _rule(rf"(?<!\w){_STREET},?[ \u00a0](?:n°[ \u00a0]?)?{_HOUSE}(?!\w)(?:,?[ \u00a0](?:à[ ])?{_TOWN})?", ADDRESS),
    _rule(rf"(?<!\w){_STREET}(?!\w)", ADDRESS),
    _rule(r"(?<!\w)(?:F-|B-|L-|CH-)?\d{5}[ \u00a0][A-ZÀ-ÖØ-Þ][\w’'\-]+(?:[ -][A-ZÀ-ÖØ-Þ][\w’'\-]+){0,3}", ADDRESS),
    _rule(r"(?<!\w)[A-Z]\d[A-Z][ ]?\d[A-Z]\d(?!\w)", ADDRESS),
)  # fmt: skip
