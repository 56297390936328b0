"""The agreement of coders on a corpus: counts and coefficients worked out by hand, figure and files."""

from __future__ import annotations

import math

import numpy as np
import openpyxl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from innovsoc_analysis.coding.agreement import (
    agreement,
    cohen_kappa,
    conger_kappa,
    gwet_ac1,
    krippendorff_alpha,
    masi_alpha,
)
from innovsoc_analysis.coding.coder import code as code_corpus
from innovsoc_analysis.figures.style import svg_bytes
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import InnovsocError, UnknownNameError
from innovsoc_analysis.model.tables import CODINGS
from innovsoc_analysis.study.corpus import corpus_from_texts

TEXTS = {
    "a": "Le besoin existe. Un autre besoin reste. Il pleut.",
    "b": "Le quartier a un besoin. Il neige.",
    "c": "Le quartier vit. Le quartier change. Il vente <b>.",
}
BOOK = Codebook.model_validate(
    {
        "nom": "essai",
        "version": "1",
        "familles": [
            {"id": "F", "libelle": "Éléments", "groupes": [{"id": "F1", "libelle": "Un", "codes": ["lieu", "besoin"]}]},
            {"id": "G", "libelle": "Autres", "groupes": [{"id": "G1", "libelle": "Deux", "codes": ["rare"]}]},
        ],
        "codes": [
            {"id": "besoin", "libelle": "Besoin", "definition": "…", "indicateurs": {"lemmes": ["besoin"]}},
            {"id": "lieu", "libelle": "Lieu", "definition": "…", "indicateurs": {"lemmes": ["quartier"]}},
            {"id": "rare", "libelle": "Rare", "definition": "…", "indicateurs": {"lemmes": ["licorne"]}},
        ],
    }
)
COLUMNS = ["percent", "kappa", "alpha", "alpha_low", "alpha_high", "ac1", "f1", "masi", "reason"]
# segments in order; the rules give besoin to 0, 1, 3 and lieu to 3, 5, 6; Ana gives besoin to 0, 3, 4 and lieu to 3, 5, 6
RULES = {"besoin": [1, 1, 0, 1, 0, 0, 0, 0], "lieu": [0, 0, 0, 1, 0, 1, 1, 0]}
ANA = {"besoin": [1, 0, 0, 1, 1, 0, 0, 0], "lieu": [0, 0, 0, 1, 0, 1, 1, 0]}


def pairs(code, first=RULES, second=ANA):
    return np.array([first[code], second[code]]).T


@pytest.fixture(scope="module")
def codings():
    return code_corpus(corpus_from_texts(TEXTS), BOOK)


@pytest.fixture(scope="module")
def ana(codings):
    """Return what Ana coded: the rules' codings, one moved, her own words as evidence."""
    segments = codings.corpus.sentences
    rows = [
        {
            **{name: getattr(segment, name) for name in ("segment_id", "doc_id", "start", "end")},
            "coding_id": f"{segment.segment_id}{code}",
            "code": code,
            "coder": "Ana",
            "origin": "human",
            "evidence": "son mot",
            "evidence_spans": f"{segment.start}-{segment.start + 2}",
        }
        for code, given in ANA.items()
        for segment in segments[np.array(given, dtype=bool)].itertuples()
    ]
    return CODINGS.conform(rows)


@pytest.fixture(scope="module")
def found(codings, ana):
    return agreement(codings, ana)


def test_the_table_has_a_row_per_code_per_family_and_for_all(found):
    table = found.table
    assert table.columns.tolist() == ["level", "code", "label", "family", "units", "n.rules", "n.Ana", *COLUMNS]
    assert table[["level", "code", "label", "family", "units", "n.rules", "n.Ana"]].to_numpy().tolist() == [
        ["code", "lieu", "Lieu", "Éléments", 8, 3, 3],
        ["code", "besoin", "Besoin", "Éléments", 8, 3, 3],
        ["code", "rare", "Rare", "Autres", 8, 0, 0],
        ["family", "", "Éléments", "Éléments", 8, 5, 5],
        ["family", "", "Autres", "Autres", 8, 0, 0],
        ["overall", "", "Ensemble", "", 24, 6, 6],
    ]


def test_coefficients_of_a_code_are_those_of_its_column(found, codings):
    row = found.table.set_index("code").loc["besoin"]
    data = pairs("besoin")
    documents = codings.corpus.sentences["doc_id"]
    alpha = krippendorff_alpha(data, clusters=documents)
    assert row["percent"] == 6 / 8
    assert row["kappa"] == cohen_kappa(data).value
    assert (row["alpha"], (row["alpha_low"], row["alpha_high"])) == (alpha.value, alpha.interval)
    assert row["ac1"] == gwet_ac1(data).value
    assert row["f1"] == pytest.approx(2 * 2 / 6)
    perfect = found.table.set_index("code").loc["lieu"]
    assert perfect[["percent", "kappa", "alpha", "ac1", "f1"]].tolist() == [1, 1, 1, 1, 1]


def test_a_code_nobody_gave_is_undefined_and_says_why(found):
    row = found.table.set_index("code").loc["rare"]
    assert row["percent"] == 1
    assert all(math.isnan(row[name]) for name in ("kappa", "alpha", "alpha_low", "ac1", "f1", "masi"))
    assert row["reason"].startswith("Une seule catégorie")


def test_all_together_pools_the_decisions_and_compares_the_sets(found):
    row = found.table.iloc[-1]
    data = np.concatenate([pairs("lieu"), pairs("besoin"), np.zeros((8, 2), dtype=int)])
    assert row["alpha"] == pytest.approx(krippendorff_alpha(data, interval=None).value)
    assert row["kappa"] == pytest.approx(cohen_kappa(data, interval=None).value)
    assert row["f1"] == pytest.approx(2 * 5 / 12)
    sets = [[{code for code in ("lieu", "besoin") if coder[code][unit]} for coder in (RULES, ANA)] for unit in range(8)]
    assert row["masi"] == pytest.approx(masi_alpha(sets, interval=None).value)


def test_a_family_is_given_where_one_of_its_codes_is(found):
    row = found.table[found.table["level"] == "family"].iloc[0]
    either = [[max(coder["lieu"][unit], coder["besoin"][unit]) for coder in (RULES, ANA)] for unit in range(8)]
    assert row["alpha"] == pytest.approx(krippendorff_alpha(either, interval=None).value)


def test_disagreements_are_to_be_read_with_their_context_and_both_sides(found, codings):
    table = found.disagreements
    assert table[["quote", "code", "label", "coded_by", "not_coded_by"]].to_numpy().tolist() == [
        ["Un autre besoin reste.", "besoin", "Besoin", "rules", "Ana"],
        ["Il neige.", "besoin", "Besoin", "Ana", "rules"],
    ]
    assert table[["before", "after"]].to_numpy().tolist() == [
        ["Le besoin existe. ", " Il pleut."],
        ["Le quartier a un besoin. ", ""],
    ]
    assert table["evidence.rules"].tolist() == ["besoin", ""]
    assert table["evidence.Ana"].tolist() == ["", "son mot"]
    assert table["evidence_spans.Ana"].tolist()[0] == ""
    texts = codings.corpus.documents.set_index("doc_id")["text"]
    start, end = map(int, table["evidence_spans.rules"][0].split("-"))
    assert texts[table["doc_id"][0]][start:end] == "besoin"
    assert [texts[row.doc_id][row.start : row.end] for row in table.itertuples()] == table["quote"].tolist()


def test_tables_alone_are_enough_without_families_and_text():
    segments = pd.DataFrame(
        {"segment_id": ["s1", "s2", "s3", "s4"], "doc_id": ["d1", "d1", "d2", "d2"], "vague": [1, 1, 2, 2]}
    )
    first = pd.DataFrame({"segment_id": ["s1", "s1", "s9"], "code": ["x", "x", "x"]})
    second = pd.DataFrame({"segment_id": ["s1", "s3"], "code": ["x", "y"]})
    found = agreement(first, second, segments=segments, by="vague")
    assert found.coders == ("codeur 1", "codeur 2")
    assert found.table[["group", "label", "units", "n.codeur 1", "n.codeur 2"]].to_numpy().tolist() == [
        *(["1", "x", 2, 1, 1], ["1", "y", 2, 0, 0], ["1", "Ensemble", 4, 1, 1]),
        *(["2", "x", 2, 0, 0], ["2", "y", 2, 0, 1], ["2", "Ensemble", 4, 0, 1]),
    ]
    assert found.disagreements[["segment_id", "code", "coded_by", "quote"]].to_numpy().tolist() == [
        ["s3", "y", "codeur 2", ""]
    ]
    assert found.disagreements["start"].isna().all()
    assert "Laissés de côté, d'un autre segment ou d'un autre code : 1 codages." in found.summary()


def test_three_coders_have_conger_s_kappa_and_a_mean_f1(codings, ana):
    luc = ana[ana["code"] == "besoin"].assign(coder="Luc")
    found = agreement(codings, ana, luc)
    row = found.table.set_index("code").loc["lieu"]
    data = np.array([RULES["lieu"], ANA["lieu"], [0] * 8]).T
    assert row["kappa"] == pytest.approx(conger_kappa(data, interval=None).value)
    assert row["f1"] == pytest.approx((1 + 0 + 0) / 3)
    assert found.disagreements["coded_by"].tolist()[:2] == ["rules", "rules, Ana"]


def test_coders_of_the_same_name_are_numbered_and_names_can_be_given(codings, ana):
    assert agreement(ana, ana, segments=codings.corpus.sentences).coders == ("Ana", "Ana (2)")
    assert agreement(codings, ana, names=["règles", "lecture"]).coders == ("règles", "lecture")
    with pytest.raises(InnovsocError, match="2 noms différents"):
        agreement(codings, ana, names=["un", "un"])


def test_codes_and_groups_can_be_chosen(codings, ana):
    found = agreement(codings, ana, codes=["besoin"], by="title")
    assert found.table["group"].tolist() == ["a", "a", "a", "b", "b", "b", "c", "c", "c"]
    assert found.table["n.Ana"].tolist() == [1, 1, 1, 2, 2, 2, 0, 0, 0]
    tables = agreement(codings.table, ana, segments=codings.corpus.sentences, codes=BOOK, corpus=codings.corpus)
    pd.testing.assert_frame_equal(tables.table, agreement(codings, ana).table)


def test_options_of_the_interval_are_handed_on(codings, ana):
    assert agreement(codings, ana, interval=None).table["alpha_low"].isna().all()
    wide, narrow = (agreement(codings, ana, confidence=level).table.iloc[-1] for level in (0.95, 0.5))
    assert wide["alpha_low"] <= narrow["alpha_low"] <= narrow["alpha_high"] <= wide["alpha_high"]


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ("tables", {}, "segments="),
        ("tables", {"segments": pd.DataFrame({"segment_id": []})}, "doc_id"),
        ("codings", {"clusters": [1]}, "par document"),
        ("codings", {"by": "auteur"}, "« auteur »"),
        ("codings", {"codes": ["licorne"]}, "« licorne »"),
        ("nothing", {}, "DataFrame"),
        ("columns", {}, "segment_id"),
    ],
)
def test_what_cannot_be_compared_is_refused(codings, ana, arguments, options, message):
    given = {
        "tables": (ana, ana),
        "codings": (codings, ana),
        "nothing": (codings, [1]),
        "columns": (codings, pd.DataFrame({"code": ["x"]})),
    }[arguments]
    with pytest.raises(InnovsocError, match=message):
        agreement(*given, **options)


def test_an_unknown_group_names_those_there_are(codings, ana):
    with pytest.raises(UnknownNameError, match="genre"):
        agreement(codings, ana, by="auteur")
    with pytest.raises(InnovsocError, match="corpus="):
        agreement(ana, ana, segments=codings.corpus.sentences, by="genre")


def test_summary_says_the_main_figures_in_french(found):
    lines = found.summary().splitlines()
    assert lines[0] == "2 codeurs (rules, Ana), 8 segments de 3 documents, 3 codes."
    row = found.table.iloc[-1]
    assert lines[1].startswith(f"Ensemble : alpha de Krippendorff {row['alpha']:.3f} [".replace(".", ","))
    assert lines[1].endswith("accord observé 91,7 %.")
    assert "atteint 0,800 : 1 ; de 0,667 à 0,800 : 0 ; au-dessous : 1 ; non défini : 1." in lines[2]
    assert "Besoin (0," in lines[2]
    assert lines[3] == "Désaccords à relire : 2 (un segment et un code chacun)."


def test_the_figure_has_a_dot_and_an_interval_per_code(found):
    axes = found.plot()
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Lieu", "Besoin", "Rare", "Ensemble"]
    dots = next(line for line in axes.get_lines() if line.get_linestyle() == "None")
    rows = found.table[found.table["level"] != "family"]
    np.testing.assert_array_equal(dots.get_xdata(), rows["alpha"])
    segments = axes.collections[0].get_segments()
    assert [(a[0], b[0]) for a, b in segments] == [
        (low, high) for low, high in zip(rows["alpha_low"], rows["alpha_high"], strict=True) if not np.isnan(low)
    ]
    assert [text.get_text() for text in axes.texts] == ["non défini"]
    assert axes.figure.get_suptitle().startswith("Les codeurs s'accordent avec un alpha de ")
    assert axes.figure.get_supxlabel().startswith("2 codeurs (rules, Ana), 8 segments de ")
    assert svg_bytes(found.plot().figure) == svg_bytes(found.plot().figure)


def test_the_figure_draws_on_given_axes_one_marker_per_group(codings, ana):
    given = Figure().add_subplot()
    axes = agreement(codings, ana, by="title").plot(ax=given)
    assert axes is given
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["a", "b", "c"]
    markers = {line.get_marker() for line in axes.get_lines() if line.get_linestyle() == "None"}
    assert len(markers) == 3


def test_files_hold_agreement_and_disagreements_under_french_names(found, tmp_path):
    found.save(tmp_path / "accord.xlsx")
    book = openpyxl.load_workbook(tmp_path / "accord.xlsx")
    assert book.sheetnames == ["Accord", "Désaccords"]
    head, first, *_ = book["Accord"].iter_rows(values_only=True)
    assert head[:7] == ("niveau", "code", "libellé", "famille", "unités", "n (rules)", "n (Ana)")
    assert first[:7] == ("code", "lieu", "Lieu", "Éléments", 8, 3, 3)
    assert book["Désaccords"].max_row == 1 + 2
    found.save(tmp_path / "accord.csv", locale="fr")
    text = (tmp_path / "accord.csv").read_text("utf-8-sig")
    assert text.startswith("niveau;code;libellé;famille;unités;n (rules);n (Ana);accord observé;kappa;alpha")
    with pytest.raises(InnovsocError, match=r"\.csv ou \.xlsx"):
        found.save(tmp_path / "accord.txt")


def test_notebook_view_is_in_french_and_quotes_no_text(found):
    html = found._repr_html_()
    assert "<td>−" in html or "<td>0," in html
    assert "Ensemble" in html
    assert "neige" not in html + repr(found) + found.summary()
    assert "NaN" not in html
    assert repr(found) == "<Agreement : 2 codeurs (rules, Ana), 8 segments de 3 documents, 3 codes>"


def test_a_corpus_in_which_nobody_coded_anything_is_no_trouble(codings, tmp_path):
    nothing = codings.table.iloc[:0]
    found = agreement(nothing, nothing, segments=codings.corpus.sentences, codes=BOOK)
    assert found.table["alpha"].isna().all()
    assert found.disagreements.empty
    assert "non défini" in found.summary()
    found.plot()
    found.save(tmp_path / "accord.xlsx")
    no_codes = agreement(nothing, nothing, segments=codings.corpus.sentences)
    assert no_codes.table["level"].tolist() == ["overall"]
    no_segments = agreement(codings, nothing, segments=codings.corpus.sentences.iloc[:0])
    assert no_segments.table["alpha"].isna().all()
