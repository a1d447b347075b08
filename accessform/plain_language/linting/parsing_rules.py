"""Rules that need the parser: passives and nouns that hide verbs. They only ever warn."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from accessform.plain_language.linting.phrases import words_of_list
from accessform.plain_language.linting.reading import Match, Reading
from accessform.plain_language.parsing import TooLong, parse

if TYPE_CHECKING:
    from spacy.tokens import Token

SUFFIXES = ("tion", "sion", "ment", "age", "ité", "ance", "ence", "isme")
"""Endings of nouns made from verbs and adjectives (the design's list, with -sion)."""
PARTICIPLE = re.compile(r"(?:é|i|u|[iun]t|[iu]s|ert)e?s?$")
SIMPLE_TENSES = frozenset(
    {"suis", "est", "sommes", "êtes", "sont", "était", "étiez", "étaient", "être", "soit", "soient"}
)
"""Forms of "être" that may say a state."""
OF_NOBODY = frozenset({"c'", "ce", "ça", "cela", "tout", "rien"})
"""Subjects of « c'est fait », « tout est effacé »: turned round, nothing would be simpler."""


def _tokens(reading: Reading) -> "Iterator[tuple[int, Token]]":
    """Yield the words of every sentence with the offset of their sentence; what is no sentence is left out."""
    for sentence in reading.sentences:
        try:
            tokens = parse(sentence.text)
        except TooLong:
            continue
        for token in tokens:
            yield sentence.start, token


def passives(reading: Reading) -> Iterator[Match]:
    """Yield each verb in the passive voice, from its auxiliary on; states (« être marié ») are none."""
    for start, token in _tokens(reading):
        verb = token.head
        if token.dep_ == "aux:pass" and _is_passive(token, verb) and not _is_a_state(token, verb):
            first = min(child.idx for child in verb.lefts if child.dep_.startswith("aux"))
            begin, end = start + first, start + verb.idx + len(verb)
            yield Match(begin, end, reading.text[begin:end])


def _is_passive(auxiliary: "Token", verb: "Token") -> bool:
    """Tell whether the parse can be believed: "être", then what is written as a past participle."""
    return auxiliary.lemma_ == "être" and verb.i > auxiliary.i and PARTICIPLE.search(verb.lower_) is not None


def _is_a_state(auxiliary: "Token", verb: "Token") -> bool:
    """Tell whether the words say how things are: nothing that happens, and nobody who acts."""
    agent = any(child.dep_ == "obl:agent" or child.lower_ == "par" for child in verb.subtree)
    now = auxiliary.lower_ in SIMPLE_TENSES and sum(child.dep_.startswith("aux") for child in verb.lefts) == 1
    of_nobody = any(child.dep_.startswith("nsubj") and child.lower_ in OF_NOBODY for child in verb.lefts)
    return not agent and (of_nobody or (now and verb.lower_.rstrip("es") in _states()))


def _states() -> frozenset[str]:
    return frozenset(word.rstrip("es") for word in words_of_list("participles_of_state"))


def nominalisations(reading: Reading) -> Iterator[Match]:
    """Yield each noun that hides a verb, except those that name a thing or that the form explains."""
    for start, token in _tokens(reading):
        if token.pos_ == "NOUN" and _hides_a_verb(token.lower_) and not reading.is_known(token.lower_, token.lemma_):
            yield Match(start + token.idx, start + token.idx + len(token), token.text)


def _hides_a_verb(noun: str) -> bool:
    singular = noun.removesuffix("s")
    return singular.endswith(SUFFIXES) and singular not in words_of_list("nouns_that_name_things")
