"""A new study: what is in its folder, and what is left alone."""

from __future__ import annotations

import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import read_corpus
from innovsoc_analysis.workflow.folder import init_study, load_study


def test_a_new_study_has_a_folder_for_texts_by_genre_and_settings(tmp_path):
    study = init_study(tmp_path / "mon étude")
    names = {path.relative_to(study.folder).as_posix() for path in study.folder.rglob("*")}
    folders = {f"sources/{name}" for name in ("definitions", "projets", "paroles")}
    assert names == {".gitignore", "innovsoc.toml", "sources", "sources/LISEZMOI.txt", *folders}
    assert ".innovsoc/" in (study.folder / ".gitignore").read_text("utf-8").splitlines()
    assert load_study(study.folder) == study


def test_the_notice_is_not_read_as_a_text(tmp_path):
    study = init_study(tmp_path / "é")
    (study.folder / "sources" / "paroles" / "a.txt").write_text("Un jardin.", "utf-8")
    corpus = read_corpus(*study.sources)
    assert corpus.documents[["source", "genre"]].values.tolist() == [["paroles/a.txt", "talk"]]
    assert dict(zip(corpus.sources["source"], corpus.sources["outcome"], strict=True))["LISEZMOI.txt"] == "ignoré"


def test_named_genres_have_their_folders_and_are_expected(tmp_path):
    study = init_study(tmp_path / "é", genres=["lettres", "tracts"], title="Mon titre")
    assert {path.name for path in study.folder.glob("sources/*/")} == {"lettres", "tracts"}
    assert (study.settings.genres, study.settings.title) == (("lettres", "tracts"), "Mon titre")


def test_a_study_is_not_touched_again(tmp_path):
    init_study(tmp_path)
    (tmp_path / "innovsoc.toml").write_text("seed = 4\n", "utf-8")
    with pytest.raises(UsageError, match="est déjà une étude"):
        init_study(tmp_path, genres=["lettres"])
    assert (tmp_path / "innovsoc.toml").read_text("utf-8") == "seed = 4\n"
    assert not (tmp_path / "sources" / "lettres").exists()


def test_files_that_are_there_stay_as_they_are(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "LISEZMOI.txt").write_text("à moi", "utf-8")
    (tmp_path / ".gitignore").write_text("brouillons/\n", "utf-8")
    init_study(tmp_path)
    assert (tmp_path / "sources" / "LISEZMOI.txt").read_text("utf-8") == "à moi"
    lines = (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    assert lines[0] == "brouillons/"
    assert ".innovsoc/" in lines


@pytest.mark.parametrize("genre", ["../ailleurs", "", ".caché", "a/b", 'a"b'])
def test_a_genre_that_names_no_folder_is_refused(tmp_path, genre):
    with pytest.raises(UsageError, match="sous-dossier"):
        init_study(tmp_path / "é", genres=[genre])
    assert not (tmp_path / "é").exists()


def test_a_folder_without_settings_is_no_study(tmp_path):
    with pytest.raises(UsageError, match=r"n'est pas une étude : innovsoc\.toml ne s'y trouve pas"):
        load_study(tmp_path)
