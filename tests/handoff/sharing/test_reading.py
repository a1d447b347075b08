"""What an agent reads of a file, how it is proved, and how it ends."""

import hashlib
import uuid

import pytest
from cryptography.fernet import InvalidToken
from django.db import IntegrityError, transaction

from accessform.handoff.models import (
    Handover,
    HandoverAccess,
    Scope,
)
from accessform.handoff.sharing.granting import TooLate, revoke_handover
from accessform.handoff.sharing.own_keys import KeyDestroyed, unseal
from accessform.handoff.sharing.reading import read_snapshot, show_content
from accessform.handoff.sharing.services import (
    RefusalKind,
    RowState,
    SharedFile,
    close_file,
    may_write,
    open_by_code,
    open_for_appointment,
    read_file,
)
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.encryption import cipher
from tests.handoff.conftest import MONDAY_NINE, NOW
from tests.handoff.sharing.desk_door import HOUR, MINUTE, kind_of, log_of
from tests.handoff.sharing_made import PRIVATE, agree, answer, digits_of, make_filled_journey

pytestmark = pytest.mark.django_db


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
