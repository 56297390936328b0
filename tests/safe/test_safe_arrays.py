"""Arrays and a header in one file: what is written comes back, anything else is refused."""

from __future__ import annotations

import io
import json
import pickle
import zipfile

import numpy as np
import pytest

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.arrays import pack_arrays, unpack_arrays

HEADER = {"nom": "Éssai", "codes": ["a", "b"], "n": 3}
ARRAYS = {
    "half": np.array([[1.5, -2.0], [0.25, 65504.0]], dtype=np.float16),
    "whole": np.arange(6, dtype=np.int64).reshape(2, 3),
    "none": np.zeros((0, 4), dtype=np.float32),
    "with.dots": np.array([True, False]),
}


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def npy(values, **options):
    buffer = io.BytesIO()
    np.save(buffer, values, **options)
    return buffer.getvalue()


def with_shape(shape):
    """Return an .npy member that announces `shape` and holds eight bytes."""
    buffer = io.BytesIO()
    np.lib.format.write_array_header_1_0(buffer, {"descr": "<f8", "fortran_order": False, "shape": shape})
    return buffer.getvalue() + bytes(8)


def test_what_is_packed_comes_back_with_its_types_and_shapes():
    header, arrays = unpack_arrays(pack_arrays(HEADER, ARRAYS))
    assert header == HEADER
    assert set(arrays) == set(ARRAYS)
    for name, values in ARRAYS.items():
        assert arrays[name].dtype == values.dtype
        assert arrays[name].shape == values.shape
        assert arrays[name].tolist() == values.tolist()


def test_equal_content_gives_equal_bytes_in_any_order():
    turned = dict(reversed(list(ARRAYS.items())))
    assert pack_arrays(dict(reversed(list(HEADER.items()))), turned) == pack_arrays(HEADER, ARRAYS)
    assert pack_arrays(HEADER | {"n": 4}, ARRAYS) != pack_arrays(HEADER, ARRAYS)


def test_nothing_is_pickled():
    with pytest.raises(ValueError, match="pickle"):
        pack_arrays({}, {"objects": np.array([{}], dtype=object)})
    pickled = npy(np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(RefusedFileError):
        unpack_arrays(zipped({"header.json": "{}", "x.npy": pickled}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bonjour",
        pickle.dumps({"a": 1}),
        pack_arrays(HEADER, ARRAYS)[:-30],
        pack_arrays(HEADER, ARRAYS)[40:],
        zipped({}),
        zipped({"x.npy": npy(np.arange(3))}),
        zipped({"header.json": "{", "x.npy": npy(np.arange(3))}),
        zipped({"header.json": b"\xff\xfe"}),
        zipped({"header.json": "[1, 2]"}),
        zipped({"header.json": "[" * 200_000}),
        zipped({"header.json": "{}", "x.npy": b""}),
        zipped({"header.json": "{}", "x.npy": b"12345678"}),
        zipped({"header.json": "{}", "x.npy": npy(np.arange(9))[:-8]}),
        zipped({"header.json": "{}", "x.npy": zipped({"y.npy": npy(np.arange(3))})}),
        zipped({"header.json": "{}", "x.npy": with_shape((10**13,))}),
        zipped({"header.json": "{}", "x.npy": with_shape((10**30,))}),
        zipped({"header.json": "{}", "x.npy": with_shape((-3,))}),
    ],
    ids=range(18),
)
def test_anything_else_is_refused_with_one_sentence(data):
    with pytest.raises(RefusedFileError) as caught:
        unpack_arrays(data)
    assert str(caught.value).count(".") == 1
    assert str(caught.value).endswith(".")


def test_every_flipped_byte_is_noticed_or_changes_nothing():
    data = pack_arrays(HEADER, {"x": np.arange(40, dtype=np.float32)})
    for place in range(0, len(data), 7):
        damaged = bytearray(data)
        damaged[place] ^= 0xFF
        try:
            header, arrays = unpack_arrays(bytes(damaged))
        except RefusedFileError:
            continue
        # a name or a date of the archive's list: what is still found is as it was written
        assert json.dumps(header, sort_keys=True) == json.dumps(HEADER, sort_keys=True), place
        assert all(values.tolist() == list(range(40)) for values in arrays.values()), place


def test_an_archive_that_unfolds_without_measure_is_refused():
    zeros = {"x": np.zeros(30_000_000, dtype=np.float32)}
    with pytest.raises(RefusedFileError) as caught:
        unpack_arrays(pack_arrays({}, zeros))
    assert caught.value.code == "zip-bomb"
