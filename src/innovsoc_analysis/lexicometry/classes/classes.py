"""Classes of a corpus by the words that meet in its units: profiles, verbatims, what goes with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.checks import check_whole, is_whole
from innovsoc_analysis.lexicometry.classes.checks import check_class
from innovsoc_analysis.lexicometry.classes.crossing import association_table, crossed_with
from innovsoc_analysis.lexicometry.classes.places import characteristic_units
from innovsoc_analysis.lexicometry.classes.profiles import (
    DIGITS,
    THRESHOLD,
    chi2_of,
    counts_table,
    profile_table,
    sizes_table,
)
from innovsoc_analysis.lexicometry.classes.refinding import stability_table
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.lexicometry.classes.classifying import Partitions, Settings
    from innovsoc_analysis.lexicometry.classes.material import Material
    from innovsoc_analysis.lexicometry.factors.result import Correspondence
    from innovsoc_analysis.study.corpus import Corpus

SCORES = {"absolute": "score", "relative": "relative"}


@dataclass(frozen=True, eq=False, repr=False)
class Classes:
    """A partition of the units of a corpus into lexical classes.

    Attributes
    ----------
    corpus : Corpus
        The texts.
    material : Material
        Units and words.
    partitions : Partitions
        All partitions that the classification gives.
    n_classes : int
        Which of them this is.
    settings : Settings
        How units were classified.
    unit : str
        What they are: ``context``, ``paragraph`` or ``document``.
    """

    corpus: Corpus
    material: Material
    partitions: Partitions
    n_classes: int
    settings: Settings
    unit: str = "context"

    @property
    def numbers(self) -> NDArray[np.int64]:
        """Class of each unit, in the order of `units`; 0 for units in none."""
        return self.partitions.labels[self.n_classes]

    @property
    def labels(self) -> pd.Series:
        """Class of each unit, by ``unit_id``; 0 for units in none."""
        return self.units.set_index("unit_id")["class"]

    @cached_property
    def units(self) -> pd.DataFrame:
        """One row per unit, in the order of the corpus: ``unit_id, doc_id, start, end, speaker, class``."""
        return self.material.units.assign(**{"class": self.numbers})

    @property
    def share_classified(self) -> float:
        """Share of the units that are in a class, from 0 to 1."""
        return float((self.numbers > 0).mean())

    @property
    def heights(self) -> NDArray[np.float64]:
        """χ² of each split, in the order of the splits; none for a double classification."""
        return self.partitions.heights[: self.n_classes - 1]

    @property
    def stopped(self) -> str:
        """Why classes are fewer than asked, in French; empty if they are not."""
        return self.partitions.stopped

    def partition(self, n_classes: int) -> pd.Series:
        """Return the classes of the units in another partition, by ``unit_id``: labels of `at`."""
        return self.at(n_classes).labels

    def at(self, n_classes: int) -> Classes:
        """Return the same result with fewer classes, or more, up to the most that were made.

        Raises
        ------
        UsageError
            If there is no such partition.
        """
        if not is_whole(n_classes) or n_classes not in self.partitions.labels:
            raise UsageError(f"n_classes= est un entier de 2 à {self.partitions.most} : ce qui a été classé.")
        return replace(self, n_classes=int(n_classes))

    @cached_property
    def summary(self) -> pd.DataFrame:
        """One row per class.

        Columns ``class, n`` (units), ``share`` (of classified units), ``n_documents`` (that hold some of them),
        ``main_document`` (share of the class that comes from the document that gives most), ``words`` (the ten
        first of its profile).
        """
        words = [", ".join(self.words(one, 10)["word"]) for one in self._all]
        return sizes_table(self.material, self.numbers, self.n_classes).assign(words=words)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per class and word: classes in their order, the words that a class prefers first.

        Columns ``class, word, kind`` (nom, verbe, mot outil…), ``active`` (whether the word made the classes, or
        only describes them); ``n_in_class`` and ``n_in_all`` (units that hold the word), ``n_class, n_units``
        (units, all counts being of classified ones); ``share`` (of the class that holds the word),
        ``share_of_word`` (of the word's units that are in the class), both from 0 to 1; ``chi2``, signed, see
        `signed_chi2`; ``p_value``, which for active words describes and does not test, for they made the classes;
        ``phi``, √(χ²/N), signed; ``n_documents`` of the class that hold the word; ``chi2_without``, χ² if the
        document that holds it most in the class were left out (only for words of the profile, and
        missing for a class of one document); ``one_document``, whether the word would then leave the
        profile.
        """
        return self._profiles.drop(columns="column")

    @property
    def profiles(self) -> pd.DataFrame:
        """Words that classes prefer (χ² of at least 3.84): those rows of `table`."""
        return self.table[self.table["chi2"] >= THRESHOLD].reset_index(drop=True)

    def words(self, number: int, n: int = 20, *, active: bool = True) -> pd.DataFrame:
        """Return the words that a class prefers, the largest χ² first.

        Parameters
        ----------
        number : int
            The class.
        n : int
            How many, at most.
        active : bool
            Words that made the classes; with ``False``, those that only describe them: function words, adverbs…

        Returns
        -------
        DataFrame
            Columns of `table`; χ² of at least 3.84.

        Raises
        ------
        UnknownNameError
            If there is no such class.
        UsageError
            If `n` is no whole number from 0.
        """
        check_class(number, self.n_classes, n=n)
        rows = self.table[(self.table["class"] == number) & (self.table["active"] == active)]
        return rows[rows["chi2"] >= THRESHOLD].head(n).reset_index(drop=True)

    def antiprofile(self, number: int, n: int = 20) -> pd.DataFrame:
        """Return the active words that a class avoids, the most avoided first; columns of `table`.

        Raises
        ------
        UnknownNameError
            If there is no such class.
        UsageError
            If `n` is no whole number from 0.
        """
        check_class(number, self.n_classes, n=n)
        rows = self.table[(self.table["class"] == number) & self.table["active"]]
        rows = rows[rows["chi2"] <= -THRESHOLD]
        rows = rows.assign(rank=rows["chi2"].round(DIGITS)).sort_values(["rank", "word", "kind"], kind="stable")
        return rows.drop(columns="rank").head(n).reset_index(drop=True)

    def segments(self, number: int, n: int = 10, *, score: str = "absolute") -> pd.DataFrame:
        """Return the characteristic segments of a class: the units that hold most of its words.

        Parameters
        ----------
        number : int
            The class.
        n : int
            How many, at most.
        score : {"absolute", "relative"}
            By which score they are ranked; of equal ones, the first of the corpus.

        Returns
        -------
        DataFrame
            ``score`` (sum of χ² of the words of the profile that the unit holds, each once), ``relative`` (their mean,
            which long units do not raise), ``quote`` (the text), ``marked`` (the same, those words between
            ``**``), ``words`` (those words, the largest χ² first); ``title, source, speaker``; ``doc_id, start,
            end, unit_id``.

        Raises
        ------
        UnknownNameError
            If there is no such class.
        UsageError
            If `score` is unknown, or `n` is no whole number from 0.
        """
        import numpy as np

        check_class(number, self.n_classes, n=n)
        if score not in SCORES:
            raise UsageError(f"Score inconnu : « {score} » ; choisissez absolute (somme des χ²) ou relative (moyenne).")
        rows = np.flatnonzero(self.numbers == number)
        chi2 = chi2_of(self._profiles, number, self.material.n_active)
        return characteristic_units(self.corpus, self.material, rows, chi2=chi2, score=SCORES[score], n=n)

    def by(self, attribute: str | pd.DataFrame, *, codings: Coded | pd.DataFrame | None = None) -> pd.DataFrame:
        """Return which values of an attribute go with which class.

        Parameters
        ----------
        attribute : str or DataFrame
            An attribute of documents, ``"speaker"``, ``"code"``, or spans, see `spans_by`. A unit carries a value
            as soon as one of its words does.
        codings : Codings or DataFrame, optional
            For ``"code"``, see also `codes`.

        Returns
        -------
        DataFrame
            One row per class and value: ``n`` (units of the class that carry the value), ``n_value, n_class,
            share`` (of the value's units that are in the class), ``share_in_all`` (of all units); ``chi2``, signed,
            ``p_value`` and ``p_adjusted`` (Benjamini-Hochberg), which take units for independent. They are not:
            a document has many. ``n_documents`` says how many hold units of both, and ``p_documents`` (and
            ``p_documents_adjusted``) compares documents: for attributes of documents, their values are dealt
            again 999 times to whole documents; for speakers, codes and spans, the variance of the difference of
            shares is taken between documents (missing where fewer than five have the value, or lack it).

        Raises
        ------
        UsageError
            If there are not two values to compare.
        UnknownNameError
            If no document has the attribute.
        """
        return association_table(
            self.material, self.numbers, crossed_with(self.corpus, self.material, attribute, codings=codings)
        )

    def codes(self, codings: Coded | pd.DataFrame) -> pd.DataFrame:
        """Return which codes go with which class: ``by("code")``."""
        return self.by("code", codings=codings)

    def spans(self) -> pd.DataFrame:
        """Return where the classes are: ``doc_id, start, end, part``.

        Parts are « classe 1 », « classe 2 »… Other tools take them: ``specificities(corpus, by=classes.spans())``.
        """
        inside = self.units[self.units["class"] > 0]
        parts = [f"classe {number}" for number in inside["class"]]
        return inside[["doc_id", "start", "end"]].assign(part=parts).reset_index(drop=True)

    def stability(self, n_draws: int = 50, *, seed: int = 0) -> pd.DataFrame:
        """Return how well each class is found again when the corpus is made of other documents.

        Parameters
        ----------
        n_draws : int
            How many times documents are drawn and classified again.
        seed : int
            Of the draws.

        Returns
        -------
        DataFrame
            ``class, n``; ``jaccard``, the mean over draws of the best Jaccard index between the class and one of
            the new tree, at any of its levels up to as many classes, among the units drawn; ``by_chance``, the same
            if the new classes were dealt at random; ``found`` and ``lost``, shares of draws where it is at least
            0.75, and at most 0.5; ``n_draws`` where the class had units; ``verdict``: très stable (0.85), stable
            (0.75), incertaine (0.6), instable.

        Notes
        -----
        Clusterwise stability: C. Hennig, 2007, « Cluster-wise assessment of cluster stability », *Computational
        Statistics & Data Analysis* 52, 258-271. Documents are drawn with replacement, each counted once; units
        themselves where there are fewer than five documents, which says nothing of other documents.

        Raises
        ------
        UsageError
            If `n_draws` is no positive whole number, or `seed` none from 0.
        """
        settings = self.settings
        if settings.sizes is None:
            settings = replace(settings, n_classes=self.n_classes)
        return stability_table(self.material, self.numbers, settings, n_draws=n_draws, seed=seed)

    @property
    def counts(self) -> pd.DataFrame:
        """In how many units of each class each active word is; words in rows, « classe 1 »… in columns."""
        return counts_table(self.table)

    def correspondence(self, *, n_components: int = 5) -> Correspondence:
        """Return the correspondence analysis of `counts`: which words oppose which classes.

        Raises
        ------
        UsageError
            If `n_components` is no positive whole number.
        """
        from innovsoc_analysis.lexicometry.factors import correspondence_of

        return correspondence_of(self.counts, n_components=n_components)

    def plot(self, *, n: int = 12) -> Axes:
        """Draw the dendrogram: at its leaves the classes, their share, and their `n` first words.

        Raises
        ------
        UsageError
            If `n` is no whole number from 0.
        """
        from innovsoc_analysis.lexicometry.classes.drawing import draw_tree

        check_whole("n", n, 0)
        return draw_tree(self, n=n)

    def plot_map(self, axes: Sequence[int] = (1, 2), *, n: int = 8, ax: Axes | None = None) -> Axes:
        """Draw classes, and the `n` first words of each, on the axes that oppose them.

        Two classes are opposed on one axis. `correspondence` gives more.

        Raises
        ------
        UsageError
            If there is no such axis, or `n` is no whole number from 0.
        """
        check_whole("n", n, 0)
        words = [word for number in self._all for word in self.words(number, n)["word"]]
        return self.correspondence().plot(axes, words=words, ax=ax)

    def plot_by(self, attribute: str | pd.DataFrame, *, codings: Coded | pd.DataFrame | None = None) -> NDArray[Any]:
        """Draw the share of each class in the units of each value, with its interval; return the array of Axes.

        Raises
        ------
        UsageError
            If there are not two values to compare.
        UnknownNameError
            If no document has the attribute.
        """
        from innovsoc_analysis.lexicometry.classes.drawing import draw_by
        from innovsoc_analysis.lexicometry.naming import labels_of

        crossed = crossed_with(self.corpus, self.material, attribute, codings=codings)
        return draw_by(self, attribute, crossed, labels=labels_of(codings))

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (classes, profiles, segments, units, attributes, how to read them) or ``.csv`` (`table`).

        The workbook holds the texts of all units: it is as confidential as they are.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        from innovsoc_analysis.lexicometry.classes.saving import save_classes

        save_classes(self, path, locale=locale)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        classified = int((self.numbers > 0).sum())
        return f"<Classes : {self.n_classes} classes, {classified} unités classées sur {len(self.numbers)}>"

    def _repr_html_(self) -> str:
        from innovsoc_analysis.lexicometry.classes.saving import html_of

        return html_of(self)

    @property
    def _all(self) -> range:
        return range(1, self.n_classes + 1)

    @cached_property
    def _profiles(self) -> pd.DataFrame:
        return profile_table(self.material, self.numbers)
