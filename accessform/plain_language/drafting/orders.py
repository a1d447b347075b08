"""Polite turns made orders: « Veuillez joindre » → « Joignez ». The verb is inflected, its pronouns follow it."""

import re
from collections.abc import Iterator

from accessform.plain_language.drafting.edits import Proposal
from accessform.plain_language.drafting.inflection import Cell, UnknownForm, conjugated
from accessform.plain_language.drafting.surface import capital, elides, opens_a_sentence
from accessform.plain_language.wording import ReadingLevel

POLITE = (
    r"(?:Veuillez(?: bien)?(?: vouloir)? |Merci (?:de |d['’])(?:bien vouloir )?|Prière (?:de |d['’])|Vous voudrez bien "
    r"|Vous êtes priée?s? (?:de |d['’])(?:bien vouloir )?"
    r"|Nous vous (?:remercions|prions) (?:de |d['’])(?:bien vouloir )?"
    r")"
)
VERB = r"[a-zà-ÿ]{2,}(?:er|ir|re)\b"
ORDER = re.compile(
    rf"(?P<polite>{POLITE})(?P<not>ne (?:pas|plus|jamais) )?"
    rf"(?P<pronoun>(?:nous|vous|lui|leur|les?|la|en|y) |l['’])?(?P<verb>{VERB})"
    rf"(?P<rest>(?: (?:et|ou|puis|et à|ou à|et de|ou de) {VERB})?)",
    re.IGNORECASE,
)
NOT_VERBS = frozenset(
    "leur premier dernier papier courrier dossier loyer foyer avenir plaisir titre lettre autre notre votre".split()  # noqa: SIM905
)
LATER = re.compile(
    rf"[^.;:!?\n]*\b(?:et|ou|puis) (?:(?:de|à|ne pas|vous|nous|le|la|les) |[dl]['’])*(?!{'|'.join(NOT_VERBS)}){VERB}"
)
"""Another infinitive further on, which the same polite turn governs: then nothing is made of it."""

IMPERATIVE = Cell("ip", "p", 2)


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose an order for each polite turn that opens a sentence, or follows « …, » (« Si …, veuillez … »)."""
    for found in ORDER.finditer(text):
        before = text[: found.start()]
        opens = opens_a_sentence(before)
        if not (opens or re.search(r"[,:][ \u00a0]$", before)) or LATER.match(text, found.end()):
            continue
        made = _order(found)
        if made:
            yield Proposal("order", *found.span(), capital(made) if opens else made)


def _order(found: re.Match[str]) -> str | None:
    try:
        verb = conjugated(found.group("verb").lower(), IMPERATIVE)
        rest = _second(found.group("rest"))
    except UnknownForm:
        return None
    pronoun = (found.group("pronoun") or "").strip().replace("’", "'").lower()
    if rest and pronoun:
        return None
    if found.group("not"):
        word = found.group("not").split()[1]
        ne = "n'" if elides(pronoun or verb) else "ne "
        space = "" if pronoun == "l'" else " "
        return None if rest else f"{ne}{pronoun + space if pronoun else ''}{verb} {word}"
    if pronoun == "l'":
        return None
    return f"{verb}-{pronoun}" if pronoun else f"{verb}{rest}"


def _second(rest: str) -> str:
    """Return « et signez » for « et signer » (also « et de signer »)."""
    if not rest:
        return ""
    *link, verb = rest.split()
    if verb in NOT_VERBS:
        raise UnknownForm(verb)
    return f" {link[0]} {conjugated(verb, IMPERATIVE)}"
