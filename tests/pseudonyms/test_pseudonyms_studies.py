"""From texts to a table, to copies and a key, and back to what was said."""

from __future__ import annotations

import json
import stat

import pytest

from innovsoc_analysis.ingest.tabular import csv_rows
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.pseudonyms.keys import Quote, load_key
from innovsoc_analysis.pseudonyms.studies import propose_table, pseudonymise, read_intake
from innovsoc_analysis.pseudonyms.table import load_table
from innovsoc_analysis.study.corpus import read_corpus
from innovsoc_analysis.text.transcripts import find_paragraphs

NAMES = ("Aïssata", "Diallo", "Nadia", "Kessab", "Karim", "Seraing", "exemple.be")


def test_copies_hold_no_name_and_keep_their_speakers(applied, tmp_path):
    copies = tmp_path / "copies"
    written = "".join(path.read_text("utf-8") + path.name for path in sorted(copies.iterdir()))
    assert [name for name in NAMES if name.lower() in written.lower()] == []
    talk = read_corpus(copies).documents.set_index("source").loc["Personne-2.txt"]
    assert talk["text"].split("\n")[1] == (
        "Personne 2 : Oui, Mme [Personne 1] habite à [Lieu 1]. Son mail, c'est [Courriel 1]."
    )
    assert "Belgique" in talk["text"]
    assert [one.speaker for one in find_paragraphs(talk["text"])] == ["Enquêtrice", "Personne 2"] * 2
    assert (talk["title"], talk["meta.lieu"], talk["genre"]) == ("Chez [Personne 2]", "[Lieu 1]", "talk")


def test_subtitles_keep_their_times_and_a_name_over_two_cues_stands_in_the_first(applied, tmp_path):
    blocks = (tmp_path / "copies" / "rue.srt").read_text("utf-8").strip().split("\n\n")
    assert [block.split("\n", 1)[1] for block in blocks] == [
        "00:00:01,000 --> 00:00:03,000\nPersonne 3 : Salut, moi c'est [Personne 3]",
        "00:00:03,200 --> 00:00:05,500\net voici [Personne 1],",
        "00:00:05,600 --> 00:00:07,000\nma voisine.",
        "00:00:09,500 --> 00:00:11,000\nPersonne 4 : Bonjour, on ouvre ?",
        "00:00:13,500 --> 00:00:14,000\nPersonne 3 : Oui, on ouvre.",
    ]
    turns = read_corpus(tmp_path / "copies").segments_of("turn")
    timed = turns[turns["t_start"].notna()]
    assert timed["speaker"].tolist() == ["Personne 3", "Personne 4", "Personne 3"]


def test_the_key_leads_every_copy_back_letter_by_letter(applied, study, tmp_path):
    key = load_key(tmp_path / "prive" / "clef.json")
    originals = read_corpus(study).documents.set_index("doc_id")["text"]
    copies = read_corpus(tmp_path / "copies").documents.set_index("doc_id")["text"]
    assert set(copies.index) == {one.copy_doc_id for one in key.texts}
    for one in key.texts:
        original, copy = originals[one.doc_id], copies[one.copy_doc_id]
        assert key.original(copy, 0, len(copy)) == Quote(original, 0, len(original))
        for start in range(0, len(copy), 7):
            quote = key.original(copy, start, min(start + 20, len(copy)))
            assert original[quote.start : quote.end] == quote.text
        for swap in one.swaps:
            assert key.pseudonymised(one.doc_id, swap.start, swap.end) == (swap.new_start, swap.new_end)


def test_a_text_that_is_no_copy_is_not_led_back(applied):
    with pytest.raises(UsageError, match="ne connaît pas ce texte"):
        applied.key.original("Un autre texte.", 0, 3)


def test_table_and_key_are_for_their_owner_alone(applied, table, tmp_path):
    for path in (table, tmp_path / "prive" / "clef.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "prive").stat().st_mode) == 0o700
    assert (tmp_path / "prive" / ".gitignore").read_text("utf-8") == "*\n"


def test_the_same_study_gives_the_same_bytes(applied, study, table, tmp_path):
    pseudonymise(read_intake([study]), table, out=tmp_path / "autres", key=tmp_path / "prive" / "clef2.json")
    for path in sorted((tmp_path / "copies").iterdir()):
        assert path.read_bytes() == (tmp_path / "autres" / path.name).read_bytes()
    assert (tmp_path / "prive" / "clef.json").read_bytes() == (tmp_path / "prive" / "clef2.json").read_bytes()


@pytest.mark.parametrize("place", ["entretiens/clef.json", "copies/clef.json", "results/a/clef.json"])
def test_the_key_is_refused_among_texts_copies_and_results(place, study, table, tmp_path):
    with pytest.raises(UsageError, match="La clef ne peut pas être écrite"):
        pseudonymise(read_intake([study]), table, out=tmp_path / "copies", key=tmp_path / place, sources=[study])
    assert not (tmp_path / "copies").exists()


def test_the_key_is_refused_beside_the_record_of_a_run(study, table, tmp_path):
    (tmp_path / "prive" / "run.json").write_text("{}")
    with pytest.raises(UsageError, match="dossier de résultats"):
        pseudonymise(read_intake([study]), table, out=tmp_path / "copies")


def test_copies_are_refused_among_texts_and_among_other_files(study, table, tmp_path):
    intake = read_intake([study])
    with pytest.raises(UsageError, match="parmi les textes"):
        pseudonymise(intake, table, out=study / "copies", sources=[study])
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "ancien.txt").write_text("x")
    with pytest.raises(UsageError, match="contient déjà 1 autre"):
        pseudonymise(intake, table, out=tmp_path / "copies", sources=[study])


def test_a_table_with_decisions_is_not_written_over(study, table):
    with pytest.raises(UsageError, match="existe déjà"):
        propose_table(read_intake([study]), table, sources=[study])


def edited(table, change):
    rows = csv_rows(table.read_bytes())
    change(rows)
    lines = [
        ";".join(rows[0]),
        *(";".join('"' + cell.replace('"', '""') + '"' for cell in row.values()) for row in rows),
    ]
    table.write_text("\n".join(lines), "utf-8")


def test_decisions_replacements_and_added_rows_are_applied(study, table, tmp_path):
    def change(rows):
        by_form = {row["formes"].split(" | ")[0]: row for row in rows}
        by_form["Seraing"]["décision"] = "Garder"
        by_form["Nadia Kessab"]["remplacement"] = "Yasmine"
        rows.append(dict.fromkeys(rows[0], "") | {"type": "organisation", "formes": "notre service | service social"})

    edited(table, change)
    pseudonymise(read_intake([study]), table, out=tmp_path / "copies", sources=[study])
    said = (tmp_path / "copies" / "Yasmine.txt").read_text("utf-8")
    assert "Yasmine : Oui, Mme [Personne 1] habite à Seraing." in said
    assert "[Organisation 1] répond à un besoin social" in said


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("type", "animal", "ligne 2 : le type n'est pas connu"),
        ("décision", "peut-être", "ligne 2 : la décision n'est pas connue"),
        ("formes", " | ", "ligne 2 : la colonne « formes » est vide"),
        ("formes", "A", "ligne 2 : une forme a moins de deux lettres"),
        ("remplacement", "Voir : ceci", "ligne 2 : le remplacement ne doit contenir"),
        ("remplacement", "Mme Kessab", "entité P001 : ce qui la remplace contient un nom"),
        ("marqueur", "Personne", "ligne 2 : le marqueur doit être un nom entre crochets"),
        ("marqueur", "[Personne 2]", "P001 et P002 ont le même marqueur"),
        ("formes", "Nadia Kessab", "P001 et P002 ont une même forme"),
        ("entité", "P002", "ligne 3 : l'entité « P002 » est déjà"),
    ],
)
def test_a_wrong_row_is_named_by_its_number_and_no_name_is_quoted(column, value, sentence, table):
    edited(table, lambda rows: rows[0].update({column: value}))
    with pytest.raises(UsageError, match=sentence.replace("(", r"\(")) as refusal:
        load_table(table)
    assert not any(name in str(refusal.value) for name in NAMES)


def test_a_table_without_its_columns_or_absent_is_refused(tmp_path):
    (tmp_path / "t.csv").write_text("a;b\n1;2\n")
    with pytest.raises(UsageError, match="il manque la colonne « type »"):
        load_table(tmp_path / "t.csv")
    with pytest.raises(UsageError, match="introuvable"):
        load_table(tmp_path / "u.csv")


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": "innovsoc-pseudonymes", "version": 2}', '{"format": 1']
)
def test_what_is_no_key_is_refused(content, tmp_path):
    path = tmp_path / "clef.json"
    path.write_text(content)
    with pytest.raises(UsageError, match="n'est pas une clef"):
        load_key(path)


def test_the_key_is_plain_json_with_what_was_replaced_alone(applied, tmp_path):
    content = json.loads((tmp_path / "prive" / "clef.json").read_text("utf-8"))
    assert {form for one in content["entities"] for form in one["forms"]} >= {"Aïssata Diallo", "Seraing"}
    assert "Belgique" not in json.dumps(content, ensure_ascii=False)
    assert repr(applied.key) == f"<Key : {len(content['entities'])} entités, 2 textes>"


def test_workbook_tables_say_the_same(study, tmp_path):
    entities = propose_table(read_intake([study]), tmp_path / "prive" / "noms.xlsx", sources=[study])
    loaded = load_table(tmp_path / "prive" / "noms.xlsx")
    assert [(one.entity_id, one.forms, one.decision, one.marker) for one in loaded] == [
        (one.entity_id, one.forms, one.decision, one.marker) for one in entities
    ]
