"""Old Word documents go through LibreOffice where it is installed; otherwise the refusal says what to install."""

from __future__ import annotations

import shutil

import docx
import pytest

from innovsoc_analysis.ingest import office
from innovsoc_analysis.ingest.docx import read_docx
from innovsoc_analysis.ingest.office import to_docx
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.files import read_file
from innovsoc_analysis.safe.limits import Limits
from innovsoc_analysis.safe.tools import run_program

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")


def test_without_libreoffice_the_refusal_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_program", lambda *names: None)
    with pytest.raises(RefusedFileError) as caught:
        to_docx(COMPOUND + b"x" * 100)
    assert caught.value.code == "needs-libreoffice"
    assert str(caught.value) == (
        "l'ancien format Word (.doc) se lit avec LibreOffice, qui n'est pas installé ; "
        "installez LibreOffice, ou réenregistrez le fichier en .docx depuis Word."
    )


def test_what_is_no_word_document_is_refused_before_any_program_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_program", lambda *names: pytest.fail("looked for a program"))
    with pytest.raises(RefusedFileError) as caught:
        to_docx(b"un texte")
    assert caught.value.code == "corrupt"


@needs_office
def test_a_word_document_gives_its_text_and_a_damaged_one_is_refused(tmp_path) -> None:
    word = docx.Document()
    word.add_paragraph("Un été à Liège")
    word.add_table(rows=1, cols=1).cell(0, 0).text = "cellule"
    word.save(tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(shutil.which("soffice")), profile, "--headless", "--convert-to", "doc:MS Word 97"]
    run_program(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "a.docx")], limits=Limits(memory_bytes=6_000_000_000)
    )
    data = read_file(tmp_path / "a.doc")
    assert data.startswith(COMPOUND)
    (document,) = read_docx(to_docx(data))
    assert document.text == "Un été à Liège\n\ncellule"
    with pytest.raises(RefusedFileError) as caught:
        to_docx(COMPOUND + b"x" * 5_000)
    assert caught.value.code in {"corrupt", "tool"}
