"""Plain text: one file, one document."""

from __future__ import annotations

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.model.documents import RawDocument


def read_text(data: bytes) -> list[RawDocument]:
    """Read a plain text file; its lines may be wrapped."""
    text, warning = decode(data)
    return [RawDocument(text, wrapped=True, warnings=(warning,) if warning else ())]
