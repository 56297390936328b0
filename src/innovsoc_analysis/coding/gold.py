"""A gold corpus: passages whose sentences people have coded, kept with both coders' codes.

One JSON object a line, one line a passage, in files called ``….gold.jsonl``; `docs/codebook.md`
describes them. A sentence has its final codes with the words that carry them, and where two
people coded it, what each of them had said before they were brought together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from innovsoc_analysis.ingest.sources import CODED_PASSAGES
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.files import read_file
from innovsoc_analysis.study.corpus import Corpus, corpus_from_sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MISTAKES = {"missing": "manque", "extra_forbidden": "n'est pas une clé connue"}


class GoldSentence(BaseModel):
    """A sentence and its codes.

    Attributes
    ----------
    text : str
        Its wording.
    codes : dict of str to str
        Final code → the words of the sentence that carry it (may be empty).
    first, second : list of str or None
        The codes of each of two independent coders, where there were two.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str = Field(min_length=1)
    codes: dict[str, str] = {}
    first: list[str] | None = None
    second: list[str] | None = None


class GoldPassage(BaseModel):
    """A passage of a text: sentences in a row, and what is known of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    passage: str = Field(min_length=1)
    split: Literal["train", "dev", "test"] = "train"
    genre: str = ""
    country: str = ""
    setting: str = ""
    register_: str = Field("", alias="register")
    inclusive: bool = False
    field: Literal["in", "near", "off"] = "in"
    writer: str = ""
    sentences: list[GoldSentence] = Field(min_length=1)


@dataclass(frozen=True, repr=False)
class Gold:
    """Coded passages.

    Examples
    --------
    >>> passage = GoldPassage.model_validate(
    ...     {"passage": "p1", "sentences": [{"text": "On manque de crèches.", "codes": {"def.besoin": "manque"}}]})
    >>> gold = Gold((passage,))
    >>> gold.labels(["def.besoin", "def.defi"]).tolist()
    [[1.0, 0.0]]
    """

    passages: tuple[GoldPassage, ...]

    def select(self, wanted: Callable[[GoldPassage], bool]) -> Gold:
        """Return the passages for which `wanted` is true."""
        return Gold(tuple(passage for passage in self.passages if wanted(passage)))

    def part(self, *splits: str) -> Gold:
        """Return the passages of these splits: ``"train"``, ``"dev"``, ``"test"``."""
        return self.select(lambda passage: passage.split in splits)

    @cached_property
    def sentences(self) -> tuple[GoldSentence, ...]:
        """All sentences in order."""
        return tuple(sentence for passage in self.passages for sentence in passage.sentences)

    @cached_property
    def corpus(self) -> Corpus:
        """The passages as a corpus, one document each, cut as they were coded."""
        texts = {passage.passage: [one.text for one in passage.sentences] for passage in self.passages}
        return corpus_from_sentences(texts, genres={one.passage: one.genre for one in self.passages})

    def labels(self, codes: Sequence[str]) -> NDArray[np.float32]:
        """Return 0/1 labels, shape (n_sentences, n_codes)."""
        table = [[code in sentence.codes for code in codes] for sentence in self.sentences]
        return np.array(table, dtype=np.float32).reshape(len(self.sentences), len(codes))

    def soft_labels(self, codes: Sequence[str]) -> NDArray[np.float32]:
        """Return the labels, tempered where two coders differed: half the final code, a quarter for each coder."""
        final = self.labels(codes)
        for row, sentence in enumerate(self.sentences):
            if sentence.first is not None and sentence.second is not None:
                said = [[code in coder for code in codes] for coder in (sentence.first, sentence.second)]
                final[row] = 0.5 * final[row] + 0.25 * np.sum(said, axis=0)
        return final

    def of_passages(self, attribute: Callable[[GoldPassage], Any]) -> NDArray[Any]:
        """Return, for each sentence, an attribute of its passage."""
        return np.array([attribute(passage) for passage in self.passages for _ in passage.sentences])

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change with any text or code."""
        lines = [passage.model_dump_json(by_alias=True) for passage in self.passages]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    def __len__(self) -> int:
        """Return the number of sentences."""
        return len(self.sentences)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Gold : {len(self)} phrases codées, {len(self.passages)} passages>"


def load_gold(*sources: Path | str) -> Gold:
    """Read the gold files of folders, or gold files.

    Parameters
    ----------
    *sources : Path or str
        Folders (their ``*.gold.jsonl``, sorted) or files.

    Raises
    ------
    UsageError
        If there is none, or a line is wrong; the message names file and line.
    """
    files = [file for source in map(Path, sources) for file in _files(source)]
    passages: list[GoldPassage] = []
    known: dict[str, str] = {}
    for file in files:
        try:
            # JSON strings may hold what splitlines takes for the end of a line
            lines = read_file(file).decode("utf-8-sig").split("\n")
        except UnicodeDecodeError:
            raise UsageError(f"{file.name} : le fichier n'est pas en UTF-8 ; enregistrez-le sous ce codage.") from None
        except RefusedFileError as error:
            raise UsageError(f"{file.name} : {error}") from None
        for number, line in enumerate(lines, start=1):
            if line.strip():
                passage = _passage(line, where=f"{file.name}:{number}")
                if passage.passage in known:
                    before = known[passage.passage]
                    raise UsageError(f"{file.name}:{number} : le passage « {passage.passage} » est déjà dans {before}.")
                known[passage.passage] = f"{file.name}:{number}"
                passages.append(passage)
    return Gold(tuple(passages))


def _files(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    found = sorted(source.glob(f"*{CODED_PASSAGES}")) if source.is_dir() else []
    if not found:
        raise UsageError(
            f"« {source} » : aucun corpus étalon ici. Indiquez un dossier qui contient des fichiers *{CODED_PASSAGES}."
        )
    return found


def _passage(line: str, *, where: str) -> GoldPassage:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise UsageError(f"{where} : la ligne n'est pas un objet JSON.")
    try:
        passage = GoldPassage.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError(f"{where} : « {place} » {_MISTAKES.get(first['type'], 'ne convient pas')}.") from None
    for sentence in passage.sentences:
        if not sentence.text.strip():
            raise UsageError(f"{where} : une phrase est vide.")
        for code, words in sentence.codes.items():
            if words not in sentence.text:
                raise UsageError(f"{where} : les mots d'appui de {code} ne sont pas dans la phrase.")
    return passage
