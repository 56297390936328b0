"""Results made again elsewhere are identical; what differs is named, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from innovsoc_analysis.batch.coding import Job, code_files
from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.workflow.reproducing import reproduce
from innovsoc_analysis.workflow.reproduction import NOTHING_EXPLAINS
from innovsoc_analysis.workflow.running import run_study
from innovsoc_analysis.workflow.steps.texts import Texts
from innovsoc_analysis.workflow.steps.topics import TopicsRequest, make_topics

LIGHT = 'steps = ["ingest", "code", "topics", "lexicon", "report"]'


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(path: Path, change) -> None:
    told = json.loads(path.read_text("utf-8"))
    change(told)
    path.write_text(json.dumps(told), "utf-8")


def verdicts(found) -> dict[str, str]:
    return {f"{one.step}/{one.name}": one.verdict for one in found.outputs if one.verdict != "identique"}


def reasons(found) -> list[str]:
    return [one.sentence for one in found.reasons]


@pytest.fixture(scope="module")
def coded(unmade, tmp_path_factory):
    """A study of two steps, made; tests copy it."""
    folder = tmp_path_factory.mktemp("codée") / "étude codée"
    shutil.copytree(unmade, folder)
    path = folder / "innovsoc.toml"
    path.write_text(path.read_text("utf-8").replace(LIGHT, 'steps = ["ingest", "code"]'), "utf-8")
    run_study(folder)
    return folder


@pytest.fixture
def two_steps(coded, tmp_path):
    return shutil.copytree(coded, tmp_path / "à l'écart" / "copie n° 2")


def test_a_whole_study_is_identical_in_another_folder_at_another_depth_and_nothing_is_touched(made, tmp_path):
    copy = shutil.copytree(made, tmp_path / "un dossier" / "plus profond" / "étude d'été")
    shutil.rmtree(copy / ".innovsoc")
    before = content(copy)
    found = reproduce(copy / "results" / "run.json")
    assert found.identical
    assert found.exit_status == 0
    assert verdicts(found) == {}
    assert found.sentences == [
        f"Identique : les {len(found.outputs)} fichiers de résultats sont refaits à l'octet près."
    ]
    assert {one.step for one in found.outputs} == {"ingest", "code", "topics", "lexicon", "report"}
    assert content(copy) == before


def test_a_changed_source_setting_and_version_are_each_named(two_steps, setting):
    source = two_steps / "sources" / "paroles" / "guichet 2.txt"
    source.write_text(source.read_text("utf-8") + "Le guichet ferme. Le jardin ouvre.", "utf-8")
    setting(two_steps, 'title = ""', 'title = "Autre titre"')

    def older(told):
        told["steps"]["code"]["versions"]["numpy"] = "1.0"

    edit(two_steps / "results" / "run.json", older)
    found = reproduce(two_steps / "results")
    assert found.exit_status == 3
    told = reasons(found)
    assert told[0] == "réglage « title » : vide → Autre titre"
    assert "source modifiée : paroles/guichet 2.txt" in told
    assert any(one.startswith("version de numpy : 1.0 → ") for one in told)
    assert len(told) == 3
    by_name = {one.name: one for one in found.outputs if one.step == "code"}
    assert by_name["codings.csv"].verdict == "différent"
    # identifiers come from the text: the six codings of the changed one are others, and there are two more
    assert by_name["codings.csv"].detail == "8 lignes ajoutées, 6 lignes retirées"
    assert by_name["report.html"].verdict == "différent"
    sources = next(one for one in found.outputs if one.step == "ingest" and one.name == "sources.csv")
    assert sources.detail == "3 cellules différentes (sha256, n_bytes, n_characters)"


def test_sources_added_and_removed_are_named(two_steps):
    (two_steps / "sources" / "projets" / "neuf.txt").write_text("Un jardin.", "utf-8")
    (two_steps / "sources" / "projets" / "jardin 0.txt").unlink()
    found = reproduce(two_steps / "results" / "run.json")
    assert reasons(found) == ["source retirée : projets/jardin 0.txt", "source ajoutée : projets/neuf.txt"]
    sources = next(one for one in found.outputs if one.step == "ingest" and one.name == "sources.csv")
    assert sources.detail == "1 ligne ajoutée, 1 ligne retirée"


def test_a_codebook_that_changed_is_the_reason(two_steps):
    book = two_steps / "livre.yaml"
    book.write_text(book.read_text("utf-8").replace("[jardin]", "[jardin, quartier]"), "utf-8")
    found = reproduce(two_steps / "results" / "run.json")
    assert reasons(found) == ["le livre de codes a changé"]
    assert {name.split("/")[0] for name in verdicts(found)} == {"code"}


def test_only_a_version_that_changed_leaves_the_results_identical(two_steps):
    edit(two_steps / "results" / "run.json", lambda told: told["steps"]["ingest"]["versions"].update(python="3.1"))
    found = reproduce(two_steps / "results" / "run.json")
    assert found.identical
    assert found.sentences[0].startswith("Identique")
    assert reasons(found)[0].startswith("version de Python : 3.1 → ")


def test_a_result_that_someone_changed_is_told_apart_from_one_that_is_made_otherwise(two_steps):
    path = two_steps / "results" / "code" / "codings.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[0, "score"] = "9"
    table.to_csv(path, index=False)
    found = reproduce(two_steps / "results" / "run.json")
    assert found.exit_status == 3
    assert verdicts(found) == {"code/codings.csv": "modifié depuis"}
    assert next(one.detail for one in found.outputs if one.name == "codings.csv") == "1 cellule différente (score)"
    assert any("Modifié après coup" in sentence for sentence in found.sentences)
    assert NOTHING_EXPLAINS not in found.sentences


def test_a_result_that_is_gone_is_known_by_its_digest(two_steps):
    (two_steps / "results" / "code" / "codings.csv").unlink()
    assert reproduce(two_steps / "results" / "run.json").identical


def test_an_image_with_other_bytes_and_the_same_table_is_said_to_be_so(two_steps):
    png = two_steps / "results" / "code" / "codes.png"
    png.write_bytes(png.read_bytes() + b"\0")

    def other(told):
        from innovsoc_analysis.study.manifest import digest_of

        told["steps"]["code"]["outputs"]["codes.png"] = digest_of(png)

    edit(two_steps / "results" / "run.json", other)
    found = reproduce(two_steps / "results" / "run.json")
    assert verdicts(found) == {"code/codes.png": "différent"}
    (image,) = [one for one in found.outputs if one.name == "codes.png"]
    assert image.detail == "image : autres octets, mais les tables : mêmes valeurs"
    assert found.exit_status == 3
    assert found.sentences[0].startswith("Mêmes valeurs dans toutes les tables ; 1 fichier(s)")
    assert found.sentences[-1] == NOTHING_EXPLAINS


def test_the_new_results_are_kept_where_one_asks(two_steps, tmp_path):
    found = reproduce(two_steps / "results" / "run.json", keep=tmp_path / "refait")
    assert found.kept == tmp_path / "refait"
    assert content(tmp_path / "refait")["code/codings.csv"] == content(two_steps)["results/code/codings.csv"]
    assert not list((two_steps / ".innovsoc").glob("reproduce*"))
    with pytest.raises(UsageError, match="n'est pas un dossier vide"):
        reproduce(two_steps / "results" / "run.json", keep=tmp_path / "refait")


def test_a_single_coding_is_made_again_with_its_codebook_and_metadata(unmade, tmp_path):
    shutil.copytree(unmade / "sources", tmp_path / "a" / "textes")
    shutil.copy(unmade / "livre.yaml", tmp_path / "a" / "livre.yaml")
    table = tmp_path / "a" / "table.csv"
    table.write_text("file,place\njardin 1.txt,Lyon\n", "utf-8")
    book = tmp_path / "a" / "livre.yaml"
    out = tmp_path / "a" / "r" / "codage"
    job = Job([tmp_path / "a" / "textes"], out, load_codebook(book), codebook_file=book, metadata=table, coder="rules")
    code_files(job)
    moved = shutil.copytree(tmp_path / "a", tmp_path / "b c" / "d" / "é")
    shutil.rmtree(tmp_path / "a")
    found = reproduce(moved / "r" / "codage" / "run.json")
    assert found.identical
    assert found.reasons == ()
    assert {path.name for path in (moved / "r").iterdir()} == {"codage"}
    (moved / "table.csv").write_text("file,place\njardin 1.txt,Brest\n", "utf-8")
    found = reproduce(moved / "r" / "codage")
    assert reasons(found) == ["la table de métadonnées a changé"]
    assert "matrices/code_attribute.csv" in {one.name for one in found.outputs if one.verdict == "différent"}


def test_results_within_their_sources_are_made_again(unmade, tmp_path):
    folder = shutil.copytree(unmade / "sources", tmp_path / "textes")
    out = folder / "thèmes"
    make_topics(Texts((str(folder),)), out, TopicsRequest(n_topics="2", seed=3))
    assert reproduce(out / "run.json").identical


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "n'est pas du JSON lisible"),
        ("[]", "n'est pas le run.json d'une commande innovsoc"),
        ("{}", "n'est pas le run.json d'une commande innovsoc"),
        ('{"command": "train", "parameters": {}, "versions": {}}', "relancez cette commande"),
        ('{"command": "code", "parameters": {}, "versions": {}}', "ne dit pas tout ce qu'il faut"),
        (
            '{"command": "code", "parameters": {}, "versions": {}, "outputs": {"../x": ""}}',
            "n'est pas le run.json d'une commande innovsoc",
        ),
    ],
)
def test_what_is_no_usable_record_is_refused_in_one_sentence(tmp_path, text, sentence):
    (tmp_path / "run.json").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=sentence):
        reproduce(tmp_path / "run.json")


def test_the_result_is_a_table_of_files(two_steps):
    found = reproduce(two_steps / "results" / "run.json")
    assert list(found.table.columns) == ["step", "output", "verdict", "detail"]
    assert len(found.table) == len(found.outputs)
    assert "Identique" in found._repr_html_()
