"""Learn the terms of a corpus: nominal groups whose words come together more often than by chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.nlp.terms import fluent, unit_numbers, wordings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_COLUMNS = {"term": "str", "n": "int64", "n_docs": "int64", "score": "float64"}
_FEWEST_WORDS = 2
_LINKS = frozenset({"de", "à", "en", "par", "pour", "sans", "sur", "contre"})
# what may follow: an adjective, a noun in apposition, a complement; coordination only of like with like
_NEXT = {"N": ("A", "N", "PN", "PDN"), "A": ("A", "CA", "PN", "PDN"), "P": ("A", "PN", "PDN", "CN", "CPN", "CPDN")}
# the few adjectives that make terms before their noun: « petite enfance », « haut débit », « libre accès »
_FRONTED = frozenset({"petit", "grand", "haut", "bas", "libre", "jeune", "moyen", "long", "court", "plein", "tiers"})
_CLASSES = {"A": ["A", "F"]}  # after its noun, an adjective that may stand before it is like any other
_VAGUE = frozenset(
    """
    sein milliard million millier centaine dizaine bout amont aval
    autre même tel nombreux certain divers différent suivant actuel possible nécessaire important considérable croissant
    issu tenu
    """.split()  # noqa: SIM905 - a paragraph reads better than a list
)
# before « de » or « à » these count or introduce what follows: « une partie de la population », « suite à »
_QUANTITIES = frozenset({"ensemble", "nombre", "partie", "part", "majorité", "suite"})
# between « à » or « en » and « de » these are prepositions: « en matière de », « au cours de »
_PREPOSITIONAL = frozenset(
    {"matière", "fonction", "cours", "disposition", "destination", "cas", "cadre", "terme", "vue", "titre", "lieu"}
)
_TYPOGRAPHIC = str.maketrans("'ʼ", "’’")


class _Candidate(NamedTuple):
    """A sequence of lemmas: how long, where, and how firmly its words hold together."""

    words: tuple[int, ...]
    places: tuple[int, ...]
    score: float


def learn_terms(
    tokens: pd.DataFrame,
    *,
    segments: pd.DataFrame | None = None,
    min_count: int = 5,
    threshold: float = 0.5,
    max_words: int = 4,
) -> pd.DataFrame:
    """Find what a corpus uses as terms of several words.

    Parameters
    ----------
    tokens : DataFrame
        Schema ``tokens``.
    segments : DataFrame, optional
        Schema ``segments``: no term runs over the start of one.
    min_count : int
        Least number of occurrences outside longer terms.
    threshold : float
        Least score, from -1 to 1.
    max_words : int
        Most nouns and adjectives in a term; prepositions, articles and *et* are not counted.

    Returns
    -------
    DataFrame
        ``term`` (its most frequent wording), ``n`` (occurrences outside longer terms), ``n_docs``
        and ``score``; the highest score first, then the most frequent, then in alphabetical order.

    Notes
    -----
    Candidates are nominal groups by their parts of speech: a noun, then adjectives, nouns or
    complements; vague words and complex prepositions (*en matière de*) make none. The score is
    the pointwise mutual information of the nouns and adjectives, normalised (Bouma 2009) for any
    number of words: 0 where they come together as by chance, 1 where they only come together. As
    in the C-value (Frantzi, Ananiadou & Mima 2000), what stands inside a longer term says nothing
    for the shorter one: a term of which more than half of the occurrences are inside longer ones
    is left out.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> texts = {"a": "Un tableau de bord vert.", "b": "Le tableau de bord.", "c": "Des tableaux de bord."}
    >>> learn_terms(corpus_from_texts(texts).tokens, min_count=3)[["term", "n"]].to_dict("list")
    {'term': ['tableau de bord'], 'n': [3]}
    """
    import pandas as pd

    kept = fluent(tokens)
    lemmas = kept["lemma"].str.lower()
    numbers, _ = pd.factorize(lemmas)
    spans = _spans(_classes(kept, lemmas), unit_numbers(kept, segments), max_words)
    candidates = _scored(spans, numbers, min_count)
    firm = [one for one in candidates if one.score >= threshold]
    chosen = list(_outside_longer(firm, min_count, len(kept)))
    documents = kept["doc_id"].to_numpy()
    rows = [
        (name, len(one.places), len(set(documents[list(one.places)])), round(one.score, 6))
        for name, one in zip(_names(kept, chosen), chosen, strict=True)
    ]
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    return table.sort_values(["score", "n", "term"], ascending=[False, False, True], ignore_index=True)


def _classes(tokens: pd.DataFrame, lemmas: pd.Series) -> NDArray[np.str_]:
    """Return a letter a token: Noun, Adjective, Preposition, Determiner, Conjunction, Fronted adjective, or nothing."""
    import numpy as np

    upos, morph = tokens["upos"], tokens["morph"].fillna("")
    participle = (upos == "VERB") & morph.str.contains("VerbForm=Part") & morph.str.contains("Tense=Past")
    before, after = lemmas.shift(1), lemmas.shift(-1)
    introducing = (lemmas.isin(_QUANTITIES) & after.isin(["de", "à"])) | (
        lemmas.isin(_PREPOSITIONAL) & before.isin(["à", "en"]) & (after == "de")
    )
    word = tokens["form"].str.fullmatch(r"[^\W\d_][\w'’·-]+") & ~lemmas.isin(_VAGUE) & ~introducing
    classes = np.full(len(tokens), "", dtype="U1")
    for letter, mask in {
        "N": (upos == "NOUN") & word,
        "A": ((upos == "ADJ") | participle) & word,
        "F": (upos == "ADJ") & lemmas.isin(_FRONTED),
        "P": (upos == "ADP") & lemmas.isin(_LINKS),
        "D": (upos == "DET") & (lemmas == "le"),
        "C": (upos == "CCONJ") & (lemmas == "et"),
    }.items():
        classes[mask.to_numpy(dtype=bool)] = letter
    return classes


def _spans(classes: NDArray[np.str_], units: Numbers, max_words: int) -> Iterator[tuple[Numbers, str]]:
    """Yield places of the table and the letters of the candidates that begin there."""
    import numpy as np

    def followed(places: Numbers, done: str, more: str) -> Numbers:
        last = len(done) + len(more) - 1
        places = places[places + last < len(classes)]
        for offset, letter in enumerate(more, start=len(done)):
            places = places[np.isin(classes[places + offset], _CLASSES.get(letter, letter))]
        return places[units[places] == units[places + last]]

    nouns = np.flatnonzero(classes == "N")
    waiting = [(nouns, "N", "N", 1)]
    fronted = np.flatnonzero(classes == "F")
    waiting.append((followed(fronted, "F", "N"), "FN", "N", 2))
    while waiting:
        places, letters, state, n_words = waiting.pop()
        if not len(places) or n_words > max_words:
            continue
        if n_words >= _FEWEST_WORDS:
            yield places, letters
        for more in _NEXT[state]:
            then = "P" if "P" in more or more == "CN" else more[-1]
            waiting.append((followed(places, letters, more), letters + more, then, n_words + 1))


def _scored(spans: Iterator[tuple[Numbers, str]], numbers: Numbers, min_count: int) -> list[_Candidate]:
    import numpy as np

    by_length = defaultdict(list)
    for places, letters in spans:
        by_length[len(letters)].append((places, np.array([letter in "NAF" for letter in letters])))
    frequency = np.bincount(numbers) if len(numbers) else np.zeros(0, dtype=np.int64)
    logs = np.log(frequency / max(len(numbers), 1), where=frequency > 0, out=np.zeros(len(frequency)))
    candidates = []
    for length, some in sorted(by_length.items()):
        places = np.concatenate([found for found, _ in some])
        masks = np.repeat(np.array([mask for _, mask in some]), [len(found) for found, _ in some], axis=0)
        order = np.argsort(places, kind="stable")
        places, masks = places[order], masks[order]
        rows, inverse, counts = np.unique(
            numbers[places[:, None] + np.arange(length)], axis=0, return_inverse=True, return_counts=True
        )
        members = np.split(np.argsort(inverse, kind="stable"), np.cumsum(counts)[:-1])
        for row in np.flatnonzero(counts >= min_count):
            content = masks[members[row][0]]
            score = _association(logs[rows[row]][content], counts[row] / len(numbers))
            found = places[members[row]]
            candidates.append(_Candidate(tuple(rows[row].tolist()), tuple(found.tolist()), score))
    return candidates


def _association(logs: NDArray[np.float64], together: float) -> float:
    """Return the normalised pointwise mutual information of words with these log probabilities."""
    import math

    joint = math.log(together)
    return float((joint - logs.sum()) / (-(len(logs) - 1) * joint)) if joint < 0 else 1.0


def _outside_longer(candidates: Sequence[_Candidate], min_count: int, n_tokens: int) -> Iterator[_Candidate]:
    """Yield the candidates that stand alone often enough, with the places where they do."""
    import numpy as np

    reach = np.zeros(n_tokens, dtype=np.int64)  # how far the longer terms that cover a token go
    for one in sorted(candidates, key=lambda one: -len(one.words)):
        length = len(one.words)
        alone = tuple(place for place in one.places if reach[place] < place + length)
        if len(alone) < min_count or 2 * len(alone) < len(one.places):
            continue
        for place in one.places:
            covered = slice(place, place + length)
            reach[covered] = np.maximum(reach[covered], place + length)
        yield one._replace(places=alone)


def _names(tokens: pd.DataFrame, candidates: Sequence[_Candidate]) -> Iterator[str]:
    """Yield the most frequent wording of each, in small letters where both are as frequent."""
    places = [(place, place + len(one.words) - 1) for one in candidates for place in one.places]
    found = iter(wordings(tokens, [first for first, _ in places], [last for _, last in places]))
    for one in candidates:
        spaced = (" ".join(wording.split()) for wording in islice(found, len(one.places)))
        counted = Counter(wording.translate(_TYPOGRAPHIC) for wording in spaced)
        yield min(counted, key=lambda wording: (-counted[wording], wording.swapcase()))
