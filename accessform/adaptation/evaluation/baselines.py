"""Simple rules that the policy must be better than, on the same journeys."""

from collections.abc import Callable, Sequence

from accessform.adaptation.evaluation.people.journeys import Journey
from accessform.adaptation.evaluation.people.worlds import Dice
from accessform.adaptation.evaluation.running import Proposal, Run, failures
from accessform.observation.events import EventKind

Rule = Callable[[Journey], Sequence[Proposal]]


def never(journey: Journey) -> Sequence[Proposal]:
    """Propose nothing."""
    return ()


def always(journey: Journey) -> Sequence[Proposal]:
    """Propose on each page."""
    return [Proposal(at, page) for page, at, _ in pages(journey)]


def first_error(journey: Journey) -> Sequence[Proposal]:
    """Propose at the first refused send of the journey."""
    return [_at(journey, at) for at, _ in failures(journey)[:1]]


def failed_submits(journey: Journey) -> Sequence[Proposal]:
    """Propose at the second refused send of a step."""
    seen: dict[str, int] = {}
    found = []
    for at, step in failures(journey):
        seen[step] = seen.get(step, 0) + 1
        if seen[step] == 2:  # noqa: PLR2004 – the second, as told
            found.append(_at(journey, at))
    return found


def at_random(chance: float) -> Rule:
    """Return the rule that proposes on a page with that chance."""

    def rule(journey: Journey) -> Sequence[Proposal]:
        dice = Dice(f"{journey.person.id}/random")
        return [Proposal(at, page) for page, at, _ in pages(journey) if dice.chance(chance)]

    return rule


def time_out(seconds: float) -> Rule:
    """Return the rule that proposes where one page has been open for so long, once a journey."""

    def rule(journey: Journey) -> Sequence[Proposal]:
        late = [Proposal(at + seconds, page) for page, at, left in pages(journey) if left - at > seconds]
        return late[:1]

    return rule


def run_rule(journey: Journey, rule: Rule) -> Run:
    """Run a rule over one journey."""
    proposals = tuple(rule(journey))
    return Run(journey, proposals, float(bool(proposals)))


def pages(journey: Journey) -> list[tuple[int, float, float]]:
    """Return each page shown: its number from 1, when, and when the next came or the journey ended."""
    shown = [i[0].at for i in journey.instants if any(event.kind is EventKind.STEP_SHOWN for event in i)]
    end = journey.left_at if journey.left_at is not None else journey.instants[-1][0].at
    return [(page, at, left) for page, (at, left) in enumerate(zip(shown, [*shown[1:], end], strict=True), start=1)]


def longest_page(journey: Journey) -> float:
    """Return the seconds of the page that was open longest."""
    return max(left - at for _, at, left in pages(journey))


def _at(journey: Journey, at: float) -> Proposal:
    """Return a proposal at that time, on the page then open."""
    return Proposal(at, sum(shown <= at for _, shown, _ in pages(journey)))
