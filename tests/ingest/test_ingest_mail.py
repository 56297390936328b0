"""Messages and saved pages: their text; who wrote and received is not kept, what is attached is told."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from innovsoc_analysis.ingest.html import documents_from_page, read_html
from innovsoc_analysis.ingest.mail import read_eml, read_mhtml
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError


def page(data: bytes) -> list[RawDocument]:
    return documents_from_page(read_html(data))


def read(message: EmailMessage | bytes) -> RawDocument:
    (document,) = read_eml(message if isinstance(message, bytes) else message.as_bytes(), read_page=page)
    return document


def letter(text: str = "Bonjour,\n\nL’été à Liège.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Ana Duriez <ana@exemple.be>", "luc@exemple.be"
    message["Subject"], message["Date"] = "Réunion d’été", "Mon, 03 May 2021 10:00:00 +0200"
    message.set_content(text)
    return message


def test_a_message_gives_text_subject_and_date_and_no_person() -> None:
    document = read(letter())
    assert document.text == "Bonjour,\n\nL’été à Liège."
    assert document.title == "Réunion d’été"
    assert document.meta == {"date": "2021-05-03", "objet": "Réunion d’été"}
    assert document.warnings == ()


def test_the_same_text_in_html_is_not_read_twice() -> None:
    message = letter()
    message.add_alternative("<p>Bonjour, <b>en HTML</b></p>", subtype="html")
    assert read(message).text == "Bonjour,\n\nL’été à Liège."


def test_html_is_read_where_there_is_nothing_else() -> None:
    message = letter("")
    message.add_alternative("<html><style>p{}</style><p>L’été<br>là</p></html>", subtype="html")
    assert read(message).text == "L’été\nlà"
    alone = EmailMessage()
    alone["Subject"] = "x"
    alone.set_content("<p>Seul</p>", subtype="html")
    assert read(alone).text == "Seul"


def test_attached_files_are_named_and_pictures_within_the_text_are_not() -> None:
    message = letter()
    message.add_attachment("note", filename="note.txt")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="compte rendu.pdf")
    message.add_attachment(letter())
    document = read(message)
    assert document.text == "Bonjour,\n\nL’été à Liège."
    assert document.warnings == (
        "3 pièce(s) jointe(s) non lue(s), à enregistrer à part : note.txt, compte rendu.pdf, message joint",
    )


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        ("Content-Type: text/plain; charset=iso-8859-1", "été", "été"),
        ("Content-Type: text/plain; charset=inconnu", "été à Liège", "été à Liège"),
        ("Content-Type: text/plain", "été à Liège", "été à Liège"),
    ],
)
def test_letters_survive_what_the_message_says_of_them(head: str, body: str, text: str) -> None:
    assert read(f"Subject: x\r\n{head}\r\n\r\n{body}".encode("cp1252")).text == text


@pytest.mark.parametrize("data", [b"un texte sans en-tete", b"Note : a\n\ntexte"])
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read(data)
    assert caught.value.code == "corrupt"


def test_a_message_of_countless_parts_is_refused() -> None:
    message = letter()
    for _ in range(1_001):
        message.add_attachment("x", filename="x.txt")
    with pytest.raises(RefusedFileError) as caught:
        read(message)
    assert caught.value.code == "too-long"


def test_a_saved_page_is_read_like_a_page() -> None:
    saved = EmailMessage()
    saved["Subject"] = "Page"
    saved.set_content("<html lang='fr'><title>Le lieu</title><p>L’été à Liège</p></html>", subtype="html")
    saved.add_related(b"\x89PNG", maintype="image", subtype="png", cid="a")
    (document,) = read_mhtml(saved.as_bytes(), read_page=page)
    assert (document.text, document.title, document.meta) == ("L’été à Liège", "Le lieu", {"langue": "fr"})
    with pytest.raises(RefusedFileError) as caught:
        read_mhtml(letter().as_bytes(), read_page=page)
    assert caught.value.code == "corrupt"
