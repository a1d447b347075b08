"""One door to an engine: limits, turns, and a typed outcome whatever happens."""

import logging
import threading
from collections.abc import Iterable

from accessform.speech.recognition.engine import Engine, NoRecognition, RecognitionError
from accessform.speech.recognition.judging import judge
from accessform.speech.recognition.outcomes import Recognised, RecognitionOutcome
from accessform.speech.recognition.prompting import prompt_of

logger = logging.getLogger(__name__)

LANGUAGE = "fr"
MAX_SOUND_BYTES = 12 * 1024 * 1024
"""A minute of the heaviest sound that browsers send (16-bit stereo at 48 kHz: 11.5 MB), ten of the usual one."""
MOST_WAITING = 3
"""People who wait while one is listened to: at about a second each, the last one waits as long as a page may take."""
WAIT_SECONDS = 10.0


class Recogniser:
    """Turns recordings into words with one engine, one at a time; says busy rather than let a queue grow."""

    def __init__(self, engine: Engine, *, most_waiting: int = MOST_WAITING, wait: float = WAIT_SECONDS) -> None:
        self.engine = engine
        self.wait = wait
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(1 + most_waiting)

    def recognise(self, audio: bytes, *, prompt_words: Iterable[str] = ()) -> Recognised:
        """Return what came of a recording. Raises nothing that a recording or an engine may cause; keeps nothing."""
        if not audio:
            return Recognised(RecognitionOutcome.UNREADABLE)
        if len(audio) > MAX_SOUND_BYTES:
            return Recognised(RecognitionOutcome.TOO_LONG)
        if not self._places.acquire(blocking=False):
            return Recognised(RecognitionOutcome.BUSY)
        try:
            return self._in_turn(audio, prompt_words)
        finally:
            self._places.release()

    def prepare(self) -> None:
        """Let the engine load ahead of the first recording, without waiting for it."""
        self.engine.prepare()

    def stop(self) -> None:
        """End the engine's process."""
        self.engine.stop()

    def _in_turn(self, audio: bytes, prompt_words: Iterable[str]) -> Recognised:
        if not self._turn.acquire(timeout=self.wait):
            return Recognised(RecognitionOutcome.BUSY)
        try:
            prompt = prompt_of(prompt_words)
            return judge(self.engine.hear(audio, language=LANGUAGE, prompt=prompt), prompt)
        except NoRecognition as error:
            logger.error("no recognition: %s", error)
            return Recognised(RecognitionOutcome.UNAVAILABLE)
        except RecognitionError as error:
            logger.warning("recognition failed: %s", error)
            return Recognised(RecognitionOutcome.FAILED)
        finally:
            self._turn.release()
