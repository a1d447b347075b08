"""How an appointment ends: received, not come, called off; twice, too early, from an old page."""

import datetime as dt

import pytest

from accessform.handoff.models import AppointmentStatus, OccupancyCell
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.booking import Outcome, cancel_appointment, move_appointment
from accessform.handoff.services.closing import close_appointment
from tests.handoff.conftest import MONDAY_NINE

SEEN, NO_SHOW = AppointmentStatus.SEEN, AppointmentStatus.NO_SHOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("outcome", [SEEN, NO_SHOW])
def test_an_appointment_is_closed_once_and_its_cells_go(clock, appointment, outcome):
    clock.move_to(MONDAY_NINE + dt.timedelta(minutes=10))
    for _ in range(2):
        assert close_appointment(appointment=appointment, outcome=outcome, version=1) is Outcome.DONE
    assert (appointment.status, appointment.version) == (outcome, 2)
    assert not OccupancyCell.objects.exists()


def test_one_may_be_received_early_and_not_be_missing_early(clock, appointment):
    assert close_appointment(appointment=appointment, outcome=SEEN, version=1) is Outcome.TOO_EARLY
    clock.move_to(MONDAY_NINE - dt.timedelta(minutes=20))
    assert close_appointment(appointment=appointment, outcome=NO_SHOW, version=1) is Outcome.TOO_EARLY
    assert close_appointment(appointment=appointment, outcome=SEEN, version=1) is Outcome.DONE


def test_an_old_page_closes_nothing(clock, appointment):
    move_appointment(appointment=appointment, start=MONDAY_NINE + dt.timedelta(minutes=30), version=1)
    clock.move_to(MONDAY_NINE + dt.timedelta(hours=1))
    assert close_appointment(appointment=appointment, outcome=NO_SHOW, version=1) is Outcome.CHANGED_ELSEWHERE
    assert appointment.status == AppointmentStatus.BOOKED


def test_a_mistake_at_the_desk_is_corrected(clock, appointment):
    clock.move_to(MONDAY_NINE + dt.timedelta(minutes=10))
    close_appointment(appointment=appointment, outcome=NO_SHOW, version=1)
    assert close_appointment(appointment=appointment, outcome=SEEN, version=2) is Outcome.DONE
    assert appointment.status == SEEN


def test_what_the_person_cancelled_is_not_closed(clock, appointment):
    cancel_appointment(appointment=appointment)
    clock.move_to(MONDAY_NINE)
    assert close_appointment(appointment=appointment, outcome=SEEN, version=2) is Outcome.CHANGED_ELSEWHERE
    assert appointment.status == AppointmentStatus.CANCELLED_BY_USER


def test_the_service_calls_off_an_appointment_before_its_time(appointment, place, motif):
    called_off = AppointmentStatus.CANCELLED_BY_SERVICE
    assert close_appointment(appointment=appointment, outcome=called_off, version=1) is Outcome.DONE
    assert list_slots(place=place, motif=motif)[0].start == MONDAY_NINE


def test_no_other_end_exists(appointment):
    with pytest.raises(ValueError, match="does not end"):
        close_appointment(appointment=appointment, outcome=AppointmentStatus.BOOKED, version=1)
