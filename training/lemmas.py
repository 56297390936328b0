"""Write the lemmas that the training treebanks give otherwise than the dictionary.

python training/lemmas.py DATA
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import treebanks

from innovsoc_analysis.lexicon.french import entries
from innovsoc_analysis.nlp import lemmas

TARGET = Path(lemmas.__file__).parent / "data/lemmas.json"
BANKS = ("Sequoia", "ParisStories", "Rhapsodie")
BY_HAND = {
    "ADJ": {"1ère": "1er", "1re": "1er", "2nde": "2nd"},
    "ADP": {"du": "de", "des": "de", "au": "à", "aux": "à"},
    "NOUN": {
        "madame": "madame",
        "mme": "madame",
        "mmes": "madame",
        "mesdames": "madame",
        "mlle": "mademoiselle",
        "fonds": "fonds",
    },
    "PRON": {"ils": "eux", "elles": "eux", "le": "lui"},
    "VERB": {"suis": "suivre"},
}
MISTAKES = {"capitaux", "epar", "juventus"}
_AS_WRITTEN = {"PROPN", "PUNCT", "SYM", "X"}
_SHARE, _COUNT = 0.6, 2


def annotated(data: Path) -> dict[tuple[str, str], Counter[str]]:
    """Return how often each form has each lemma, by part of speech."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for bank in BANKS:
        for path in sorted(data.glob(f"{bank}_*-train.conllu")):
            for word in (word for sentence in treebanks.read(path) for word in sentence):
                if not word.contraction and "~" not in word.form:
                    counts[word.form.lower(), word.upos][word.lemma] += 1
    return counts


def is_own_feminine(form: str, upos: str, lemma: str) -> bool:
    """Return whether the treebank keeps a feminine (*amie*) that here is a form of the masculine."""
    feminine = any(one.upos == upos and one.gender == "Fem" and one.lemma != lemma for one in entries(form))
    return upos == "NOUN" and feminine and lemma in {form, form.removesuffix("s")}


def main() -> None:
    """Compare, keep what is sure, write."""
    counts = annotated(Path(sys.argv[1]))
    TARGET.write_text("{}", "utf-8")  # what the dictionary alone gives
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for (form, upos), found in sorted(counts.items()):
        lemma, count = found.most_common(1)[0]
        sure = upos not in _AS_WRITTEN and count >= max(_COUNT, _SHARE * found.total())
        if not sure or form in MISTAKES or "-" in form[:1] + form[-1:] or "(" in form:
            continue
        if is_own_feminine(form, upos, lemma):
            continue
        if lemmas.lemma_of(form, upos).lower() != lemma.lower():
            table[upos][form] = lemma
    for upos, words in BY_HAND.items():
        table[upos] |= words
    TARGET.write_text(json.dumps(table, ensure_ascii=False, sort_keys=True, indent=0) + "\n", "utf-8")
    print({upos: len(words) for upos, words in sorted(table.items())})


if __name__ == "__main__":
    main()
