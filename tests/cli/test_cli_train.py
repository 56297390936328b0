"""``innovsoc train``: what it learns from, what it writes, what it refuses."""

from __future__ import annotations

import hashlib
import itertools
import json
from pathlib import Path
from typing import NamedTuple

import pytest

from innovsoc_analysis.coding.gold import load_gold
from innovsoc_analysis.coding.learning.model import load_model

OPENINGS = ["Ici", "Dans notre rue", "Depuis l'hiver", "Au village", "Cette année", "Près du canal", "Chez nous"]
SAID = {
    "besoin": ["les familles manquent de crèches", "personne ne trouve de logement", "les aînés manquent de visites"],
    "argent": ["la commune verse une subvention", "le budget vient des dons", "une subvention couvre le loyer"],
    "lieu": ["un atelier ouvre dans la gare", "un jardin pousse derrière l'école", "l'atelier occupe une halle"],
    "": ["il pleut depuis mardi", "Zoé range les chaises", "le bus passe à midi"],
}
BOOK = """
nom: essai
version: "1"
unite: UNITE
codes:
  - {id: besoin, libelle: "Besoin", definition: "Ce qui manque.", indicateurs: {lemmes: [manquer]}}
  - {id: argent, libelle: "Argent", definition: "Ce que cela coûte.", indicateurs: {lemmes: [subvention, budget]}}
  - {id: lieu, libelle: "Lieu", definition: "Où cela se passe.", indicateurs: {lemmes: [atelier]}}
  - {id: rare, libelle: "Rare", definition: "Ce que personne ne dit.", indicateurs: {lemmes: [ornithorynque]}}
"""


def passages(openings=OPENINGS, **keys):
    """Six passages an opening, of four sentences each: one for each code, one without."""
    for opening, end, place in itertools.product(openings, ["", ", dit-on"], range(3)):
        sentences = [
            {"text": f"{opening}, {said[place]}{end}.", "codes": {code: said[place]} if code else {}}
            for code, said in SAID.items()
        ]
        yield {"passage": f"{opening}{end} {place}", "sentences": sentences, **keys}


def write(path: Path, *groups) -> Path:
    lines = [json.dumps(passage, ensure_ascii=False) for group in groups for passage in group]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


class Study(NamedTuple):
    """120 sentences to learn from, 24 to tune on, 24 left aside."""

    gold: Path
    book: Path


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Study:
    folder = tmp_path_factory.mktemp("étalon d'été")
    book = folder / "essai.yaml"
    book.write_text(BOOK.replace("UNITE", "phrase"), "utf-8")
    write(folder / "or" / "a.gold.jsonl", passages(OPENINGS[2:]), passages(OPENINGS[:1], split="dev"))
    write(folder / "or" / "b.gold.jsonl", passages(OPENINGS[1:2], split="test"))
    return Study(folder / "or", book)


def train(run, study, out, *options):
    return run("train", study.gold, "--codebook", study.book, "--out", out, *options)


def test_model_and_record_are_written_and_nothing_else(run, study, tmp_path):
    outcome = train(run, study, tmp_path / "modèles" / "m.model")
    assert outcome.status == 0
    assert sorted(path.name for path in (tmp_path / "modèles").iterdir()) == ["m.json", "m.model"]
    model = load_model(tmp_path / "modèles" / "m.model")
    assert model.codes == ("besoin", "argent", "lieu", "rare")
    record = json.loads((tmp_path / "modèles" / "m.json").read_text("utf-8"))
    coded = load_gold(study.gold)
    assert record["sha256"] == hashlib.sha256((tmp_path / "modèles" / "m.model").read_bytes()).hexdigest()
    assert record["trained_on"]["gold"] == model.record["gold"] == coded.part("train").digest
    assert record["trained_on"]["validation"] == coded.part("dev").digest
    assert record["counts"] == {
        "train": {"passages": 30, "sentences": 120},
        "dev": {"passages": 6, "sentences": 24},
        "test": {"passages": 6, "sentences": 24},
        "codes": 4,
    }
    digests = [
        hashlib.sha256((study.gold / name).read_bytes()).hexdigest() for name in ("a.gold.jsonl", "b.gold.jsonl")
    ]
    assert record["sources"] == [
        {"source": "or/a.gold.jsonl", "sha256": digests[0]},
        {"source": "or/b.gold.jsonl", "sha256": digests[1]},
    ]
    assert record["versions"]["python"].startswith("3.")


def test_what_was_done_is_said_and_what_to_do_next(run, study, tmp_path):
    out = tmp_path / "m.model"
    outcome = train(run, study, out)
    lines = outcome.stderr.splitlines()
    assert lines[0] == "apprentissage…"
    assert outcome.stdout.startswith(f"Modèle : {out} (")
    assert outcome.stdout.endswith("4 codes, appris de 120 phrases (30 passages), réglé sur 24 (6 passages).\n")
    assert lines[1:] == [
        "6 passages « test » non regardés : innovsoc evaluate s'en sert.",
        "1 code(s) sans exemple, que seules les règles peuvent donner : rare.",
        f"Pour coder avec lui : innovsoc code TEXTES --out DOSSIER --codebook {study.book} --model {out}",
    ]


def test_a_rerun_gives_the_same_bytes(run, study, tmp_path):
    written = []
    for folder in ("un", "deux"):
        assert train(run, study, tmp_path / folder / "m.model").status == 0
        written.append([(tmp_path / folder / name).read_bytes() for name in ("m.model", "m.json")])
    assert written[0] == written[1]


def test_test_passages_are_not_looked_at(run, study, tmp_path):
    for name, gold in (("avec", study.gold), ("sans", study.gold / "a.gold.jsonl")):
        outcome = run("train", gold, "--codebook", study.book, "--out", tmp_path / f"{name}.model")
        assert outcome.status == 0
        assert ("non regardés" in outcome.stderr) is (name == "avec")
    assert (tmp_path / "avec.model").read_bytes() == (tmp_path / "sans.model").read_bytes()


def test_passages_of_several_sources_are_learned_together(run, study, tmp_path):
    own = write(tmp_path / "relu.gold.jsonl", [{"passage": "r", "sentences": [{"text": "On manque de bancs."}]}])
    outcome = run("train", study.gold, own, "--codebook", study.book, "--out", tmp_path / "m.model")
    assert outcome.status == 0
    assert "appris de 121 phrases (31 passages)" in outcome.stdout


def test_without_dev_passages_some_are_drawn_by_the_seed(run, study, tmp_path):
    gold = write(tmp_path / "seul.gold.jsonl", passages())
    digests = []
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        outcome = run("train", gold, "--codebook", study.book, "--out", tmp_path / f"{name}.model", "--seed", seed)
        assert outcome.status == 0
        assert outcome.stderr.splitlines()[0] == (
            f"Aucun passage « dev » : 6 des 42 passages, tirés au sort (graine {seed}), servent à régler les seuils."
        )
        record = load_model(tmp_path / f"{name}.model").record
        assert (record["n_sentences"], record["n_validation"]) == (144, 24)
        digests.append(record["validation"])
    assert digests[0] == digests[1] != digests[2]


def test_sources_that_give_no_passage_are_refused(run, study, tmp_path):
    (tmp_path / "vide").mkdir()
    for place in (tmp_path / "vide", tmp_path / "absent"):
        outcome = run("train", place, "--codebook", study.book, "--out", tmp_path / "m.model")
        assert outcome.status == 2
        assert outcome.sentence.startswith(f"« {place} » : aucun corpus étalon ici.")
    assert list(tmp_path.glob("m.*")) == []


def test_a_wrong_line_is_named_and_not_quoted(run, study, tmp_path):
    gold = write(tmp_path / "faux.gold.jsonl", passages(OPENINGS[:1]))
    gold.write_text(gold.read_text("utf-8") + '{"passage": "x", "sentences": [{"texte": "Zoé pleure."}]}\n', "utf-8")
    outcome = run("train", gold, "--codebook", study.book, "--out", tmp_path / "m.model")
    assert outcome.status == 2
    assert outcome.sentence.startswith("faux.gold.jsonl:7 : ")
    assert "Zoé" not in outcome.stderr


def test_too_few_sentences_are_refused(run, study, tmp_path):
    gold = write(tmp_path / "peu.gold.jsonl", passages(OPENINGS[:1]))
    outcome = run("train", gold, "--codebook", study.book, "--out", tmp_path / "m.model")
    assert outcome.status == 2
    assert outcome.sentence.startswith("Trop peu de phrases codées pour apprendre : 20 (il en faut 100 au moins)")
    assert not (tmp_path / "m.model").exists()


@pytest.mark.parametrize("name", ["modele", "modele.json", "modele.model.gz"])
def test_another_suffix_is_refused_before_anything_is_read(run, study, tmp_path, name):
    outcome = run("train", tmp_path / "absent", "--out", tmp_path / name)
    assert outcome.status == 2
    assert outcome.sentence == f"« {name} » : choisissez un nom en .model."


def test_a_folder_is_no_place_for_a_model(run, study, tmp_path):
    (tmp_path / "m.model").mkdir()
    outcome = train(run, study, tmp_path / "m.model")
    assert outcome.status == 2
    assert outcome.sentence.endswith("est un dossier ; indiquez un fichier pour le modèle.")


def test_codes_of_another_codebook_are_told_or_refused(run, study, tmp_path):
    odd = {"passage": "o", "sentences": [{"text": "Un banc vert.", "codes": {"couleur": "vert"}}]}
    alone = write(tmp_path / "autre.gold.jsonl", [odd])
    outcome = run("train", alone, "--codebook", study.book, "--out", tmp_path / "m.model")
    assert outcome.status == 2
    assert outcome.sentence == (
        "Le livre « essai » n'a aucun des codes de ces codages (couleur) ; donnez le livre dont ils viennent"
        " (--codebook)."
    )
    outcome = run("train", study.gold, alone, "--codebook", study.book, "--out", tmp_path / "m.model")
    assert outcome.status == 0
    assert outcome.stderr.splitlines()[0] == ("1 codage(s) d'un code que le livre n'a pas, laissés de côté : couleur.")


def test_a_codebook_of_paragraphs_is_refused(run, study, tmp_path):
    book = tmp_path / "paragraphes.yaml"
    book.write_text(BOOK.replace("UNITE", "paragraphe"), "utf-8")
    outcome = run("train", study.gold, "--codebook", book, "--out", tmp_path / "m.model")
    assert outcome.status == 2
    assert outcome.sentence.startswith("Le livre « essai » code par paragraphe, or un corpus étalon est codé phrase")


def test_no_stream_and_no_record_quotes_a_sentence(run, study, tmp_path):
    outcome = train(run, study, tmp_path / "m.model")
    for text in (outcome.stdout, outcome.stderr, (tmp_path / "m.json").read_text("utf-8")):
        assert "crèches" not in text
        assert "Zoé" not in text


def test_the_page_shows_passages_that_load(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text("utf-8")
    shown = page.partition("```json\n")[2].partition("```")[0]
    (tmp_path / "page.gold.jsonl").write_text(shown, "utf-8")
    coded = load_gold(tmp_path)
    assert len(coded.passages) >= 2
    assert any(sentence.first is not None for sentence in coded.sentences)
    for name in (*type(coded.passages[0]).model_fields, *type(coded.sentences[0]).model_fields):
        assert f"`{name.rstrip('_')}`" in page, name


def test_help_is_in_french_and_names_what_is_written(run):
    shown = " ".join(run("train", "--help").stdout.replace("│", " ").split())
    assert "Écrit FICHIER.model et, à côté, FICHIER.json" in shown
    for word in ("Show this message", "required", "default:"):
        assert word not in shown
