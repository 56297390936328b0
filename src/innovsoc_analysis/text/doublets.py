"""Both genders written out: les habitants et les habitantes, celles et ceux, un ou une bénévole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.lexicon.french import entries
from innovsoc_analysis.text.inclusive_grammar import agree, with_first_accent
from innovsoc_analysis.text.inclusive_patterns import plural_of
from innovsoc_analysis.text.inclusive_spans import LETTER, InclusiveUnit, in_style, word_start
from innovsoc_analysis.text.inclusive_tables import FULL_PAIRS, HYPHENS, KINDS, MIDDLE_POINTS, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = "[ \\n\\u00a0\\u202f]"
_JOINING_WORD = re.compile(
    rf"{_SPACE}{{1,3}}(?=[&aceomntAEON])([eE][tT](?:/(?:ou|OU)|{_SPACE}aussi)?|[oO][uU](?:{_SPACE}(?:bien|encore))?|&|ni|NI"
    rf"|(?:tout{_SPACE})?comme|mais{_SPACE}aussi|(?:ainsi|AINSI|aussi{_SPACE}bien){_SPACE}(?:que?|QUE?))(?:\s{{1,3}}|(?<=[uU])['’])"
)
_JOINING_MARK = re.compile(r"[,(/]")
_TITLED = re.compile(r"(?:[Mm](?:adame|onsieur|me|\.)|Mlle)\s$")
_TOKEN = re.compile(
    rf"(?P<word>{LETTER}{{1,40}}(?:[{HYPHENS}]{LETTER}{{1,40}}){{0,3}})(?P<after>['’]|[ \u00a0\u202f\n]{{1,3}})?"
)
_BETWEEN_WORDS = (
    "le la les l un une des du de d au aux à ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos "
    "leur leurs chaque tout toute tous toutes certains certaines quelques plusieurs nombreux nombreuses deux trois "
    "quatre cinq six pour par avec chez sans entre envers sur qu"
)
_BETWEEN = frozenset(_BETWEEN_WORDS.split())
_PREPOSITIONS = frozenset({"à", "de", "d", "pour", "par", "avec", "chez", "sans", "entre", "envers"})
_ALL = frozenset({"tout", "toute", "tous", "toutes"})
_DETERMINERS_WORDS = "le la l un une du au ce cet cette mon ma ton ta son sa de"
_DETERMINERS = frozenset(_DETERMINERS_WORDS.split())
_BEFORE_NOUN_WORDS = (
    "cher petit grand nouveau ancien futur bon meilleur premier dernier seul beau gros mauvais prochain vrai "
    "certain tout vieux nombreux tel quel"
)
_BEFORE_NOUN = frozenset(_BEFORE_NOUN_WORDS.split())
_SEPARATOR = rf"(?P<sep> ?[.(/{MIDDLE_POINTS}{HYPHENS}] ?| \(?ou )"
_MASCULINE_FIRST = re.compile(rf"(?<!\w)(?P<m>[dDaA]u){_SEPARATOR}(?P<f>(?:de|à) la)(?!\w)")
_FEMININE_FIRST = re.compile(rf"(?<!\w)(?P<f>(?:[dD]e|[àÀ]) la){_SEPARATOR}(?P<m>[dDaA]u)(?!\w)")
_LA = re.compile(r" la(?!\w)")
_INVERTED = re.compile(rf"[{HYPHENS}](ils?|elles?)$")
_COMPLEMENTED = re.compile(
    rf"(?:(?:les?|la|des?|une?|du|aux?|[nv]os|leurs?|ses) |[ldLD]['’])?(?P<word>{LETTER}{{3,40}})"
    rf"(?P<complement> (?:(?:en|de|du|des|à|au|aux|par|sans) (?:la |l['’])?|d['’]){LETTER}{{2,40}})"
    rf"(?!{LETTER}|[{HYPHENS}])"
)
_OPTIONAL = "(s)"
_PRONOUN_AFTER = re.compile(r"/i?elles?(?!\w)|/iels?(?!\w)")
_LONGEST_TITLE = 9
_LONGEST_CONTRACTION = 12
_MOST_TOKENS = 5


class _Joint(NamedTuple):
    """What joins two words, spaces included: how, and whether the plurals of both are in parentheses."""

    start: int
    end: int
    mark: str
    optional: bool = False


def find_doublets(text: str) -> Iterator[InclusiveUnit]:
    """Yield pairs of whole words that are one word in its two genders, and of pronouns and determiners.

    Examples
    --------
    >>> [unit.form for unit in find_doublets("La directrice ou le directeur reçoit celles et ceux du quartier.")]
    ['directrice ou le directeur', 'celles et ceux']
    >>> list(find_doublets("Le moral et la morale, les pères et les mères, des ports et des portes."))
    []
    """
    yield from _contractions(text)
    for joint in _joints(text):
        if joint.start > 0 and text[joint.start - 1].isalpha():
            start = _first_word(text, joint.start)
            found = (_doublet(text, start, joint) or _complemented(text, joint)) if start < joint.start else None
            if found:
                yield found


def _contractions(text: str) -> Iterator[InclusiveUnit]:
    """Yield ``du·de la``, ``à la ou au``: contractions whose feminine is two words."""
    for la in _LA.finditer(text):
        start = max(0, la.start() - 2)
        match = (
            _FEMININE_FIRST.match(text, start)
            or _FEMININE_FIRST.match(text, start + 1)
            or _MASCULINE_FIRST.search(text, max(0, la.start() - _LONGEST_CONTRACTION), la.end())
        )
        if match is None or (match["m"].lower(), match["f"].lower()) not in FULL_PAIRS:
            continue
        separator = match["sep"].strip()
        closing = 1 if separator[0] == "(" else 0
        end = match.end() + closing
        if not closing or text[match.end() : end] == ")":
            form = text[match.start() : end]
            masculine = match["m"].lower()
            kind = KINDS.get(separator[0], "doublet")
            yield InclusiveUnit(match.start(), end, form, masculine, "Sing", kind, in_style(masculine, form[0]))


def _joints(text: str) -> Iterator[_Joint]:
    for match in _JOINING_WORD.finditer(text):
        start = match.start()
        if text[start - 1] == ",":
            start -= 1
        mark = "ou" if match[1][0] in "oO" or "/" in match[1] else "et"
        if text[max(0, start - len(_OPTIONAL)) : start] == _OPTIONAL:
            yield _Joint(start - len(_OPTIONAL), match.end(), mark, optional=True)
        else:
            yield _Joint(start, match.end(), mark)
    for match in _JOINING_MARK.finditer(text):
        start, end = match.start(), match.end()
        if match[0] != "," and text[start - 1 : start].isspace():
            start -= 1
        if match[0] == "(" and text[end : end + 3] in {"ou ", "et "}:
            end += 3
        if match[0] != "(" and text[end : end + 1].isspace():
            end += 1
        yield _Joint(start, end, match[0])


def _first_word(text: str, end: int) -> int:
    """Return where the word that ends at `end` starts, hyphens included; `end` if it is no whole word."""
    start = word_start(text, end)
    for _ in range(3):
        if start < 2 or start == end or text[start - 1] not in HYPHENS or not text[start - 2].isalpha():  # noqa: PLR2004
            break
        start = word_start(text, start - 1)
    glued = start > 0 and (text[start - 1].isalnum() or text[start - 1] in f"_@#.{MIDDLE_POINTS}")
    return end if glued else start


def _doublet(text: str, start: int, joint: _Joint) -> InclusiveUnit | None:
    """Look for the other gender of the word before `joint`."""
    first = text[start : joint.start]
    inverted = _INVERTED.search(first) if joint.mark in {"ou", "/"} else None
    if inverted:
        start += inverted.start(1)
        first = inverted[1]
    low = first.lower()
    before = _start_before(text, start)
    echo = text[before : start - 1].lower() if before < start else ""
    place = joint.end
    between = repeated = False
    for _ in range(_MOST_TOKENS):
        token = _TOKEN.match(text, place)
        if token is None:
            return None
        other = token["word"].lower()
        bounds = start, token.end("word")
        if other[0] == low[0] or (low, other) in FULL_PAIRS:
            word = _said(first, token["word"], joint.mark, between=between)
            if (
                word
                and not (repeated and word.masculine in _DETERMINERS)
                and _stands(text, bounds, joint, low=low, echo=echo)
                and not (joint.mark == "," and _TITLED.search(text, max(0, before - _LONGEST_TITLE), before))
            ):
                return _found(text, bounds, joint, word=word)
        echoed = bool(echo) and other[0] == echo[0] and (echo == other or agree(echo, other) is not None)
        if echoed and echo != other:
            word = _said(text[before : start - 1], token["word"], joint.mark, between=between)
            if word and not word.closed and word.lemma not in _BEFORE_NOUN and _followed(text, token.end(), low):
                return _found(text, (before, token.end("word")), joint, word=word)
        if not echoed and (joint.mark == "," or other not in _BETWEEN):
            return None
        between = between or not (other in _PREPOSITIONS or (echoed and other in _ALL))
        repeated = repeated or other in _PREPOSITIONS
        place = token.end()
        if not token["after"]:
            return None
    return None


def _said(first: str, second: str, mark: str, *, between: bool) -> Word | None:
    """Return what two words say that may be one word in its two genders."""
    low = (first.lower(), second.lower())
    pair = FULL_PAIRS.get(low)
    if pair:
        fits = mark in {"/", "(", "ou"} or "et" in pair[1]
        return pair[0] if fits and not between and mark != "," else None
    word, noun = _agreed(first, second, between=between)
    if word is None or (not noun and (between or mark in {",", "/", "("})):
        return None
    # un voisin, une voisine; but: Madame la Présidente, le président; le premier, la première
    twins = between and first[0].isupper() == second[0].isupper() and word.lemma not in _BEFORE_NOUN
    return None if mark == "," and word.number != "Plur" and not twins else word


def _agreed(first: str, second: str, *, between: bool) -> tuple[Word | None, bool]:
    """Return what two words say that agree but in gender, and whether they are nouns."""
    if first.isupper() and second.isupper() and len(first) > 1:
        return agree(first, second) or (None, False)
    agreed = agree(with_first_accent(first.lower()), with_first_accent(second.lower()))
    if first[0].isupper() and second[0].isupper():
        if all(any(entry.upos == "PROPN" for entry in entries(name)) for name in (first, second)):
            return None, False
        if agreed is None:
            agreed = agree(first, second)
            # two given names can look like an inhabitant in two genders
            if agreed and agreed[0].number != "Plur" and not between:
                return None, False
    return agreed or (None, False)


def _stands(text: str, bounds: tuple[int, int], joint: _Joint, *, low: str, echo: str) -> bool:
    """Whether the second word ends where it seems to, and ``son`` is no noun: le son ou sa source."""
    end = bounds[1]
    if joint.optional:
        return text.startswith(_OPTIONAL, end)
    if joint.mark == "(":
        return text.startswith(")", end)
    if low in {"son", "ton"} and echo in _DETERMINERS:
        return False
    after = text[end : end + 2]
    return not (after[:1] and (after[0] in f"_@({MIDDLE_POINTS}" or (after[0] == "." and after[1:].isalpha())))


def _followed(text: str, place: int, low: str) -> bool:
    """Whether the second noun too is followed by the adjective: étudiantes étrangères et étudiants étrangers."""
    token = _TOKEN.match(text, place)
    return token is not None and (token["word"].lower() == low or agree(low, token["word"].lower()) is not None)


def _found(text: str, bounds: tuple[int, int], joint: _Joint, *, word: Word) -> InclusiveUnit:
    start, end = bounds
    if joint.mark == "/" and word.lemma == "il":
        third = _PRONOUN_AFTER.match(text, end)
        end = third.end() if third else end
    elif joint.mark == "(":
        end += 1
    elif joint.optional:
        end += len(_OPTIONAL)
        word = word._replace(number="Plur", masculine=plural_of(word.lemma))
    style = in_style(word.masculine, text[start : joint.start])
    return InclusiveUnit(start, end, text[start:end], word.lemma, word.number, KINDS.get(joint.mark, "doublet"), style)


def _complemented(text: str, joint: _Joint) -> InclusiveUnit | None:
    """Look for two nouns with the same complement: étudiants en droit et étudiantes en droit."""
    match = _COMPLEMENTED.match(text, joint.end)
    if match is None or not text.endswith(match["complement"], 0, joint.start):
        return None
    end = joint.start - len(match["complement"])
    start = _first_word(text, end)
    word = _said(text[start:end], match["word"], joint.mark, between=True) if start < end else None
    if word is None:
        return None
    bounds = start, match.end("word")
    return InclusiveUnit(
        *bounds, text[slice(*bounds)], word.lemma, word.number, "doublet", in_style(word.masculine, text[start:end])
    )


def _start_before(text: str, start: int) -> int:
    """Return where the word before the one at `start` starts; `start` if there is none."""
    if start < 2 or not (text[start - 1].isspace() or text[start - 1] in "'’"):  # noqa: PLR2004
        return start
    before = word_start(text, start - 1)
    return before if before < start - 1 else start
