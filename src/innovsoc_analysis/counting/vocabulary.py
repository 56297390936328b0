"""Words that can be about something: content lemmas, neither rare nor everywhere, counted by unit."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypedDict

from innovsoc_analysis.counting.units import UNITS, make_units, unit_rows
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.terms import Term, field_terms, find_terms, fluent, merge_terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import pandas as pd
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from innovsoc_analysis.study.corpus import Corpus

# light verbs, vague nouns, dates and fillers of speech: frequent anywhere, and about nothing
_EMPTY_LEMMAS = frozenset(
    """
    être avoir faire aller pouvoir vouloir devoir falloir dire voir savoir venir mettre prendre donner passer tenir
    rester trouver parler penser croire arriver appeler demander regarder sembler paraître connaître comprendre
    commencer finir laisser rendre porter servir suivre
    chose truc machin bidule fois fait façon manière cas moment gens personne monsieur madame dame mec
    côté partie part sorte exemple bout coup guillemet
    an année mois jour semaine heure minute temps lundi mardi mercredi jeudi vendredi samedi dimanche
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    petit grand gros bon beau autre même tout premier dernier deuxième nouveau vrai seul certain plein tel sûr
    cool super hyper
    euh heu hein ben bah beh bon quoi voilà oui ouais mouais non nan ok okay bref enfin donc alors là pis
    ah oh eh hé ha hop hum hmm mmh pff pfff ouf tac allez tiens allô putain tsé faque
    franchement carrément clairement vraiment effectivement exactement justement évidemment forcément
    finalement grosso modo bien très trop
    """.split()  # noqa: SIM905 - a paragraph reads better than a list
)
_SHORTEST = 3
# said of the lemma, for the form of an inclusive word may hold brackets and spaces; a lemma with spaces is a term
_WORD = r"[^\W\d_][\w'’·-]*"
_EMPTY_TERMS = frozenset(
    {"mise en place", "mise en œuvre", "mise en oeuvre", "mise à disposition", "prise en compte", "point de vue"}
)
_PARTS_OF_SPEECH = {"NOUN": "noms", "PROPN": "noms propres", "ADJ": "adjectifs", "VERB": "verbes", "ADV": "adverbes"}
_INCLUSIVE = ("normalised", "kept")


class Choices(TypedDict, total=False):
    """The choices of a `Vocabulary`, one by one."""

    unit: str
    upos: tuple[str, ...]
    min_documents: int
    max_share: float
    stop_words: tuple[str, ...]
    keep: tuple[str, ...]
    inclusive: str
    terms: str | Iterable[Term | str] | None
    context_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Which words are counted, and in what.

    Attributes
    ----------
    unit : {"document", "paragraph", "context"}
        In what words are counted together, see `make_units`.
    upos : tuple of str
        Parts of speech: ``NOUN``, ``PROPN``, ``ADJ``, ``VERB``, ``ADV``.
    min_documents : int
        A word must occur in at least as many documents, whatever the unit: what one document alone
        repeats is no topic of the corpus. In a corpus of one document, as many units.
    max_share : float
        And in at most this share of the units: a word that most units hold tells none apart, while
        one of every interview may be of a few passages of each.
    stop_words : tuple of str
        Lemmas that are not counted, besides those that never are: French stop words, light verbs,
        vague nouns, dates and fillers of speech.
    keep : tuple of str
        Lemmas that are counted although they are of those.
    inclusive : {"normalised", "kept"}
        Whether « habitant·es » counts with « habitant », or as a word of its own, as written.
    terms : {"field", "learned"} or iterable of Term or str, optional
        Terms of several words that are counted as one word: those of the field (`field_terms`),
        those learned from the corpus (`learn_terms`), or a list. By default, none.
    context_words : int
        Fewest content words of a context unit.

    Examples
    --------
    >>> Vocabulary(unit="paragraph", stop_words=("projet",)).min_documents
    2
    """

    unit: str = "document"
    upos: tuple[str, ...] = ("NOUN", "ADJ", "VERB")
    min_documents: int = 2
    max_share: float = 0.6
    stop_words: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    inclusive: str = "normalised"
    terms: str | Iterable[Term | str] | None = None
    context_words: int = 40


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often each word occurs in each unit.

    Attributes
    ----------
    matrix : sparse array, shape (n_units, n_words)
        Counts.
    words : tuple of str
        Lemmas, sorted.
    units : DataFrame
        One row per row of the matrix: ``unit_id, doc_id, start, end, speaker``, in the order of the
        corpus. Units without any word are kept as empty rows; a document is its own unit
        (``unit_id`` is its ``doc_id``) unless smaller ones were asked for.
    tokens : DataFrame
        What was counted and more: all content tokens, those of a term merged into one.
    unit : str
        What the units are: ``document``, ``paragraph`` or ``context``.
    """

    matrix: sp.csr_array[np.int64]
    words: tuple[str, ...]
    units: pd.DataFrame
    tokens: pd.DataFrame
    unit: str = "document"

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Identifiers of the rows of the matrix."""
        return tuple(self.units["unit_id"])

    @property
    def doc_ids(self) -> tuple[str, ...]:
        """Documents, in the order of the corpus."""
        return tuple(self.units["doc_id"].unique())

    def by_document(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the mean of the rows of `shares` in each document, units weighing as many words as were counted.

        Parameters
        ----------
        shares : array, shape (n_units, n_columns)
            Such as the shares of topics in units.

        Returns
        -------
        array, shape (n_documents, n_columns)
            In the order of `doc_ids`; zeros for a document without words, or that no topic describes.
        """
        import numpy as np
        import pandas as pd
        import scipy.sparse as sp

        documents, names = pd.factorize(self.units["doc_id"])
        n_words = np.asarray(self.matrix.sum(axis=1), dtype=np.float64).ravel()
        n_words[shares.sum(axis=1) == 0] = 0  # units that no topic describes say nothing of the document's
        weights = sp.csr_array((n_words, (documents, np.arange(len(documents)))), shape=(len(names), len(documents)))
        total = np.bincount(documents, weights=n_words, minlength=len(names))[:, np.newaxis]
        return np.divide(weights @ shares, total, out=np.zeros((len(names), shares.shape[1])), where=total > 0)


def count_words(corpus: Corpus, vocabulary: Vocabulary | None = None, *, found: pd.DataFrame | None = None) -> Counts:
    """Count content lemmas by unit.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    vocabulary : Vocabulary, optional
        Which words, in what; by default ``Vocabulary()``.
    found : DataFrame, optional
        Where the terms of the vocabulary stand, if that is known already: see `place_terms`.

    Returns
    -------
    Counts
        With at least one word.

    Raises
    ------
    UsageError
        If a choice is not known, or no word is left.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un jardin et un puits.", "b": "Le jardin.", "c": "Le puits."})
    >>> counts = count_words(corpus, Vocabulary(max_share=0.7))
    >>> counts.words, counts.matrix.toarray().tolist()
    (('jardin', 'puits'), [[1, 1], [1, 0], [0, 1]])
    """
    vocabulary = vocabulary or Vocabulary()
    _check(vocabulary)
    if found is None:
        found = place_terms(corpus, vocabulary.terms)
    kept = content_tokens(corpus.tokens if found is None else merge_terms(corpus.tokens, found), vocabulary)
    units = make_units(corpus, vocabulary.unit, words=kept, context_words=vocabulary.context_words)
    return _counted(units, kept, vocabulary)


def _counted(units: pd.DataFrame, kept: pd.DataFrame, vocabulary: Vocabulary) -> Counts:
    import numpy as np
    import pandas as pd

    rows = unit_rows(units, kept)
    columns, names = pd.factorize(kept["lemma"], sort=True)
    documents, doc_ids = pd.factorize(units["doc_id"])
    by_unit = _matrix(rows, columns, (len(units), len(names)))
    by_document = _matrix(documents[rows], columns, (len(doc_ids), len(names))) if len(doc_ids) > 1 else by_unit
    ceiling = max(vocabulary.max_share * len(units), vocabulary.min_documents)
    frequent = _n_rows(by_document) >= vocabulary.min_documents
    chosen = np.flatnonzero(frequent & (_n_rows(by_unit) <= ceiling))
    if not len(chosen):
        raise UsageError(_emptied(frequent.tolist(), vocabulary, whole=len(doc_ids) > 1))
    return Counts(by_unit[:, chosen], tuple(names[chosen].tolist()), units, kept, vocabulary.unit)


def _matrix(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> sp.csr_array[np.int64]:
    """Return how often each pair of row and column is there."""
    import numpy as np
    import scipy.sparse as sp

    return sp.coo_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape).tocsr()


def _n_rows(matrix: sp.csr_array[np.int64]) -> NDArray[np.int64]:
    """Return in how many rows each column is not zero."""
    import numpy as np

    return np.bincount(matrix.indices, minlength=matrix.shape[1])


def _emptied(frequent: list[bool], vocabulary: Vocabulary, *, whole: bool) -> str:
    """Return the sentence that says which choice left no word."""
    if not frequent:
        kinds = ", ".join(_PARTS_OF_SPEECH[upos] for upos in vocabulary.upos)
        return f"Les textes ne contiennent aucun mot plein ({kinds}) : ajoutez des textes."
    _, units = UNITS[vocabulary.unit]
    at_least = f"au moins {vocabulary.min_documents} {'documents' if whole else units}"
    if not any(frequent):
        return f"Aucun mot ne figure dans {at_least} : ajoutez des textes ou abaissez min_documents."
    share = f"{100 * vocabulary.max_share:g}\u202f%".replace(".", ",")
    return (
        f"Tous les mots présents dans {at_least} figurent dans plus de {share} des {units} :"
        " ajoutez des textes ou élevez max_share."
    )


def chosen(vocabulary: Vocabulary, choices: Choices) -> Vocabulary:
    """Return `vocabulary` with other choices, by their names.

    Raises
    ------
    UsageError
        If a choice is not known.

    Examples
    --------
    >>> chosen(Vocabulary(), {"unit": "context"}).unit
    'context'
    """
    known = [field.name for field in fields(Vocabulary)]
    if unknown := [name for name in choices if name not in known]:
        raise UsageError(f"Option inconnue : « {unknown[0]} » ; il y a n_topics, model, seed, {', '.join(known)}.")
    return replace(vocabulary, **choices)


def place_terms(corpus: Corpus, terms: str | Iterable[Term | str] | None) -> pd.DataFrame | None:
    """Return where the terms of a vocabulary stand in `corpus`, see `find_terms`; nothing for no terms.

    Raises
    ------
    UsageError
        If `terms` is not known.
    """
    if terms is None:
        return None
    if terms == "field":
        terms = field_terms()
    elif terms == "learned":
        from innovsoc_analysis.nlp.term_learning import learn_terms

        terms = learn_terms(corpus.tokens, segments=corpus.segments)["term"]
    elif isinstance(terms, str):
        raise UsageError(f"Termes inconnus : « {terms} » ; choisissez field, learned ou une liste de termes.")
    return find_terms(corpus.tokens, terms, segments=corpus.segments)


def content_tokens(tokens: pd.DataFrame, vocabulary: Vocabulary | None = None) -> pd.DataFrame:
    """Return the tokens that can be about something, their lemmas in lower case.

    Parameters
    ----------
    tokens : DataFrame
        Schema ``tokens``.
    vocabulary : Vocabulary, optional
        By default ``Vocabulary()``; its bounds, unit and terms play no part.

    Returns
    -------
    DataFrame
        Neither disfluent tokens nor stop words nor fillers of speech are among them. « Genre » is a
        filler (« genre il arrive », « ce genre de chose ») unless it is plural or follows *de* or
        *le*: « égalité de genre »; *accord* is one in « d’accord ».
    """
    import pandas as pd

    from innovsoc_analysis.nlp.language import stop_words

    vocabulary = vocabulary or Vocabulary()
    tokens = fluent(tokens)
    filling = _is_filling(tokens)
    told = tokens["upos"].isin(vocabulary.upos)
    tokens, filling = tokens[told], filling[told.to_numpy()]
    # a corpus has far fewer words than tokens
    codes, names = pd.factorize(tokens["lemma"].str.lower())
    words = pd.Series(names, dtype="str")
    stopped, keep = ({word.lower() for word in some} for some in (vocabulary.stop_words, vocabulary.keep))
    empty = ((_EMPTY_LEMMAS | _EMPTY_TERMS | stop_words()) - keep) | stopped
    plain = words.str.fullmatch(_WORD) | words.str.contains(" ", regex=False)
    meant = (plain & (words.str.len() >= _SHORTEST) & ~words.isin(empty)).to_numpy(dtype=bool)
    chosen = meant[codes] & (~filling | words.isin(keep).to_numpy(dtype=bool)[codes])
    kept = tokens[chosen].assign(lemma=words.to_numpy()[codes[chosen]])
    if vocabulary.inclusive == "kept":
        kept["lemma"] = kept["lemma"].mask(kept["inclusive"].fillna(value=False).astype(bool), kept["form"].str.lower())
    return kept


def _is_filling(tokens: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which tokens fill speech as their neighbours tell, for their words can mean something too."""
    form = tokens["form"].str.lower()
    before = form.shift()
    sort = (form == "genre") & ~before.isin(("de", "le"))
    agreed = (form == "accord") & before.isin(("d'", "d’"))
    return (sort | agreed).to_numpy(dtype=bool)


def _check(vocabulary: Vocabulary) -> None:
    if vocabulary.unit not in UNITS:
        raise UsageError(f"Unité inconnue : « {vocabulary.unit} » ; choisissez {among(UNITS)}.")
    if vocabulary.inclusive not in _INCLUSIVE:
        raise UsageError(
            f"Traitement inconnu des formes inclusives : « {vocabulary.inclusive} » ; choisissez {among(_INCLUSIVE)}."
        )
    for name in ("upos", "stop_words", "keep"):
        if isinstance(getattr(vocabulary, name), str):
            raise UsageError(f"{name} est une liste de mots : « {getattr(vocabulary, name)} » est un seul texte.")
    if unknown := [upos for upos in vocabulary.upos if upos not in _PARTS_OF_SPEECH]:
        raise UsageError(f"Catégorie inconnue : « {unknown[0]} » ; choisissez parmi {', '.join(_PARTS_OF_SPEECH)}.")
    if not vocabulary.upos:
        raise UsageError(f"Aucune catégorie de mots : choisissez parmi {', '.join(_PARTS_OF_SPEECH)}.")
    if vocabulary.min_documents < 1 or vocabulary.context_words < 1:
        raise UsageError("min_documents et context_words sont des entiers d'au moins 1.")
    if not 0 < vocabulary.max_share <= 1:
        raise UsageError("max_share est une part : un nombre plus grand que 0 et d'au plus 1.")


def among(names: Iterable[str]) -> str:
    """Return a choice in words.

    Examples
    --------
    >>> among(["a", "b", "c"])
    'a, b ou c'
    """
    *others, last = names
    return f"{', '.join(others)} ou {last}"
