"""What ``innovsoc doctor`` finds in the folder of a study."""

from __future__ import annotations

from innovsoc_analysis.workflow.folder import init_study
from innovsoc_analysis.workflow.health.finding import GOOD, REMARK
from innovsoc_analysis.workflow.health.folder import check_folder
from innovsoc_analysis.workflow.running import run_study


def new_study(tmp_path):
    study = init_study(tmp_path / "étude", genres=["projets"])
    (study.folder / "sources" / "projets" / "a.txt").write_text("Un jardin.", "utf-8")
    return study.folder


def found(folder, what):
    return [(finding.state, finding.told) for finding in check_folder(folder) if finding.what == what]


def test_a_metadata_table_in_a_subfolder_is_said_not_to_be_read(tmp_path):
    folder = new_study(tmp_path)
    assert found(folder, "métadonnées") == [(REMARK, "aucune table")]
    table = folder / "sources" / "projets" / "metadata.csv"
    table.write_text("file,pays\na.txt,Belgique\n", "utf-8")
    assert found(folder, "métadonnées") == [(REMARK, "« projets/metadata.csv » n'est pas lue")]
    table.rename(folder / "sources" / "metadata.csv")
    assert found(folder, "métadonnées") == [(GOOD, "metadata.csv : toutes ses lignes ont leur fichier")]


def test_a_row_without_a_file_is_told(tmp_path):
    folder = new_study(tmp_path)
    (folder / "sources" / "metadata.csv").write_text("file,pays\nabsent.txt,Belgique\n", "utf-8")
    assert found(folder, "métadonnées") == [(REMARK, "metadata.csv décrit « absent.txt », qui n'a pas été trouvé.")]


def test_what_the_last_reading_refused_is_told(tmp_path):
    folder = new_study(tmp_path)
    (folder / "sources" / "projets" / "abîmé.docx").write_bytes(b"PK\x03\x04 not a document")
    assert found(folder, "lecture") == []
    run_study(folder, only=["ingest"])
    assert found(folder, "lecture") == [(REMARK, "1 fichier(s) refusé(s) à la dernière lecture : projets/abîmé.docx")]
