"""What a researcher has from a correspondence analysis: tables, figures, files, and plain refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Ellipse

from innovsoc_analysis.figures.style import svg_bytes
from innovsoc_analysis.lexicometry.factors import correspondence, correspondence_of
from innovsoc_analysis.lexicometry.tables import lexical_table
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_sentences, corpus_from_texts

GARDENS = [
    "Le jardin nourrit le quartier.",
    "Un puits arrose le jardin partagé.",
    "Le compost nourrit la terre du jardin.",
]
RENTS = ["Le loyer pèse sur le logement.", "Un bailleur baisse le loyer.", "Le logement coûte moins que le loyer."]
RIDES = ["Le vélo roule sur la piste.", "Une piste mène au travail.", "Le vélo remplace la voiture au travail."]


@pytest.fixture(scope="module")
def corpus():
    """Six documents of each of three genres."""
    passages, genres = {}, {}
    for genre, sentences in {"project": GARDENS, "talk": RENTS, "definition": RIDES}.items():
        for number in range(6):
            name = f"{genre}-{number}"
            passages[name] = [sentences[number % 3], sentences[(number + 1) % 3]]
            genres[name] = genre
    return corpus_from_sentences(passages, genres=genres)


@pytest.fixture(scope="module")
def result(corpus):
    return correspondence(corpus, "genre", min_count=1)


def crossed(**options):
    table = pd.DataFrame(
        {"entretiens": [9, 1, 4, 0], "projets": [2, 8, 4, 0], "presse": [1, 3, 9, 0]},
        index=pd.Index(["soin", "argent", "lieu", "jamais"], name="code"),
    ).rename_axis(columns="genre")
    return correspondence_of(table, **options)


def test_it_analyses_the_lexical_table_of_the_corpus(corpus, result):
    expected = correspondence_of(lexical_table(corpus, "genre").table)
    np.testing.assert_allclose(result.analysis.rows_.coordinates, expected.analysis.rows_.coordinates)
    assert result.rows == expected.rows
    assert result.columns == ("definition", "project", "talk")
    assert correspondence_of(lexical_table(corpus, "genre")).table.equals(result.table)


def test_the_table_has_words_and_parts_with_their_masses_coordinates_and_contributions(result):
    table = result.table
    assert table.columns.tolist() == [
        *("kind", "name", "variable", "mass", "quality", "coord_1", "coord_2"),
        *("contrib_1", "contrib_2", "cos2_1", "cos2_2"),
    ]
    for _, group in table.groupby("kind"):
        assert group[["mass", "contrib_1", "contrib_2"]].sum().tolist() == pytest.approx([1, 1, 1])
        # two axes show all of three parts, save a word that all employ alike: it is at the centre
        assert set(group["quality"].round(9)) <= {0.0, 1.0}
    assert table["kind"].value_counts()["partie"] == 3
    garden = table.set_index("name").loc["jardin"]
    assert garden["mass"] == pytest.approx(12 / result.lexical.counts.sum())


def test_rare_words_are_left_to_those_who_ask_for_them(corpus):
    assert "puits" in correspondence(corpus, min_count=4).rows
    assert "puits" not in correspondence(corpus).rows


def test_an_axis_opposes_the_parts_and_words_that_contribute_most(result):
    first = result.interpret(1, n=1)
    assert first["side"].tolist() == ["+", "+", "−", "−"]
    assert first["kind"].tolist() == ["partie", "mot", "partie", "mot"]
    assert (first.loc[first["side"] == "+", "coord"] > 0).all()
    assert (first.loc[first["side"] == "−", "coord"] < 0).all()
    assert first["above_mean"].iloc[0]
    words = result.interpret(1, n=5)
    contributions = words[(words["side"] == "+") & (words["kind"] == "mot")]["contrib"].tolist()
    assert contributions == pytest.approx(sorted(contributions, reverse=True))
    table = result.table
    positive = table[(table["kind"] == "mot") & (table["coord_1"] > 0)]
    assert contributions[0] == pytest.approx(positive["contrib_1"].max())


def test_an_axis_that_is_not_there_is_refused(result):
    for ask in (lambda: result.interpret(3), lambda: result.plot((1, 3)), lambda: result.plot((1, 1))):
        with pytest.raises(UsageError, match="cette analyse a les axes 1 à 2"):
            ask()


def test_axes_have_their_share_their_mean_and_their_broken_stick():
    table = crossed().axes_table
    assert table["share"].sum() == pytest.approx(100)
    assert table["cumulated"].tolist() == pytest.approx(table["share"].cumsum().tolist())
    assert table["broken_stick"].tolist() == pytest.approx([75, 25])
    assert table["above_mean"].tolist() == [True, False]


def test_supplementary_attributes_fall_where_their_words_are_and_change_no_axis(corpus, result):
    found = correspondence(corpus, "genre", min_count=1, supplementary=("title", "genre"))
    np.testing.assert_array_equal(found.analysis.rows_.coordinates, result.analysis.rows_.coordinates)
    others = found.table[found.table["kind"] == "supplémentaire"]
    assert others["variable"].value_counts().to_dict() == {"title": 18, "genre": 3}
    assert others["contrib_1"].isna().all()
    copies = others[others["variable"] == "genre"]
    np.testing.assert_allclose(copies["coord_1"], result.analysis.columns_.coordinates[:, 0], atol=1e-12)
    titles = others[others["variable"] == "title"].set_index("name")
    place = result.columns.index("project")
    mean = titles.loc[[f"project-{n}" for n in range(6)], "coord_1"].mean()
    assert mean == pytest.approx(result.analysis.columns_.coordinates[place, 0], abs=0.1)  # texts of about one length


def test_codes_can_be_supplementary(corpus):
    doc_id = corpus.documents["doc_id"].iloc[0]
    codings = pd.DataFrame({"doc_id": [doc_id], "start": [0], "end": [30], "code": ["nourrir"]})
    found = correspondence(corpus, min_count=1, supplementary="code", codings=codings)
    assert found.table.iloc[-1][["kind", "name", "variable"]].tolist() == ["supplémentaire", "nourrir", "code"]


def test_supplementary_points_of_a_table_are_aligned_by_name_and_empty_ones_left_out():
    rows = pd.DataFrame({"presse": [0, 1], "projets": [0, 8], "entretiens": [0, 9]}, index=["vide", "mixte"])
    columns = pd.DataFrame({"web": [4, 9, 2, 0]}, index=["lieu", "soin", "argent", "jamais"])
    found = crossed(supplementary_rows=rows, supplementary_columns=columns)
    names = found.table.loc[found.table["kind"] == "supplémentaire", "name"].tolist()
    assert names == ["mixte", "web"]
    assert found.dropped == ("jamais", "vide")
    expected = found.analysis.transform([[9, 8, 1]])[0]
    assert found.table.set_index("name").loc["mixte", ["coord_1", "coord_2"]].tolist() == pytest.approx(
        expected.tolist()
    )
    with pytest.raises(UsageError, match="il y manque presse"):
        crossed(supplementary_rows=rows.drop(columns="presse"))


def test_what_holds_nothing_is_left_out_and_named():
    found = crossed()
    assert found.rows == ("soin", "argent", "lieu")
    assert found.remarks[-1] == "Laissé de côté, car vide dans ces parties : jamais."
    assert not found.table.isna().any().any()


def test_axes_of_nearly_the_same_inertia_are_said_to_turn_and_one_axis_to_be_one():
    even = correspondence_of(pd.DataFrame(np.eye(4) * 9 + 1))
    assert len(even.remarks) == 1
    assert even.remarks[0].startswith("Les axes 1 à 3 ont presque la même inertie (33,3 ; 33,3 ; 33,3\u202f%) : ")
    assert correspondence_of(pd.DataFrame([[3, 1], [1, 3]])).remarks == ("Un seul axe : tout se lit sur une ligne.",)


def test_an_axis_that_a_light_part_makes_is_said():
    table = pd.DataFrame([[500, 480, 0], [480, 500, 0], [0, 0, 8]], columns=["a", "b", "c"])
    assert any("« c » (colonne), qui ne pèse que 0,41\u202f%" in remark for remark in correspondence_of(table).remarks)


def test_parts_of_five_documents_have_an_ellipse_around_them(result):
    found = result.ellipses(n_draws=100, seed=1)
    assert found["n_units"].tolist() == [6, 6, 6]
    np.testing.assert_allclose(found[["centre_1", "centre_2"]], result.analysis.columns_.coordinates)
    assert (found["semi_1"] >= found["semi_2"]).all()
    assert found.equals(result.ellipses(n_draws=100, seed=1))
    assert not found.equals(result.ellipses(n_draws=100, seed=2))


def test_parts_of_one_document_have_no_ellipse_unless_sentences_are_drawn(corpus):
    found = correspondence(corpus, "title", min_count=1)
    assert found.ellipses()["semi_1"].isna().all()
    assert found.ellipses(unit="sentence")["n_units"].tolist() == [2] * 18


def test_genres_of_other_words_are_apart_and_halves_of_one_genre_are_not(corpus, result):
    found = result.separation(n_draws=499)
    assert found["apart"].tolist() == [True, True, True]
    assert found["p"].max() < 0.02
    documents = corpus.documents[corpus.documents["genre"] == "project"]
    spans = documents.assign(start=0, end=documents["text"].str.len(), part=["un", "un", "deux", "un", "deux", "deux"])
    halves = correspondence(corpus, spans, min_count=1)
    assert halves.separation()["apart"].tolist() == [False]


def test_a_bare_table_has_no_texts_to_draw_again():
    with pytest.raises(UsageError, match="Partez d'un corpus"):
        crossed().ellipses()
    with pytest.raises(UsageError, match="Partez d'un corpus"):
        crossed().plot(ellipses=True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"unit": "page"}, "Unité inconnue"),
        ({"unit": "turn"}, "pas de tour de parole"),
        ({"n_draws": 1}, "deux tirages"),
    ],
)
def test_draws_that_cannot_be_made_are_refused(result, options, said):
    with pytest.raises(UsageError, match=said):
        result.ellipses(**options)


def test_the_map_shows_parts_under_their_french_names_and_the_words_that_contribute_most(result):
    axes = result.plot(n_words=2)
    written = {text.get_text() for text in axes.texts if text.get_text()}
    assert {"projets", "paroles", "définitions"} <= written
    best = result.table[result.table["kind"] == "mot"].assign(
        plane=lambda t: t[["contrib_1", "contrib_2"]].to_numpy() @ result.analysis.eigenvalues_
    )
    assert written - {"projets", "paroles", "définitions"} <= set(
        best[best["plane"] >= best["plane"].nlargest(2).min() - 1e-12]["name"]
    )
    assert axes.get_xlabel() == f"Axe 1 ({result.axes_table['share'][0]:.1f}\u202f%)".replace(".", ",")
    assert "On montre 2 mots sur 28, les plus fortes contributions" in axes.figure._supxlabel.get_text()


def test_words_can_be_chosen_and_parts_left_out(result):
    axes = result.plot(words=["jardin", "loyer"], parts=False)
    assert {text.get_text() for text in axes.texts if text.get_text()} == {"jardin", "loyer"}
    with pytest.raises(UsageError, match="Absent de l'analyse : éolienne"):
        result.plot(words=["éolienne"])


def test_ellipses_are_drawn_on_request(result):
    assert not result.plot().patches
    axes = result.plot(ellipses=True)
    assert len([patch for patch in axes.patches if isinstance(patch, Ellipse)]) == 6
    assert "separation()" in axes.figure._supxlabel.get_text().replace("\n", " ")


def test_in_the_contribution_biplot_the_length_of_a_word_is_its_contribution(result):
    axes = result.plot(words=["jardin", "loyer", "vélo"], scaling="contribution")
    words = next(line for line in axes.lines if line.get_label() == "mots")
    squares = np.square(words.get_xdata())
    expected = result.table.set_index("name").loc[["jardin", "loyer", "vélo"], "contrib_1"].to_numpy()
    np.testing.assert_allclose(squares / squares.sum(), expected / expected.sum(), rtol=1e-6)
    with pytest.raises(UsageError, match="Échelle inconnue"):
        result.plot(scaling="autre")


def test_two_parts_are_drawn_on_one_axis():
    found = correspondence_of(pd.DataFrame({"a": [4, 0, 2], "b": [1, 5, 2]}, index=["x", "y", "z"]))
    axes = found.plot()
    coordinates = found.table.set_index("name")["coord_1"]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == coordinates.sort_values(
        ascending=False
    ).index.tolist()
    assert axes.get_xlabel() == "Axe 1 (100,0\u202f%)"
    assert "Un seul axe" in axes.figure._supxlabel.get_text()


def test_one_axis_shows_so_many_points_as_can_be_read():
    rng = np.random.default_rng(0)
    found = correspondence_of(pd.DataFrame(rng.poisson(5, (400, 2)) + 1))
    with pytest.raises(UsageError, match="200 points au plus"):
        found.plot(n_words=300)


def test_the_scree_shows_each_axis(result):
    axes = result.plot_inertia()
    heights = [bar.get_height() for bar in axes.patches]
    assert heights == pytest.approx(result.axes_table["share"].tolist())


def test_it_is_saved_as_a_workbook_and_as_a_table(tmp_path, corpus):
    found = correspondence(corpus, min_count=1, supplementary=("title",))
    found.save(tmp_path / "afc.xlsx")
    sheets = pd.read_excel(tmp_path / "afc.xlsx", sheet_name=None, engine="calamine")
    assert list(sheets) == ["Axes", "Parties", "Mots", "Supplémentaires", "Lisez-moi"]
    assert sheets["Parties"]["nom"].tolist() == ["définitions", "projets", "paroles"]
    assert "contribution axe 1" in sheets["Mots"]
    assert len(sheets["Supplémentaires"]) == 18
    found.save(tmp_path / "afc.csv")
    assert len(pd.read_csv(tmp_path / "afc.csv")) == len(found.table)
    first = (tmp_path / "afc.xlsx").read_bytes()
    found.save(tmp_path / "afc.xlsx")
    assert (tmp_path / "afc.xlsx").read_bytes() == first
    with pytest.raises(UsageError, match="choisissez un nom en"):
        found.save(tmp_path / "afc.txt")


def test_it_shows_counts_alone_and_escapes_names():
    assert repr(crossed()) == "<Correspondence : 3 codes, 3 genres, 2 axe(s)>"
    found = correspondence_of(pd.DataFrame({"<b>": [4, 0], "c": [1, 5]}))
    assert "<td>&lt;b&gt;</td>" in found._repr_html_()


def test_the_same_corpus_gives_the_same_map(corpus, result):
    again = correspondence(corpus, "genre", min_count=1)
    assert svg_bytes(again.plot(ellipses=True).figure) == svg_bytes(result.plot(ellipses=True).figure)


@pytest.mark.parametrize(
    ("texts", "options", "said"),
    [
        ({"a": "Un jardin."}, {"by": "title", "min_count": 1}, "au moins deux parties"),
        ({"a": "Un jardin.", "b": "Un jardin."}, {"by": "title", "min_count": 1}, "même profil"),
        ({"a": "Jardin.", "b": "Jardin."}, {"by": "title", "min_count": 1}, "au moins deux mots"),
        ({"a": "Un jardin.", "b": "…"}, {"by": "title", "min_count": 1}, "au moins deux parties"),
        ({"a": "Un jardin.", "b": "Un puits."}, {"by": "title"}, "abaissez ce seuil"),
        ({"a": "Un jardin.", "b": "Un puits."}, {"by": "genre", "min_count": 1}, "Aucune partie"),
        ({"a": "Un jardin.", "b": "Un puits."}, {"by": "title", "min_count": 1, "n_components": 0}, "au moins un axe"),
    ],
)
def test_texts_that_cannot_be_opposed_are_refused_in_one_sentence(texts, options, said):
    with pytest.raises(UsageError, match=said):
        correspondence(corpus_from_texts(texts), **options)


def test_an_unknown_attribute_is_refused(corpus):
    with pytest.raises(UnknownNameError, match="Aucun document n'a d'attribut"):
        correspondence(corpus, supplementary=("couleur",))
