"""What a recognition engine is, what it reports, and what may go wrong with one."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from accessform.speech.recognition.prompting import Prompt


class RecognitionError(Exception):
    """Nothing was recognised, for a reason that is not in the sound."""


class NoRecognition(RecognitionError):
    """This installation recognises nothing: no model, no package, or the model does not load."""


class EngineCrashed(RecognitionError):
    """The engine's process died or answered nonsense; a new one starts at the next call."""


class EngineTimedOut(RecognitionError):
    """The engine did not answer in time; its process was killed."""


class Decoding(StrEnum):
    """How far a sound could be read."""

    READ = "read"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Segment:
    """A stretch of words with the engine's own figures; its representation, as in a traceback, hides the words.

    `avg_logprob` is the mean natural logarithm of the probability of its tokens (0 is certain), `no_speech_prob` from
    0 to 1, `compression_ratio` the length of the text over its length compressed (a loop compresses well).
    """

    text: str = field(repr=False)
    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float


@dataclass(frozen=True)
class Heard:
    """What an engine reports of one sound, before anything is judged.

    `seconds` is the whole recording, `speech_seconds` what the voice activity detector kept of it, `loudest` the level
    of its loudest tenth of a second in dB below full scale.
    """

    decoding: Decoding
    segments: tuple[Segment, ...] = ()
    seconds: float = 0.0
    speech_seconds: float = 0.0
    loudest: float = -120.0


class Engine(Protocol):
    """A local recogniser. `hear` may be called from any thread; it raises RecognitionError."""

    def hear(self, audio: bytes, *, language: str, prompt: Prompt) -> Heard:
        """Decode a recording as a browser made it, and report its words."""

    def prepare(self) -> None:
        """Start whatever takes long, without waiting for it."""

    def stop(self) -> None:
        """End whatever the engine keeps running."""
