"""From a fitted model to the page, the tasks and the crossings that are made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.models import MODELS
from innovsoc_analysis.topics.reading.crossing import cross, label_from_codes, sentence_shares
from innovsoc_analysis.topics.reading.page import Reading, topics_page
from innovsoc_analysis.topics.reading.prevalence import Prevalence, prevalence
from innovsoc_analysis.topics.reading.unseen import Unseen, unseen
from innovsoc_analysis.topics.validation.tasks import Material

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innovsoc_analysis.topics.effects import Effects
    from innovsoc_analysis.topics.result import Topics

_VERBATIMS = 5
_FOR_TASKS = 8
_READ_WORDS = 150


def page_of(topics: Topics, *, title: str, by: Sequence[str], labels: Mapping[int, str]) -> str:
    """Return the interactive page of `topics`; prevalence is shown by the attributes `by`."""
    shares = topics.document_shares
    stability = topics.stability
    few = int((~stability.stable).sum())
    remarks = []
    if few:
        remarks.append(
            f"{few} thème(s) sur {topics.n_topics} ne se retrouvent pas mieux que des mots battus au hasard"
            " quand on retire un cinquième des textes : ne les interprétez pas."
        )
    tables = []
    for attribute in by:
        groups = topics.corpus.attribute(attribute)
        if attribute == "genre":
            groups = groups.map(genre_label)
        if len(set(groups.dropna())) > 1:
            tables.append(prevalence(shares, groups, attribute=attribute, seed=topics.seed))
    return topics_page(
        Reading(
            title=title,
            words=topics.counts.words,
            word_weights=topics.fitted.word_weights,
            shares=shares,
            documents=topics.corpus.documents.assign(
                genre=lambda documents: documents["genre"].fillna("").map(genre_label)
            ),
            exemplars=topics.exemplars(_VERBATIMS),
            topic_shares=topics.table["share"].to_numpy() / 100,
            labels=labels,
            stability=topics.stability_table,
            prevalence=tables,
            remarks=remarks,
            method=_method(topics),
        )
    )


def _method(topics: Topics) -> list[str]:
    found = topics.stability
    how = (
        f"Stabilité : le modèle est refait sur {len(found.values)} tirages de quatre cinquièmes des documents ; elle"
        " dit quelle part des dix premiers mots du thème s'y retrouve (indice de Jaccard). Repère du hasard, sur les"
        f" mêmes textes aux mots battus : de {100 * found.chance.min():.0f} à {100 * found.chance.max():.0f} %, selon"
        " que le thème tient à beaucoup de textes ou à un seul."
    )
    return [f"{topics.basis} ; modèle {MODELS[topics.model].title}, graine {topics.seed}.", how]


def material_of(topics: Topics) -> Material:
    """Return what validation tasks are made from."""
    texts = topics.corpus.documents.set_index("doc_id")["text"].to_dict()
    units = topics.counts.units
    verbatims = pd.DataFrame(
        {
            "unit_id": units["unit_id"],
            "quote": [_beginning(texts[row.doc_id][row.start : row.end]) for row in units.itertuples()],
        }
    )
    return Material(
        words=topics.counts.words,
        word_weights=topics.fitted.word_weights,
        frequencies=topics.counts.matrix.sum(axis=0),
        shares=topics.shares,
        verbatims=verbatims,
        exemplars=topics.exemplars(_FOR_TASKS),
    )


def _beginning(text: str) -> str:
    """Return what a judge can read of a unit at a glance."""
    words = text.split(" ")
    return text if len(words) <= _READ_WORDS else " ".join([*words[:_READ_WORDS], "[…]"])


def crossed_with(topics: Topics, codings: pd.DataFrame, labels: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table of topics and codes, and the label that the codes propose for each topic."""
    crossed = cross(topics.corpus.sentences, shares_of_sentences(topics), codings)
    return crossed, label_from_codes(crossed, labels, topics.top_words())


def shares_of_sentences(topics: Topics) -> pd.DataFrame:
    """Return the share of each topic in each sentence."""
    options: dict[str, Any] = {
        "words": topics.counts.words,
        "word_weights": topics.fitted.word_weights,
        "shares": topics.fitted.shares,
    }
    return sentence_shares(topics.corpus.sentences, topics.counts.tokens, topics.counts.units, **options)


def prevalence_of(topics: Topics, attribute: str) -> pd.DataFrame:
    """Return the prevalence of the topics by an attribute of the documents, or by speaker.

    Raises
    ------
    KeyError
        If no document has the attribute.
    UsageError
        If no unit has a speaker.
    """
    if attribute != "speaker":
        groups = topics.corpus.attribute(attribute)
        return prevalence(topics.document_shares, groups, attribute=attribute, seed=topics.seed)
    units = topics.counts.units.set_index("unit_id")
    if units["speaker"].isna().all():
        raise UsageError(
            'Aucun·e locuteur·rice dans ces unités : demandez unit="paragraph" ou "context", sur des entretiens.'
        )
    return prevalence(
        topics.shares,
        units["speaker"],
        attribute=attribute,
        documents=units["doc_id"].tolist(),
        weights=topics.counts.matrix.sum(axis=1),
        seed=topics.seed,
    )


def compared(topics: Topics, attribute: str) -> Prevalence:
    """Return the prevalence of the topics by an attribute, with its figure."""
    return Prevalence(prevalence_of(topics, attribute), topics.labels, topics.basis)


def effects_of(topics: Topics, attributes: Sequence[str], *, categorical: Sequence[str]) -> Effects:
    """Return the effects of attributes on the prevalence of the topics; a remark names those that are unstable."""
    import numpy as np

    from innovsoc_analysis.topics.effects import prevalence_effects

    names = [attributes] if isinstance(attributes, str) else list(attributes)
    drawn = [topics.counts.by_document(shares) for shares in topics.stability.shares]
    found = prevalence_effects(
        topics.document_shares,
        pd.DataFrame({name: topics.corpus.attribute(name) for name in names}),
        names,
        resampled=np.stack(drawn),
        categorical=categorical,
        seed=topics.seed,
    )
    unstable = topics.stability_table.loc[~topics.stability.stable, "topic"]
    if unstable.empty:
        return found
    remark = f"Thèmes instables, dont les effets ne se lisent pas : {', '.join(map(str, unstable))}."
    return replace(found, remarks=(*found.remarks, remark))


def unseen_of(topics: Topics, codings: pd.DataFrame) -> Unseen:
    """Return how much of each topic carries no code."""
    return unseen(
        topics.corpus.sentences,
        shares_of_sentences(topics),
        codings,
        labels=topics.labels,
        texts=topics.corpus.documents.set_index("doc_id")["text"].to_dict(),
        seed=topics.seed,
    )
