"""What a study gives is saved to a path written as people write it, a text."""

from __future__ import annotations

import pytest

import innovsoc_analysis as isa

GARDEN = "Le jardin donne des légumes au quartier. Les voisins arrosent le jardin et cueillent des légumes. "
OFFICE = "Le guichet distribue des formulaires aux familles. Les agents du guichet lisent les formulaires. "


@pytest.fixture(scope="module")
def results():
    texts = {f"jardin {n}": GARDEN * 6 for n in range(8)} | {f"guichet {n}": OFFICE * 6 for n in range(8)}
    corpus = isa.corpus_from_texts(texts)
    lexicometry = isa.lexicometry
    return {
        "concordance": lexicometry.concordance(corpus, "jardin"),
        "specificities": lexicometry.specificities(corpus, "title"),
        "correspondence": lexicometry.correspondence(corpus, "title"),
        "classes": lexicometry.reinert(corpus, 2),
        "similarity": lexicometry.similarity(corpus, n_resamples=2),
        "collocates": lexicometry.collocates(corpus, "jardin"),
        "richness": lexicometry.richness(corpus, "title"),
        "inclusive": lexicometry.inclusive_use(corpus),
    }


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_tables_are_saved_to_a_text(results, tmp_path, suffix):
    for name, result in results.items():
        result.save(f"{tmp_path}/{name}.{suffix}")
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.{suffix}" for name in results}


def test_pages_graphs_and_folders_are_too(results, tmp_path):
    results["concordance"].save(f"{tmp_path}/page.html")
    results["similarity"].save(f"{tmp_path}/graph.graphml")
    corpus = results["classes"].corpus
    topics = isa.topics.fit(corpus, n_topics=2)
    topics.save(f"{tmp_path}/topics")
    topics.save_page(f"{tmp_path}/topics.html")
    codings = isa.code(corpus, isa.load_codebook("bissib"))
    codings.to_excel(f"{tmp_path}/codings.xlsx")
    codings.save(f"{tmp_path}/codings")
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {"page.html", "graph.graphml", "topics", "topics.html", "codings.xlsx", "codings"}
