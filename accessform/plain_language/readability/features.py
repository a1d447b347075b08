"""The five features of the formula, measured on the sentences of a text. In the score only they need a parse."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import fmean
from typing import TYPE_CHECKING

from accessform.plain_language import parsing
from accessform.plain_language.lexicon import lemma_frequency, syllables
from accessform.plain_language.readability.cleaning import is_number_or_address
from accessform.plain_language.sentences import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CONTENT = ("NOUN", "VERB", "ADJ")
"""What a text is about. Adverbs and names told nothing more: docs/adr/the-level-weighs-a-sentence-by-its-words.md."""

NOMINALISATION = re.compile(r"\w{3,}(?:tion|ment|age|ité|ance|ence|isme)s?", re.IGNORECASE)
WRITTEN_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
"""The parser calls a noun or a verb many a sign, number or address that is no word."""

FLOOR = 0.01
"""Added to a frequency per million, so that a word that films lack has a logarithm."""

USUAL_FREQUENCY = 1.5
"""The decimal logarithm of an ordinary text's, for a text that has no content word: a list of numbers or of names."""

SHOUTED = 0.7
"""Share of capitals among letters above which a sentence is read in small letters: else all of it is a name."""

EXAMPLES = 3


@dataclass(frozen=True)
class Features:
    """Measures of a text. The names of the fields are those of the coefficients.

    Length and depth are means over words, each word bringing those of its sentence: a page of titles does not hide a
    sentence of forty words. `rare` and `abstract` give examples, the rarest and the first met.
    """

    length: float  # mean natural logarithm of the words of the sentence
    syllables: float  # a word
    frequency: float  # mean decimal logarithm of the film frequency per million of content words' lemmas
    depth: float  # links from the root of the parse to its farthest leaf
    nominalisations: float  # share of the words
    rare: tuple[str, ...] = ()
    abstract: tuple[str, ...] = ()


def measured(sentences: Sequence[str]) -> Features:
    """Return the features of a text of at least one word, given its sentences; raises parsing.ToolsMissing."""
    counted = [(sentence, words) for sentence in sentences if (words := words_of(sentence))]
    total = sum(len(words) for _, words in counted)
    depths, commonness, abstract = 0.0, dict[str, float](), list[str]()
    frequencies: list[float] = []
    for sentence, words in counted:
        shouted = _shouted(sentence)
        pieces = [parsing.parse(piece) for piece in _parseable(sentence.capitalize() if shouted else sentence)]
        depths += len(words) * max(_depth(piece) for piece in pieces)
        for token in (token for piece in pieces for token in piece if WRITTEN_WORD.fullmatch(token.text)):
            if token.pos_ in CONTENT:
                frequencies.append(_log_frequency(token, shouted=shouted))
                commonness[_shown(token.text)] = frequencies[-1]
            if token.pos_ == "NOUN" and NOMINALISATION.fullmatch(token.text):
                abstract.append(_shown(token.text))
    return Features(
        length=sum(len(words) * math.log(len(words)) for _, words in counted) / total,
        syllables=sum(_syllables(word) for _, words in counted for word in words) / total,
        frequency=fmean(frequencies) if frequencies else USUAL_FREQUENCY,
        depth=depths / total,
        nominalisations=len(abstract) / total,
        rare=tuple(sorted(commonness, key=lambda word: commonness[word])[:EXAMPLES]),
        abstract=tuple(islice(dict.fromkeys(abstract), EXAMPLES)),
    )


def _syllables(word: str) -> int:
    return 1 if is_number_or_address(word) else syllables(word)


def _log_frequency(token: "Token", *, shouted: bool) -> float:
    """Return the logarithm of the frequency; capitals may lack their accents, and the lexicon knows it."""
    form = token.text.upper() if shouted else token.text
    return math.log10(lemma_frequency(form, pos=token.pos_, lemma=token.lemma_) + FLOOR)


def _shown(word: str) -> str:
    """Return a word as an example quotes it: an acronym keeps its capitals."""
    return word if word.isupper() else word.lower()


def _shouted(sentence: str) -> bool:
    letters = [character for character in sentence if character.isalpha()]
    return sum(map(str.isupper, letters)) > SHOUTED * len(letters) and len(words_of(sentence)) > 1


def _parseable(sentence: str) -> Iterator[str]:
    """Cut what is too long for the parser between two words, or anywhere."""
    while len(sentence) > parsing.LONGEST_SENTENCE:
        end = sentence.rfind(" ", 1, parsing.LONGEST_SENTENCE) + 1 or parsing.LONGEST_SENTENCE
        yield sentence[:end]
        sentence = sentence[end:]
    yield sentence


def _depth(parsed: "Doc") -> int:
    """Return how many links separate the root from the farthest token."""
    level = [token for token in parsed if token.head.i == token.i]
    depth = 0
    while level := [child for token in level for child in token.children]:
        depth += 1
    return depth
