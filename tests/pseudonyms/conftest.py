"""One small study: two transcripts, subtitles and metadata, with names made up for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from innovsoc_analysis.pseudonyms.studies import propose_table, pseudonymise, read_intake

TALK = (
    "Enquêtrice : Vous connaissez Aïssata Diallo ?\n"
    "Nadia Kessab : Oui, Mme Diallo habite à Seraing. Son mail, c'est a.diallo@exemple.be.\n"
    "Enquêtrice : Et en Belgique, ça suffit ?\n"
    "Nadia Kessab : Nadia te dirait non. Notre service répond à un besoin social."
)
SUBTITLES = (
    "1\n00:00:01,000 --> 00:00:03,000\nKarim : Salut, moi c'est Karim\n\n"
    "2\n00:00:03,200 --> 00:00:05,500\net voici Aïssata\n\n"
    "3\n00:00:05,600 --> 00:00:07,000\nDiallo, ma voisine.\n\n"
    "4\n00:00:09,500 --> 00:00:11,000\nLou : Bonjour, on ouvre ?\n\n"
    "5\n00:00:13,500 --> 00:00:14,000\nKarim : Oui, on ouvre.\n"
)


@pytest.fixture
def study(tmp_path) -> Path:
    folder = tmp_path / "entretiens"
    folder.mkdir()
    (folder / "nadia.txt").write_text(TALK, "utf-8")
    (folder / "rue.srt").write_text(SUBTITLES, "utf-8")
    (folder / "metadata.csv").write_text("file,genre,title,lieu\nnadia.txt,parole,Chez Nadia Kessab,Seraing\n", "utf-8")
    return folder


@pytest.fixture
def table(study, tmp_path) -> Path:
    path = tmp_path / "prive" / "noms.csv"
    propose_table(read_intake([study]), path, sources=[study])
    return path


@pytest.fixture
def applied(study, table, tmp_path):
    return pseudonymise(read_intake([study]), table, out=tmp_path / "copies", sources=[study])
