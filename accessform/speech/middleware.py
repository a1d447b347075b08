"""`?ecouter` on any page answers its sound instead: made here, streamed, never kept."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.speech.audio_response import AUDIO_TYPE, audio_response
from accessform.speech.page_text import NoSuchPassage, page_text
from accessform.speech.pages import passage_not_found_page, unavailable_page
from accessform.speech.services import say_aloud
from accessform.speech.synthesis.engine import EngineBusy, NothingSaid, SynthesisError
from accessform.speech.templatetags.listening import PARAMETER
from accessform.speech.voice import is_voice_available

logger = logging.getLogger(__name__)

HEARD_STATUSES = frozenset({HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Pages, refused answers, and the error pages that people meet: who cannot read one needs it said."""
LONGEST_HEARD = 6000
"""Characters in one request: some seven minutes, 1.6 MB."""
SEATS = 4
"""People spoken to at once in one process; the other threads go on serving pages."""
WAIT_FOR_SEAT_SECONDS = 2.0
LONGEST_STREAM_SECONDS = 180.0
WHOLE = frozenset({"", "bytes=0-"})

_seats = threading.BoundedSemaphore(SEATS)


class ListeningMiddleware:
    """Turn the HTML of a page into its sound when its address says `?ecouter` or `?ecouter=<element id>`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer audio for pages, anything else as it is."""
        response = self.get_response(request)
        if request.method != "GET" or PARAMETER not in request.GET or not _is_page(response):
            return response
        if not is_voice_available():
            return unavailable_page(request)
        answer = _sound_of(request, response.content.decode(response.charset))
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer


def _is_page(response: HttpResponse) -> bool:
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and not response.streaming and response.status_code in HEARD_STATUSES


def _sound_of(request: HttpRequest, html: str) -> HttpResponseBase:
    level = getattr(getattr(request, "presentation", None), "reading_level", ReadingLevel.PLAIN)
    intro = interface.text("speech.choices_intro", level)
    try:
        text = page_text(html, request.GET[PARAMETER], choices_intro=intro, longest=LONGEST_HEARD)
    except NoSuchPassage:
        return passage_not_found_page(request)
    try:
        stream = AudioStream(text)
    except SynthesisError as error:
        logger.warning("page not said: %s", error)
        return unavailable_page(request)
    if request.headers.get("Range", "") not in WHOLE:
        return _part(request, stream)
    response = StreamingHttpResponse(stream, content_type=AUDIO_TYPE)
    response["Content-Encoding"] = "identity"
    return response


def _part(request: HttpRequest, stream: "AudioStream") -> HttpResponseBase:
    """Answer one range of the whole, for players that insist on it (Safari asks for bytes 0 and 1 first)."""
    try:
        return audio_response(request, b"".join(stream))
    except SynthesisError as error:
        logger.warning("page not said: %s", error)
        return unavailable_page(request)
    finally:
        stream.close()


class AudioStream:
    """The MP3 of a text, sentence by sentence. Holds a seat until it ends or is closed.

    The first sentence is made at once, so that a voice that fails is an error page and not a broken sound.
    Raises EngineBusy where every seat is taken, SynthesisError where nothing can be said.
    """

    def __init__(self, text: str) -> None:
        if not _seats.acquire(timeout=WAIT_FOR_SEAT_SECONDS):
            raise EngineBusy(f"{SEATS} people are being spoken to")
        self._seated = True
        self._deadline = time.monotonic() + LONGEST_STREAM_SECONDS
        self._pieces = say_aloud(text)
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
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the seat back; may be called again."""
        if self._seated:
            self._seated = False
            self._pieces.close()
            _seats.release()
