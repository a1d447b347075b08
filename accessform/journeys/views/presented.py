"""Pages of a journey outside its steps look as its steps do."""

import uuid

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from accessform.adaptation.preferences import Presentation
from accessform.adaptation.services import load_state
from accessform.journeys.access import SESSION_KEY


def presented_at(request: HttpRequest, path: str) -> Presentation | None:
    """Return how a page of a journey of this session looks, None for any other page (registered with adaptation)."""
    try:
        journey_id = resolve(path.partition("?")[0]).kwargs.get("journey_id")
    except Resolver404:
        return None
    if not isinstance(journey_id, uuid.UUID) or str(journey_id) not in request.session.get(SESSION_KEY, []):
        return None
    return load_state(journey_id).presentation(request.presentation)  # type: ignore[attr-defined]


def present(request: HttpRequest, journey_id: uuid.UUID) -> Presentation:
    """Give the request the presentation of this journey, changes that were accepted included, and return it."""
    presentation = load_state(journey_id).presentation(request.presentation)  # type: ignore[attr-defined]
    request.presentation = presentation  # type: ignore[attr-defined]
    return presentation
