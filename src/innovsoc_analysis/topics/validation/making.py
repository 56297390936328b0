"""Make tasks from a fitted model: the same seed gives the same tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.validation.tasks import KINDS, QUESTIONS, Material, Solution, Task, Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_SHOWN_WORDS = 5  # with the intruder, six: Chang et al. 2009
_STRONG = 10
_NEAREST = 3
_TOPIC_WORDS = 8
_CARRIED_TOPICS = 3
_CARRIED, _ABSENT = 0.05, 0.02
_OTHER_PASSAGES = 2
_LONGEST_QUOTE = 900


class _Draft(NamedTuple):
    """A task without its number: the right option first."""

    topic: int
    shown: str
    options: tuple[str, ...]
    shares: tuple[float, ...] = ()


class _Drafts(NamedTuple):
    drafts: list[_Draft]
    remarks: list[str]


def make_tasks(material: Material, *, kinds: Iterable[str] = tuple(KINDS), per_topic: int = 1, seed: int = 0) -> Tasks:
    """Make tasks for people from a fitted model.

    *Word intrusion*: five first words of a topic and an intruder, that is a first word of another
    topic, weak in this one and about as frequent in the corpus. *Topic intrusion*: a passage, three
    topics that it carries (5 % or more each) and one that it does not (2 % or less). *Verbatim fit*:
    the first words of a topic, a passage that shows it and two that show others.

    Parameters
    ----------
    material : Material
        The model.
    kinds : iterable of {"word_intrusion", "topic_intrusion", "verbatim_fit"}
        By default all.
    per_topic : int
        Tasks of each kind for each topic. A second one shows the next five words, another passage.
    seed : int
        Draws intruders, passages and orders.

    Returns
    -------
    Tasks
        Kind after kind, topics in no order; what could not be asked is told in ``remarks``.

    Raises
    ------
    UsageError
        If a kind is not known, or no task can be made at all.

    Examples
    --------
    >>> words = ["bail", "loyer", "semis", "serre"]
    >>> material = Material(
    ...     words, np.array([[0.6, 0.4, 0, 0], [0, 0, 0.6, 0.4], [0.1, 0.4, 0.1, 0.4]]), np.ones(4),
    ...     pd.DataFrame(np.eye(3), index=["u1", "u2", "u3"], columns=[1, 2, 3]),
    ...     pd.DataFrame({"unit_id": ["u1"], "quote": ["Le bail court."]}),
    ...     pd.DataFrame({"topic": [1, 2, 3], "quote": ["Le bail court.", "Le semis lève.", "Loyer de la serre."]}))
    >>> tasks = make_tasks(material, kinds=["verbatim_fit"])
    >>> tasks
    <Tasks : 3 « Passage qui convient »>
    >>> tasks["t1"].letters, tasks["t1"].question
    ('ABC', 'Quel passage correspond le mieux à ces mots ?')
    """
    wanted = list(kinds)
    for kind in wanted:
        if kind not in KINDS:
            raise UsageError(f"Genre de tâche inconnu : « {kind} » ; choisissez parmi {', '.join(KINDS)}.")
    if per_topic < 1:
        raise UsageError("Demandez au moins une tâche par thème.")
    tasks: list[Task] = []
    solutions: list[Solution] = []
    remarks: list[str] = []
    for number, (kind, make) in enumerate(_MAKERS.items()):
        if kind not in wanted:
            continue
        # a stream per kind: leaving one out does not change the others
        rng = np.random.default_rng([seed, number])
        made = make(material, per_topic=per_topic, rng=rng)
        remarks += [f"{KINDS[kind]} : {remark}" for remark in made.remarks]
        for place in rng.permutation(len(made.drafts)):
            task, solution = _numbered(made.drafts[place], kind, f"t{len(tasks) + 1}", rng=rng)
            tasks.append(task)
            solutions.append(solution)
    if not tasks:
        raise UsageError(f"Aucune tâche ne peut être tirée de ce modèle. {' '.join(remarks)}")
    return Tasks(tuple(tasks), tuple(solutions), tuple(remarks))


def _numbered(draft: _Draft, kind: str, task_id: str, *, rng: np.random.Generator) -> tuple[Task, Solution]:
    order = rng.permutation(len(draft.options)).tolist()
    task = Task(task_id, kind, QUESTIONS[kind], draft.shown, tuple(draft.options[place] for place in order))
    shares = tuple(draft.shares[place] for place in order) if draft.shares else ()
    return task, Solution(task_id, draft.topic, task.letters[order.index(0)], shares)


def _word_intrusion(material: Material, *, per_topic: int, rng: np.random.Generator) -> _Drafts:
    drafts = []
    without = []
    for topic in range(1, material.n_topics + 1):
        used: set[int] = set()
        for turn in range(per_topic):
            shown = material.ranked[topic - 1][turn * _SHOWN_WORDS : (turn + 1) * _SHOWN_WORDS]
            candidates = _intruders(material, topic, shown) if len(shown) == _SHOWN_WORDS else []
            candidates = [column for column in candidates if column not in used][:_NEAREST]
            if not candidates:
                without.append(topic)
                break
            intruder = int(rng.choice(candidates))
            used.add(intruder)
            drafts.append(_Draft(topic, "", tuple(material.words[column] for column in (intruder, *shown))))
    return _Drafts(drafts, _too_few(without, "pas assez de mots, ou pas d'intrus possible"))


def _intruders(material: Material, topic: int, shown: Sequence[int]) -> list[int]:
    """Return first words of other topics that are weak in `topic`, those as frequent as the words shown first."""
    weights = material.word_weights[topic - 1]
    strong = {
        column for other, ranked in enumerate(material.ranked, start=1) if other != topic for column in ranked[:_STRONG]
    }
    parts = {part for column in shown for part in material.words[column].split()}
    weak = [
        column
        for column in sorted(strong - set(material.ranked[topic - 1][:_STRONG]) - set(shown))
        # « innovation » among words such as « innovation sociale » would be no intruder
        if weights[column] <= np.median(weights) and not parts.intersection(material.words[column].split())
    ]
    logs = np.log(np.maximum(np.asarray(material.frequencies, dtype=float), 1))
    middle = logs[list(shown)].mean()
    return sorted(weak, key=lambda column: (round(abs(logs[column] - middle), 9), material.words[column]))


def _topic_intrusion(material: Material, *, per_topic: int, rng: np.random.Generator) -> _Drafts:
    if material.n_topics <= _CARRIED_TOPICS:
        return _Drafts([], [f"il faut plus de {_CARRIED_TOPICS} thèmes."])
    quotes = material.verbatims.set_index("unit_id")["quote"]
    shares = material.shares[material.shares.index.isin(quotes[quotes.str.strip() != ""].index)]
    values = shares.to_numpy(dtype=float)
    order = np.argsort(-values, axis=1, kind="stable")
    falling = np.take_along_axis(values, order, axis=1)
    mixed = (falling[:, _CARRIED_TOPICS - 1] >= _CARRIED) & (falling[:, -1] <= _ABSENT)
    drafts = []
    without = []
    for topic in range(1, material.n_topics + 1):
        fit = np.flatnonzero(mixed & (order[:, 0] == topic - 1))
        drawn = rng.permutation(fit)[:per_topic].tolist()
        if len(drawn) < per_topic:
            without.append(topic)
        for row in drawn:
            intruder = rng.choice(np.flatnonzero(values[row] <= _ABSENT))
            columns = [int(intruder), *order[row, :_CARRIED_TOPICS].tolist()]
            options = tuple(material.first_words(column + 1, _TOPIC_WORDS) for column in columns)
            shown = _cut(quotes.loc[shares.index[row]])
            drafts.append(_Draft(topic, shown, options, tuple(round(float(values[row, one]), 6) for one in columns)))
    reason = f"trop peu de passages qui portent {_CARRIED_TOPICS} thèmes, celui-ci d'abord, et pas les autres"
    return _Drafts(drafts, _too_few(without, reason))


def _verbatim_fit(material: Material, *, per_topic: int, rng: np.random.Generator) -> _Drafts:
    exemplars = material.exemplars
    exemplars = exemplars.assign(quote=[_cut(quote) for quote in exemplars["quote"]])
    if "doc_id" not in exemplars:
        exemplars = exemplars.assign(doc_id=[str(number) for number in range(len(exemplars))])
    drafts = []
    without = []
    for topic in range(1, material.n_topics + 1):
        own = exemplars[exemplars["topic"] == topic].drop_duplicates("quote")
        foreign = exemplars[(exemplars["topic"] != topic) & ~exemplars["quote"].isin(own["quote"])]
        made = 0
        for row in own.head(per_topic).itertuples():
            others = _of_other_topics(foreign[foreign["doc_id"] != row.doc_id], rng=rng)
            if len(others) == _OTHER_PASSAGES:
                drafts.append(_Draft(topic, material.first_words(topic, _TOPIC_WORDS), (str(row.quote), *others)))
                made += 1
        if made < per_topic:
            without.append(topic)
    return _Drafts(drafts, _too_few(without, "pas assez de passages exemplaires, de ce thème ou des autres"))


def _of_other_topics(exemplars: pd.DataFrame, *, rng: np.random.Generator) -> list[str]:
    """Return passages of two topics drawn, one passage each."""
    quotes: list[str] = []
    topics = np.array(sorted(exemplars["topic"].unique()))
    for topic in rng.permutation(topics):
        of_topic = exemplars.loc[(exemplars["topic"] == topic) & ~exemplars["quote"].isin(quotes), "quote"].tolist()
        if of_topic and len(quotes) < _OTHER_PASSAGES:
            quotes.append(of_topic[rng.integers(len(of_topic))])
    return quotes


def _too_few(topics: list[int], reason: str) -> list[str]:
    if not topics:
        return []
    which = "thème" if len(topics) == 1 else "thèmes"
    return [f"{which} {', '.join(map(str, topics))} : {reason}."]


def _cut(quote: str) -> str:
    quote = " ".join(quote.split())
    if len(quote) <= _LONGEST_QUOTE:
        return quote
    return quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " […]"


_MAKERS: dict[str, Callable[..., _Drafts]] = {
    "word_intrusion": _word_intrusion,
    "topic_intrusion": _topic_intrusion,
    "verbatim_fit": _verbatim_fit,
}
