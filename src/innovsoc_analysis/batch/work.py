"""One partition: read its files, code them, write the tables of a part. Runs here or in a process of its own."""

from __future__ import annotations

import functools
import os
import threading
import time
import traceback
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.errors import InnovsocError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from innovsoc_analysis.batch.plan import Item
    from innovsoc_analysis.batch.settings import Settings
    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.model.documents import SourceOutcome

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_SECONDS_BETWEEN_LOOKS = 0.2
QUEUE = "queue.parquet"
DOCUMENT = ("doc_id", "source", "title", "genre")


def answer(data: bytes, *, files: list[dict[str, Any]], settings: dict[str, Any], folder: str) -> dict[str, str]:
    """Write a part on behalf of another process.

    Parameters
    ----------
    data : bytes
        The bytes of the files, end to end.
    files : list of dict
        Their fields, with ``size`` in place of their bytes.
    settings : dict
        From :meth:`Settings.as_options`.
    folder : str
        Where to write.

    Returns
    -------
    dict
        Empty, or what went wrong: a sentence for the user under ``usage``, the place of a bug under ``bug``.
    """
    for name in _THREADS:  # a process is a core: libraries must not each start as many threads as there are cores
        os.environ.setdefault(name, "1")
    from innovsoc_analysis.batch.settings import settings_from

    _end_with_parent()
    try:
        write_part(_unpacked(data, files), settings_from(settings), Path(folder))
    except InnovsocError as error:
        return {"usage": str(error)}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the place of a bug is told, its message could quote a text
        return {"bug": traceback.format_exc() if os.environ.get("INNOVSOC_DEBUG") else place_of(error)}
    return {}


@functools.cache
def _end_with_parent() -> None:
    """End this process soon after the one that it works for: it would write into folders that the next run clears."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:  # on Windows it stays the same: there, the work in hand is finished
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def pack(items: Sequence[Item]) -> tuple[bytes, list[dict[str, Any]]]:
    """Return `items` as `answer` takes them.

    Examples
    --------
    >>> from innovsoc_analysis.batch.plan import Item
    >>> data, files = pack([Item("a", b"12"), Item("b", b"3")])
    >>> data, [(file["name"], file["size"]) for file in files]
    (b'123', [('a', 2), ('b', 1)])
    """
    files = [
        {
            "name": item.name,
            "size": len(item.data),
            "refusal": item.refusal,
            "failure": item.failure,
            "meta": dict(item.meta),
            "dropped": dict(item.dropped),
        }
        for item in items
    ]
    return b"".join(item.data for item in items), files


def _unpacked(data: bytes, files: list[dict[str, Any]]) -> list[Item]:
    from innovsoc_analysis.batch.plan import Item

    items = []
    start = 0
    for told in files:
        fields = dict(told)
        end = start + fields.pop("size")
        items.append(Item(data=data[start:end], **fields))
        start = end
    return items


def place_of(error: Exception) -> str:
    """Return the kind of an error and the place in this package where it came up.

    Examples
    --------
    >>> try:
    ...     pack(None)
    ... except TypeError as error:
    ...     place_of(error).rpartition(" ")[0]
    'TypeError dans innovsoc_analysis.batch.work, ligne'
    """
    place = ""
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("innovsoc_analysis"):
            place = f"{name}, ligne {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} dans {place}"


def write_part(
    items: Sequence[Item],
    settings: Settings,
    folder: Path,
    *,
    progress: Callable[[str, int, int], None] | None = None,
) -> None:
    """Read and code `items`; write ``documents``, ``segments``, ``tokens``, ``codings``, ``sources`` and counts.

    Parameters
    ----------
    items : sequence of Item
        Files.
    settings : Settings
        How.
    folder : Path
        Where; its record comes last.
    progress : callable, optional
        Called with (step, done, total).
    """
    from innovsoc_analysis.batch.plan import table_of
    from innovsoc_analysis.batch.settings import unpack_codebook
    from innovsoc_analysis.coding.coder import code
    from innovsoc_analysis.ingest.reading import read_files
    from innovsoc_analysis.study.corpus import corpus_of, without_duplicates

    files = [item.as_file() for item in items]
    intake = read_files(files, table_of(items), genre=settings.genre, limits=settings.reading_limits, progress=progress)
    intake = without_duplicates(intake, {item.name: item.dropped for item in items})
    if not intake.documents:
        write_outcomes(intake.outcomes, folder)
        return
    corpus = corpus_of(intake, cache=settings.cache_folder, progress=progress)
    codings = code(corpus, unpack_codebook(settings.codebook), **settings.coder_options, progress=progress)
    _write_tables(codings, settings, folder)


def write_outcomes(outcomes: Sequence[SourceOutcome], folder: Path) -> None:
    """Write the part of files of which none gave a text."""
    from innovsoc_analysis.batch.parts import finish
    from innovsoc_analysis.model.tables import SOURCES
    from innovsoc_analysis.safe.files import write_parquet

    rows = SOURCES.conform({name: getattr(one, name) for name in SOURCES.columns} for one in outcomes)
    write_parquet(rows, SOURCES, folder / "sources.parquet")
    finish(folder, {"documents": 0})


def _write_tables(codings: Codings, settings: Settings, folder: Path) -> None:
    from innovsoc_analysis.batch.parts import finish
    from innovsoc_analysis.counting.words import words_by_document
    from innovsoc_analysis.model.tables import CODINGS, DOCUMENTS, SEGMENTS, SOURCES, TOKENS
    from innovsoc_analysis.safe.files import atomic_write, write_parquet
    from innovsoc_analysis.safe.sheets import csv_bytes

    corpus = codings.corpus
    tables = (
        (DOCUMENTS, corpus.documents),
        (SEGMENTS, corpus.segments),
        (TOKENS, corpus.tokens),
        (CODINGS, codings.table),
        (SOURCES, corpus.sources),
    )
    for schema, table in tables:
        write_parquet(table, schema, folder / f"{schema.name}.parquet")
    if codings.queue is not None:
        write_parquet(codings.queue, CODINGS, folder / QUEUE)
    codings.to_csv(folder / "codings.csv", locale=settings.locale)
    counts = codings.matrix(by="doc_id")[corpus.documents["doc_id"]].T
    for name, values in (("counts", counts), ("presence", (counts > 0).astype("int64"))):
        rows = _beside(corpus.documents, values)
        atomic_write(folder / f"{name}.csv", csv_bytes(rows, locale=settings.locale))
    finish(
        folder,
        {
            "documents": len(corpus),
            "sentences": len(corpus.sentences),
            "codings": len(codings),
            "to_reread": codings.n_to_reread,
            "coded": int(codings.table["segment_id"].nunique()),
            **_queued(codings),
            "words": list(words_by_document(corpus.tokens, corpus.documents["doc_id"]).values()),
            "counts": [[int(count) for count in row] for row in counts.to_numpy()],
            "pairs": _pairs(codings),
        },
    )


def _queued(codings: Codings) -> dict[str, int]:
    """Return how many codings a person should read again, and how many of them were not given."""
    if codings.queue is None:
        return {"listed": 0, "nearly": 0}
    given = codings.queue["coding_id"].isin(codings.table["coding_id"])
    return {"listed": len(given), "nearly": int((~given).sum())}


def _beside(documents: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Put what tells the documents before their counts; a code may be called as a column of theirs is."""
    import pandas as pd

    told = documents[list(DOCUMENT)].reset_index(drop=True)
    return pd.concat([told, values.reset_index(drop=True)], axis=1)


def _pairs(codings: Codings) -> list[list[int]]:
    """Return how many segments carry two codes, by their positions in the codebook."""
    position = {code: number for number, code in enumerate(codings.codebook.code_ids)}
    table = codings.table[["segment_id", "code"]].drop_duplicates()
    pairs: dict[tuple[int, int], int] = {}
    for _, codes in table.groupby("segment_id", sort=False)["code"]:
        for pair in combinations(sorted(position[code] for code in codes), 2):
            pairs[pair] = pairs.get(pair, 0) + 1
    return [[*pair, count] for pair, count in sorted(pairs.items())]
