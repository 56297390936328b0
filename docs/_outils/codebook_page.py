"""The bundled codebook as people read it: families, codes, examples, rules."""  # noqa: INP001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from innovsoc_analysis.model.codebook import Code, Codebook, CounterExample


def codebook_page(name: str) -> str:
    """Return the page of a codebook."""
    from innovsoc_analysis.codebooks.loading import load_codebook

    book = load_codebook(name)
    lines = [
        f"# Le livre de codes {book.name}",
        "",
        f"{book.title}, version {book.version} : {len(book.codes)} codes en {len(book.families)} familles.",
        "Cette page est faite du fichier même qui code ; pour écrire le vôtre, voyez [le format](../codebook.md).",
        "",
        *_overview(book),
        "## Les règles",
        "",
        "Elles s'adressent aux personnes qui codent ; la machine en suit ce qu'elle peut.",
        "",
        *(f"- **{_plain(key.replace('_', ' '))}** : {_plain(text)}" for key, text in book.rules.items()),
        "",
    ]
    for family in book.families:
        lines += [f"## {family.label}", ""]
        for code_id in family.codes:
            lines += _code(book[code_id])
    return "\n".join(lines)


def _overview(book: Codebook) -> list[str]:
    lines = ["| famille | codes |", "|---|---|"]
    for family in book.families:
        codes = ", ".join(f"[{book[code].label}](#{_anchor(code)})" for code in family.codes)
        lines.append(f"| {family.label} | {codes} |")
    return [*lines, ""]


def _plain(text: str) -> str:
    """Keep stars and underscores from being read as emphasis."""
    return re.sub(r"([*_])", r"\\\1", text)


def _anchor(code_id: str) -> str:
    return code_id.replace(".", "-")


def _code(code: Code) -> list[str]:
    definition = f"`{code.id}`{{ .code-id }} {_plain(code.definition)}"
    lines = [f"### {code.label} {{#{_anchor(code.id)}}}", "", definition, ""]
    for title, entries in (("Inclure", code.include), ("Exclure", code.exclude)):
        if entries:
            lines += [f"**{title}.** " + _plain(" ; ".join(entries)) + ".", ""]
    lines += ["**Exemples**", "", *(f"- « {example} »" for example in map(_plain, code.examples)), ""]
    if code.counter_examples:
        lines += ["**Contre-exemples**", "", *map(_counter_example, code.counter_examples), ""]
    return lines


def _counter_example(example: CounterExample) -> str:
    return f"- « {_plain(example.text)} »" + (f" — {_plain(example.reason)}" if example.reason else "")
