"""Study the vocabulary of texts: what ``innovsoc lexicon`` does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.codebooks.loading import bundled_codebooks
from innovsoc_analysis.counting.parts import CODE, SPEAKER
from innovsoc_analysis.study.manifest import Run
from innovsoc_analysis.study.saving import save_documents
from innovsoc_analysis.workflow.steps.attributes import check_attributes
from innovsoc_analysis.workflow.steps.topics import TERMS

if TYPE_CHECKING:
    from innovsoc_analysis.lexicometry.overview import Lexicon
    from innovsoc_analysis.study.corpus import Corpus
    from innovsoc_analysis.workflow.steps.texts import Progress, Texts

_TITLE = "Le vocabulaire du corpus"
_MOST_TITLES = 30
_MOST_NAMES = 20
_KINDS = ("richness", "specificities", "correspondence", "classes", "similarity")


@dataclass(frozen=True, slots=True)
class LexiconRequest:
    """What to study, as the command line tells it.

    Attributes
    ----------
    by : tuple of str
        What the parts are; none, for the genre or the title.
    n_classes : int
        Lexical worlds.
    terms : str
        A key of `TERMS`.
    codebook : str
        As `load_codebook` takes it; of use only by code, like the two that follow.
    coder, model
        As `innovsoc_analysis.coding.coder.code` takes them.
    title : str
        Title of the page; empty for that of any page of vocabulary.
    """

    by: tuple[str, ...] = ()
    n_classes: int = 6
    terms: str = "aucun"
    codebook: str = "bissib"
    coder: str | None = None
    model: Path | None = None
    title: str = ""

    @property
    def codes(self) -> bool:
        """Whether texts are coded."""
        return CODE in self.by

    def parameters(self, texts: Texts) -> dict[str, object]:
        """Return what ``run.json`` tells of the options."""
        return {
            "by": list(self.by) or None,
            "n_classes": self.n_classes,
            "terms": self.terms,
            "codebook": self.codebook if self.codes else None,
            "coder": self.coder if self.codes else None,
            "model": None,
            **({"title": self.title} if self.title else {}),
            **texts.parameters,
        }

    def files(self, texts: Texts) -> dict[str, Path | None]:
        """Return the options that name files."""
        own_codebook = self.codes and self.codebook not in bundled_codebooks()
        return {
            "codebook": Path(self.codebook) if own_codebook else None,
            "model": self.model if self.codes else None,
            **texts.files,
        }


@dataclass(frozen=True, slots=True)
class MadeLexicon:
    """What was found.

    Attributes
    ----------
    corpus : Corpus
        The texts.
    found : Lexicon
        The analyses.
    """

    corpus: Corpus
    found: Lexicon


def make_lexicon(texts: Texts, out: Path, request: LexiconRequest, *, progress: Progress | None = None) -> MadeLexicon:
    """Make every analysis that the texts allow and write all results, ``run.json`` last.

    Parameters
    ----------
    texts : Texts
        To read.
    out : Path
        Folder of the results.
    request : LexiconRequest
        What to study.
    progress : callable, optional
        Called with (step, done, total).

    Raises
    ------
    UsageError
        If the request is wrong, or there is no word.
    NothingToReadError
        If no file could be read.
    """
    from innovsoc_analysis.lexicometry.overview import lexicon
    from innovsoc_analysis.lexicometry.overview.result import write_all

    run = Run("lexicon", out, sources=texts.sources, parameters=request.parameters(texts), files=request.files(texts))
    corpus = texts.read(out, progress=progress)
    names = _names(corpus, request.by)
    codings = _codings(corpus, request) if CODE in names else None
    found = lexicon(
        corpus, names, n_classes=request.n_classes, terms=TERMS[request.terms], codings=codings, progress=progress
    )
    if progress:
        progress("page", 0, 1)
    made = found.files(title=request.title or _TITLE, locale=texts.locale)
    if progress:
        progress("page", 1, 1)
    run.begin_writing()
    _remove_stale(out)
    written = [*save_documents(corpus, out, locale=texts.locale), *write_all(made, out)]
    run.finish(
        corpus,
        counts={"documents": len(corpus), "words": found.n_words},
        outputs=written,
        codebook=codings.codebook.reference if codings else "",
    )
    return MadeLexicon(corpus, found)


def _names(corpus: Corpus, by: tuple[str, ...]) -> list[str]:
    """Return what to compare by; a name that is none is said before anything is computed."""
    if by:
        check_attributes(corpus, by, besides=(SPEAKER, "title", CODE))
        return list(dict.fromkeys(by))
    genres = corpus.attribute("genre")
    if genres[genres != ""].nunique() > 1:
        return ["genre"]
    return ["title"] if len(corpus) <= _MOST_TITLES else []


def _codings(corpus: Corpus, request: LexiconRequest) -> Any:
    from innovsoc_analysis.codebooks.loading import load_codebook
    from innovsoc_analysis.coding.coder import code

    coder: Any = request.coder
    return code(corpus, load_codebook(request.codebook), coder=coder, model=request.model)


def _remove_stale(out: Path) -> None:
    """Remove what an earlier run into the same folder left and this one may not write."""
    from innovsoc_analysis.lexicometry.overview.result import file_name

    # a number that no run writes is of a file that someone else has put there
    names = [file_name(kind, number) for kind in _KINDS for number in range(_MOST_NAMES)]
    for name in names:
        for suffix in ("xlsx", "svg", "png", "graphml"):
            (out / f"{name}.{suffix}").unlink(missing_ok=True)
