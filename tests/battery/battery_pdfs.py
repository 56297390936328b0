"""PDF: damage, loops, bombs, layouts."""

from __future__ import annotations

from battery_builders import FONT, lines_at, one_page, pdf, stream
from battery_cases import Case, Expected, read, refused, warned

TEXT = stream(b"BT /F1 12 Tf 72 720 Td (Un jardin) Tj ET")
GOOD = one_page(TEXT)
COLUMNS = lines_at(
    *[(72, 720 - 14 * n, f"gauche {n} du texte en colonne") for n in range(6)],
    *[(320, 720 - 14 * n, f"droite {n} du texte en colonne") for n in range(6)],
)
ROWS = lines_at(
    *[
        place
        for n in range(6)
        for place in (
            (72, 720 - 14 * n, f"gauche {n} du texte en colonne"),
            (320, 720 - 14 * n, f"droite {n} du texte en colonne"),
        )
    ]
)
IN_ORDER = "\n".join(
    [f"gauche {n} du texte en colonne" for n in range(6)] + [f"droite {n} du texte en colonne" for n in range(6)]
)
LIGATURES = (
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R/Encoding<</Differences[1/fi]>>>>",
    stream(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <01> <FB01> endbfchar endcmap end"
    ),
)
NOTE = "notes de bas de page placées après le texte : p. 1"
RUNNING = "en-têtes ou pieds de page répétés, laissés de côté : p. 1-3"
LOCK = b"/Encrypt 6 0 R/ID[<00><00>]"


def locked() -> bytes:
    lock = b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>"
    return one_page(TEXT, more=[lock]).replace(b"/Root 1 0 R", b"/Root 1 0 R" + LOCK)


def tree(kids: bytes, count: int) -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)])


def pages_of(*drawings: bytes) -> bytes:
    """Return a PDF of these pages."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(drawings)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(drawings), kids), FONT]
    for number, drawing in enumerate(drawings):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        objects += [page % (5 + 2 * number), stream(drawing)]
    return pdf(objects)


def with_note(number: int) -> bytes:
    """Return the drawing of a page with a raised mark and a footnote in smaller type."""
    raised = b"BT /F1 6 Tf 1 0 0 1 137 704 Tm (%d) Tj ET\n" % number
    note = b"BT /F1 8 Tf 1 0 0 1 72 60 Tm (%d Voir le plan.) Tj ET\n" % number
    return lines_at((72, 714, "Un jardin et"), (72, 700, "Le jardin est")) + raised + note


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * count,
        ]
    )


CASES: list[Case] = [
    refused("PDF de zéro octet", "a.pdf", b"", "empty"),
    refused("PDF : une signature et rien", "a.pdf", b"%PDF-1.7\n", "corrupt"),
    refused("PDF coupé", "a.pdf", GOOD[:100], "corrupt"),
    refused("PDF sous mot de passe", "a.pdf", locked(), "encrypted"),
    refused("PDF sans page", "a.pdf", tree(b"", 0), "corrupt", "empty"),
    refused("PDF : page sans texte", "a.pdf", one_page(stream(b"")), "scanned", "empty"),
    refused("PDF : l'arbre des pages se mord la queue", "a.pdf", tree(b"2 0 R", 3), "corrupt", "scanned", "empty"),
    refused("PDF : 5 001 pages", "a.pdf", lambda: many_pages(5_001), "too-long"),
    read("PDF : table des objets fausse", "a.pdf", GOOD.replace(b"startxref\n", b"startxref\n9"), "Un jardin"),
    read("PDF : octets en trop devant", "a.pdf", b"\n" * 100 + GOOD, "Un jardin"),
    read(
        "PDF : JavaScript et lancement",
        "a.pdf",
        one_page(TEXT, catalog=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</WC<</S/Launch/F(calc.exe)>>>>"),
        "Un jardin",
    ),
    read(
        "PDF : lien distant et pièce jointe",
        "a.pdf",
        one_page(
            TEXT, page=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://127.0.0.1:9/)>>>>]"
        ),
        "Un jardin",
    ),
    read("PDF : deux colonnes", "a.pdf", one_page(stream(COLUMNS)), IN_ORDER),
    read("PDF : deux colonnes, écrit ligne à ligne", "a.pdf", one_page(stream(ROWS)), IN_ORDER),
    warned(
        "PDF : note de bas de page",
        "a.pdf",
        lambda: pages_of(with_note(1), lines_at((72, 720, "ouvert à qui veut."))),
        text="Un jardin et\nLe jardin est¹\nouvert à qui veut.\n\n\n1 Voir le plan.",
        says=NOTE,
    ),
    warned(
        "PDF : en-tête, pied de page et numéros",
        "a.pdf",
        lambda: pages_of(
            *[
                lines_at(
                    (72, 800, "Le Val"), (72, 720, words), (72, 60, f"Bulletin - {number}"), (300, 20, str(number))
                )
                for number, words in enumerate(("On y sème,", "on y récolte", "et on y rit."), start=1)
            ]
        ),
        text="Le Val\nOn y sème,\non y récolte\net on y rit.",
        says=RUNNING,
    ),
    read("PDF : page tournée", "a.pdf", one_page(TEXT, page=b"/Rotate 90"), "Un jardin"),
    read(
        "PDF : ligature",
        "a.pdf",
        pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
                LIGATURES[0],
                stream(b"BT /F1 12 Tf 72 720 Td (\x01nancer) Tj ET"),
                LIGATURES[1],
            ]
        ),
        "financer",
    ),
    read("PDF : page immense", "a.pdf", GOOD.replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]"), "Un jardin"),
    read(
        "PDF : un dessin qui s'appelle lui-même",
        "a.pdf",
        one_page(
            stream(b"BT /F1 12 Tf 72 720 Td (Un jardin) Tj ET /X Do"),
            resources=b"/XObject<</X 6 0 R>>",
            more=[stream(b"/X Do", more=b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")],
        ),
        "Un jardin",
    ),
    Case(
        "PDF : 60 Mo de blancs repliés",
        {"a.pdf": lambda: one_page(stream(b" " * 60_000_000 + b"BT /F1 12 Tf 72 720 Td (Un jardin) Tj ET"))},
        {"a.pdf": Expected(frozenset({"", "scanned", "memory", "crash", "corrupt"}))},
    ),
    refused("PDF : crochets sans fin", "a.pdf", pdf([b"[" * 100_000, FONT]), "corrupt", "crash"),
]
