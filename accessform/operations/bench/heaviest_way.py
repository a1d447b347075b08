"""The way through a form on which one person meets the most: an exact search over what conditions name. Pure.

Of two ways that leave the same comparisons true for what comes after, the lighter one is dropped: nothing further on
can tell them apart. What is left is small, and no combination of answers is overlooked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from accessform.journeys.path import is_shown
from accessform.operations.bench.differing_answers import comparisons_of, differing_answers
from forms_catalog.conditions import Condition
from forms_catalog.definition import Question, Step


@dataclass(frozen=True)
class Way:
    """What was met so far, the answers that conditions name, and the texts of a step that has asked nothing yet.

    A step that asks nothing of what it holds is not on the way, and its texts are not met.
    """

    weight: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)
    waiting: int | None = None

    def meeting(self, weight: int) -> "Way":
        """Return this way with something asked on it: the step's texts are met too."""
        return replace(self, weight=self.weight + (self.waiting or 0) + weight, waiting=None)


def heaviest_way(steps: Sequence[Step], weights: Mapping[str, int]) -> Way:
    """Return the way through `steps` with the greatest sum of `weights` (by « step:<id> » and « question:<id> »).

    Each text counts once. A step counts where it is on the way, as `journeys.path` has it. Inside a group a question
    counts where some entry asks it: whoever adds entries meets them all.
    """
    return _Search(steps, weights).best()


class _Search:
    def __init__(self, steps: Sequence[Step], weights: Mapping[str, int]) -> None:
        self.steps = steps
        self.weights = weights
        conditions = [condition for step in steps for condition in (step.show_when, *_conditions_in(step.questions))]
        self.comparisons = list(dict.fromkeys(comparisons_of(conditions)))

    def best(self) -> Way:
        """Return the heaviest way to the end of the form."""
        ways = [Way()]
        for place, step in enumerate(self.steps):
            hidden = [way for way in ways if not is_shown(step, way.answers)]
            shown = self._through(step, [way for way in ways if is_shown(step, way.answers)], place)
            ways = self._heaviest([*hidden, *shown], self._later(place, ()))
        return max(ways, key=lambda way: way.weight)

    def _through(self, step: Step, ways: Sequence[Way], place: int) -> list[Way]:
        """Return the ways through a step whose condition holds on each of `ways`."""
        ways = [replace(way, waiting=self.weights.get(f"step:{step.id}", 0)) for way in ways]
        if not any(question.takes_answer for question in step.questions):
            ways = [way.meeting(0) for way in ways]
        for rank, question in enumerate(step.questions):
            extended = (after for way in ways for after in self._after(way, question))
            ways = self._heaviest(extended, self._later(place, step.questions[rank + 1 :]))
        return [replace(way, waiting=None) for way in ways]

    def _after(self, way: Way, question: Question) -> list[Way]:
        """Return the ways that go on from a question, one for each answer that makes a difference."""
        if not is_shown(question, way.answers):
            return [way]
        own = self.weights.get(f"question:{question.id}", 0)
        if not question.takes_answer:
            return [way.meeting(own) if way.waiting is None else replace(way, waiting=way.waiting + own)]
        met = way.meeting(own + sum(self._weights_inside(question, way.answers)))
        answers = differing_answers(question, self.comparisons)
        return [met if a is None else replace(met, answers={**met.answers, question.id: a}) for a in answers]

    def _weights_inside(self, group: Question, answers: Mapping[str, Any]) -> Iterable[int]:
        """Yield the weight of each question of a group that some entry asks."""
        entries: list[dict[str, Any]] = [{}]
        for child in group.questions:
            asking = [entry for entry in entries if is_shown(child, {**answers, **entry})]
            if asking:
                yield self.weights.get(f"question:{child.id}", 0)
            values = differing_answers(child, comparisons_of(_conditions_in(group.questions)))
            entries = [entry for entry in entries if entry not in asking] + [
                {**entry, child.id: value} for entry in asking for value in values
            ]

    def _later(self, place: int, rest: Sequence[Question]) -> list[Condition]:
        """Return the comparisons still to be made: by the rest of a step, and by the steps after it."""
        after = self.steps[place + 1 :]
        conditions = [condition for step in after for condition in (step.show_when, *_conditions_in(step.questions))]
        return list(dict.fromkeys(comparisons_of([*_conditions_in(rest), *conditions])))

    def _heaviest(self, ways: Iterable[Way], later: Sequence[Condition]) -> list[Way]:
        """Keep the heaviest of the ways that nothing later tells apart."""
        found: dict[tuple[object, ...], Way] = {}
        for way in ways:
            key = (way.waiting, *(comparison.holds(way.answers) for comparison in later))
            if key not in found or found[key].weight < way.weight:
                found[key] = way
        return list(found.values())


def _conditions_in(questions: Iterable[Question]) -> list[Condition | None]:
    """Return the conditions of questions and of those inside groups."""
    return [one.show_when for question in questions for one in (question, *question.questions)]
