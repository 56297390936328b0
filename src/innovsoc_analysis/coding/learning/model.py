"""A trained model: arrays and a record of what it was trained on, in one file without pickles."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from innovsoc_analysis.coding.learning.calibration import Thresholds
from innovsoc_analysis.coding.learning.features import FeatureSpace
from innovsoc_analysis.coding.learning.ridge import Linear
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.arrays import pack_arrays, unpack_arrays
from innovsoc_analysis.safe.files import atomic_write, read_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from innovsoc_analysis.model.codebook import Codebook

FORMAT = "innovsoc-model-3"


@dataclass(frozen=True, eq=False)
class Model:
    """What training gives and coding needs.

    Attributes
    ----------
    codes : tuple of str
        In the order of the columns below.
    space : FeatureSpace
        From sentences to features.
    elements : Linear
        A score per code.
    gate : Linear
        A score of being out of the field, from the window around a sentence (rule R6).
    closing : array, shape (2 * NEIGHBOURS + 1,)
        From which score of the gate a window is out of the field, by the number of its sentences.
    calibration : array, shape (n_codes, 2)
        From the score of ``elements`` to log-odds: slope and constant.
    stack : array, shape (n_stacked + 1,)
        What the combined coder makes of the learner, the rules, the neighbours and the gate; the constant last.
    reliability : array, shape (n_codes,)
        Log-odds that a sentence where the rules of a code fire carries it.
    learned, combined : Thresholds
        Of the learner alone and of the combined coder.
    record : dict
        What it was trained on: digests, counts, versions, options.
    """

    codes: tuple[str, ...]
    space: FeatureSpace
    elements: Linear
    gate: Linear
    closing: NDArray[np.floating]
    calibration: NDArray[np.floating]
    stack: NDArray[np.floating]
    reliability: NDArray[np.floating]
    learned: Thresholds
    combined: Thresholds
    record: dict[str, Any]

    @property
    def reference(self) -> str:
        """Name of the codebook and digest of what the model was trained on, as codings name it."""
        return f"{self.record['codebook']}-{self.record['gold']}"

    def save(self, path: Path | str) -> None:
        """Write the model to `path`; the same model gives the same bytes."""
        header = {
            "format": FORMAT,
            "codes": self.codes,
            "vocabularies": self.space.vocabularies,
            "record": self.record,
        }
        arrays: dict[str, NDArray[np.floating]] = {
            **{f"idf.{name}": values for name, values in self.space.idf.items()},
            "centre": self.space.centre,
            "elements.weights": self.elements.weights.astype(np.float16),
            "elements.bias": self.elements.bias,
            "gate.weights": self.gate.weights.astype(np.float16),
            "gate.bias": self.gate.bias,
            "gate.closing": self.closing,
            "calibration": self.calibration,
            "stack": self.stack,
            "reliability": self.reliability,
            "learned": np.stack(self.learned),
            "combined": np.stack(self.combined),
        }
        atomic_write(path, pack_arrays(header, arrays))


def load_model(path: Path) -> Model:
    """Read a model.

    Raises
    ------
    UsageError
        If the file is no model of this version.
    """
    try:
        header, arrays = unpack_arrays(read_file(path))
    except RefusedFileError:
        raise UsageError(f"{path.name} : ce fichier n'est pas un modèle d'innovsoc, ou il est abîmé.") from None
    if header.get("format") != FORMAT:
        raise UsageError(f"{path.name} : modèle d'une autre version ; refaites-le avec « innovsoc train ».")
    try:
        return _model(header, arrays)
    except (KeyError, TypeError, ValueError):
        raise UsageError(f"{path.name} : ce modèle est incomplet ; refaites-le avec « innovsoc train ».") from None


def _model(header: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Model:
    idf = {name.removeprefix("idf."): values for name, values in arrays.items() if name.startswith("idf.")}
    return Model(
        tuple(header["codes"]),
        FeatureSpace(header["vocabularies"], idf, arrays["centre"]),
        Linear(arrays["elements.weights"].astype(np.float32), arrays["elements.bias"]),
        Linear(arrays["gate.weights"].astype(np.float32), arrays["gate.bias"]),
        arrays["gate.closing"],
        arrays["calibration"],
        arrays["stack"],
        arrays["reliability"],
        Thresholds(*arrays["learned"]),
        Thresholds(*arrays["combined"]),
        header["record"],
    )


def bundled_model(codebook: Codebook) -> Path | None:
    """Return the file of the model that comes with the package for `codebook`, if it has the same codes."""
    path = Path(str(resources.files("innovsoc_analysis.coding") / "data" / f"{codebook.name}.model"))
    return path if path.is_file() else None
