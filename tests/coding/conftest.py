"""What the tests of coding share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pytest

from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.study.corpus import corpus_from_texts

Book = Callable[..., Codebook]


def book_of(codes: Mapping[str, Mapping[str, object]]) -> Codebook:
    """Return a codebook: code → its indicators; a key ``negation`` or ``exemples`` goes to the code itself."""
    entries = []
    for name, keys in codes.items():
        indicators = {key: value for key, value in keys.items() if key in {"lemmes", "expressions", "sauf"}}
        others = {key: value for key, value in keys.items() if key not in indicators}
        entries.append({"id": name, "libelle": name.title(), "definition": "…", "indicateurs": indicators, **others})
    return Codebook.model_validate({"nom": "essai", "version": "1", "codes": entries})


def evidence_in(book: Codebook, sentences: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return, for each sentence, code → its evidence; the sentences are coded together, which is fast."""
    sentences = list(dict.fromkeys(sentences))
    corpus = corpus_from_texts({str(number): sentence for number, sentence in enumerate(sentences)})
    numbers = corpus.documents.set_index("doc_id")["title"].astype(int)
    found: dict[str, dict[str, list[str]]] = {sentence: {} for sentence in sentences}
    for row in RuleCoder(book).code(corpus).itertuples():
        found[sentences[numbers[row.doc_id]]].setdefault(row.code, []).extend(row.evidence.split(" | "))
    return found


@pytest.fixture(scope="session")
def book() -> Book:
    return book_of


@pytest.fixture(scope="session")
def evidence() -> Callable[..., dict[str, dict[str, list[str]]]]:
    return evidence_in
