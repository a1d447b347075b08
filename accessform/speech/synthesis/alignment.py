"""Words of one sound found in another that says the same text: dynamic time warping on loudness. Pure.

Two features a frame, standardised over each sound: how loud it is, and how loud its differences are (hiss against
hum). They are enough to follow one voice by another of the same language, and need no library: see
docs/adr/words-are-timed-by-the-second-voice.md for what cepstral coefficients would add.
"""

import array
import math
import operator
import sys
from collections.abc import Sequence

from accessform.speech.synthesis.engine import Sound

FRAME_SECONDS = 0.02
BAND_SECONDS = 0.4
"""How far from an even stretch a word may lie: the pauses of two voices differ by less in one sentence."""
STAY_PENALTY = 1.0
"""What one frame more of waiting costs, in standard deviations; without it pauses swallow words."""
SILENCE = 60.0
"""Mean sample of a frame below which nobody speaks; engines' own silence stays below 30, of 32,767."""
SMALLEST_RATE = 16_000
FAR = float("inf")

Frame = tuple[float, float]


def align(reference: Sound, sound: Sound, seconds: Sequence[float]) -> list[float]:
    """Return, for times of `reference` in rising order, the times of `sound` at which the same is said."""
    first, theirs = frames(reference)
    begin, ours = frames(sound)
    if not theirs or not ours:
        return [min(time, sound.seconds) for time in seconds]
    matched = _matched(theirs, ours)
    places = [min(max(round((time - first) / FRAME_SECONDS), 0), len(theirs) - 1) for time in seconds]
    return [begin + FRAME_SECONDS * matched[place] for place in places]


def speech_bounds(sound: Sound) -> tuple[float, float]:
    """Return when speech begins and ends in a sound, in seconds; all of it where nothing is loud."""
    begin, spoken = frames(sound)
    return (begin, begin + len(spoken) * FRAME_SECONDS) if spoken else (0.0, sound.seconds)


def frames(sound: Sound) -> tuple[float, list[Frame]]:
    """Return when speech begins, in seconds, and its standardised frames to its end; [] for silence."""
    samples = array.array("h", sound.pcm[: len(sound.pcm) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    size = int(sound.rate * FRAME_SECONDS)
    loudness = [_mean(samples[start : start + size]) for start in range(0, len(samples) - size + 1, size)]
    loud = [place for place, value in enumerate(loudness) if value > SILENCE]
    if not loud:
        return 0.0, []
    begin, end = loud[0], loud[-1] + 1
    changes = array.array("i", map(operator.sub, samples[1:], samples[:-1]))
    scale = sound.rate / SMALLEST_RATE
    hiss = [_mean(changes[place * size : (place + 1) * size]) * scale for place in range(begin, end)]
    columns = ([math.log(value + 30) for value in loudness[begin:end]], [math.log(value + 10) for value in hiss])
    return begin * FRAME_SECONDS, list(zip(*(_standardised(column) for column in columns), strict=True))


def _mean(values: Sequence[int]) -> float:
    return sum(map(abs, values)) / max(1, len(values))


def _standardised(values: list[float]) -> list[float]:
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0
    return [(value - mean) / deviation for value in values]


def _matched(theirs: list[Frame], ours: list[Frame]) -> list[float]:
    """Return, for each frame of theirs, the middle of ours that match it on the cheapest path."""
    back, starts = _steps(theirs, ours)
    place, other = len(theirs) - 1, len(ours) - 1
    found: list[list[int]] = [[] for _ in theirs]
    while place >= 0 and other >= 0:
        found[place].append(other)
        row = back[place]
        step = row[other - starts[place]] if 0 <= other - starts[place] < len(row) else 0
        place -= step in (0, 1)
        other -= step in (0, 2)
    return [(match[0] + match[-1]) / 2 if match else 0.0 for match in found]


def _steps(theirs: list[Frame], ours: list[Frame]) -> tuple[list[list[int]], list[int]]:
    """Return, row by row within the band, where the cheapest path came from (0 both, 1 theirs, 2 ours)."""
    band = int(BAND_SECONDS / FRAME_SECONDS)
    back: list[list[int]] = []
    starts: list[int] = []
    above: list[float] = []
    start_above = 0
    for place, (loud, hiss) in enumerate(theirs):
        middle = place * len(ours) // len(theirs)
        start, end = max(0, middle - band), min(len(ours), middle + band + 1)
        costs: list[float] = []
        came: list[int] = []
        left = FAR
        for other in range(start, end):
            up = other - start_above
            best, step = (above[up - 1], 0) if 0 < up <= len(above) else (FAR, 0)
            if 0 <= up < len(above) and above[up] + STAY_PENALTY < best:
                best, step = above[up] + STAY_PENALTY, 1
            if left + STAY_PENALTY < best:
                best, step = left + STAY_PENALTY, 2
            if best == FAR and place == other == 0:
                best = 0.0
            left = best + abs(loud - ours[other][0]) + abs(hiss - ours[other][1])
            costs.append(left)
            came.append(step)
        back.append(came)
        starts.append(start)
        above, start_above = costs, start
    return back, starts
