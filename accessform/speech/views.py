"""Catalogue sound at an address that never changes its content."""

import logging
from functools import cache
from http import HTTPStatus

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accessform.speech import clips
from accessform.speech.audio_response import audio_response
from accessform.speech.models import SpokenClip
from accessform.speech.pages import unavailable_page
from accessform.speech.services import make_clip, register_live_versions, render
from accessform.speech.synthesis.engine import SynthesisError, VoiceIdentity
from accessform.speech.timed_speech import JSON_TYPE
from accessform.speech.voice import catalogue_identities
from forms_catalog.models import FormVersion

logger = logging.getLogger(__name__)

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def clip(request: HttpRequest, key: str) -> HttpResponse:
    """Serve a clip, made now where it is missing; 404 for a key that no form lists, 503 when no voice answers."""
    audio = clips.read_clip(key)
    kept = audio is not None
    if audio is None:
        try:
            audio, kept = make_clip(_listed_clip(key))
        except SynthesisError as error:
            logger.warning("clip %s not made: %s", key[:12], error)
            return unavailable_page(request)
    response = audio_response(request, audio, etag=f'"{key}"' if kept else "")
    response["Cache-Control"] = FOREVER if kept else "no-store"
    return response


@require_safe
def word_times(request: HttpRequest, key: str) -> HttpResponse:
    """Serve when each word of a clip is said; 404 for a key that no form lists, or said by a voice that is not here.

    Where the clip was not kept, its times are those of the sound that is made afresh each time.
    """
    times = clips.read_word_times(key)
    kept = times is not None
    if times is None:
        listed = _listed_clip(key)
        if clips.clip_path(key).exists():
            raise Http404("a voice that is not on this machine said this clip")
        try:
            made = render(listed)
        except SynthesisError as error:
            logger.warning("clip %s not timed: %s", key[:12], error)
            return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, content_type=JSON_TYPE)
        times, kept = made.times.encode(), made.kept
    response = HttpResponse(times, content_type=JSON_TYPE)
    response["Cache-Control"] = FOREVER if kept else "no-store"
    return response


def _listed_clip(key: str) -> SpokenClip:
    """Return the clip of that key, after writing the manifests again where the voice has changed; raises Http404."""
    for attempt in ("as it is", "registered again"):
        found = SpokenClip.objects.filter(pk=key, listings__isnull=False).first()
        if found is not None:
            return found
        if attempt == "as it is":
            newest = FormVersion.objects.aggregate(newest=Max("pk"))["newest"]
            _register_once(catalogue_identities(), newest)
    raise Http404("no form lists this clip")


@cache
def _register_once(identities: tuple[VoiceIdentity, ...], newest: int | None) -> int:
    """Register the live versions once a process, voice and newest version: another engine changes every key."""
    return register_live_versions()
