"""What MkDocs does with our pages: adds those that are made from the code, turns links, sets French spaces."""  # noqa: INP001

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from pages import COPIES, NOTEBOOKS, generated_pages
from typography import french_spaces

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
IN_SITE = COPIES | {f"notebooks/{path.name}": f"carnets/{path.stem}.md" for path in NOTEBOOKS}
ORIGIN = {page: source for source, page in COPIES.items()}
_LINK = re.compile(r"(?<!!)\[(?P<label>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^)\s]+)\)")
_LOG = get_plugin_logger("innovsoc")
_pages = cache(generated_pages)


@event_priority(100)
def _add_generated(files: Files, config: MkDocsConfig) -> Files:
    for name in _pages():
        files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


@event_priority(-200)  # after i18n, which makes every file anew
def _fill_generated(files: Files, config: MkDocsConfig) -> Files:  # noqa: ARG001
    contents = _pages()
    for file in files:
        if file.src_uri in contents:
            content = contents[file.src_uri]
            if isinstance(content, bytes):
                file.content_bytes = content
            else:
                file.content_string = content
    return files


on_files = CombinedEvent(_add_generated, _fill_generated)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Lead links to other files of the repository to their page in the site; without one, keep their words."""
    source = page.file.src_uri
    origin = ORIGIN.get(source, f"docs/{source}")
    if source.startswith("carnets/"):
        origin = f"notebooks/{Path(source).stem}.ipynb"

    def turned(found: re.Match[str]) -> str:
        target, hash_, anchor = found["target"].partition("#")
        if target.startswith(("http:", "https:")):  # the site leads nowhere else
            return found["label"]
        if not target or target.startswith("mailto:"):
            return found[0]
        place = os.path.normpath(os.path.join(os.path.dirname(origin), target))  # noqa: PTH118, PTH120
        if place in IN_SITE:
            where = IN_SITE[place]
        elif place.startswith("docs/") and not (ROOT / place).is_dir():
            where = place.removeprefix("docs/")
        elif (ROOT / place).exists():
            return found["label"]
        else:
            _LOG.warning("%s: %s leads to nothing", origin, found["target"])
            return found["label"]
        return f"[{found['label']}]({os.path.relpath(where, os.path.dirname(source) or '.')}{hash_}{anchor})"  # noqa: PTH120

    markdown = re.sub(r"```python\n(?=>>>)", "```pycon\n", markdown)
    return _outside_code(_LINK, turned, markdown)


def _outside_code(pattern: re.Pattern[str], change: Any, markdown: str) -> str:
    parts = re.split(r"(^```.*?^```$|`[^`\n]+`)", markdown, flags=re.DOTALL | re.MULTILINE)
    kept: dict[str, str] = {}
    for place in range(1, len(parts), 2):  # a label may hold code: `name` stands aside while links are turned
        mark = f"\x02{place}\x03"
        kept[mark] = parts[place]
        parts[place] = mark
    text = pattern.sub(change, "".join(parts))
    for mark, code in kept.items():
        text = text.replace(mark, code)
    return text


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Keep marks with their words in what people read; quotes of the notebooks keep their apostrophes."""
    return french_spaces(output, apostrophes=not page.file.src_uri.startswith("carnets/"))
