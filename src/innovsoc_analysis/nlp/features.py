"""What the tagger sees of a word: its letters, its static vector and the readings the dictionary gives it.

Registered with spaCy as the architecture ``innovsoc.FrenchEmbed.v1``.
"""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    Ragged,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)
from thinc.initializers import glorot_uniform_init

from innovsoc_analysis.lexicon.french import entries
from innovsoc_analysis.nlp.shadow import shadow_forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from spacy.vectors import Vectors

Layer = Model[Any, Any]

# Sizes of the tables: lower case, first letter, last three, last four, shape, parts of speech, readings.
_ROWS = (4000, 500, 2000, 3000, 1000, 300, 1000)
_CACHED_FORMS = 50_000
_LOCK = threading.Lock()  # several threads may share the pipeline, and with it what it remembers
_LONGEST_SHAPE_RUN = 4
# In training, one word in eight is hidden, so that what its letters and the dictionary say is learned too.
_HIDDEN = 0.125


@registry.architectures("innovsoc.FrenchEmbed.v1")  # type: ignore[untyped-decorator]
def french_embed(width: int) -> Layer:
    """Return a layer from documents to one vector a token, without context.

    Parameters
    ----------
    width : int
        Length of the vectors.

    Returns
    -------
    thinc.model.Model
        In prediction, each form is embedded once and remembered: two thirds of the words of a
        text come back.

    Notes
    -----
    Hash embeddings of features, mixed by a maxout layer: Miranda et al. (2022), *Multi hash
    embeddings in spaCy*, arXiv:2212.09255. The readings of a dictionary as features:
    Denis & Sagot (2012), *Coupling an annotated corpus and a lexicon for state-of-the-art
    POS tagging*, Language Resources and Evaluation 46.
    """
    narrow = width // 2
    tables: list[Layer] = [HashEmbed(narrow, rows, column=column, seed=8 + column) for column, rows in enumerate(_ROWS)]
    letters: Layer = chain(_features(), list2ragged(), with_array(concatenate(*tables)))
    mix: Layer = with_array(Maxout(width, narrow * len(tables) + width, nP=3, dropout=0.0, normalize=True))
    trained: Layer = chain(concatenate(letters, _static_vectors(width)), mix, ragged2list())
    return Model("french_embed", _forward_cached, init=_init_cached, layers=[trained], dims={"nO": width})


@functools.lru_cache(maxsize=_CACHED_FORMS)
def features(form: str) -> NDArray[np.uint64]:
    """Return the hashed features of `form`, one for each table.

    Parameters
    ----------
    form : str
        As `shadow_forms` gives it.

    Returns
    -------
    array of uint64, shape (7,)
        Lower case, first letter, last three and last four letters, shape, parts of speech and
        full readings in the dictionary.
    """
    low = form.lower()
    # a compound that the dictionary lacks has the readings of its last part: sous-festivals, co-porter
    readings = entries(form) or entries(form.rpartition("-")[2])
    parts = " ".join(sorted({entry.upos for entry in readings}))
    full = " ".join(sorted({f"{entry.upos}{entry.gender}{entry.number}{entry.verb}" for entry in readings}))
    named = (low, form[0], low[-3:], low[-4:], _shape(form), parts, full)
    return np.array([hash_string(f"{place}{value}") for place, value in enumerate(named)], dtype=np.uint64)


def _shape(form: str) -> str:
    shape = ""
    for character in form:
        kind = "X" if character.isupper() else "x" if character.isalpha() else "d" if character.isdigit() else character
        if not shape.endswith(kind * _LONGEST_SHAPE_RUN):
            shape += kind
    return shape


def _features() -> Layer:
    return Model("french_features", _forward_features)


def _forward_features(model: Layer, docs: list[Doc], is_train: bool) -> tuple[list[Any], Callable[..., Any]]:  # noqa: ARG001, FBT001
    rows = [np.array([features(form) for form in shadow_forms(doc)], "uint64").reshape(-1, len(_ROWS)) for doc in docs]
    if is_train:
        for row in rows:
            row[np.random.random(len(row)) < _HIDDEN, 0] = 0  # noqa: NPY002 - the seed that thinc sets
    return rows, lambda _: []


def _static_vectors(width: int) -> Layer:
    dims = {"nO": width, "nM": None}
    return Model("french_vectors", _forward_vectors, init=_init_vectors, params={"W": None}, dims=dims)


def _init_vectors(model: Layer, X: list[Doc] | None = None, Y: object = None) -> None:  # noqa: ARG001, N803
    if X:
        model.set_dim("nM", X[0].vocab.vectors.shape[1])
        model.set_param("W", glorot_uniform_init(model.ops, (model.get_dim("nO"), model.get_dim("nM"))))


def _forward_vectors(model: Layer, docs: list[Doc], is_train: bool) -> tuple[Ragged, Callable[..., Any]]:  # noqa: ARG001, FBT001
    table = docs[0].vocab.vectors
    weights: Any = model.get_param("W")
    rows = np.array([_vector_row(table, form) for doc in docs for form in shadow_forms(doc)], dtype=np.int64)
    vectors = table.data[rows]
    vectors[rows < 0] = 0

    def backprop(gradient: Ragged) -> list[Doc]:
        data: Any = gradient.data
        model.inc_grad("W", model.ops.gemm(data, vectors, trans1=True))
        return []

    lengths = model.ops.asarray1i([len(doc) for doc in docs])
    return Ragged(model.ops.gemm(vectors, weights, trans2=True), lengths), backprop


def _vector_row(table: Vectors, form: str) -> int:
    rows = (table.key2row.get(hash_string(spelling)) for spelling in (form, form.lower()))
    return next((row for row in rows if row is not None), -1)


def _init_cached(model: Layer, X: list[Doc] | None = None, Y: object = None) -> None:  # noqa: ARG001, N803
    model.layers[0].initialize(X=X)


class _Remembered:
    """The vectors of the forms met so far; it is not written with the model, for it holds words of the texts."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.vectors: NDArray[np.float32] = np.zeros((0, 0), "float32")


def _forward_cached(model: Layer, docs: list[Doc], is_train: bool) -> tuple[list[Any], Callable[..., Any]]:  # noqa: FBT001
    trained = model.layers[0]
    if is_train:
        forget(model)
        return trained(docs, is_train)
    forms = [shadow_forms(doc) for doc in docs]
    with _LOCK:
        remembered: _Remembered = model.attrs.setdefault("remembered", _Remembered())
        if len(remembered.rows) > _CACHED_FORMS:
            remembered = model.attrs["remembered"] = _Remembered()
        if missing := sorted({form for said in forms for form in said}.difference(remembered.rows)):
            fresh = trained.predict([Doc(docs[0].vocab, words=missing)])[0]
            remembered.vectors = np.concatenate([remembered.vectors, fresh]) if remembered.rows else fresh
            remembered.rows |= {form: place for place, form in enumerate(missing, start=len(remembered.rows))}
        places = [np.array([remembered.rows[form] for form in said], dtype=np.int64) for said in forms]
        vectors = remembered.vectors if remembered.rows else np.zeros((0, model.get_dim("nO")), "float32")
    return [vectors[rows] for rows in places], lambda _: []


def forget(model: Layer) -> None:
    """Forget the forms met so far.

    Parameters
    ----------
    model : thinc.model.Model
        As `french_embed` makes it.
    """
    model.attrs.pop("remembered", None)
