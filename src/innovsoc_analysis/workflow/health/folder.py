"""What a study's folder holds: settings, sources, metadata, codebook, results, and who else may see it."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.reading import find_described
from innovsoc_analysis.ingest.sources import why_ignored
from innovsoc_analysis.model.documents import REFUSED
from innovsoc_analysis.model.errors import InnovsocError
from innovsoc_analysis.workflow.folder import load_study
from innovsoc_analysis.workflow.health.finding import GOOD, REMARK, WRONG, Finding
from innovsoc_analysis.workflow.records import finished_record
from innovsoc_analysis.workflow.running import INTERRUPTED, NEVER, stale_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from innovsoc_analysis.ingest.reading import Found
    from innovsoc_analysis.workflow.folder import Study

_SHOWN = 3
_SHARED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud", "owncloud", "kdrive")


def check_folder(folder: Path) -> Iterator[Finding]:
    """Yield what is found in the folder of a study; what nothing else can be told without comes first.

    Parameters
    ----------
    folder : Path
        In which ``innovsoc.toml`` should be.

    Examples
    --------
    >>> import tempfile
    >>> from innovsoc_analysis.workflow.folder import init_study
    >>> study = init_study(tempfile.mkdtemp())
    >>> [(finding.what, finding.state) for finding in check_folder(study.folder)][:2]
    [('réglages', 'bien'), ('sources', 'à corriger')]
    """
    try:
        study = load_study(folder)
    except InnovsocError as error:
        yield Finding("réglages", WRONG, *_parted(str(error)))
        return
    yield Finding("réglages", GOOD, f"innovsoc.toml se lit ; étapes : {', '.join(study.settings.steps) or 'aucune'}")
    if limits := study.settings.limits.told:
        yield Finding("limites", REMARK, f"changées dans innovsoc.toml : {limits.replace(',', ', ')}")
    yield from _sources(study)
    yield _codebook(study)
    yield _writable(study)
    yield from _results(study)
    if shared := _shared(study.folder.resolve()):
        advice = "des entretiens confidentiels n'ont pas leur place dans un dossier synchronisé"
        yield Finding("confidentialité", REMARK, f"le dossier est dans « {shared} », qui le copie ailleurs", advice)


def _parted(sentence: str) -> tuple[str, str]:
    """Part what is the matter from what to do, which follows the last semicolon of a one-line message."""
    told, _, advice = sentence.rpartition(" ; ") if "\n" not in sentence else (sentence, "", "")
    return (told, advice) if told else (sentence, "")


def _sources(study: Study) -> Iterator[Finding]:
    try:
        found = find_described(study.sources, metadata=study.metadata, ignore=(study.results,), limits=study.limits)
    except InnovsocError as error:
        yield Finding("sources", WRONG, *_parted(str(error)))
        return
    names = [file.name for file in found.files if why_ignored(file.name) is None]
    if not names:
        yield Finding("sources", WRONG, "aucun texte", "posez vos fichiers dans sources/, puis innovsoc run")
        return
    kinds = Counter(PurePosixPath(name).suffix.lower() or "sans extension" for name in names)
    listed = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    yield Finding("sources", GOOD, f"{len(names)} fichier(s) : {listed}")
    yield from _metadata(found, names)
    if refused := _refused(study):
        told = f"{len(refused)} fichier(s) refusé(s) à la dernière lecture : {_first(refused, mark=', ')}"
        yield Finding("lecture", REMARK, told, "le rapport et results/ingest/sources.csv disent pourquoi")


def _metadata(found: Found, names: Sequence[str]) -> Iterator[Finding]:
    for name in names:
        found.table.lookup(name)
    for name in found.other_tables:
        advice = "mettez-la en haut de sources/, ou nommez-la (metadata, dans innovsoc.toml)"
        yield Finding("métadonnées", REMARK, f"« {name} » n'est pas lue", advice)
    missing = [remark for remark in found.remarks if found.table_name and remark.startswith(found.table_name)]
    if missing:
        advice = f"corrigez la colonne file de {found.table_name}"
        yield Finding("métadonnées", REMARK, _first(missing, mark=" ; "), advice)
    elif found.table_name:
        yield Finding("métadonnées", GOOD, f"{found.table_name} : toutes ses lignes ont leur fichier")
    elif not found.other_tables:
        yield Finding("métadonnées", REMARK, "aucune table", "metadata.csv dirait le genre, la date, le pays de chacun")


def _first(found: Sequence[str], *, mark: str) -> str:
    return mark.join(found[:_SHOWN]) + (f"{mark}…" if len(found) > _SHOWN else "")


def _refused(study: Study) -> list[str]:
    records = (finished_record(study.results / step) for step in study.settings.steps)
    sources = next((record.sources for record in records if record), ())
    return [source["source"] for source in sources if source["outcome"] == REFUSED]


def _codebook(study: Study) -> Finding:
    from innovsoc_analysis.codebooks.loading import load_codebook

    try:
        book = load_codebook(study.codebook)
    except InnovsocError as error:
        return Finding("livre de codes", WRONG, str(error), "corrigez-le, puis innovsoc codebook check")
    return Finding("livre de codes", GOOD, f"{book.reference}, {len(book.codes)} codes")


def _writable(study: Study) -> Finding:
    place = study.results if study.results.exists() else study.folder
    if not os.access(place, os.W_OK):
        return Finding("résultats", WRONG, f"on ne peut pas écrire dans « {place} »", "vérifiez vos droits")
    return Finding("résultats", GOOD, "on peut y écrire")


def _results(study: Study) -> Iterator[Finding]:
    try:
        stale = stale_steps(study)
    except InnovsocError:  # told of already: the sources or the codebook
        return
    never = [step for step, reasons in stale.items() if NEVER in reasons]
    broken = [step for step, reasons in stale.items() if INTERRUPTED in reasons]
    changed = [step for step in stale if step not in {*never, *broken}]
    if not stale:
        yield Finding("étapes", GOOD, "toutes à jour")
    for steps, told in ((never, "pas encore faites"), (broken, "interrompues"), (changed, "à refaire")):
        if steps:
            yield Finding("étapes", REMARK, f"{told} : {', '.join(steps)}", "innovsoc run")


def _shared(folder: Path) -> str:
    return next((part for part in folder.parts if any(name in part.lower() for name in _SHARED)), "")
