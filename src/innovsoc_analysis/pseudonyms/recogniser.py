"""The French entity recogniser of spaCy, asked paragraph by paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.pseudonyms.records import NAME, ORGANISATION, PERSON, PLACE, Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_LABELS = {"PER": PERSON, "LOC": PLACE, "ORG": ORGANISATION, "MISC": NAME}
_WEIGHTS = {PERSON: 2.0, PLACE: 2.0, ORGANISATION: 1.0, NAME: 0.1}


def recognise(
    passages: Sequence[str], *, progress: Callable[[str, int, int], None] | None = None
) -> list[list[Mention]]:
    """Return what the recogniser of ``fr_core_news_md`` finds in each passage.

    Parameters
    ----------
    passages : sequence of str
        Paragraphs, without speakers' labels.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    list of list of Mention
        One list per passage.

    Examples
    --------
    >>> recognise([])
    []
    """
    found = []
    for number, entities in enumerate(_read(passages), start=1):
        found.append(entities)
        if progress:
            progress("noms", number, len(passages))
    return found


def _read(passages: Sequence[str]) -> Iterator[list[Mention]]:
    if not passages:
        return
    from innovsoc_analysis.nlp.pipeline import load

    nlp = load(ner=True)
    with nlp.select_pipes(enable=["ner"]):
        for doc in nlp.pipe(passages, batch_size=64):
            yield [
                Mention(entity.start_char, entity.end_char, kind, _WEIGHTS[kind])
                for entity in doc.ents
                if (kind := _LABELS.get(entity.label_))
            ]
