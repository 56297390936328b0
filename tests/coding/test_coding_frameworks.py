"""Frameworks compared element by element: claims of a crosswalk and codings worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.coder import code as code_corpus
from innovsoc_analysis.coding.frameworks import Framework, compare_frameworks, crosswalk_table
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import UnknownNameError
from innovsoc_analysis.study.corpus import read_corpus


def _code(name: str, lemma: str, crosswalk: dict[str, str]) -> dict[str, object]:
    indicators = {"lemmes": [lemma]}
    return {
        "id": name,
        "libelle": name.title(),
        "definition": "…",
        "indicateurs": indicators,
        "correspondances": crosswalk,
    }


BOOK = Codebook.model_validate(
    {
        "nom": "essai",
        "version": "1",
        "codes": [
            _code("besoin", "besoin", {"NORD": "besoins", "SUD_EST": "manque (Sud) ; loi 12 ; aspiration"}),
            _code("lieu", "quartier", {"NORD": "- (dit ailleurs)", "SUD_EST": "ancrage (Est)"}),
            _code("rare", "licorne", {"NORD": "rareté", "SUD_EST": "-"}),
            _code("pluie", "pleuvoir", {}),
        ],
    }
)
NORTH = Framework("Nord", "NORD", sources=("nord.txt", "nord-2.txt"))
SOUTH = Framework("Sud", "SUD_EST", ("Sud",), sources=("sud.txt",))
EAST = Framework("Est", "SUD_EST", ("Est", "Orient"))
LAW = Framework("Loi", "SUD_EST", ("loi",), shared=False)
ALL = (NORTH, SOUTH, EAST, LAW)
FILES = {
    "nord.txt": "Le besoin existe. Il pleut.",
    "nord-2.txt": "Un autre besoin reste au quartier.",
    "sud.txt": "Le quartier vit.",
    "autre.txt": "Une licorne passe.",
}


@pytest.fixture(scope="module")
def codings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cadres")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return code_corpus(read_corpus(folder), BOOK)


@pytest.fixture(scope="module")
def compared(codings):
    return compare_frameworks(codings, ALL).table.set_index(["code", "framework"])


def test_an_entry_that_begins_with_a_hyphen_or_is_missing_claims_nothing():
    assert crosswalk_table(BOOK, [NORTH])["Nord"].to_dict() == {
        "besoin": "besoins",
        "lieu": "",
        "rare": "rareté",
        "pluie": "",
    }


def test_frameworks_that_share_a_key_get_their_own_parts_and_those_of_no_one():
    table = crosswalk_table(BOOK, ALL, codes=["besoin", "lieu"])
    assert table.columns.tolist() == ["Nord", "Sud", "Est", "Loi"]
    assert table.loc["besoin"].tolist() == ["besoins", "manque (Sud) ; aspiration", "aspiration", "loi 12"]
    assert table.loc["lieu"].tolist() == ["", "", "ancrage (Est)", ""]


def test_a_part_is_no_ones_where_the_framework_it_names_is_not_compared():
    table = crosswalk_table(BOOK, [SOUTH], codes=["besoin"])
    assert table.loc["besoin", "Sud"] == "manque (Sud) ; loi 12 ; aspiration"


def _verdicts(compared, framework):
    return compared.xs(framework, level="framework")["verdict"].to_dict()


def test_verdicts_cross_claims_with_what_is_coded(compared):
    assert _verdicts(compared, "Nord") == {"besoin": "both", "lieu": "found", "rare": "claimed", "pluie": "found"}
    assert _verdicts(compared, "Sud") == {"besoin": "claimed", "lieu": "found", "rare": "neither", "pluie": "neither"}


def test_a_claim_without_a_text_cannot_be_checked(compared):
    assert _verdicts(compared, "Est") == {
        "besoin": "no_text",
        "lieu": "no_text",
        "rare": "neither",
        "pluie": "neither",
    }


def test_texts_of_a_framework_count_together_and_are_quoted(compared):
    row = compared.loc[("besoin", "Nord")]
    assert row["segments"] == 2
    assert row["evidence"] == "besoin"
    assert row["quote"] in {"Le besoin existe.", "Un autre besoin reste au quartier."}
    assert compared.loc[("rare", "Nord"), ["segments", "quote", "evidence"]].tolist() == [0, "", ""]


def test_the_likeliest_sentence_is_quoted(codings):
    scores = codings.table["code"].eq("besoin").cumsum().where(codings.table["code"] == "besoin")
    likely = type(codings)(codings.table.assign(score=scores / 10), codings.corpus, codings.codebook)
    last = likely.verbatims("besoin")["quote"].iloc[-1]
    found = compare_frameworks(likely, [NORTH], codes=["besoin"]).table
    assert found["quote"].tolist() == [last]
    assert found["score"].tolist() == [0.2]


def test_unknown_texts_and_keys_are_named(codings):
    with pytest.raises(UnknownNameError, match=r"pas de texte « perdu\.txt »"):
        compare_frameworks(codings, [Framework("Nord", "NORD", sources=("nord.txt", "perdu.txt"))])
    with pytest.raises(UnknownNameError, match=r"pas de cadre « OUEST » ; elles ont : NORD, SUD_EST"):
        crosswalk_table(BOOK, [NORTH, Framework("Ouest", "OUEST")])


def test_the_bundled_crosswalk_tells_the_french_sources_apart():
    frameworks = [
        Framework("CSESS", "AVISE_GODIN", ("CSESS", "Avise")),
        Framework("Godin", "AVISE_GODIN", ("Godin",)),
        Framework("Loi", "AVISE_GODIN", ("loi ESS",), shared=False),
    ]
    table = crosswalk_table(load_codebook("bissib"), frameworks)
    claimed = {name: set(table.index[table[name] != ""]) for name in table}
    assert "def.experimentation" in claimed["CSESS"] - claimed["Godin"]
    assert "def.territoire" in claimed["Godin"] - claimed["CSESS"]
    assert claimed["Loi"] == {"def.besoin", "def.procede", "def.participation"}
    assert isinstance(table, pd.DataFrame)


@pytest.fixture(scope="module")
def comparison(codings):
    return compare_frameworks(codings, ALL, codes=["besoin", "lieu", "rare"])


def test_claims_are_counted_and_named(comparison):
    claims = comparison.claims.set_index("label")
    assert claims.loc["Besoin", ["frameworks", "which"]].tolist() == [4, "tous"]
    assert claims.loc["Lieu", ["frameworks", "which", "found"]].tolist() == [1, "Est", 0]
    assert claims.index[0] == "Besoin"


def test_frameworks_with_a_text_are_counted(comparison):
    assert comparison.counts.loc["Nord"].tolist() == [1, 1, 1]
    assert comparison.counts.loc["Sud"].tolist() == [0, 1, 1]
    assert comparison.counts.index.tolist() == ["Nord", "Sud"]


def test_words_and_verdicts_are_crossed_by_label_and_framework(comparison):
    assert comparison.words().loc["Besoin", "Nord"] == "besoin"
    assert comparison.verdicts.loc["Lieu", "Sud"] == "found"
    assert comparison.verdicts.columns.tolist() == ["Nord", "Sud", "Est", "Loi"]
    assert len(comparison.plot().get_yticklabels()) == 3


def test_one_framework_is_read_with_its_sentences(comparison):
    read = comparison.of("Sud")
    assert read["verdict"].tolist() == [
        "revendiqué, pas trouvé dans le texte",
        "trouvé dans le texte, pas dans la table",
    ]
    assert read["verbatim"].tolist() == ["", "Le quartier vit."]
    with pytest.raises(UnknownNameError, match="« Ouest » n'a pas été comparé"):
        comparison.of("Ouest")


def test_a_comparison_is_saved_in_french(comparison, tmp_path):
    comparison.save(tmp_path / "cadres.csv")
    assert pd.read_csv(tmp_path / "cadres.csv").columns.tolist()[:4] == [
        "code",
        "élément",
        "cadre",
        "ce que dit la table",
    ]
