"""What no French sentence starts with: corrections to the sentence splitter, by genre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from spacy.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

Genre = Literal["written", "transcript"]

SENTENCES = "innovsoc_sentences"
_NEVER_FIRST = frozenset(",;)]»”")
_BEFORE_LOWER_CASE = frozenset('.!?…:;»")') | {"..."}


@Language.factory(SENTENCES, assigns=["token.is_sent_start"], default_config={"genre": "written"})
def make_sentences(nlp: Language, name: str, genre: Genre) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy's signature
    """Return the component for a genre.

    Parameters
    ----------
    nlp, name : spacy.language.Language, str
        As spaCy gives them.
    genre : {"written", "transcript"}
        In written text a word in lower case starts a sentence only after a punctuation mark; what is
        transcribed often has neither capitals nor full stops.

    Returns
    -------
    callable
        From document to document: sentence starts are taken away, never added.
    """

    def correct(doc: Doc) -> Doc:
        for token in doc[1:]:
            if token.is_sent_start and (
                token.text in _NEVER_FIRST
                or (genre == "written" and token.is_lower and doc[token.i - 1].text not in _BEFORE_LOWER_CASE)
            ):
                token.is_sent_start = False
        return doc

    return correct
