"""Pages: one script under a policy that names it, texts shown as texts, data that no tag can close."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from innovsoc_analysis.pages.rendering import render

CLOSING = "</script><script>alert(1)</script>"


@pytest.fixture
def templates(tmp_path):
    (tmp_path / "page.html.j2").write_text(
        '{% extends "base.html.j2" %}{% block lead %}{{ said }}{% endblock %}{% block main %}<p>{{ n | grouped }}</p>{% endblock %}',
        "utf-8",
    )
    (tmp_path / "page.css").write_text(".mine { color: red; }", "utf-8")
    (tmp_path / "page.js").write_text('at("data");', "utf-8")
    return tmp_path


def test_texts_are_escaped_and_data_cannot_close_its_element(templates):
    html = render(templates, {"said": CLOSING, "n": 1234}, title=f"T {CLOSING}", kind="Essai", data={"text": CLOSING})
    assert "alert(1)</script>" not in html
    assert html.count("<script") == 2
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html)[1]
    assert json.loads(data) == {"text": CLOSING}
    assert "<p>1\u202f234</p>" in html


def test_the_policy_names_the_one_script_shared_and_own(templates):
    html = render(templates, {"said": "", "n": 0}, title="T", kind="Essai", data=None)
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)[0]
    assert script.endswith('at("data");')
    assert "function element" in script
    assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in html
    assert ".mine { color: red; }" in html


def test_a_missing_value_is_an_error_not_a_hole(templates):
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        render(templates, {"n": 0}, title="T", kind="Essai", data=None)


def test_numbers_that_are_none_are_refused(templates):
    with pytest.raises(ValueError, match="not JSON compliant"):
        render(templates, {"said": "", "n": 0}, title="T", kind="Essai", data=float("nan"))
