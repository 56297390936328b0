"""What a coefficient of agreement is worth, how sure it is, and what it was computed on."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, repr=False)
class Coefficient:
    """A coefficient of agreement.

    Attributes
    ----------
    coefficient : str
        Its French name, with the options that change its value.
    value : float or None
        1 for perfect agreement; ``None`` where it is undefined.
    interval : tuple of float and float, or None
        Confidence interval; ``None`` if not asked for or not to be had.
    confidence : float
        Of the interval.
    method : str
        How the interval was made: starts with ``"bootstrap"`` or ``"analytic"``; empty without interval.
    n_units : int
        Units given.
    n_pairable : int
        Units with at least two ratings.
    n_coders : int
        Coders with at least one rating.
    n_values : int
        Ratings of pairable units.
    categories : tuple
        Possible labels.
    standard_error : float or None
        Of the value, by the same method as the interval.
    n_undefined : int
        Resamples in which the coefficient is undefined, left out of the interval.
    reason : str
        Why the value is ``None``, in French; otherwise empty.
    """

    coefficient: str
    value: float | None
    interval: tuple[float, float] | None
    confidence: float
    method: str
    n_units: int
    n_pairable: int
    n_coders: int
    n_values: int
    categories: tuple[Hashable, ...]
    standard_error: float | None = None
    n_undefined: int = 0
    reason: str = ""

    def __str__(self) -> str:
        """Return the value, its interval and what it is computed on, in French."""
        if self.value is None:
            return f"{self.coefficient} : non défini. {self.reason}"
        interval = f" {self._interval()}" if self.interval else ""
        return f"{self.coefficient} : {decimal(self.value)}{interval} ; {self._basis()}"

    def __repr__(self) -> str:
        """Return the same in angle brackets."""
        return f"<{self}>"

    def _repr_html_(self) -> str:
        if self.value is None:
            shown = f"non défini<br><small>{escape(self.reason)}</small>"
        else:
            shown = f"<b>{decimal(self.value)}</b>" + (f" {escape(self._interval())}" if self.interval else "")
        method = f"<br>{escape(self.method)}" if self.method else ""
        return f"<p>{escape(self.coefficient)} : {shown}</p><small>{escape(self._basis())}{method}</small>"

    def _interval(self) -> str:
        low, high = self.interval or (0.0, 0.0)
        return f"[{decimal(low)} ; {decimal(high)}] à {100 * self.confidence:g} %".replace(".", ",")

    def _basis(self) -> str:
        return (
            f"{counted(self.n_pairable, 'unité')} à deux codages au moins sur {self.n_units}, "
            f"{counted(self.n_coders, 'codeur')}, {counted(self.n_values, 'valeur')}"
        )


def decimal(value: float) -> str:
    """Return a number with three decimals as French writes it.

    Examples
    --------
    >>> decimal(-0.5), decimal(-0.0001)
    ('−0,500', '0,000')
    """
    return f"{value:z.3f}".replace("-", "−").replace(".", ",")


def counted(number: int, unit: str) -> str:
    """Return a number with its unit, in the plural from two on.

    Examples
    --------
    >>> counted(1, "unité"), counted(2, "unité")
    ('1 unité', '2 unités')
    """
    return f"{number} {unit}{'s' if number > 1 else ''}"
