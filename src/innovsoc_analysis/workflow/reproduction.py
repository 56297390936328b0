"""What came of making results again: each output's verdict, and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import EXIT_OK, EXIT_SOME_REFUSED
from innovsoc_analysis.workflow.comparing import compare_files, is_table
from innovsoc_analysis.workflow.records import current_digest
from innovsoc_analysis.workflow.settings import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from innovsoc_analysis.model.run import RunRecord
    from innovsoc_analysis.workflow.basis import Difference

IDENTICAL, DIFFERENT, TOUCHED, MISSING, NEW = "identique", "différent", "modifié depuis", "pas refait", "en plus"
_SAME_VALUES = "mêmes valeurs, autres octets"
_KINDS = {".html": "page ou document", ".docx": "page ou document", ".graphml": "graphe"}
NOTHING_EXPLAINS = (
    "Rien n'explique ces différences : mêmes sources, mêmes réglages, mêmes versions. C'est un défaut du programme :"
    " signalez-le, avec ce qui précède."
)


@dataclass(frozen=True, slots=True)
class Output:
    """The verdict on one file.

    Attributes
    ----------
    step : str
        Which step writes it.
    name : str
        Of the file.
    verdict : str
        ``IDENTICAL``, ``DIFFERENT``, ``TOUCHED`` (the new bytes are those of the record, the file is not),
        ``MISSING`` (it was not made again) or ``NEW``.
    detail : str
        What differs, in French.
    same_values : bool
        Whether only the bytes differ, not what a table holds.
    """

    step: str
    name: str
    verdict: str
    detail: str = ""
    same_values: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it holds tables."""
        return is_table(PurePosixPath(self.name))


@dataclass(frozen=True, repr=False)
class Reproduction:
    """What came of making results again.

    Attributes
    ----------
    outputs : tuple of Output
        One per file.
    reasons : tuple of Difference
        What has changed since the results were made.
    failed : mapping of str to str
        Step that could not be done again → why.
    machines : tuple of str
        System and processor then and now, if they differ.
    kept : Path or None
        Where the new results are.
    """

    outputs: tuple[Output, ...]
    reasons: tuple[Difference, ...]
    failed: Mapping[str, str]
    machines: tuple[str, ...] = ()
    kept: Path | None = None

    @property
    def identical(self) -> bool:
        """Whether every file is the same, byte for byte."""
        return not self.failed and all(one.verdict == IDENTICAL for one in self.outputs)

    @property
    def exit_status(self) -> int:
        """0 if identical, 3 otherwise."""
        return EXIT_OK if self.identical else EXIT_SOME_REFUSED

    @property
    def table(self) -> pd.DataFrame:
        """One row per file: ``step, output, verdict, detail``."""
        import pandas as pd

        rows = [(one.step, one.name, one.verdict, one.detail) for one in self.outputs]
        return pd.DataFrame(rows, columns=["step", "output", "verdict", "detail"])

    @property
    def sentences(self) -> list[str]:
        """The whole verdict and its reasons, in French."""
        told = [self._verdict]
        told += [f"Étape impossible à refaire : {TITLES.get(name, name)}. {why}" for name, why in self.failed.items()]
        if self.reasons:
            told.append("Ce qui a changé depuis :" if self.identical else "Pourquoi :")
            told += [f"  – {one.sentence}" for one in self.reasons]
        touched = [one.name for one in self.outputs if one.verdict == TOUCHED]
        if touched:
            names = ", ".join(touched)
            told.append(f"Modifié après coup, sans innovsoc : {names}. La reprise redonne ce que run.json avait noté.")
        if self.machines and not self.identical:
            told.append(f"  – machine : {' → '.join(self.machines)} (peut changer la dernière décimale d'un nombre)")
        if any(one.verdict in {DIFFERENT, MISSING, NEW} for one in self.outputs) and not (
            self.reasons or self.machines or self.failed
        ):
            told.append(NOTHING_EXPLAINS)
        return told

    @property
    def _verdict(self) -> str:
        n_all = len(self.outputs)
        if self.identical:
            return f"Identique : les {n_all} fichiers de résultats sont refaits à l'octet près."
        unlike = [one for one in self.outputs if one.verdict != IDENTICAL]
        if unlike and all(one.same_values for one in unlike):
            return f"Mêmes valeurs dans toutes les tables ; {len(unlike)} fichier(s) sur {n_all} ont d'autres octets."
        return f"{len(unlike)} fichier(s) sur {n_all} diffèrent."

    def __repr__(self) -> str:
        """Return counts only."""
        n_same = sum(one.verdict == IDENTICAL for one in self.outputs)
        return f"<Reproduction : {n_same} fichiers identiques sur {len(self.outputs)}>"

    def _repr_html_(self) -> str:
        from html import escape

        from innovsoc_analysis.pages.tables import show

        headings = {"step": "étape", "output": "fichier", "detail": "différence"}
        told = self.table.assign(step=self.table["step"].map(lambda name: TITLES.get(name, name)))
        said = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.sentences)
        return said + show(told.rename(columns=headings))._repr_html_()


def compare_outputs(
    step: str, old: RunRecord, new: RunRecord | None, *, old_folder: Path, new_folder: Path
) -> list[Output]:
    """Return the verdict on every file of a step.

    Parameters
    ----------
    step : str
        Its name.
    old : RunRecord
        Of the results that there are.
    new : RunRecord, optional
        Of those made again; without it, none were.
    old_folder, new_folder : Path
        Where they are.
    """
    again = new.outputs if new else {}
    found = []
    for name, digest in old.outputs.items():
        before = current_digest(old_folder / name)
        if name not in again:
            found.append(Output(step, name, MISSING))
        elif again[name] == digest and before in {digest, ""}:
            found.append(Output(step, name, IDENTICAL))
        else:
            verdict = TOUCHED if again[name] == digest else DIFFERENT
            detail, same = _detail(old_folder / name, new_folder / name, is_there=bool(before))
            found.append(Output(step, name, verdict, detail, same_values=same))
    found += [Output(step, name, NEW) for name in again if name not in old.outputs]
    return list(_about_images(found))


def _detail(old: Path, new: Path, *, is_there: bool) -> tuple[str, bool]:
    if not is_there:
        return "le fichier n'est plus là : seule son empreinte est connue", False
    tables = compare_files(old, new)
    if tables is None:
        return "", False
    return " ; ".join(one.sentence for one in tables) or _SAME_VALUES, not tables


def _about_images(outputs: list[Output]) -> Iterator[Output]:
    """Say of a figure or page whose bytes differ whether the tables behind it are identical."""
    tables = [one for one in outputs if one.is_table]
    for one in outputs:
        if one.verdict != DIFFERENT or one.is_table or one.detail:
            yield one
            continue
        stem = PurePosixPath(one.name).stem
        own = [table for table in tables if PurePosixPath(table.name).stem == stem] or tables
        same = bool(own) and all(table.verdict == IDENTICAL or table.same_values for table in own)
        what = _KINDS.get(PurePosixPath(one.name).suffix, "image")
        behind = own[0].name if len(own) == 1 else "les tables"
        told = f"{what} : autres octets, mais {behind} : mêmes valeurs" if same else f"{what} : autres octets"
        yield Output(one.step, one.name, one.verdict, told, same_values=same)
