"""A study is a folder: its sources, ``innovsoc.toml``, and what comes of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.files import atomic_write, read_file
from innovsoc_analysis.safe.limits import limits_from, numbers_from
from innovsoc_analysis.study.annotations import CACHE
from innovsoc_analysis.workflow.settings import Settings
from innovsoc_analysis.workflow.toml import NAME, parse_toml, toml_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.safe.limits import Limits

RESULTS = "results"
GENRES = ("definitions", "projets", "paroles")
NOTICE = "LISEZMOI.txt"
_NOTICE = """\
Posez ici les textes de l'étude : txt, md, docx, odt, rtf, pdf, html, epub, csv, xlsx, ods, jsonl, srt, vtt… ou un zip.

Le nom d'un sous-dossier est le genre des textes qui s'y trouvent :
{genres}
Renommez, ajoutez ou retirez des sous-dossiers à votre gré.

Pour dire plus de chaque texte (auteur ou autrice, date, pays…), posez ici, à côté des sous-dossiers et non dedans,
une table metadata.csv ou metadata.xlsx : une ligne par fichier, une colonne « file » (par exemple {first}/texte.docx)
et les colonnes que vous voulez.

Cette notice n'est pas lue comme un texte. Puis, dans le dossier de l'étude : innovsoc run
"""
_IGNORED = f"""\
# annotations gardées : elles contiennent les mots des textes et se refont
{CACHE}/
# retirez le dièse si vos textes sont confidentiels
# sources/
# {RESULTS}/
"""


@dataclass(frozen=True)
class Study:
    """A study's folder and settings.

    Attributes
    ----------
    folder : Path
        Where ``innovsoc.toml`` is.
    settings : Settings
        What it says.
    """

    folder: Path
    settings: Settings

    @property
    def results(self) -> Path:
        """Folder of the results, one subfolder a step."""
        return self.folder / RESULTS

    @property
    def cache(self) -> Path:
        """Folder of kept annotations."""
        return self.folder / CACHE

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources, patterns among them, as paths from the current folder."""
        return tuple(str(self.folder / source) for source in self.settings.sources)

    @property
    def metadata(self) -> Path | None:
        """The metadata table that the settings name."""
        return self.folder / self.settings.metadata if self.settings.metadata else None

    @property
    def limits(self) -> Limits:
        """What a file may cost."""
        return limits_from(self.settings.limits.told)

    def with_limits(self, told: str) -> Study:
        """Return the study with limits that take the place of those of its settings.

        Parameters
        ----------
        told : str
            As :func:`~innovsoc_analysis.safe.limits.limits_from` reads it; the limits that it does not name stay.

        Raises
        ------
        UsageError
            If a name or number is wrong.
        """
        limits = self.settings.limits.model_copy(update=numbers_from(told))
        return replace(self, settings=self.settings.model_copy(update={"limits": limits}))

    @property
    def model(self) -> Path | None:
        """The model that the settings name."""
        return self.folder / self.settings.code.model if self.settings.code.model else None

    @property
    def codebook(self) -> str:
        """What `load_codebook` takes: the name of a bundled codebook, or a path."""
        from innovsoc_analysis.codebooks.loading import bundled_codebooks

        name = self.settings.codebook
        return name if name in bundled_codebooks() else str(self.folder / name)

    def __repr__(self) -> str:
        """Return the name of the folder."""
        return f"<Study : {self.folder.resolve().name}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>Étude « {escape(self.folder.resolve().name)} » : {escape(', '.join(self.settings.steps))}</p>"


def init_study(folder: Path | str, *, genres: Sequence[str] | None = None, title: str = "") -> Study:
    """Make the folder of a study: ``sources/``, ``innovsoc.toml`` with every setting explained, ``.gitignore``.

    Parameters
    ----------
    folder : Path
        Made if it is not there; files in it are left alone.
    genres : sequence of str, optional
        One subfolder of ``sources/`` each; by default definitions, projets and paroles.
    title : str
        Title of its pages.

    Returns
    -------
    Study
        Of the new folder.

    Raises
    ------
    UsageError
        If there is a study in the folder, or it cannot be written to, or a genre is no name of a folder.

    Examples
    --------
    >>> import tempfile
    >>> study = init_study(Path(tempfile.mkdtemp()) / "étude", genres=["lettres"])
    >>> sorted(path.name for path in study.folder.iterdir()), [path.name for path in study.folder.glob("sources/*/")]
    (['.gitignore', 'innovsoc.toml', 'sources'], ['lettres'])
    """
    folder = Path(folder)
    if (folder / NAME).exists():
        raise UsageError(f"« {folder} » est déjà une étude ({NAME} s'y trouve) ; rien n'a été modifié.")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"« {folder} » est un fichier ; donnez le nom d'un dossier.")
    names = list(dict.fromkeys(GENRES if genres is None else (_folder_name(genre) for genre in genres)))
    settings = Settings(title=title, genres=tuple(names) if genres else ())
    notice = _NOTICE.format(genres="\n".join(f"  {name}/" for name in names), first=(names or ["paroles"])[0])
    sources = folder / settings.sources[0]
    if not (sources / NOTICE).exists():
        atomic_write(sources / NOTICE, notice.encode())
    for name in names:
        (sources / name).mkdir(exist_ok=True)
    _ignore_cache(folder / ".gitignore")
    # last: a folder in which this was interrupted is no study yet
    atomic_write(folder / NAME, toml_of(settings).encode())
    return Study(folder, settings)


def _folder_name(genre: str) -> str:
    name = genre.strip()
    if not name or name.startswith(".") or set(name) & set('/\\:*?"<>|') or not name.isprintable():
        raise UsageError(f"« {genre} » ne peut pas nommer un sous-dossier ; donnez un mot, tel que « entretiens ».")
    return name


def _ignore_cache(path: Path) -> None:
    known = path.read_text("utf-8", errors="surrogateescape") if path.exists() else ""
    if f"{CACHE}/" not in known.splitlines():
        text = f"{known.rstrip()}\n\n{_IGNORED}" if known.strip() else _IGNORED
        atomic_write(path, text.encode("utf-8", "surrogateescape"))


def load_study(folder: Path | str = ".") -> Study:
    """Return the study of a folder.

    Parameters
    ----------
    folder : Path
        In which ``innovsoc.toml`` is.

    Raises
    ------
    UsageError
        If there is no study there, or its settings are wrong: one line per mistake.
    """
    folder = Path(folder)
    path = folder / NAME
    if not path.is_file():
        name = f"« {folder} »" if folder != Path() else "Ce dossier"
        raise UsageError(
            f"{name} n'est pas une étude : {NAME} ne s'y trouve pas. Faites-en une : innovsoc init DOSSIER."
        )
    try:
        data = read_file(path)
    except RefusedFileError as error:
        raise UsageError(f"{NAME} : {error}") from None
    return Study(folder, parse_toml(data))
