"""What the parse of a sentence says of one word."""

from typing import TYPE_CHECKING

from accessform.plain_language.facts.reading import bare

if TYPE_CHECKING:
    from spacy.tokens import Token


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
    before = token.doc[max(0, token.i - 2) : token.i].text.lower()
    if token.i > 1 and before.endswith("ez-vous") and token.pos_ in ("VERB", "AUX"):
        return True
    following = token.doc[token.i + 1 : token.i + 3].text.lower().replace(" ", "")
    return following.startswith("-vous") or token.lower_.endswith("-vous")


def is_finite(token: "Token") -> bool:
    """Tell whether a verb is conjugated."""
    return "Fin" in token.morph.get("VerbForm", [])


def is_passive(token: "Token") -> bool:
    """Tell whether a verb is in the passive, conjugated or as a participle beside its noun."""
    return any(child.dep_ in ("aux:pass", "nsubj:pass") for child in token.children) or (
        token.dep_ == "acl"
        and "Part" in token.morph.get("VerbForm", [])
        and not token.lower_.endswith("ant")
        and not any(child.lower_ == "ayant" for child in token.children)
    )
