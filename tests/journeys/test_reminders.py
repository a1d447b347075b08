"""Reminders of a draft: before it is erased and before the deadline; never for one that was sent or come back to."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from pydantic import ValidationError

from accessform.journeys.access import SESSION_KEY
from accessform.journeys.models import Journey, JourneyStatus, SecondElement
from accessform.journeys.reminders import deadline_subject, draft_subject, queue_due_reminders, remind_of_draft
from accessform.journeys.resume import link_named, make_access
from accessform.journeys.services.passage import load_passage
from accessform.journeys.services.submit_journey import submit_journey
from accessform.messages.models import Channel, OutboxMessage, Recipient, ReminderWish, State
from accessform.messages.sending import send_due
from accessform.messages.stops import stop_messages
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.erasure import erase_journey
from accessform.trust.export import export_journey
from forms_catalog.definition import Deadline
from tests.journeys.small_journeys import make_draft, make_version

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
START = dt.datetime(2026, 11, 1, 15, tzinfo=PARIS)
ERASED = dt.datetime(2026, 12, 31, 15, tzinfo=PARIS)
EMAIL = "camille@example.fr"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def draft(clock):
    return make_draft()


@pytest.fixture
def dated(clock):
    return make_draft(make_version(slug="datee", deadline={"on": "2026-12-10"}))


def remind(journey, channel=Channel.EMAIL, address=EMAIL):
    remind_of_draft(journey=journey, channel=channel, address=address, level=ReadingLevel.EASY)


def at(day, hour=10, month=12):
    return dt.datetime(2026, month, day, hour, tzinfo=PARIS)


def tick():
    queue_due_reminders()
    queue_due_reminders()
    return send_due()


def test_a_draft_is_told_of_seven_days_and_one_day_before_its_end(draft, clock):
    remind(draft)
    left = []
    for day in range(20, 32):
        clock.move_to(at(day, 10))
        left += [day] * tick()
    assert left == [24, 30]
    assert "31 décembre 2026" in mail.outbox[0].body.replace("\xa0", " ")
    assert mail.outbox[0].subject == "Votre démarche vous attend"


def test_a_timer_that_stood_still_is_late_but_not_silent(draft, clock):
    remind(draft)
    clock.move_to(at(24, 19))
    assert tick() == 1
    clock.move_to(at(27, 12))
    assert tick() == 0


def test_nobody_is_written_to_who_did_not_ask(draft, clock):
    clock.move_to(at(24, 10))
    assert tick() == 0


def test_who_came_back_is_told_of_the_new_day_only(draft, clock):
    remind(draft)
    clock.move_to(at(24, 10))
    queue_due_reminders()
    Journey.objects.filter(pk=draft.pk).update(touched_at=at(24, 10))
    assert send_due() == 0
    assert OutboxMessage.objects.get().state == State.DROPPED
    clock.move_to(dt.datetime(2027, 2, 15, 10, tzinfo=PARIS))
    assert tick() == 1
    assert "22 février 2027" in mail.outbox[0].body.replace("\xa0", " ")


def test_without_a_code_the_e_mail_opens_the_draft_and_with_one_it_leads_to_the_code(draft, clock):
    remind(draft)
    clock.move_to(at(24, 10))
    tick()
    token = mail.outbox[0].body.partition("/reprendre/")[2].split()[0]
    link, is_open = link_named(token)
    assert (link.journey_id, is_open) == (draft.pk, True)
    make_access(journey=draft, kind=SecondElement.WORD, second="papillon")
    clock.move_to(at(30, 10))
    tick()
    assert "/reprendre\n" in mail.outbox[1].body


def test_a_deadline_is_told_of_three_times(dated, clock):
    remind(dated)
    days = OutboxMessage.objects.filter(subject=deadline_subject(dated.pk)).order_by("send_at")
    assert [message.send_at.astimezone(PARIS) for message in days] == [at(25, month=11), at(5), at(9)]
    clock.move_to(at(9))
    assert send_due() == 3
    assert "10 décembre 2026" in mail.outbox[0].body.replace("\xa0", " ")


def test_a_deadline_may_count_from_the_start():
    begun = dt.date(2026, 11, 1)
    assert Deadline(days_after_start=30).last_day(begun) == dt.date(2026, 12, 1)
    assert Deadline(on=dt.date(2027, 1, 4)).last_day(begun) == dt.date(2027, 1, 4)


@pytest.mark.parametrize("wrong", [{}, {"on": "2026-12-10", "days_after_start": 3}, {"days_after_start": 0}])
def test_a_deadline_is_one_thing_or_the_other(wrong):
    with pytest.raises(ValidationError):
        Deadline.model_validate(wrong)


def test_a_journey_that_is_sent_reminds_nobody(dated, clock):
    remind(dated)
    dated.step_answers.create(step_id="suite", answers={"motif": "essai"}, complete=True)
    submit_journey(passage=load_passage(Journey.objects.get(pk=dated.pk)), key=uuid.uuid4())
    assert not ReminderWish.objects.exists()
    clock.move_to(at(9))
    assert tick() == 0


def test_a_journey_sent_behind_our_back_reminds_nobody(dated, clock):
    remind(dated)
    Journey.objects.filter(pk=dated.pk).update(status=JourneyStatus.SUBMITTED)
    clock.move_to(at(9))
    assert send_due() == 0


def test_one_stop_link_stops_both_kinds(dated, clock):
    remind(dated)
    stop_messages(Recipient.objects.get())
    clock.move_to(at(30, 10))
    assert tick() == 0
    assert mail.outbox == []


def test_erasing_and_exporting_hold_all_of_it(dated, clock):
    remind(dated)
    clock.move_to(at(24, 10))
    queue_due_reminders()
    held = export_journey(dated.pk)["held"]["messages"]
    assert {part["about"] for part in held} == {draft_subject(dated.pk), deadline_subject(dated.pk)}
    assert held[0]["wishes"][0]["address"] == EMAIL
    erase_journey(dated.pk)
    assert not any(model.objects.exists() for model in (ReminderWish, Recipient, OutboxMessage))


@pytest.fixture
def person(client, dated):
    session = client.session
    session[SESSION_KEY] = [str(dated.pk)]
    session.save()
    return client


def test_a_person_agrees_and_takes_it_back(person, dated):
    address = reverse("draft_reminders", args=[dated.pk])
    assert address in person.get(reverse("keep_journey", args=[dated.pk])).content.decode()
    page = person.get(address).content.decode()
    assert "10 décembre 2026" in page.replace("\xa0", " ")
    assert "Recevoir les rappels par SMS" not in page
    assert person.post(address, {"action": "begin:email", "email": EMAIL}).status_code == 303
    assert ReminderWish.objects.get().level == "plain"
    person.post(address, {"action": "end:email"})
    assert not ReminderWish.objects.exists()
    assert not OutboxMessage.objects.filter(state=State.DUE).exists()


def test_text_messages_are_offered_to_who_has_a_code(person, dated):
    address = reverse("draft_reminders", args=[dated.pk])
    person.post(address, {"action": "begin:sms", "sms": "06 39 98 12 34"})
    assert not ReminderWish.objects.exists()
    make_access(journey=dated, kind=SecondElement.WORD, second="papillon")
    person.post(address, {"action": "begin:sms", "sms": "06 39 98 12 34"})
    messages = OutboxMessage.objects.all()
    assert {message.recipient.channel for message in messages} == {"sms"}
    assert all(len(message.body) <= 160 for message in messages)


def test_another_session_sees_nothing(client, draft):
    assert client.get(reverse("draft_reminders", args=[draft.pk])).status_code == 404


def test_a_draft_s_end_and_its_form_s_date_are_two_purposes_of_three_reminders_each_at_most(clock):
    dated = make_draft(make_version(slug="lointaine", deadline={"on": "2026-12-31"}))
    remind(dated)
    for day in range(10, 32):
        clock.move_to(at(day, 10))
        tick()
    sent = OutboxMessage.objects.filter(state=State.SENT)
    assert [sent.filter(subject=subject(dated.pk)).count() for subject in (deadline_subject, draft_subject)] == [3, 2]
