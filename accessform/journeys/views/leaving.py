"""Leaving a step by one of its buttons: saved, told to the adaptation room, led on."""

from dataclasses import replace

from django.db import transaction
from django.http import Http404

from accessform.adaptation.services import record_events
from accessform.journeys.actions import Action
from accessform.journeys.forms import StepForm
from accessform.journeys.helping import HelpEnded
from accessform.journeys.models import StepAnswers
from accessform.journeys.prelude import STEP_ID as PRELUDE
from accessform.journeys.services.keep_whom import keep_whom
from accessform.journeys.services.passage import Passage
from accessform.journeys.services.save_step import StepDraft, save_step
from accessform.journeys.telling import Outcome, events_of
from accessform.journeys.visit import Visit, with_page
from accessform.observation.events import InteractionEvent, RefusedEvent


def leave_step(
    visit: Visit,
    form: StepForm,
    draft: StepDraft,
    action: Action,
    verb: str,
    argument: str,
    told: tuple[InteractionEvent, ...] = (),
) -> tuple[Visit, str]:
    """Save the draft, do what the button does, and return the visit as it now stands with where it leads.

    `told` are events beside the button's own; a POST that arrives twice counts once. Nothing is told of what a helper
    does. Raises StaleRevision or HelpEnded, and then nothing was written.
    """
    before = visit.row.answers if visit.row else {}
    if action.choose:
        action.choose(visit)
    with transaction.atomic():
        if visit.helping and not visit.helping.stands():
            raise HelpEnded(visit.helping.back)
        after, again = saved(visit, draft)
        if action.settle:
            action.settle(visit, after)
        if visit.helping:
            if before != draft.answers:
                visit.helping.wrote()
            return _left(after, form, action, argument)
        step_after = next_step(after, form, action, argument)
        outcome = Outcome(
            verb=verb,
            argument=argument,
            step=visit.step.id,
            refused=tuple((problem["question"], problem["code"]) for problem in form.problems()) if form.errors else (),
            changed=before != draft.answers,
            complete=draft.complete,
            counted=visit.counted,
            again=again,
            next_step=step_after if verb in {"next", "previous"} and not (verb == "next" and form.errors) else "",
        )
        try:
            events = [*told, *events_of(outcome)]
        except RefusedEvent as error:
            raise Http404("no such help") from error
        state = record_events(
            state=visit.state,
            events=events,
            preferences=visit.request.presentation,  # type: ignore[attr-defined]
            form=visit.passage.form_key,
        )
    return _left(replace(after, state=state), form, action, argument)


def _left(after: Visit, form: StepForm, action: Action, argument: str) -> tuple[Visit, str]:
    """Return the visit as it now stands, and where the button leads."""
    after = with_page(after)
    return after, action.lead(after, form, argument)


def next_step(after: Visit, form: StepForm, action: Action, argument: str) -> str:
    """Return the id of the step that the button leads to."""
    return after.step_of(action.lead(after, form, argument))


def saved(visit: Visit, draft: StepDraft) -> tuple[Visit, bool]:
    """Save the draft; return the visit with it, and whether this POST had come before. Raises StaleRevision."""
    journey, passage = visit.passage.journey, visit.passage
    revision, again = save_step(journey=journey, saved=visit.row, draft=draft, saved_typed=passage.typed)
    row = StepAnswers(
        journey=journey, step_id=draft.step_id, answers=draft.answers, complete=draft.complete, revision=revision
    )
    if draft.step_id == PRELUDE and draft.complete:
        keep_whom(journey=journey, answers=draft.answers)
    rows = {**passage.rows, draft.step_id: row}
    return replace(visit, passage=Passage(journey, passage.definition, passage.steps, rows, draft.typed)), again
