"""MP3 whose frames differ: pieces join, a length in bytes tells no time, and speech keeps its rate."""

import array
import io

import pytest

from accessform.speech.synthesis.engine import Sound
from accessform.speech.synthesis.mp3 import (
    FRAME_KILOBITS,
    FRAME_SAMPLES,
    OUTPUT_RATE,
    TAG_BYTES,
    encode,
    seconds_of,
    with_length,
)
from accessform.speech.synthesis.silence import LOUDEST_SILENCE
from accessform.speech.synthesis.worker_engine import WorkerEngine

SENTENCES = (
    "Quelle est votre date de naissance ?",
    "C'est le montant net, avant l'impôt prélevé à la source.",
    "La caisse peut vous écrire au sujet de votre demande.",
    "Vous pouvez choisir plusieurs réponses.",
)
SILENCE = Sound(b"\0\0" * OUTPUT_RATE, OUTPUT_RATE)


def _kilobits(audio: bytes) -> list[int]:
    """Return the bit rate of each frame, read apart from the module under test; every byte must belong to one."""
    rates, place = [], 0
    while place < len(audio):
        assert audio[place : place + 2] == b"\xff\xf3"
        assert (audio[place + 2] >> 2) & 3 == 2
        rates.append(FRAME_KILOBITS[audio[place + 2] >> 4])
        place += 72 * rates[-1] * 1000 // 16_000 + ((audio[place + 2] >> 1) & 1)
    assert place == len(audio)
    return rates


def test_a_piece_lasts_what_its_sound_lasts(engine: WorkerEngine) -> None:
    for text in SENTENCES:
        sound = engine.synthesize(text)
        assert sound.seconds + 0.069 <= seconds_of(encode(sound)) < sound.seconds + 0.2


def test_pieces_joined_last_as_long_as_each_alone(engine: WorkerEngine) -> None:
    pieces = [encode(engine.synthesize(text)) for text in SENTENCES] + [encode(SILENCE)]
    whole = b"".join(pieces)
    assert len(_kilobits(whole)) == sum(len(_kilobits(piece)) for piece in pieces)
    assert seconds_of(whole) == pytest.approx(sum(map(seconds_of, pieces)))
    assert seconds_of(whole) == pytest.approx(len(_kilobits(whole)) * FRAME_SAMPLES / OUTPUT_RATE)


def test_speech_keeps_24_to_32_kilobits_and_silence_costs_half(engine: WorkerEngine) -> None:
    loud = []
    for text in SENTENCES:
        sound = engine.synthesize(text)
        samples = array.array("h", sound.pcm)
        for place, rate in enumerate(_kilobits(encode(sound))):
            begin, end = ((at * FRAME_SAMPLES - 1105) * sound.rate // OUTPUT_RATE for at in (place, place + 1))
            heard = max(map(abs, samples[max(0, begin) : max(0, end)]), default=0)
            loud += [rate] if heard >= LOUDEST_SILENCE else []
    assert max(loud) <= 32
    assert 24 <= sum(loud) / len(loud) <= 32
    still = _kilobits(encode(SILENCE))
    assert sum(still) / len(still) < 12


def test_a_whole_file_tells_its_length_and_plays_the_same(engine: WorkerEngine) -> None:
    audio = encode(engine.synthesize(SENTENCES[0])) + encode(SILENCE)
    file = with_length(audio)
    assert file[TAG_BYTES:] == audio
    assert len(_kilobits(file)) == len(_kilobits(audio)) + 1
    assert seconds_of(file) == seconds_of(audio)
    assert file[13:17] == b"Xing"
    frames, size = int.from_bytes(file[21:25], "big"), int.from_bytes(file[25:29], "big")
    assert (frames, size) == (len(_kilobits(audio)), len(file))
    assert with_length(b"") == b""


def test_a_player_hears_what_is_counted(engine: WorkerEngine) -> None:
    av = pytest.importorskip("av")
    file = with_length(b"".join(encode(engine.synthesize(text)) for text in SENTENCES))
    with av.open(io.BytesIO(file), format="mp3") as opened:
        assert opened.duration / 1_000_000 == pytest.approx(seconds_of(file), abs=0.001)
        played = sum(frame.samples for frame in opened.decode(audio=0))
    assert played / OUTPUT_RATE == pytest.approx(seconds_of(file), abs=0.001)


@pytest.mark.parametrize("audio", [b"sound", b"\xff\xf3", b"\xff\xfb\x90\xc4" + b"\0" * 400])
def test_what_is_no_piece_has_no_length(audio: bytes) -> None:
    with pytest.raises(ValueError, match="byte 0"):
        seconds_of(audio)


def test_a_piece_that_is_cut_has_no_length() -> None:
    with pytest.raises(ValueError, match="not whole"):
        seconds_of(encode(SILENCE)[:-1])
