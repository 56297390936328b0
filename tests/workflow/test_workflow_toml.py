"""``innovsoc.toml``: every setting is there, explained; every mistake has its line and its remedy."""

from __future__ import annotations

import tomllib

import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.workflow.settings import Settings, keys_of, sections
from innovsoc_analysis.workflow.toml import parse_toml, toml_of


def test_the_file_holds_every_setting_with_its_default():
    told = tomllib.loads(toml_of(Settings()))
    assert {name for name, value in told.items() if isinstance(value, dict)} == set(sections()) - {""}
    for section in sections():
        content = told[section] if section else told
        assert set(keys_of(section)) <= set(content), section
    assert told["topics"]["n_topics"] == 8
    assert told["steps"] == ["ingest", "code", "topics", "lexicon", "report"]


def test_every_setting_is_explained_just_above():
    lines = toml_of(Settings()).splitlines()
    for number, line in enumerate(lines):
        if " = " in line and not line.startswith("#"):
            assert lines[number - 1].startswith("# "), line
    assert max(map(len, lines)) <= 100


def test_what_is_written_is_read_back():
    settings = Settings(title='Dire « "l’innovation" » \\ ici', genres=("lettres",), seed=3, steps=("code",))
    assert parse_toml(toml_of(settings).encode()) == settings


def test_an_empty_file_is_all_defaults_and_one_source_needs_no_brackets():
    assert parse_toml(b"") == Settings()
    assert parse_toml(b'sources = "textes"').sources == ("textes",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("seed = 0\nsead = 1", "x.toml:2 : le réglage « sead » n'existe pas ici ; vouliez-vous dire « seed » ?"),
        (
            "[topics]\n\nn_topic = 4",
            "x.toml:3 : le réglage « n_topic » n'existe pas dans [topics] ; vouliez-vous dire « n_topics » ?",
        ),
        ("n_classes = 3", "x.toml:1 : le réglage « n_classes » n'existe pas ici ; sa place est dans [lexicon]."),
        (
            "[lexicon]\nseed = 3",
            "x.toml:2 : le réglage « seed » n'existe pas dans [lexicon] ; sa place est dans le haut du fichier,",
        ),
        ("[topic]\nunit = 3", "x.toml:1 : le réglage « topic » n'existe pas ici ; vouliez-vous dire « topics » ?"),
        (
            '[report]\nxyz = ""',
            "x.toml:2 : le réglage « xyz » n'existe pas dans [report] ; il y a : title, n_verbatims.",
        ),
        ('seed = "un"', "x.toml:1 : « seed » doit être un nombre entier, sans guillemets."),
        ("seed = true", "x.toml:1 : « seed » doit être un nombre entier, sans guillemets."),
        ("seed = -1", "x.toml:1 : « seed » doit être au moins 0."),
        ("title = 3", "x.toml:1 : « title » doit être un texte entre guillemets."),
        ("sources = 3", "x.toml:1 : « sources » doit être une liste entre crochets."),
        ("sources = []", "x.toml:1 : « sources » ne peut pas être vide."),
        ("topics = 3", "x.toml:1 : « topics » doit être une section : une ligne [topics], et ses réglages dessous."),
        (
            '[topics]\nterms = "tous"',
            'x.toml:2 : « terms » de [topics] doit être "aucun", "domaine" ou "appris".',
        ),
        (
            '[topics]\nn_topics = "beaucoup"',
            'x.toml:2 : « n_topics » de [topics] doit être un nombre entier d\'au moins 2, ou "auto".',
        ),
        ("[topics]\nn_topics = 1", "x.toml:2 : « n_topics » de [topics] doit être un nombre entier d'au moins 2,"),
        ('steps = ["code", "theme"]', 'x.toml:1 : « steps » doit être "ingest", "code", "topics",'),
        ("[lexicon]\nn_classes = 1", "x.toml:2 : « n_classes » de [lexicon] doit être au moins 2."),
        ("[ingest]\ndrop_duplicates = 1", "x.toml:2 : « drop_duplicates » de [ingest] doit être true ou false, sans"),
        (
            "[limits]\nsecond = 9",
            "x.toml:2 : le réglage « second » n'existe pas dans [limits] ; vouliez-vous dire « seconds » ?",
        ),
        ("[limits]\nseconds = 0", "x.toml:2 : « seconds » de [limits] doit être au moins 1."),
        ("[limits]\nseconds = 1000001", "x.toml:2 : « seconds » de [limits] doit être au plus 1000000."),
        (
            '[limits]\nfile_mb = "200"',
            "x.toml:2 : « file_mb » de [limits] doit être un nombre entier, sans guillemets.",
        ),
        ("a = 1\nb = = 2", "x.toml:2 : ce n'est pas du TOML valide ; vérifiez les guillemets,"),
        ("seed = 1\nseed = 2", "x.toml:2 : ce n'est pas du TOML valide"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line_and_the_remedy(text, sentence):
    with pytest.raises(UsageError) as caught:
        parse_toml(text.encode(), "x.toml")
    assert str(caught.value).startswith(sentence)
    assert len(str(caught.value).splitlines()) == 1


def test_several_mistakes_are_told_in_order():
    with pytest.raises(UsageError) as caught:
        parse_toml(b"seed = -1\n[topics]\nmodel = 3\n[lexicon]\nby = 4\n")
    assert [line.split(" :")[0] for line in str(caught.value).splitlines()] == [
        "innovsoc.toml:1",
        "innovsoc.toml:3",
        "innovsoc.toml:5",
    ]


def test_a_file_in_another_encoding_is_refused_in_words():
    with pytest.raises(UsageError, match="UTF-8"):
        parse_toml('title = "été"'.encode("latin-1"))
