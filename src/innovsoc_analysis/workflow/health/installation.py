"""What the machine offers: Python, libraries in the right versions, the French pipeline, optional programs, room."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import InnovsocError
from innovsoc_analysis.workflow.health.finding import GOOD, REMARK, WRONG, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = "innovsoc_analysis"
_ROOM_NEEDED = 1e9
_INSTALL_AGAIN = "réinstallez : make install, ou les lignes pip du README"
_TRIED = "Les habitant·e·s ouvrent une crèche."
_LEMMAS = ["le", "habitant", "ouvrir", "un", "crèche", "."]


def check_installation() -> Iterator[Finding]:
    """Yield what the machine offers, what matters most first.

    Examples
    --------
    >>> [finding.what for finding in check_installation()][:2]
    ['Python', 'bibliothèques']
    """
    yield _python()
    yield _libraries()
    yield _french()
    yield _coder()
    yield _libre_office()
    yield _tesseract()
    yield _room()
    yield Finding("processeurs", GOOD, f"{os.cpu_count() or 1} : --workers N peut aller jusque-là")


def _python() -> Finding:
    wanted = metadata.metadata(_PACKAGE)["Requires-Python"]
    told = f"{platform.python_version()}, sous {platform.system() or 'un système inconnu'}"
    if not _within(platform.python_version(), wanted):
        return Finding("Python", WRONG, told, f"il faut Python {wanted.replace(',', ' et ')}")
    if sys.prefix == sys.base_prefix:
        return Finding("Python", REMARK, f"{told}, hors d'un environnement à lui", "préférez un .venv : voir le README")
    return Finding("Python", GOOD, told)


def _within(version: str, wanted: str) -> bool:
    from packaging.specifiers import SpecifierSet

    return SpecifierSet(wanted).contains(version, prereleases=True)


def _libraries() -> Finding:
    """Compare what is installed with what the package asks for."""
    from packaging.requirements import Requirement

    asked = [Requirement(line) for line in metadata.requires(_PACKAGE) or []]
    needed = [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    faults = []
    for one in needed:
        try:
            version = metadata.version(one.name)
        except metadata.PackageNotFoundError:
            faults.append(f"{one.name} manque")
            continue
        if not one.specifier.contains(version, prereleases=True):
            faults.append(f"{one.name} {version} au lieu de {one.specifier}")
    if faults:
        return Finding("bibliothèques", WRONG, " ; ".join(faults), _INSTALL_AGAIN)
    return Finding(
        "bibliothèques", GOOD, f"innovsoc_analysis {metadata.version(_PACKAGE)} et les {len(needed)} qu'il demande"
    )


def _french() -> Finding:
    """Try the pipeline on a sentence: its dictionary, weights and model are then there and whole."""
    try:
        from innovsoc_analysis.nlp.pipeline import load

        found = [token.lemma_ for token in load()(_TRIED)]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the doctor is asked for
        return Finding("français", WRONG, f"la chaîne ne se charge pas ({type(error).__name__})", _INSTALL_AGAIN)
    if found != _LEMMAS:
        return Finding("français", WRONG, "la chaîne n'analyse pas comme prévu une phrase connue", _INSTALL_AGAIN)
    return Finding("français", GOOD, "mots, lemmes et écriture inclusive d'une phrase connue sont justes")


def _coder() -> Finding:
    from innovsoc_analysis.codebooks.loading import load_codebook
    from innovsoc_analysis.coding.coder import find_model

    try:
        book = load_codebook()
        model = find_model(book)
    except (InnovsocError, OSError, ValueError) as error:
        return Finding(
            "codage", WRONG, f"le livre de codes fourni ne se lit pas ({type(error).__name__})", _INSTALL_AGAIN
        )
    if model is None:
        return Finding("codage", REMARK, f"{book.reference}, sans modèle appris : les règles seules codent")
    return Finding("codage", GOOD, f"livre de codes {book.reference}, avec son modèle appris")


def _libre_office() -> Finding:
    from innovsoc_analysis.ingest.office import find_libreoffice

    if find_libreoffice() is None:
        return Finding("LibreOffice", REMARK, "absent", "installez-le si vous avez d'anciens fichiers Word (.doc)")
    return Finding("LibreOffice", GOOD, "présent : les anciens fichiers Word (.doc) se lisent")


def _tesseract() -> Finding:
    from innovsoc_analysis.ingest.recognition import find_tesseract

    program, missing = find_tesseract()
    if program is None:
        return Finding("Tesseract", REMARK, "les PDF numérisés ne se lisent pas", missing)
    return Finding("Tesseract", GOOD, "présent, avec le français : les PDF numérisés se lisent")


def _room() -> Finding:
    from innovsoc_analysis.safe.files import temporary_room

    free = temporary_room()
    if free is None:
        return Finding("fichiers temporaires", WRONG, "on ne peut pas y écrire", "vérifiez vos droits, ou TMPDIR")
    told = f"{free / 1e9:.1f} Go libres".replace(".", ",")
    if free < _ROOM_NEEDED:
        return Finding("fichiers temporaires", REMARK, told, "faites de la place : les gros lots en demandent")
    return Finding("fichiers temporaires", GOOD, told)
