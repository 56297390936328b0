"""Who asks and who answers, and what that changes to the counts of codes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pandas as pd
import pytest

import innovsoc_analysis as isa
from innovsoc_analysis.model.errors import UnknownNameError, UsageError

UNITS: tuple[Literal["documents", "segments"], ...] = ("documents", "segments")
INTERVIEW = """{asks} : Vous avez eu un levier ?
{answers} : On a d'abord cherché un local, puis des voisins, puis de l'argent.
{asks} : Et après ?
{answers} : Le vrai levier, pour nous, c'était la confiance du propriétaire.
{asks} : Combien de temps ?
{answers} : Trois ans, avec des hauts et des bas, et beaucoup de réunions le soir."""


def _interview(asks: str, answers: str = "Luc") -> isa.Corpus:
    return isa.corpus_from_texts({"a": INTERVIEW.format(asks=asks, answers=answers)}, genre="talk")


def _roles(corpus: isa.Corpus, roles: dict[str, str] | None = None) -> dict[str, tuple[str, str]]:
    table = isa.coding.speakers(corpus, roles=roles).table
    return dict(zip(table["speaker"], zip(table["role"], table["reason"], strict=True), strict=True))


@pytest.fixture(scope="module")
def codings() -> isa.Codings:
    """Four talks and six projects by rules: the interviewer alone says « levier » in b, the interviewee in a."""
    texts = {
        "a": INTERVIEW.format(asks="Enquêtrice", answers="Luc"),
        "b": "Enquêteur : Un levier ?\nAna : Non, on a fait sans rien.\nEnquêteur : Merci.\nAna : De rien, bonsoir.",
    }
    talks = {name: (text, "talk") for name, text in texts.items()}
    projects = {
        f"p{n}": ("Le levier est le temps. On ouvre le jeudi." if n < 3 else "On ouvre le jeudi.", "project")
        for n in range(6)
    }
    return isa.code(_corpus(talks | projects), "bissib", coder="rules")


def _corpus(texts: dict[str, tuple[str, str]]) -> isa.Corpus:
    from dataclasses import replace

    corpus = isa.corpus_from_texts({name: text for name, (text, _) in texts.items()})
    genres = corpus.documents["title"].map({name: genre for name, (_, genre) in texts.items()})
    return replace(corpus, documents=corpus.documents.assign(genre=genres))


@pytest.mark.parametrize("name", ["Enquêtrice", "ENQUÊTEUR", "Q", "Intervieweur·se", "Animateur", "Journaliste"])
def test_a_name_that_says_the_job_is_an_interviewers(name: str) -> None:
    assert _roles(_interview(name)) == {
        name: ("interviewer", "nom"),
        "Luc": ("speaker", "ni nom ni questions brèves"),
    }


@pytest.mark.parametrize("name", ["Ana", "Chercheuse", "E1"])
def test_short_turns_that_ask_are_an_interviewers_under_any_name(name: str) -> None:
    assert _roles(_interview(name))[name] == ("interviewer", "questions brèves")


def test_an_animatrice_who_says_most_is_the_one_interviewed() -> None:
    assert _roles(_interview("Chercheuse", answers="Animatrice")) == {
        "Chercheuse": ("interviewer", "questions brèves"),
        "Animatrice": ("speaker", "ni nom ni questions brèves"),
    }


def test_long_turns_that_end_with_a_question_are_not_an_interviewers() -> None:
    said = "\n".join(
        ["Ana : Nous avons ouvert une crèche et nous cherchons encore des parents, non ?", "Luc : Oui, je crois."] * 3
    )
    assert {role for role, _ in _roles(isa.corpus_from_texts({"a": said})).values()} == {"speaker"}


def test_what_the_researcher_says_wins() -> None:
    roles = {"Enquêtrice": "speaker", "Luc": "interviewer"}
    assert _roles(_interview("Enquêtrice"), roles=roles) == {
        "Enquêtrice": ("speaker", "indication donnée"),
        "Luc": ("interviewer", "indication donnée"),
    }


def test_a_role_can_be_given_for_one_document_alone() -> None:
    texts = {name: INTERVIEW.format(asks="Ana", answers="Luc") for name in ("a", "b")}
    corpus = isa.corpus_from_texts(texts)
    table = isa.coding.speakers(corpus, roles={("b", "Ana"): "speaker"}).table
    assert table.loc[table["speaker"] == "Ana", "role"].tolist() == ["interviewer", "speaker"]


@pytest.mark.parametrize("roles", [{"Lucas": "interviewer"}, {"Luc": "enquêteur"}])
def test_an_unknown_name_or_role_is_refused(roles: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"Lucas|enquêteur"):
        isa.coding.speakers(_interview("Ana"), roles=roles)


def test_texts_without_speakers_have_none() -> None:
    found = isa.coding.speakers(isa.corpus_from_texts({"a": "Un jardin. On y cultive."}))
    assert found.table.empty
    assert "aucun tour de parole" in found._repr_html_()


def test_codes_of_interviewers_are_counted_apart(codings: isa.Codings) -> None:
    table = isa.coding.by_voice(codings, codes=["deb.leviers"]).table
    counts = table.set_index("voice")[["documents", "n_documents", "segments", "n_segments"]]
    assert counts.T.to_dict("list") == {
        "projets": [3, 6, 3, 9],
        "paroles": [1, 2, 1, 5],
        "paroles : qui interroge": [2, 2, 2, 5],
    }


def test_counts_are_read_in_french_by_document_or_by_segment(codings: isa.Codings) -> None:
    found = isa.coding.by_voice(codings, codes=["deb.leviers"])
    by_document, by_segment = (found.readable(values).loc["Leviers, conditions de réussite"] for values in UNITS)
    assert by_document["paroles"] == "1/2 (9–91\u202f%)"
    assert by_segment["projets"].startswith("33,3\u202f% (")


def test_interviewers_alone_are_shown_with_what_they_were_told_from(codings: isa.Codings) -> None:
    shown = isa.coding.speakers(codings.corpus).interviewers._repr_html_()
    assert "<td>Enquêtrice</td>" in shown
    assert "<td>nom</td>" in shown
    assert "Luc" not in shown


def test_share_of_documents_has_wilsons_interval(codings: isa.Codings) -> None:
    # Wilson (1927), 3 of 6: (0.5 + z²/12 ± z √(0.25/6 + z²/144)) / (1 + z²/6), z = 1.96
    table = isa.coding.by_voice(codings, codes=["deb.leviers"]).table.set_index("voice")
    assert table.loc["projets", ["share", "low", "high"]].tolist() == pytest.approx([50, 18.76, 81.24], abs=0.01)
    assert not table.loc["projets", "few"]
    assert table.loc["paroles", "few"]


def test_a_code_never_met_has_no_interval_of_its_rate(codings: isa.Codings) -> None:
    table = isa.coding.by_voice(codings, codes=["deb.role_recherche"]).table
    assert table["rate"].tolist() == [0, 0, 0]
    assert table["rate_low"].isna().all()
    assert table["high"].gt(0).all()


def test_codings_can_be_had_without_interviewers(codings: isa.Codings) -> None:
    kept = isa.coding.by_voice(codings).without_interviewers
    said = kept.verbatims("deb.leviers")
    assert said.loc[said["genre"] == "talk", "speaker"].tolist() == ["Luc"]
    assert kept.matrix(values="documents").loc["deb.leviers"].to_dict() == {"project": 3, "talk": 1}
    assert codings.matrix(values="documents").loc["deb.leviers"].to_dict() == {"project": 3, "talk": 2}


def test_difference_of_shares_has_newcombes_interval(codings: isa.Codings) -> None:
    # one code: 95 %. 3/6: 18.76 to 81.24; 1/2: 9.45 to 90.55; √(31.24² + 40.55²) = 51.19 on both sides
    row = isa.coding.by_voice(codings, codes=["deb.leviers"]).differences("project", "talk").table.loc["deb.leviers"]
    assert row[["difference", "low", "high"]].tolist() == pytest.approx([0, -51.19, 51.19], abs=0.02)
    assert not row["clear"]


def test_differences_are_read_drawn_and_saved_in_french(codings: isa.Codings, tmp_path: Path) -> None:
    found = isa.coding.by_voice(codings, codes=["deb.leviers"]).differences("project", "talk")
    shown = found._repr_html_()
    assert all(said in shown for said in ("projets (%)", "paroles (%)", "−51 à +51", "<td>non</td>"))
    assert [label.get_text() for label in found.plot().get_yticklabels()] == ["Leviers, conditions de réussite"]
    found.save(tmp_path / "ecarts.csv")
    assert pd.read_csv(tmp_path / "ecarts.csv").columns[:4].tolist() == [
        "code",
        "libellé",
        "projets (%)",
        "paroles (%)",
    ]


def test_a_difference_that_leaves_zero_out_is_clear() -> None:
    texts = {f"p{n}": ("Le levier est le temps.", "project") for n in range(10)}
    texts |= {f"d{n}": ("Une pratique se répand.", "definition") for n in range(10)}
    found = isa.coding.by_voice(isa.code(_corpus(texts), "bissib", coder="rules"), codes=["deb.leviers"])
    row = found.differences("project", "definition").table.loc["deb.leviers"]
    # 10/10: 72.25 to 100; 0/10: 0 to 27.75; 100 - √(27.75² + 27.75²) = 60.75
    assert row[["difference", "low", "high"]].tolist() == pytest.approx([100, 60.75, 100], abs=0.01)
    assert row["clear"]


def test_more_codes_make_wider_differences(codings: isa.Codings) -> None:
    one, many = (
        isa.coding.by_voice(codings, codes=codes).differences("project", "talk").table.loc["deb.leviers"]
        for codes in (["deb.leviers"], ["Enjeux du débat"])
    )
    assert many["high"] > one["high"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda codings: isa.coding.by_voice(codings, codes=["deb.levier"]),
        lambda codings: isa.coding.by_voice(codings, by="pays"),
        lambda codings: isa.coding.by_voice(codings).differences("talk", "definition"),
        lambda codings: isa.coding.by_voice(codings).quotes("deb.levier"),
    ],
)
def test_unknown_names_are_refused(codings: isa.Codings, ask: object) -> None:
    with pytest.raises(UnknownNameError):
        ask(codings)  # type: ignore[operator]


def test_what_stands_outside_of_the_turns_is_no_ones_voice() -> None:
    said = "Un levier, entretien avec Luc\n\n" + INTERVIEW.format(asks="Q", answers="Luc")
    codings = isa.code(isa.corpus_from_texts({"a": said}, genre="talk"), "bissib", coder="rules")
    found = isa.coding.by_voice(codings, codes=["deb.leviers"])
    assert found.table.set_index("role")["segments"].to_dict() == {"speaker": 1, "interviewer": 1, "aside": 1}
    assert "hors tours" not in found._repr_html_()


def test_quotes_name_the_speaker_and_what_coded_them(codings: isa.Codings) -> None:
    shown = str(isa.coding.by_voice(codings).quotes("deb.leviers"))
    assert "«\u00a0Le vrai levier, pour nous, c'était la confiance du propriétaire.\u00a0»" in shown
    assert "Luc, a, paroles [par règles]" in shown
    assert "Enquêt" not in shown
    assert shown.endswith("Montrés : 2 sur 4 ; à relire : 0 sur 4")


def test_quotes_within_quotes_and_markup_are_written_as_text() -> None:
    corpus = isa.corpus_from_texts({"a": "Notre levier est « le temps & <b>la soupe</b> », dit-elle."}, genre="project")
    codings = isa.code(corpus, "bissib", coder="rules")
    shown = isa.coding.by_voice(codings).quotes("deb.leviers")._repr_html_()
    assert (
        "«\u00a0Notre <mark>levier</mark> est “le temps &amp; &lt;b&gt;la soupe&lt;/b&gt;”, dit-elle.\u00a0»" in shown
    )


def test_doubtful_codes_are_shown_as_such_and_can_be_left_out(codings: isa.Codings) -> None:
    from dataclasses import replace

    doubts = [
        "reread" if row.doc_id == codings.table["doc_id"].iloc[0] else "sure" for row in codings.table.itertuples()
    ]
    table = codings.table.assign(status=doubts, score=0.3)
    found = isa.coding.by_voice(replace(codings, table=table, queue=table.iloc[:0]), codes=["deb.leviers"])
    assert str(found.quotes("deb.leviers")).endswith(
        "paroles [à relire (0,30)]\nMontrés : 2 sur 4 ; à relire : 1 sur 4"
    )
    assert [row.genre for row in found.quotes("deb.leviers", sure=True).table.itertuples()] == ["project"]
    assert found.table.set_index("voice")["sure"].to_dict() == {
        "projets": 3,
        "paroles": 0,
        "paroles : qui interroge": 1,
    }
    assert "1/2 (9–91\u202f%) [0]" in found._repr_html_()


def test_a_code_without_verbatims_says_so(codings: isa.Codings) -> None:
    assert str(isa.coding.by_voice(codings).quotes("deb.role_recherche")) == "Aucun verbatim."


def test_figure_has_a_panel_for_each_code_and_a_row_for_each_voice(codings: isa.Codings) -> None:
    grid = isa.coding.by_voice(codings, codes=["deb.leviers", "deb.freins"]).plot()
    rows = [label.get_text() for label in grid.flat[0].get_yticklabels()]
    assert rows == ["projets (6)", "paroles (2)", "paroles : qui interroge (2)"]


def test_nothing_shown_in_a_notebook_line_names_anyone(codings: isa.Codings) -> None:
    found = isa.coding.by_voice(codings)
    shown = repr(found) + repr(found.speakers) + repr(found.quotes("deb.leviers"))
    assert "Luc" not in shown
    assert "levier" not in shown


def test_counts_and_speakers_are_saved_for_colleagues(codings: isa.Codings, tmp_path: Path) -> None:
    found = isa.coding.by_voice(codings, codes=["deb.leviers"])
    found.save(tmp_path / "voix.xlsx")
    found.save(tmp_path / "voix.csv")
    sheets = pd.read_excel(tmp_path / "voix.xlsx", sheet_name=None, engine="openpyxl")
    assert sheets["Voix"]["voix"].tolist() == ["projets", "paroles", "paroles : qui interroge"]
    assert sheets["Qui parle"]["rôle"].tolist().count("interroge ou anime") == 2
    assert pd.read_csv(tmp_path / "voix.csv")["documents"].tolist() == [3, 1, 2]
