"""Which words of the text that people see each spoken word stands for: « 12/03 » is said « douze mars ». Pure."""

import itertools
import re
from dataclasses import dataclass

from accessform.speech.normalising.text import normalise
from accessform.speech.synthesis.word_times import spoken_words

WORD = re.compile(r"\S+")
EDGES = " ,;:.!?'«»\""


@dataclass(frozen=True)
class SourceWords:
    """A span of the text as it is written (code points), and how many spoken words stand for it."""

    start: int
    end: int
    spoken: int


def source_words(text: str) -> list[SourceWords]:
    """Return the shortest spans of `text` that are said apart, in order; together they say `normalise(text)`.

    The text may be cut between two words where its two halves, each made sayable alone, say what the whole says: a
    number, a date or an abbreviation that depends on its neighbour is never cut. What is not said has no span.
    """
    said = _bare(normalise(text))
    tokens = list(WORD.finditer(text))
    cuts = [(0, 0)]
    if _bare(text) == said:
        cuts += [(place, len(_bare(text[: token.start()]))) for place, token in enumerate(tokens) if place]
    else:
        for place, token in enumerate(tokens[1:], start=1):
            left = _bare(normalise(text[: token.start()]))
            if len(left) >= cuts[-1][1] and left == said[: len(left)]:
                right = _bare(normalise(text[token.start() :]))
                if right == said[len(left) :]:
                    cuts.append((place, len(left)))
    cuts.append((len(tokens), len(said)))
    spans = []
    for (first, before), (last, after) in itertools.pairwise(cuts):
        if after > before:
            spans.append(SourceWords(tokens[first].start(), tokens[last - 1].end(), after - before))
    return spans


def _bare(text: str) -> list[str]:
    """Return the words of a sayable text without their case and the marks at their edges."""
    return [word.strip(EDGES).casefold() for word in spoken_words(text)]
