"""Word, OpenDocument and RTF: entities, depth, revisions, notes, boxes, passwords, damage."""

from __future__ import annotations

from battery_builders import SENTENCE, STRICT, W, docx, encrypted_office, odt, paragraph, zipped
from battery_cases import Case, read, refused, warned

XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>'
MIXED = (
    paragraph("Un.")
    + "<w:p><w:ins><w:r><w:t>ajouté</w:t></w:r></w:ins><w:del><w:r><w:delText>ôté</w:delText></w:r></w:del></w:p>"
    + "<w:tbl><w:tr><w:tc>"
    + paragraph("case 1")
    + "</w:tc><w:tc><w:tbl><w:tr><w:tc>"
    + paragraph("case 2")
    + "</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    + "<w:p><w:r><w:txbxContent>"
    + paragraph("boîte")
    + "</w:txbxContent></w:r></w:p>"
    + '<w:p><w:r><w:t>appel</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
)
NOTES = f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator">{paragraph("trait")}</w:footnote><w:footnote>{paragraph("note")}</w:footnote></w:footnotes>'
NETWORK = '<Relationships><Relationship Id="r1" Type="t" Target="http://127.0.0.1:9/modele.dotm" TargetMode="External"/></Relationships>'
WORD = docx(paragraph(SENTENCE))


def deep(depth: int) -> str:
    return "<w:sdt>" * depth + paragraph("Fond.") + "</w:sdt>" * depth


CASES: list[Case] = [
    refused("Word coupé", "a.docx", WORD[: len(WORD) // 2], "corrupt"),
    refused("Word sans texte", "a.docx", docx(""), "empty"),
    refused("Word sans document", "a.docx", zipped({"word/styles.xml": "<a/>"}), "corrupt"),
    refused("Word au XML cassé", "a.docx", docx("<w:p>"), "corrupt"),
    refused("Word au caractère interdit", "a.docx", docx(paragraph("a\x01b")), "corrupt"),
    refused("Word sous mot de passe", "a.docx", encrypted_office(), "encrypted"),
    refused("Word : fichier inclus par une entité", "a.docx", docx(paragraph("&e;"), head=XXE), "xml-entities"),
    refused("Word : DTD distante", "a.docx", docx(paragraph("a"), head=REMOTE), "xml-entities"),
    refused("Word : mille milliards de rires", "a.docx", docx(paragraph("&j;"), head=LAUGHS), "xml-entities"),
    refused("Word : enflement quadratique", "a.docx", docx(paragraph("&a;" * 20_000), head=QUADRATIC), "xml-entities"),
    refused(
        "Word : entité dans les notes",
        "a.docx",
        docx(paragraph("a"), more={"word/footnotes.xml": XXE + NOTES}),
        "xml-entities",
    ),
    refused("Word imbriqué 300 fois", "a.docx", docx(deep(300)), "xml-depth"),
    refused("Word imbriqué 100 000 fois", "a.docx", lambda: docx(deep(100_000)), "xml-depth"),
    read("Word imbriqué 200 fois", "a.docx", docx(deep(200)), "Fond."),
    refused("Word : 30 Mo d'espaces", "a.docx", lambda: docx(paragraph(" " * 30_000_000)), "zip-bomb"),
    read(
        "Word : une image bombe n'est pas dépliée",
        "a.docx",
        lambda: docx(paragraph(SENTENCE), more={"word/media/a.png": bytes(30_000_000)}),
        SENTENCE,
    ),
    read(
        "Word : révisions, tableaux, boîte, note",
        "a.docx",
        docx(MIXED, more={"word/footnotes.xml": NOTES}),
        "Un.\n\najouté\n\ncase 1\n\ncase 2\n\nboîte\n\nappel\n\nnote",
    ),
    read("Word strict", "a.docx", docx(paragraph(SENTENCE), space=STRICT), SENTENCE),
    read("Word à macros", "a.docm", docx(paragraph(SENTENCE), more={"word/vbaProject.bin": b"Shell calc"}), SENTENCE),
    read(
        "Word au modèle distant",
        "a.docx",
        docx(paragraph(SENTENCE), more={"word/_rels/document.xml.rels": NETWORK}),
        SENTENCE,
    ),
    read(
        "Word : texte de droite à gauche", "a.docx", docx(paragraph("\u200fحي\u200e jardin")), "\u200fحي\u200e jardin"
    ),
    warned(
        "Word : morceau importé",
        "a.docx",
        docx(paragraph(SENTENCE) + '<w:altChunk r:id="x" xmlns:r="r"/>'),
        text=SENTENCE,
        says="morceau(x)",
    ),
    refused("OpenDocument coupé", "a.odt", odt("<text:p>Un.</text:p>")[:200], "corrupt"),
    refused("OpenDocument : entités", "a.odt", odt("<text:p>&e;</text:p>", head=XXE), "xml-entities"),
    refused("OpenDocument plat : rires", "a.fodt", f"{LAUGHS}<a>&j;</a>".encode(), "xml-entities"),
    refused(
        "OpenDocument sous mot de passe",
        "a.odt",
        odt(
            "",
            more={
                "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:manifest>'
            },
        ),
        "encrypted",
    ),
    warned(
        "OpenDocument : section masquée",
        "a.odt",
        odt('<text:p>Un.</text:p><text:section text:display="none"><text:p>x</text:p></text:section>'),
        text="Un.",
        says="masquée",
    ),
    read(
        "OpenDocument : révisions et note",
        "a.odt",
        odt(
            "<text:tracked-changes><text:p>ôté</text:p></text:tracked-changes><text:p>Un<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>.</text:p>"
        ),
        "Un.\n\nnote",
    ),
    refused(
        "OpenDocument imbriqué 5 000 fois", "a.odt", odt("<text:list>" * 5_000 + "</text:list>" * 5_000), "xml-depth"
    ),
    refused("RTF vide", "a.rtf", b"{\\rtf1}", "empty"),
    refused("RTF imbriqué 20 000 fois", "a.rtf", b"{\\rtf1 " + b"{" * 20_000 + b"a", "rtf-depth"),
    warned("RTF coupé", "a.rtf", b"{\\rtf1 Un jardin", text="Un jardin", says="incomplet"),
    read(
        "RTF : un objet et un lien",
        "a.rtf",
        rb"{\rtf1 Un jardin{\object{\*\objdata 4d5a90}}{\*\template http://127.0.0.1:9/a.dot}}",
        "Un jardin",
    ),
    warned(
        "RTF : binaire sans fin", "a.rtf", rb"{\rtf1 Un jardin\bin999999999 abc}", text="Un jardin", says="incomplet"
    ),
    read(
        "RTF : codes hors d'Unicode",
        "a.rtf",
        rb"{\rtf1 Un \u99999999?\u-1?jardin}",
        "Un \u9f7f\uffffjardin".replace("\u9f7f", chr(99999999 % 0x10000)),
    ),
    refused("RTF qui n'en est pas", "a.rtf", b"Un jardin", "corrupt"),
]
