"""YAML is looked over before it is built: few aliases, little depth."""

from __future__ import annotations

import time

import pytest
import yaml

from innovsoc_analysis.safe.yaml import yaml_is_bounded


@pytest.mark.parametrize(
    ("text", "aliases", "bounded"),
    [
        ("", 0, True),
        ("a: [1, {b: 2}]", 0, True),
        ("a: &x 1\nb: *x", 0, False),
        ("a: &x 1\nb: *x", 1, True),
        ("a: &x [*x]", 1, True),
        ("a: b # *x", 0, True),
    ],
)
def test_aliases_are_counted(text: str, aliases: int, bounded: bool) -> None:
    assert yaml_is_bounded(text, aliases=aliases) is bounded


def test_depth_is_bounded_and_siblings_do_not_add_to_it() -> None:
    assert yaml_is_bounded("[[1]]", aliases=0, depth=2)
    assert not yaml_is_bounded("[[[1]]]", aliases=0, depth=2)
    assert yaml_is_bounded("- [1]\n" * 100, aliases=0, depth=2)


def test_deep_nesting_is_not_read_to_its_end() -> None:
    started = time.monotonic()
    assert not yaml_is_bounded("[" * 100_000, aliases=0)
    assert time.monotonic() - started < 3


def test_what_is_not_valid_is_an_error() -> None:
    with pytest.raises(yaml.YAMLError):
        yaml_is_bounded("a: b: c", aliases=0)
