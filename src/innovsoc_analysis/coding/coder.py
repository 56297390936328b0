"""Code a corpus: the one function that notebooks and the command line call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.coding.learning.model import Model, bundled_model, load_model
from innovsoc_analysis.coding.modelled import ModelCoder
from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus

CoderName = Literal["combined", "learned", "rules"]
CODERS: tuple[CoderName, ...] = ("combined", "learned", "rules")


def code(
    corpus: Corpus,
    codebook: Codebook | str,
    *,
    coder: CoderName | None = None,
    model: Model | Path | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Codings:
    """Code the segments of `corpus` by `codebook`, with evidence for every code.

    Parameters
    ----------
    corpus : Corpus
        From :func:`innovsoc_analysis.read_corpus`.
    codebook : Codebook or str
        From :func:`innovsoc_analysis.load_codebook`, or what that function takes.
    coder : {"combined", "learned", "rules"}, optional
        Rules and learner together, the learner alone, the rules alone. By default ``"combined"``
        where there is a model for the codebook, else ``"rules"``.
    model : Model or Path, optional
        What ``innovsoc train`` wrote; by default the model that comes with the codebook.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    Codings
        The table of codings and what one asks of it.

    Raises
    ------
    UsageError
        If a model is asked for and there is none for the codebook.

    Examples
    --------
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Une réponse nouvelle aux besoins sociaux."})
    >>> code(corpus, load_codebook(), coder="rules").table["code"].tolist()
    ['def.besoin', 'def.nouveaute']
    """
    book = load_codebook(codebook) if isinstance(codebook, str) else codebook
    found = find_model(book, model) if coder != "rules" else None
    if found is None:
        if coder in {"combined", "learned"}:
            raise UsageError(
                f"Aucun modèle n'accompagne le livre « {book.name} » : codez par règles (--coder rules),"
                " ou entraînez un modèle avec « innovsoc train » et donnez-le (--model)."
            )
        return Codings(RuleCoder(book).code(corpus, progress=progress), corpus, book)
    use: Literal["combined", "learned"] = "learned" if coder == "learned" else "combined"
    table, queue = ModelCoder(book, found, use=use).code(corpus, progress=progress)
    return Codings(table, corpus, book, queue)


def find_model(codebook: Codebook, model: Model | Path | None = None) -> Model | None:
    """Return `model`, read if need be, or the one that comes with `codebook`, or ``None``.

    A codebook of the researcher's own that bears a bundled one's name but has other codes has no model.
    """
    if isinstance(model, Model):
        return model
    if model is not None:
        return load_model(Path(model))
    bundled = bundled_model(codebook)
    found = load_model(bundled) if bundled else None
    return found if found and found.codes == codebook.code_ids else None
