"""Annotate clean texts: sentences and tokens with their places, one paragraph at a time.

A paragraph is handed to the pipeline by itself, so that no sentence runs over its end and
a text of any length costs bounded memory.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.nlp.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

# spaCy splits and lemmatises « l'État » and « l’État » differently; no-break spaces become tokens.
# Every replacement has the length of what it replaces, so places stay.
_SAME_LENGTH = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-"})
_BATCH = 32
_LONGEST_RUN = 500
_LONGEST_PIECE = 50_000
_ENDLESS_RUN = re.compile(rf"\S{{{_LONGEST_RUN}}}(?=\S)")
_BREAKABLE = re.compile(r"\s")


class Stretch(NamedTuple):
    """A stretch ``text[start:end]`` of the document at `position` in a list of texts."""

    position: int
    start: int
    end: int


class Token(NamedTuple):
    """One token with its place in the document."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    morph: str


class Sentence(NamedTuple):
    """One sentence of a stretch: its place in the document and its tokens."""

    stretch: Stretch
    start: int
    end: int
    tokens: tuple[Token, ...]


def annotate(texts: list[str], stretches: Iterable[Stretch]) -> Iterator[Sentence]:
    """Yield the sentences of each stretch, in order.

    Parameters
    ----------
    texts : list of str
        Clean texts.
    stretches : iterable of Stretch
        What to annotate: paragraphs, without speakers' labels.

    Yields
    ------
    Sentence
        With at least one token; ``texts[s.stretch.position][s.start:s.end]`` is its wording.

    Examples
    --------
    >>> text = "Un jardin. L’État aide."
    >>> [text[s.start:s.end] for s in annotate([text], [Stretch(0, 0, len(text))])]
    ['Un jardin.', 'L’État aide.']
    """
    nlp = load()
    pieces = (piece for stretch in stretches for piece in _pieces(texts[stretch.position], stretch))
    inputs = (
        (texts[stretch.position][start:end].translate(_SAME_LENGTH), (stretch, start)) for stretch, start, end in pieces
    )
    for doc, (stretch, start) in nlp.pipe(inputs, as_tuples=True, batch_size=_BATCH):
        yield from _sentences(doc, stretch, start, texts[stretch.position])


def _pieces(text: str, stretch: Stretch) -> Iterator[tuple[Stretch, int, int]]:
    """Cut what would make the tokeniser slow: endless runs without a space, endless paragraphs."""
    start = stretch.start
    while start < stretch.end:
        end = min(stretch.end, start + _LONGEST_PIECE)
        if end < stretch.end:
            spaces = [match.start() for match in _BREAKABLE.finditer(text, end - _LONGEST_RUN, end)]
            end = spaces[-1] + 1 if spaces else end
        cuts = [match.end() for match in _ENDLESS_RUN.finditer(text, start, end)]
        for left, right in zip([start, *cuts], [*cuts, end], strict=True):
            yield stretch, left, right
        start = end


def _sentences(doc: Doc, stretch: Stretch, offset: int, text: str) -> Iterator[Sentence]:
    held: tuple[Token, ...] = ()
    for span in doc.sents:
        tokens = tuple(_token(token, offset, text) for token in span if not token.is_space)
        # a closing quotation mark or a footnote's number is not a sentence: it ends the one before
        if held and any(character.isalpha() for token in tokens for character in token.form):
            yield Sentence(stretch, held[0].start, held[-1].end, held)
            held = ()
        held += tokens
    if held:
        yield Sentence(stretch, held[0].start, held[-1].end, held)


def _token(token: SpacyToken, offset: int, text: str) -> Token:
    start = offset + token.idx
    end = start + len(token)
    return Token(start, end, text[start:end], token.lemma_, token.pos_, str(token.morph))
