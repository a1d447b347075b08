"""After the sending, at the desk: what may be asked, seen and corrected of a form that its person shows here."""

import uuid
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accessform.desk.access import desks_of
from accessform.desk.services.helping import Desk
from accessform.desk.services.submitting import NoMandate
from accessform.handoff.models import AccessKind, Handover, Mandate
from accessform.handoff.place_facts import Mode
from accessform.handoff.sharing.gate import lock_handover, refuse_inside
from accessform.handoff.sharing.log import record_access
from accessform.handoff.sharing.scope import Showing, read_showing
from accessform.handoff.sharing.services import find_mandate, use_mandate
from accessform.journeys.corrections.desk import Place
from accessform.journeys.corrections.requests import Asked, ask, askable_ids
from accessform.journeys.corrections.sending import Sender
from accessform.journeys.models import CorrectionRequest, Corrector, Submission
from accessform.journeys.services.submit_journey import read_reference
from accessform.plain_language.wording import ReadingLevel


def find_shown(user: Any, reference: str) -> Handover | None:
    """Return the newest file of a sent form that is or was shown to one of the account's desks, by its reference.

    None for any other reference, whether it exists or not, and once the person has stopped showing it.
    """
    desks, written = desks_of(user), read_reference(reference)
    rows = Handover.objects.filter(journey__submission__reference=written, revoked_at=None)
    mine = rows.filter(by_code=True, agent__in=desks) | rows.filter(by_code=False, appointment__agent__in=desks)
    return mine.order_by("-created_at").first()


def find_sent(desk: Desk) -> Submission | None:
    """Return what was sent of a file that its person has not stopped showing, None otherwise."""
    if desk.handover.revoked_at is not None:
        return None
    found = Submission.objects.select_related("journey__version__form").filter(journey_id=desk.handover.journey_id)
    return found.first()


def name_desk(desk: Desk) -> str:
    """Return the desk as the person reads it: never the agent's own name."""
    return f"{desk.agent.name}, {desk.agent.place.name}"[:120]


def list_askable(desk: Desk, submission: Submission) -> list[tuple[str, str]]:
    """Return the questions that this desk may name, as (id, label): a secret one would tell another answer."""
    showing = _showing(desk, submission)
    named = [name for name in askable_ids(submission) if name not in showing.secret]
    level = ReadingLevel(desk.handover.reading_level)
    labels = {question.id: question.label.at(level) for question in submission.journey.version.definition.questions()}
    return [(name, labels[name]) for name in named]


def ask_person(*, desk: Desk, submission: Submission, asked: Asked, key: uuid.UUID) -> CorrectionRequest:
    """Ask under the desk's name; raises BadRequestToPerson, also for a question that the desk may not name."""
    known = {name for name, _ in list_askable(desk, submission)}
    questions = asked.questions if set(asked.questions) <= known else ()
    return ask(
        submission=submission,
        asked=Asked(asked.kind, questions, asked.words, name_desk(desk), asked.due_on),
        key=key,
    )


def may_correct(desk: Desk, *, locking: bool = False) -> bool:
    """Tell whether the person shows this desk the file now and lets it write.

    `locking`, within a transaction, makes a revocation wait for its end: what is sent was sent before it.
    """
    handover = lock_handover(desk.handover.pk) if locking else desk.handover
    if handover is None or not handover.may_write or handover.opened_at is None:
        return False
    return refuse_inside(handover, desk.agent, timezone.now()) is None


def usable_mandate(desk: Desk) -> Mandate | None:
    """Return the mandate under which this desk may send one correction now; one that has served is over."""
    mandate = find_mandate(handover=desk.handover, agent=desk.agent, now=timezone.now())
    return mandate if mandate and mandate.used_at is None else None


def place_of(desk: Desk, submission: Submission, banner: str) -> Place:
    """Return where and how this desk corrects: what the person does not show stays closed, sending needs a mandate."""
    hidden = hidden_questions(desk, submission)
    visit = desk.handover.appointment
    face_to_face = visit is None or visit.motif.mode in {Mode.OFFICE.value, Mode.HOME.value}
    by = Corrector.COUNTER if face_to_face else Corrector.PHONE
    sender = Sender(
        holder=f"desk:{desk.agent.pk}",
        by=by.value,
        desk=name_desk(desk),
        hidden=hidden,
        settle=lambda: _settle(desk),
    )
    return Place(
        sender=sender,
        level=ReadingLevel(desk.handover.reading_level),
        home=reverse("desk:correct", args=[desk.handover.pk]),
        back=reverse("desk:after_sending", args=[desk.handover.pk]),
        frame="desk/base.html",
        hidden=hidden,
        banner=banner,
        context={"here": ""},
    )


def hidden_questions(desk: Desk, submission: Submission) -> frozenset[str]:
    """Return the questions that the person does not show whole: a group with one hidden answer is hidden."""
    showing = _showing(desk, submission)
    unseen = showing.hidden | showing.secret
    return frozenset(
        question.id
        for step in submission.journey.version.definition.steps
        for question in step.questions
        if any(each.id in unseen for each in (question, *question.questions))
    )


def log_correcting(desk: Desk, kind: AccessKind) -> None:
    """Write where the person reads it that answers were read or written after the sending."""
    record_access(desk.handover, desk.agent, kind, now=timezone.now())


def _settle(desk: Desk) -> None:
    """Use the mandate in the sending's own transaction; raises NoMandate where it or the consent has ended."""
    with transaction.atomic():
        mandate = usable_mandate(desk)
        if (
            mandate is None
            or not may_correct(desk, locking=True)
            or not use_mandate(mandate=mandate, now=timezone.now())
        ):
            raise NoMandate


def _showing(desk: Desk, submission: Submission) -> Showing:
    steps = submission.journey.version.definition.steps
    return read_showing(steps, scope=desk.handover.scope, chosen=desk.handover.chosen)
