"""Sound to MP3. Every piece has the same sampling rate and no header frame, so that pieces concatenate.

Bits follow the sound: a frame of speech takes what it needs, a frame of silence less than half of that. A length in
bytes therefore tells no time; `seconds_of` counts frames.
"""

import lameenc

from accessform.speech.synthesis.engine import Sound

OUTPUT_RATE = 16_000
FRAME_SAMPLES = 576
DELAY_SECONDS = 1105 / OUTPUT_RATE
"""Silence that encoder (576 samples) and decoder (529) put before a piece; no header frame tells players to skip it."""
MEAN_KILOBITS = 24
"""What LAME aims at over speech and pauses; the frames of speech come out at 24.6 kb/s, those of silence at 11."""
MOST_KILOBITS = 32
"""The largest frame. With it the mean of speech stays between 24 and 32 kb/s."""
AVERAGE_BIT_RATE = 3
"""LAME's name for the mode in which frames differ and their mean is given."""
QUALITY = 2
"""LAME's scale: 2 is best and slow, 7 is fast. 2 takes some 8 ms for a sentence."""
CODING = f"mean {MEAN_KILOBITS} at most {MOST_KILOBITS} kb/s quality {QUALITY} length told"
"""What a clip's key says of all this: another coding is another sound."""

FRAME_KILOBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Bit rates of MPEG-2 layer III by the index in a frame's header."""
SYNCHRONISATION = b"\xff\xf3"
"""The first two bytes of an MPEG-2 layer III frame without checksum."""
RATE_BITS = 2
"""How a frame's header says 16 kHz."""
HEADER_BYTES = 4
SIDE_INFORMATION = 9
TAG = b"Xing"
TAG_AT = HEADER_BYTES + SIDE_INFORMATION
TAG_BYTES = 36
"""A frame of 8 kb/s: the smallest one holds the tag, its flags, and the numbers of frames and bytes."""
HAS_FRAMES_AND_BYTES = 3


def encode(sound: Sound) -> bytes:
    """Return mono MPEG-2 layer III at 16 kHz, MEAN_KILOBITS on average."""
    encoder = lameenc.Encoder()
    encoder.set_vbr(AVERAGE_BIT_RATE)
    encoder.set_vbr_mean_bitrate_kbps(MEAN_KILOBITS)
    encoder.set_vbr_max_bitrate_kbps(MOST_KILOBITS)
    encoder.set_in_sample_rate(sound.rate)
    encoder.set_out_sample_rate(OUTPUT_RATE)
    encoder.set_channels(1)
    encoder.set_quality(QUALITY)
    encoder.silence()
    return bytes(encoder.encode(sound.pcm) + encoder.flush())


def seconds_of(audio: bytes) -> float:
    """Return how long a piece of `encode`, or several in a row, or a file of `with_length` lasts when it is played.

    Raises ValueError where a byte belongs to no frame.
    """
    return _count_frames(audio) * FRAME_SAMPLES / OUTPUT_RATE


def with_length(audio: bytes) -> bytes:
    """Return whole sound with a first frame that tells players how long it is, which its size does not; b"" as it is.

    They read the frame and do not play it. Raises ValueError where a byte belongs to no frame.
    """
    if not audio:
        return audio
    header = SYNCHRONISATION + bytes([1 << 4 | RATE_BITS << 2, audio[3]])
    numbers = (HAS_FRAMES_AND_BYTES, _count_frames(audio), TAG_BYTES + len(audio))
    told = TAG + b"".join(number.to_bytes(4, "big") for number in numbers)
    return (header + bytes(SIDE_INFORMATION) + told).ljust(TAG_BYTES, b"\0") + audio


def _count_frames(audio: bytes) -> int:
    """Return how many frames are played; raises ValueError where a byte belongs to none."""
    count, place = -int(audio[TAG_AT : TAG_AT + len(TAG)] == TAG), 0
    while place < len(audio):
        index, rate = _rates(audio, place)
        if not 0 < index < len(FRAME_KILOBITS) or rate != RATE_BITS:
            raise ValueError(f"no frame of speech at byte {place}")
        count += 1
        place += FRAME_KILOBITS[index] * 1000 // 8 * FRAME_SAMPLES // OUTPUT_RATE
    if place != len(audio):
        raise ValueError("the last frame is not whole")
    return count


def _rates(audio: bytes, place: int) -> tuple[int, int]:
    """Return the indices of bit rate and sampling rate in the header at `place`; zeros where there is none."""
    header = audio[place : place + HEADER_BYTES]
    if len(header) < HEADER_BYTES or not header.startswith(SYNCHRONISATION):
        return 0, 0
    return header[2] >> 4, header[2] >> 2 & 3
