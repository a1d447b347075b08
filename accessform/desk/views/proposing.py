"""« Proposer une heure »: a time chosen with a person on the phone, held, read aloud, then booked or given back."""

import re
import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accessform.desk.access import agent_required, desks_of
from accessform.desk.services.proposing import (
    HOLD,
    Person,
    book_for,
    find_choice,
    find_proposed,
    keep_typed,
    list_choices,
    list_held,
    read_person,
    remember,
)
from accessform.handoff.codes import say_code
from accessform.handoff.contact_details import FIELDS
from accessform.handoff.dates_in_words import say_moment, say_time_of
from accessform.handoff.models import Appointment, AppointmentStatus
from accessform.handoff.presenting import local_today, page_slots, present_slot, read_stamp
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.booking import Booking, Outcome
from accessform.handoff.services.holding import extend_hold, hold_slot, release_hold
from accessform.handoff.views.booking import make_key, read_day
from accessform.journeys.resume_codes import spelled
from accessform.web.redirection import SeeOther
from accessform.web.views import bad_request

GONE = "Cette heure vient d'être prise. Proposez-en une autre."
TWICE = "Cette démarche a déjà un rendez-vous pour ce motif. La personne le retrouve sur sa page. Rendez cette heure."
CHANGED = "Cette heure a changé entre-temps. La voici comme elle est maintenant."
EMPTY = dict.fromkeys(FIELDS, "")


@agent_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the place and the motif; the times that this session holds already are named."""
    now = timezone.now()
    held = [
        (row, say_moment(row.starts_at, row.place.zone, today=local_today(row.place, now)))
        for row in list_held(request)
    ]
    context = {"choices": list_choices(request.user), "held": held, "here": "propose"}
    return render(request, "desk/propose.html", context)


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest, place_id: int, slug: str) -> HttpResponse:
    """Show the free times, five days at a time; POST holds one."""
    choice = find_choice(request.user, place_id, slug)
    if choice is None:
        raise Http404("no such motif at this account's places")
    place, motif = choice
    if request.method != "POST":
        return _draw_times(request, *choice)
    start = read_stamp(request.POST.get("start", ""))
    if start is None:
        return bad_request(request)
    key = make_key(request, f"{request.POST.get('key', '')[:40]}:{request.POST['start']}")
    held = hold_slot(place=place, motif=motif, start=start, until=timezone.now() + HOLD, key=key)
    if held.appointment is None:
        return _draw_times(request, *choice, held)
    remember(request, held.appointment)
    return SeeOther(reverse("desk:proposed", args=[held.appointment.pk]))


def _draw_times(request: HttpRequest, place: Any, motif: Any, gone: Booking | None = None) -> HttpResponse:
    today, first_day = local_today(place, timezone.now()), read_day(request.GET.get("jour", ""), place)
    context = {
        "place": place,
        "motif": motif,
        "page": page_slots(list_slots(place=place, motif=motif, not_before=first_day), place.zone, today=today),
        "is_later": first_day is not None,
        "nearest": [present_slot(slot, place.zone, today) for slot in gone.nearest] if gone else [],
        "problem": GONE if gone else "",
        "key": uuid.uuid4(),
        "here": "propose",
    }
    return render(request, "desk/propose_times.html", context, status=HTTPStatus.CONFLICT if gone else HTTPStatus.OK)


@agent_required
@require_safe
def proposed(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Show the time to read aloud and the fields to fill in; once booked, the code to say."""
    return _draw(request, _get_or_404(request, appointment_id))


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Book the held time, keep it longer, or give it back; what is typed so far stays where it is kept longer."""
    row = _get_or_404(request, appointment_id)
    if request.method != "POST":  # the address of a page that was refused, opened anew
        return SeeOther(reverse("desk:proposed", args=[row.pk]))
    deed = request.POST.get("action")
    if deed == "book":
        return _book(request, row)
    if deed == "longer":
        extend_hold(appointment=row, until=max(row.held_until or timezone.now(), timezone.now()) + HOLD)
        row.refresh_from_db()
        return _draw(request, row, keep_typed(request.POST))
    if deed != "leave":
        return bad_request(request)
    release_hold(appointment=row)
    messages.success(request, "L'heure est rendue. Vous pouvez en proposer une autre.")
    if find_choice(request.user, row.place_id, row.motif.slug) is None:
        return SeeOther(reverse("desk:propose"))
    return SeeOther(reverse("desk:propose_times", args=[row.place_id, row.motif.slug]))


def _book(request: HttpRequest, row: Appointment) -> HttpResponse:
    version = request.POST.get("version", "")
    if not re.fullmatch(r"[0-9]{1,9}", version):
        return bad_request(request)
    if row.status != AppointmentStatus.HELD:
        return SeeOther(reverse("desk:proposed", args=[row.pk]))
    person = read_person(request.POST, motif=row.motif, account=request.user.get_username())
    if person.errors:
        return _draw(request, row, person, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    booking = book_for(row, person, version=int(version))
    if booking.outcome is Outcome.ALREADY_BOOKED:
        refused = Person(person.details, person.code, errors={"code": TWICE})
        return _draw(request, row, refused, status=HTTPStatus.CONFLICT)
    if booking.outcome is Outcome.CHANGED_ELSEWHERE:
        messages.warning(request, CHANGED)
    return SeeOther(reverse("desk:proposed", args=[row.pk]))


def _draw(
    request: HttpRequest, row: Appointment, person: Person | None = None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    now, zone = timezone.now(), row.place.zone
    kept = row.held_until is not None and row.held_until > now
    context = {
        "row": row,
        "when": say_moment(row.starts_at, zone, today=local_today(row.place, now)),
        "until": say_time_of(row.held_until, zone) if row.held_until and kept else "",
        "state": _name_state(row),
        "typed": {**(person.details.typed if person else EMPTY), "code": person.code if person else ""},
        "errors": person.errors if person else {},
        "code": say_code(row.code),
        "spelled": spelled(row.code),
        "is_own": desks_of(request.user).filter(pk=row.agent_id).exists(),
        "here": "propose",
    }
    return render(request, "desk/proposed.html", context, status=status)


def _name_state(row: Appointment) -> str:
    if row.status == AppointmentStatus.BOOKED:
        return "booked"
    coming = row.starts_at > timezone.now()
    return "held" if row.status == AppointmentStatus.HELD and coming else "over"


def _get_or_404(request: HttpRequest, appointment_id: uuid.UUID) -> Appointment:
    row = find_proposed(request, appointment_id)
    if row is None:
        raise Http404("this session proposed no such time")
    return row
