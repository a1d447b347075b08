"""Send a journey, once whatever happens: the answers are acknowledged only when they are committed."""

import secrets
import uuid

from django.db import transaction
from django.utils import timezone

from accessform.adaptation.services import record_submitted
from accessform.journeys.deliveries import enqueue_deliveries
from accessform.journeys.document import build_document
from accessform.journeys.models import Journey, JourneyStatus, Submission
from accessform.journeys.reminders import end_reminders
from accessform.journeys.services.passage import Passage, load_passage

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody confuses aloud or on paper: without 0 O 1 I L U."""


class Incomplete(Exception):
    """A step of the way still waits for an answer."""


def submit_journey(*, passage: Passage, key: uuid.UUID) -> Submission:
    """Freeze and send the answers; the same journey twice, with the same key or another, is sent once.

    Raises Incomplete where a step was never left without error.
    """
    with transaction.atomic():
        journey = Journey.objects.select_for_update(of=("self",)).get(pk=passage.journey.pk)
        existing = Submission.objects.filter(journey=journey).first()
        if existing:
            return existing
        now = load_passage(passage.journey)
        if now.next_to_fill() is not None:
            raise Incomplete
        submission = _create(now, journey, key)
        journey.status = JourneyStatus.SUBMITTED
        journey.save(update_fields=["status"])
        enqueue_deliveries(submission)
        record_submitted(journey_id=journey.pk)
        end_reminders(journey.pk)
    return submission


def _create(passage: Passage, journey: Journey, key: uuid.UUID) -> Submission:
    version = passage.journey.version
    if Submission.objects.filter(key=key).exists():
        key = uuid.uuid4()  # forged: the journey is what makes a submission unique
    files = {
        str(file.pk): {"name": file.name, "content_type": file.content_type, "size": file.size}
        for file in journey.files.all()
    }
    return Submission.objects.create(
        journey=journey,
        key=key,
        reference=new_reference(),
        form_slug=version.form.slug,
        form_version=version.number,
        document=build_document(passage.definition, passage.path.answers, files=files, filled_for=journey.filled_for),
        submitted_at=timezone.now(),
    )


def new_reference() -> str:
    """Return a reference of 9 signs in threes, 44 bits of chance: « K7M-2QX-9TD »; a collision fails the insert."""
    return _in_threes("".join(secrets.choice(ALPHABET) for _ in range(9)))


def read_reference(typed: str) -> str:
    """Return a reference as people write it (small letters, spaces, no dash) in its one form."""
    return _in_threes("".join(sign for sign in typed[:50].upper() if sign.isalnum()))


def _in_threes(signs: str) -> str:
    return "-".join(signs[start : start + 3] for start in range(0, len(signs), 3))
