"""Classes as files and in a notebook."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from innovsoc_analysis.counting.parts import CODE, SPEAKER
from innovsoc_analysis.ingest.metadata import attribute_label, genre_label
from innovsoc_analysis.lexicometry.classes.drawing import basis_of, percent, units_of
from innovsoc_analysis.lexicometry.classes.places import highlighted, quoted
from innovsoc_analysis.lexicometry.classes.profiles import THRESHOLD
from innovsoc_analysis.pages.typography import grouped
from innovsoc_analysis.safe.sheets import check_sheet_name, save_sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innovsoc_analysis.lexicometry.classes.classes import Classes

PROFILES = {
    "class": ("classe", "Numéro de la classe, dans l'ordre de l'arbre."),
    "word": ("mot", "Lemme, en minuscules."),
    "kind": ("catégorie", "Nom, verbe, mot outil…"),
    "active": ("actif", "« oui » : le mot a fait les classes ; « non » : il les décrit seulement."),
    "n_in_class": ("unités de la classe", "Unités de la classe qui contiennent le mot."),
    "n_in_all": ("unités en tout", "Unités classées qui contiennent le mot."),
    "n_class": ("taille de la classe", "Unités de la classe."),
    "n_units": ("unités classées", "Unités classées, en tout."),
    "share": ("part de la classe", "Part des unités de la classe qui contiennent le mot (de 0 à 1)."),
    "share_of_word": ("part du mot", "Part des unités contenant le mot qui sont dans la classe (de 0 à 1)."),
    "chi2": (
        "χ²",
        (
            "χ² d'association de la classe et du mot, à un degré de liberté, sans correction ; positif : le mot est "
            "plus fréquent dans la classe qu'ailleurs ; négatif : moins."
        ),
    ),
    "p_value": (
        "probabilité",
        "Du χ² ; pour un mot actif elle décrit et ne teste rien : les mots actifs ont fait les classes.",
    ),
    "phi": ("phi", "√(χ²/N), avec le signe du χ² : grandeur de l'association, de -1 à 1."),
    "n_documents": ("documents", "Documents de la classe qui contiennent le mot."),
    "chi2_without": (
        "χ² sans le premier document",
        "χ² si le document de la classe qui contient le plus souvent le mot n'était pas dans le corpus.",
    ),
    "one_document": ("tient à un seul document", "Sans ce document, le mot sortirait du profil."),
}
"""Column of `Classes.table` → French heading and what it says."""
SEGMENTS = {
    "class": ("classe", "Numéro de la classe."),
    "score": ("score absolu", "Somme des χ² des mots du profil que contient l'unité, chacun compté une fois."),
    "relative": ("score relatif", "Moyenne de ces χ² : ne favorise pas les unités longues."),
    "marked": ("segment", "Texte de l'unité ; les mots du profil sont entre **."),
    "words": ("mots du profil", "Ceux que contient l'unité, du plus au moins caractéristique."),
    "title": ("titre", "Du document."),
    "source": ("fichier", "Du document."),
    "speaker": ("locuteur·rice", "Qui parle dans l'unité."),
    "doc_id": ("doc_id", "Identifiant du document."),
    "start": ("début", "Premier caractère de l'unité dans le texte."),
    "end": ("fin", "Caractère qui suit l'unité."),
}
ATTRIBUTES = {
    "attribute": ("attribut", "Ce qui est croisé avec les classes."),
    "value": ("valeur", "Valeur de l'attribut."),
    "class": ("classe", "Numéro de la classe."),
    "n": ("unités", "Unités de la classe qui portent la valeur."),
    "n_value": ("unités de la valeur", "Unités classées qui la portent."),
    "share": ("part", "Part de la classe dans les unités de la valeur (de 0 à 1)."),
    "share_in_all": ("part en tout", "Part de la classe dans toutes les unités classées (de 0 à 1)."),
    "chi2": ("χ²", "Signé, compté sur les unités comme si elles étaient indépendantes."),
    "p_adjusted": (
        "probabilité corrigée",
        (
            "Du χ², corrigée pour leur nombre (Benjamini et Hochberg) ; trop petite : les unités d'un document se "
            "ressemblent."
        ),
    ),
    "n_documents": ("documents", "Documents qui ont des unités de la classe portant la valeur."),
    "p_documents": (
        "probabilité, par documents",
        (
            "Celle à lire. Attribut de documents : ses valeurs sont redistribuées 999 fois entre documents entiers. "
            "Locuteur·rice : variance de l'écart prise entre documents (vide à moins de cinq)."
        ),
    ),
    "p_documents_adjusted": ("probabilité corrigée, par documents", "La même, corrigée pour leur nombre."),
}
_MOST_ROWS, _MOST_VALUES, _DIGITS = 100_000, 50, 4
_SEGMENTS, _ANTI, _SHOWN_WORDS, _SHOWN_CHARACTERS = 20, 50, 12, 600


def save_classes(found: Classes, path: Path | str, *, locale: str = "") -> None:
    """Write a workbook or a CSV file; `Classes.save` tells what they hold.

    Parameters
    ----------
    found : Classes
        What to write.
    path : Path
        Ends with ``.csv`` or ``.xlsx``.
    locale : str
        ``"fr"`` for semicolons and decimal commas in the CSV.

    Raises
    ------
    UsageError
        If the suffix is neither, or the file cannot be written.
    """
    path = Path(path)
    check_sheet_name(path)
    if path.suffix.lower() == ".csv":
        save_sheets({"Profils": _readable(found.table, PROFILES)}, path, main="Profils", locale=locale)
    else:
        save_sheets(_sheets(found), path, main="Profils")


def html_of(found: Classes) -> str:
    """Return the classes as a notebook shows them: words, and the most characteristic segment of each."""
    rows = []
    for row in found.summary.rename(columns={"class": "number"}).itertuples():
        words = found.words(row.number, _SHOWN_WORDS)
        listed = ", ".join(
            f"<i>◦ {escape(word)}</i>" if one else escape(word)
            for word, one in zip(words["word"], words["one_document"], strict=True)
        )
        cells = [
            f"<b>{row.number}</b>", f"{percent(row.share)}<br>{grouped(row.n)} unités<br>{row.n_documents} doc.",
            listed or "–", _first_segment(found, row.number),
        ]  # fmt: skip
        rows.append("<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>")
    heads = ("classe", "part", "mots (du plus au moins caractéristique)", "segment le plus caractéristique")
    head = "".join(f'<th style="text-align:left">{one}</th>' for one in heads)
    stopped = f" {escape(found.stopped)}" if found.stopped else ""
    note = "<p>◦ : sans le document qui l'emploie le plus, le mot ne serait plus dans le profil.</p>"
    return (
        f"<p>Classification de Reinert : {escape(basis_of(found))}.{stopped}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{note}"
    )


def _first_segment(found: Classes, one: int) -> str:
    segments = found.segments(one, 1)
    if segments.empty:
        return "–"
    segment = segments.iloc[0]
    unit = found.units.index[found.units["unit_id"] == segment["unit_id"]][0]
    profile = set(found.words(one, len(found.material.words))["word"])
    words = found.material.words
    columns = set(words.index[words["active"] & words["word"].isin(profile)])
    shown, left = "", _SHOWN_CHARACTERS
    offset = int(segment["start"])
    for piece, counts in highlighted(found.material, int(unit), columns, quote=segment["quote"], offset=offset):
        text = escape(piece[:left])
        shown += f"<mark>{text}</mark>" if counts else text
        left -= len(piece)
        if left <= 0:
            shown += "…"
            break
    return f"{shown} ({escape(str(segment['title']))})"


def _readable(table: pd.DataFrame, headings: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    named = table[list(headings)].copy()
    for column in ("active", "one_document"):
        if column in named:
            named[column] = named[column].map({True: "oui", False: "non"})
    # probabilities may be tiny
    rounded = [name for name in named.select_dtypes("float") if not name.startswith("p_")]
    named[rounded] = named[rounded].round(_DIGITS)
    return named.rename(columns={name: heading for name, (heading, _) in headings.items()})


def _sheets(found: Classes) -> dict[str, pd.DataFrame]:
    attributes = _attributes(found)
    sheets = {
        "Lisez-moi": _read_me(found),
        "Classes": _classes(found),
        "Profils": _readable(found.profiles.head(_MOST_ROWS), PROFILES),
        "Antiprofils": _readable(
            pd.concat([found.antiprofile(one, _ANTI) for one in found.summary["class"]]), PROFILES
        ),
        "Segments caractéristiques": _segments(found),
        "Unités": _units(found),
    }
    if len(attributes):
        sheets["Attributs"] = _readable(attributes, ATTRIBUTES)
    return sheets


def _classes(found: Classes) -> pd.DataFrame:
    headings = {
        "class": "classe",
        "n": units_of(found),
        "share": "part des unités classées",
        "n_documents": "documents",
        "main_document": "part du premier document",
        "words": "mots",
    }
    return found.summary.round(_DIGITS).rename(columns=headings)


def _segments(found: Classes) -> pd.DataFrame:
    frames = [found.segments(one, _SEGMENTS).assign(**{"class": one}) for one in found.summary["class"]]
    return _readable(pd.concat(frames, ignore_index=True), SEGMENTS)


def _units(found: Classes) -> pd.DataFrame:
    import numpy as np

    rows = np.arange(min(len(found.units), _MOST_ROWS))
    units = quoted(found.corpus, found.material, rows).assign(**{"class": found.numbers[rows]})
    headings = {
        "class": "classe",
        "quote": "texte",
        "title": "titre",
        "source": "fichier",
        "speaker": "locuteur·rice",
        "doc_id": "doc_id",
        "start": "début",
        "end": "fin",
    }
    return units[list(headings)].rename(columns=headings)


def _attributes(found: Classes) -> pd.DataFrame:
    """Return what the classes go with, attribute by attribute: those of a few values."""
    frames = []
    # by("code") would ask for codings
    names = {one: found.corpus.attribute(one) for one in found.corpus.attributes if one != CODE}
    turns = found.corpus.segments_of("turn")
    names[SPEAKER] = turns["speaker"].fillna("")
    for name, values in names.items():
        known = values.astype(str)[values.astype(str) != ""]
        several = 2 <= known.nunique() <= _MOST_VALUES  # noqa: PLR2004
        if several and (name == SPEAKER or known.nunique() < len(known)):
            rows = found.by(name).assign(attribute=attribute_label(name))
            frames.append(rows.assign(value=rows["value"].map(genre_label)) if name == "genre" else rows)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _read_me(found: Classes) -> pd.DataFrame:
    settings = found.settings
    threshold = f"{THRESHOLD:g}".replace(".", ",")
    rows: list[tuple[str, Any]] = [
        (
            "Méthode",
            (
                "Classification descendante hiérarchique de M. Reinert : 1983, Les Cahiers de l'analyse des données "
                "8(2) ; 1990, Bulletin de méthodologie sociologique 26."
            ),
        ),
        ("Corpus", f"{basis_of(found)}."),
        (
            "Réglages",
            (
                f"n_classes={settings.n_classes}, min_split_members={settings.min_split_members}, "
                f"cc_test={settings.cc_test:g}, tsj={settings.tsj}"
                + (f", double={settings.sizes}" if settings.sizes else "")
            ),
        ),
        *([("Moins de classes que demandé", found.stopped)] if found.stopped else []),
        ("Classe 0", "Unités non classées : elles ne comptent dans aucun effectif."),
        ("Feuille « Profils »", f"Mots dont le χ² est d'au moins {threshold} (5 % à un degré de liberté)."),
        ("Feuille « Antiprofils »", f"Mots actifs que la classe évite : les {_ANTI} premiers."),
        ("Feuille « Segments caractéristiques »", f"Les {_SEGMENTS} premiers de chaque classe, par score absolu."),
        (
            "Feuille « Unités »",
            f"Les {grouped(min(len(found.units), _MOST_ROWS))} premières sur {grouped(len(found.units))}.",
        ),
        (
            "Feuille « Attributs »",
            f"Ceux qui ont de 2 à {_MOST_VALUES} valeurs et moins de valeurs que de documents, sauf « code ».",
        ),
        (
            "Ce que les classes ne disent pas",
            (
                "Une classification donne toujours des classes. Classes.stability mesure en Python si elles se "
                "retrouvent avec d'autres documents ; seule la lecture des segments dit ce qu'elles sont."
            ),
        ),
    ]
    for sheet, columns in (("Profils", PROFILES), ("Segments", SEGMENTS), ("Attributs", ATTRIBUTES)):
        rows += [(f"{sheet} : colonne « {heading} »", meaning) for heading, meaning in columns.values()]
    return pd.DataFrame(rows, columns=["rubrique", "ce qu'il faut savoir"])
