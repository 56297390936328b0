"""What results stand on, and how that differs between two runs: the reasons for which results differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.reading import find_described
from innovsoc_analysis.ingest.registry import reader_for
from innovsoc_analysis.ingest.sources import METADATA_TABLE, why_ignored
from innovsoc_analysis.model.documents import ACCEPTED, IGNORED
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, are_wider, limits_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from innovsoc_analysis.ingest.sources import SourceFile
    from innovsoc_analysis.model.run import RunRecord
    from innovsoc_analysis.safe.limits import Limits

SOURCE, PARAMETER, FILE, VERSION, PROGRAM, RESULT = "source", "parameter", "file", "version", "program", "result"
_FILE_NAMES = {
    "codebook": "le livre de codes",
    "model": "le modèle de codage",
    "metadata": "la table de métadonnées",
}
_VERSION_NAMES = {"python": "Python"}
_LIMITS = "limits"
_NEUTRAL = frozenset({"sources"})  # told by the sources themselves; the way to them depends on the place


@dataclass(frozen=True)
class Basis:
    """All that decides what a step writes.

    Attributes
    ----------
    sources : mapping of str to str
        Name → SHA-256, empty for what is not read.
    parameters : mapping
        Options; those that name files hold names only.
    files : mapping of str to str
        Other files that are read → SHA-256.
    versions : mapping of str to str
        Of Python and packages.
    program : str
        Digest of the code of this package that counts.
    codebook : str
        Reference of the codebook.
    untroubled : bool
        Whether every file was read without a refusal or warning: wider limits would change nothing.
    """

    sources: Mapping[str, str]
    parameters: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    program: str = ""
    codebook: str = ""
    untroubled: bool = False


@dataclass(frozen=True)
class Difference:
    """One thing on which two runs do not stand alike.

    Attributes
    ----------
    kind : str
        ``"source"``, ``"parameter"``, ``"file"``, ``"version"``, ``"program"`` or ``"result"``.
    name : str
        Of the source, parameter, file or package.
    old, new : str
        Values as people read them; empty for files.
    sentence : str
        What differs, in French.
    """

    kind: str
    name: str
    old: str
    new: str
    sentence: str


def basis_of(record: RunRecord) -> Basis:
    """Return what a recorded run stood on."""
    return Basis(
        sources={one["source"]: one["sha256"] for one in record.sources},
        parameters={name: _bare(name, value, record.files) for name, value in record.parameters.items()},
        files=record.files,
        versions=record.versions,
        program=record.program,
        codebook=record.codebook,
        untroubled=all(one.get("outcome") in {ACCEPTED, IGNORED} for one in record.sources),
    )


def _bare(name: str, value: Any, files: Mapping[str, str]) -> Any:
    """Return a parameter without the way to the file that it names: that depends on where the results are."""
    return PurePosixPath(value).name if name in files and isinstance(value, str) else value


def digests_of_sources(
    paths: Sequence[str | Path],
    *,
    metadata: Path | None = None,
    ignore: Sequence[Path] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> dict[str, str]:
    """Return name and SHA-256 of every file under `paths`, as a record tells them.

    Parameters
    ----------
    paths, metadata, ignore, limits
        As `innovsoc_analysis.study.corpus.read_corpus` takes them.

    Raises
    ------
    UsageError
        If a path does not exist or the metadata are unusable.
    """
    found = find_described(paths, metadata=metadata, ignore=ignore, limits=limits)
    return {file.name: _digest(file) for file in found.files}


def _digest(file: SourceFile) -> str:
    import hashlib

    try:
        if reason := why_ignored(file.name):
            return hashlib.sha256(file.load()).hexdigest() if reason == METADATA_TABLE else ""
        if file.refusal:
            return ""
        reader_for(file.name)
        return hashlib.sha256(file.load()).hexdigest()
    except RefusedFileError:
        return ""


def differences(old: Basis, new: Basis) -> tuple[Difference, ...]:
    """Return on what two runs do not stand alike.

    Parameters
    ----------
    old, new : Basis
        Of the earlier and the later run.

    Examples
    --------
    >>> found = differences(Basis({"a.txt": "1"}, {"seed": 0}), Basis({"a.txt": "2"}, {"seed": 1}))
    >>> [one.sentence for one in found]
    ['source modifiée : a.txt', 'réglage « seed » : 0 → 1']
    """
    return (*_sources(old, new), *_parameters(old, new), *_files(old, new), *_versions(old, new))


def _sources(old: Basis, new: Basis) -> list[Difference]:
    found = []
    for name in sorted({*old.sources, *new.sources}):
        before, after = old.sources.get(name), new.sources.get(name)
        if before != after:
            what = "ajoutée" if before is None else "retirée" if after is None else "modifiée"
            found.append(Difference(SOURCE, name, "", "", f"source {what} : {name}"))
    return found


def _parameters(old: Basis, new: Basis) -> list[Difference]:
    names = [name for name in {**old.parameters, **new.parameters} if name not in _NEUTRAL]
    return [
        parameter_difference(name, old.parameters.get(name), new.parameters.get(name))
        for name in names
        if _plain(old.parameters.get(name)) != _plain(new.parameters.get(name))
        and not (name == _LIMITS and _does_not_matter(old, new))
    ]


def _does_not_matter(old: Basis, new: Basis) -> bool:
    """Whether limits have been widened that no file had met."""
    try:
        before, after = (limits_from(str(one.parameters.get(_LIMITS) or "")) for one in (old, new))
    except UsageError:  # a record that someone has written into
        return False
    return old.untroubled and are_wider(after, than=before)


def parameter_difference(name: str, old: Any, new: Any) -> Difference:
    """Return the difference of a parameter that had another value."""
    if isinstance(old, bool) or isinstance(new, bool):  # a record does not tell what is off
        old, new = bool(old), bool(new)
    before, after = shown(old), shown(new)
    return Difference(PARAMETER, name, before, after, f"réglage « {name} » : {before} → {after}")


def _plain(value: Any) -> Any:
    """Return a value such as a record holds it; what is empty is not set."""
    return list(value) if isinstance(value, tuple) and value else value or (value if value == 0 else None)


def shown(value: Any) -> str:
    """Return a value of a parameter as people read it.

    Examples
    --------
    >>> shown(["genre", "place"]), shown(None), shown(0), shown("lda"), shown(True)
    ('genre, place', 'vide', '0', 'lda', 'oui')
    """
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "vide"
    return "vide" if value is None or value == "" else str(value)


def _files(old: Basis, new: Basis) -> list[Difference]:
    found = []
    for name in {**old.files, **new.files}:
        if name in old.files and name in new.files and old.files[name] != new.files[name]:
            if name in _FILE_NAMES:
                sentence = f"{_FILE_NAMES[name]} a changé"
                found.append(Difference(FILE, name, "", "", sentence))
            else:
                found.append(Difference(RESULT, name, "", "", f"résultat refait : {name}"))
        elif name not in _FILE_NAMES and (name in old.files) != (name in new.files):
            what = "en moins" if name in old.files else "en plus"
            found.append(Difference(RESULT, name, "", "", f"résultat {what} : {name}"))
    if old.codebook != new.codebook and not any(one.kind == FILE and one.name == "codebook" for one in found):
        sentence = f"livre de codes : {shown(old.codebook)} → {shown(new.codebook)}"
        found.append(Difference(FILE, "codebook", old.codebook, new.codebook, sentence))
    return found


def _versions(old: Basis, new: Basis) -> list[Difference]:
    found = []
    for name in sorted({*old.versions, *new.versions}):
        before, after = old.versions.get(name, ""), new.versions.get(name, "")
        if before != after:
            said = f"version de {_VERSION_NAMES.get(name, name)} : {before or 'non notée'} → {after or 'non notée'}"
            found.append(Difference(VERSION, name, before, after, said))
    if old.program != new.program and not any(one.name == "innovsoc_analysis" for one in found):
        sentence = "programme : le code d'innovsoc_analysis a changé sans changer de version"
        found.append(Difference(PROGRAM, "innovsoc_analysis", old.program, new.program, sentence))
    return found
