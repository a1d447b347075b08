"""Consents, logs and mandates: nothing outlives its time, erasing takes all, the export says all."""

import datetime as dt
import json

import pytest

from accessform.handoff.models import Appointment, Handover, HandoverAccess, HandoverCode, Mandate
from accessform.handoff.sharing.granting import revoke_handover
from accessform.handoff.sharing.services import open_by_code, read_file, record_mandate
from accessform.journeys.models import Journey, JourneyStatus
from accessform.trust.erasure import erase_journey
from accessform.trust.export import export_journey
from accessform.trust.retention import kept, purge
from tests.handoff.conftest import NOW
from tests.handoff.sharing_made import PRIVATE, agree, digits_of, make_filled_journey

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)
VISIT = dt.timedelta(hours=2)


@pytest.fixture
def handover(place, agent, clock) -> Handover:
    shared = agree(make_filled_journey(), place, NOW, may_write=True)
    open_by_code(agent=agent, code=digits_of(shared, NOW), now=NOW)
    read_file(handover=shared, agent=agent, now=NOW)
    record_mandate(handover=shared, agent=agent, given_by="Ada Lovelace", now=NOW)
    send_all()
    return shared


def send_all() -> None:
    """Have every journey sent: a draft would be purged first, with all that is held about it."""
    Journey.objects.update(status=JourneyStatus.SUBMITTED)


def left() -> list[int]:
    return [model.objects.count() for model in (Handover, HandoverCode, HandoverAccess, Mandate)]


def test_erasing_a_journey_erases_consent_key_code_log_and_mandate(handover):
    assert left() == [1, 1, 2, 1]
    erase_journey(handover.journey_id)
    assert left() == [0, 0, 0, 0]
    assert not Journey.objects.exists()


def test_erasing_a_journey_shown_at_its_appointment_erases_both(appointment, journey, place):
    agree(journey, place, NOW, appointment=appointment)
    erase_journey(journey.pk)
    assert left() == [0, 0, 0, 0]
    assert not Appointment.objects.exists()


def test_erasing_one_journey_leaves_another_s(handover, place):
    other = agree(make_filled_journey("autre"), place, NOW)
    erase_journey(handover.journey_id)
    assert Handover.objects.get() == other


def test_the_export_says_what_was_agreed_and_who_read_it(handover):
    held = export_journey(handover.journey_id)["held"]["sharing"]
    assert json.loads(json.dumps(held)) == held
    (shared,), (mandate,) = held["handovers"], held["mandates"]
    assert (shared["scope"], shared["may_write"], shared["text"]) == ("all_but_sensitive", True, handover.text)
    assert [(line["what"], line["desk"]) for line in shared["log"]] == [("opened", "Guichet 1"), ("read", "Guichet 1")]
    assert mandate["given_by"] == "Ada Lovelace"
    assert not any(private in json.dumps(held) for private in [*PRIVATE, handover.wrapped_key])


def test_a_journey_never_shown_exports_nothing_of_it(journey):
    assert "sharing" not in export_journey(journey.pk)["held"]


def test_a_consent_goes_with_its_log_when_its_time_is_over(handover):
    over = NOW + VISIT + kept("handovers").keep
    purge(over)
    assert Handover.objects.exists()
    purge(over + SECOND)
    assert left()[:3] == [0, 0, 0]


def test_revoking_late_does_not_keep_it_longer(handover):
    revoke_handover(handover=handover, now=NOW + dt.timedelta(days=80))
    purge(NOW + VISIT + kept("handovers").keep + SECOND)
    assert not Handover.objects.exists()


def test_revoking_early_counts_from_then(handover):
    revoke_handover(handover=handover, now=NOW + SECOND)
    purge(NOW + SECOND + kept("handovers").keep + SECOND)
    assert not Handover.objects.exists()


def test_a_mandate_outlives_its_consent_as_proof_and_then_goes(handover):
    purge(NOW + VISIT + kept("handovers").keep + SECOND)
    assert Mandate.objects.get().handover is None
    over = NOW + VISIT + kept("mandates").keep
    purge(over)
    assert Mandate.objects.exists()
    purge(over + SECOND)
    assert not Mandate.objects.exists()


def test_an_appointment_that_goes_first_leaves_the_log(appointment, journey, place):
    shared = agree(journey, place, NOW, appointment=appointment)
    send_all()
    purge(appointment.ends_at + kept("appointments").keep + SECOND)
    assert not Appointment.objects.exists()
    assert Handover.objects.get() == shared
    report = purge(shared.expires_at + kept("handovers").keep + SECOND)
    assert not Handover.objects.exists()
    assert not {"handovers", "mandates", "appointments"} & set(report.failed)
