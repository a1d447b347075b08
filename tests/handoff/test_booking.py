"""Booking, moving, cancelling: twice, late, half way, and by the wrong person."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from accessform.handoff.models import Absence, Appointment, AppointmentStatus, Contact, OccupancyCell
from accessform.handoff.services import booking as booking_service
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.booking import (
    Outcome,
    book_appointment,
    cancel_appointment,
    list_slots_for_move,
    move_appointment,
)
from accessform.handoff.services.demonstration import create_demonstration
from tests.handoff.conftest import MONDAY_NINE, NOW, add_agent, make_journey

HALF_HOUR = dt.timedelta(minutes=30)

pytestmark = pytest.mark.django_db


def book(place, motif, contact, start=MONDAY_NINE, key=None, journey=None):
    return book_appointment(
        place=place, motif=motif, start=start, contact=contact, key=key or uuid.uuid4(), journey=journey
    )


def cells_of(appointment: Appointment) -> list[dt.datetime]:
    return list(appointment.cells.order_by("at").values_list("at", flat=True))


def test_a_booking_takes_every_cell_of_its_time(appointment):
    assert appointment.status == AppointmentStatus.BOOKED
    cells = cells_of(appointment)
    assert (len(cells), cells[0], cells[-1]) == (6, MONDAY_NINE, MONDAY_NINE + dt.timedelta(minutes=25))


def test_the_same_key_books_once(clock, place, motif, agent, contact):
    key = uuid.uuid4()
    first, again = book(place, motif, contact, key=key), book(place, motif, contact, key=key)
    assert first.appointment == again.appointment
    assert Appointment.objects.count() == 1


def test_a_journey_keeps_the_appointment_that_it_has(appointment, place, motif, contact, journey):
    second = book(place, motif, contact, start=MONDAY_NINE + HALF_HOUR, journey=journey)
    assert (second.outcome, second.appointment) == (Outcome.ALREADY_BOOKED, appointment)


def test_a_journey_whose_appointment_has_gone_by_may_take_another(clock, appointment, place, motif, contact, journey):
    clock.move_to(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC))
    second = book(place, motif, contact, start=MONDAY_NINE + dt.timedelta(days=2), journey=journey)
    appointment.refresh_from_db()
    assert (second.outcome, appointment.status) == (Outcome.DONE, AppointmentStatus.ELAPSED)


def test_a_slot_that_has_gone_answers_with_the_three_nearest(appointment, place, motif, contact):
    late = book(place, motif, contact)
    assert late.outcome is Outcome.SLOT_GONE
    assert [slot.start - MONDAY_NINE for slot in late.nearest] == [HALF_HOUR, 2 * HALF_HOUR, 3 * HALF_HOUR]
    assert OccupancyCell.objects.count() == 6


def test_with_two_agents_the_second_one_takes_the_second_person(appointment, place, motif, contact):
    second_agent = add_agent(place, motif, "Guichet 2")
    second = book(place, motif, contact, journey=make_journey())
    assert second.appointment is not None
    assert second.appointment.agent_id == second_agent.pk
    assert book(place, motif, contact, journey=make_journey()).outcome is Outcome.SLOT_GONE


def test_a_race_lost_between_reading_and_writing_is_no_error(clock, place, motif, agent, contact, monkeypatch):
    """The agenda says free, another transaction takes the cells: the constraint answers, and so do three slots."""
    stale = list_slots(place=place, motif=motif)[0]
    book(place, motif, contact, journey=make_journey())
    monkeypatch.setattr(booking_service, "find_slot", lambda **_asked: stale)
    lost = book(place, motif, contact, journey=make_journey())
    assert (lost.outcome, len(lost.nearest)) == (Outcome.SLOT_GONE, 3)
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("minutes", [7, -30, 60 * 24 * 400, 60 * 5])
def test_a_start_that_no_opening_offers_is_refused(clock, place, motif, agent, contact, minutes):
    asked = book(place, motif, contact, start=MONDAY_NINE + dt.timedelta(minutes=minutes))
    assert asked.outcome is Outcome.SLOT_GONE
    assert not Appointment.objects.exists()


def test_the_past_cannot_be_booked(clock, place, motif, agent, contact):
    clock.move_to(MONDAY_NINE + dt.timedelta(minutes=1))
    assert book(place, motif, contact).outcome is Outcome.SLOT_GONE


def test_notice_is_respected(clock, place, motif, agent, contact):
    motif.notice_hours = 48
    motif.save()
    assert list_slots(place=place, motif=motif)[0].start == MONDAY_NINE + dt.timedelta(days=1)


def test_an_absence_closes_the_agenda(clock, place, motif, agent, contact):
    Absence.objects.create(agent=agent, starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + dt.timedelta(hours=3))
    assert book(place, motif, contact).outcome is Outcome.SLOT_GONE


def test_an_agent_who_left_is_not_offered(clock, place, motif, agent):
    agent.is_active = False
    agent.save()
    assert list_slots(place=place, motif=motif) == []


def test_the_list_takes_few_queries_whatever_the_number_of_agents(
    clock, place, motif, agent, django_assert_max_num_queries
):
    for number in range(2, 31):
        add_agent(place, motif, f"Guichet {number}")
    with django_assert_max_num_queries(4):
        slots = list_slots(place=place, motif=motif)
    assert slots[0].capacity == 30


def test_moving_takes_the_new_cells_and_frees_the_old_ones(appointment):
    target = MONDAY_NINE + 2 * HALF_HOUR
    moved = move_appointment(appointment=appointment, start=target, version=1)
    assert (moved.outcome, moved.appointment.version) == (Outcome.DONE, 2)
    assert cells_of(appointment)[0] == target
    assert OccupancyCell.objects.count() == 6


def test_an_appointment_may_move_onto_a_part_of_its_own_time(appointment, agent):
    agent.openings.update(starts_at=dt.time(9, 10))
    slots = list_slots_for_move(appointment)
    assert slots[0].start == MONDAY_NINE + dt.timedelta(minutes=10)
    assert move_appointment(appointment=appointment, start=slots[0].start, version=1).outcome is Outcome.DONE
    assert OccupancyCell.objects.count() == 6


def test_moving_twice_is_moving_once(appointment):
    target = MONDAY_NINE + HALF_HOUR
    move_appointment(appointment=appointment, start=target, version=1)
    again = move_appointment(appointment=appointment, start=target, version=1)
    assert (again.outcome, again.appointment.version) == (Outcome.DONE, 2)


def test_moving_from_an_old_page_says_that_it_changed(appointment):
    move_appointment(appointment=appointment, start=MONDAY_NINE + HALF_HOUR, version=1)
    stale = move_appointment(appointment=appointment, start=MONDAY_NINE + 2 * HALF_HOUR, version=1)
    assert stale.outcome is Outcome.CHANGED_ELSEWHERE
    assert cells_of(appointment)[0] == MONDAY_NINE + HALF_HOUR


def test_moving_to_a_slot_that_has_gone_keeps_the_old_one(appointment, place, motif, contact):
    target = MONDAY_NINE + HALF_HOUR
    book(place, motif, contact, start=target)
    lost = move_appointment(appointment=appointment, start=target, version=1)
    assert (lost.outcome, len(lost.nearest)) == (Outcome.SLOT_GONE, 3)
    assert cells_of(appointment)[0] == MONDAY_NINE


def test_a_move_that_loses_its_compare_and_swap_writes_nothing(appointment, monkeypatch):
    """Another tab changes the appointment between the check and the write."""
    slots = list_slots_for_move(appointment)
    monkeypatch.setattr(booking_service, "_refuse_change", lambda *_args, **_asked: None)
    Appointment.objects.update(version=5)
    lost = move_appointment(appointment=appointment, start=slots[0].start, version=1)
    assert lost.outcome is Outcome.SLOT_GONE
    assert cells_of(appointment)[0] == MONDAY_NINE


def test_a_booking_that_stops_half_way_leaves_nothing(clock, place, motif, agent, contact, monkeypatch):
    """The process fails after the appointment's row and before its cells: the slot is as free as before."""
    monkeypatch.setattr(booking_service, "take_cells", _fail)
    with pytest.raises(MemoryError):
        book(place, motif, contact)
    assert not Appointment.objects.exists()
    assert list_slots(place=place, motif=motif)[0].start == MONDAY_NINE


def test_a_move_that_stops_half_way_leaves_the_appointment_where_it_was(appointment, monkeypatch):
    monkeypatch.setattr(booking_service, "take_cells", _fail)
    with pytest.raises(MemoryError):
        move_appointment(appointment=appointment, start=MONDAY_NINE + HALF_HOUR, version=1)
    appointment.refresh_from_db()
    assert (appointment.starts_at, appointment.version) == (MONDAY_NINE, 1)
    assert cells_of(appointment)[0] == MONDAY_NINE


def _fail(*_args: object) -> None:
    raise MemoryError


def test_an_appointment_that_has_begun_neither_moves_nor_is_cancelled(clock, appointment):
    clock.move_to(MONDAY_NINE)
    late = move_appointment(appointment=appointment, start=MONDAY_NINE + 2 * HALF_HOUR, version=1)
    assert late.outcome is Outcome.TOO_LATE
    assert cancel_appointment(appointment=appointment) is Outcome.TOO_LATE


def test_cancelling_frees_the_slot_and_cancelling_twice_is_cancelling_once(appointment, place, motif, contact):
    assert cancel_appointment(appointment=appointment) is Outcome.DONE
    assert cancel_appointment(appointment=appointment) is Outcome.DONE
    appointment.refresh_from_db()
    assert (appointment.status, appointment.version) == (AppointmentStatus.CANCELLED_BY_USER, 2)
    assert not OccupancyCell.objects.exists()
    assert book(place, motif, contact, journey=appointment.journey).outcome is Outcome.DONE


def test_a_cancelled_appointment_does_not_move(appointment):
    cancel_appointment(appointment=appointment)
    moved = move_appointment(appointment=appointment, start=MONDAY_NINE + HALF_HOUR, version=1)
    assert moved.outcome is Outcome.CHANGED_ELSEWHERE


def test_the_database_itself_refuses_a_taken_cell(appointment):
    with pytest.raises(IntegrityError), transaction.atomic():
        OccupancyCell.objects.create(agent=appointment.agent, at=MONDAY_NINE, appointment=appointment)


def test_a_contact_needs_a_phone_or_an_address():
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(name="Camille")


def test_contacts_and_codes_are_unreadable_in_the_database(appointment):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM handoff_contact")
        stored = [*cursor.fetchone()]
        cursor.execute("SELECT code FROM handoff_appointment")
        stored += [*cursor.fetchone()]
    text = " ".join(stored)
    assert not any(secret in text for secret in ("Camille", "9900", appointment.code))


def test_the_demonstration_place_has_slots_for_ever_and_is_made_once(clock):
    place = create_demonstration()
    assert create_demonstration() == place
    assert [agent.openings.count() for agent in place.agents.order_by("name")] == [2, 2]
    motif = place.agents.first().motifs.first()
    clock.move_to(NOW + dt.timedelta(days=3650))
    assert len(list_slots(place=place, motif=motif)) > 100


def test_demonstration_data_refuses_production(settings):
    from django.core.management import CommandError, call_command

    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("demo_places")
