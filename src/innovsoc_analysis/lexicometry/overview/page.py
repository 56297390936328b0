"""The page of a lexicometry: specific words, factor map, lexical worlds and the graph of words."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.counting.vocabulary import content_tokens
from innovsoc_analysis.ingest.metadata import attribute_label, genre_label
from innovsoc_analysis.lexicometry.diversity.comparing import FRENCH
from innovsoc_analysis.lexicometry.overview.result import file_name
from innovsoc_analysis.pages.rendering import inline_svg, render
from innovsoc_analysis.pages.typography import clock, grouped, percent, unbroken

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from innovsoc_analysis.lexicometry.classes import Classes
    from innovsoc_analysis.lexicometry.overview.result import Lexicon
    from innovsoc_analysis.lexicometry.specificity import Specificities

_TEMPLATES = resources.files(__package__) / "templates"
_WORDS, _QUOTES, _PARTS, _SEGMENTS, _VALUES = 15, 3, 40, 5, 8
_LEVEL = 0.05
_MOST_UNITS, _DRAWS = 20_000, 20
_COLUMNS = {
    "n_documents": 0,
    "tokens": 0,
    "types": 0,
    "hapax": 0,
    "standard_ttr": 3,
    "mattr": 3,
    "yule_k": 1,
    "mtld": 1,
}


def lexicon_page(found: Lexicon, *, title: str) -> str:
    """Return the page, see `Lexicon.page`."""
    compared = [
        {"name": attribute_label(name), "parts": _parts(name, one)} for name, one in found.specificities.items()
    ]
    classes = _classes(found)
    values = {
        "n_documents": len(found.corpus),
        "n_words": found.n_words,
        "richness": [
            {
                "name": attribute_label(name),
                "headings": [FRENCH[column] for column in _COLUMNS],
                "rows": _richness(name, one.table),
                "remark": unbroken(one.remark),
            }
            for name, one in found.richness.items()
        ],
        "compared": compared,
        "maps": [
            {
                "name": attribute_label(name),
                "plot": inline_svg(found.figures[file_name("correspondence", found.by.index(name))]),
            }
            for name in found.correspondence
        ],
        "classes": classes,
        "graph": inline_svg(found.figures["similarity"]) if found.similarity else "",
        "remarks": [unbroken(remark) for remark in found.remarks],
    }
    data = {"compared": compared, "classes": classes["data"] if classes else []}
    return render(_TEMPLATES, values, title=title, kind="Lexicométrie", data=data)


def part_label(by: str, part: str) -> str:
    """Return what a part is called in French: genres have names."""
    return genre_label(part) if by == "genre" else part


def _richness(by: str, table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "part": part_label(by, row["part"]),
            "cells": [_number(row[column], decimals) for column, decimals in _COLUMNS.items()],
        }
        for row in table.to_dict("records")
    ]


def _number(value: float, decimals: int) -> str:
    if value != value:  # noqa: PLR0124 - no number is not itself
        return "–"
    return f"{value:.{decimals}f}".replace(".", ",") if decimals else grouped(int(value))


def _parts(by: str, found: Specificities) -> list[dict[str, Any]]:
    # of the table's own tokens, in which terms of several words are one
    content = frozenset(content_tokens(found.lexical.tokens)["word"])
    sizes = dict(zip(found.parts, found.lexical.sizes.tolist(), strict=True))
    largest = set(sorted(found.parts, key=lambda part: (-sizes[part], part))[:_PARTS])
    return [
        {"name": part_label(by, part), "n": sizes[part], **_lists(found, part, content=content)}
        for part in found.parts
        if part in largest
    ]


def _lists(found: Specificities, part: str, *, content: Collection[str]) -> dict[str, Any]:
    """Return the words that a part prefers and those it avoids, full words and small ones apart."""
    lists: dict[str, Any] = {}
    everything = len(found.lexical.words)
    for negative, name in ((False, "over"), (True, "under")):
        ranked = found.top(part, everything, negative=negative)
        full = ranked["word"].map(content.__contains__).astype(bool)
        for kind, rows in (("full", ranked[full]), ("small", ranked[~full])):
            lists[f"{name}_{kind}"] = [_word(row) for row in rows.head(_WORDS).to_dict("records")]
    shown = [word for kind in ("full", "small") for word in lists[f"over_{kind}"]]
    quotes = _quotes(found, part, [word["word"] for word in shown])
    for word in shown:
        word["quotes"] = quotes.get(word["word"], [])
    return lists


def _word(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "word": row["word"],
        "index": round(float(row["index"]), 1),
        "f": int(row["f"]),
        "per": _per_ten_thousand(row["f"], row["t"]),
        "all": _per_ten_thousand(row["F"], row["T"]),
        "documents": int(row["n_documents"]),
        "alone": bool(row["one_document"]),
    }


def _per_ten_thousand(count: int, size: int) -> float:
    return float(f"{10_000 * count / size:.3g}") if size else 0.0


def _quotes(found: Specificities, part: str, words: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the first sentences that hold each word, one of each document before a second of any."""
    rows = found.quoted(part, words)
    turn = rows.groupby(["word", "doc_id"], sort=False).cumcount()
    rows = rows.assign(turn=turn).sort_values(["word", "turn"], kind="stable").groupby("word", sort=False).head(_QUOTES)
    tokens = found.lexical.tokens.iloc[found.lexical.part_rows[found.parts.index(part)]]
    tokens = tokens[tokens["word"].isin(words)]
    places = {key: group[["start", "end"]].to_numpy() for key, group in tokens.groupby(["doc_id", "word"], sort=False)}
    quotes: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_dict("records"):
        spans = places[row["doc_id"], row["word"]]
        within = spans[(spans[:, 0] >= row["start"]) & (spans[:, 1] <= row["end"])] - row["start"]
        quotes.setdefault(row["word"], []).append({"text": row["quote"], "marks": within.tolist(), **_where(row)})
    return quotes


def _where(row: Mapping[str, Any]) -> dict[str, str]:
    """Return who says it and where: title, speaker, time or page if they are known."""
    said = [row["title"]]
    if isinstance(row.get("speaker"), str):
        said.append(row["speaker"])
    if (time := row.get("t_start")) is not None and time == time:  # noqa: PLR0124 - no number is not itself
        said.append(clock(float(time)))
    return {"who": ", ".join(said), "source": row["source"]}


def _classes(found: Lexicon) -> dict[str, Any] | None:
    classes = found.classes
    if classes is None:
        return None
    crossed = {name: classes.by(name, codings=found.codings) for name in found.by if _several(found, name)}
    rows, stability = classes.summary.to_dict("records"), _stability(classes)
    return {
        "plot": inline_svg(found.figures["classes"]),
        "remarks": [unbroken(classes.stopped)] if classes.stopped else [],
        "units": len(classes.units),
        "data": [
            {
                "number": row["class"],
                "share": row["share"],
                "stability": stability.get(row["class"], ""),
                "words": [_class_word(word) for word in classes.words(row["class"], _WORDS).to_dict("records")],
                "segments": [
                    {"text": one["quote"], "marks": marks_of(one["quote"], one["marked"]), **_where(one)}
                    for one in classes.segments(row["class"], _SEGMENTS).to_dict("records")
                ],
                "values": [value for name, table in crossed.items() for value in _values(name, table, row["class"])],
            }
            for row in rows
        ],
    }


def _several(found: Lexicon, name: str) -> bool:
    return len(found.richness[name].table) > 1


def _class_word(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"word": row["word"], "chi2": round(float(row["chi2"]), 1), "alone": bool(row["one_document"])}


def _stability(found: Classes) -> dict[int, str]:
    """Return how well each class is found again in other documents, in words; nothing for very many units."""
    if len(found.units) > _MOST_UNITS:
        return {}
    rows = found.stability(_DRAWS).dropna(subset=["jaccard"]).to_dict("records")
    return {row["class"]: _found_again(row) for row in rows}


def _found_again(row: Mapping[str, Any]) -> str:
    share, chance = percent(row["jaccard"]), percent(row["by_chance"])
    return f"Retrouvée à {share} quand on tire d'autres documents ({chance} par hasard) : {row['verdict']}."


def _values(by: str, table: pd.DataFrame, number: int) -> list[dict[str, str]]:
    """Return the values that a class prefers, then those it avoids, documents being compared rather than units."""
    rows = table[(table["class"] == number) & (table["p_documents_adjusted"] < _LEVEL)]
    rows = rows.assign(rank=-rows["chi2"].abs(), avoided=rows["chi2"] < 0)
    rows = rows.sort_values(["avoided", "rank", "value"], kind="stable").groupby("avoided", sort=False).head(_VALUES)
    return [
        {
            "name": f"{'moins' if row['avoided'] else 'plus'} : {attribute_label(by)} {part_label(by, row['value'])}",
            "figure": f"{percent(row['share'])} de ses unités, {percent(row['share_in_all'])} en tout ; "
            f"{row['n_documents']} document{'s' if row['n_documents'] > 1 else ''}",
        }
        for row in rows.to_dict("records")
    ]


def marks_of(quote: str, marked: str) -> list[list[int]]:
    """Return where the words between double asterisks stand in the quote without them.

    Examples
    --------
    >>> marks_of("un puits clair", "un **puits** **clair**")
    [[3, 8], [9, 14]]
    """
    edges, place, at = [], 0, 0
    while at < len(marked):
        if marked.startswith("**", at) and not quote.startswith("**", place):
            edges.append(place)
            at += 2
        else:
            place, at = place + 1, at + 1
    return [list(pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
