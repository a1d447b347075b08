"""« Montrer mon dossier ? » : what, to whom, the preview, the person's word. Every page works alone, by address."""

import datetime as dt
import hashlib
import uuid
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accessform.adaptation.presenting import presented
from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.geography import find_origin
from accessform.handoff.models import Handover, Scope, UrgentOpening
from accessform.handoff.presenting import local_today
from accessform.handoff.sharing.consent import AgreedText, word_consent
from accessform.handoff.sharing.drawing import draw_content
from accessform.handoff.sharing.following import present_file
from accessform.handoff.sharing.granting import Agreement, TooLate, grant_handover, list_open_handovers, revoke_handover
from accessform.handoff.sharing.reading import show_content
from accessform.handoff.sharing.scope import Choosable, is_sensitive, list_choosable
from accessform.handoff.sharing.wishes import (
    CODE,
    PLACE,
    QUESTION,
    WHAT,
    WHATS,
    Wish,
    can_be_opened,
    find_place,
    list_files_of,
    list_places_near,
    new_key,
    places_with_a_desk,
    read_wish,
)
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.models import Journey
from accessform.journeys.path import shown_questions
from accessform.journeys.services.passage import load_passage
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.web.redirection import SeeOther

private = cache_control(private=True, no_store=True)
either = require_http_methods(["GET", "HEAD", "POST"])

NOTHING = "rien"


@either
@private
@presented
def ask(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Ask what to show, « Ne rien montrer » first; say what is shown already, and how to stop."""
    journey = get_journey_or_404(request, journey_id)
    now = timezone.now()
    wish = read_wish(journey, request.GET, now)
    open_files = list_open_handovers(journey, now)
    if request.method == "POST":
        return _go_on(wish, request.POST.get("choix", NOTHING), open_files, now)
    shown = list_files_of(wish, open_files)
    context = {
        **_present_visit(wish, now),
        "journey": journey,
        "files": [present_file(row, now) for row in open_files],
        "asking": not shown or "changer" in request.GET,
        "change": f"{wish.address('sharing')}{'&' if '?' in wish.address('sharing') else '?'}changer=1",
        "stopped": "arrete" in request.GET,
        "has_log": Handover.objects.filter(journey=journey).exists()
        or UrgentOpening.objects.filter(journey=journey).exists(),
    }
    return render(request, "handoff/sharing.html", context)


def _go_on(wish: Wish, choice: str, open_files: list[Handover], now: dt.datetime) -> HttpResponse:
    """Go where the choice leads. Showing nothing stops what this visit shows already."""
    if choice == CODE or (choice in WHATS and wish.by_code):  # by code also where the visit has gone by meanwhile
        return SeeOther(wish.but(by_code=True, what="").address("sharing_prepare"))
    if choice in WHATS:
        wanted = wish.but(what=choice)
        return SeeOther(wanted.address("sharing_choose" if choice == "choisir" else "sharing_preview"))
    for shown in list_files_of(wish, open_files):
        revoke_handover(handover=shown, now=now)
    return SeeOther(reverse("sharing", args=[wish.journey.pk]) + "?arrete=1")


@either
@private
@presented
def prepare(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Ask where a code will be said, unless an appointment says it, and what it opens."""
    journey = get_journey_or_404(request, journey_id)
    now = timezone.now()
    wish = read_wish(journey, request.GET, now).but(by_code=True)
    what = request.POST.get(WHAT, "tout")
    missing = False
    if request.method == "POST":
        place = wish.place if wish.appointment else find_place(request.POST.get(PLACE, ""))
        wanted = wish.but(place=place, what=what if what in WHATS else "tout")
        if place is not None:
            return SeeOther(wanted.address("sharing_choose" if wanted.what == "choisir" else "sharing_preview"))
        missing = True
    typed = request.GET.get("ou", "").strip()[:80]
    origin = find_origin(typed) if typed else None
    places, more = ([], False) if wish.appointment else list_places_near(origin)
    context = {
        **_present_visit(wish, now),
        "journey": journey,
        "places": places,
        "searching": more or bool(typed),
        "typed": typed,
        "unread": bool(typed) and origin is None,
        "missing": missing,
        "what": what,
        "back": wish.but(by_code=False).address("sharing"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if missing else HTTPStatus.OK
    return render(request, "handoff/sharing_prepare.html", context, status=status)


@either
@private
@presented
def choose(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """List the questions on the way with a box each; nothing is shown before the preview is agreed to."""
    journey = get_journey_or_404(request, journey_id)
    wish = read_wish(journey, request.GET, timezone.now()).but(what="choisir")
    if wish.place is None:
        return SeeOther(reverse("sharing", args=[journey.pk]))
    passage = load_passage(journey)
    steps = [(step, list_choosable(shown_questions(step, passage.path.answers))) for step in passage.path.steps]
    if request.method == "POST":
        known = {found.id for _, of_step in steps for found in of_step}
        wish = wish.but(chosen=tuple(name for name in dict.fromkeys(request.POST.getlist(QUESTION)) if name in known))
        if wish.chosen:
            return SeeOther(wish.address("sharing_preview"))
    empty = request.method == "POST"
    numbers = passage.definition.numbers()
    context = {
        "journey": journey,
        "steps": [
            (step, [_present_choosable(found, numbers, wish) for found in of_step])
            for step, of_step in steps
            if of_step
        ],
        "empty": empty,
        "back": wish.but(by_code=False, what="", chosen=()).address("sharing"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if empty else HTTPStatus.OK
    return render(request, "handoff/sharing_choose.html", context, status=status)


@either
@private
@presented
def preview(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show what the agent will see, and the words to agree to; POST agrees to these very words."""
    journey = get_journey_or_404(request, journey_id)
    now = timezone.now()
    wish = read_wish(journey, request.GET, now)
    if not wish.is_whole:
        return SeeOther(reverse("sharing", args=[journey.pk]))
    level: ReadingLevel = request.presentation.reading_level  # type: ignore[attr-defined]
    reading, writing = (_word(wish, now, may_write=write, level=level) for write in (False, True))
    seen = hashlib.sha256(f"{reading.sha256}{writing.sha256}".encode()).hexdigest()
    changed = request.method == "POST" and request.POST.get("texte") != seen
    if request.method == "POST" and not changed:
        may_write = request.POST.get("ecrire") == "oui"
        return _agree(wish, writing if may_write else reading, request.POST.get("key", ""), may_write=may_write)
    content = show_content(journey, scope=wish.scope or "", chosen=wish.chosen, level=level)
    context = {
        "journey": journey,
        "content": content,
        "drawn": draw_content(content),
        "consent": _split(reading, level),
        "seen": seen,
        "key": uuid.uuid4(),
        "changed": changed,
        "writes": request.POST.get("ecrire") == "oui",
        "back": wish.but(what="", chosen=(), by_code=False).address("sharing"),
        "rechoose": wish.address("sharing_choose") if wish.scope == Scope.CHOSEN else "",
    }
    status = HTTPStatus.CONFLICT if changed else HTTPStatus.OK
    return render(request, "handoff/sharing_preview.html", context, status=status)


def _agree(wish: Wish, words: AgreedText, key: str, *, may_write: bool) -> HttpResponse:
    place, scope = wish.place, wish.scope
    if place is None or scope is None:
        return SeeOther(wish.address("sharing"))
    agreement = Agreement(
        journey=wish.journey,
        place=place,
        appointment=None if wish.by_code else wish.appointment,
        scope=scope,
        chosen=wish.chosen if scope == Scope.CHOSEN else (),
        may_write=may_write,
        words=words,
    )
    try:
        grant_handover(agreement=agreement, key=new_key(key), now=timezone.now())
    except (TooLate, Journey.DoesNotExist):
        return SeeOther(reverse("sharing", args=[wish.journey.pk]))
    if wish.by_code:
        return SeeOther(reverse("sharing_code", args=[wish.journey.pk]))
    return SeeOther(wish.but(what="", chosen=()).address("sharing"))


def _word(wish: Wish, now: dt.datetime, *, may_write: bool, level: ReadingLevel) -> AgreedText:
    place = wish.place.name if wish.place else ""
    when = "" if wish.by_code else _present_visit(wish, now)["when"]
    return word_consent(
        scope=wish.scope or "", place=place, when=when, by_code=wish.by_code, may_write=may_write, level=level
    )


def _split(reading: AgreedText, level: ReadingLevel) -> dict[str, str]:
    """Return the words before and after the one that says whether the agent may write: the page asks it there."""
    before, after = reading.text.split(interface.text("sharing.consent_read", level))
    return {"before": before, "after": after}


def _present_visit(wish: Wish, now: dt.datetime) -> dict[str, Any]:
    """Return the visit in words, and whether somebody can open a file there."""
    appointment, place, moment = wish.appointment, wish.place, ""
    if appointment:
        today = local_today(appointment.place, now)
        moment = say_moment(appointment.starts_at, appointment.place.zone, today=today)
    desks = places_with_a_desk().filter(pk=place.pk) if place else places_with_a_desk()
    reached = {"at_visit": appointment is not None and can_be_opened(appointment), "by_code": desks.exists()}
    return {"appointment": appointment, "place": place, "when": moment, **reached}


def _present_choosable(found: Choosable, numbers: dict[str, str], wish: Wish) -> dict[str, Any]:
    return {
        "id": found.id,
        "number": numbers.get(found.id, ""),
        "label": found.label,
        "group": found.group,
        "sensitive": is_sensitive(found.question, found.group),
        "checked": found.id in wish.chosen,
    }
