"""Counts of what happened, and the points of evidence that they make."""

import pytest

from accessform.observation.events import EventKind, InteractionEvent
from accessform.observation.struggle import (
    MAX_PLACES,
    Observations,
    SignalRule,
    assess,
    observations_from,
    observe,
)

RULES = {
    "A1": SignalRule("A1", "answers", 2, True, {"easy": (0, 3, 4)}, {}),
    "A2": SignalRule("A2", "answers", 2, True, {"easy": (1, 2, 3)}, {}),
    "A3": SignalRule("A3", "help", 2, False, {"easy": (0, 2)}, {}),
    "A7": SignalRule("A7", "declared", 2, True, {"easy": (2,)}, {"listen": {"voice": (2, 4)}}),
}


@pytest.fixture
def seen() -> Observations:
    return Observations()


def tell(seen: Observations, kind: EventKind, step: str = "a", **values: object) -> str | None:
    return observe(seen, InteractionEvent(kind, 1.0, step, **values))  # type: ignore[arg-type]


def points(seen: Observations, help_name: str = "easy") -> float:
    return assess(seen, RULES, help_name, halve_every=3).points


def test_nothing_seen_makes_no_point(seen):
    assert points(seen) == 0


def test_signals_of_one_family_on_one_step_are_one_difficulty(seen):
    for _ in range(2):
        tell(seen, EventKind.SUBMIT_FAILED)
        tell(seen, EventKind.REJECTED, question="q")
    assessment = assess(seen, RULES, "easy", halve_every=3)
    assert assessment.points == 3
    assert [item.signal for item in assessment.evidence] == ["A1"]
    assert assessment.repeated_outcome


def test_families_add_up(seen):
    tell(seen, EventKind.SUBMIT_FAILED)
    tell(seen, EventKind.HELP_OPENED)
    tell(seen, EventKind.HELP_OPENED)
    assessment = assess(seen, RULES, "easy", halve_every=3)
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


def test_counts_cannot_grow_for_ever(seen):
    for number in range(MAX_PLACES + 50):
        tell(seen, EventKind.HELP_OPENED, f"s{number}")
    assert len(seen.counts["A3"]) == MAX_PLACES


def test_it_survives_storage_and_copies_stand_apart(seen):
    tell(seen, EventKind.STEP_SHOWN)
    tell(seen, EventKind.RETURNED, "b")
    tell(seen, EventKind.REJECTED, question="q", code="required")
    assert observations_from(seen.as_dict()) == seen
    copy = seen.copy()
    tell(copy, EventKind.REJECTED, question="q")
    assert seen.count("A1", "q") == 1
