"""Read UD treebanks as spaCy documents, contractions whole, features the same in all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

KEPT = {"Gender", "Number", "Person", "Tense", "Mood", "VerbForm", "Voice", "PronType", "Definite", "Poss", "Polarity"}
KEPT |= {"NumType", "Reflex"}
FOLDS = 2
_BLOCK = 10
_NOMINAL = {"NOUN", "ADJ", "PROPN", "DET", "PRON", "VERB", "AUX"}


class Word(NamedTuple):
    """One word of a treebank as written: a contraction is one word."""

    form: str
    lemma: str
    upos: str
    feats: str
    space: bool
    contraction: bool


NO_BREAK = Word("\u00a0", "\u00a0", "SPACE", "", space=False, contraction=False)


def read(path: Path) -> list[list[Word]]:
    """Return the sentences of a CoNLL-U file."""
    sentences: list[list[Word]] = [[]]
    covered = 0
    for line in path.read_text("utf-8").splitlines():
        if not line:
            sentences.append([])
            covered = 0
        elif line[0] != "#":
            columns = line.split("\t")
            space = "SpaceAfter=No" not in columns[9]
            if "-" in columns[0]:
                covered = int(columns[0].split("-")[1])
                pending = columns[1], space
                first = True
            elif "." in columns[0]:
                continue
            elif int(columns[0]) <= covered:
                if first:
                    form, space = pending
                    sentences[-1].append(_word(form, columns, space=space, contraction=True))
                first = False
            else:
                sentences[-1].append(_word(columns[1], columns, space=space, contraction=False))
    return [sentence for sentence in sentences if sentence]


def _word(form: str, columns: list[str], *, space: bool, contraction: bool) -> Word:
    return Word(form, columns[2], columns[3], _feats(columns), space, contraction)


def _feats(columns: list[str]) -> str:
    found = dict(pair.split("=") for pair in columns[5].split("|") if "=" in pair)
    if columns[3] in _NOMINAL:
        # the spoken treebanks keep part of gender and number in the last column
        for pair in columns[9].split("|"):
            for name in ("Gender", "Number"):
                if pair.startswith((f"{name}[lex]=", f"{name}[ctxt]=")) and not pair.endswith("Unknown"):
                    found.setdefault(name, pair.split("=")[1])
    return "|".join(f"{name}={value}" for name, value in sorted(found.items()) if name in KEPT)


def documents(sentences: list[list[Word]], size: int) -> Iterator[list[list[Word]]]:
    """Yield groups of `size` sentences in order."""
    for start in range(0, len(sentences), size):
        yield sentences[start : start + size]


def fold(sentences: list[list[Word]], number: int) -> list[list[Word]]:
    """Return half of the sentences: blocks of ten, every other one."""
    return [sentence for place, sentence in enumerate(sentences) if (place // _BLOCK) % FOLDS == number]


def text_of(group: list[list[Word]], between: str = " ") -> str:
    """Return the text of a group of sentences."""
    written = []
    for sentence in group:
        words = [word.form + (" " if word.space else "") for word in sentence]
        written.append("".join(words).strip())
    return between.join(written)


def spoken(sentence: list[Word], *, names: bool) -> list[Word]:
    """Return a sentence as an automatic transcript gives it: no punctuation, lower case, with or without `names`."""
    words = [word for word in sentence if word.upos not in {"PUNCT", "SYM"}]
    return [
        word._replace(
            form=word.form if names and word.upos == "PROPN" else word.form.lower(),
            space=word.space or not word.form.endswith("'"),
        )
        for word in words
    ]


def capitals(sentence: list[Word]) -> list[Word]:
    """Return a sentence in capitals, as in a title."""
    return [word._replace(form=word.form.upper()) for word in sentence]


def typeset(sentence: list[Word]) -> list[Word]:
    """Return a sentence with no-break spaces before high punctuation, which are tokens of white space."""
    words: list[Word] = []
    for word in sentence:
        if words and word.form in {"!", "?", ";", ":", "»"}:
            words[-1] = words[-1]._replace(space=False)
            words.append(NO_BREAK)
        words.append(word)
    return words
