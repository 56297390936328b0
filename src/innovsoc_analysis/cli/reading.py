"""What every command that reads sources does: read with progress, say what was refused."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from innovsoc_analysis.cli.terminal import Steps, say
from innovsoc_analysis.model.errors import EXIT_OK, EXIT_SOME_REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from innovsoc_analysis.study.corpus import Corpus

_SHOWN = 20
_MOST_ALIKE = 3


@contextmanager
def reading(
    sources: list[str],
    *,
    genre: str | None,
    metadata: Path | None,
    ignore: tuple[Path, ...] = (),
    limits: str = "",
) -> Iterator[tuple[Corpus, Steps]]:
    """Read `sources` into a corpus and keep the progress display open for what follows."""
    from innovsoc_analysis.safe.limits import limits_from
    from innovsoc_analysis.study.corpus import read_corpus

    bounds = limits_from(limits)  # a wrong one is said before the texts are read
    with Steps() as steps:
        corpus = read_corpus(
            *sources, genre=genre, metadata=metadata, ignore=ignore, limits=bounds, progress=steps.advance
        )
        yield corpus, steps


def cache_beside(out: Path, *, wanted: bool) -> Path | None:
    """Return the folder of kept annotations that the results of a study share: beside them, if one may write there."""
    from innovsoc_analysis.study.annotations import CACHE

    parent = out.absolute().parent
    forbidden = parent.exists() and not os.access(parent, os.W_OK)
    return parent / CACHE if wanted and not forbidden else None


def tell_outcome(corpus: Corpus, *, briefly: bool = False) -> int:
    """Say which files need attention (or only how many) and return the exit status."""
    sources = corpus.sources
    n_warned = int((sources["outcome"] == "accepté avec avertissement").sum()) + len(corpus.remarks)
    if briefly:
        if corpus.n_refused:
            count = corpus.n_refused + n_warned
            say(f"{count} remarque(s) sur les fichiers, dont {corpus.n_refused} refus : voir innovsoc ingest SOURCES.")
        return EXIT_SOME_REFUSED if corpus.n_refused else EXIT_OK
    _tell_warnings(sources[sources["outcome"] == "accepté avec avertissement"])
    for remark in corpus.remarks[:_SHOWN]:
        say(remark)
    refused = sources[sources["outcome"] == "refusé"]
    if refused.empty:
        return EXIT_OK
    say(f"{len(refused)} fichier(s) refusé(s), le reste est traité :")
    for row in refused.head(_SHOWN).itertuples():
        say(f"  {row.source} : {row.message}")
    if len(refused) > _SHOWN:
        say(f"  … et {len(refused) - _SHOWN} autre(s), listés dans sources.csv.")
    return EXIT_SOME_REFUSED


def _tell_warnings(warned: pd.DataFrame) -> None:
    """Say what is to be checked; what many files have in common is said once, so that it hides nothing else."""
    groups = [(str(message), files["source"].tolist()) for message, files in warned.groupby("message", sort=False)]
    for message, names in groups[:_SHOWN]:
        if len(names) <= _MOST_ALIKE:
            for name in names:
                say(f"À vérifier : {name} : {message}")
            continue
        some = ", ".join(names[:_MOST_ALIKE])
        say(f"À vérifier, {len(names)} fichiers : {message} ({some}… ; tous dans sources.csv)")
    if left := sum(len(names) for _, names in groups[_SHOWN:]):
        say(f"À vérifier : {left} autre(s) fichier(s), listés dans sources.csv.")
