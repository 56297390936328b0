"""YAML between two lines of dashes at the head of a text: what the text says of itself."""

from __future__ import annotations

import re

from innovsoc_analysis.safe.yaml import yaml_is_bounded

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADER_CHARACTERS = 50_000


def split_front_matter(text: str) -> tuple[dict[str, str], str, str | None]:
    r"""Return what the head of `text` says, the rest of it, and what is wrong with its head, if anything is.

    Parameters
    ----------
    text : str
        The whole file; a text between two rules is no head.

    Examples
    --------
    >>> split_front_matter("---\nannée: 2021\n---\nUn jardin.")
    ({'année': '2021'}, 'Un jardin.', None)
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text, None
    header, complaint = _front_matter(match[1])
    return ({}, text, None) if header is None else (header, text[match.end() :], complaint)


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
