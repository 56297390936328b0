"""Every limit refuses what goes beyond it and can be set, in Python and by a line of text."""

from __future__ import annotations

from pathlib import Path

import pytest
from battery_builders import SENTENCE, docx, paragraph, xlsx, zipped
from battery_pages import page
from battery_pdfs import many_pages
from battery_tables import many_lines

from innovsoc_analysis.ingest.reading import read_sources
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, LIMIT_NAMES, Limits, limits_from
from innovsoc_analysis.study.corpus import read_corpus


def codes(folder: Path, limits: Limits) -> list[str]:
    return [one.code or one.outcome for one in read_sources([folder], limits=limits).outcomes]


def attributes(count: int) -> bytes:
    """Return a page of which one tag has so many attributes: the time of libxml2 grows with their square."""
    return page("<p " + " ".join(f"a{number}=1" for number in range(count)) + ">Un jardin.")


@pytest.mark.parametrize(
    ("name", "content", "limits", "code"),
    [
        ("a.txt", b"jardin " * 10, Limits(file_bytes=69), "too-large"),
        ("a.txt", b"jardin " * 10, Limits(document_characters=69), "too-long"),
        ("a.md", b"jardin " * 10, Limits(document_characters=60), "too-long"),
        ("a.docx", docx(paragraph(SENTENCE)), Limits(xml_depth=4), "xml-depth"),
        ("a.docx", docx(paragraph(SENTENCE)), Limits(zip_entries=1), "zip-entries"),
        ("a.docx", docx(paragraph(SENTENCE * 100)), Limits(expanded_bytes=1_000), "zip-bomb"),
        ("a.xlsx", xlsx([["|"] * 5] * 500), Limits(ratio=2, ratio_from_bytes=1_000), "zip-bomb"),
        ("a.zip", zipped({"b.zip": zipped({"a.txt": SENTENCE})}), Limits(zip_depth=1), "zip-depth"),
        ("a.pdf", many_pages(4), Limits(pdf_pages=3), "too-long"),
        ("a.html", attributes(200_000), Limits(seconds=1), "timeout"),
        ("a.csv", many_lines(200_000), Limits(memory_bytes=120_000_000), "memory"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_goes_beyond_a_limit_is_refused_and_what_follows_is_read(
    tmp_path: Path, name: str, content: bytes, limits: Limits, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.srt").write_bytes(b"1\n00:00:01,000 --> 00:00:02,000\nOui\n")
    assert codes(tmp_path, limits) == [code, "accepté"]


def test_the_corpus_takes_limits(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "b.txt").write_text(SENTENCE * 2, "utf-8")
    corpus = read_corpus(tmp_path, limits=Limits(document_characters=len(SENTENCE)))
    assert corpus.sources["code"].fillna("").tolist() == ["", "too-long"]
    assert len(corpus) == 1


def test_the_promised_limits_are_the_default() -> None:
    promised = {
        "file_bytes": 100_000_000,
        "expanded_bytes": 500_000_000,
        "ratio": 200,
        "ratio_from_bytes": 10_000_000,
        "zip_entries": 10_000,
        "pdf_pages": 5_000,
        "document_characters": 20_000_000,
        "xml_depth": 256,
        "seconds": 60,
        "memory_bytes": int(1.5 * 1024**3),
    }
    assert {name: getattr(DEFAULT_LIMITS, name) for name in promised} == promised


def test_a_line_sets_each_limit_in_its_unit() -> None:
    line = ",".join(f"{name}={number}" for number, name in enumerate(LIMIT_NAMES, start=1))
    assert limits_from(line) == Limits(
        file_bytes=1_000_000,
        expanded_bytes=2_000_000,
        ratio=3,
        zip_entries=4,
        zip_depth=5,
        pdf_pages=6,
        document_characters=7,
        xml_depth=8,
        seconds=9,
        memory_bytes=10 * 1024**2,
    )


@pytest.mark.parametrize(
    "line",
    [
        "taille=3",
        "seconds",
        "seconds=",
        "seconds=0",
        "seconds=-1",
        "seconds=1.5",
        "seconds=1,seconds=2",
        "=3",
        "seconds=²",
    ],
)
def test_a_line_that_sets_no_limit_is_refused(line: str) -> None:
    with pytest.raises(UsageError):
        limits_from(line)


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "60"])
def test_a_limit_is_a_whole_number_above_zero(value: object) -> None:
    with pytest.raises(UsageError, match="seconds"):
        Limits(seconds=value)  # type: ignore[arg-type]
