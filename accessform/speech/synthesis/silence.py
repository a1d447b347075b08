"""Engines end with more silence than a pause between sentences needs: it costs bytes and patience. Pure."""

import array
import dataclasses
import sys

from accessform.speech.synthesis.engine import Sound

PAUSE_SECONDS = 0.3
"""What is left after the last loud moment; Pico itself leaves 0.7 s after each sentence."""
END_SECONDS = 0.05
"""What is left of it where nothing follows: nobody waits there."""
LOUDEST_SILENCE = 100
"""Sample, of 32,767, below which nothing is heard; the end of a breathed word stays above."""
BLOCK_SECONDS = 0.01


def with_short_tail(sound: Sound, seconds: float = PAUSE_SECONDS) -> Sound:
    """Return `sound` with at most `seconds` of silence at its end; a silent one as it is."""
    samples = array.array("h", sound.pcm[: len(sound.pcm) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    block = int(sound.rate * BLOCK_SECONDS)
    end = len(samples)
    while end > 0 and max(map(abs, samples[max(0, end - block) : end])) < LOUDEST_SILENCE:
        end -= block
    if end <= 0:
        return sound
    kept = end + int(sound.rate * seconds)
    return dataclasses.replace(sound, pcm=sound.pcm[: 2 * kept]) if kept < len(samples) else sound


def with_end(sound: Sound) -> Sound:
    """Return the last sentence's `sound` without the pause that would part it from another."""
    return with_short_tail(sound, END_SECONDS)
