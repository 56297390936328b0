"""Validation by people: tasks made from the topics, answered in sheets or in the notebook, scored."""

from innovsoc_analysis.topics.validation.inventing import invented_answers as invented_answers
from innovsoc_analysis.topics.validation.making import make_tasks as make_tasks
from innovsoc_analysis.topics.validation.notebook import Sitting as Sitting
from innovsoc_analysis.topics.validation.scores import Scores as Scores
from innovsoc_analysis.topics.validation.scoring import score as score
from innovsoc_analysis.topics.validation.sheets import load_tasks as load_tasks
from innovsoc_analysis.topics.validation.sheets import read_answers as read_answers
from innovsoc_analysis.topics.validation.sheets import save_answer_sheets as save_answer_sheets
from innovsoc_analysis.topics.validation.sheets import save_tasks as save_tasks
from innovsoc_analysis.topics.validation.tasks import Material as Material
from innovsoc_analysis.topics.validation.tasks import Tasks as Tasks

__all__ = [
    "Material",
    "Scores",
    "Sitting",
    "Tasks",
    "invented_answers",
    "load_tasks",
    "make_tasks",
    "read_answers",
    "save_answer_sheets",
    "save_tasks",
    "score",
]
