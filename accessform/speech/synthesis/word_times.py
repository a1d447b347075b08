"""When each word of a text begins in its sound. Pure."""

from collections.abc import Sequence
from itertools import accumulate

from accessform.speech.synthesis.alignment import align, speech_bounds
from accessform.speech.synthesis.engine import Sound


def spoken_words(text: str) -> list[str]:
    """Return the words of a text that has been made sayable; marks that stand alone are pauses, not words."""
    return [word for word in text.split() if any(character.isalnum() for character in word)]


def word_starts(text: str, sound: Sound, reference: Sound | None) -> list[float]:
    """Return the second at which each of `spoken_words(text)` begins in `sound`, never falling.

    `reference` says the same text and carries marks; it may be the sound itself. Without it, times are shared out
    between the first and the last loud moment by the words' lengths.
    """
    words = spoken_words(text)
    if reference is None or not reference.marks:
        return _shared_out(words, *speech_bounds(sound))
    starts = _marked(text, words, reference)
    if reference is not sound:
        starts = align(reference, sound, starts)
    return list(accumulate(starts, max))


def _shared_out(words: Sequence[str], begin: float, end: float) -> list[float]:
    sizes = [len(word) + 1 for word in words]
    before = accumulate(sizes, initial=0)
    return [begin + (end - begin) * size / max(1, sum(sizes)) for size, _ in zip(before, words, strict=False)]


def _marked(text: str, words: Sequence[str], reference: Sound) -> list[float]:
    """Return when each word begins by the marks; a word without one is placed between its neighbours by length."""
    places, place = [], 0
    for word in words:
        place = text.index(word, place)
        places.append(place)
        place += len(word)
    known = [(0, speech_bounds(reference)[0]), (len(text), speech_bounds(reference)[1])]
    for start, following in zip(places, [*places[1:], len(text) + 1], strict=True):
        mark = next((mark for mark in reference.marks if start <= mark.position < following), None)
        if mark is not None:
            known.append((start, mark.seconds))
    return [_between(sorted(known), place) for place in places]


def _between(known: Sequence[tuple[int, float]], place: int) -> float:
    """Return the time of a place in the text, on the line between the known ones around it."""
    exact = [time for at, time in known if at == place]
    if exact:
        return exact[-1]
    before = [point for point in known if point[0] < place][-1]
    after = next(point for point in known if point[0] > place)
    return before[1] + (after[1] - before[1]) * (place - before[0]) / (after[0] - before[0])
