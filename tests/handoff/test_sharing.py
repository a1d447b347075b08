"""The desk's door: a file opens by consent, in its window, at its place, and every try is written."""

import datetime as dt
import hashlib
import uuid

import pytest
from cryptography.fernet import InvalidToken
from django.db import IntegrityError, transaction

from accessform.handoff.models import (
    AppointmentStatus,
    Handover,
    HandoverAccess,
    HandoverCode,
    Mandate,
    Place,
    Scope,
)
from accessform.handoff.services.booking import cancel_appointment, move_appointment
from accessform.handoff.sharing.granting import TooLate, list_open_handovers, renew_code, revoke_handover
from accessform.handoff.sharing.own_keys import KeyDestroyed, unseal
from accessform.handoff.sharing.reading import read_snapshot, show_content
from accessform.handoff.sharing.services import (
    OpenedFile,
    Refusal,
    RefusalKind,
    RowState,
    SharedFile,
    close_file,
    find_mandate,
    may_write,
    open_by_code,
    open_for_appointment,
    read_file,
    record_mandate,
    use_mandate,
)
from accessform.journeys.models import Journey, JourneyStatus
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.encryption import cipher
from accessform.trust.rotation import rotate_everything
from tests.handoff.conftest import MONDAY_NINE, NOW, add_agent
from tests.handoff.sharing_made import PRIVATE, agree, answer, digits_of, make_filled_journey

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def journey(db) -> Journey:
    return make_filled_journey()


@pytest.fixture
def colleague(place, motif):
    return add_agent(place, motif, "Guichet 2")


@pytest.fixture
def elsewhere(motif):
    facts = {"address": "2 rue", "postal_code": "69001", "city": "Lyon", "department": "69"}
    return add_agent(Place.objects.create(source="test", source_id="2", name="Autre maison", **facts), motif)


@pytest.fixture
def shared(appointment, journey, place) -> Handover:
    return agree(journey, place, NOW, appointment=appointment)


def kind_of(answer: object) -> RefusalKind:
    assert isinstance(answer, Refusal), answer
    assert answer.said
    return answer.kind


def log_of(handover: Handover) -> list[tuple[str, str, str]]:
    return [(line.kind, line.reason, line.desk) for line in HandoverAccess.objects.filter(handover=handover)]


def wrong_code(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


def open_first(agent, handover: Handover, now: dt.datetime) -> Handover:
    opened = open_by_code(agent=agent, code=digits_of(handover, now), now=now)
    assert isinstance(opened, OpenedFile), opened
    return opened.handover


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


# Reading


def test_the_agent_reads_what_the_preview_shows_at_the_person_s_level(shared, appointment, agent, journey):
    answer(journey, "vous", nom="Byron")
    preview = show_content(journey, scope=Scope.ALL_BUT_SENSITIVE, chosen=[], level=ReadingLevel.PLAIN)
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    read = read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE)
    assert isinstance(read, SharedFile)
    assert read.content == preview
    rows = {row.question_id: row for row in read.content.rows()}
    assert rows["nom"].answer == "Byron"
    assert rows["naissance"].answer == "14 juillet 1950"
    assert (rows["numero"].state, rows["numero"].answer) == (RowState.HIDDEN, "Non montré")
    assert "medecin" not in rows
    assert [step.id for step in read.steps] == ["pour-qui", "vous", "foyer"]
    assert not any(private in str(read) for private in PRIVATE)


def test_every_reading_is_written_with_what_could_be_read(shared, appointment, agent):
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    for minute in range(3):
        read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE + minute * MINUTE)
    assert [kind for kind, _, _ in log_of(shared)] == ["opened", "read", "read", "read"]
    read = HandoverAccess.objects.filter(kind="read")
    assert {(line.shown_count, line.hidden_count) for line in read} == {(6, 5)}
    assert [bool(line.snapshot) for line in read] == [True, False, False]


def test_what_was_shown_is_proved_as_it_was_then(shared, appointment, agent, journey):
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    first = read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE)
    answer(journey, "vous", nom="Byron")
    second = read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE + MINUTE)
    lines = list(HandoverAccess.objects.filter(kind="read"))
    assert [read_snapshot(line) for line in lines] == [first.content, second.content]
    assert first.content != second.content
    assert read_snapshot(HandoverAccess.objects.get(kind="opened")) is None
    assert "Lovelace" not in lines[0].snapshot


def test_a_file_to_be_opened_by_code_is_read_by_nobody_before(journey, place, agent, clock):
    handover = agree(journey, place, NOW)
    assert kind_of(read_file(handover=handover, agent=agent, now=NOW)) is RefusalKind.OTHER_DESK


# Ending


def test_revoking_stops_an_open_tab_and_destroys_the_key(shared, appointment, agent):
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE)
    kept, key = HandoverAccess.objects.get(kind="read").snapshot, Handover.objects.get().wrapped_key
    assert unseal(key, kept)["form_title"] == "Demande à montrer"
    for _ in range(2):
        revoke_handover(handover=shared, now=MONDAY_NINE + MINUTE)
    assert kind_of(read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE + MINUTE)) is RefusalKind.REVOKED
    assert not may_write(opened.handover, MONDAY_NINE + MINUTE)
    left = Handover.objects.get()
    assert left.wrapped_key is None
    assert left.revoked_at == MONDAY_NINE + MINUTE
    with pytest.raises(KeyDestroyed):
        unseal(left.wrapped_key, kept)
    with pytest.raises(InvalidToken):
        cipher().decrypt(kept.encode())
    assert read_snapshot(HandoverAccess.objects.get(kind="read")) is None
    assert log_of(shared)[-1] == ("refused", "revoked", "Guichet 1")


def test_a_revoked_code_opens_nothing(journey, place, agent, clock):
    handover = agree(journey, place, NOW)
    digits = digits_of(handover, NOW)
    revoke_handover(handover=handover, now=NOW)
    assert kind_of(open_by_code(agent=agent, code=digits, now=NOW)) is RefusalKind.CODE_ENDED


def test_the_database_refuses_a_key_after_revocation(shared):
    revoke_handover(handover=shared, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.update(wrapped_key="x")


def test_an_agent_gives_the_file_back_and_it_opens_no_more(shared, appointment, agent):
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    for _ in range(2):
        assert close_file(handover=opened.handover, agent=agent, now=MONDAY_NINE) is None
    assert kind_of(read_file(handover=shared, agent=agent, now=MONDAY_NINE)) is RefusalKind.CLOSED
    assert [kind for kind, _, _ in log_of(shared)] == ["opened", "closed", "refused"]


def test_another_consent_for_the_same_visit_replaces_the_former(shared, appointment, agent, journey, place):
    newer = agree(journey, place, NOW + MINUTE, appointment=appointment, scope=Scope.CHOSEN, chosen=["loyer"])
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    assert opened.handover == newer
    read = read_file(handover=newer, agent=agent, now=MONDAY_NINE)
    assert [row.question_id for row in read.content.rows() if row.state is RowState.ANSWERED] == ["loyer"]
    assert kind_of(read_file(handover=shared, agent=agent, now=MONDAY_NINE)) is RefusalKind.CLOSED


def test_the_same_key_agrees_once_and_another_journey_s_key_changes_nothing(journey, place, clock):
    key = uuid.uuid4()
    first, second = (agree(journey, place, NOW, key=key) for _ in range(2))
    assert first == second
    other = agree(make_filled_journey("autre"), place, NOW, key=key)
    assert other != first
    assert Handover.objects.filter(closed_at=None).count() == 2


def test_nothing_is_agreed_for_a_visit_that_is_over(appointment, journey, place):
    with pytest.raises(TooLate):
        agree(journey, place, MONDAY_NINE + 3 * HOUR, appointment=appointment)


def test_what_was_agreed_is_kept_with_its_hash(shared):
    assert shared.text_sha256 == hashlib.sha256(shared.text.encode()).hexdigest()
    assert shared.text.startswith("Je suis d'accord pour montrer mon dossier")
    assert (shared.text_version, shared.reading_level) == ("2026-11-22", "plain")


# Writing and sending in somebody's place


def test_writing_needs_its_own_word_an_opening_and_a_draft(journey, place, agent, clock):
    silent = open_first(agent, agree(journey, place, NOW), NOW)
    assert not may_write(silent, NOW)
    handover = agree(journey, place, NOW, may_write=True)
    assert not may_write(handover, NOW)
    open_first(agent, handover, NOW)
    assert may_write(handover, NOW)
    assert not may_write(handover, NOW + 2 * HOUR)
    Journey.objects.update(status=JourneyStatus.SUBMITTED)
    assert not may_write(handover, NOW)
    read = read_file(handover=handover, agent=agent, now=NOW)
    assert isinstance(read, SharedFile)
    assert not read.may_write


def test_a_mandate_is_kept_with_its_words_and_ends_with_the_visit(journey, place, agent, colleague, clock):
    handover = open_first(agent, agree(journey, place, NOW, may_write=True), NOW)
    assert find_mandate(handover=handover, agent=agent, now=NOW) is None
    first, second = (
        record_mandate(handover=handover, agent=agent, given_by=" Ada  Lovelace ", now=NOW) for _ in range(2)
    )
    assert isinstance(first, Mandate)
    assert first == second
    assert (first.given_by, first.desk, first.expires_at) == ("Ada Lovelace", "Guichet 1", NOW + 2 * HOUR)
    assert "Demande à montrer" in first.text
    assert first.text_sha256 == hashlib.sha256(first.text.encode()).hexdigest()
    assert find_mandate(handover=handover, agent=agent, now=NOW) == first
    assert find_mandate(handover=handover, agent=colleague, now=NOW) is None
    assert find_mandate(handover=handover, agent=agent, now=NOW + 2 * HOUR) is None
    assert use_mandate(mandate=first, now=NOW + HOUR)
    assert not use_mandate(mandate=first, now=NOW + HOUR)


def test_a_mandate_needs_an_open_file_that_may_be_written_and_a_name(journey, place, agent, elsewhere, clock):
    handover = open_first(agent, agree(journey, place, NOW), NOW)
    refused = record_mandate(handover=handover, agent=agent, given_by="Ada", now=NOW)
    assert kind_of(refused) is RefusalKind.READ_ONLY
    writing = agree(journey, place, NOW, may_write=True)
    unopened = record_mandate(handover=writing, agent=agent, given_by="Ada", now=NOW)
    assert kind_of(unopened) is RefusalKind.OTHER_DESK
    open_first(agent, writing, NOW)
    assert kind_of(record_mandate(handover=writing, agent=elsewhere, given_by="Ada", now=NOW)) is (
        RefusalKind.OTHER_DESK
    )
    for nobody in (" ", "a" * 121):
        with pytest.raises(ValueError, match="name"):
            record_mandate(handover=writing, agent=agent, given_by=nobody, now=NOW)
    record_mandate(handover=writing, agent=agent, given_by="Ada", now=NOW)
    revoke_handover(handover=writing, now=NOW)
    assert find_mandate(handover=writing, agent=agent, now=NOW) is None
    assert Mandate.objects.get().revoked_at == NOW
