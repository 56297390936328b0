"""Compile a codebook's indicators into a trie over words.

An indicator is written as one would say it. A word of an *expression* matches a token of the
same form or lemma; ``un``/``une`` match any determiner that does not deny, and a contraction
(``au``, ``aux``, ``du``, ``des``) stands for preposition and article. A word of *lemmes* matches
by lemma or form. A participle (``satisfait``, ``exilé``) also matches in the feminine and the
plural, which the tagger may take for a verb's. ``mot/NOUN`` asks for a part of speech; a capital
letter inside asks for that capital. A preposition and an adjective alone are an adverb that does
not vary: « de nouveau » is not found in « de nouveaux métiers ».
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from innovsoc_analysis.nlp.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from innovsoc_analysis.model.codebook import Code, Codebook

ANY_DETERMINER = "<un>"
_SENTENCES = ["senter", "innovsoc_sentences"]  # where sentences start matters to no indicator
_INDEFINITE = frozenset({"un", "une"})
_DEFINITE = frozenset({"le", "la", "les", "l'"})
# the lemma of a possessive or a pronoun covers words that mean something else (leur -> son)
_LEMMA_COUNTS = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADP", "PROPN"})
_PARTICIPLE_ENDINGS = ("é", "i", "u", "t")
_NEGATIVE = frozenset({"aucun", "aucune", "nul", "nulle"})
_PREPOSITIONS = {"au": "à", "aux": "à", "du": "de", "des": "de"}
# what « au », « aux », « du », « des » already hold of a following article
CONTRACTIONS = {
    "au": frozenset({"le", "l'", "un"}),
    "du": frozenset({"le", "l'", "un"}),
    "aux": _DEFINITE | _INDEFINITE,
    "des": _DEFINITE | _INDEFINITE,
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled indicator.

    Attributes
    ----------
    rule : str
        Its identifier, such as ``"def.besoin/lemme:besoin"``.
    code : str
        The code it belongs to.
    absorbs : bool
        Whether it only takes the place of shorter indicators of its code (key ``sauf``).
    admits_negation : bool
        Whether it still counts when denied.
    must_act : bool
        Whether what it names must act (rule R7).
    """

    rule: str
    code: str
    absorbs: bool = False
    admits_negation: bool = False
    must_act: bool = False


@dataclass(slots=True)
class Node:
    """A state of the trie: where each word leads, and the patterns that end here."""

    edges: dict[str, Node] = field(default_factory=dict)
    articles: dict[str, Node] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)


def compile_patterns(codebook: Codebook) -> Node:
    """Return the root of the trie of all indicators of `codebook`."""
    root = Node()
    for code in codebook.codes:
        for word in code.indicators.lemmas:
            _insert(root, _lemma_tests(word), _pattern(code, f"lemme:{word}"))
    expressions = [
        (text, _pattern(code, f"{kind}:{text}", absorbs=kind == "sauf"))
        for code in codebook.codes
        for kind, texts in (("expression", code.indicators.expressions), ("sauf", code.indicators.except_))
        for text in texts
    ]
    docs = load().pipe([normalise(text) for text, _ in expressions], batch_size=1024, disable=_SENTENCES)
    for (_, pattern), doc in zip(expressions, docs, strict=True):
        tests = [_alternatives(token) for token in doc if not token.is_space]
        if [token.pos_ for token in doc] == ["ADP", "ADJ"]:
            tests[1] = ["=" + doc[1].text]
        _insert(root, tests, pattern)
    return root


def _pattern(code: Code, name: str, *, absorbs: bool = False) -> Pattern:
    return Pattern(
        f"{code.id}/{name}",
        code.id,
        absorbs=absorbs,
        admits_negation=code.negation == "admet",
        must_act=code.condition == "agent",
    )


def token_keys(form: str, lemma: str, upos: str) -> set[str]:
    """Return all that a pattern's word may ask of a token.

    Examples
    --------
    >>> sorted(token_keys("Écoles", "école", "NOUN"))
    ['/NOUN', '=Écoles', 'école', 'école/NOUN', 'écoles', 'écoles/NOUN']
    """
    form = form.replace("’", "'")
    words = {form.lower(), normalise(lemma).lower()}
    keys = words | {f"{word}/{upos}" for word in words} | {"=" + form, "/" + upos}
    if upos == "DET" and form.lower() not in _NEGATIVE:
        keys.add(ANY_DETERMINER)
    if preposition := _PREPOSITIONS.get(form.lower()):
        keys.add(preposition)
    return keys


def normalise(text: str) -> str:
    """Return `text` with straight apostrophes and plain spaces."""
    return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


def _lemma_tests(word: str) -> list[list[str]]:
    name, slash, upos = normalise(word).partition("/")
    tests = [["=" + part] if part != part.lower() else [part] for part in map(str, load().tokenizer(name))]
    if slash:
        tests[-1] = [f"{part}/{upos}" for part in tests[-1]]
    elif name.endswith("é"):
        tests[-1] = _inflected(tests[-1][0])
    elif name.endswith(("i", "u", "ée", "ie", "ue")) or len(tests) > 1:
        tests[-1].append(tests[-1][0] + "s")
    return tests


def _inflected(participle: str) -> list[str]:
    return [participle + ending for ending in ("", "e", "s", "es")]


def _alternatives(token: Token) -> list[str]:
    form = token.text
    if form != form.lower():
        return ["=" + form]
    if form in _INDEFINITE:
        return [ANY_DETERMINER, form]
    if token.pos_ in _LEMMA_COUNTS and form not in _DEFINITE and form not in CONTRACTIONS:
        inflected = _inflected(form) if token.pos_ == "ADJ" and form.endswith(_PARTICIPLE_ENDINGS) else []
        return sorted({form, token.lemma_.lower(), *inflected})
    return [form]


def _insert(root: Node, tests: list[list[str]], pattern: Pattern) -> None:
    for path in _paths(tests):
        node = root
        for key in path:
            child = node.edges.get(key)
            if child is None:
                child = node.edges[key] = Node()
                article = "un" if key == ANY_DETERMINER else key
                if article in _DEFINITE | _INDEFINITE:
                    node.articles[article] = child
            node = child
        if pattern not in node.patterns:
            node.patterns.append(pattern)


def _paths(tests: Iterable[list[str]]) -> Iterator[tuple[str, ...]]:
    return itertools.product(*tests)
