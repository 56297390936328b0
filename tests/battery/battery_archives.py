"""Zips: bombs, lies, names that lead out, links, damage."""

from __future__ import annotations

import zipfile

from battery_builders import SENTENCE, crowded, docx, linked, locked, overlapping, paragraph, resized, zipped
from battery_cases import Case, archive, refused

GOOD = zipped({"a.txt": SENTENCE})


def nested(depth: int) -> bytes:
    data = zipped({"a.txt": SENTENCE})
    for _ in range(depth):
        data = zipped({"b.zip": data})
    return data


def bombs_within(count: int) -> bytes:
    """Return a zip of zips, each below the limits, that together unfold to more."""
    inner = zipped({"a.txt": b"jardin " * 900_000})
    return zipped({f"{number}.zip": inner for number in range(count)})


def wrong_sum() -> bytes:
    data = bytearray(zipped({"a.txt": SENTENCE}, zipfile.ZIP_STORED))
    data[data.index(b"jardin")] ^= 1
    return bytes(data)


CASES: list[Case] = [
    refused("zip de zéro octet", "a.zip", b"", "corrupt"),
    refused("zip coupé", "a.zip", GOOD[:-30], "corrupt"),
    refused("zip sans membre", "a.zip", zipped({}), "empty"),
    refused("zip de dossiers vides", "a.zip", zipped({"a/": "", "b/": ""}), "empty"),
    refused("texte nommé zip", "a.zip", SENTENCE.encode(), "corrupt"),
    refused("un Word nommé zip", "a.zip", lambda: docx(paragraph(SENTENCE)), "wrong-name"),
    refused("10 001 entrées", "a.zip", lambda: crowded(10_001), "zip-entries"),
    refused("200 000 entrées", "a.zip", lambda: crowded(200_000), "zip-entries"),
    refused("20 Go annoncés", "a.zip", resized(GOOD, 0xFFFFFFF0), "zip-bomb"),
    refused("entrées qui se recouvrent", "a.zip", lambda: overlapping(2_000, 1_000_000), "zip-bomb"),
    archive(
        "entrées qui se recouvrent, sans trop annoncer",
        lambda: overlapping(2, 1_000),
        {"00000": "!unknown-format", "00001": "!unknown-format"},
    ),
    archive(
        "une bombe",
        lambda: zipped({"a.txt": bytes(30_000_000), "b.txt": SENTENCE}),
        {"a.txt": "!zip-bomb", "b.txt": "!zip-bomb"},
    ),
    archive(
        "des bombes dans un zip",
        lambda: bombs_within(8),
        {f"{n}.zip/a.txt": "!zip-bomb" if n else "jardin " * 900_000 for n in range(8)},
    ),
    archive("trop d'emboîtements", nested(2), {"b.zip/b.zip": "!zip-depth"}),
    archive("un zip dans un zip", nested(1), {"b.zip/a.txt": SENTENCE}),
    archive("taille moindre que la vraie", resized(zipped({"a.txt": SENTENCE * 500}), 10), {"a.txt": "!corrupt"}),
    archive("somme de contrôle fausse", wrong_sum(), {"a.txt": "!corrupt"}),
    archive("mot de passe", locked(GOOD), {"a.txt": "!encrypted"}),
    archive("compression bzip2", zipped({"a.txt": bytes(1_000_000)}, zipfile.ZIP_BZIP2), {"a.txt": "!zip-method"}),
    archive("compression LZMA", zipped({"a.txt": bytes(1_000_000)}, zipfile.ZIP_LZMA), {"a.txt": "!zip-method"}),
    archive(
        "chemin qui remonte",
        zipped({"../../evil.txt": SENTENCE, "b.txt": SENTENCE}),
        {"../../evil.txt": "!zip-path", "b.txt": SENTENCE},
    ),
    archive(
        "chemin absolu",
        zipped({"/etc/evil.txt": SENTENCE, "b.txt": SENTENCE}),
        {"/etc/evil.txt": "!zip-path", "b.txt": SENTENCE},
    ),
    archive("chemin de Windows", zipped({"C:\\evil.txt": SENTENCE}), {"C:/evil.txt": "!zip-path"}),
    archive("un lien", linked("a.txt", "/etc/passwd"), {"a.txt": "!zip-link"}),
    archive("noms à sauts de ligne", zipped({"a\nb.txt": SENTENCE}), {"a\nb.txt": SENTENCE}),
    archive(
        "nom à balises",
        zipped({"<script>alert(1)<\\script>.txt": SENTENCE}),
        {"<script>alert(1)</script>.txt": SENTENCE},
    ),
    archive("précédé d'un programme", b"MZ" + bytes(500) + GOOD, {"a.txt": SENTENCE}),
    archive("suivi d'un commentaire", GOOD[:-2] + (5).to_bytes(2, "little") + b"salut", {"a.txt": SENTENCE}),
]
