"""The text that the project started from: its definition is coded, each code on the right sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.coder import code as code_corpus
from innovsoc_analysis.study.corpus import read_corpus

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "argumentaire_bissib.txt"
pytestmark = pytest.mark.skipif(not SEED.is_file(), reason=f"the seed text is not there: {SEED.name}")

# code, how its sentence starts, words of its evidence: by reading
EXPECTED = [
    ("def.besoin", "S’inspirant de la définition", ["besoins", "insuffisamment satisfaits"]),
    ("def.nouveaute", "S’inspirant de la définition", ["originales", "réponse nouvelle"]),
    ("def.territoire", "Ces initiatives s’inscrivent", ["territoire"]),
    ("def.collaboration", "Ces initiatives s’inscrivent", ["en collaboration avec", "acteurs locaux"]),
    ("def.techno", "Elles peuvent être", ["technologiques ou non"]),
    ("def.non_techno", "Elles peuvent être", ["technologiques ou non", "ou non technologiques"]),
    ("def.produit_service", "Elles peuvent être", ["un produit, un service", "produit, un service"]),
    ("def.procede", "Elles peuvent être", ["procédé", "pratique de travail", "mode d’organisation"]),
    ("def.finalite", "Elles peuvent être", ["finalité sociale"]),
    ("def.comportement", "Enfin, elle est également", ["transformationniste", "changements de comportements"]),
    ("def.defi", "Enfin, elle est également", ["grands défis", "défis sociétaux"]),
    ("dom.education", "S’inspirant de la définition", ["éducation"]),
    ("act.publics", "Ces initiatives s’inscrivent", ["pouvoirs publics"]),
    ("deb.critique", "Alors qu’elle est devenue", ["tantôt labellisé, tantôt", "galvaudé", "nébuleuses"]),
    ("deb.place_usagers", "Au cœur de cette journée", ["place des bénéficiaires"]),
]
DEFINITION = [
    ("S’inspirant de la définition proposée par l’UNIPSO", "de logement,..."),
    ("Ces initiatives s’inscrivent sur un territoire", "entreprises, etc.)."),
    ("Elles peuvent être technologiques ou non technologiques", "leur finalité sociale."),
    ("Cette innovation est sociale", "dans sa finalité."),
    ("Enfin, elle est également", "grands défis sociétaux. »."),
]


@pytest.fixture(scope="module")
def codings():
    """Return the codings of the seed text by the bundled codebook."""
    return code_corpus(read_corpus(SEED), load_codebook("bissib"), coder="rules")


@pytest.fixture(scope="module")
def text(codings):
    return codings.corpus.documents["text"][0]


def test_the_definition_is_five_whole_sentences(codings, text):
    sentences = [text[row.start : row.end] for row in codings.corpus.sentences.itertuples()]
    first = next(number for number, sentence in enumerate(sentences) if sentence.startswith("S’inspirant"))
    for sentence, (start, end) in zip(sentences[first : first + 5], DEFINITION, strict=True):
        assert sentence.startswith(start)
        assert sentence.endswith(end)
        assert "\n" not in sentence


@pytest.mark.parametrize(("code", "start", "words"), EXPECTED, ids=[f"{code}" for code, _, _ in EXPECTED])
def test_a_code_stands_on_its_sentence_with_its_words(codings, text, code, start, words):
    rows = [row for row in codings.table.itertuples() if row.code == code and text[row.start :].startswith(start)]
    assert len(rows) == 1
    assert rows[0].evidence.split(" | ") == words


def test_every_evidence_is_the_text_at_its_place_inside_its_segment(codings, text):
    assert len(codings.table) > 30
    for row in codings.table.itertuples():
        spans = [tuple(map(int, span.split("-"))) for span in row.evidence_spans.split()]
        assert [text[start:end] for start, end in spans] == row.evidence.split(" | ")
        assert all(row.start <= start < end <= row.end for start, end in spans)
        assert len(spans) == len(row.rule.split(" | "))
        assert all(rule.startswith(f"{row.code}/") for rule in row.rule.split(" | "))


def test_evidence_leads_back_to_the_file(codings, text):
    source = SEED.read_text(encoding="utf-8")
    (placed,) = codings.corpus._placed
    for row in codings.table.itertuples():
        for span in row.evidence_spans.split():
            start, end = map(int, span.split("-"))
            left, right = placed.cleaned.places.to_source(start, end)
            assert source[left:right].split() == text[start:end].split()


def test_the_announcement_at_the_end_is_not_a_definition(codings, text):
    place = text.index("Cet événement discutera")
    assert codings.table[codings.table["start"] == place].empty
