"""Sheets for judges and sittings in the notebook: nothing of the key goes out, nothing of an answer is lost."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.validation import Sitting, Tasks, read_answers, save_answer_sheets
from innovsoc_analysis.topics.validation.tasks import QUESTIONS, Solution, Task

TASKS = Tasks(
    (
        Task(
            "t1",
            "word_intrusion",
            QUESTIONS["word_intrusion"],
            "",
            ("serre", "semis", "loyer", "terreau", "bêche", "graine"),
        ),
        Task(
            "t2",
            "topic_intrusion",
            QUESTIONS["topic_intrusion"],
            "=Un passage ; long",
            ("a, b", "c, d", "e, f", "g, h"),
        ),
        Task("t3", "verbatim_fit", QUESTIONS["verbatim_fit"], "bail, loyer", ("On sème.", "On loue.", "On roule.")),
    ),
    (Solution("t1", 1, "C"), Solution("t2", 2, "D", (0.5, 0.3, 0.2, 0.0)), Solution("t3", 3, "B")),
)


@pytest.fixture
def folder(tmp_path):
    save_answer_sheets(TASKS, tmp_path, judges=["Ana", "Luc"])
    return tmp_path


def fill(path, answers, *, column="réponse"):
    """Write answers into a workbook, as a judge would."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        names = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            if row[0].value in answers:
                row[names.index(column)].value = answers[row[0].value]
    book.save(path)


def test_each_judge_gets_a_workbook_and_a_table(folder):
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["taches-Ana.csv", "taches-Ana.xlsx", "taches-Luc.csv", "taches-Luc.xlsx"]


def test_a_workbook_has_instructions_and_a_sheet_a_kind(folder):
    book = openpyxl.load_workbook(folder / "taches-Ana.xlsx")
    assert book.sheetnames == ["Mode d'emploi", "Mot intrus", "Thème intrus", "Passage qui convient"]
    rows = [[cell.value for cell in row] for row in book["Passage qui convient"].rows]
    assert rows == [
        ["tâche", "question", "à lire", "A", "B", "C", "réponse", "remarque", "juge", "jeu"],
        [
            "t3",
            QUESTIONS["verbatim_fit"],
            "bail, loyer",
            "On sème.",
            "On loue.",
            "On roule.",
            None,
            None,
            "Ana",
            TASKS.digest,
        ],
    ]
    assert book["Thème intrus"]["C2"].data_type == "s"  # not a formula


def test_answers_are_chosen_from_the_letters_of_the_options(folder):
    sheet = openpyxl.load_workbook(folder / "taches-Ana.xlsx")["Thème intrus"]
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.type, choice.formula1) == ("list", '"A,B,C,D"')
    assert [str(cells) for cells in choice.sqref.ranges] == ["H2"]
    assert sheet["H1"].value == "réponse"


def test_only_answers_and_remarks_can_be_typed_over(folder):
    sheet = openpyxl.load_workbook(folder / "taches-Ana.xlsx")["Mot intrus"]
    assert sheet.protection.sheet
    unlocked = {sheet.cell(1, cell.column).value for cell in sheet[2] if not cell.protection.locked}
    assert unlocked == {"réponse", "remarque"}


def test_sheets_do_not_hold_the_key(tmp_path):
    """Another key, the same sheets: there is nothing of it in them."""
    other = Tasks(
        TASKS.tasks, (Solution("t1", 4, "A"), Solution("t2", 1, "A", (0, 0.3, 0.2, 0.5)), Solution("t3", 2, "A"))
    )
    for name, tasks in (("one", TASKS), ("other", other)):
        save_answer_sheets(tasks, tmp_path / name, judges=["Ana"])
    for suffix in ("xlsx", "csv"):
        one, two = ((tmp_path / name / f"taches-Ana.{suffix}").read_bytes() for name in ("one", "other"))
        assert one == two


def test_a_table_for_spreadsheets_holds_no_formula(folder):
    text = (folder / "taches-Luc.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["tâche", "question", "à lire", *"ABCDEF", "réponse", "remarque", "juge", "jeu"]
    assert rows[2][2] == "'=Un passage ; long"


def test_answers_come_back_as_letters_blank_ones_included(folder):
    fill(folder / "taches-Ana.xlsx", {"t1": "c", "t3": "On loue."})
    fill(folder / "taches-Luc.xlsx", {"t2": " D "})
    answers = read_answers(TASKS, folder)
    assert answers.values.tolist() == [
        ["Ana", "t1", "C"], ["Ana", "t2", ""], ["Ana", "t3", "B"],
        ["Luc", "t1", ""], ["Luc", "t2", "D"], ["Luc", "t3", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_saved_by_another_program_is_read(tmp_path, delimiter):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([["juge", "tâche", "réponse", "jeu"], [], ["Zoé", "t3", "a", TASKS.digest]])
    (tmp_path / "zoe.csv").write_bytes(stream.getvalue().encode("cp1252"))
    assert read_answers(TASKS, tmp_path / "zoe.csv").values.tolist() == [["Zoé", "t3", "A"]]


def test_a_bad_answer_is_refused_with_its_file_sheet_and_row(folder):
    fill(folder / "taches-Luc.xlsx", {"t2": "F"})
    with pytest.raises(UsageError) as raised:
        read_answers(TASKS, folder)
    assert str(raised.value) == (
        "taches-Luc.xlsx, feuille « Thème intrus », ligne 2 : « F » n'est pas une réponse à t2 ; "
        "choisissez A, B, C ou D, ou laissez vide."
    )


def test_rows_are_numbered_as_in_the_spreadsheet(tmp_path):
    lines = ["tâche;réponse;juge;jeu", f"t1;A;Ana;{TASKS.digest}", ";;;", "", f"t3;E;Ana;{TASKS.digest}"]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    with pytest.raises(UsageError, match=r"^a\.csv, ligne 5 : « E »"):
        read_answers(TASKS, tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("t9;A;Ana;DIGEST", r"il n'y a pas de tâche « t9 »"),
        ("t1;A;Ana;00000000", r"la feuille est d'un autre jeu de tâches"),
        ("t1;A;;DIGEST", r"la colonne « juge » est vide"),
        (";A;Ana;DIGEST", r"il n'y a pas de tâche «  »"),
    ],
)
def test_rows_that_are_of_no_use_are_refused(tmp_path, line, reason):
    (tmp_path / "a.csv").write_text("tâche;réponse;juge;jeu\n" + line.replace("DIGEST", TASKS.digest), "utf-8")
    with pytest.raises(UsageError, match=rf"^a\.csv, ligne 2 : {reason}"):
        read_answers(TASKS, tmp_path / "a.csv")


def test_a_judge_who_answers_otherwise_in_another_file_is_refused(folder):
    for name, answer in (("1.csv", "A"), ("2.csv", "B")):
        (folder / name).write_text(f"tâche;réponse;juge;jeu\nt1;{answer};Zoé;{TASKS.digest}", "utf-8")
    with pytest.raises(UsageError) as raised:
        read_answers(TASKS, folder)
    assert str(raised.value) == "2.csv, ligne 2 : Zoé a déjà répondu autrement à t1 (1.csv, ligne 2) ; gardez l'un."


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b"nom;ville\nAna;Li\xc3\xa8ge\n"), ("a.xlsx", b"PK\x03\x04 nothing"), ("a.csv", b'"t\xc3\xa2che\n')],
)
def test_other_files_are_refused_by_name(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match=rf"^{name} : "):
        read_answers(TASKS, tmp_path / name)


def test_an_empty_folder_and_a_missing_file_are_told(tmp_path):
    with pytest.raises(UsageError, match=r"^Aucune feuille de réponses"):
        read_answers(TASKS, tmp_path)
    with pytest.raises(UsageError, match=r"^b\.csv : le fichier ne s'ouvre pas"):
        read_answers(TASKS, tmp_path / "b.csv")


@pytest.mark.parametrize("judges", [[], [""], ["Ana", "ana"], ["L. B", "L/B"]])
def test_judges_need_names_that_tell_them_apart(tmp_path, judges):
    with pytest.raises(UsageError, match=r"^Donnez à chaque juge un nom"):
        save_answer_sheets(TASKS, tmp_path, judges=judges)
    assert list(tmp_path.iterdir()) == []


def test_a_sitting_goes_on_where_it_stopped(tmp_path):
    path = tmp_path / "ana.json"
    sitting = Sitting(TASKS, path, judge="Ana")
    assert sitting.next == TASKS["t1"]
    assert sitting.answer("t1", "loyer").next == TASKS["t2"]
    again = Sitting(TASKS, path, judge="Ana")
    assert again.next == TASKS["t2"]
    again.answer("t3", "b")
    assert again.answers.values.tolist() == [["Ana", "t1", "C"], ["Ana", "t2", ""], ["Ana", "t3", "B"]]
    assert repr(again) == "<Sitting : Ana, 2 réponses sur 3>"


def test_an_answer_can_be_taken_back(tmp_path):
    sitting = Sitting(TASKS, tmp_path / "ana.json", judge="Ana").answer("t1", "A").answer("t1", "")
    assert sitting.next == TASKS["t1"]
    assert json.loads((tmp_path / "ana.json").read_text("utf-8"))["answers"] == {}


def test_a_refused_answer_changes_nothing(tmp_path):
    sitting = Sitting(TASKS, tmp_path / "ana.json", judge="Ana").answer("t1", "A")
    before = (tmp_path / "ana.json").read_bytes()
    with pytest.raises(UsageError, match="n'est pas une réponse à t1"):
        sitting.answer("t1", "tracteur")
    with pytest.raises(UsageError, match="Il n'y a pas de tâche"):
        sitting.answer("t8", "A")
    assert (tmp_path / "ana.json").read_bytes() == before
    assert sitting.answers["answer"].tolist() == ["A", "", ""]


def test_a_sitting_shows_the_next_question_and_says_when_all_is_done(tmp_path):
    sitting = Sitting(TASKS, tmp_path / "ana.json", judge="Ana")
    assert '.answer("t1", "A")' in sitting._repr_html_()
    for task in TASKS:
        sitting.answer(task.task_id, "A")
    assert "Tout est répondu, merci." in sitting._repr_html_()
    assert sitting.next is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"judge": "Luc"}, "ces réponses sont d'un autre juge"),
        ({"tasks": "0"}, "ces réponses sont d'un autre jeu de tâches"),
        ({"format": "?"}, "ce n'est pas un fichier de réponses"),
        ({"answers": []}, "le fichier est abîmé"),
        ({"answers": {"t1": "Z"}}, "« Z » n'est pas une réponse à t1"),
        ({"answers": {"t1": 3}}, "le fichier est abîmé"),
    ],
)
def test_the_file_of_another_sitting_is_refused(tmp_path, change, reason):
    path = tmp_path / "ana.json"
    Sitting(TASKS, path, judge="Ana").answer("t1", "A")
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(UsageError, match=rf"^ana\.json : {reason}"):
        Sitting(TASKS, path, judge="Ana")


def test_a_sitting_needs_a_judge(tmp_path):
    with pytest.raises(UsageError, match=r"^Dites qui répond"):
        Sitting(TASKS, tmp_path / "a.json", judge=" ")
