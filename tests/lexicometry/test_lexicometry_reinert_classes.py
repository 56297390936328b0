"""Reinert's classification of a corpus: units, profiles, verbatims, what goes with classes, files."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest

from innovsoc_analysis.lexicometry.classes.making import reinert
from innovsoc_analysis.lexicometry.classes.saving import ATTRIBUTES, PROFILES, SEGMENTS
from innovsoc_analysis.lexicometry.specificity import specificities
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

GARDEN = "Le jardin donne des légumes et des fleurs."
OFFICE = "Le guichet reçoit des formulaires et des dossiers."
TABLE = "La table garde une lampe et une assiette."


@pytest.fixture(scope="module")
def corpus():
    # twelve documents on gardens, eight on offices, one sentence each
    texts = {f"j{n:02}": GARDEN for n in range(12)} | {f"o{n:02}": OFFICE for n in range(8)}
    corpus = corpus_from_texts(texts)
    corpus.documents["genre"] = ["project"] * 10 + ["definition"] * 10
    return corpus


@pytest.fixture(scope="module")
def found(corpus):
    return reinert(corpus, 2)


@pytest.fixture(scope="module")
def mixed():
    """Three themes, a document that holds all, and one without any word that counts."""
    texts = {f"{name}{n}": text for name, text in (("j", GARDEN), ("o", OFFICE), ("t", TABLE)) for n in range(12)}
    return corpus_from_texts({**texts, "vide": "Et alors ?", "z": f"{GARDEN} Le seau du jardin. {TABLE}"})


def test_units_that_share_words_are_classed_together(found) -> None:
    assert found.labels.tolist() == [1] * 12 + [2] * 8
    assert found.labels.index.tolist() == found.units["unit_id"].tolist()
    assert found.share_classified == 1.0
    assert found.summary[["class", "n", "share", "n_documents"]].to_numpy().tolist() == [
        [1, 12, 0.6, 12],
        [2, 8, 0.4, 8],
    ]
    assert found.summary["main_document"].tolist() == pytest.approx([1 / 12, 1 / 8])


def test_a_row_of_the_table_counts_units_by_hand(found) -> None:
    row = found.table.query("word == 'jardin' and `class` == 1").iloc[0]
    # all 12 units of the class hold the word, none of the 8 others: χ² is the number of units
    assert row[["n_in_class", "n_in_all", "n_class", "n_units", "n_documents"]].tolist() == [12, 12, 12, 20, 12]
    assert row[["share", "share_of_word", "chi2", "phi"]].tolist() == pytest.approx([1, 1, 20, 1])
    # the upper tail of χ² at one degree of freedom is that of a normal, twice
    assert row["p_value"] == pytest.approx(math.erfc(math.sqrt(20 / 2)))
    # without one of the twelve documents: 19 units, still kept apart by the word
    assert row["chi2_without"] == pytest.approx(19)
    assert not row["one_document"]
    avoided = found.table.query("word == 'jardin' and `class` == 2").iloc[0]
    assert avoided[["n_in_class", "chi2", "phi"]].tolist() == pytest.approx([0, -20, -1])


def test_function_words_describe_classes_without_making_them(found) -> None:
    assert found.words(1)["word"].tolist() == ["fleur", "jardin", "légume"]
    assert "donner" in found.words(1, active=False)["word"].tolist()
    kinds = found.table[found.table["class"] == 1].set_index("word")
    assert kinds.loc[["le", "et", "jardin"], "kind"].tolist() == ["mot outil", "mot outil", "nom"]
    assert kinds.loc[["le", "donner", "jardin"], "active"].tolist() == [False, False, True]
    # « le » is in all units: it tells nothing apart
    assert kinds.loc["le", "chi2"] == 0


def test_the_antiprofile_holds_the_words_a_class_avoids(found) -> None:
    assert found.antiprofile(1)["word"].tolist() == ["dossier", "formulaire", "guichet", "recevoir"]
    assert found.antiprofile(1, 2)["word"].tolist() == ["dossier", "formulaire"]
    assert found.antiprofile(1)["chi2"].tolist() == pytest.approx([-20] * 4)


def test_the_score_of_a_segment_is_the_sum_of_chi2_of_the_words_it_holds(found) -> None:
    first = found.segments(1, 1).iloc[0]
    assert first["score"] == pytest.approx(3 * 20)
    assert first["relative"] == pytest.approx(20)
    assert first["quote"] == GARDEN
    assert first["marked"] == "Le **jardin** donne des **légumes** et des **fleurs**."
    assert first["words"] == "fleur, jardin, légume"
    assert first["title"] == "j00"
    assert found.segments(1, 0).empty


def test_long_units_win_by_absolute_score_and_not_by_relative_score() -> None:
    texts = {"long": f"{GARDEN} Trois potagers."} | {f"j{n}": GARDEN for n in range(10)}
    texts |= {"court": "Le jardin."} | {f"p{n}": "Jardins et potagers." for n in range(3)}
    found = reinert(corpus_from_texts(texts | {f"o{n}": OFFICE for n in range(20)}), 2, min_segment_size=0)
    garden = int(found.numbers[0])
    by_sum, by_mean = (found.segments(garden, 1, score=score)["title"].iloc[0] for score in ("absolute", "relative"))
    assert (by_sum, by_mean) == ("long", "court")


def test_a_word_of_one_document_is_marked() -> None:
    many = " ".join(["Le radis du jardin pousse avec des légumes et des fleurs."] * 6)
    texts = {f"j{n}": GARDEN for n in range(8)} | {f"o{n}": OFFICE for n in range(8)} | {"radis": many}
    found = reinert(corpus_from_texts(texts), 2, context_words=3, min_segment_size=0)
    rows = found.profiles[found.profiles["active"]].set_index("word")
    assert rows.loc[["radis", "jardin"], "one_document"].tolist() == [True, False]
    assert rows.loc["radis", "n_documents"] == 1
    assert rows.loc["radis", "chi2_without"] == 0


def test_short_units_are_joined_within_their_document() -> None:
    said = [("Awa", "Le jardin."), ("Luc", "Des légumes."), ("Awa", "Des fleurs."), ("Luc", "Le jardin.")]
    turns = "\n".join(f"{who} : {what}" for who, what in said)
    corpus = corpus_from_texts({f"e{n}": turns for n in range(10)} | {f"o{n}": OFFICE for n in range(10)})
    joined, apart = (reinert(corpus, 2, min_segment_size=size) for size in (10, 0))
    assert (len(joined.units), len(apart.units)) == (20, 50)
    assert joined.units["speaker"].iloc[0] == "Awa / Luc"
    assert joined.units["unit_id"].is_unique
    # a unit carries the value of each of those who speak in it
    speakers = joined.by("speaker").query("`class` == @joined.labels.iloc[0]").set_index("value")
    assert speakers.loc[["Awa", "Luc"], "n"].tolist() == [10, 10]


def test_units_without_words_that_count_are_in_no_class_and_in_no_count(mixed) -> None:
    found = reinert(mixed, 3)
    empty = found.units["doc_id"].map(mixed.documents.set_index("doc_id")["title"]) == "vide"
    assert found.numbers[empty].tolist() == [0]
    assert found.share_classified == pytest.approx(37 / 38)
    assert found.table["n_units"].unique().tolist() == [37]
    assert not found.spans()["doc_id"].isin(found.units.loc[empty, "doc_id"]).any()


def test_fewer_classes_are_made_by_undoing_the_last_splits(mixed) -> None:
    found = reinert(mixed, 3)
    two = found.at(2)
    assert (two.n_classes, len(two.heights), len(found.heights)) == (2, 1, 2)
    assert two.heights[0] == found.heights[0]
    pairs = pd.crosstab(found.numbers, two.numbers)
    # each of the three classes is whole in one of the two
    assert ((pairs > 0).sum(axis=1) == 1).all()
    assert found.partition(2).equals(two.labels)
    for wrong in (1, 4, 2.0, True, "deux"):
        with pytest.raises(UsageError, match="de 2 à 3"):
            found.at(wrong)


def test_spans_lead_to_the_text_of_the_units_and_other_tools_take_them(found, corpus) -> None:
    spans = found.spans()
    texts = corpus.documents.set_index("doc_id")["text"]
    quoted = {texts[row.doc_id][row.start : row.end] for row in spans[spans["part"] == "classe 2"].itertuples()}
    assert quoted == {OFFICE}
    parts = specificities(corpus, by=spans)
    assert parts.parts == ("classe 1", "classe 2")
    assert parts.of("guichet")["f"].tolist() == [0, 8]


def test_attributes_are_crossed_with_classes_on_units_and_on_documents(found) -> None:
    rows = found.by("genre").query("`class` == 1").set_index("value")
    # ten projects, all on gardens; of ten definitions, two are
    assert rows.loc["project", ["n", "n_value", "n_class", "n_documents"]].tolist() == [10, 10, 12, 10]
    assert rows.loc["project", ["share", "share_in_all"]].tolist() == pytest.approx([1.0, 0.6])
    # 20 (10·8 − 0·2)² / (10·10·12·8)
    assert rows.loc["project", "chi2"] == pytest.approx(40 / 3)
    assert rows.loc["definition", "chi2"] == pytest.approx(-40 / 3)
    # all projects are among the twelve in C(12,10) = 66 deals of C(20,10) = 184,756; as extreme: twice as many
    assert rows.loc["project", "p_documents"] == pytest.approx(1 / 1000, abs=3 / 1000)


def test_units_of_one_document_weigh_as_one_when_documents_are_dealt_again() -> None:
    # two documents of ten units each: whatever the classes, a deal in two says nothing
    texts = {"a": " ".join([GARDEN] * 10), "b": " ".join([OFFICE] * 10)}
    corpus = corpus_from_texts(texts)
    corpus.documents["genre"] = ["project", "definition"]
    found = reinert(corpus, 2, context_words=3, min_segment_size=0)
    rows = found.by("genre")
    assert (rows["p_value"] < 0.001).all()
    assert rows["p_documents"].tolist() == [1.0] * 4


def test_codes_are_compared_with_a_variance_between_documents(found) -> None:
    spans = found.units[["doc_id", "start", "end"]]
    codings = pd.concat([spans.iloc[:11].assign(code="nourrir"), spans.iloc[[3, 15]].assign(code="accueillir")])
    rows = found.codes(codings).query("`class` == 1").set_index("value")
    assert rows.loc["nourrir", ["n", "n_value", "n_class"]].tolist() == [11, 11, 12]
    # all 11 coded units are of the class, 1 of the 9 others is; of the two of the other code, one is
    assert rows.loc["accueillir", ["n", "n_value"]].tolist() == [1, 2]
    # units are documents here: p₁ = 1 has no variance, p₀ = 1/9 has 1/9 · 8/9 / 9, times 9/8 for nine documents
    ratio = (1 - 1 / 9) / math.sqrt(9 / 8 * (1 / 9) * (8 / 9) / 9)
    from scipy.stats import t

    assert rows.loc["nourrir", "p_documents"] == pytest.approx(2 * t.sf(ratio, 8))
    # two documents carry it: nothing can be said of others
    assert math.isnan(rows.loc["accueillir", "p_documents"])


def test_what_is_no_attribute_or_has_one_value_is_refused(found) -> None:
    with pytest.raises(UnknownNameError, match="attribut « pays »"):
        found.by("pays")
    alone = replace(found, corpus=corpus_from_texts({"a": GARDEN}, genre="project"))
    with pytest.raises(UsageError, match="qu'une valeur"):
        alone.by("genre")
    with pytest.raises(UsageError, match="donnez les codages"):
        found.by("code")


def test_classes_kept_apart_by_all_documents_are_stable() -> None:
    found = reinert(corpus_from_texts({str(n): (GARDEN, OFFICE)[n % 2] for n in range(60)}), 2)
    table = found.stability(10)
    assert table["jaccard"].tolist() == [1.0, 1.0]
    assert table["verdict"].tolist() == ["très stable", "très stable"]
    assert table[["found", "lost", "n_draws"]].to_numpy().tolist() == [[1, 0, 10], [1, 0, 10]]
    assert (table["by_chance"] < 0.75).all()
    pd.testing.assert_frame_equal(table, found.stability(10))
    for wrong in (0, True, "dix", 1.5):
        with pytest.raises(UsageError, match="n_draws="):
            found.stability(wrong)
    for wrong in (-1, "hasard"):
        with pytest.raises(UsageError, match="seed="):
            found.stability(1, seed=wrong)


def test_a_double_classification_says_what_it_leaves_out(mixed) -> None:
    texts = dict(zip(mixed.documents["title"], mixed.documents["text"], strict=True))
    corpus = corpus_from_texts({name: " ".join([text] * 6) for name, text in texts.items() if name[0] in "jotz"})
    found = reinert(corpus, 3, double=True, context_words=3, min_segment_size=4)
    assert set(found.numbers) <= {0, 1, 2, 3}
    assert found.share_classified == pytest.approx((found.numbers > 0).mean())
    assert found.summary["n"].sum() == (found.numbers > 0).sum()
    assert len(found.heights) == 0
    assert {found.words(one, 1)["word"].iloc[0] for one in (1, 2, 3)} <= {
        "fleur",
        "dossier",
        "assiette",
        "jardin",
        "table",
    }


def test_the_order_of_classes_and_words_does_not_depend_on_the_run(corpus, found) -> None:
    pd.testing.assert_frame_equal(reinert(corpus, 2).table, found.table)


def test_impossible_settings_are_refused_in_french(corpus) -> None:
    for wrong, said in [
        ({"n_classes": 1}, "n_classes="),
        ({"n_classes": "huit"}, "n_classes="),
        ({"context_words": 0}, "context_words="),
        ({"min_segment_size": -1}, "min_segment_size="),
        ({"min_count": 2.5}, "min_count="),
        ({"min_documents": True}, "min_documents="),
        ({"cc_test": float("nan")}, "cc_test="),
        ({"max_share": "tout"}, "max_share="),
        ({"stop_words": "jardin"}, "stop_words="),
        ({"upos": None}, "upos="),
        ({"unit": "vers"}, "Unité inconnue"),
        ({"mots": 3}, "Option inconnue : « mots »"),
        ({"double": True, "min_segment_size": 1}, "classification double"),
        ({"min_count": 500}, "sur 20"),
        ({"min_split_members": 500}, "Trop peu d'unités"),
    ]:
        with pytest.raises(UsageError, match=said):
            reinert(corpus, **wrong)


def test_texts_with_nothing_to_oppose_are_refused_in_french() -> None:
    with pytest.raises(UsageError, match="aucun mot plein"):
        reinert(corpus_from_texts({"a": "Et alors ? Oui."}))
    with pytest.raises(UsageError, match="sur 1"):
        reinert(corpus_from_texts({"a": GARDEN}))
    with pytest.raises(UsageError, match="mêmes mots"):
        reinert(corpus_from_texts({f"a{n}": GARDEN for n in range(20)}))


def test_unknown_classes_and_scores_are_refused_in_french(found) -> None:
    for wrong in (0, 3, "1", 1.0, True, None):
        with pytest.raises(UnknownNameError, match="il y a : 1, 2"):
            found.words(wrong)
    with pytest.raises(UsageError, match="n="):
        found.words(1, -1)
    with pytest.raises(UsageError, match="Score inconnu"):
        found.segments(1, score="moyen")


def test_fewer_classes_than_asked_are_explained(corpus) -> None:
    found = reinert(corpus, 8)
    assert found.n_classes == 2
    assert "2 classes au lieu de 8" in found.stopped
    assert "2 classes au lieu de 8" in found._repr_html_()


def test_the_workbook_holds_all_sheets_and_texts_cannot_act_as_formulas(tmp_path) -> None:
    texts = {f"=1+{n}": f"=cmd {GARDEN}" for n in range(10)} | {f"<b>{n}": OFFICE for n in range(10)}
    corpus = corpus_from_texts(texts)
    corpus.documents["genre"] = ["project", "definition"] * 10
    found = reinert(corpus, 2)
    found.save(tmp_path / "classes.xlsx")
    book = openpyxl.load_workbook(tmp_path / "classes.xlsx")
    assert book.sheetnames == [
        "Lisez-moi", "Classes", "Profils", "Antiprofils", "Segments caractéristiques", "Unités", "Attributs",
    ]  # fmt: skip
    for sheet, columns in (("Profils", PROFILES), ("Segments caractéristiques", SEGMENTS), ("Attributs", ATTRIBUTES)):
        assert [cell.value for cell in book[sheet][1]] == [heading for heading, _ in columns.values()]
    assert book["Unités"].max_row == 1 + 20
    assert {cell.data_type for row in book["Unités"].iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    assert "<b>" not in found._repr_html_().split("<tbody>")[1].replace("<b>1</b>", "").replace("<b>2</b>", "")
    assert "<mark>jardin</mark>" in found._repr_html_()


def test_a_column_of_metadata_named_code_is_no_coding_and_is_not_crossed(tmp_path) -> None:
    corpus = corpus_from_texts({str(n): (GARDEN, OFFICE)[n % 2] for n in range(20)})
    corpus.documents["meta_code"] = ["75011", "69001"] * 10
    reinert(corpus, 2).save(tmp_path / "classes.xlsx")
    assert "Attributs" not in openpyxl.load_workbook(tmp_path / "classes.xlsx").sheetnames


def test_the_csv_holds_the_whole_table(found, tmp_path) -> None:
    found.save(tmp_path / "classes.csv", locale="fr")
    rows = list(csv.reader((tmp_path / "classes.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == [heading for heading, _ in PROFILES.values()]
    assert len(rows) == 1 + len(found.table)
    with pytest.raises(UsageError, match=r"\.csv ou \.xlsx"):
        found.save(tmp_path / "classes.ods")


def test_what_is_shown_of_a_result_tells_no_text(found) -> None:
    assert repr(found) == "<Classes : 2 classes, 20 unités classées sur 20>"


def test_figures_say_shares_and_words(found) -> None:
    axes = found.plot(n=2)
    said = [text.get_text() for text in axes.texts]
    assert "Classe 1" in said
    assert "60,0\u202f%, 12 u." in said
    assert [word for word in said if word in {"fleur", "jardin", "légume"}] == ["fleur", "jardin"]
    panels = found.plot_by("genre")
    assert [tick.get_text() for tick in panels[0, 0].get_yticklabels()] == ["définitions (10)", "projets (10)"]
    assert "mots et classes" in found.plot_map().figure.get_suptitle()


def test_the_map_of_counts_is_made_of_the_units_of_classes(found) -> None:
    assert found.counts.loc["jardin"].tolist() == [12, 0]
    assert found.counts.columns.tolist() == ["classe 1", "classe 2"]
    assert np.array_equal(found.counts.sum().to_numpy(), [12 * 3, 8 * 4])
