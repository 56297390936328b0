"""Build the compact French dictionary from LanguageTool's, as packaged in ``lingotweaker-data-fr``.

    python training/dictionary.py

The source is an automaton in the CFSA2 format of Morfologik: lines ``form_Kending_tagF``, where
K says how many bytes to cut from the form to get the lemma, and F is a frequency class.
"""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import marisa_trie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Analysis = tuple[str, int, str, str, str, str]

TARGET = Path(__file__).parents[1] / "src/innovsoc_analysis/lexicon/data"
INDEPENDENT = Path(__file__).parent / "independent_feminines.txt"
_UPOS = {"N": "NOUN", "Z": "PROPN", "J": "ADJ", "A": "ADV", "V": "VERB", "D": "DET", "R": "PRON", "P": "ADP"}
_UPOS |= {"I": "INTJ", "K": "NUM", "C coor": "CCONJ", "C sub": "SCONJ", "P+D": "ADP", "P+R": "PRON"}
_GENDER = {"m": "Masc", "f": "Fem"}
_NUMBER = {"s": "Sing", "p": "Plur"}
_VERB = {"inf": "Inf", "ppa": "Part", "ppr": "Ger"}
_LAST_ARC, _NEXT, _FINAL, _LABEL = 64, 128, 32, 31
_FIRST_CLASS = ord("A")
_OTHER_WORDS = {"Moutiers", "Saou", "gainer", "gainé", "soul"}


class Reading(NamedTuple):
    """A form with one analysis."""

    form: str
    upos: str
    lemma: str
    gender: str
    number: str
    verb: str
    frequency: int


def words(automaton: bytes) -> Iterator[bytes]:  # noqa: C901 - one format, read in one place
    """Yield every word of a CFSA2 automaton.

    Raises
    ------
    ValueError
        If the bytes are not such an automaton.
    """
    if automaton[:5] != b"\\fsa\xc6":
        raise ValueError("not a CFSA2 automaton")
    count = automaton[7]
    labels, arcs = automaton[8 : 8 + count], automaton[8 + count :]

    def number(place: int) -> tuple[int, int]:
        value = shift = 0
        while True:
            byte = arcs[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < _NEXT:
                return value, place

    def node(place: int) -> list[tuple[int, bool, int]]:
        found: list[tuple[int, bool, int | None]] = []
        last = False
        while not last:
            flags = arcs[place]
            last = bool(flags & _LAST_ARC)
            label = labels[flags & _LABEL] if flags & _LABEL else arcs[place + 1]
            place += 1 if flags & _LABEL else 2
            target: int | None = None
            if not flags & _NEXT:
                target, place = number(place)
            found.append((label, bool(flags & _FINAL), target))
        return [(label, final, place if target is None else target) for label, final, target in found]

    stack = [(node(0)[0][2], b"")]
    while stack:
        place, prefix = stack.pop()
        for label, final, target in node(place):
            word = prefix + bytes([label])
            if final:
                yield word
            if target:
                stack.append((target, word))


def readings(automaton: bytes) -> Iterator[Reading]:
    """Yield the readings of the dictionary that have a universal part of speech."""
    for word in words(automaton):
        form, code, tag = word.split(b"_", 2)
        cut = code[0] - _FIRST_CLASS
        lemma = (form[: len(form) - cut] + code[1:]).decode()
        frequency = tag[-1] - _FIRST_CLASS
        fields = ["", "", *tag[:-1].decode().split()]
        upos = _UPOS.get(" ".join(fields[2:4])) or _UPOS.get("".join(fields[2:3]))
        if upos is None:
            continue
        verb = next((_VERB[field] for field in fields if field in _VERB), "Fin") if upos == "VERB" else ""
        nominal = verb in {"", "Part"}
        gender = _GENDER.get(fields[-2], "") if nominal else ""
        number = _NUMBER.get(fields[-1], "") if nominal else ""
        for part in (upos, "AUX") if upos == "VERB" and lemma in {"être", "avoir"} else (upos,):
            yield Reading(form.decode(), part, lemma, gender, number, verb, frequency)


def corrected(found: list[Reading]) -> Iterator[Reading]:
    """Yield the readings with lemmas as French dictionaries give them.

    A participle used as an adjective has the lemma of an adjective (*connues*: *connu*, not
    *connaître*); a feminine noun that is a word of its own keeps it.
    """
    independent = {
        word for line in INDEPENDENT.read_text("utf-8").splitlines() if line[:1] != "#" for word in line.split()
    }
    participles = {(one.form, one.lemma) for one in found if (one.upos, one.verb) == ("VERB", "Part")}
    masculines = {
        one.lemma: one.form
        for one in found
        if (one.upos, one.verb, one.gender, one.number) == ("VERB", "Part", "Masc", "Sing")
    }
    plurals = {f"{form}s": form for form in independent}
    lemmas = {(one.lemma, one.upos) for one in found}
    singulars = {one.form: one.lemma for one in found if one.number == "Plur" and one.upos in {"NOUN", "ADJ"}}
    nouns = {one.form for one in found if one.upos == "NOUN" and one.gender == "Fem"}
    if idle := independent - nouns:
        raise SystemExit(f"Sans effet dans {INDEPENDENT.name} : {', '.join(sorted(idle))}")
    for one in (_traditional(reading, lemmas) for reading in found):
        if one.upos == "ADJ" and (one.form, one.lemma) in participles:
            yield one._replace(lemma=masculines.get(one.lemma, one.lemma))
        elif one.upos == "NOUN" and one.gender == "Fem" and one.form in independent:
            yield one._replace(lemma=one.form)
        elif one.upos == "NOUN" and one.gender == "Fem" and one.form in plurals:
            yield one._replace(lemma=plurals[one.form])
        elif one.number == "Plur" and one.lemma == one.form and "-" in one.form:
            # beaux-frères has itself as lemma there
            singular = "-".join(singulars.get(part, part) for part in one.form.split("-"))
            yield one._replace(lemma=singular) if (singular, one.upos) in lemmas else one
        else:
            yield one


def _traditional(one: Reading, lemmas: set[tuple[str, str]]) -> Reading:
    """Return a reading whose lemma has the circumflex that the reform of 1990 made optional: entraînement."""
    for bare, accented in (("ai", "aî"), ("oi", "oî"), ("ou", "oû"), ("bime", "bîme"), ("ile", "île")):
        lemma = one.lemma.replace(bare, accented)
        if lemma != one.lemma and one.lemma not in _OTHER_WORDS and (lemma, one.upos) in lemmas:
            return one._replace(lemma=lemma)
    return one


def ranked(found: Iterable[Reading]) -> dict[str, list[Reading]]:
    """Return the readings of each form: the commoner lemma first, then the spelling before the reform of 1990."""
    by_form: dict[str, set[Reading]] = defaultdict(set)
    weight: dict[tuple[str, str], int] = {}
    for one in found:
        by_form[one.form].add(one)
        weight[one.form, one.upos] = max(weight.get((one.form, one.upos), 0), one.frequency)

    def rank(one: Reading) -> tuple[object, ...]:
        traditional = one.lemma.count("î") + one.lemma.count("û")
        name = one.lemma[:1].isupper() and one.upos != "PROPN"
        return name, -weight.get((one.lemma, one.upos), -1), -traditional, one[1:6]

    return {form: sorted(by_form[form], key=rank) for form in sorted(by_form)}


def analysis(one: Reading) -> Analysis:
    """Return a reading without its form: how many letters to cut from the form, and what to add."""
    pairs = enumerate(zip(one.form, one.lemma, strict=False))
    shared = next((place for place, (left, right) in pairs if left != right), min(len(one.form), len(one.lemma)))
    return one.upos, len(one.form) - shared, one.lemma[shared:], one.gender, one.number, one.verb


def main() -> None:
    """Write ``dictionary.marisa`` and ``readings.json``."""
    spec = importlib.util.find_spec("lingotweaker_data_fr")
    if spec is None or spec.origin is None:
        raise SystemExit("Il manque lingotweaker-data-fr : pip install -r training/requirements.txt")
    source = Path(spec.origin).parent / "data/fr/dictionaries/french.dict"
    identifiers: dict[Analysis, int] = {}
    records: list[tuple[str, tuple[int, int]]] = []
    by_form = ranked(corrected(list(readings(source.read_bytes()))))
    for form, found in by_form.items():
        for place, one in enumerate(dict.fromkeys(map(analysis, found))):
            records.append((form, (place, identifiers.setdefault(one, len(identifiers)))))
    TARGET.mkdir(parents=True, exist_ok=True)
    marisa_trie.RecordTrie(">BH", records).save(str(TARGET / "dictionary.marisa"))
    written = json.dumps(list(identifiers), ensure_ascii=False, separators=(",", ":"))
    (TARGET / "readings.json").write_text(written + "\n", "utf-8")
    print(f"{len(by_form)} formes, {len(records)} lectures, {len(identifiers)} analyses")


if __name__ == "__main__":
    main()
