"""A model's file: the same bytes and probabilities again, anything else refused with one sentence."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import fields

import numpy as np
import pytest

from innovsoc_analysis.coding.learning.model import FORMAT, bundled_model, load_model
from innovsoc_analysis.coding.modelled import ModelCoder
from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.arrays import pack_arrays, unpack_arrays


@pytest.fixture(scope="module")
def file(mini_model, tmp_path_factory):
    path = tmp_path_factory.mktemp("modèles") / "mini.model"
    mini_model.save(path)
    return path


def refusal(path) -> str:
    with pytest.raises(UsageError) as caught:
        load_model(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path.name} : ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert str(path.parent) not in sentence
    return sentence.removeprefix(f"{path.name} : ")


def rewritten(file, tmp_path, change):
    """Return a copy of the model's file whose header and arrays were changed."""
    header, arrays = unpack_arrays(file.read_bytes())
    change(header, arrays)
    (tmp_path / "m.model").write_bytes(pack_arrays(header, arrays))
    return tmp_path / "m.model"


@pytest.mark.parametrize("use", ["combined", "learned"])
def test_a_model_read_again_gives_identical_probabilities(file, mini_model, mini_book, mini_gold, use):
    documents = list(units_of(mini_gold.part("test").corpus, "phrase"))
    before, after = (
        ModelCoder(mini_book, model, use=use).probabilities(documents) for model in (mini_model, load_model(file))
    )
    np.testing.assert_array_equal(before, after)
    assert before.max() > 0.5


def test_writing_twice_and_writing_what_was_read_give_the_same_bytes(file, mini_model, tmp_path):
    mini_model.save(tmp_path / "a.model")
    load_model(file).save(tmp_path / "b.model")
    assert (tmp_path / "a.model").read_bytes() == (tmp_path / "b.model").read_bytes() == file.read_bytes()


def test_every_part_of_a_model_is_read_again(file, mini_model):
    again = load_model(file)
    assert again.codes == mini_model.codes
    assert again.record == mini_model.record
    assert again.reference == mini_model.reference
    assert again.space.vocabularies == mini_model.space.vocabularies
    for name in {field.name for field in fields(mini_model)} - {"codes", "space", "record"}:
        for ours, theirs in zip(getattr(mini_model, name), getattr(again, name), strict=True):
            np.testing.assert_array_equal(ours, theirs, err_msg=name)


def test_the_file_holds_arrays_and_json_only(file):
    with zipfile.ZipFile(file) as archive:
        assert {name.rpartition(".")[2] for name in archive.namelist()} == {"json", "npy"}
        assert json.loads(archive.read("header.json"))["format"] == FORMAT


@pytest.mark.parametrize("data", [b"", b"Bonjour.", b"PK\x05\x06" + bytes(18), b"\x80\x04K\x01."])
def test_what_is_no_model_is_refused(tmp_path, data):
    (tmp_path / "faux.model").write_bytes(data)
    assert refusal(tmp_path / "faux.model") == "ce fichier n'est pas un modèle d'innovsoc, ou il est abîmé."


def test_an_absent_file_is_refused(tmp_path):
    refusal(tmp_path / "absent.model")


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_file_cut_short_is_refused(file, tmp_path, share):
    data = file.read_bytes()
    (tmp_path / "court.model").write_bytes(data[: int(share * len(data))])
    assert refusal(tmp_path / "court.model").endswith("ou il est abîmé.")


def test_a_changed_byte_is_noticed_or_without_consequence(file, tmp_path):
    data = file.read_bytes()
    path = tmp_path / "abîmé.model"
    n_refused = 0
    for place in np.random.default_rng(0).integers(0, len(data), 60).tolist():
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            load_model(path).save(tmp_path / "lu.model")
        except UsageError:
            n_refused += 1
        else:
            assert (tmp_path / "lu.model").read_bytes() == data
    assert n_refused > 50


def test_a_pickled_array_is_not_opened(file, tmp_path):
    path = tmp_path / "m.model"
    shutil.copy(file, path)
    with zipfile.ZipFile(path, "a") as archive, archive.open("piège.npy", "w") as member:
        np.save(member, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    assert refusal(path).endswith("ou il est abîmé.")


@pytest.mark.parametrize("version", ["innovsoc-model-0", None])
def test_another_version_is_told_apart_from_damage(file, tmp_path, version):
    path = rewritten(file, tmp_path, lambda header, _: header.update(format=version))
    assert refusal(path) == "modèle d'une autre version ; refaites-le avec « innovsoc train »."


@pytest.mark.parametrize("name", ["centre", "elements.weights", "gate.bias", "calibration", "stack", "combined"])
def test_a_model_that_lacks_a_part_is_refused(file, tmp_path, name):
    path = rewritten(file, tmp_path, lambda _, arrays: arrays.pop(name))
    assert refusal(path) == "ce modèle est incomplet ; refaites-le avec « innovsoc train »."


@pytest.mark.parametrize("name", ["codes", "vocabularies", "record"])
def test_a_header_that_lacks_a_key_is_refused(file, tmp_path, name):
    path = rewritten(file, tmp_path, lambda header, _: header.pop(name))
    assert refusal(path) == "ce modèle est incomplet ; refaites-le avec « innovsoc train »."


def test_thresholds_of_another_number_are_refused(file, tmp_path):
    path = rewritten(file, tmp_path, lambda _, arrays: arrays.update(learned=arrays["learned"][:2]))
    assert "incomplet" in refusal(path)


def test_the_bundled_model_is_found_by_the_name_of_the_codebook(mini_book):
    assert bundled_model(mini_book) is None
    found = bundled_model(mini_book.model_copy(update={"name": "bissib"}))
    assert found is not None
    assert found.name == "bissib.model"
