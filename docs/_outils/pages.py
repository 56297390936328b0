"""The pages of the site that are made from the repository: reference, codebook, notebooks, copies."""  # noqa: INP001

from __future__ import annotations

import re
from pathlib import Path

from api_pages import api_pages
from codebook_page import codebook_page
from command_page import command_page
from notebook_pages import notebook_pages

ROOT = Path(__file__).parents[2]
COPIES = {
    "ARCHITECTURE.md": "projet/architecture.md",
    "CHANGELOG.md": "projet/journal.md",
    "CONTRIBUTING.md": "projet/contribuer.md",
    "corpus/README.md": "projet/corpus.md",
    "corpus/gold/README.md": "projet/etalon.md",
}
NOTEBOOKS = [  # a copy that someone filled in has another name, and no page
    path for path in sorted(ROOT.glob("notebooks/[0-9][0-9]_*.ipynb")) if re.fullmatch(r"\w+", path.stem)
]
WITH_SOURCES = ("methodes/codage.md", "accord.md", "themes.md", "lexicometrie.md", "fiabilite.md")
_BIBLIOGRAPHY = """# Bibliographie

Rangée par méthode, pour ne citer que ce dont on s'est servi. Chaque page dit à quoi sert chaque source."""
_BIBLIOGRAPHY_EN = """# Bibliography

By method, so as to cite only what one has used. Each page says what each source is for."""


def generated_pages() -> dict[str, str | bytes]:
    """Return the content of every page and picture that no file of ``docs/`` holds, by its place in the site."""
    pages: dict[str, str | bytes] = {
        "livre/bissib.md": codebook_page("bissib"),
        "livre/bissib.en.md": codebook_page("bissib", "en"),
        "reference/commandes.md": command_page(),
        "reference/commandes.en.md": command_page("en"),
        "methodes/references.md": _references(),
        "methodes/references.en.md": _references("en"),
    }
    pages |= api_pages() | api_pages("en")
    for notebook in NOTEBOOKS:
        pages |= notebook_pages(notebook)
    for source, page in COPIES.items():
        pages[page] = _portable((ROOT / source).read_text("utf-8"))
    return pages


def _references(language: str = "fr") -> str:
    """Gather the sources of every page of methods, each under the title of its page."""
    english = language == "en"
    head = _BIBLIOGRAPHY_EN if english else _BIBLIOGRAPHY
    parts = [head]
    for name in WITH_SOURCES:
        path = ROOT / "docs" / (name.replace(".md", ".en.md") if english else name)
        text = path.read_text("utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        sources = text.partition("\n## Sources\n")[2].partition("\n## ")[0].strip()
        place = f"{'../' if '/' not in name else ''}{name.removeprefix('methodes/')}"
        parts += [f"## {title}", f"[{'The page' if english else 'La page'}]({place})", sources]
    return "\n\n".join(parts) + "\n"


def _portable(text: str) -> str:
    """Drop bare addresses: a licence is cited by its name, and the site leads nowhere else."""
    return re.sub(r", <https?://[^>]+>", "", text)
