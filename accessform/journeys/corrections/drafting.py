"""A correction being written: chosen, saved question by question, given up. Nothing of it is sent."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accessform.journeys.corrections.reading import file_ids_in
from accessform.journeys.models import CorrectedAnswer, CorrectionDraft, CorrectionRequest, Submission, UploadedFile
from accessform.journeys.typed import FILES, Typed
from accessform.trust.files import delete_file

CITIZEN = "citizen"


class SavedElsewhere(Exception):
    """Another tab saved this answer since the page was drawn. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What one POST leaves of one question. `accepted` is false for what is typed and not valid yet."""

    question_id: str
    typed: Typed
    value: Any
    accepted: bool
    revision: int


def find_draft(submission: Submission, holder: str, *, locking: bool = False) -> CorrectionDraft | None:
    """Return what somebody has begun to correct, None where nothing is.

    `locking`, within a transaction: what another tab saves is saved before, or begins a new draft after.
    """
    rows = CorrectionDraft.objects.filter(submission=submission, holder=holder)
    return (rows.select_for_update(of=("self",)) if locking else rows).first()


def choose_questions(
    *, submission: Submission, holder: str, questions: Iterable[str], request: CorrectionRequest | None
) -> CorrectionDraft:
    """Begin a correction, or change which questions it is about; what was typed for those that stay is kept."""
    with transaction.atomic():
        draft = _lock(submission, holder)
        draft.questions = list(questions)
        draft.request = request
        kept = set(draft.questions)
        draft.answers = {name: value for name, value in draft.answers.items() if name in kept}
        draft.touched_at = timezone.now()
        draft.save()
    return draft


def save_answer(*, submission: Submission, holder: str, saved: Saved) -> CorrectionDraft:
    """Keep one answer of a correction; a draft that another tab sent or gave up begins anew with it.

    Raises SavedElsewhere where another tab saved other words for this question meanwhile.
    """
    with transaction.atomic():
        draft = _lock(submission, holder)
        name = saved.question_id
        known = int(draft.revisions.get(name, 0))
        if known != saved.revision and known and draft.typed.get(name) != saved.typed:
            raise SavedElsewhere
        if name not in draft.questions:
            draft.questions = [*draft.questions, name]
        draft.typed = {**draft.typed, name: saved.typed}
        others = {key: value for key, value in draft.answers.items() if key != name}
        draft.answers = {**others, name: saved.value} if saved.accepted else others
        draft.revisions = {**draft.revisions, name: known + 1}
        draft.touched_at = timezone.now()
        draft.save()
    return draft


def give_up(*, submission: Submission, holder: str) -> None:
    """Forget a correction that was begun, with the files given for it; twice is once."""
    with transaction.atomic():
        CorrectionDraft.objects.filter(submission=submission, holder=holder).delete()
        drop_loose_files(submission)


def drop_loose_files(submission: Submission) -> int:
    """Delete the files given while correcting that no draft and no correction names; return how many."""
    named: set[str] = set()
    for draft in CorrectionDraft.objects.filter(submission=submission):
        named |= {value for typed in draft.typed.values() for value in _file_values(typed)}
    for one in CorrectedAnswer.objects.filter(correction__submission=submission):
        named |= set(file_ids_in(one.after))
    loose = UploadedFile.objects.filter(journey_id=submission.journey_id, for_correction=True)
    gone = [pk for pk in loose.values_list("pk", flat=True) if str(pk) not in named]
    UploadedFile.objects.filter(pk__in=gone).delete()
    for pk in gone:
        _delete_on_commit(pk)
    return len(gone)


def purge_drafts(now: datetime, keep: timedelta) -> int:
    """Forget the corrections that were begun and left longer ago than `keep`; return how many."""
    old = CorrectionDraft.objects.filter(touched_at__lt=now - keep).select_related("submission")
    count = 0
    for draft in list(old):
        with transaction.atomic():
            gone = CorrectionDraft.objects.filter(pk=draft.pk, touched_at__lt=now - keep).delete()[0]
            drop_loose_files(draft.submission)
        count += bool(gone)
    return count


def erase_drafts(journey_id: uuid.UUID) -> None:
    """Forget what was begun and not sent of a journey."""
    submission = Submission.objects.filter(journey_id=journey_id).first()
    if submission is not None:
        CorrectionDraft.objects.filter(submission=submission).delete()
        drop_loose_files(submission)


def _lock(submission: Submission, holder: str) -> CorrectionDraft:
    begun = {"submission": submission, "holder": holder, "defaults": {"touched_at": timezone.now()}}
    CorrectionDraft.objects.get_or_create(**begun)
    draft = find_draft(submission, holder, locking=True)
    return draft or CorrectionDraft.objects.get_or_create(**begun)[0]  # another tab sent it or gave it up meanwhile


def _file_values(typed: Typed) -> list[str]:
    return [value for name, values in typed.items() if name.endswith(FILES) for value in values]


def _delete_on_commit(file_id: uuid.UUID) -> None:
    transaction.on_commit(lambda: delete_file(file_id))
