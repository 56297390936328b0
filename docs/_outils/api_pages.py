"""One page per public namespace of the package: every public name, from its docstring."""  # noqa: INP001

from __future__ import annotations

from importlib import import_module
from types import ModuleType

PACKAGE = "innovsoc_analysis"
NAMESPACES = {
    "isa": ("", "Ce qu'une étude emploie tous les jours. On écrit d'ordinaire `import innovsoc_analysis as isa`."),
    "coding": ("coding", "Coder, évaluer, entraîner, comparer des codages et des cadres."),
    "agreement": ("coding.agreement", "Les coefficients d'accord ; lequel choisir : [accord](../../accord.md)."),
    "topics": ("topics", "Chercher des thèmes, en choisir le nombre, les lire ; [méthode](../../themes.md)."),
    "validation": ("topics.validation", "Faire vérifier des thèmes par des personnes."),
    "lexicometry": ("lexicometry", "Les mots, leurs contextes, leurs parties ; [méthode](../../lexicometrie.md)."),
    "text": ("text", "Nettoyer, trouver qui parle, les formes inclusives ; [conventions](../../francais.md)."),
    "figures": ("figures", "Le style et les tailles des figures."),
    "nlp": ("nlp", "La chaîne française, comme une chaîne spaCy ; [conventions](../../francais.md)."),
}
_NOTE = "*Les descriptions des fonctions sont en anglais, la langue du code ; les exemples s'exécutent tels quels.*"


def api_pages() -> dict[str, str]:
    """Return one page of directives per namespace."""
    told: dict[str, str] = {}
    pages = {}
    for name in sorted(NAMESPACES, key=lambda name: -NAMESPACES[name][0].count(".") - bool(NAMESPACES[name][0])):
        pages[f"reference/python/{name}.md"] = _page(name, told)
    return pages


def _page(page: str, told: dict[str, str]) -> str:
    """Return a page; a name that a narrower namespace has told already leads there (`told`: its place, page)."""
    path, words = NAMESPACES[page]
    module = import_module(f"{PACKAGE}.{path}" if path else PACKAGE)
    title = "isa" + (f".{path}" if path else "")
    lines = [f"# {title}", "", words, "", _NOTE, ""]
    for name in module.__all__:
        value = getattr(module, name)
        shown = f"{title}.{name}"
        if isinstance(value, ModuleType):
            summary = (value.__doc__ or "").strip().splitlines()[0]
            link = f" Voir [{name}]({name}.md)." if name in NAMESPACES else ""
            lines += [f"## `{shown}`", "", summary + link, ""]
        elif callable(value):
            place = f"{value.__module__}.{value.__qualname__}"
            if told.setdefault(place, page) != page:
                lines += [f"## `{shown}`", "", f"Voir [{told[place]}]({told[place]}.md#{place}).", ""]
                continue
            lines += [f"::: {place}", "    options:", f"      heading: {shown}", f"      toc_label: {name}", ""]
    return "\n".join(lines)
