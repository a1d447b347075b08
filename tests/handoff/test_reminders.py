"""Reminders of an appointment: asked for by channel, three at most, neutral, never for what is over or has moved."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from accessform.handoff.access import APPOINTMENTS_KEY
from accessform.handoff.models import AppointmentStatus
from accessform.handoff.reminders import remind_of_appointment, stop_reminding, subject_of
from accessform.handoff.services.booking import book_appointment, cancel_appointment, move_appointment
from accessform.handoff.services.closing import close_appointment
from accessform.messages.models import Channel, OutboxMessage, Recipient, ReminderWish, State
from accessform.messages.sending import send_due
from accessform.messages.services import queue_message
from accessform.messages.stops import stop_messages
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.erasure import erase_journey
from accessform.trust.export import export_journey
from tests.handoff.conftest import PARIS, add_agent

EMAIL, MOBILE = "camille@example.fr", "+33639981234"
WEDNESDAY = dt.datetime(2026, 12, 2, 11, tzinfo=PARIS)


@pytest.fixture
def coming(clock, place, motif, agent, contact, journey):
    """An appointment in eleven days."""
    booking = book_appointment(
        place=place, motif=motif, start=WEDNESDAY, contact=contact, key=uuid.uuid4(), journey=journey
    )
    return booking.appointment


def remind(appointment, channel=Channel.EMAIL, address=EMAIL):
    remind_of_appointment(appointment=appointment, channel=channel, address=address, level=ReadingLevel.PLAIN)


def planned(appointment):
    messages = OutboxMessage.objects.filter(subject=subject_of(appointment.pk), state=State.DUE).order_by("send_at")
    return [(message.recipient.channel, message.send_at.astimezone(PARIS)) for message in messages]


def at(day, hour, month=12, minute=0):
    return dt.datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def test_nothing_is_planned_before_it_is_asked_for(coming):
    assert not OutboxMessage.objects.exists()


def test_a_week_a_day_and_two_hours_before(coming):
    remind(coming)
    assert planned(coming) == [("email", at(25, 10, 11)), ("email", at(1, 10)), ("email", at(2, 9))]


def test_two_channels_share_three_reminders(coming):
    remind(coming)
    remind(coming, Channel.SMS, MOBILE)
    assert planned(coming) == [("email", at(25, 10, 11)), ("sms", at(1, 10)), ("sms", at(2, 9))]
    stop_reminding(appointment=coming, channel=Channel.SMS)
    assert {channel for channel, _ in planned(coming)} == {"email"}
    stop_reminding(appointment=coming, channel=Channel.EMAIL)
    assert planned(coming) == []


def test_near_appointments_have_fewer_and_none_at_night(appointment):
    remind(appointment)
    assert planned(appointment) == [("email", at(22, 10, 11)), ("email", at(23, 8, 11))]


def test_the_clocks_are_those_of_the_place(clock, place, motif, contact):
    place.department = "974"
    place.save()
    add_agent(place, motif, starts_at=dt.time(9))
    start = dt.datetime(2026, 12, 2, 11, tzinfo=place.zone)
    booking = book_appointment(place=place, motif=motif, start=start, contact=contact, key=uuid.uuid4())
    remind(booking.appointment)
    last = OutboxMessage.objects.latest("send_at")
    assert last.send_at.astimezone(place.zone).hour == 9
    assert "à 11\xa0h" in last.body


def test_messages_name_neither_the_form_nor_the_motif_nor_the_place(coming, clock):
    remind(coming)
    remind(coming, Channel.SMS, MOBILE)
    for message in OutboxMessage.objects.all():
        told = f"{message.title} {message.body}".lower()
        assert "mercredi" in told
        for secret in ("essai", "remplir", "démarche", "camille"):
            assert secret not in told
    sms = OutboxMessage.objects.filter(recipient__channel=Channel.SMS).first()
    assert len(sms.body) <= 160


def test_a_moved_appointment_is_reminded_of_its_new_time_only(coming, clock):
    remind(coming)
    queue_message(
        key="other", kind="appointment", channel=Channel.EMAIL, address=EMAIL, level=ReadingLevel.PLAIN,
        words={"day": "x", "hour": "y", "where": "z", "link": "l"}, subject=subject_of(coming.pk), send_at=WEDNESDAY,
    )  # fmt: skip
    later = WEDNESDAY + dt.timedelta(days=1)
    assert move_appointment(appointment=coming, start=later, version=coming.version).outcome == "done"
    assert planned(coming)[:3] == [("email", at(26, 10, 11)), ("email", at(2, 10)), ("email", WEDNESDAY)]
    assert len(planned(coming)) == 4
    clock.move_to(at(2, 10, minute=30))
    send_due()
    assert [message.body.count("jeudi") for message in mail.outbox] == [1, 1]


def test_what_was_sent_counts_when_an_appointment_moves(coming, clock):
    remind(coming)
    clock.move_to(at(25, 10, 11))
    assert send_due() == 1
    move_appointment(appointment=coming, start=WEDNESDAY + dt.timedelta(days=14), version=coming.version)
    assert planned(coming) == [("email", at(15, 10)), ("email", at(16, 9))]


@pytest.mark.parametrize("way", ["person", "service", "erased", "behind our back"])
def test_an_appointment_that_is_over_reminds_nobody(coming, clock, journey, way):
    remind(coming)
    if way == "person":
        cancel_appointment(appointment=coming)
    elif way == "service":
        close_appointment(appointment=coming, outcome=AppointmentStatus.CANCELLED_BY_SERVICE, version=coming.version)
    elif way == "erased":
        erase_journey(journey.pk)
        assert not Recipient.objects.exists()
        assert not ReminderWish.objects.exists()
    else:
        type(coming).objects.filter(pk=coming.pk).update(status=AppointmentStatus.CANCELLED_BY_SERVICE)
    clock.move_to(WEDNESDAY)
    assert send_due() == 0
    assert mail.outbox == []


def test_who_stopped_is_not_planned_again_by_a_move(coming):
    remind(coming)
    stop_messages(Recipient.objects.get())
    move_appointment(appointment=coming, start=WEDNESDAY + dt.timedelta(days=1), version=coming.version)
    assert planned(coming) == []
    remind(coming)
    assert len(planned(coming)) == 3


def test_the_export_tells_of_wishes_and_messages(coming, journey):
    remind(coming)
    told = export_journey(journey.pk)["held"]["handoff"]["appointments"][0]["reminders"]
    assert told["wishes"][0]["address"] == EMAIL
    assert len(told["sent_to"][0]["messages"]) == 3


@pytest.fixture
def person(client, coming):
    session = client.session
    session[APPOINTMENTS_KEY] = [str(coming.pk)]
    session.save()
    return client


def test_a_person_agrees_by_channel_and_takes_it_back(person, coming):
    address = reverse("appointment_reminders", args=[coming.pk])
    assert address in person.get(reverse("appointment", args=[coming.pk])).content.decode()
    assert "Recevoir les rappels par e-mail" in person.get(address).content.decode()
    assert person.post(address, {"action": "begin:email", "email": " camille @example.fr "}).status_code == 303
    assert "c…@example.fr" in person.get(address).content.decode()
    assert [wish.channel for wish in ReminderWish.objects.all()] == ["email"]
    person.post(address, {"action": "begin:sms", "sms": "06 39 98 12 34"})
    assert len(planned(coming)) == 3
    person.post(address, {"action": "end:email"})
    person.post(address, {"action": "end:sms"})
    assert planned(coming) == []


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"action": "begin:email", "email": "camille"}, "adresse e-mail entière"),
        ({"action": "begin:sms", "sms": "01 99 00 11 22"}, "téléphone fixe"),
        ({"action": "begin:sms", "sms": ""}, "téléphone portable"),
    ],
)
def test_what_cannot_be_written_to_is_said_and_kept_as_typed(person, coming, posted, said):
    answer = person.post(reverse("appointment_reminders", args=[coming.pk]), posted)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'id="erreurs"' in answer.content.decode()
    assert not ReminderWish.objects.exists()


@pytest.mark.parametrize(("phone", "shown"), [("+33199001010", ""), ("+33639981234", "06\xa039\xa098\xa012\xa034")])
def test_a_number_given_before_is_not_typed_again_where_it_takes_text_messages(person, coming, contact, phone, shown):
    type(contact).objects.filter(pk=contact.pk).update(phone=phone)
    page = person.get(reverse("appointment_reminders", args=[coming.pk])).content.decode()
    assert f'name="sms" value="{shown}"' in page.replace("\u202f", "\xa0")


@pytest.mark.parametrize("action", ["", "begin:", "begin:letter", "burn:email", "begin:email:x"])
def test_forged_actions_do_nothing(person, coming, action):
    assert person.post(reverse("appointment_reminders", args=[coming.pk]), {"action": action}).status_code in {303, 422}
    assert not ReminderWish.objects.exists()


def test_an_address_that_stopped_everything_is_told_so(person, coming):
    remind(coming)
    stop_messages(Recipient.objects.get(), everything=True)
    answer = person.post(reverse("appointment_reminders", args=[coming.pk]), {"action": "begin:email", "email": EMAIL})
    assert answer.status_code == 422
    assert "arrêt" in answer.content.decode()


def test_nobody_makes_us_write_to_many_strangers(person, coming):
    address = reverse("appointment_reminders", args=[coming.pk])
    answers = [
        person.post(address, {"action": "begin:email", "email": f"p{number}@example.fr"}).status_code
        for number in range(12)
    ]
    assert answers == [303] * 10 + [422] * 2


def test_another_session_sees_nothing(client, coming):
    assert client.get(reverse("appointment_reminders", args=[coming.pk])).status_code == 404


def test_without_a_gateway_text_messages_are_not_offered(person, coming, settings):
    settings.SMS = "none"
    address = reverse("appointment_reminders", args=[coming.pk])
    assert "SMS" not in person.get(address).content.decode().partition("<main")[2].partition("</main")[0]
    person.post(address, {"action": "begin:sms", "sms": "06 39 98 12 34"})
    assert not ReminderWish.objects.exists()
