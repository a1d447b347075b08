"""Keep for whom a journey is filled in."""

from collections.abc import Mapping
from typing import Any

from accessform.journeys.models import Journey
from accessform.journeys.prelude import filled_for


def keep_whom(*, journey: Journey, answers: Mapping[str, Any]) -> None:
    """Write on the journey what its first page said; the same again writes nothing."""
    whom = filled_for(answers)
    if whom != journey.filled_for:
        journey.filled_for = whom
        journey.save(update_fields=["filled_for"])
