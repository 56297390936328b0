"""Annotations kept on disk by content: a text that has not changed is not annotated again."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.errors import InnovsocError
from innovsoc_analysis.nlp.annotate import Sentence, Stretch, Token
from innovsoc_analysis.nlp.version import pipeline_version
from innovsoc_analysis.safe.files import atomic_write, make_private, read_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CACHE = ".innovsoc"
_FOLDER = "annotations"
_DIGEST = hashlib.sha256().digest_size
_COLUMNS = ("sentence", "stretch_start", "stretch_end", "start", "end", "lemma", "upos", "morph", "inclusive")


class Annotations:
    """Annotated documents in a folder that can be deleted at any time.

    Parameters
    ----------
    folder : Path
        Of derived data, ``.innovsoc`` by convention; made when the first annotation is kept.
        It holds the words of the texts and is made for its owner's eyes only. Each version of the
        pipeline has its folder in it: old ones can go.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> kept = Annotations(pathlib.Path(tempfile.mkdtemp()))
    >>> kept.get("Un jardin.", [Stretch(0, 0, 10)], spoken=False) is None
    True
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, text: str, stretches: Sequence[Stretch], *, spoken: bool) -> list[Sentence] | None:
        """Return the sentences of `text`, or nothing if they are not known or the file is damaged."""
        import pyarrow.parquet as pq

        try:
            data = read_file(self._path(text, stretches, spoken=spoken))
        except InnovsocError:
            return None
        digest, table = data[:_DIGEST], data[_DIGEST:]
        if hashlib.sha256(table).digest() != digest:
            return None
        columns = pq.read_table(io.BytesIO(table)).to_pydict()
        return _sentences(text, stretches[0].position if stretches else 0, columns)

    def put(self, text: str, stretches: Sequence[Stretch], sentences: Sequence[Sentence], *, spoken: bool) -> None:
        """Keep the sentences of `text`.

        Raises
        ------
        UsageError
            If the folder cannot be written.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns: dict[str, list[object]] = {name: [] for name in _COLUMNS}
        for number, sentence in enumerate(sentences):
            for token in sentence.tokens:
                columns["sentence"].append(number)
                columns["stretch_start"].append(sentence.stretch.start)
                columns["stretch_end"].append(sentence.stretch.end)
                for name in _COLUMNS[3:]:
                    columns[name].append(getattr(token, name))
        data = io.BytesIO()
        pq.write_table(pa.table(columns), data)
        digest = hashlib.sha256(data.getvalue()).digest()
        make_private(self._folder)
        atomic_write(self._path(text, stretches, spoken=spoken), digest + data.getvalue())

    def _path(self, text: str, stretches: Sequence[Stretch], *, spoken: bool) -> Path:
        places = ",".join(f"{stretch.start}-{stretch.end}" for stretch in stretches)
        digest = hashlib.sha256(f"{spoken}\n{places}\n{text}".encode()).hexdigest()
        return self._folder / _FOLDER / pipeline_version() / digest[:2] / f"{digest[2:]}.annotation"


def _sentences(text: str, position: int, columns: dict[str, list[Any]]) -> list[Sentence]:
    tokens: list[list[Token]] = []
    stretches: list[Stretch] = []
    rows = zip(*(columns[name] for name in _COLUMNS), strict=True)
    for number, first, last, start, end, lemma, upos, morph, inclusive in rows:
        if number == len(tokens):
            tokens.append([])
            stretches.append(Stretch(position, first, last))
        tokens[-1].append(Token(start, end, text[start:end], lemma, upos, morph, inclusive))
    return [
        Sentence(stretch, found[0].start, found[-1].end, tuple(found))
        for stretch, found in zip(stretches, tokens, strict=True)
    ]
