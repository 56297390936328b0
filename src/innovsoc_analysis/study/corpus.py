"""The corpus: documents, segments and tokens of a study, as tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.ingest.attributes import unknown_attribute
from innovsoc_analysis.ingest.reading import Intake, SourceDocument, read_sources
from innovsoc_analysis.model.documents import IGNORED
from innovsoc_analysis.model.errors import NothingToReadError
from innovsoc_analysis.model.identifiers import derive_id
from innovsoc_analysis.model.tables import DOCUMENTS, META_PREFIX, SOURCES
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.study.annotations import Annotations
from innovsoc_analysis.study.attributes import describe_attributes
from innovsoc_analysis.study.duplicates import ALIKE, find_duplicates, remarks_on
from innovsoc_analysis.study.segmenting import Placed, segment_documents
from innovsoc_analysis.text.cleaning import CleanText, clean
from innovsoc_analysis.text.offsets import OffsetMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from innovsoc_analysis.model.documents import SourceOutcome


@dataclass(frozen=True, repr=False)
class Corpus:
    """Texts of a study and all that is known of them.

    Attributes
    ----------
    documents : DataFrame
        One row per text, schema ``documents``.
    sources : DataFrame
        One row per file found, schema ``sources``: what became of it and why.
    remarks : tuple of str
        What the researcher should know about the metadata and texts that come twice, in French.

    Examples
    --------
    >>> corpus = corpus_from_texts({"a.txt": "Un jardin partagé. On y cultive."}, genre="project")
    >>> len(corpus.documents), len(corpus.sentences)
    (1, 2)
    """

    documents: pd.DataFrame
    sources: pd.DataFrame
    remarks: tuple[str, ...]
    _placed: tuple[Placed, ...]
    _progress: Callable[[str, int, int], None] | None = None
    _annotations: Annotations | None = None

    @cached_property
    def _annotated(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return segment_documents(self._placed, progress=self._progress, annotations=self._annotations)

    @property
    def segments(self) -> pd.DataFrame:
        """Sentences, paragraphs and speaker turns, schema ``segments``; computed at first use."""
        return self._annotated[0]

    @property
    def tokens(self) -> pd.DataFrame:
        """Tokens in order, schema ``tokens``; computed at first use."""
        return self._annotated[1]

    @property
    def sentences(self) -> pd.DataFrame:
        """The segments that are sentences."""
        return self.segments_of("sentence")

    def segments_of(self, unit: str) -> pd.DataFrame:
        """Return the segments of one unit: ``"sentence"``, ``"paragraph"`` or ``"turn"``."""
        return self.segments[self.segments["unit"] == unit].reset_index(drop=True)

    @cached_property
    def duplicates(self) -> pd.DataFrame:
        """The texts that repeat an earlier one, see `find_duplicates`; computed at first use."""
        return find_duplicates(self.documents)

    @property
    def n_refused(self) -> int:
        """How many files were refused."""
        return int((self.sources["outcome"] == "refusé").sum())

    @property
    def attributes(self) -> list[str]:
        """Names by which documents can be grouped: ``genre`` and the metadata, without prefix."""
        meta = [name.removeprefix(META_PREFIX) for name in self.documents.columns if name.startswith(META_PREFIX)]
        return ["genre", *meta]

    @property
    def attribute_table(self) -> pd.DataFrame:
        """What the attributes are (dates, numbers, categories) and which values they have, see `describe_attributes`.

        The values themselves stay as they were written.
        """
        return describe_attributes({name: self.attribute(name) for name in self.attributes})

    def attribute(self, name: str) -> pd.Series:
        """Return the values of an attribute, indexed by ``doc_id``; missing ones are empty strings.

        Raises
        ------
        UnknownNameError
            If no document has it; the message names the nearest there is, and lists all.
        """
        column = META_PREFIX + name.removeprefix(META_PREFIX)
        # the text itself is no group: its values would be shown
        if column not in self.documents.columns and name in DOCUMENTS.columns and name != "text":
            column = name
        if column not in self.documents.columns:
            raise unknown_attribute(name, self.attributes)
        return self.documents.set_index("doc_id")[column].fillna("")

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.documents)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Corpus : {len(self)} documents, {len(self.sources)} fichiers trouvés>"

    def _repr_html_(self) -> str:
        from innovsoc_analysis.study.display import corpus_html

        return corpus_html(self.documents, n_refused=self.n_refused)


def read_corpus(
    *sources: str | Path,
    genre: str | None = None,
    metadata: Path | None = None,
    ignore: Sequence[Path] = (),
    limits: Limits = DEFAULT_LIMITS,
    cache: Path | None = None,
    drop_duplicates: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> Corpus:
    """Read files of any mix of formats into a corpus.

    Parameters
    ----------
    *sources : str or Path
        Folders, files, patterns (``"entretiens/*.pdf"``) or zips.
    genre : str, optional
        Genre of the documents for which neither the metadata nor a column gives one.
    metadata : Path, optional
        Table with a column ``file``; by default ``metadata.csv`` or ``.xlsx`` in a source folder.
    ignore : sequence of Path
        Files or folders to leave out.
    limits : Limits
        Bounds on what a file may cost.
    cache : Path, optional
        Folder in which annotations are kept and found again, ``.innovsoc`` by convention; it can
        be deleted at any time and is as confidential as the texts. By default nothing is kept.
    drop_duplicates : bool
        Leave out the texts whose words an earlier one has all, see `find_duplicates`; ``sources`` names it.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    Corpus
        Files that could not be read are listed in ``sources``.

    Raises
    ------
    UsageError
        If a source does not exist or the metadata table is unusable.
    NothingToReadError
        If no file could be read.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("Un atelier de réparation.", encoding="utf-8")
    >>> read_corpus(folder).documents["title"].tolist()
    ['a']
    """
    intake = read_sources(sources, genre=genre, metadata=metadata, ignore=ignore, limits=limits, progress=progress)
    if not intake.documents:
        raise NothingToReadError(nothing_read(intake.outcomes))
    if drop_duplicates:
        intake = without_duplicates(intake, repeated(intake))
    corpus = corpus_of(intake, cache=cache, progress=progress)
    return replace(corpus, remarks=(*corpus.remarks, *remarks_on(corpus.duplicates)))


def corpus_of(
    intake: Intake,
    *,
    cache: Path | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Corpus:
    """Return the corpus of what was read, be it nothing.

    Parameters
    ----------
    intake : Intake
        From :func:`~innovsoc_analysis.ingest.reading.read_files`.
    cache, progress
        As in `read_corpus`.

    Examples
    --------
    >>> len(corpus_of(Intake((), ())))
    0
    """
    return _corpus(intake, progress=progress, annotations=Annotations(cache) if cache else None)


def corpus_from_texts(texts: dict[str, str], *, genre: str = "") -> Corpus:
    """Return a corpus made of texts in memory.

    Parameters
    ----------
    texts : dict of str to str
        Name → text.
    genre : str
        Genre of all of them.
    """
    from innovsoc_analysis.model.documents import RawDocument

    documents = [
        SourceDocument(name, derive_id("", text), "text", genre, RawDocument(text, title=name))
        for name, text in texts.items()
    ]
    return _corpus(Intake(tuple(documents), ()))


def corpus_from_sentences(passages: Mapping[str, Sequence[str]], *, genres: Mapping[str, str] | None = None) -> Corpus:
    """Return a corpus of passages whose sentences are given, one document each.

    For texts that people have cut and coded sentence by sentence: nothing is cleaned or cut again.

    Parameters
    ----------
    passages : mapping of str to sequence of str
        Name → its sentences in order.
    genres : mapping of str to str, optional
        Name → genre.

    Examples
    --------
    >>> corpus = corpus_from_sentences({"p1": ["Un jardin. Trois serres.", "On y vient."]})
    >>> corpus.documents["text"].tolist(), len(corpus.sentences)
    (['Un jardin. Trois serres. On y vient.'], 2)
    """
    rows = []
    placed = []
    for name, sentences in passages.items():
        text = " ".join(sentences)
        doc_id = derive_id("d", name, text)
        ends = list(accumulate(len(sentence) + 1 for sentence in sentences))
        spans = tuple((end - 1 - len(one), end - 1) for one, end in zip(sentences, ends, strict=True))
        rows.append({"doc_id": doc_id, "source": name, "title": name, "genre": (genres or {}).get(name), "text": text})
        placed.append(Placed(doc_id, CleanText(text, OffsetMap.identity(len(text))), (), sentences=spans))
    return Corpus(DOCUMENTS.conform(rows), SOURCES.conform([]), (), tuple(placed))


def _corpus(
    intake: Intake,
    *,
    progress: Callable[[str, int, int], None] | None = None,
    annotations: Annotations | None = None,
) -> Corpus:
    rows = []
    placed = []
    pages_of: Counter[str] = Counter()
    characters_of: Counter[str] = Counter()
    for document in intake.documents:
        raw = document.raw
        pages = [place.start for place in raw.places if place.page is not None]
        cleaned = clean(raw.text, wrapped=raw.wrapped, page_starts=pages)
        doc_id = derive_id("d", document.source, raw.key, document.sha256, raw.text)
        rows.append(
            {
                "doc_id": doc_id,
                "source": document.source,
                "key": raw.key,
                "sha256": document.sha256,
                "format": document.format,
                "title": raw.title or "",
                "genre": document.genre,
                "text": cleaned.text,
                **{META_PREFIX + name: value for name, value in raw.meta.items()},
            }
        )
        placed.append(Placed(doc_id, cleaned, raw.places, raw.speakers))
        pages_of[document.source] += len({place.page for place in raw.places} - {None})
        characters_of[document.source] += len(cleaned.text)
    outcomes = (
        replace(one, n_pages=pages_of[one.source], n_characters=characters_of[one.source]) for one in intake.outcomes
    )
    sources = SOURCES.conform({name: getattr(one, name) for name in SOURCES.columns} for one in outcomes)
    return Corpus(DOCUMENTS.conform(rows), sources, intake.remarks, tuple(placed), progress, annotations)


def repeated(intake: Intake) -> dict[str, dict[str, str]]:
    r"""Return the texts whose words an earlier one has all: file → key → file of the earlier one.

    Examples
    --------
    >>> from innovsoc_analysis.model.documents import RawDocument
    >>> texts = {"a.txt": "Un jardin.", "b.md": "Un\njardin"}
    >>> documents = [SourceDocument(name, name, "text", "", RawDocument(text)) for name, text in texts.items()]
    >>> repeated(Intake(tuple(documents), ()))
    {'b.md': {'': 'a.txt'}}
    """
    found: dict[str, dict[str, str]] = {}
    for row in corpus_of(intake).duplicates.itertuples():
        if row.kind != ALIKE:
            found.setdefault(row.source, {})[row.key] = row.same_as
    return found


def without_duplicates(intake: Intake, dropped: Mapping[str, Mapping[str, str]]) -> Intake:
    """Leave texts out; what became of their files says so.

    Parameters
    ----------
    intake : Intake
        As read.
    dropped : mapping
        From `repeated`.
    """
    kept = tuple(one for one in intake.documents if one.raw.key not in dropped.get(one.source, {}))
    n_kept = Counter(one.source for one in kept)
    outcomes = []
    for outcome in intake.outcomes:
        originals = dropped.get(outcome.source)
        if not originals:
            outcomes.append(outcome)
        elif not n_kept[outcome.source]:
            said = f"même texte que « {next(iter(originals.values()))} »"
            outcomes.append(replace(outcome, outcome=IGNORED, code="duplicate", message=said, n_documents=0))
        else:
            said = f"{len(originals)} texte(s) en double laissé(s) de côté"
            message = f"{outcome.message} ; {said}" if outcome.message else said
            outcomes.append(replace(outcome, message=message, n_documents=n_kept[outcome.source]))
    return replace(intake, documents=kept, outcomes=tuple(outcomes))


def nothing_read(outcomes: Iterable[SourceOutcome]) -> str:
    """Return the sentence that says why no text could be read.

    Examples
    --------
    >>> nothing_read([])
    'Aucun texte à lire : le dossier ne contient pas de fichier dans un format connu.'
    """
    refused = [outcome for outcome in outcomes if outcome.refused]
    if not refused:
        return "Aucun texte à lire : le dossier ne contient pas de fichier dans un format connu."
    listed = "\n".join(f"  {outcome.source} : {outcome.message}" for outcome in refused[:10])
    more = f"\n  … et {len(refused) - 10} autre(s)." if len(refused) > 10 else ""  # noqa: PLR2004
    return f"Aucun texte n'a pu être lu :\n{listed}{more}"
