"""Send a correction, once whatever happens: the original stays, the changes are written beside it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accessform.journeys.corrections.drafting import drop_loose_files, find_draft
from accessform.journeys.corrections.folding import (
    Change,
    answers_in,
    changes_between,
    waiting_questions,
    with_changes,
)
from accessform.journeys.corrections.reading import current_entries, file_facts
from accessform.journeys.corrections.requests import close_answered
from accessform.journeys.deliveries import enqueue_correction_deliveries
from accessform.journeys.models import (
    CorrectedAnswer,
    Correction,
    CorrectionDraft,
    CorrectionRequest,
    Submission,
)


class NotReady(Exception):
    """A question waits for its answer, or nothing has changed."""


class Moved(Exception):
    """Another correction was sent since the page was drawn: what it says has to be read again."""


class NothingBegun(Exception):
    """There is no draft: another tab sent it or gave it up."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends. `settle` runs in the sending's transaction and raises where the consent has ended."""

    holder: str
    by: str
    desk: str = ""
    settle: Callable[[], object] | None = None
    hidden: frozenset[str] = frozenset()
    """Questions that whoever sends may not touch: the person does not show them."""


def changes_of(submission: Submission, draft: CorrectionDraft) -> list[Change]:
    """Return what a draft would change, in the order of the form."""
    entries = current_entries(submission)
    answers = with_changes(answers_in(entries), draft.answers)
    return changes_between(submission.journey.version.definition, entries, answers, file_facts(submission))


def last_number(submission: Submission) -> int:
    """Return the number of the last correction, 0 where there is none."""
    newest = submission.corrections.order_by("-number").first()
    return newest.number if newest else 0


def send_correction(*, submission: Submission, sender: Sender, key: uuid.UUID, base: int) -> Correction:
    """Write a draft's changes beside the original and tell the service; the same key twice is one correction.

    `base` is the number of the last correction that the page showed. Raises Moved, NotReady, NothingBegun, and what
    `sender.settle` raises; nothing is then written.
    """
    with transaction.atomic():
        Submission.objects.select_for_update().get(pk=submission.pk)
        if known := Correction.objects.filter(key=key, submission=submission).first():
            return known
        draft = find_draft(submission, sender.holder, locking=True)
        if draft is None:
            raise NothingBegun
        if base != last_number(submission):
            raise Moved
        changes = changes_of(submission, draft)
        touched = {change.question_id for change in changes}
        if not changes or touched & sender.hidden or _waits(submission, draft):
            raise NotReady
        if sender.settle:
            sender.settle()
        correction = _create(submission, sender, draft, changes, key)
        draft.delete()
        drop_loose_files(submission)
        close_answered(submission)
        enqueue_correction_deliveries(correction)
    return correction


def _waits(submission: Submission, draft: CorrectionDraft) -> bool:
    definition, current = submission.journey.version.definition, answers_in(current_entries(submission))
    return any(waiting_questions(definition, current, draft.questions, draft.answers))


def _create(
    submission: Submission, sender: Sender, draft: CorrectionDraft, changes: list[Change], key: uuid.UUID
) -> Correction:
    forged = Correction.objects.filter(key=key).exists()  # another submission's: the draft is what makes it unique
    correction = Correction.objects.create(
        key=uuid.uuid4() if forged else key,
        submission=submission,
        number=last_number(submission) + 1,
        request=CorrectionRequest.objects.filter(pk=draft.request_id).first(),
        by=sender.by,
        desk=sender.desk,
        sent_at=timezone.now(),
    )
    CorrectedAnswer.objects.bulk_create(
        CorrectedAnswer(correction=correction, place=place, question_id=change.question_id, after=change.after)
        for place, change in enumerate(changes)
    )
    return correction
