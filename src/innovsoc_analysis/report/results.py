"""Find and read the results of a study: those of ``innovsoc code``, ``topics`` and ``lexicon``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from innovsoc_analysis.codebooks.loading import bundled_codebooks, load_codebook
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.counting.words import words_by_document
from innovsoc_analysis.ingest.sources import RECORD
from innovsoc_analysis.ingest.tabular import csv_rows
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.model.tables import CODINGS, SOURCES
from innovsoc_analysis.safe.files import read_file
from innovsoc_analysis.safe.sheets import neutralise
from innovsoc_analysis.study.saved import SavedCorpus, saved_corpus

if TYPE_CHECKING:
    from innovsoc_analysis.model.codebook import Codebook

# command -> the file without which its results say nothing
KINDS = {"code": "codings.parquet", "topics": "topics.xlsx", "lexicon": "lexicon.html"}
_NAMES = {"code": "codage", "topics": "thèmes", "lexicon": "lexicométrie"}
_SUBFOLDER = "results"
_QUEUE = "to_reread.csv"


@dataclass(frozen=True, slots=True)
class Part:
    """The results of one command.

    Attributes
    ----------
    folder : Path
        Where they are.
    record : dict
        Its ``run.json``.
    """

    folder: Path
    record: dict[str, Any]

    @property
    def parameters(self) -> dict[str, Any]:
        """Options of the command."""
        return dict(self.record.get("parameters") or {})

    @property
    def counts(self) -> dict[str, int]:
        """What was counted."""
        return dict(self.record.get("counts") or {})

    def files(self, stem: str, suffix: str) -> list[Path]:
        """Return ``stem.suffix``, ``stem-2.suffix``… as far as this run has written them."""
        names = [name for name in self.record.get("outputs") or {} if Path(name).suffix == suffix]
        known = [name for name in names if name == f"{stem}{suffix}" or name.startswith(f"{stem}-")]
        return [self.folder / name for name in known if (self.folder / name).is_file()]


@dataclass(frozen=True, eq=False, repr=False)
class Study:
    """All that a report is made of.

    Attributes
    ----------
    folder : Path
        As it was named.
    codings : Codings
        The codings, their corpus and codebook.
    parts : dict of str to Part
        By command; ``"code"`` is always there.
    remarks : tuple of str
        What is missing, in French.
    """

    folder: Path
    codings: Codings
    parts: dict[str, Part]
    remarks: tuple[str, ...]

    @property
    def code(self) -> Part:
        """The results of the coding."""
        return self.parts["code"]

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Study : {len(self.codings)} codages de {len(self.codings.corpus)} documents, {', '.join(self.parts)}>"


def read_results(folder: Path | str, *, codebook: str | Path | None = None) -> Study:
    """Read what a study has found.

    Parameters
    ----------
    folder : Path
        Results of ``innovsoc code``; or a folder with such results in ``code``, and perhaps others in
        ``topics`` and ``lexicon``; or a folder with all that in ``results``.
    codebook : str or Path, optional
        The codebook of the codings, if it does not come with the package.

    Returns
    -------
    Study
        The results that are complete; what is not there is said in its remarks.

    Raises
    ------
    UsageError
        If there are no complete results of a coding, or their tables cannot be read.
    CodebookError
        If the codebook has mistakes.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise UsageError(f"« {folder} » n'est pas un dossier ; indiquez celui des résultats d'innovsoc code.")
    found = {kind: _find(folder, kind) for kind in KINDS}
    parts = {kind: part for kind, part in found.items() if isinstance(part, Part)}
    if "code" not in parts:
        raise _no_coding(folder, found["code"])
    remarks = [_missing(kind, found[kind]) for kind in KINDS if kind not in parts]
    try:
        codings, told = _read_codings(parts["code"], codebook)
    except (OSError, KeyError, ValueError, RefusedFileError):  # pyarrow's own errors are among them
        raise _damaged(parts["code"].folder) from None
    return Study(folder, codings, parts, (*remarks, *told))


def _find(folder: Path, kind: str) -> Part | Path | None:
    """Return the results of a command, or the folder where they are incomplete, or nothing."""
    incomplete = None
    for place in (folder, folder / kind, folder / _SUBFOLDER / kind, folder / _SUBFOLDER):
        if not (place / KINDS[kind]).is_file():
            continue
        record = read_record(place)
        if record.get("command") == kind:
            return Part(place, record)
        incomplete = incomplete or place
    return incomplete


def read_record(folder: Path) -> dict[str, Any]:
    """Return what ``run.json`` of a folder says, nothing if there is none that can be read."""
    try:
        record = json.loads(read_file(folder / RECORD))
    except (OSError, RefusedFileError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _no_coding(folder: Path, incomplete: Part | Path | None) -> UsageError:
    if incomplete:
        return UsageError(
            f"Les résultats de « {incomplete} » sont incomplets (sans {RECORD}) ; relancez innovsoc code, puis le"
            " rapport."
        )
    return UsageError(
        f"« {folder} » ne contient pas de résultats d'innovsoc code ({KINDS['code']}), ni lui ni ses dossiers"
        " code et results/code ; codez d'abord, ou indiquez le bon dossier."
    )


def _missing(kind: str, incomplete: Part | Path | None) -> str:
    name = _NAMES[kind]
    if incomplete:
        return f"Section laissée de côté : {name} (résultats incomplets ; relancez innovsoc {kind})."
    return f"Section absente : {name} (pas de résultats d'innovsoc {kind} dans ce dossier)."


def count_words(study: Study) -> dict[str, int]:
    """Return how many words each document of a study has; of the tokens, only what tells words is read.

    Raises
    ------
    UsageError
        If the table of tokens cannot be read.
    """
    path, corpus = study.code.folder / "tokens.parquet", study.codings.corpus
    try:
        is_saved = isinstance(corpus, SavedCorpus)
        tokens = pd.read_parquet(path, columns=["doc_id", "form", "upos"]) if is_saved else corpus.tokens
    except (OSError, KeyError, ValueError):
        raise _damaged(study.code.folder) from None
    return words_by_document(tokens, corpus.documents["doc_id"])


def _damaged(folder: Path) -> UsageError:
    return UsageError(f"Les tables de « {folder} » sont abîmées ou d'une autre version ; relancez innovsoc code.")


def _read_codings(part: Part, source: str | Path | None) -> tuple[Codings, list[str]]:
    table = CODINGS.conform(pd.read_parquet(part.folder / KINDS["code"]))
    book, told = _codebook(part, table, source)
    queue = CODINGS.conform([]) if (part.folder / _QUEUE).is_file() else None
    return Codings(table, _corpus(part.folder), book, queue), told


def _codebook(part: Part, table: pd.DataFrame, source: str | Path | None) -> tuple[Codebook, list[str]]:
    """Return the codebook of the codings, and a remark if it has changed since."""
    reference = str(part.record.get("codebook", ""))
    name = str(part.parameters.get("codebook") or "")
    if source is None and name not in bundled_codebooks():
        source = part.folder / name  # a file is recorded as seen from the results
        if not name or not source.is_file():
            raise UsageError(
                f"Le livre de codes de ce codage ({reference}) n'est pas fourni avec innovsoc, et son fichier n'est"
                " plus à sa place ; donnez-le avec --codebook."
            )
    book = load_codebook(source or name)
    if unknown := sorted(set(table["code"]) - set(book.code_ids)):
        raise UsageError(
            f"Le livre de codes {book.reference} n'est pas celui de ce codage ({reference}) : il n'a pas de code"
            f" « {unknown[0]} ». Donnez le bon avec --codebook, ou recodez."
        )
    if book.fingerprint not in reference:
        changed = (
            f"Le livre de codes a changé depuis le codage ({reference} ; à présent {book.reference}) : libellés et"
            " définitions sont ceux d'à présent."
        )
        return book, [changed]
    return book, []


def _corpus(folder: Path) -> SavedCorpus:
    sources = SOURCES.conform([_as_written(row) for row in csv_rows(read_file(folder / "sources.csv"))])
    corpus = saved_corpus(folder, sources=sources)
    _ = corpus.segments  # read now, so that a damaged table is told of before anything is written
    return corpus


def _as_written(row: dict[str, str]) -> dict[str, object]:
    """Return a row of ``sources.csv`` without what keeps a spreadsheet from running its cells."""
    return {
        name: int(cell or 0) if SOURCES.columns[name] == "count" else _plain(cell)
        for name, cell in row.items()
        if name in SOURCES.columns
    }


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and neutralise(cell[1:]) == cell else cell
