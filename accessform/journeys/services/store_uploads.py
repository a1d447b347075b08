"""Keep the documents that a step's POST brings: read by their content, encrypted, each once."""

import hashlib
import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile as Upload
from django.db import transaction

from accessform.answers.documents import read_document
from accessform.answers.refusals import Refused
from accessform.answers.texts import clean
from accessform.journeys.models import Journey, UploadedFile
from accessform.trust.files import delete_file, store_file
from accessform.trust.hashing import keyed_hashes
from forms_catalog.definition import Question

logger = logging.getLogger(__name__)

NAME_MAX = 120
MEGABYTE = 1024 * 1024


@dataclass
class Stored:
    """What became of one question's uploads: ids kept, in order, and the last refusal."""

    ids: list[str] = field(default_factory=list)
    refusal: Refused | None = None


def store_uploads(
    *,
    journey: Journey,
    question: Question,
    uploads: Iterable[Upload],
    already: list[str],
    for_correction: bool = False,
) -> Stored:
    """Keep each document that can be read, up to the form's number; the others are refused, one by one."""
    stored = Stored(ids=list(already))
    for upload in uploads:
        try:
            _check(upload, stored.ids, question)
            file_id = _store(journey, question, upload, for_correction=for_correction)
        except Refused as refusal:
            stored.refusal = refusal
            continue
        if file_id not in stored.ids:
            stored.ids.append(file_id)
    return stored


def _check(upload: Upload, kept: list[str], question: Question) -> None:
    if len(kept) >= question.constraints.max_files:
        raise Refused("file_too_many", "upload", max=question.constraints.max_files)
    if (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise Refused("file_too_heavy", "upload", max=settings.MAX_UPLOAD_BYTES // MEGABYTE, name=file_name(upload))


def _store(journey: Journey, question: Question, upload: Upload, *, for_correction: bool) -> str:
    """Return the id of the stored document; the same content given twice for one question is one.

    A disk that takes nothing more refuses the document alone: the other answers of the page are kept.
    """
    content = upload.read()
    digests = keyed_hashes("uploaded file", hashlib.sha256(content).hexdigest())
    same = UploadedFile.objects.filter(journey=journey, question_id=question.id, digest__in=digests).first()
    if same:
        return str(same.pk)
    try:
        document = read_document(content)
    except Refused as refusal:
        raise Refused(refusal.code, refusal.part, name=file_name(upload)) from refusal
    file_id = uuid.uuid4()
    try:
        store_file(file_id, document.content)
    except OSError as error:
        logger.exception("a document could not be written: is the disk full?")
        raise Refused("file_not_kept", "upload", name=file_name(upload)) from error
    row, created = UploadedFile.objects.get_or_create(
        journey=journey,
        question_id=question.id,
        digest=digests[0],
        defaults={
            "id": file_id,
            "name": file_name(upload),
            "content_type": document.content_type,
            "size": len(document.content),
            "for_correction": for_correction,
        },
    )
    if not created:
        delete_file(file_id)
    return str(row.pk)


def file_name(upload: Upload) -> str:
    """Return the name that the person's device gave, without folders or signs that cannot be seen."""
    name = clean(PurePosixPath((upload.name or "").replace("\\", "/")).name)
    return name[-NAME_MAX:] or "document"


def drop_upload(*, journey: Journey, file_id: str) -> None:
    """Delete one document of a journey, its bytes once the row is gone; silent where there is none."""
    try:
        known = uuid.UUID(file_id)
    except ValueError:
        return
    with transaction.atomic():
        deleted, _ = UploadedFile.objects.filter(journey=journey, pk=known).delete()
        if deleted:
            transaction.on_commit(lambda: delete_file(known))
