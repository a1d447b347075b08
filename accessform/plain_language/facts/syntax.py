"""What the parse of a sentence says of one word."""

import re
from typing import TYPE_CHECKING

from accessform.plain_language.facts.reading import bare

if TYPE_CHECKING:
    from spacy.tokens import Token


MEANWHILE = r"(?: (?:déjà|aussi|bien|toujours|encore|personnellement))? ?$"
ASKED_OF_YOU = re.compile(f"ez-vous{MEANWHILE}")
ASKED_IN_THE_PAST = re.compile(rf"\b(?:avez-vous|a-t-(?:il|elle|on)|ont-(?:ils|elles)){MEANWHILE}")
BETWEEN_YOU_AND_A_VERB = frozenset("le la les l' y en n' ne".split())  # noqa: SIM905
PARTICIPLE = re.compile(r"(?:é|i|u|is|it|rt)e?s?$")
BE = frozenset("est sont êtes être sera seront soit était".split())  # noqa: SIM905
WITH_BE = frozenset(
    "aller venir partir arriver naître mourir devenir rester entrer sortir passer tomber retourner".split()  # noqa: SIM905
)
"""Verbs whose past is told with « être »: « est parti » is no passive."""
OF_YOU = frozenset("êtes faites dites".split())  # noqa: SIM905


def shape_of(token: "Token") -> tuple[bool, bool]:
    """Return whether a noun is plural, and feminine."""
    return "Plur" in token.morph.get("Number", []), "Fem" in token.morph.get("Gender", [])


def root_of(token: "Token") -> str:
    """Return the first letters of the lemma, without accents."""
    return bare(token.lemma_)[:5]


def case_of(token: "Token") -> str:
    """Return the preposition that governs a noun, empty where none does."""
    return next((child.lower_ for child in token.children if child.dep_ == "case"), "")


def asks(token: "Token") -> bool:
    """Tell whether the verb, or its auxiliary just before, is turned round its subject: « versez-vous »."""
    before = token.doc[max(0, token.i - 3) : token.i].text.lower()
    if ASKED_OF_YOU.search(before) and token.pos_ in ("VERB", "AUX"):
        return True
    following = token.doc[token.i + 1 : token.i + 3].text.lower().replace(" ", "")
    return following.startswith("-vous") or token.lower_.endswith("-vous")


def is_finite(token: "Token") -> bool:
    """Tell whether a verb is conjugated."""
    return "Fin" in token.morph.get("VerbForm", [])


def is_passive(token: "Token") -> bool:
    """Tell whether a verb is in the passive, conjugated or as a participle beside its noun."""
    if ASKED_IN_THE_PAST.search(token.doc[max(0, token.i - 6) : token.i].text.lower()):
        return False
    if any(child.lower_ in ("se", "s'") for child in token.children):
        return False
    if _is_behind_be(token):
        return True
    return any(child.dep_ in ("aux:pass", "nsubj:pass") for child in token.children) or (
        token.dep_ == "acl"
        and "Part" in token.morph.get("VerbForm", [])
        and not token.lower_.endswith("ant")
        and not any(child.lower_ == "ayant" for child in token.children)
    )


def _is_behind_be(token: "Token") -> bool:
    """Tell whether a participle follows « est », an adverb or « pas » between: « est préalablement invité »."""
    if not PARTICIPLE.search(token.lower_) or token.pos_ not in ("VERB", "ADJ") or token.lemma_ in WITH_BE:
        return False
    before = [one.lower_ for one in token.doc[max(0, token.i - 3) : token.i]]
    while before and (before[-1] in ("pas", "plus", "été") or before[-1].endswith("ment")):
        before.pop()
    return bool(before) and before[-1] in BE and "s'" not in before and "se" not in before


def is_you_as_an_object(token: "Token") -> bool:
    """Tell whether a « vous » undergoes the conjugated verb behind it, by the ending of that verb."""
    if token.lower_ != "vous":
        return False
    following = next((one for one in token.doc[token.i + 1 :] if one.lower_ not in BETWEEN_YOU_AND_A_VERB), None)
    if following is None or not (is_finite(following) and following.pos_ in ("VERB", "AUX")):
        return False
    return not following.lower_.split("-")[0].endswith("ez") and following.lower_ not in OF_YOU


def is_infinitive(token: "Token") -> bool:
    """Tell whether a verb is in the infinitive: by its ending too, since the parse takes « taxés » for one."""
    return "Inf" in token.morph.get("VerbForm", []) and token.lower_.endswith(("er", "ir", "re"))
