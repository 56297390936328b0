"""Terms of several words counted as one word, and what is left out of the vocabulary."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys

import openpyxl
import pandas as pd
import pytest

from innovsoc_analysis.cli import _run
from innovsoc_analysis.counting.vocabulary import content_tokens
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.tables import TOKENS
from innovsoc_analysis.nlp.terms import Term
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import fit

TEXTS = {
    "a": "L’innovation sociale nourrit le compost du quartier.",
    "b": "Les innovations sociales aiment le compost du quartier.",
    "c": "Le tableau de bord montre le loyer du logement. Un tableau de bord suit le loyer.",
    "d": "Des tableaux de bord et un loyer : le tableau de bord du logement. Le tableau de bord.",
}
TERM, BOARD = "innovation sociale", "tableau de bord"


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts(TEXTS, genre="project")


def test_without_terms_words_are_counted_apart(corpus):
    fitted = fit(corpus, n_topics=2)
    assert {"innovation", "social", "tableau", "bord"} <= set(fitted.counts.words)
    assert not any(" " in word for word in fitted.counts.words)
    assert fitted.terms.empty


@pytest.mark.parametrize(
    ("terms", "merged", "apart"),
    [
        ("field", {TERM}, {"tableau", "bord"}),
        ("learned", {BOARD}, {"innovation", "social"}),
        ([TERM, Term("suivi", (BOARD,))], {TERM, "suivi"}, set()),
        ([], set(), {"innovation", "social", "tableau", "bord"}),
    ],
)
def test_a_term_is_one_word_and_its_words_are_not_counted_again(corpus, terms, merged, apart):
    words = set(fit(corpus, n_topics=2, terms=terms).counts.words)
    assert words & {TERM, BOARD, "suivi", "innovation", "social", "tableau", "bord"} == merged | apart


def test_counts_are_those_of_the_terms_in_each_document(corpus):
    fitted = fit(corpus, n_topics=2, terms=[TERM, BOARD])
    columns = [fitted.counts.words.index(term) for term in (TERM, BOARD)]
    assert fitted.counts.matrix[:, columns].toarray().tolist() == [[1, 0], [1, 0], [0, 2], [0, 3]]
    assert fitted.terms.to_numpy().tolist() == [[BOARD, 5, 2], [TERM, 2, 2]]


def test_topics_show_terms_as_they_are_written(corpus):
    fitted = fit(corpus, n_topics=2, terms=[TERM, BOARD])
    words = fitted.top_words(3)
    assert sorted(next(word for word in some if " " in word) for some in words.values()) == [TERM, BOARD]
    assert fitted.plot().ravel()[0].figure.get_supxlabel() == "4 documents, 6 lemmes et termes, modèle NMF, graine 0"


def test_a_verbatim_scores_by_its_terms():
    texts = {
        "a": "Cinq mots rares ici : balcon, tuile, gare, pomme. L’innovation sociale, un compost, un jardin, un verger."
    }
    texts |= {"b": "L’innovation sociale, un compost, un jardin, un verger, un étang."}
    texts |= {"c": "Un loyer, un logement, un bail, un immeuble, un locataire."} | {
        "d": "Le loyer, le logement, le bail, l’immeuble."
    }
    exemplars = fit(corpus_from_texts(texts), n_topics=2, terms=[TERM]).exemplars(1).set_index("title")
    # five content words each, « innovation sociale » being one; four of weight 1/4 are in the vocabulary
    assert exemplars.loc["b", "score"] == pytest.approx(4 / 5 * 1 / 4, abs=1e-6)


def test_unknown_terms_are_refused_in_one_sentence(corpus):
    with pytest.raises(UsageError) as raised:
        fit(corpus, n_topics=2, terms="domaine")
    assert str(raised.value) == "Termes inconnus : « domaine » ; choisissez field, learned ou une liste de termes."


def test_files_list_the_terms_only_where_they_were_asked_for(corpus, tmp_path):
    fit(corpus, n_topics=2).save(tmp_path / "without")
    fit(corpus, n_topics=2, terms=[TERM, BOARD]).save(tmp_path / "with")
    assert "Termes" not in openpyxl.load_workbook(tmp_path / "without" / "topics.xlsx").sheetnames
    sheet = openpyxl.load_workbook(tmp_path / "with" / "topics.xlsx")["Termes"]
    assert list(sheet.iter_rows(values_only=True)) == [
        ("terme", "occurrences", "documents"),
        (BOARD, 5, 2),
        (TERM, 2, 2),
    ]


def command(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = _run([str(argument) for argument in arguments])
    return status, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(("setting", "shown"), [(None, "social"), ("domaine", TERM), ("appris", BOARD)])
def test_the_command_takes_terms_and_records_which(tmp_path, setting, shown):
    (tmp_path / "textes").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "textes" / f"{name}.txt").write_text(text, "utf-8")
    options = ["--terms", setting] if setting else []
    status, _, _ = command("topics", tmp_path / "textes", "--out", tmp_path / "r", "--n-topics", 2, *options)
    assert status == 0
    assert json.loads((tmp_path / "r" / "run.json").read_text("utf-8"))["parameters"]["terms"] == (setting or "aucun")
    assert shown in (tmp_path / "r" / "topics.csv").read_text("utf-8")


def test_the_command_refuses_other_terms_before_it_reads(tmp_path):
    status, _, said = command("topics", tmp_path / "nulle-part", "--out", tmp_path / "r", "--terms", "field")
    assert status != 0
    assert said.strip() == (
        "innovsoc : « field » n'est pas un réglage connu de --terms ; choisissez aucun, domaine, appris."
    )


def rows_of(*rows):
    columns = ["form", "lemma", "upos", "disfluency"]
    return TOKENS.conform(pd.DataFrame(rows, columns=columns).assign(doc_id="d", i=range(len(rows))))


def test_disfluent_tokens_are_no_words_of_topics():
    tokens = rows_of(
        ("jardin", "jardin", "NOUN", "repetition"), ("jardin", "jardin", "NOUN", None), ("coop-", "coop", "NOUN", "cut")
    )
    assert content_tokens(tokens)["i"].tolist() == [1]


def test_inclusive_words_count_whatever_their_signs():
    tokens = rows_of(
        ("habitant(e)s", "habitant", "NOUN", None),
        ("citoyens et citoyennes", "citoyen", "NOUN", None),
        ("acteur·rice·s", "acteur", "NOUN", None),
        ("12e", "12e", "ADJ", None),
    )
    assert content_tokens(tokens)["lemma"].tolist() == ["habitant", "citoyen", "acteur"]


def test_the_vocabulary_does_not_load_the_french_of_spacy():
    script = (
        "import sys; from innovsoc_analysis.counting.vocabulary import content_tokens;"
        " from innovsoc_analysis.model.tables import TOKENS; content_tokens(TOKENS.conform([]));"
        " print('spacy.lang.fr' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
