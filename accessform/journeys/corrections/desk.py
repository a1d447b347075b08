"""Who corrects on one request, where their pages are, and what the pages show: the citizen's and the agent's alike."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from accessform.journeys.corrections.drafting import find_draft
from accessform.journeys.corrections.folding import Entries, answers_in, shown_ids, waiting_questions, with_changes
from accessform.journeys.corrections.reading import current_entries
from accessform.journeys.corrections.sending import Sender
from accessform.journeys.models import CorrectionDraft, Submission
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition, Question, Step


@dataclass(frozen=True)
class Place:
    """Who corrects and from where: addresses, page to stand in, reading level, and what stays hidden from them."""

    sender: Sender
    level: ReadingLevel
    home: str
    """Address of the choice of answers; the other pages are below it."""
    back: str
    """Address of the receipt, or of the desk's page."""
    frame: str = "base.html"
    hidden: frozenset[str] = frozenset()
    banner: str = ""
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def holder(self) -> str:
        """Whose draft it is."""
        return self.sender.holder

    @property
    def check(self) -> str:
        """Address of the check before sending."""
        return f"{self.home}/verifier"

    def question(self, question_id: str) -> str:
        """Return the address of one question."""
        return f"{self.home}/reponse/{question_id}"


@dataclass
class Correcting:
    """A submission being corrected by somebody: what it says now, and what they have begun to change."""

    submission: Submission
    place: Place
    entries: Entries
    draft: CorrectionDraft | None

    @property
    def definition(self) -> FormDefinition:
        """The form as it was when it was sent."""
        return self.submission.journey.version.definition

    @property
    def current(self) -> dict[str, Any]:
        """The answers as they stand."""
        return answers_in(self.entries)

    @property
    def changed(self) -> dict[str, Any]:
        """The answers with what the draft changes."""
        return with_changes(self.current, self.draft.answers if self.draft else {})

    def waiting(self) -> list[Question]:
        """Return the questions to ask still, in order."""
        if self.draft is None:
            return []
        return list(waiting_questions(self.definition, self.current, self.draft.questions, self.draft.answers))

    def next_address(self) -> str:
        """Return where to go on: the first question that waits and may be shown, else the check."""
        following = next((each for each in self.waiting() if each.id not in self.place.hidden), None)
        return self.place.question(following.id) if following else self.place.check

    def offered(self) -> list[str]:
        """Return the ids of the answers that may be chosen."""
        return [name for name in shown_ids(self.definition, self.current) if name not in self.place.hidden]

    def question_or_404(self, question_id: str) -> tuple[Step, Question]:
        """Return a question that is asked now, with its step; raises Http404 for any other."""
        asked = {*shown_ids(self.definition, self.current), *shown_ids(self.definition, self.changed)}
        for step in self.definition.steps:
            for question in step.questions:
                if question.id == question_id and question_id in asked and question_id not in self.place.hidden:
                    return step, question
        raise Http404("no such answer to correct")


def load_correcting(submission: Submission, place: Place) -> Correcting:
    """Return what one request on a correction reads (3 queries)."""
    return Correcting(submission, place, current_entries(submission), find_draft(submission, place.holder))
