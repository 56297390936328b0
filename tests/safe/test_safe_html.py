"""Pages are parsed whole or refused; walking them needs no recursion."""

from __future__ import annotations

import pytest

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.html import parse_html, walk_html


def words(page: str) -> str:
    return " ".join("".join(step.text for step in walk_html(parse_html(page)) if step.kind == "text").split())


@pytest.mark.parametrize("depth", [10, 300, 2000])
def test_what_stands_deep_or_after_it_is_not_lost(depth: int) -> None:
    assert words("<div>" * depth + "fond" + "</div>" * depth + "<p>fin</p>") == "fondfin"


@pytest.mark.parametrize("depth", [2100, 50_000])
def test_a_page_too_deep_for_the_parser_is_refused(depth: int) -> None:
    with pytest.raises(RefusedFileError) as caught:
        parse_html("<div>" * depth + "fond" + "</div>" * depth)
    assert caught.value.code == "html-depth"


@pytest.mark.parametrize("page", ["", "  ", "<!-- rien -->"])
def test_nothing_is_refused(page: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        parse_html(page)
    assert caught.value.code == "corrupt"


def test_text_and_tails_come_in_order_without_comments() -> None:
    assert words("<p>un <b>deux</b> trois<!-- quatre --> cinq</p>six") == "un deux trois cinqsix"


def test_xhtml_closes_its_elements_in_one_mark() -> None:
    head = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
    assert words(f"{head}<body><script src='a>b'/><p>un<br/>deux<a id='x'/></p></body></html>") == "undeux"


def test_an_encoding_that_the_text_declares_does_not_count_twice() -> None:
    assert words('<?xml version="1.0" encoding="latin-1"?><meta charset="latin-1"><p>été “là”') == "été “là”"
