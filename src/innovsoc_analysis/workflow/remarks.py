"""What else is to be looked at in the sources of a study."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.metadata import normalise_genre
from innovsoc_analysis.ingest.reading import find_described
from innovsoc_analysis.ingest.tabular import csv_rows
from innovsoc_analysis.model.documents import REFUSED
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.files import read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.workflow.folder import Study


def metadata_remarks(study: Study) -> tuple[str, ...]:
    r"""Return what is amiss with the metadata: tables that are not read, rows without a file.

    Parameters
    ----------
    study : Study
        Its files are named, not read.

    Examples
    --------
    >>> import tempfile
    >>> from innovsoc_analysis.workflow.folder import init_study
    >>> study = init_study(tempfile.mkdtemp())
    >>> _ = (study.folder / "sources" / "metadata.csv").write_text("file,pays\nabsent.txt,Belgique\n")
    >>> metadata_remarks(study)
    ("metadata.csv décrit « absent.txt », qui n'a pas été trouvé.",)
    """
    found = find_described(study.sources, metadata=study.metadata, ignore=(study.results,), limits=study.limits)
    for file in found.files:
        found.table.lookup(file.name)
    return found.remarks


def refusals(study: Study, steps: Sequence[str]) -> dict[str, str]:
    """Return why each file was refused, by its name, as the ``sources.csv`` of the steps tell.

    Parameters
    ----------
    study : Study
        Its results are read.
    steps : sequence of str
        Finished steps.
    """
    found = {}
    for path in (study.results / step / "sources.csv" for step in steps):
        try:
            rows = csv_rows(read_file(path)) if path.is_file() else []
        except RefusedFileError:  # touched since: the next run makes it again
            continue
        found.update({row["source"]: row["message"] for row in rows if row.get("outcome") == REFUSED})
    return found


def unexpected_genres(study: Study, steps: Sequence[str]) -> dict[str, int]:
    """Return how many texts are of a genre that the settings do not expect, by genre.

    Parameters
    ----------
    study : Study
        Without ``genres``, nothing is unexpected.
    steps : sequence of str
        Finished steps, one of which tells of the documents.
    """
    import pyarrow.parquet as pq

    expected = {normalise_genre(genre) for genre in study.settings.genres}
    tables = (study.results / step / "documents.parquet" for step in steps)
    path = next((path for path in tables if path.is_file()), None)
    if not expected or path is None:
        return {}
    genres = (genre or "" for genre in pq.read_table(path, columns=["genre"])["genre"].to_pylist())
    return dict(sorted(Counter(genre for genre in genres if genre not in expected).items()))
