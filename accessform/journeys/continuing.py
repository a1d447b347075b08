"""Where a person who comes back goes on."""

from typing import Any

from accessform.journeys.document import dropping_hidden
from accessform.journeys.models import Journey, JourneyStatus, StepAnswers


def path_to_continue(journey: Journey) -> str:
    """Return the first shown step that is not complete, else the check of all answers; the receipt once sent."""
    if journey.status == JourneyStatus.SUBMITTED:
        return f"/d/{journey.pk}/recu"
    definition = journey.version.definition
    rows = list(StepAnswers.objects.filter(journey=journey))
    answers: dict[str, Any] = {}
    for row in rows:
        answers.update(row.answers)
    known = dropping_hidden(definition, answers)
    complete = {row.step_id for row in rows if row.complete}
    for step in definition.steps:
        is_shown = step.show_when is None or step.show_when.holds(known)
        if is_shown and step.id not in complete:
            return f"/d/{journey.pk}/{step.id}/"
    return f"/d/{journey.pk}/verifier"
