"""Only ``safe`` unzips, parses XML, starts processes and writes files; nobody runs data as code."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import innovsoc_analysis

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(innovsoc_analysis.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
OUTSIDE_SAFE = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] != "safe"]

RESERVED = {"zipfile", "tarfile", "subprocess", "multiprocessing", "xml", "defusedxml", "lxml", "pyexpat", "shutil"}
NEVER = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle"}
RUNNERS = {"eval", "exec", "compile", "__import__"}
YAML_LOADERS = {"load", "load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all"}
WRITERS = {"write_text", "write_bytes", "symlink_to", "hardlink_to"}
OS_CALLS = {"replace", "rename", "renames", "remove", "unlink", "system", "popen", "fork", "startfile"}


def _at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk `tree` without what only type checkers read."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        yield child
        yield from _at_run_time(child)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module or ""]
    return []


def _opens_to_write(call: ast.Call, function: str) -> bool:
    """Whether ``open(path, mode)`` or ``path.open(mode)`` has a mode that is not known to read."""
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    modes += call.args[1:2] if function == "open" else call.args[:1]
    return any(not isinstance(mode, ast.Constant) or set(str(mode.value)) & set("wax+") for mode in modes)


def _writes(call: ast.Call) -> bool:
    function = ast.unparse(call.func)
    owner, _, name = function.rpartition(".")
    if name in WRITERS or (owner == "os" and name in OS_CALLS):
        return True
    if function == "os.open":
        place, *flags = [ast.unparse(argument) for argument in call.args]
        return place != "os.devnull" and any(mark in " ".join(flags) for mark in ("O_WRONLY", "O_RDWR", "O_CREAT"))
    if name == "open":
        return _opens_to_write(call, function)
    # text.replace takes two strings, path.replace and path.rename one path
    return bool(owner) and name in {"replace", "rename"} and len(call.args) == 1 and not call.keywords


def reserved_uses(source: str) -> list[str]:
    """Return what `source` does that only ``safe`` may do."""
    found = []
    for node in _at_run_time(ast.parse(source)):
        found += [name for name in _imported(node) if name.split(".")[0] in RESERVED]
        if isinstance(node, ast.Call) and _writes(node):
            found.append(ast.unparse(node))
    return found


def code_from_data(source: str) -> list[str]:
    """Return where `source` could run data as code."""
    found = []
    for node in ast.walk(ast.parse(source)):
        found += [name for name in _imported(node) if name.split(".")[0] in NEVER]
        if isinstance(node, ast.Call):
            function = ast.unparse(node.func)
            owner, _, name = function.rpartition(".")
            if (
                function in RUNNERS
                or (owner == "yaml" and name in YAML_LOADERS)
                or name in {"read_pickle", "to_pickle"}
            ):
                found.append(ast.unparse(node))
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle" and ast.unparse(node.value) != "False":
            found.append(ast.unparse(node))
    return found


def label(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", OUTSIDE_SAFE, ids=label)
def test_dangerous_things_are_left_to_safe(path: Path) -> None:
    assert reserved_uses(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_no_data_is_run_as_code(path: Path) -> None:
    assert code_from_data(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import zipfile",
        "from xml.etree import ElementTree",
        "import xml.etree.ElementTree as ET",
        "def f():\n    from subprocess import run",
        "from defusedxml.ElementTree import parse",
        "open('a', 'w')",
        "open('a', mode='ab')",
        "open('a', mode)",
        "path.open('x')",
        "(folder / 'a').write_text('x')",
        "path.write_bytes(b'')",
        "os.open(path, os.O_WRONLY)",
        "os.replace('a', 'b')",
        "temporary.replace(path)",
        "path.rename(other)",
    ],
)
def test_the_first_check_sees(source: str) -> None:
    assert len(reserved_uses(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "if TYPE_CHECKING:\n    from xml.etree.ElementTree import Element",
        "open('a')",
        "open('a', 'rb')",
        "os.open(path, os.O_RDONLY)",
        "os.open(os.devnull, os.O_WRONLY)",
        "path.open('rb')",
        "text.replace('a', 'b')",
        "replace(record, name='a')",
        "table.rename(columns={})",
    ],
)
def test_the_first_check_lets_pass(source: str) -> None:
    assert reserved_uses(source) == []


@pytest.mark.parametrize(
    "source",
    ["import pickle", "from marshal import loads", "eval('1')", "exec(text)", "yaml.load(x, Loader=y)",
     "yaml.unsafe_load(x)", "pd.read_pickle(p)", "np.load(p, allow_pickle=True)"],
)  # fmt: skip
def test_the_second_check_sees(source: str) -> None:
    assert len(code_from_data(source)) == 1


def test_the_second_check_lets_pass() -> None:
    assert code_from_data("yaml.safe_load(x); re.compile(p); model.eval(); json.load(s); yaml.compose(x)") == []
    assert len(MODULES) > len(OUTSIDE_SAFE) > 20
