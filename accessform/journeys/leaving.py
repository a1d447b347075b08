"""Leave a journey: forget this device, or erase the journey."""

import uuid

from accessform.journeys.models import Journey, JourneyStatus, ResumeAccess, ResumeLink
from accessform.journeys.resume import close_link
from accessform.trust.erasure import erase_journey


def has_way_back(journey: Journey) -> bool:
    """Tell whether the person can come back from another device: by a code, a link, or because it was sent."""
    return (
        journey.status == JourneyStatus.SUBMITTED
        or ResumeAccess.objects.filter(journey=journey).exists()
        or ResumeLink.objects.filter(journey=journey).exists()
    )


def forget_device(journey_id: uuid.UUID) -> None:
    """Make sure that what this device remembers (history, an opened link) opens nothing."""
    close_link(journey_id)


def erase_everything(journey_id: uuid.UUID) -> None:
    """Erase the journey, in every room; what was sent stays with its service until its time is over."""
    erase_journey(journey_id)
