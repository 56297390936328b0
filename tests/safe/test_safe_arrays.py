"""Arrays and a header in one file: what is written comes back, anything else is refused."""

from __future__ import annotations

import io
import json
import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

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


HEADERS = st.dictionaries(
    st.text(max_size=5),
    st.one_of(st.text(max_size=9), st.integers(), st.booleans(), st.none(), st.lists(st.integers())),
)
DTYPES = st.one_of(
    arrays_of.boolean_dtypes(),
    arrays_of.integer_dtypes(endianness="="),
    arrays_of.floating_dtypes(endianness="=", sizes=(16, 32, 64)),
)
ANY_ARRAY = DTYPES.flatmap(lambda dtype: arrays_of.arrays(dtype, arrays_of.array_shapes(min_dims=0, min_side=0)))
NAMES = st.text("abcé_.", min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(HEADERS, st.dictionaries(NAMES, ANY_ARRAY, max_size=3))
def test_whatever_is_packed_comes_back_bit_for_bit(header, arrays):
    data = pack_arrays(header, arrays)
    read, found = unpack_arrays(data)
    assert read == header
    assert {name: (one.dtype, one.shape, one.tobytes()) for name, one in found.items()} == {
        name: (one.dtype, one.shape, one.tobytes()) for name, one in arrays.items()
    }
    assert pack_arrays(read, found) == data


def test_a_matrix_by_columns_and_a_view_come_back_as_they_read():
    matrix = np.arange(12, dtype=np.float32).reshape(3, 4)
    _, arrays = unpack_arrays(pack_arrays({}, {"columns": np.asfortranarray(matrix), "view": matrix[::-1, ::2]}))
    assert arrays["columns"].tolist() == matrix.tolist()
    assert arrays["view"].tolist() == [[8, 10], [4, 6], [0, 2]]


def test_equal_content_gives_equal_bytes_in_any_order():
    turned = dict(reversed(list(ARRAYS.items())))
    assert pack_arrays(dict(reversed(list(HEADER.items()))), turned) == pack_arrays(HEADER, ARRAYS)
    assert pack_arrays(HEADER | {"n": 4}, ARRAYS) != pack_arrays(HEADER, ARRAYS)


def test_nothing_is_pickled():
    with pytest.raises(ValueError, match="pickle"):
        pack_arrays({}, {"objects": np.array([{}], dtype=object)})
    assert b"pickle" not in pack_arrays(HEADER, ARRAYS)


class Trap:
    """Writes that it was built, when a pickle of it is read."""

    def __reduce__(self):
        return (TOUCHED.append, ("built",))


TOUCHED: list[str] = []


def test_no_pickle_is_ever_read():
    pickled = npy(np.array([Trap()], dtype=object), allow_pickle=True)
    for members in ({"header.json": "{}", "x.npy": pickled}, {"header.json": pickle.dumps(Trap())}):
        with pytest.raises(RefusedFileError) as caught:
            unpack_arrays(zipped(members))
        assert caught.value.code == "arrays"
    assert TOUCHED == []


def test_a_file_cut_anywhere_is_refused():
    data = pack_arrays(HEADER, ARRAYS)
    for size in range(0, len(data), 11):
        with pytest.raises(RefusedFileError) as caught:
            unpack_arrays(data[:size])
        assert caught.value.code == "corrupt"


def test_members_of_other_kinds_are_left():
    header, arrays = unpack_arrays(zipped({"header.json": '{"a": 1}', "x.npy": npy(np.arange(2)), "lisez.txt": "…"}))
    assert header == {"a": 1}
    assert {name: values.tolist() for name, values in arrays.items()} == {"x": [0, 1]}


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
