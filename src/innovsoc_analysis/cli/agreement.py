"""``innovsoc agreement``: how far coders of the same texts agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from innovsoc_analysis.cli.gold import gold_files, sentence_codebook, tell_unknown_codes, with_sources
from innovsoc_analysis.cli.options import CodebookName, Locale, Out
from innovsoc_analysis.cli.terminal import harmless, say
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from innovsoc_analysis.coding.agreement.summary import Agreement
    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus

_PAIR = 2
_NEEDED = {
    "codings": ("segment_id", "code"),
    "segments": ("segment_id", "doc_id", "start", "end", "unit"),
    "documents": ("doc_id", "text"),
}
_GOLD_CODERS = ("premier codeur", "second codeur")


class _Coded(NamedTuple):
    """What coders coded: a table of codings for each, what all of them saw, the texts and where they stand."""

    names: tuple[str, ...]
    tables: tuple[pd.DataFrame, ...]
    corpus: Corpus
    files: list[Path]


def agreement(
    out: Out,
    codings: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="CODAGES",
            help="Deux dossiers de résultats ou plus, un par codeur ; ou leurs codings.parquet.",
            show_default=False,
        ),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(metavar="ETALON", help="À la place : les deux codeurs d'un corpus étalon.", show_default=False),
    ] = None,
    codebook: CodebookName = "bissib",
    locale: Locale = "",
) -> None:
    """Mesurer l'accord de codeurs qui ont codé les mêmes textes, code par code.

    Chaque dossier vient d'innovsoc code (codings.parquet, segments.parquet et, pour citer, documents.parquet).
    Écrit dans DOSSIER : agreement.csv, agreement.xlsx (accord et désaccords), disagreements.csv, agreement.svg,
    agreement.png, run.json. Les désaccords citent les textes.
    """
    given = codings or []
    _check(given, gold)

    from innovsoc_analysis.codebooks.loading import load_codebook
    from innovsoc_analysis.coding import agreement as measuring
    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.study.manifest import Run

    book = sentence_codebook(codebook) if gold else load_codebook(codebook)
    parameters = {"codebook": book.name, "gold": gold is not None, "locale": locale}
    run = Run("agreement", out, sources=[*given, *([gold] if gold else [])], parameters=parameters)
    coded = _of_gold(gold) if gold else _of_folders(given, book)
    tell_unknown_codes((str(code) for table in coded.tables for code in table["code"]), book)
    first, second, *more = (Codings(table, coded.corpus, book) for table in coded.tables)
    found = measuring.agreement(first, second, *more, names=coded.names)
    run.begin_writing()
    written = _save(found, out, locale=locale)
    counts = {"coders": len(coded.tables), "documents": len(coded.corpus), "disagreements": len(found.disagreements)}
    run.finish(with_sources(coded.corpus, coded.files), counts=counts, outputs=written, codebook=book.reference)
    typer.echo(harmless(found.summary()))
    say(f"Désaccords à relire ensemble : {out / 'agreement.xlsx'}")


def _check(codings: list[Path], gold: Path | None) -> None:
    if gold and codings:
        raise UsageError("Donnez des codages ou --gold, pas les deux.")
    if not gold and len(codings) < _PAIR:
        raise UsageError("Donnez au moins deux codages, un par codeur, ou --gold et un corpus étalon.")
    if len({path.resolve() for path in codings}) < len(codings):
        raise UsageError("Les mêmes codages sont donnés deux fois ; un dossier par codeur.")


def _of_gold(gold: Path) -> _Coded:
    """Return what each of two coders said of the sentences that both coded, before they were brought together."""
    from itertools import accumulate

    import pandas as pd

    from innovsoc_analysis.coding.gold import load_gold
    from innovsoc_analysis.model.identifiers import segment_id

    corpus = load_gold(gold)
    documents = corpus.corpus.documents
    seen: list[dict[str, object]] = []
    codes: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
    for doc_id, passage in zip(documents["doc_id"], corpus.passages, strict=True):
        starts = accumulate((len(one.text) + 1 for one in passage.sentences), initial=0)
        for sentence, start in zip(passage.sentences, starts, strict=False):
            if sentence.first is None or sentence.second is None:
                continue
            end = start + len(sentence.text)
            place = segment_id(doc_id, "sentence", start, end)
            seen.append({"segment_id": place, "doc_id": doc_id, "start": start, "end": end, "unit": "sentence"})
            for coder, given in zip(codes, (sentence.first, sentence.second), strict=True):
                coder.extend((place, code) for code in given)
    if not seen:
        raise UsageError(f"« {gold} » : aucune phrase codée deux fois (« first » et « second »).")
    say(f"{len(seen)} phrases codées deux fois, sur {len(corpus)}.")
    tables = tuple(pd.DataFrame(rows, columns=["segment_id", "code"], dtype="str") for rows in codes)
    shared = pd.DataFrame(seen)
    coded = documents[documents["doc_id"].isin(shared["doc_id"])].reset_index(drop=True)
    return _Coded(_GOLD_CODERS, tables, _corpus(coded, shared), gold_files([gold]))


def _of_folders(paths: list[Path], book: Codebook) -> _Coded:
    """Return the codings in results folders and the segments that all of them hold."""
    import pandas as pd

    from innovsoc_analysis.coding.units import UNITS
    from innovsoc_analysis.model.tables import CODINGS, DOCUMENTS, SEGMENTS

    files = [path / "codings.parquet" if path.is_dir() else path for path in paths]
    tables = tuple(_read(file, CODINGS.name) for file in files)
    segments = [_read(file.with_name("segments.parquet"), SEGMENTS.name) for file in files]
    held = [set(table["segment_id"]) for table in segments]
    in_all = set.intersection(*held)
    shared = segments[0][segments[0]["segment_id"].isin(in_all)].reset_index(drop=True)
    if shared.empty:
        raise UsageError(
            "Ces codages n'ont aucun segment en commun : codez les mêmes fichiers, pris dans le même dossier."
        )
    every = pd.concat(segments).drop_duplicates("segment_id")
    if n_left := int((~every["segment_id"].isin(in_all) & (every["unit"] == UNITS[book.unit])).sum()):
        say(f"{n_left} segment(s) que tous n'ont pas vus, laissés de côté.")
    texts = files[0].with_name("documents.parquet")
    documents = _read(texts, DOCUMENTS.name) if texts.is_file() else DOCUMENTS.conform([])
    documents = documents[documents["doc_id"].isin(shared["doc_id"])].reset_index(drop=True)
    read = [*files, *(file.with_name("segments.parquet") for file in files)]
    return _Coded(_names(paths), tables, _corpus(documents, shared), read)


def _read(file: Path, name: str) -> pd.DataFrame:
    """Return the table `name` that a results folder holds as `file`."""
    import pandas as pd

    from innovsoc_analysis.model.tables import SCHEMAS

    if not file.is_file():
        raise UsageError(
            f"« {file} » n'existe pas ; indiquez un dossier de résultats d'« innovsoc code » (codings.parquet et"
            " segments.parquet)."
        )
    schema = next(one for one in SCHEMAS if one.name == name)
    try:
        table = pd.read_parquet(file)
        known = schema.conform(table) if set(_NEEDED[name]) <= set(table.columns) else None
    except (OSError, ValueError, TypeError):
        known = None
    if known is None:
        raise UsageError(f"« {file} » n'est pas une table « {name} » d'innovsoc, ou elle est abîmée.")
    return known


def _corpus(documents: pd.DataFrame, segments: pd.DataFrame) -> Corpus:
    """Return the corpus that these tables are of."""
    from innovsoc_analysis.model.tables import SEGMENTS, SOURCES
    from innovsoc_analysis.study.saved import SavedCorpus

    known = SEGMENTS.conform(segments)
    return SavedCorpus(documents, SOURCES.conform([]), (), (), read=lambda _: known)


def _names(paths: list[Path]) -> tuple[str, ...]:
    """Return the names of the folders, or where two have the same, the paths as they were given."""
    names = tuple((path if path.is_dir() else path.resolve().parent).resolve().name for path in paths)
    return names if len(set(names)) == len(names) else tuple(map(str, paths))


def _save(found: Agreement, out: Path, *, locale: str) -> list[Path]:
    from innovsoc_analysis.coding.agreement.summary import DISAGREEMENT_HEADINGS
    from innovsoc_analysis.figures.style import png_bytes, svg_bytes
    from innovsoc_analysis.safe.files import atomic_write
    from innovsoc_analysis.safe.sheets import csv_bytes

    tables = [out / "agreement.csv", out / "agreement.xlsx"]
    for path in tables:
        found.save(path, locale=locale)
    differences = found.disagreements
    if locale == "fr":
        differences = differences.rename(columns=DISAGREEMENT_HEADINGS)
    figure = found.plot().figure.figure
    contents = {
        "disagreements.csv": csv_bytes(differences, locale=locale),
        "agreement.svg": svg_bytes(figure),
        "agreement.png": png_bytes(figure),
    }
    for name, data in contents.items():
        atomic_write(out / name, data)
    return [*tables, *(out / name for name in contents)]
