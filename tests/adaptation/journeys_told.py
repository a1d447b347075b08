"""A short way to tell a journey in tests: events in order, the policy's own step underneath."""

from typing import Any

from accessform.adaptation.policy import advance
from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.state import Action, Adaptation, Decision, PolicyState, Status
from accessform.observation.events import EventKind, InteractionEvent


class Told:
    """A journey being told; `at` moves one second with every instant."""

    def __init__(self) -> None:
        self.state = PolicyState()
        self.at = 0.0
        self.decisions: list[Decision] = []

    def instant(self, *events: tuple[str, dict[str, Any]]) -> tuple[Decision, ...]:
        """Tell several events of one instant."""
        self.at += 1
        told = [InteractionEvent(EventKind(kind), self.at, **values) for kind, values in events]
        self.state, made = advance(self.state, told, load_policy())
        self.decisions += made
        return made

    def then(self, kind: str, **values: Any) -> tuple[Decision, ...]:
        """Tell one event."""
        return self.instant((kind, values))

    def shows(self, step: str) -> tuple[Decision, ...]:
        """Show a step."""
        return self.then("step_shown", step=step)

    def fails(self, step: str, *questions: str, code: str = "too_long") -> tuple[Decision, ...]:
        """Send a step and have some of its questions refused."""
        refused = [("rejected", {"step": step, "question": question, "code": code}) for question in questions]
        return self.instant(("submit_failed", {"step": step}), *refused)

    def walks(self, count: int) -> tuple[Decision, ...]:
        """Pass `count` more steps without difficulty."""
        made: tuple[Decision, ...] = ()
        for number in range(count):
            step = f"easy-{self.at:.0f}-{number}"
            made += self.shows(step)
            made += self.then("step_saved", step=step, changed=True)
        return made

    def made(self, action: Action) -> list[Adaptation | None]:
        """Return what was decided of one kind, in order."""
        return [decision.adaptation for decision in self.decisions if decision.action is action]


def status(told: Told, name: str) -> Status:
    """Return where a change stands."""
    return told.state.changes[name].status
