"""Find the files that a path, a folder, a glob or a zip stands for, each under a relative name."""

from __future__ import annotations

import functools
import glob
import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.sniffing import kind_of
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.files import read_file
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

METADATA_STEMS = frozenset({"metadata", "metadonnees", "métadonnées"})
METADATA_TABLE = "table de métadonnées"
RECORD = "run.json"
_RESULTS = frozenset({RECORD, "codings.csv", "codings.xlsx", "to_reread.csv"})
CODED_PASSAGES = ".gold.jsonl"
_NOT_TEXTS = frozenset({"readme", "lisez-moi", "lisezmoi", "license", "licence"})
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_GLOB_MARKS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was found; its bytes are read when asked for.

    Attributes
    ----------
    name : str
        Path relative to what the user named, with ``/`` and in NFC.
    load : callable
        Returns the bytes, or raises ``RefusedFileError``.
    refusal : RefusedFileError or None
        Why it cannot be read whatever its format, when that is already known.
    """

    name: str
    load: Callable[[], bytes]
    refusal: RefusedFileError | None = None


def find_sources(
    paths: Iterable[str | Path], *, ignore: Sequence[Path] = (), limits: Limits = DEFAULT_LIMITS
) -> list[SourceFile]:
    """Return the files under `paths`, sorted by name.

    Parameters
    ----------
    paths : iterable of str or Path
        Folders (searched below), files, patterns such as ``entretiens/*.pdf``, zips.
    ignore : sequence of Path
        Files or folders left out, such as the output folder.
    limits : Limits
        Bounds on zips.

    Raises
    ------
    UsageError
        If a path does not exist or a pattern matches nothing.
    """
    given = [path for item in paths for path in _expand(str(item))]
    if not given:
        raise UsageError("Indiquez au moins un fichier ou un dossier à lire.")
    parents = [path if path.is_dir() else path.parent for path in given]
    root = _common_root(parents)
    left_out = {path.resolve() for path in ignore}
    files: dict[Path, None] = {}
    for path in given:
        for file in _walk(path) if path.is_dir() else [path]:
            # the parent is resolved, not the file: a link keeps its own name
            place = file.parent.resolve() / file.name
            if not any(left in {place, *place.parents} for left in left_out):
                files.setdefault(place, None)
    found = [source for file in files for source in _open(file, _relative(file, root), limits=limits)]
    return _told_apart(sorted(found, key=lambda source: source.name))


def _told_apart(found: Sequence[SourceFile]) -> list[SourceFile]:
    """Return files of different names: those that are twins once « é » is one character are numbered."""
    seen: Counter[str] = Counter()
    apart = []
    for source in found:
        seen[source.name] += 1
        if seen[source.name] > 1:
            path = PurePosixPath(source.name)
            twin = path.with_name(f"{path.stem} ({seen[source.name]}){path.suffix}").as_posix()
            apart.append(replace(source, name=twin))
        else:
            apart.append(source)
    return apart


def why_ignored(name: str) -> str | None:
    """Return why a file is not taken for a source text, or ``None`` if it is.

    Examples
    --------
    >>> why_ignored("projets/README.md")
    'notice du dossier'
    >>> why_ignored("projets/jardin.md") is None
    True
    """
    parts = name.lower().split("/")
    stem = parts[-1].rsplit(".", 1)[0]
    # « .. » is no hidden folder: it leads out of a zip, which its reading refuses
    if any((part.startswith((".", "~$")) and part != "..") or part in _SYSTEM for part in parts):
        return "fichier caché ou du système"
    if stem in METADATA_STEMS and parts[-1].endswith((".csv", ".xlsx")):
        return METADATA_TABLE
    if parts[-1] in _RESULTS:
        return "résultats d'une autre commande"
    reasons = {
        "notice du dossier": stem in _NOT_TEXTS,
        "passages codés (innovsoc evaluate)": parts[-1].endswith(CODED_PASSAGES),
        "fichier de l'étude": parts[-1] in {"innovsoc.toml", "codebook.yaml", "decisions.sqlite"},
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _expand(item: str) -> list[Path]:
    if not item.strip():
        raise UsageError("Un des chemins donnés est vide ; indiquez un fichier ou un dossier.")
    path = Path(item)
    try:
        if path.exists():
            return [path]
    except OSError:  # such as a text given in place of a path
        raise UsageError(f"« {item[:80]} » n'est pas un chemin lisible ; vérifiez le chemin et vos droits.") from None
    if _GLOB_MARKS & set(item):
        matches = sorted(glob.glob(item, recursive=True))  # noqa: PTH207 - Path.glob refuses absolute patterns
        if matches:
            return [Path(match) for match in matches]
        raise UsageError(f"Aucun fichier ne correspond au motif « {item} ».")
    raise UsageError(f"« {item} » n'existe pas ; vérifiez le chemin.")


def _common_root(parents: Sequence[Path]) -> Path:
    resolved = [parent.resolve() for parent in parents]
    root = resolved[0]
    while not all(root == parent or root in parent.parents for parent in resolved):
        if root == root.parent:
            raise UsageError("Les sources sont sur des disques différents : lisez-les séparément.")
        root = root.parent
    return root


def _relative(file: Path, root: Path) -> str:
    # a name that is not UTF-8 (an old disk, another system) is shown with marks in place of what cannot be read
    name = os.fsencode(file.relative_to(root).as_posix()).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", name)


def _walk(top: Path) -> Iterator[Path]:
    """Yield the files below `top`, and the folders that cannot be opened; no recursion, however deep they nest."""
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            if folder == top:
                raise UsageError(f"Le dossier « {folder} » ne s'ouvre pas ; vérifiez vos droits.") from None
            yield folder
            continue
        for path in entries:
            # of os.path, for it never raises, whatever one may not look at
            if os.path.islink(path) or not os.path.isdir(path):  # noqa: PTH112, PTH114
                yield path
            elif path.name.startswith("."):
                continue
            elif os.path.isfile(path / RECORD):  # noqa: PTH113
                # results of another run are not sources: their record alone is listed, as left aside
                yield path / RECORD
            else:
                folders.append(path)


def _open(file: Path, name: str, *, limits: Limits) -> Iterator[SourceFile]:
    source = SourceFile(name, lambda: read_file(file, limits=limits))
    if os.path.islink(file):  # noqa: PTH114 - never raises
        yield replace(
            source, refusal=RefusedFileError("link", "c'est un lien, pas un fichier ; copiez le fichier lui-même.")
        )
    elif os.path.isdir(file):  # noqa: PTH112 - never raises
        yield replace(
            source, refusal=RefusedFileError("unreadable", "le dossier ne s'ouvre pas ; vérifiez vos droits.")
        )
    else:
        yield from _unfold(source, limits=limits)


def _unfold(
    source: SourceFile, *, limits: Limits, depth: int = 0, within: BoundedZip | None = None
) -> Iterator[SourceFile]:
    if not source.name.lower().endswith(".zip"):
        yield source
        return
    try:
        if depth >= limits.zip_depth:
            raise RefusedFileError("zip-depth", "archive dans une archive dans une archive ; dépliez-la.")
        data = source.load()
        if kind := kind_of(data, limits=limits):
            reason = f"c'est un document {kind} et non une archive ; renommez-le en « .{kind} »."
            raise RefusedFileError("wrong-name", reason)
        archive = BoundedZip(data, limits=limits, within=within)
        if not archive.names:
            raise RefusedFileError("empty", "l'archive est vide.")
    except RefusedFileError as error:
        yield replace(source, refusal=error)
        return
    for member in archive.names:
        name = unicodedata.normalize("NFC", f"{source.name}/{member}")
        inner = SourceFile(name, functools.partial(archive.read, member))
        yield from _unfold(inner, limits=limits, depth=depth + 1, within=archive)
