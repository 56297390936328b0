"""How many topics: measures over a range of numbers, one figure, and a recommendation with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, Unpack

import pandas as pd

from innovsoc_analysis.counting.vocabulary import Choices, Vocabulary, chosen, count_words, place_terms
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.sheets import save_sheets
from innovsoc_analysis.topics.choosing.heldout import held_out_fit
from innovsoc_analysis.topics.choosing.measures import c_v, exclusivity, first_words, npmi
from innovsoc_analysis.topics.choosing.recommending import decimal, recommend
from innovsoc_analysis.topics.models import MODELS, Run, check_request
from innovsoc_analysis.topics.stability import resampled_stability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from innovsoc_analysis.study.corpus import Corpus
    from innovsoc_analysis.topics.choosing.heldout import HeldOut
    from innovsoc_analysis.topics.stability import Stability

    Progress: TypeAlias = Callable[[str, int, int], None]

_FEWEST_TOPICS, _MOST_TOPICS = 2, 20
_UNITS_PER_TOPIC = 5
_DRAWS = 20
HEADINGS = {
    "n_topics": "nombre de thèmes",
    "topic": "thème",
    "words": "mots",
    "npmi": "cohérence (NPMI)",
    "c_v": "cohérence (C_V)",
    "exclusivity": "exclusivité",
    "stability": "stabilité",
    "stability_low": "stabilité, borne basse",
    "stability_high": "stabilité, borne haute",
    "chance": "stabilité de mots mélangés",
    "stable": "stable",
    "n_stable": "thèmes stables",
    "held_out": "log-vraisemblance par mot",
    "held_out_se": "erreur type",
    "gain": "gain de prédiction",
    "gain_se": "erreur type du gain",
}
"""French names of the columns."""


class Material(NamedTuple):
    """What topics are learned from and judged by.

    Attributes
    ----------
    matrix : sparse array, shape (n_units, n_words)
        Counts.
    words : sequence of str
        The columns.
    texts : sequence of sequence of str
        The words of each document in order, for C_V.
    groups : sequence of object
        The document of each unit.
    """

    matrix: sp.csr_array[np.int64]
    words: Sequence[str]
    texts: Sequence[Sequence[str]]
    groups: Sequence[object]

    @property
    def n_units(self) -> int:
        """Units with words."""
        return int((self.matrix.sum(axis=1) > 0).sum())

    @property
    def n_documents(self) -> int:
        """Documents with words."""
        counted = self.matrix.sum(axis=1) > 0
        return len({group for group, kept in zip(self.groups, counted, strict=True) if kept})


@dataclass(frozen=True, repr=False)
class KChoice:
    """Measures of several numbers of topics, and which of them to take.

    Attributes
    ----------
    table : DataFrame
        One row per number of topics (``n_topics``, the index): means over the topics of ``npmi``,
        ``c_v``, ``exclusivity``, ``stability`` and the bounds of its intervals; ``chance``, the
        stability of shuffled words; ``n_stable``, how many topics are above it; ``held_out``, the
        log-likelihood per word of texts set aside, ``gain``, how far it is above that of word
        frequencies alone, and their standard errors.
    topics : DataFrame
        One row per topic of each number: ``n_topics, topic, words, npmi, c_v, exclusivity,
        stability, stable``.
    recommended : int, optional
        The number to take; None if the texts do not allow to conclude.
    reasons : tuple of str
        Why, in French sentences.
    about : str
        Documents, words, model and seed, in French.
    """

    table: pd.DataFrame
    topics: pd.DataFrame
    recommended: int | None
    reasons: tuple[str, ...]
    about: str

    def plot(self) -> NDArray[Any]:
        """Draw each measure over the numbers of topics; return the array of Axes.

        Raises
        ------
        UsageError
            If nothing was measured.
        """
        from innovsoc_analysis.topics.choosing.drawing import draw

        if self.table.empty:
            raise UsageError(self.reasons[0])
        return draw(self)

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (numbers, topics, reasons) or ``.csv`` (numbers), as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        sheets = {
            "Nombres de thèmes": self.table.reset_index().rename(columns=HEADINGS),
            "Thèmes": self.topics.rename(columns=HEADINGS),
            "Raisons": pd.DataFrame({"raison": self.reasons}),
        }
        save_sheets(sheets, path, main="Nombres de thèmes", locale=locale)

    def __repr__(self) -> str:
        """Return the recommendation only."""
        said = f"{self.recommended} thèmes recommandés" if self.recommended else "pas de recommandation"
        return f"<KChoice : {said}, {len(self.table)} nombres essayés>"

    def _repr_html_(self) -> str:
        said = "".join(f"<li>{escape(reason)}</li>" for reason in self.reasons)
        shown = self.table[["npmi", "c_v", "exclusivity", "stability", "n_stable", "gain"]].rename(columns=HEADINGS)
        head = f"{self.recommended} thèmes" if self.recommended else "Aucun nombre de thèmes ne se recommande"
        numbers = shown.rename_axis("thèmes").to_html(float_format=decimal, na_rep="–")
        return f"<p><strong>{head}</strong></p><ul>{said}</ul>{numbers}<p>{escape(self.about)}</p>"


def choose_k(
    corpus: Corpus,
    *,
    n_topics: Iterable[int] | None = None,
    vocabulary: Vocabulary | None = None,
    model: str = "nmf",
    seed: int = 0,
    n_resamples: int = _DRAWS,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> KChoice:
    """Measure topics over a range of numbers and recommend one, or none.

    Parameters
    ----------
    corpus : Corpus
        Annotated at first use.
    n_topics : iterable of int, optional
        Numbers to try; by default from 2 to a fifth of the units that have words, at most 20.
    vocabulary : Vocabulary, optional
        Which words are counted, and in what.
    model : str
        A key of `MODELS`.
    seed : int
        The same seed gives the same table.
    n_resamples : int
        Draws of documents by which stability is measured.
    progress : callable, optional
        Called with (step, done, total).
    **choices
        Choices of the vocabulary that are other than in `vocabulary`, by their names, as in `fit`.

    Returns
    -------
    KChoice
        Its rule is told in the module `recommending`.

    Raises
    ------
    UsageError
        If the model or a choice is not known, or a number does not fit the corpus.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Le jardin donne des légumes.", "b": "Des légumes du jardin."})
    >>> choose_k(corpus, max_share=1).recommended is None
    True
    """
    check_request(model, seed)
    vocabulary = chosen(vocabulary or Vocabulary(), choices)
    counts = count_words(corpus, vocabulary, found=place_terms(corpus, vocabulary.terms))
    texts = [list(lemmas) for _, lemmas in counts.tokens.groupby("doc_id", sort=False)["lemma"]]
    material = Material(counts.matrix, counts.words, texts, tuple(counts.units["doc_id"]))
    return compare(material, n_topics, model=model, seed=seed, n_resamples=n_resamples, progress=progress)


def compare(
    material: Material,
    n_topics: Iterable[int] | None = None,
    *,
    model: str = "nmf",
    seed: int = 0,
    n_resamples: int = _DRAWS,
    progress: Progress | None = None,
    stability: Callable[..., Stability] = resampled_stability,
) -> KChoice:
    """Do what `choose_k` does, from counts.

    Parameters
    ----------
    material : Material
        Counts and texts.
    n_topics, model, seed, n_resamples, progress
        As in `choose_k`.
    stability : callable
        Measures stability as `resampled_stability` does.

    Returns
    -------
    KChoice
        Empty if there are too few units for two topics.

    Raises
    ------
    UsageError
        If the model is not known, or a number does not fit the counts.
    """
    check_request(model, seed)
    numbers = _numbers(material, n_topics)
    rows, topics = [], []
    for done, number in enumerate(numbers):
        if progress:
            progress("nombre de thèmes", done, len(numbers))
        run = Run(model, number, seed).fit(material.matrix)
        found = stability(
            material.matrix,
            Run(model, number, seed),
            fitted=run,
            n_resamples=n_resamples,
            groups=material.groups,
        )
        predicted = held_out_fit(material.matrix, _learner(model, number, seed), seed=seed, groups=material.groups)
        topics.append(_by_topic(number, run.word_weights, found, material))
        rows.append(_row(number, found, predicted))
    if progress and numbers:
        progress("nombre de thèmes", len(numbers), len(numbers))
    by_topic = _with_company(topics, material)
    table = _table(rows, by_topic)
    chosen, reasons = recommend(table, n_documents=material.n_documents)
    about = (
        f"{material.n_documents} documents, {len(material.words)} mots, modèle {MODELS[model].title}, graine {seed},"
        f" {n_resamples} tirages"
    )
    return KChoice(table, by_topic, chosen, reasons, about)


def _numbers(material: Material, n_topics: Iterable[int] | None) -> list[int]:
    """Return the numbers to try, rising."""
    most = min(material.n_units, *material.matrix.shape)
    if n_topics is None:
        return list(range(_FEWEST_TOPICS, 1 + min(_MOST_TOPICS, material.n_units // _UNITS_PER_TOPIC, most)))
    numbers = sorted(set(n_topics))
    if not numbers:
        raise UsageError("Donnez au moins un nombre de thèmes à essayer.")
    if not _FEWEST_TOPICS <= numbers[0] <= numbers[-1] <= most:
        raise UsageError(
            f"De {numbers[0]} à {numbers[-1]} thèmes pour {material.n_units} textes et {len(material.words)} mots :"
            f" essayez des nombres de {_FEWEST_TOPICS} à {most}."
            if most >= _FEWEST_TOPICS
            else "Trop peu de textes ou de mots pour deux thèmes : ajoutez des textes."
        )
    return numbers


def _learner(model: str, n_topics: int, seed: int) -> Callable[[sp.csr_array[np.int64]], NDArray[np.float64]]:
    def learn(training: sp.csr_array[np.int64]) -> NDArray[np.float64]:
        return Run(model, n_topics, seed).fit(training).word_weights

    return learn


def _by_topic(number: int, word_weights: NDArray[np.float64], found: Stability, material: Material) -> pd.DataFrame:
    top_words = first_words(word_weights, material.words)
    return pd.DataFrame(
        {
            "n_topics": number,
            "topic": range(1, len(top_words) + 1),
            "words": top_words,
            "npmi": npmi(top_words, material.matrix, material.words),
            "exclusivity": exclusivity(word_weights),
            "stability": found.scores,
            "stable": found.stable,
        }
    )


def _with_company(topics: list[pd.DataFrame], material: Material) -> pd.DataFrame:
    """Join the topics of all numbers, with C_V, for which the texts are read once."""
    columns = ["n_topics", "topic", "words", "npmi", "c_v", "exclusivity", "stability", "stable"]
    if not topics:
        return pd.DataFrame(columns=columns)
    joined = pd.concat(topics, ignore_index=True)
    joined = joined.assign(c_v=c_v(joined["words"].tolist(), material.texts))
    return joined.assign(words=joined["words"].map(", ".join))[columns]


def _row(number: int, found: Stability, predicted: HeldOut) -> dict[str, float]:
    """Return what is measured of a number of topics as a whole."""
    return {
        "n_topics": number,
        "stability_low": _mean(found.low),
        "stability_high": _mean(found.high),
        "chance": _mean(found.chance),
        "n_stable": int(found.stable.sum()),
        "held_out": predicted.per_word,
        "held_out_se": predicted.standard_error,
        "gain": predicted.gain,
        "gain_se": predicted.gain_error,
    }


def _table(rows: list[dict[str, float]], topics: pd.DataFrame) -> pd.DataFrame:
    columns = ["npmi", "c_v", "exclusivity", "stability", "stability_low", "stability_high", "chance", "n_stable"]
    columns += ["held_out", "held_out_se", "gain", "gain_se"]
    if not rows:
        return pd.DataFrame(columns=columns, index=pd.Index([], name="n_topics", dtype="int64"))
    means = topics.groupby("n_topics")[["npmi", "c_v", "exclusivity", "stability"]].mean()
    return pd.DataFrame(rows).set_index("n_topics").join(means)[columns]


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else float("nan")
