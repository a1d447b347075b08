"""What every engine is, and what may go wrong with one."""

from dataclasses import dataclass
from typing import Protocol

LONGEST_TEXT = 1000
"""Characters in one call. Page and prompt text is cut into sentences far below it."""


class SynthesisError(Exception):
    """No sound was made."""


class NoVoice(SynthesisError):
    """This installation has no engine (none installed, or ACCESSFORM_VOICE_ENGINE=none)."""


class NothingSaid(SynthesisError):
    """The engine answered with silence, or there was nothing to say."""


class EngineCrashed(SynthesisError):
    """The engine's process died while it spoke; a new one starts at the next call."""


class EngineTimedOut(SynthesisError):
    """The engine did not answer in time; its process was killed."""


class EngineBusy(SynthesisError):
    """Other people are being spoken to; the wait was given up."""


@dataclass(frozen=True)
class VoiceIdentity:
    """What a sound depends on besides its text. It is part of every clip's key."""

    engine: str
    version: str
    voice: str

    def __str__(self) -> str:
        return f"{self.engine} {self.version} {self.voice}"


@dataclass(frozen=True)
class Mark:
    """The second at which the word begins that stands at `position` (code points) of the text given to the engine."""

    position: int
    seconds: float


@dataclass(frozen=True)
class Sound:
    """Mono 16-bit little-endian samples, `rate` a second; with marks where the engine tells when words begin."""

    pcm: bytes
    rate: int
    marks: tuple[Mark, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / (2 * self.rate)


class Engine(Protocol):
    """A local voice. `synthesize` may be called from any thread; it raises SynthesisError."""

    @property
    def identity(self) -> VoiceIdentity:
        """Which engine, version and voice."""

    def synthesize(self, text: str) -> Sound:
        """Say an already normalised text of at most LONGEST_TEXT characters."""

    def stop(self) -> None:
        """End whatever the engine keeps running."""
