"""The last step of the pipeline: lemmas from form and part of speech, and what inclusive units say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from innovsoc_analysis.nlp.lemmas import lemma_of
from innovsoc_analysis.nlp.shadow import inclusive_units, shadow_forms

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LEMMATIZER = "innovsoc_lemmatizer"
_BOTH_GENDERS = "Fem,Masc"
_OF_ONE = frozenset({"le", "la", "l'", "l’", "du", "au", "un", "une", "ce", "cet", "cette", "chaque"})
_SHORTEST_ACRONYM = 3


@Language.component(LEMMATIZER, assigns=["token.lemma"], requires=["token.pos", "token.morph"])
def lemmatize(doc: Doc) -> Doc:
    """Set the lemma of every token; an inclusive unit has its own lemma, number and both genders.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Tagged.

    Returns
    -------
    spacy.tokens.Doc
        The same document.
    """
    for token, form in zip(doc, shadow_forms(doc), strict=True):
        if token.is_space:
            token.pos_ = "SPACE"
            token.set_morph("")  # type: ignore[attr-defined]
        if _is_acronym(token, form):
            token.pos_ = "PROPN"
        token.lemma_ = lemma_of(form, token.pos_, str(token.morph))
    for place, unit in inclusive_units(doc).items():
        token = doc[place]
        token.lemma_ = unit["lemma"]
        feats = token.morph.to_dict() | {"Gender": _BOTH_GENDERS}
        token.set_morph(feats | {"Number": unit["number"]} if unit["number"] else feats)  # type: ignore[attr-defined]
    return doc


def _is_acronym(token: Token, form: str) -> bool:
    """Say whether a word in capitals reads as a plural where one thing is named: « le CRISES » is no crisis."""
    if token.pos_ != "NOUN" or not form.isupper() or len(form) < _SHORTEST_ACRONYM or form[-1] not in "SX":
        return False
    before = token.nbor(-1).lower_ if token.i else ""
    return before in _OF_ONE and form.lower() != lemma_of(form, "NOUN", "Number=Plur")
