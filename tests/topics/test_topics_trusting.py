"""What one may say of topics: beside noise, beside codes, unit by unit; answers that no one gave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import innovsoc_analysis as isa
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.effects import Effects
from innovsoc_analysis.topics.reading.unseen import unseen

GARDEN = "Le jardin donne des légumes et des fruits. Les voisins arrosent le potager et cueillent des tomates."
OFFICE = "Le guichet distribue des formulaires aux familles. Les agents lisent les dossiers et signent les demandes."


@pytest.fixture(scope="module")
def topics():
    texts = {f"jardin {n}": GARDEN for n in range(10)} | {f"guichet {n}": OFFICE for n in range(10)}
    corpus = isa.corpus_from_texts(texts)
    return isa.topics.fit(corpus, n_topics=2, max_share=1)


@pytest.fixture
def half_stable(topics):
    """Return the same topics, of which the second is no more stable than chance."""
    found = replace(topics)
    stability = topics.stability
    found.__dict__["stability"] = replace(stability, chance=np.array([0.0, 1.0]), mean_by_chance=0.0)
    return found


def test_two_worlds_are_stable_and_their_words_shuffled_are_not(topics):
    noise = topics.against_noise(n_resamples=5)
    assert noise.n_stable == {"les textes": 2, "les mêmes mots, battus": 0}
    assert noise.table["of"].tolist() == ["les textes"] * 2 + ["les mêmes mots, battus"] * 2
    assert noise.table["stability"].iloc[:2].tolist() == [100, 100]
    assert repr(noise) == "<Bruit : 2 thèmes stables dans les textes, 0 dans les mêmes mots battus>"
    rows = [tick.get_text() for tick in noise.plot(labels={1: "mon nom"}).get_yticklabels()]
    assert rows[0] == "1. mon nom"
    assert rows[2].startswith("bruit 1. ")
    assert "non</td>" in noise._repr_html_()


def test_the_same_shuffling_gives_the_same_comparison(topics):
    first, second = (topics.against_noise(n_resamples=3) for _ in range(2))
    pd.testing.assert_frame_equal(first.table, second.table)


def test_stable_topics_keep_their_names_and_unstable_ones_are_marked(topics, half_stable):
    assert topics.marked_labels == topics.labels
    assert half_stable.marked_labels == {1: topics.labels[1], 2: f"{topics.labels[2]}\u00a0?"}


def test_words_are_listed_in_three_orders(topics):
    lists = topics.word_lists(3)
    assert lists.columns.tolist() == ["topic", "weight", "relevance", "exclusivity"]
    assert lists["weight"].tolist() == [", ".join(words) for words in topics.top_words(3).values()]


SPANS = pd.DataFrame({"doc_id": ["a", "a", "b", "b"], "start": [0, 50, 0, 50], "end": [49, 99, 49, 99]})
# the first topic is all of the first text, of which one sentence in two is coded; the second, never coded
SHARES = pd.DataFrame({1: [1.0, 1.0, 0.0, 0.0], 2: [0.0, 0.0, 1.0, 1.0]})
CODINGS = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [9], "code": ["lieu"]})
TEXTS = {"a": "a" * 50 + "b" * 50, "b": "c" * 50 + "d" * 50}


def test_what_carries_no_code_is_counted_and_quoted():
    found = unseen(SPANS, SHARES, CODINGS, labels={1: "jardin", 2: "guichet"}, texts=TEXTS)
    assert found.overall == 0.75
    assert found.table["share"].tolist() == [0.5, 1.0]
    assert found.sentences(1)[["topic", "quote"]].to_numpy().tolist() == [[1, "b" * 49], [2, "c" * 49]]
    assert repr(found) == "<Sans code : 75 % des phrases, 2 thèmes>"
    rows = [tick.get_text() for tick in found.plot(labels={2: "droits"}).get_yticklabels()]
    assert rows == ["1. jardin", "2. droits"]


def test_a_topic_is_seen_worse_or_better_only_if_its_whole_interval_says_so():
    spans = pd.concat([SPANS.assign(doc_id=f"{row}{n}") for n in range(6) for row in "ab"], ignore_index=True)
    half = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0] * 6
    shares = pd.DataFrame({1: half, 2: [1 - one for one in half]})
    codings = pd.DataFrame({"doc_id": [f"a{n}" for n in range(6)], "start": 0, "end": 99, "code": "lieu"})
    texts = dict.fromkeys(spans["doc_id"], "x" * 100)
    found = unseen(spans, shares, codings, labels={1: "jardin", 2: "guichet"}, texts=texts)
    # every text of the first topic is coded throughout, none of the second
    assert found.table[["share", "low", "high"]].to_numpy().tolist() == [[0, 0, 0], [1, 1, 1]]
    assert found.table["verdict"].tolist() == ["mieux", "moins bien"]


def test_units_are_compared_each_to_its_own_chance(topics):
    found = isa.topics.compare_units(topics.corpus, ("document", "paragraph"), n_topics=2)
    assert found.table["unit"].tolist() == ["document", "paragraphe"]
    assert found.table["n_units"].tolist() == [20, 20]
    assert found.table.loc[0, "n_stable"] == 2
    assert set(found.topics) == {"document", "paragraph"}
    assert "thèmes stables" in found._repr_html_()
    assert [tick.get_text() for tick in found.plot().get_yticklabels()] == ["document", "paragraphe"]


def test_conclusions_are_drawn_of_stable_topics_only(half_stable):
    found = isa.topics.conclude(half_stable, unseen=half_stable.uncoded(CODINGS.iloc[:0]))
    assert found.table["stable"].tolist() == [True, False]
    assert found.table["seen"].tolist() == ["aussi bien que l'ensemble (100 % de phrases sans code)", ""]
    assert repr(found) == "<Conclusions : 1 thèmes stables sur 2>"


def test_only_sure_differences_are_told(topics):
    columns = ["topic", "attribute", "level", "reference", "effect", "p_adjusted"]
    rows = [
        (1, "genre", "project", "definition", -41.6, 0.001),
        (1, "year", "", "", 2.0, 0.04),
        (2, "genre", "project", "definition", 41.6, 0.05),
        (2, "year", "", "", -2.0, float("nan")),
    ]
    effects = Effects(pd.DataFrame(rows, columns=columns), 20, ())
    table = isa.topics.conclude(topics, effects=effects).table
    assert table["differences"].tolist() == ["projets / définitions : −42 points ; année : +2 points", "rien de sûr"]


def test_codes_are_told_where_they_name_the_topic(topics):
    columns = ["topic", "label", "origin", "code", "others", "reason"]
    rows = [(1, "Santé", "code", "dom.sante", "Besoin", "…"), (2, "guichet, dossier", "words", "", "", "…")]
    table = isa.topics.conclude(topics, proposed=pd.DataFrame(rows, columns=columns)).table
    assert table["codes"].tolist() == ["Santé ; Besoin", "aucun"]


def test_invented_answers_are_right_as_often_as_asked(topics):
    tasks = topics.tasks(per_topic=3)
    key = tasks.key.set_index("task_id")["right"]
    always = isa.topics.validation.invented_answers(tasks, ["A", "B"], right=1)
    assert (always["answer"].to_numpy() == key[always["task_id"]].to_numpy()).all()
    assert always["judge"].value_counts().to_dict() == {"A": len(tasks), "B": len(tasks)}
    letters = {task.task_id: task.letters for task in tasks}
    never = isa.topics.validation.invented_answers(tasks, right=0)
    assert all(row.answer in letters[row.task_id] for row in never.itertuples())
    with pytest.raises(UsageError, match="comprise entre 0 et 1"):
        isa.topics.validation.invented_answers(tasks, right=1.5)


def test_results_are_saved_with_french_headings(topics, tmp_path):
    results = {
        "bruit": topics.against_noise(n_resamples=2),
        "sans-code": topics.uncoded(CODINGS.iloc[:0]),
        "unites": isa.topics.compare_units(topics.corpus, ("document",), n_topics=2),
        "conclusions": isa.topics.conclude(topics),
    }
    for name, result in results.items():
        result.save(f"{tmp_path}/{name}.csv")
        result.save(tmp_path / f"{name}.xlsx")
        columns = pd.read_csv(tmp_path / f"{name}.csv").columns
        assert not {"label", "stability", "unit", "share"} & set(columns)
