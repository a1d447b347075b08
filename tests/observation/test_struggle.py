"""Counts of what happened, and the points of evidence that they make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.observation.events import EventKind, InteractionEvent
from accessform.observation.struggle import (
    MAX_OWN,
    MAX_PLACES,
    CounterRule,
    Noticing,
    Observations,
    SignalRule,
    assess,
    observations_from,
    observe,
)

NOTICING = Noticing(
    {"B4": CounterRule(2), "B1": CounterRule(11, times_own=3, baseline=3)},
    return_window=5,
)

RULES = {
    "A1": SignalRule("A1", "answers", 2, True, {"easy": (0, 3, 4)}, {}),
    "A2": SignalRule("A2", "answers", 2, True, {"easy": (1, 2, 3)}, {}),
    "A3": SignalRule("A3", "help", 2, False, {"easy": (0, 2)}, {}),
    "A7": SignalRule(
        "A7", "declared", 2, True, {"easy": (2,)}, {"aloud": {"voice": (2, 4)}}, kinds={"listen": "aloud"}
    ),
    "B1": SignalRule("B1", "pace", 11, False, {"easy": (1, 2)}),
    "B4": SignalRule("B4", "typing", 2, False, {"easy": (2, 3)}, per=2),
}


@pytest.fixture
def seen() -> Observations:
    return Observations()


def tell(seen: Observations, kind: EventKind, step: str = "a", **values: object) -> str | None:
    return observe(seen, InteractionEvent(kind, 1.0, step, **values), NOTICING)  # type: ignore[arg-type]


def points(seen: Observations, help_name: str = "easy") -> float:
    found = assess(seen, RULES, {help_name}, halve_every=3)
    return found[help_name].points if found else 0


def test_nothing_seen_makes_no_point(seen):
    assert points(seen) == 0


def test_signals_of_one_family_on_one_step_are_one_difficulty(seen):
    for _ in range(2):
        tell(seen, EventKind.SUBMIT_FAILED)
        tell(seen, EventKind.REJECTED, question="q")
    assessment = assess(seen, RULES, {"easy"}, halve_every=3)["easy"]
    assert assessment.points == 3
    assert [item.signal for item in assessment.evidence] == ["A1"]
    assert assessment.repeated_outcome


def test_families_add_up(seen):
    tell(seen, EventKind.SUBMIT_FAILED)
    tell(seen, EventKind.HELP_OPENED)
    tell(seen, EventKind.HELP_OPENED)
    assessment = assess(seen, RULES, {"easy"}, halve_every=3)["easy"]
    assert assessment.points == 3
    assert assessment.families == {"answers", "help"}
    assert not assessment.repeated_outcome


def test_the_last_figure_holds_for_every_higher_count(seen):
    for _ in range(9):
        tell(seen, EventKind.REJECTED, question="q")
    assert points(seen) == 4


@pytest.mark.parametrize(("walked", "left"), [(0, 3), (2, 3), (3, 1.5), (5, 1.5), (6, 0.75), (9, 0.375)])
def test_points_halve_every_three_steps(seen, walked, left):
    tell(seen, EventKind.STEP_SHOWN, "a")
    for _ in range(2):
        tell(seen, EventKind.REJECTED, question="q")
    for number in range(walked):
        tell(seen, EventKind.STEP_SHOWN, f"s{number}")
    assert points(seen) == left


def test_showing_the_same_step_again_is_not_walking(seen):
    for _ in range(10):
        tell(seen, EventKind.STEP_SHOWN, "a")
    assert seen.index == 0


def test_only_returns_known_to_change_nothing_count_and_only_within_five_steps(seen):
    for changed in (True, None, False):
        tell(seen, EventKind.RETURNED)
        tell(seen, EventKind.STEP_SAVED, changed=changed)
    assert seen.count("A4", "") == 1
    for number in range(6):
        tell(seen, EventKind.STEP_SHOWN, f"s{number}")
    tell(seen, EventKind.RETURNED)
    tell(seen, EventKind.STEP_SAVED, changed=False)
    assert seen.count("A4", "") == 1
    tell(seen, EventKind.RETURNED)
    tell(seen, EventKind.STEP_SAVED, changed=False)
    assert seen.count("A4", "") == 2


def test_saving_a_step_that_was_not_returned_to_is_no_evidence(seen):
    assert tell(seen, EventKind.STEP_SAVED, changed=False) is None
    assert seen.counts == {}


def test_a_declared_need_counts_by_its_kind(seen):
    tell(seen, EventKind.ASKED_FOR_HELP)
    for _ in range(2):
        tell(seen, EventKind.ASKED_FOR_HELP, code="listen")
    assert points(seen) == 2
    assert points(seen, "voice") == 4


def count(seen: Observations, name: str, value: int, question: str = "q") -> str | None:
    return tell(seen, EventKind.COUNTER, name=name, value=value, question=question)


def test_counts_cannot_grow_for_ever_and_the_latest_stay(seen):
    for number in range(MAX_PLACES + 50):
        tell(seen, EventKind.HELP_OPENED, f"s{number}")
    tell(seen, EventKind.HELP_OPENED, "s60")
    tell(seen, EventKind.HELP_OPENED, "late")
    assert len(seen.counts["A3"]) == MAX_PLACES
    assert seen.count("A3", "s60") == 2
    assert seen.count("A3", "late") == 1
    assert seen.count("A3", "s50") == 0


def test_a_counter_that_adds_up_is_a_sign_from_its_count_on(seen):
    assert count(seen, "B4", 1) is None
    assert points(seen) == 0
    assert count(seen, "B4", 1) == "B4"
    assert points(seen) == 2
    assert count(seen, "B4", 0) is None
    count(seen, "B4", 2)
    assert points(seen) == 3


def test_a_pace_is_compared_with_the_person_s_own_alone(seen):
    for _ in range(6):
        assert count(seen, "B1", 60) is None
    assert count(seen, "B1", 180) is None
    assert count(seen, "B1", 181) == "B1"
    assert points(seen) == 1


def test_a_pace_without_enough_earlier_answers_is_no_sign(seen):
    for value in (1, 1, 500):
        assert count(seen, "B1", value) is None
    assert count(seen, "B1", 10) is None
    assert count(seen, "B1", 17) == "B1"


def test_the_person_s_own_values_are_few(seen):
    for value in range(100):
        count(seen, "B1", value)
    assert len(seen.own["B1"]) == MAX_OWN


def test_a_counter_without_a_rule_is_not_counted(seen):
    assert count(seen, "B3", 90) is None
    assert seen.counts == {}


def test_it_survives_storage_and_copies_stand_apart(seen):
    tell(seen, EventKind.STEP_SHOWN)
    tell(seen, EventKind.RETURNED, "b")
    tell(seen, EventKind.REJECTED, question="q", code="required")
    assert observations_from(seen.as_dict()) == seen
    copy = seen.copy()
    tell(copy, EventKind.REJECTED, question="q")
    assert seen.count("A1", "q") == 1


@given(st.lists(st.integers(11, 300), max_size=25), st.integers(2, 9))
def test_who_is_as_many_times_slower_everywhere_gives_the_same_signs(values, slower):
    """Never an absolute speed: above the least, only a person's own proportions decide."""
    quick, slow = Observations(), Observations()
    for value in values:
        assert count(quick, "B1", value) == count(slow, "B1", value * slower)


@given(st.lists(st.integers(0, 10), max_size=40))
def test_a_missing_channel_or_a_quick_person_is_no_evidence_either_way(values):
    seen = Observations()
    tell(seen, EventKind.SUBMIT_FAILED)
    before = assess(seen, RULES, {"easy"}, halve_every=3)
    for value in values:
        count(seen, "B1", value)
    assert assess(seen, RULES, {"easy"}, halve_every=3) == before
