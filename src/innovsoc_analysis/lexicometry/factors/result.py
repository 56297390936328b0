"""Correspondence analysis of words and parts, as a researcher reads it: tables, maps, what may be concluded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from innovsoc_analysis.lexicometry.corrections import false_discoveries
from innovsoc_analysis.lexicometry.factors import reading, resampling
from innovsoc_analysis.lexicometry.factors.material import blocks_of
from innovsoc_analysis.lexicometry.naming import part_label
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from innovsoc_analysis.lexicometry.factors.computing import Cloud, CorrespondenceAnalysis
    from innovsoc_analysis.lexicometry.tables import LexicalTable
    from innovsoc_analysis.study.corpus import Corpus

_FEWEST = 2
_SIGNIFICANT = 0.05
_SHOWN = 20


@dataclass(frozen=True, eq=False)
class Supplement:
    """Points that are projected on the map.

    Attributes
    ----------
    variable : str
        What they are values of.
    names : tuple of str
        One per point.
    cloud : Cloud
        Where they fall.
    """

    variable: str
    names: tuple[str, ...]
    cloud: Cloud


@dataclass(frozen=True, eq=False, repr=False)
class Correspondence:
    """Words and parts on the axes that oppose them most.

    Attributes
    ----------
    analysis : CorrespondenceAnalysis
        Fitted: the arrays.
    rows, columns : tuple of str
        Names of the words and of the parts that are in the analysis.
    kinds : tuple of two str
        What rows and columns are, in French.
    by : str
        What the parts are.
    dropped : tuple of str
        Rows and columns that held nothing, and supplementary points that share no word with the table.
    supplementary : tuple of Supplement
        What was projected.
    lexical : LexicalTable, optional
        What was counted; None for a table that was given.
    corpus : Corpus, optional
        The texts; None for a table that was given.
    """

    analysis: CorrespondenceAnalysis
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    kinds: tuple[str, str]
    by: str
    dropped: tuple[str, ...] = ()
    supplementary: tuple[Supplement, ...] = ()
    lexical: LexicalTable | None = None
    corpus: Corpus | None = None

    @property
    def n_axes(self) -> int:
        """How many axes have coordinates."""
        return len(self.analysis.eigenvalues_)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per point.

        Columns ``kind`` (``mot``, ``partie``, ``supplémentaire``), ``name``, ``variable``, ``mass`` (0 to
        1), ``quality`` (cos² of the first two axes, 0 to 1), then for each axis ``coord_1`` (principal),
        ``contrib_1`` and ``cos2_1`` (0 to 1), all coordinates first. Supplementary points have neither
        mass nor contribution.
        """
        import numpy as np
        import pandas as pd

        analysis = self.analysis
        active = [
            reading.cloud_table(analysis.rows_, np.array(self.rows), kind=self.kinds[0]),
            reading.cloud_table(analysis.columns_, np.array(self.columns), kind=self.kinds[1], variable=self.by),
        ]
        others = [
            reading.cloud_table(one.cloud, np.array(one.names), kind="supplémentaire", variable=one.variable)
            for one in self.supplementary
        ]
        return pd.concat([*active, *others], ignore_index=True)

    @property
    def axes_table(self) -> pd.DataFrame:
        """One row per axis: ``axis, eigenvalue, share, cumulated, above_mean, broken_stick``; shares in %."""
        return reading.axes_table(self.analysis)

    def remarks_on(self, axes: Collection[int]) -> tuple[str, ...]:
        """Return what a reader of these axes should know, in French: that they may rotate, or hang on one point."""
        labels = tuple(self.label(name) for name in self.columns)
        remarks = reading.remarks_on(self.analysis, {self.kinds[0]: self.rows, self.kinds[1]: labels})
        return tuple(remark.sentence for remark in remarks if set(axes) & set(remark.axes))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader of any axis should know, and what was left out, in French."""
        return self.remarks_on(range(1, self.n_axes + 1)) + reading.left_out(self.dropped)

    @property
    def basis(self) -> str:
        """What the axes stand on."""
        counts = {self.kinds[0]: len(self.rows), self.kinds[1]: len(self.columns)}
        if self.corpus is not None:
            counts = {"document": len(self.corpus), **counts}
        return ", ".join(reading.counted(number, unit) for unit, number in counts.items())

    def label(self, name: str) -> str:
        """Return the name of a part as people read it: « entretiens » for the genre ``talk``."""
        return part_label(name, self.by, self.lexical.labels if self.lexical is not None else {})

    def interpret(self, axis: int = 1, *, n: int = 10) -> pd.DataFrame:
        """Return what an axis opposes: the parts and words that contribute most to each of its sides.

        Parameters
        ----------
        axis : int
            From 1.
        n : int
            How many words, and parts, at most on each side.

        Returns
        -------
        DataFrame
            ``side`` (``+`` or ``−``), ``kind, name, coord, contrib`` and ``cos2`` (0 to 1), ``above_mean``
            (contributes at least the mean of its kind: what makes the axis).

        Raises
        ------
        UsageError
            If there is no such axis.
        """
        self.check_axes((axis,))
        return reading.opposed(self.table, axis, n, kinds=self.kinds)

    def check_axes(self, axes: Sequence[int]) -> None:
        """Refuse axes that are not there.

        Raises
        ------
        UsageError
            Naming those there are.
        """
        if not all(1 <= axis <= self.n_axes for axis in axes) or len(set(axes)) < len(axes):
            there = "un seul axe, l'axe 1" if self.n_axes == 1 else f"les axes 1 à {self.n_axes}"
            raise UsageError(f"Axes demandés : {', '.join(map(str, axes))} ; cette analyse a {there}.")

    def ellipses(
        self, *, axes: Sequence[int] = (1, 2), n_draws: int = 200, seed: int = 0, unit: str = "document"
    ) -> pd.DataFrame:
        """Return where each part would be with other documents: 95 % ellipses of the partial bootstrap.

        The documents of each part are drawn again with replacement and projected on the axes, which are
        held. An ellipse says how precisely a part is placed. It does not say that two parts differ: axes
        draw parts asunder even where chance made them; that is what `separation` tests.

        Parameters
        ----------
        axes : sequence of int
            One or two, from 1.
        n_draws, seed : int
            How many draws, and their seed.
        unit : {"document", "turn", "paragraph", "sentence"}
            What is drawn; turns or paragraphs where parts are speakers of one interview each.

        Returns
        -------
        DataFrame
            One row per part: ``part, n_units, centre_1, centre_2, semi_1, semi_2`` (the longer first),
            ``angle`` (degrees), ``half_1, half_2`` (half widths of the intervals on each axis alone).
            Parts of fewer than five units have no ellipse: missing values.

        Raises
        ------
        UsageError
            If the analysis is that of a bare table, or a choice is unknown.

        References
        ----------
        Lebart, L., Salem, A. & Berry, L. (1998). *Exploring Textual Data*. Kluwer.
        """
        import numpy as np
        import pandas as pd

        axes = tuple(axes)[: self.n_axes] if self.n_axes == 1 else tuple(axes)
        self.check_axes(axes)
        if len(axes) not in {1, 2}:
            raise UsageError("Une ellipse se dessine sur un ou deux axes.")
        blocks = self._blocks(unit, n_draws)
        chosen = [axis - 1 for axis in axes]
        standard = self.analysis.rows_.standard[:, chosen]
        numbers = range(1, len(axes) + 1)
        rows = []
        for part, name in enumerate(self.columns):
            n_units = int((blocks.parts == part).sum())
            centre = self.analysis.columns_.coordinates[part, chosen]
            row: dict[str, Any] = {"part": name, "n_units": n_units}
            row |= {f"centre_{k}": float(centre[k - 1]) for k in numbers}
            row |= {f"{stem}_{k}": np.nan for stem in ("semi", "half") for k in numbers} | {"angle": np.nan}
            if n_units >= resampling.FEWEST_DOCUMENTS:
                positions = resampling.drawn_positions(blocks, part, standard, n_draws=n_draws, seed=seed)
                found = resampling.ellipse(positions, centre, n_blocks=n_units)
                row |= {f"semi_{k}": found.semi_axes[k - 1] for k in numbers}
                row |= {f"half_{k}": found.half_widths[k - 1] for k in numbers} | {"angle": found.angle}
            rows.append(row)
        return pd.DataFrame(rows)

    def separation(self, *, n_draws: int = 999, seed: int = 0, unit: str = "document") -> pd.DataFrame:
        """Return which parts are really apart: a permutation test of each pair.

        The documents of both parts are dealt again to them, each keeping its number, and the χ² distance
        between their profiles, all axes together, is compared with what is observed.

        Parameters
        ----------
        n_draws, seed : int
            How many times, and the seed.
        unit : {"document", "turn", "paragraph", "sentence"}
            What is dealt. Paragraphs of one text resemble each other: by them, parts seem apart more
            easily than they are.

        Returns
        -------
        DataFrame
            One row per pair: ``part_a, part_b, n_a, n_b`` (units), ``distance`` (χ²), ``p``, ``p_adjusted``
            (for the number of pairs, by the rate of false discoveries) and ``apart`` (``p_adjusted`` under
            0.05). Parts of few units cannot be told apart: with 3 and 3 documents, p is 0.1 at least.

        Raises
        ------
        UsageError
            If the analysis is that of a bare table, or a choice is unknown.

        References
        ----------
        Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. *JRSS B* 57(1), 289-300.
        """
        import numpy as np
        import pandas as pd

        blocks = self._blocks(unit, n_draws)
        sizes = np.bincount(blocks.parts, minlength=len(self.columns))
        rows = []
        for pair in combinations(range(len(self.columns)), 2):
            distance, p = resampling.permuted(blocks, pair, self.analysis.rows_.masses, n_draws=n_draws, seed=seed)
            first, second = pair
            rows.append((self.columns[first], self.columns[second], sizes[first], sizes[second], distance, p))
        table = pd.DataFrame(rows, columns=["part_a", "part_b", "n_a", "n_b", "distance", "p"])
        adjusted = false_discoveries(table["p"].to_numpy())
        return table.assign(p_adjusted=adjusted, apart=adjusted < _SIGNIFICANT)

    def _blocks(self, unit: str, n_draws: int) -> resampling.Blocks:
        if self.lexical is None or self.corpus is None:
            raise UsageError("Ce tableau a été donné sans ses textes : rien à tirer de nouveau. Partez d'un corpus.")
        if n_draws < _FEWEST:
            raise UsageError("Demandez au moins deux tirages.")
        kept = self.analysis.rows_.kept, self.analysis.columns_.kept
        return blocks_of(self.corpus, self.lexical, kept=kept, unit=unit)

    def plot(
        self,
        axes: Sequence[int] = (1, 2),
        *,
        n_words: int = 40,
        words: Sequence[str] | None = None,
        parts: bool = True,
        ellipses: bool = False,
        scaling: Literal["symmetric", "contribution"] = "symmetric",
        ax: Axes | None = None,
    ) -> Axes:
        """Draw the factor map: parts, words and supplementary points on two axes, or on the one there is.

        Parameters
        ----------
        axes : sequence of int
            Two, or one, from 1.
        n_words : int
            How many words, those that contribute most to these axes; 0 for none.
        words : sequence of str, optional
            Which words instead.
        parts : bool
            Whether parts are drawn.
        ellipses : bool
            Whether their 95 % ellipses are, see `ellipses`.
        scaling : {"symmetric", "contribution"}
            ``"symmetric"``: words and parts in principal coordinates. ``"contribution"``: words by their
            contribution (standard coordinates times the square root of the mass, on a scale of their own),
            Greenacre's standard biplot: words far from the centre make the axes, those near it do not.
        ax : Axes, optional
            Where to draw.

        Returns
        -------
        Axes
            Parts are always labelled, save beyond a hundred; words, where there is room: the caption says how many.

        Raises
        ------
        UsageError
            If an axis, a word or a scaling is unknown.
        """
        from innovsoc_analysis.lexicometry.factors.drawing import Choice, draw_map

        choice = Choice(tuple(axes), n_words, None if words is None else tuple(words), parts, ellipses, scaling)
        return draw_map(self, choice, ax=ax)

    def plot_inertia(self, *, ax: Axes | None = None) -> Axes:
        """Draw the share of each axis in the inertia, beside the mean and the broken stick."""
        from innovsoc_analysis.lexicometry.factors.drawing import draw_inertia

        return draw_inertia(self, ax=ax)

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (axes, parts, words, supplementary points, how to read them) or ``.csv`` (all points).

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        path = Path(path)
        if path.suffix.lower() == ".csv":
            save_sheets({"Points": self.table}, path, main="Points", locale=locale)
        else:
            save_sheets(reading.sheets_of(self), path, main="Axes")

    def __repr__(self) -> str:
        """Return counts only: the words may be confidential."""
        return f"<Correspondence : {self.basis}, {self.n_axes} axe(s)>"

    def _repr_html_(self) -> str:
        axes = self.axes_table.head(self.n_axes)
        heads = "".join(f"<th>axe {row.axis} ({reading.decimal(row.share)}\u202f%)</th>" for row in axes.itertuples())
        rows = "".join(
            f"<tr><td>{escape(self.label(name))}</td>"
            + "".join(f"<td>{reading.decimal(value, 2)}</td>" for value in coordinates)
            + "</tr>"
            for name, coordinates in zip(
                self.columns[:_SHOWN], self.analysis.columns_.coordinates[:_SHOWN].tolist(), strict=True
            )
        )
        more = (
            f" des {reading.counted(_SHOWN, self.kinds[1])} qui viennent en premier"
            if len(self.columns) > _SHOWN
            else ""
        )
        remarks = "".join(f"<p>{escape(remark)}</p>" for remark in self.remarks)
        return (
            f"<p>Analyse des correspondances : {escape(self.basis)} ; coordonnées{more}</p>"
            f"<table><thead><tr><th>{escape(self.kinds[1])}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>{remarks}"
        )
