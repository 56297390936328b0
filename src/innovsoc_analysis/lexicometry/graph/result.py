"""A graph of similarity as a researcher reads it: edges, words, verbatims, a figure, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.graph.graph import modularity, tree_betweenness
from innovsoc_analysis.lexicometry.graph.indices import INDICES, Pairs
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    import scipy.sparse as sp
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.graph.words import Standing
    from innovsoc_analysis.study.corpus import Corpus

UNIT_NAMES = {
    "context": "unités de contexte",
    "paragraph": "paragraphes",
    "sentence": "phrases",
    "document": "documents",
    "segment": "segments",
    "unit": "unités",
}
"""What units are called, several of them."""
SURE = 0.5
"""Share of draws below which an edge is drawn dashed."""
_EDGE_HEADINGS = ["mot A", "mot B", "unités communes", "indice", "arête de l'arbre", "stabilité"]
_WORD_HEADINGS = ["mot", "unités", "communauté", "arêtes", "force", "intermédiarité"]


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Similarity:
    """Words that stand together, and the tree that sums them up; made by `similarity`.

    Attributes
    ----------
    words : tuple of str
        Sorted; words, or codes.
    pairs : Pairs
        Those that stand together at least once.
    index : str
        A key of `INDICES`.
    weights, stability : arrays of float, shape (n_pairs,)
        The index, and the share of draws in whose tree the pair is.
    in_tree, drawn : arrays of bool, shape (n_pairs,)
        Edges of the maximum tree, and all those that are drawn.
    labels : array of int, shape (n_words,)
        Communities of what is drawn, see `communities`.
    presence : sparse array, shape (n_units, n_words)
        1 where the unit holds the word.
    n_resamples, n_groups : int
        Draws, and documents (or units, where there is one document only) that are drawn.
    by_document : bool
        Whether documents of several units were drawn whole.
    unit, edges : str
        What was asked for.
    threshold : float
        For ``edges="threshold"``.
    part : tuple of str, optional
        The part of the texts the graph is of.
    absent : tuple of str
        Items of the matrix that no unit holds.
    labels_of_words : mapping of str to str
        What codes are called on the figure.
    """

    words: tuple[str, ...]
    pairs: Pairs
    index: str
    weights: NDArray[np.float64]
    in_tree: NDArray[np.bool_]
    drawn: NDArray[np.bool_]
    stability: NDArray[np.float64]
    labels: NDArray[np.int64]
    presence: sp.csr_array[np.int64]
    n_resamples: int
    n_groups: int
    by_document: bool
    unit: str
    edges: str = "tree"
    threshold: float = 0.0
    part: tuple[str, str] | None = None
    absent: tuple[str, ...] = ()
    index_of_units: Any = None
    standing: Standing | None = None
    corpus: Corpus | None = None
    labels_of_words: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Pairs that stand together: ``word_a, word_b, n_together, index, in_tree, stability``.

        Edges of the tree first, the strongest first. ``stability`` (0 to 1) is the share of draws of
        documents in whose tree the pair is an edge; a pair outside the tree may have some as well.
        """
        import numpy as np
        import pandas as pd

        names = np.array(self.words, dtype=object)
        table = pd.DataFrame(
            {
                "word_a": pd.Series(names[self.pairs.first], dtype="str"),
                "word_b": pd.Series(names[self.pairs.second], dtype="str"),
                "n_together": self.pairs.together,
                "index": self.weights,
                "in_tree": self.in_tree,
                "stability": self.stability,
            }
        )
        ranked = table.sort_values(["in_tree", "index", "n_together"], ascending=False, kind="stable")
        return ranked.reset_index(drop=True)

    @cached_property
    def nodes(self) -> pd.DataFrame:
        """Words: ``word, n, community, degree, strength, betweenness``.

        ``n`` is the number of units that hold the word; ``community`` is numbered from 1, the one
        with the largest sum of ``n`` first, and 0 for a word without edges; ``degree`` counts the
        edges of the tree, ``strength`` sums the index of the word with all others, in the tree or
        not, and ``betweenness`` (0 to 1) is the share of pairs of other words whose path in the tree
        goes through it.
        """
        import numpy as np
        import pandas as pd

        ends = self._ends
        n_words = len(self.words)
        return pd.DataFrame(
            {
                "word": pd.Series(self.words, dtype="str"),
                "n": self.pairs.alone,
                "community": self._communities,
                "degree": np.bincount(ends[self.in_tree].ravel(), minlength=n_words),
                "strength": np.bincount(ends.ravel(), weights=np.repeat(self.weights, 2), minlength=n_words),
                "betweenness": tree_betweenness(n_words, ends[self.in_tree]),
            }
        )

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        import numpy as np

        return np.column_stack([self.pairs.first, self.pairs.second])

    @cached_property
    def _communities(self) -> NDArray[np.int64]:
        import numpy as np

        joined = np.bincount(self._ends[self.drawn].ravel(), minlength=len(self.words)) > 0
        size = np.bincount(self.labels, weights=self.pairs.alone)
        lone = np.bincount(self.labels, weights=joined) == 0
        ranked = [label for label in np.argsort(-size, kind="stable").tolist() if not lone[label]]
        number = np.zeros(len(size), dtype=np.int64)
        number[ranked] = np.arange(1, len(ranked) + 1)
        return number[self.labels]

    @property
    def isolated(self) -> tuple[str, ...]:
        """Words that no edge joins to another."""
        return tuple(self.nodes.loc[self.nodes["community"] == 0, "word"])

    @cached_property
    def modularity(self) -> float:
        """How well the edges drawn fall into communities (-0.5 to 1).

        A tree falls into pieces easily, whatever the texts: compare with `modularity_of_all`, that of
        the same communities among all pairs, where 0 is what chance would give.
        """
        return modularity(self._ends[self.drawn], self.weights[self.drawn], self.labels)

    @cached_property
    def modularity_of_all(self) -> float:
        """The modularity of the communities among all pairs that stand together."""
        return modularity(self._ends, self.weights, self.labels)

    def community(self, number: int) -> list[str]:
        """Return the words of community `number` (from 1), those of the most units first.

        Raises
        ------
        UsageError
            If there is no such community.
        """
        nodes = self.nodes[self.nodes["community"] == number]
        if nodes.empty or number < 1:
            raise UsageError(
                f"Il n'y a pas de communauté {number} : elles vont de 1 à {self.nodes['community'].max()}."
            )
        return nodes.sort_values("n", ascending=False, kind="stable")["word"].tolist()

    def places(self, word_a: str, word_b: str) -> pd.DataFrame:
        """Return the units in which both words stand: what leads from an edge back to the texts.

        Parameters
        ----------
        word_a, word_b : str
            Words of the graph.

        Returns
        -------
        DataFrame
            One row per unit, in the order of the corpus: ``title, speaker, quote, doc_id, start, end,
            unit_id``. The quote is the sentences in which the two are nearest to each other, and
            ``start, end`` its place. Of a matrix, only ``row`` and its ``label``.

        Raises
        ------
        UsageError
            If a word is not in the graph.
        """
        from innovsoc_analysis.lexicometry.graph.quoting import quotes

        numbers = [self._number(word) for word in (word_a, word_b)]
        columns = self.presence[:, numbers].toarray()
        rows = (columns > 0).all(axis=1).nonzero()[0]
        if self.standing is None or self.corpus is None:
            import pandas as pd

            labels = rows if self.index_of_units is None else self.index_of_units[rows]
            return pd.DataFrame({"row": rows, "label": [str(label) for label in labels]})
        return quotes(self.corpus, self.standing, rows=rows, numbers=numbers)

    def _number(self, word: str) -> int:
        import difflib

        wanted = " ".join(word.replace("’", "'").split())
        for name in (word, wanted, wanted.lower()):
            if name in self.words:
                return self.words.index(name)
        close = difflib.get_close_matches(wanted.lower(), self.words, n=1)
        hint = f" ; vouliez-vous dire « {close[0]} » ?" if close else "."
        raise UsageError(f"Le mot « {word} » n'est pas dans le graphe{hint}")

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw the graph: words as large as they are widespread, edges as thick as their index.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw; by default new axes, as large as it takes.

        Returns
        -------
        Axes
            Edges of the tree that fewer than half of the draws hold are dashed; communities lie on
            pale grounds with a number; words without edges are named in the caption.

        Raises
        ------
        UsageError
            If there are more words than a figure can hold, `MOST_DRAWN`.
        """
        from innovsoc_analysis.lexicometry.graph.drawing import draw

        return draw(self, ax=ax)

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the edges to ``.csv``, edges and words to ``.xlsx``, or what is drawn to ``.graphml`` (Gephi).

        Parameters
        ----------
        path : Path
            Its suffix says which.
        locale : str
            Of a CSV file, as in `csv_bytes`.

        Raises
        ------
        UsageError
            If the suffix is another, or the file cannot be written.
        """
        from innovsoc_analysis.safe.files import atomic_write
        from innovsoc_analysis.safe.sheets import save_sheets

        path = Path(path)
        path = Path(path)
        if path.suffix.lower() == ".graphml":
            from innovsoc_analysis.lexicometry.graph.graphml import graphml_bytes

            atomic_write(path, graphml_bytes(self))
            return
        if path.suffix.lower() not in {".csv", ".xlsx"}:
            raise UsageError(f"« {path.name} » : choisissez un nom en .csv, .xlsx ou .graphml.")
        edges = self.table.set_axis(_EDGE_HEADINGS, axis=1)
        edges["arête de l'arbre"] = edges["arête de l'arbre"].map({True: "oui", False: "non"})
        words = self.nodes.sort_values("n", ascending=False, kind="stable").set_axis(_WORD_HEADINGS, axis=1)
        save_sheets({"Arêtes": edges, "Mots": words}, path, main="Arêtes", locale=locale)

    def summary(self) -> str:
        """Return what the graph is of, in one French sentence."""
        part = f" ; {self.part[0]} : {self.part[1]}" if self.part else ""
        return (
            f"{len(self.words)} mots, {self.pairs.n_units} {UNIT_NAMES.get(self.unit, 'unités')}{part} ;"
            f" indice : {INDICES[self.index]}"
        )

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        counts = {"arête": int(self.drawn.sum()), "communauté": int(self._communities.max())}
        told = ", ".join(f"{n} {name}{'s' if n > 1 else ''}" for name, n in counts.items())
        return f"<Similitude : {len(self.words)} mots, {told}>"

    def _repr_html_(self) -> str:
        nodes = self.nodes
        rows = "".join(
            f"<tr><td>{number}</td><td>{escape(', '.join(self.community(number)))}</td></tr>"
            for number in range(1, int(nodes["community"].max()) + 1)
        )
        lone = f"<p>Sans lien : {escape(', '.join(self.isolated))}</p>" if self.isolated else ""
        return (
            f"<p>{escape(self.summary())}</p><table><thead><tr><th>communauté</th><th>mots</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>{lone}"
        )
