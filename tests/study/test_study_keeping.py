"""What a person has changed among results is kept under another name."""

from __future__ import annotations

import hashlib

import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.keeping import keep_changed


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_only_what_was_changed_gets_another_name(tmp_path):
    outputs = {"report.docx": digest(b"fait"), "report.html": digest(b"page"), "absent.csv": digest(b"")}
    (tmp_path / "report.docx").write_bytes(b"fait, puis relu")
    (tmp_path / "report.html").write_bytes(b"page")
    assert keep_changed(outputs, tmp_path) == [tmp_path / "report_modifie.docx"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "report_modifie.docx": b"fait, puis relu",
        "report.html": b"page",
    }


def test_an_earlier_one_that_was_kept_stays(tmp_path):
    for content in (b"un", b"deux", b"trois"):
        (tmp_path / "to_reread.csv").write_bytes(content)
        keep_changed({"to_reread.csv": digest(b"")}, tmp_path)
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert found == {
        "to_reread_modifie.csv": b"un",
        "to_reread_modifie_2.csv": b"deux",
        "to_reread_modifie_3.csv": b"trois",
    }


def test_what_cannot_be_renamed_stops_before_anything_is_written(tmp_path, monkeypatch):
    path = tmp_path / "report.docx"
    path.write_bytes(b"relu")

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(type(path), "rename", refuse)
    with pytest.raises(UsageError, match=r"report\.docx » a été modifié .* fermez-le"):
        keep_changed({"report.docx": digest(b"fait")}, tmp_path)
    assert path.read_bytes() == b"relu"
