"""What is counted of a detector on each world's journeys, and the estimates made of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from accessform.adaptation.evaluation.estimates import Estimate, Totals, precision_area, roc_area
from accessform.adaptation.evaluation.people.cohorts import AGES, SLOW_AGE, TRAITS, Person
from accessform.adaptation.evaluation.people.journeys import Journey, journey
from accessform.adaptation.evaluation.people.worlds import Half, world
from accessform.adaptation.evaluation.running import Run, failures, rejections

WORLDS = 40
UNTROUBLED = 120
IN_NEED = 80
"""Worlds of a half; journeys of people without and with a need in each."""

PREVALENCES = (0.1, 0.2, 0.3)
USUAL = 0.2
HANDED_AT = 3
FAILED_STEPS = 2
MORE_FAILURES = 2

AXES: dict[str, Callable[[Person], str]] = {
    "age": lambda person: person.age,
    "device": lambda person: person.device,
    "pointing": lambda person: person.pointing,
    "language": lambda person: person.language,
}
GROUPS: dict[str, tuple[str, ...]] = {
    "age": AGES,
    "device": ("desktop", "phone"),
    "pointing": ("mouse", "touch", "keyboard"),
    "language": ("french", "other"),
}

Journeys = list[list[Journey]]
Runs = list[list[Run]]


def journeys(half: Half, *, every: int = 1) -> Journeys:
    """Return the journeys of each world of a half; with `every`, one in so many."""
    return [
        [
            journey(world(half, number), index, in_need=in_need)
            for in_need, count in ((False, UNTROUBLED), (True, IN_NEED))
            for index in range(0, count, every)
        ]
        for number in range(WORLDS)
    ]


def runs(told: Journeys, detector: Callable[[Journey], Run]) -> Runs:
    """Run a detector over all journeys."""
    return [[detector(one) for one in of_world] for of_world in told]


def counted(of_detector: Runs) -> list[Totals]:
    """Return the totals of each world."""
    return [_of_world(of_world) for of_world in of_detector]


def _of_world(of_world: Sequence[Run]) -> Totals:
    """Count one world."""
    totals: Totals = Counter()
    for one in of_world:
        if not one.journey.person.needs:
            _count_calm(totals, one)
        elif one.troubled:
            _count_troubled(totals, one)
        else:
            totals.update({"spared": 1, "spared.offered": int(bool(one.proposals))})
        _count_handing(totals, one)
    _count_areas(totals, of_world)
    return totals


def _count_calm(totals: Totals, one: Run) -> None:
    """Count a journey of somebody without need, by group and habit too."""
    person, offered = one.journey.person, int(bool(one.proposals))
    totals.update({"calm": 1, "calm.offers": len(one.proposals), "calm.offered": offered})
    totals.update({"calm.handed": int(one.handed)})
    groups = [f"{axis}={group(person)}" for axis, group in AXES.items()]
    groups += [f"habit={trait}" for trait in TRAITS if trait in person.traits]
    groups += [] if person.traits else ["habit=none"]
    for name in groups:
        totals.update({f"calm.{name}": 1, f"calm.offered.{name}": offered})
    totals.update({f"calm.fired.{signal}": 1 for signal in one.fired})


def _count_troubled(totals: Totals, one: Run) -> None:
    """Count a journey in which difficulty was met."""
    found, told = one.after_onset, one.journey
    totals.update({"troubled": 1, "troubled.offered": int(bool(one.proposals))})
    totals.update({"troubled.first_true": int(one.first_is_true), "troubled.reached": int(found is not None)})
    totals.update({"troubled.fits": int(one.fits)})
    totals.update({f"troubled.fired.{signal}": 1 for signal in one.fired})
    if not told.gave_up:
        return
    acted = found is not None and found.at < told.instants[-1][0].at
    totals.update({"gone": 1, "gone.reached": int(found is not None), "gone.acted": int(acted)})
    seen = min(len(failures(told)), 2)
    totals.update({f"gone.failed={seen}": 1, f"gone.reached.failed={seen}": int(found is not None)})


def _count_handing(totals: Totals, one: Run) -> None:
    """Count who fails again and again, and to whom of them a person is proposed."""
    told = one.journey
    if fails_repeatedly(told):
        totals.update({"repeated": 1, "repeated.handed": int(one.handed)})


def fails_repeatedly(told: Journey) -> bool:
    """Tell whether one question was refused three times, or two steps twice each."""
    if max(Counter(rejections(told)).values(), default=0) >= HANDED_AT:
        return True
    by_step = Counter(step for _, step in failures(told))
    return sum(count >= FAILED_STEPS for count in by_step.values()) >= FAILED_STEPS


def _count_areas(totals: Totals, of_world: Iterable[Run]) -> None:
    """Count the areas under the curves of one world, and how much the score tells of age."""
    told = list(of_world)
    up = [one.score for one in told if one.troubled]
    calm = [one for one in told if not one.journey.person.needs]
    down = [one.score for one in calm]
    roc, precise = roc_area(up, down), precision_area(up, down, USUAL)
    if roc is not None and precise is not None:
        totals.update({"areas": 1, "areas.roc": roc, "areas.precision": precise})
    old = [one.score for one in calm if one.journey.person.age == SLOW_AGE]
    young = [one.score for one in calm if one.journey.person.age == AGES[0]]
    age = roc_area(old, young)
    if age is not None:
        totals.update({"age": 1, "age.roc": age})


def precision(prevalence: float) -> Estimate:
    """Return the share of first proposals that come to somebody in difficulty, after it began, at a prevalence."""

    def estimate(totals: Totals) -> float | None:
        if not totals["troubled"] or not totals["calm"]:
            return None
        right = prevalence * totals["troubled.first_true"] / totals["troubled"]
        made = prevalence * totals["troubled.offered"] / totals["troubled"]
        made += (1 - prevalence) * totals["calm.offered"] / totals["calm"]
        return right / made if made else None

    return estimate


def group_ratio(axis: str, group: str) -> Estimate:
    """Return how much oftener untroubled people of a group are disturbed than all others of that axis."""
    others = [other for other in GROUPS[axis] if other != group]

    def estimate(totals: Totals) -> float | None:
        here, offered = totals[f"calm.{axis}={group}"], totals[f"calm.offered.{axis}={group}"]
        there = sum(totals[f"calm.{axis}={other}"] for other in others)
        disturbed = sum(totals[f"calm.offered.{axis}={other}"] for other in others)
        return (offered / here) / (disturbed / there) if here and there and disturbed else None

    return estimate


def within_two_failures(with_counters: Runs, server: Runs) -> list[Totals]:
    """Count, of those to whom counters bring something, who gets it from the server two failures of the step later.

    Only journeys in which the same step is refused twice more can tell.
    """
    return [
        sum((_late(seen, alone) for seen, alone in zip(here, there, strict=True)), Counter())
        for here, there in zip(with_counters, server, strict=True)
    ]


def _late(seen: Run, alone: Run) -> Totals:
    found = seen.after_onset
    if found is None:
        return Counter()
    later: Counter[str] = Counter()
    for at, step in failures(seen.journey):
        later[step] += at > found.at
        if later[step] == MORE_FAILURES:
            reached = any(proposal.at <= at for proposal in alone.proposals)
            return Counter({"late": 1, "late.reached": int(reached)})
    return Counter()


def delays(of_detector: Runs) -> tuple[list[float], list[int]]:
    """Return the seconds and the pages from the onset to the first true proposal, in order."""
    from_onset = []
    for one in (one for of_world in of_detector for one in of_world):
        found, onset = one.after_onset, one.journey.onset
        if found is not None and onset is not None:
            shown = sum(event.kind == "step_shown" and event.at <= onset for i in one.journey.instants for event in i)
            from_onset.append((found.at - onset, found.page - shown))
    return sorted(seconds for seconds, _ in from_onset), sorted(steps for _, steps in from_onset)
