"""Productive patterns of gender, for words the dictionary does not know in both: youtubeur·euse, Fribourgeois·e."""

from __future__ import annotations

from innovsoc_analysis.lexicon.french import entries
from innovsoc_analysis.text.inclusive_tables import MASCULINE_PIECES, Word

_NOMINAL = ("NOUN", "ADJ")
_SHORTEST_KNOWN = 3
_SHORTEST = 4

_E = "e es"
_STRONG = {
    "eur": (
        "e es euse euses se ses rice rices trice trices ice ices eure eures teuse teuses"
        " esse esses resse resses oresse oresses"
    ),
    "ant": _E,
    "ent": _E,
    "é": _E,
    "ien": "ne nes enne ennes ienne iennes",
    "éen": "ne nes enne ennes éenne éennes",
    "yen": "ne nes enne ennes yenne yennes",
    "er": "ère ères ere eres ière ières iere ieres euse euses",
    "eux": "se ses euse euses",
    "if": "ve ves ive ives",
    "el": "le les elle elles",
}
_WEAK = {
    "er": "e es re res",
    "on": "ne nes onne onnes e es",
    "an": "ne nes anne annes e es ane anes",
    "in": "e es ine ines",
    "el": _E,
    "al": "e es ale ales",
    "aux": "ales ale",
    "il": "le les e es",
    "if": _E,
    "f": "fe fes ve ves",
    "x": "se ses e es",
    "c": "que ques che ches e es",
    "et": "te tes ette ettes",
    "t": "e es te tes",
    "s": "e es se ses sse sses",
    "e": "sse sses esse esses",
    "n": "ne nes",
    "ou": "se ses ouse ouses",
    "eau": "elle elles",
    "eaux": "elles",
    **dict.fromkeys(("d", "r", "l", "i", "o", "u", "ï", "û", "en", "eil", "g", "m"), _E),
}
_FEMININE_FIRST = (
    ("euse", frozenset({"re", "r", "rs", "eur", "eurs"}), "eur"),
    ("trice", frozenset({"eur", "eurs", "teur", "teurs"}), "teur"),
    ("ienne", frozenset({"en", "ens", "ien", "iens"}), "ien"),
)
_TWO_GENDERS = (
    ("teur", ("trice", "teuse", "teure")),
    ("eur", ("euse", "eure", "resse")),
    ("ien", ("ienne",)),
    ("ier", ("ière",)),
)
# names of inhabitants, which dictionaries hold in part only
_INHABITANTS = (
    ("ois", ("oise",)),
    ("ais", ("aise",)),
    ("éen", ("éenne",)),
    ("an", ("ane", "anne")),
    ("ain", ("aine",)),
    ("in", ("ine",)),
    ("on", ("onne",)),
    ("ard", ("arde",)),
    ("ou", ("ouse",)),
    ("eau", ("elle",)),
    ("ot", ("ote", "otte")),
    ("and", ("ande",)),
)
_INHABITANT_PATTERNS = tuple(
    (
        masculine,
        frozenset(
            f"{piece}{plural}"
            for feminine in feminines
            for piece in (feminine, feminine.removeprefix(masculine), feminine.removeprefix(masculine[:-1]))
            for plural in ("", "s")
        ),
    )
    for masculine, feminines in _INHABITANTS
)
_STRONG_PATTERNS = tuple((ending, frozenset(pieces.split())) for ending, pieces in _STRONG.items())
_WEAK_PATTERNS = tuple((ending, frozenset(pieces.split())) for ending, pieces in _WEAK.items())


def plural_of(lemma: str) -> str:
    """Return the masculine plural of `lemma`.

    Examples
    --------
    >>> plural_of("local"), plural_of("voisin"), plural_of("heureux")
    ('locaux', 'voisins', 'heureux')
    """
    if lemma.endswith(("s", "x", "z")):
        return lemma
    candidates = [f"{lemma}s", f"{lemma}x"]
    if lemma.endswith("al"):
        candidates.insert(0, f"{lemma[:-1]}ux")
    elif lemma.endswith("eau"):
        candidates.reverse()
    for candidate in candidates:
        if any(entry.number != "Sing" and entry.gender != "Fem" for entry in entries(candidate)):
            return candidate
    return candidates[0]


def agree_by_pattern(masculine: str, feminine: str) -> Word | None:
    """Return what two words say that the dictionary does not hold to be one in its two genders.

    Inhabitants are recognised by their capitals.

    Examples
    --------
    >>> agree_by_pattern("wikifieur", "wikifieuse").lemma, agree_by_pattern("Fribourgeois", "Fribourgeoises").number
    ('wikifieur', 'Plur')
    >>> agree_by_pattern("fribourgeois", "fribourgeoises")
    """
    name = masculine[:1].isupper() and feminine[:1].isupper()
    if entries(feminine) and not (name and _is_adjective(masculine) and _is_adjective(feminine)):
        return None
    plural = feminine[-1:] in {"s", "S"} and masculine[-1:].lower() in {"s", "x"}
    low = masculine.lower()
    other = feminine[: -1 if plural else None].lower()
    for one in (low[:-1], low) if plural else (low,):
        for ending, endings in (*_TWO_GENDERS, *_INHABITANTS) if name else _TWO_GENDERS:
            stem = one.removesuffix(ending)
            if len(stem) > 1 and stem != one and other.removeprefix(stem) in endings:
                return _made(one, plural=plural)
    return None


def by_pattern(stem: str, parts: tuple[str, ...], *, plural: bool, free: bool, name: bool) -> Word | None:
    """Return what a stem and its endings say that the dictionary does not know in its two genders.

    Parameters
    ----------
    stem : str
        In lower case.
    parts : tuple of str
        One ending or two, in lower case.
    plural : bool
        Whether an s of its own follows them.
    free : bool
        Whether the separator has no other use inside a word.
    name : bool
        Whether the text has the stem with a capital, as it has inhabitants.

    Returns
    -------
    Word or None
        In lower case.

    Examples
    --------
    >>> by_pattern("youtubeur", ("euse",), plural=True, free=False, name=False).masculine
    'youtubeurs'
    """
    first = stem if len(parts) == 1 else stem + parts[0]
    surest = (*_STRONG_PATTERNS, *_INHABITANT_PATTERNS) if name else _STRONG_PATTERNS
    if first.endswith("s") and len(first) > _SHORTEST and _fits(surest, first[:-1], parts[-1]):
        return by_pattern(first[:-1], parts[-1:], plural=True, free=free, name=name)
    # Saint-Pierrais·es: a verb has no capital before a median point
    known = [entry for entry in entries(first) if not (free and name and entry.upos == "VERB")]
    if not known and len(parts) == 1:
        for ending, others, masculine_ending in _FEMININE_FIRST:
            if stem.endswith(ending) and parts[0] in others:
                return _made(stem[: -len(ending)] + masculine_ending, plural=plural or parts[0].endswith("s"))
    masculine = [entry for entry in known if entry.upos in _NOMINAL and entry.gender != "Fem"]
    if (
        len(first) < (_SHORTEST_KNOWN if known else _SHORTEST)
        or (known and not masculine)
        or (len(parts) > 1 and parts[0] not in MASCULINE_PIECES)
    ):
        return None
    inhabitant = name and (not known or _is_adjective(first)) and _fits(_INHABITANT_PATTERNS, first, parts[-1])
    if not inhabitant and not _plausible(first, parts[-1], plural=plural, free=free, known=bool(masculine)):
        return None
    several = plural or parts[-1].endswith("s") or any(entry.number == "Plur" for entry in masculine[:1])
    return _made(masculine[0].lemma if masculine else _singular(first), plural=several)


def _singular(form: str) -> str:
    if form.endswith("eaux"):
        return form[:-1]
    return f"{form[:-3]}al" if form.endswith("aux") else form


def _is_adjective(form: str) -> bool:
    return any(entry.upos == "ADJ" for entry in entries(form))


def _plausible(first: str, piece: str, *, plural: bool, free: bool, known: bool) -> bool:
    """Whether `piece` can make the feminine of `first`: the less a separator says, the surer the ending must be."""
    strong = _fits(_STRONG_PATTERNS, first, piece)
    if free:
        return strong or _fits(_WEAK_PATTERNS, first, piece)
    if not known:
        return strong or (plural and _fits(_WEAK_PATTERNS, first, piece))
    if plural:
        return not first.endswith("e") and (strong or _fits(_WEAK_PATTERNS, first, piece))
    return strong and (first.endswith("eur") or piece.startswith("euse"))


def _made(lemma: str, *, plural: bool) -> Word:
    return Word(lemma, "Plur" if plural else "Sing", plural_of(lemma) if plural else lemma)


def _fits(patterns: tuple[tuple[str, frozenset[str]], ...], stem: str, piece: str) -> bool:
    return any(piece in pieces and stem.endswith(ending) for ending, pieces in patterns)
