"""The workbook of a judge: instructions, a sheet per kind of task, answers chosen from a list."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.topics.validation.tasks import KINDS, QUESTIONS

if TYPE_CHECKING:
    from innovsoc_analysis.topics.validation.tasks import Task, Tasks

COLUMNS = ("tâche", "question", "à lire", "réponse", "remarque", "juge", "jeu")
"""Columns of a sheet besides the options."""
INSTRUCTIONS = (
    "Un programme a rangé les textes par thèmes. Vos réponses diront si ces thèmes ont un sens pour qui les lit.",
    (
        "Une feuille par genre de question (onglets en bas), une question par ligne. Lisez la question, ce qu'il y a à "
        "lire, puis les options A, B, C…"
    ),
    "Dans la colonne « réponse », choisissez une lettre dans la liste, ou tapez-la. Une seule lettre par ligne.",
    (
        "Répondez seul·e et dans l'ordre, d'après votre première lecture. Il n'y a pas de piège ; certaines questions "
        "n'ont pas de bonne réponse évidente, c'est le thème qui est jugé, pas vous."
    ),
    (
        "Si vous hésitez, choisissez tout de même. Si rien ne vous paraît convenir, laissez vide et dites pourquoi "
        "dans la colonne « remarque »."
    ),
    (
        "Vous pouvez vous arrêter et reprendre. Enregistrez au format .xlsx, sans changer les colonnes, puis rendez le "
        "fichier."
    ),
)
"""What judges are told, a line a paragraph."""
_EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same tasks give the same bytes
_SHOWN_WIDTH = {"word_intrusion": 0, "topic_intrusion": 62, "verbatim_fit": 30}
_OPTION_WIDTH = {"word_intrusion": 17, "topic_intrusion": 27, "verbatim_fit": 46}
_TEXT_WIDTH = 100
_LINE = 15.0
_MOST_HEIGHT = 400.0


def workbook_bytes(tasks: Tasks, *, judge: str) -> bytes:
    """Return the workbook that a judge fills in; it does not hold the key.

    Parameters
    ----------
    tasks : Tasks
        What to ask.
    judge : str
        Who answers.

    Returns
    -------
    bytes
        The same for the same tasks and judge.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(stream, options)
    workbook.set_properties({"created": _EPOCH})
    styles = {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "header": workbook.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "body": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "answer": workbook.add_format(
            {"locked": False, "border": 1, "bg_color": "#FFF6DD", "align": "center", "valign": "top", "bold": True}
        ),
        "remark": workbook.add_format({"locked": False, "text_wrap": True, "valign": "top", "border": 1}),
    }
    _write_instructions(workbook.add_worksheet("Mode d'emploi"), styles)
    for kind, name in KINDS.items():
        of_kind = [task for task in tasks if task.kind == kind]
        if of_kind:
            sheet = workbook.add_worksheet(name)
            _write_tasks(sheet, of_kind, styles=styles, judge=judge, digest=tasks.digest)
    workbook.close()
    return stream.getvalue()


def _write_instructions(sheet: Any, styles: dict[str, Any]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _TEXT_WIDTH)
    sheet.write_string(0, 0, "Ces thèmes ont-ils un sens ?", styles["title"])
    for number, line in enumerate(INSTRUCTIONS, start=2):
        sheet.write_string(number, 0, line, styles["body"])
        sheet.set_row(number, _LINE * (2 if len(line) > _TEXT_WIDTH else 1) + 6)


def _write_tasks(sheet: Any, tasks: list[Task], *, styles: dict[str, Any], judge: str, digest: str) -> None:
    kind = tasks[0].kind
    letters = max((task.letters for task in tasks), key=len)
    columns = ["tâche", "question", "à lire", *letters, "réponse", "remarque", "juge", "jeu"]
    widths = {"tâche": 7, "question": 24, "à lire": _SHOWN_WIDTH[kind], "réponse": 10, "remarque": 30, "juge": 12}
    at = {name: place for place, name in enumerate(columns)}
    for name, place in at.items():
        width = widths.get(name, _OPTION_WIDTH[kind])
        hidden = name == "jeu" or width == 0
        sheet.set_column(place, place, width, None, {"hidden": True} if hidden else {})
        sheet.write_string(0, place, name, styles["header"])
    sheet.freeze_panes(1, 1)
    for row, task in enumerate(tasks, start=1):
        cells = {"tâche": task.task_id, "question": QUESTIONS[kind], "à lire": task.shown, "juge": judge, "jeu": digest}
        cells |= dict(zip(task.letters, task.options, strict=True))
        for name, text in cells.items():
            sheet.write_string(row, at[name], text.encode("utf-8", "replace").decode("utf-8"), styles["body"])
        sheet.write_blank(row, at["réponse"], None, styles["answer"])
        sheet.write_blank(row, at["remarque"], None, styles["remark"])
        sheet.set_row(row, _height(task, kind))
        sheet.data_validation(row, at["réponse"], row, at["réponse"], _choice(task))
    # against sorting half of the columns by accident; there is no password
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _choice(task: Task) -> dict[str, Any]:
    letters = list(task.letters)
    return {
        "validate": "list",
        "source": letters,
        "error_title": "Réponse",
        "error_message": f"Choisissez une lettre de {letters[0]} à {letters[-1]}, ou laissez vide.",
    }


def _height(task: Task, kind: str) -> float:
    """Return a height in which the longest cell is seen whole, for programs that do not work it out themselves."""
    lengths = [(len(option), _OPTION_WIDTH[kind]) for option in task.options]
    lengths += [(len(task.question), 24), (len(task.shown), _SHOWN_WIDTH[kind] or 1)]
    lines = max(-(-length // max(int(width * 0.95), 1)) for length, width in lengths)
    return min(_LINE * lines + 4, _MOST_HEIGHT)
