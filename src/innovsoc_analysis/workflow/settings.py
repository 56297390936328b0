"""The settings of a study: every key of ``innovsoc.toml`` with its default and what it is for."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from innovsoc_analysis.safe.limits import MOST, MOST_SECONDS, settled

StepName = Literal["ingest", "code", "topics", "lexicon", "report"]
CHAIN: tuple[StepName, ...] = get_args(StepName)
TITLES: dict[str, str] = {
    "ingest": "lecture",
    "code": "codage",
    "topics": "thèmes",
    "lexicon": "lexique",
    "report": "rapport",
}


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


Text = Annotated[StrictStr, BeforeValidator(_stripped)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_tuple)]
Steps = Annotated[tuple[StepName, ...], BeforeValidator(_as_tuple)]
Terms = Literal["aucun", "domaine", "appris"]
Bound = Annotated[StrictInt, Field(ge=1, le=MOST)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestSettings(_Section):
    """How the texts are read, by every step."""

    drop_duplicates: StrictBool = Field(
        default=False,
        description="true : laisser de côté les textes dont un autre, lu avant, a tous les mots ; sources.csv dit"
        " lesquels. false : ils sont signalés et gardés.",
    )


class LimitsSettings(_Section):
    """What a file may cost, in the names and units of ``--limits``."""

    file_mb: Bound = Field(100, description="Taille d'un fichier, en Mo.")
    expanded_mb: Bound = Field(500, description="Contenu déplié d'une archive, en Mo.")
    ratio: Bound = Field(200, description="Rapport entre contenu déplié et archive, au-delà de 10 Mo.")
    zip_entries: Bound = Field(10_000, description="Entrées d'une archive.")
    zip_depth: Bound = Field(2, description="Archives dans des archives.")
    pdf_pages: Bound = Field(5_000, description="Pages d'un PDF.")
    characters: Bound = Field(20_000_000, description="Caractères d'un texte.")
    xml_depth: Bound = Field(256, description="Emboîtement du XML.")
    seconds: Annotated[StrictInt, Field(ge=1, le=MOST_SECONDS)] = Field(
        60, description="Durée de lecture d'un fichier, en secondes."
    )
    memory_mb: Bound = Field(1_536, description="Mémoire pour lire un fichier, en Mio.")

    @property
    def told(self) -> str:
        """The limits as ``--limits`` takes them: those that are not the default."""
        return settled(",".join(f"{name}={number}" for name, number in self.model_dump().items()))


class CodeSettings(_Section):
    """How the texts are coded, besides codebook and coder."""

    model: Text = Field("", description="Modèle écrit par « innovsoc train » ; vide : celui qui accompagne le livre.")
    by: Text = Field(
        "",
        description="Attribut selon lequel la page des codes et le rapport comparent les textes : une colonne de"
        ' metadata.csv, par exemple "country". Vide : le genre.',
    )


class TopicsSettings(_Section):
    """How topics are looked for."""

    n_topics: Annotated[StrictInt, Field(ge=2)] | Literal["auto"] = Field(
        8, description='Nombre de thèmes, ou "auto" : plusieurs sont essayés, un est recommandé (c\'est plus long).'
    )
    model: Literal["nmf", "lda", "gensim-lda", "gensim-ensemble"] = Field(
        "nmf", description="nmf, lda, gensim-lda ou gensim-ensemble."
    )
    unit: Literal["document", "paragraphe", "contexte"] = Field(
        "document",
        description="Unité dont les mots sont comptés ensemble : document, paragraphe, ou contexte (des phrases qui se"
        " suivent ; pour de longs textes).",
    )
    terms: Terms = Field(
        "aucun",
        description="Expressions comptées comme un mot : aucun, domaine (« innovation sociale »), ou appris (celles"
        " que les textes emploient).",
    )
    by: Texts = Field(
        (),
        description='Attributs selon lesquels comparer la place des thèmes, outre le genre ; par exemple ["country"].',
    )


class LexiconSettings(_Section):
    """How vocabularies are compared."""

    by: Texts = Field(
        (),
        description="Ce que l'on compare : genre, speaker (qui parle), title (texte), code, une colonne de"
        " metadata.csv. Vide : le genre.",
    )
    n_classes: Annotated[StrictInt, Field(ge=2)] = Field(6, description="Nombre de mondes lexicaux (Reinert).")
    terms: Terms = Field("aucun", description="Comme dans [topics].")


class ReportSettings(_Section):
    """What the report of the study holds."""

    title: Text = Field("", description="Titre du rapport de l'étude ; vide : celui de l'étude.")
    n_verbatims: Annotated[StrictInt, Field(ge=0)] = Field(
        3, description="Verbatims de chaque code dans le document Word, au plus."
    )


class Settings(_Section):
    """All settings of a study.

    Examples
    --------
    >>> Settings().topics.n_topics, Settings(sources="textes").sources
    (8, ('textes',))
    """

    title: Text = Field("", description="Titre des pages.")
    sources: Texts = Field(
        ("sources",),
        min_length=1,
        description="Dossiers, fichiers, motifs (« entretiens/*.pdf ») ou zips ; les chemins partent de ce fichier.",
    )
    genres: Texts = Field(
        (), description="Genres que l'on attend ; un texte d'un autre genre est signalé. Vide : rien n'est vérifié."
    )
    genre: Text = Field(
        "", description="Genre des textes dont ni metadata.csv ni le sous-dossier ne le dit ; vide : sans genre."
    )
    metadata: Text = Field(
        "", description="Table .csv ou .xlsx, une ligne par fichier ; vide : metadata.csv du dossier des sources."
    )
    codebook: Text = Field("bissib", min_length=1, description="Livre de codes fourni, ou fichier YAML de ce dossier.")
    coder: Literal["", "rules", "learned", "combined"] = Field(
        "",
        description="rules (règles seules), learned (apprentissage seul), combined (les deux) ; vide : les deux si le"
        " livre a un modèle.",
    )
    seed: Annotated[StrictInt, Field(ge=0, le=2**32 - 1)] = Field(
        0, description="Graine des tirages au sort : la même donne les mêmes thèmes."
    )
    locale: Literal["", "fr"] = Field(
        "", description='"fr" : csv avec point-virgule et virgule décimale, pour Excel en français.'
    )
    steps: Steps = Field(
        CHAIN,
        description="Ce que fait « innovsoc run » ; retirez ce dont vous ne voulez pas (ses"
        " résultats sont alors effacés ; ils se refont).",
    )
    ingest: IngestSettings = Field(default_factory=IngestSettings, description="Lecture.")
    code: CodeSettings = Field(default_factory=CodeSettings, description="Codage.")
    topics: TopicsSettings = Field(default_factory=TopicsSettings, description="Thèmes.")
    lexicon: LexiconSettings = Field(default_factory=LexiconSettings, description="Lexicométrie.")
    report: ReportSettings = Field(default_factory=ReportSettings, description="Rapport de l'étude.")
    limits: LimitsSettings = Field(
        default_factory=LimitsSettings, description="Limites : ce qu'un fichier peut coûter avant d'être refusé."
    )


def sections() -> dict[str, type[BaseModel]]:
    """Return the sections of the file: name → its record; the name of the top is empty.

    Examples
    --------
    >>> list(sections())
    ['', 'ingest', 'code', 'topics', 'lexicon', 'report', 'limits']
    """
    fields = Settings.model_fields.items()
    return {"": Settings, **{name: section for name, field in fields if (section := _section(field.annotation))}}


def keys_of(section: str) -> list[str]:
    """Return the keys of a section, those of the top without its sections.

    Examples
    --------
    >>> keys_of("lexicon")
    ['by', 'n_classes', 'terms']
    """
    fields = sections()[section].model_fields
    return [name for name, field in fields.items() if not _section(field.annotation)]


def _section(annotation: Any) -> type[BaseModel] | None:
    return annotation if isinstance(annotation, type) and issubclass(annotation, _Section) else None
