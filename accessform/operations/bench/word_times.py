"""Read-along figures: how far the underlined word is from the word that is heard.

The truth is the engine's own. Pico takes a loudness for any run of words (`<volume>`); said twice, once with every odd
word quieter and once with every even one, a sentence lasts the same and differs exactly where words change. Sentences
where the two renderings or the plain one differ in length are left out, and the longest, on which Pico hangs.
Espeak's words are its own events; on its own sound they are the truth by definition.
"""

import array
import math
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from accessform.operations.bench.figures import Figure, median
from accessform.speech.synthesis.engine import Sound, SynthesisError
from accessform.speech.synthesis.installed import ESPEAK, PICO, identity_of
from accessform.speech.synthesis.word_times import spoken_words, word_starts
from accessform.speech.synthesis.worker_engine import WorkerEngine

SHORTEST, LONGEST = 4, 12
"""Words of a measured sentence; with tags, longer ones hang the engine."""
SENTENCES = 60
FRAME_SECONDS = 0.005
QUIET, PLAIN = 40, 100
SILENCE = 100.0
LOUDER = 0.05
"""Natural logarithm of the ratio above which one rendering of a moment is louder than the other."""
AGREEMENT = 0.93
"""Share of the loud frames that must say the same as the words found, else the sentence is left out."""


class Measured(NamedTuple):
    """A sentence, its sound, and the second at which each word begins by the engine's own doing."""

    text: str
    sound: Sound
    starts: list[float]


def measure_word_times() -> Iterator[Figure]:
    """Compare the product's word times with the engine's own, over sentences of the shipped forms."""
    pico, espeak = identity_of(PICO), identity_of(ESPEAK)
    if pico is None or espeak is None:
        return
    voice, second = WorkerEngine(pico, timeout=2.0), WorkerEngine(espeak)
    errors: list[float] = []
    sentences = 0
    for text in _texts():
        truth = _truth(voice, text)
        if truth is None:
            continue
        found = word_starts(text, truth.sound, second.synthesize(text))
        errors += [abs(ours - theirs) * 1000 for ours, theirs in zip(found[1:], truth.starts[1:], strict=True)]
        sentences += 1
        if sentences == SENTENCES:
            break
    voice.stop()
    second.stop()
    errors.sort()
    yield Figure(f"word underlined too early or late, {len(errors)} words, median", median(errors), "ms", 80)
    yield Figure("word underlined too early or late, 90th percentile", errors[len(errors) * 9 // 10], "ms")


def _texts() -> Iterator[str]:
    """Yield the measurable sentences of the published forms, in the order of their clips' keys."""
    from accessform.speech.models import SpokenClip
    from accessform.speech.normalising.text import normalise
    from accessform.speech.sentences import sentences

    seen = set()
    for clip in SpokenClip.objects.order_by("key"):
        for sentence in sentences(clip.text):
            for piece in sentences(normalise(sentence)):
                if piece not in seen and SHORTEST <= len(piece.split()) <= LONGEST:
                    seen.add(piece)
                    yield piece


def _truth(voice: WorkerEngine, text: str) -> Measured | None:
    words = spoken_words(text)
    if len(words) != len(text.split()):
        return None
    try:
        sound, odd, even = (
            voice.synthesize_unguarded(_tagged(words, levels))
            for levels in ((PLAIN, PLAIN), (QUIET, PLAIN), (PLAIN, QUIET))
        )
    except SynthesisError:
        return None
    if not len(sound.pcm) == len(odd.pcm) == len(even.pcm):
        return None
    starts = _boundaries(_loudness(sound), _loudness(odd), _loudness(even), len(words))
    return Measured(text, sound, starts) if starts else None


def _tagged(words: list[str], levels: tuple[int, int]) -> str:
    return " ".join(f"<volume level='{levels[place % 2]}'>{word}</volume>" for place, word in enumerate(words))


def _loudness(sound: Sound) -> list[float]:
    samples = array.array("h", sound.pcm)
    size = int(sound.rate * FRAME_SECONDS)
    return [sum(map(abs, samples[at : at + size])) / size for at in range(0, len(samples) - size + 1, size)]


def _boundaries(plain: list[float], odd: list[float], even: list[float], count: int) -> list[float]:
    """Return where `count` words begin, in seconds: the cut that agrees best with which rendering is louder."""
    louder = [
        0 if loud < SILENCE else (ratio > LOUDER) - (ratio < -LOUDER)
        for loud, ratio in zip(
            plain, (math.log((b + 3) / (a + 3)) for a, b in zip(odd, even, strict=True)), strict=True
        )
    ]
    scores = [list(accumulate((sign * value for value in louder), initial=0)) for sign in (1, -1)]
    best = [0.0] + [-math.inf] * len(louder)
    came: list[list[int]] = []
    for word in range(count):
        score, row, run, at = scores[word % 2], [0], -math.inf, 0
        following = [-math.inf]
        for place in range(1, len(best)):
            if best[place - 1] - score[place - 1] > run:
                run, at = best[place - 1] - score[place - 1], place - 1
            following.append(run + score[place])
            row.append(at)
        best = following
        came.append(row)
    if best[-1] < AGREEMENT * sum(map(abs, louder)):
        return []
    starts, place = [], len(louder)
    for row in reversed(came):
        place = row[place]
        loud = next((at for at in range(place, len(plain)) if plain[at] >= SILENCE), place)
        starts.append(loud * FRAME_SECONDS)
    return starts[::-1]
