"""Plain text: one file, one document, unless its lines of stars say that there are several."""

from __future__ import annotations

from innovsoc_analysis.ingest.front_matter import split_front_matter
from innovsoc_analysis.ingest.iramuteq import iramuteq_documents, is_iramuteq
from innovsoc_analysis.ingest.mending import decode_mended
from innovsoc_analysis.model.documents import RawDocument


def read_text(data: bytes) -> list[RawDocument]:
    """Read a plain text file; its lines may be wrapped.

    One in the format of IRaMuTeQ gives all its documents; YAML between two lines of dashes at the head of another
    one becomes metadata.
    """
    text, warning = decode_mended(data)
    if is_iramuteq(text):
        return iramuteq_documents(text, warning=warning)
    meta, text, complaint = split_front_matter(text)
    title = meta.pop("title", meta.pop("titre", None))
    warnings = tuple(one for one in (warning, complaint) if one)
    return [RawDocument(text, title=title, meta=meta, wrapped=True, warnings=warnings)]
