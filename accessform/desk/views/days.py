"""« Aujourd'hui »: the day's appointments at one's own desks, and other days by links."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accessform.desk.access import agent_required, desks_of
from accessform.desk.services.days import list_day, list_later_days
from accessform.handoff.dates_in_words import say_day, say_near_day

YEARS = range(2000, 2100)


@agent_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the day that it is at the desk's place."""
    return _draw(request, None)


@agent_required
@require_safe
def day(request: HttpRequest, day: str) -> HttpResponse:
    """Show one day; 404 where there is no such day."""
    try:
        asked = dt.date.fromisoformat(day)
    except ValueError as error:
        raise Http404("no such day") from error
    if asked.year not in YEARS:
        raise Http404("no such day")
    return _draw(request, asked)


def _draw(request: HttpRequest, asked: dt.date | None) -> HttpResponse:
    now, desks = timezone.now(), list(desks_of(request.user))
    current = now.astimezone(desks[0].place.zone).date()
    shown = asked or current
    context = {
        "title": say_near_day(shown, today=current),
        "date": say_day(shown, today=current),
        "is_today": shown == current,
        "desks": [list_day(desk, shown, now) for desk in desks],
        "before": reverse("desk:day", args=[(shown - dt.timedelta(days=1)).isoformat()]),
        "after": reverse("desk:day", args=[(shown + dt.timedelta(days=1)).isoformat()]),
        "later": list_later_days(desks, shown),
        "here": "today",
    }
    return render(request, "desk/day.html", context)
