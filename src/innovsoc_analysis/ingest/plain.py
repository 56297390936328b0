"""Plain text: one file, one document, unless its lines of stars say that there are several."""

from __future__ import annotations

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.ingest.iramuteq import iramuteq_documents, is_iramuteq
from innovsoc_analysis.model.documents import RawDocument


def read_text(data: bytes) -> list[RawDocument]:
    """Read a plain text file; its lines may be wrapped. One in the format of IRaMuTeQ gives all its documents."""
    text, warning = decode(data)
    if is_iramuteq(text):
        return iramuteq_documents(text, warning=warning)
    return [RawDocument(text, wrapped=True, warnings=(warning,) if warning else ())]
