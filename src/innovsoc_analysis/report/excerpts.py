"""Which verbatims of a code a printed report quotes, and how much of a long one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 700
_CUT = "[…]"


def chosen(summary: dict[str, Any], code: str, *, most: int) -> list[dict[str, Any]]:
    """Return verbatims of `code`: sure before doubtful, then from as many genres and documents as there are.

    Parameters
    ----------
    summary : dict
        From :func:`~innovsoc_analysis.report.summary.summarise`.
    code : str
        A code.
    most : int
        How many at most.

    Returns
    -------
    list of dict
        Segments of the summary, in the order of the texts.
    """
    documents = summary["documents"]
    carrying = [n for n, one in enumerate(summary["segments"]) if any(code == other for other, _ in one["codes"])]
    segments = {n: summary["segments"][n] for n in carrying}
    of_document: dict[int, int] = {}
    of_genre: dict[tuple[str, int], int] = {}
    order = []
    for n in sorted(carrying, key=lambda n: code in segments[n]["reread"]):
        document = segments[n]["doc"]
        nth = of_document[document] = of_document.get(document, 0) + 1
        rank = (documents[document]["genre"], nth)
        of_genre[rank] = of_genre.get(rank, 0) + 1
        order.append((code in segments[n]["reread"], nth, of_genre[rank], n))
    return [segments[n] for n in sorted(n for *_, n in sorted(order)[:most])]


def evidence(segment: dict[str, Any], code: str) -> list[tuple[int, int]]:
    """Return the spans of the words that support `code` in a segment, in order, none overlapping.

    Examples
    --------
    >>> evidence({"codes": [["a", [[5, 9], [0, 2], [8, 12]]]]}, "a")
    [(0, 2), (5, 12)]
    """
    spans = sorted((start, end) for one, found in segment["codes"] if one == code for start, end in found)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def marked(quote: str, spans: Sequence[tuple[int, int]], *, longest: int = LONGEST) -> list[tuple[str, bool]]:
    """Return a quote as pieces, each with whether it is evidence; a long one is cut around its evidence.

    Examples
    --------
    >>> marked("Un jardin partagé.", [(3, 9)])
    [('Un ', False), ('jardin', True), (' partagé.', False)]
    >>> marked("Il y a ici un jardin partagé par tous.", [(14, 20)], longest=20)
    [('[…] ici un ', False), ('jardin', True), (' […]', False)]
    """
    start, end = _window(quote, spans, longest)
    pieces = [(f"{_CUT} ", False)] if start else []
    at = start
    for left, right in spans:
        if left < end and right > at:
            pieces += [(quote[at : max(left, at)], False), (quote[max(left, at) : min(right, end)], True)]
            at = min(right, end)
    pieces.append((quote[at:end], False))
    pieces += [(f" {_CUT}", False)] if end < len(quote) else []
    return _joined(pieces)


def _window(quote: str, spans: Sequence[tuple[int, int]], longest: int) -> tuple[int, int]:
    if len(quote) <= longest:
        return 0, len(quote)
    first, last = spans[0] if spans else (0, 0)
    start = max(0, (first + last - longest) // 2)
    end = min(len(quote), start + longest)
    if start and (space := quote.find(" ", start - 1, first)) >= 0:
        start = space + 1
    if end < len(quote) and (space := quote.rfind(" ", max(last, start), end)) > start:
        end = space
    return start, end


def _joined(pieces: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join neighbours of one kind and leave empty ones out."""
    joined: list[tuple[str, bool]] = []
    for text, is_evidence in pieces:
        if joined and joined[-1][1] == is_evidence:
            joined[-1] = (joined[-1][0] + text, is_evidence)
        elif text:
            joined.append((text, is_evidence))
    return joined
