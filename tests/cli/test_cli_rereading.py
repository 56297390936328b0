"""What the terminal says of doubtful codings is what the file holds."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from innovsoc_analysis.cli.coding import _doubts

THREE = "Codages incertains, à relire : 3 sur 10."


def coded(*, codings, to_reread, listed, nearly, rows):
    tally = SimpleNamespace(codings=codings, to_reread=to_reread, listed=listed, nearly=nearly)
    return SimpleNamespace(merged=SimpleNamespace(tally=tally), n_listed=rows)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"to_reread": 0, "listed": 0, "nearly": 0, "rows": 0}, []),
        (
            {"to_reread": 3, "listed": 3, "nearly": 0, "rows": 3},
            [f"{THREE} Ils sont dans to_reread.csv."],
        ),
        (
            {"to_reread": 3, "listed": 5, "nearly": 2, "rows": 5},
            [f"{THREE} to_reread.csv a 5 lignes : ceux-là et 2 que la machine a failli donner."],
        ),
        (
            {"to_reread": 3, "listed": 5, "nearly": 2, "rows": 4},
            [f"{THREE} to_reread.csv donne les 4 plus douteux, parmi eux et parmi 2 presque donnés."],
        ),
    ],
)
def test_both_numbers_are_said(numbers, said):
    assert list(_doubts(coded(codings=10, **numbers))) == said


def test_the_file_has_as_many_rows_as_are_said(coded_rows):
    said, rows = coded_rows
    assert f"to_reread.csv a {rows} lignes" in said or (rows and "Ils sont dans to_reread.csv" in said)


@pytest.fixture
def coded_rows(run, tmp_path):
    import pandas as pd

    (tmp_path / "a.txt").write_text(
        "Les habitants inventent une réponse nouvelle à un besoin social. La commune soutient le projet. On partage les"
        " outils, les décisions et les recettes du jardin. L'association cherche des partenaires pour durer.",
        "utf-8",
    )
    said = run("code", tmp_path / "a.txt", "--out", tmp_path / "r").stderr
    return said, len(pd.read_csv(tmp_path / "r" / "to_reread.csv"))
