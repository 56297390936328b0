"""Gold files: what is read from a good one, and which line of a bad one is told."""

from __future__ import annotations

import json

import pytest

from innovsoc_analysis.coding.gold import Gold, GoldPassage, load_gold
from innovsoc_analysis.model.errors import UsageError

SAID = "On manque de crèches."
FIRST = {
    "passage": "p1",
    "split": "test",
    "genre": "project",
    "register": "oral",
    "inclusive": True,
    "field": "near",
    "sentences": [
        {"text": SAID, "codes": {"besoin": "manque"}, "first": ["besoin"], "second": []},
        {"text": "Il pleut. Encore.", "codes": {"pluie": ""}},
    ],
}
SECOND = {"passage": "p2", "sentences": [{"text": "Léa vient."}]}


def line_of(content=None, **changes):
    return json.dumps((FIRST if content is None else content) | changes, ensure_ascii=False)


def write(path, *lines):
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def refused(*sources):
    with pytest.raises(UsageError) as caught:
        load_gold(*sources)
    return str(caught.value)


@pytest.fixture
def gold(tmp_path):
    return load_gold(write(tmp_path / "a.gold.jsonl", line_of(), "", line_of(SECOND), ""))


def test_a_good_file_is_read_in_order_with_the_usual_values_where_none_is_given(gold):
    one, two = gold.passages
    assert (one.passage, one.split, one.genre, one.register_, one.inclusive, one.field) == (
        "p1",
        "test",
        "project",
        "oral",
        True,
        "near",
    )
    assert (two.split, two.genre, two.country, two.inclusive, two.field, two.writer) == (
        "train",
        "",
        "",
        False,
        "in",
        "",
    )
    assert [sentence.text for sentence in gold.sentences] == [SAID, "Il pleut. Encore.", "Léa vient."]
    assert [sentence.codes for sentence in gold.sentences] == [{"besoin": "manque"}, {"pluie": ""}, {}]
    assert [sentence.first for sentence in gold.sentences] == [["besoin"], None, None]
    assert [sentence.second for sentence in gold.sentences] == [[], None, None]
    assert len(gold) == 3


def test_parts_are_chosen_by_split_or_by_what_one_asks(gold):
    assert [one.passage for one in gold.part("test").passages] == ["p1"]
    assert [one.passage for one in gold.part("train", "test").passages] == ["p1", "p2"]
    assert len(gold.part("dev")) == 0
    assert [one.passage for one in gold.select(lambda one: not one.inclusive).passages] == ["p2"]


def test_labels_are_one_row_a_sentence_and_one_column_a_code(gold):
    assert gold.labels(["pluie", "besoin", "rare"]).tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert gold.labels([]).shape == (3, 0)
    assert gold.part("dev").labels(["pluie"]).shape == (0, 1)


# final, first, second → half the final code and a quarter for each coder
@pytest.mark.parametrize(
    ("final", "first", "second", "soft"),
    [
        (["a"], ["a"], ["a"], 1.0),
        (["a"], ["a"], [], 0.75),
        (["a"], [], ["a"], 0.75),
        (["a"], [], [], 0.5),
        ([], ["a"], [], 0.25),
        ([], ["a"], ["a"], 0.5),
        ([], [], [], 0.0),
        # one coder alone tempers nothing
        (["a"], None, None, 1.0),
        (["a"], [], None, 1.0),
        ([], None, ["a"], 0.0),
    ],
)
def test_soft_labels_temper_what_two_coders_said_differently(final, first, second, soft):
    sentence = {"text": SAID, "codes": dict.fromkeys(final, ""), "first": first, "second": second}
    gold = Gold((GoldPassage.model_validate({"passage": "p", "sentences": [sentence]}),))
    assert gold.soft_labels(["b", "a"]).tolist() == [[0.0, soft]]


def test_tempering_leaves_the_labels_as_they_are(gold):
    assert gold.soft_labels(["besoin", "pluie"]).tolist() == [[0.75, 0.0], [0.0, 1.0], [0.0, 0.0]]
    assert gold.labels(["besoin", "pluie"]).tolist() == [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]


def test_what_is_known_of_a_passage_is_told_of_each_of_its_sentences(gold):
    assert gold.of_passages(lambda one: one.genre).tolist() == ["project", "project", ""]
    assert gold.part("dev").of_passages(lambda one: one.genre).tolist() == []


def test_the_corpus_has_one_document_a_passage_and_its_very_sentences(gold):
    documents = gold.corpus.documents
    assert documents["source"].tolist() == ["p1", "p2"]
    assert documents["genre"].fillna("").tolist() == ["project", ""]
    texts = documents.set_index("doc_id")["text"]
    sentences = gold.corpus.sentences
    said = [texts[row.doc_id][row.start : row.end] for row in sentences.itertuples()]
    assert said == [sentence.text for sentence in gold.sentences]


def test_the_digest_changes_with_texts_and_codes_and_with_nothing_else(tmp_path, gold):
    spaced = json.dumps(dict(reversed(FIRST.items())), indent=None, separators=(" ,  ", ":  "))
    again = load_gold(write(tmp_path / "b.gold.jsonl", spaced, line_of(SECOND)))
    assert again.digest == gold.digest
    assert len(gold.digest) == 16
    for changed in (line_of(passage="p9"), line_of(sentences=[{"text": SAID}])):
        assert load_gold(write(tmp_path / "c.gold.jsonl", changed, line_of(SECOND))).digest != gold.digest


def test_a_printed_gold_corpus_shows_no_text(gold):
    assert repr(gold) == "<Gold : 3 phrases codées, 2 passages>"


def test_folders_are_read_in_the_order_of_names_and_other_files_left(tmp_path):
    write(tmp_path / "b.gold.jsonl", line_of())
    write(tmp_path / "a.gold.jsonl", line_of(SECOND))
    write(tmp_path / "c.jsonl", "{")
    assert [one.passage for one in load_gold(tmp_path).passages] == ["p2", "p1"]
    assert [one.passage for one in load_gold(str(tmp_path / "b.gold.jsonl")).passages] == ["p1"]


def test_byte_order_mark_and_line_ends_of_windows_are_no_matter(tmp_path, gold):
    path = tmp_path / "w.gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([line_of(), line_of(SECOND), ""]).encode())
    assert load_gold(path).digest == gold.digest


@pytest.mark.parametrize("mark", ["\u2028", "\u0085", "\x0b"])
def test_a_mark_inside_a_sentence_ends_no_line(tmp_path, mark):
    text = f"Un{mark}deux."
    path = tmp_path / "m.gold.jsonl"
    content = json.dumps({"passage": "p", "sentences": [{"text": text}]}, ensure_ascii=mark < " ")
    path.write_text(content, encoding="utf-8")
    assert load_gold(path).sentences[0].text == text


ABSENT = object()


def passage(**changes):
    return {key: value for key, value in (FIRST | changes).items() if value is not ABSENT}


def sentence(**changes):
    one = {key: value for key, value in (FIRST["sentences"][0] | changes).items() if value is not ABSENT}
    return passage(sentences=[FIRST["sentences"][1], one])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "la ligne n'est pas un objet JSON."),
        ("bonjour", "la ligne n'est pas un objet JSON."),
        ("[]", "la ligne n'est pas un objet JSON."),
        ('"p1"', "la ligne n'est pas un objet JSON."),
        ("null", "la ligne n'est pas un objet JSON."),
        ("[" * 100_000, "la ligne n'est pas un objet JSON."),
        (f'{{"passage": {"9" * 5000}}}', "la ligne n'est pas un objet JSON."),
        (line_of() + line_of(SECOND), "la ligne n'est pas un objet JSON."),
        ("{}", "« passage » manque."),
        (passage(passage=ABSENT), "« passage » manque."),
        (passage(passage=""), "« passage » ne convient pas."),
        (passage(passage=3), "« passage » ne convient pas."),
        (passage(split="essai"), "« split » ne convient pas."),
        (passage(field="out"), "« field » ne convient pas."),
        (passage(inclusive="peut-être"), "« inclusive » ne convient pas."),
        (passage(auteur="Léa"), "« auteur » n'est pas une clé connue."),
        (passage(register_="oral"), "« register_ » n'est pas une clé connue."),
        (passage(sentences=ABSENT), "« sentences » manque."),
        (passage(sentences=[]), "« sentences » ne convient pas."),
        (passage(sentences=SAID), "« sentences » ne convient pas."),
        (passage(sentences=[SAID]), "« sentences.0 » ne convient pas."),
        (sentence(text=ABSENT), "« sentences.1.text » manque."),
        (sentence(text=""), "« sentences.1.text » ne convient pas."),
        (sentence(text="\ud800"), "« sentences.1.text » ne convient pas."),
        (sentence(text=" \t\u00a0"), "une phrase est vide."),
        (sentence(code={}), "« sentences.1.code » n'est pas une clé connue."),
        (sentence(codes=["besoin"]), "« sentences.1.codes » ne convient pas."),
        (sentence(codes={"besoin": None}), "« sentences.1.codes.besoin » ne convient pas."),
        (sentence(first="besoin"), "« sentences.1.first » ne convient pas."),
        (sentence(second=[1]), "« sentences.1.second.0 » ne convient pas."),
        (sentence(codes={"besoin": "Manque"}), "les mots d'appui de besoin ne sont pas dans la phrase."),
        (sentence(codes={"besoin": "crèches. "}), "les mots d'appui de besoin ne sont pas dans la phrase."),
    ],
    ids=range(32),
)
def test_a_bad_line_is_told_with_file_and_line(tmp_path, line, expected):
    bad = line if isinstance(line, str) else json.dumps(line)
    path = write(tmp_path / "a.gold.jsonl", line_of(SECOND), "", bad, "{")
    assert refused(path) == f"a.gold.jsonl:3 : {expected}"


def test_a_message_shows_no_text_of_the_corpus(tmp_path):
    content = passage(passage="q", sentences=[{"text": "Secret.", "codes": {"besoin": "caché"}}])
    message = refused(write(tmp_path / "a.gold.jsonl", json.dumps(content)))
    assert "Secret" not in message
    assert "caché" not in message


def test_a_passage_read_twice_is_told_with_both_places(tmp_path):
    one = write(tmp_path / "a.gold.jsonl", line_of(SECOND), line_of())
    two = write(tmp_path / "b.gold.jsonl", "", line_of())
    assert refused(tmp_path) == "b.gold.jsonl:2 : le passage « p1 » est déjà dans a.gold.jsonl:2."
    assert refused(two, two) == "b.gold.jsonl:2 : le passage « p1 » est déjà dans b.gold.jsonl:2."
    assert len(load_gold(one)) == 3


def test_where_there_is_no_gold_corpus_it_is_said(tmp_path):
    write(tmp_path / "a.jsonl", line_of())
    for source in (tmp_path, tmp_path / "absent", tmp_path / "absent.gold.jsonl"):
        assert refused(source) == (
            f"« {source} » : aucun corpus étalon ici. Indiquez un dossier qui contient des fichiers *.gold.jsonl."
        )


def test_a_file_in_another_encoding_is_told(tmp_path):
    path = tmp_path / "a.gold.jsonl"
    path.write_bytes(line_of().encode("cp1252"))
    assert refused(path) == "a.gold.jsonl : le fichier n'est pas en UTF-8 ; enregistrez-le sous ce codage."


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_file_without_a_line_holds_no_passage(tmp_path, content):
    path = tmp_path / "a.gold.jsonl"
    path.write_bytes(content)
    assert load_gold(path).passages == ()
