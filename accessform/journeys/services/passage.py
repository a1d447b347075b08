"""A journey with its answers and its way, read in one query."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, Value, When

from accessform.journeys.models import Journey, StepAnswers
from accessform.journeys.path import JourneyPath, journey_path, unanswered
from accessform.journeys.prelude import prelude
from accessform.trust.fields import EncryptedJSONField
from forms_catalog.definition import FormDefinition, Step


@dataclass
class Passage:
    """Where one person stands in one form."""

    journey: Journey
    definition: FormDefinition
    steps: tuple[Step, ...]
    rows: dict[str, StepAnswers]
    typed: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.path: JourneyPath = journey_path(self.steps, self.answers())

    @property
    def form_key(self) -> str:
        """The form and its version, as the adaptation room counts them."""
        return f"{self.definition.slug}@{self.journey.version.number}"

    def answers(self) -> dict[str, Any]:
        """Return every accepted answer, those of hidden questions included."""
        return {name: value for row in self.rows.values() for name, value in row.answers.items()}

    def earlier(self, step: Step) -> dict[str, Any]:
        """Return the answers that count before `step`."""
        asked = {question.id for question in step.questions}
        return {name: value for name, value in self.path.answers.items() if name not in asked}

    def complete(self) -> set[str]:
        """Return the ids of the steps on the way that were left without error and wait for nothing since."""
        left = [step for step in self.path.steps if step.id in self.rows and self.rows[step.id].complete]
        return {step.id for step in left if not any(unanswered(step, self.path.answers))}

    def next_to_fill(self) -> Step | None:
        """Return the first step that still waits, None where the answers can be checked."""
        return self.path.first_unfinished(self.complete())

    def step(self, step_id: str) -> Step | None:
        """Return a step of the form, hidden or not; None where there is none of that id."""
        return next((step for step in self.steps if step.id == step_id), None)


def load_passage(journey: Journey, *, typed_of: str = "") -> Passage:
    """Return the passage of `journey`; only the step `typed_of` brings what was typed there (1 query)."""
    typed = Case(
        When(step_id=typed_of, then=F("typed")),
        default=Value(None, EncryptedJSONField()),
        output_field=EncryptedJSONField(),
    )
    rows = StepAnswers.objects.filter(journey=journey).defer("typed").annotate(typed_here=typed)
    by_step = {row.step_id: row for row in rows}
    definition = journey.version.definition
    here = by_step.get(typed_of)
    return Passage(
        journey=journey,
        definition=definition,
        steps=(prelude(), *definition.steps),
        rows=by_step,
        typed=(here.typed_here or {}) if here else {},  # type: ignore[attr-defined]
    )
