"""Find the texts that come twice: the same file, the same words in another format, or almost the same words.

Almost the same: their sets of five words in a row overlap (Jaccard) by 0.9 or more, the resemblance of Broder
(1997, "On the resemblance and containment of documents"). Which pairs are worth comparing is told by minima of
hashes, cut into bands (Leskovec, Rajaraman & Ullman, "Mining of massive datasets", chapter 3); what is reported
is counted exactly. A pair at exactly 0.9 is overlooked five times in a million, a closer one less often.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

SAME_BYTES, SAME_TEXT, ALIKE = "mêmes octets", "même texte", "presque le même texte"
COLUMNS = ("doc_id", "source", "key", "same_as", "same_as_key", "kind", "likeness")
GIVEN = ("doc_id", "source", "key", "sha256", "text")
LEAST_LIKE = 0.9
_WIDTH = 5
_BANDS, _ROWS = 16, 6
_PROMISING = 0.75  # five standard errors of an estimate below 0.9
_MOST_IN_BUCKET = 50
_SHORTEST_ROW = 20
_SHOWN = 5
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011\u00ad]\s*(?=\w)")
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    r"""Return the words of `text` as they are compared: no case, punctuation, spacing or hyphens.

    Examples
    --------
    >>> words_of("L’entraide, peut-être ;") == words_of("l'entraide peut-\nêtre")
    True
    """
    return _WORD.findall(_HYPHEN.sub("", unicodedata.normalize("NFKC", text)).casefold())


@dataclass(frozen=True, slots=True)
class _Known:
    """A text that has come for the first time."""

    source: str
    key: str
    words: tuple[int, ...]


class Finder:
    """Is given texts one by one and tells of each which earlier one it repeats.

    Time grows with the number of words. A row of a table counts from twenty words on: short answers are
    the same without having been entered twice.

    Examples
    --------
    >>> finder = Finder()
    >>> finder.add("d1", source="a.docx", sha256="1", text="Un jardin partagé.")
    >>> finder.add("d2", source="b.pdf", sha256="2", text="Un jardin  partagé")
    >>> [(one["source"], one["same_as"], one["kind"]) for one in finder.found]
    [('b.pdf', 'a.docx', 'même texte')]
    """

    def __init__(self) -> None:
        import numpy as np

        self.found: list[dict[str, Any]] = []
        self._numbers: dict[str, int] = {}
        self._hashes = np.empty(1024, dtype=np.uint64)
        draw = np.random.default_rng(1997)
        self._factors = draw.integers(1, 2**64, size=(_BANDS * _ROWS, 1), dtype=np.uint64) | np.uint64(1)
        self._places = draw.integers(1, 2**64, size=_WIDTH, dtype=np.uint64) | np.uint64(1)
        self._by_bytes: dict[tuple[str, str], _Known] = {}
        self._by_words: dict[bytes, _Known] = {}
        self._buckets: dict[tuple[int, bytes], list[int]] = {}
        self._originals: list[tuple[_Known, Hashes]] = []

    def add(self, doc_id: str, *, source: str, text: str, sha256: str = "", key: str = "") -> None:
        """Compare a text with those that came before it.

        Parameters
        ----------
        doc_id : str
            Of the document.
        source, key : str
            File, and which text of it.
        text : str
            Cleaned or not.
        sha256 : str
            Digest of the file, if it is known.
        """
        same = self._by_bytes.get((sha256, key)) if sha256 else None
        kind, likeness = SAME_BYTES, 1.0
        if same is None:
            words = self._numbered(words_of(text))
            known = _Known(source, key, words)
            same, kind, likeness = self._alike(known)
            if sha256:
                self._by_bytes[sha256, key] = same if same is not None and kind == SAME_TEXT else known
        if same is not None:
            values = (doc_id, source, key, same.source, same.key, kind, round(likeness, 4))
            self.found.append(dict(zip(COLUMNS, values, strict=True)))

    def _alike(self, known: _Known) -> tuple[_Known | None, str, float]:
        if not known.words or (known.key and len(known.words) < _SHORTEST_ROW):
            return None, "", 0.0
        digest = hashlib.sha256(repr(known.words).encode()).digest()
        if (same := self._by_words.get(digest)) is not None:
            return same, SAME_TEXT, 1.0
        self._by_words[digest] = known
        if len(known.words) < _WIDTH:
            return None, "", 0.0
        sketch = self._sketch(known.words)
        bands = [(band, sketch[band * _ROWS : (band + 1) * _ROWS].tobytes()) for band in range(_BANDS)]
        if (best := self._nearest(known, sketch, bands)) is not None:
            return best[0], ALIKE, best[1]
        for band in bands:
            bucket = self._buckets.setdefault(band, [])
            if len(bucket) < _MOST_IN_BUCKET:
                bucket.append(len(self._originals))
        self._originals.append((known, sketch))
        return None, "", 0.0

    def _nearest(self, known: _Known, sketch: Hashes, bands: list[tuple[int, bytes]]) -> tuple[_Known, float] | None:
        numbers = sorted({number for band in bands for number in self._buckets.get(band, ())})
        best = None
        for number in numbers:
            other, minima = self._originals[number]
            if (minima == sketch).mean() < _PROMISING:
                continue
            likeness = resemblance(known.words, other.words)
            if likeness >= LEAST_LIKE and (best is None or likeness > best[1]):
                best = (other, likeness)
        return best

    def _numbered(self, words: list[str]) -> tuple[int, ...]:
        import numpy as np

        for word in words:
            if word not in self._numbers:
                number = self._numbers[word] = len(self._numbers)
                if number == len(self._hashes):
                    self._hashes = np.concatenate([self._hashes, np.empty_like(self._hashes)])
                digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
                self._hashes[number] = int.from_bytes(digest, "little")
        return tuple(self._numbers[word] for word in words)

    def _sketch(self, words: tuple[int, ...]) -> Hashes:
        """Return the least of each hash function over the sets of five words in a row."""
        import numpy as np

        hashes = self._hashes[np.array(words)]
        length = len(words) - _WIDTH + 1
        shingles = np.zeros(length, dtype=np.uint64)
        for place, factor in enumerate(self._places):
            shingles += hashes[place : place + length] * factor
        shingles ^= shingles >> np.uint64(31)
        # the high bits of a product are those that all of the number has decided
        mixed = (self._factors * shingles) >> np.uint64(20)
        minima: Hashes = mixed.min(axis=1)
        return minima


def resemblance(one: Iterable[Any], other: Iterable[Any]) -> float:
    """Return the share of the sets of five words in a row that two texts have in common.

    Examples
    --------
    >>> resemblance("abcdefg", "abcdefh")  # abcde, bcdef; cdefg or cdefh
    0.5
    """
    first, second = _shingles(tuple(one)), _shingles(tuple(other))
    return len(first & second) / len(first | second) if first or second else 0.0


def _shingles(words: tuple[Any, ...]) -> set[tuple[Any, ...]]:
    return set(zip(*(words[place:] for place in range(_WIDTH)), strict=False))


def find_duplicates(documents: pd.DataFrame | Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return one row per text that repeats an earlier one.

    Parameters
    ----------
    documents : DataFrame or iterable of DataFrame
        Schema ``documents``, in one piece or in several.

    Returns
    -------
    DataFrame
        ``doc_id, source, key`` of the text, ``same_as, same_as_key`` (file and key of the first that has its
        words), ``kind`` (``SAME_BYTES``, ``SAME_TEXT`` or ``ALIKE``) and ``likeness``, from 0.9 to 1.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = pd.DataFrame({"doc_id": ["1", "2"], "source": ["a.txt", "b.txt"], "text": ["Un jardin.", "un jardin"]})
    >>> find_duplicates(texts)[["source", "same_as", "kind"]].to_numpy().tolist()
    [['b.txt', 'a.txt', 'même texte']]
    """
    import pandas as pd

    finder = Finder()
    for table in [documents] if isinstance(documents, pd.DataFrame) else documents:
        given = table.reindex(columns=list(GIVEN)).astype(object)
        for row in given.where(given.notna(), "").itertuples(index=False):
            finder.add(row.doc_id, source=row.source, key=row.key, sha256=row.sha256, text=row.text)
    found = pd.DataFrame(finder.found, columns=list(COLUMNS))
    return found.astype({**dict.fromkeys(COLUMNS, "str"), "likeness": "float64"})


def remarks_on(duplicates: pd.DataFrame) -> tuple[str, ...]:
    """Return what a researcher should know of the texts that come twice: names of files and counts.

    Parameters
    ----------
    duplicates : DataFrame
        From `find_duplicates`.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = pd.DataFrame({"doc_id": ["1", "2"], "source": ["a.docx", "b.pdf"], "text": ["Un jardin.", "un jardin"]})
    >>> remarks_on(find_duplicates(texts))
    ("1 texte figure plus d'une fois : a.docx = b.pdf (duplicates.csv).",)
    """
    is_near = duplicates["kind"] == ALIKE
    return (
        *_remark(duplicates[~is_near], ("texte figure", "textes figurent"), "plus d'une fois", " = "),
        *_remark(duplicates[is_near], ("texte a", "textes ont"), "un autre presque identique", " ≈ "),
    )


def _remark(duplicates: pd.DataFrame, subject: tuple[str, str], said: str, sign: str) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for row in duplicates.itertuples():
        first = _name(row.same_as, row.same_as_key)
        groups.setdefault(first, [first]).append(_name(row.source, row.key))
    if not groups:
        return
    shown = [sign.join(_few(names)) for names in list(groups.values())[:_SHOWN]]
    more = f" ; … et {len(groups) - _SHOWN} de plus" if len(groups) > _SHOWN else ""
    yield f"{len(groups)} {subject[len(groups) > 1]} {said} : {' ; '.join(shown)}{more} (duplicates.csv)."


def _few(names: list[str]) -> list[str]:
    return names if len(names) <= _SHOWN else [*names[: _SHOWN - 1], f"{len(names) - _SHOWN + 1} autres"]


def _name(source: str, key: str) -> str:
    return f"{source} [{key}]" if key else source
