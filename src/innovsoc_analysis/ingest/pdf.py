"""PDF: the text layer, page by page. Runs in a process of its own, for PDFium is native code."""

from __future__ import annotations

from innovsoc_analysis.model.documents import Place, RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

_SIGNATURE_WITHIN = 1024
# what PDFium gives for a hyphen at the end of a line and the break after it
_HYPHEN_AND_BREAK = "\x02"


def read_pages(data: bytes, *, max_pages: int) -> dict[str, object]:
    """Return ``{"title": str, "pages": [str, …]}``; called in the worker.

    Raises
    ------
    RefusedFileError
        If the PDF is damaged, protected, too long, or has no text layer.
    """
    import pypdfium2 as pdfium

    if b"%PDF" not in data[:_SIGNATURE_WITHIN]:
        raise RefusedFileError("corrupt", "ce n'est pas un PDF ; redemandez-en une copie.")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise RefusedFileError("encrypted", "le PDF est protégé par un mot de passe ; retirez-le.") from None
        raise RefusedFileError("corrupt", "le PDF est endommagé ou incomplet ; redemandez-en une copie.") from None
    if len(document) > max_pages:
        raise RefusedFileError("too-long", f"le PDF dépasse {max_pages} pages ; découpez-le.")
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    if not any(page.strip() for page in pages):
        raise RefusedFileError(
            "scanned", "numérisé, OCR requis : le PDF n'a pas de texte ; passez-le à la reconnaissance de caractères."
        )
    return {"title": document.get_metadata_value("Title"), "pages": pages}


def assemble_pages(answer: dict[str, object]) -> list[RawDocument]:
    """Return the document made of the worker's `answer`, with one place per page."""
    pages = [str(page) for page in answer["pages"]] if isinstance(answer["pages"], list) else []
    texts = [page.replace("\r\n", "\n").replace(_HYPHEN_AND_BREAK, "-\n").strip("\n") for page in pages]
    places, position = [], 0
    for number, text in enumerate(texts, start=1):
        places.append(Place(position, position + len(text), page=number))
        position += len(text) + 1
    empty = sum(not text.strip() for text in texts)
    warnings = (f"{empty} page(s) sans texte, peut-être numérisée(s)",) if empty else ()
    title = str(answer["title"]).strip() or None
    return [RawDocument("\n".join(texts), title=title, places=tuple(places), wrapped=True, warnings=warnings)]
