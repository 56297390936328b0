"""How much of a file we are ready to swallow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one source file may cost.

    Attributes
    ----------
    file_bytes : int
        Size of a file on disk.
    expanded_bytes : int
        Sum of what a zip unfolds to.
    ratio, ratio_from_bytes : int
        Expansion ratio refused once more than `ratio_from_bytes` have been unfolded.
    zip_entries, zip_depth : int
        Entries of a zip; zips within zips.
    pdf_pages : int
        Pages of a PDF.
    document_characters : int
        Characters of one document.
    xml_depth : int
        Nesting of XML elements.
    seconds, memory_bytes : int
        Time and address space of a reader that runs in a process of its own.
    """

    file_bytes: int = 100_000_000
    expanded_bytes: int = 500_000_000
    ratio: int = 200
    ratio_from_bytes: int = 10_000_000
    zip_entries: int = 10_000
    zip_depth: int = 2
    pdf_pages: int = 5_000
    document_characters: int = 20_000_000
    xml_depth: int = 256
    seconds: int = 60
    memory_bytes: int = 1_610_612_736


DEFAULT_LIMITS = Limits()
