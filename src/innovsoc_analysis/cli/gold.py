"""What the commands on sentences that people have coded share."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.cli.terminal import say
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from innovsoc_analysis.coding.gold import Gold
    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus

_SHOWN = 5


def sentence_codebook(name: str) -> Codebook:
    """Return the codebook `name`, which must code sentences as gold files do.

    Raises
    ------
    UsageError
        If it codes paragraphs or turns.
    """
    from innovsoc_analysis.codebooks.loading import load_codebook

    book = load_codebook(name)
    if book.unit != "phrase":
        raise UsageError(
            f"Le livre « {book.name} » code par {book.unit}, or un corpus étalon est codé phrase par phrase ;"
            " prenez un livre dont l'unité est la phrase."
        )
    return book


def gold_files(sources: Iterable[Path]) -> list[Path]:
    """Return the files that ``load_gold`` reads for `sources`, in its order."""
    from innovsoc_analysis.ingest.sources import CODED_PASSAGES

    return [file for path in sources for file in (sorted(path.glob(f"*{CODED_PASSAGES}")) if path.is_dir() else [path])]


def described(files: Iterable[Path]) -> list[dict[str, str]]:
    """Return the name and the digest of each file, as a record of a run lists its sources."""
    return [{"source": f"{file.resolve().parent.name}/{file.name}", "sha256": digest(file)} for file in files]


def digest(file: Path) -> str:
    """Return the SHA-256 of a file, however large."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def with_sources(corpus: Corpus, files: Iterable[Path]) -> Corpus:
    """Return `corpus` as read from `files`, for the record of a run."""
    from innovsoc_analysis.model.documents import ACCEPTED
    from innovsoc_analysis.model.tables import SOURCES

    return replace(corpus, sources=SOURCES.conform({**one, "outcome": ACCEPTED} for one in described(files)))


def wordings(gold: Gold) -> list[str]:
    """Return a digest of the wording of each passage, sorted: the same whatever its name and its codes."""
    texts = ("\n".join(sentence.text for sentence in passage.sentences) for passage in gold.passages)
    return sorted(hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts)


def tell_unknown_codes(codes: Iterable[str], codebook: Codebook) -> None:
    """Say which of `codes`, one for each coding, the codebook does not have.

    Raises
    ------
    UsageError
        If it has none of them.
    """
    given = list(codes)
    unknown = [code for code in given if code not in codebook.code_ids]
    if unknown and len(unknown) == len(given):
        raise UsageError(
            f"Le livre « {codebook.name} » n'a aucun des codes de ces codages ({listed(unknown)}) ;"
            " donnez le livre dont ils viennent (--codebook)."
        )
    if unknown:
        say(f"{len(unknown)} codage(s) d'un code que le livre n'a pas, laissés de côté : {listed(unknown)}.")


def listed(codes: Sequence[str]) -> str:
    """Return the first of different codes, and how many others there are.

    Examples
    --------
    >>> listed(["b", "a", "b"])
    'a, b'
    """
    different = sorted(set(codes))
    more = f" et {len(different) - _SHOWN} autre(s)" if len(different) > _SHOWN else ""
    return ", ".join(different[:_SHOWN]) + more
