"""A text as the rules read it: its sentences, and a copy without what is not prose, of the same length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from accessform.plain_language.linting.findings import Role
from accessform.plain_language.sentences import Sentence, sentences_of
from accessform.plain_language.wording import ReadingLevel

HIDDEN = "\ue000"
"""Stands for each character that is not prose: a letter of no alphabet, and no space."""
NOT_PROSE = re.compile(
    r"""https?://[^\s)»<>"]+ | www\.[^\s)»]+ | [\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]+)+
    | (?<=\])\((?:https?:|tel:|mailto:)[^\s)]*\)
    | \b[\w-]{1,64}(?:\.[\w-]{1,64}){0,6}\.(?:fr|gouv|com|org|eu|net)\b(?:/[\w./-]*)?
    | \{\w*\}""",
    re.VERBOSE,
)
"""Addresses, the targets of links, and the {places} that a program fills."""
PLAIN_SIGNS = {ord("’"): "'", ord("ʼ"): "'", ord("\u2011"): "-", ord("\u00a0"): " ", ord("\u202f"): " "}
"""One character for one, so that a span in the prose is a span in the text."""


@dataclass(frozen=True)
class Reading:
    """One text with its role and level; `known` holds the terms that the form explains, in small letters."""

    text: str
    role: Role
    level: ReadingLevel
    known: frozenset[str] = field(default=frozenset())

    @cached_property
    def bare(self) -> str:
        """The text with its own spaces and signs, all that is not prose hidden."""
        return NOT_PROSE.sub(lambda found: HIDDEN * len(found.group()), self.text)

    @cached_property
    def prose(self) -> str:
        """The same, with plain apostrophes and spaces: what phrases are looked for in."""
        return self.bare.translate(PLAIN_SIGNS)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the text."""
        return sentences_of(self.text)

    def prose_of(self, sentence: Sentence) -> str:
        """Return a sentence's prose; its offsets begin at `sentence.start`."""
        return self.prose[sentence.start : sentence.end]

    def sentence_at(self, offset: int) -> int:
        """Return the rank of the sentence that holds `offset`, or that begins after it; -1 without any."""
        return next((rank for rank, each in enumerate(self.sentences) if offset < each.end), len(self.sentences) - 1)

    def around(self, offset: int) -> str:
        """Return the prose of the sentence that holds `offset`, with two before it and two after."""
        rank = self.sentence_at(offset)
        near = self.sentences[max(0, rank - 2) : rank + 3]
        return self.prose[near[0].start : near[-1].end] if near else self.prose

    def is_known(self, *words: str) -> bool:
        """Tell whether the form explains one of these words."""
        return any(word.lower() in self.known for word in words)

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Every word of the terms that the form explains."""
        return frozenset(word for term in self.known for word in re.findall(r"[\w-]+", term))


@dataclass(frozen=True)
class Match:
    """What a rule found: the span, the words to name, what they should be, and how many or how long.

    `certain` is False where the finding may be wrong: it then never stops publishing.
    """

    start: int
    end: int
    found: str
    count: int = 1
    instead: str = ""
    certain: bool = True


def matches_of(pattern: re.Pattern[str], prose: str, *, trimmed: bool = True) -> Iterator[Match]:
    """Yield a match for each place where `pattern` is found; `trimmed` leaves out the spaces it ends with."""
    for found in pattern.finditer(prose):
        words = found.group().rstrip() if trimmed else found.group()
        yield Match(found.start(), found.start() + len(words), words)
