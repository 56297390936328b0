"""Identifiers derived from content and place: the same input gives the same ones anywhere."""

from __future__ import annotations

import hashlib


def derive_id(prefix: str, *parts: str | int) -> str:
    """Return a short identifier derived from `parts`.

    Parameters
    ----------
    prefix : str
        One letter that tells the kind of thing.
    *parts : str or int
        What determines the thing; order matters, and ``("ab", "c")`` differs from ``("a", "bc")``.

    Returns
    -------
    str
        The prefix and 16 hexadecimal digits (64 bits of SHA-256).

    Examples
    --------
    >>> derive_id("d", "a.txt", "x") == derive_id("d", "a.txt", "x")
    True
    >>> derive_id("d", "ab", "c") == derive_id("d", "a", "bc")
    False
    """
    # each part after its length: no character in a part can pass for a boundary
    joined = "".join(f"{len(part)}:{part}" for part in map(str, parts))
    return prefix + hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def segment_id(doc_id: str, unit: str, start: int, end: int) -> str:
    """Return the identifier of a segment: its document, its unit and its place.

    Examples
    --------
    >>> segment_id("d0", "sentence", 10, 20)
    'd0:sentence:10-20'
    """
    return f"{doc_id}:{unit}:{start}-{end}"
