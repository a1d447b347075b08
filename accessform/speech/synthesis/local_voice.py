"""The local engines in order of preference, behind one door."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from accessform.speech.synthesis.engine import (
    Engine,
    EngineBusy,
    EngineCrashed,
    EngineTimedOut,
    NothingSaid,
    NoVoice,
    Sound,
    SynthesisError,
    VoiceIdentity,
)
from accessform.speech.synthesis.silence import with_short_tail
from accessform.speech.synthesis.word_times import word_starts

ESPEAK = "espeak"
"""The engine that tells when words begin."""

logger = logging.getLogger(__name__)

WAIT_SECONDS = 10.0
FAILURES_BEFORE_REFUSAL = 2
FAILURES_REMEMBERED = 500


def _key(engine: Engine, text: str) -> tuple[str, int]:
    return engine.identity.engine, hash(text)


@dataclass(frozen=True)
class Spoken:
    """A sound and the voice that made it, which is not the first choice after a failure."""

    sound: Sound
    identity: VoiceIdentity


class LocalVoice:
    """Says a text with the first engine that can; remembers, in memory, the texts that an engine failed on twice."""

    def __init__(self, engines: Sequence[Engine], *, wait: float = WAIT_SECONDS) -> None:
        self.engines = tuple(engines)
        self.wait = wait
        self._turn = threading.Lock()
        self._failures: OrderedDict[tuple[str, int], int] = OrderedDict()

    def say(self, text: str) -> Spoken:
        """Return the sound of a normalised text.

        Raises NoVoice without engine, EngineBusy after the wait, NothingSaid for silence, else the last engine's error.
        """
        if not self.engines:
            raise NoVoice("no voice engine")
        if not self._turn.acquire(timeout=self.wait):
            raise EngineBusy(f"no turn in {self.wait} s")
        try:
            return self._first_that_speaks(text)
        finally:
            self._turn.release()

    def say_timed(self, text: str) -> tuple[Spoken, list[float]]:
        """Return the sound of a normalised text and the second at which each of its `spoken_words` begins.

        Raises what `say` raises. Where no engine tells when words begin, the times are estimated.
        """
        spoken = self.say(text)
        return spoken, word_starts(text, spoken.sound, self._reference(text, spoken.sound))

    def _reference(self, text: str, sound: Sound) -> Sound | None:
        """Return a sound of the same text that tells when its words begin; None where no engine makes one."""
        if sound.marks:
            return sound
        for engine in self.engines:
            if engine.identity.engine == ESPEAK and self._failures.get(_key(engine, text), 0) < FAILURES_BEFORE_REFUSAL:
                try:
                    return engine.synthesize(text)
                except (EngineCrashed, EngineTimedOut):
                    self._remember(_key(engine, text))
                except SynthesisError:
                    return None
        return None

    def stop(self) -> None:
        """End every engine's process."""
        for engine in self.engines:
            engine.stop()

    def _first_that_speaks(self, text: str) -> Spoken:
        last: SynthesisError = NothingSaid("no engine could say this text")
        for engine in self.engines:
            key = _key(engine, text)
            if self._failures.get(key, 0) >= FAILURES_BEFORE_REFUSAL:
                continue
            try:
                return Spoken(with_short_tail(engine.synthesize(text)), engine.identity)
            except (EngineCrashed, EngineTimedOut) as error:
                logger.warning("voice engine failed: %s", error)
                self._remember(key)
                last = error
            except SynthesisError as error:
                last = error
        raise last

    def _remember(self, key: tuple[str, int]) -> None:
        self._failures[key] = self._failures.pop(key, 0) + 1
        while len(self._failures) > FAILURES_REMEMBERED:
            self._failures.popitem(last=False)
