"""What a stem and its endings say: validated by the dictionary, or by productive patterns where it knows nothing."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicon.french import Entry, entries
from innovsoc_analysis.text.inclusive_patterns import agree_by_pattern, by_pattern, plural_of
from innovsoc_analysis.text.inclusive_tables import FULL_PAIRS, NOT_PEOPLE, OTHER_FEMININES, SHORT_FORMS, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORDER = ("NOUN", "ADJ", "DET", "PRON", "VERB")
_CLOSED = ("DET", "PRON")
OPEN_CLASSES = frozenset({"NOUN", "ADJ", "VERB", "PROPN"})
_MOST_CUT = 6
_CACHED = 50_000

_ACCENTS = {"e": "éèê", "a": "âà", "i": "î", "o": "ô", "c": "ç", "u": "û"}


@functools.lru_cache(maxsize=_CACHED)
def resolve(stem: str, pieces: tuple[str, ...], *, free: bool, name: bool = False) -> Word | None:
    """Return what `stem` followed by `pieces` says, or None if it is no inclusive form.

    Parameters
    ----------
    stem : str
        What stands before the first separator, in lower case, or in capitals if the text has it so.
    pieces : tuple of str
        What stands between and after the separators, in lower case.
    free : bool
        Whether the separator is a median point, which has no other use inside a word.
    name : bool
        Whether the text has the stem with a capital.

    Returns
    -------
    Word or None
        In lower case.

    Examples
    --------
    >>> resolve("usager", ("ère", "s"), free=True)
    Word(lemma='usager', number='Plur', masculine='usagers', closed=False)
    >>> resolve("dit", ("elle",), free=False)
    """
    low = stem.lower()
    short = SHORT_FORMS.get(" ".join((low, *pieces)))
    if short:
        return short
    neutral = any(piece in {"x", "xs", "ex", "exs"} for piece in pieces)
    parts = tuple(_without_x(piece) for piece in pieces)
    plural = parts[-1] == "s"
    parts = tuple(part for part in (parts[:-1] if plural else parts) if part)
    if not parts:
        return _neutral(stem, plural=plural) if neutral else None
    if len(parts) > 2:  # noqa: PLR2004
        return None
    if len(parts) == 1 and (low, parts[0]) in FULL_PAIRS and not plural:
        return FULL_PAIRS[low, parts[0]][0]
    for spelled in _spellings(stem):
        found = _by_dictionary(spelled, parts, plural=plural)
        if found:
            return found
    return by_pattern(low, parts, plural=plural, free=free, name=name)


@functools.lru_cache(maxsize=_CACHED)
def agree(first: str, second: str) -> tuple[Word, bool] | None:
    """Return what two whole words say that are one word in its two genders, and whether they are so as nouns.

    Examples
    --------
    >>> agree("habitants", "habitantes")
    (Word(lemma='habitant', number='Plur', masculine='habitants', closed=False), True)
    >>> agree("père", "mère")
    """
    for masculine, feminine in ((first, second), (second, first)):
        found = _shared(masculine, feminine)
        if found is None:
            continue
        entry, number = found
        if entry.number and number and entry.number != number:
            return None
        noun = entry.upos == "NOUN" or not any(
            reading.upos == "NOUN" and reading.gender == "Fem" and reading.lemma != entry.lemma
            for reading in entries(feminine)
        )
        word = _word(entry, masculine, number or entry.number)
        return word, noun and word.lemma not in NOT_PEOPLE
    made = agree_by_pattern(first, second) or agree_by_pattern(second, first) or _agree_in_members(first, second)
    return (made, True) if made else None


def _agree_in_members(first: str, second: str) -> Word | None:
    """Read compounds that the dictionary does not know: enseignants-chercheurs et enseignantes-chercheuses."""
    pairs = list(zip(first.split("-"), second.split("-"), strict=False))
    if len(pairs) == 1 or first.count("-") != second.count("-"):
        return None
    words: list[Word] = []
    for one, other in pairs:
        low = one.lower()
        agreed = (Word(singular_member(low), "", low), True) if one == other else agree(one, other)
        if agreed is None or not agreed[1]:
            return None
        words.append(agreed[0])
    if not words[-1].number:
        return None
    return Word("-".join(word.lemma for word in words), words[-1].number, "-".join(word.masculine for word in words))


def singular_member(member: str) -> str:
    """Return the singular of a member of a compound, itself if it is none.

    Examples
    --------
    >>> [singular_member(member) for member in ("aides", "nouveaux", "sous", "gros")]
    ['aide', 'nouveau', 'sous', 'gros']
    """
    readings = entries(member)
    if not readings:
        return member.removesuffix("s")
    nominal = [entry for entry in readings if entry.upos in {"NOUN", "ADJ"}]
    if not nominal or any(entry.upos not in OPEN_CLASSES for entry in readings):
        return member
    if any(entry.number != "Plur" for entry in nominal):
        return member
    return (masculine_of(member) or nominal[0]).lemma


def masculine_of(form: str) -> Entry | None:
    """Return the reading of `form` as a masculine that has a feminine, or None.

    Examples
    --------
    >>> masculine_of("étudiant").lemma
    'étudiant'
    >>> masculine_of("table")
    """
    for piece in ("e", "ne", "le", "te", "euse", "rice", "trice", "ère", "se", "ve", "que"):
        for feminine in _joined(form, piece):
            found = _shared(form, feminine)
            if found:
                return found[0]
    return None


def with_first_accent(word: str) -> str:
    """Return `word` with the accent that its first letter lost as a capital, if only so it is a word.

    Examples
    --------
    >>> with_first_accent("etudiant"), with_first_accent("ecole"), with_first_accent("ami")
    ('étudiant', 'école', 'ami')
    """
    others = _ACCENTS.get(word[:1], "")
    if not others or entries(word):
        return word
    return next((other + word[1:] for other in others if entries(other + word[1:])), word)


def _spellings(stem: str) -> Iterator[str]:
    """Yield `stem` and, where accents may be left out, in capitals: the dictionary then looks for them."""
    yield stem
    if stem.islower() and not entries(stem):
        yield from (stem.upper(), stem.capitalize())
    if stem.isupper() and stem.endswith("E"):
        yield f"{stem[:-1]}É"
    if stem.endswith("èr"):
        yield f"{stem[:-2]}er"


def _without_x(piece: str) -> str:
    if piece in {"x", "xs"}:
        return piece[1:]
    return piece.replace("x", "") if piece in {"ex", "exs"} else piece


def _neutral(stem: str, *, plural: bool) -> Word | None:
    """Read ``étudiant·x·s``; in ``nouveau·x`` the x is a plural."""
    entry = masculine_of(stem)
    if entry is None or plural_of(entry.lemma).endswith("x"):
        return None
    return _word(entry, stem, "Plur" if plural else "Sing")


def _by_dictionary(stem: str, parts: tuple[str, ...], *, plural: bool) -> Word | None:
    best: tuple[int, Word] | None = None
    for first, second in _readings(stem, parts):
        for masculine, feminine in ((first, second), (second, first)):
            found = _shared(masculine, feminine)
            if found is None:
                continue
            entry, number = found
            plural_here = plural or "Plur" in {number, entry.number}
            rank = _ORDER.index(entry.upos)
            if best is None or rank < best[0]:
                best = rank, _word(entry, masculine, "Plur" if plural_here else "Sing")
        if best is not None:
            return best[1]
    return None


def _readings(stem: str, parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of words that a stem and one or two endings can stand for."""
    upper = stem.isupper()
    endings = tuple(part.upper() for part in parts) if upper else parts
    if len(endings) == 2:  # noqa: PLR2004
        first = stem + endings[0]
        for second in (*_joined(stem, endings[1]), *_joined(first, endings[1])):
            yield first, second
        return
    seconds = list(_joined(stem, endings[0]))
    for second in seconds:
        yield stem, second
    # designeu/se, créati·ve: the consonant of the masculine is left out
    for consonant in "rxfs":
        first = stem + (consonant.upper() if upper else consonant)
        if entries(first):
            for second in seconds:
                yield first, second


def _joined(stem: str, ending: str) -> Iterator[str]:
    """Yield the words that `ending` can make of `stem`, over which it may reach back."""
    for cut in range(min(len(stem) - 1, _MOST_CUT) + 1):
        yield stem[: len(stem) - cut] + ending
    low = ending.lower()
    if low in {"ice", "ices"} and stem.lower().endswith("eur"):
        yield f"{stem[:-3]}{'R' if stem.isupper() else 'r'}{ending}"
    if low in {"e", "es"} and len(stem) > 2 and stem[-2] == "e":  # noqa: PLR2004
        yield f"{stem[:-2]}è{stem[-1]}{ending}"
    if low in {"ere", "eres", "iere", "ieres"}:
        accented = ending.replace("ere", "ère")
        for cut in range(2, min(len(stem) - 1, _MOST_CUT) + 1):
            yield stem[: len(stem) - cut] + accented
    if low in {"re", "res"} and stem.endswith("euse"):
        yield f"{stem[:-2]}r"
    if low in {"re", "res"} and stem.endswith("er"):
        yield f"{stem[:-2]}è{ending}"


def _shared(masculine: str, feminine: str) -> tuple[Entry, str] | None:
    """Return the reading of `masculine` whose feminine is `feminine`, and the number of the feminine."""
    if masculine == feminine:
        return None
    others = [entry for entry in entries(feminine) if entry.gender == "Fem"]
    if not others:
        return None
    best: tuple[Entry, str] | None = None
    for entry in entries(masculine):
        if entry.gender == "Fem" or entry.upos not in _ORDER or (entry.upos == "VERB" and entry.verb != "Part"):
            continue
        for other in others:
            same = other.lemma == entry.lemma and other.upos == entry.upos
            known = entry.upos == "NOUN" and other.lemma in OTHER_FEMININES.get(entry.lemma, ())
            if (same or known) and (best is None or _ORDER.index(entry.upos) < _ORDER.index(best[0].upos)):
                best = entry, other.number
    return best


def _word(entry: Entry, form: str, number: str) -> Word:
    lemma = _lemma(entry, form).lower()
    if number != "Plur":
        masculine = lemma if form.isupper() else form.lower()
    elif entry.number == "Plur" and not form.isupper():
        masculine = form.lower()
    else:
        masculine = plural_of(lemma)
    return Word(lemma, number or "Sing", masculine, closed=entry.upos in _CLOSED)


def _lemma(entry: Entry, form: str) -> str:
    nominal = any(reading.upos in _ORDER[:4] and reading.gender != "Fem" for reading in entries(entry.lemma))
    if entry.upos != "VERB" and nominal:
        return entry.lemma
    if form.isupper() and entry.lemma.endswith("er"):
        return f"{entry.lemma[:-2]}é"
    low = form.lower()
    return low[:-1] if entry.number == "Plur" and low.endswith("s") else low
