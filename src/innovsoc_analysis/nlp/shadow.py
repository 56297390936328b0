"""The form under which each token of a document is analysed: the masculine for an inclusive unit."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.nlp.words import STRAIGHT

if TYPE_CHECKING:
    from spacy.tokens import Doc

_EXTENSION, _NAME = "._.", "inclusive"
_MOST_WORDS = 200_000
_straightened: dict[int, str] = {}  # by spaCy's number of the word, the same in every vocabulary
_OPTIONAL_PLURAL = re.compile(r"\(([sxSX])\)$")


def shadow_forms(doc: Doc) -> list[str]:
    """Return one form a token, with straight apostrophes and hyphens.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Whose inclusive units are in ``token._.inclusive``.

    Returns
    -------
    list of str
        The masculine of an inclusive unit, otherwise the token's text; *projet(s)* is read as a plural.
    """
    words = doc.to_array("ORTH").tolist()
    forms = [_straightened.get(word, "") for word in words]
    if "" in forms:
        forms = [form or _straighten(word, doc.vocab.strings[word]) for word, form in zip(words, forms, strict=True)]
    for token, unit in inclusive_units(doc).items():
        forms[token] = unit["masculine"]
    return forms


def _straighten(word: int, text: str) -> str:
    if len(_straightened) >= _MOST_WORDS:
        _straightened.clear()
    form = _straightened[word] = _OPTIONAL_PLURAL.sub(r"\1", unicodedata.normalize("NFC", text).translate(STRAIGHT))
    return form


def inclusive_units(doc: Doc) -> dict[int, dict[str, str]]:
    """Return the inclusive units of `doc` by the position of their token.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        As the tokeniser of the pipeline makes it.

    Returns
    -------
    dict of int to dict
        ``kind``, ``lemma``, ``number`` and ``masculine`` of each.
    """
    # spaCy keeps what token._ holds by the place of the token in the text: far fewer than tokens
    data: dict[Any, Any] = doc.user_data
    held = {key[2]: unit for key, unit in data.items() if isinstance(key, tuple) and key[:2] == (_EXTENSION, _NAME)}
    return {token.i: held[token.idx] for token in doc if token.idx in held} if held else {}
