"""Holds: kept, extended, taken, given back, and over by themselves when their end has come."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from accessform.handoff.announcing import time_freed
from accessform.handoff.models import Appointment, AppointmentStatus, OccupancyCell
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.booking import Outcome, book_appointment, cancel_appointment, move_appointment
from accessform.handoff.services.holding import confirm_hold, extend_hold, hold_slot, release_hold
from tests.handoff.conftest import MONDAY_NINE, NOW

HALF_HOUR = dt.timedelta(minutes=30)
UNTIL = NOW + dt.timedelta(hours=2)

pytestmark = pytest.mark.django_db


def hold(place, motif, contact=None, start=MONDAY_NINE, until=UNTIL, key=None, journey=None):
    return hold_slot(
        place=place, motif=motif, start=start, until=until, key=key or uuid.uuid4(), contact=contact, journey=journey
    )


def book(place, motif, contact, start=MONDAY_NINE, journey=None):
    return book_appointment(place=place, motif=motif, start=start, contact=contact, key=uuid.uuid4(), journey=journey)


@pytest.fixture
def held(clock, place, motif, agent, contact, journey) -> Appointment:
    booking = hold(place, motif, contact, journey=journey)
    assert booking.appointment is not None
    return booking.appointment


def test_a_hold_takes_the_slot_until_its_end(clock, held, place, motif, contact):
    assert (held.status, held.held_until, held.cells.count()) == (AppointmentStatus.HELD, UNTIL, 6)
    assert book(place, motif, contact).outcome is Outcome.SLOT_GONE
    clock.move_to(UNTIL - dt.timedelta(seconds=1))
    assert list_slots(place=place, motif=motif)[0].start == MONDAY_NINE + HALF_HOUR
    clock.move_to(UNTIL)
    assert list_slots(place=place, motif=motif)[0].start == MONDAY_NINE


def test_whoever_books_the_cells_of_an_ended_hold_takes_them_over(clock, held, place, motif, contact):
    clock.move_to(UNTIL)
    winner = book(place, motif, contact)
    held.refresh_from_db()
    assert winner.outcome is Outcome.DONE
    assert (held.status, held.contact) == (AppointmentStatus.EXPIRED, None)
    assert set(OccupancyCell.objects.values_list("appointment", flat=True)) == {winner.appointment.pk}
    assert confirm_hold(appointment=held, version=held.version).outcome is Outcome.SLOT_GONE


def test_a_move_takes_an_ended_hold_over_too(clock, held, place, motif, contact):
    other = book(place, motif, contact, start=MONDAY_NINE + HALF_HOUR).appointment
    clock.move_to(UNTIL)
    assert move_appointment(appointment=other, start=MONDAY_NINE, version=1).outcome is Outcome.DONE
    held.refresh_from_db()
    assert held.status == AppointmentStatus.EXPIRED
    assert OccupancyCell.objects.count() == 6


def test_a_booking_that_stops_half_way_leaves_the_ended_hold_as_it_was(clock, held, place, motif, contact, monkeypatch):
    from accessform.handoff.services import booking as booking_service

    def fail(*_args: object) -> None:
        raise MemoryError

    clock.move_to(UNTIL)
    monkeypatch.setattr(booking_service, "take_cells", fail)
    with pytest.raises(MemoryError):
        book(place, motif, contact)
    held.refresh_from_db()
    assert (held.status, held.cells.count()) == (AppointmentStatus.HELD, 6)


def test_taking_a_hold_books_it_and_taking_it_twice_is_taking_it_once(held):
    version = held.version
    for _ in range(2):
        taken = confirm_hold(appointment=held, version=version)
        assert (taken.outcome, taken.appointment.status) == (Outcome.DONE, AppointmentStatus.BOOKED)
    assert (held.held_until, held.version, held.cells.count()) == (None, 2, 6)


def test_a_late_person_still_gets_the_slot_that_nobody_took(clock, held):
    clock.move_to(UNTIL + dt.timedelta(hours=5))
    assert confirm_hold(appointment=held, version=held.version).outcome is Outcome.DONE


def test_a_hold_is_not_taken_once_its_hour_has_come(clock, held):
    clock.move_to(MONDAY_NINE)
    assert confirm_hold(appointment=held, version=held.version).outcome is Outcome.TOO_LATE


def test_a_journey_that_booked_meanwhile_keeps_that_one(held, place, motif, contact, journey):
    kept = book(place, motif, contact, start=MONDAY_NINE + HALF_HOUR, journey=journey).appointment
    answer = confirm_hold(appointment=held, version=held.version)
    assert (answer.outcome, answer.appointment) == (Outcome.ALREADY_BOOKED, kept)


def test_a_hold_is_extended_on_request_never_shortened_and_never_beyond_its_start(held):
    assert extend_hold(appointment=held, until=UNTIL + dt.timedelta(hours=3))
    assert held.held_until == UNTIL + dt.timedelta(hours=3)
    assert extend_hold(appointment=held, until=UNTIL)
    assert held.held_until == UNTIL + dt.timedelta(hours=3)
    assert extend_hold(appointment=held, until=MONDAY_NINE + dt.timedelta(days=9))
    assert held.held_until == MONDAY_NINE


def test_a_hold_given_back_frees_its_slot_at_once(held, place, motif):
    assert release_hold(appointment=held)
    assert not release_hold(appointment=held)
    assert list_slots(place=place, motif=motif)[0].start == MONDAY_NINE
    assert not OccupancyCell.objects.exists()
    assert not extend_hold(appointment=held, until=UNTIL)


def test_the_same_key_holds_once(clock, place, motif, agent):
    key = uuid.uuid4()
    first, again = hold(place, motif, key=key), hold(place, motif, key=key)
    assert first.appointment == again.appointment
    assert OccupancyCell.objects.count() == 6


def test_a_hold_has_an_end_that_has_not_come(clock, place, motif, agent):
    with pytest.raises(ValueError, match="ends after"):
        hold(place, motif, until=NOW)


def test_the_database_refuses_a_hold_without_an_end(held):
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=held.pk).update(held_until=None)


def test_time_freed_is_told_after_the_commit(appointment, place, django_capture_on_commit_callbacks):
    told = []

    def listen(place_id, **_rest):
        told.append(place_id)

    time_freed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            cancel_appointment(appointment=appointment)
            assert told == []
    finally:
        time_freed.disconnect(listen)
    assert told == [place.pk]
