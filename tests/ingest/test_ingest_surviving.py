"""A reader's bug on one file refuses that file, tells its kind but not its text, and the rest goes on."""

from __future__ import annotations

import dataclasses

from innovsoc_analysis.ingest import registry
from innovsoc_analysis.ingest.reading import read_sources


def test_an_unexpected_failure_of_a_reader_does_not_end_the_batch(tmp_path, monkeypatch):
    def failing(data, reading):
        raise KeyError(data.decode())

    readers = [dataclasses.replace(one, read=failing) if one.name == "md" else one for one in registry.READERS]
    monkeypatch.setattr(registry, "READERS", tuple(readers))
    (tmp_path / "a.md").write_text("Un secret.", "utf-8")
    (tmp_path / "b.txt").write_text("Un jardin.", "utf-8")
    intake = read_sources([tmp_path])
    assert [document.raw.text for document in intake.documents] == ["Un jardin."]
    refused = intake.outcomes[0]
    assert (refused.source, refused.code) == ("a.md", "crash")
    assert refused.message == "le fichier fait échouer son lecteur (KeyError) ; réenregistrez-le."
