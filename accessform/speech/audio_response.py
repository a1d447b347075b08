"""MP3 over HTTP: whole, in part, or not changed."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from accessform.speech.byte_ranges import Unsatisfiable, wanted_range

AUDIO_TYPE = "audio/mpeg"


def audio_response(request: HttpRequest, audio: bytes, *, etag: str = "") -> HttpResponse:
    """Answer with `audio`, or the part of it that Range asks for; 416 beyond its end, 304 for a known `etag`."""
    if etag and etag in _tags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _ranged(request, audio, etag)
    response["Accept-Ranges"] = "bytes"
    if etag:
        response["ETag"] = etag
    return response


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def _ranged(request: HttpRequest, audio: bytes, etag: str) -> HttpResponse:
    condition = request.headers.get("If-Range", "")
    header = request.headers.get("Range", "") if not condition or condition == etag else ""
    try:
        wanted = wanted_range(header, len(audio))
    except Unsatisfiable:
        refused = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, content_type="text/plain")
        refused["Content-Range"] = f"bytes */{len(audio)}"
        return refused
    if wanted is None:
        return _uncompressed(HttpResponse(audio, content_type=AUDIO_TYPE))
    first, last = wanted
    part = HttpResponse(audio[first : last + 1], status=HTTPStatus.PARTIAL_CONTENT, content_type=AUDIO_TYPE)
    part["Content-Range"] = f"bytes {first}-{last}/{len(audio)}"
    return _uncompressed(part)


def _uncompressed(response: HttpResponse) -> HttpResponse:
    """Keep GZipMiddleware away: sound does not shrink, and a range counts the bytes of the file."""
    response["Content-Encoding"] = "identity"
    response["Content-Length"] = str(len(response.content))
    return response
