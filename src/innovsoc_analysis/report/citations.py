"""References of the methods that a study has used, in one style; titles of works between asterisks are italic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

REFERENCES = {
    "benzecri": "Benzécri, J.-P. (1973). *L'analyse des données. Tome 2 : L'analyse des correspondances*. Dunod.",
    "blei": "Blei, D. M., Ng, A. Y. et Jordan, M. I. (2003). Latent Dirichlet allocation."
    " *Journal of Machine Learning Research*, 3, 993-1022.",
    "candito": "Candito, M. et Seddah, D. (2012). Le corpus Sequoia : annotation syntaxique et exploitation pour"
    " l'adaptation d'analyseur par pont lexical. *Actes de la conférence TALN 2012*, 2, 321-334.",
    "covington": "Covington, M. A. et McFall, J. D. (2010). Cutting the Gordian knot: The moving-average type-token"
    " ratio (MATTR). *Journal of Quantitative Linguistics*, 17(2), 94-100.",
    "flament": "Flament, C. (1962). L'analyse de similitude. *Cahiers du Centre de recherche opérationnelle*, 4.",
    "greenacre": "Greenacre, M. (2017). *Correspondence analysis in practice* (3ᵉ éd.). Chapman & Hall/CRC.",
    "greene": "Greene, D., O'Callaghan, D. et Cunningham, P. (2014). How many topics? Stability analysis for topic"
    " models. *Machine Learning and Knowledge Discovery in Databases (ECML PKDD 2014)*, 498-513. Springer.",
    "guillaume": "Guillaume, B., de Marneffe, M.-C. et Perrier, G. (2019). Conversion et améliorations de corpus du"
    " français annotés en Universal Dependencies. *Traitement automatique des langues*, 60(2), 71-95.",
    "hennig": "Hennig, C. (2007). Cluster-wise assessment of cluster stability."
    " *Computational Statistics & Data Analysis*, 52(1), 258-271.",
    "honnibal": "Honnibal, M., Montani, I., Van Landeghem, S. et Boyd, A. (2020)."
    " *spaCy: Industrial-strength natural language processing in Python*. Zenodo.",
    "lafon": "Lafon, P. (1980). Sur la variabilité de la fréquence des formes dans un corpus. *Mots*, 1, 127-165.",
    "lacheret": "Lacheret-Dujour, A., Kahane, S. et Pietrandrea, P. (dir.) (2019). *Rhapsodie: A prosodic and syntactic"
    " treebank for spoken French*. John Benjamins.",
    "lee": "Lee, D. D. et Seung, H. S. (1999). Learning the parts of objects by non-negative matrix factorization."
    " *Nature*, 401, 788-791.",
    "marchand": "Marchand, P. et Ratinaud, P. (2012). L'analyse de similitude appliquée aux corpus textuels : les"
    " primaires socialistes pour l'élection présidentielle française (septembre-octobre 2011)."
    " *Actes des 11ᵉ JADT*, 687-699.",
    "marneffe": "de Marneffe, M.-C., Manning, C. D., Nivre, J. et Zeman, D. (2021). Universal Dependencies."
    " *Computational Linguistics*, 47(2), 255-308.",
    "mccarthy": "McCarthy, P. M. et Jarvis, S. (2010). MTLD, vocd-D, and HD-D: A validation study of sophisticated"
    " approaches to lexical diversity assessment. *Behavior Research Methods*, 42(2), 381-392.",
    "pedregosa": "Pedregosa, F., Varoquaux, G., Gramfort, A. et al. (2011). Scikit-learn: Machine learning in Python."
    " *Journal of Machine Learning Research*, 12, 2825-2830.",
    "rehurek": "Řehůřek, R. et Sojka, P. (2010). Software framework for topic modelling with large corpora."
    " *Proceedings of the LREC 2010 Workshop on New Challenges for NLP Frameworks*, 45-50. ELRA.",
    "reinert1983": "Reinert, M. (1983). Une méthode de classification descendante hiérarchique : application à"
    " l'analyse lexicale par contexte. *Les Cahiers de l'analyse des données*, 8(2), 187-198.",
    "reinert1990": "Reinert, M. (1990). Alceste, une méthodologie d'analyse des données textuelles et une application :"
    " Aurélia de Gérard de Nerval. *Bulletin de méthodologie sociologique*, 26(1), 24-54.",
    "rifkin": "Rifkin, R., Yeo, G. et Poggio, T. (2003). Regularized least-squares classification. Dans J. Suykens et"
    " al. (dir.), *Advances in learning theory: Methods, models and applications*, 131-154. IOS Press.",
    "yang": "Yang, Y., Cer, D., Ahmad, A. et al. (2020). Multilingual universal sentence encoder for semantic"
    " retrieval. *Proceedings of ACL 2020: System Demonstrations*, 87-94.",
    "yule": "Yule, G. U. (1944). *The statistical study of literary vocabulary*. Cambridge University Press.",
}


def references(keys: Iterable[str]) -> list[str]:
    """Return the references of `keys`, each once, in the order of the authors.

    Examples
    --------
    >>> [one[:14] for one in references(["lee", "lafon", "lee", "rehurek", "marneffe"])]
    ['Lafon, P. (198', 'Lee, D. D. et ', 'de Marneffe, M', 'Řehůřek, R. et']
    """
    return sorted({REFERENCES[key] for key in keys}, key=_sorted_as)


def pieces(reference: str) -> list[tuple[str, bool]]:
    """Return a reference as pieces, each with whether it is italic.

    Examples
    --------
    >>> pieces("Yule (1944). *Study*. CUP.")
    [('Yule (1944). ', False), ('Study', True), ('. CUP.', False)]
    """
    return [(text, number % 2 == 1) for number, text in enumerate(reference.split("*")) if text]


def plain(reference: str) -> str:
    """Return a reference without marks.

    Examples
    --------
    >>> plain("Yule (1944). *Study*. CUP.")
    'Yule (1944). Study. CUP.'
    """
    return "".join(text for text, _ in pieces(reference))


def _sorted_as(reference: str) -> str:
    from unicodedata import normalize

    bare = "".join(one for one in normalize("NFD", reference.removeprefix("de ")) if one.isascii())
    return re.sub(r"[^a-z0-9 ]", "", bare.lower())
