"""Each failure has its exit status and one French sentence on standard error."""

from __future__ import annotations

import csv

import pytest

CANARY = "Le canari violet chante dans la cave"
BROKEN_DOCX = b"PK\x03\x04 not a document"

BOOK = """\
version: "1"
codes:
  - id: jardin
    libelle: Jardin
    definition: Un lieu.
"""


@pytest.fixture
def study(tmp_path):
    """A folder with one text, and files that go wrong beside it."""
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Un jardin. {CANARY}.", "utf-8")
    (tmp_path / "vide").mkdir()
    (tmp_path / "abîmé").mkdir()
    (tmp_path / "abîmé" / "c.docx").write_bytes(BROKEN_DOCX)
    (tmp_path / "fichier").write_text("x", "utf-8")
    (tmp_path / "indent.yaml").write_text(BOOK.replace("    libelle", "   libelle"), "utf-8")
    (tmp_path / "cle.yaml").write_text(BOOK.replace("    libelle: Jardin\n", ""), "utf-8")
    (tmp_path / "deux.yaml").write_text(BOOK + BOOK[BOOK.index("  - id") :], "utf-8")
    (tmp_path / "sans-fichier.csv").write_text("titre,genre\nA,projet\n", "utf-8")
    (tmp_path / "double.csv").write_text("file,genre\na.txt,projet\na.txt,parole\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("code {}/nulle-part --out {}/r", "« {}/nulle-part » n'existe pas ; vérifiez le chemin."),
        ("ingest {}/textes/*.pdf --out {}/r", "Aucun fichier ne correspond au motif « {}/textes/*.pdf »."),
        ("code {}/textes --out {}/r --bogue", "L'option --bogue n'existe pas."),
        ("code {}/textes --out {}/r --titre x", "L'option --titre n'existe pas. Vouliez-vous dire --title ?"),
        ("code {}/textes", "Il manque l'option --out."),
        ("code --out {}/r", "Il manque l'argument SOURCES."),
        ("code {}/textes --out", "L'option --out attend une valeur."),
        ("codage {}/textes", "La commande codage n'existe pas."),
        ("", "Il manque le nom d'une commande."),
        ("codebook", "Il manque le nom d'une commande."),
        ("codebook show bissib encore", "La ligne de commande est incomplète ou contient un mot de trop."),
        (
            "topics {}/textes --out {}/r --n-topics deux",
            "« deux » n'est pas un nombre de thèmes ; donnez un entier, ou « auto ».",
        ),
        ("topics {}/textes --out {}/r --n-topics 9", "Un seul document : des thèmes demandent plusieurs documents"),
        ("topics {}/textes --out {}/r --n-topics 1", "Demandez au moins 2 thèmes."),
        (
            "topics {}/textes --out {}/r --model gpt",
            "Modèle de thèmes inconnu : « gpt » ; choisissez nmf, lda, gensim-lda ou gensim-ensemble.",
        ),
        ("topics {}/textes --out {}/r --seed -1", "La graine est un entier de 0 à 4294967295."),
        (
            "code {}/textes --out {}/r --locale de",
            "« de » n'est pas un réglage connu de --locale ; le seul est « fr ».",
        ),
        ("code {}/textes --out {}/r --codebook absent", "Livre de codes introuvable : « absent »"),
        ("code {}/textes --out {}/r --codebook {}/indent.yaml", "indent.yaml:4 : ce n'est pas du YAML valide"),
        ("codebook show {}/cle.yaml", "cle.yaml:3 : il manque la clé « libelle »."),
        ("codebook check {}/deux.yaml", "deux.yaml:6 : le code « jardin » est défini deux fois."),
        ("codebook show bissib --code absent", "Le livre « bissib » n'a pas de code « absent »"),
        ("ingest {}/textes --out {}/r --metadata {}/sans-fichier.csv", "sans-fichier.csv : aucune colonne ne nomme"),
        (
            "ingest {}/textes --out {}/r --metadata {}/double.csv",
            "double.csv : le fichier « a.txt » y figure deux fois",
        ),
        (
            "ingest {}/textes --out {}/r --metadata {}/absent.csv",
            "absent.csv : le fichier ne s'ouvre pas (introuvable)",
        ),
        ("ingest {}/textes --out {}/fichier", "« {}/fichier » est un fichier ; indiquez un dossier pour les résultats"),
        ("concordance {}/textes", "Indiquez les textes puis le mot : innovsoc concordance SOURCES MOT."),
        ("concordance {}/textes jardin --width -1", "La largeur du contexte est un nombre de caractères"),
        ("concordance {}/textes jardin --out {}/r.txt", "« r.txt » : choisissez un nom en .csv, .xlsx ou .html."),
    ],
)
def test_wrong_usage(study, run, arguments, sentence):
    outcome = run(*[word.replace("{}", str(study)) for word in arguments.split()])
    assert outcome.status == 2
    assert "Traceback" not in outcome.stderr
    assert CANARY not in outcome.stderr
    said = outcome.sentence
    assert sentence.replace("{}", str(study)) in said
    assert said.endswith((".", "»."))
    assert not (study / "r" / "run.json").exists()


@pytest.mark.parametrize("command", ["code", "ingest", "topics"])
def test_an_empty_folder_leaves_with_4(study, run, command):
    outcome = run(command, study / "vide", "--out", study / "r")
    assert outcome.status == 4
    assert outcome.sentence == "Aucun texte à lire : le dossier ne contient pas de fichier dans un format connu."
    assert not (study / "r").exists()


def test_only_a_corrupt_file_leaves_with_4_and_names_it(study, run):
    outcome = run("concordance", study / "abîmé", "jardin")
    assert outcome.status == 4
    said = outcome.stderr.splitlines()[-2:]
    assert said[0] == "innovsoc : Aucun texte n'a pu être lu :"
    assert said[1] == "  c.docx : le fichier est endommagé ou incomplet ; redemandez-en une copie."


def test_a_corrupt_file_among_good_ones_leaves_with_3_and_the_rest_is_done(study, run):
    (study / "textes" / "c.docx").write_bytes(BROKEN_DOCX)
    outcome = run("ingest", study / "textes", "--out", study / "r")
    assert outcome.status == 3
    refusal = "le fichier est endommagé ou incomplet ; redemandez-en une copie."
    assert "1 fichier(s) refusé(s), le reste est traité :" in outcome.stderr.splitlines()
    assert f"  c.docx : {refusal}" in outcome.stderr.splitlines()
    assert "Traceback" not in outcome.stderr
    assert CANARY not in outcome.stderr
    rows = list(csv.DictReader((study / "r" / "sources.csv").read_text("utf-8").splitlines()))
    assert [(row["source"], row["outcome"], row["code"], row["message"]) for row in rows] == [
        ("a.txt", "accepté", "", ""),
        ("c.docx", "refusé", "corrupt", refusal),
    ]
    assert (study / "r" / "run.json").exists()


def test_many_refused_files_are_counted_not_all_listed(study, run):
    for number in range(25):
        (study / "textes" / f"c{number:02}.docx").write_bytes(BROKEN_DOCX)
    lines = run("ingest", study / "textes", "--out", study / "r").stderr.splitlines()
    assert sum(line.startswith("  c") for line in lines) == 20
    assert "  … et 5 autre(s), listés dans sources.csv." in lines


def test_a_bug_leaves_with_1_and_quotes_no_text(study, run, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError(CANARY)

    monkeypatch.delenv("INNOVSOC_DEBUG", raising=False)
    monkeypatch.setattr("innovsoc_analysis.study.corpus.clean", broken)
    outcome = run("ingest", study / "textes", "--out", study / "r")
    assert outcome.status == 1
    assert CANARY not in outcome.stdout + outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert outcome.sentence.startswith("Erreur interne (RuntimeError dans innovsoc_analysis.study.corpus, ligne ")
    monkeypatch.setenv("INNOVSOC_DEBUG", "1")
    with pytest.raises(RuntimeError, match=CANARY):
        run("ingest", study / "textes", "--out", study / "r")


def test_an_interruption_leaves_with_130(study, run, monkeypatch):
    def interrupted(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("innovsoc_analysis.study.corpus.clean", interrupted)
    outcome = run("ingest", study / "textes", "--out", study / "r")
    assert outcome.status == 130
    assert (
        outcome.sentence
        == "Interrompu. Un dossier de résultats sans run.json est incomplet : relancez la même commande."
    )
