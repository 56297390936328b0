"""Find the topics of texts: what ``innovsoc topics`` does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.manifest import Run
from innovsoc_analysis.study.saving import save_documents
from innovsoc_analysis.workflow.steps.attributes import check_attributes

if TYPE_CHECKING:
    from pathlib import Path

    from innovsoc_analysis.study.corpus import Corpus
    from innovsoc_analysis.topics.choosing import KChoice
    from innovsoc_analysis.topics.result import Topics
    from innovsoc_analysis.workflow.steps.texts import Progress, Texts

PAGE = "topics.html"
_TITLE = "Les thèmes du corpus"
TERMS = {"aucun": None, "domaine": "field", "appris": "learned"}
UNITS = {"document": "document", "paragraphe": "paragraph", "contexte": "context"}


@dataclass(frozen=True, slots=True)
class TopicsRequest:
    """What to look for, as the command line tells it.

    Attributes
    ----------
    n_topics : str
        A number, or ``"auto"``.
    model : str
        A key of `innovsoc_analysis.topics.models.MODELS`.
    seed : int
        The same gives the same topics.
    terms, unit : str
        Keys of `TERMS` and `UNITS`.
    by : tuple of str
        Attributes to compare by, besides the genre.
    title : str
        Title of the page; empty for that of any page of topics.
    """

    n_topics: str = "8"
    model: str = "nmf"
    seed: int = 0
    terms: str = "aucun"
    unit: str = "document"
    by: tuple[str, ...] = ()
    title: str = ""

    @property
    def number(self) -> int | None:
        """The number of topics asked for, ``None`` if it is to be chosen.

        Raises
        ------
        UsageError
            If it is no number.
        """
        if self.n_topics == "auto":
            return None
        if not self.n_topics.removeprefix("-").isdecimal():
            raise UsageError(f"« {self.n_topics} » n'est pas un nombre de thèmes ; donnez un entier, ou « auto ».")
        return int(self.n_topics)

    def parameters(self, texts: Texts) -> dict[str, object]:
        """Return what ``run.json`` tells of the options."""
        return {
            "n_topics": self.n_topics,
            "model": self.model,
            "seed": self.seed,
            "terms": self.terms,
            "unit": self.unit,
            "by": list(self.by) or None,
            **({"title": self.title} if self.title else {}),
            **texts.parameters,
        }


@dataclass(frozen=True, slots=True)
class MadeTopics:
    """What was found.

    Attributes
    ----------
    corpus : Corpus
        The texts.
    choice : KChoice or None
        What each number of topics is worth, if one was to be chosen.
    fitted : Topics or None
        The topics, unless no number could be recommended.
    """

    corpus: Corpus
    choice: KChoice | None
    fitted: Topics | None


def make_topics(
    texts: Texts, out: Path, request: TopicsRequest, *, workers: int = 1, progress: Progress | None = None
) -> MadeTopics:
    """Find topics and write all results, ``run.json`` last.

    Parameters
    ----------
    texts : Texts
        To read.
    out : Path
        Folder of the results.
    request : TopicsRequest
        What to look for.
    workers : int
        Threads; the results do not depend on their number.
    progress : callable, optional
        Called with (step, done, total).

    Raises
    ------
    UsageError
        If the request is wrong, or there are too few texts or words for it.
    NothingToReadError
        If no file could be read.
    """
    from innovsoc_analysis.counting.vocabulary import Vocabulary
    from innovsoc_analysis.topics.choosing import choose_k
    from innovsoc_analysis.topics.fitting import fit
    from innovsoc_analysis.topics.models import check_request

    number = request.number
    check_request(request.model, request.seed)
    run = Run("topics", out, sources=texts.sources, parameters=request.parameters(texts), files=texts.files)
    vocabulary = Vocabulary(unit=UNITS[request.unit], terms=TERMS[request.terms])
    corpus = texts.read(out, progress=progress)
    check_attributes(corpus, request.by)
    options: dict[str, Any] = {"vocabulary": vocabulary, "model": request.model, "seed": request.seed}
    choice = choose_k(corpus, progress=progress, **options) if number is None else None
    wanted = choice.recommended if choice else number
    fitted = None
    if wanted is not None:
        fitted = fit(corpus, n_topics=wanted, **options)
        fitted.measure_stability(workers=workers, progress=progress)
    run.begin_writing()
    _remove_stale(out)
    written = save_documents(corpus, out, locale=texts.locale)
    counts = {"documents": len(corpus), "topics": fitted.n_topics if fitted else 0}
    if choice:
        written += _save_choice(choice, out)
    if fitted:
        names = list(dict.fromkeys(["genre", *request.by]))
        page = fitted.save_page(out / PAGE, title=request.title or _TITLE, by=names)
        written += [*fitted.save(out, locale=texts.locale), page]
        counts["words"] = len(fitted.counts.words)
    run.finish(corpus, counts=counts, outputs=written)
    return MadeTopics(corpus, choice, fitted)


def _remove_stale(out: Path) -> None:
    """Remove what an earlier run into the same folder left and this one may not write."""
    for name in ("topics", "n_topics"):
        for suffix in ("html", "csv", "xlsx", "svg", "png"):
            (out / f"{name}.{suffix}").unlink(missing_ok=True)


def _save_choice(choice: KChoice, out: Path) -> list[Path]:
    from innovsoc_analysis.figures.style import png_bytes, svg_bytes
    from innovsoc_analysis.safe.files import atomic_write

    table = out / "n_topics.xlsx"
    choice.save(table)
    if choice.table.empty:
        return [table]
    figure = choice.plot().flat[0].figure
    atomic_write(out / "n_topics.svg", svg_bytes(figure))
    atomic_write(out / "n_topics.png", png_bytes(figure))
    return [table, out / "n_topics.svg", out / "n_topics.png"]
