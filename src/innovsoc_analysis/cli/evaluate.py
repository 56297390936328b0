"""``innovsoc evaluate``: compare the coders with what people coded."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.gold import gold_files, sentence_codebook, tell_unknown_codes, with_sources, wordings
from innovsoc_analysis.cli.options import CodebookName, Locale, Out
from innovsoc_analysis.cli.terminal import Steps, say
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from innovsoc_analysis.coding.evaluation import Evaluation
    from innovsoc_analysis.coding.gold import Gold
    from innovsoc_analysis.coding.learning.model import Model
    from innovsoc_analysis.model.codebook import Codebook

_HERE = Path("corpus") / "gold"
_SPLITS = ("train", "dev", "test")


def _known_split(split: str) -> str:
    if split not in _SPLITS:
        raise UsageError(f"« {split} » n'est pas une partie connue de --split ; choisissez {', '.join(_SPLITS)}.")
    return split


def evaluate(
    out: Out,
    gold: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="ETALON",
            help="Dossiers de fichiers *.gold.jsonl, ou fichiers. D'office : corpus/gold, s'il est là.",
            show_default=False,
        ),
    ] = None,
    codebook: CodebookName = "bissib",
    model: Annotated[
        Path | None,
        typer.Option(metavar="FICHIER", help="Modèle d'innovsoc train ; d'office, celui qui accompagne le livre."),
    ] = None,
    split: Annotated[
        str, typer.Option(metavar="train|dev|test", callback=_known_split, help="Passages à coder.")
    ] = "test",
    curve: Annotated[
        bool,
        typer.Option(
            "--curve", help="Ajouter la courbe d'apprentissage : entraîner sur de plus en plus de phrases. C'est long."
        ),
    ] = False,
    plain: Annotated[
        str | None,
        typer.Option(
            metavar="LIVRE",
            help="Livre dont les seuls indicateurs font la liste de comparaison ; d'office, ceux de --codebook.",
        ),
    ] = None,
    locale: Locale = "",
) -> None:
    """Évaluer les codeurs : liste d'indicateurs, règles, apprentissage, règles et apprentissage.

    Chaque codeur code les passages, et ses codes sont comparés à ceux de l'étalon. Écrit dans DOSSIER :
    evaluation.xlsx (toutes les tables), evaluation.svg et evaluation.png (la figure), evaluation_codes.csv,
    evaluation_coders.csv, run.json ; avec --curve, learning_curve.csv.
    """
    sources = _sources(gold)
    if curve and split != "test":
        raise UsageError("--curve s'évalue sur les passages « test » : retirez --split.")
    book = sentence_codebook(codebook)
    listed_by = _plain(plain, book)
    found = _model(model, book)

    from innovsoc_analysis.coding import evaluation as evaluating
    from innovsoc_analysis.coding.gold import load_gold
    from innovsoc_analysis.study.manifest import Run

    coded = load_gold(*sources)
    wanted = _wanted(coded, split, curve=curve)
    tell_unknown_codes((code for sentence in wanted.sentences for code in sentence.codes), book)
    _warn(found, wanted, book)
    parameters = {
        "codebook": book.name,
        "plain": listed_by.reference if listed_by else None,
        "model": found.reference,
        "split": split,
        "curve": curve,
        "locale": locale,
    }
    run = Run("evaluate", out, sources=sources, parameters=parameters)
    with Steps() as steps, _quiet():
        steps.advance("évaluation", 0, 1)
        evaluation = evaluating.evaluate(wanted, book, found, plain=listed_by)
        steps.advance("évaluation", 1, 1)
        if curve:
            table = evaluating.learning_curve(coded, book, plain=listed_by, progress=steps.advance)
            evaluation = replace(evaluation, curve=table)
        run.begin_writing()
        written = _save(evaluation, out, locale=locale)
    files = [*gold_files(sources), *([model] if model else [])]
    counts = {"passages": len(wanted.passages), "sentences": len(wanted)}
    run.finish(with_sources(wanted.corpus, files), counts=counts, outputs=written, codebook=book.reference)
    _show(evaluation.coders, f"{len(wanted)} phrases de {len(wanted.passages)} passages « {split} »")
    say(f"Figure à ouvrir : {out / 'evaluation.svg'} ; tables : {out / 'evaluation.xlsx'}")


def _sources(gold: list[Path] | None) -> list[Path]:
    if gold:
        return gold
    if not _HERE.is_dir():
        raise UsageError(
            "Indiquez le corpus étalon : un dossier de fichiers *.gold.jsonl (il n'y a pas de corpus/gold ici)."
        )
    return [_HERE]


def _plain(name: str | None, book: Codebook) -> Codebook | None:
    if name is None:
        return None
    plain = sentence_codebook(name)
    if plain.code_ids != book.code_ids:
        raise UsageError(
            f"--plain : le livre « {plain.name} » n'a pas les codes de « {book.name} », dans le même ordre."
        )
    return plain


def _model(path: Path | None, book: Codebook) -> Model:
    from innovsoc_analysis.coding.coder import find_model

    if path is not None and not path.exists():
        raise UsageError(f"« {path} » n'existe pas ; vérifiez le chemin.")
    found = find_model(book, path)
    if found is None:
        raise UsageError(
            f"Aucun modèle n'accompagne le livre « {book.name} » : entraînez-en un avec « innovsoc train »,"
            " et donnez-le (--model)."
        )
    if found.codes != book.code_ids:
        raise UsageError(f"Ce modèle a appris les codes d'un autre livre que « {book.name} » ; donnez-le (--codebook).")
    return found


def _wanted(coded: Gold, split: str, *, curve: bool) -> Gold:
    present = [name for name in _SPLITS if coded.part(name).passages]
    if split not in present:
        others = f" : choisissez --split {' ou '.join(present)}" if present else ""
        raise UsageError(f"Ce corpus étalon n'a pas de passage « {split} »{others}.")
    if curve and len(present) < len(_SPLITS):
        raise UsageError("--curve demande des passages « train », « dev » et « test ».")
    return coded.part(split)


def _warn(model: Model, wanted: Gold, book: Codebook) -> None:
    """Say what makes the figures doubtful: passages that the model has seen, a codebook that has changed."""
    seen = set(model.record.get("passages", ()))
    n_seen = sum(one in seen for one in wordings(wanted))
    if wanted.digest in {model.record["gold"], model.record["validation"]}:
        n_seen = len(wanted.passages)
    if n_seen:
        say(
            f"Attention : {n_seen} des {len(wanted.passages)} passages ont servi à entraîner le modèle ou à le régler."
            " Les chiffres de l'apprentissage sont trop beaux : ne les citez pas."
        )
    if model.record["codebook_fingerprint"] != book.fingerprint:
        say(f"Le livre « {book.name} » a changé depuis que le modèle a été entraîné : réentraînez-le.")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep numpy from remarking, in English, that no resample defines a measure: the tables leave it empty."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="All-NaN slice|Mean of empty slice", category=RuntimeWarning)
        yield


def _save(evaluation: Evaluation, out: Path, *, locale: str) -> list[Path]:
    from innovsoc_analysis.safe.files import atomic_write
    from innovsoc_analysis.safe.sheets import csv_bytes

    written = evaluation.save(out, locale=locale)
    if evaluation.curve is not None:
        written.append(out / "learning_curve.csv")
        atomic_write(written[-1], csv_bytes(evaluation.curve, locale=locale))
    return written


def _show(coders: pd.DataFrame, what: str) -> None:
    """Print the table of coders measure by measure: side by side they are wider than a terminal."""
    from innovsoc_analysis.coding.evaluation.display import readable_coders

    shown = readable_coders(coders)
    width = max(map(len, shown.index))
    typer.echo(f"{what} ; intervalles à 95 %")
    for measure in shown.columns:
        typer.echo(f"\n{measure}")
        for coder, value in shown[measure].items():
            typer.echo(f"  {coder:<{width}}  {'non défini' if 'nan' in value else value}")
