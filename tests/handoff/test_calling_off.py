"""The service calls an appointment off: one neutral message by the way that the person gave, and their page says it."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from accessform.handoff.access import APPOINTMENTS_KEY
from accessform.handoff.calling_off import find_notice
from accessform.handoff.models import AppointmentStatus, Contact
from accessform.handoff.reminders import remind_of_appointment, subject_of
from accessform.handoff.services.booking import Outcome, book_appointment, cancel_appointment
from accessform.handoff.services.closing import close_appointment
from accessform.messages.models import Channel, OutboxMessage, Recipient, State
from accessform.messages.sending import send_due
from accessform.messages.stops import stop_messages
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.erasure import erase_journey
from tests.handoff.conftest import PARIS
from tests.handoff.pages import text_of

pytestmark = pytest.mark.django_db

EMAIL, MOBILE = "camille@example.fr", "+33639981234"
POSTAL = "Camille Exemple\n1 rue de l'Exemple\n75011 Paris"
WEDNESDAY = dt.datetime(2026, 12, 2, 11, tzinfo=PARIS)
OFF = AppointmentStatus.CANCELLED_BY_SERVICE


@pytest.fixture
def coming(clock, place, motif, agent, contact, journey):
    """An appointment in eleven days; the person left an e-mail address."""
    Contact.objects.filter(pk=contact.pk).update(email=EMAIL)
    contact.refresh_from_db()
    booked = book_appointment(
        place=place, motif=motif, start=WEDNESDAY, contact=contact, key=uuid.uuid4(), journey=journey
    )
    return booked.appointment


def call_off(appointment) -> Outcome:
    return close_appointment(appointment=appointment, outcome=OFF, version=appointment.version)


def notices() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind="called_off").select_related("recipient"))


def remind(appointment, channel: Channel, address: str) -> None:
    remind_of_appointment(appointment=appointment, channel=channel, address=address, level=ReadingLevel.EASY)


def test_who_left_an_address_is_told_once(coming, place):
    for _ in range(2):
        assert call_off(coming) is Outcome.DONE
    (notice,) = notices()
    assert (notice.recipient.channel, notice.recipient.address) == ("email", EMAIL)
    assert send_due() == 1
    assert send_due() == 0
    (letter,) = mail.outbox
    told = letter.body.replace("\u00a0", " ")
    assert "mercredi 2 décembre à 11 h" in told
    assert "/rendez-vous/" in told
    assert place.phone in told
    assert "/m/" in told


def test_the_message_names_neither_the_form_nor_the_motif_nor_the_place(coming, place):
    call_off(coming)
    (notice,) = notices()
    told = f"{notice.title} {notice.body}".lower()
    for secret in ("essai", "remplir", "démarche", "camille", place.name.lower(), place.city.lower()):
        assert secret not in told


@pytest.mark.parametrize(
    ("email", "phone", "channel"),
    [(EMAIL, MOBILE, "email"), (None, MOBILE, "sms"), (None, "+33199001010", None)],
)
def test_it_goes_where_the_contact_can_be_written_to(coming, contact, email, phone, channel):
    Contact.objects.filter(pk=contact.pk).update(email=email, phone=phone)
    assert call_off(coming) is Outcome.DONE
    assert [notice.recipient.channel for notice in notices()] == ([channel] if channel else [])


@pytest.mark.parametrize(
    ("channel", "address"), [(Channel.EMAIL, "autre@example.fr"), (Channel.SMS, MOBILE), (Channel.LETTER, POSTAL)]
)
def test_the_channel_of_the_reminders_comes_before_the_contact(coming, channel, address):
    remind(coming, channel, address)
    call_off(coming)
    (notice,) = notices()
    assert (notice.recipient.channel, notice.recipient.address, notice.level) == (channel.value, address, "easy")
    assert not OutboxMessage.objects.filter(number__isnull=False).exists()


def test_with_two_channels_it_goes_by_one_the_quicker_where_time_is_short(coming, clock):
    remind(coming, Channel.EMAIL, EMAIL)
    remind(coming, Channel.SMS, MOBILE)
    clock.move_to(WEDNESDAY - dt.timedelta(hours=20))
    call_off(coming)
    assert [notice.recipient.channel for notice in notices()] == ["sms"]


def test_a_text_message_fits_in_one(coming):
    remind(coming, Channel.SMS, MOBILE)
    call_off(coming)
    (notice,) = notices()
    assert len(notice.body) <= 160, notice.body


def test_who_said_stop_is_not_written_to(coming):
    remind(coming, Channel.EMAIL, EMAIL)
    stop_messages(Recipient.objects.get())
    call_off(coming)
    assert notices() == []


def test_without_a_gateway_no_text_message_is_promised(coming, contact, settings):
    settings.SMS = "none"
    Contact.objects.filter(pk=contact.pk).update(email=None, phone=MOBILE)
    call_off(coming)
    assert notices() == []


def test_an_address_that_cannot_be_written_to_does_not_keep_the_appointment(coming, contact):
    Contact.objects.filter(pk=contact.pk).update(email="camille")
    assert call_off(coming) is Outcome.DONE
    assert notices() == []


def test_the_person_who_cancels_is_not_written_to(coming):
    cancel_appointment(appointment=coming)
    assert notices() == []


def test_a_notice_after_the_hour_tells_nothing(coming, clock):
    call_off(coming)
    clock.move_to(WEDNESDAY + dt.timedelta(minutes=1))
    assert send_due() == 0
    assert notices()[0].state == State.DROPPED


def test_a_place_without_telephone_says_the_rest(coming, place):
    type(place).objects.filter(pk=place.pk).update(phone="")
    coming.refresh_from_db()
    call_off(coming)
    (notice,) = notices()
    assert "téléphoner" not in notice.body
    assert "/rendez-vous/" in notice.body


def test_its_page_says_so_with_another_time_and_the_number(client, coming, place, motif):
    session = client.session
    session[APPOINTMENTS_KEY] = [str(coming.pk)]
    session.save()
    call_off(coming)
    page = text_of(client.get(reverse("appointment", args=[coming.pk])))
    assert "Le service a annulé ce rendez-vous" in page
    assert reverse("slots", args=[place.pk, motif.slug]) in page
    assert f"Appeler le {place.phone}" in page
    assert "Vous n'avez rien d'autre à faire" not in page


def test_erasing_takes_the_notice_away(coming, journey):
    call_off(coming)
    erase_journey(journey.pk)
    assert notices() == []
    assert subject_of(coming.pk) not in Recipient.objects.values_list("subject", flat=True)


def test_a_text_message_that_would_leave_after_the_hour_is_not_promised(coming, contact, clock):
    Contact.objects.filter(pk=contact.pk).update(email=None, phone=MOBILE)
    early = WEDNESDAY.replace(hour=7, minute=30)
    type(coming).objects.update(starts_at=early, ends_at=early + dt.timedelta(minutes=30))
    coming.refresh_from_db()
    clock.move_to(early - dt.timedelta(hours=10))
    assert call_off(coming) is Outcome.DONE
    assert find_notice(coming) is None


def test_an_appointment_called_off_after_its_hour_promises_no_message(coming, clock):
    clock.move_to(WEDNESDAY + dt.timedelta(minutes=1))
    assert call_off(coming) is Outcome.DONE
    assert find_notice(coming) is None
