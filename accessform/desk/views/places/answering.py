"""How these screens answer: a page, a form with what was typed, or what a change would bring before it is saved."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accessform.desk.places.sheet import Sheet
from accessform.desk.places.weighing import Change, Weighed, weigh
from accessform.handoff.models import Place
from accessform.trust.staff.homes import homes_of
from accessform.web.redirection import SeeOther

ALREADY = "C'était déjà fait. Rien n'a changé."
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "agreed", "again"})


@dataclass(frozen=True, slots=True)
class About:
    """What a form is for: its title, where it leads back, what is said when it is saved."""

    title: str
    back: str
    done: str
    button: str = "Voir ce que cela change"
    intro: str = ""


def draw(request: HttpRequest, template: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
    """Return one of these pages."""
    context = {"homes": homes_of(request.user), **context}
    return render(request, template, context, status=status)


def back_to(name: str, place: Place) -> str:
    """Return the address of one of the place's pages."""
    return reverse(f"desk:{name}", args=[place.pk])


def draw_form(
    request: HttpRequest, place: Place, sheet: Sheet, about: About, *, status: int = 0, **more: Any
) -> HttpResponse:
    """Show a form as it was typed, with what is wrong (422) where something is."""
    refused = bool(sheet.errors) and "again" not in request.POST
    wanted = status or (HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK)
    context = {"changed": [], "seen": "", **more}
    return draw(
        request,
        "desk/places/form.html",
        status=wanted,
        place=place,
        sheet=sheet,
        about=about,
        refused=refused,
        **context,
    )


def answer(request: HttpRequest, place: Place, sheet: Sheet, about: About, *, change: Change | None) -> HttpResponse:
    """Show the form, what its change would bring, or save it as it was agreed to."""
    if change is None or "again" in request.POST:
        return draw_form(request, place, sheet, about)
    return settle(request, change, about, may_amend=True)


def settle(request: HttpRequest, change: Change, about: About, *, may_amend: bool = False) -> HttpResponse:
    """Save a change that was agreed to; else show what it would bring (409 where that has changed since it was shown).

    The page carries what was sent: agreeing sends it again, and it is weighed again.
    """
    weighed = weigh(change, agreed=request.POST.get("agreed", ""))
    if weighed.saved:
        return _saved(request, change, about, weighed)
    if weighed.is_done_already:
        messages.info(request, ALREADY)
        return SeeOther(about.back)
    sent = [(name, value) for name, values in request.POST.lists() if name not in OWN_FIELDS for value in values]
    status = HTTPStatus.CONFLICT if weighed.is_stale else HTTPStatus.OK
    context = {"place": change.place, "change": change, "weighed": weighed, "about": about, "sent": sent}
    return draw(request, "desk/places/review.html", status=status, may_amend=may_amend, **context)


def _saved(request: HttpRequest, change: Change, about: About, weighed: Weighed) -> HttpResponse:
    messages.success(request, about.done)
    if not weighed.outside:
        return SeeOther(about.back)
    messages.warning(request, "Des personnes sont à prévenir. Leurs rendez-vous sont gardés.")
    return SeeOther(back_to("place_to_tell", change.place))
