"""Train the tagger and the sentence splitter of the French pipeline.

    python training/train.py DATA TARGET [--without-fold 0|1]

DATA holds the treebanks; TARGET receives the weights. With a fold, that half of GSD is left
out, to be measured on by ``benchmarks/french.py``.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import treebanks
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops

from innovsoc_analysis.nlp.language import French
from innovsoc_analysis.nlp.pipeline import md_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.vocab import Vocab

    Sentences = list[list[treebanks.Word]]

BANKS = {
    "GSD": "GSD_fr_gsd-ud-dev.conllu",
    "Sequoia": "Sequoia_fr_sequoia-ud-train.conllu",
    "ParisStories": "ParisStories_fr_parisstories-ud-train.conllu",
    "Rhapsodie": "Rhapsodie_fr_rhapsodie-ud-train.conllu",
}
SPOKEN = {"ParisStories", "Rhapsodie"}
WIDTH, DEPTH = 128, 4
EPOCHS, BATCH_WORDS, DROPOUT = 12, 600, 0.35
RATE, LAST_RATE = 1e-3, 1e-4
TYPESET, CAPITALS, WRITTEN_AGAIN, NAMES = 0.2, 0.05, 0.5, 0.7
GROUPS, SHORT_GROUPS = (1, 2, 4, 8, 12), (1, 2, 4)
TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {"@architectures": "innovsoc.FrenchEmbed.v1", "width": WIDTH},
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": DEPTH,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"}
HEAD = {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}


def read_banks(data: Path, without_fold: int | None) -> dict[str, Sentences]:
    """Return the training sentences of each treebank."""
    banks = {name: treebanks.read(data / file) for name, file in BANKS.items()}
    if without_fold is not None:
        banks["GSD"] = treebanks.fold(banks["GSD"], 1 - without_fold)
    return banks


def example(vocab: Vocab, sentences: Sentences, *, with_ends: bool) -> Example:
    """Return sentences as one document; without their ends nothing is learned of sentences."""
    words = [word for sentence in sentences for word in sentence]
    written: dict[str, Any] = {"words": [word.form for word in words], "spaces": [word.space for word in words]}
    starts = [place == 0 for sentence in sentences for place in range(len(sentence))]
    gold = Doc(
        vocab,
        **written,
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        sent_starts=starts if with_ends else None,
    )
    return Example(Doc(vocab, **written), gold)


def epoch_of(vocab: Vocab, banks: dict[str, Sentences], rng: random.Random) -> list[Example]:
    """Return the documents of one epoch: the treebanks as written, and again as transcripts are."""
    examples = []
    for name, bank in banks.items():
        for group in _groups(bank, GROUPS, rng):
            varied = [[*sentence[:-1], sentence[-1]._replace(space=True)] for sentence in group]
            if rng.random() < TYPESET:
                varied = [treebanks.typeset(sentence) for sentence in varied]
            if rng.random() < CAPITALS:
                varied = [treebanks.capitals(sentence) for sentence in varied]
            examples.append(example(vocab, varied, with_ends=True))
        for group in _groups(bank, SHORT_GROUPS, rng):
            if name in SPOKEN or rng.random() < WRITTEN_AGAIN:
                names = rng.random() < NAMES
                said = [treebanks.spoken(sentence, names=names) for sentence in group]
                if said := [sentence for sentence in said if sentence]:
                    examples.append(example(vocab, said, with_ends=False))
    rng.shuffle(examples)
    return examples


def _groups(bank: Sentences, sizes: tuple[int, ...], rng: random.Random) -> Iterator[Sentences]:
    start = 0
    while start < len(bank):
        size = rng.choice(sizes)
        yield bank[start : start + size]
        start += size


def batches(examples: Iterable[Example]) -> Iterator[list[Example]]:
    """Yield batches of about as many words."""
    batch: list[Example] = []
    held = 0
    for one in examples:
        batch.append(one)
        held += len(one.predicted)
        if held >= BATCH_WORDS:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def save(nlp: Language, target: Path) -> None:
    """Write the components in half precision: half the size, the same analyses."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    nlp.config.to_disk(target / "config.cfg")
    for name, component in nlp.pipeline:
        for node in component.model.walk():
            for parameter in node.param_names:
                if node.has_param(parameter):
                    node.set_param(parameter, node.get_param(parameter).astype(np.float16))
        component.to_disk(target / name, exclude=["vocab"])


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--without-fold", type=int, choices=range(treebanks.FOLDS))
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))
    fix_random_seed(given.seed)
    rng = random.Random(given.seed)  # noqa: S311 - not for secrets
    banks = read_banks(given.data, given.without_fold)
    nlp = French()
    nlp.vocab.vectors = md_vectors()
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    nlp.add_pipe("morphologizer", config={"model": HEAD})
    nlp.add_pipe("senter", config={"model": HEAD})
    nlp.initialize(lambda: [example(nlp.vocab, [one], with_ends=True) for bank in banks.values() for one in bank])
    optimizer = Adam(RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    started = time.monotonic()
    for epoch in range(EPOCHS):
        optimizer.learn_rate = RATE + (LAST_RATE - RATE) * epoch / EPOCHS
        losses: dict[str, float] = {}
        for batch in batches(epoch_of(nlp.vocab, banks, rng)):
            nlp.update(batch, drop=DROPOUT, sgd=optimizer, losses=losses)
        shown = ", ".join(f"{name} {loss:.0f}" for name, loss in losses.items() if name != "tok2vec")
        print(f"époque {epoch + 1}/{EPOCHS}, {time.monotonic() - started:.0f} s : {shown}", flush=True)
    with nlp.use_params(optimizer.averages):
        save(nlp, given.target)


if __name__ == "__main__":
    main()
