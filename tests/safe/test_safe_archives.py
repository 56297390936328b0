"""A zip is read member by member, within limits, whatever it pretends."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.limits import Limits


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def read_all(data: bytes, limits: Limits = Limits()) -> dict[str, bytes]:  # noqa: B008 - frozen
    archive = BoundedZip(data, limits=limits)
    return {name: archive.read(name) for name in archive.names}


def refusal(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    with pytest.raises(RefusedFileError) as caught:
        read_all(data, limits)
    return caught.value.code


def test_members_come_back_in_order_without_folders() -> None:
    data = zip_of({"b/été.txt": b"deux", "a/": b"", "a.txt": b"un", "vide.txt": b""})
    assert list(read_all(data).items()) == [("b/été.txt", b"deux"), ("a.txt", b"un"), ("vide.txt", b"")]


def test_there_is_no_member_by_another_name() -> None:
    with pytest.raises(KeyError):
        BoundedZip(zip_of({"a.txt": b""})).read("b.txt")


def zip_with_raw_name(raw: bytes) -> bytes:
    """Return a zip whose member bears `raw` as its name, without the flag for UTF-8."""
    return zip_of({"N" * len(raw): b"x"}).replace(b"N" * len(raw), raw)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"\x82t\x82.txt", "été.txt"),  # code page 850, old Windows
        ("été.txt".encode(), "été.txt"),
        (b"notes\\a.txt", "notes/a.txt"),
    ],
)
def test_names_of_other_systems_are_understood(raw: bytes, name: str) -> None:
    assert read_all(zip_with_raw_name(raw)) == {name: b"x"}


def test_a_folder_written_with_a_backslash_is_no_file() -> None:
    assert BoundedZip(zip_with_raw_name(b"notes\\")).names == ()


ZEROS = bytes(100_000)


@pytest.mark.parametrize(
    ("members", "limits", "code"),
    [
        ({"a": ZEROS}, Limits(ratio=10, ratio_from_bytes=50_000), "zip-bomb"),
        ({"a": bytes(600), "b": bytes(600)}, Limits(expanded_bytes=1_199), "zip-bomb"),
        ({"a": bytes(101)}, Limits(file_bytes=100), "zip-bomb"),
        ({"a": b"", "b": b"", "c": b""}, Limits(zip_entries=2), "zip-entries"),
    ],
)
def test_what_goes_beyond_a_limit_is_refused(members: dict[str, bytes], limits: Limits, code: str) -> None:
    assert refusal(zip_of(members), limits) == code


@pytest.mark.parametrize(
    ("members", "limits"),
    [
        ({"a": ZEROS}, Limits(ratio=10, ratio_from_bytes=100_000)),
        ({"a": bytes(600), "b": bytes(600)}, Limits(expanded_bytes=1_200)),
        ({"a": bytes(100)}, Limits(file_bytes=100)),
        ({"a": b"", "b": b""}, Limits(zip_entries=2)),
    ],
)
def test_what_reaches_a_limit_is_read(members: dict[str, bytes], limits: Limits) -> None:
    assert read_all(zip_of(members), limits) == members


def test_the_ratio_counts_all_members_together() -> None:
    archive = BoundedZip(zip_of({"a": ZEROS, "b": ZEROS}), limits=Limits(ratio=10, ratio_from_bytes=150_000))
    assert archive.read("a") == ZEROS
    with pytest.raises(RefusedFileError) as caught:
        archive.read("b")
    assert caught.value.code == "zip-bomb"


def test_a_member_that_lies_about_its_size_is_damaged() -> None:
    data = bytearray(zip_of({"a": ZEROS}))
    # sizes stand 24 bytes into the central entry and 22 into the local one
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(mark) + offset
        data[at : at + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(data)) == "corrupt"


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../b.txt", "/etc/passwd", "C:/x.txt", "C:\\x.txt", "..\\a.txt", "\\a.txt", ".."]
)
def test_a_name_that_leads_out_is_refused_and_the_others_are_read(name: str) -> None:
    archive = BoundedZip(zip_of({name: b"x", "a..b/c.txt": b"bon"}))
    assert archive.read("a..b/c.txt") == b"bon"
    with pytest.raises(RefusedFileError) as caught:
        archive.read(name.replace("\\", "/"))
    assert caught.value.code == "zip-path"


def test_a_link_is_not_followed() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("lien.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert refusal(stream.getvalue()) == "zip-link"


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(zip_of({"a.txt": b"secret"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"PK\x03\x04") + 6] |= 1
    assert refusal(bytes(data)) == "encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_unfold_without_bound_are_refused(method: int) -> None:
    # these two hand over all that a chunk unfolds to, which may be a thousand times the chunk
    assert refusal(zip_of({"a.txt": bytes(1_000_000)}, method)) == "zip-method"


WHOLE = zip_of({"a.txt": b"Un jardin. " * 20, "b/c.txt": b"x"})


@pytest.mark.parametrize("data", [b"", b"PK", b"pas un zip", WHOLE[:-10], WHOLE[40:]])
def test_what_is_no_whole_zip_is_damaged(data: bytes) -> None:
    assert refusal(data) == "corrupt"


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), min_size=1, max_size=8))
def test_damage_gives_a_refusal_or_the_content_never_another_error(changes: dict[int, int]) -> None:
    data = bytearray(WHOLE)
    for position, byte in changes.items():
        data[position] = byte
    try:
        found = read_all(bytes(data))
    except RefusedFileError:
        return
    assert set(found.values()) <= {b"Un jardin. " * 20, b"x", b""}
