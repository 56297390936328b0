"""What a case of the battery is: files built in code, and what must become of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from innovsoc_analysis.safe.limits import Limits

Content = bytes | Callable[[], bytes]


@dataclass(frozen=True)
class Expected:
    """What must become of one source.

    Attributes
    ----------
    codes : frozenset of str
        One of these: ``""`` accepted, ``"warning"`` accepted with a warning, otherwise the reason of a refusal.
    text : str or None
        The exact text of its documents, joined by a form feed; ``None`` where another test looks at it.
    says : str
        Part of its message.
    documents : int
        How many there are, where the text is not told.
    """

    codes: frozenset[str]
    text: str | None = None
    says: str = ""
    documents: int | None = None


@dataclass(frozen=True)
class Case:
    """Files to read together, and what must become of each source that they hold."""

    name: str
    files: Mapping[str, Content]
    expected: Mapping[str, Expected]
    limits: Limits | None = field(default=None)


def read(name: str, file: str, content: Content, text: str) -> Case:
    """A file that is accepted without a remark, and its exact text."""
    return Case(name, {file: content}, {file: Expected(frozenset({""}), text)})


def warned(name: str, file: str, content: Content, **told: str) -> Case:
    """A file that is accepted with a warning, which says `says`; its exact text is `text`."""
    expected = Expected(frozenset({"warning"}), told.get("text"), told.get("says", ""))
    return Case(name, {file: content}, {file: expected})


def refused(name: str, file: str, content: Content, *codes: str, limits: Limits | None = None) -> Case:
    """A file that is refused for one of these reasons."""
    return Case(name, {file: content}, {file: Expected(frozenset(codes))}, limits)


def archive(name: str, content: Content, expected: Mapping[str, str], *, file: str = "a.zip") -> Case:
    """A zip: member ▶ its exact text, or the code of its refusal after « ! »."""
    return Case(
        name,
        {file: content},
        {
            f"{file}/{member}": Expected(frozenset({told[1:]}))
            if told.startswith("!")
            else Expected(frozenset({""}), told)
            for member, told in expected.items()
        },
    )
