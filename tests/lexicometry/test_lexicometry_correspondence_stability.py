"""How far a map hangs on its documents: ellipses, and whether parts are really apart."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from innovsoc_analysis.lexicometry.corrections import false_discoveries
from innovsoc_analysis.lexicometry.factors import CorrespondenceAnalysis, resampling
from innovsoc_analysis.lexicometry.factors.resampling import (
    Blocks,
    drawn_positions,
    ellipse,
    permuted,
)


def blocks_of(counts, parts):
    return Blocks(sp.csr_array(np.array(counts, dtype=float)), np.array(parts))


def documents(seed, *, n_parts, per_part, apart=0.0):
    """Documents of 100 to 300 words over 200, all of one mixture or, by `apart`, of one per part."""
    rng = np.random.default_rng(seed)
    base = rng.dirichlet(np.full(200, 0.5), size=n_parts + 1)
    parts = np.repeat(np.arange(n_parts), per_part)
    mixtures = [(1 - apart) * base[-1] + apart * base[part] for part in parts]
    counts = [rng.multinomial(rng.integers(100, 300), rng.dirichlet(200 * one + 1e-3)) for one in mixtures]
    return blocks_of(counts, parts)


def analysed(blocks):
    table = np.stack([blocks.counts[np.flatnonzero(blocks.parts == part)].sum(axis=0) for part in set(blocks.parts)])
    analysis = CorrespondenceAnalysis(2).fit(table.T)
    return analysis, Blocks(blocks.counts[:, analysis.rows_.kept], blocks.parts)


def test_a_draw_is_the_mean_profile_of_the_documents_drawn():
    # two documents of 1 and 3 words at −1 and 1: together (−1 + 3) / 4, alone −1 or 1
    blocks = blocks_of([[1, 0], [0, 3]], [0, 0])
    found = drawn_positions(blocks, 0, np.array([[-1.0], [1.0]]), n_draws=100, seed=1)
    assert set(found.ravel()) == {-1.0, 0.5, 1.0}


def test_draws_hang_on_the_seed_alone(monkeypatch):
    blocks = documents(0, n_parts=2, per_part=9)
    standard = np.random.default_rng(5).normal(size=(200, 2))
    one = drawn_positions(blocks, 1, standard, n_draws=50, seed=4)
    monkeypatch.setattr(resampling, "_CHUNK", 20)
    assert drawn_positions(blocks, 1, standard, n_draws=50, seed=4).tolist() == one.tolist()
    assert drawn_positions(blocks, 1, standard, n_draws=50, seed=5).tolist() != one.tolist()


def test_the_ellipse_of_many_documents_has_the_half_lengths_of_the_normal_one():
    positions = np.array([[3.0, 0.0], [-3.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
    found = ellipse(positions, np.array([0.5, 0.25]), n_blocks=100_000)
    # variances 6 and 2/3; the 95 % quantile of χ² with two degrees of freedom is 5.991
    assert found.centre == (0.5, 0.25)
    assert found.semi_axes == pytest.approx(((6 * 5.991) ** 0.5, (2 / 3 * 5.991) ** 0.5), rel=1e-3)
    assert found.angle == pytest.approx(0.0)
    assert found.half_widths == pytest.approx((1.96 * 6**0.5, 1.96 * (2 / 3) ** 0.5), rel=1e-3)


def test_the_ellipse_of_few_documents_is_wider():
    positions = np.random.default_rng(0).normal(size=(200, 2))
    few, many = (ellipse(positions, np.zeros(2), n_blocks=number) for number in (5, 1000))
    # 2 · 4/3 · F(0.95; 2, 3) = 25.47 instead of 6.02, and 5/4 of the variance
    assert few.semi_axes[0] / many.semi_axes[0] == pytest.approx((1.25 * 25.47 / 6.02) ** 0.5, rel=0.01)


def test_ellipses_hold_the_place_of_a_part_among_other_documents_19_times_in_20():
    rng = np.random.default_rng(8)
    standard = rng.normal(size=(200, 2))
    mixture = rng.dirichlet(np.full(200, 0.5))
    inside = 0
    for trial in range(300):
        counts = [rng.multinomial(200, rng.dirichlet(100 * mixture + 1e-6)) for _ in range(8)]
        blocks = blocks_of(counts, [0] * 8)
        centre = blocks.counts.sum(axis=0) @ standard / blocks.counts.sum()
        found = ellipse(drawn_positions(blocks, 0, standard, n_draws=200, seed=trial), centre, n_blocks=8)
        turn = np.radians(found.angle)
        away = mixture @ standard - centre
        along = away @ [np.cos(turn), np.sin(turn)], away @ [-np.sin(turn), np.cos(turn)]
        inside += sum((a / b) ** 2 for a, b in zip(along, found.semi_axes, strict=True)) <= 1
    assert 0.91 <= inside / 300 <= 0.985


def test_the_distance_of_two_parts_is_that_of_their_profiles():
    blocks = blocks_of([[1, 1], [2, 0], [0, 4]], [0, 0, 1])
    distance, p = permuted(blocks, (0, 1), np.array([0.375, 0.625]), n_draws=9, seed=0)
    # three words in four are the first on one side, none on the other
    assert distance == pytest.approx((0.75**2 / 0.375 + 0.75**2 / 0.625) ** 0.5)
    assert 0.1 <= p <= 1


def test_both_ways_of_measuring_give_the_same_answer(monkeypatch):
    analysis, blocks = analysed(documents(2, n_parts=3, per_part=7, apart=0.3))
    one = permuted(blocks, (0, 2), analysis.rows_.masses, n_draws=99, seed=0)
    monkeypatch.setattr(resampling, "_MOST_PRODUCTS", 0)
    monkeypatch.setattr(resampling, "_CHUNK", 2000)
    other = permuted(blocks, (0, 2), analysis.rows_.masses, n_draws=99, seed=0)
    assert other == pytest.approx(one)


def test_parts_of_other_words_are_apart_and_parts_of_the_same_words_as_rarely_as_chance_has_it():
    analysis, blocks = analysed(documents(1, n_parts=2, per_part=10, apart=0.5))
    assert permuted(blocks, (0, 1), analysis.rows_.masses, n_draws=199, seed=0)[1] == 0.005
    found = 0
    for seed in range(60):
        analysis, blocks = analysed(documents(seed, n_parts=3, per_part=8))
        found += permuted(blocks, (0, 1), analysis.rows_.masses, n_draws=99, seed=0)[1] <= 0.05
    assert found <= 8


def test_three_and_three_documents_cannot_be_told_apart():
    # 20 ways to deal 6 documents, 2 of which are as far apart
    blocks = blocks_of([[9, 0, 0]] * 3 + [[0, 9, 0]] * 3, [0, 0, 0, 1, 1, 1])
    _, p = permuted(blocks, (0, 1), np.array([0.5, 0.5, 1e-9]), n_draws=999, seed=0)
    assert p == pytest.approx(0.1, abs=0.03)


def test_false_discoveries_are_those_of_the_published_procedure():
    # Benjamini & Hochberg (1995), section 4: at 0.05 the first four of fifteen are rejected
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]
    assert (false_discoveries(np.array(p)) <= 0.05).tolist() == [True] * 4 + [False] * 11
