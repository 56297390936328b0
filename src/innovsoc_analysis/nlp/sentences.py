"""What no French sentence starts with: corrections to the sentence splitter, by genre."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, get_args

from spacy.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Genre = Literal["written", "transcript"]

SENTENCES = "innovsoc_sentences"
_NEVER_FIRST = frozenset(",;)]}>»”")
_OPENING = frozenset("\"'«“‘([–—-•")
_BEFORE_LOWER_CASE = frozenset('.!?…:;»")') | {"..."}
_NUMBERING = re.compile(r"\d+|[IVXLC]+|[^\W\d_]|[Aa]rt\.?|[.)°-]|[^\W\d_]{1,2}\.")
_LONGEST_NUMBERING = 4


class Sentences:
    """Take away sentence starts that cannot be; none is added.

    Parameters
    ----------
    genre : {"written", "transcript"}
        In written text a word in lower case starts a sentence only after a punctuation mark, and a
        number alone is part of what it numbers; what is transcribed often has neither capitals nor
        full stops.

    Raises
    ------
    ValueError
        If the genre is neither.
    """

    def __init__(self, genre: Genre) -> None:
        if genre not in get_args(Genre):
            msg = f"unknown genre {genre!r}: choose among {get_args(Genre)}"
            raise ValueError(msg)
        self.genre = genre

    def __call__(self, doc: Doc) -> Doc:
        """Correct a document and return it."""
        start = 0
        for token in doc[1:]:
            if not token.is_sent_start:
                continue
            before = doc[token.i - 1]
            if (
                token.text in _NEVER_FIRST
                or (before.is_sent_start and before.text in _OPENING)
                or (self.genre == "written" and _goes_on(token, doc[start : token.i]))
            ):
                token.is_sent_start = False
            else:
                start = token.i
        return doc


def _goes_on(token: Token, before: Span) -> bool:
    """Whether `token` goes on the sentence `before`: in lower case, or numbered by it (« 1. », « Art. 3. »)."""
    last = before[-1].text
    if token.is_lower and last not in _BEFORE_LOWER_CASE:
        return True
    numbered = len(before) <= _LONGEST_NUMBERING and last[-1] in ".)"
    return numbered and all(_NUMBERING.fullmatch(one.text) for one in before)


@Language.factory(SENTENCES, assigns=["token.is_sent_start"], default_config={"genre": "written"})
def make_sentences(nlp: Language, name: str, genre: Genre) -> Sentences:  # noqa: ARG001 - spaCy's signature
    """Return the component for a genre."""
    return Sentences(genre)
