"""`?ecouter` on any page answers its sound instead: made here, streamed, never kept."""

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.speech.audio_response import AUDIO_TYPE, audio_response
from accessform.speech.page_text import NoSuchPassage, page_text
from accessform.speech.pages import passage_not_found_page, unavailable_page
from accessform.speech.shown_words import Rewritten
from accessform.speech.streams import AudioStream, TimesStream, apology_at
from accessform.speech.synthesis.engine import EngineBusy, SynthesisError
from accessform.speech.templatetags.listening import PARAMETER
from accessform.speech.voice import is_voice_available

logger = logging.getLogger(__name__)

HEARD_STATUSES = frozenset({HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Pages, refused answers, and the error pages that people meet: who cannot read one needs it said."""
LONGEST_HEARD = 6000
"""Characters in one request: some seven minutes, 1.2 MB."""
WHOLE = frozenset({"", "bytes=0-"})

WORDS_PARAMETER = "mots"
"""Beside `?ecouter`: the times of the words instead of the sound."""
JSON_LINES = "application/jsonl"


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
    intro = interface.text("speech.choices_intro", _level_of(request))
    try:
        text = page_text(html, request.GET[PARAMETER], choices_intro=intro, longest=LONGEST_HEARD)
    except NoSuchPassage:
        return passage_not_found_page(request)
    if WORDS_PARAMETER in request.GET:
        return times_of_text(text)
    return sound_of_text(request, text)


def _level_of(request: HttpRequest) -> ReadingLevel:
    return getattr(getattr(request, "presentation", None), "reading_level", ReadingLevel.PLAIN)


def sound_of_text(request: HttpRequest, text: str) -> HttpResponseBase:
    """Answer a text as sound, made now by a local voice and never kept; 503 where none answers."""
    if not is_voice_available():
        return unavailable_page(request)
    in_parts = request.headers.get("Range", "") not in WHOLE
    try:
        stream = AudioStream(text, apology=b"" if in_parts else apology_at(_level_of(request)))
    except SynthesisError as error:
        logger.warning("page not said: %s", error)
        return unavailable_page(request)
    if in_parts:
        return _part(request, stream)
    response = StreamingHttpResponse(stream, content_type=AUDIO_TYPE)
    response["Content-Encoding"] = "identity"
    return response


def times_of_text(text: str, rewritten: Sequence[Rewritten] = ()) -> HttpResponseBase:
    """Stream when each word is said, a line a sentence. The sound itself is another request: nothing is kept between.

    `rewritten` tells what the page writes otherwise than it is said.
    The voice says a text in the same time whenever it says it, so these are the times of that sound too.
    """
    try:
        lines = TimesStream(text, rewritten)
    except EngineBusy:
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, content_type=JSON_LINES)
    response = StreamingHttpResponse(lines, content_type=JSON_LINES)
    response["Content-Encoding"] = "identity"
    return response


def _part(request: HttpRequest, stream: AudioStream) -> HttpResponseBase:
    """Answer one range of the whole, for players that insist on it (Safari asks for bytes 0 and 1 first)."""
    try:
        return audio_response(request, b"".join(stream))
    except SynthesisError as error:
        logger.warning("page not said: %s", error)
        return unavailable_page(request)
    finally:
        stream.close()
