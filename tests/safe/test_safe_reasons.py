"""The system's refusals are told in French, whatever its language."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.files import atomic_write, make_private, read_file, remove_folder
from innovsoc_analysis.safe.locks import hold
from innovsoc_analysis.safe.reasons import reason_of

REFUSALS = {"EPERM": "opération interdite", "EACCES": "accès refusé", "EROFS": "dossier en lecture seule"}


@pytest.mark.parametrize("name", REFUSALS)
def test_every_way_to_a_file_says_why_in_french(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = getattr(errno, name)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "dossier").mkdir()
    said = []
    for module, function, attempt, kind in (
        (os, "open", lambda: read_file(tmp_path / "a.txt"), RefusedFileError),
        (Path, "mkdir", lambda: atomic_write(tmp_path / "a.txt", b""), UsageError),
        (Path, "replace", lambda: atomic_write(tmp_path / "a.txt", b""), UsageError),
        (Path, "mkdir", lambda: make_private(tmp_path / "privé"), UsageError),
        (Path, "rmdir", lambda: remove_folder(tmp_path / "dossier"), UsageError),
        (Path, "mkdir", lambda: hold(tmp_path / "dossier", command="code"), UsageError),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, function, refuse)
            with pytest.raises(kind) as caught:
                attempt()
        said.append(str(caught.value))
    assert all(f"({REFUSALS[name]})" in sentence for sentence in said), said
    assert os.strerror(number).lower() not in " ".join(said).lower()


def test_no_refusal_is_told_in_the_language_of_the_system() -> None:
    for number in errno.errorcode:
        told = reason_of(OSError(number, os.strerror(number)))
        assert told != os.strerror(number).lower()
        assert told.startswith("erreur ") == (told == f"erreur {number} du système")
    assert reason_of(OSError("Weird")) == "erreur du système"
