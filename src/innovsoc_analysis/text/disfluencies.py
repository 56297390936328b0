"""Marks of spontaneous speech in transcripts: filled pauses, repetitions, false starts.

What is marked can be left out without loss: of a repetition, the earlier copies. Written
prose gives nothing, so what only intonation tells apart (``très très``, ``oui oui``,
``nous nous``) is left alone, as are *voilà*, *bon*, *enfin* and *du coup*, which carry meaning.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from innovsoc_analysis.lexicon.french import entries

FILLED_PAUSE = "filled_pause"
DISCOURSE_MARKER = "discourse_marker"
REPETITION = "repetition"
FALSE_START = "false_start"

_UNIT = re.compile(
    r"(?P<blank>[^\S\n]+)"
    r"|(?P<pause>,|…|\.{3,})"
    r"|(?P<word>[^\W\d_]+(?:[-‐‑·][^\W\d_]+)*(?:['’]|(?P<cut>[-‐‑~/])(?![\w-]))?)"
    r"|(?P<other>\S[^\s\w,…]*|\n)"
)
_FILLED_PAUSE = re.compile(r"(?:e+u+h+m*|h+e+u+h*m*|h+u+m+|h+m+h*|m+h+m*)")
_MARKERS = frozenset({"ben", "bah", "hein", "quoi"})
_INTERROGATIVES = frozenset({"qui", "où", "quand", "comment", "pourquoi", "combien", "quoi"})
_CLOSE = re.compile(r"[ \u00a0\u202f]?(?:[.!…,\n]|\Z)")
_NAME_AFTER = re.compile(r"[ \u00a0][A-ZÀ-ÖØ-Þ]")
_QUOTE_BEFORE = re.compile(r"[«“\"'‘]\s?\Z")
_QUOTE_AFTER = re.compile(r"\s?[»”\"'’]")
_TRAILING = re.compile(r"(?:[^\S\n]|,|…|\.{3,}+)++(?=\w)")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ARTICLES = _set("le la l' les un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses nos vos leurs")
_PREPOSITIONS = _set("de d' à dans sur avec pour par sans chez vers depuis pendant")
_SUBJECTS = _set("je j' tu il on ils c'")
_OBJECTS = _set("me m' te t' se s' y ne n'")
_LINKS = _set("que qu' qui et ou mais donc car puis quand comme")
_AUXILIARIES = _set("a ai as est es suis sont était étais étaient avait avais avaient ont va vais")

_DOUBLED = _ARTICLES | _PREPOSITIONS | _SUBJECTS | _OBJECTS | _LINKS
"""Words that never stand twice in fluent French."""
_SUSPENDED = _DOUBLED | _AUXILIARIES
"""Words after which a stretch said again was not complete."""
_NOT_AFTER = (
    (_ARTICLES - {"un", "une"}, _ARTICLES | _PREPOSITIONS | _SUBJECTS | _LINKS),
    (_SUBJECTS, _PREPOSITIONS | _SUBJECTS | _LINKS),
    (_OBJECTS, _SUBJECTS | _LINKS),
    (_PREPOSITIONS - _set("avec pour sans depuis pendant"), _PREPOSITIONS | _SUBJECTS),
)
"""Words after which a clause cannot stop, and those that cannot follow them."""
_ANSWERS = _set("oui non ouais si ok bon là tac ah oh ouh eh hé allez voilà bien")
_ELISIONS = {"j'": "je", "d'": "de", "qu'": "que", "n'": "ne", "m'": "me", "t'": "te", "s'": "se"}
_KEYS = {**_ELISIONS, "le": "l'", "la": "l'"}
_COMPLETING = frozenset({"en", "y", "l'"})
_ASKING = frozenset({"que", "qu'", "où", "comment", "comme"})
_THERE_IS = frozenset({"a", "avait", "aura"})

_LONGEST_COPY = 6
_LONGEST_RESTART = 4
_SHORTEST_CUT = 2
_ALL_CAPITALS = 2


class Disfluency(NamedTuple):
    """A disfluent stretch ``text[start:end]``.

    Attributes
    ----------
    start, end : int
        Half-open code points.
    kind : str
        ``filled_pause``, ``discourse_marker``, ``repetition`` or ``false_start``.
    """

    start: int
    end: int
    kind: str


class _Word(NamedTuple):
    """A word and what separates it from the one before, pauses left out."""

    start: int
    end: int
    form: str
    capitals: int
    cut: str
    gap: int


_BARE, _PAUSED, _FILLED, _BROKEN = range(4)


def find_disfluencies(text: str, start: int = 0, end: int | None = None) -> list[Disfluency]:
    """Return the disfluencies of ``text[start:end]``, in order, none overlapping another.

    A filled pause or a discourse marker is the word alone. A repetition or a false start
    goes on to the next word, so that leaving it out gives the fluent text.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        Half-open code points between which to look; by default, the whole text.

    Returns
    -------
    list of Disfluency
        Nothing, for most written texts.

    Notes
    -----
    - ``filled_pause``: *euh*, *heu*, *hum*, *hm*, *mh* and longer spellings, if not quoted.
    - ``discourse_marker``: *ben*, *bah*, *hein*, and *quoi* between a comma and the end of
      what is said.
    - ``repetition``: a word that never stands twice in fluent French (*de de*), a stretch
      that its last word leaves unfinished (*il y a, il y a*), anything around a filled pause.
    - ``false_start``: a word cut short (``inno-``, ``parti/``, ``coopéra...``) and begun
      again, any word marked with ``~``, an unfinished stretch begun again (*que je, que nous*).

    Examples
    --------
    >>> text = "Donc euh on on a une inno- une innovation, de, de quartier."
    >>> [(text[one.start:one.end], one.kind) for one in find_disfluencies(text)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('euh', 'filled_pause'), ('on ', 'repetition'), ('une inno- ', 'false_start'), ('de, ', 'repetition')]
    >>> find_disfluencies("Nous nous réunissons un à un, très très tard.")
    []
    """
    words, found = _read(text, start, len(text) if end is None else end)
    kinds = _abandoned(words)
    found += _spans(text, words, kinds)
    return sorted(found)


def _read(text: str, start: int, end: int) -> tuple[list[_Word], list[Disfluency]]:
    """Return the words that say something, and the pauses and markers among them."""
    words: list[_Word] = []
    said: list[Disfluency] = []
    gap = _BROKEN
    for match in _UNIT.finditer(text, start, end):
        if match["blank"]:
            continue
        if match["pause"]:
            gap = max(gap, _PAUSED)
        elif not match["word"]:
            gap = _BROKEN
        elif kind := _interjection(text, match, previous=words[-1].form if words else "", gap=gap):
            said.append(Disfluency(*match.span(), kind))
            gap = max(gap, _FILLED if kind == FILLED_PAUSE else _PAUSED)
        else:
            words.append(_word(text, match, gap))
            gap = _BARE
    return words, said


def _interjection(text: str, match: re.Match[str], *, previous: str, gap: int) -> str | None:
    """Return the kind of a word that says nothing."""
    word = match[0]
    before, after = text[max(match.start() - 2, 0) : match.start()], text[match.end() : match.end() + 2]
    form = word.lower().rstrip("~")
    if _FILLED_PAUSE.fullmatch(form):
        quoted = _QUOTE_BEFORE.search(before) and _QUOTE_AFTER.match(after)
        inside = any(one.isalnum() or one == "_" for one in before[-1:] + after[:1])
        unit = (form != "euh" and word.isupper()) or before.rstrip()[-1:].isdigit()
        return None if quoted or unit or inside else FILLED_PAUSE
    if form not in _MARKERS or word.isupper():
        return None
    if form == "quoi":
        sure = gap == _PAUSED and previous not in _INTERROGATIVES and bool(_CLOSE.match(text, match.end()))
    elif word == "Ben":
        sure = gap == _BROKEN and not _NAME_AFTER.match(text, match.end())
    else:
        # « c'est ben beau », « ou ben »
        sure = form != "ben" or gap != _BARE or previous in _ANSWERS
    return DISCOURSE_MARKER if sure else None


def _word(text: str, match: re.Match[str], gap: int) -> _Word:
    word = match[0]
    form = word.lower().replace("’", "'")
    cut = match["cut"] or ("…" if text.startswith(("…", "..."), match.end()) else "")
    return _Word(
        match.start(), match.end(), form.removesuffix(match["cut"] or ""), capitals=_capitals(word), cut=cut, gap=gap
    )


def _capitals(word: str) -> int:
    """Return 2 for a word in capitals, 1 for one with a first capital only, 0 otherwise."""
    return _ALL_CAPITALS if len(word) > 1 and word.isupper() else int(word[0].isupper())


def _abandoned(words: list[_Word]) -> list[str]:
    """Return the kind of each word, empty for those that stay."""
    kinds = [""] * len(words)
    keys = [_KEYS.get(word.form, word.form) for word in words]
    for first, key in enumerate(keys):
        for length in range(min(_LONGEST_COPY, (len(words) - first) // 2), 0, -1):
            if keys[first + length] != key or (length > 1 and keys[first + 1] == key):
                continue
            if kind := _copied(words, first, length):
                kinds[first : first + length] = [kind] * length
                break
        restart = _restarted(words, first)
        if restart is not None:
            kinds[restart : first + 1] = [FALSE_START] * (first + 1 - restart)
    return kinds


def _copied(words: list[_Word], first: int, length: int) -> str:
    """Return what the `length` words from `first` are, if those that follow say them again."""
    copy = first + length
    stretch, again = words[first:copy], words[copy : copy + length]
    gap = again[0].gap
    inner = [word.gap for word in stretch[1:] + again[1:]]
    if gap == _BROKEN or any(one in {_PAUSED, _BROKEN} for one in inner):
        return ""
    if not all(_same(word, other) for word, other in zip(stretch[:-1], again[:-1], strict=True)):
        return ""
    if not _same(stretch[-1], again[-1]):
        return FALSE_START if _completes(stretch[-1], again[-1], alone=False) else ""
    if gap == _FILLED:
        return "" if length == 1 and stretch[0].form in _ANSWERS else REPETITION
    if gap == _BARE and _sung(words, first, length):
        return ""
    fluent = _may_double(words, first) if length == 1 else _is_complete(words, first, length)
    return "" if fluent else REPETITION


def _may_double(words: list[_Word], place: int) -> bool:
    """Whether the word at `place` can stand twice: « Le Le Corbusier », « l'est est loin », « on y va avec, avec. »."""
    word, again = words[place : place + 2]
    if again.gap == _BARE and again.capitals == 1:
        return True
    if word.form in _SUBJECTS:
        return False
    ends = place + 2 == len(words) or words[place + 2].gap == _BROKEN
    return ends or not (word.form in _DOUBLED or (word.form in _AUXILIARIES and _is_verb(words, place)))


def _is_complete(words: list[_Word], first: int, length: int) -> bool:
    """Whether a stretch said twice is fluent the first time: « on y va, on y va », « un à un à un »."""
    stretch = words[first : first + length]
    bare = words[first + length].gap == _BARE
    before, last = stretch[-2].form, stretch[-1].form
    if last in _AUXILIARIES and before != "c'" and not (before == "y" and last in _THERE_IS):
        asked = first > 0 and words[first - 1].form in _ASKING
        if asked or before in _COMPLETING:
            return True
    if bare and (stretch[0].form in {"un", "une"} or not all(word.form in _SUSPENDED for word in stretch)):
        return True
    return last not in _SUSPENDED


def _is_verb(words: list[_Word], place: int) -> bool:
    """Whether « est » or « a » is not a noun or a letter."""
    named = words[place].capitals or words[place].form in {"a", "as"}
    return not named and (place == 0 or words[place - 1].form not in _ARTICLES | _PREPOSITIONS)


def _sung(words: list[_Word], first: int, length: int) -> bool:
    """Whether « la la » is not the article."""
    if any(word.form != "la" for word in words[first : first + length]):
        return False
    around = (words[one].form for one in (first - 1, first + 2 * length) if 0 <= one < len(words))
    return length > 1 or any(form in _ANSWERS or form == "la" for form in around)


def _restarted(words: list[_Word], last: int) -> int | None:
    """Return the first word of a stretch that stops at `last` and is begun again, or of a cut word alone."""
    word = words[last]
    alone = last if word.cut == "~" else None
    if last + 1 == len(words) or words[last + 1].gap == _BROKEN:
        return alone
    following = words[last + 1]
    if word.cut and _completes(word, following):
        return last
    if word.cut != "~" and (following.gap == _BARE or not _excludes(word, following)):
        return alone
    for first in range(last - 1, max(last - _LONGEST_RESTART, -1), -1):
        if words[first + 1].gap not in {_BARE, _FILLED}:
            break
        if _same(words[first], following):
            return first
    return last if following.gap == _FILLED and not word.cut else alone


def _excludes(word: _Word, following: _Word) -> bool:
    """Whether `following` cannot go on after `word`, so that it begins again."""
    if _same(word, following):
        return False
    return any(word.form in ends and following.form in starts for ends, starts in _NOT_AFTER)


def _same(word: _Word, other: _Word) -> bool:
    if other.capitals > word.capitals or (word.capitals == _ALL_CAPITALS and not other.capitals):
        return False  # « de De Gaulle », « le DE d'ici »
    one, two = _canonical(word), _canonical(other)
    return one == two or {one, two} in ({"l'", "le"}, {"l'", "la"})


def _canonical(word: _Word) -> str:
    return _ELISIONS.get(word.form, word.form)


def _completes(word: _Word, following: _Word, *, alone: bool = True) -> bool:
    """Whether `following` is the word of which `word` is the beginning."""
    fragment = word.form
    if not word.cut or not following.form.startswith(fragment) or following.form == fragment:
        return False
    if word.cut == "~":
        return True
    readings = entries(fragment)
    if len(fragment) < _SHORTEST_CUT:
        return False
    if word.cut == "…" and readings and (alone or any(one.upos != "VERB" for one in readings)):
        return False  # « le bon… le bonheur », but « la coopéra… la coopérative »
    # « étudiant/ étudiante » are two forms of a word
    return not {one.lemma for one in readings} & {one.lemma for one in entries(following.form)}


def _spans(text: str, words: list[_Word], kinds: list[str]) -> list[Disfluency]:
    """Return the spans of successive words of a kind, each up to the next word."""
    spans: list[Disfluency] = []
    for one, (word, kind) in enumerate(zip(words, kinds, strict=True)):
        if not kind:
            continue
        trailing = _TRAILING.match(text, word.end)
        end = trailing.end() if trailing else word.end
        if one and kinds[one - 1] == kind and spans and spans[-1].end == word.start:
            spans[-1] = spans[-1]._replace(end=end)
        else:
            spans.append(Disfluency(word.start, end, kind))
    return spans
