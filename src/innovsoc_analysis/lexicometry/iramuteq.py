"""To IRaMuTeQ and back: a corpus written in its format, and the places of the segments that it gives back.

The format is that of IRaMuTeQ 0.7 (Ratinaud 2009; Loubère & Ratinaud 2014, *Documentation IRaMuTeQ*): a line
of starred variables before each text, ``**** *doc_1 *genre_projet``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.ingest.iramuteq import HEADER_MARK, THEME_MARK, iramuteq_documents, is_iramuteq
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.files import atomic_write, read_file
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from innovsoc_analysis.study.corpus import Corpus

DOCUMENT = "doc"
_LONGEST_VALUE = 40
_COLUMNS = ["attribut", "valeur", "variable", "modalité"]
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, repr=False)
class IramuteqExport:
    """What was written for IRaMuTeQ.

    Attributes
    ----------
    path : Path
        The file.
    table : DataFrame
        How names and values are written: columns ``attribut, valeur, variable, modalité``, a row per
        value of each attribute that was written. Those of ``doc`` are the identifiers of documents.
    left_out : tuple of str
        Attributes that were not written, for their values are sentences rather than categories.
    empty : tuple of str
        ``doc_id`` of documents without text, which IRaMuTeQ would pass over; they are not written.
    """

    path: Path
    table: pd.DataFrame
    left_out: tuple[str, ...]
    empty: tuple[str, ...]

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table of correspondence to ``.csv`` or ``.xlsx``, as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        save_sheets({"Variables": self.table}, path, main="Variables", locale=locale)

    def __repr__(self) -> str:
        """Return counts only: values may be confidential."""
        written = self.table["attribut"]
        return f"<IRaMuTeQ : {(written == DOCUMENT).sum()} textes, {written.nunique()} variables>"


def write_iramuteq(corpus: Corpus, path: Path | str, *, attributes: Sequence[str] | None = None) -> IramuteqExport:
    r"""Write `corpus` to one text file that IRaMuTeQ reads (UTF-8).

    Parameters
    ----------
    corpus : Corpus
        Its texts are written as they are, line by line. A line that could be taken for a mark of the
        format (``****`` or ``-*`` at its start) is moved one space to the right.
    path : Path or str
        Ends with ``.txt``.
    attributes : sequence of str, optional
        Which attributes become starred variables; by default all of those whose values are at most 40
        characters long. The document's identifier comes first, as ``*doc_…``, whatever is asked for.

    Returns
    -------
    IramuteqExport
        With the table of correspondence: in names and values, letters lose their accents, and what is
        neither a letter nor a digit becomes an underscore (none in names, where it ends the name).
        Two values that would then be one are told apart by a number. A missing value is no variable.

    Raises
    ------
    UsageError
        If the suffix is not ``.txt``, no document has text, or the file cannot be written.
    UnknownNameError
        If no document has one of the attributes.

    Examples
    --------
    >>> import tempfile
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un jardin.", "b": "Un four."}, genre="récit oral")
    >>> export = write_iramuteq(corpus, Path(tempfile.mkdtemp()) / "corpus.txt")
    >>> export.path.read_text("utf-8").split("\n")[0].split()[2]
    '*genre_recit_oral'
    """
    import pandas as pd

    path = Path(path)
    if path.suffix.lower() != ".txt":
        raise UsageError(f"« {path.name} » : IRaMuTeQ lit des fichiers texte ; choisissez un nom en .txt.")
    documents = corpus.documents[corpus.documents["text"].str.contains(r"\w")]
    if documents.empty:
        raise UsageError("Aucun document n'a de texte à écrire pour IRaMuTeQ.")
    chosen, left_out = _chosen(corpus, attributes)
    values = {DOCUMENT: dict(zip(documents["doc_id"], documents["doc_id"], strict=True))}
    values |= {name: corpus.attribute(name).to_dict() for name in chosen if name != DOCUMENT}
    stars = _starred(values)
    lines: list[str] = []
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        said = ["*" + "_".join(stars[name, column[doc_id]]) for name, column in values.items() if column[doc_id]]
        lines += [" ".join([HEADER_MARK, *said]), *map(_neutral, text.splitlines()), ""]
    atomic_write(path, "\n".join(lines).encode("utf-8", "replace"))
    table = pd.DataFrame([(*said, *written) for said, written in stars.items()], columns=_COLUMNS)
    empty = corpus.documents["doc_id"][~corpus.documents["doc_id"].isin(documents["doc_id"])]
    return IramuteqExport(path, table, left_out, tuple(empty))


def _starred(values: dict[str, dict[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return how each value of each attribute is written: variable and modality."""
    variables = _distinct({name: _plain(name).replace("_", "") or "x" for name in values}, joint="")
    stars: dict[tuple[str, str], tuple[str, str]] = {}
    for name, column in values.items():
        modalities = _distinct({value: _plain(value) or "x" for value in column.values() if value})
        stars |= {(name, value): (variables[name], one) for value, one in modalities.items()}
    return stars


@dataclass(frozen=True, repr=False)
class IramuteqSegments:
    """Segments that IRaMuTeQ gave back, where they stand in the texts of the corpus.

    Attributes
    ----------
    variable : str
        What their parts are, such as ``classe``.
    table : DataFrame
        Columns ``doc_id, start, end, part, title, quote``, in the order of the file; half-open, in code
        points. It can be given as ``by`` to `lexical_table`, and to all that compares parts.
    n_lost : int
        Segments whose words stand in no document as they are, such as those exported as lemmas.
    """

    variable: str
    table: pd.DataFrame
    n_lost: int

    @property
    def remark(self) -> str:
        """What was not found again, in French; empty if all was."""
        if not self.n_lost:
            return ""
        whole = self.n_lost + len(self.table)
        return (
            f"{self.n_lost} segment(s) sur {whole} n'ont pas été retrouvés dans les textes ;"
            " exportez les formes et non les lemmes, depuis le corpus écrit par write_iramuteq."
        )

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.csv`` or ``.xlsx``, as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        save_sheets({"Segments": self.table}, path, main="Segments", locale=locale)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Segments d'IRaMuTeQ : {len(self.table)} retrouvés, {self.n_lost} perdus>"


def read_iramuteq_segments(corpus: Corpus, path: Path | str, *, variable: str = "classe") -> IramuteqSegments:
    r"""Find the segments of a corpus that IRaMuTeQ exported, by class for instance, in the texts of `corpus`.

    Parameters
    ----------
    corpus : Corpus
        That `write_iramuteq` wrote.
    path : Path or str
        What IRaMuTeQ exported in its own format (« Exporter le corpus »): each segment below its starred
        variables, ``*classe_2`` among them. Lower case, spaces, apostrophes, accents and the underscores
        of expressions make no difference.
    variable : str
        The one whose values are the parts.

    Returns
    -------
    IramuteqSegments
        A segment is looked for in the document that ``*doc_…`` names, after the one before it;
        in all documents if there is no such variable.

    Raises
    ------
    UsageError
        If the file cannot be read, is in another format, or no segment has the variable.

    Examples
    --------
    >>> import tempfile
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> path = Path(tempfile.mkdtemp()) / "classes.txt"
    >>> _ = path.write_text("**** *classe_1\nl ' arbre\n**** *classe_2\nun four\n", encoding="utf-8")
    >>> found = read_iramuteq_segments(corpus_from_texts({"a": "L’arbre, puis un four."}), path)
    >>> found.table[["part", "quote"]].values.tolist()
    [['1', 'L’arbre'], ['2', 'un four']]
    """
    import pandas as pd

    path = Path(path)
    try:
        text, _ = decode(read_file(path))
        segments = iramuteq_documents(text) if is_iramuteq(text) else []
    except RefusedFileError as error:
        raise UsageError(f"{path.name} : {error}") from None
    if not segments:
        raise UsageError(f"{path.name} : aucun segment précédé d'une ligne « **** » ; exportez le corpus d'IRaMuTeQ.")
    if not any(variable in segment.meta for segment in segments):
        known = ", ".join(sorted({name for segment in segments for name in segment.meta}))
        raise UsageError(f"{path.name} : aucun segment n'a de variable « {variable} » ; il y a : {known}.")
    finder = _Finder(corpus)
    rows = []
    for segment in segments:
        if place := finder(_plain_words(segment.text)[0], segment.meta.get(DOCUMENT)):
            doc_id, start, end = place
            quote = finder.texts[doc_id][start:end]
            rows.append((doc_id, start, end, segment.meta.get(variable, ""), finder.titles[doc_id], quote))
    table = pd.DataFrame(rows, columns=["doc_id", "start", "end", "part", "title", "quote"])
    return IramuteqSegments(variable, table, len(segments) - len(rows))


class _Finder:
    """Finds segments in documents by their words in plain letters alone, each after the one before."""

    def __init__(self, corpus: Corpus) -> None:
        documents = corpus.documents
        self.texts: dict[str, str] = dict(zip(documents["doc_id"], documents["text"], strict=True))
        self.titles: dict[str, str] = dict(zip(documents["doc_id"], documents["title"], strict=True))
        self._words = {doc_id: _plain_words(text) for doc_id, text in self.texts.items()}
        self._after = dict.fromkeys(self.texts, 0)

    def __call__(self, words: str, doc_id: str | None) -> tuple[str, int, int] | None:
        candidates = [doc_id] if doc_id in self.texts else list(self.texts)
        for onwards in (True, False):
            for one in candidates if words.strip() else []:
                found, places = self._words[one]
                start = found.find(words, self._after[one] if onwards else 0)
                if start >= 0:
                    # the space after a segment is also the one before the next
                    self._after[one] = start + len(words) - 1
                    return one, places[start + 1], places[self._after[one] - 1] + 1
        return None


def _plain_words(text: str) -> tuple[str, list[int]]:
    """Return the words of `text` in plain letters and digits, a space around each, and where each character stands."""
    plain = {character: _bare(character) for character in set(text)}
    letters, places = [" "], [0]
    for place, character in enumerate(text):
        for one in plain[character]:
            if one != " " or letters[-1] != " ":
                letters.append(one)
                places.append(place)
    if letters[-1] != " ":
        letters.append(" ")
        places.append(len(text))
    return "".join(letters), places


def _bare(character: str) -> str:
    """Return the ASCII letters or digits, in lower case, that a character comes down to; a space if it has none."""
    if unicodedata.combining(character):
        return ""
    apart = unicodedata.normalize("NFD", character.lower().translate(_LIGATURES))
    return "".join(one for one in apart if one.isascii() and one.isalnum()) or " "


def _chosen(corpus: Corpus, attributes: Sequence[str] | None) -> tuple[list[str], tuple[str, ...]]:
    if isinstance(attributes, str):
        raise UsageError(f"attributes est une liste de noms : « {attributes} » est un seul texte.")
    if attributes is not None:
        return list(dict.fromkeys(attributes)), ()
    short: list[str] = []
    long: list[str] = []
    for name in corpus.attributes:
        longest = int(corpus.attribute(name).str.len().max())
        if longest:
            (short if longest <= _LONGEST_VALUE else long).append(name)
    return short, tuple(long)


def _plain(name: str) -> str:
    """Return a name in ASCII letters and digits, all else one underscore."""
    bare = unicodedata.normalize("NFD", name.translate(_LIGATURES | {ord("Œ"): "OE", ord("Æ"): "AE"}))
    return _NOT_PLAIN.sub("_", "".join(one for one in bare if not unicodedata.combining(one))).strip("_")


def _distinct(wanted: dict[str, str], *, joint: str = "_") -> dict[str, str]:
    """Return how each is written, with a number where it would be written like one before, capitals or not."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    written = {}
    for name, one in wanted.items():
        chosen = one
        while chosen.lower() in taken:
            last[one.lower()] = last.get(one.lower(), 1) + 1
            chosen = f"{one}{joint}{last[one.lower()]}"
        taken.add(chosen.lower())
        written[name] = chosen
    return written


def _neutral(line: str) -> str:
    return " " + line if line.startswith((HEADER_MARK, THEME_MARK)) else line
