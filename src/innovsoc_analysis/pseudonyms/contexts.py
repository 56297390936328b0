"""What the words around a name say of it: titles, kin, places, organisations."""

from __future__ import annotations

import re

LOOKED_BACK = 30
LONGEST_ACRONYM = 6
BLANK = r"[ \u00a0\u202f]"
TOKEN = re.compile(r"(?:[NMO][’'](?=[A-ZÀ-ÖØ-Þ]))?[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
CLITIC = re.compile(
    r"[-‐‑](?:t[-‐‑])?(?:moi|toi|lui|leur|le|la|les|nous|vous|en|y|ce|je|tu|il|elle|on|ils|elles|là|ci|même|mêmes|tu"
    r"|dire|être)\b.*",
    re.IGNORECASE,
)
NO_NAME = re.compile(r"[Aa]ujourd|[\w]+-(?:e-s|es?|s)", re.IGNORECASE)  # « aujourd'hui », « certain-e-s »
PARTICLES = frozenset(
    (
        "ben",
        "bin",
        "ibn",
        "ould",
        "el",
        "al",
        "ait",
        "aït",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "dos",
        "do",
        "das",
        "di",
        "del",
        "della",
        "le",
        "la",
        "du",
        "thi",
    )
)
FOREIGN_PARTICLES = PARTICLES - {"de", "du", "le", "la"}
TITLE = re.compile(
    rf"(?<!\w)(?:(?:MM?|Mmes?|Mlle|Mr|Mgr|Pr|Prof|Dr|Me)\.?|Maître|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeure?"
    rf"|[Pp]rofesseure?|[Ss]œur|[Pp]ère|[Aa]bbé|[Tt]onton|[Tt]ata|[Tt]atie|m['’]sieur|mame){BLANK}\Z"
)
_KIN_WORDS = (
    "collègue ami amie copain copine voisin voisine cousin cousine frère sœur mère père fils fille mari femme épouse "
    "époux compagnon compagne tante oncle neveu nièce mamie papi grand-mère grand-père filleul filleule marraine "
    "parrain bénévole stagiaire directeur directrice patron patronne chef cheffe coordinateur coordinatrice infirmier "
    "infirmière éducateur éducatrice animateur animatrice assistante assistant conseillère conseiller avocat avocate "
    "psychologue médecin pote gamin gamine petit petite jeune belle-sœur beau-frère belle-mère beau-père prof "
    "formateur formatrice bourgmestre maire échevin échevine députée député président présidente trésorier trésorière "
    "secrétaire boulanger boulangère maraîcher maraîchère ouvrier ouvrière concierge curé caissière caissier"
).replace(" ", "|")
NEAR_PERSON = re.compile(
    rf"(?<!\w)(?:(?i:mon|ma|ton|ta|son|sa|notre|votre|leur|le|la|l['’]|un|une|cette|cet|ce){BLANK}?(?:\w+{BLANK})?"
    rf"(?:{_KIN_WORDS}),?{BLANK}|(?:m|t|s)['’]appell?e(?:s|nt)?{BLANK}|je{BLANK}suis{BLANK}"
    rf"|moi,?{BLANK}c['’]est{BLANK}|(?:prénom|nommée?|dénommée?|un{BLANK}certain|une{BLANK}certaine|surnommée?"
    rf"|appelle(?:nt|r)?|avec|chez|selon|[Mm]erci,?|[Bb]onjour,?|[Ss]alut,?){BLANK})\Z"
)
PERSON_HEAD = re.compile(r"(?:avec|chez|selon|appelle(?:nt|r)?|je.suis|[Mm]erci,?|[Bb]onjour,?|[Ss]alut,?).\Z")
AFTER_PERSON = re.compile(
    rf",?{BLANK}(?:(?:elle|il|lui){BLANK}|(?:m|t|nous|vous)['’ \u00a0]?(?:a|avait|dit|disait){BLANK}"
    rf"|a{BLANK}(?:dit|répondu|voulu)\b|(?:et{BLANK})?(?:mon|ma|son|sa|notre){BLANK}(?:{_KIN_WORDS})\b"
    r"|l['’]infirmi|(?:dit|raconte|pense|explique)\b)"
)
_PLACE_HEADS_WORDS = (
    "ville village commune quartier hameau bourg vallée val canton gare métro faubourg banlieue côté rue place avenue "
    "boulevard chaussée quai parc forêt lac mairie maire bourgmestre échevin préfecture pays région province "
    "département marché église"
).replace(" ", "|")
NEAR_PLACE = re.compile(
    rf"(?<!\w)(?:(?:{_PLACE_HEADS_WORDS}){BLANK}(?:de{BLANK}|du{BLANK}|d['’]|des{BLANK})?"
    rf"|(?:habit\w+|née?s?|vi[ts]|vivais|vivait|loge\w*|travaill\w+|install\w+|déménag\w+|vien[ts]|venue?s?|arriv\w+"
    rf"|all\w+|part\w+|mont\w+|descend\w*|rentr\w+|all[ée]\w*){BLANK}(?:\w+{BLANK}){{0,2}}?"
    rf"(?:à|de|d['’]|sur|en|depuis|vers|pour){BLANK}?|[Pp]rès{BLANK}d(?:e{BLANK}|['’])|[Dd]u{BLANK}côté{BLANK}d(?:e{BLANK}|['’])"
    rf"|[Ee]n{BLANK}|[Vv]ers{BLANK}|entre{BLANK})\Z"
)
NEAR_PLACE_WEAKLY = re.compile(rf"(?<!\w)[àÀ]{BLANK}\Z")
_ORGANISATION_HEADS_WORDS = (
    "asbl association assoc assos asso fondation fonds coopérative coop scop scic mutuelle mutualité banque entreprise "
    "société cabinet agence bureau institut centre collectif réseau fédération comité syndicat ligue mouvement "
    "université haute-école école lycée collège hôpital clinique maison café librairie ferme régie projet programme "
    "plateforme appelée appelé nommé nommée baptisé baptisée usine magasin boutique revue journal épicerie crèche "
    "ressourcerie recyclerie tiers-lieu foyer résidence théâtre"
).replace(" ", "|")
NEAR_ORGANISATION = re.compile(
    rf"(?<!\w)(?:{_ORGANISATION_HEADS_WORDS}){BLANK}(?:de{BLANK}|du{BLANK}|d['’]|l['’]|la{BLANK})?"
    rf"[«“\"]?{BLANK}?\Z",
    re.IGNORECASE,
)
HEADED = re.compile(
    r"(?<![\w-])(?:Agence|Régie|Fondation|Association|Fonds|Université|Haute École|Centre|Comité|Coopérative|Mutualité"
    r"|Mutuelle|Office|Institut|Lycée|Collège|Hôpital|Clinique|Collectif|Réseau|Fédération|Ligue|Syndicat|Société|Banque"
    r"|Caisse|Communauté|Ferme|Jardins?|Atelier|Ateliers|Café|Maison|Épicerie|Compagnons|Résidence|Foyer|Mission|Cité)"
    r"(?:[ \u00a0](?:[a-zà-ÿ\-]{4,}[ \u00a0])?(?:(?:de[ \u00a0]la|de|du|des|aux?)[ \u00a0]|d['’]|de[ \u00a0]l['’])"
    r"(?:[ld]['’])?(?!\w+(?:er|ir)\b)[\w\-]{3,}|[ \u00a0](?:[A-ZÀ-ÖØ-Þ][\w\-]+)"
    r"|[ \u00a0][a-zà-ÿ\-]{5,}(?:ale?|aire|ique|euse|eux|ien|ienne|aise?|oise?|ées?)s?)+"
)
NAMED = re.compile(
    rf"(?<!\w)(?i:{_ORGANISATION_HEADS_WORDS}){BLANK}"
    rf"(?:«{BLANK}?(?P<quoted>[A-ZÀ-ÖØ-Þ][^«»\n.,;:!?]{{1,50}}?){BLANK}?»"
    rf"|(?P<plain>[A-ZÀ-ÖØ-Þ][\w’'\-]+(?:{BLANK}(?:(?:de|du|des|en|et|à|aux?|la|le|les|pour){BLANK}|d['’]|l['’])"
    rf"{{0,2}}[A-ZÀ-ÖØ-Þ][\w’'\-]+)*))",
)
LOWER_TITLED = re.compile(
    rf"(?<!\w)(?:[Mm]adame|[Mm]onsieur|[Mm]me|[Dd]octeur|[Mm]aître|[Mm]lle){BLANK}(?P<name>[a-zà-ÿ\-]{{2,}})(?!\w|['’])"
)
SAID_OF = re.compile(rf"{BLANK}(?:elle|il|lui|a|avait|était|disait|dit|me|m['’]|nous|vient|venait)(?![\w-])")
NOT_AFTER_TITLE = frozenset(
    (
        "la",
        "le",
        "les",
        "un",
        "une",
        "qui",
        "que",
        "et",
        "elle",
        "il",
        "tout",
        "là",
        "oui",
        "non",
        "bonjour",
        "pardon",
        "merci",
    )
)
LOWER_PLACE = re.compile(
    r"(?<!\w)(?:à|habite|de|vers|sur|près[ ]de|depuis)[ ](?P<name>[a-zà-ÿ]{3,}(?:-[a-zà-ÿ]{2,})*)(?![\w-])"
)
LOWER_TOKEN = re.compile(r"(?<![\w-])[a-zà-ÿ]{3,}(?:-[a-zà-ÿ]{3,})?(?![\w-])")
LOWER_FOLLOWER = re.compile(rf"{BLANK}([a-zà-ÿ\-]{{3,}})(?![\w’'])")
