"""Catalogue sound at an address that never changes its content."""

import logging
from functools import cache

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accessform.speech import clips
from accessform.speech.audio_response import audio_response
from accessform.speech.models import SpokenClip
from accessform.speech.pages import unavailable_page
from accessform.speech.services import make_clip, register_live_versions
from accessform.speech.synthesis.engine import SynthesisError, VoiceIdentity
from accessform.speech.voice import local_identities
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


def _listed_clip(key: str) -> SpokenClip:
    """Return the clip of that key, after writing the manifests again where the voice has changed; raises Http404."""
    for attempt in ("as it is", "registered again"):
        found = SpokenClip.objects.filter(pk=key, listings__isnull=False).first()
        if found is not None:
            return found
        if attempt == "as it is":
            newest = FormVersion.objects.aggregate(newest=Max("pk"))["newest"]
            _register_once(local_identities(), newest)
    raise Http404("no form lists this clip")


@cache
def _register_once(identities: tuple[VoiceIdentity, ...], newest: int | None) -> int:
    """Register the live versions once a process, voice and newest version: another engine changes every key."""
    return register_live_versions()
