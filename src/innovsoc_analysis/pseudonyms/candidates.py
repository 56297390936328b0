"""Proper names by their capitals, and what the words around them say of their kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.pseudonyms.public import GENERIC, INSTITUTIONS, SPOKEN
from innovsoc_analysis.pseudonyms.records import NAME, ORGANISATION, PERSON, PLACE, Mention
from innovsoc_analysis.pseudonyms.words import is_common, is_first_name, is_name, levels_of, starts_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

STRONG, FAIR, WEAK, NOTHING = 6.0, 3.0, 1.5, 0.0
SURE = 3.0
"""From this weight on, a kind is not doubted."""

_BLANK = r"[ \u00a0\u202f]"
_TOKEN = re.compile(r"(?:[NMO][’'](?=[A-ZÀ-ÖØ-Þ]))?[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_CLITIC = re.compile(
    r"[-‐‑](?:t[-‐‑])?(?:moi|toi|lui|leur|le|la|les|nous|vous|en|y|ce|je|tu|il|elle|on|ils|elles|là|ci|même|mêmes|tu"
    r"|dire|être)\b.*",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"[Aa]ujourd|[\w]+-(?:e-s|es?|s)", re.IGNORECASE)  # « aujourd'hui », « certain-e-s »
_PARTICLES = frozenset(
    "ben bin ibn ould el al ait aït van von der den de da dos do das di del della le la du thi".split()
)
_FOREIGN_PARTICLES = _PARTICLES - {"de", "du", "le", "la"}
_TITLE = re.compile(
    rf"(?<!\w)(?:M\.|MM\.|Mme|Mmes|Mlle|Mr|Mgr|Pr|Prof\.|Dr|Me|Maître|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeure?"
    rf"|[Pp]rofesseure?|[Ss]œur|[Pp]ère|[Aa]bbé|[Tt]onton|[Tt]ata|[Tt]atie|m'sieur|m’sieur|mame)\.?{_BLANK}\Z"
)
_KIN = (
    "collègue ami amie copain copine voisin voisine cousin cousine frère sœur mère père fils fille mari femme épouse "
    "époux compagnon compagne tante oncle neveu nièce mamie papi grand-mère grand-père filleul filleule marraine "
    "parrain bénévole stagiaire directeur directrice patron patronne chef cheffe coordinateur coordinatrice infirmier "
    "infirmière éducateur éducatrice animateur animatrice assistante assistant conseillère conseiller avocat avocate "
    "psychologue médecin pote gamin gamine petit petite jeune belle-sœur beau-frère belle-mère beau-père prof "
    "formateur formatrice bourgmestre maire échevin échevine députée député président présidente trésorier trésorière "
    "secrétaire boulanger boulangère maraîcher maraîchère ouvrier ouvrière concierge curé caissière caissier"
)
_NEAR_PERSON = re.compile(
    rf"(?<!\w)(?:(?:mon|ma|ton|ta|son|sa|notre|votre|leur|le|la|l['’]|un|une|cette|cet|ce){_BLANK}?(?:\w+{_BLANK})?"
    rf"(?:{'|'.join(_KIN.split())}),?{_BLANK}|(?:m|t|s)['’]appell?e(?:s|nt)?{_BLANK}|je{_BLANK}suis{_BLANK}"
    rf"|moi,?{_BLANK}c['’]est{_BLANK}|(?:prénom|nommée?|dénommée?|un{_BLANK}certain|une{_BLANK}certaine|surnommée?"
    rf"|appelle(?:nt|r)?|avec|chez|selon|[Mm]erci,?|[Bb]onjour,?|[Ss]alut,?){_BLANK})\Z"
)
_PERSON_HEAD = re.compile(r"(?:avec|chez|selon|appelle(?:nt|r)?|je.suis|[Mm]erci,?|[Bb]onjour,?|[Ss]alut,?).\Z")
_AFTER_PERSON = re.compile(
    rf",?{_BLANK}(?:(?:elle|il|lui){_BLANK}|(?:m|t|nous|vous)['’ \u00a0]?(?:a|avait|dit|disait){_BLANK}|a{_BLANK}(?:dit|répondu|voulu)\b"
    rf"|(?:et{_BLANK})?(?:mon|ma|son|sa|notre){_BLANK}(?:{'|'.join(_KIN.split())})\b|l['’]infirmi|(?:dit|raconte|pense|explique)\b)"
)
_PLACE_HEADS = (
    "ville village commune quartier hameau bourg vallée val canton gare métro faubourg banlieue côté rue place avenue "
    "boulevard chaussée quai parc forêt lac mairie maire bourgmestre échevin préfecture pays région province département "
    "marché église"
)
_NEAR_PLACE = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(_PLACE_HEADS.split())}){_BLANK}(?:de{_BLANK}|du{_BLANK}|d['’]|des{_BLANK})?"
    rf"|(?:habit\w+|née?s?|vi[ts]|vivais|vivait|loge\w*|travaill\w+|install\w+|déménag\w+|vien[ts]|venue?s?|arriv\w+"
    rf"|all\w+|part\w+|mont\w+|descend\w*|rentr\w+|all[ée]\w*){_BLANK}(?:\w+{_BLANK}){{0,2}}?(?:à|de|d['’]|sur|en|depuis|vers|pour)"
    rf"{_BLANK}?|[Pp]rès{_BLANK}d(?:e{_BLANK}|['’])|[Dd]u{_BLANK}côté{_BLANK}d(?:e{_BLANK}|['’])|[Ee]n{_BLANK}|[Vv]ers{_BLANK}"
    rf"|entre{_BLANK})\Z"
)
_NEAR_PLACE_WEAKLY = re.compile(rf"(?<!\w)[àÀ]{_BLANK}\Z")
_ORGANISATION_HEADS = (
    "asbl association assoc assos asso fondation fonds coopérative coop scop scic mutuelle mutualité banque entreprise "
    "société cabinet agence bureau institut centre collectif réseau fédération comité syndicat ligue mouvement "
    "université haute-école école lycée collège hôpital clinique maison café librairie ferme régie projet programme "
    "plateforme appelée appelé nommé nommée baptisé baptisée usine magasin boutique revue journal épicerie crèche "
    "ressourcerie recyclerie tiers-lieu foyer résidence théâtre"
)
_NEAR_ORGANISATION = re.compile(
    rf"(?<!\w)(?:{'|'.join(_ORGANISATION_HEADS.split())}){_BLANK}(?:de{_BLANK}|du{_BLANK}|d['’]|l['’]|la{_BLANK})?[«“\"]?{_BLANK}?\Z",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(?<![\w-])(?:Agence|Régie|Fondation|Association|Fonds|Université|Haute École|Centre|Comité|Coopérative|Mutualité"
    r"|Mutuelle|Office|Institut|Lycée|Collège|Hôpital|Clinique|Collectif|Réseau|Fédération|Ligue|Syndicat|Société|Banque"
    r"|Caisse|Ferme|Jardins?|Atelier|Ateliers|Café|Maison|Épicerie|Compagnons|Résidence|Foyer|Mission|Cité)"
    r"(?:[ \u00a0](?:[a-zà-ÿ\-]{4,}[ \u00a0])?(?:(?:de[ \u00a0]la|de|du|des|aux?)[ \u00a0]|d['’]|de[ \u00a0]l['’])"
    r"(?:[ld]['’])?[\w\-]{3,}|[ \u00a0](?:[A-ZÀ-ÖØ-Þ][\w\-]+)|[ \u00a0][a-zà-ÿ\-]{5,}(?:ale?|aire|ique|euse|eux|ien|ienne|ées?)s?)+"
)
_LOWER_TITLED = re.compile(
    rf"(?<!\w)(?:[Mm]adame|[Mm]onsieur|[Mm]me|[Dd]octeur|[Mm]aître|[Mm]lle){_BLANK}(?P<name>[a-zà-ÿ\-]{{2,}})(?!\w|['’])"
)
_LOWER_TOKEN = re.compile(r"(?<![\w-])[a-zà-ÿ]{3,}(?:-[a-zà-ÿ]{3,})?(?![\w-])")


class _Token(NamedTuple):
    start: int
    end: int
    form: str

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital."""
        return self.form[0].isupper()


def find_names(text: str) -> list[Mention]:
    """Return the proper names of a paragraph, the kind of each as the words in and around it say.

    Parameters
    ----------
    text : str
        What is said, without the speaker's label.

    Returns
    -------
    list of Mention
        In order. A weight of zero is that of a capital which nothing else bears out.

    Examples
    --------
    >>> text = "Hier madame Kaur est allée à Verviers avec mon collègue Wekesa."
    >>> [(text[m.start : m.end], m.kind) for m in find_names(text)]
    [('Kaur', 'personne'), ('Verviers', 'lieu'), ('Wekesa', 'personne')]
    """
    found = list(_headed(text))
    covered = [(mention.start, mention.end) for mention in found]
    for mention in (*_capitals(text), *_lower(text)):
        if not any(start <= mention.start and mention.end <= end for start, end in covered):
            found.append(mention)
            covered.append((mention.start, mention.end))
    return sorted(found)


def _headed(text: str) -> Iterator[Mention]:
    for match in _HEADED.finditer(text):
        if not starts_sentence(text, match.start()) or len(match[0].split()) > 2:  # noqa: PLR2004 - « Maison vide »
            capitals = sum(word[0].isupper() for word in match[0].split())
            yield Mention(match.start(), match.end(), ORGANISATION, FAIR if capitals > 1 else WEAK)


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        form = _CLITIC.sub("", match[0])
        if _NO_NAME.fullmatch(form):
            continue
        tokens.append(_Token(match.start(), match.start() + len(form), form))
    return tokens


def _capitals(text: str) -> Iterator[Mention]:
    tokens = _tokens(text)
    number = 0
    while number < len(tokens):
        if not tokens[number].capital:
            number += 1
            continue
        run = _run(text, tokens, number)
        number += len(run)
        yield from _judged(text, run)


def _run(text: str, tokens: list[_Token], first: int) -> list[_Token]:
    """Return the capitals that follow one another, with the particles between them."""
    run = [tokens[first]]
    number = first + 1
    while number < len(tokens):
        token = tokens[number]
        gap = text[run[-1].end : token.start]
        initial = len(run[-1].form) == 1 and gap == ". "
        if gap not in {" ", "\u00a0"} and not initial:
            break
        if token.capital:
            run.append(token)
        elif token.form.lower() in _FOREIGN_PARTICLES and _capital_follows(text, tokens, number):
            run.append(token)
        else:
            break
        number += 1
    while len(run) > 1 and not run[-1].capital:
        run.pop()
    return run


def _capital_follows(text: str, tokens: list[_Token], number: int) -> bool:
    for token in tokens[number + 1 : number + 3]:
        if token.capital:
            return text[tokens[number].end : token.start].count(" ") <= 2  # noqa: PLR2004
        if token.form.lower() not in _PARTICLES:
            return False
    return False


def _judged(text: str, run: list[_Token]) -> Iterator[Mention]:
    """Drop from the ends of `run` what is no name, and say what the rest is."""
    titled = False
    while run:
        head = run[0]
        if _TITLE.search(text[head.start : head.end] + " ") or (head.form == "M" and text[head.end : head.end + 1] == "."):
            titled, run = True, run[1:]
        elif starts_sentence(text, head.start) and _is_opening(head.form, alone=len(run) == 1):
            run = run[1:]
        elif levels_of(head.form) in SPOKEN and len(run) == 1:
            return
        else:
            break
    while run and not titled and (levels_of(run[-1].form) in SPOKEN or not run[-1].capital):
        run = run[:-1]
    if not run:
        return
    start, end = run[0].start, run[-1].end
    titled = titled or _TITLE.search(text[:start]) is not None
    mention = _kind_of(text, (start, end), [token.form for token in run], titled=titled)
    if mention:
        yield mention


def _is_opening(word: str, *, alone: bool) -> bool:
    """Whether a word at the start of a sentence is there for its meaning, not as a name."""
    if levels_of(word) in SPOKEN or levels_of(word) in INSTITUTIONS:
        return True
    if not is_common(word):
        return False
    return not is_first_name(word) or (alone and word.lower() in {"claire", "rose", "pierre", "aimé", "prudence"})


def _kind_of(text: str, span: tuple[int, int], forms: list[str], *, titled: bool) -> Mention | None:  # noqa: PLR0911 - one answer per clue
    start, end = span
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    if titled:
        initial = len(forms) == 1 and len(forms[0]) == 1
        return None if initial or levels_of(forms[0]) in INSTITUTIONS else Mention(start, end, PERSON, STRONG)
    if len(forms) == 1:
        if levels_of(forms[0]) in GENERIC | INSTITUTIONS or len(forms[0]) == 1:
            return None
        if forms[0].isupper() and len(forms[0]) <= 6 and not is_first_name(forms[0].title()):  # noqa: PLR2004
            return Mention(start, end, ORGANISATION, WEAK)
    if _NEAR_PLACE.search(before) and not any(map(is_first_name, forms[:1])):
        return Mention(start, end, PLACE, FAIR)
    if _NEAR_ORGANISATION.search(before) and not is_first_name(forms[0]):
        return Mention(start, end, ORGANISATION, FAIR)
    near = _NEAR_PERSON.search(before)
    if is_first_name(forms[0]):
        if is_common(forms[0]) and len(forms) == 1 and starts_sentence(text, start) and not near:
            said_of = _AFTER_PERSON.match(after) or after[:1] in {",", "!"}
            return Mention(start, end, PERSON, FAIR) if said_of else None
        return Mention(start, end, PERSON, STRONG)
    if near:
        return Mention(start, end, PERSON, WEAK if _PERSON_HEAD.search(before) else STRONG)
    if _NEAR_PLACE_WEAKLY.search(before):
        return Mention(start, end, PLACE, WEAK)
    if _AFTER_PERSON.match(after) and not all(map(is_common, forms)):
        return Mention(start, end, PERSON, FAIR)
    if len(forms) == 1 and is_common(forms[0]) and not is_name(forms[0]):
        return Mention(start, end, NAME, -1.0)  # a capital for emphasis, unless the recogniser says otherwise
    return Mention(start, end, NAME, NOTHING)


def _lower(text: str) -> Iterator[Mention]:
    """Yield names that were transcribed without capitals: known first names, and what follows them or a title."""
    for match in _LOWER_TITLED.finditer(text):
        if not is_common(match["name"]) and levels_of(match["name"]) not in SPOKEN:
            yield Mention(match.start("name"), match.end("name"), PERSON, STRONG)
    for match in _LOWER_TOKEN.finditer(text):
        if is_common(match[0]) or not is_first_name(match[0]) or levels_of(match[0]) in SPOKEN:
            continue
        follower = re.compile(rf"{_BLANK}([a-zà-ÿ\-]{{3,}})(?![\w’'])").match(text, match.end())
        surname = follower is not None and not is_common(follower[1]) and levels_of(follower[1]) not in SPOKEN
        end = follower.end() if follower and surname else match.end()
        yield Mention(match.start(), end, PERSON, FAIR)
