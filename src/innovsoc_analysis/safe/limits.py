"""How much of a file we are ready to swallow."""

from __future__ import annotations

from dataclasses import dataclass, fields

from innovsoc_analysis.model.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one source file may cost; every one can be set.

    Attributes
    ----------
    file_bytes : int
        Size of a file on disk.
    expanded_bytes : int
        Sum of what a zip unfolds to, the zips within it included.
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

    Raises
    ------
    UsageError
        If one is no whole number above zero.

    Examples
    --------
    >>> Limits(seconds=120).seconds, Limits().pdf_pages
    (120, 5000)
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

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise UsageError(f"La limite « {one.name} » doit être un nombre entier, au moins 1.")


DEFAULT_LIMITS = Limits()

# what people write: name ▶ (field, unit)
_WRITTEN: dict[str, tuple[str, int]] = {
    "file_mb": ("file_bytes", 1_000_000),
    "expanded_mb": ("expanded_bytes", 1_000_000),
    "ratio": ("ratio", 1),
    "zip_entries": ("zip_entries", 1),
    "zip_depth": ("zip_depth", 1),
    "pdf_pages": ("pdf_pages", 1),
    "characters": ("document_characters", 1),
    "xml_depth": ("xml_depth", 1),
    "seconds": ("seconds", 1),
    "memory_mb": ("memory_bytes", 1_048_576),
}
LIMIT_NAMES = tuple(_WRITTEN)
MOST = 1_000_000_000
MOST_SECONDS = 1_000_000  # more milliseconds than systems count, otherwise


def limits_from(text: str) -> Limits:
    """Return the limits that `text` sets, the others as they are by default.

    Parameters
    ----------
    text : str
        ``name=number``, separated by commas; sizes in megabytes.

    Raises
    ------
    UsageError
        If a name is unknown or set twice, or a number is no whole number above zero.

    Examples
    --------
    >>> limits_from("file_mb=200, seconds=120") == Limits(file_bytes=200_000_000, seconds=120)
    True
    >>> limits_from("") == DEFAULT_LIMITS
    True
    """
    return Limits(**{_WRITTEN[name][0]: number * _WRITTEN[name][1] for name, number in numbers_from(text).items()})


def numbers_from(text: str) -> dict[str, int]:
    """Return the limits that `text` names and their numbers, as they are written.

    Parameters
    ----------
    text : str
        As `limits_from` reads it.

    Raises
    ------
    UsageError
        As `limits_from` does.

    Examples
    --------
    >>> numbers_from("file_mb=200, seconds=60")
    {'file_mb': 200, 'seconds': 60}
    """
    told: dict[str, int] = {}
    for one in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, number = (part.strip() for part in one.partition("="))
        if name not in _WRITTEN:
            known = ", ".join(_WRITTEN)
            raise UsageError(f"« {name} » n'est pas une limite connue ; il y a : {known}.")
        most = MOST_SECONDS if name == "seconds" else MOST
        # few digits first: Python refuses to read a number of thousands of them
        plain = number.isascii() and number.isdigit() and len(number) <= len(str(most))
        if not plain or not 1 <= int(number) <= most or name in told:
            raise UsageError(
                f"La limite « {name} » doit être donnée une fois, par un nombre entier de 1 à {most} : {name}=120."
            )
        told[name] = int(number)
    return told


def settled(text: str) -> str:
    """Return what sets the same limits as `text`, in one way: those that are not the default, in a fixed order.

    Parameters
    ----------
    text : str
        As `limits_from` reads it.

    Raises
    ------
    UsageError
        As `limits_from` does.

    Examples
    --------
    >>> settled("seconds=120, ratio=200, file_mb=50")
    'file_mb=50,seconds=120'
    """
    limits = limits_from(text)
    written = {
        name: (getattr(limits, field), getattr(DEFAULT_LIMITS, field), unit) for name, (field, unit) in _WRITTEN.items()
    }
    return ",".join(f"{name}={now // unit}" for name, (now, default, unit) in written.items() if now != default)


def are_wider(limits: Limits, than: Limits) -> bool:
    """Whether no limit is below that of `than`: all that could be read still can.

    Examples
    --------
    >>> are_wider(Limits(seconds=120), DEFAULT_LIMITS), are_wider(Limits(seconds=120, ratio=2), DEFAULT_LIMITS)
    (True, False)
    """
    return all(getattr(limits, one.name) >= getattr(than, one.name) for one in fields(Limits))
