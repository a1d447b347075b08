"""What the room `journeys` erases, exports and purges; registered with trust in JourneysConfig.ready."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accessform.journeys.corrections.drafting import erase_drafts
from accessform.journeys.corrections.reading import sent_corrections
from accessform.journeys.deliveries import correction_as_json
from accessform.journeys.models import (
    CorrectionDraft,
    CorrectionRequest,
    Journey,
    JourneyStatus,
    ResumeAccess,
    ResumeLink,
    StepAnswers,
    Submission,
    UploadedFile,
)
from accessform.trust.erasure import erase_journey
from accessform.trust.files import delete_file, path_of, stored_files


def erase_rows_and_files(journey_id: uuid.UUID) -> None:
    """Delete a draft whole. Of a journey that was sent, delete all but what the service received."""
    for model in (StepAnswers, ResumeAccess, ResumeLink):
        model.objects.filter(journey_id=journey_id).delete()
    erase_drafts(journey_id)
    if Submission.objects.filter(journey_id=journey_id).exists():
        return
    _delete_files(journey_id)
    Journey.objects.filter(pk=journey_id).delete()


def export_rows(journey_id: uuid.UUID) -> dict[str, Any] | None:
    """Return what was answered, given and sent, with the times."""
    journey = Journey.objects.select_related("version__form").filter(pk=journey_id).first()
    if journey is None:
        return None
    submission = Submission.objects.filter(journey=journey).first()
    return {
        "form": journey.version.form.slug,
        "form_version": journey.version.number,
        "status": journey.status,
        "filled_for": journey.filled_for,
        "created_at": journey.created_at.isoformat(),
        "last_used_at": journey.touched_at.isoformat(),
        "steps": [
            {
                "step": row.step_id,
                "typed": row.typed,
                "answers": row.answers,
                "complete": row.complete,
                "saved_at": row.saved_at.isoformat(),
            }
            for row in StepAnswers.objects.filter(journey=journey).order_by("pk")
        ],
        "files": [
            {"question": file.question_id, "name": file.name, "type": file.content_type, "bytes": file.size}
            for file in UploadedFile.objects.filter(journey=journey).order_by("created_at")
        ],
        "way_back": _way_back(journey),
        "sent": _sent(submission),
    }


def purge_drafts(now: datetime, keep: timedelta) -> int:
    """Erase the drafts last used longer ago than `keep`, with what every room holds about them."""
    old = Journey.objects.filter(status=JourneyStatus.DRAFT, touched_at__lt=now - keep)
    return sum(_erase_if_still_in(old, journey_id) for journey_id in list(old.values_list("pk", flat=True)))


def _erase_if_still_in(old: "QuerySet[Journey]", journey_id: uuid.UUID) -> bool:
    """Erase one draft unless its person came back to it a moment ago."""
    with transaction.atomic():
        if not old.select_for_update().filter(pk=journey_id).exists():
            return False
        erase_journey(journey_id)
    return True


def purge_submissions(now: datetime, keep: timedelta) -> int:
    """Delete what was sent longer ago than its form says (`retention_days`), or `keep` where it says nothing."""
    count = 0
    for submission in Submission.objects.select_related("journey__version").order_by("pk").iterator():
        days = submission.journey.version.definition.retention_days
        if submission.submitted_at < now - (timedelta(days=days) if days else keep):
            _delete_sent(submission)
            count += 1
    return count


def purge_links(now: datetime, keep: timedelta) -> int:
    """Delete the e-mail addresses of journeys that were sent longer ago than `keep`; a draft keeps its own."""
    return ResumeLink.objects.filter(journey__submission__submitted_at__lt=now - keep).delete()[0]


def purge_lost_files(now: datetime, keep: timedelta) -> int:
    """Delete files that no row knows (a kill between the file and the row leaves one) once older than `keep`."""
    known = {str(path_of(file_id)) for file_id in UploadedFile.objects.values_list("pk", flat=True)}
    lost = [
        path for path in stored_files() if str(path) not in known and path.stat().st_mtime < (now - keep).timestamp()
    ]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _delete_sent(submission: Submission) -> None:
    """Delete a submission, its files and its journey, and what other rooms hold about it."""
    journey_id = submission.journey_id
    with transaction.atomic():
        submission.delete()
        erase_journey(journey_id)


def _delete_files(journey_id: uuid.UUID) -> None:
    """Delete a journey's files from the disk once its rows are gone for good."""
    for file_id in UploadedFile.objects.filter(journey_id=journey_id).values_list("pk", flat=True):
        transaction.on_commit(lambda file_id=file_id: delete_file(file_id))  # type: ignore[misc]


def _way_back(journey: Journey) -> dict[str, Any]:
    """Return the code and the address that were left to come back; what is asked beside the code is not readable."""
    access = ResumeAccess.objects.filter(journey=journey).first()
    link = ResumeLink.objects.filter(journey=journey).first()
    return {
        "code": access.code if access else None,
        "asked_with_code": access.second_kind if access else None,
        "email": link.email if link else None,
    }


def _sent(submission: Submission | None) -> dict[str, Any] | None:
    """Return the service's copy, as it was sent."""
    if submission is None:
        return None
    return {
        "reference": submission.reference,
        "sent_at": submission.submitted_at.isoformat(),
        "document": submission.document,
        "corrections": [correction_as_json(sent) for sent in sent_corrections(submission)],
        "asked_since": [
            _asked(row) for row in CorrectionRequest.objects.filter(submission=submission).order_by("asked_at")
        ],
        "being_corrected": [
            {"questions": draft.questions, "typed": draft.typed}
            for draft in CorrectionDraft.objects.filter(submission=submission)
        ],
    }


def _asked(row: CorrectionRequest) -> dict[str, Any]:
    """Return what the service asked after the sending."""
    return {
        "asked_by": row.asked_by,
        "kind": row.kind,
        "questions": row.questions,
        "words": row.words,
        "asked_at": row.asked_at.isoformat(),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "ended": row.ended,
    }
