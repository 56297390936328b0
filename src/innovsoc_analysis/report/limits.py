"""What a reader must not conclude from a study, according to what it holds."""

from __future__ import annotations

from typing import Any

from innovsoc_analysis.report.prose import counted, typeset


def limits(summary: dict[str, Any]) -> list[str]:
    """Return sentences, the most general last.

    Parameters
    ----------
    summary : dict
        What the report shows.

    Examples
    --------
    >>> found = limits({"learned": False, "topics": None, "lexicon": None, "sources": [], "figures": {}})
    >>> len(found), found[0][:19]
    (3, 'Ce codage ne voit q')
    """
    said = []
    if summary["learned"]:
        said.append(
            "Un codage incertain (« à relire ») est plus souvent faux qu'un codage sûr. Ce qui est dit sans aucun des"
            " mots attendus est souvent manqué, l'ironie aussi."
        )
    else:
        said.append(
            "Ce codage ne voit que les mots de ses listes : il manque ce qui est dit autrement, et il peut se tromper"
            " sur l'ironie, sur une simple mention ou hors du champ."
        )
    if refused := sum(one["outcome"] == "refusé" for one in summary["sources"]):
        said.append(f"{counted(refused, 'fichier')} hors du corpus faute d'avoir pu être lu{'s' * (refused > 1)}.")
    if summary["topics"]:
        said.append(
            "Un thème stable n'est pas une conclusion : son nom vient de qui le lit, et ses verbatims le vérifient. Un"
            " thème qui n'est pas plus stable que le hasard (« ? ») ne s'interprète pas."
        )
    if summary["lexicon"]:
        said.append(
            "Un mot spécifique peut tenir à un seul texte (*) ; un monde lexical peut se dissoudre avec d'autres"
            " textes."
        )
    said.append("Le codage prépare la lecture, il ne la remplace pas : un compte se lit avec ses verbatims.")
    said.append("Ces résultats décrivent ces textes ; ils ne valent pas au-delà s'ils n'ont pas été tirés au hasard.")
    return [typeset(sentence) for sentence in said]
