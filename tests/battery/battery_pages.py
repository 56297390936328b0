"""Web pages, messages, books: scripts, depth, entities, attachments, locks."""

from __future__ import annotations

from battery_builders import SENTENCE, epub, zipped
from battery_cases import Case, read, refused, warned

HEAD = b"From: a@example.org\nSubject: Le jardin\nMIME-Version: 1.0\n"
CHAPTER = f"<html><body><p>{SENTENCE}</p></body></html>"
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><html><p>Un jardin &b;.</p></html>"
DRM = '<encryption><CipherReference URI="a.xhtml"/></encryption>'


def page(body: str) -> bytes:
    return f"<!doctype html><meta charset=utf-8><title>t</title><body>{body}".encode()


def parts(count: int) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * count + b"--b--\n"


def multiparts(depth: int) -> bytes:
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return HEAD + opened + b"Content-Type: text/plain\n\nFond.\n"


ATTACHED = (
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nUn jardin.\n"
    b'--b\nContent-Type: application/zip\nContent-Disposition: attachment; filename="../../evil.zip"\n\nPK\n--b--\n'
)

CASES: list[Case] = [
    refused("page vide", "a.html", b"<html></html>", "empty"),
    refused("page de zéro octet", "a.html", b"", "empty"),
    refused("rien qu'un script", "a.html", page("<script>var jardin</script>"), "empty"),
    read(
        "un script et un gestionnaire",
        "a.html",
        page("<p onclick=alert(1)>Un jardin.</p><script>alert(1)</script><svg onload=alert(1)>x</svg>"),
        "Un jardin.",
    ),
    read(
        "ce qui viendrait du réseau",
        "a.html",
        page(
            "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><img src=http://127.0.0.1:9/a.png><iframe src=http://127.0.0.1:9/></iframe><p>Un jardin.</p>"
        ),
        "Un jardin.",
    ),
    read(
        "300 boîtes emboîtées", "a.html", page("<div>" * 300 + "Fond." + "</div>" * 300 + "Après."), "Fond.\n\nAprès."
    ),
    refused(
        "100 000 boîtes emboîtées",
        "a.html",
        lambda: page("<div>" * 100_000 + "Fond."),
        "html-depth",
        "crash",
        "timeout",
        "memory",
    ),
    read("entités d'une page", "a.html", LAUGHS.encode(), "]>\n\nUn jardin &b;."),
    read(
        "5 000 attributs",
        "a.html",
        lambda: page("<p " + " ".join(f"a{n}=1" for n in range(5_000)) + ">Un jardin."),
        "Un jardin.",
    ),
    read(
        "un menu qui dit un mot du texte",
        "a.html",
        page(
            "<nav><ul><li><a href=/c>Contact</a></ul></nav><main><article><p>"
            + "Un jardin partagé ouvre ses portes aux familles du quartier, qui y sèment et y récoltent. " * 4
            + "<p>Contact<p>"
            + "Les bénévoles répondent le mardi et le jeudi, et le samedi au marché de la place. " * 4
            + "</article></main>"
        ),
        ("Un jardin partagé ouvre ses portes aux familles du quartier, qui y sèment et y récoltent. " * 4).strip()
        + "\n\nContact\n\n"
        + ("Les bénévoles répondent le mardi et le jeudi, et le samedi au marché de la place. " * 4).strip(),
    ),
    read("un commentaire ouvert", "a.html", page("<p>Un jardin.</p><!-- jamais fermé"), "Un jardin."),
    read("un octet nul", "a.html", page("<p>Un\0 jardin.</p>"), "Un jardin."),
    read("texte caché", "a.html", page("<p>Un jardin.</p><p style='display:none'>caché</p>"), "Un jardin."),
    read("encodage menteur", "a.html", "<html><meta charset=iso-8859-1><p>Été déjà</p>".encode(), "Été déjà"),
    read("encodage inconnu", "a.html", "<html><meta charset=x-klingon><p>Été déjà</p>".encode(), "Été déjà"),
    refused("ce n'est pas un message", "a.eml", b"Un jardin.", "corrupt"),
    read("message", "a.eml", HEAD + b"\nUn jardin.\n", "Un jardin."),
    refused("2 000 parties", "a.eml", parts(2_000), "too-long"),
    read("100 parties emboîtées", "a.eml", multiparts(100), "Fond."),
    refused("3 000 parties emboîtées", "a.eml", multiparts(3_000), "crash", "too-long", "empty"),
    warned("pièce jointe au chemin piégé", "a.eml", HEAD + ATTACHED, text="Un jardin.", says="1 pièce(s) jointe(s)"),
    warned(
        "encodage inconnu d'un message",
        "a.eml",
        HEAD + b"Content-Type: text/plain; charset=x-klingon\n\n" + "Un été déjà à Liège".encode("cp1252"),
        text="Un été déjà à Liège",
        says="Windows-1252",
    ),
    read(
        "nom d'encodage à octet nul",
        "a.eml",
        HEAD + b"Content-Type: text/plain; charset=utf-8\0\n\nUn jardin.\n",
        "Un jardin.",
    ),
    refused("base 64 abîmée", "a.eml", HEAD + b"Content-Transfer-Encoding: base64\n\n$$$$\n", "empty"),
    read("en-têtes sans fin", "a.eml", HEAD + b"X: " + b" a\n" * 50_000 + b"\nUn jardin.\n", "Un jardin."),
    refused(
        "page enregistrée sans page",
        "a.mhtml",
        HEAD + b"Content-Type: multipart/related; boundary=b\n\n--b\n\nx\n--b--",
        "corrupt",
    ),
    read("livre", "a.epub", epub(CHAPTER), SENTENCE),
    refused("livre verrouillé", "a.epub", epub(CHAPTER, more={"META-INF/encryption.xml": DRM}), "encrypted"),
    refused("livre au chapitre hors du livre", "a.epub", epub(CHAPTER, href="../../../etc/passwd"), "empty"),
    refused("livre : entités", "a.epub", epub(CHAPTER, head=XXE), "xml-entities"),
    refused("livre bombe", "a.epub", lambda: epub(b"<p>" + b" " * 30_000_000), "zip-bomb"),
    refused("livre sans sommaire", "a.epub", zipped({"mimetype": "application/epub+zip"}), "corrupt"),
]
