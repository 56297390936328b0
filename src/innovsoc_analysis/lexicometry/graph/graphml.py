"""A graph of similarity as GraphML, which Gephi, Cytoscape and igraph open."""

from __future__ import annotations

import math
import re
from html import escape
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.graph.drawing import MOST_DRAWN, placed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innovsoc_analysis.lexicometry.graph.result import Similarity

# what XML 1.0 has no way to write
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NODE = {
    "label": "string",
    "n": "long",
    "community": "long",
    "degree": "long",
    "strength": "double",
    "betweenness": "double",
    "x": "double",
    "y": "double",
}
_EDGE = {"weight": "double", "n_together": "long", "in_tree": "boolean", "stability": "double"}


def graphml_bytes(found: Similarity) -> bytes:
    """Return the edges drawn and the words, with their places where the graph can be drawn, as GraphML.

    Parameters
    ----------
    found : Similarity
        The graph.

    Returns
    -------
    bytes
        UTF-8; the same for the same graph.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.graph import similarity_of
    >>> text = graphml_bytes(similarity_of([[1, 1], [1, 1]], ["a & b", "puits"])).decode()
    >>> "a &amp; b" in text, text.count("<edge ")
    (True, 1)
    """
    spots = {}
    if len(found.words) <= MOST_DRAWN:
        spots = {row.word: (float(row.x), float(row.y)) for row in placed(found)[0].itertuples()}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for kind, keys in (("node", _NODE), ("edge", _EDGE)):
        lines += [
            f'  <key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{held}"/>'
            for name, held in keys.items()
        ]
    lines.append('  <graph edgedefault="undirected">')
    for place, row in enumerate(found.nodes.to_dict("records")):
        x, y = spots.get(row["word"], (None, None))
        lines.append(
            f'    <node id="n{place}">{_data("node", {**row, "label": row["word"], "x": x, "y": y}, _NODE)}</node>'
        )
    columns = (
        found.pairs.first,
        found.pairs.second,
        found.weights,
        found.pairs.together,
        found.in_tree,
        found.stability,
    )
    for first, second, *values in zip(*(column[found.drawn].tolist() for column in columns), strict=True):
        data = _data("edge", dict(zip(_EDGE, values, strict=True)), _EDGE)
        lines.append(f'    <edge source="n{first}" target="n{second}">{data}</edge>')
    lines += ["  </graph>", "</graphml>", ""]
    return "\n".join(lines).encode("utf-8")


def _data(kind: str, values: Mapping[str, Any], keys: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{kind}_{name}">{_written(values[name])}</data>'
        for name in keys
        if values[name] is not None and not (isinstance(values[name], float) and math.isnan(values[name]))
    )


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return escape(_UNWRITABLE.sub("\ufffd", str(value)))
