"""The lemma of a form, given its part of speech: a dictionary first, then what is known of French word endings."""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicon.french import entries, entries_with_accents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from innovsoc_analysis.lexicon.french import Entry

_CACHED_FORMS = 200_000
_AS_WRITTEN = frozenset({"PUNCT", "SYM", "X", "SPACE", "PROPN"})
_INFLECTED = frozenset({"NOUN", "ADJ", "VERB", "AUX"})
_NEIGHBOURS = {
    "NOUN": ("ADJ", "PROPN"),
    "ADJ": ("NOUN", "NUM"),
    "VERB": ("AUX",),
    "AUX": ("VERB",),
    "ADV": ("ADP", "INTJ", "CCONJ", "SCONJ"),
    "PRON": ("DET",),
    "DET": ("PRON",),
    "ADP": ("ADV",),
    "SCONJ": ("ADV", "PRON"),
    "CCONJ": ("ADV",),
}
_PREFIXES = (
    "anti", "archi", "auto", "bio", "co", "contre", "dé", "dés", "éco", "entre", "extra", "géo", "hyper", "hypo",
    "inter", "intra", "macro", "méga", "micro", "mini", "mono", "multi", "néo", "non", "para", "péri", "pluri", "poly",
    "post", "pré", "pro", "proto", "pseudo", "psycho", "re", "ré", "semi", "socio", "sous", "sub", "super", "sur",
    "techno", "télé", "trans", "tri", "ultra", "uni", "vice",
)  # fmt: skip
_SHORTEST_BASE = 4
_VOWEL = frozenset("aàâeéèêëiîïoôuùûyœ")
_PLURALS = (("eaux", "eau"), ("eux", "eux"), ("aux", "al"), ("ss", "ss"), ("is", "is"), ("us", "us"), ("s", ""))
_FEMININES = (
    ("ienne", "ien"), ("trice", "teur"), ("euse", "eux"), ("ière", "ier"), ("ive", "if"), ("elle", "el"),
    ("enne", "en"), ("onne", "on"), ("ante", "ant"), ("ente", "ent"), ("aise", "ais"), ("oise", "ois"), ("ale", "al"),
    ("ane", "an"), ("ine", "in"), ("ure", "ur"), ("ique", "ique"), ("ée", "é"), ("ie", "i"), ("ue", "u"),
)  # fmt: skip
_VERBS = (
    ("issaient", "ir"), ("issait", "ir"), ("issent", "ir"), ("issant", "ir"), ("eraient", "er"), ("erions", "er"),
    ("eriez", "er"), ("erait", "er"), ("erais", "er"), ("eront", "er"), ("erons", "er"), ("erez", "er"), ("eras", "er"),
    ("erai", "er"), ("era", "er"), ("geons", "ger"), ("geait", "ger"), ("geaient", "ger"), ("geant", "ger"),
    ("çons", "cer"), ("çait", "cer"), ("çaient", "cer"), ("çant", "cer"), ("aient", "er"), ("èrent", "er"),
    ("assent", "er"), ("ions", "er"), ("iez", "er"), ("ons", "er"), ("ait", "er"), ("ais", "er"), ("ant", "er"),
    ("ées", "er"), ("ée", "er"), ("és", "er"), ("é", "er"), ("ent", "er"), ("ez", "er"), ("es", "er"), ("ai", "er"),
    ("as", "er"), ("a", "er"), ("e", "er"), ("ies", "ir"), ("ie", "ir"), ("is", "ir"), ("it", "ir"), ("i", "ir"),
)  # fmt: skip


@functools.lru_cache(maxsize=_CACHED_FORMS)
def lemma_of(form: str, upos: str, feats: str = "") -> str:
    """Return the lemma of `form` as a word of class `upos`.

    Parameters
    ----------
    form : str
        As `shadow_forms` gives it.
    upos : str
        Universal part of speech.
    feats : str
        Universal features, ``Gender=Fem|Number=Plur``: they choose between readings.

    Returns
    -------
    str
        Masculine singular of nouns, adjectives and determiners, infinitive of verbs, the strong
        form of personal pronouns (*je*: *moi*) as in the French treebanks; proper nouns,
        numbers and signs as written.

    Notes
    -----
    In order: what the treebanks annotate otherwise than the dictionary; the dictionary, keyed
    on form and part of speech; a neighbouring part of speech; the parts of a compound; a word
    without its prefix; the ending.

    Examples
    --------
    >>> lemma_of("innovantes", "ADJ"), lemma_of("suis", "AUX"), lemma_of("suis", "VERB", "Person=1")
    ('innovant', 'être', 'suivre')
    >>> lemma_of("co-construisent", "VERB"), lemma_of("réseautait", "VERB"), lemma_of("PME", "NOUN")
    ('co-construire', 'réseauter', 'PME')
    """
    if upos in _AS_WRITTEN:
        return form
    bare = form.lstrip("-").removeprefix("t-")
    if bare and form[0] == "-":  # a clitic after its verb
        form = bare
    low = form.lower()
    if annotated := _annotated().get(upos, {}).get(low):
        return annotated
    if (
        len(form) == 1
        or (form.isupper() and form.isalpha() and _VOWEL.isdisjoint(low))
        or (not form.isupper() and form[1:] != low[1:])
    ):
        return form  # a letter, an acronym without vowels, a name with inner capitals
    return _from_dictionary(form, upos, feats) or _unknown(form, upos, feats)


def _from_dictionary(form: str, upos: str, feats: str) -> str | None:
    readings = entries(form) or entries_with_accents(form)
    if found := _choose(readings, upos, feats):
        return found.lemma
    for other in _NEIGHBOURS.get(upos, ()):
        if found := _choose(readings, other, feats):
            return found.lemma.lower() if other == "PROPN" else found.lemma
    participle = _choose(readings, "VERB", feats) if upos == "ADJ" else None
    return _masculine_singular(form.lower()) if participle and participle.verb == "Part" else None


def _choose(readings: Iterable[Entry], upos: str, feats: str) -> Entry | None:
    """Return the reading that agrees best with the features; the likeliest of those."""
    fitting = [entry for entry in readings if entry.upos == upos]
    if len(fitting) < 2:  # noqa: PLR2004 - nothing to choose
        return fitting[0] if fitting else None
    if upos in {"VERB", "AUX"}:
        kind = "Part" if "VerbForm=Part" in feats and "Tense=Pres" not in feats else ""
        kind = kind or ("Ger" if "VerbForm=Part" in feats else "Inf" if "VerbForm=Inf" in feats else "Fin")
        return max(fitting, key=lambda entry: entry.verb == kind)
    return max(
        fitting,
        key=lambda entry: (
            (entry.gender in feats) + (entry.number in feats) - (bool(entry.lemma[:1].isupper()) and upos != "PROPN")
        ),
    )


def _unknown(form: str, upos: str, feats: str) -> str:
    low = form.lower()
    if upos not in _INFLECTED:
        return low
    if form[1:] != low[1:] or any(one.isdigit() for one in form):
        return form  # an acronym, a code
    if "-" in low.strip("-"):
        first, _, last = low.rpartition("-")
        plural = first not in _PREFIXES and any(entry.number == "Plur" for entry in entries(first))
        return f"{lemma_of(first, upos, feats) if plural else first}-{lemma_of(last, upos, feats)}"
    for prefix in _PREFIXES:
        base = low.removeprefix(prefix)
        if base != low and len(base) >= _SHORTEST_BASE and (found := _choose(entries(base), upos, feats)):
            return prefix + found.lemma
    if upos in {"VERB", "AUX"}:
        return low if low.endswith(("er", "ir", "re", "oir")) else _by_ending(low, _VERBS)
    return _masculine_singular(low) if upos == "ADJ" else _singular(low, feats)


def _singular(low: str, feats: str) -> str:
    return low if "Number=Sing" in feats else _by_ending(low, _PLURALS)


def _masculine_singular(low: str) -> str:
    return _by_ending(_by_ending(low, _PLURALS), _FEMININES)


def _by_ending(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, replacement in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + replacement
    return word


@functools.cache
def _annotated() -> dict[str, dict[str, str]]:
    return json.loads((files("innovsoc_analysis.nlp") / "data" / "lemmas.json").read_text("utf-8"))
