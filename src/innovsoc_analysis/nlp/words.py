"""Cut French text into words: elisions, clitics and punctuation apart, compounds whole."""

from __future__ import annotations

import functools
import re

from innovsoc_analysis.lexicon.french import entries, knows

_CACHED_CHUNKS = 100_000
_APOSTROPHES = "'’ʼ"
_APOSTROPHE = f"[{_APOSTROPHES}]"
_HYPHEN = "[-‐‑]"
_HYPHENS = "-‐‑"
# the typographic apostrophe and the rarer hyphens are other characters for the same word
STRAIGHT = str.maketrans(dict.fromkeys("’ʼ", "'") | dict.fromkeys("‐‑", "-"))
_ELIDED = re.compile(
    rf"(?:[ldjmtsncy]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|entr){_APOSTROPHE}(?=[\w«“\"(\[*·])", re.IGNORECASE
)
_WHOLE = re.compile(
    rf"(?:aujourd{_APOSTROPHE}hui|quelqu{_APOSTROPHE}une?|presqu{_APOSTROPHE}îles?|l{_APOSTROPHE}on"
    rf"|c{_APOSTROPHE}est{_HYPHEN}[àa]{_HYPHEN}dire|prud{_APOSTROPHE}hom\w+|grand{_APOSTROPHE}\w+)(?!\w)",
    re.IGNORECASE,
)
_CLITIC = re.compile(
    rf"{_HYPHEN}(?:t{_HYPHEN}(?=il|elle|on))?"
    r"(?:je|tu|ils?|elles?|on|nous|vous|ce|moi|toi|les?|la|lui|leur|y|en)\Z",
    re.IGNORECASE,
)
_ELIDED_CLITIC = re.compile(rf"({_HYPHEN}[mtl]{_APOSTROPHE})(en|y)\Z", re.IGNORECASE)
_DEICTIC = re.compile(rf"{_HYPHEN}(?:là|ci)\Z", re.IGNORECASE)
_VERB_BEFORE_CLITIC = {"VERB", "AUX"}
_ABBREVIATION = re.compile(
    r"mm?|mrs?|mmes?|mlles?|drs?|prs?|prof|stes?|sts?|cf|vol|chap|fig|[ée]d|env|ex|av|apr|art|pp?|t[ée]l|no?|nos|op|cit|ibid"
    r"|id|al|jr|sr|janv|f[ée]vr?|avr|juil|sept|oct|nov|d[ée]c|bd|d[ée]p|c-à-d|min|max|réf|trad|vs|inc|ltd|corp",
    re.IGNORECASE,
)
_GLUED_MARK = re.compile(r"(?<=[^\W\d_])\([^\W\d_]{1,6}\)[^\W\d_]?\Z")
_LETTERS_WITH_POINTS = re.compile(r"[^\W\d_]{1,2}\.(?:-?[^\W\d_]{1,2}\.?-?){1,5}\Z")
_OPENING = re.compile(r"[(\[{«“‘\"„‹*¿¡#~<>=+]|[-–—•·▪]+(?=\D|$)|'(?=\w{2})|\.{2,}|…")
_CLOSING_FIRST = re.compile(r"[)\]}»”›!?;:,](?=[^\W\d_])|[)\]}»”›](?=\d)")
_CLOSING = re.compile(r"\.{2,}\Z|[)\]}»”’\"“›*,;:!?…%°€$£'<>=+–—_·|]\Z|(?<=\w)-+\Z|/\Z")
_INNER = re.compile(
    r"\.{3,}|…|--+|[—–](?=\D)|[()\[\]«»“”\"=]"
    r"|(?<=[^\W\d_])[,;:!?](?=\w)|(?<=[\d)])[;!?](?=\w)|(?<=\d),(?=[^\W\d_])"
    r"|(?<=mg)/(?=\w)|(?<=µg)/(?=\w)|(?<=ml)/(?=\w)|(?<=kg)/(?=\w)"
    r"|(?<=[a-zà-öø-ÿœ\d»)])[.](?=[A-ZÀ-ÖØ-ÞŒ«][a-zà-öø-ÿœ’' ])|(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})"
)
_HOUR = re.compile(r"(\d{1,2})([hH])(\d\d)?(?:-(\d{1,2})([hH])(\d\d)?)?")
_QUANTITY = re.compile(r"(\d+(?:[.,]\d+)?)(km|m|cm|mm|kg|g|mg|l|ml|ha|ans?|euros?|k€|h|min|s|°C|Mo|Go|€)\Z")
_WEB = re.compile(
    r"(?:https?://|ftp://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@#][\w]+|(?:[\w-]+\.)+(?:com|org|net|fr|be|ch|ca|eu|io|info|coop)(?:/\S*)?",
    re.IGNORECASE,
)
_END_OF_WEB = re.compile(r"[.,;:!?)»”’>\"'\]]+\Z")


def split_words(text: str) -> list[str]:
    """Cut a stretch of text without spaces into words.

    Parameters
    ----------
    text : str
        Without white space.

    Returns
    -------
    list of str
        Whose concatenation is `text`.

    Notes
    -----
    The conventions of the French treebanks of Universal Dependencies, contractions left whole:
    elided words end with their apostrophe; clitics after a verb start with their hyphen
    (*a* + *-t-il*); a compound is one word. A clitic is cut off only from what the dictionary
    knows as a verb: *peut-on* is two words, *rendez-vous* is one.

    Examples
    --------
    >>> split_words("«L’habitant·e…»,")
    ['«', 'L’', 'habitant·e', '…', '»', ',']
    >>> split_words("d'aujourd'hui"), split_words("Qu'a-t-il"), split_words("rendez-vous")
    (["d'", "aujourd'hui"], ["Qu'", 'a', '-t-il'], ['rendez-vous'])
    """
    return list(_split(text))


@functools.lru_cache(maxsize=_CACHED_CHUNKS)
def _split(text: str) -> tuple[str, ...]:
    if text.isalpha() and "ʼ" not in text:  # an apostrophe that Unicode counts as a letter
        return (text,)
    left: list[str] = []
    right: list[str] = []
    while text:
        if peeled := _first(text):
            left.append(peeled)
            text = text[len(peeled) :]
        elif peeled := _last(text):
            right.append(peeled)
            text = text[: -len(peeled)]
        else:
            left += _core(text)
            break
    return (*left, *reversed(right))


def _first(text: str) -> str:
    if len(text) > 1 and (mark := _OPENING.match(text)) and not _WEB.match(text) and mark.end() < len(text):
        return mark[0]
    if mark := _CLOSING_FIRST.match(text):
        return mark[0]
    if (elided := _ELIDED.match(text)) and not (_WHOLE.match(text) and not text.lower().startswith(("l'on-", "l’on-"))):
        return elided[0]
    return ""


def _last(text: str) -> str:
    if len(text) == 1 or _GLUED_MARK.search(text):
        return ""
    if web := _WEB.match(text):
        end = _END_OF_WEB.search(text)
        return end[0][-1] if end and web.end() >= end.start() > 0 else ""
    if mark := _CLOSING.search(text):
        elided = mark[0] in _APOSTROPHES and _ELIDED.match(text + "x")
        return mark[0] if mark.start() and not elided else ""
    if text.endswith("."):
        return "" if _is_abbreviation(text) else "."
    return ""


def _is_abbreviation(text: str) -> bool:
    stem = text[:-1]
    return _ABBREVIATION.fullmatch(stem) is not None or (
        (_LETTERS_WITH_POINTS.fullmatch(text) is not None and "." in stem) or (len(stem) == 1 and stem.isupper())
    )


def _core(text: str) -> list[str]:
    if _WEB.fullmatch(text) or _GLUED_MARK.search(text):
        return [text]
    if inner := _INNER.search(text):
        middle = [inner[0]] if inner[0] else []
        before, after = text[: inner.start()], text[inner.end() :]
        if before and after:
            return [*_split(before), *middle, *_split(after)]
    if hour := _HOUR.fullmatch(text):
        return [part for part in re.split(r"([hH-])", hour[0]) if part]
    if quantity := _QUANTITY.fullmatch(text):
        return [quantity[1], quantity[2]]
    return _without_clitic(text)


def _without_clitic(text: str) -> list[str]:
    straight = text.translate(STRAIGHT)
    if "-" not in straight or knows(straight):
        return [text]
    elided = _ELIDED_CLITIC.search(text)
    if elided and _is_verb(text[: elided.start()]):
        return [text[: elided.start()], elided[1], elided[2]]
    for pattern in (_CLITIC, _DEICTIC):
        clitic = pattern.search(text)
        if clitic and clitic.start():
            stem = text[: clitic.start()]
            if pattern is _DEICTIC or _is_verb(stem):
                return [*_without_clitic(stem), clitic[0]]
    return [text]


def _is_verb(stem: str) -> bool:
    bare = stem.translate(STRAIGHT)
    if clitic := _CLITIC.search(bare):
        bare = bare[: clitic.start()]
    readings = entries(bare) or entries(bare.replace("é", "e"))
    return any(entry.upos in _VERB_BEFORE_CLITIC for entry in readings)
