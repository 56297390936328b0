"""Inclusive forms without a separator: capitals (étudiantEs), words made of two (acteurices), neutral x (étudianxs)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicon.french import entries, knows
from innovsoc_analysis.text.inclusive_grammar import (
    OPEN_CLASSES,
    masculine_of,
    resolve,
    singular_member,
    with_first_accent,
)
from innovsoc_analysis.text.inclusive_patterns import plural_of
from innovsoc_analysis.text.inclusive_spans import (
    LETTER,
    InclusiveUnit,
    compound_start,
    cut_before,
    in_style,
    word_start,
)
from innovsoc_analysis.text.inclusive_tables import FEMININE_PIECES, FUSED_WORDS, HYPHENS, MIDDLE_POINTS, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITAL = re.compile(r"[A-ZÉÈ](?<=[a-zà-öø-ÿœ].)[A-ZÉÈ]{0,6}[a-z]?(?!\w)")
_CLOSED = re.compile(
    r"[acefilmstACEFILMST](?<!\w.)(?i:el|ou|e[ul]l|eux|ll?[ueé]|ae|æ|aon|opaine|delphe|r[œeo])"
    rf"{LETTER}{{0,10}}(?:-(?i:ci|là))?(?!\w)",
)
_ENDINGS = (
    (re.compile(r"eur(?:s?[iI]ces?|s?r?ices?|s?euses?|trices?)(?!\w)"), "eur"),
    (re.compile(r"euxe?u?ses?(?!\w)"), "eux"),
    (re.compile(r"i[eè]r[eè]res?(?!\w)"), "ier"),
    (re.compile(r"[eè]r[eè]res?(?!\w)"), "er"),
    (re.compile(r"ifi?ves?(?!\w)"), "if"),
)
# what no word of one gender holds: looked for first, since it is rare
_CORE_LETTERS = "eurice eursice eurrice eursrice eureuse eurseuse eurtrice euxse euxeuse erère erere ifve ifive"
_CORES = tuple(_CORE_LETTERS.split())
_X = re.compile(r"x(?<=[a-zà-öø-ÿœ].)s?(?!\w)")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;«\n\"“‘(>)]|[-–—•·]\s)\s{0,3}$")
_PLURAL_BEFORE = re.compile(
    r"(?<!\w)(?:[lcdmtsLCDMTS]es|[nvNV]os|[lL]eurs|[aA]ux|[cC]h[eè]r[sx]?s|\w{2,5}tes|deux|trois|quatre|\d+)\s$"
)
_MEMBER = re.compile(rf"[{HYPHENS}]({LETTER}{{2,20}})(?![\w{MIDDLE_POINTS}{HYPHENS}]|[./(]{LETTER})")
# what stands before a noun without being one
_PREFIXES = frozenset({"vice", "ex", "co", "sous", "auto", "néo", "non", "semi", "demi"})
_SHORTEST = 4
_SHORTEST_NEUTRAL = 3
_NO_NEUTRAL = frozenset({"latinx", "latinxs", "unix", "vertex", "latex", "index", "codex", "cortex"})


def find_capitals(text: str) -> Iterator[InclusiveUnit]:
    """Yield forms that mark the feminine by capitals: ``étudiantEs``, ``touTEs``."""
    for match in _CAPITAL.finditer(text):
        capitals = match[0]
        plural = "s" if capitals.endswith("s") else ""
        if capitals[-1].islower() and not plural:
            continue
        piece = capitals.lower()
        if capitals.endswith("SS"):
            continue
        start = word_start(text, match.start())
        stem = text[start : match.start()]
        if piece.removesuffix("s") not in FEMININE_PIECES or len(stem) < 2 or not stem[1:].islower():  # noqa: PLR2004
            continue
        known = with_first_accent(stem.lower())
        pieces = (piece[:-1], "s") if (known, piece) == ("tou", "tes") else (piece,)
        word = resolve(known, pieces, free=False)
        if word and _standing_alone(text, start):
            yield unit(text, (start, match.start(), match.end()), word, kind="capital")


def find_fused(text: str) -> Iterator[InclusiveUnit]:
    """Yield words made of both genders: ``acteurices``, ``toustes``, ``iel``."""
    for match in _CLOSED.finditer(text):
        form = match[0]
        word = FUSED_WORDS.get(form.lower())
        if word and _placed(text, match.start(), match.end()):
            kind = "x_form" if "xt" in form.lower() else "portmanteau"
            yield unit(text, (match.start(), match.end(), match.end()), word, kind=kind)
    for place in _cores(text):
        start = word_start(text, place)
        found = _fused_at(text, start, place)
        if found:
            yield found


def _cores(text: str) -> Iterator[int]:
    for core in _CORES:
        for spelled in (core, core.upper()):
            place = text.find(spelled)
            while place >= 0:
                yield place
                place = text.find(spelled, place + 1)


def _fused_at(text: str, start: int, place: int) -> InclusiveUnit | None:
    tail = text[place - 1 : place + 12].lower() if place > start else ""
    for ending, masculine in _ENDINGS:
        for skipped in (1, 0):
            match = ending.match(tail, skipped) if tail else None
            end = place - 1 + match.end() if match else 0
            form = text[start:end]
            if not match or place - 1 + skipped - start < 2 or knows(form) or not _standing_alone(text, start):  # noqa: PLR2004
                continue
            word = _of_base(form[: len(form) - len(match[0])].lower() + masculine, plural=form[-1] in "sS")
            if word:
                return unit(text, (start, end, end), word, kind="portmanteau")
    return None


def find_neutral(text: str) -> Iterator[InclusiveUnit]:
    """Yield words made neutral by an x: ``étudianxs``, ``amixs``."""
    for match in _X.finditer(text):
        start = word_start(text, match.start())
        base = text[start : match.start()]
        form = text[start : match.end()]
        low = form.lower()
        if len(base) < _SHORTEST_NEUTRAL or not base[1:].islower() or low in _NO_NEUTRAL or knows(form):
            continue
        if base[0].isupper() and not _SENTENCE_START.search(text, max(0, start - 4), start):
            continue
        if not _standing_alone(text, start):
            continue
        word = _of_neutral(
            base.lower(), plural=low.endswith("s") or _PLURAL_BEFORE.search(text, max(0, start - 8), start) is not None
        )
        if word:
            yield unit(text, (start, match.end(), match.end()), word, kind="x_form")


def unit(text: str, bounds: tuple[int, int, int], word: Word, *, kind: str) -> InclusiveUnit:
    """Return the unit of `word`, written from its start over the end of its stem to its end.

    Parameters
    ----------
    text : str
        Where it stands.
    bounds : tuple of int
        Start of the unit, end of the stem, end of the unit.
    word : Word
        What it says.
    kind : str
        How it is written.

    Returns
    -------
    InclusiveUnit
        With the first members of a compound.
    """
    start, stem_end, end = bounds
    stem = text[start:stem_end]
    following = _MEMBER.match(text, end)
    if following:
        word, end = _with_member(word, following)
    if word.closed:
        return InclusiveUnit(start, end, text[start:end], word.lemma, word.number, kind, in_style(word.masculine, stem))
    whole = compound_start(text, start)
    prefix = text[whole:start]
    cut, member = cut_before(text, start)
    if member.lower() in _PREFIXES or (member and knows(f"{member.lower()}-{word.lemma}")):
        whole, prefix = cut, f"{member}-"
    model = text[whole:stem_end] if prefix.isupper() else stem
    lemma, masculine = word.lemma, word.masculine
    if prefix:
        lemma = _singular_members(prefix.lower(), lemma) + lemma
        plural = plural_of(lemma) if word.number == "Plur" else ""
        prefix = _plural_members(prefix, plural, masculine)
    return InclusiveUnit(whole, end, text[whole:end], lemma, word.number, kind, prefix + in_style(masculine, model))


def _with_member(word: Word, following: re.Match[str]) -> tuple[Word, int]:
    """Add the last member of a compound that the dictionary knows: ``expert·e-comptable``, ``celui·celle-ci``."""
    member = following[1].lower()
    whole = f"{word.masculine}-{member}"
    if not knows(whole) and (word.closed or not _is_noun(member)):
        return word, following.start()
    return word._replace(lemma=f"{word.lemma}-{singular_member(member)}", masculine=whole), following.end()


def _is_noun(form: str) -> bool:
    """Whether `form` is a noun and no adverb or pronoun: ``auteur·rice-interprète``, but not ``auteur·rice-là``."""
    classes = {entry.upos for entry in entries(form)}
    return "NOUN" in classes and classes <= OPEN_CLASSES


def _singular_members(prefix: str, lemma: str) -> str:
    """Return the singular of `prefix`: ``aides-soignant·e·s``, but ``sous-préfet·e·s``."""
    if knows(prefix + lemma):
        return prefix
    return "".join(f"{singular_member(member)}-" for member in prefix[:-1].split("-"))


def _plural_members(prefix: str, plural: str, masculine: str) -> str:
    """Return `prefix` with an s if the dictionary has the compound so: ``sapeurs-pompiers``."""
    member = prefix[:-1]
    if plural and not knows(prefix + masculine) and knows(f"{member}s-{masculine}"):
        return f"{member}s-"
    return prefix


def _of_base(base: str, *, plural: bool) -> Word | None:
    entry = masculine_of(base)
    known = entry is not None or (base.endswith("eur") and knows(base))
    if not known and not (len(base) > _SHORTEST and base.endswith("teur")):
        return None
    lemma = entry.lemma if entry else base
    return Word(lemma, "Plur" if plural else "Sing", plural_of(lemma) if plural else base)


def _of_neutral(base: str, *, plural: bool) -> Word | None:
    bases = [base, f"{base}t"] if base.endswith("n") else [base]
    if base.endswith("èr"):
        bases.append(f"{base[:-2]}er")
    if base.endswith("e") and len(base) > _SHORTEST:
        bases.append(base[:-1])
    for candidate in bases:
        entry = masculine_of(candidate)
        if entry and entry.number != "Plur":
            lemma = entry.lemma if entry.upos != "VERB" else candidate
            return Word(lemma, "Plur" if plural else "Sing", plural_of(lemma) if plural else candidate)
    return None


def _standing_alone(text: str, start: int) -> bool:
    return start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "_@#.·•")


def _placed(text: str, start: int, end: int) -> bool:
    """Whether the capitals of a word are those of its place: elsewhere it is a name, as in « les Adelphes »."""
    form = text[start:end]
    if form.isupper():
        return (text[max(0, start - 12) : start] + text[end : end + 12]).isupper()
    return form[0].islower() or _SENTENCE_START.search(text, max(0, start - 4), start) is not None
