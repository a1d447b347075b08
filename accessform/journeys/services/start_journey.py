"""Start a journey, once."""

import uuid

from django.db import IntegrityError, transaction

from accessform.journeys.models import Journey
from forms_catalog.models import FormVersion


def start_journey(*, version: FormVersion, start_key: uuid.UUID) -> Journey:
    """Return the journey that `start_key` starts; the same key twice, even at once, starts one.

    `was_started_now` tells whether this call did: who replays a key is not always who used it first.
    """
    try:
        with transaction.atomic():
            journey = Journey.objects.create(version=version, start_key=start_key)
        journey.was_started_now = True
    except IntegrityError:
        journey = Journey.objects.get(start_key=start_key)
    return journey
