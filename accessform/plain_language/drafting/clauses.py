"""Clause templates that need no parser: references, sanctions, polite orders, worn-out pointers."""

import re
from collections.abc import Iterator

from accessform.plain_language.drafting.edits import Proposal
from accessform.plain_language.drafting.surface import capital, opens_a_sentence
from accessform.plain_language.sentences import sentences_of
from accessform.plain_language.wording import ReadingLevel

REFERENCE = re.compile(
    r" ?[ \u00a0]\((?P<reference>(?:[Aa]rticles?|[Dd]écret|[Ll]oi|[Aa]rrêté)[ \u00a0][^()\n]{3,160})\)"
    r"(?P<stop>\.)(?=\s|$)"
)
APPLIED = r"(?:en application de|conformément à|en vertu de|selon) "
LAW_AT_THE_END = re.compile(rf", {APPLIED}l['’]article (?P<number>[^,;:()\n]{{4,120}})\.(?=\s|$)")
LAW_AT_THE_HEAD = re.compile(
    r"(?:En application de|Conformément à|En vertu de|Selon) l['’]article "
    r"(?P<number>[^,;:()\n]{4,120}), (?P<main>[^;:()\n]*?)\.(?=\s[^a-z]|$)"
)
POINTED = re.compile(
    r"\b(?P<det>(?:[DdÀà]e? )?(?:[Ll]es?|[Ll]a|[Ll]['’])|[Dd]u|[Dd]es|[Aa]ux?) ?(?P<noun>[a-zà-ÿ]{3,}) "
    r"(?P<pointer>(?:précité|susmentionné|susvisé|susdit|sus-mentionné)(?P<suffix>e?s?))\b"
)
DEMONSTRATIVES = {"": "ce", "e": "cette", "s": "ces", "es": "ces"}

OBLIGED = re.compile(
    r"\b(?:doi(?:t|vent|s)|devez|devra|devront|obligatoires?|est tenue?|sont tenue?s|il faut)\b", re.IGNORECASE
)
FINE = re.compile(
    r",? sous peine d['’]une amende de (?P<amount>\d[\d \u00a0\u202f]*[ \u00a0\u202f]€)(?P<stop>\.)(?=\s|$)"
)
REJECTED = re.compile(
    r",? sous peine (?:de |d['’])(?P<what>rejet|nullité|irrecevabilité|radiation|annulation|suspension)"
    r" (?:de (?P<feminine>la|l['’](?=inscription|aide|allocation|offre))|(?P<masculine>du)) ?"
    r"(?P<noun>[a-zà-ÿ]{3,})(?P<stop>\.)(?=\s|$)"
)
OUTCOMES = {
    "rejet": "est rejeté",
    "nullité": "est nul",
    "irrecevabilité": "n'est pas recevable",
    "radiation": "est radié",
    "annulation": "est annulé",
    "suspension": "est suspendu",
}
FEMININE = {"est nul": "est nulle", "n'est pas recevable": "n'est pas recevable"}

INCUMBENT = re.compile(
    r"\b[Ii]l (?:appartient|incombe|revient) (?P<to>au |aux |à la |à l['’]|à )"
    r"(?P<who>[a-zà-ÿ]+(?: [a-zà-ÿ]+)?) (?:de |d['’])"
    r"(?=(?:l[ae]s? |l['’]|vous |nous |en |y )?[a-zà-ÿ]{2,}(?:er|ir|re)\b)"
)
CANNOT = re.compile(
    r"\b(?P<ne>[Nn]e )(?P<verb>peut|peuvent|pouvez|pouvons|pourra|pourront)"
    r"(?= (?:être |avoir |[a-zà-ÿ]+(?:er|ir|re)\b))"
)
NO_STEP = re.compile(r"\b(?:aucune?s?|nul(?:le)?|personne|rien|jamais|plus|guère|ni|sans que)\b|qu['’e]", re.IGNORECASE)


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose the clause templates that apply, at both levels."""
    for template in (references, laws, pointers, fines, rejections, incumbents, cannot):
        yield from template(text)


def references(text: str) -> Iterator[Proposal]:
    """« …(article L. 1 du code). » → « …. Texte officiel : article L. 1 du code. »"""
    for found in REFERENCE.finditer(text):
        inside = found.group("reference")
        yield Proposal("reference-aside", *found.span(), f". Texte officiel\u00a0: {inside[:1].lower()}{inside[1:]}.")


def laws(text: str) -> Iterator[Proposal]:
    """« …, en application de l'article 8 de la loi. » → « …. Texte officiel : article 8 de la loi. »"""
    for found in LAW_AT_THE_END.finditer(text):
        yield Proposal("reference-aside", *found.span(), f". Texte officiel\u00a0: article {found.group('number')}.")
    for found in LAW_AT_THE_HEAD.finditer(text):
        if opens_a_sentence(text[: found.start()]) and len(sentences_of(found.group("main"))) == 1:
            told = f"{capital(found.group('main'))}. Texte officiel\u00a0: article {found.group('number')}."
            yield Proposal("reference-aside", *found.span(), told)


def pointers(text: str) -> Iterator[Proposal]:
    """« le délai précité » → « ce délai »."""
    for found in POINTED.finditer(text):
        word = DEMONSTRATIVES[found.group("suffix")]
        if word == "ce" and found.group("noun")[0] in "aeiouéèêh":
            word = "cet"
        before = {"du": "de ", "des": "de ", "au": "à ", "aux": "à "}.get(found.group("det").lower(), "")
        made = f"{before}{word} {found.group('noun')}"
        yield Proposal("pointer", *found.span(), capital(made) if found.group()[:1].isupper() else made)


def fines(text: str) -> Iterator[Proposal]:
    """« doit …, sous peine d'une amende de 135 €. » → « doit …. Sinon, l'amende est de 135 €. »"""
    for found in FINE.finditer(text):
        if _is_an_order(_sentence_before(text, found.start())):
            yield Proposal("fine", *found.span(), f". Sinon, l'amende est de {found.group('amount')}.")


def rejections(text: str) -> Iterator[Proposal]:
    """« doit …, sous peine de rejet de la demande. » → « doit …. Sinon, la demande est rejetée. »"""
    for found in REJECTED.finditer(text):
        if not _is_an_order(_sentence_before(text, found.start())):
            continue
        outcome = OUTCOMES[found.group("what")]
        feminine = found.group("feminine")
        if feminine:
            outcome = FEMININE.get(outcome, f"{outcome}e")
        article = "le " if not feminine else "la " if feminine == "la" else "l'"
        yield Proposal("rejection", *found.span(), f". Sinon, {article}{found.group('noun')} {outcome}.")


def incumbents(text: str) -> Iterator[Proposal]:
    """« Il appartient au demandeur de fournir » → « Le demandeur doit fournir »."""
    for found in INCUMBENT.finditer(text):
        to = found.group("to").replace("’", "'")
        article = {"au ": "le ", "aux ": "les ", "à la ": "la ", "à l'": "l'"}.get(to)
        if article and opens_a_sentence(text[: found.start()]):
            verb = "doivent" if article == "les " else "doit"
            yield Proposal("incumbent", *found.span(), capital(f"{article}{found.group('who')} {verb} "))


def cannot(text: str) -> Iterator[Proposal]:
    """« ne peut excéder » → « ne peut pas excéder », where no other word denies or restricts."""
    for found in CANNOT.finditer(text):
        start = max((text.rfind(stop, 0, found.start()) for stop in ".;\n"), default=-1) + 1
        end = re.compile(r"[.;\n]").search(text, found.end())
        around = text[start : found.start()] + text[found.end() : end.start() if end else len(text)]
        if not NO_STEP.search(
            re.sub(r"\bni\b(?=.*\d)", "", text[found.end() : end.start() if end else len(text)])
        ) and (not re.search(r"\b(?:aucune?s?|nul(?:le)?|personne|rien)\b", around, re.IGNORECASE)):
            yield Proposal("cannot", *found.span(), f"{found.group('ne')}{found.group('verb')} pas")


def _sentence_before(text: str, end: int) -> str:
    return re.split(r"[.!?;\n]\s", text[:end])[-1]


def _is_an_order(clause: str) -> bool:
    """Tell whether a clause orders something, without condition or denial that a cut would leave alone."""
    if re.search(r"\b(?:ne|si|sauf|lorsque|quand)\b|\bn['’]|\bs['’]ils?\b", clause, re.IGNORECASE):
        return False
    first = re.match(r"\s*([A-ZÀ-Ý][a-zà-ÿ]+)", clause)
    return bool(OBLIGED.search(clause)) or bool(first and re.fullmatch(r"[A-ZÀ-Ý][a-zà-ÿ]+ez", first.group(1)))
