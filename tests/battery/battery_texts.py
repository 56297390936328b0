"""Plain text and Markdown: encodings, damage, lengths, headers, and files that are something else."""

from __future__ import annotations

from battery_builders import COMPOUND, SENTENCE, docx, one_page, paragraph, pdf, stream, zipped
from battery_cases import Case, read, refused, warned

FRENCH = "L’été à Liège : où l’œuvre coûte 3 €, l’élève espère déjà."
PLAIN = "L'été à Liège, l'élève espère déjà une forêt où l'âge ne compte pas."
ARABIC = "ابتكار اجتماعي \u200fفي الحي"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20

CASES: list[Case] = [
    refused("zéro octet", "a.txt", b"", "empty"),
    refused("des espaces", "a.txt", b" \r\n\t \n", "empty"),
    refused("de la ponctuation", "a.txt", "… !!! — «»".encode(), "empty"),
    read("UTF-8", "a.txt", FRENCH.encode(), FRENCH),
    read("UTF-8 et sa marque", "a.txt", FRENCH.encode("utf-8-sig"), FRENCH),
    read("UTF-16 et sa marque", "a.txt", FRENCH.encode("utf-16"), FRENCH),
    read("UTF-16 gros-boutiste", "a.txt", b"\xfe\xff" + FRENCH.encode("utf-16-be"), FRENCH),
    read("UTF-32", "a.txt", FRENCH.encode("utf-32"), FRENCH),
    warned("UTF-16 sans marque", "a.txt", FRENCH.encode("utf-16-le"), text=FRENCH, says="UTF-16"),
    warned("Windows-1252", "a.txt", FRENCH.encode("cp1252"), text=FRENCH, says="Windows-1252"),
    warned(
        "Latin-9",
        "a.txt",
        f"{PLAIN} Son cœur, une œuvre.".encode("iso8859-15"),
        text=f"{PLAIN} Son cœur, une œuvre.",
        says="Latin-9",
    ),
    warned("MacRoman", "a.txt", PLAIN.encode("mac_roman"), text=PLAIN, says="MacRoman"),
    warned("DOS 850", "a.txt", PLAIN.encode("cp850"), text=PLAIN, says="DOS 850"),
    warned(
        "deux encodages mêlés",
        "a.txt",
        (FRENCH * 5).encode() + "déjà".encode("cp1252"),
        text=FRENCH * 5 + "déjà",
        says="2 octet(s)",
    ),
    warned("encodé deux fois", "a.txt", "L'Ã©tÃ© dÃ©jÃ\xa0".encode(), text="L'été déjà", says="deux fois"),
    warned(
        "quelques octets nuls",
        "a.txt",
        ("a" * 300 + "\0" + FRENCH).encode(),
        text="a" * 300 + FRENCH,
        says="1 caractère(s) nul(s)",
    ),
    refused("des zéros", "a.txt", bytes(1_000_000), "binary", "empty"),
    refused("une image nommée texte", "a.txt", PNG, "binary"),
    refused("un programme nommé texte", "a.txt", b"MZ\x90\0\3\0\0\0\4\0\0\0" + bytes(range(256)) * 8, "binary"),
    refused("UTF-16 coupé au milieu d'un caractère", "a.txt", FRENCH.encode("utf-16")[:-1], "binary"),
    warned("UTF-8 coupé au milieu d'un caractère", "a.txt", (FRENCH + "é").encode()[:-1], says="octet"),
    read("fins de ligne Mac", "a.txt", b"Un jardin.\rDeux jardins.", "Un jardin.\rDeux jardins."),
    read("droite à gauche", "a.txt", ARABIC.encode(), ARABIC),
    read("émojis composés", "a.txt", "Un 👩🏽‍🌾 et un 🇧🇪 au jardin".encode(), "Un 👩🏽‍🌾 et un 🇧🇪 au jardin"),
    read("accents décomposés", "a.txt", "e\u0301te\u0301".encode(), "e\u0301te\u0301"),
    read("accents empilés", "a.txt", ("a" + "\u0301" * 5_000).encode(), "a" + "\u0301" * 5_000),
    read("séquences de terminal", "a.txt", b"Un \x1b[31mjardin\x1b[0m\x07.", "Un \x1b[31mjardin\x1b[0m\x07."),
    read(
        "séparateurs d'Unicode",
        "a.txt",
        "Un\u2028deux\u2029trois\x0bquatre\x0c".encode(),
        "Un\u2028deux\u2029trois\x0bquatre\x0c",
    ),
    read("100 000 lignes vides", "a.txt", b"\n" * 100_000 + b"Fin.", "\n" * 100_000 + "Fin."),
    read("une ligne de 10 Mo", "a.txt", lambda: b"jardin " * 1_430_000, "jardin " * 1_430_000),
    refused("21 millions de caractères", "a.txt", lambda: b"jardins " * 2_625_000, "too-long"),
    refused("101 Mo", "a.txt", lambda: bytes(101_000_000), "too-large"),
    warned(
        "renvois YAML qui enflent",
        "a.md",
        b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\nUn jardin.",
        text="Un jardin.",
        says="renvois",
    ),
    warned(
        "objet Python en YAML",
        "a.txt",
        b"---\na: !!python/object/apply:os.system [exit]\n---\nUn jardin.",
        text="Un jardin.",
        says="illisible",
    ),
    warned("YAML imbriqué", "a.txt", b"---\na: " + b"[" * 5_000 + b"\n---\nUn jardin.", text="Un jardin.", says="YAML"),
    read("citations imbriquées", "a.md", b"> " * 15 + b"Un jardin.", "Un jardin."),
    read("crochets ouverts", "a.md", b"[" * 20_000 + b" Un jardin.", "[" * 20_000 + " Un jardin."),
    read("étoiles ouvertes", "a.md", b"*a **b " * 2_000 + b"fin", ("*a **b " * 2_000 + "fin")),
    read("un commentaire fermé", "a.md", b"<!-- x -->\n\nUn jardin.", "Un jardin."),
    read("un script", "a.md", b"Un jardin.\n\n<script>alert(1)</script>", "Un jardin."),
    warned(
        "signes de Markdown en entités",
        "a.md",
        b"&lt;!-- Un jardin --&gt; et &#42;deux&#42; caf&eacute;s &amp;lt;\n",
        text="<!-- Un jardin --> et *deux* cafés &lt;",
        says="6 entité(s)",
    ),
    refused("rien qu'un commentaire", "a.md", b"<!-- x -->", "empty"),
    warned("un Word nommé texte", "a.txt", lambda: docx(paragraph(SENTENCE)), text=SENTENCE, says="docx"),
    warned(
        "un PDF nommé texte",
        "a.txt",
        lambda: one_page(stream(b"BT /F1 12 Tf 72 720 Td (Un jardin) Tj ET")),
        text="Un jardin",
        says="pdf",
    ),
    warned("un RTF nommé Word", "a.doc", rb"{\rtf1 Un jardin}", text="Un jardin", says="rtf"),
    warned("une page nommée Word", "a.doc", b"<html><p>Un jardin", text="Un jardin", says="html"),
    refused("un texte nommé Word", "a.docx", SENTENCE.encode(), "corrupt"),
    refused("un texte nommé PDF", "a.pdf", SENTENCE.encode(), "corrupt"),
    refused("une image nommée Word", "a.docx", PNG, "corrupt"),
    refused("une archive nommée Word", "a.docx", lambda: zipped({"a.txt": SENTENCE}), "corrupt"),
    refused(
        "une présentation nommée Word", "a.docx", lambda: zipped({"ppt/presentation.xml": "<a/>"}), "unknown-format"
    ),
    refused(
        "un message Outlook nommé Word",
        "a.doc",
        COMPOUND + "__substg1.0_".encode("utf-16-le") + bytes(600),
        "unknown-format",
    ),
    refused("un texte nommé vieux Word", "a.doc", SENTENCE.encode(), "corrupt"),
    refused("sans extension", "LETTRE", SENTENCE.encode(), "unknown-format"),
    refused("double extension", "lettre.txt.exe", b"MZ" + bytes(500), "unknown-format"),
    read("extension en capitales", "LETTRE.TXT", SENTENCE.encode(), SENTENCE),
    refused("un PDF sans objets", "a.pdf", pdf([]), "corrupt"),
]
