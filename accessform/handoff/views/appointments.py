"""An appointment after it was booked: find it again, keep it, move it, cancel it."""

import datetime as dt
import re
import uuid
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accessform.adaptation.presenting import presented
from accessform.handoff.access import get_appointment_or_404, grant
from accessform.handoff.calendar_file import make_calendar
from accessform.handoff.codes import say_code
from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.models import ACTIVE, Appointment, AppointmentStatus
from accessform.handoff.presenting import local_today, page_slots, present_slot, read_stamp
from accessform.handoff.services.booking import (
    Booking,
    Outcome,
    cancel_appointment,
    list_slots_for_move,
    move_appointment,
)
from accessform.handoff.services.finding import Finding, find_by_code
from accessform.handoff.views.booking import read_day
from accessform.handoff.waiting.presenting import present_waiting
from accessform.journeys.access import SESSION_KEY as JOURNEYS_KEY
from accessform.journeys.contact import dialled
from accessform.trust.network import client_network
from accessform.web.redirection import SeeOther

private = cache_control(private=True, no_store=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def find(request: HttpRequest) -> HttpResponse:
    """Ask for an appointment's code; the right one opens it for this session."""
    if request.method != "POST":
        return render(request, "handoff/find.html", {"error": "", "typed": "", "again": ""})
    typed = request.POST.get("code", "")[:100]
    found = find_by_code(typed=typed, network=client_network(request))
    if found.appointment is not None:
        request.session.cycle_key()
        grant(request, found.appointment)
        return SeeOther(reverse("appointment", args=[found.appointment.pk]))
    blocked = found.finding is Finding.TOO_MANY
    zone, now = timezone.get_current_timezone(), timezone.now()
    again = say_moment(found.again_at, zone, today=timezone.localdate(now)) if found.again_at else ""
    context = {"error": f"handoff.find_{found.finding}", "typed": typed, "again": again}
    status = HTTPStatus.TOO_MANY_REQUESTS if blocked else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "handoff/find.html", context, status=status)


@require_safe
@private
@presented
def show(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Show an appointment: the confirmation, and whatever has become of it since."""
    appointment = get_appointment_or_404(request, appointment_id)
    context = {**present_appointment(request, appointment), "kept": "deja" in request.GET}
    if context["state"] == "active":
        context |= present_waiting(appointment)
    return render(request, "handoff/appointment.html", context)


def present_appointment(request: HttpRequest, appointment: Appointment) -> dict[str, Any]:
    """Return what every page of an appointment shows."""
    now, place = timezone.now(), appointment.place
    coming = appointment.starts_at > now
    journey_id = appointment.journey_id
    own = str(journey_id) in request.session.get(JOURNEYS_KEY, [])
    state = _name_state(appointment, coming=coming)
    return {
        "appointment": appointment,
        "place": place,
        "motif": appointment.motif,
        "when": say_moment(appointment.starts_at, place.zone, today=local_today(place, now)),
        "by_phone": appointment.motif.needs_phone,
        "mode": appointment.motif.mode,
        "state": state,
        "title": f"handoff.appointment_{state}",
        "code": say_code(appointment.code),
        "dialled": dialled(place.phone),
        "journey_id": journey_id if own else None,
        "until": _say_until(appointment, now=now) if state == "held" else "",
    }


def _say_until(appointment: Appointment, *, now: dt.datetime) -> str:
    """Return until when a slot is kept, "" once that has come and nobody has taken it."""
    place, until = appointment.place, appointment.held_until
    return say_moment(until, place.zone, today=local_today(place, now)) if until and until > now else ""


def _name_state(appointment: Appointment, *, coming: bool) -> str:
    if appointment.status == AppointmentStatus.CANCELLED_BY_SERVICE:
        return "called_off"
    if appointment.status == AppointmentStatus.CANCELLED_BY_USER:
        return "cancelled"
    if not coming:
        return "past"
    states = {AppointmentStatus.BOOKED: "active", AppointmentStatus.HELD: "held", AppointmentStatus.EXPIRED: "expired"}
    return states.get(AppointmentStatus(appointment.status), "past")


@require_http_methods(["GET", "HEAD", "POST"])
@private
@presented
def cancel(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Ask once, then cancel."""
    appointment = get_appointment_or_404(request, appointment_id)
    if request.method == "POST":
        cancel_appointment(appointment=appointment)
        return SeeOther(reverse("appointment", args=[appointment.pk]))
    context = present_appointment(request, appointment)
    if context["state"] != "active":
        return SeeOther(reverse("appointment", args=[appointment.pk]))
    return render(request, "handoff/cancel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@presented
def move(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Show where the appointment may go; POST moves it, and until then it stays where it is."""
    appointment = get_appointment_or_404(request, appointment_id)
    context = present_appointment(request, appointment)
    if request.method == "POST":
        return _move(request, appointment)
    if context["state"] != "active":
        return SeeOther(reverse("appointment", args=[appointment.pk]))
    return _show_moves(request, appointment, context)


def _show_moves(
    request: HttpRequest, appointment: Appointment, context: dict[str, Any], booking: Booking | None = None
) -> HttpResponse:
    place = appointment.place
    today, first_day = local_today(place, timezone.now()), read_day(request.GET.get("jour", ""), place)
    slots = list_slots_for_move(appointment)
    context |= {
        "page": page_slots(
            [slot for slot in slots if not first_day or slot.start >= first_day], place.zone, today=today
        ),
        "is_later": first_day is not None,
        "problem": f"handoff.move_{booking.outcome}" if booking else "",
        "nearest": [present_slot(slot, place.zone, today) for slot in booking.nearest] if booking else [],
    }
    return render(request, "handoff/move.html", context, status=HTTPStatus.CONFLICT if booking else HTTPStatus.OK)


def _move(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    start, version = read_stamp(request.POST.get("start", "")), request.POST.get("version", "")
    if start is None or not re.fullmatch(r"[0-9]{1,9}", version):
        raise Http404("this is no start")
    booking = move_appointment(appointment=appointment, start=start, version=int(version))
    if booking.outcome in {Outcome.SLOT_GONE, Outcome.CHANGED_ELSEWHERE} and appointment.status in ACTIVE:
        return _show_moves(request, appointment, present_appointment(request, appointment), booking)
    return SeeOther(reverse("appointment", args=[appointment.pk]))


@require_safe
@private
def download_calendar(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Answer with the appointment as a calendar file; 404 once it is cancelled."""
    appointment = get_appointment_or_404(request, appointment_id)
    if appointment.status not in ACTIVE:
        raise Http404("this appointment is not to be kept in a calendar")
    response = HttpResponse(make_calendar(appointment), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return response
