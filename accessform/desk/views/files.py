"""The shared file: opened within its window, read, filled in together, given back."""

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accessform.desk.access import agent_required, desks_of, get_appointment_or_404
from accessform.desk.services import helping
from accessform.desk.services.helping import Desk
from accessform.desk.services.submitting import find_submission
from accessform.desk.views import appointments
from accessform.handoff.dates_in_words import say_moment, say_time_of
from accessform.handoff.models import AgentProfile
from accessform.handoff.sharing.drawing import draw_content
from accessform.handoff.sharing.services import (
    OpenedFile,
    Refusal,
    SharedFile,
    close_file,
    find_mandate,
    open_by_code,
    open_for_appointment,
    read_file,
)
from accessform.journeys.models import Journey
from accessform.journeys.services.passage import load_passage
from accessform.web.redirection import SeeOther


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the file, and whether the agent may open it."""

    id: str
    title: str
    is_complete: bool
    is_closed: bool


@agent_required
@require_POST
def open_file(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Open the file that a person shows at their appointment; why it does not open is said."""
    row = get_appointment_or_404(request.user, appointment_id)
    opened = open_for_appointment(agent=row.agent, appointment=row, now=timezone.now())
    if isinstance(opened, OpenedFile):
        return SeeOther(reverse("desk:file", args=[opened.handover.pk]))
    return appointments.draw(request, row, refusal=said(opened, row.agent), status=HTTPStatus.CONFLICT)


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """« Code dit au guichet »: open the file of the person who says six digits."""
    desks = list(desks_of(request.user))
    context: dict[str, Any] = {"desks": desks, "here": "code", "refusal": "", "typed_desk": ""}
    if request.method != "POST":
        return render(request, "desk/code.html", context)
    chosen = request.POST.get("desk", "")
    desk = desks[0] if len(desks) == 1 else next((each for each in desks if str(each.pk) == chosen), None)
    if desk is None:
        again = context | {"refusal": "Choisissez le guichet."}
        return render(request, "desk/code.html", again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    opened = open_by_code(agent=desk, code=request.POST.get("code", "")[:40], now=timezone.now())
    if isinstance(opened, OpenedFile):
        return SeeOther(reverse("desk:file", args=[opened.handover.pk]))
    again = context | {"refusal": said(opened, desk), "typed_desk": chosen}
    return render(request, "desk/code.html", again, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@agent_required
@require_safe
def file(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """Show the file as the person's preview shows it; each showing is written where the person reads it."""
    return draw_file(request, get_desk_or_404(request, handover_id))


@agent_required
@require_POST
def fill(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """Fill in together: lead to the first step that waits and is shown."""
    desk = get_desk_or_404(request, handover_id)
    if not helping.stands(desk):
        return draw_file(request, desk)
    lines = list_steps(desk)
    wanted = request.POST.get("step", "")
    first = next((line for line in lines if line.id == wanted and not line.is_closed), None)
    first = first or next((line for line in lines if not line.is_closed and not line.is_complete), None)
    first = first or next((line for line in lines if not line.is_closed), None)
    if first is None:
        return draw_file(request, desk)
    helping.begin_helping(request, desk)
    return SeeOther(reverse("journeys:step", args=[desk.handover.journey_id, first.id]))


@agent_required
@require_POST
def give_back(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """Give the file back: this desk opens it no more, and the person goes on where it was. Twice is once."""
    desk = get_desk_or_404(request, handover_id)
    close_file(handover=desk.handover, agent=desk.agent, now=timezone.now())
    helping.stop_helping(request)
    messages.success(request, "La démarche est rendue. La personne continue sur sa page, avec son code.")
    visit = desk.handover.appointment
    return SeeOther(reverse("desk:appointment", args=[visit.pk]) if visit else reverse("desk:today"))


def get_desk_or_404(request: HttpRequest, handover_id: uuid.UUID) -> Desk:
    """Return a file shown to one of the account's desks; raises Http404 for another, whether it exists or not."""
    desk = helping.find_desk(request, handover_id)
    if desk is None:
        raise Http404("no such file at this desk")
    return desk


def draw_file(request: HttpRequest, desk: Desk, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    """Return the file's page, or the plain page that says why it is shown no more."""
    now = timezone.now()
    read = read_file(handover=desk.handover, agent=desk.agent, now=now)
    if not isinstance(read, SharedFile):
        helping.stop_helping(request)
        context = {"refusal": said(read, desk.agent), "here": "", "visit": desk.handover.appointment}
        return render(request, "desk/file_ended.html", context, status=HTTPStatus.GONE)
    sent = find_submission(desk.handover.journey_id)
    context = {
        "handover": desk.handover,
        "desk": desk.agent,
        "name": helping.person_of(desk.handover),
        "content": read.content,
        "drawn": draw_content(read.content),
        "until": say_time_of(read.until, desk.agent.place.zone),
        "may_write": read.may_write,
        "is_helping": helping.is_helping(request, desk.handover),
        "steps": list_steps(desk) if read.may_write else [],
        "sent": sent,
        "mandate": find_mandate(handover=desk.handover, agent=desk.agent, now=now),
        "key": uuid.uuid4(),
        "visit": desk.handover.appointment,
        "here": "",
        "problem": "",
        **more,
    }
    return render(request, "desk/file.html", context, status=status)


def list_steps(desk: Desk) -> list[StepLine]:
    """Return the steps that the person shows, in order; those with something hidden are theirs to fill in.

    A step that only a hidden answer brings up is not even named: read_file's content names none of it.
    """
    journey = Journey.objects.select_related("version__form").get(pk=desk.handover.journey_id)
    passage = load_passage(journey)
    closed, complete = helping.list_closed(desk.handover, passage.steps), passage.complete()
    named = helping.list_named(desk.handover, passage.steps)
    level = desk.handover.reading_level
    return [
        StepLine(step.id, step.title.at(level), step.id in complete, step.id in closed)
        for step in passage.path.steps
        if step.id in named
    ]


def said(refusal: Refusal, agent: AgentProfile) -> str:
    """Return why a file does not open, with the moment from which it would, by the clocks of the place."""
    if refusal.again_at is None:
        return refusal.said
    today = timezone.now().astimezone(agent.place.zone).date()
    return f"{refusal.said} À partir de : {say_moment(refusal.again_at, agent.place.zone, today=today)}."
