"""Shares corrected for the errors of the coder, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.coding.evaluation import Evaluation
from innovsoc_analysis.coding.evaluation.judging import Judgements
from innovsoc_analysis.coding.robustness import corrected
from innovsoc_analysis.coding.robustness.correcting import document_bounds, rogan_gladen
from innovsoc_analysis.coding.robustness.correction import Corrected
from innovsoc_analysis.coding.robustness.rates import error_rates
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.tables import CODINGS
from innovsoc_analysis.study.corpus import corpus_from_sentences


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook("bissib")


def _codings(book: Codebook, coded: dict[str, list[int]], *, genres: dict[str, str], coder: str = "rules") -> Codings:
    """Return ten sentences a document, of which `coded` tells those that carry the first code."""
    corpus = corpus_from_sentences({name: [f"Phrase {n}." for n in range(10)] for name in coded}, genres=genres)
    names = corpus.documents.set_index("doc_id")["source"]
    rows = []
    for doc_id, frame in corpus.sentences.groupby("doc_id", sort=False):
        for place in coded[names[doc_id]]:
            segment = frame.iloc[place]
            rows.append({
                "coding_id": f"{doc_id}-{place}",
                "doc_id": doc_id,
                "segment_id": segment["segment_id"],
                "start": segment["start"],
                "end": segment["end"],
                "code": book.code_ids[0],
                "coder": coder,
            })  # fmt: skip
    return Codings(CODINGS.conform(rows), corpus, book)


def _evaluation(
    book: Codebook, *, found: int, missed: int, wrong: int, right: int, genre: str = "project"
) -> Evaluation:
    """Return an evaluation of the rules on the first code; passages of ten sentences in the field."""
    truth = [True] * (found + missed) + [False] * (wrong + right)
    said = [True] * found + [False] * missed + [True] * wrong + [False] * right
    n = len(truth)
    # passages mix all kinds of sentences, so that resamples of them do
    order = np.random.default_rng(0).permutation(n)
    labels, coded = (np.zeros((n, len(book.code_ids)), dtype=bool) for _ in range(2))
    labels[:, 0], coded[:, 0] = np.array(truth)[order], np.array(said)[order]
    zeros = np.zeros((n, len(book.code_ids)))
    judgements = Judgements(
        labels=labels,
        coded={"rules": coded},
        explicit=zeros > 0,
        probabilities=zeros,
        low=zeros[0],
        sure=zeros[0],
        passages=np.arange(n) // 10,
        off=np.zeros(n, dtype=bool),
        genres=np.array([genre] * n),
    )
    return Evaluation(judgements, book)


def _row(found: Corrected, group: str = "project") -> pd.Series:
    return found.table[(found.table["group"] == group) & (found.table["code"] == found.codebook.code_ids[0])].iloc[0]


def test_rogan_and_gladen_take_back_false_alarms_and_add_what_was_missed() -> None:
    # of 1000, 100 carry the code: 0.9 × 100 + 0.05 × 900 = 135 get it
    assert float(rogan_gladen(np.array(0.135), np.array(0.9), np.array(0.95))) == pytest.approx(0.1)
    # fewer than the false alarms alone: none
    assert float(rogan_gladen(np.array(0.01), np.array(0.9), np.array(0.95))) == 0
    # more than a coder that finds half of them can give: all
    assert float(rogan_gladen(np.array(0.7), np.array(0.5), np.array(1.0))) == 1


def test_a_coder_that_tells_next_to_nothing_corrects_nothing() -> None:
    assert np.isnan(rogan_gladen(np.array(0.3), np.array(0.35), np.array(0.7)))


def test_documents_are_bounded_by_all_false_alarms_and_by_all_misses() -> None:
    least, most = document_bounds(np.array(0.5), np.array(0.8), np.array(0.2))
    assert float(least) == pytest.approx((0.5 - 0.2) / 0.8)
    assert float(most) == pytest.approx(0.5 / 0.8)


def test_errors_are_measured_in_the_field_and_in_the_genre_where_ten_sentences_carry_the_code(book: Codebook) -> None:
    judged = _evaluation(book, found=16, missed=4, wrong=8, right=72).judgements
    rates = error_rates(judged, "rules", genre="project")
    assert (rates.sensitivity[0], rates.specificity[0], rates.positives[0]) == (0.8, pytest.approx(0.9), 20)
    assert bool(rates.own[0])
    # no passage of that genre: those of all
    other = error_rates(judged, "rules", genre="talk")
    assert other.sensitivity[0] == 0.8
    assert not other.own[0]


def test_sentences_out_of_the_field_count_neither_way(book: Codebook) -> None:
    judged = _evaluation(book, found=16, missed=4, wrong=8, right=72).judgements
    judged.off[judged.coded["rules"][:, 0] & ~judged.labels[:, 0]] = True
    assert error_rates(judged, "rules").specificity[0] == 1


def test_the_corrected_share_of_sentences_is_that_of_the_formula(book: Codebook) -> None:
    codings = _codings(book, {"a": [0, 1, 2, 3], "b": []}, genres={"a": "project", "b": "project"})
    found = corrected(codings, _evaluation(book, found=160, missed=40, wrong=80, right=720))
    row = _row(found)
    # 4 of 20 sentences: (0.2 + 0.9 − 1) / (0.8 + 0.9 − 1) = 1/7
    assert (row["observed"], row["least"], row["most"]) == (20, pytest.approx(100 / 7), pytest.approx(100 / 7))
    # documents drawn: none to four tenths of the sentences, which corrects to 0 and (0.4 − 0.1) / 0.7
    assert row["low"] == 0
    assert 100 * 0.3 / 0.7 <= row["high"] <= 50


def test_a_perfect_coder_leaves_the_shares_as_they_are(book: Codebook) -> None:
    codings = _codings(book, {"a": [0], "b": [0]}, genres={"a": "project", "b": "project"})
    row = _row(corrected(codings, _evaluation(book, found=100, missed=0, wrong=0, right=100)))
    assert (row["observed"], row["least"], row["low"], row["high"]) == (10, 10, 10, 10)


def test_the_interval_widens_with_an_uncertain_sensitivity(book: Codebook) -> None:
    codings = _codings(book, {"a": [0], "b": [0]}, genres={"a": "project", "b": "project"})
    few, many = (
        _row(corrected(codings, _evaluation(book, found=8 * k, missed=2 * k, wrong=0, right=90 * k))) for k in (2, 20)
    )
    assert few["least"] == many["least"] == pytest.approx(12.5)
    assert few["high"] - few["low"] > 2 * (many["high"] - many["low"]) > 0


def test_documents_are_corrected_within_bounds(book: Codebook) -> None:
    codings = _codings(book, {"a": [0], "b": []}, genres={"a": "project", "b": "project"})
    row = _row(corrected(codings, _evaluation(book, found=160, missed=40, wrong=8, right=792), values="documents"))
    # a document of ten sentences gets the code by mistake with 1 − 0.99^10
    alarm = 1 - 0.99**10
    assert row["observed"] == 50
    assert row["least"] == pytest.approx(100 * (0.5 - alarm) / (1 - alarm))
    assert row["most"] == pytest.approx(100 * 0.5 / 0.8)


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ((9, 0, 0, 91), "moins de 10 phrases"),
        ((10, 40, 8, 42), "presque pas"),
        ((3, 12, 0, 85), "trop incertaine"),
    ],
)
def test_where_no_correction_is_possible_it_is_said_why_and_there_is_no_number(
    book: Codebook, counts: tuple[int, int, int, int], why: str
) -> None:
    found, missed, wrong, right = counts
    codings = _codings(book, {"a": [0], "b": [0]}, genres={"a": "project", "b": "project"})
    row = _row(corrected(codings, _evaluation(book, found=found, missed=missed, wrong=wrong, right=right)))
    assert why in row["reason"]
    assert row[["least", "most", "low", "high"]].isna().all()
    assert row["observed"] == 10


def test_a_group_of_one_document_has_no_interval(book: Codebook) -> None:
    codings = _codings(book, {"a": [0, 1]}, genres={"a": "project"})
    row = _row(corrected(codings, _evaluation(book, found=80, missed=20, wrong=0, right=100)))
    assert row["least"] == pytest.approx(25)
    assert row[["low", "high"]].isna().all()
    assert "un seul document" in row["reason"]


def test_another_density_of_codes_is_called_another_register(book: Codebook) -> None:
    same = {"a": list(range(5)), "b": list(range(5))}
    genres = {"a": "project", "b": "project"}
    evaluation = _evaluation(book, found=50, missed=0, wrong=0, right=50)
    assert corrected(_codings(book, same, genres=genres), evaluation).remarks == ()
    (remark,) = corrected(_codings(book, {"a": [0], "b": [0]}, genres=genres), evaluation).remarks
    assert "0,10 code par phrase dans le corpus et 0,50 dans l'étalon" in remark


def test_a_genre_that_the_gold_has_not_is_named(book: Codebook) -> None:
    codings = _codings(book, {"a": [0, 1, 2, 3, 4]}, genres={"a": "talk"})
    (remark,) = corrected(codings, _evaluation(book, found=50, missed=0, wrong=0, right=50)).remarks
    assert "aucun passage de ce genre : paroles" in remark


def test_a_claim_holds_when_its_whole_corrected_interval_does(book: Codebook) -> None:
    coded = {"a": list(range(8)), "b": list(range(8)), "c": [0], "d": [0]}
    genres = {"a": "project", "b": "project", "c": "talk", "d": "talk"}
    found = corrected(_codings(book, coded, genres=genres), _evaluation(book, found=80, missed=20, wrong=0, right=100))
    code = book.code_ids[0]
    table = found.compare([f"{code} : project > talk", f"{code} : project < talk"])
    # 80 % and 10 %, over a sensitivity of 0.8: 100 % and 12.5 %
    assert table["observed"].tolist() == pytest.approx([70, 70])
    assert table["least"].tolist() == pytest.approx([87.5, 87.5])
    assert table["holds"].tolist() == [True, False]


def test_codings_of_another_coder_are_refused(book: Codebook) -> None:
    codings = _codings(book, {"a": [0]}, genres={"a": "project"}, coder="combined")
    with pytest.raises(UsageError, match="d'un seul codeur automatique"):
        corrected(codings, _evaluation(book, found=80, missed=20, wrong=0, right=100))


def test_what_is_saved_and_shown_is_in_french(book: Codebook, tmp_path: Path) -> None:
    codings = _codings(book, {"a": [0], "b": [0, 1]}, genres={"a": "project", "b": "project"})
    found = corrected(codings, _evaluation(book, found=80, missed=20, wrong=0, right=100))
    found.save(tmp_path / "parts.csv")
    header = (tmp_path / "parts.csv").read_text("utf-8-sig").splitlines()[0]
    assert header.startswith("groupe,code,libellé,observée (%)")
    assert repr(found) == "<Corrected : 1 parts de phrases corrigées sur 45>"
    assert "[0,0" not in found._repr_html_().split("</tr>")[1]
    axes = found.plot("project", codes=book.code_ids[:2])
    assert [text.get_text() for text in axes.texts] == ["pas de correction possible"]
