"""After the person agreed: the code to say, who opened the file, how to stop."""

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accessform.adaptation.presenting import presented
from accessform.handoff.dates_in_words import say_day, say_moment, say_time_of
from accessform.handoff.models import AccessKind, Handover, HandoverAccess, Mandate, UrgentOpening
from accessform.handoff.presenting import local_today
from accessform.handoff.sharing.codes import say_code
from accessform.handoff.sharing.drawing import draw_content
from accessform.handoff.sharing.gate import is_over, window_of
from accessform.handoff.sharing.granting import read_own_code, renew_code, revoke_handover
from accessform.handoff.sharing.mandates import withdraw_mandate
from accessform.handoff.sharing.reading import read_snapshot
from accessform.journeys.access import get_journey_or_404
from accessform.web.redirection import SeeOther

private = cache_control(private=True, no_store=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@presented
def show_code(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show the six digits and until when they open; POST makes others and gives them their full time."""
    journey = get_journey_or_404(request, journey_id)
    now = timezone.now()
    files = Handover.objects.filter(journey=journey, by_code=True).select_related("place", "agent", "appointment")
    handover = files.order_by("created_at").last()
    if handover is None:
        return SeeOther(reverse("sharing", args=[journey.pk]))
    if request.method == "POST":
        renew_code(handover=handover, now=now)
        return SeeOther(reverse("sharing_code", args=[journey.pk]))
    over = is_over(handover, now)
    code = None if over else read_own_code(handover, now)
    context = {
        "journey": journey,
        "file": present_file(handover, now),
        "code": say_code(code.digits) if code else "",
        "spelled": list(code.digits) if code else [],
        "until": say_time_of(code.valid_until if code else window_of(handover).closes, handover.place.zone),
        "is_open": not over and handover.agent_id is not None,
    }
    return render(request, "handoff/sharing_code.html", context)


@require_safe
@private
@presented
def show_log(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """« Qui a vu mon dossier » : every opening, reading and refusal, with the words that were agreed to."""
    journey = get_journey_or_404(request, journey_id)
    now = timezone.now()
    files = Handover.objects.filter(journey=journey).select_related("place", "appointment", "agent")
    context = {
        "journey": journey,
        "files": [
            {**present_file(row, now), "lines": _present_lines(row, now)}
            for row in files.prefetch_related("accesses").order_by("-created_at")
        ],
        "mandates": [
            _present_mandate(row, now)
            for row in Mandate.objects.filter(journey=journey).select_related("agent__place").order_by("given_at")
        ],
        "urgent": [
            {"row": row, "when": say_moment(row.at, _zone_of(row))}
            for row in UrgentOpening.objects.filter(journey=journey).select_related("agent__place")
        ],
    }
    return render(request, "handoff/sharing_log.html", context)


@require_safe
@private
@presented
def show_snapshot(request: HttpRequest, journey_id: uuid.UUID, access_id: int) -> HttpResponse:
    """Show what an agent read then; once the person stopped, that its key is destroyed."""
    journey = get_journey_or_404(request, journey_id)
    lines = HandoverAccess.objects.select_related("handover__place")
    access = get_object_or_404(lines, pk=access_id, handover__journey=journey, kind=AccessKind.READ)
    content = read_snapshot(access)
    zone = access.handover.place.zone
    context = {
        "journey": journey,
        "access": access,
        "when": say_moment(access.at, zone, today=local_today(access.handover.place, timezone.now())),
        "drawn": draw_content(content) if content else "",
    }
    return render(request, "handoff/sharing_snapshot.html", context)


@require_POST
@private
def stop(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Stop showing a file, at once and for good. Twice is once; another journey's is not found."""
    journey = get_journey_or_404(request, journey_id)
    handover = _own(Handover, request.POST.get("dossier", ""), journey.pk)
    revoke_handover(handover=handover, now=timezone.now())
    return SeeOther(reverse("sharing", args=[journey.pk]) + "?arrete=1")


@require_POST
@private
def stop_mandate(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Take back the word that let an agent send the file."""
    journey = get_journey_or_404(request, journey_id)
    withdraw_mandate(mandate=_own(Mandate, request.POST.get("accord", ""), journey.pk), now=timezone.now())
    return SeeOther(reverse("sharing_log", args=[journey.pk]))


def present_file(handover: Handover, now: dt.datetime) -> dict[str, Any]:
    """Return a consent in words: to whom, what, since when, how it stands."""
    zone, today = handover.place.zone, local_today(handover.place, now)
    ended = handover.revoked_at or handover.closed_at
    return {
        "row": handover,
        "id": handover.pk,
        "place": handover.place.name,
        "state": _name_state(handover, now),
        "what": f"sharing.shows_{handover.scope}",
        "agreed": say_day(handover.created_at.astimezone(zone).date(), today=today),
        "until": say_moment(window_of(handover).closes, zone, today=today),
        "ended": say_moment(ended, zone, today=today) if ended else "",
        "desk": handover.agent.name if handover.agent else "",
        "has_copies": handover.wrapped_key is not None,
        "waits_for_code": handover.by_code and handover.agent_id is None,
    }


def _name_state(handover: Handover, now: dt.datetime) -> str:
    if handover.revoked_at is not None:
        return "revoked"
    if handover.closed_at is not None:
        return "closed"
    return "over" if is_over(handover, now) else "open"


def _present_lines(handover: Handover, now: dt.datetime) -> list[dict[str, Any]]:
    """Return the log in words; the same again, one after another, is one line with its number."""
    zone, today = handover.place.zone, local_today(handover.place, now)
    lines: list[dict[str, Any]] = []
    for access in handover.accesses.all():
        moment = say_moment(access.at, zone, today=today)
        if lines and not access.snapshot and _says(lines[-1]["row"]) == _says(access):
            lines[-1] |= {"again": lines[-1]["again"] + 1, "last": moment}
            continue
        refused = access.kind == AccessKind.REFUSED
        text = f"sharing.refused_{access.reason}" if refused else f"sharing.log_{access.kind}"
        seen = bool(access.snapshot) and handover.wrapped_key is not None
        lines.append({"row": access, "text": text, "when": moment, "again": 0, "last": "", "can_be_seen": seen})
    return lines


def _says(access: HandoverAccess) -> tuple[object, ...]:
    return access.kind, access.reason, access.desk, access.place_name, access.shown_count, access.hidden_count


def _present_mandate(mandate: Mandate, now: dt.datetime) -> dict[str, Any]:
    zone = _zone_of(mandate)
    moments = {name: getattr(mandate, f"{name}_at") for name in ("given", "used", "revoked")}
    said = {name: say_moment(moment, zone) if moment else "" for name, moment in moments.items()}
    living = mandate.revoked_at is None and mandate.used_at is None and now < mandate.expires_at
    return {"row": mandate, **said, "living": living}


def _zone_of(row: Mandate | UrgentOpening) -> dt.tzinfo:
    """Return the clocks of the place where it was done; those of the installation once its desk has gone."""
    return row.agent.place.zone if row.agent else timezone.get_current_timezone()


def _own(model: Any, named: str, journey_id: uuid.UUID) -> Any:
    """Return a row of this journey; raises Http404 for any other, and for what is no id."""
    try:
        return model.objects.get(pk=uuid.UUID(named), journey_id=journey_id)
    except (ValueError, model.DoesNotExist) as error:
        raise Http404("nothing of that name is shown from this journey") from error
