"""Who asks and who answers in transcripts, so that an interviewer's words are not taken for an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from innovsoc_analysis.study.corpus import Corpus

    Told = Mapping[str, str] | Mapping[tuple[str, str], str]

INTERVIEWER, SPEAKER = "interviewer", "speaker"
ROLE_LABELS = {INTERVIEWER: "interroge ou anime", SPEAKER: "s'exprime"}
"""French names of the roles."""
HEADINGS = {
    "source": "fichier",
    "title": "titre",
    "genre": "genre",
    "speaker": "locuteur·rice",
    "role": "rôle",
    "reason": "d'après",
    "turns": "tours",
    "asked": "finis par « ? »",
    "median": "mots par tour (médiane)",
    "words": "mots",
}
"""French names of the columns of the speakers."""

_JOBS = frozenset({
    "enqueteur", "enquetrice", "interviewer", "intervieweur", "intervieweuse", "animateur", "animatrice", "moderateur",
    "moderatrice", "journaliste", "facilitateur", "facilitatrice", "question",
})  # fmt: skip
_LETTER = re.compile(r"q\d*")
_ASKED = re.compile(r"\?[\s»”\"')]*\Z")
_UNNAMED = "—"
_FEWEST_TURNS = 3
_MOST_WORDS, _SOME_ASKED, _SHORTER = 0.5, 0.5, 0.5
_COLUMNS = [*HEADINGS, "doc_id"]


@dataclass(frozen=True, repr=False)
class Speakers:
    """Who speaks in the transcripts of a corpus, and in which role.

    Attributes
    ----------
    table : DataFrame
        One row per document and speaker, in order: ``source, title, genre, speaker``; ``role``,
        ``interviewer`` or ``speaker``; ``reason``, what it was told from, in French; ``turns``;
        ``asked``, share of turns that end with a question mark; ``median``, words of the median
        turn; ``words``; ``doc_id``.
    """

    table: pd.DataFrame

    @property
    def interviewers(self) -> Speakers:
        """Those who ask or chair, alone."""
        return Speakers(self.table[self.table["role"] == INTERVIEWER].reset_index(drop=True))

    def readable(self) -> pd.DataFrame:
        """Return the table as people read it, in French and without ``doc_id``."""
        read = self.table.drop(columns="doc_id").assign(
            genre=self.table["genre"].fillna("").map(genre_label),
            role=self.table["role"].map(ROLE_LABELS),
            asked=[f"{100 * share:.0f}\u202f%" for share in self.table["asked"]],
        )
        return read.rename(columns=HEADINGS)

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.xlsx`` or ``.csv``, as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        save_sheets({"Qui parle": self.readable()}, path, main="Qui parle", locale=locale)

    def __repr__(self) -> str:
        """Return counts only: names may be confidential."""
        n = len(self.interviewers.table)
        return f"<Speakers : {len(self.table)} personnes, dont {n} qui interrogent ou animent>"

    def _repr_html_(self) -> str:
        if self.table.empty:
            return "<p>Personne : aucun tour de parole n'est annoncé par un nom dans ces textes.</p>"
        same = ["rôle"] if len(set(self.table["role"])) == 1 else []
        shown = self.readable().drop(columns=["fichier", "genre", "mots", *same])
        return shown.to_html(index=False, float_format=lambda words: f"{words:g}".replace(".", ","))


def speakers(corpus: Corpus, *, roles: Told | None = None) -> Speakers:
    r"""List who speaks in each transcript and tell those who ask from those who answer.

    Parameters
    ----------
    corpus : Corpus
        Texts without announced speakers have no row.
    roles : mapping, optional
        Name, or (source, name), → ``"interviewer"`` or ``"speaker"``: what the researcher knows.

    Returns
    -------
    Speakers
        With what each role was told from.

    Raises
    ------
    UsageError
        If a role is unknown, or nobody has the name.

    Notes
    -----
    In this order: what `roles` says; a name that says the job (*Q*, *Enquêtrice*, *Animateur·rice*,
    *Modératrice*, *Journaliste*…), unless this person says more than half of the words of the document;
    then turns: three or more, of which half at least end with a question mark, the median one
    at most half as long as that of the others. A moderator under a personal name who hardly asks is
    not recognised, and a participant who keeps asking briefly is taken for one: read the table.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> said = "Ana : Et après ?\nLuc : On a ouvert un jardin.\nAna : Où ?\nLuc : Derrière la gare."
    >>> found = speakers(corpus_from_texts({"a": said}), roles={"Ana": "interviewer"})
    >>> found.table[["speaker", "role"]].values.tolist()
    [['Ana', 'interviewer'], ['Luc', 'speaker']]
    """
    told: dict[Any, str] = dict(roles or {})
    turns = corpus.segments_of("turn")
    documents = corpus.documents.set_index("doc_id")
    texts = documents["text"].to_dict()
    said = [texts[turn.doc_id][turn.start : turn.end] for turn in turns.itertuples()]
    measured = turns[["doc_id", "speaker"]].assign(
        asked=[bool(_ASKED.search(text)) for text in said], n=[len(text.split()) for text in said]
    )
    rows = []
    for doc_id, frame in measured.groupby("doc_id", sort=False):
        source, title, genre = documents.loc[doc_id, ["source", "title", "genre"]]
        for name, own in frame.groupby("speaker", sort=False):
            role, reason = _role(source, str(name), frame, told)
            counts = (len(own), own["asked"].mean(), own["n"].median(), int(own["n"].sum()))
            rows.append((source, title, genre, name, role, reason, *counts, doc_id))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    _check(told, table)
    return Speakers(table)


def _role(source: str, name: str, document: pd.DataFrame, told: dict[Any, str]) -> tuple[str, str]:
    given = told.get((source, name), told.get(name))
    if given is not None:
        return given, "indication donnée"
    own = document[document["speaker"] == name]
    others = document[document["speaker"] != name]
    if name == _UNNAMED or others.empty:
        return SPEAKER, "tirets, sans nom" if name == _UNNAMED else "parle sans interlocuteur·rice"
    if _says_the_job(name) and own["n"].sum() <= _MOST_WORDS * document["n"].sum():
        return INTERVIEWER, "nom"
    short = own["n"].median() <= _SHORTER * others["n"].median()
    if len(own) >= _FEWEST_TURNS and own["asked"].mean() >= _SOME_ASKED and short:
        return INTERVIEWER, "questions brèves"
    return SPEAKER, "ni nom ni questions brèves"


def _says_the_job(name: str) -> bool:
    folded = "".join(one for one in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(one))
    words = re.findall(r"[^\W_]+", folded)
    return bool(_JOBS & set(words[:2])) or _LETTER.fullmatch("".join(words)) is not None


def _check(told: dict[Any, str], table: pd.DataFrame) -> None:
    unknown = sorted({role for role in told.values() if role not in ROLE_LABELS})
    if unknown:
        raise UsageError(f"Rôle inconnu : « {unknown[0]} » ; écrivez {INTERVIEWER} ou {SPEAKER}.")
    met = {*table["speaker"], *zip(table["source"], table["speaker"], strict=True)}
    missing = next((key for key in told if key not in met), None)
    if missing is not None:
        name = missing if isinstance(missing, str) else " : ".join(missing)
        raise UsageError(f"« {name} » ne prend la parole dans aucune transcription lue ; vérifiez le nom.")
