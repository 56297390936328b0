"""A codebook is data: codes with their meaning, examples, indicators and coding rules.

The YAML that people write uses French keys; the attributes here are their English twins.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator

from innovsoc_analysis.model.motifs import PARTS_OF_SPEECH, MotifSyntaxError, lists_in, parse_motif

if TYPE_CHECKING:
    from collections.abc import Iterator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[\w][\w.-]*$")]


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _as_counter_example(value: object) -> object:
    return {"texte": value} if isinstance(value, str) else value


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class CounterExample(_Record):
    """A tempting sentence that does not carry the code, and why.

    ``hard`` marks one that needs a human reading (irony, a field that only the passage
    tells): rules are not expected to leave it aside.
    """

    text: Text = Field(alias="texte")
    reason: str = Field("", alias="raison")
    hard: bool = Field(default=False, alias="difficile")


def _check_part_of_speech(word: str, loc: tuple[str | int, ...]) -> None:
    _, slash, upos = word.partition("/")
    if slash and upos not in PARTS_OF_SPEECH:
        known = ", ".join(PARTS_OF_SPEECH)
        raise LocatedError(loc, f"« {word} » : la nature « {upos} » n'existe pas ; choisissez parmi {known}")


class Indicators(_Record):
    """Words that signal a code; `docs/codebook.md` tells how they are matched.

    Attributes
    ----------
    lemmas : tuple of str
        One word each, ``"produit/NOUN"`` to ask for a part of speech.
    expressions : tuple of str
        Several words each; the longest match wins.
    except_ : tuple of str
        Expressions in which an indicator misleads: they absorb it and code nothing.
    """

    lemmas: tuple[Text, ...] = Field((), alias="lemmes")
    expressions: tuple[Text, ...] = ()
    except_: tuple[Text, ...] = Field((), alias="sauf")

    @field_validator("lemmas")
    @classmethod
    def _parts_of_speech_exist(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for position, word in enumerate(words):
            _check_part_of_speech(word, (position,))
            if word.startswith("/"):
                raise LocatedError((position,), f"« {word} » : il manque le mot devant la nature")
        return words


class Motif(_Record):
    """A rule of several words, with the sentences that test it; `docs/codebook.md` tells how to write one.

    Attributes
    ----------
    id : str
        Its name within the code.
    patterns : tuple of str
        Ways to say it, in the syntax of :mod:`innovsoc_analysis.model.motifs`.
    condition : {"agent", ""}
        ``"agent"``: what the motif names must act (rule R7).
    with_, except_ : tuple of str
        Motifs one of which the same segment must hold, or none of which it may.
    context : tuple of str
        Motifs one of which the segment or its neighbours must hold.
    negation : {"exclut", "admet"}
        Whether the motif still counts when denied.
    examples, counter_examples : tuple of str
        Sentences that the motif finds, and that it leaves aside.
    """

    id: Identifier
    patterns: Annotated[tuple[Text, ...], BeforeValidator(_as_tuple), Field(alias="motif", min_length=1)]
    condition: Literal["agent", ""] = Field("", alias="si")
    with_: Annotated[tuple[Text, ...], BeforeValidator(_as_tuple)] = Field((), alias="avec")
    except_: Annotated[tuple[Text, ...], BeforeValidator(_as_tuple)] = Field((), alias="sauf")
    context: Annotated[tuple[Text, ...], BeforeValidator(_as_tuple)] = Field((), alias="contexte")
    negation: Literal["exclut", "admet"] = "exclut"
    examples: tuple[Text, ...] = Field(alias="exemples", min_length=1)
    counter_examples: tuple[Text, ...] = Field((), alias="contre_exemples")

    @field_validator("patterns", "with_", "except_", "context")
    @classmethod
    def _motifs_can_be_read(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        for position, text in enumerate(texts):
            try:
                parse_motif(text)
            except MotifSyntaxError as error:
                raise LocatedError((position,), str(error)) from None
        return texts

    @property
    def lists(self) -> set[str]:
        """Names of the lists that its patterns use."""
        texts = (*self.patterns, *self.with_, *self.except_, *self.context)
        return {name for text in texts for name in lists_in(parse_motif(text))}


class Code(_Record):
    """One code of a codebook."""

    id: Identifier
    label: Text = Field(alias="libelle")
    definition: Text
    include: tuple[Text, ...] = Field((), alias="inclure")
    exclude: tuple[Text, ...] = Field((), alias="exclure")
    examples: tuple[Text, ...] = Field((), alias="exemples")
    counter_examples: tuple[Annotated[CounterExample, BeforeValidator(_as_counter_example)], ...] = Field(
        (), alias="contre_exemples"
    )
    crosswalk: dict[str, str] = Field(default_factory=dict, alias="correspondances")
    indicators: Indicators = Field(default_factory=Indicators, alias="indicateurs")
    negation: Literal["exclut", "admet"] = "exclut"
    condition: Literal["agent", ""] = Field("", alias="si")
    motifs: tuple[Motif, ...] = ()


class Group(_Record):
    """A group of codes within a family."""

    id: Identifier
    label: Text = Field(alias="libelle")
    codes: tuple[Identifier, ...]


class Family(_Record):
    """A family of groups of codes."""

    id: Identifier
    label: Text = Field(alias="libelle")
    groups: tuple[Group, ...] = Field(alias="groupes")

    @property
    def codes(self) -> tuple[str, ...]:
        """Identifiers of the family's codes, in order."""
        return tuple(code for group in self.groups for code in group.codes)


class Codebook(_Record):
    """A validated codebook.

    Examples
    --------
    >>> book = Codebook.model_validate({
    ...     "nom": "mini", "version": "1", "codes": [
    ...         {"id": "besoin", "libelle": "Besoin", "definition": "Un manque formulé."}]})
    >>> book["besoin"].label
    'Besoin'
    >>> book.reference.startswith("mini 1 (")
    True
    """

    name: Identifier = Field(alias="nom")
    version: Text
    title: str = Field("", alias="titre")
    language: Text = Field("fr", alias="langue")
    unit: Literal["phrase", "paragraphe", "tour"] = Field("phrase", alias="unite")
    multi_label: bool = True
    rules: dict[str, Text] = Field(default_factory=dict, alias="regles")
    families: tuple[Family, ...] = Field((), alias="familles")
    approaches: dict[str, tuple[Identifier, ...]] = Field(default_factory=dict, alias="approches")
    lists: dict[Identifier, tuple[Text, ...]] = Field(default_factory=dict, alias="listes")
    codes: tuple[Code, ...] = Field(min_length=1)

    @field_validator("lists")
    @classmethod
    def _parts_of_speech_exist(cls, lists: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for name, words in lists.items():
            for position, word in enumerate(words):
                _check_part_of_speech(word, (name, position))
        return lists

    @model_validator(mode="after")
    def _codes_are_consistent(self) -> Self:
        known: set[str] = set()
        for position, code in enumerate(self.codes):
            if code.id in known:
                raise _located(("codes", position, "id"), f"le code « {code.id} » est défini deux fois")
            known.add(code.id)
        placed: set[str] = set()
        for loc, code_id in self._mentions():
            if code_id not in known:
                raise _located(loc, f"le code « {code_id} » n'est défini nulle part sous « codes »")
            if loc[0] == "familles" and code_id in placed:
                raise _located(loc, f"le code « {code_id} » est rangé dans deux groupes")
            if loc[0] == "familles":
                placed.add(code_id)
        for position, code in enumerate(self.codes):
            if self.families and code.id not in placed:
                raise _located(("codes", position, "id"), f"le code « {code.id} » n'est rangé dans aucune famille")
            self._check_motifs(position, code)
        return self

    def _check_motifs(self, position: int, code: Code) -> None:
        names: set[str] = set()
        for number, motif in enumerate(code.motifs):
            loc = ("codes", position, "motifs", number)
            if motif.id in names:
                raise _located((*loc, "id"), f"le motif « {motif.id} » est défini deux fois")
            names.add(motif.id)
            if unknown := sorted(motif.lists - self.lists.keys()):
                raise _located(loc, f"la liste « @{unknown[0]} » n'est définie nulle part sous « listes »")

    def _mentions(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for f, family in enumerate(self.families):
            for g, group in enumerate(family.groups):
                for c, code_id in enumerate(group.codes):
                    yield ("familles", f, "groupes", g, "codes", c), code_id
        for name, codes in self.approaches.items():
            for c, code_id in enumerate(codes):
                yield ("approches", name, c), code_id

    def __getitem__(self, code_id: str) -> Code:
        """Return the code `code_id`; raise ``KeyError`` if there is none."""
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)

    @property
    def code_ids(self) -> tuple[str, ...]:
        """Identifiers of all codes, in the order of the families."""
        in_families = tuple(code for family in self.families for code in family.codes)
        return in_families or tuple(code.id for code in self.codes)

    def family_of(self, code_id: str) -> str:
        """Return the label of the family that holds `code_id`, or an empty string."""
        return next((family.label for family in self.families if code_id in family.codes), "")

    def path_of(self, code_id: str) -> tuple[str, ...]:
        """Return the labels of family, group and code, the first two where there are families."""
        for family in self.families:
            for group in family.groups:
                if code_id in group.codes:
                    return tuple(dict.fromkeys((family.label, group.label, self[code_id].label)))
        return (self[code_id].label,)

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with the meaning, not with comments or layout."""
        meaning = self.model_dump(mode="json", by_alias=True, exclude={"name", "version"})
        canonical = json.dumps(meaning, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    @property
    def reference(self) -> str:
        """Name, version and fingerprint, as written beside every coding."""
        return f"{self.name} {self.version} ({self.fingerprint})"


class LocatedError(ValueError):
    """A mistake in a codebook and the path of keys that leads to it."""

    def __init__(self, loc: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.loc = loc


def _located(loc: tuple[str | int, ...], message: str) -> LocatedError:
    return LocatedError(loc, message)


# every key that a codebook may hold
KEYS = tuple(
    dict.fromkeys(
        field.alias or name
        for record in (Codebook, Family, Group, Code, Indicators, Motif, CounterExample)
        for name, field in record.model_fields.items()
    )
)


def error_places(errors: list[dict[str, Any]]) -> list[tuple[tuple[str | int, ...], str, dict[str, Any]]]:
    """Return (path of keys, kind of error, details) of pydantic's `errors`, our own located ones included."""
    places = []
    for error in errors:
        inner = error.get("ctx", {}).get("error")
        loc = tuple(error["loc"])
        if isinstance(inner, LocatedError):  # a path from where it was noticed: the whole book, or one field
            loc = (*loc, *inner.loc)
        places.append((loc, str(inner) if isinstance(inner, LocatedError) else error["type"], error))
    return places
