"""Markdown: the words without the marks; YAML front matter becomes metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.safe.yaml import yaml_is_bounded

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADER_CHARACTERS = 50_000
_SPACED = {"softbreak": " ", "hardbreak": "\n"}


def read_markdown(data: bytes) -> list[RawDocument]:
    """Read a Markdown file: a block is a paragraph, the first heading gives the title."""
    from markdown_it import MarkdownIt

    text, warning = decode(data)
    warnings = [warning] if warning else []
    meta: dict[str, str] = {}
    if match := _FRONT_MATTER.match(text):
        header, complaint = _front_matter(match[1])
        warnings += [complaint] if complaint else []
        if header is not None:
            meta = header
            text = text[match.end() :]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    blocks: list[str] = []
    title = meta.pop("title", meta.pop("titre", None))
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in {"fence", "code_block"}:
            blocks.append(token.content.strip())
        elif token.type == "inline":
            block = _words(token).strip()
            blocks.append(block)
            if title is None and before is not None and before.type == "heading_open":
                title = block
    body = "\n\n".join(block for block in blocks if block)
    return [RawDocument(body, title=title, meta=meta, warnings=tuple(warnings))]


def _words(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        else:
            parts.append(_SPACED.get(child.type, ""))
    return "".join(parts)


def _front_matter(block: str) -> tuple[dict[str, str] | None, str | None]:
    """Return what a header says (``None`` if it is text between two rules) and what is wrong with it."""
    import yaml

    if len(block) > _HEADER_CHARACTERS:
        return None, None
    try:
        if not yaml_is_bounded(block, aliases=0):
            return {}, "en-tête YAML avec des renvois (« *nom ») ou trop imbriqué, ignoré"
        content = yaml.safe_load(block)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, "en-tête YAML illisible, ignoré"
    if content is not None and not isinstance(content, dict):
        return None, None
    return {str(key): str(value) for key, value in (content or {}).items() if value is not None}, None
