"""Closed lists of inclusive writing: endings, pronouns, determiners, words made of two."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """What an inclusive form says, in lower case.

    Attributes
    ----------
    lemma : str
        Masculine singular.
    number : str
        ``Sing`` or ``Plur``.
    masculine : str
        The masculine form of that number.
    closed : bool
        Whether it is a pronoun or a determiner: no part of a compound.
    """

    lemma: str
    number: str
    masculine: str
    closed: bool = False


MIDDLE_POINTS = "·•‧∙⋅⸱・･\u0387"
HYPHENS = "‐‑-"  # the last one last: so they can stand in a class of characters
KINDS = {".": "low_point", "(": "parentheses", "/": "slash"}
KINDS |= dict.fromkeys(MIDDLE_POINTS, "median_point") | dict.fromkeys(HYPHENS, "hyphen")

# (masculine, feminine, lemma, number, words that may join them)
_PAIRS = (
    ("le", "la", "le", "Sing", "ou"),
    ("un", "une", "un", "Sing", "ou"),
    ("ce", "cette", "ce", "Sing", "ou"),
    ("cet", "cette", "ce", "Sing", "ou"),
    ("mon", "ma", "mon", "Sing", "ou"),
    ("ton", "ta", "ton", "Sing", "ou"),
    ("son", "sa", "son", "Sing", "ou"),
    ("il", "elle", "il", "Sing", "ou"),
    ("lui", "elle", "lui", "Sing", "ou"),
    ("ils", "elles", "il", "Plur", "et ou"),
    ("eux", "elles", "lui", "Plur", "et ou"),
    ("lui-même", "elle-même", "lui-même", "Sing", "ou"),
    ("eux-mêmes", "elles-mêmes", "lui-même", "Plur", "et ou"),
    ("celui", "celle", "celui", "Sing", "et ou"),
    ("ceux", "celles", "celui", "Plur", "et ou"),
    ("celui-ci", "celle-ci", "celui-ci", "Sing", "et ou"),
    ("ceux-ci", "celles-ci", "celui-ci", "Plur", "et ou"),
    ("celui-là", "celle-là", "celui-là", "Sing", "et ou"),
    ("ceux-là", "celles-là", "celui-là", "Plur", "et ou"),
    ("tout", "toute", "tout", "Sing", "et ou"),
    ("tous", "toutes", "tout", "Plur", "et ou"),
    ("chacun", "chacune", "chacun", "Sing", "et ou"),
    ("aucun", "aucune", "aucun", "Sing", "et ou"),
    ("certains", "certaines", "certain", "Plur", "et ou"),
    ("quel", "quelle", "quel", "Sing", "et ou"),
    ("quels", "quelles", "quel", "Plur", "et ou"),
    ("tel", "telle", "tel", "Sing", "et ou"),
    ("tels", "telles", "tel", "Plur", "et ou"),
    ("nul", "nulle", "nul", "Sing", "et ou"),
    ("lequel", "laquelle", "lequel", "Sing", "et ou"),
    ("lesquels", "lesquelles", "lequel", "Plur", "et ou"),
    ("quelqu'un", "quelqu'une", "quelqu'un", "Sing", "et ou"),
    ("quelques-uns", "quelques-unes", "quelqu'un", "Plur", "et ou"),
    ("du", "de la", "du", "Sing", "ou"),
    ("au", "à la", "au", "Sing", "ou"),
)

# abbreviations of closed words, written with one space for the separator, whatever it is
_SHORT = {
    ("un", "Sing", "un"): "un e",
    ("un", "Plur", "uns"): "un e s|un es",
    ("tout", "Sing", "tout"): "tout e|tou te|tou t e",
    ("tout", "Plur", "tous"): (
        "tou te s|tou tes|tou t es|tous tes|tou s tes|tout te s|tout tes|tout e s|tout es|tous te s|tous toutes"
        "|tou t e s|tous es|tou te x s|tou tes x|tou x tes|tou x te s|tou te s x|tous e s|tou e s"
    ),
    ("ce", "Sing", "ce"): "ce tte|cet te|ce t te|cet tte|ce te",
    (
        "celui",
        "Sing",
        "celui",
    ): "celui elle|celle lui|cel le ui|cel lui elle|celle ui|cel ui le|cel ui elle|celui le|c elui elle",
    (
        "celui",
        "Plur",
        "ceux",
    ): "ceux elles|celles eux|cel les eux|c eux elles|c elles eux|ceux lles|cel eux les|cell eux es",
    ("il", "Sing", "il"): "il elle|il le|elle il|il elle iel|elle il iel|iel le",
    ("il", "Plur", "ils"): (
        "il elle s|il s elle s|il s elles|il le s|elle il s|elle s il s|ils elles iels|elles ils iels|iel s|iel le s"
        "|ils elle s|il elle iel s"
    ),
    ("lui", "Plur", "eux"): "eux elle s|elle eux",
    ("le", "Sing", "le"): "l e a|l a e|le a|la e",
    ("mon", "Sing", "mon"): "m on a|mon a",
    ("ton", "Sing", "ton"): "t on a|ton a",
    ("son", "Sing", "son"): "s on a|son a",
    ("copain", "Plur", "copains"): "cop ain ine s|cop ains ines",
    ("copain", "Sing", "copain"): "cop ain ine",
}

_FUSED = {
    ("il", "Sing", "il"): "iel ielle",
    ("il", "Plur", "ils"): "iels ielles",
    ("tout", "Plur", "tous"): "toustes touxtes toutestous tousttes",
    ("celui", "Plur", "ceux"): "celleux ceulles ceuxcelles ceuxelles celleuxes ceulx",
    ("celui", "Sing", "celui"): "cellui celluie cellelui",
    ("celui-ci", "Plur", "ceux-ci"): "celleux-ci",
    ("celui-là", "Plur", "ceux-là"): "celleux-là",
    ("celui-ci", "Sing", "celui-ci"): "cellui-ci",
    ("celui-là", "Sing", "celui-là"): "cellui-là",
    ("lui", "Plur", "eux"): "elleux euxelles elleuxes",
    ("lui", "Sing", "lui"): "ellui elui",
    ("le", "Sing", "le"): "lae læ",
    ("mon", "Sing", "mon"): "maon",
    ("son", "Sing", "son"): "saon",
    ("copain", "Sing", "copain"): "copaine",
    ("copain", "Plur", "copains"): "copaines",
    ("adelphe", "Sing", "frère"): "adelphe",
    ("adelphe", "Plur", "frères"): "adelphes",
    ("frère", "Sing", "frère"): "froeur frœur freureu",
    ("frère", "Plur", "frères"): "froeurs frœurs",
}
_OPEN_LEMMAS = frozenset({"copain", "adelphe", "frère"})

FULL_PAIRS: dict[tuple[str, str], tuple[Word, frozenset[str]]] = {}
for _masculine, _feminine, _lemma, _number, _joined in _PAIRS:
    _entry = (Word(_lemma, _number, _masculine, closed=True), frozenset(_joined.split()))
    FULL_PAIRS[_masculine, _feminine] = FULL_PAIRS[_feminine, _masculine] = _entry


def _spread(table: dict[tuple[str, str, str], str], separator: str | None) -> dict[str, Word]:
    return {
        form: Word(*said, closed=said[0] not in _OPEN_LEMMAS)
        for said, forms in table.items()
        for form in forms.split(separator)
    }


SHORT_FORMS = _spread(_SHORT, "|")
FUSED_WORDS = _spread(_FUSED, None)

# nouns whose two genders the dictionary keeps apart though they name the same people
OTHER_FEMININES = {
    "copain": ("copine", "copaine"),
    "compagnon": ("compagne", "compagnonne"),
    "maire": ("mairesse",),
    "héros": ("héroïne",),
    "favori": ("favorite",),
    "poète": ("poétesse",),
    "hôte": ("hôtesse",),
    "suisse": ("suissesse",),
    "chercheur": ("chercheure",),
    "entrepreneur": ("entrepreneure",),
    "sculpteur": ("sculpteure",),
    "sourd-muet": ("sourde-muette",),
    "ambassadeur": ("ambassadeure",),
}
# the feminine is another word when both are written out
NOT_PEOPLE = frozenset(
    {"moral", "final", "public", "physique", "politique", "fait", "produit", "fin", "plein", "plan", "court", "vocal"}
)

# the ends of feminine (or of both) forms that may follow a separator
_FEMININE_ENDS = (
    "e ne le te se fe ve sse esse ice rice trice euse eure re ère ere ière iere lière gère chère ienne "
    "yenne enne éenne onne anne ine ive elle lle ale ielle que cque che gue ouse ante ente ée ie ue tte "
    "ette ète ouce ouve ane oise aise lante rte ste eille ce che he gne èche ève aîche aiche esque olle "
    "ole euille trisse drice teuse leuse neuse deuse seuse cheuse gneuse rière tière dière nière sière "
    "vière nelle nnelle ctrice atrice itrice aîne ïne fesse resse tresse gesse eresse oresse stre ètre "
    "inne ande arde ate ite ise"
)
_MASCULINE_ENDS = (
    "eur teur eurs teurs er ers ère ier iers en ens ien iens if ifs eux el els ant ants ent ents é és al "
    "aux on ons an ans in ins ain ains f fs c r rs t ts n ns l ls il ils eau eaux ou ous oux ais ois at "
    "ats d i u is us re res"
)
FEMININE_PIECES = frozenset(f"{end}{plural}" for end in _FEMININE_ENDS.split() for plural in ("", "s"))
MASCULINE_PIECES = frozenset(_MASCULINE_ENDS.split()) | {"s", "x"}
PIECES = (
    FEMININE_PIECES
    | MASCULINE_PIECES
    | frozenset({"s", "x", "xs", "ex", "exs"})
    | frozenset(piece for form in SHORT_FORMS for piece in form.split()[1:])
)
