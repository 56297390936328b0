"""The machine beside two coders: the same alphas as one by one, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.agreement import krippendorff_alpha
from innovsoc_analysis.coding.evaluation import Evaluation
from innovsoc_analysis.coding.evaluation.judging import Judgements
from innovsoc_analysis.coding.gold import Gold, GoldPassage
from innovsoc_analysis.coding.robustness import third_coder
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import UsageError

# what the three said of the first code, sentence by sentence; of the last sentence one person alone
FIRST = [1, 1, 1, 0, 0, 0, 0, 0, 1, 0]
SECOND = [1, 1, 0, 0, 0, 0, 0, 1, 1, None]
MACHINE = [1, 0, 0, 0, 0, 1, 0, 0, 1, 1]


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook("bissib")


def _gold(book: Codebook) -> Gold:
    code = book.code_ids[0]
    sentences = [
        {
            "text": f"Phrase {place}.",
            "codes": {code: ""} if one else {},
            "first": [code] if one else [],
            "second": None if other is None else [code] if other else [],
        }
        for place, (one, other) in enumerate(zip(FIRST, SECOND, strict=True))
    ]
    passages = (sentences[:4], sentences[4:7], sentences[7:])
    return Gold(
        tuple(
            GoldPassage.model_validate({"passage": f"p{n}", "split": "test", "sentences": part})
            for n, part in enumerate(passages)
        )
    )


def _evaluation(book: Codebook) -> Evaluation:
    n = len(FIRST)
    labels, coded = (np.zeros((n, len(book.code_ids)), dtype=bool) for _ in range(2))
    labels[:, 0], coded[:, 0] = np.array(FIRST) > 0, np.array(MACHINE) > 0
    zeros = np.zeros((n, len(book.code_ids)))
    judgements = Judgements(
        labels=labels,
        coded={"combined": coded},
        explicit=zeros > 0,
        probabilities=zeros,
        low=zeros[0],
        sure=zeros[0],
        passages=np.array([0] * 4 + [1] * 3 + [2] * 3),
        off=np.zeros(n, dtype=bool),
        genres=np.array([""] * n),
    )
    return Evaluation(judgements, book)


def _alpha(one: list[int], other: list[int | None]) -> float:
    pairs = [[a, b] for a, b, second in zip(one, other, SECOND, strict=True) if second is not None]
    value = krippendorff_alpha(pairs, interval=None).value
    assert value is not None
    return value


def test_alphas_are_those_of_krippendorff_pair_by_pair(book: Codebook) -> None:
    found = third_coder(_gold(book), _evaluation(book))
    row = found.table.iloc[0]
    # nine sentences, two differences; the code given 8 times of 18: 1 − 17 × 2 / (8 × 10)
    assert row["people"] == pytest.approx(1 - 34 / 80)
    assert row["people"] == pytest.approx(_alpha(FIRST, SECOND))
    assert row["machine"] == pytest.approx((_alpha(FIRST, MACHINE) + _alpha(SECOND, MACHINE)) / 2)  # type: ignore[arg-type]
    assert row["gap"] == pytest.approx(row["machine"] - row["people"])
    assert row[["n_first", "n_second", "n_machine"]].tolist() == [4, 4, 3]


def test_a_code_that_nobody_gives_has_no_alpha_and_is_left_out_of_the_mean(book: Codebook) -> None:
    table = third_coder(_gold(book), _evaluation(book)).table
    assert np.isnan(table["people"].iloc[1])
    assert table["people"].iloc[-1] == pytest.approx(table["people"].iloc[0])


def test_the_three_together_list_where_they_differ(book: Codebook) -> None:
    found = third_coder(_gold(book), _evaluation(book))
    differences = found.agreement.disagreements
    assert differences["quote"].tolist() == ["Phrase 1.", "Phrase 2.", "Phrase 5.", "Phrase 7."]
    assert differences["coded_by"].tolist() == [
        "premier codeur, second codeur",
        "premier codeur",
        "machine",
        "second codeur",
    ]
    assert (found.n_sentences, found.n_passages) == (9, 3)


def test_other_passages_than_those_evaluated_are_refused(book: Codebook) -> None:
    gold = _gold(book)
    with pytest.raises(UsageError, match="ne sont pas ceux qui ont été évalués"):
        third_coder(Gold(gold.passages[:2]), _evaluation(book))


def test_passages_coded_once_and_an_unknown_coder_are_refused(book: Codebook) -> None:
    once = Gold(tuple(
        one.model_copy(update={"sentences": [said.model_copy(update={"second": None}) for said in one.sentences]})
        for one in _gold(book).passages
    ))  # fmt: skip
    with pytest.raises(UsageError, match="codée deux fois"):
        third_coder(once, _evaluation(book))
    with pytest.raises(UsageError, match="pas de codeur « ana » ; elle a : combined"):
        third_coder(_gold(book), _evaluation(book), coder="ana")
