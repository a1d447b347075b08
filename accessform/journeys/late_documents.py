"""Documents that come after the submission: promised for later, sent with the resume code."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.core.files.uploadedfile import UploadedFile as Upload
from django.db import transaction

from accessform.journeys.corrections.reading import corrected_ids
from accessform.journeys.corrections.requests import close_answered
from accessform.journeys.deliveries import enqueue_document_deliveries
from accessform.journeys.document import all_entries
from accessform.journeys.models import Submission, UploadedFile
from accessform.journeys.services.store_uploads import Stored, store_uploads
from forms_catalog.definition import WITH_FILES, Question

FILE_TYPES = frozenset(kind.value for kind in WITH_FILES)


@dataclass(frozen=True, slots=True)
class AwaitedDocument:
    """One document of a submission that was put off, or was required and not given; `files` came since."""

    entry: dict[str, Any]
    question: Question
    files: tuple[UploadedFile, ...]


def awaited_documents(submission: Submission) -> list[AwaitedDocument]:
    """Return the documents that were still to send when the form was sent, each question once.

    One that a correction has answered since is awaited no more, unless files of it came by this way.
    """
    corrected = corrected_ids(submission)
    questions = {question.id: question for question in submission.journey.version.definition.questions()}
    late: dict[str, list[UploadedFile]] = {}
    for file in late_files(submission):
        late.setdefault(file.question_id, []).append(file)
    awaited: dict[str, AwaitedDocument] = {}
    for entry in all_entries(submission.document):
        question = questions.get(entry["id"])
        settled = entry["id"] in corrected and entry["id"] not in late
        if question is not None and entry["type"] in FILE_TYPES and _is_awaited(entry, question) and not settled:
            awaited.setdefault(question.id, AwaitedDocument(entry, question, tuple(late.get(question.id, ()))))
    return list(awaited.values())


def late_files(submission: Submission) -> list[UploadedFile]:
    """Return the files that came after the form was sent, oldest first."""
    sent = {file["id"] for entry in all_entries(submission.document) for file in entry.get("files", ())}
    since = [file for file in submission.journey.files.all() if _came_late(file, submission)]
    return sorted((file for file in since if str(file.pk) not in sent), key=attrgetter("created_at"))


def _came_late(file: UploadedFile, submission: Submission) -> bool:
    return file.created_at > submission.submitted_at and not file.for_correction


def receive_documents(*, submission: Submission, awaited: AwaitedDocument, uploads: Iterable[Upload]) -> Stored:
    """Keep what was sent for one awaited document and tell the service; the same file twice is kept and told once."""
    already = [str(file.pk) for file in awaited.files]
    stored = store_uploads(journey=submission.journey, question=awaited.question, uploads=uploads, already=already)
    _date_after(submission, [file_id for file_id in stored.ids if file_id not in already])
    with transaction.atomic():
        UploadedFile.objects.filter(pk__in=stored.ids).update(for_correction=False)
        for file in UploadedFile.objects.filter(pk__in=stored.ids):
            enqueue_document_deliveries(submission, file)
        close_answered(submission)
    return stored


def _date_after(submission: Submission, ids: list[str]) -> None:
    """Give files that came now a time after the sending: a clock may have been put back, and a file given before the
    form was sent, put off and given again at last is the same row, with its first time."""
    early = UploadedFile.objects.filter(pk__in=ids, created_at__lte=submission.submitted_at)
    early.update(created_at=submission.submitted_at + dt.timedelta(microseconds=1))


def _is_awaited(entry: dict[str, Any], question: Question) -> bool:
    how = (entry["value"] or {}).get("how")
    return how in {"later", "bring"} or (how is None and question.required)
