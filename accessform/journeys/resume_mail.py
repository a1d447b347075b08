"""The message that carries a link back: it names no form and no need, as anyone may see a screen."""

import uuid

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django_tasks import task

from accessform.journeys.models import Journey, ResumeLink
from accessform.journeys.resume import make_link, token_of
from accessform.plain_language.interface import text
from accessform.plain_language.wording import ReadingLevel
from accessform.trust import throttle


class TooManyMessages(RuntimeError):
    """Too many links were asked for this journey, or for this address, within the hour."""


def send_link(*, journey: Journey, email: str) -> None:
    """Make a new link and have a worker send it. Raises TooManyMessages."""
    address = email.strip()
    counted = [throttle.take_attempt("resume_mail", key) for key in (str(journey.pk), address.casefold())]
    if not all(counted):
        raise TooManyMessages(str(journey.pk))
    link = make_link(journey=journey, email=address)
    mail_link.enqueue(str(journey.pk), link.number)


@task()
def mail_link(journey_id: str, number: int) -> bool:
    """Send the link of that number; does nothing where it was replaced or erased in the meantime."""
    link = ResumeLink.objects.filter(journey_id=uuid.UUID(journey_id), number=number).first()
    if link is None:
        return False
    address = f"{settings.PUBLIC_URL}{reverse('resume_link', args=[token_of(link)])}"
    level = ReadingLevel.PLAIN
    message = EmailMessage(
        subject=text("resume.mail_subject", level),
        body=text("resume.mail_body", level, address=address),
        to=[link.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.send()
    return True
