"""Sentences with their parse, and the questions that the rules of drafting ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accessform.plain_language.parsing import TooLong, parse
from accessform.plain_language.sentences import Sentence, count_words, sentences_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FEWEST_TOLD = 3
"""Words: less says nothing by itself."""

NOUNS = ("NOUN", "PROPN")
FEMININE = frozenset("la une cette ma ta sa aucune toute quelle certaine".split())  # noqa: SIM905
MASCULINE = frozenset("le un ce cet du au mon ton tout quel".split())  # noqa: SIM905
CONDITIONAL = frozenset(
    """si s' sauf hormis excepté lorsque lorsqu' quand sinon sous moyennant condition réserve limite uniquement
    seulement""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Read:
    """A sentence of a text and its parse; the token offsets count from `start` in the text."""

    sentence: Sentence
    doc: "Doc"

    @property
    def root(self) -> "Token":
        """The word that governs all others."""
        return next(token for token in self.doc if token.dep_ == "ROOT")

    def at(self, token: "Token") -> int:
        """Return where `token` begins in the whole text."""
        return self.sentence.start + int(token.idx)

    def after(self, token: "Token") -> int:
        """Return where `token` ends in the whole text."""
        return self.at(token) + len(token.text)

    def words(self, first: int, last: int) -> str:
        """Return the text from token `first` to token `last`, both included."""
        end = self.doc[last].idx + len(self.doc[last].text)
        return self.sentence.text[self.doc[first].idx : end]


def read(text: str) -> Iterator[Read]:
    """Yield the sentences of `text` whose root is a finite verb: of the others nothing is believed."""
    for sentence in sentences_of(text):
        try:
            doc = parse(sentence.text)
        except TooLong:
            continue
        roots = [token for token in doc if token.dep_ == "ROOT"]
        if len(roots) == 1 and finite(roots[0]):
            yield Read(sentence, doc)


def finite(token: "Token") -> bool:
    """Tell whether a verb is finite by itself, by its auxiliary or by its copula."""
    return is_finite(token) or any(
        child.dep_.startswith("aux") or child.dep_ == "cop" for child in token.children if is_finite(child)
    )


def is_finite(token: "Token") -> bool:
    """Tell whether this very word is a finite form."""
    return "Fin" in token.morph.get("VerbForm", []) and token.pos_ in ("VERB", "AUX")


def subject(token: "Token") -> "Token | None":
    """Return the subject of a verb."""
    return next((child for child in token.children if child.dep_ in ("nsubj", "nsubj:pass", "expl:subj")), None)


def is_denied(token: "Token") -> bool:
    """Tell whether the verb, or what carries it, is negated or restricted."""
    around = [token, *token.children]
    return any(child.lower_ in ("ne", "n'", "n’") for word in around for child in [word, *word.children])


def determiner(noun: "Token") -> str:
    """Return the determiner of a noun, or the preposition that holds it (du, au, des, aux), in small letters."""
    for child in noun.lefts:
        if child.dep_ == "det" or child.lower_ in ("du", "au", "des", "aux"):
            return str(child.lower_).replace("’", "'")
    return ""


def gender_of(noun: "Token") -> str:
    """Return "f", "m" or "" as the surface tells: its determiner, else an adjective or a participle beside it."""
    article = determiner(noun)
    if article in FEMININE and article not in ("sa", "ma", "ta"):
        return "f"
    if article in MASCULINE:
        return "m"
    told = {value for word in [noun, *noun.children] for value in word.morph.get("Gender", []) if word.pos_ != "DET"}
    parsed = {"Fem": "f", "Masc": "m"}
    return parsed[told.pop()] if len(told) == 1 else ""


def number_of(token: "Token") -> str:
    """Return "s", "p" or ""."""
    told = token.morph.get("Number", [])
    return {"Sing": "s", "Plur": "p"}.get(told[0], "") if told else ""


def is_whole(piece: str) -> bool:
    """Tell whether a piece cut from a sentence stands alone: one finite root, with its subject or as an order."""
    roots = [token for token in parse(piece) if token.dep_ == "ROOT"]
    return (
        len(roots) == 1
        and finite(roots[0])
        and count_words(piece) >= FEWEST_TOLD
        and (subject(roots[0]) is not None or roots[0].lower_.endswith("ez"))
    )
