"""A study's report: one page and one Word document, made from results that stand in a folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from innovsoc_analysis.ingest.sources import RECORD
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.report.citations import pieces
from innovsoc_analysis.report.limits import limits
from innovsoc_analysis.report.methods import methods
from innovsoc_analysis.report.page import profile_figures, render
from innovsoc_analysis.report.results import count_words, read_record, read_results
from innovsoc_analysis.report.saved_tables import lexicon_summary, topics_summary
from innovsoc_analysis.report.summary import summarise
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.study.keeping import keep_changed
from innovsoc_analysis.study.manifest import Run, digest_of, relative

if TYPE_CHECKING:
    from collections.abc import Callable

    from innovsoc_analysis.report.results import Part, Study

PAGE, DOCUMENT = "report.html", "report.docx"
COMMAND = "report"
STUDY_FILE = "innovsoc.toml"
_FOLDER, _APART = "report", "report-a-part"
_MOST_CODINGS = 20_000
_MOST_VERBATIMS = 50
_DRAWN = (
    f"Ce corpus est trop grand pour montrer tous les verbatims : les comptes portent sur tout, les verbatims sont un"
    f" tirage, toujours le même, d'au plus {_MOST_VERBATIMS} par code. Tous sont dans codings.csv."
)


def save_study_report(
    folder: Path | str,
    out: Path | str | None = None,
    *,
    title: str = "",
    codebook: str | Path | None = None,
    n_verbatims: int = 3,
    by: str = "",
    on_kept: Callable[[Path], None] | None = None,
) -> list[Path]:
    """Write the report of a study: ``report.html`` and ``report.docx``, then ``run.json``.

    The folder of results is only read. The same results give the same page and document. An earlier report that
    someone has worked on is kept, as ``report_modifie.docx``. The report that ``innovsoc run`` keeps up to date is
    left alone: one that is asked for by itself stands beside it.

    Parameters
    ----------
    folder : Path
        As :func:`~innovsoc_analysis.report.results.read_results` takes it.
    out : Path, optional
        Where to write; by default a folder ``report`` beside the results of the coding if they stand in a
        folder ``code``, within them otherwise; ``report-a-part`` in the results of a study.
    title : str
        Title of the report; without it, that of the coding, or the number of texts.
    codebook : str or Path, optional
        The codebook of the codings, if it does not come with the package.
    n_verbatims : int
        Verbatims of each code in the document, at most.
    by : str
        Attribute that codes are compared by; by default that of the coding, the genre if it had none.
    on_kept : callable, optional
        Is told the new place of each file that had been changed.

    Returns
    -------
    list of Path
        The page and the document.

    Raises
    ------
    UsageError
        If there are no results of a coding, or `out` holds results of another command or the report of a study.
    UnknownNameError
        If no document has the attribute `by`.

    Examples
    --------
    >>> import tempfile
    >>> from innovsoc_analysis.batch.coding import Job, code_files
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("L'innovation sociale est une réponse nouvelle.", encoding="utf-8")
    >>> _ = code_files(Job([folder / "a.txt"], folder / "code", load_codebook()))
    >>> [path.name for path in save_study_report(folder)]
    ['report.html', 'report.docx']
    """
    study = read_results(folder, codebook=codebook)
    place = Path(out) if out is not None else default_folder(study)
    if _is_kept_by_run(place):
        raise UsageError(
            f"« {place} » est le rapport que tient innovsoc run ; choisissez un autre dossier, ou réglez [report] dans"
            f" {STUDY_FILE} puis lancez innovsoc run."
        )
    return write_study_report(study, place, title=title, n_verbatims=n_verbatims, by=by, on_kept=on_kept)


def write_study_report(
    study: Study,
    place: Path,
    *,
    title: str = "",
    n_verbatims: int = 3,
    by: str = "",
    on_kept: Callable[[Path], None] | None = None,
) -> list[Path]:
    """Write the report of results that were read, be it the one that ``innovsoc run`` keeps up to date.

    Parameters
    ----------
    study : Study
        From :func:`~innovsoc_analysis.report.results.read_results`.
    place : Path
        Where to write.
    title, n_verbatims, by, on_kept
        As :func:`save_study_report` takes them.
    """
    from innovsoc_analysis.report.word.document import word_report

    _check(place, study)
    title = title or study.code.parameters.get("title") or _title(study)
    by = by or str(study.code.parameters.get("by") or "")
    summary = summarise_study(study, out=place, by=by)
    run = Run(
        COMMAND, place, sources=(), parameters=_parameters(study, place, title=title, n_verbatims=n_verbatims, by=by)
    )
    contents = {
        PAGE: render(summary, title=title, figures=profile_figures(study.codings, by=by)).encode(),
        DOCUMENT: word_report(study, summary, title=title, n_verbatims=n_verbatims),
    }
    for kept in keep_changed(_told_digests(place), place):
        if on_kept:
            on_kept(kept)
    run.begin_writing()
    for name, content in contents.items():
        atomic_write(place / name, content)
    written = [place / name for name in contents]
    counts = {"documents": summary["figures"]["documents"], "codings": summary["figures"]["codings"]}
    # their records vouch for all files of the results
    read = {f"{kind}/{RECORD}": digest_of(part.folder / RECORD) for kind, part in study.parts.items()}
    run.finish(None, counts=counts, outputs=written, codebook=study.codings.codebook.reference, results=read)
    return written


def default_folder(study: Study) -> Path:
    """Return where the report of a study goes unless told otherwise.

    Parameters
    ----------
    study : Study
        ``results/code`` ▶ ``results/report``, or ``results/report-a-part`` if ``innovsoc run`` keeps the other;
        any other folder ▶ ``report`` within it.
    """
    place = study.code.folder
    found = (place.parent if place.name == "code" and place != study.folder else place) / _FOLDER
    return found.with_name(_APART) if _is_kept_by_run(found) else found


def _is_kept_by_run(place: Path) -> bool:
    """Whether this is where ``innovsoc run`` has its report: what a study has made tells its steps."""
    results = place.resolve().parent
    is_of_study = (results.parent / STUDY_FILE).is_file() or "steps" in read_record(results)
    return place.name == _FOLDER and is_of_study


def summarise_study(study: Study, *, out: Path, by: str = "") -> dict[str, Any]:
    """Return all that the report of a study says, as one dictionary of plain values.

    Parameters
    ----------
    study : Study
        From :func:`~innovsoc_analysis.report.results.read_results`.
    out : Path
        Where the report will stand: links to other pages start there.
    by : str
        Attribute that codes are compared by; by default the genre.

    Returns
    -------
    dict
        That of :func:`~innovsoc_analysis.report.summary.summarise`, and ``topics``, ``lexicon`` (``None`` if
        absent), ``methods``, ``references`` and ``limits``.
    """
    is_large = len(study.codings) > _MOST_CODINGS
    words = count_words(study)
    summary = summarise(study.codings, most=_MOST_VERBATIMS if is_large else None, by=by, words=words)
    remarks = [*summary["remarks"], *study.remarks, *([_DRAWN] if is_large else [])]
    for kind, read in (("topics", topics_summary), ("lexicon", lexicon_summary)):
        summary[kind] = _optional(study.parts.get(kind), read, remarks)
        if summary[kind]:
            summary[kind]["page"] = _link(study.parts[kind].folder / f"{kind}.html", out)
    summary["remarks"] = remarks
    told = methods(study, summary)
    return summary | {
        "methods": list(told.paragraphs),
        "references": [pieces(reference) for reference in told.references],
        "limits": limits(summary),
    }


def _optional(part: Part | None, read: Callable[[Part], dict[str, Any]], remarks: list[str]) -> dict[str, Any] | None:
    if part is None:
        return None
    try:
        return read(part)
    except (OSError, RefusedFileError, KeyError, ValueError, IndexError):
        remarks.append(
            f"Les classeurs de « {part.folder.name} » sont abîmés ou d'une autre version : section laissée de côté."
        )
        return None


def _link(page: Path, out: Path) -> str:
    """Return the address of a page from the folder of the report, empty if there is none."""
    if not page.is_file():
        return ""
    try:
        relative = os.path.relpath(page.resolve(), out.resolve())
    except ValueError:  # another drive, on Windows
        return ""
    return quote(Path(relative).as_posix())


def _title(study: Study) -> str:
    n_documents = len(study.codings.corpus)
    return f"Étude de {n_documents} texte{'s' if n_documents > 1 else ''}"


def _check(place: Path, study: Study) -> None:
    """Refuse to write over what another command has written: its ``run.json`` would no longer be true."""
    command = read_record(place).get("command")
    if any(place.resolve() == part.folder.resolve() for part in study.parts.values()) or command not in {None, COMMAND}:
        raise UsageError(
            f"« {place} » contient les résultats d'innovsoc {command} ; choisissez un autre dossier pour le rapport."
        )


def _told_digests(place: Path) -> dict[str, str]:
    """Return the digests of the page and the document as the report that stands there tells them."""
    told = read_record(place).get("outputs")
    return {name: told[name] for name in (PAGE, DOCUMENT) if name in told} if isinstance(told, dict) else {}


def _parameters(study: Study, place: Path, *, title: str, n_verbatims: int, by: str) -> dict[str, Any]:
    results = {kind: relative(part.folder, place) for kind, part in study.parts.items()}
    return {"results": results, "title": title, "n_verbatims": n_verbatims, **({"by": by} if by else {})}
