"""Does the prevalence of topics differ by attribute? A regression with its uncertainty.

For each topic a fractional logit of its share in a document on the attributes of the document (Papke &
Wooldridge 1996): shares lie between 0 and 1, and many are 0, which a linear model or one of log ratios
does not stand. Coefficients in logits say little: what is told are average marginal effects, in points.
The model is taken as an approximation: no variance is derived from it, documents are drawn with
replacement. Where other runs of the topic model are given, each draw takes the shares of another one,
so that intervals also hold the uncertainty of the topics (method of composition, Treier & Jackman 2008;
for topics, Roberts, Stewart & Airoldi 2016).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from innovsoc_analysis.figures.savable import Savable
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.effects.designs import Contrast, Design, make_design
from innovsoc_analysis.topics.effects.fractional import (
    average_effects,
    benjamini_hochberg,
    fit_fractional,
    is_estimable,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_FEWEST_PER_PARAMETER = 10
_FEWEST_OF_LEVEL = 5
_FEWEST_DRAWS = 0.5
_DIGITS = 8
_CONFIDENCE = 0.95
HEADINGS = {
    "topic": "thème",
    "attribute": "attribut",
    "level": "valeur",
    "reference": "comparée à",
    "n": "documents",
    "base": "part à la référence (%)",
    "effect": "effet (points)",
    "low": "bas",
    "high": "haut",
    "p": "p",
    "p_adjusted": "p corrigé (Benjamini-Hochberg)",
    "note": "remarque",
}
"""French names of the columns of the table."""


@dataclass(frozen=True, repr=False)
class Effects(Savable):
    """How the prevalence of topics differs by attribute.

    Attributes
    ----------
    table : DataFrame
        One row per comparison and topic: ``topic, attribute, level, reference, n`` (documents of the
        level), ``base`` (share expected at the reference, %; for a number, the mean share), ``effect,
        low, high`` (points, 95 %), ``p``, ``p_adjusted`` (for the number of topics of the comparison) and
        ``note`` (what keeps from concluding, or an empty string).
    n_documents : int
        On which it rests.
    remarks : tuple of str
        What one should know, in French.
    """

    table: pd.DataFrame
    n_documents: int
    remarks: tuple[str, ...]

    def plot(self, *, labels: Mapping[int, str] | None = None) -> NDArray[np.object_]:
        """Draw the effects with their intervals, a panel per comparison.

        Parameters
        ----------
        labels : mapping of int to str, optional
            Topic → what is written beside it; by default « thème 1 ».

        Returns
        -------
        array of Axes
            One per comparison.
        """
        from innovsoc_analysis.topics.effects.drawing import draw_effects

        return draw_effects(self.table, labels=labels or {}, caption=f"{self.n_documents} documents")

    @property
    def alt(self) -> str:
        """What the figure shows, in one sentence."""
        held = int((self.table["p_adjusted"] < 1 - _CONFIDENCE).sum())
        return (
            f"Écarts des parts de {self.table['topic'].nunique()} thèmes selon {', '.join(self._attributes)}, en points"
            f" (n = {self.n_documents} documents) : {held} sur {len(self.table)} tiennent après correction."
        )

    @property
    def _attributes(self) -> list[str]:
        return [str(one) for one in dict.fromkeys(self.table["attribute"])]

    def sheets(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are saved, by name."""
        return {"Effets": self._readable(), "Remarques": pd.DataFrame({"remarque": self.remarks})}

    def __repr__(self) -> str:
        """Return counts only."""
        n_topics, n_contrasts = self.table["topic"].nunique(), len(self.table) // max(self.table["topic"].nunique(), 1)
        return f"<Effects : {n_topics} thèmes, {n_contrasts} comparaison(s), {self.n_documents} documents>"

    def _repr_html_(self) -> str:
        def shown(value: float) -> str:
            return f"{value:z.3g}".replace("-", "−").replace(".", ",")

        remarks = "".join(f"<li>{escape(remark)}</li>" for remark in self.remarks)
        return f"<ul>{remarks}</ul>{self._readable().to_html(index=False, float_format=shown, na_rep='–')}"

    def _readable(self) -> pd.DataFrame:
        is_genre = self.table["attribute"] == "genre"
        labelled = {
            name: self.table[name].where(~is_genre, self.table[name].map(genre_label))
            for name in ("level", "reference")
        }
        return self.table.assign(**labelled).rename(columns=HEADINGS)


class _Draws(NamedTuple):
    """Draws of documents, as means are taken from them: effects by draw, comparison and topic."""

    effects: Floats
    errors: Floats
    share_valid: Floats


def prevalence_effects(
    shares: pd.DataFrame,
    attributes: pd.DataFrame,
    names: Sequence[str],
    *,
    resampled: Floats | None = None,
    categorical: Collection[str] = (),
    seed: int = 0,
    n_resamples: int = 1000,
) -> Effects:
    """Return how much of each topic documents hold more or less, by attribute, other attributes being equal.

    The 95 % interval is the effect ± Student's quantile (n − p degrees) times the bootstrap standard error,
    which is corrected for the parameters fitted by √(n / (n − p)). An association is no cause.

    Parameters
    ----------
    shares : DataFrame
        Share of each topic (columns) in each document, indexed by ``doc_id``; rows of zeros, without
        words, are left out.
    attributes : DataFrame
        One row per document, indexed by ``doc_id`` or with that column, such as ``corpus.documents``.
    names : sequence of str
        Attributes to compare by, all in one regression. Levels are compared to the most frequent one,
        numbers and years are told per unit.
    resampled : array, shape (n_runs, n_documents, n_topics), optional
        Shares of other runs of the model, topics matched, documents as in `shares`; a document without
        a share in a run (NaN or zeros) does not count in it.
    categorical : collection of str
        Attributes whose numbers are names.
    seed, n_resamples : int
        Of the bootstrap over documents.

    Returns
    -------
    Effects
        A table, remarks, a figure.

    Raises
    ------
    UnknownNameError
        If there is no such attribute.
    UsageError
        If an attribute does not vary, there are too few documents, or arrays do not match.

    Examples
    --------
    >>> ids = [f"d{number}" for number in range(8)]
    >>> shares = pd.DataFrame({1: [0.1, 0.2, 0.3, 0.2, 0.7, 0.6, 0.8, 0.7]}, index=ids)
    >>> attributes = pd.DataFrame({"genre": ["project"] * 4 + ["talk"] * 4}, index=ids)
    >>> found = prevalence_effects(shares, attributes, ["genre"], n_resamples=200)
    >>> found.table[["level", "reference", "base", "effect"]].round(6).values.tolist()
    [['talk', 'project', 20.0, 50.0]]
    """
    if n_resamples < 2:  # noqa: PLR2004 - one draw has no spread
        raise UsageError("n_resamples= est un entier d'au moins 2.")
    if isinstance(names, str):
        names = [names]
    values = shares.to_numpy(dtype=float)
    runs = _checked_runs(resampled, values)
    frame = attributes.set_index("doc_id") if "doc_id" in attributes.columns else attributes
    has_words = values.sum(axis=1) > 0
    if not has_words.any():
        raise UsageError("Aucun document n'a de part de thème.")
    design = make_design(frame.reindex(shares.index[has_words]), names, categorical=categorical)
    kept = np.flatnonzero(has_words)[design.kept]
    values = values[kept]
    runs = values[None] if runs is None else runs[:, kept]
    weights = np.ones(len(values))
    fitted = fit_fractional(design.matrix, values, weights=weights)
    effects, bases = average_effects(design.matrix, design.contrasts, fitted.coefficients, weights=weights)
    effects = np.where(fitted.converged, effects, np.nan)
    draws = _draw(design, runs, start=fitted.coefficients, rng=np.random.default_rng(seed), n=n_resamples)
    notes = _notes(design, values, effects, draws)
    table = _table(design, effects, bases, errors=draws.errors, notes=notes)
    table.insert(0, "topic", list(shares.columns) * len(design.contrasts))
    return Effects(table, len(values), _remarks(design, has_words, resampled=resampled))


def _checked_runs(resampled: Floats | None, values: Floats) -> Floats | None:
    if not np.isfinite(values).all() or (values < 0).any() or (values > 1 + 1e-9).any():
        raise UsageError("Les parts des thèmes sont des nombres de 0 à 1.")
    if resampled is None:
        return None
    runs = np.asarray(resampled, dtype=float)
    if runs.ndim != values.ndim + 1 or len(runs) == 0 or runs.shape[1:] != values.shape:
        raise UsageError(
            f"resampled= est une table de (tirages, {values.shape[0]} documents, {values.shape[1]} thèmes) ; "
            f"celle-ci est de {runs.shape}."
        )
    return runs


def _draw(design: Design, runs: Floats, *, start: Floats, rng: np.random.Generator, n: int) -> _Draws:
    import scipy.sparse as sp

    matrix = design.matrix
    n_documents, n_columns = matrix.shape
    counts = np.isfinite(runs).all(axis=2) & (np.nan_to_num(runs).sum(axis=2) > 0)
    runs = np.clip(np.nan_to_num(runs), 0, 1)
    columns = [contrast.column for contrast in design.contrasts]
    drawn = np.full((n, len(columns), runs.shape[2]), np.nan)
    # documents alike count as one with the mean of their shares: the estimates are the same
    patterns, owner = np.unique(matrix, axis=0, return_inverse=True)
    alike = sp.csr_array((np.ones(n_documents), (owner, np.arange(n_documents))))
    for number in range(n):
        run = number % len(runs)
        once = rng.multinomial(n_documents, np.full(n_documents, 1 / n_documents)) * counts[run]
        weights = alike @ once.astype(float)
        seen = weights > 0
        estimable = is_estimable(patterns[seen], weights[seen])
        if not estimable.any():
            continue
        means = (alike @ (once[:, None] * runs[run]))[seen] / weights[seen, None]
        fitted = fit_fractional(patterns[seen], means, weights=weights[seen], start=start)
        effects, _ = average_effects(patterns[seen], design.contrasts, fitted.coefficients, weights=weights[seen])
        drawn[number] = np.where(estimable[columns][:, None] & fitted.converged, effects, np.nan)
    valid = np.isfinite(drawn)
    n_valid = np.maximum(valid.sum(axis=0), 1)
    centred = np.where(valid, drawn - np.where(valid, drawn, 0).sum(axis=0) / n_valid, 0)
    errors = np.sqrt((centred**2).sum(axis=0) / np.maximum(n_valid - 1, 1))
    return _Draws(drawn, errors * np.sqrt(n_documents / (n_documents - n_columns)), valid.mean(axis=0))


def _notes(design: Design, values: Floats, effects: Floats, draws: _Draws) -> list[list[str]]:
    """Return for each comparison and topic what keeps from giving an interval."""
    notes = []
    for number, contrast in enumerate(design.contrasts):
        rows = []
        for topic in range(values.shape[1]):
            if not np.isfinite(effects[number, topic]):
                note = "le calcul n'aboutit pas : pas d'effet"
            elif contrast.group and min(contrast.n, _n_reference(design, contrast)) < _FEWEST_OF_LEVEL:
                note = f"moins de {_FEWEST_OF_LEVEL} documents : pas d'intervalle"
            elif draws.share_valid[number, topic] < _FEWEST_DRAWS or draws.errors[number, topic] < 10**-_DIGITS:
                note = "les tirages ne varient pas ou n'aboutissent pas : pas d'intervalle"
            else:
                note = _separation(design, contrast, values[:, topic])
            rows.append(note)
        notes.append(rows)
    return notes


def _n_reference(design: Design, contrast: Contrast) -> int:
    return int((design.matrix[:, list(contrast.group)].sum(axis=1) == 0).sum())


def _separation(design: Design, contrast: Contrast, shares: Floats) -> str:
    if not contrast.group:
        return ""
    is_level = design.matrix[:, contrast.column] == 1
    is_reference = design.matrix[:, list(contrast.group)].sum(axis=1) == 0
    for name, members in ((contrast.level, is_level), (contrast.reference, is_reference)):
        if not shares[members].any():
            return f"thème absent de « {name} » : intervalle optimiste"
    return ""


def _table(
    design: Design,
    effects: Floats,
    bases: Floats,
    *,
    errors: Floats,
    notes: list[list[str]],
) -> pd.DataFrame:
    from scipy.special import stdtr, stdtrit

    degrees = design.matrix.shape[0] - design.matrix.shape[1]
    quantile = stdtrit(degrees, 0.5 + _CONFIDENCE / 2)
    tables = []
    for number, contrast in enumerate(design.contrasts):
        without = np.array([note.endswith(("pas d'intervalle", "pas d'effet")) for note in notes[number]])
        effect, error = effects[number], np.where(without, np.nan, errors[number])
        p_values = 2 * stdtr(degrees, -np.abs(effect / error))
        tables.append(
            pd.DataFrame(
                {
                    "attribute": contrast.attribute,
                    "level": contrast.level,
                    "reference": contrast.reference,
                    "n": contrast.n,
                    "base": 100 * bases[number],
                    "effect": 100 * effect,
                    "low": 100 * (effect - quantile * error),
                    "high": 100 * (effect + quantile * error),
                    "p": p_values,
                    "p_adjusted": benjamini_hochberg(p_values),
                    "note": notes[number],
                }
            )
        )
    # sums may differ in their last digits with the number of threads
    return pd.concat(tables, ignore_index=True).round(_DIGITS)


def _remarks(design: Design, has_words: NDArray[np.bool_], *, resampled: Floats | None) -> tuple[str, ...]:
    remarks = list(design.remarks)
    n, n_slopes = len(design.matrix), len(design.contrasts)
    if n < _FEWEST_PER_PARAMETER * n_slopes:
        remarks.append(
            f"{n} documents pour {n_slopes} comparaisons : moins de {_FEWEST_PER_PARAMETER} par comparaison, les "
            "intervalles sont peu sûrs ; regroupez des valeurs ou retirez un attribut."
        )
    n_missing, n_empty = int((~design.kept).sum()), int((~has_words).sum())
    if n_missing:
        remarks.append(f"{n_missing} document(s) sans valeur pour l'un des attributs, laissé(s) de côté.")
    if n_empty:
        remarks.append(f"{n_empty} document(s) sans mot du vocabulaire, laissé(s) de côté.")
    if resampled is None:
        remarks.append("Les thèmes sont tenus pour certains : les intervalles ne disent que le hasard des documents.")
    else:
        remarks.append(f"Les intervalles comprennent l'incertitude des thèmes ({len(resampled)} ajustements).")
    return tuple(remarks)
