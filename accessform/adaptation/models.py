"""What is remembered about one journey's help: one row, no answer, no name, gone after thirty days."""

import functools
import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from accessform.adaptation.effects import presentation_of
from accessform.adaptation.preferences import Presentation
from accessform.adaptation.state import Adaptation, Change, HandOff, PolicyState, Status, state_from


class AdaptiveState(models.Model):
    """The policy's memory of one journey: its state, every decision included, and the version that decided last.

    `revision` grows with each write, so that two tabs never overwrite each other (see services). A row that does not
    exist yet is revision 0.
    """

    journey_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.CharField(max_length=140, blank=True, help_text="The form and its version, as « slug@3 ».")
    state = models.JSONField(default=dict)
    policy_version = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.journey_id)

    @functools.cached_property
    def policy_state(self) -> PolicyState:
        """The state, read."""
        return state_from(self.state)

    def presentation(self, base: Presentation) -> Presentation:
        """Return how this journey's pages look: `base` (the session's choices) with the changes in force."""
        return presentation_of(self.policy_state, base)

    @property
    def pending_offer(self) -> Change | None:
        """The offer that waits for an answer. Its `id` goes into `accept:<id>` and `refuse:<id>`."""
        return self.policy_state.pending_offer

    @property
    def changes(self) -> list[Change]:
        """The changes in force, oldest first. Their `id` goes into `undo:<id>`."""
        return self.policy_state.in_force()

    @property
    def error_help(self) -> frozenset[str]:
        """Ids of the questions whose error is said plainly, with the example and the help open."""
        return frozenset(
            change.question
            for change in self.policy_state.in_force()
            if change.adaptation is Adaptation.ERROR_HELP and change.question
        )

    @property
    def hand_off(self) -> HandOff | None:
        """Why a person is proposed now, None where nobody is or the person has answered."""
        hand_off = self.policy_state.hand_off
        return hand_off if hand_off and hand_off.status is Status.OFFERED else None

    def notices(self, step: str) -> list[Change]:
        """Return the changes made on `step`, to be said with their undo; errors said plainly need no notice."""
        return [
            change
            for change in self.policy_state.in_force()
            if change.step == step and change.adaptation is not Adaptation.ERROR_HELP
        ]

    def as_record(self) -> dict[str, Any]:
        """Return the person's own copy: every decision with its rule, version and counts, and every change."""
        state = self.policy_state.as_dict()
        kept = ("decisions", "changes", "hand_off", "chosen", "auto_adapt", "stopped")
        counts = state["observations"]["counts"]
        return {"policy_version": self.policy_version, **{name: state[name] for name in kept}, "counts": counts}


class SignalUse(models.Model):
    """On how many ended journeys of one form a signal fired. None is named.

    The signal "" counts all of them, « B » those whose person had switched the browser's counters on. A form's counts
    go when none of its journeys has ended for a year (trust/retention.toml): `counted_on` is the day of the last.
    """

    form = models.CharField(max_length=140)
    signal = models.CharField(max_length=8, blank=True)
    journeys = models.PositiveIntegerField(default=0)
    counted_on = models.DateField(default=timezone.localdate, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["form", "signal"], name="one_count_of_a_signal_on_a_form"),)

    def __str__(self) -> str:
        return f"{self.form} {self.signal}"
