"""One page per public namespace of the package: every public name, from its docstring."""  # noqa: INP001

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import NamedTuple

PACKAGE = "innovsoc_analysis"


class _Namespace(NamedTuple):
    """Where it is in the package, and what it is for."""

    path: str
    fr: str
    en: str


NAMESPACES = {
    "isa": _Namespace(
        "",
        "Ce qu'une étude emploie tous les jours. On écrit d'ordinaire `import innovsoc_analysis as isa`.",
        "What a study uses every day. One usually writes `import innovsoc_analysis as isa`.",
    ),
    "coding": _Namespace(
        "coding",
        "Coder, évaluer, entraîner, comparer des codages et des cadres.",
        "Code, evaluate, train, compare codings and frames.",
    ),
    "agreement": _Namespace(
        "coding.agreement",
        "Les coefficients d'accord ; lequel choisir : [accord](../../accord.md).",
        "The coefficients of agreement; which one to choose: [agreement](../../accord.md).",
    ),
    "topics": _Namespace(
        "topics",
        "Chercher des thèmes, en choisir le nombre, les lire ; [méthode](../../themes.md).",
        "Look for topics, choose their number, read them; [method](../../themes.md).",
    ),
    "validation": _Namespace(
        "topics.validation",
        "Faire vérifier des thèmes par des personnes.",
        "Have topics checked by people.",
    ),
    "lexicometry": _Namespace(
        "lexicometry",
        "Les mots, leurs contextes, leurs parties ; [méthode](../../lexicometrie.md).",
        "Words, their contexts, their parts; [method](../../lexicometrie.md).",
    ),
    "text": _Namespace(
        "text",
        "Nettoyer, trouver qui parle, les formes inclusives ; [conventions](../../francais.md).",
        "Clean, find who speaks and inclusive forms; [conventions](../../francais.md).",
    ),
    "figures": _Namespace("figures", "Le style et les tailles des figures.", "The style and sizes of figures."),
    "nlp": _Namespace(
        "nlp",
        "La chaîne française, comme une chaîne spaCy ; [conventions](../../francais.md).",
        "The French pipeline, as a spaCy pipeline; [conventions](../../francais.md).",
    ),
    "health": _Namespace(
        "workflow.health",
        "Ce que dit `innovsoc doctor`, en Python : l'installation est-elle entière, l'étude en ordre ?"
        " On écrit `from innovsoc_analysis.workflow.health import check_study`.",
        "What `innovsoc doctor` says, in Python: is the installation whole, is the study in order?"
        " Write `from innovsoc_analysis.workflow.health import check_study`.",
    ),
}
_NOTE = {
    "fr": "*Les descriptions des fonctions sont en anglais, la langue du code ; les exemples s'exécutent tels quels.*",
    "en": "*The examples run as they stand; what a person reads (labels, messages) is in French.*",
}
_SEE = {"fr": "Voir", "en": "See"}


def api_pages(language: str = "fr") -> dict[str, str]:
    """Return one page of directives per namespace, with a frame in `language` (``fr`` or ``en``)."""
    told: dict[str, str] = {}
    pages = {}
    ending = ".en.md" if language == "en" else ".md"
    for name in sorted(NAMESPACES, key=lambda name: -NAMESPACES[name].path.count(".") - bool(NAMESPACES[name].path)):
        pages[f"reference/python/{name}{ending}"] = _page(name, told, language)
    return pages


def _page(page: str, told: dict[str, str], language: str) -> str:
    """Return a page; a name that a narrower namespace has told already leads there (`told`: its place, page)."""
    path, see = NAMESPACES[page].path, _SEE[language]
    module = import_module(f"{PACKAGE}.{path}" if path else PACKAGE)
    public = path.partition(".")[0] in {"", *import_module(PACKAGE).__all__}
    title = f"{'isa' if public else PACKAGE}.{path}".removesuffix(".")
    words = NAMESPACES[page].en if language == "en" else NAMESPACES[page].fr
    lines = [f"# {title}", "", words, "", _NOTE[language], ""]
    for name in module.__all__:
        value = getattr(module, name)
        shown = f"{title}.{name}"
        if isinstance(value, ModuleType):
            summary = (value.__doc__ or "").strip().splitlines()[0]
            link = f" {see} [{name}]({name}.md)." if name in NAMESPACES else ""
            lines += [f"## `{shown}`", "", summary + link, ""]
        elif callable(value):
            place = f"{value.__module__}.{value.__qualname__}"
            if told.setdefault(place, page) != page:
                lines += [f"## `{shown}`", "", f"{see} [{told[place]}]({told[place]}.md#{place}).", ""]
                continue
            lines += [f"::: {place}", "    options:", f"      heading: {shown}", f"      toc_label: {name}", ""]
    return "\n".join(lines)
