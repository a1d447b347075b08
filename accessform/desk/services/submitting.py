"""Send a file with its person: under their mandate, once, and never without it."""

import uuid

from django.db import transaction
from django.utils import timezone

from accessform.desk.services.helping import Desk, stands
from accessform.handoff.sharing.services import find_mandate, use_mandate
from accessform.journeys.models import Journey, Submission
from accessform.journeys.services.passage import load_passage
from accessform.journeys.services.submit_journey import submit_journey


class NoMandate(Exception):
    """The person has not said that this desk may send the file, or takes it back, or the consent has ended."""


def submit_with(*, desk: Desk, key: uuid.UUID) -> Submission:
    """Send the file's journey under the mandate; a second time answers with what was sent.

    Raises NoMandate, and Incomplete where a step still waits; nothing is then sent and the mandate stays unused.
    """
    journey = Journey.objects.select_related("version__form").get(pk=desk.handover.journey_id)
    with transaction.atomic():
        if sent := find_submission(journey.pk):
            return sent
        mandate = find_mandate(handover=desk.handover, agent=desk.agent, now=timezone.now())
        if mandate is None or not stands(desk, locking=True) or not use_mandate(mandate=mandate, now=timezone.now()):
            raise NoMandate
        return submit_journey(passage=load_passage(journey), key=key)


def find_submission(journey_id: uuid.UUID) -> Submission | None:
    """Return what was sent of a journey, None while it is a draft."""
    return Submission.objects.filter(journey_id=journey_id).first()
