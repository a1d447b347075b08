"""Read what was sent after the submission: each correction with what stood before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accessform.journeys.corrections.folding import Change, Entries, entries_of, folded
from accessform.journeys.models import Correction, Submission, UploadedFile


@dataclass(frozen=True, slots=True)
class SentCorrection:
    """One correction, and its changes against what stood before."""

    row: Correction
    changes: tuple[Change, ...]


def sent_corrections(submission: Submission) -> list[SentCorrection]:
    """Return the corrections of a submission, the first sent first (2 queries)."""
    entries, found = entries_of(submission.document), []
    for row in _rows(submission):
        changes = [Change(one.question_id, entries.get(one.question_id), one.after) for one in _answers(row)]
        found.append(SentCorrection(row, tuple(changes)))
        entries = folded(entries, [(change.question_id, change.after) for change in changes])
    return found


def current_entries(submission: Submission) -> Entries:
    """Return every question as it stands now, by id: the original with its corrections (2 queries)."""
    corrected = [(one.question_id, one.after) for row in _rows(submission) for one in _answers(row)]
    return folded(entries_of(submission.document), corrected)


def find_sent(correction: Correction) -> SentCorrection:
    """Return one correction with what stood before it, the same whatever came since."""
    return next(sent for sent in sent_corrections(correction.submission) if sent.row.pk == correction.pk)


def corrected_ids(submission: Submission) -> set[str]:
    """Return the ids of the questions that a correction touched."""
    return {one.question_id for row in _rows(submission) for one in _answers(row)}


def files_of(submission: Submission) -> dict[str, UploadedFile]:
    """Return every file of the journey by id, corrections' included."""
    return {str(file.pk): file for file in submission.journey.files.all()}


def file_facts(submission: Submission) -> Mapping[str, Mapping[str, Any]]:
    """Return the facts of every file of the journey, as a document gives them."""
    return {
        name: {"name": file.name, "content_type": file.content_type, "size": file.size}
        for name, file in files_of(submission).items()
    }


def file_ids_in(entry: Mapping[str, Any] | None) -> list[str]:
    """Return the ids of the files that an entry names, those inside a group included."""
    if entry is None:
        return []
    own = [str(file["id"]) for file in entry.get("files", ())]
    return own + [name for item in entry.get("items", ()) for child in item for name in file_ids_in(child)]


def _rows(submission: Submission) -> list[Correction]:
    read_before = "corrections" in getattr(submission, "_prefetched_objects_cache", {})  # an export reads many at once
    rows = submission.corrections.all() if read_before else submission.corrections.prefetch_related("answers")
    return sorted(rows, key=lambda row: row.number)


def _answers(row: Correction) -> list[Any]:
    return sorted(row.answers.all(), key=lambda one: one.place)
