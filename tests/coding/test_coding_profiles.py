"""Codes by groups, together and in time: counts worked out by hand on small corpora."""

from __future__ import annotations

from math import comb

import numpy as np
import pandas as pd
import pytest

import innovsoc_analysis as isa
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.coding.cooccurrence import chance_of
from innovsoc_analysis.coding.profiles import adjusted_residuals
from innovsoc_analysis.model.errors import UnknownNameError, UsageError

NEED, PLACE, NEW = "def.besoin", "def.territoire", "def.nouveaute"


def coded(texts, given, *, metadata=None):
    """Return codings of a corpus: `given` has (document, number of the segment, code)."""
    corpus = isa.corpus_from_texts(texts)
    documents = corpus.documents
    for name, values in (metadata or {}).items():
        documents[f"meta.{name}" if name != "genre" else name] = values
    book = isa.load_codebook("bissib")
    segments = corpus.segments[corpus.segments["unit"] == "sentence"]
    rows = []
    for number, (document, place, code) in enumerate(given):
        doc_id = documents["doc_id"].iloc[document]
        segment = segments[segments["doc_id"] == doc_id].iloc[place]
        rows.append(
            {
                "coding_id": f"c{number}",
                "doc_id": doc_id,
                "segment_id": segment["segment_id"],
                "start": segment["start"],
                "end": segment["end"],
                "code": code,
                "coder": "rules",
                "origin": "rules",
                "score": 1.0,
                "rule": "r",
                "evidence": "",
                "evidence_spans": "",
                "codebook": book.reference,
                "status": "sure",
            }
        )
    return Codings(pd.DataFrame(rows), corpus, book)


@pytest.fixture(scope="module")
def by_genre():
    """Ten projects, of which eight carry the code, and ten talks, of which two do."""
    given = [(document, 0, NEED) for document in (*range(8), 10, 11)]
    texts = {f"t{number:02}": "Un jardin ouvre." for number in range(20)}
    genres = ["project"] * 10 + ["talk"] * 10
    return coded(texts, given, metadata={"genre": genres, "year": ["2020"] * 10 + ["2021"] * 9 + ["hier"]})


def test_residuals_and_probabilities_are_those_worked_out_by_hand(by_genre):
    table = by_genre.heatmap().table
    assert table["documents"].tolist() == [8, 2]
    assert table["expected"].tolist() == [5.0, 5.0]
    # (8 - 5) / sqrt(5 × 1/2 × 1/2)
    assert table["residual"].tolist() == pytest.approx([3 / 1.25**0.5, -3 / 1.25**0.5])
    # Fisher: 8, 9 or 10 of the ten carriers among the ten projects, and as many on the other side
    p = 2 * sum(comb(10, k) * comb(10, 10 - k) for k in (8, 9, 10)) / comb(20, 10)
    assert table["p"].tolist() == pytest.approx([p, p])
    assert table["p_adjusted"].tolist() == pytest.approx([p, p])
    assert table["marked"].tolist() == [True, True]


def test_the_residual_is_the_signed_root_of_the_chi_square_of_two_groups():
    from scipy.stats import chi2_contingency

    _, (residuals,) = adjusted_residuals(np.array([[7, 3]]), np.array([12, 18]))
    square = chi2_contingency([[7, 3], [5, 15]], correction=False).statistic
    assert residuals**2 == pytest.approx([square, square])


def test_what_all_documents_carry_and_a_single_group_have_no_residual():
    assert np.isnan(adjusted_residuals(np.array([[4, 6]]), np.array([4, 6]))[1]).all()
    assert np.isnan(adjusted_residuals(np.array([[4]]), np.array([10]))[1]).all()


def test_cells_say_share_and_sign_and_are_framed_where_the_difference_holds(by_genre):
    axes = by_genre.heatmap().plot()
    said = {text.get_text(): text.get_fontweight() for text in axes.texts if "%" in text.get_text()}
    assert said == {"80\u202f% (+2,7)": "bold", "20\u202f% (−2,7)": "bold"}
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["projets\n(n = 10)", "paroles\n(n = 10)"]
    assert "n = 20 documents" in axes.figure.get_supxlabel()


def test_an_unknown_code_or_attribute_is_refused(by_genre):
    with pytest.raises(UnknownNameError, match="pas de code"):
        by_genre.heatmap(codes=["def.rien"])
    with pytest.raises(UnknownNameError, match="d'attribut"):
        by_genre.heatmap(by="commune")
    with pytest.raises(UsageError, match="Aucun code"):
        by_genre.heatmap(codes=[])


SIX = "Un jardin ouvre. Une école ferme. Un four chauffe. Une route passe. Un pont tient. Un quai dort."


@pytest.fixture(scope="module")
def together():
    """Two documents of six sentences: both codes on the same two of each; a third code elsewhere."""
    pairs = [(document, place, code) for document in (0, 1) for place in (0, 1) for code in (NEED, PLACE)]
    return coded({"a": SIX, "b": SIX}, [*pairs, (0, 5, NEW)])


def test_pairs_are_compared_with_chance_within_each_document(together):
    found = together.cooccurrence()
    row = found.table.set_index(["code_a", "code_b"]).loc[(NEED, PLACE)]
    assert (row["n_a"], row["n_b"], row["count"], row["documents"]) == (4, 4, 4, 2)
    # 2 × 2 / 6 in each document
    assert row["expected"] == pytest.approx(4 / 3)
    assert row["ratio"] == pytest.approx(3)
    assert row["jaccard"] == 1
    # both on the same two sentences of six: one way in fifteen, twice
    assert row["p"] == pytest.approx(1 / 15**2)
    assert bool(row["linked"])
    assert found.n_units == 12


def test_codes_that_only_share_a_document_are_not_linked(together):
    table = together.cooccurrence().table.set_index(["code_a", "code_b"])
    apart = table.loc[[pair for pair in table.index if NEW in pair]]
    assert apart["count"].tolist() == [0, 0]
    assert apart["p"].tolist() == [1.0, 1.0]
    assert not apart["linked"].any()


def test_by_document_the_two_documents_prove_nothing(together):
    found = together.cooccurrence(unit="document")
    assert found.n_units == 2
    assert found.links.empty
    axes = found.plot()
    assert "aucun lien" in [text.get_text() for text in axes.texts]


def test_the_exact_law_adds_up_over_documents_and_matches_counting_all_arrangements():
    # 3 of 5 and 2 of 5: k common in C(3,k) C(2,2-k) of C(5,2) = 10 ways: 1, 6, 3
    assert chance_of([(5, 3, 2, 1)]) == (pytest.approx(1.2), pytest.approx(9 / 10))
    # with a document of two sentences, one each: common with probability 1/2
    expected, p = chance_of([(5, 3, 2, 2), (2, 1, 1, 1)])
    assert expected == pytest.approx(1.7)
    assert p == pytest.approx(3 / 10 / 2)


def test_an_arc_joins_the_codes_and_none_hides(together):
    axes = together.cooccurrence().plot()
    assert len(axes.lines) == 1
    assert isa.figures.hidden_texts(axes) == []
    assert "n = 12 phrases, 2 documents" in axes.figure.get_suptitle()


def test_an_unknown_unit_is_refused(together):
    with pytest.raises(UsageError, match="tour"):
        together.cooccurrence(unit="tour")


def test_shares_over_dates_have_the_intervals_of_wilson(by_genre):
    found = by_genre.timeline("year")
    assert found.table[["period", "documents", "n"]].to_numpy().tolist() == [["2020", 8, 10], ["2021", 2, 9]]
    assert (found.n_documents, found.n_undated) == (19, 1)
    # 8 of 10: 49.0 to 94.3 %
    assert found.table.loc[0, ["low", "high"]].tolist() == pytest.approx([49.02, 94.33], abs=0.01)
    caption = found.plot()[0, 0].figure.get_supxlabel()
    assert "n = 19 documents datés ; 1 sans date lisible" in caption


def test_no_date_and_an_unknown_period_are_refused(by_genre):
    with pytest.raises(UsageError, match="Aucune date lisible"):
        by_genre.timeline("genre")
    with pytest.raises(UsageError, match="semaine"):
        by_genre.timeline("year", period="semaine")


VTT = """WEBVTT

00:00:00.000 --> 00:01:00.000
<v Ana>Un jardin ouvre dans la rue.

00:01:00.000 --> 00:03:00.000
<v Luc>Une école ferme dans le quartier.
"""


@pytest.fixture(scope="module")
def timed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paroles")
    (folder / "seance.vtt").write_text(VTT, "utf-8")
    corpus = isa.read_corpus(folder)
    segments = corpus.segments[corpus.segments["unit"] == "sentence"].reset_index(drop=True)
    codings = coded({"x": "Un jardin."}, [(0, 0, NEED)])
    second = segments[segments["speaker"] == "Luc"].iloc[0]
    table = codings.table.assign(
        doc_id=second["doc_id"], segment_id=second["segment_id"], start=second["start"], end=second["end"]
    )
    return Codings(table, corpus, codings.codebook)


def test_along_a_timed_transcript_a_code_stands_in_minutes_at_who_says_it(timed):
    found = timed.along("seance.vtt")
    assert found.scale == "minutes"
    assert found.table[["code", "speaker", "place"]].to_numpy().tolist() == [[NEED, "Luc", 2.0]]
    assert found.turns.to_numpy().tolist() == [["Ana", 0.0, 1.0], ["Luc", 1.0, 3.0]]
    names = [tick.get_text() for tick in found.plot().get_yticklabels()]
    assert names == ["Ana", "Luc", timed.label(NEED)]


def test_along_a_text_without_speakers_segments_are_counted(together):
    found = together.along("a")
    assert found.scale == "segments"
    assert sorted(set(found.table["place"])) == [0.5, 1.5, 5.5]


def test_a_document_that_is_not_there_is_named(together):
    with pytest.raises(UnknownNameError, match="« zut »"):
        together.along("zut")


@pytest.mark.parametrize("suffix", ["svg", "png", "csv", "xlsx"])
def test_results_are_saved_as_figures_and_as_tables(together, tmp_path, suffix):
    results = [together.cooccurrence(), together.along("a")]
    for number, result in enumerate(results):
        path = tmp_path / f"{number}.{suffix}"
        result.save(path)
        assert path.stat().st_size > 100
        assert result.alt.endswith(".")
        assert result.alt in result._repr_html_()


def test_any_other_suffix_is_refused(together, tmp_path):
    with pytest.raises(UsageError, match=r"\.svg, \.png, \.csv ou \.xlsx"):
        together.cooccurrence().save(tmp_path / "a.pdf")
