"""The desk's door: a file opens by consent, in its window, at its place, and every try is written."""

import datetime as dt
import hashlib

import pytest
from cryptography.fernet import InvalidToken

from accessform.handoff.models import (
    AppointmentStatus,
    HandoverAccess,
    HandoverCode,
)
from accessform.handoff.services.booking import cancel_appointment, move_appointment
from accessform.handoff.sharing.granting import list_open_handovers, renew_code
from accessform.handoff.sharing.services import (
    OpenedFile,
    RefusalKind,
    SharedFile,
    open_by_code,
    open_for_appointment,
    read_file,
)
from accessform.trust.encryption import cipher
from accessform.trust.rotation import rotate_everything
from tests.handoff.conftest import MONDAY_NINE, NOW, add_agent
from tests.handoff.sharing.desk_door import HOUR, MINUTE, SECOND, kind_of, log_of, wrong_code
from tests.handoff.sharing_made import agree, digits_of, make_filled_journey

pytestmark = pytest.mark.django_db


# At an appointment


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (MONDAY_NINE - dt.timedelta(minutes=30, seconds=1), RefusalKind.TOO_EARLY),
        (MONDAY_NINE - 30 * MINUTE, None),
        (MONDAY_NINE, None),
        (MONDAY_NINE + 150 * MINUTE - SECOND, None),
        (MONDAY_NINE + 150 * MINUTE, RefusalKind.TOO_LATE),
    ],
)
def test_it_opens_from_half_an_hour_before_to_two_hours_after(shared, agent, appointment, moment, opens):
    answered = open_for_appointment(agent=agent, appointment=appointment, now=moment)
    if opens:
        assert kind_of(answered) is opens
        assert kind_of(read_file(handover=shared, agent=agent, now=moment)) is opens
    else:
        assert isinstance(answered, OpenedFile)
        assert answered.until == MONDAY_NINE + 150 * MINUTE
        assert isinstance(read_file(handover=answered.handover, agent=agent, now=moment), SharedFile)


def test_without_consent_nothing_opens(appointment, agent):
    assert kind_of(open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)) is (
        RefusalKind.NOTHING_SHARED
    )


def test_another_desk_and_another_place_are_refused_and_the_person_reads_it(shared, appointment, colleague, elsewhere):
    for stranger in (colleague, elsewhere):
        assert kind_of(open_for_appointment(agent=stranger, appointment=appointment, now=MONDAY_NINE)) is (
            RefusalKind.OTHER_DESK
        )
        assert kind_of(read_file(handover=shared, agent=stranger, now=MONDAY_NINE)) is RefusalKind.OTHER_DESK
    names = [(line.desk, line.place_name) for line in HandoverAccess.objects.all()]
    assert names == [("Guichet 2", "Maison d'essai")] * 2 + [("Guichet 1", "Autre maison")] * 2


def test_a_desk_that_receives_no_more_is_refused(shared, appointment, agent):
    agent.is_active = False
    assert kind_of(open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)) is (
        RefusalKind.OTHER_DESK
    )


def test_the_file_follows_its_appointment_when_it_moves(shared, appointment, agent):
    later = MONDAY_NINE + dt.timedelta(days=1)
    move_appointment(appointment=appointment, start=later, version=appointment.version)
    assert kind_of(open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)) is (
        RefusalKind.TOO_EARLY
    )
    assert isinstance(open_for_appointment(agent=agent, appointment=appointment, now=later), OpenedFile)


def test_a_cancelled_appointment_closes_its_file(shared, appointment, agent):
    cancel_appointment(appointment=appointment)
    assert kind_of(open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)) is (
        RefusalKind.CANCELLED
    )
    assert list_open_handovers(shared.journey, NOW) == []


def test_somebody_who_did_not_come_shows_nothing(shared, appointment, agent):
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    appointment.status = AppointmentStatus.NO_SHOW
    appointment.save()
    assert kind_of(read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE)) is RefusalKind.CANCELLED


# By code


def test_a_code_opens_at_its_place_for_one_visit(journey, place, agent, colleague, clock):
    handover = agree(journey, place, NOW)
    digits = digits_of(handover, NOW)
    opened = open_by_code(agent=agent, code=f"{digits[:3]} {digits[3:]}", now=NOW + 10 * MINUTE)
    assert isinstance(opened, OpenedFile)
    assert opened.until == NOW + 10 * MINUTE + 2 * HOUR
    late = NOW + 10 * MINUTE + 2 * HOUR
    assert isinstance(read_file(handover=handover, agent=agent, now=late - SECOND), SharedFile)
    assert kind_of(read_file(handover=handover, agent=agent, now=late)) is RefusalKind.TOO_LATE
    assert kind_of(read_file(handover=handover, agent=colleague, now=NOW + HOUR)) is RefusalKind.OTHER_DESK


def test_a_code_serves_once_and_again_only_for_the_same_desk(journey, place, agent, colleague, clock):
    handover = agree(journey, place, NOW)
    digits = digits_of(handover, NOW)
    assert isinstance(open_by_code(agent=agent, code=digits, now=NOW), OpenedFile)
    assert isinstance(open_by_code(agent=agent, code=digits, now=NOW + MINUTE), OpenedFile)
    assert kind_of(open_by_code(agent=colleague, code=digits, now=NOW + MINUTE)) is RefusalKind.CODE_ENDED
    assert log_of(handover)[-1] == ("refused", "code_ended", "Guichet 2")


def test_a_code_dies_after_fifteen_minutes(journey, place, agent, clock):
    handover = agree(journey, place, NOW)
    digits = digits_of(handover, NOW)
    assert kind_of(open_by_code(agent=agent, code=digits, now=NOW + 15 * MINUTE)) is RefusalKind.CODE_ENDED
    assert log_of(handover) == [("refused", "code_ended", "Guichet 1")]


def test_a_code_can_be_made_anew_before_it_dies_and_the_former_opens_no_more(journey, place, agent, clock):
    handover = agree(journey, place, NOW)
    first = digits_of(handover, NOW)
    assert renew_code(handover=handover, now=NOW + 14 * MINUTE)
    second = digits_of(handover, NOW + 14 * MINUTE)
    if first != second:
        assert kind_of(open_by_code(agent=agent, code=first, now=NOW + 14 * MINUTE)) is RefusalKind.CODE_ENDED
    assert isinstance(open_by_code(agent=agent, code=second, now=NOW + 28 * MINUTE), OpenedFile)
    assert not renew_code(handover=handover, now=NOW + 28 * MINUTE)


def test_a_code_of_another_place_is_unknown_there(journey, place, elsewhere, clock):
    handover = agree(journey, place, NOW)
    assert kind_of(open_by_code(agent=elsewhere, code=digits_of(handover, NOW), now=NOW)) is RefusalKind.UNKNOWN_CODE
    assert log_of(handover) == []


def test_wrong_codes_close_the_desk_and_then_the_place(journey, place, agent, motif, clock):
    handover = agree(journey, place, NOW)
    digits = digits_of(handover, NOW)
    for _ in range(5):
        assert kind_of(open_by_code(agent=agent, code=wrong_code(digits), now=NOW)) is RefusalKind.UNKNOWN_CODE
    refused = open_by_code(agent=agent, code=digits, now=NOW)
    assert kind_of(refused) is RefusalKind.TOO_MANY
    assert refused.again_at > NOW
    for number in range(2, 5):
        desk = add_agent(place, motif, f"Guichet {number}")
        for _ in range(5):
            open_by_code(agent=desk, code=wrong_code(digits), now=NOW)
    fresh = add_agent(place, motif, "Guichet 9")
    assert kind_of(open_by_code(agent=fresh, code=digits, now=NOW)) is RefusalKind.TOO_MANY


def test_one_s_own_right_code_gives_no_more_tries_at_others(journey, place, agent, clock):
    digits = digits_of(agree(journey, place, NOW), NOW)
    for _ in range(4):
        open_by_code(agent=agent, code=wrong_code(digits), now=NOW)
    assert isinstance(open_by_code(agent=agent, code=digits, now=NOW), OpenedFile)
    open_by_code(agent=agent, code=wrong_code(digits), now=NOW)
    assert kind_of(open_by_code(agent=agent, code=wrong_code(digits), now=NOW)) is RefusalKind.TOO_MANY


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "12345x", "\x00" * 6, "٣" * 6, "²²²²²²", "1" * 10_000, "' OR 1=1"]
)
def test_what_is_no_code_is_unknown_and_costs_nothing(place, agent, clock, typed):
    for _ in range(8):
        assert kind_of(open_by_code(agent=agent, code=typed, now=NOW)) is RefusalKind.UNKNOWN_CODE


def test_a_code_is_stored_as_a_keyed_digest_and_under_the_file_s_key(journey, place, clock):
    handover = agree(journey, place, NOW)
    digits = digits_of(handover, NOW)
    stored = HandoverCode.objects.get()
    assert digits not in stored.shown
    assert stored.digest != hashlib.sha256(digits.encode()).hexdigest()
    with pytest.raises(InvalidToken):
        cipher().decrypt(stored.shown.encode())


def test_a_code_still_opens_after_the_data_keys_were_rotated(journey, place, agent, clock, settings):
    from accessform.operations.keys import new_data_key

    handover = agree(journey, place, NOW)
    digits = digits_of(handover, NOW)
    settings.DATA_KEYS = [new_data_key(), *settings.DATA_KEYS]
    assert all(report.unreadable == 0 for report in rotate_everything())
    assert isinstance(open_by_code(agent=agent, code=digits, now=NOW), OpenedFile)
    assert digits not in {line.shown for line in HandoverCode.objects.all()}


def test_two_codes_alive_at_a_place_always_differ(journey, place, clock, monkeypatch):
    drawn = iter(["123456", "123456", "654321"])
    monkeypatch.setattr("accessform.handoff.sharing.granting.make_code", lambda: next(drawn))
    agree(journey, place, NOW)
    other = make_filled_journey("autre")
    assert digits_of(agree(other, place, NOW), NOW) == "654321"
