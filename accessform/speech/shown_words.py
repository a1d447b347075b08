"""Which words on the screen are said, where the voice says a value otherwise than it is written. Pure.

« 06 39 » is said « zéro six, trois neuf » and « 12 mars 1948 » « douze mars mille neuf cent quarante-huit »: the times
of what is said become times of what is seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from accessform.speech.normalising.text import normalise
from accessform.speech.readback import spelled
from accessform.speech.source_words import EDGES
from accessform.speech.synthesis.word_times import spoken_words
from accessform.speech.timed_speech import TimedWord

Rewritten = tuple[str, str]
"""A passage as it is said, and as the page writes it; "" where the page does not write it."""

WIDEST = 4
"""Written words that are said together at most: « 1 234,50 € », « 14 h 30 »."""
LONGEST = 40
"""Written words of a value that is cut; an IBAN has nine."""


def shown_words(
    lines: Iterable[Sequence[TimedWord]], text: str, rewritten: Sequence[Rewritten]
) -> Iterator[list[TimedWord]]:
    """Yield the timed words of each sentence of `text` as the page writes them, a line a sentence.

    A passage that ends in a later sentence comes with that one. What is said and not written is left out.
    """
    spoken = _bare(text)
    passages = _passages(spoken, rewritten)
    place = 0
    waiting: list[TimedWord] = []
    for line in lines:
        told: list[TimedWord] = []
        for word in line:
            words = _bare(word.text)
            begin = _next(spoken, words, place)
            place = begin + len(words)
            passage = next((found for found in passages if found[0] <= begin < found[1]), None)
            if passage is None:
                told.append(word)
                continue
            waiting.append(word)
            if place >= passage[1]:
                told += _written(waiting, passage[2])
                waiting = []
        yield told


def _next(spoken: Sequence[str], words: Sequence[str], place: int) -> int:
    """Return where the words stand from `place` on: a sign that nobody says may stand before them."""
    following = range(place, len(spoken) - len(words) + 1)
    return next((start for start in following if list(spoken[start : start + len(words)]) == words), place)


def _passages(text: Sequence[str], rewritten: Sequence[Rewritten]) -> list[tuple[int, int, str]]:
    """Return where in the words of `text` each passage begins and ends, and what stands there on the page."""
    found = []
    for said, shown in rewritten:
        words = _bare(said)
        places = range(len(text) - len(words) + 1)
        start = next((place for place in places if words and text[place : place + len(words)] == words), None)
        if start is not None and not (shown and _holds(words, _bare(shown))):
            found.append((start, start + len(words), shown))
    return found


def _holds(said: Iterable[str], shown: Iterable[str]) -> bool:
    """Tell whether all that is shown is said, in order: « A, puis B » for « A, B »."""
    rest = iter(said)
    return all(word in rest for word in shown)


def _written(said: Sequence[TimedWord], shown: str) -> list[TimedWord]:
    """Return `shown` cut where it is said apart, with its times; whole where it cannot be cut."""
    if not shown:
        return []
    words = [(bare, word) for word in said for bare in _bare(word.text)]
    parts = tuple(shown.split())
    sizes = _sizes(parts, tuple(bare for bare, _ in words)) if len(parts) <= LONGEST else None
    if sizes is None:
        return [TimedWord(said[0].start, said[-1].end, shown)]
    written, place = [], 0
    for text, size in sizes:
        if size:
            written.append(TimedWord(words[place][1].start, words[place + size - 1][1].end, text))
        place += size
    return written


def _sizes(shown: tuple[str, ...], said: tuple[str, ...]) -> list[tuple[str, int]] | None:
    """Return the parts of `shown` said apart, each with how many words say it; None where the two do not agree."""

    @cache
    def cut(start: int, place: int) -> tuple[tuple[str, int], ...] | None:
        if start == len(shown):
            return () if place == len(said) else None
        for end in range(start + 1, min(start + WIDEST, len(shown)) + 1):
            part = " ".join(shown[start:end])
            for words in _ways_to_say(part):
                if said[place : place + len(words)] == words:
                    rest = cut(end, place + len(words))
                    if rest is not None:
                        return ((part, len(words)), *rest)
        return None

    found = cut(0, 0)
    return list(found) if found is not None else None


def _ways_to_say(part: str) -> list[tuple[str, ...]]:
    """Return a part's words as it is read, and sign by sign."""
    return [tuple(_bare(normalise(part))), tuple(_bare(spelled(part.strip(EDGES + "()")).replace(",", " ")))]


def _bare(text: str) -> list[str]:
    return [word.strip(EDGES + "()").casefold() for word in spoken_words(text)]
