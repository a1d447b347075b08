"""The list of those who would come earlier: fair, three notices, never worse than what they have."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accessform.handoff.models import (
    Appointment,
    AppointmentStatus,
    Contact,
    EarlierOffer,
    OccupancyCell,
    OfferStatus,
    Opening,
    WaitingEntry,
)
from accessform.handoff.presenting import make_stamp
from accessform.handoff.reminders import remind_of_appointment
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.booking import Outcome, book_appointment, cancel_appointment, move_appointment
from accessform.handoff.waiting.answering import accept_offer, keep_longer, refuse_offer
from accessform.handoff.waiting.entries import ask_earlier, count_notices_left, stop_waiting
from accessform.handoff.waiting.offering import make_offers
from accessform.handoff.waiting.rules import DayPart
from accessform.messages.models import Channel, OutboxMessage
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.erasure import erase_journey
from accessform.trust.export import export_journey
from accessform.trust.rotation import rotate_everything
from tests.handoff.conftest import MONDAY_NINE, make_journey

DAY = dt.timedelta(days=1)
HALF_HOUR = dt.timedelta(minutes=30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agenda(clock, place, motif, agent):
    """One slot a day, Monday to Friday at nine: what is taken and freed is easy to see."""
    agent.openings.update(ends_at=dt.time(9, 30))
    return place, motif


@pytest.fixture
def book(agenda, contact):
    def make(days: int, who: Contact | None = None, journey=None) -> Appointment:
        place, motif = agenda
        asked = {"place": place, "motif": motif, "start": MONDAY_NINE + days * DAY, "contact": who or contact}
        made = book_appointment(**asked, key=uuid.uuid4(), journey=journey)
        assert made.outcome is Outcome.DONE
        return made.appointment

    return make


@pytest.fixture
def full_week(book):
    """Monday to Thursday are taken by others."""
    return [book(number) for number in range(4)]


def wait(appointment: Appointment, days=(), part=DayPart.ANY) -> WaitingEntry:
    """Ask, each one a second after the one before: the clock stands still."""
    known = WaitingEntry.objects.filter(appointment=appointment).exists()
    entry = ask_earlier(appointment=appointment, days=days, part=part)
    assert entry is not None
    if not known:
        entry.created_at += dt.timedelta(seconds=WaitingEntry.objects.count())
        entry.save()
    return entry


def free(appointment: Appointment) -> None:
    assert cancel_appointment(appointment=appointment) is Outcome.DONE


def open_offer(entry: WaitingEntry) -> EarlierOffer | None:
    return EarlierOffer.objects.filter(entry=entry, status=OfferStatus.OPEN).first()


def offer_for(entry: WaitingEntry) -> EarlierOffer:
    make_offers()
    offer = open_offer(entry)
    assert offer is not None
    return offer


def test_what_is_freed_is_held_for_the_first_whom_it_suits_and_told(full_week, book, agenda):
    """Of three who wait, the first wants Wednesdays, the second asked before the third."""
    place, motif = agenda
    first, second, third = (wait(book(days), wished) for days, wished in ((4, [2]), (7, []), (8, [])))
    assert make_offers() == 0
    free(full_week[1])
    assert make_offers() == 1
    assert open_offer(first) is open_offer(third) is None
    offer = open_offer(second)
    assert offer.hold.status == AppointmentStatus.HELD
    assert (offer.hold.contact, offer.hold.journey) == (None, None)
    assert offer.starts_at == MONDAY_NINE + DAY
    assert offer.starts_at not in [slot.start for slot in list_slots(place=place, motif=motif)]
    assert make_offers() == 0


def test_the_freed_slot_is_offered_at_once(full_week, book, django_capture_on_commit_callbacks):
    entry = wait(book(4))
    with django_capture_on_commit_callbacks(execute=True):
        free(full_week[0])
    assert open_offer(entry) is not None


def test_taking_moves_the_appointment_and_frees_the_old_hour(full_week, book, agenda):
    place, motif = agenda
    entry = wait(book(4))
    free(full_week[2])
    offer = offer_for(entry)
    for _ in range(2):
        assert accept_offer(offer) is Outcome.DONE
    moved = Appointment.objects.get(pk=entry.appointment_id)
    assert (moved.starts_at, moved.version, moved.status) == (MONDAY_NINE + 2 * DAY, 2, AppointmentStatus.BOOKED)
    assert moved.cells.count() == 6
    assert OccupancyCell.objects.count() == 4 * 6
    assert not Appointment.objects.filter(status__in=(AppointmentStatus.HELD, AppointmentStatus.EXPIRED)).exists()
    assert list_slots(place=place, motif=motif)[0].start == MONDAY_NINE + 4 * DAY


def test_reminders_follow_the_appointment_to_its_new_hour(full_week, book):
    entry = wait(book(4))
    asked = {"channel": Channel.EMAIL, "address": "camille@exemple.fr", "level": ReadingLevel.PLAIN}
    remind_of_appointment(appointment=entry.appointment, **asked)
    free(full_week[2])
    assert accept_offer(offer_for(entry)) is Outcome.DONE
    keys = [message.key for message in OutboxMessage.objects.filter(number__isnull=False)]
    assert keys
    assert all(f":{make_stamp(MONDAY_NINE + 2 * DAY)}:" in key for key in keys)


def test_refusing_gives_it_to_the_next_and_leaves_both_as_they_were(full_week, book):
    first, second = wait(book(4)), wait(book(7))
    free(full_week[0])
    offer = offer_for(first)
    for _ in range(2):
        refuse_offer(offer)
    assert offer_for(second).starts_at == MONDAY_NINE
    make_offers()
    assert open_offer(first) is None
    assert first.appointment.starts_at == MONDAY_NINE + 4 * DAY


def test_silence_gives_it_to_the_next(clock, full_week, book):
    clock.move_to(MONDAY_NINE)
    first, second = wait(book(4)), wait(book(7))
    free(full_week[3])
    offer = offer_for(first)
    clock.move_to(offer.hold.held_until)
    assert offer_for(second).starts_at == offer.starts_at
    offer.refresh_from_db()
    assert offer.status == OfferStatus.LAPSED
    assert accept_offer(offer) is Outcome.SLOT_GONE


def test_a_late_yes_still_counts_while_nobody_else_was_offered_it(clock, full_week, book):
    clock.move_to(MONDAY_NINE)
    entry = wait(book(4))
    free(full_week[3])
    offer = offer_for(entry)
    clock.move_to(offer.hold.held_until + HALF_HOUR)
    assert accept_offer(offer) is Outcome.DONE


def test_more_time_is_given_at_each_request(clock, full_week, book):
    clock.move_to(MONDAY_NINE)
    entry = wait(book(4))
    free(full_week[3])
    offer = offer_for(entry)
    assert offer.hold.held_until == MONDAY_NINE + dt.timedelta(hours=4)
    assert keep_longer(offer)
    assert offer.hold.held_until == MONDAY_NINE + dt.timedelta(hours=8)
    assert keep_longer(offer)
    assert offer.hold.held_until == MONDAY_NINE + DAY + dt.timedelta(hours=1)


def test_more_time_for_what_another_tab_has_just_taken_is_no_error(full_week, book):
    entry = wait(book(4))
    free(full_week[0])
    stale = EarlierOffer.objects.select_related("hold__place").get(pk=offer_for(entry).pk)
    assert accept_offer(EarlierOffer.objects.get(pk=stale.pk)) is Outcome.DONE
    assert not keep_longer(stale)


def test_three_notices_and_no_more(clock, full_week, book):
    entry = wait(book(4))
    for number, taken in enumerate(full_week[:3], start=1):
        free(taken)
        offer = offer_for(entry)
        assert offer.number == number
        refuse_offer(offer)
    free(full_week[3])
    assert make_offers() == 0
    assert count_notices_left(entry) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierOffer.objects.create(entry=entry, number=4, starts_at=MONDAY_NINE + DAY / 2, token="t", token_digest="t")


def test_asking_again_keeps_the_place_and_the_notices_given(full_week, book):
    first, second = wait(book(4)), wait(book(7))
    free(full_week[0])
    refuse_offer(offer_for(first))
    again = wait(first.appointment, [0, 1], DayPart.MORNING)
    assert (again.pk, again.created_at, count_notices_left(again)) == (first.pk, first.created_at, 2)
    stop_waiting(second)
    free(full_week[1])
    assert offer_for(first).starts_at == MONDAY_NINE + DAY


def test_what_was_free_when_one_asked_is_not_freed(full_week, book):
    free(full_week[0])
    entry = wait(book(4))
    assert make_offers() == 0
    other = book(0)
    assert make_offers() == 0
    free(other)
    assert offer_for(entry).starts_at == MONDAY_NINE


def test_new_openings_are_offered(full_week, book, agent):
    entry = wait(book(4))
    afternoon = {"starts_at": dt.time(14), "ends_at": dt.time(14, 30)}
    Opening.objects.create(agent=agent, first_day=dt.date(2026, 11, 24), **afternoon)
    assert offer_for(entry).starts_at == dt.datetime(2026, 11, 24, 14, tzinfo=MONDAY_NINE.tzinfo)


def test_nobody_is_told_at_night(clock, full_week, book):
    entry = wait(book(4))
    free(full_week[1])
    clock.move_to(MONDAY_NINE - dt.timedelta(hours=2))
    assert make_offers() == 0
    clock.move_to(MONDAY_NINE - dt.timedelta(hours=1))
    assert offer_for(entry).starts_at == MONDAY_NINE + DAY


def test_it_is_never_worse_than_what_they_have(full_week, book):
    """Somebody moves to an earlier hour by themselves: what is held for them serves the next."""
    entry, second = wait(book(4)), wait(book(7))
    free(full_week[2])
    offer = offer_for(entry)
    free(full_week[0])
    appointment = Appointment.objects.get(pk=entry.appointment_id)
    assert move_appointment(appointment=appointment, start=MONDAY_NINE, version=1).outcome is Outcome.DONE
    assert accept_offer(offer) is Outcome.CHANGED_ELSEWHERE
    appointment.refresh_from_db()
    assert appointment.starts_at == MONDAY_NINE
    assert offer_for(second).starts_at in {MONDAY_NINE + 2 * DAY, MONDAY_NINE + 4 * DAY}


def test_a_cancelled_appointment_waits_for_nothing(full_week, book):
    entry, second = wait(book(4)), wait(book(7))
    free(full_week[2])
    offer = offer_for(entry)
    free(entry.appointment)
    assert accept_offer(offer) is Outcome.CHANGED_ELSEWHERE
    assert offer_for(second).starts_at == MONDAY_NINE + 2 * DAY


def test_stopping_gives_the_open_offer_to_the_next(full_week, book):
    entry, second = wait(book(4)), wait(book(7))
    free(full_week[2])
    offer_for(entry)
    for _ in range(2):
        stop_waiting(entry)
    assert offer_for(second).starts_at == MONDAY_NINE + 2 * DAY
    make_offers()
    assert open_offer(entry) is None


def test_a_slot_taken_by_hand_in_between_is_no_error(full_week, book, monkeypatch):
    from accessform.handoff.waiting import offering

    entry = wait(book(4))
    free(full_week[0])
    stale = list_slots(place=entry.appointment.place, motif=entry.appointment.motif)
    book(0)
    monkeypatch.setattr(offering, "list_slots", lambda **_asked: stale[:1])
    assert make_offers() == 0
    assert not EarlierOffer.objects.exists()


def test_an_offer_cut_half_way_leaves_nothing(full_week, book, monkeypatch):
    from accessform.handoff.waiting import offering

    def fail(*_args: object) -> None:
        raise MemoryError

    wait(book(4))
    free(full_week[0])
    monkeypatch.setattr(offering, "tell_offer", fail)
    with pytest.raises(MemoryError):
        make_offers()
    assert not EarlierOffer.objects.exists()
    assert not Appointment.objects.filter(status=AppointmentStatus.HELD).exists()


@pytest.mark.parametrize(
    ("reach", "channel"),
    [
        ({"email": "camille@exemple.fr", "phone": "+33639981234"}, "email"),
        ({"phone": "+33639981234"}, "sms"),
        ({"phone": "+33199001010"}, None),
    ],
)
def test_the_notice_goes_by_the_way_that_was_given_and_names_nothing(full_week, book, place, reach, channel):
    entry = wait(book(4, Contact.objects.create(name="Camille Exemple", **reach)))
    free(full_week[1])
    offer = offer_for(entry)
    sent = OutboxMessage.objects.select_related("recipient").first()
    assert (sent.recipient.channel if sent else None) == channel
    if sent:
        body = sent.body or mail.outbox[-1].body
        assert offer.token in body
        assert "mardi 24 novembre à 9 h" in body.replace("\u00a0", " ")
        assert not any(word in body for word in ("Camille", "démarche", place.name, "Remplir"))
        assert sent.expires_at == offer.hold.held_until


def test_who_said_stop_to_these_messages_is_offered_nothing_more(full_week, book):
    from accessform.messages.models import Recipient
    from accessform.messages.stops import stop_messages

    entry = wait(book(4, Contact.objects.create(name="Camille", email="camille@exemple.fr")))
    second = wait(book(7))
    free(full_week[1])
    refuse_offer(offer_for(entry))
    stop_messages(Recipient.objects.get())
    free(full_week[2])
    make_offers()
    entry.refresh_from_db()
    assert (entry.is_waiting, open_offer(entry)) == (False, None)
    assert offer_for(second) is not None


def test_erasing_a_journey_erases_what_waits_with_it_and_frees_what_is_held(full_week, book, agenda):
    journey = make_journey()
    entry = wait(book(4, Contact.objects.create(name="Camille", email="camille@exemple.fr"), journey))
    free(full_week[1])
    offer_for(entry)
    held = export_journey(journey.pk)["held"]["handoff"]["appointments"][0]["waiting_for_earlier"]
    assert [row["status"] for row in held["offers"]] == ["open"]
    erase_journey(journey.pk)
    assert not WaitingEntry.objects.exists()
    assert not EarlierOffer.objects.exists()
    assert not OutboxMessage.objects.exists()
    place, motif = agenda
    assert list_slots(place=place, motif=motif)[0].start == MONDAY_NINE + DAY


def test_a_link_still_opens_after_the_data_key_has_changed(full_week, book, client, settings):
    from accessform.operations.keys import new_data_key

    entry = wait(book(4))
    free(full_week[1])
    address = f"/plus-tot/{offer_for(entry).token}/"
    settings.DATA_KEYS = [new_data_key(), *settings.DATA_KEYS]
    list(rotate_everything())
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    assert client.get(address).status_code == 200


def test_the_list_is_read_in_few_queries_however_many_wait(full_week, book, django_assert_max_num_queries):
    for days in (4, 7, 8, 9, 10):
        wait(book(days))
    with django_assert_max_num_queries(7):
        make_offers()
