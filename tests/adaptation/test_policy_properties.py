"""What holds whatever happens, in whatever order (hypothesis)."""

import json
import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accessform.adaptation.effects import effective_values, presentation_of, proposable
from accessform.adaptation.policy import advance, advance_in_place, step
from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.preferences import CHOICES, ENUMS, NUMBERS, Presentation
from accessform.adaptation.state import MAX_DECISIONS, Action, Adaptation, PolicyState, Status, state_from
from accessform.observation.events import COUNTERS, NEEDS_STEP, WHY_NOT_UNDERSTOOD, EventKind, InteractionEvent
from accessform.observation.hints import ALLOWED_HINTS
from accessform.observation.struggle import MAX_OWN, MAX_PLACES

POLICY = load_policy()
STEPS = st.sampled_from(["identite", "adresse", "revenus"])
QUESTIONS = st.sampled_from(["birth_date", "phone", "street"])
HELPS = [adaptation.value for adaptation in Adaptation if adaptation is not Adaptation.ERROR_HELP]
NAMES = st.sampled_from([*HELPS, "hand_off", "asked", "error_help.birth_date", "unknown"])
LEVELS = ("standard", "plain", "easy")

settings.register_profile("policy", max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("policy")


def choice(name: str) -> st.SearchStrategy[Any]:
    if name in ENUMS:
        return st.sampled_from([member.value for member in ENUMS[name]])
    return st.sampled_from(NUMBERS[name]) if name in NUMBERS else st.booleans()


@st.composite
def happenings(draw: st.DrawFn) -> dict[str, Any]:
    """Everything but the time of an event."""
    kind = draw(st.sampled_from([*EventKind, *[EventKind.REJECTED, EventKind.SUBMIT_FAILED] * 4]))
    told: dict[str, Any] = {"kind": kind}
    if kind in NEEDS_STEP:
        told["step"] = draw(STEPS)
    if kind is EventKind.REJECTED:
        told |= {"question": draw(QUESTIONS), "code": draw(st.sampled_from(["required", "invalid"]))}
    elif kind is EventKind.NOT_UNDERSTOOD:
        told |= {"question": draw(QUESTIONS), "code": draw(st.sampled_from(sorted(WHY_NOT_UNDERSTOOD)))}
    elif kind is EventKind.STEP_SAVED:
        told["changed"] = draw(st.sampled_from([True, False, None]))
    elif kind is EventKind.ASKED_FOR_HELP:
        told |= draw(st.sampled_from([{}, {"code": "listen"}, {"question": "phone"}]))
    elif kind in (EventKind.OFFER_ACCEPTED, EventKind.OFFER_REFUSED, EventKind.CHANGE_UNDONE):
        told["name"] = draw(st.one_of(st.none(), NAMES))
    elif kind is EventKind.PREFERENCE_SET:
        told["name"] = draw(st.sampled_from(CHOICES))
        told["value"] = draw(st.one_of(st.none(), choice(told["name"])))
    elif kind is EventKind.AUTO_ADAPT_SET:
        told["value"] = draw(st.booleans())
    elif kind is EventKind.HINT:
        told["name"] = draw(st.sampled_from(sorted(ALLOWED_HINTS)))
        told["value"] = draw(st.sampled_from(sorted(ALLOWED_HINTS[told["name"]], key=str)))
    elif kind is EventKind.COUNTER:
        told |= {"name": draw(st.sampled_from(sorted(COUNTERS))), "value": draw(st.integers(0, 50))}
    return told


TALES = st.lists(happenings(), max_size=40)


def told(tale: list[dict[str, Any]]) -> list[InteractionEvent]:
    return [InteractionEvent(at=float(place), **values) for place, values in enumerate(tale, start=1)]


@given(TALES)
def test_nothing_that_happens_breaks_it_and_it_always_says_the_same(tale):
    first, again = PolicyState(), PolicyState()
    for event in told(tale):
        before = json.dumps(first.as_dict())
        after, decisions = step(first, event, POLICY)
        assert json.dumps(first.as_dict()) == before
        again, repeated = step(state_from(json.loads(json.dumps(again.as_dict()))), event, POLICY)
        assert (after, decisions) == (again, repeated)
        first = after


@given(TALES)
def test_limits_hold(tale):
    state = PolicyState()
    for event in told(tale):
        state, _ = step(state, event, POLICY)
        waiting = [change for change in state.changes.values() if change.status is Status.OFFERED]
        assert len(waiting) <= 1
        assert state.offers_made <= 3
        if state.silent:
            assert not waiting


@given(TALES)
def test_what_the_person_chose_is_never_touched_by_inference(tale):
    state = PolicyState()
    for event in told(tale):
        chosen = dict(state.chosen)
        before = effective_values(state)
        after, decisions = step(state, event, POLICY)
        for decision in decisions:
            if decision.action in (Action.APPLY, Action.OFFER) and decision.adaptation is not Adaptation.ERROR_HELP:
                assert decision.adaptation
                assert POLICY.file.adaptations[decision.adaptation].field not in after.chosen
        if event.kind not in (EventKind.PREFERENCE_SET, EventKind.OFFER_ACCEPTED, EventKind.CHANGE_UNDONE):
            assert {name: effective_values(after)[name] for name in chosen} == {name: before[name] for name in chosen}
        if event.kind is EventKind.PREFERENCE_SET and event.name in after.chosen:
            assert effective_values(after)[event.name] == after.chosen[event.name]
        state = after


@given(TALES)
def test_undoing_and_refusing_are_sticky(tale):
    state = PolicyState()
    closed: set[str] = set()
    for event in told(tale):
        state, decisions = step(state, event, POLICY)
        if event.kind is EventKind.OFFER_ACCEPTED:
            closed -= {name for name in closed if state.changes[name].in_force}
        for decision in decisions:
            name = decision.adaptation.value if decision.adaptation else ""
            if decision.action in (Action.APPLY, Action.OFFER) and not decision.question:
                assert name not in closed
        closed |= {name for name, change in state.changes.items() if change.status in (Status.UNDONE, Status.REFUSED)}


@given(TALES)
def test_no_decision_makes_the_wording_harder(tale):
    state = PolicyState()
    for event in told(tale):
        after, decisions = step(state, event, POLICY)
        if (
            any(decision.action is Action.APPLY for decision in decisions)
            and event.kind is not EventKind.PREFERENCE_SET
        ):
            level, before = effective_values(after)["reading_level"], effective_values(state)["reading_level"]
            assert LEVELS.index(str(level)) >= LEVELS.index(str(before))
        state = after


@given(TALES, st.lists(happenings(), min_size=2, max_size=5), st.randoms())
def test_the_order_of_simultaneous_events_does_not_matter(tale, together, random):
    state = PolicyState()
    for event in told(tale):
        state, _ = step(state, event, POLICY)
    instant = [InteractionEvent(at=1000.0, **values) for values in together]
    shuffled = list(instant)
    random.shuffle(shuffled)
    assert advance(state, instant, POLICY) == advance(state, shuffled, POLICY)


@given(TALES, st.lists(happenings(), max_size=5))
def test_a_set_of_events_leaves_the_state_given_as_it_was_and_in_place_decides_the_same(tale, together):
    state, alone = PolicyState(), PolicyState()
    for event in told(tale):
        state, decisions = advance(state, [event], POLICY)
        assert advance_in_place(alone, [event], POLICY) == decisions
    before = json.dumps(state.as_dict())
    instant = [InteractionEvent(at=1000.0, **values) for values in together]
    after, decisions = advance(state, instant, POLICY)
    assert json.dumps(state.as_dict()) == before
    assert advance_in_place(alone, instant, POLICY) == decisions
    assert json.dumps(alone.as_dict()) == json.dumps(after.as_dict())


@given(TALES)
def test_refusing_an_offer_leaves_every_count_and_every_other_help(tale):
    state = PolicyState()
    for event in told(tale):
        state, _ = step(state, event, POLICY)
    refused, decisions = step(state, InteractionEvent(EventKind.OFFER_REFUSED, 1000.0), POLICY)
    assert refused.observations == state.observations
    assert effective_values(refused) == effective_values(state)
    kept = {name: change for name, change in state.changes.items() if change.status is not Status.OFFERED}
    assert {name: refused.changes[name] for name in kept} == kept
    assert all(decision.action is Action.WITHDRAW for decision in decisions)


@given(TALES)
def test_stopping_leaves_no_count_whatever_came_before(tale):
    state = PolicyState()
    for event in told(tale):
        state, _ = step(state, event, POLICY)
    stop = InteractionEvent(EventKind.PREFERENCE_SET, 1000.0, name="help_offers", value=False)
    stopped, decisions = step(state, stop, POLICY)
    assert decisions == ()
    assert stopped.observations.counts == {}
    assert '"count":' not in json.dumps(stopped.as_dict())


@st.composite
def long_tales(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Far more questions than any form has, each failed again and again, with everything else between."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    between = draw(st.lists(happenings(), min_size=1, max_size=20))
    tale = []
    for number in range(1500):
        place = {"step": f"step-{chance.randrange(400)}", "question": f"question-{chance.randrange(400)}"}
        tale += [
            {"kind": EventKind.REJECTED, "code": "required", **place},
            {"kind": EventKind.COUNTER, "name": chance.choice(sorted(COUNTERS)), "value": number, **place},
            chance.choice(between),
        ]
    return tale


@settings(max_examples=5)
@given(long_tales())
def test_no_sequence_grows_the_row_or_stalls_the_step(tale):
    state = PolicyState()
    for event in told(tale):
        state, _ = step(state, event, POLICY)
    assert all(len(places) <= MAX_PLACES for places in state.observations.counts.values())
    assert all(len(values) <= MAX_OWN for values in state.observations.own.values())
    assert len(state.decisions) <= MAX_DECISIONS
    assert len(state.handed) <= MAX_DECISIONS + 1
    assert len(state.changes) <= MAX_PLACES + len(Adaptation)
    assert len(json.dumps(state.as_dict())) < 200_000


@given(TALES, st.sampled_from(["offer_refused", "hand_off"]))
def test_refusing_changes_nothing_in_what_a_page_shows(tale, which):
    state = PolicyState()
    for event in told(tale):
        state, _ = step(state, event, POLICY)
    name = None if which == "offer_refused" else "hand_off"
    refused, _ = step(state, InteractionEvent(EventKind.OFFER_REFUSED, 1000.0, name=name), POLICY)
    for base in (Presentation(), Presentation().choosing(1.0, reading_level="standard", text_size=150)):
        assert presentation_of(refused, base) == presentation_of(state, base)


@given(TALES)
def test_a_refused_help_leaves_every_other_help_as_likely(tale):
    state = PolicyState()
    for event in told(tale):
        state, _ = step(state, event, POLICY)
    offer = state.pending_offer
    refused, _ = step(state, InteractionEvent(EventKind.OFFER_REFUSED, 1000.0), POLICY)
    before = set(proposable(state, POLICY))
    assert set(proposable(refused, POLICY)) == before - ({offer.adaptation} if offer else set())
