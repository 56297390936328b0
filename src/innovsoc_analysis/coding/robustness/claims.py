"""Conclusions stated as comparisons: a code is more, or less, frequent in a group than in another, or than a share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from innovsoc_analysis.model.codebook import Codebook

_CLAIM = re.compile(
    r"\s*(?P<code>[^\s:]+)\s*:\s*(?P<group>[^<>]*[^<>\s])\s*(?P<sign>[<>])\s*(?P<than>[^<>]*[^<>\s])\s*"
)
_SHARE = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d+)?)\s*%")


class Claim(NamedTuple):
    """A conclusion to try.

    Attributes
    ----------
    code : str
        A code of the codebook.
    group : str
        The group that is said to carry it more, or less.
    than : str
        The group it is compared with; empty where it is compared with a share.
    share : float
        That share, in % of the documents; not used where there is a group.
    more : bool
        Whether the group is said to carry the code more.
    """

    code: str
    group: str
    than: str = ""
    share: float = 0.0
    more: bool = True

    @property
    def sign(self) -> int:
        """1 for « more », −1 for « less »."""
        return 1 if self.more else -1

    def __str__(self) -> str:
        """Return the claim as it is written."""
        return f"{self.code} : {self.group} {'>' if self.more else '<'} {self.than or f'{_decimal(self.share)} %'}"

    def wording(self, codebook: Codebook, *, by: str = "genre") -> str:
        """Return the claim as people read it."""
        label, amount = codebook[self.code].label, "plus" if self.more else "moins"
        if self.than:
            return f"{label}\u202f: {amount} dans {_named(self.group, by)} que dans {_named(self.than, by)}"
        documents = genre_label(self.group) if by == "genre" else f"documents, {_named(self.group, by)}"
        return f"{label}\u202f: dans {amount} de {_decimal(self.share)}\u202f% des {documents}"


def parse_claims(claims: str | Claim | Iterable[str | Claim]) -> tuple[Claim, ...]:
    """Read claims written ``"code : group > group"`` or ``"code : group < 50 %"``.

    Parameters
    ----------
    claims : str, Claim or iterable of them
        In the order in which they shall be shown; one given twice counts once.

    Raises
    ------
    UsageError
        If there is none, or one is not written so.

    Examples
    --------
    >>> found = parse_claims(["def.besoin : definition > project", "def.defi : definition < 50 %"])
    >>> [(one.code, one.than, one.share, one.more) for one in found]
    [('def.besoin', 'project', 0.0, True), ('def.defi', '', 50.0, False)]
    """
    given = [claims] if isinstance(claims, (str, Claim)) else list(claims)
    read = tuple(dict.fromkeys(one if isinstance(one, Claim) else _parse(one) for one in given))
    if not read:
        raise UsageError("Aucune conclusion à éprouver : écrivez-en une, « def.besoin : definition > project ».")
    return read


def check_claims(claims: Sequence[Claim], *, codebook: Codebook, groups: Iterable[str], by: str) -> None:
    """Refuse claims on a code or a group that there is not.

    Raises
    ------
    UsageError
        The message says which, and the groups that there are.
    """
    known = sorted({str(group) for group in groups})
    there = ", ".join(filter(None, known))
    for claim in claims:
        if claim.code not in codebook.code_ids:
            raise UsageError(f"« {claim} » : le livre « {codebook.name} » n'a pas de code « {claim.code} ».")
        for name in filter(None, (claim.group, claim.than)):
            if name not in known:
                raise UsageError(f"« {claim} » : aucun document n'a « {name} » pour {by} ; il y a : {there}.")


def _parse(text: str) -> Claim:
    match = _CLAIM.fullmatch(text)
    if match is None:
        raise UsageError(
            f"« {text} » : une conclusion s'écrit « code : groupe > groupe » ou « code : groupe > 50 % », avec > ou <."
        )
    more = match["sign"] == ">"
    share = _SHARE.fullmatch(match["than"])
    if share is None:
        if match["than"] == match["group"]:
            raise UsageError(f"« {text} » compare un groupe à lui-même.")
        return Claim(match["code"], match["group"], match["than"], more=more)
    number = float(share["number"].replace(",", "."))
    if not 0 < number < 100:  # noqa: PLR2004 - per cent
        raise UsageError(f"« {text} » : la part va de 0 à 100 %, bornes exclues.")
    return Claim(match["code"], match["group"], share=number, more=more)


def _decimal(share: float) -> str:
    return f"{share:g}".replace(".", ",")


def _named(group: str, by: str) -> str:
    return f"les {genre_label(group)}" if by == "genre" else f"«\u202f{group}\u202f»"
