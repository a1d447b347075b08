"""One answer of a sent form, met again in its own fields, with what was sent filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from accessform.answers.refusals import Refused
from accessform.journeys.corrections.desk import Correcting
from accessform.journeys.corrections.prefill import typed_again
from accessform.journeys.corrections.reading import files_of
from accessform.journeys.fields.page import Page
from accessform.journeys.forms import StepForm, step_form_class
from accessform.journeys.typed import COUNT, SEEN, Typed, field_names, merged, with_entry_added, with_entry_removed
from accessform.journeys.views.uploads import store_posted
from forms_catalog.definition import Question, Step


@dataclass
class AnswerPage:
    """One question's page: its form over what is typed, and where it was saved."""

    correcting: Correcting
    step: Step
    question: Question
    page: Page

    @property
    def alone(self) -> Step:
        """The step with this question only: its own condition holds, and no other is asked here."""
        question = self.question.model_copy(update={"show_when": None})
        named = f"{self.step.id}/{self.question.id}"
        return self.step.model_copy(update={"id": named, "questions": (question,), "show_when": None})

    @property
    def sent(self) -> Typed:
        """What would have been typed to give the answer that stands."""
        return typed_again(self.question, self.correcting.current.get(self.question.id))

    @property
    def saved(self) -> Typed:
        """What was typed on this page before, else what was sent."""
        draft = self.correcting.draft
        return draft.typed.get(self.question.id, self.sent) if draft else self.sent

    @property
    def revision(self) -> int:
        """How often this answer was saved in this correction."""
        draft = self.correcting.draft
        return int(draft.revisions.get(self.question.id, 0)) if draft else 0

    def form(
        self, typed: Typed, *, asked: frozenset[str] | None = None, refused: Mapping[str, Refused] | None = None
    ) -> StepForm:
        """Return the question's form; it is read where `asked` names the fields that were on the page."""
        version = self.correcting.submission.journey.version
        numbered = self.correcting.definition
        build = step_form_class(f"correction:{version.digest}", numbered, self.alone)
        answers = self.correcting.changed
        return build(
            typed=typed,
            earlier={name: value for name, value in answers.items() if name != self.question.id},
            stored={name: value for name, value in answers.items() if name == self.question.id},
            page=self.page,
            today=timezone.localdate(),
            asked=asked,
            files=files_of(self.correcting.submission),
            refused_files=refused,
        )

    def read(self, request: HttpRequest, verb: str, argument: str) -> StepForm:
        """Return the form over what was posted, read; files are kept, entries added or removed."""
        posted, step = request.POST, self.alone
        counts = {name: posted.getlist(name) for name in posted if name.endswith(COUNT)}
        asked = frozenset(posted.getlist("asked")) & field_names(step, counts)
        asked |= {self.question.id}
        typed = merged(step, self.saved, asked, posted.getlist)
        journey = self.correcting.submission.journey
        typed, refused = store_posted(request, journey, [self.question], typed, for_correction=True)
        typed = self._changed(typed, verb, argument)
        form = self.form(typed, asked=asked, refused=refused)
        form.full_clean()
        return form

    def value_of(self, form: StepForm) -> Any:
        """Return the accepted value; what was not touched stays as it was sent, to the letter."""
        typed = {name: values for name, values in form.typed.lists() if name != SEEN and any(values)}
        sent = {name: values for name, values in self.sent.items() if any(values)}
        current = self.correcting.current.get(self.question.id)
        return current if typed == sent else form.answers.get(self.question.id)

    def _changed(self, typed: Typed, verb: str, argument: str) -> Typed:
        if verb == "add" and self.question.questions:
            return with_entry_added(self.question, typed)
        if verb == "remove" and self.question.questions and argument.rpartition(":")[2].isdecimal():
            return with_entry_removed(self.question, typed, int(argument.rpartition(":")[2][:3]))
        if verb == "drop":
            name, _, file_id = argument.partition(":")
            kept = typed.get(f"{name}-files", [])
            return {**typed, f"{name}-files": [one for one in kept if one != file_id]} if file_id in kept else typed
        return typed


def draw_fields(request: HttpRequest, form: StepForm) -> tuple[str, list[str]]:
    """Return the question's controls as the steps draw them, and the names of the fields drawn."""
    entries = list(form.entries())
    names = [entry["id"] for entry in entries if "question" in entry]
    names += [view["id"] for entry in entries for item in entry.get("entries", ()) for view in item["views"]]
    return render_to_string("journeys/step.html#entries", {"entries": entries, "new_question": ""}, request), names
