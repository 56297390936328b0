"""Which files a path stands for, and under what name."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from innovsoc_analysis.ingest.sources import SourceFile, find_sources, why_ignored
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Tree = Callable[[dict[str, str | bytes]], Path]
    Zipped = Callable[[dict[str, str | bytes]], bytes]

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs links")
FILES: dict[str, str | bytes] = {"b.txt": "b", "a/deux.md": "2", "a/un.txt": "1", "c/x.pdf": "x"}


def names(*paths: Path | str, **options: Any) -> list[str]:
    return [source.name for source in find_sources(paths, **options)]


def refusals(found: list[SourceFile]) -> dict[str, str]:
    return {source.name: source.refusal.code for source in found if source.refusal}


def test_a_folder_is_searched_below_and_sorted(tree: Tree) -> None:
    assert names(tree(FILES)) == ["a/deux.md", "a/un.txt", "b.txt", "c/x.pdf"]


def test_files_are_named_from_the_folder_that_holds_all(tree: Tree) -> None:
    folder = tree(FILES)
    assert names(folder / "a" / "un.txt") == ["un.txt"]
    assert names(folder / "a" / "un.txt", str(folder / "a" / "deux.md")) == ["deux.md", "un.txt"]
    assert names(folder / "a", folder / "c") == ["a/deux.md", "a/un.txt", "c/x.pdf"]
    assert names(folder / "a", folder / "b.txt") == ["a/deux.md", "a/un.txt", "b.txt"]


def test_a_file_named_twice_is_found_once(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(FILES)
    monkeypatch.chdir(folder)
    assert names("a", folder / "a" / "un.txt", "a/../a/un.txt", "a/*.txt") == ["deux.md", "un.txt"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("a/*.txt", ["un.txt"]),
        ("*/*.txt", ["un.txt"]),
        ("**/*.txt", ["a/un.txt", "b.txt"]),
        ("[ac]", ["a/deux.md", "a/un.txt", "c/x.pdf"]),
        ("?.txt", ["b.txt"]),
    ],
)
def test_a_pattern_stands_for_what_it_matches(tree: Tree, pattern: str, found: list[str]) -> None:
    assert names(f"{tree(FILES)}/{pattern}") == found


def test_a_name_with_brackets_is_first_a_name(tree: Tree) -> None:
    folder = tree({"notes [2].txt": "x", "notes 2.txt": "y"})
    assert [source.load() for source in find_sources([folder / "notes [2].txt"])] == [b"x"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("absent.txt", "« absent.txt » n'existe pas ; vérifiez le chemin."),
        ("a/*.docx", "Aucun fichier ne correspond au motif « a/*.docx »."),
        ("Un long texte. " * 40, "n'est pas un chemin lisible ; vérifiez le chemin et vos droits."),
    ],
)
def test_what_does_not_exist_is_told(tree: Tree, path: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree(FILES))
    with pytest.raises(UsageError) as caught:
        find_sources(["b.txt", path])
    assert str(caught.value).endswith(sentence)


def test_nothing_given_is_told() -> None:
    with pytest.raises(UsageError, match="au moins un fichier"):
        find_sources([])
    with pytest.raises(UsageError, match="est vide"):
        find_sources([" "])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_folder_without_rights_is_told(tree: Tree) -> None:
    folder = tree(FILES)
    (folder / "a").chmod(0)
    try:
        with pytest.raises(UsageError, match="ne s'ouvre pas"):
            find_sources([folder])
    finally:
        (folder / "a").chmod(0o700)


def test_what_is_to_be_ignored_is_left_out(tree: Tree) -> None:
    folder = tree(FILES)
    assert names(folder, ignore=[folder / "a", folder / "b.txt"]) == ["c/x.pdf"]


def test_hidden_folders_are_not_entered(tree: Tree) -> None:
    assert names(tree({".git/config.txt": "x", ".cache.txt": "y", "a.txt": "z"})) == [".cache.txt", "a.txt"]


def test_the_results_of_another_run_are_left_aside_as_one(tree: Tree) -> None:
    folder = tree({"sorties/run.json": "{}", "sorties/codings.csv": "texte\nx", "a.txt": "z"})
    assert names(folder) == ["a.txt", "sorties/run.json"]
    assert names(folder / "sorties") == ["codings.csv", "run.json"]


@posix_only
def test_a_name_that_is_not_utf_8_is_shown_all_the_same(tree: Tree) -> None:
    folder = tree({"a.txt": "z"})
    try:
        os.rename(os.fsencode(folder) + b"/a.txt", os.fsencode(folder) + b"/\xe9t\xe9.txt")  # noqa: PTH104 - bytes
    except OSError:
        pytest.skip("this system wants names in UTF-8")
    (source,) = find_sources([folder])
    assert (source.name, source.load()) == ("\ufffdt\ufffd.txt", b"z")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a/.cache.txt", "fichier caché ou du système"),
        ("a.zip/__MACOSX/b.txt", "fichier caché ou du système"),
        ("~$rapport.docx", "fichier caché ou du système"),
        ("photos/Thumbs.db", "fichier caché ou du système"),
        ("README.md", "notice du dossier"),
        ("a/Lisez-moi.txt", "notice du dossier"),
        ("metadata.csv", "table de métadonnées"),
        ("Métadonnées.XLSX", "table de métadonnées"),
        ("codebook.yaml", "fichier de l'étude"),
        ("sorties/run.json", "résultats d'une autre commande"),
        ("metadata.txt", None),
        ("readme/a.txt", None),
        ("a.b.txt", None),
    ],
)
def test_what_is_no_source_text_is_told(name: str, reason: str | None) -> None:
    assert why_ignored(name) == reason


def test_names_are_composed(tree: Tree) -> None:
    decomposed = unicodedata.normalize("NFD", "été/élève.txt")
    (source,) = find_sources([tree({decomposed: "x"})])
    assert (source.name, source.load()) == ("été/élève.txt", b"x")


@posix_only
def test_links_are_refused_and_not_entered(tree: Tree) -> None:
    folder = tree({"vrai/a.txt": "x"})
    (folder / "lien.txt").symlink_to(folder / "vrai" / "a.txt")
    (folder / "dossier").symlink_to(folder / "vrai")
    (folder / "boucle.zip").symlink_to(folder / "boucle.zip")
    found = find_sources([folder], ignore=[folder / "sortie"])
    assert [source.name for source in found] == ["boucle.zip", "dossier", "lien.txt", "vrai/a.txt"]
    assert refusals(found) == {"boucle.zip": "link", "dossier": "link", "lien.txt": "link"}


def test_a_zip_is_a_folder(tree: Tree, zipped: Zipped) -> None:
    inner = zipped({"trois.txt": "3"})
    folder = tree({"b.ZIP": zipped({"un.txt": "1", "sous/deux.txt": "2", "c.zip": inner}), "a.txt": "0"})
    found = {source.name: source.load() for source in find_sources([folder])}
    assert found == {"a.txt": b"0", "b.ZIP/un.txt": b"1", "b.ZIP/sous/deux.txt": b"2", "b.ZIP/c.zip/trois.txt": b"3"}
    assert names(folder / "b.ZIP")[0] == "b.ZIP/c.zip/trois.txt"


def test_zips_that_cannot_be_opened_are_refused_by_name(tree: Tree, zipped: Zipped) -> None:
    deep = zipped({"c.zip": zipped({"d.zip": zipped({"x.txt": "x"})})})
    folder = tree({"abîmé.zip": "PK", "vide.zip": zipped({}), "b.zip": deep, "fuite.zip": zipped({"../e.zip": "x"})})
    assert refusals(find_sources([folder])) == {
        "abîmé.zip": "corrupt",
        "b.zip/c.zip/d.zip": "zip-depth",
        "fuite.zip/../e.zip": "zip-path",
        "vide.zip": "empty",
    }


def test_the_limits_hold_for_zips(tree: Tree, zipped: Zipped) -> None:
    folder = tree({"a.zip": zipped({"x.txt": bytes(2000), "y.txt": "y"})})
    assert refusals(find_sources([folder], limits=Limits(expanded_bytes=1000))) == {"a.zip": "zip-bomb"}
    assert refusals(find_sources([folder], limits=Limits(zip_entries=1))) == {"a.zip": "zip-entries"}
    big, small = find_sources([folder], limits=Limits(file_bytes=1000))
    assert small.load() == b"y"
    with pytest.raises(RefusedFileError):
        big.load()
