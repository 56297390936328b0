"""Shares of codes corrected for the errors of the coder that gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.robustness.correction import Corrected
from innovsoc_analysis.coding.robustness.draws import times_drawn
from innovsoc_analysis.coding.robustness.rates import FEWEST_POSITIVES, Rates, error_rates
from innovsoc_analysis.coding.units import segments_to_code
from innovsoc_analysis.counting.resampling import FEWEST, bounds
from innovsoc_analysis.ingest.metadata import attribute_label, genre_label
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.attributes import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.coding.evaluation import Evaluation

    Floats = NDArray[np.floating]
    Values = Literal["segments", "documents"]

LEAST_YOUDEN = 0.1
"""Sensitivity + specificity − 1 from which on a coder is taken to tell the code from its absence."""
_MOST_LOST = 0.01  # of the resamples: with more, the bound of an interval of few documents is not among them
_DENSER = 1.5  # times as many codes per sentence: another register


def corrected(
    codings: Codings,
    evaluation: Evaluation,
    *,
    by: str = "genre",
    values: Values = "segments",
    random_state: int = 0,
) -> Corrected:
    """Correct the share of each code in each group for what the coder misses and for its false alarms.

    Parameters
    ----------
    codings : Codings
        Of one automatic coder, by sentences.
    evaluation : Evaluation
        Of the same coder and codebook, on passages that it has not learned from:
        ``isa.evaluate(gold.part("test"), codebook, model)``.
    by : str
        ``"genre"`` or a metadata column. By genre, the errors are those in passages of the genre, where ten
        sentences at least carry the code; otherwise those in all passages in the field.
    values : {"segments", "documents"}
        Share of the sentences, or of the documents with the code; the latter only within bounds.
    random_state : int
        Seeds the resamples.

    Returns
    -------
    Corrected
        One row per code and group, with an interval that carries documents and passages alike.

    Raises
    ------
    UsageError
        If the codings are not those of one coder of the evaluation, or are not of sentences.
    UnknownNameError
        If no document has the attribute `by`.

    Notes
    -----
    Rogan & Gladen (1978): p = (o + Sp − 1) / (Se + Sp − 1), within 0 and 1, for an observed share o.
    For documents see `document_bounds`. The intervals resample the documents of the group and the passages
    at once; Lang & Reiczigel (2014) give one for independent units, which sentences are not. All of it
    supposes that the coder errs in the corpus as it does in the passages. ``docs/fiabilite.md``.

    Examples
    --------
    >>> import innovsoc_analysis as isa  # doctest: +SKIP
    >>> isa.coding.corrected(codings, evaluation).table  # doctest: +SKIP
    """
    coder = _coder(codings, evaluation)
    held = _held(codings, by)
    groups = in_order(held.groups.unique())
    rows = []
    drawn = []
    for number, group in enumerate(groups):
        mine = (held.groups == group).to_numpy()
        rates = error_rates(evaluation.judgements, coder, genre=group if by == "genre" else "", seed=random_state)
        found = _Sample(held.coded[mine], held.sizes[mine], rates, values)
        weights = times_drawn(int(mine.sum()), seed=random_state + 1 + number)
        observed, least, most = found.shares(np.ones((1, int(mine.sum()))), rates.sensitivity, rates.specificity)
        _, *draws = found.shares(weights, rates.drawn_sensitivity, rates.drawn_specificity)
        lost = np.isnan(draws[0]).mean(axis=0)
        # a resample in which the coder tells nothing bounds nothing: at worst the whole range
        draws = [np.nan_to_num(draws[0], nan=0.0), np.nan_to_num(draws[1], nan=1.0)]
        drawn.append(draws)
        shares = {"observed": observed[0], "least": least[0], "most": most[0]}
        rows.append(_rows(group, found, shares, draws=draws, lost=lost))
    table = pd.concat(rows, ignore_index=True)
    table.insert(1, "code", np.tile(list(codings.codebook.code_ids), len(groups)))
    spread = np.stack([np.stack(draws) for draws in drawn], axis=1)
    remarks = tuple(_remarks(codings, evaluation, coder=coder, held=held, by=by))
    return Corrected(table, codings.codebook, by, values, remarks, spread)


def rogan_gladen(observed: Floats, sensitivity: Floats, specificity: Floats) -> Floats:
    """Return the share behind an observed one; not a number where the coder tells next to nothing.

    Parameters
    ----------
    observed, sensitivity, specificity : array
        Between 0 and 1.

    Examples
    --------
    Of 100 sentences 26 get the code; it finds 80 % of those that carry it and 20 % of the others:

    >>> round(float(rogan_gladen(np.array(0.26), np.array(0.8), np.array(0.8))), 3)
    0.1
    """
    false_alarm = 1 - specificity
    youden = sensitivity - false_alarm
    usable = np.where(youden >= LEAST_YOUDEN, youden, np.nan)
    return np.clip((observed - false_alarm) / usable, 0, 1)


def document_bounds(observed: Floats, sensitivity: Floats, false_alarm: Floats) -> tuple[Floats, Floats]:
    """Return the least and the most documents that may carry a code, as shares.

    Parameters
    ----------
    observed : array
        Share of the documents with the code.
    sensitivity : array
        Of a sentence.
    false_alarm : array
        How likely a document without the code is to get it nevertheless.

    Notes
    -----
    At least: every false alarm is taken away, and no document that carries the code is missed, as if it
    said so again and again. At most: no false alarm, and as many documents missed as if each said it once.

    Examples
    --------
    >>> least, most = document_bounds(np.array(0.6), np.array(0.8), np.array(0.2))
    >>> round(float(least), 3), round(float(most), 3)
    (0.5, 0.75)
    """
    least = rogan_gladen(observed, np.ones_like(sensitivity), 1 - false_alarm)
    usable = np.where(sensitivity >= LEAST_YOUDEN, sensitivity, np.nan)
    return least, np.clip(observed / usable, 0, 1)


class _Held(NamedTuple):
    """Documents with a sentence: their groups, their sentences, those that carry each code."""

    groups: pd.Series
    sizes: Floats
    coded: Floats


class _Sample(NamedTuple):
    """The documents of one group and the errors of the coder in it."""

    coded: Floats
    sizes: Floats
    rates: Rates
    values: Values

    def shares(self, weights: Floats, sensitivity: Floats, specificity: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the observed share and the least and most that it stands for, shape (resamples, n_codes)."""
        if self.values == "segments":
            observed = (weights @ self.coded) / (weights @ self.sizes)[:, None]
            found = rogan_gladen(observed, sensitivity, specificity)
            return observed, found, found
        n = len(self.sizes)
        observed = weights @ (self.coded > 0) / n
        alarm = np.zeros_like(observed)
        for size in np.unique(self.sizes):
            share = weights[:, self.sizes == size].sum(axis=1)[:, None] / n
            alarm += share * (1 - np.atleast_2d(specificity) ** size)
        return observed, *document_bounds(observed, np.atleast_2d(sensitivity), alarm)


def _coder(codings: Codings, evaluation: Evaluation) -> str:
    """Return the one coder of the codings, which the evaluation must have evaluated."""
    if codings.codebook.unit != "phrase":
        raise UsageError(
            f"Le livre « {codings.codebook.name} » code par {codings.codebook.unit}, or les erreurs d'un codeur se"
            " mesurent ici phrase par phrase ; prenez un livre dont l'unité est la phrase."
        )
    if codings.codebook.code_ids != evaluation.codebook.code_ids:
        raise UsageError("Les codages et l'évaluation n'ont pas les mêmes codes : évaluez le codeur de ces codages.")
    tables = [codings.table] if codings.queue is None else [codings.table, codings.queue]
    coders = {str(name) for table in tables for name in table["coder"].dropna().unique()}
    if len(coders) != 1 or not coders <= set(evaluation.judgements.coded):
        known = ", ".join(evaluation.judgements.coded)
        raise UsageError(
            "On ne corrige que les codages d'un seul codeur automatique, celui que l'évaluation a mesuré"
            f" (l'un de : {known})."
        )
    return coders.pop()


def _held(codings: Codings, by: str) -> _Held:
    sentences = segments_to_code(codings.corpus.segments, codings.codebook.unit).groupby("doc_id", sort=False).size()
    groups = codings.corpus.attribute(by).reindex(sentences.index)
    counts = codings.table.drop_duplicates(["segment_id", "code"])
    coded = pd.crosstab(counts["doc_id"], counts["code"]).reindex(
        index=sentences.index, columns=list(codings.codebook.code_ids), fill_value=0
    )
    return _Held(groups, sentences.to_numpy(float), coded.to_numpy(float))


def _rows(group: str, found: _Sample, shares: dict[str, Floats], *, draws: list[Floats], lost: Floats) -> pd.DataFrame:
    rates = found.rates
    n = len(found.sizes)
    low, _ = bounds(draws[0], n)
    _, high = bounds(draws[1], n)
    reasons = [_reason(rates, place, lost[place]) for place in range(len(lost))]
    impossible = np.array([bool(reason) for reason in reasons])
    numbers = {
        "observed": shares["observed"],
        "least": np.where(impossible, np.nan, shares["least"]),
        "most": np.where(impossible, np.nan, shares["most"]),
        "low": np.where(impossible, np.nan, low),
        "high": np.where(impossible, np.nan, high),
        "sensitivity": rates.sensitivity,
        "specificity": rates.specificity,
    }
    table = pd.DataFrame({name: 100 * numbers[name] for name in numbers})
    table.insert(0, "group", group)
    few = "un seul document : pas d'intervalle" if n < FEWEST else ""
    return table.assign(
        positives=rates.positives.astype(int), own=rates.own, n_documents=n, reason=[one or few for one in reasons]
    )


def _reason(rates: Rates, place: int, lost: float) -> str:
    """Return why there is no corrected share, or an empty string."""
    if rates.positives[place] < FEWEST_POSITIVES:
        return f"moins de {FEWEST_POSITIVES} phrases de l'étalon le portent"
    if rates.sensitivity[place] + rates.specificity[place] - 1 < LEAST_YOUDEN:
        return "le codeur ne le distingue presque pas de son absence"
    return "sensibilité trop incertaine" if lost > _MOST_LOST else ""


def _remarks(codings: Codings, evaluation: Evaluation, *, coder: str, held: _Held, by: str) -> Iterator[str]:
    """Yield what makes the passages a poor measure of the errors in this corpus."""
    judged = evaluation.judgements
    field = ~judged.off
    measured = {str(genre) for genre in judged.genres[field]}
    genres = codings.corpus.attribute("genre").reindex(held.groups.index)
    if missing := sorted(set(genres) - measured):
        named = ", ".join(genre_label(one) or "non renseigné" for one in missing)
        yield f"L'étalon n'a aucun passage de ce genre : {named}. Les erreurs sont celles des autres genres."
    if by != "genre":
        yield f"Les erreurs sont celles de tout l'étalon, sans distinguer {attribute_label(by)}."
    for genre in sorted(set(genres) & measured):
        mine = (genres == genre).to_numpy()
        here = held.coded[mine].sum() / held.sizes[mine].sum()
        there = judged.coded[coder][field & (judged.genres == genre)].sum(axis=1).mean()
        if max(here, there) > _DENSER * min(here, there):
            yield (
                f"Registre différent, {genre_label(genre)} : le même codeur donne {_decimal(here)} code par phrase dans"
                f" le corpus et {_decimal(there)} dans l'étalon ; ses erreurs n'y sont peut-être pas les mêmes."
            )


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
