"""``innovsoc run``: what it says of each step, and how it ends."""

from __future__ import annotations

import pytest

CANARY = "Le canari violet chante dans la cave"


@pytest.fixture
def study(run, tmp_path):
    folder = tmp_path / "é"
    assert run("init", folder, "--genres", "projets").status == 0
    (folder / "sources" / "projets" / "a.txt").write_text(f"Un jardin partagé. {CANARY}.", "utf-8")
    (folder / "sources" / "projets" / "b.txt").write_text("Un compost dans le quartier.", "utf-8")
    setting(folder, 'codebook = "bissib"', 'coder = "rules"')
    setting(folder, 'coder = ""', 'codebook = "bissib"')
    setting(folder, '"topics", "lexicon", "report"]', "]")
    return folder


def setting(folder, old, new):
    path = folder / "innovsoc.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def states(stdout):
    found = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in stdout.splitlines()]
    return {line[0]: line[1] for line in found if len(line) == 3}


def test_steps_are_made_then_up_to_date_then_made_again_for_a_reason(run, study):
    first = run("run", study)
    assert first.status == 0
    assert states(first.stdout) == {"étape": "état", "lecture": "fait", "codage": "fait"}
    assert "── lecture : jamais fait" in first.stderr.splitlines()
    second = run("run", study)
    assert states(second.stdout) == {"étape": "état", "lecture": "à jour", "codage": "à jour"}
    assert second.stderr.splitlines() == [
        "── lecture : à jour",
        "── codage : à jour",
        "Rien n'a changé : tout est à jour.",
    ]
    (study / "sources" / "projets" / "b.txt").write_text("Un compost.", "utf-8")
    third = run("run", study, "--only", "ingest")
    assert states(third.stdout) == {"étape": "état", "lecture": "fait"}
    assert "── lecture : source modifiée : projets/b.txt" in third.stderr.splitlines()
    assert CANARY not in first.stderr + first.stdout + third.stderr


def test_a_step_that_cannot_be_done_is_one_sentence_and_the_status_is_3(run, study):
    setting(study, 'steps = ["ingest", "code", ]', 'steps = ["topics", "ingest"]')
    outcome = run("run", study)
    assert outcome.status == 3
    assert states(outcome.stdout)["thèmes"] == "impossible"
    assert states(outcome.stdout)["lecture"] == "fait"
    (said,) = [line for line in outcome.stderr.splitlines() if line.startswith("   impossible : ")]
    assert "thèmes" in said
    assert "Traceback" not in outcome.stderr


def test_a_refused_file_is_listed_and_the_status_is_3(run, study):
    (study / "sources" / "abîmé.docx").write_bytes(b"PK\x03\x04 not a document")
    outcome = run("run", study, "--only", "ingest")
    assert outcome.status == 3
    (line,) = [line for line in outcome.stderr.splitlines() if line.startswith("  abîmé.docx")]
    assert line == "  abîmé.docx : le fichier est endommagé ou incomplet ; redemandez-en une copie."


def test_a_result_that_someone_has_changed_is_kept_and_named(run, study):
    run("run", study, "--only", "code")
    queue = study / "results" / "code" / "codings.csv"
    queue.write_text("juste\n1\n", "utf-8")
    outcome = run("run", study, "--only", "code")
    kept = queue.with_name("codings_modifie.csv")
    assert f"Vous aviez modifié ce résultat ; votre version est gardée : {kept}" in outcome.stderr.splitlines()
    assert kept.read_text("utf-8") == "juste\n1\n"


@pytest.mark.parametrize(
    ("arguments", "change", "sentence"),
    [
        ((), ("seed = 0", "sed = 0"), "le réglage « sed » n'existe pas ici ; vouliez-vous dire « seed » ?"),
        (("--only", "themes"), None, "« themes » n'est pas une étape ; choisissez parmi ingest, code, topics,"),
        (("--only", "topics"), None, "L'étape « topics » est coupée"),
        ((), ('sources = ["sources"]', 'sources = ["textes"]'), "textes » n'existe pas ; vérifiez le chemin."),
        ((), ('codebook = "bissib"', 'codebook = "livre.yaml"'), "Livre de codes introuvable"),
    ],
)
def test_wrong_usage_is_one_sentence(run, study, arguments, change, sentence):
    if change:
        setting(study, *change)
    outcome = run("run", study, *arguments)
    assert outcome.status == 2
    assert sentence in outcome.sentence
    assert not (study / "results").exists()


def test_a_folder_that_is_no_study_and_one_without_texts(run, tmp_path):
    assert run("run", tmp_path).status == 2
    assert run("init", tmp_path / "vide").status == 0
    outcome = run("run", tmp_path / "vide")
    assert outcome.status == 4
    assert outcome.sentence.startswith("Aucun texte à lire")


def test_an_interruption_leaves_with_130(run, study, monkeypatch):
    def interrupted(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("innovsoc_analysis.study.corpus.clean", interrupted)
    assert run("run", study).status == 130
    assert not (study / "results" / "run.json").exists()
