"""What hangs at the end of a long sentence made a sentence of its own: deadlines, limits, exceptions, explanations.

Each tail must hang on the main clause, which must neither deny nor ask.
"""

import re
from collections.abc import Iterator

from accessform.plain_language.drafting.edits import Proposal
from accessform.plain_language.drafting.reading import FEWEST_TOLD, Read, is_denied, is_finite, is_whole, read, subject
from accessform.plain_language.drafting.surface import capital
from accessform.plain_language.parsing import parse
from accessform.plain_language.sentences import count_words
from accessform.plain_language.wording import ReadingLevel

FEWEST_WORDS = 5
"""Words that must stay in the main clause: a shorter one is no long sentence."""


LENGTH = (
    r"(?P<length>(?:\d+|vingt et un|[a-z]+(?:-[a-z]+)?) "
    r"(?:jours?(?: ouvrés| ouvrables| francs)?|mois|ans?|semaines?|heures?))"
)
DEADLINE = re.compile(
    rf",? dans (?:(?:un|le) délai (?P<most>maximum |maximal )?(?:de |d['’])|les ){LENGTH}"
    r"(?P<from> (?:(?:à compter|à partir) (?:de |du |des |d['’])"
    r"|(?:suivant|qui suivent|après) (?=l[ae]s? |l['’]|votre |cette |ce |son |sa ))"
    r"[^,;:()]{3,120})\.$"
)
MONTH = re.compile(
    r",? dans (?P<length>le mois|l['’]année) (?:suivant|qui suit) "
    r"(?P<from>(?:l[ae]s? |l['’]|votre |cette |ce )[^,;:()]{3,120})\.$"
)
LIMIT = re.compile(
    r",? dans la limite (?P<per>annuelle |mensuelle )?de "
    r"(?P<limit>\d[\d \u00a0\u202f,]*[ \u00a0\u202f](?:€|%|heures|jours|mois)(?: par [a-zà-ÿ]+)*)\.$"
)
LAST_DAY = re.compile(r",? au plus tard (?P<day>le [a-z\d][^,;:()]{3,90})\.$")
EXCEPTION = re.compile(r", sauf (?P<what>[^;:()]{12,140})\.$")
RESERVE = re.compile(
    r", sous réserve (?P<of>de la |du |de l['’])"
    r"(?P<what>(?:conservation|présentation|production|signature|accord|obtention|acceptation)\b[^,;:()]{0,80})\.$"
)
COLON = re.compile(
    r"[ \u00a0\u202f]*:[ \u00a0](?=(?:l[ae]s? |l['’]|ils? |elles? |vous |une? |cette |ce |votre |vos |son |sa ))"
)
CONDITION = re.compile(
    r"Si vous (?P<what>(?:(?:ne|y|en|les?|la|lui|leur|vous|nous) |[nl]['’])*(?P<verb>[a-zà-ÿ]+)\b"
    r"[^,;:?!()\n]{0,90}), (?!(?:et|ou|mais|sauf)\b)"
)
TRAILS = re.compile(
    r"\b(?:pour|délai|afin|sous|dont|qui|que|auprès|devant|par (?:lettre|voie|courrier|internet)|en ligne|au moyen)\b"
)
"""Words that hang more on the tail than its start, or that belong to the verb and would be lost to it."""

UNDER = re.compile(r"\b(?:en l['’]absence|à défaut|faute|sans|en cas|lorsqu\w*|quand|si|sauf)\b[^,]*$", re.IGNORECASE)
"""A condition that the tail is a part of: a deadline cut off from it would be everybody's."""

HOLLOW = ("intervenir", "avoir", "être", "courir", "expirer", "durer", "commencer")
"""Verbs that say nothing without the tail."""

OUTSIDE = ("acl", "acl:relcl", "advcl", "ccomp", "csubj", "conj", "parataxis")
INTRODUCES = re.compile(
    r"\b(?:suivante?s?|ci-dessous|ci-après|cas|conditions?|pièces|documents|notamment|soit|raisons|motifs"
    r"|façons|manières|étapes|situations|règles|exceptions|éléments|possibilités|options|solutions|choix|obligations)$",
    re.IGNORECASE,
)


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose every tail that may stand alone; conditions become questions at the easy level only."""
    for one in read(text):
        if not one.sentence.text.endswith("."):
            continue
        yield from explanation(one)
        if level is ReadingLevel.EASY:
            yield from condition(one)
        if not is_denied(one.root):
            yield from deadline(one)
            yield from month(one)
            yield from others(one)


def deadline(one: Read) -> Iterator[Proposal]:
    """« …dans un délai de deux mois à compter de sa notification. » → « …. Le délai est de deux mois à partir de … »"""
    found = DEADLINE.search(one.sentence.text)
    if found and not TRAILS.search(found.group("from")) and _hangs_on_the_main_clause(one, found, "length"):
        began = re.sub(r"^ (?:à compter|à partir)", " à partir", found.group("from"))
        began = re.sub(r"^ (?:suivant|qui suivent)", " après", began)
        yield _cut(one, found, "deadline", f"{_granted(one, found.group('length'), found.group('most') or '')}{began}.")


def month(one: Read) -> Iterator[Proposal]:
    """« …dans le mois qui suit le déménagement. » → « …. Le délai est d'un mois après le déménagement. »"""
    found = MONTH.search(one.sentence.text)
    if found and not TRAILS.search(found.group("from")) and _hangs_on_the_main_clause(one, found, "length"):
        length = "un mois" if "mois" in found.group("length") else "un an"
        yield _cut(one, found, "deadline", f"{_granted(one, length)} après {found.group('from')}.")


def _granted(one: Read, length: str, most: str = "") -> str:
    who = subject(one.root)
    if who is not None and who.lower_ == "vous" and is_finite(who.nbor()) and not most:
        return f"Vous avez {length}"
    return f"Le délai {most}est {'d' + chr(39) if length.startswith('un') else 'de '}{length}"


def condition(one: Read) -> Iterator[Proposal]:
    """« Si vous déménagez, prévenez-nous. » → « Vous déménagez ? Prévenez-nous. »"""
    text = one.sentence.text
    found = CONDITION.match(text)
    if not found or re.search(r"\b(?:si|que|qu['’]|sinon|mais)\b", found.group("what")):
        return
    verb = found.group("verb")
    present = verb in ("êtes", "avez", "faites", "dites") or (verb.endswith("ez") and not verb.endswith("iez"))
    if present and _opens_a_clause(text[found.end() :]):
        start = one.sentence.start
        after = f"Vous {found.group('what')}\u00a0? {text[found.end()].upper()}"
        yield Proposal("condition-asked", start, start + found.end() + 1, after)


def _opens_a_clause(main: str) -> bool:
    """Tell whether what follows the comma is the main clause itself: a subject or an order comes first."""
    doc = parse(capital(main))
    return count_words(main) > 1 and (
        doc[0].pos_ in ("DET", "PRON") or doc[0].text.endswith("ez") or "-" in doc[0].text
    )


def others(one: Read) -> Iterator[Proposal]:
    """Limits, last days and reserves."""
    text = one.sentence.text
    for pattern, rule, said in (
        (LIMIT, "limit", "La limite {per}est de {limit}."),
        (LAST_DAY, "last-day", "La date limite est {day}."),
    ):
        found = pattern.search(text)
        if found and _hangs_on_the_main_clause(
            one, found, next(iter(pattern.groupindex)) if rule != "limit" else "limit"
        ):
            yield _cut(
                one, found, rule, said.format(**{name: value or "" for name, value in found.groupdict().items()})
            )
    found = EXCEPTION.search(text)
    if found and count_words(text[: found.start()]) >= FEWEST_WORDS and count_words(found.group("what")) >= FEWEST_TOLD:
        yield _cut(one, found, "exception", f"Exception\u00a0: {found.group('what')}.")
    found = RESERVE.search(text)
    if found:
        article = {"du ": "le ", "des ": "les ", "de la ": "la "}.get(found.group("of"), "l'")
        yield _cut(one, found, "reserve", f"Il y a une condition\u00a0: {article}{found.group('what')}.")


def explanation(one: Read) -> Iterator[Proposal]:
    """« A : b. » → « A. B. » where both are whole clauses and the first announces no list."""
    text = one.sentence.text
    found = COLON.search(text)
    if not found or text.count(":") != 1 or INTRODUCES.search(text[: found.start()]):
        return
    pieces = (f"{text[: found.start()]}.", capital(text[found.end() :]))
    if all(is_whole(piece) for piece in pieces):
        start = one.sentence.start
        rest = text[found.end()]
        yield Proposal("explanation", start + found.start(), start + found.end() + 1, f". {rest.upper()}")


def _hangs_on_the_main_clause(one: Read, found: re.Match[str], group: str) -> bool:
    if count_words(one.sentence.text[: found.start()]) < FEWEST_WORDS:
        return False
    if one.root.lemma_ in HOLLOW or UNDER.search(one.sentence.text[: found.start()]):
        return False
    token = next((token for token in one.doc if token.idx >= found.start(group)), None)
    return token is not None and not any(ancestor.dep_ in OUTSIDE for ancestor in (token, *token.ancestors))


def _cut(one: Read, found: re.Match[str], rule: str, said: str) -> Proposal:
    return Proposal(rule, one.sentence.start + found.start(), one.sentence.end, f". {said}")
