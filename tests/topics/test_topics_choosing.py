"""How many topics: the rule on tables made by hand, and five planted topics that come out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from innovsoc_analysis.figures.style import svg_bytes
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.choosing.comparing import Material, choose_k, compare
from innovsoc_analysis.topics.choosing.recommending import decimal, mean_ranks, recommend, spans
from innovsoc_analysis.topics.models import MODELS, Fitted, Model
from innovsoc_analysis.topics.stability import Stability, shuffled

TABLE = pd.DataFrame(
    {
        "npmi": [0.1, 0.2, 0.3, 0.4],
        "exclusivity": [0.9, 0.8, 0.7, 0.6],
        "stability": [0.9, 0.8, 0.7, 0.6],
        "chance": [0.4, 0.4, 0.4, 0.4],
        "n_stable": [2, 3, 4, 5],
        "gain": [0.20, 0.29, 0.30, 0.30],
        "gain_se": [0.02, 0.02, 0.02, 0.02],
    },
    index=pd.Index([2, 3, 4, 5], name="n_topics"),
)


def planted(n_documents=40):
    """Return counts of documents that are each of one of five topics of twelve words, and of ten words of all."""
    drawing = np.random.default_rng(0)
    likely = np.full((n_documents, 70), 0.0)
    likely[:, :10] = 0.02
    for document in range(n_documents):
        first = 10 + 12 * (document % 5)
        likely[document, first : first + 12] = np.arange(1, 13) ** -0.5
    likely /= likely.sum(axis=1, keepdims=True)
    return np.array([drawing.multinomial(40, row) for row in likely])


def material(counts, groups=None):
    words = [f"mot{number:02d}" for number in range(counts.shape[1])]
    texts = [[words[column] for column in np.repeat(range(len(row)), row)] for row in counts]
    return Material(sp.csr_array(counts), words, texts, range(len(counts)) if groups is None else groups)


def always_stable(matrix, run, *, fitted, n_resamples, **_options):
    # as many topics above chance as there are, each with its own score
    values = np.tile(np.linspace(0.9, 0.8, len(fitted.word_weights)), (n_resamples, 1))
    return Stability(
        values,
        np.full(len(fitted.word_weights), 0.25),
        np.zeros(fitted.word_weights.shape),
        np.zeros((n_resamples, *fitted.shares.shape)),
    )


@pytest.fixture(scope="module")
def choice():
    return compare(material(planted()), range(4, 7), n_resamples=6)


@pytest.fixture(scope="module")
def quick():
    return compare(material(planted()), (3, 2), n_resamples=2, stability=always_stable)


def test_five_planted_topics_are_recommended(choice):
    assert choice.recommended == 5
    assert choice.table.loc[5, "n_stable"] == 5
    assert choice.table["stability"].idxmax() == choice.table["gain"].idxmax() == 5
    assert choice.reasons[0].startswith("5 thèmes : 5 sur 5 se retrouvent")


def test_shuffled_words_have_no_number_of_topics():
    noise = shuffled(sp.csr_array(planted()), np.random.default_rng(0)).toarray()
    found = compare(material(noise), range(2, 5), n_resamples=6)
    assert found.recommended is None
    assert "Trop peu de textes pour conclure" in found.reasons[0]
    assert "mélangés au hasard" in found.reasons[0]
    assert (found.table["gain"] < 2 * found.table["gain_se"]).all()


def test_a_row_holds_the_means_of_its_topics(quick):
    assert quick.table.index.tolist() == [2, 3]
    assert quick.topics["n_topics"].tolist() == [2, 2, 3, 3, 3]
    assert quick.topics["topic"].tolist() == [1, 2, 1, 2, 3]
    for name in ("npmi", "c_v", "exclusivity", "stability"):
        assert quick.table[name].tolist() == pytest.approx(quick.topics.groupby("n_topics")[name].mean().tolist())
    assert quick.table["stability"].tolist() == pytest.approx([0.85, 0.85])
    assert quick.table["stability_low"].tolist() == pytest.approx([0.85, 0.85])
    assert quick.table["chance"].tolist() == [0.25, 0.25]
    assert quick.table["n_stable"].tolist() == [2, 3]
    assert quick.topics["words"].str.count(", ").tolist() == [9] * 5


def test_the_same_seed_gives_the_same_table(quick):
    again = compare(material(planted()), (2, 3), n_resamples=2, stability=always_stable)
    pd.testing.assert_frame_equal(again.table, quick.table, check_exact=True)
    other = compare(material(planted()), (2, 3), seed=1, n_resamples=2, stability=always_stable)
    assert (other.table["held_out"] != quick.table["held_out"]).all()


def test_progress_is_told_number_by_number():
    calls = []
    compare(
        material(planted()),
        (2, 3),
        n_resamples=2,
        stability=always_stable,
        progress=lambda *call: calls.append(call),
    )
    assert calls == [("nombre de thèmes", done, 2) for done in (0, 1, 2)]


def test_numbers_go_up_to_a_fifth_of_the_texts_by_default():
    found = compare(material(planted(33)), n_resamples=2, stability=always_stable)
    assert found.table.index.tolist() == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("numbers", [(), (1, 2), (2, 41), (-3,)])
def test_numbers_that_do_not_fit_are_refused(numbers):
    with pytest.raises(UsageError, match="nombre"):
        compare(material(planted()), numbers, stability=always_stable)


def test_an_unknown_model_and_a_single_text_are_refused():
    with pytest.raises(UsageError, match="« devin »"):
        compare(material(planted()), model="devin")
    with pytest.raises(UsageError, match="Trop peu de textes"):
        compare(material(planted(1)), (2,))


def test_few_documents_are_measured_but_nothing_is_recommended():
    found = compare(material(planted(19)), (3,), n_resamples=2, stability=always_stable)
    assert len(found.table) == 1
    assert found.recommended is None
    assert found.reasons == ("Trop peu de textes pour conclure : 19 documents ont des mots, il en faut au moins 20.",)


def test_paragraphs_of_few_documents_are_few_documents():
    found = compare(material(planted(), groups=[number // 10 for number in range(40)]), (3,), n_resamples=2)
    assert found.reasons[0].startswith("Trop peu de textes pour conclure : 4 documents")


def test_a_handful_of_texts_is_not_measured():
    found = compare(material(planted(9)))
    assert found.table.empty
    assert found.topics.empty
    assert found.recommended is None
    with pytest.raises(UsageError, match="9 documents"):
        found.plot()


def test_a_model_that_finds_no_topic_has_no_measures(monkeypatch):
    counts = planted()

    def find_nothing(matrix, n_topics, seed):
        return Fitted(np.zeros((0, matrix.shape[1])), np.zeros((matrix.shape[0], 0)))

    monkeypatch.setitem(MODELS, "nmf", Model("aucun", find_nothing, seeded=False))
    found = compare(material(counts), (2, 3), n_resamples=2, stability=always_stable)
    assert found.recommended is None
    assert found.table[["npmi", "c_v", "exclusivity", "stability", "stability_low"]].isna().all(axis=None)
    assert found.table["n_stable"].tolist() == [0, 0]
    assert found.table["gain"].tolist() == pytest.approx([0, 0], abs=0.01)
    assert svg_bytes(found.plot()[0, 0].figure).startswith(b"<?xml")


def test_a_corpus_is_counted_first(corpus):
    found = choose_k(corpus, n_topics=[3], n_resamples=2)
    assert found.topics["words"].str.split(", ").str[0].tolist() == ["compost", "ancien", "coopérative"]
    assert found.topics["npmi"].tolist() == pytest.approx([1, 1, 1])
    assert found.reasons[0].startswith("Trop peu de textes pour conclure : 9 documents")


def test_the_best_mean_rank_decides_between_those_that_predict_as_well():
    # 2 predicts worse by more than one error; of 3, 4 and 5, ranks are (3, 1, 1), (2, 2, 2), (1, 3, 3)
    chosen, reasons = recommend(TABLE, n_documents=60)
    assert chosen == 3
    stable, others, ranked, predicted = reasons
    assert stable.startswith("3 thèmes : 3 sur 3 se retrouvent dans d'autres tirages des documents")
    assert stable.endswith("(stabilité moyenne 0,80, contre au plus 0,40 quand les mots sont mélangés).")
    assert others.startswith("Écarté parce que d'autres textes en sont moins bien prédits : 2 (")
    assert others.endswith("(à plus d'une erreur type du meilleur, 4).")
    assert ranked.startswith("Entre 3 à 5, 3 a le meilleur rang moyen de cohérence, d'exclusivité et de stabilité")
    assert ranked.endswith("(1,7) ; vient ensuite 4 (2,0).")
    assert predicted.startswith("Ces thèmes aident à prédire les mots de textes mis de côté")
    assert predicted.endswith("(gain de log-vraisemblance : 0,29 ± 0,02 par mot).")


def test_numbers_of_unstable_topics_are_no_candidates_however_well_they_predict():
    chosen, reasons = recommend(TABLE.assign(n_stable=[2, 2, 3, 3], gain=[0.1, 0.5, 0.5, 0.5]), n_documents=60)
    assert chosen == 2
    assert reasons[1] == "Écarté faute de stabilité : 3 à 5 (moins de 80\u202f% de thèmes stables)."


def test_four_stable_topics_of_five_are_enough():
    assert recommend(TABLE.assign(n_stable=[0, 0, 0, 4]), n_documents=60)[0] == 5


def test_between_equals_the_smaller_number_is_taken():
    table = TABLE.loc[[3, 4]].assign(npmi=[0.1, 0.3], exclusivity=[0.7, 0.7], stability=[0.8, 0.6])
    chosen, reasons = recommend(table, n_documents=60)
    assert chosen == 3
    assert "3 et 4 ont le même rang moyen" in reasons[1]
    assert mean_ranks(table).tolist() == [1.5, 1.5]


def test_topics_that_predict_no_better_than_frequencies_are_said_so():
    _, reasons = recommend(TABLE.assign(gain=0.03, gain_se=0.02), n_documents=60)
    assert reasons[-1].startswith("Ces thèmes n'aident pas à prédire")
    assert "0,03 ± 0,02" in reasons[-1]


def test_some_stable_topics_are_told_where_they_are_most():
    chosen, reasons = recommend(TABLE.assign(n_stable=[0, 1, 3, 2]), n_documents=60)
    assert chosen is None
    assert reasons[0].endswith("le plus près en est 4 (3 sur 4).")


@pytest.mark.parametrize(("n", "said"), [(0, "0 document a des"), (1, "1 document a des"), (19, "19 documents ont")])
def test_too_few_documents_are_counted(n, said):
    chosen, reasons = recommend(TABLE, n_documents=n)
    assert chosen is None
    assert said in reasons[0]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([], ""), ([7], "7"), ([2, 3], "2 et 3"), ([2, 3, 4, 8], "2 à 4 et 8"), ([2, 4, 6], "2, 4 et 6")],
)
def test_numbers_are_said_in_runs(numbers, said):
    assert spans(numbers) == said


@pytest.mark.parametrize(("value", "written"), [(0.126, "0,13"), (-0.126, "−0,13"), (-0.001, "0,00"), (2.0, "2,00")])
def test_decimals_are_written_in_french(value, written):
    assert decimal(value) == written


def test_the_figure_has_a_panel_per_measure_with_the_number_marked(choice):
    grid = choice.plot()
    assert [axes.get_title(loc="left") for axes in grid.flat] == [
        "Stabilité",
        "Thèmes stables (%)",
        "Prédiction d'autres textes",
        "Cohérence (NPMI)",
        "Cohérence (C_V)",
        "Exclusivité",
    ]
    shown = [axes.get_lines()[-1] for axes in grid.flat]
    assert [line.get_xdata().tolist() for line in shown] == [[5]] * 6
    assert shown[3].get_ydata().tolist() == [choice.table.loc[5, "npmi"]]
    assert shown[1].get_ydata().tolist() == [100]
    title = grid[0, 0].figure.get_suptitle()
    assert title == "5 thèmes sont recommandés ; essayés : de 4 à 6"
    assert svg_bytes(grid[0, 0].figure) == svg_bytes(choice.plot()[0, 0].figure)


def test_a_notebook_shows_the_reasons_and_the_numbers(choice):
    html = choice._repr_html_()
    assert "<strong>5 thèmes</strong>" in html
    assert "<li>5 thèmes : 5 sur 5" in html
    assert f"<td>{decimal(choice.table.loc[5, 'npmi'])}</td>" in html
    assert repr(choice) == "<KChoice : 5 thèmes recommandés, 3 nombres essayés>"


def test_what_is_saved_can_be_read(choice, tmp_path):
    choice.save(tmp_path / "k.csv", locale="fr")
    read = pd.read_csv(tmp_path / "k.csv", sep=";", decimal=",")
    assert read["nombre de thèmes"].tolist() == [4, 5, 6]
    assert read["exclusivité"].tolist() == pytest.approx(choice.table["exclusivity"].tolist())
    choice.save(tmp_path / "k.xlsx")
    sheets = pd.read_excel(tmp_path / "k.xlsx", sheet_name=None, engine="openpyxl")
    assert list(sheets) == ["Nombres de thèmes", "Thèmes", "Raisons"]
    assert sheets["Raisons"]["raison"].tolist() == list(choice.reasons)
    assert len(sheets["Thèmes"]) == 15
