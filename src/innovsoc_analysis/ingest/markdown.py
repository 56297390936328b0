"""Markdown: the words without the marks; YAML front matter becomes metadata."""

from __future__ import annotations

import html
import re
import string
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.front_matter import split_front_matter
from innovsoc_analysis.ingest.mending import decode_mended, shown
from innovsoc_analysis.model.documents import RawDocument

if TYPE_CHECKING:
    from markdown_it.token import Token

_UNSHOWN_HTML = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|<[!?][^<>]*>")
_SPACED = {"softbreak": " ", "hardbreak": "\n"}


def read_markdown(data: bytes) -> list[RawDocument]:
    """Read a Markdown file: a block is a paragraph, the first heading gives the title."""
    from markdown_it import MarkdownIt

    # « &lt; » and « &#42; » are signs that their author wanted shown
    text, warning = decode_mended(data, hidden=string.punctuation)
    warnings = [warning] if warning else []
    meta, text, complaint = split_front_matter(text)
    warnings += [complaint] if complaint else []
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    blocks: list[str] = []
    title = meta.pop("title", meta.pop("titre", None))
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in {"fence", "code_block"}:
            blocks.append(token.content.strip())
        elif token.type == "html_block":
            blocks.append(_words_of_html(token.content))
        elif token.type == "inline":
            block = _words(token).strip()
            blocks.append(block)
            if title is None and before is not None and before.type == "heading_open":
                title = block
    body = shown("\n\n".join(block for block in blocks if block))
    meta = {shown(name): shown(value) for name, value in meta.items()}
    return [RawDocument(body, title=title and shown(title), meta=meta, warnings=tuple(warnings))]


def _words_of_html(content: str) -> str:
    """Return the words between the tags; a comment that nothing closes would otherwise hide the rest of the file."""
    seen = _UNSHOWN_HTML.sub("", content)
    lines = (html.unescape(_TAG.sub("", line)).strip() for line in seen.split("\n"))
    return "\n".join(line for line in lines if line)


def _words(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        else:
            parts.append(_SPACED.get(child.type, ""))
    return "".join(parts)
