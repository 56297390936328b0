"""To IRaMuTeQ and back."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innovsoc_analysis.lexicometry.iramuteq import read_iramuteq_segments, write_iramuteq
from innovsoc_analysis.lexicometry.tables import lexical_table
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts, read_corpus

TEXTS = {
    "a": "L’équipe du jardin s’est réunie. Aujourd'hui, l'œuvre est commune.",
    "b": "Un four à pain, puis un four à pain. C'est 3,5 € !",
}


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts(TEXTS)


def described(tmp_path, rows):
    path = tmp_path / "table.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return read_corpus(path)


def headers(path):
    return [line for line in path.read_text("utf-8").split("\n") if line.startswith("****")]


def test_texts_and_attributes_come_back(tmp_path):
    corpus = described(
        tmp_path,
        [
            {"texte": "Un jardin.\nDeux puits.", "genre": "entretien", "ville": "Mons", "année": "2021"},
            {"texte": "Un four.", "genre": "projet", "ville": "", "année": "2022"},
        ],
    )
    export = write_iramuteq(corpus, tmp_path / "corpus.txt")
    back = read_corpus(export.path)
    assert back.documents["text"].tolist() == corpus.documents["text"].tolist()
    assert back.attribute("doc").tolist() == corpus.documents["doc_id"].tolist()
    for name, written in (("genre", "genre"), ("ville", "ville"), ("année", "annee")):
        assert back.attribute(written).tolist() == corpus.attribute(name).tolist()


def test_values_are_plain_and_the_table_tells_what_they_stand_for(tmp_path):
    rows = [
        {"texte": "Un.", "lieu dit": "Saint-Gilles (Bxl)", "pays": "Belgique"},
        {"texte": "Deux.", "lieu dit": "Saint Gilles, Bxl", "pays": "belgique"},
        {"texte": "Trois.", "lieu dit": "Œuvre d'été", "pays": "???"},
    ]
    export = write_iramuteq(described(tmp_path, rows), tmp_path / "c.txt", attributes=["lieu dit", "pays"])
    table = export.table[export.table["attribut"] != "doc"]
    assert table.to_numpy().tolist() == [
        ["lieu dit", "Saint-Gilles (Bxl)", "lieudit", "Saint_Gilles_Bxl"],
        ["lieu dit", "Saint Gilles, Bxl", "lieudit", "Saint_Gilles_Bxl_2"],
        ["lieu dit", "Œuvre d'été", "lieudit", "OEuvre_d_ete"],
        ["pays", "Belgique", "pays", "Belgique"],
        ["pays", "belgique", "pays", "belgique_2"],
        ["pays", "???", "pays", "x"],
    ]
    assert [line.split()[2:] for line in headers(export.path)] == [
        ["*lieudit_Saint_Gilles_Bxl", "*pays_Belgique"],
        ["*lieudit_Saint_Gilles_Bxl_2", "*pays_belgique_2"],
        ["*lieudit_OEuvre_d_ete", "*pays_x"],
    ]


def test_names_that_would_be_alike_are_numbered(tmp_path):
    corpus = described(tmp_path, [{"texte": "Un mot.", "a b": "1", "ab": "2", "doc": "n"}])
    export = write_iramuteq(corpus, tmp_path / "c.txt")
    assert headers(export.path)[0].split()[2:] == ["*ab_1", "*ab2_2"]
    assert headers(export.path)[0].split()[1] == "*doc_" + corpus.documents["doc_id"][0]


def test_a_long_value_is_no_category_unless_it_is_asked_for(tmp_path):
    corpus = described(tmp_path, [{"texte": "Un mot.", "note": "n" * 41, "court": "n" * 40, "vide": ""}])
    export = write_iramuteq(corpus, tmp_path / "c.txt")
    assert (export.left_out, set(export.table["attribut"])) == (("note",), {"doc", "court"})
    asked = write_iramuteq(corpus, tmp_path / "c.txt", attributes=["note"])
    assert (asked.left_out, set(asked.table["attribut"])) == ((), {"doc", "note"})


def test_lines_that_look_like_marks_are_moved_and_come_back(tmp_path):
    texts = {"a": "Un mot.\n**** *faux_1\nFin.", "b": "-*theme\nUn autre mot.", "c": "*** -* ****"}
    corpus = corpus_from_texts(texts | {"d": "mot ****"})
    export = write_iramuteq(corpus, tmp_path / "c.txt")
    assert len(headers(export.path)) == 3
    assert export.empty == (corpus.documents["doc_id"][2],)
    back = read_corpus(export.path)
    assert [text.replace("\n ", "\n").strip() for text in back.documents["text"]] == [
        text for text in corpus.documents["text"] if text != "*** -* ****"
    ]


PARAGRAPH = st.text(alphabet="abé*-_'’$ ", min_size=1, max_size=30).map(lambda one: " ".join(one.split()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(PARAGRAPH, min_size=1, max_size=2).map("\n".join), min_size=1, max_size=4))
def test_any_text_comes_back(tmp_path, texts):
    corpus = corpus_from_texts({str(number): "mot. " + text for number, text in enumerate(texts)})
    back = read_corpus(write_iramuteq(corpus, tmp_path / "c.txt").path)
    assert [[line.strip() for line in text.split("\n")] for text in back.documents["text"]] == [
        [line.strip() for line in text.split("\n")] for text in corpus.documents["text"]
    ]


@pytest.mark.parametrize(
    ("texts", "name", "said"),
    [({"a": "Un mot."}, "c.csv", "en .txt"), ({"a": "— !"}, "c.txt", "Aucun document n'a de texte")],
)
def test_what_cannot_be_written_is_said(tmp_path, texts, name, said):
    with pytest.raises(UsageError, match=said):
        write_iramuteq(corpus_from_texts(texts), tmp_path / name)


def test_an_unknown_attribute_is_said(corpus, tmp_path):
    with pytest.raises(UnknownNameError, match="« ville »"):
        write_iramuteq(corpus, tmp_path / "c.txt", attributes=["ville"])
    with pytest.raises(UsageError, match="liste de noms"):
        write_iramuteq(corpus, tmp_path / "c.txt", attributes="genre")


def test_the_table_of_correspondence_is_saved(corpus, tmp_path):
    export = write_iramuteq(corpus, tmp_path / "c.txt")
    export.save(tmp_path / "variables.csv")
    assert (tmp_path / "variables.csv").read_text("utf-8").startswith("attribut,valeur,variable,modalité\ndoc,")
    assert repr(export) == "<IRaMuTeQ : 2 textes, 1 variables>"


def exported(tmp_path, *segments):
    path = tmp_path / "export_corpus.txt"
    path.write_text("".join(f"**** {stars}\n{text}\n\n" for stars, text in segments), encoding="utf-8")
    return path


def test_segments_are_found_where_they_stand(corpus, tmp_path):
    first, second = corpus.documents["doc_id"]
    path = exported(
        tmp_path,
        (f"*doc_{first} *classe_1", "l' équipe du jardin s' est réunie"),
        (f"*doc_{first} *classe_2", "aujourd_hui l' oeuvre est commune"),
        (f"*doc_{second} *classe_1", "un four à pain puis"),
        (f"*doc_{second} *classe_0", "un four à pain c' est 3 5"),
    )
    found = read_iramuteq_segments(corpus, path)
    assert found.table[["doc_id", "part", "quote"]].to_numpy().tolist() == [
        [first, "1", "L’équipe du jardin s’est réunie"],
        [first, "2", "Aujourd'hui, l'œuvre est commune"],
        [second, "1", "Un four à pain, puis"],
        [second, "0", "un four à pain. C'est 3,5"],
    ]
    texts = corpus.documents.set_index("doc_id")["text"]
    for row in found.table.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.quote
    assert (found.n_lost, found.remark) == (0, "")


def test_a_short_segment_is_not_found_inside_a_word(tmp_path):
    corpus = corpus_from_texts({"a": "Ils s’arrêtent. Et ? Et toi, e\u0301te\u0301."})
    path = exported(tmp_path, ("*classe_1", "et"), ("*classe_2", "et"), ("*classe_3", "été"))
    found = read_iramuteq_segments(corpus, path).table
    assert found[["start", "quote"]].to_numpy().tolist() == [[16, "Et"], [21, "Et"], [29, "été"]]


def test_every_sentence_of_a_corpus_is_found_at_its_place(corpus, tmp_path):
    texts = corpus.documents.set_index("doc_id")["text"]
    sentences = corpus.sentences
    said = [
        (f"*doc_{row.doc_id} *classe_{number}", texts[row.doc_id][row.start : row.end].lower().replace("’", "' "))
        for number, row in enumerate(sentences.itertuples())
    ]
    found = read_iramuteq_segments(corpus, exported(tmp_path, *said)).table
    assert found["start"].tolist() == sentences["start"].tolist()
    assert found["part"].tolist() == [str(number) for number in range(len(sentences))]


def test_found_segments_are_parts_that_can_be_compared(corpus, tmp_path):
    path = exported(tmp_path, ("*classe_1", "équipe du jardin"), ("*classe_2", "un four à pain"))
    table = lexical_table(corpus, read_iramuteq_segments(corpus, path).table, content=True).table
    assert table.loc["jardin"].to_dict() == {"1": 1, "2": 0}
    assert table.loc["four"].to_dict() == {"1": 0, "2": 1}


def test_what_is_not_found_is_counted(corpus, tmp_path):
    path = exported(tmp_path, ("*classe_1", "le équipe de le jardin se être réunir"), ("*classe_1", "un four"))
    found = read_iramuteq_segments(corpus, path)
    assert (len(found.table), found.n_lost) == (1, 1)
    assert found.remark.startswith("1 segment(s) sur 2 n'ont pas été retrouvés")
    assert repr(found) == "<Segments d'IRaMuTeQ : 1 retrouvés, 1 perdus>"
    found.save(tmp_path / "segments.csv")
    assert "un four" not in repr(found)
    assert "four" in (tmp_path / "segments.csv").read_text("utf-8")


def test_a_file_that_is_no_export_is_said(corpus, tmp_path):
    (tmp_path / "a.txt").write_text("Un texte.", encoding="utf-8")
    with pytest.raises(UsageError, match=r"a\.txt : aucun segment"):
        read_iramuteq_segments(corpus, tmp_path / "a.txt")
    with pytest.raises(UsageError, match=r"absent\.txt : "):
        read_iramuteq_segments(corpus, tmp_path / "absent.txt")
    path = exported(tmp_path, ("*genre_projet", "un four"))
    with pytest.raises(UsageError, match="il y a : genre"):
        read_iramuteq_segments(corpus, path)
