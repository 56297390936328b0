"""The syntax of motifs: how a rule of several words is written in a codebook.

``docs/codebook.md`` describes it for those who write codebooks. A motif is a sequence of
elements separated by spaces; parsing needs no dictionary and no pipeline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PARTS_OF_SPEECH = ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "AUX", "PRON", "DET", "ADP", "NUM", "INTJ", "SCONJ", "CCONJ")
DEFAULT_GAP = 3
_LONGEST_GAP = 15
_GAP = re.compile(r"(?:…|\.\.\.)(.*)$")
_GAPS = {"": DEFAULT_GAP} | {str(size): size for size in range(1, _LONGEST_GAP + 1)}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to fill an element: words in a row, or the name of a list (``@name``).

    Attributes
    ----------
    words : tuple of str
        Lower-cased unless a capital is asked for.
    upos : str
        Part of speech asked of the last word, or empty. With no word at all: any word of it.
    list_name : str
        Name of the list that gives the words, or empty.
    """

    words: tuple[str, ...] = ()
    upos: str = ""
    list_name: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a motif: its choices, or a gap of at most ``gap`` words when there is none."""

    choices: tuple[Choice, ...] = ()
    optional: bool = False
    gap: int = 0


class MotifSyntaxError(ValueError):
    """A motif that cannot be read; the message is a French sentence without its full stop."""


def parse_motif(text: str) -> tuple[Element, ...]:
    """Return the elements of a motif.

    Parameters
    ----------
    text : str
        Such as ``"personne n'? avoir …2 oser|tenter/VERB"``.

    Returns
    -------
    tuple of Element
        In order.

    Raises
    ------
    MotifSyntaxError
        If it is empty, starts or ends with a gap or an optional word, holds a gap of another
        size or form, or names an unknown part of speech.

    Examples
    --------
    >>> [element.gap for element in parse_motif("à …2 place")]
    [0, 2, 0]
    >>> parse_motif("premier|seul/ADJ")[0].choices[1]
    Choice(words=('seul',), upos='ADJ', list_name='')
    """
    elements = tuple(_element(part) for part in text.replace("’", "'").split())
    if not elements:
        raise MotifSyntaxError("le motif est vide")
    for end, where in ((elements[0], "commence"), (elements[-1], "finit")):
        if end.optional or not end.choices:
            raise MotifSyntaxError(
                f"« {text} » {where} par ce qui peut manquer ; un motif commence et finit par un mot obligatoire"
            )
    return elements


def lists_in(elements: tuple[Element, ...]) -> set[str]:
    """Return the names of the lists that a motif uses.

    Examples
    --------
    >>> lists_in(parse_motif("@acteur financer"))
    {'acteur'}
    """
    return {choice.list_name for element in elements for choice in element.choices if choice.list_name}


def _element(part: str) -> Element:
    if gap := _GAP.match(part):
        if gap.group(1) not in _GAPS:
            raise MotifSyntaxError(
                f"« {part} » : un intervalle compte de 1 à {_LONGEST_GAP} mots et s'écrit « … » ou « …5 »"
            )
        return Element(gap=_GAPS[gap.group(1)])
    optional = part.endswith("?") and len(part) > 1
    return Element(tuple(map(_choice, part.removesuffix("?").split("|"))), optional=optional)


def _choice(text: str) -> Choice:
    if text.startswith("@"):
        if text == "@":
            raise MotifSyntaxError("« @ » n'est suivi d'aucun nom de liste")
        return Choice(list_name=text[1:])
    words, slash, upos = text.rpartition("/")
    if not slash:
        words, upos = text, ""
    elif upos not in PARTS_OF_SPEECH:
        known = ", ".join(PARTS_OF_SPEECH)
        raise MotifSyntaxError(f"« {text} » : la nature « {upos} » n'existe pas ; choisissez parmi {known}")
    if "?" in words:
        raise MotifSyntaxError(f"« {text} » : le « ? » rend facultatif tout l'élément et s'écrit une fois, à sa fin")
    if not words.strip("_") and not upos:
        raise MotifSyntaxError("un choix est vide : vérifiez les « | » du motif")
    return Choice(tuple(word for word in words.split("_") if word), upos)
