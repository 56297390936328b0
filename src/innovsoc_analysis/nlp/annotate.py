"""Annotate clean texts: sentences and tokens with their places, one paragraph at a time.

A paragraph is handed to the pipeline by itself, so that no sentence runs over its end and
a text of any length costs bounded memory. A paragraph that comes back is annotated once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.nlp.pipeline import load
from innovsoc_analysis.nlp.shadow import inclusive_units

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from spacy.tokens import Doc

    from innovsoc_analysis.nlp.sentences import Genre

# A no-break space would be a token of its own. Every replacement has the same length, so places stay.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\t\n", " "))
_BATCH_CHARACTERS = 60_000
_WINDOW_CHARACTERS = 600_000
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
    """One token with its place in the document; `inclusive` is the kind of an inclusive unit, or empty."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    morph: str
    inclusive: str


class Sentence(NamedTuple):
    """One sentence of a stretch: its place in the document and its tokens."""

    stretch: Stretch
    start: int
    end: int
    tokens: tuple[Token, ...]


def annotate(texts: list[str], stretches: Iterable[Stretch], *, spoken: Container[int] = ()) -> Iterator[Sentence]:
    """Yield the sentences of each stretch, in order.

    Parameters
    ----------
    texts : list of str
        Clean texts.
    stretches : iterable of Stretch
        What to annotate: paragraphs, without speakers' labels.
    spoken : container of int
        Positions of the texts that are transcripts.

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
    pieces = (piece for stretch in stretches for piece in _pieces(texts[stretch.position], stretch))
    for window in _groups(pieces, _WINDOW_CHARACTERS):
        wordings = [
            (texts[stretch.position][start:end].translate(_SPACES), stretch.position in spoken)
            for stretch, start, end in window
        ]
        annotated = {
            said: _annotated("transcript" if said else "written", [text for text, how in wordings if how is said])
            for said in {how for _, how in wordings}
        }
        for (stretch, start, end), (wording, said) in zip(window, wordings, strict=True):
            yield from _placed(annotated[said][wording], stretch, start, texts[stretch.position][start:end])


def _groups(pieces: Iterable[tuple[Stretch, int, int]], size: int) -> Iterator[list[tuple[Stretch, int, int]]]:
    """Gather pieces until they hold about `size` characters."""
    group: list[tuple[Stretch, int, int]] = []
    held = 0
    for piece in pieces:
        group.append(piece)
        held += piece[2] - piece[1]
        if held >= size:
            yield group
            group, held = [], 0
    if group:
        yield group


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


def _annotated(genre: Genre, repeated: list[str]) -> dict[str, list[list[Token]]]:
    """Return the sentences of each wording, places counted from its start; batches hold about as many characters."""
    nlp = load(genre=genre)
    wordings = list(dict.fromkeys(repeated))
    batches = _groups(((Stretch(place, 0, 0), 0, len(one)) for place, one in enumerate(wordings)), _BATCH_CHARACTERS)
    found = {}
    for batch in batches:
        texts = [wordings[stretch.position] for stretch, _, _ in batch]
        for text, doc in zip(texts, nlp.pipe(texts, batch_size=len(texts)), strict=True):
            found[text] = _sentences(doc)
    return found


def _sentences(doc: Doc) -> list[list[Token]]:
    units = inclusive_units(doc)
    sentences: list[list[Token]] = []
    starts = True
    for token in doc:
        starts = starts or bool(token.is_sent_start)
        if token.is_space:
            continue
        if starts:
            _close_last(sentences)
            sentences.append([])
            starts = False
        start, form = token.idx, token.text
        kind = units[token.i]["kind"] if token.i in units else ""
        sentences[-1].append(Token(start, start + len(form), form, token.lemma_, token.pos_, str(token.morph), kind))
    _close_last(sentences)
    return sentences


def _close_last(sentences: list[list[Token]]) -> None:
    """Give a last sentence without letters, a closing quotation mark or a footnote's number, to the one before."""
    if len(sentences) > 1 and not any(character.isalpha() for token in sentences[-1] for character in token.form):
        closing = sentences.pop()
        sentences[-1] += closing


def _placed(sentences: list[list[Token]], stretch: Stretch, offset: int, text: str) -> Iterator[Sentence]:
    for tokens in sentences:
        moved = tuple(
            token._replace(start=offset + token.start, end=offset + token.end, form=text[token.start : token.end])
            for token in tokens
        )
        yield Sentence(stretch, moved[0].start, moved[-1].end, moved)
