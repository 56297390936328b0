"""Names of the key are found in every format of results, and counted without being said."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.pseudonyms.keys import Key
from innovsoc_analysis.pseudonyms.leaks import find_leaks
from innovsoc_analysis.pseudonyms.records import Entity
from innovsoc_analysis.safe.sheets import xlsx_bytes

KEY = Key(
    (Entity("P001", "personne", ("Aïssata Diallo",), "[Personne 1]"), Entity("C001", "courriel", ("a@b.be",), "")), ()
)
PNG = b"\x89PNG\r\n\x1a\n\0\0"


def word_document() -> bytes:
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph("Chez Aïs")
    paragraph.add_run("sata ce matin")
    document.core_properties.author = "A. Diallo"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def parquet() -> bytes:
    stream = io.BytesIO()
    pd.DataFrame({"lemma": ["jardin", "diallo"], "n": [1, 2]}).to_parquet(stream)
    return stream.getvalue()


def archive(name: str, data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "count"),
    [
        ("a.csv", b"mot;n\nAissata Diallo;2\na@b.be;1\n", 2),
        ("a.txt", "Aïssata".encode("latin-1"), 1),
        ("a.json", b'{"nom": "A\\u00efssata"}', 1),
        ("a.html", b"<p>A&iuml;ssata <mark>Dial</mark>lo</p><script>var d = 'diallo'</script>", 2),
        ("a.svg", '<svg><text x="1">Diallo</text><!-- Aïssata --></svg>'.encode(), 2),
        ("a.xlsx", xlsx_bytes({"F": pd.DataFrame({"c": ["rien", "Mme Diallo"]})}), 1),
        ("a.docx", word_document(), 2),
        ("a.parquet", parquet(), 1),
        ("a.zip", archive("b.csv", b"diallo\n"), 1),
        ("a.zip", archive("b.zip", archive("diallo.csv", b"x\n")), 1),
        ("notes_diallo.txt", b"rien", 1),
    ],
)
def test_names_are_found_in_every_format(name, data, count, tmp_path):
    (tmp_path / name).write_bytes(data)
    search = find_leaks(tmp_path, KEY)
    assert sum(leak.count for leak in search.leaks) == count
    assert search.n_files == 1


def test_clean_results_hold_nothing_and_pictures_are_said_not_to_be_read(tmp_path):
    (tmp_path / "a.csv").write_text("mot;n\n[Personne 1];2\ndial;1\n", "utf-8")
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 broken")
    search = find_leaks(tmp_path, KEY)
    assert search.leaks == ()
    assert search.unread == ("a.png", "a.zip")


def test_a_leak_says_whose_name_and_hides_it_in_the_name_of_the_file(tmp_path):
    (tmp_path / "diallo").mkdir()
    (tmp_path / "diallo" / "a.txt").write_text("Chez Aïssata et à a@b.be", "utf-8")
    in_name, inside = find_leaks(tmp_path, KEY).leaks
    assert (in_name.file, in_name.in_name, in_name.entities) == ("…/a.txt", True, ("P001",))
    assert (inside.file, inside.count, inside.entities) == ("…/a.txt", 2, ("C001", "P001"))
    assert inside.forms == ("Aïssata", "a@b.be")


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(UsageError, match="introuvable"):
        find_leaks(tmp_path / "rien", KEY)
