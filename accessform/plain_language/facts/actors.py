"""The people and bodies that a parsed sentence names, by classes of words that stand for one another."""

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accessform.plain_language.facts.reading import data, stem_of

if TYPE_CHECKING:
    from spacy.tokens import Token

READER = "reader"
OTHER = stem_of("autre")
"""What tells « l'autre parent » from the parent who reads."""
GENERAL_BODIES = frozenset({"service", "administration", "third"})
GENERAL = frozenset({"asker", "person", "family", "foreigner"})
"""Classes whose names may stand for many others: « l'intéressé », « le service »."""
TWO_OF_A_KIND = frozenset({"spouse", "neighbour", "coowner"})
"""Classes of which « votre » names the other: « votre partenaire »."""
READING_WORDS = frozenset("vous je nous-mêmes vous-même vous-mêmes".split())  # noqa: SIM905
YOU_ARE = re.compile(r"\bvous êtes ((?:(?:le|la|un|une|un ancien|déjà|aussi) |l['’])?[^\W\d]+)")
TELLING = frozenset(stem_of(word) for word in ("protégée", "handicapée", "confiance", "âgée", "malade", "hébergée"))
"""What makes « personne » somebody in particular."""
APART = frozenset(
    stem_of(word)
    for word in re.findall(
        r"\w+",
        "autre créancier débiteur traitant travail ancien nouveau futur départemental régional local "
        "accueil enseignement payeur cédant",
    )
)
"""What tells two actors of one class apart."""


@dataclass(frozen=True)
class Actor:
    """A person or a body: its class (data/fr/facts/actors.toml), whether it is a body, and what tells it apart."""

    name: str
    body: bool
    detail: frozenset[str] = frozenset()


READERS = frozenset({Actor(READER, body=False)})


@functools.cache
def _classes() -> dict[str, tuple[str, bool]]:
    return {
        word: (name, group != "people")
        for group in ("people", "bodies", "others")
        for name, words in data("actors")[group].items()
        for word in words.split()
    }


def class_of(low: str) -> tuple[str, bool]:
    """Return the class of the actor that a word in small letters names, and whether it is a body; empty for most."""
    return _classes().get(low, ("", False))


def reader_named(text: str) -> frozenset[str]:
    """Return the classes that the reader is said to be of: « vous êtes locataire »."""
    return frozenset(
        _classes()[word][0]
        for match in YOU_ARE.finditer(text.lower())
        for word in match.group(1).split()
        if word in _classes()
    )


def _joined(token: "Token") -> str:
    """Return a word as it is looked up: with what a hyphen joins to it where the parser parts « grands-parents »."""
    before = token.doc[max(0, token.i - 2) : token.i].text.lower()
    low = token.lower_.lstrip("-")
    return before + low if before in ("grands-", "grand-") else low


def actor_of(token: "Token") -> Actor | None:
    """Return the actor that a word names, None for most words."""
    low = token.lower_.lstrip("-")
    if low in READING_WORDS:
        return Actor(READER, body=False)
    named = token.i > 0 and token.doc[token.i - 1].pos_ == "DET"
    if token.pos_ in ("VERB", "AUX", "ADP", "DET") and not named:
        return None
    name, body = _classes().get(_joined(token), ("", False))
    if not name:
        return None
    detail = {
        stem_of(child.lower_)
        for child in token.children
        if child.i != token.i and child.dep_ in ("amod", "nmod", "acl")
    }
    apart = sorted(detail & TELLING)
    if name == "person" and apart:
        name = f"person {apart[0]}"
    detail &= APART
    if name in TWO_OF_A_KIND and token.i and token.doc[token.i - 1].lower_ in ("votre", "son", "sa"):
        detail.add(OTHER)
    return Actor(name, body, frozenset(detail))
