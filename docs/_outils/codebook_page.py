"""The bundled codebook as people read it: families, codes, examples, rules."""  # noqa: INP001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from innovsoc_analysis.model.codebook import Code, Codebook, CounterExample


_FRENCH = {
    "intro": """# Le livre de codes {name}

{title}, version {version} : {n_codes} codes en {n_families} familles. Cette page est faite du fichier même qui code ; pour écrire le vôtre, voyez [le format](../codebook.md).
""",  # noqa: E501
    "overview": "| famille | codes |",
    "rules": "## Les règles\n\nElles s'adressent aux personnes qui codent ; la machine en suit ce qu'elle peut.\n",
    "colon": " : ",
    "include": "Inclure",
    "exclude": "Exclure",
    "examples": "Exemples",
    "counter_examples": "Contre-exemples",
}
_ENGLISH = {
    "intro": """# The codebook {name}

*{title}*, version {version}: {n_codes} codes in {n_families} families. The codebook is written in French, like the texts it codes, and has no English labels or definitions: each code is given with its identifier, which is the same in every table, and with the words of the two English schemes, TEPSIE and ESID, that the codebook maps it to. This page is made from the very file that codes; to write your own, see [its format](../codebook.md).
""",  # noqa: E501
    "overview": "| family | codes |",
    "rules": "## The rules\n\nThey are for the people who code; the machine follows what it can of them. In French.\n",
    "colon": ": ",
    "include": "Include",
    "exclude": "Exclude",
    "examples": "Examples",
    "counter_examples": "Counter-examples",
    "schemes": "In English schemes",
}
_ENGLISH_SCHEMES = ("TEPSIE", "ESID")


def codebook_page(name: str, language: str = "fr") -> str:
    """Return the page of a codebook, with a frame in `language` (``fr`` or ``en``)."""
    from innovsoc_analysis.codebooks.loading import load_codebook

    words = _ENGLISH if language == "en" else _FRENCH
    book = load_codebook(name)
    counts = {"n_codes": len(book.codes), "n_families": len(book.families)}
    lines = [
        words["intro"].format(name=book.name, title=book.title, version=book.version, **counts),
        words["overview"],
        *_overview(book, ids=language == "en"),
        words["rules"],
        *(f"- **{_plain(key.replace('_', ' '))}**{words['colon']}{_plain(text)}" for key, text in book.rules.items()),
        "",
    ]
    for family in book.families:
        lines += [f"## {family.label}", ""]
        for code_id in family.codes:
            lines += _code(book[code_id], words)
    return "\n".join(lines)


def _overview(book: Codebook, *, ids: bool) -> list[str]:
    lines = ["|---|---|"]
    for family in book.families:
        codes = ", ".join(f"[{f'`{code}`' if ids else book[code].label}](#{_anchor(code)})" for code in family.codes)
        lines.append(f"| {family.label} | {codes} |")
    return [*lines, ""]


def _plain(text: str) -> str:
    """Keep stars and underscores from being read as emphasis."""
    return re.sub(r"([*_])", r"\\\1", text)


def _anchor(code_id: str) -> str:
    return code_id.replace(".", "-")


def _code(code: Code, words: dict[str, str]) -> list[str]:
    definition = f"`{code.id}`{{ .code-id }} {_plain(code.definition)}"
    lines = [f"### {code.label} {{#{_anchor(code.id)}}}", "", definition, ""]
    for title, entries in ((words["include"], code.include), (words["exclude"], code.exclude)):
        if entries:
            lines += [f"**{title}.** " + _plain(" ; ".join(entries)) + ".", ""]
    schemes = {name: code.crosswalk.get(name, "-") for name in _ENGLISH_SCHEMES}
    if "schemes" in words and (told := [f"{name}, {text}" for name, text in schemes.items() if text != "-"]):
        lines += [f"**{words['schemes']}.** " + _plain("; ".join(told).replace(" ;", ";")) + ".", ""]
    lines += [f"**{words['examples']}**", "", *(f"- « {example} »" for example in map(_plain, code.examples)), ""]
    if code.counter_examples:
        lines += [f"**{words['counter_examples']}**", "", *map(_counter_example, code.counter_examples), ""]
    return lines


def _counter_example(example: CounterExample) -> str:
    return f"- « {_plain(example.text)} »" + (f" — {_plain(example.reason)}" if example.reason else "")
