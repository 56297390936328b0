"""Specificities as files and in a notebook."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.signed import signed
from innovsoc_analysis.ingest.metadata import attribute_label
from innovsoc_analysis.lexicometry.specificity.drawing import part_name
from innovsoc_analysis.safe.sheets import check_sheet_name, save_sheets

if TYPE_CHECKING:
    import pandas as pd

    from innovsoc_analysis.lexicometry.specificity.result import Specificities

COLUMNS = {
    "part": ("partie", "Ce qui est comparé au reste du corpus."),
    "word": ("mot", "Ce qui est compté : lemme ou forme, en minuscules."),
    "f": ("f", "Occurrences du mot dans la partie."),
    "F": ("F", "Occurrences du mot dans le corpus."),
    "t": ("t", "Mots de la partie."),
    "T": ("T", "Mots du corpus."),
    "expected": ("f attendu", "F × t / T : ce que donnerait en moyenne un tirage au hasard."),
    "index": (
        "indice",
        (
            "Indice de spécificité (Lafon 1980) : logarithme décimal de la probabilité d'un effectif aussi extrême, "
            "d'après la loi hypergéométrique. Positif : suremploi ; négatif : sous-emploi. 3 : une chance sur mille."
        ),
    ),
    "p_value": (
        "probabilité",
        "Probabilité de la queue de la loi dont l'indice est tiré (0 : trop petite pour s'écrire).",
    ),
    "p_adjusted": (
        "probabilité corrigée",
        "Corrigée pour le nombre de mots et de parties essayés (Benjamini et Hochberg 1995), les deux queues comptées.",
    ),
    "banal": ("banal", "L'indice est plus proche de 0 que le seuil de banalité."),
    "log_likelihood": ("vraisemblance (G²)", "Rapport de vraisemblance (Dunning 1993), avec le signe de l'indice."),
    "log_ratio": (
        "log-rapport",
        (
            "Grandeur de l'écart (Hardie 2014) : 1, deux fois plus fréquent dans la partie que dans le reste ; 2, "
            "quatre fois ; -1, deux fois moins. Un effectif nul compte pour 0,5."
        ),
    ),
    "n_documents": ("documents", "Documents de la partie qui contiennent le mot."),
    "index_without": (
        "indice sans le premier document",
        (
            "Indice si le document qui emploie le plus le mot n'était pas dans le corpus ; vide pour un mot banal ou "
            "sous-employé, et pour une partie d'un seul document."
        ),
    ),
    "one_document": (
        "tient à un seul document",
        "Sans ce document, le mot serait banal : à ne pas prêter à la partie.",
    ),
}
"""Column → French heading and what it says."""
_MOST_ROWS, _MOST_WORDS = 100_000, 20_000
_QUOTED_WORDS, _QUOTED_SENTENCES = 10, 3
_SHOWN_PARTS, _SHOWN_WORDS = 40, 10


def save_specificities(found: Specificities, path: Path | str, *, locale: str = "") -> None:
    """Write a workbook or a CSV file; `Specificities.save` tells what they hold.

    Parameters
    ----------
    found : Specificities
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
        save_sheets({"Spécificités": _readable(found, found.table)}, path, main="Spécificités", locale=locale)
    else:
        save_sheets(_sheets(found), path, main="Spécificités", locale=locale)


def html_of(found: Specificities) -> str:
    """Return, for a notebook, the most specific words of each part.

    Parameters
    ----------
    found : Specificities
        What to show.
    """
    rows = []
    for part in found.parts[:_SHOWN_PARTS]:
        sides = (found.top(part, _SHOWN_WORDS), found.top(part, _SHOWN_WORDS, negative=True))
        over, under = (", ".join(_with_index(row) for row in side.itertuples()) or "–" for side in sides)
        name = escape(part_name(found, part))
        rows.append(f'<tr><th style="text-align:left">{name}</th>{_cell(over)}{_cell(under)}</tr>')
    by = escape(attribute_label(found.lexical.by))
    n_parts = len(found.parts)
    more = f", les {_SHOWN_PARTS} premières parties sur {n_parts}" if n_parts > _SHOWN_PARTS else ""
    head = f"<tr><th>{by}</th><th>suremployés (indice)</th><th>sous-employés</th></tr>"
    note = "<p>* : le mot serait banal sans le document qui l'emploie le plus.</p>"
    table = f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
    return f"<p>Spécificités par {by}{more}</p>{table}{note}"


def _with_index(row: Any) -> str:
    star = "*" if row.one_document else ""
    return f"{escape(str(row.word))}{star} ({signed(row.index)})"


def _cell(text: str) -> str:
    return f'<td style="text-align:left">{text}</td>'


def _sheets(found: Specificities) -> dict[str, pd.DataFrame]:
    kept = found.table[~found.table["banal"]]
    strongest = kept["index"].abs().sort_values(ascending=False, kind="stable").index[:_MOST_ROWS]
    kept = kept.loc[strongest.sort_values()]
    order = kept.assign(rank=kept["part"].map(found.parts.index)).sort_values(
        ["rank", "index", "word"], ascending=[True, False, True], kind="stable"
    )
    matrix = found.matrix().loc[lambda indexes: (indexes.abs() >= found.threshold).any(axis=1)].head(_MOST_WORDS)
    matrix = matrix.rename(columns=lambda part: part_name(found, part))
    sheets = {
        "Lisez-moi": _read_me(found, n_rows=len(kept)),
        "Spécificités": _readable(found, order.drop(columns="rank")),
        "Matrice des indices": matrix.round(4).set_axis(_apart(list(matrix.columns)), axis=1).reset_index(names="mot"),
        "Parties": _parts(found),
    }
    if found.corpus is not None:
        sheets["Verbatims"] = _verbatims(found)
    return sheets


def _readable(found: Specificities, table: pd.DataFrame) -> pd.DataFrame:
    named = table.assign(part=table["part"].map({part: part_name(found, part) for part in found.parts}))
    for column in ("banal", "one_document"):
        named[column] = named[column].map({True: "oui", False: "non"})
    return named.rename(columns={name: heading for name, (heading, _) in COLUMNS.items()})


def _apart(names: list[str]) -> list[str]:
    """Return names of columns, a part called « mot » being told from the words."""
    return [f"{name} (partie)" if name == "mot" else name for name in names]


def _parts(found: Specificities) -> pd.DataFrame:
    import pandas as pd

    specific = found.index * (abs(found.index) >= found.threshold)
    return pd.DataFrame(
        {
            "partie": [part_name(found, part) for part in found.parts],
            "mots (t)": found.lexical.sizes,
            "documents": found.spread.sizes,
            "mots suremployés": (specific > 0).sum(axis=0),
            "mots sous-employés": (specific < 0).sum(axis=0),
        }
    )


def _verbatims(found: Specificities) -> pd.DataFrame:
    import pandas as pd

    headings = {
        "quote": "verbatim",
        "n": "occurrences",
        "title": "titre",
        "source": "fichier",
        "speaker": "locuteur·rice",
    }
    frames = [pd.DataFrame(columns=["partie", "mot", "indice", *headings.values()])]
    for part in found.parts:
        top = found.top(part, _QUOTED_WORDS).set_index("word")["index"]
        places = found.quoted(part, list(top.index))
        places = places.groupby("word", sort=False).head(_QUOTED_SENTENCES)
        # the most specific word first
        places = places.assign(rank=places["word"].map(top.index.get_loc)).sort_values("rank", kind="stable")
        quotes = places[list(headings)].rename(columns=headings)
        quotes.insert(0, "partie", part_name(found, part))
        quotes.insert(1, "mot", places["word"])
        quotes.insert(2, "indice", places["word"].map(top).round(4))
        frames.append(quotes)
    kept = [frame for frame in frames if len(frame)] or frames
    return pd.concat(kept, ignore_index=True)


def _read_me(found: Specificities, *, n_rows: int) -> pd.DataFrame:
    import pandas as pd

    lexical = found.lexical
    threshold = f"{found.threshold:g}".replace(".", ",")
    bonferroni = f"{found.bonferroni():.2f}".replace(".", ",")
    n_specific = int((~found.table["banal"]).sum())
    rows = [
        (
            "Méthode",
            "Spécificités : P. Lafon, 1980, « Sur la variabilité de la fréquence des formes dans un corpus », Mots 1.",
        ),
        (
            "Parties",
            f"{len(found.parts)}, par {attribute_label(lexical.by)} ; chacune est comparée au reste du corpus.",
        ),
        ("Corpus", f"{lexical.size} occurrences, {len(lexical.words)} mots différents comptés."),
        (
            "Seuil de banalité",
            f"{threshold} : un mot est dit spécifique à partir de cet indice, dans un sens ou dans l'autre.",
        ),
        (
            "Seuil de Bonferroni",
            f"{bonferroni} : indice à partir duquel aucun mot, au risque de 5 %, ne l'est par hasard.",
        ),
        (
            "Feuille « Spécificités »",
            f"{n_rows} lignes sur {n_specific} : les plus marquées ; l'enregistrement en .csv donne tout.",
        ),
        (
            "Feuille « Verbatims »",
            f"Les {_QUOTED_SENTENCES} premières phrases des {_QUOTED_WORDS} mots les plus suremployés.",
        ),
        ("Feuille « Matrice des indices »", "Les mots spécifiques à une partie au moins."),
        (
            "Ce que l'indice ne dit pas",
            (
                "Il dit si un écart tient du hasard, non s'il est grand : voyez le log-rapport. Il croît avec la "
                "taille des parties et ne se compare pas de l'une à l'autre."
            ),
        ),
        *((f"Colonne « {heading} »", meaning) for heading, meaning in COLUMNS.values()),
    ]
    if found.corpus is None:
        rows = [row for row in rows if "Verbatims" not in row[0]]
    if found.overlap:
        rows.insert(
            2, ("Recoupement", "Des mots appartiennent à plusieurs parties : leurs indices ne sont pas indépendants.")
        )
    return pd.DataFrame(rows, columns=["rubrique", "ce qu'il faut savoir"])
