"""The tagger: spaCy's morphologizer, held back from what the dictionary excludes."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.parts_of_speech import NAMES
from spacy.pipeline.morphologizer import DEFAULT_MORPH_MODEL, Morphologizer

from innovsoc_analysis.lexicon.french import entries
from innovsoc_analysis.nlp.shadow import shadow_forms

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from thinc.api import Model

TAGGER = "innovsoc_tagger"
_NAME, _SIGNS = "PROPN", ("PUNCT", "SYM", "X")
_READ_ALOUD = frozenset("€£°§½")
_WORDS = tuple(sorted(set(NAMES.values()) - {*_SIGNS, "SPACE", ""}))


class FrenchTagger(Morphologizer):  # type: ignore[misc]
    """Set part of speech and features.

    A word in lower case that the dictionary knows is neither a name nor a sign, letters are no
    punctuation, and signs are no words: where the network says so, for want of context, the
    best label among the others is taken.
    """

    def predict(self, docs: list[Doc]) -> list[NDArray[np.int64]]:
        """Return the label of each token of each document."""
        if not any(len(doc) for doc in docs):
            return super().predict(docs)
        parts = np.array([NAMES[self.cfg["labels_pos"][label]] for label in self.labels])
        guesses = []
        for doc, scores in zip(docs, self.model.predict(docs), strict=True):
            labels = scores.argmax(axis=1)
            for place, (form, guess) in enumerate(zip(shadow_forms(doc), parts[labels].tolist(), strict=True)):
                if excluded := _excluded(form, guess):
                    labels[place] = np.where(np.isin(parts, excluded), -np.inf, scores[place]).argmax()
            guesses.append(labels)
        return guesses


@functools.lru_cache(maxsize=100_000)
def _excluded(form: str, guess: str) -> tuple[str, ...]:
    """Return the parts of speech that `form` cannot have, if `guess` is one of them."""
    if not any(character.isalpha() for character in form):
        drawn = not form.isascii() and form not in _READ_ALOUD and not any(map(str.isdigit, form))
        return _WORDS if drawn and guess in _WORDS else ()
    excluded: tuple[str, ...] = ("PUNCT",)
    if form.islower() and (known := {entry.upos for entry in entries(form)}):
        excluded = (_NAME, *(sign for sign in _SIGNS if sign not in known))
    return excluded if guess in excluded else ()


@Language.factory(
    TAGGER,
    assigns=["token.morph", "token.pos"],
    default_config={"model": DEFAULT_MORPH_MODEL},
)
def make_tagger(nlp: Language, name: str, model: Model[Any, Any]) -> FrenchTagger:
    """Return the tagger as a component of `nlp`."""
    return FrenchTagger(nlp.vocab, model, name)
