"""French for spaCy without spaCy's own tokeniser rules, which take half of its loading time to compile."""

from __future__ import annotations

import functools
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_loader
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import BaseDefaults, Language
from thinc.api import Config

import innovsoc_analysis.nlp.features
import innovsoc_analysis.nlp.tokenizer  # noqa: F401 - both register what the configuration names
from innovsoc_analysis.safe.files import atomic_write

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONFIG = """
[nlp]

[nlp.tokenizer]
@tokenizers = "innovsoc.FrenchTokenizer.v1"
"""


@functools.cache
def stop_words() -> frozenset[str]:
    """Return spaCy's French stop words, without importing its French tokeniser.

    Examples
    --------
    >>> "depuis" in stop_words(), "coopérative" in stop_words()
    (True, False)
    """
    package = find_spec("spacy")
    if package is None or package.origin is None:  # pragma: no cover - spaCy is a dependency
        return frozenset()
    source = Path(package.origin).parent / "lang" / "fr" / "stop_words.py"
    loader = SourceFileLoader("innovsoc_stop_words", str(source))
    spec = spec_from_loader(loader.name, loader)
    if spec is None:  # pragma: no cover
        return frozenset()
    module = module_from_spec(spec)
    loader.exec_module(module)
    return frozenset(module.STOP_WORDS)


class FrenchDefaults(BaseDefaults):
    """What spaCy asks of a language."""

    config = Config().from_str(_CONFIG)
    stop_words = set(stop_words())  # noqa: RUF012 - spaCy declares it so


class French(Language):  # type: ignore[no-untyped-call]
    """French, with the tokeniser of this project."""

    lang = "fr"
    Defaults = FrenchDefaults

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Save the pipeline without the words it has met: they may be of confidential texts.

        Parameters
        ----------
        path : str or Path
            Folder to write.
        exclude : iterable of str
            Names of what is left out.
        """
        super().to_disk(path, exclude=exclude)
        strings = Path(path) / "vocab" / "strings.json"
        if strings.exists():
            atomic_write(strings, b"[]")
