"""The door of the room: one read, one write, nothing lost between two tabs."""

import datetime as dt
import time
import uuid

import pytest
from django.utils import timezone

from accessform.adaptation import services
from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.preferences import Presentation, presentation_from
from accessform.adaptation.state import Adaptation
from accessform.observation.events import EventKind, InteractionEvent
from accessform.plain_language.wording import ReadingLevel
from accessform.trust import erasure, export, retention

pytestmark = pytest.mark.django_db


def shown(step: str = "identite", at: float | None = None) -> InteractionEvent:
    return InteractionEvent(EventKind.STEP_SHOWN, at or time.time(), step)


def failure(question: str = "birth_date", step: str = "identite") -> list[InteractionEvent]:
    at = time.time()
    return [
        InteractionEvent(EventKind.SUBMIT_FAILED, at, step),
        InteractionEvent(EventKind.REJECTED, at, step, question, "too_long"),
    ]


@pytest.fixture
def state() -> AdaptiveState:
    return services.load_state(uuid.uuid4())


@pytest.fixture
def offered(state: AdaptiveState) -> AdaptiveState:
    for _ in range(2):
        state = services.record_events(state=state, events=failure())
    return state


def test_an_unknown_journey_has_an_empty_unsaved_state(state, django_assert_num_queries):
    assert state.changes == []
    assert state.pending_offer is None
    assert state.error_help == frozenset()
    assert state.hand_off is None
    assert AdaptiveState.objects.count() == 0
    with django_assert_num_queries(1):
        services.load_state(state.journey_id)


def test_recording_writes_once_and_the_next_request_reads_once(state, django_assert_num_queries):
    with django_assert_num_queries(1):
        state = services.record_events(state=state, events=failure())
    with django_assert_num_queries(1):
        assert services.load_state(state.journey_id).policy_state == state.policy_state
    with django_assert_num_queries(1):
        services.record_events(state=state, events=failure())


def test_showing_the_same_step_again_writes_nothing(state, django_assert_num_queries):
    state = services.record_events(state=state, events=[shown()])
    with django_assert_num_queries(0):
        services.record_events(state=state, events=[shown()])


def test_a_second_rejection_opens_help_and_offers(offered):
    read = services.load_state(offered.journey_id)
    assert read.error_help == {"birth_date"}
    assert read.pending_offer
    assert read.pending_offer.id == "easy_wording"
    assert read.policy_version


def test_accepting_changes_the_presentation_and_undoing_gives_it_back(offered):
    state = services.accept_offer(state=offered, offer_id="easy_wording")
    assert state.presentation(Presentation()).reading_level is ReadingLevel.EASY
    assert [change.id for change in state.notices("identite")] == []
    state = services.undo_change(state=state, change_id="easy_wording")
    assert state.presentation(Presentation()).reading_level is ReadingLevel.PLAIN


def test_a_change_is_announced_on_the_step_where_it_was_made(state):
    state = services.record_events(state=state, events=[shown("adresse")])
    state = services.accept_offer(state=state, offer_id="one_question")
    assert [change.id for change in state.notices("adresse")] == ["one_question"]
    assert state.notices("revenus") == []


def test_refusing_sets_the_offer_aside(offered):
    state = services.refuse_offer(state=offered, offer_id="easy_wording")
    assert state.pending_offer is None
    assert state.presentation(Presentation()) == Presentation()


FORGED = ["nothing", "error_help", "error_help.unknown", "hand_off", "x" * 139, "", "<script>", "é", "x" * 9999]


@pytest.mark.parametrize("forged", FORGED)
def test_unknown_offers_and_changes_change_nothing(offered, forged):
    before = offered.policy_state
    state = services.accept_offer(state=offered, offer_id=forged)
    state = services.refuse_offer(state=state, offer_id=forged)
    state = services.undo_change(state=state, change_id=forged)
    assert state.policy_state == before


def test_undoing_all_takes_every_change_back(offered):
    state = services.accept_offer(state=offered, offer_id="easy_wording")
    state = services.accept_offer(state=state, offer_id="larger_text")
    state = services.undo_all(state=state)
    assert state.changes == []
    assert state.error_help == frozenset()


def test_stopping_and_resuming(offered):
    state = services.stop_help(state=offered)
    assert state.pending_offer is None
    assert state.policy_state.observations.counts == {}
    state = services.record_events(state=state, events=failure())
    assert state.policy_state.observations.counts == {}
    state = services.resume_help(state=state)
    state = services.record_events(state=state, events=failure())
    assert state.policy_state.observations.counts != {}


def test_a_choice_in_the_panel_wins_over_an_accepted_change_at_once_and_for_good(offered):
    state = services.accept_offer(state=offered, offer_id="easy_wording")
    base = Presentation().choosing(time.time() + 1, reading_level="standard")
    assert state.presentation(base).reading_level is ReadingLevel.STANDARD
    state = services.record_events(state=state, events=[shown("adresse")], preferences=base)
    assert state.changes == [change for change in state.changes if change.adaptation is Adaptation.ERROR_HELP]
    assert state.presentation(base).reading_level is ReadingLevel.STANDARD


def test_choosing_again_the_value_of_before_still_wins(state):
    base = Presentation().choosing(time.time(), text_size=125)
    state = services.record_events(state=state, events=[shown()], preferences=base)
    state = services.accept_offer(state=state, offer_id="larger_text")
    assert state.presentation(base).text_size == 175
    base = base.choosing(time.time() + 1, text_size=125)
    assert state.presentation(base).text_size == 125
    state = services.record_events(state=state, events=[shown("adresse")], preferences=base)
    assert state.presentation(base).text_size == 125


def test_what_was_accepted_stays_when_another_field_is_chosen(state):
    base = Presentation().choosing(time.time(), text_size=125)
    state = services.record_events(state=state, events=[shown()], preferences=base)
    state = services.accept_offer(state=state, offer_id="larger_text")
    base = base.choosing(time.time() + 1, contrast="more")
    state = services.record_events(state=state, events=[shown("adresse")], preferences=base)
    assert state.presentation(base).text_size == 175


def test_resetting_the_panel_undoes_the_journeys_changes_too(offered):
    state = services.accept_offer(state=offered, offer_id="larger_text")
    base = presentation_from({}, reset_at=time.time() + 1)
    assert state.presentation(base).text_size == 100
    state = services.record_events(state=state, events=[shown("adresse")], preferences=base)
    assert state.changes == []
    assert state.presentation(base).text_size == 100


def test_a_plain_form_shows_no_change(offered):
    state = services.accept_offer(state=offered, offer_id="larger_text")
    base = Presentation().choosing(time.time(), plain_form=True)
    assert state.presentation(base).text_size == 100


def test_switching_automatic_adaptation_in_the_panel_reaches_the_journey(state):
    base = Presentation().choosing(time.time(), auto_adapt=True)
    hint = InteractionEvent(EventKind.HINT, time.time(), name="zoom", value=200)
    state = services.record_events(state=state, events=[shown(), hint], preferences=base)
    assert state.presentation(base).larger_targets
    off = base.choosing(time.time(), auto_adapt=False)
    state = services.record_events(state=state, events=[shown("adresse")], preferences=off)
    assert not state.policy_state.auto_adapt
    assert state.presentation(off).larger_targets


def test_a_stale_tab_loses_nothing(state):
    state = services.record_events(state=state, events=[shown()])
    tab_one, tab_two = services.load_state(state.journey_id), services.load_state(state.journey_id)
    services.record_events(state=tab_one, events=failure("birth_date"))
    merged = services.record_events(state=tab_two, events=failure("phone"))
    assert merged.policy_state.observations.count("A2", "identite") == 2
    assert merged.policy_state.observations.count("A1", "birth_date") == 1


def test_two_first_writes_lose_nothing(state):
    other = services.load_state(state.journey_id)
    services.record_events(state=state, events=failure("birth_date"))
    merged = services.record_events(state=other, events=failure("phone"))
    assert merged.policy_state.observations.count("A2", "identite") == 2
    assert AdaptiveState.objects.count() == 1


def test_it_is_purged_erased_and_exported_with_the_journey(offered):
    assert {"adaptation"} <= retention.registered()
    part = export.export_journey(offered.journey_id)["held"]["adaptation"]
    assert [decision["rule"] for decision in part["decisions"]] == ["error_help", "offer"]
    assert services.purge_states(timezone.now(), dt.timedelta(days=30)) == 0
    assert services.purge_states(timezone.now() + dt.timedelta(days=31), dt.timedelta(days=30)) == 1
    services.record_events(state=services.load_state(offered.journey_id), events=failure())
    erasure.erase_journey(offered.journey_id)
    assert AdaptiveState.objects.count() == 0
    assert "adaptation" not in export.export_journey(offered.journey_id)["held"]
