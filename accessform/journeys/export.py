"""Handing submissions to the service as files: JSON or CSV, in official wording, one submission at a time.

Nothing here can say how a person was helped: it reads the frozen document of each submission, which does not know.
"""

import csv
import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from django.db.models import Max, QuerySet

from accessform.journeys.corrections.reading import SentCorrection, file_ids_in, sent_corrections
from accessform.journeys.deliveries import correction_as_json, document_as_json, submission_as_json
from accessform.journeys.document import all_entries
from accessform.journeys.late_documents import late_files
from accessform.journeys.models import Submission
from accessform.journeys.receipt import PARIS
from forms_catalog.models import FormVersion

CHUNK = 200
"""Submissions read from the database at a time."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet compute a cell (OWASP, CSV injection), full-width signs included."""

FIXED_COLUMNS = (
    "submission.reference",
    "submission.received",
    "submission.form",
    "submission.version",
    "filled_for.who",
    "filled_for.name",
    "filled_for.link",
    "filled_for.capacity",
    "documents.late",
    "corrections",
)
"""Their dots keep them apart from question ids, which have none."""


def submissions_between(
    *, since: dt.date, until: dt.date | None = None, form_slug: str | None = None
) -> QuerySet[Submission]:
    """Return the submissions received from the day `since` to the day `until`, both included (days of Paris)."""
    found = Submission.objects.filter(submitted_at__gte=_start_of(since))
    if until is not None:
        found = found.filter(submitted_at__lt=_start_of(until + dt.timedelta(days=1)))
    if form_slug is not None:
        found = found.filter(form_slug=form_slug)
    return (
        found.order_by("submitted_at", "pk")
        .select_related("journey")
        .prefetch_related("journey__files", "corrections__answers")
    )


def write_json(submissions: QuerySet[Submission], output: IO[str]) -> int:
    """Write a JSON list of submissions, as the webhook sends them; return how many."""
    count = 0
    output.write("[")
    for submission in submissions.iterator(CHUNK):
        output.write(",\n" if count else "\n")
        late = [document_as_json(file, submission) for file in late_files(submission)]
        after = {
            "late_documents": late,
            "corrections": [correction_as_json(one) for one in sent_corrections(submission)],
        }
        output.write(json.dumps({**submission_as_json(submission), **after}, ensure_ascii=False))
        count += 1
    output.write("\n]\n" if count else "]\n")
    return count


def write_csv(submissions: QuerySet[Submission], output: IO[str]) -> int:
    """Write one row a submission; return how many.

    Columns are the ids of every question of the versions concerned, hidden ones included, so that they stay the same
    from one export to the next; each answer is the printed one. A group's entries take numbered columns
    (`gens.1.nom`). The submissions are read twice: once for the columns, once for the rows.
    """
    newest = submissions.aggregate(newest=Max("pk"))["newest"]
    frozen = submissions.filter(pk__lte=newest or 0)
    columns = _columns(frozen)
    writer = csv.DictWriter(output, [*FIXED_COLUMNS, *columns], restval="", lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for submission in frozen.iterator(CHUNK):
        writer.writerow({name: harmless(value) for name, value in _row(submission).items()})
        count += 1
    return count


def harmless(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before what could start one.

    Numbers keep their sign: « -12,50 » computes nothing.
    """
    if not value.lstrip(" \u00a0").startswith(FORMULA_STARTS) and not value.startswith(FORMULA_STARTS):
        return value
    return value if _is_number(value) else f"'{value}"


def cells(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each answer of a document as column name and printed text."""
    for step in document["steps"]:
        for entry in step["questions"]:
            if entry["type"] != "group":
                yield entry["id"], _cell(entry)
                continue
            yield entry["id"], entry["printed"]
            for rank, item in enumerate(entry["items"], start=1):
                for child in item:
                    yield f"{entry['id']}.{rank}.{child['id']}", _cell(child)


def file_ids(submission: Submission) -> list[str]:
    """Return the ids of a submission's files: those it names, those that came later, those of its corrections."""
    corrected = [change.after for sent in sent_corrections(submission) for change in sent.changes]
    named = [file["id"] for entry in all_entries(submission.document) for file in entry.get("files", ())]
    late = [str(file.pk) for file in late_files(submission)]
    return list(dict.fromkeys([*named, *late, *(name for entry in corrected for name in file_ids_in(entry))]))


def open_text(path: str, *, bom: bool) -> IO[str]:
    """Open a new UTF-8 file, readable by its owner alone; raises FileExistsError rather than overwrite."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(descriptor, "w", encoding="utf-8-sig" if bom else "utf-8", newline="")


def _start_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=PARIS)


def _columns(submissions: QuerySet[Submission]) -> list[str]:
    """Return the columns of every question, in the order of the forms, then of the entries of groups."""
    columns: list[str] = []
    versions = FormVersion.objects.filter(journeys__submission__in=submissions).distinct()
    for version in versions.order_by("form__slug", "number"):
        steps = version.definition.steps
        _place(columns, [question.id for step in steps for question in step.questions if question.takes_answer])
    for submission in submissions.iterator(CHUNK):
        _place(columns, [name for name, _ in cells(submission.document)])
    return columns


def _place(columns: list[str], names: list[str]) -> None:
    """Insert the names that `columns` lacks, each after the one that it follows."""
    known = set(columns)
    place = 0
    for name in names:
        if name in known:
            place = columns.index(name) + 1
        else:
            columns.insert(place, name)
            known.add(name)
            place += 1


def _row(submission: Submission) -> dict[str, str]:
    document = submission.document
    helper = document.get("filled_for") or {}
    fixed = {
        "submission.reference": submission.reference,
        "submission.received": submission.submitted_at.astimezone(PARIS).isoformat(timespec="seconds"),
        "submission.form": submission.form_slug,
        "submission.version": str(submission.form_version),
        "filled_for.who": str(helper.get("who", "")),
        "filled_for.name": str(helper.get("name", "")),
        "filled_for.link": str(helper.get("link", "")),
        "filled_for.capacity": str(helper.get("capacity", "")),
        "documents.late": " ; ".join(f"{file.question_id}: {file.pk} ({file.name})" for file in late_files(submission)),
        "corrections": "\n".join(describe_correction(sent) for sent in sent_corrections(submission)),
    }
    return {**dict(cells(document)), **fixed}


def describe_correction(sent: SentCorrection) -> str:
    """Return one correction as a line: when, by whom, and each question before and after. The answers' own columns
    keep what was sent first."""
    moment = sent.row.sent_at.astimezone(PARIS).isoformat(timespec="seconds")
    changes = [f"{change.question_id}: {_printed(change.before)} → {_printed(change.after)}" for change in sent.changes]
    return f"{moment} ({sent.row.by}) {' ; '.join(changes)}"


def _printed(entry: Mapping[str, Any] | None) -> str:
    if entry is None or not entry["value"]:
        return "–"
    items = [", ".join(_cell(child) for child in item) for item in entry.get("items", ())]
    return " / ".join(items) if items else _cell(entry)


def _cell(entry: Mapping[str, Any]) -> str:
    """Return the printed answer, with the ids of its files."""
    printed = str(entry["printed"])
    files = _file_list(entry.get("files", ()))
    return f"{printed} : {files}" if files else printed


def _file_list(files: Iterable[Mapping[str, Any]]) -> str:
    return " ; ".join(f"{file['id']} ({file['name']})" for file in files)


def _is_number(value: str) -> bool:
    digits = value.strip().lstrip("-").replace("\u00a0", "").replace(",", "").removesuffix("€")
    return digits.isascii() and digits.isdigit()
