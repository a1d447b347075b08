"""What the service asks of a person after sending: asked, seen, answered or withdrawn."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from accessform.answers.texts import clean
from accessform.journeys.corrections.folding import answers_in, shown_ids
from accessform.journeys.corrections.notices import plan_due, tell_asked
from accessform.journeys.corrections.reading import current_entries
from accessform.journeys.models import (
    CorrectedAnswer,
    CorrectionRequest,
    RequestEnd,
    RequestKind,
    Submission,
    UploadedFile,
)

WORDS_MAX = 1000
"""Characters of an agent's words: a short paragraph or two."""
FARTHEST = dt.timedelta(days=731)
"""How far ahead a date may be: two years."""
MOST_OPEN = 10
"""Requests open at once for one submission: more is a new conversation, not a correction."""


class BadRequestToPerson(ValueError):
    """A request that cannot be asked; `why` says which part, in the agent's words."""

    def __init__(self, problem: "Problem") -> None:
        super().__init__(problem.value)
        self.problem = problem


class Problem(StrEnum):
    """Why a request is not asked, as the agent reads it."""

    WORDS = "Écrivez à la personne ce qui manque ou ce qui est à corriger."
    TOO_LONG = "Ce texte est trop long. Écrivez 1 000 caractères au plus."
    QUESTIONS = "Choisissez au moins une question de cette démarche."
    KIND = "Dites s'il s'agit d'une pièce ou d'une réponse."
    DUE = "La date limite est passée. Choisissez un jour à venir."
    FAR = "La date limite est trop loin. Choisissez un jour dans les deux ans à venir."
    TOO_MANY = "Dix demandes attendent déjà une réponse. Retirez-en une avant d'en faire une autre."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the service asks, as it was typed."""

    kind: str
    questions: tuple[str, ...]
    words: str
    asked_by: str
    due_on: dt.date | None = None


def ask(*, submission: Submission, asked: Asked, key: uuid.UUID) -> CorrectionRequest:
    """Ask a person for a piece or a correction, and tell who wished to be told; the same key twice asks once.

    Raises BadRequestToPerson.
    """
    with transaction.atomic():
        Submission.objects.select_for_update().get(pk=submission.pk)
        if known := CorrectionRequest.objects.filter(key=key, submission=submission).first():
            return known
        questions, words = _checked(submission, asked)
        request = CorrectionRequest.objects.create(
            key=uuid.uuid4() if CorrectionRequest.objects.filter(key=key).exists() else key,
            submission=submission,
            asked_by=asked.asked_by[:120],
            kind=asked.kind,
            questions=questions,
            words=words,
            asked_at=timezone.now(),
            due_on=asked.due_on,
        )
        tell_asked(submission.journey)
    return request


def askable_ids(submission: Submission) -> list[str]:
    """Return the ids of the questions that a request may name: those that the person was asked, as answers stand."""
    definition = submission.journey.version.definition
    return shown_ids(definition, answers_in(current_entries(submission)))


def open_requests(submission: Submission) -> list[CorrectionRequest]:
    """Return what still waits for the person, the oldest first."""
    return list(submission.correction_requests.filter(closed_at=None).order_by("asked_at", "pk"))


def withdraw(request: CorrectionRequest) -> bool:
    """Take a request back; False where it was answered or withdrawn already."""
    with transaction.atomic():
        open_row = CorrectionRequest.objects.filter(pk=request.pk, closed_at=None)
        done = bool(open_row.update(closed_at=timezone.now(), ended=RequestEnd.WITHDRAWN))
        if done:
            plan_due(request.submission.journey)
    return done


def close_answered(submission: Submission) -> int:
    """Close the requests whose every question has been answered since; return how many.

    Call it in the transaction of what answers: a correction, or a document that came later.
    """
    waiting = open_requests(submission)
    done = [request.pk for request in waiting if set(request.questions) <= _answered_since(submission, request)]
    rows = CorrectionRequest.objects.filter(pk__in=done, closed_at=None)
    closed = rows.update(closed_at=timezone.now(), ended=RequestEnd.ANSWERED)
    if closed:
        plan_due(submission.journey)
    return closed


def _answered_since(submission: Submission, request: CorrectionRequest) -> set[str]:
    """Return the questions corrected or completed since a request, and those that are asked no more."""
    corrected = CorrectedAnswer.objects.filter(
        correction__submission=submission, correction__sent_at__gte=request.asked_at
    ).values_list("question_id", flat=True)
    late = UploadedFile.objects.filter(
        journey_id=submission.journey_id, for_correction=False, created_at__gte=request.asked_at
    ).values_list("question_id", flat=True)
    no_more = set(request.questions) - set(askable_ids(submission))
    return {*corrected, *late, *no_more}


def _checked(submission: Submission, asked: Asked) -> tuple[list[str], str]:
    words = plain_lines(asked.words)
    questions = [name for name in askable_ids(submission) if name in asked.questions]
    problems = {
        Problem.KIND: asked.kind not in RequestKind.values,
        Problem.QUESTIONS: not questions or len(questions) != len(set(asked.questions)),
        Problem.WORDS: not words,
        Problem.TOO_LONG: len(words) > WORDS_MAX,
        Problem.DUE: asked.due_on is not None and asked.due_on < timezone.localdate(),
        Problem.FAR: asked.due_on is not None and asked.due_on > timezone.localdate() + FARTHEST,
        Problem.TOO_MANY: len(open_requests(submission)) >= MOST_OPEN,
    }
    for problem, found in problems.items():
        if found:
            raise BadRequestToPerson(problem)
    return questions, words


def plain_lines(text: str) -> str:
    """Return what was typed without signs that cannot be seen, its lines kept."""
    return "\n".join(_lines(text)).strip()


def _lines(text: str) -> Iterable[str]:
    return (clean(line) for line in text[: 4 * WORDS_MAX].splitlines())
