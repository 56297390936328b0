"""Tables and subtitles: formulas, missing quotes, giants, broken times."""

from __future__ import annotations

import json

from battery_builders import COMPOUND, SENTENCE, encrypted_office, inline, workbook, xlsx, zipped
from battery_cases import Case, Expected, read, refused, warned

FORMULA = "=cmd|' /C calc'!A1"
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
TIMES = "00:00:01,000 --> 00:00:02,000\n"
CODINGS = "coding_id,doc_id,code_path,quote\n1,2,def.besoin,Un jardin partagé dans le quartier\n"


def many_lines(count: int) -> bytes:
    return ("titre;texte\n" + f"a;{SENTENCE}\n" * count).encode()


def amplified() -> bytes:
    """Return a workbook of which 200,000 cells repeat one long string."""
    row = '<row><c t="s"><v>0</v></c></row>'
    return workbook(row * 200_000, shared=["jardin " * 4_000])


def several(name: str, file: str, content: object, documents: int) -> Case:
    return Case(name, {file: content}, {file: Expected(frozenset({"", "warning"}), None, "", documents)})  # type: ignore[dict-item]


def ods_repeated() -> bytes:
    spaces = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
    )
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>jardin</text:p></table:table-cell>'
    content = f'<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": "<a/>",
        }
    )


def ods_cut() -> bytes:
    """Return a sheet whose XML ends in the middle: calamine would go round in it for ever."""
    content = "<office:document-content><office:body><office:spreadsheet><table:table table:name='A'><table:table-row>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": "<a/>"})


CASES: list[Case] = [
    refused("table vide", "a.csv", b"", "empty"),
    refused("en-tête seul", "a.csv", b"titre;texte\n", "empty", "no-text-column"),
    refused("rien que des virgules", "a.csv", b",,,\n,,,\n", "empty"),
    refused("guillemet ouvert", "a.csv", b'titre;texte\na;"Un jardin\nb;Deux\n', "corrupt"),
    refused("ligne trop longue", "a.csv", b"titre;texte\na;Un jardin;de trop\n", "corrupt"),
    refused("aucune colonne de texte", "a.csv", b"n;m\n1;2\n", "no-text-column"),
    warned("guillemets et séparateurs en entités", "a.csv", b'titre;texte\na;"Un &quot;jardin&quot; &#59; et deux&#10;caf&eacute;s"\nb;Un &quot;th&eacute;\n', text='Un "jardin" ; et deux\ncafés\fUn "thé', says="7 entité(s)"),
    read("une formule", "a.csv", f'titre;texte\na;"{FORMULA} un jardin"\n'.encode(), f"{FORMULA} un jardin"),
    read("séparateur annoncé et marque", "a.csv", "\ufeffsep=;\ntitre;texte\na;Un été\n".encode(), "Un été"),
    read("table en UTF-16", "a.csv", "titre\ttexte\na\tUn été\n".encode("utf-16"), "Un été"),
    read("noms de colonnes répétés", "a.csv", b"texte;texte\nUn jardin;Deux\n", "Un jardin"),
    read("une cellule d'un million de signes", "a.csv", b"titre;texte\na;" + b"jardin " * 142_857 + b"\n", ("jardin " * 142_857).strip()),
    read("10 000 colonnes", "a.csv", (";".join(["texte", *(f"c{n}" for n in range(10_000))]) + "\nUn jardin\n").encode(), "Un jardin"),
    several("200 000 lignes", "a.csv", lambda: many_lines(200_000), 200_000),
    Case("résultats parmi les sources", {"codings.csv": CODINGS.encode(), "b.txt": SENTENCE.encode()}, {"codings.csv": Expected(frozenset({"ignoré"})), "b.txt": Expected(frozenset({""}), SENTENCE)}),
    refused("JSON cassé", "a.jsonl", b'{"texte": "Un jardin"\n', "corrupt"),
    refused("JSON sans objet", "a.jsonl", b"[1, 2]\n", "corrupt"),
    refused("JSON imbriqué 100 000 fois", "a.jsonl", b'{"texte": ' + b"[" * 100_000 + b"\n", "corrupt"),
    refused("un nombre de 10 000 chiffres", "a.jsonl", b'{"texte": "Un jardin", "n": ' + b"9" * 10_000 + b"}\n", "corrupt"),
    read("moitié de caractère en JSON", "a.jsonl", b'{"texte": "Un \\ud83d jardin"}\n', "Un ? jardin"),
    read("nombres sans fin", "a.jsonl", b'{"texte": "Un jardin", "a": NaN, "b": 1e999}\n', "Un jardin"),
    read("balises dans une table", "a.jsonl", json.dumps({"texte": "<img src=x onerror=alert(1)> un jardin"}).encode(), "<img src=x onerror=alert(1)> un jardin"),
    read("classeur", "a.xlsx", xlsx([[inline("texte")], [inline(SENTENCE)]]), SENTENCE),
    refused("classeur à l'en-tête seul", "a.xlsx", xlsx([[inline("texte")]]), "empty", "no-text-column"),
    refused("classeur vide", "a.xlsx", xlsx([]), "empty"),
    refused("classeur coupé", "a.xlsx", xlsx([[inline("texte")]])[:300], "corrupt"),
    refused("classeur sous mot de passe", "a.xlsx", encrypted_office(), "encrypted"),
    refused("vieux classeur abîmé", "a.xls", COMPOUND + bytes(5_000), "corrupt", "empty"),
    read("classeur : la valeur d'une formule", "a.xlsx", xlsx([[inline("texte")], ['t="str"|<f>WEBSERVICE("http://127.0.0.1:9")</f><v>Un jardin</v>']]), "Un jardin"),
    read("classeur : cellules fusionnées", "a.xlsx", xlsx([[inline("texte"), inline("ville")], [inline(SENTENCE), inline("")]], more='<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>'), SENTENCE),
    refused("classeur : entités", "a.xlsx", xlsx([[inline("texte")], ['t="s"|<v>0</v>']], shared=["&e;"], head=XXE), "xml-entities", "empty", "corrupt"),
    refused("classeur : une case au bout du monde", "a.xlsx", workbook(f'<row r="1"><c r="A1" {inline("texte").replace("|", ">")}</c></row><row r="1048576"><c r="XFD1048576" {inline("x").replace("|", ">")}</c></row>'), "too-long", "memory", "crash", "corrupt"),
    refused("classeur : 200 000 fois la même chaîne", "a.xlsx", amplified, "memory", "crash", "timeout"),
    refused("classeur ODS : cellules répétées", "a.ods", ods_repeated, "too-long", "memory", "crash", "timeout", "corrupt"),
    refused("classeur ODS au XML coupé", "a.ods", ods_cut, "corrupt"),
    refused("sous-titres sans temps", "a.srt", b"1\nUn jardin\n", "empty"),
    read("temps qui se chevauchent et reculent", "a.srt", f"1\n00:00:05,000 --> 00:00:09,000\nUn\n\n7\n{TIMES}deux\n".encode(), "Un deux"),
    read("temps impossibles", "a.srt", b"1\n999:99:99,999 --> 00:00:00,000\nUn jardin\n", "Un jardin"),
    read("temps abîmés", "a.srt", f"1\n00:00 -> x\nperdu\n\n2\n{TIMES}Un jardin\n".encode(), "Un jardin"),
    read("balises de sous-titres", "a.srt", f"1\n{TIMES}<i>Un</i> {{\\an8}}<font color=x>jardin</font>\n".encode(), "Un jardin"),
    read("chevrons qui ne sont pas des balises", "a.srt", f"1\n{TIMES}<rires> On a <i>ri</i>,<br>oui <inaudible>\n".encode(), "<rires> On a ri, oui <inaudible>"),
    read("chevrons ouverts", "a.srt", f"1\n{TIMES}{'<a' * 50_000} jardin\n".encode(), "<a" * 50_000 + " jardin"),
    refused("WebVTT sans en-tête", "a.vtt", b"Un jardin\n", "corrupt"),
    read("WebVTT : une voix sans fin", "a.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {' ' * 20_000}x\n".encode(), f"<v {' ' * 20_000}x"),
    read("WebVTT : style et voix", "a.vtt", b"WEBVTT\n\nSTYLE\n::cue { background: url(http://127.0.0.1:9/) }\n\n00:01.000 --> 00:02.000\n<v Ana>Un jardin</v>\n", "Ana : Un jardin"),
]  # fmt: skip
