"""A recording in memory becomes samples. Runs in the worker alone: hostile files may break FFmpeg, native code."""

import io
from typing import Any

RATE = 16_000
"""Samples a second that Whisper hears."""
BAD_PACKETS_SHARE = 0.1
"""Above this share of packets that cannot be decoded, what is left is not what was said."""


class Unreadable(Exception):
    """No sound could be read."""


def decode(audio: bytes, container: str, longest: float) -> tuple[Any, bool]:
    """Return the sound as mono float32 samples at RATE, and whether it goes on after `longest` seconds (then cut).

    `container` is the only demuxer that is tried. Raises Unreadable for anything without decodable sound.
    """
    import av
    import numpy as np

    av.logging.set_level(None)
    try:
        with av.open(io.BytesIO(audio), mode="r", format=container, metadata_errors="ignore") as opened:
            pieces, is_cut = _samples(opened, int(longest * RATE))
    except (av.FFmpegError, ValueError, IndexError, OverflowError) as error:
        raise Unreadable(type(error).__name__) from error
    if not pieces:
        raise Unreadable("no sample")
    whole = np.concatenate(pieces)[: int(longest * RATE)]
    return whole.astype(np.float32) / 32768.0, is_cut


def _samples(opened: Any, most: int) -> tuple[list[Any], bool]:
    """Return the first audio stream in pieces of 16-bit samples, and whether there was more than `most` of them."""
    import av

    if not opened.streams.audio:
        raise Unreadable("no audio stream")
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    pieces: list[Any] = []
    good = bad = count = 0
    for packet in opened.demux(opened.streams.audio[0]):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            bad += 1
            continue
        good += 1
        for frame in frames:
            frame.pts = None
            for resampled in resampler.resample(frame):
                pieces.append(resampled.to_ndarray().reshape(-1))
                count += len(pieces[-1])
        if count > most:
            return pieces, True
    if bad > BAD_PACKETS_SHARE * (good + bad):
        raise Unreadable("damaged")
    pieces += [resampled.to_ndarray().reshape(-1) for resampled in resampler.resample(None)] if pieces else []
    return pieces, False
