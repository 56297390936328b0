"""Tasks for people: what they ask, what their key says, and that one seed gives one set of tasks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.validation import Material, make_tasks
from innovsoc_analysis.topics.validation.sheets import load_tasks, save_tasks
from innovsoc_analysis.topics.validation.tasks import Task

N_TOPICS, OWN = 4, 12
WORDS = [f"mot{topic}{letter}" for topic in range(1, N_TOPICS + 1) for letter in "abcdefghijkl"]


def material(**changes) -> Material:
    """Four topics with twelve words of their own; units that carry three topics, and one that carries one."""
    weights = np.zeros((N_TOPICS, len(WORDS)))
    for topic in range(N_TOPICS):
        weights[topic, topic * OWN : (topic + 1) * OWN] = np.arange(OWN, 0, -1)
    weights /= weights.sum(axis=1, keepdims=True)
    shares = [np.roll([0.5, 0.3, 0.2, 0.0], turn) for turn in range(N_TOPICS)] + [np.array([1.0, 0, 0, 0])]
    ids = [f"u{number}" for number in range(len(shares))]
    exemplars = pd.DataFrame(
        [(topic, f"Passage {rank} du thème {topic}.", f"d{topic}{rank}") for topic in range(1, 5) for rank in (1, 2)],
        columns=["topic", "quote", "doc_id"],
    )
    parts = {
        "words": WORDS,
        "word_weights": weights,
        "frequencies": np.full(len(WORDS), 10.0),
        "shares": pd.DataFrame(shares, index=ids, columns=range(1, N_TOPICS + 1)),
        "verbatims": pd.DataFrame({"unit_id": ids, "quote": [f"Unité {one}." for one in ids]}),
        "exemplars": exemplars,
    }
    return Material(**(parts | changes))


def right_options(tasks) -> dict[str, str]:
    return {
        row.task_id: dict(zip("ABCDEF", tasks[row.task_id].options, strict=False))[row.right]
        for row in tasks.key.itertuples()
    }


def test_a_word_intrusion_shows_five_first_words_of_a_topic_and_one_of_another():
    tasks = make_tasks(material(), kinds=["word_intrusion"])
    assert sorted(tasks.key["topic"]) == [1, 2, 3, 4]
    for task, solution in zip(tasks.tasks, tasks.solutions, strict=True):
        intruder = right_options(tasks)[task.task_id]
        rest = set(task.options) - {intruder}
        assert rest == {f"mot{solution.topic}{letter}" for letter in "abcde"}
        assert intruder[3] != str(solution.topic)
        assert intruder[4] in "abcdefghij"  # a first word of its own topic


def test_an_intruder_is_about_as_frequent_as_the_words_around_it():
    frequencies = np.full(len(WORDS), 1000.0)
    frequencies[:5] = 10  # the words shown of the first topic
    near = [WORDS.index(word) for word in ("mot2c", "mot3d", "mot4b")]
    frequencies[near] = 12
    tasks = make_tasks(material(frequencies=frequencies), kinds=["word_intrusion"])
    first = tasks.key.set_index("topic").loc[1, "task_id"]
    assert right_options(tasks)[first] in {"mot2c", "mot3d", "mot4b"}


def test_a_word_that_is_part_of_a_term_shown_is_no_intruder():
    words = [*WORDS]
    words[0] = "innovation sociale"
    others = list(range(OWN, len(words)))
    for column in others:  # all others hold a word of the term but one
        words[column] = f"innovation {WORDS[column]}"
    words[OWN] = "verger"
    tasks = make_tasks(material(words=words), kinds=["word_intrusion"], seed=3)
    first = tasks.key.set_index("topic").loc[1, "task_id"]
    assert right_options(tasks)[first] == "verger"


def test_a_second_task_of_a_topic_shows_its_next_five_words_and_another_intruder():
    tasks = make_tasks(material(), kinds=["word_intrusion"], per_topic=2)
    of_first = tasks.key[tasks.key["topic"] == 1]["task_id"]
    rights = right_options(tasks)
    shown = sorted("".join(sorted(set(tasks[one].options) - {rights[one]})) for one in of_first)
    assert shown == ["mot1amot1bmot1cmot1dmot1e", "mot1fmot1gmot1hmot1imot1j"]
    assert len({rights[one] for one in of_first}) == 2


def test_a_topic_intrusion_offers_three_topics_of_the_passage_and_one_it_does_not_carry():
    tasks = make_tasks(material(), kinds=["topic_intrusion"])
    assert sorted(task.shown for task in tasks) == ["Unité u0.", "Unité u1.", "Unité u2.", "Unité u3."]
    for task, solution in zip(tasks.tasks, tasks.solutions, strict=True):
        unit = int(task.shown[7])
        assert solution.topic == unit + 1
        absent = (unit + 3) % 4 + 1
        assert right_options(tasks)[task.task_id].startswith(f"mot{absent}a, mot{absent}b")
        assert sorted(solution.shares) == [0.0, 0.2, 0.3, 0.5]
        assert solution.shares[task.letters.index(solution.right)] == 0


def test_a_verbatim_fit_has_one_passage_of_the_topic_and_two_of_two_others():
    tasks = make_tasks(material(), kinds=["verbatim_fit"])
    for task, solution in zip(tasks.tasks, tasks.solutions, strict=True):
        assert task.shown.startswith(f"mot{solution.topic}a, ")
        assert right_options(tasks)[task.task_id] == f"Passage 1 du thème {solution.topic}."
        assert len({option[-2] for option in task.options}) == 3


def test_the_same_seed_gives_the_same_tasks_and_another_others():
    assert make_tasks(material(), seed=5).tasks == make_tasks(material(), seed=5).tasks
    assert make_tasks(material(), seed=5).digest != make_tasks(material(), seed=6).digest


def test_a_kind_left_out_does_not_change_the_others():
    alone = {(task.shown, task.options) for task in make_tasks(material(), kinds=["verbatim_fit"], seed=2)}
    among = {(task.shown, task.options) for task in make_tasks(material(), seed=2) if task.kind == "verbatim_fit"}
    assert alone == among


def test_right_options_stand_anywhere():
    rights = [right for seed in range(40) for right in make_tasks(material(), seed=seed).key["right"]]
    assert set(rights) == set("ABCDEF")


def test_what_people_see_does_not_hold_the_key():
    tasks = make_tasks(material())
    assert list(tasks.table) == ["task_id", "kind", "question", "shown", "A", "B", "C", "D", "E", "F"]
    assert repr(tasks) == "<Tasks : 4 « Mot intrus », 4 « Thème intrus », 4 « Passage qui convient »>"
    assert not hasattr(tasks["t1"], "right")
    assert "Unité" not in repr(tasks)


def test_wording_is_escaped_in_a_notebook():
    task = Task("t1", "verbatim_fit", "Quel passage ?", "<b>", ("<script>", "B", "C"))
    assert "<script>" not in task._repr_html_()
    assert "&lt;script&gt;" in task._repr_html_()


def test_long_passages_are_cut_between_words():
    long = "Un jardin sur le toit. " * 100
    quotes = pd.DataFrame({"unit_id": ["u0"], "quote": [long]})
    (task,) = make_tasks(material(verbatims=quotes), kinds=["topic_intrusion"])
    assert task.shown.endswith(" […]")
    assert 880 < len(task.shown) <= 904
    assert long.startswith(task.shown.removesuffix(" […]"))


def test_what_cannot_be_asked_is_told():
    quotes = pd.DataFrame({"unit_id": ["u0", "u4"], "quote": ["Un passage.", "Un autre."]})
    tasks = make_tasks(material(verbatims=quotes), kinds=["topic_intrusion"])
    assert tasks.remarks == (
        "Thème intrus : thèmes 2, 3, 4 : trop peu de passages qui portent 3 thèmes, celui-ci d'abord, et pas les autres.",
    )


def test_two_topics_are_too_few_for_passages_but_not_for_words():
    two = material(
        word_weights=material().word_weights[:2],
        shares=pd.DataFrame({1: [1.0], 2: [0.0]}, index=["u0"]),
        exemplars=material().exemplars[lambda one: one["topic"] < 3],
    )
    tasks = make_tasks(two)
    assert set(tasks.key["kind"]) == {"word_intrusion"}
    assert tasks.remarks == (
        "Thème intrus : il faut plus de 3 thèmes.",
        "Passage qui convient : thèmes 1, 2 : pas assez de passages exemplaires, de ce thème ou des autres.",
    )
    with pytest.raises(UsageError, match=r"^Aucune tâche ne peut être tirée de ce modèle\. Thème intrus"):
        make_tasks(two, kinds=["topic_intrusion"])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"kinds": ["quiz"]}, "Genre de tâche inconnu : « quiz » ; choisissez parmi"),
        ({"per_topic": 0}, "Demandez au moins une tâche par thème."),
    ],
)
def test_wrong_options_are_refused(options, sentence):
    with pytest.raises(UsageError, match=f"^{sentence}"):
        make_tasks(material(), **options)


def test_parts_of_two_models_are_refused():
    with pytest.raises(UsageError, match="ne sont pas du même modèle"):
        material(words=WORDS[:-1])


@pytest.mark.parametrize(("said", "letter"), [("b", "B"), (" B ", "B"), ("COMPOST", "B"), ("", ""), ("  ", "")])
def test_an_answer_is_a_letter_or_a_wording(said, letter):
    assert Task("t1", "word_intrusion", "Quel mot ?", "", ("loyer", "compost", "semis")).letter(said) == letter


@pytest.mark.parametrize("said", ["D", "AB", "composte", "1"])
def test_an_answer_that_is_no_option_is_refused(said):
    task = Task("t7", "word_intrusion", "Quel mot ?", "", ("loyer", "compost", "semis"))
    with pytest.raises(UsageError) as raised:
        task.letter(said)
    assert str(raised.value) == f"« {said} » n'est pas une réponse à t7 ; choisissez A, B ou C."


def test_an_unknown_task_is_refused():
    with pytest.raises(UsageError, match=r"^Il n'y a pas de tâche « t99 » ; elles vont de t1 à t12\.$"):
        make_tasks(material())["t99"]


def test_tasks_and_key_come_back_from_their_file(tmp_path):
    tasks = make_tasks(material())
    save_tasks(tasks, tmp_path / "cle.json")
    found = load_tasks(tmp_path / "cle.json")
    assert (found.tasks, found.solutions, found.remarks) == (tasks.tasks, tasks.solutions, tasks.remarks)


@pytest.mark.parametrize(
    "content", ["[]", "{", '{"format": "innovsoc-taches-1", "tasks": [], "solutions": [1]}', "null"]
)
def test_another_file_is_no_key(tmp_path, content):
    (tmp_path / "cle.json").write_text(content, "utf-8")
    with pytest.raises(UsageError, match=r"^cle\.json : "):
        load_tasks(tmp_path / "cle.json")
