"""Sound and word times of a page, streamed: made here, sentence by sentence, never kept."""

import logging
import threading
import time
from collections.abc import Generator, Iterator, Sequence

from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.speech.services import say_aloud
from accessform.speech.shown_words import Rewritten, shown_words
from accessform.speech.synthesis.engine import EngineBusy, NothingSaid, SynthesisError
from accessform.speech.timed_speech import as_line, say_timed
from accessform.speech.voice import local_voice

logger = logging.getLogger(__name__)

SEATS = 4
"""People spoken to at once in one process; the other threads go on serving pages."""
WAIT_FOR_SEAT_SECONDS = 2.0
LONGEST_STREAM_SECONDS = 180.0
TIMES_SEATS = 2
"""Texts whose words are timed at once; fewer than people spoken to, since the sound goes first."""
FAILED_LINE = b'{"words":[],"failed":true}\n'

_apologies: dict[ReadingLevel, bytes] = {}
_times_seats = threading.BoundedSemaphore(TIMES_SEATS)
_seats = threading.BoundedSemaphore(SEATS)


def apology_at(level: ReadingLevel) -> bytes:
    """Return the sound that says that the voice has stopped, made once while it speaks; b"" where it does not."""
    if level not in _apologies:
        try:
            said = say_timed(interface.text("speech.voice_stopped", level), local_voice())
            _apologies[level] = b"".join(sentence.audio for sentence in said)
        except SynthesisError:
            return b""
    return _apologies[level]


class _Seat:
    """A place among those served at once, and what is being said there. Given back once, however often it is closed."""

    def __init__(self, seats: threading.BoundedSemaphore, *said: Generator[object, None, None]) -> None:
        self._seats = seats
        self._said = said
        self._taken = True

    def close(self) -> None:
        """Stop what is being said and give the seat back; may be called again."""
        if self._taken:
            self._taken = False
            for saying in self._said:
                saying.close()
            self._seats.release()


class TimesStream:
    """Lines of JSON with the timed words of a text. Fewer people are served than hear: the sound goes first.

    `rewritten` tells what the page writes otherwise than it is said. Raises EngineBusy where every seat is taken.
    """

    def __init__(self, text: str, rewritten: Sequence[Rewritten] = ()) -> None:
        if not _times_seats.acquire(blocking=False):
            raise EngineBusy(f"the words of {TIMES_SEATS} texts are being timed")
        self._sentences = say_timed(text, local_voice())
        self._lines = shown_words((sentence.words for sentence in self._sentences), text, rewritten)
        self.close = _Seat(_times_seats, self._lines, self._sentences).close

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """Return the next sentence's line; where the voice fails, a last one that tells it."""
        try:
            return as_line(next(self._lines)).encode()
        except SynthesisError as error:
            logger.warning("words not timed: %s", error)
            self.close()
            return FAILED_LINE
        except BaseException:
            self.close()
            raise


class AudioStream:
    """The MP3 of a text, sentence by sentence. Holds a seat until it ends or is closed.

    The first sentence is made at once, so that a voice that fails is an error page and not a broken sound. One that
    fails later ends with `apology`: an answer that has begun has no other way to say that it is not whole.
    Without apology the error is raised.
    Raises EngineBusy where every seat is taken, SynthesisError where nothing can be said.
    """

    def __init__(self, text: str, *, apology: bytes = b"") -> None:
        self._apology = apology
        if not _seats.acquire(timeout=WAIT_FOR_SEAT_SECONDS):
            raise EngineBusy(f"{SEATS} people are being spoken to")
        self._deadline = time.monotonic() + LONGEST_STREAM_SECONDS
        self._pieces = say_aloud(text)
        self.close = _Seat(_seats, self._pieces).close
        try:
            self._first: bytes | None = next(self._pieces)[0]
        except StopIteration:
            self.close()
            raise NothingSaid("no words") from None
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """Return the next sentence's sound; stops after LONGEST_STREAM_SECONDS, for readers that never end."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        try:
            if time.monotonic() > self._deadline:
                raise StopIteration
            return next(self._pieces)[0]
        except SynthesisError as error:
            self.close()
            if not self._apology:
                raise
            logger.warning("voice failed in the middle of a page: %s", error)
            apology, self._apology = self._apology, b""
            return apology
        except BaseException:
            self.close()
            raise
