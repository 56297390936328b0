"""Why the system refuses, in French: its own sentences are in the language of the machine."""

from __future__ import annotations

import errno

_REASONS = {
    "EACCES": "accès refusé",
    "EBUSY": "un autre programme s'en sert",
    "EDQUOT": "votre quota de disque est atteint",
    "EEXIST": "un fichier porte ce nom",
    "EFBIG": "fichier trop grand pour ce disque",
    "EILSEQ": "nom que ce disque ne prend pas",
    "EINVAL": "le disque ne prend pas cette opération",
    "EIO": "le disque ne répond pas",
    "EISDIR": "un dossier porte ce nom",
    "ELOOP": "liens qui tournent en rond",
    "EMFILE": "trop de fichiers ouverts à la fois",
    "ENAMETOOLONG": "nom trop long",
    "ENFILE": "trop de fichiers ouverts à la fois",
    "ENODEV": "le disque n'est plus là",
    "ENOENT": "introuvable",
    "ENOMEM": "plus assez de mémoire",
    "ENOSPC": "disque plein",
    "ENOTDIR": "un fichier porte le nom d'un dossier",
    "ENOTEMPTY": "le dossier n'est pas vide",
    "ENXIO": "ce n'est pas un fichier ordinaire",
    "EPERM": "opération interdite",
    "EROFS": "dossier en lecture seule",
    "ESTALE": "le disque partagé ne répond plus",
    "ETIMEDOUT": "le disque partagé ne répond plus",
    "ETXTBSY": "un autre programme s'en sert",
}


def reason_of(error: OSError) -> str:
    """Return in a few French words why the system has refused.

    Parameters
    ----------
    error : OSError
        What it has raised.

    Examples
    --------
    >>> reason_of(PermissionError(errno.EPERM, "Operation not permitted"))
    'opération interdite'
    >>> reason_of(OSError(9999, "Something else"))
    'erreur 9999 du système'
    """
    # not every system knows every name
    number = error.errno or 0
    told = _REASONS.get(errno.errorcode.get(number, ""))
    return told or (f"erreur {number} du système" if number else "erreur du système")
