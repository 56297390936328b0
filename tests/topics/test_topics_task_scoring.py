"""Scores of people's answers, against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import openpyxl
import pandas as pd
import pytest

from innovsoc_analysis.coding.agreement import percent_agreement
from innovsoc_analysis.figures.style import png_bytes
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.validation import Tasks, score
from innovsoc_analysis.topics.validation.tasks import Solution, Task

SIX, FOUR, THREE = tuple("uvwxyz"), ("a, b", "c, d", "e, f", "g, h"), ("On sème.", "On loue.", "On roule.")
TASKS = Tasks(
    (
        Task("t1", "word_intrusion", "Quel mot ?", "", SIX),
        Task("t2", "word_intrusion", "Quel mot ?", "", SIX),
        Task("t3", "topic_intrusion", "Quel thème ?", "Un passage.", FOUR),
        Task("t4", "verbatim_fit", "Quel passage ?", "bail", THREE),
    ),
    (
        Solution("t1", 1, "C"),
        Solution("t2", 2, "F"),
        Solution("t3", 2, "D", (0.5, 0.3, 0.2, 0.0)),
        Solution("t4", 3, "B"),
    ),
)


def answers(judge, **given) -> pd.DataFrame:
    return pd.DataFrame({"judge": judge, "task_id": list(given), "answer": list(given.values())}, dtype=object)


ANA = answers("Ana", t1="C", t2="F", t3="D", t4="A")
LUC = answers("Luc", t1="C", t2="A", t3="A", t4="")


@pytest.fixture(scope="module")
def scores():
    return score(TASKS, ANA, LUC)


def test_right_answers_are_counted_by_kind(scores):
    columns = ["kind", "tasks", "n", "blank", "right", "share", "chance"]
    assert scores.kinds[columns].to_numpy().tolist() == [
        ["word_intrusion", 2, 4, 0, 3, 0.75, 1 / 6],
        ["topic_intrusion", 1, 2, 0, 1, 0.5, 0.25],
        ["verbatim_fit", 1, 1, 1, 0, 0.0, 1 / 3],
    ]


def test_right_answers_are_counted_by_topic_with_wilson_intervals(scores):
    assert scores.topics[["kind", "topic", "n", "right", "share"]].to_numpy().tolist() == [
        ["word_intrusion", 1, 2, 2, 1.0],
        ["word_intrusion", 2, 2, 1, 0.5],
        ["topic_intrusion", 2, 2, 1, 0.5],
        ["verbatim_fit", 3, 1, 0, 0.0],
    ]
    # two of two: z² = 3.8415, and the lower end is 2 / (2 + z²)
    assert scores.topics.loc[0, ["low", "high"]].tolist() == pytest.approx([2 / 5.8415, 1], abs=1e-4)


def test_right_answers_are_counted_by_judge_and_blank_ones_apart(scores):
    columns = ["judge", "kind", "n", "right", "blank"]
    assert scores.judges[columns].to_numpy().tolist() == [
        ["Ana", "word_intrusion", 2, 2, 0],
        ["Ana", "topic_intrusion", 1, 1, 0],
        ["Ana", "verbatim_fit", 1, 0, 0],
        ["Luc", "word_intrusion", 2, 1, 0],
        ["Luc", "topic_intrusion", 1, 0, 0],
        ["Luc", "verbatim_fit", 0, 0, 1],
    ]


def test_topic_log_odds_are_zero_at_best_and_negative_for_a_topic_that_is_there(scores):
    by_task = scores.tasks.set_index("task_id")["log_odds"]
    # Ana found the intruder: 0; Luc took the topic of 0.5 for it, and a share of 0 counts as 0.001
    assert by_task["t3"] == pytest.approx((0 + math.log(0.001 / 0.5)) / 2)
    assert by_task.drop("t3").isna().all()
    overall = scores.kinds.set_index("kind")["log_odds"]
    assert overall["topic_intrusion"] == pytest.approx(by_task["t3"])
    assert overall.drop("topic_intrusion").isna().all()


def test_agreement_is_the_share_of_pairs_that_chose_the_same_option(scores):
    found = scores.kinds.set_index("kind")["agreement"]
    assert found["word_intrusion"] == 0.5
    assert found["topic_intrusion"] == 0
    assert math.isnan(found["verbatim_fit"])


def test_ratings_go_to_the_coefficients_of_agreement(scores):
    ratings = scores.ratings()
    assert ratings.loc["t1"].tolist() == ["C", "C"]
    assert ratings.loc["t4"].tolist() == ["A", None]
    assert list(scores.ratings("word_intrusion").index) == ["t1", "t2"]
    assert percent_agreement(scores.ratings("word_intrusion"), interval=None).value == 0.5


def test_the_interval_of_a_kind_draws_tasks():
    """Ten tasks, half of them right by all of four judges: the spread is that of ten draws, not of forty."""
    tasks = Tasks(
        tuple(Task(f"t{one}", "verbatim_fit", "Quel passage ?", "bail", THREE) for one in range(10)),
        tuple(Solution(f"t{one}", one, "A") for one in range(10)),
    )
    given = [answers(judge, **{f"t{one}": "A" if one < 5 else "B" for one in range(10)}) for judge in "abcd"]
    (row,) = score(tasks, *given).kinds.to_dict("records")
    # binomial of ten: 2.5 % and 97.5 % at 2 and 8
    assert (row["share"], row["low"], row["high"]) == (0.5, 0.2, 0.8)


def test_all_right_is_not_certain():
    (row,) = score(TASKS, answers("Ana", t1="C", t2="F")).kinds.dropna(subset="low").to_dict("records")
    assert (row["share"], row["high"]) == (1, 1)
    assert row["low"] == pytest.approx(2 / 5.8415, abs=1e-4)


def test_the_same_seed_gives_the_same_scores():
    one, two = (score(TASKS, ANA, LUC, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(one.kinds, two.kinds)


def test_guessing_is_not_told_from_chance_and_knowing_is():
    n = 120
    tasks = Tasks(
        tuple(Task(f"t{one}", "word_intrusion", "Quel mot ?", "", SIX) for one in range(n)),
        tuple(Solution(f"t{one}", one % 6, "A") for one in range(n)),
    )
    rng = np.random.default_rng(1)
    guessed = score(tasks, answers("Ana", **{f"t{one}": "ABCDEF"[rng.integers(6)] for one in range(n)}))
    known = score(tasks, answers("Ana", **{f"t{one}": "A" if one % 3 else "B" for one in range(n)}))
    assert "pas distinct du hasard (120 réponses, 120 tâches)" in guessed.summary()
    assert known.summary().startswith("Mot intrus : 67 % de réponses justes [")
    assert "le hasard en donnerait 17 % : mieux que le hasard" in known.summary()


def test_a_kind_nobody_answered_is_said_to_be(scores):
    found = score(TASKS, answers("Ana", t1="C"))
    assert found.summary().splitlines()[1:] == [
        "Thème intrus : aucune réponse.",
        "Passage qui convient : aucune réponse.",
    ]
    assert found.kinds["low"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "Aucune réponse à compter : les feuilles sont vides."),
        ([answers("Ana", t1="", t2=None)], "Aucune réponse à compter : les feuilles sont vides."),
        ([ANA, answers("Ana", t1="A")], "Ana répond deux fois à t1 ; gardez une réponse."),
        ([answers("Ana", t8="A")], "Il n'y a pas de tâche « t8 » ; elles vont de t1 à t4."),
        ([answers("Ana", t4="D")], "« D » n'est pas une réponse à t4 ; choisissez A, B ou C."),
        (
            [pd.DataFrame({"task_id": ["t1"]})],
            "Les réponses ont les colonnes judge, task_id et answer ; read_answers les donne.",
        ),
    ],
)
def test_answers_that_cannot_be_are_refused(given, sentence):
    with pytest.raises(UsageError) as raised:
        score(TASKS, *given)
    assert str(raised.value) == sentence


def test_a_confidence_is_between_zero_and_one():
    with pytest.raises(UsageError, match=r"^confidence="):
        score(TASKS, ANA, confidence=95)


def test_the_figure_has_a_panel_a_kind_and_marks_chance(scores):
    panels = scores.plot(labels={1: "jardin"})
    assert [axes.get_title(loc="left") for axes in panels] == ["Mot intrus", "Thème intrus", "Passage qui convient"]
    assert [tick.get_text() for tick in panels[0].get_yticklabels()] == ["1 – jardin", "thème 2", "thème 3"]
    dots, chance = panels[0].get_lines()
    assert dots.get_xdata().tolist()[:2] == [100, 50]
    assert chance.get_xdata() == pytest.approx([100 / 6, 100 / 6])
    intervals = panels[1].collections[-1].get_segments()
    assert intervals[1][:, 0] == pytest.approx(100 * scores.topics.loc[2, ["low", "high"]].astype(float))
    assert png_bytes(panels[0].figure) == png_bytes(scores.plot(labels={1: "jardin"})[0].figure)


def test_two_topics_of_one_label_keep_their_rows(scores):
    (first, *_) = scores.plot(labels={1: "jardin", 2: "jardin"})
    assert [tick.get_text() for tick in first.get_yticklabels()] == ["1 – jardin", "2 – jardin", "thème 3"]


def test_scores_are_saved_with_french_headings(scores, tmp_path):
    scores.save(tmp_path / "scores.xlsx")
    book = openpyxl.load_workbook(tmp_path / "scores.xlsx")
    assert book.sheetnames == ["Thèmes", "Ensemble", "Juges", "Tâches", "Réponses"]
    rows = [[cell.value for cell in row] for row in book["Thèmes"].rows]
    assert rows[0] == [
        "tâche",
        "thème",
        "tâches",
        "réponses",
        "justes",
        "justes (%)",
        "bas (%)",
        "haut (%)",
        "hasard (%)",
    ]
    assert rows[2][:6] == ["Mot intrus", 2, 1, 2, 1, 50]


def test_a_notebook_shows_the_kinds(scores):
    assert "<td>Thème intrus</td>" in scores._repr_html_()
    assert repr(scores) == "<Scores : 7 réponses, 2 juges, 4 tâches>"
