"""Wishes to be reminded: one for each channel, given and taken back apart (GDPR, art. 6-1-a and 7-3)."""

from django.db import transaction
from django.utils import timezone

from accessform.messages.addresses import read_address
from accessform.messages.models import Channel, OutboxMessage, ReminderWish, State
from accessform.messages.stops import find_of_matter, is_address_stopped, is_stopped
from accessform.plain_language.wording import ReadingLevel


class AddressStopped(ValueError):
    """This address said that it wants no message at all; only its own stop link takes that back."""


def wish_reminders(*, subject: str, channel: Channel, address: str, level: ReadingLevel) -> ReminderWish:
    """Keep the wish to be reminded of a subject by one channel; a second one replaces its address.

    It takes back a stop said earlier to this matter. Raises BadAddress, AddressStopped.
    """
    address = read_address(channel, address)
    if is_address_stopped(channel=channel, address=address):
        raise AddressStopped(channel.value)
    with transaction.atomic():
        find_of_matter(channel=channel, address=address, subject=subject).update(stopped_at=None)
        wish, _ = ReminderWish.objects.update_or_create(
            subject=subject,
            channel=channel,
            defaults={"address": address, "level": level, "agreed_at": timezone.now()},
        )
    return wish


def end_wish(*, subject: str, channel: Channel) -> None:
    """Take a wish back: reminders of its matter by this channel that have not left are withdrawn."""
    with transaction.atomic():
        wish = ReminderWish.objects.filter(subject=subject, channel=channel).first()
        if wish is None:
            return
        recipients = find_of_matter(channel=channel, address=wish.address, subject=subject)
        OutboxMessage.objects.filter(recipient__in=recipients, state=State.DUE, number__isnull=False).delete()
        wish.delete()


def list_wishes(subject: str) -> list[ReminderWish]:
    """Return the wishes of a subject, those that were stopped by their link left out."""
    wishes = ReminderWish.objects.filter(subject=subject).order_by("channel")
    return [
        wish
        for wish in wishes
        if not is_stopped(channel=Channel(wish.channel), address=wish.address, subject=wish.subject)
    ]
