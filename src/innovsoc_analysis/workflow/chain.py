"""The steps that a study asks for, and the step that a single command's record tells of."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.batch.coding import Job
from innovsoc_analysis.codebooks.loading import bundled_codebooks, load_codebook
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.workflow.settings import CHAIN
from innovsoc_analysis.workflow.steps.lexicon import LexiconRequest
from innovsoc_analysis.workflow.steps.step import (
    Step,
    code_step,
    ingest_step,
    lexicon_step,
    report_step,
    topics_step,
)
from innovsoc_analysis.workflow.steps.texts import Texts
from innovsoc_analysis.workflow.steps.topics import TopicsRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innovsoc_analysis.model.run import RunRecord
    from innovsoc_analysis.workflow.folder import Study

REDONE = ("ingest", "code", "topics", "lexicon")


def steps_of(
    study: Study,
    names: Sequence[str],
    *,
    results: Path | None = None,
    cache: Path | None = None,
    workers: int = 1,
) -> list[Step]:
    """Return the steps of a study, in order.

    Parameters
    ----------
    study : Study
        The folder and its settings.
    names : sequence of str
        Steps that are wanted.
    results : Path, optional
        Where to write instead of the study's own folder.
    cache : Path, optional
        Where to keep annotations instead of the study's own folder.
    workers : int
        Processes or threads at a time.

    Raises
    ------
    CodebookError
        If the codebook is wanted and has mistakes.
    """
    settings = study.settings
    results = results or study.results
    cache = cache or study.cache
    ignore = tuple({study.results, results})
    genre, coder = settings.genre or None, settings.coder or None
    limits, dropped = settings.limits.told, settings.ingest.drop_duplicates
    texts = Texts(study.sources, genre, study.metadata, settings.locale, cache, ignore, dropped, limits)
    found: list[Step] = []
    for name in (name for name in CHAIN if name in names):
        out = results / name
        if name == "ingest":
            found.append(ingest_step(texts, out))
        elif name == "code":
            job = Job(
                study.sources,
                out,
                load_codebook(study.codebook),
                codebook_file=_file(study.codebook),
                genre=genre,
                metadata=study.metadata,
                locale=settings.locale,
                title=settings.title,
                cache=cache,
                coder=coder,
                model=study.model,
                workers=workers,
                ignore=ignore,
                drop_duplicates=dropped,
                limits=limits,
                by=settings.code.by,
            )
            found.append(code_step(job))
        elif name == "topics":
            topics = settings.topics
            wanted = TopicsRequest(
                str(topics.n_topics), topics.model, settings.seed, topics.terms, topics.unit, topics.by, settings.title
            )
            found.append(topics_step(texts, out, wanted, workers=workers))
        elif name == "lexicon":
            lexicon = settings.lexicon
            asked = LexiconRequest(
                lexicon.by, lexicon.n_classes, lexicon.terms, study.codebook, coder, study.model, settings.title
            )
            found.append(lexicon_step(texts, out, asked))
        else:
            others = [step for step in CHAIN if step in settings.steps and step != "report"]
            title = settings.report.title or settings.title
            options = {"title": title, "n_verbatims": settings.report.n_verbatims}
            found.append(report_step(results, out, steps=others, options=options, codebook=study.codebook))
    return found


def _file(codebook: str) -> Path | None:
    return None if codebook in bundled_codebooks() else Path(codebook)


def step_of(record: RunRecord, folder: Path, out: Path, *, cache: Path | None = None, workers: int = 1) -> Step:
    """Return the step that a single command's record tells of, to be made again into `out`.

    Parameters
    ----------
    record : RunRecord
        Of ``innovsoc ingest``, ``code``, ``topics`` or ``lexicon``.
    folder : Path
        In which the record is; paths start from there.
    out : Path
        Where to write.
    cache : Path, optional
        Where to keep annotations.
    workers : int
        Processes or threads at a time.

    Raises
    ------
    UsageError
        If the record is of another command, or does not tell enough.
    CodebookError
        If the codebook is not there or has mistakes.
    """
    if record.command not in REDONE:
        raise UsageError(
            f"innovsoc reproduce refait une étude ou {', '.join(REDONE)} ; ces résultats viennent d'innovsoc"
            f" {record.command} : relancez cette commande."
        )
    told: Mapping[str, Any] = record.parameters
    try:
        texts = Texts(
            tuple(str(_from(folder, source)) for source in told["sources"]),
            told["genre"],
            _from(folder, told["metadata"]),
            str(told["locale"]),
            cache,
            (folder,),
            bool(told.get("drop_duplicates")),
            str(told.get("limits", "")),
        )
        if record.command == "ingest":
            return ingest_step(texts, out)
        if record.command == "code":
            return code_step(_job(told, texts, out, folder=folder, workers=workers))
        by, title = tuple(told["by"] or ()), str(told.get("title", ""))
        if record.command == "topics":
            wanted = TopicsRequest(
                str(told["n_topics"]), told["model"], told["seed"], told["terms"], told["unit"], by, title
            )
            return topics_step(texts, out, wanted, workers=workers)
        codebook, model = _codebook(folder, told["codebook"]), _from(folder, told["model"])
        asked = LexiconRequest(by, told["n_classes"], told["terms"], codebook, told["coder"], model, title)
        return lexicon_step(texts, out, asked)
    except (KeyError, TypeError):
        raise UsageError(
            "Ce run.json ne dit pas tout ce qu'il faut (version plus ancienne ?) ; relancez la commande"
            f" innovsoc {record.command}."
        ) from None


def _job(told: Any, texts: Texts, out: Path, *, folder: Path, workers: int) -> Job:
    codebook = _codebook(folder, told["codebook"])
    return Job(
        texts.sources,
        out,
        load_codebook(codebook),
        codebook_file=_file(codebook),
        genre=texts.genre,
        metadata=texts.metadata,
        locale=texts.locale,
        title=told["title"],
        cache=texts.cache,
        coder=told["coder"],
        model=_from(folder, told["model"]),
        workers=workers,
        ignore=texts.ignore,
        drop_duplicates=texts.drop_duplicates,
        limits=texts.limits,
        by=str(told.get("by", "")),
    )


def _codebook(folder: Path, name: str | None) -> str:
    if name is None or name in bundled_codebooks():
        return name or "bissib"
    return str(_from(folder, name))


def _from(folder: Path, name: Any) -> Any:
    """Return a recorded path as seen from here, without its detours."""
    return None if name is None else Path(os.path.normpath(folder / name))
