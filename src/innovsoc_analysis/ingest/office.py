"""Old Word documents, through LibreOffice where it is installed: in a profile of its own, macros and links off."""

from __future__ import annotations

from dataclasses import replace

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.files import atomic_write, read_file
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.safe.tools import find_program, private_folder, run_program

_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
# it reserves far more memory than it uses
_MEMORY_BYTES = 6_000_000_000
_SECONDS = 120
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_SETTINGS = {
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent"): "true",
    ("org.openoffice.Office.Writer/Content/Update", "Link"): "0",
    ("org.openoffice.Office.Common/Misc", "FirstRun"): "false",
}
_MISSING = (
    "l'ancien format Word (.doc) se lit avec LibreOffice, qui n'est pas installé ; "
    "installez LibreOffice, ou réenregistrez le fichier en .docx depuis Word."
)


def find_libreoffice() -> str | None:
    """Return the path of LibreOffice, if it is installed.

    Examples
    --------
    >>> find_libreoffice() is None or "office" in find_libreoffice()
    True
    """
    return find_program(*_PROGRAMS)


def to_docx(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return an old binary Word document as a new one.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits
        Bounds on what comes out of the conversion; the conversion itself may take two minutes.

    Returns
    -------
    bytes
        As untrusted as what it was made of.

    Raises
    ------
    RefusedFileError
        ``"needs-libreoffice"`` if LibreOffice is not installed; ``"corrupt"`` if the file is no Word document or
        LibreOffice cannot read it.
    """
    if not data.startswith(_COMPOUND_FILE):
        raise RefusedFileError("corrupt", "ce n'est pas un document Word (.doc) ; réenregistrez-le depuis Word.")
    program = find_libreoffice()
    if program is None:
        raise RefusedFileError("needs-libreoffice", _MISSING)
    with private_folder() as folder:
        atomic_write(folder / "document.doc", data)
        atomic_write(folder / "profile" / "user" / "registrymodifications.xcu", _settings().encode())
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--invisible", "--nologo", "--norestore", "--nolockcheck", "--nodefault"),
            *("--infilter=MS Word 97", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out")),
            str(folder / "document.doc"),
        ]
        # HOME: nothing of the user's is read or written
        bounds = replace(
            limits, seconds=max(_SECONDS, limits.seconds), memory_bytes=max(_MEMORY_BYTES, limits.memory_bytes)
        )
        run_program(command, limits=bounds, environment={"HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"})
        try:
            return read_file(folder / "out" / "document.docx", limits=limits)
        except RefusedFileError as error:
            if error.code != "unreadable":
                raise
            reason = "LibreOffice n'a pas pu lire ce document Word (endommagé ou protégé) ; réenregistrez-le en .docx."
            raise RefusedFileError("corrupt", reason) from None


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SETTINGS.items()
    )
    spaces = (
        'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items {spaces}>{items}</oor:items>'
