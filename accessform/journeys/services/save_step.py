"""Save a step as it is left, without ever writing over what another tab saved."""

import uuid
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from accessform.journeys.models import Journey, JourneyStatus, StepAnswers


class StaleRevision(Exception):
    """Another tab or device saved this step since the page was drawn. Nothing was written."""


@dataclass(frozen=True)
class StepDraft:
    """What one POST leaves of a step."""

    step_id: str
    typed: dict[str, list[str]]
    answers: dict[str, Any]
    complete: bool
    key: uuid.UUID
    revision: int


class Saving(NamedTuple):
    """The revision that stands, and whether this very POST had written it before: sent twice, or its answer lost."""

    revision: int
    again: bool


def save_step(
    *, journey: Journey, saved: StepAnswers | None, draft: StepDraft, saved_typed: dict[str, list[str]]
) -> Saving:
    """Write `draft` over `saved` and return the new revision; 1 statement.

    A replay of the POST that wrote last writes nothing and says so. Raises StaleRevision where the row has moved
    on, or the form was sent since the page was read.
    """
    if saved and saved.last_key == draft.key and saved_typed == draft.typed:
        return Saving(saved.revision, again=True)
    if draft.revision != (saved.revision if saved else 0):
        raise StaleRevision
    written = _update(saved, draft) if saved else _insert(journey, draft)
    if written:
        return Saving(draft.revision + 1, again=False)
    return Saving(_revision_if_replayed(journey, draft), again=True)


def _update(saved: StepAnswers, draft: StepDraft) -> bool:
    """Write only where no other POST did since `saved` was read, and the form has not been sent.

    The journey is locked by the same statement: a form that is being sent either has this answer or refuses it.
    """
    still_draft = Journey.objects.select_for_update().filter(pk=saved.journey_id, status=JourneyStatus.DRAFT)
    written = StepAnswers.objects.filter(pk=saved.pk, revision=draft.revision, journey__in=still_draft).update(
        typed=draft.typed,
        answers=draft.answers,
        complete=draft.complete,
        revision=draft.revision + 1,
        last_key=draft.key,
        saved_at=timezone.now(),
    )
    return written == 1


def _insert(journey: Journey, draft: StepDraft) -> bool:
    try:
        with transaction.atomic():
            StepAnswers.objects.create(
                journey=journey,
                step_id=draft.step_id,
                typed=draft.typed,
                answers=draft.answers,
                complete=draft.complete,
                last_key=draft.key,
            )
    except IntegrityError:
        return False
    return True


def _revision_if_replayed(journey: Journey, draft: StepDraft) -> int:
    """Return the revision where the POST that won was this very one, sent twice; raises StaleRevision otherwise."""
    winner = StepAnswers.objects.filter(journey=journey, step_id=draft.step_id, last_key=draft.key).first()
    if winner is None or winner.typed != draft.typed:
        raise StaleRevision
    return winner.revision
