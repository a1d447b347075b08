"""The surface of French: elision, contraction, capitals and spaces around a piece of text that was replaced."""

import re

VOWELS = "aeiouyàâäéèêëîïôöùûüœæAEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ"
MUTE_H = re.compile(
    r"h(?:abit|abill|ériti|erbe|eur|euh|eure|istoire|iver|omm|omolog|onor|ôp|ôt|oraire|uile|uissier|umain|ygi)"
)
STRONG = re.compile(r"(?:onz|oui|yaourt|yacht|ululer)", re.IGNORECASE)
"""Words that begin with a vowel and take no elision."""

ELIDED = re.compile(r"(?:^|(?<=[\s(«\"'’-]))(lorsqu|puisqu|jusqu|quoiqu|qu|[dnsjmtl])['’]$", re.IGNORECASE)
FULL = {
    "d": "de ",
    "n": "ne ",
    "s": "se ",
    "j": "je ",
    "m": "me ",
    "t": "te ",
    "qu": "que ",
    "lorsqu": "lorsque ",
    "puisqu": "puisque ",
}
ELIDES = re.compile(r"(?:^|(?<=[\s(«\"'’-]))(lorsqu|puisqu|qu|[dnsj])e ?$", re.IGNORECASE)

FAULTS = re.compile(
    r"""[^\S\n\u00a0\u202f]{2,} | \s[,.](?!\d|\.\.) | ,\s*[,.;:] | \.\s*[,;] | (?<!\.)\.\.(?!\.)
    | \b(?:de|à)\ les?\b(?=\ [a-zà-ÿ]+(?:tion|ment|eur|age)\b)
    | \b(?:[dlnsj]|qu|lorsqu)['’](?=[bcdfgjklmnpqrstvwxz\s])
    | \b(?:de|ne|que|se|lorsque|la|le)\ (?=[aeioéêèâîôû](?!u?n[zt]))(?!ouï|oui|onz)
    | \b(\w{2,})\ \1\b(?<!nous\ nous)(?<!vous\ vous)
    | \(\s | \s\) | \[\[ | \]\] | (?:^|[.!?]\ )[a-zà-ÿ]""",
    re.VERBOSE,
)
"""What well-formed French does not hold; a draft may not bring any that was not there."""

ARTICLES_AFTER = {
    "de": {"du ": "le ", "des ": "les ", "de la ": "la ", "de l'": "l'", "de ": "", "d'": ""},
    "à": {"au ": "le ", "aux ": "les ", "à la ": "la ", "à l'": "l'", "à ": ""},
}
JUNCTIONS = {"de": r"(?:du |des |de la |de l['’]|de |d['’])", "à": r"(?:aux |au |à la |à l['’]|à )"}


def elides(word: str) -> bool | None:
    """Tell whether a word asks for elision before it; None where an h leaves it open."""
    if not word or STRONG.match(word):
        return False
    if word[0] in "hH":
        return True if MUTE_H.match(word.lower()) else None
    return word[0] in VOWELS


def article_after(preposition: str, junction: str) -> str:
    """Return the article that `junction` ("du ", "à l'"…) holds beside its preposition ("de" or "à")."""
    return ARTICLES_AFTER[preposition][junction.replace("’", "'").lower()]


def joined(preposition: str, article: str, following: str) -> str:
    """Return preposition and article as French writes them before `following`: de + le → du."""
    if not preposition:
        return article
    if article in ("le ", "les "):
        return {("de", "le "): "du ", ("de", "les "): "des ", ("à", "le "): "au ", ("à", "les "): "aux "}[
            preposition, article
        ]
    if not article and preposition == "de" and elides(following):
        return "d'"
    return f"{preposition} {article}"


def spliced(text: str, start: int, end: int, after: str) -> str | None:
    """Return `text` with `after` in place of a span, the word before it elided or not as the new one asks.

    A capital at the head of a sentence is kept. None where the elision cannot be decided ("l'" before a consonant).
    """
    before, following = text[:start], text[end:]
    if not after and (not before or before[-1].isspace()):
        following = following.lstrip(" ")
    if after and opens_a_sentence(before):
        after = capital(after)
    head = (after or following).lstrip("«\u00a0 ")
    changed = _elided_before(before, head) if text[start:end][:1].lower() != after[:1].lower() else before
    if changed is None:
        return None
    if not after and opens_a_sentence(changed):
        following = capital(following)
    return changed + after + following


def _elided_before(before: str, head: str) -> str | None:
    asked = elides(head)
    found = ELIDED.search(before)
    if found:
        if asked:
            return before
        full = FULL.get(found.group(1).lower())
        return None if full is None or asked is None else before[: found.start()] + _as(found.group(1), full)
    found = ELIDES.search(before)
    if found and before.endswith(" ") and asked is not False:
        return None if asked is None else before[: found.start()] + found.group(1) + "'"
    if re.search(r"\b(?:l[ea]|ma|ta|sa|ce|du|au) $", before, re.IGNORECASE) and asked is not False:
        return None
    if re.search(r"\b(?:cet|bel|nouvel|vieil) $", before, re.IGNORECASE) and asked is not True:
        return None
    return before


def _as(model: str, word: str) -> str:
    return capital(word) if model[:1].isupper() else word


def opens_a_sentence(before: str) -> bool:
    """Tell whether what follows `before` begins a sentence or an item of a list."""
    return not before.strip() or bool(re.search(r"(?:[.!?…]|\n[-–•*]?)[\s\u00a0»\"]*$", before))


def capital(text: str) -> str:
    """Return `text` with a capital at its head."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return `text` with its first letter small, unless it begins with an acronym or a figure."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def faults(text: str) -> list[str]:
    """Return the faults of surface in `text`, in order."""
    return [found.group() for found in FAULTS.finditer(text)]


def worse(before: str, after: str) -> bool:
    """Tell whether `after` has faults of surface that `before` has not."""
    left = faults(before)
    for fault in faults(after):
        if fault not in left:
            return True
        left.remove(fault)
    return False
