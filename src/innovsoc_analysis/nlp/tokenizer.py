"""The tokeniser of the pipeline: an inclusive unit is one token, and carries the masculine that stands in for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from spacy.tokens import Doc, Token
from spacy.util import registry

from innovsoc_analysis.nlp.words import split_words
from innovsoc_analysis.text.inclusive import find_inclusive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spacy.language import Language
    from spacy.vocab import Vocab

    from innovsoc_analysis.text.inclusive import InclusiveUnit

_LONGEST_RUN = 500
_RUN = re.compile(r"\s+|\S+")

Token.set_extension("inclusive", default=None, force=True)


class FrenchTokenizer:
    """Cut a text into a spaCy document; see `split_words` for the conventions.

    Parameters
    ----------
    vocab : spacy.vocab.Vocab
        Of the pipeline.

    Notes
    -----
    A token that is an inclusive unit says so in ``token._.inclusive``: a dictionary of its
    ``kind``, ``lemma``, ``number`` and ``masculine``; every other token has ``None`` there.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the document of `text`, not yet annotated."""
        words: list[str] = []
        spaces: list[bool] = []
        units: dict[int, InclusiveUnit] = {}
        position = 0
        for unit in find_inclusive(text):
            self._cut(text[position : unit.start], words, spaces)
            units[len(words)] = unit
            words.append(unit.form)
            spaces.append(False)
            position = unit.end
        self._cut(text[position:], words, spaces)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        for place, unit in units.items():
            doc[place]._.inclusive = {name: getattr(unit, name) for name in ("kind", "lemma", "number", "masculine")}
        return doc

    def to_bytes(self, **_: object) -> bytes:
        """Return nothing: the tokeniser has no state."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> Self:
        """Return the tokeniser itself."""
        return self

    def to_disk(self, _path: Path | str, **_: object) -> None:
        """Write nothing."""

    def from_disk(self, _path: Path | str, **_: object) -> Self:
        """Return the tokeniser itself."""
        return self

    @staticmethod
    def _cut(text: str, words: list[str], spaces: list[bool]) -> None:
        for run in _RUN.findall(text):
            if not run.isspace():
                parts = [
                    word
                    for start in range(0, len(run), _LONGEST_RUN)
                    for word in split_words(run[start : start + _LONGEST_RUN])
                ]
                words += parts
                spaces += [False] * len(parts)
                continue
            if run[0] == " " and spaces and not spaces[-1]:
                spaces[-1] = True
                run = run[1:]  # noqa: PLW2901 - what is left is a token of white space
            if run:
                words.append(run)
                spaces.append(False)


@registry.tokenizers("innovsoc.FrenchTokenizer.v1")  # type: ignore[untyped-decorator]
def french_tokenizer() -> Callable[[Language], FrenchTokenizer]:
    """Return what makes the tokeniser of a pipeline."""
    return _make


def _make(nlp: Language) -> FrenchTokenizer:
    return FrenchTokenizer(nlp.vocab)
