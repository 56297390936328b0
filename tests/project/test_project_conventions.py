"""Conventions that programs can check: size, signatures, what may stand where."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "innovsoc_analysis"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 80
MOST_POSITIONAL = 3


def _functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_module_and_functions_are_short_enough_to_hold_in_mind(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE
    long = {f.name: f.end_lineno - f.lineno for f in _functions(path) if f.end_lineno - f.lineno > LONGEST_FUNCTION}
    assert long == {}


def test_public_functions_take_at_most_three_positional_parameters() -> None:
    too_many = {}
    for path in MODULES:
        if path.parent.name == "cli":  # a command's options are its parameters
            continue
        for function in _functions(path):
            names = [argument.arg for argument in function.args.args if argument.arg not in {"self", "cls"}]
            if not function.name.startswith("_") and len(names) > MOST_POSITIONAL:
                too_many[f"{path.name}:{function.name}"] = names
    # identifiers are made of all their parts; the token's three columns and a sub-command's options are data
    assert too_many == {"identifiers.py:segment_id": ["doc_id", "unit", "start", "end"]}


def test_templates_mark_nothing_as_safe() -> None:
    templates = sorted((SOURCE / "report" / "templates").glob("*.j2"))
    assert templates
    assert [path.name for path in templates if re.search(r"\|\s*safe\b", path.read_text("utf-8"))] == []


def test_public_names_are_few_and_load_lazily() -> None:
    import innovsoc_analysis as isa

    assert len(isa.__all__) <= 25
    assert all(getattr(isa, name) is not None for name in isa.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = isa.nothing
