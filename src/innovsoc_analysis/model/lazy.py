"""Public names of a package that are loaded at first use (PEP 562): to import it costs next to nothing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazy(package: str, where: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of a package.

    Parameters
    ----------
    package : str
        Its ``__name__``.
    where : mapping of str to str
        Public name → the module of the package where it is; none if the name is a module itself. No module
        is called like a public name: importing it would hide the name.

    Examples
    --------
    >>> load, names = lazy("innovsoc_analysis.model", {"UsageError": "errors", "errors": ""})
    >>> load("UsageError") is load("errors").UsageError, names()
    (True, ['UsageError', 'errors'])
    """

    def load(name: str) -> Any:
        if name not in where:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        if not where[name]:
            return import_module(f"{package}.{name}")
        return getattr(import_module(f"{package}.{where[name]}"), name)

    return load, lambda: sorted(where)
