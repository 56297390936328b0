"""Results drawn for a page and for a slide: letters that one can read, and no text over another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import innovsoc_analysis as isa
from innovsoc_analysis import lexicometry
from innovsoc_analysis.coding.evaluation import Evaluation
from innovsoc_analysis.coding.evaluation.judging import CODERS, Judgements
from innovsoc_analysis.figures.checking import smallest_text
from innovsoc_analysis.figures.saving import _drawn, _resized
from innovsoc_analysis.figures.sizes import SIZES
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.choosing.comparing import KChoice
from innovsoc_analysis.topics.validation.scores import Scores

LETTERS = {"page": 7.0, "slide": 16.0}
LONG = "économie sociale et solidaire (associations, coopératives)"
RNG = np.random.default_rng(7)


class Drawn:
    """A result whose figure is drawn by a function."""

    def __init__(self, plot):
        self.plot = plot


@pytest.fixture(scope="module")
def corpus():
    return isa.read_corpus(Path(__file__).parents[2] / "corpus")


@pytest.fixture(scope="module")
def similarity(corpus):
    return lexicometry.similarity(corpus, n_words=40, n_resamples=20)


@pytest.fixture(scope="module")
def results(corpus, similarity):
    classes = lexicometry.reinert(corpus, 5)
    factors = lexicometry.correspondence(corpus, "genre")
    specific = lexicometry.specificities(corpus, "genre")
    found = isa.concordance(corpus, "besoin")
    return {
        "similarity": similarity,
        "classes": classes,
        "classes on a map": Drawn(classes.plot_map),
        "classes by genre": Drawn(lambda: classes.plot_by("genre")),
        "factors": factors,
        "inertia": Drawn(factors.plot_inertia),
        "specific words": specific,
        "a word by part": Drawn(lambda: specific.plot_word(["besoin", "projet"])),
        "collocates": lexicometry.collocates(corpus, "besoin"),
        "richness": lexicometry.richness(corpus, "genre"),
        "concordance": Drawn(lambda: found.plot("genre")),
        "places": Drawn(found.plot_places),
        "inclusive": lexicometry.inclusive_use(corpus),
        "chronology": lexicometry.chronology(corpus, ["besoin", "projet"]),
        "agreement": agreement(),
        "evaluation": evaluation(),
        "evaluation with a curve": evaluation(curve=True),
        "number of topics": choice(),
        "scores of people": scores(),
    }


KINDS = [
    *("similarity", "classes", "classes on a map", "classes by genre", "factors", "inertia", "specific words"),
    *("a word by part", "collocates", "richness", "concordance", "places", "inclusive", "chronology", "agreement"),
    *("evaluation", "evaluation with a curve", "number of topics", "scores of people"),
]


def agreement():
    segments = pd.DataFrame({"segment_id": [f"s{n}" for n in range(40)], "doc_id": [f"d{n % 8}" for n in range(40)]})
    given = [
        pd.DataFrame(
            [
                (segment, f"{LONG} {code}")
                for segment in segments["segment_id"]
                for code in range(12)
                if RNG.random() < 0.3
            ],
            columns=["segment_id", "code"],
        )
        for _ in range(2)
    ]
    return isa.agreement(*given, segments=segments.assign(start=0, end=9), names=["Ana", "Luc"])


def evaluation(*, curve=False):
    book = isa.load_codebook("bissib")
    n = len(book.codes)
    labels = RNG.random((120, n)) < 0.2
    coded = {name: labels ^ (RNG.random(labels.shape) < 0.1) for name in CODERS}
    judged = Judgements(
        labels=labels,
        coded=coded,
        explicit=labels,
        probabilities=RNG.random(labels.shape),
        low=np.full(n, 0.3),
        sure=np.full(n, 0.8),
        passages=np.arange(120) // 10,
        off=np.zeros(120, dtype=bool),
        genres=np.array(["project"] * 120),
    )
    sizes = {f"macro_f1{end}_{name}": [0.4, 0.5, 0.6] for name in CODERS for end in ("", "_low", "_high")}
    learned = pd.DataFrame({"sentences": [100, 400, 1600], **sizes}) if curve else None
    return Evaluation(judged, book, curve=learned)


def choice():
    measures = ["npmi", "c_v", "exclusivity", "stability", "stability_low", "stability_high", "chance", "n_stable"]
    numbers = range(4, 13)
    table = pd.DataFrame(RNG.random((9, 10)), index=numbers, columns=[*measures, "gain", "gain_se"])
    return KChoice(
        table, table.assign(n_topics=numbers), 8, ("Le plus stable.",), "40 documents, 320 lemmes, modèle NMF"
    )


def scores():
    rows = [
        {"kind": kind, "topic": topic, "n": 12, "share": 0.6, "low": 0.3, "high": 0.8, "chance": 0.2}
        for kind in ("word_intrusion", "topic_intrusion", "verbatim_fit")
        for topic in range(1, 9)
    ]
    empty = pd.DataFrame()
    found = Scores(empty, pd.DataFrame(rows), empty, empty, empty, 0.95)
    return Drawn(lambda: found.plot(labels={1: LONG, 2: "logement"}))


@pytest.mark.parametrize("size", LETTERS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_result_is_legible_or_refused_on_a_slide(results, kind, size):
    try:
        figure = _drawn(results[kind], size)
        with _resized(figure, SIZES[size], for_it=True) as enlarged:
            hidden, letters = isa.figures.hidden_texts(figure), smallest_text(figure) * enlarged
            width = figure.get_figwidth() * enlarged
    except UsageError as refused:
        assert size == "slide"
        assert "ne tient pas sur une diapositive" in str(refused)  # noqa: PT017 - what fits depends on the texts
        return
    assert hidden == []
    assert letters >= LETTERS[size] - 0.01
    assert width <= SIZES[size].width * SIZES[size].enlarged + 0.01
    assert isa.figures.alt_text(figure)


@pytest.mark.parametrize("kind", ["similarity", "classes", "factors", "specific words"])
def test_what_has_many_words_is_no_higher_than_a_page(results, kind):
    figure = _drawn(results[kind], "page")
    assert figure.get_figheight() * 2.54 <= 22


@pytest.mark.parametrize("kind", ["similarity", "classes", "factors"])
def test_what_has_many_words_is_drawn_on_a_slide(results, kind, tmp_path):
    assert isa.figures.save(results[kind], tmp_path / "a.svg", size="slide")


def test_a_graph_shows_fewer_words_on_a_slide_and_says_how_many(similarity):
    with isa.figures.style(size="slide"):
        axes = similarity.plot()
    written = {text.get_text() for text in axes.texts} & set(similarity.words)
    assert len(written) < 40
    assert f"de 40 mots, dont {len(written)} montrés" in axes.figure.get_suptitle()
    # the tree is whole: as many edges as words, less one
    assert sum(len(one.get_segments()) for one in axes.collections if one.get_zorder() == 2) == len(written) - 1


def test_nine_names_in_ten_are_written_on_a_factor_map_of_a_page(results):
    with isa.figures.style(size="page"):
        axes = results["factors"].plot()
    written = [text for text in axes.texts if text.get_text()]
    assert len(written) >= 0.9 * 43
    last = axes.figure.get_supxlabel().splitlines()[-1]
    assert last.startswith(f"Étiquettes écrites : {len(written)} sur 43")
    lost = isa.figures.alt_text(axes).partition("Sans nom : ")[2].rstrip(".").split(", ")
    assert len(lost) == 43 - len(written)


def test_the_same_figures_have_the_same_bytes(results, tmp_path):
    for kind in ("similarity", "factors", "evaluation", "scores of people"):
        one, other = (isa.figures.save(results[kind], tmp_path / f"{n}.svg", size="page")[0] for n in range(2))
        assert one.read_bytes() == other.read_bytes()


def test_parts_by_code_are_called_by_the_label_of_the_code(corpus):
    book = isa.load_codebook("bissib")
    spans = corpus.documents.iloc[:12][["doc_id"]].assign(
        start=0, end=200, code=[book.code_ids[n % 2] for n in range(12)]
    )

    class Coded:
        table, codebook = spans, book

    labels = [book[code].label for code in book.code_ids[:2]]
    grid = lexicometry.specificities(corpus, "code", codings=Coded()).plot()
    assert [" ".join(axes.get_title(loc="left").split()) for axes in grid.flat[:2]] == sorted(
        labels, key=lambda label: book.code_ids[labels.index(label)]
    )
    rates = isa.concordance(corpus, "social").plot("code", codings=Coded())
    written = " ".join(" ".join(tick.get_text().split()) for tick in rates.get_yticklabels())
    assert all(label in written for label in labels)
