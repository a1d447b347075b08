"""A signal that most journeys of a form meet is the form's defect: told to its designer, mute for people."""

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accessform.adaptation import muting, services
from accessform.adaptation.models import AdaptiveState, SignalUse
from accessform.adaptation.policy_file import load_policy
from accessform.observation.events import EventKind, InteractionEvent
from accessform.trust import retention
from tests.journeys.small_journeys import make_version
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
FORM = "petite-demarche@1"


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    muting.forget_muted()
    yield
    muting.forget_muted()


def failure(question: str = "q") -> list[InteractionEvent]:
    at = time.time()
    return [
        InteractionEvent(EventKind.SUBMIT_FAILED, at, "s"),
        InteractionEvent(EventKind.REJECTED, at, "s", question, "too_long"),
    ]


def journey(failures: int, form: str = FORM) -> AdaptiveState:
    state = services.load_state(uuid.uuid4())
    shown = InteractionEvent(EventKind.STEP_SHOWN, time.time(), "s")
    state = services.record_events(state=state, events=[shown], form=form)
    for _ in range(failures):
        state = services.record_events(state=state, events=failure(), form=form)
    return state


def counted_journey(pauses: int, form: str = FORM, *, switched: bool = True) -> AdaptiveState:
    """Return a journey whose person has switched the counters on, and pauses at some questions."""
    at = time.time()
    told = [InteractionEvent(EventKind.STEP_SHOWN, at, "s")]
    if switched:
        told.append(InteractionEvent(EventKind.PREFERENCE_SET, at, name="counters", value=True))
    waits = [1, 1, 1] + [200] * pauses
    told += [
        InteractionEvent(EventKind.COUNTER, at + place, "s", f"q{place}", name="B1", value=value)
        for place, value in enumerate(waits, start=1)
    ]
    return services.record_events(state=services.load_state(uuid.uuid4()), events=told, form=form)


def counted() -> dict[str, int]:
    return dict(SignalUse.objects.filter(form=FORM).values_list("signal", "journeys"))


def test_a_sent_journey_adds_which_signals_fired_and_only_once():
    state = journey(3)
    for _ in range(2):
        services.record_submitted(journey_id=state.journey_id)
    assert counted() == {"": 1, "A1": 1, "A2": 1}
    services.record_submitted(journey_id=journey(1).journey_id)
    assert counted() == {"": 2, "A1": 1, "A2": 1}


def test_an_abandoned_journey_counts_when_it_expires():
    state = journey(2)
    AdaptiveState.objects.update(updated_at=timezone.now() - dt.timedelta(days=31))
    assert services.purge_states(timezone.now(), dt.timedelta(days=30)) == 1
    assert counted() == {"": 1, "A1": 1, "A2": 1}
    assert not AdaptiveState.objects.filter(pk=state.pk).exists()


def test_who_stopped_the_noticing_or_erased_everything_counts_for_nothing():
    services.record_submitted(journey_id=services.stop_help(state=journey(3)).journey_id)
    services.erase_state(journey(3).journey_id)
    assert counted() == {}


@pytest.mark.parametrize(
    ("fired", "journeys", "muted"),
    [(7, 50, False), (8, 50, True), (49, 49, False), (15, 100, False), (16, 100, True)],
)
def test_a_signal_is_muted_over_the_share_and_never_before_enough_journeys(fired, journeys, muted):
    assert ("A1" in muting.muted_among([("", journeys), ("A1", fired)])) is muted


def test_a_counter_is_counted_among_the_journeys_that_have_it_switched_on():
    services.record_submitted(journey_id=journey(2).journey_id)
    services.record_submitted(journey_id=counted_journey(1).journey_id)
    services.record_submitted(journey_id=counted_journey(0).journey_id)
    assert counted() == {"": 3, "B": 2, "B1": 1, "A1": 1, "A2": 1}


def test_who_empties_the_box_is_counted_among_those_without_counters():
    state = services.stop_counting(state=counted_journey(2))
    services.record_submitted(journey_id=state.journey_id)
    assert counted() == {"": 1}


@pytest.mark.parametrize(
    ("fired", "counting", "journeys", "muted"),
    [(8, 50, 5000, True), (7, 50, 5000, False), (49, 49, 5000, False), (900, 0, 5000, False), (8, 50, 50, True)],
)
def test_a_counter_is_muted_by_the_journeys_in_which_it_could_fire(fired, counting, journeys, muted):
    assert ("B1" in muting.muted_among([("", journeys), ("B", counting), ("B1", fired)])) is muted


def test_the_workbench_says_that_a_counter_was_counted_on_some_journeys_only():
    uses = {"": 400, "B": 60, "B1": 30, "A1": 30}
    SignalUse.objects.bulk_create(SignalUse(form=FORM, signal=name, journeys=n) for name, n in uses.items())
    (told,) = muting.defects_told("petite-demarche")
    assert "sur 50 % des 60 démarches terminées où les gestes étaient comptés." in told.replace("\u00a0", " ")


def test_a_muted_signal_brings_no_offer_on_its_form_and_still_does_on_another():
    SignalUse.objects.bulk_create(SignalUse(form=FORM, signal=name, journeys=60) for name in ("", "A1", "A2"))
    state = journey(3)
    assert state.pending_offer is None
    assert state.error_help == {"q"}
    assert state.hand_off
    assert journey(2, form="autre@1").pending_offer


def test_what_is_muted_is_asked_once_in_a_while(django_assert_num_queries):
    state = journey(1)
    with django_assert_num_queries(1):
        services.record_events(state=state, events=failure("p"), form=FORM)


def test_a_row_written_before_forms_were_known_is_read_and_learns_its_form():
    old = {
        "format": 1,
        "at": 5.0,
        "observations": {"index": 0, "step": "s", "counts": {"A1": {"q": [1, 0, "s", "required"]}}},
    }
    row = AdaptiveState.objects.create(state=old, revision=1, updated_at=timezone.now())
    state = services.record_events(state=services.load_state(row.pk), events=failure(), form=FORM)
    assert state.error_help == {"q"}
    assert services.load_state(row.pk).form == FORM


def test_the_designer_reads_the_shares_and_no_small_figure():
    uses = {"": 200, "A1": 60, "A3": 9}
    SignalUse.objects.bulk_create(SignalUse(form=FORM, signal=name, journeys=n) for name, n in uses.items())
    SignalUse.objects.create(form="rare@1", signal="", journeys=9)
    SignalUse.objects.create(form="rare@1", signal="A1", journeys=9)
    said = StringIO()
    call_command("struggle", "signals", stdout=said)
    first, second = said.getvalue().splitlines()
    assert "A1" in first
    assert "60 (30 %) sur 200" in first
    assert "défaut du formulaire" in first
    assert "A3" in second
    assert "moins de 10 sur 200" in second
    assert "défaut" not in second


def test_the_workbench_tells_the_defects_of_a_form_and_of_no_other(client):
    designer = User.objects.create_user("lea", password=uuid.uuid4().hex)
    designer.groups.add(Group.objects.create(name="designers"))
    sign_in(client, designer)
    make_version()
    for name, fired in {"": 50, "A1": 20, "A2": 8, "A3": 7}.items():
        SignalUse.objects.create(form=FORM, signal=name, journeys=fired)
        SignalUse.objects.create(form="autre@1", signal=name, journeys=50)
    page = client.get(reverse("workbench:form", args=["petite-demarche"])).content.decode().replace("\u00a0", " ")
    assert "« La même question encore refusée », sur 40 % des 50 démarches terminées." in page
    assert "« Une page envoyée et refusée », sur plus de 15 % des 50 démarches terminées." in page
    assert page.count("démarches terminées.") == 2


def test_a_form_s_counts_go_a_year_after_its_last_journey_and_not_before():
    noon = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
    assert retention.kept("signals").keep == dt.timedelta(days=365)
    with time_machine.travel(noon, tick=False) as clock:
        services.record_submitted(journey_id=journey(2).journey_id)
        services.record_submitted(journey_id=journey(2, form="autre@1").journey_id)
        clock.shift(dt.timedelta(days=365))
        services.record_submitted(journey_id=journey(0).journey_id)
        call_command("purge", verbosity=0)
        assert counted() == {"": 2, "A1": 1, "A2": 1}
        assert SignalUse.objects.filter(form="autre@1").count() == 3
        clock.shift(dt.timedelta(days=1))
        call_command("purge", verbosity=0)
        assert counted() == {"": 2, "A1": 1, "A2": 1}
        assert not SignalUse.objects.filter(form="autre@1").exists()


def test_every_signal_of_the_policy_can_be_counted():
    assert all(len(name) <= SignalUse._meta.get_field("signal").max_length for name in load_policy().rules)
