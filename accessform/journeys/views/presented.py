"""Pages of a journey outside its steps look as its steps do."""

import uuid

from django.http import HttpRequest

from accessform.adaptation.preferences import Presentation
from accessform.adaptation.services import load_state


def present(request: HttpRequest, journey_id: uuid.UUID) -> Presentation:
    """Give the request the presentation of this journey, changes that were accepted included, and return it."""
    presentation = load_state(journey_id).presentation(request.presentation)  # type: ignore[attr-defined]
    request.presentation = presentation  # type: ignore[attr-defined]
    return presentation
