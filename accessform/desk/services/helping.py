"""Filling in a journey with its person: the agent may while the consent stands, asked anew each time."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accessform.desk.access import desks_of
from accessform.handoff.models import AccessKind, AgentProfile, Handover
from accessform.handoff.sharing.gate import lock_handover, refuse_inside
from accessform.handoff.sharing.log import record_access
from accessform.handoff.sharing.scope import read_showing
from accessform.handoff.sharing.services import may_write
from accessform.journeys.helping import HelpEnded, Helping
from accessform.journeys.models import Journey
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.staff.sessions import current_staff
from forms_catalog.definition import Step

SESSION_KEY = "helped"
"""Journey id → handover id: what the agent fills in now. It grants nothing by itself."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The file, and the desk that it is shown to."""

    handover: Handover
    agent: AgentProfile


def begin_helping(request: HttpRequest, desk: Desk) -> None:
    """Have this session fill in the file's journey; one journey at a time, so that two people are never mixed up."""
    request.session[SESSION_KEY] = {str(desk.handover.journey_id): str(desk.handover.pk)}


def stop_helping(request: HttpRequest) -> None:
    """Have this session fill in nothing more."""
    request.session.pop(SESSION_KEY, None)


def is_helping(request: HttpRequest, handover: Handover) -> bool:
    """Tell whether this session fills in the file's journey."""
    return request.session.get(SESSION_KEY, {}).get(str(handover.journey_id)) == str(handover.pk)


def find_desk(request: HttpRequest, handover_id: uuid.UUID) -> Desk | None:
    """Return the file and the account's desk that it is shown to; None for a file of other desks or of none."""
    handover = Handover.objects.select_related("appointment", "place").filter(pk=handover_id).first()
    if handover is None:
        return None
    own = desks_of(request.user).filter(place_id=handover.place_id)
    shown_to = handover.agent_id if handover.by_code else handover.appointment and handover.appointment.agent_id
    agent = own.filter(pk=shown_to).first() if shown_to else None
    return Desk(handover, agent) if agent else None


def list_closed(handover: Handover, steps: Iterable[Step]) -> frozenset[str]:
    """Return the ids of the steps that hold an answer which is not shown: they are the person's to fill in.

    A step is one page: with one hidden answer on it, the page would show it. So the whole step stays closed.
    """
    steps = tuple(steps)
    showing = read_showing(steps, scope=handover.scope, chosen=handover.chosen)
    unseen = showing.hidden | showing.secret
    return frozenset(
        step.id
        for step in steps
        if any(each.id in unseen for question in step.questions for each in (question, *question.questions))
    )


def list_named(handover: Handover, steps: Iterable[Step]) -> frozenset[str]:
    """Return the ids of the steps that may be named: a step that only a hidden answer brings up would tell it."""
    steps = tuple(steps)
    showing = read_showing(steps, scope=handover.scope, chosen=handover.chosen)
    return frozenset(step.id for step in steps if any(each.id not in showing.secret for each in step.questions))


def help_with(request: HttpRequest, journey_id: uuid.UUID) -> Helping | None:
    """Say whether the agent of this session may fill in a journey now (registered with journeys).

    Raises HelpEnded, which leads to the file's page, where the consent, the window or the session has ended.
    """
    held = request.session.get(SESSION_KEY, {}).get(str(journey_id))
    if held is None:
        return None
    back = reverse("desk:file", args=[held])
    if current_staff(request) is None:
        raise HelpEnded(back)
    desk = find_desk(request, uuid.UUID(held))
    if desk is None or not stands(desk):
        stop_helping(request)
        raise HelpEnded(back)
    return Helping(
        level=ReadingLevel(desk.handover.reading_level),
        back=back,
        banner=render_to_string("desk/helping.html", {"name": person_of(desk.handover)}, request),
        closed=partial(list_closed, desk.handover),
        stands=partial(stands, desk, locking=True),
        wrote=partial(_keep_writing, desk),
    )


def stands(desk: Desk, *, locking: bool = False) -> bool:
    """Tell whether the consent to write stands now.

    `locking`, within a transaction, makes a revocation wait for its end: what is saved was saved before it. The journey
    is locked first, as where a person agrees anew (granting.py): in another order the two would wait for each other.
    """
    now = timezone.now()
    if locking:
        Journey.objects.select_for_update(of=("self",)).filter(pk=desk.handover.journey_id).first()
    handover = lock_handover(desk.handover.pk) if locking else desk.handover
    return handover is not None and refuse_inside(handover, desk.agent, now) is None and may_write(handover, now)


def person_of(handover: Handover) -> str:
    """Return the name that the person gave for the appointment, "" where the file was opened by a code."""
    contact = handover.appointment.contact if handover.appointment else None
    return contact.name if contact else ""


def _keep_writing(desk: Desk) -> None:
    record_access(desk.handover, desk.agent, AccessKind.WROTE, now=timezone.now())
