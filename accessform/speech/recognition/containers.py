"""Which kind of sound file some bytes are, by their first ones. Pure; a decoder is never left to guess.

A demuxer that guesses takes a playlist for a sound, and opens the files and addresses that it names.
"""

MATROSKA, OGG, MP4, WAV, FLAC, MP3, ADTS = "matroska", "ogg", "mov", "wav", "flac", "mp3", "aac"
_FRAMES = {bytes([second]): ADTS for second in (0xF0, 0xF1, 0xF8, 0xF9)} | {
    bytes([second]): MP3 for second in (0xE2, 0xE3, 0xF2, 0xF3, 0xFA, 0xFB)
}
"""The second byte of a first frame."""


def container_of(audio: bytes) -> str | None:
    """Return FFmpeg's name of the container: what browsers record, and what people keep recordings in; else None."""
    head = audio[:12]
    for start, name in ((b"\x1a\x45\xdf\xa3", MATROSKA), (b"OggS", OGG), (b"fLaC", FLAC), (b"ID3", MP3)):
        if head.startswith(start):
            return name
    if head[4:8] == b"ftyp":
        return MP4
    if head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return WAV
    return _by_frame(head)


def _by_frame(head: bytes) -> str | None:
    """Tell ADTS and bare MP3 by the eleven bits set, version and layer of their first frame."""
    if head[:1] != b"\xff" or head[1:2] not in _FRAMES:
        return None
    return _FRAMES[head[1:2]]
