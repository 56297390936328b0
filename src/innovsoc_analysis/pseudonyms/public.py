"""Names that a study keeps as a rule, and capitals that name no one in particular."""

from __future__ import annotations

from innovsoc_analysis.pseudonyms.words import levels_of


def _set(lines: str) -> frozenset[tuple[str, ...]]:
    return frozenset(levels_of(name) for line in lines.split("\n") for name in line.split(",") if name.strip())


KEPT_PLACES = _set("""
    France, Belgique, Suisse, Canada, Québec, Luxembourg, Europe, Wallonie, Flandre, Romandie, Suisse romande, Afrique,
    Asie, Amérique, Amérique latine, Océanie, Méditerranée, Maghreb, Sahel, Occident, Allemagne, Angleterre,
    Royaume-Uni, Irlande, Espagne, Portugal, Italie, Grèce, Pays-Bas, Hollande, Danemark, Suède, Norvège, Finlande,
    Pologne, Roumanie, Bulgarie, Hongrie, Ukraine, Russie, Turquie, Maroc, Algérie, Tunisie, Libye, Égypte, Sénégal,
    Mali, Guinée, Côte d'Ivoire, Cameroun, Congo, Rwanda, Burundi, Érythrée, Éthiopie, Somalie, Syrie, Liban, Irak,
    Iran, Afghanistan, Inde, Chine, Japon, Vietnam, Brésil, Argentine, Chili, Mexique, États-Unis, Haïti
""")
"""Countries and wider: too large to tell who speaks, as a rule."""

KEPT_ORGANISATIONS = _set("""
    Croix-Rouge, Union européenne, Commission européenne, Parlement européen, Nations unies, ONU, OCDE, UNESCO, OIT,
    Banque mondiale, BEPA, INSEE, CNRS, Restos du cœur, Secours populaire, Secours catholique, Emmaüs, Caritas,
    Médecins du monde, Médecins sans frontières, Oxfam, ATD Quart Monde, Ashoka, Avise, CRISES, Google, Facebook,
    Instagram, WhatsApp, YouTube, Internet, Excel, Word, PowerPoint, Wikipédia, Zoom, Communauté française, ONE,
    Fédération Wallonie-Bruxelles, Région wallonne, Région bruxelloise
""")
"""Organisations and products that everyone knows."""

KEPT_PERSONS = _set("""
    Moulaert, Frank Moulaert, Howaldt, Jürgen Howaldt, Mulgan, Geoff Mulgan, Cajaiba-Santana, Richez-Battesti, Polanyi,
    Karl Polanyi, Ostrom, Elinor Ostrom, Bourdieu, Pierre Bourdieu, Schumpeter, Marx, Karl Marx, Rosanvallon, Foucault
""")
"""Authors who are quoted."""

GENERIC = _set("""
    AG, AGE, CA, PV, CV, RH, OK, TV, PC, SMS, GSM, PDF, URL, USB, TVA, AVC, VIH, SIDA, IRM, ESS, ONG, ASBL, OBNL, OBL,
    SCOP, SCIC, SPRL, SRL, SA, SARL, SNC, TPE, PME, CPAS, CAF, CLSC, CISSS, CIUSSS, EMS, CMS, CMU, AAH, RSA, RMI, SDF,
    HLM, CHRS, EHPAD, ESAT, IME, MJC, PMI, PMR, RIS, ALE, APE, ACS, CDI, CDD, CPE, MRC, DPJ, ETP, UE, PMS, ISP, IS, IA,
    BTS, BAC, DEA, LGBT, LGBTQ, LGBTQI, COVID, DIY, FAQ, RGPD, KPI, SROI, CO2, PNUD, TGV, RER, SNCB, SNCF, CFF, STM,
    AI, AVS, APL, SMIC, ONEM, FOREM, ACTIRIS, EFT, OISP, T1, T2, T3, T4, T5
""")
"""Abbreviations of what there is everywhere."""

INSTITUTIONS = _set("""
    Ville, Région, État, Commune, Province, Département, Canton, Métropole, Municipalité, Municipal, Conseil,
    Gouvernement, Parlement, Ministre, Ministère, Bourgmestre, Maire, Gouverneur, Présidente, Président, Députée,
    Député, Budget, Équipement, Justice, Santé, Madame, Monsieur, Mesdames, Messieurs, Mademoiselle, Docteur, Maître,
    Dieu, Noël, Pâques, Toussaint, Ramadan, Nord, Sud, Est, Ouest, Fonds, Agence, Fondation, Association, École,
    Université, Maison, Église, Histoire, Internet, Enquêtrice, Enquêteur, Chercheur, Chercheuse, Étudiant, Étudiante,
    Animatrice, Animateur, Intervieweuse, Intervieweur, Public, Salle, Participante, Participant, Question, Réponse,
    Personne, Lieu, Organisation
""")
"""Common words that are given a capital."""

SPOKEN = _set("""
    ben, bah, beh, hein, euh, heu, hum, hopla, ouh, ouais, ouaip, oups, bof, beurk, mouais, faque, asteure, pis, ça,
    iel, iels, ielles, celleux, ceulles, toustes, tou·te·s, elleux, ielle, ok, okay, coucou, hello, hé, eh, oh, ah,
    yes, super, merci, gell, ma foi, nenni, oufti, fieu, tabarnak, crisse, ayoye, chéri, chérie, papa, maman, papy,
    mamy, papi, mamie, tonton, tata, rire, rires, silence, inaudible
""")
"""What people say that no dictionary of written French has, and what they are called at home."""
