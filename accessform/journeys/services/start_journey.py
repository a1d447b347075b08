"""Start a journey, once."""

import uuid

from django.db import IntegrityError, transaction

from accessform.journeys.models import Journey
from forms_catalog.models import FormVersion


def start_journey(*, version: FormVersion, start_key: uuid.UUID) -> Journey:
    """Return the journey that `start_key` starts; the same key twice, even at once, starts one."""
    try:
        with transaction.atomic():
            return Journey.objects.create(version=version, start_key=start_key)
    except IntegrityError:
        return Journey.objects.select_related("version__form").get(start_key=start_key)
