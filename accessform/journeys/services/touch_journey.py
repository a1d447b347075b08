"""Note that a journey is in use, so that a draft is kept for as long as the rules say from its last use."""

import datetime as dt

from django.utils import timezone

from accessform.journeys.models import Journey

PRECISION = dt.timedelta(hours=1)


def touch_journey(*, journey: Journey) -> None:
    """Write the time of use, at most once an hour (1 statement, most often none)."""
    now = timezone.now()
    if now - journey.touched_at > PRECISION:
        journey.touched_at = now
        journey.save(update_fields=["touched_at"])
