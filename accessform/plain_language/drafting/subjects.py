"""A subject said again at the head of a new sentence: a pronoun where nothing else could answer to it, else in full."""

from typing import TYPE_CHECKING

from accessform.plain_language.drafting.reading import (
    NOUNS,
    Read,
    determiner,
    gender_of,
    number_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

QUANTIFIERS = frozenset("tout toute tous toutes chaque aucun aucune nul nulle certains certaines plusieurs".split())  # noqa: SIM905
PRONOUNS = frozenset("il elle ils elles vous nous on je ce".split())  # noqa: SIM905
DEFINITE = frozenset("le la l' les cette ce cet ces votre vos notre nos mon ma mes".split())  # noqa: SIM905
ANSWERS = {"ms": "il", "fs": "elle", "mp": "ils", "fp": "elles"}
LONGEST_SUBJECT = 8
"""Words: a longer subject is not said twice."""


def said_again(one: Read, noun: "Token", before: int) -> str | None:
    """Return the subject to say again before token `before`: pronoun if nothing else answers to it, else the noun."""
    if noun.lower_ in PRONOUNS:
        return None if noun.lower_ == "ce" else str(noun.lower_)
    if (
        noun.pos_ not in NOUNS
        or determiner(noun) in QUANTIFIERS
        or any(child.dep_ == "conj" for child in noun.children)
    ):
        return None
    gender, number = gender_of(noun), number_of(noun)
    rivals = [
        token
        for token in one.doc[:before]
        if token.pos_ in NOUNS
        and token.i != noun.i
        and determiner(token)
        and number_of(token) in ("", number)
        and gender_of(token) in ("", gender)
    ]
    if gender and number and not rivals:
        return ANSWERS[gender + number]
    return repeated(one, noun)


def repeated(one: Read, noun: "Token") -> str | None:
    """Return « le demandeur », « cette équipe »: the noun with its near complements, made definite."""
    left, right = noun.left_edge.i, short_right(one, noun)
    words = one.words(noun.i, right)
    article = determiner(noun)
    if right - left > LONGEST_SUBJECT or "," in words or article in QUANTIFIERS or not article:
        return None
    cut_short = any(c.i > right and c.dep_ not in ("acl:relcl", "punct", "advcl") for c in noun.rights)
    if not cut_short and not any(child.dep_ == "amod" for child in noun.lefts):
        held = any(child.lower_ in ("des", "aux") and child.pos_ == "ADP" for child in noun.lefts)
        definite = {"du": "le", "au": "le", **({"des": "les", "aux": "les"} if held else {})}.get(article, article)
        if definite in DEFINITE:
            return f"{definite}{'' if definite.endswith(chr(39)) else ' '}{words}"
    return _pointed(noun, words)


def _pointed(noun: "Token", words: str) -> str | None:
    gender, number = gender_of(noun), number_of(noun)
    if number == "p":
        return f"ces {words}"
    if gender == "f":
        return f"cette {words}"
    if gender == "m":
        return f"{'cet' if words[0].lower() in 'aeiouéèêyh' else 'ce'} {words}"
    return None


def short_right(one: Read, noun: "Token") -> int:
    """Return the last token of the noun with its adjectives and bare complements (« plan d'aide »)."""
    last = noun.i
    for child in noun.rights:
        bare = _is_complement(child)
        if (child.dep_ == "amod" or bare) and child.left_edge.i == last + 1:
            last = child.right_edge.i
    return last


def _is_complement(noun: "Token") -> bool:
    """Tell whether a noun completes another with « de » and has nothing hung on it (« d'aide », « du département »)."""
    return (
        noun.dep_ == "nmod"
        and any(c.lower_ in ("de", "d'", "d’", "du", "des") for c in noun.lefts)
        and not any(c.dep_ in ("nmod", "acl", "acl:relcl", "conj") for c in noun.children)
    )
