"""The site of documentation builds without a warning, needs no network, and its examples are true."""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if path.parent.name != "_outils")
RUN = sorted([*(DOCS / "faire").glob("*.md"), DOCS / "reference" / "index.md"])
FENCE = re.compile(r"^[ ]*```(\w+)\n(.*?)^[ ]*```$", re.DOTALL | re.MULTILINE)
EXAMPLES = re.compile(r"^```python\n(>>>.*?)^```$", re.DOTALL | re.MULTILINE)
NO_NETWORK = """
import socket
def refuse(*args, **kwargs):
    raise AssertionError("a connection was asked for")
socket.socket.connect = socket.getaddrinfo = refuse
"""


def _name(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


def _blocks(path: Path) -> list[tuple[str, str]]:
    return FENCE.findall(path.read_text("utf-8"))


def _examples(path: Path) -> list[tuple[str, str]]:
    """Return each Python block of a guide, and the text block that stands right below it, if any."""
    blocks = _blocks(path)
    followed = zip(blocks, [*blocks[1:], ("", "")], strict=False)
    text = path.read_text("utf-8")
    return [
        (code, shown.strip() if kind_below == "text" and f"{code}```\n\n```text" in text else "")
        for (kind, code), (kind_below, shown) in followed
        if kind == "python" and ">>>" not in code
    ]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("kept") / ".innovsoc"


@pytest.mark.parametrize("page", [page for page in RUN if _examples(page)], ids=_name)
def test_the_python_blocks_of_a_how_to_page_run_one_after_the_other(page, kept, tmp_path, monkeypatch):
    reading = importlib.import_module("innovsoc_analysis.study.corpus")
    # what one page has annotated serves the next: the tables are the same, in a fraction of the time
    monkeypatch.setattr(reading, "read_corpus", functools.partial(reading.read_corpus, cache=kept))
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    names: dict[str, object] = {}
    for code, shown in _examples(page):
        tree = ast.parse(code)
        last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, _name(page), "exec"), names)  # noqa: S102 - our own pages
        value = eval(compile(last, _name(page), "eval"), names) if last else None  # noqa: S307
        parts = value if isinstance(value, tuple) else (value,)
        assert not any(part is False for part in parts), code
        assert shown in {"", repr(value)}, code


def test_pages_with_examples_to_run_are_those_we_know_of():
    known = {"coder", "metadonnees", "entretiens", "livre", "relire", "accord", "themes", "vocabulaires", "refaire"}
    assert {page.stem for page in RUN if _examples(page)} >= known


@pytest.mark.parametrize("page", [page for page in PAGES if "import innovsoc" in page.read_text("utf-8")], ids=_name)
def test_every_name_of_the_package_that_a_page_uses_exists(page):
    isa = importlib.import_module("innovsoc_analysis")
    for kind, code in _blocks(page):
        if kind != "python" or ">>>" in code:
            continue
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("innovsoc_analysis"):
                module = importlib.import_module(node.module)
                assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []
        for chain in re.findall(r"\bisa((?:\.\w+)+)", code):
            value = isa
            for name in chain.split(".")[1:]:
                if isinstance(value, type(isa)):  # a module: what follows a value is not looked up
                    value = getattr(value, name)


def _command_lines() -> list[tuple[str, str]]:
    return [
        (_name(page), line.strip())
        for page in PAGES
        for kind, code in _blocks(page)
        if kind in {"sh", "bash", "bat"}
        for line in code.splitlines()
        if line.strip().startswith("innovsoc ")
    ]


def _application():
    from typer.main import get_command

    from innovsoc_analysis.cli.app import build_app

    return get_command(build_app())


@pytest.mark.parametrize(("page", "line"), sorted(set(_command_lines())))
def test_every_command_of_the_pages_is_one_that_the_program_understands(page, line):
    words = shlex.split(line.partition("2>")[0], comments=True)[1:]
    command, path = _application(), "innovsoc"
    if words == ["--version"]:
        assert "--version" in {name for param in command.params for name in param.opts}
        return
    while hasattr(command, "commands"):
        name = words.pop(0)
        assert name in command.commands, f"{page} : {line}"
        command, path = command.commands[name], f"{path} {name}"
    if "--help" not in words:
        assert command.make_context(path, words).params


def test_there_are_commands_to_check_in_both_languages():
    pages = {page for page, _ in _command_lines()}
    assert {"commencer/premiere-etude.md", "commencer/premiere-etude.en.md", "faire/coder.md"} <= pages
    assert len(_command_lines()) > 40


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("innovsoc --version", "innovsoc_analysis 0.1.0"),
        ('innovsoc concordance corpus "besoin"', "« besoin » : 24 occurrence(s) dans 18 document(s) sur 60."),
        ("innovsoc codebook show def.besoin", "def.besoin : Réponse à un besoin social"),
        ("innovsoc ingest corpus", "60 document(s) lu(s)"),
    ],
)
def test_commands_of_the_pages_answer_what_the_pages_say(line, shown, tmp_path):
    assert any(line in page.read_text("utf-8") for page in PAGES)
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    command = [sys.executable, "-m", "innovsoc_analysis", *shlex.split(line)[1:]]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert shown in done.stdout + done.stderr


def test_the_first_study_shows_what_coding_the_example_says(tmp_path):
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    command = [sys.executable, "-m", "innovsoc_analysis", "code", "corpus", "--out", "results/essai", "--no-cache"]
    environment = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    said = {" ".join(line.split()) for line in (done.stdout + done.stderr).splitlines()}
    for name in ("premiere-etude.md", "premiere-etude.en.md"):
        (shown,) = [
            code for kind, code in _blocks(DOCS / "commencer" / name) if kind == "text" and "codages sur" in code
        ]
        lines = {" ".join(line.split()) for line in shown.splitlines()} - {"…", ""}
        assert len(lines) >= 8
        assert {line for line in lines if line not in said and "──" not in line} == set()


def test_the_data_model_is_the_same_in_both_languages():
    columns = [re.findall(r"^\| (`.+?`) \| (\w+\??) \|", (DOCS / name).read_text("utf-8"), re.MULTILINE)
               for name in ("data-model.md", "data-model.en.md")]  # fmt: skip
    assert columns[0] == columns[1]
    assert len(columns[0]) > 40


def test_no_page_leads_to_the_web():
    assert [_name(page) for page in PAGES if re.search(r"https?://", page.read_text("utf-8"))] == []


def test_french_marks_stay_with_their_word_and_code_is_left_alone():
    spec = importlib.util.spec_from_file_location("typography", DOCS / "_outils" / "typography.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    told = module.french_spaces("<p>L'accord, « où ? » : 5 %</p>")
    assert told == "<p>L\u2019accord, «\u00a0où\u202f?\u00a0»\u00a0: 5\u202f%</p>"
    code = "<pre><b>a ? b</b> : l'un</pre>"
    assert module.french_spaces(f"{code} 1 515 !") == f"{code} 1\u202f515\u202f!"
    assert module.french_spaces("l'un ?", apostrophes=False) == "l'un\u202f?"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "guard").mkdir()
    (folder / "guard" / "sitecustomize.py").write_text(NO_NETWORK, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder / "guard"), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def test_the_site_loads_and_links_nothing_from_elsewhere(site):
    pages = [path for path in site.rglob("*.html") if "assets" not in path.parts]
    assert len(pages) > 80
    away = re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//[^\"' >]*")
    assert {found for path in pages for found in away.findall(path.read_text("utf-8"))} == set()
    styles = [path.read_text("utf-8") for path in site.rglob("*.css")]
    assert [found for text in styles for found in re.findall(r"(?:@import|url\()\s*[\"']?https?:[^)]*", text)] == []


def test_the_site_is_in_two_languages(site):
    assert '<html lang="fr"' in (site / "index.html").read_text("utf-8")
    assert '<html lang="en"' in (site / "en" / "index.html").read_text("utf-8")
    assert "How to" in (site / "en" / "index.html").read_text("utf-8")


IN_BOTH = [
    "methodes/index",
    "methodes/codage",
    "francais",
    "evaluation",
    "accord",
    "themes",
    "lexicometrie",
    "fiabilite",
    "reproduire",
    "codebook",
    "pseudonymiser",
    "faire/lots",
]


def _bones(text: str) -> dict[str, object]:
    """Return what two languages of a page share: levels of headings, formulas, rows, what code shows, sources."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    figures = re.sub(r"\b([1-9]\d{0,2})[, \u202f](?=\d{3}\b)", r"\1", prose.partition("\n## Sources")[0])
    return {
        "headings": re.findall(r"^(#+) ", prose, re.MULTILINE),
        "formulas": len(re.findall(r'<p class="formule">|(?:^|\n)\w+ = ', prose)),
        "rows": len(re.findall(r"^\|", prose, re.MULTILINE)),
        "shown": re.findall(r"^(?!>>>|\.\.\. |$).+$", "".join(EXAMPLES.findall(text)), re.MULTILINE),
        "sources": len(re.findall(r"^- ", text.partition("\n## Sources")[2], re.MULTILINE)),
        "numbers": sorted(re.findall(r"\d+", figures.replace(",", "."))),
    }


@pytest.mark.parametrize("name", IN_BOTH)
def test_an_english_page_has_the_figures_formulas_and_sources_of_the_french_one(name):
    french, english = ((DOCS / f"{name}{ending}").read_text("utf-8") for ending in (".md", ".en.md"))
    assert _bones(french) == _bones(english)


def test_the_methods_the_codebook_and_the_command_line_are_in_english(site):
    for place, words in {
        "methodes/codage": "The longest expression wins",
        "methodes/references": "so as to cite only what one has used",
        "accord": "how far do they say the same thing?",
        "livre/bissib": "has no English labels or definitions",
        "reference/commandes": "Makes the folder of a study",
        "reference/python/health": "is the installation whole",
    }.items():
        page = (site / "en" / f"{place}.html").read_text("utf-8")
        assert words in page, place
        assert words not in (site / f"{place}.html").read_text("utf-8")


def test_every_command_has_its_english_sentence(monkeypatch):
    monkeypatch.syspath_prepend(DOCS / "_outils")
    told = importlib.import_module("command_words").ENGLISH
    commands = _application().commands
    inside = {f"{name} {one}" for name, group in commands.items() for one in getattr(group, "commands", {})}
    assert set(told) == {name for name in commands if not hasattr(commands[name], "commands")} | inside


def test_a_notebook_user_finds_the_doctor_in_the_reference(site):
    page = (site / "reference" / "python" / "health.html").read_text("utf-8")
    assert "innovsoc_analysis.workflow.health.check_study" in page
    assert "innovsoc_analysis.workflow.health.Checkup" in page


def test_the_reference_has_every_command_and_every_public_name(site):
    commands = (site / "reference" / "commandes.html").read_text("utf-8")
    names = [name for name in _application().commands if name != "codebook"]
    assert [name for name in [*names, "codebook show", "codebook check"] if f"innovsoc {name}</" not in commands
            and f">innovsoc {name}<" not in commands] == []  # fmt: skip
    isa = importlib.import_module("innovsoc_analysis")
    for page, module in (
        ("isa", isa),
        ("coding", isa.coding),
        ("topics", isa.topics),
        ("lexicometry", isa.lexicometry),
    ):
        text = (site / "reference" / "python" / f"{page}.html").read_text("utf-8")
        prefix = "isa" if page == "isa" else f"isa.{page}"
        assert [name for name in module.__all__ if name[0] != "_" and f"{prefix}.{name}" not in text] == []


def test_the_codebook_page_has_every_code_and_every_rule(site):
    isa = importlib.import_module("innovsoc_analysis")
    book = isa.load_codebook("bissib")
    text = (site / "livre" / "bissib.html").read_text("utf-8")
    assert [code for code in book.code_ids if f'id="{code.replace(".", "-")}"' not in text] == []
    assert [rule for rule in book.rules if f"<strong>{rule.replace('_', ' ')}</strong>" not in text] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_docs_builds_the_site_strictly():
    done = subprocess.run(["make", "docs", "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "mkdocs build --strict" in done.stdout
