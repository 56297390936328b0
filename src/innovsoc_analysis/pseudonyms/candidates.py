"""Proper names by their capitals, and what the words around them say of their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.pseudonyms.contexts import (
    AFTER_PERSON,
    CLITIC,
    FOREIGN_PARTICLES,
    HEADED,
    LONGEST_ACRONYM,
    LOOKED_BACK,
    LOWER_FOLLOWER,
    LOWER_PLACE,
    LOWER_TITLED,
    LOWER_TOKEN,
    NAMED,
    NEAR_ORGANISATION,
    NEAR_PERSON,
    NEAR_PLACE,
    NEAR_PLACE_WEAKLY,
    NO_NAME,
    NOT_AFTER_TITLE,
    PARTICLES,
    PERSON_HEAD,
    SAID_OF,
    TITLE,
    TOKEN,
)
from innovsoc_analysis.pseudonyms.public import GENERIC, INSTITUTIONS, SPOKEN
from innovsoc_analysis.pseudonyms.records import NAME, ORGANISATION, PERSON, PLACE, Mention
from innovsoc_analysis.pseudonyms.words import (
    is_common,
    is_first_name,
    is_function_word,
    is_name,
    levels_of,
    starts_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

STRONG, FAIR, WEAK, NOTHING = 6.0, 3.0, 1.5, 0.0
SURE = 3.0
"""From this weight on, a kind is not doubted."""


class _Token(NamedTuple):
    start: int
    end: int
    form: str

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital."""
        return self.form[0].isupper()


def find_names(text: str) -> list[Mention]:
    """Return the proper names of a paragraph, the kind of each as the words in and around it say.

    Parameters
    ----------
    text : str
        What is said, without the speaker's label.

    Returns
    -------
    list of Mention
        In order. A weight of zero is that of a capital which nothing else bears out.

    Examples
    --------
    >>> text = "Hier madame Kaur est allée à Verviers avec mon collègue Wekesa."
    >>> [(text[m.start : m.end], m.kind) for m in find_names(text)]
    [('Kaur', 'personne'), ('Verviers', 'lieu'), ('Wekesa', 'personne')]
    """
    found = [*_named(text), *_headed(text)]
    covered = [(mention.start, mention.end) for mention in found]
    for mention in (*_capitals(text), *_lower(text)):
        if not any(start <= mention.start and mention.end <= end for start, end in covered):
            found.append(mention)
            covered.append((mention.start, mention.end))
    return sorted(found)


def _headed(text: str) -> Iterator[Mention]:
    for match in HEADED.finditer(text):
        if not starts_sentence(text, match.start()) or len(match[0].split()) > 2:  # noqa: PLR2004 - « Maison vide »
            capitals = sum(word[0].isupper() for word in match[0].split())
            yield Mention(match.start(), match.end(), ORGANISATION, FAIR if capitals > 1 else WEAK)


def _named(text: str) -> Iterator[Mention]:
    """Yield what stands as a name after « l'asbl » or « la coopérative »."""
    for match in NAMED.finditer(text):
        group = "quoted" if match["quoted"] else "plain"
        words = match[group].split()
        if group == "quoted" or (len(words) > 1 and not is_first_name(words[0])):
            yield Mention(match.start(group), match.end(group), ORGANISATION, FAIR)


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in TOKEN.finditer(text):
        form = CLITIC.sub("", match[0])
        if NO_NAME.fullmatch(form):
            continue
        tokens.append(_Token(match.start(), match.start() + len(form), form))
    return tokens


def _capitals(text: str) -> Iterator[Mention]:
    tokens = _tokens(text)
    number = 0
    while number < len(tokens):
        if not tokens[number].capital:
            number += 1
            continue
        run = _run(text, tokens, number)
        number += len(run)
        yield from _judged(text, run)


def _run(text: str, tokens: list[_Token], first: int) -> list[_Token]:
    """Return the capitals that follow one another, with the particles between them."""
    run = [tokens[first]]
    number = first + 1
    while number < len(tokens):
        token = tokens[number]
        gap = text[run[-1].end : token.start]
        initial = len(run[-1].form) == 1 and gap == ". " and len(token.form) > 1 and not is_common(token.form)
        if gap not in {" ", "\u00a0"} and not initial:
            break
        if token.capital or (token.form.lower() in FOREIGN_PARTICLES and _capital_follows(text, tokens, number)):
            run.append(token)
        else:
            break
        number += 1
    while len(run) > 1 and not run[-1].capital:
        run.pop()
    return run


def _capital_follows(text: str, tokens: list[_Token], number: int) -> bool:
    for token in tokens[number + 1 : number + 3]:
        if token.capital:
            return text[tokens[number].end : token.start].count(" ") <= 2  # noqa: PLR2004
        if token.form.lower() not in PARTICLES:
            return False
    return False


def _judged(text: str, run: list[_Token]) -> Iterator[Mention]:
    """Drop from the ends of `run` what is no name, and say what the rest is."""
    titled = _is_titled(text, run[0].start)
    while run:
        head = run[0]
        if TITLE.search(text[head.start : head.end] + " ") or (
            head.form == "M" and text[head.end : head.end + 1] == "."
        ):
            titled, run = True, run[1:]
        elif not titled and starts_sentence(text, head.start) and _is_opening(head.form):
            run = run[1:]
        elif levels_of(head.form) in SPOKEN and len(run) == 1:
            return
        else:
            break
    while run and not titled and (levels_of(run[-1].form) in SPOKEN or not run[-1].capital):
        run = run[:-1]
    if not run:
        return
    start, end = run[0].start, run[-1].end
    mention = _kind_of(text, (start, end), [token.form for token in run], titled=titled)
    if mention:
        yield mention


def _is_titled(text: str, start: int) -> bool:
    return TITLE.search(text[max(0, start - LOOKED_BACK) : start]) is not None


def _is_opening(word: str) -> bool:
    """Whether a word at the start of a sentence is there for its meaning, not as a name."""
    if levels_of(word) in SPOKEN or levels_of(word) in INSTITUTIONS:
        return True
    return is_common(word) and not is_first_name(word)


def _kind_of(text: str, span: tuple[int, int], forms: list[str], *, titled: bool) -> Mention | None:
    start, end = span
    alone = len(forms) == 1
    if titled:
        initial = alone and len(forms[0]) == 1
        return None if initial or levels_of(forms[0]) in INSTITUTIONS else Mention(start, end, PERSON, STRONG)
    if alone and _names_no_one(forms[0]):
        return None
    before, after = text[max(0, start - 2 * LOOKED_BACK) : start], text[end : end + LOOKED_BACK]
    if is_first_name(forms[0]):
        doubtful = alone and is_common(forms[0]) and starts_sentence(text, start) and not NEAR_PERSON.search(before)
        if doubtful and not AFTER_PERSON.match(after) and after[:1] not in {",", "!"}:
            return None
        return Mention(start, end, PERSON, FAIR if doubtful else STRONG)
    if alone and forms[0].isupper() and len(forms[0]) <= LONGEST_ACRONYM and not is_first_name(forms[0].title()):
        return Mention(start, end, ORGANISATION, WEAK)
    return Mention(start, end, *_by_context(before, after, forms))


def _names_no_one(word: str) -> bool:
    return is_function_word(word) or levels_of(word) in GENERIC | INSTITUTIONS or len(word) == 1


def _by_context(before: str, after: str, forms: list[str]) -> tuple[str, float]:
    """Return the kind of a name that is in no list, and how sure it is."""
    clues = (
        (NEAR_PLACE.search(before), PLACE, FAIR),
        (NEAR_ORGANISATION.search(before), ORGANISATION, FAIR),
        (PERSON_HEAD.search(before), PERSON, WEAK),
        (NEAR_PERSON.search(before), PERSON, STRONG),
        (NEAR_PLACE_WEAKLY.search(before), PLACE, WEAK),
        (AFTER_PERSON.match(after) and not all(map(is_common, forms)), PERSON, FAIR),
    )
    for clue, kind, weight in clues:
        if clue:
            return kind, weight
    # a capital for emphasis, unless the recogniser says otherwise
    emphasis = len(forms) == 1 and is_common(forms[0]) and not is_name(forms[0])
    return NAME, -1.0 if emphasis else NOTHING


def _lower(text: str) -> Iterator[Mention]:
    """Yield names that were transcribed without capitals: known first names, and what follows them or a title."""
    for match in LOWER_TITLED.finditer(text):
        usual = is_common(match["name"]) and not SAID_OF.match(text, match.end())
        if not usual and levels_of(match["name"]) not in SPOKEN and match["name"] not in NOT_AFTER_TITLE:
            yield Mention(match.start("name"), match.end("name"), PERSON, STRONG)
    for match in LOWER_PLACE.finditer(text):
        if not is_common(match["name"]) and is_name(match["name"].title()) and not is_first_name(match["name"]):
            yield Mention(match.start("name"), match.end("name"), PLACE, FAIR)
    for match in LOWER_TOKEN.finditer(text):
        if is_common(match[0]) or not is_first_name(match[0]) or levels_of(match[0]) in SPOKEN:
            continue
        follower = LOWER_FOLLOWER.match(text, match.end())
        surname = follower is not None and not is_common(follower[1]) and levels_of(follower[1]) not in SPOKEN
        end = follower.end() if follower and surname else match.end()
        yield Mention(match.start(), end, PERSON, FAIR)
