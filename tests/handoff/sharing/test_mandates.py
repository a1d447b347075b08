"""Writing in somebody's file, and sending in their place: its own word, its own end."""

import hashlib

import pytest

from accessform.handoff.models import (
    Mandate,
)
from accessform.handoff.sharing.granting import revoke_handover
from accessform.handoff.sharing.services import (
    RefusalKind,
    SharedFile,
    find_mandate,
    may_write,
    read_file,
    record_mandate,
    use_mandate,
)
from accessform.journeys.models import Journey, JourneyStatus
from tests.handoff.conftest import NOW
from tests.handoff.sharing.desk_door import HOUR, kind_of, open_first
from tests.handoff.sharing_made import agree

pytestmark = pytest.mark.django_db


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
