"""Words cut at the end of a line: the hyphen goes or stays by what the document and the dictionary know."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicon.french import knows
from innovsoc_analysis.text.breaks import find_breaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innovsoc_analysis.text.offsets import Edit

LOWER_CASE = "a-zà-öø-ÿœæ"
_UPPER_CASE = "A-ZÀ-ÖØ-ÞŒÆ"
_HYPHENS = "-\u2010\u2011"
_CUT = re.compile(
    rf"(?<=[^\W\d_])[-\u2010\u00ad](?=[ \t]*\n[ \t]*[{LOWER_CASE}])"
    rf"|(?<=[{_UPPER_CASE}]{{2}})[-\u2010\u00ad](?=[ \t]*\n[ \t]*[{_UPPER_CASE}]{{2}})"
)
_WORD = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}][^\W\d_]+)*")
_LEFT = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}][^\W\d_]+)*\Z")
_LONGEST = 60
_PLURAL = re.compile(rf"(?:[{LOWER_CASE}]{{1,5}})-s\Z")
_CLITICS = re.compile("ce|ci|elles?|en|eux|ils?|je|la|les?|leur|lui|là|moi|nous|on|t|toi|tu|vous|y")
_PREFIXES = re.compile("anti|auto|co|médico|multi|para|pré|rétro|ré|socio")
# words that the dictionary knows as parts of locutions only
_IN_LOCUTIONS = frozenset({"parce", "tandis"})
_SOFT_HYPHEN = "\u00ad"


def hyphenation_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that make words whole which a line end cuts after a hyphen.

    See `keeps_hyphen` for what is decided. A soft hyphen never stays. Words in capitals are
    treated alike; a capital after small letters is a name of several (``Saint-`` / ``Gilles``),
    which is left to the joining of lines.

    Examples
    --------
    >>> list(hyphenation_edits("une ini-\ntiative, peut-\nêtre"))
    [(7, 9, ''), (23, 24, '')]
    """
    cuts = [(start, end) for start, end in find_breaks(text) if start and _CUT.match(text, start - 1)]
    words = count_words(text) if cuts else Counter()
    for start, end in cuts:
        left = _LEFT.search(text[max(0, start - 1 - _LONGEST) : start - 1])
        right = _WORD.match(text, end, end + _LONGEST)
        stays = left and right and text[start - 1] != _SOFT_HYPHEN and keeps_hyphen(left[0], right[0], words)
        yield start if stays else start - 1, end, ""


def is_cut_word(line: str, following: str) -> bool:
    """Return whether `line` ends in a hyphen after which a word may go on in `following`.

    Examples
    --------
    >>> is_cut_word("une ini-", "tiative"), is_cut_word("à Saint-", "Gilles")
    (True, False)
    """
    tail = line[-3:]
    return _CUT.match(f"{tail}\n{following[:2]}", len(tail) - 1) is not None


def count_words(text: str) -> Counter[str]:
    """Count the words of `text` in small letters, hyphens written alike.

    Examples
    --------
    >>> count_words("Peut-être, peut\u2011être")
    Counter({'peut-être': 2})
    """
    return Counter(_plain(word) for word in _WORD.findall(text))


def keeps_hyphen(left: str, right: str, words: Mapping[str, int]) -> bool:
    """Return whether the hyphen between two parts of a word belongs to it.

    Whichever of the two writings the document itself uses more often is right; then the one
    with a hyphen if the dictionary has it, for it can be cut here only; then the one without.
    Both unknown, the hyphen stays between two words (``dit-`` / ``elle``) and after a prefix
    that is often set apart, unless a capital at the start tells a name, which is cut anywhere.

    Parameters
    ----------
    left, right : str
        What stands before and after the cut, with the other hyphens of the word if it has some.
    words : mapping of str to int
        How often each word stands in the document, see `count_words`.

    Examples
    --------
    >>> keeps_hyphen("ini", "tiative", {}), keeps_hyphen("peut", "être", {}), keeps_hyphen("vis-à", "vis", {})
    (False, True, True)
    """
    named = left[0].isupper() and not left.isupper()
    left, right = _plain(left), _plain(right)
    if right.endswith("qu"):
        right += "e"
    if right in {"e", "s", "x"} or _PLURAL.match(right):
        return True
    last, first = left.rpartition("-")[2], right.partition("-")[0]
    hyphened = {f"{left}-{right}", f"{last}-{first}"}
    joined = {f"{left}{right}", f"{last}{first}"}
    surplus = sum(words.get(form, 0) for form in hyphened) - sum(words.get(form, 0) for form in joined)
    if surplus:
        return surplus > 0
    if left != last and knows(f"{left}{right}"):
        return False
    if any(map(knows, hyphened)) or any(map(_is_whole, joined)):
        return any(map(knows, hyphened))
    if named and first == right and not _CLITICS.fullmatch(first) and not _PREFIXES.fullmatch(last):
        return False
    return knows(first) and (knows(last) or _PREFIXES.fullmatch(last) is not None)


def _is_whole(word: str) -> bool:
    return word in _IN_LOCUTIONS or knows(word)


def _plain(word: str) -> str:
    return word.lower().replace("\u2010", "-").replace("\u2011", "-")
