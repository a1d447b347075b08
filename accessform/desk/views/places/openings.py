"""When a place's agents receive: the list in plain words, openings added at once, ended or removed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accessform.desk.places.access import MAX_ID, administrator_required, get_place_or_404
from accessform.desk.places.opening_changes import RemoveOpening
from accessform.desk.places.reading import list_agents, read_end, read_openings
from accessform.desk.places.recurrence import say_opening
from accessform.desk.places.sheet import Sheet
from accessform.desk.places.showing import describe_hours
from accessform.desk.views.places.answering import About, answer, back_to, draw, settle
from accessform.handoff.models import Opening, Place
from accessform.web.redirection import SeeOther

GONE = "Cette plage n'est plus dans la liste."


@administrator_required
@require_safe
def openings(request: HttpRequest, place_id: int) -> HttpResponse:
    """List openings and absences, agent by agent."""
    place = get_place_or_404(request.user, place_id)
    return draw(request, "desk/places/openings.html", place=place, agents=describe_hours(place, timezone.now()))


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_openings(request: HttpRequest, place_id: int) -> HttpResponse:
    """Add the same hours for several agents and several days at once, after what that brings was shown."""
    place = get_place_or_404(request.user, place_id)
    if not list_agents(place):
        messages.info(request, "Ajoutez d'abord un guichet.")
        return SeeOther(back_to("place", place))
    sheet = Sheet(request.POST if request.method == "POST" else None)
    change = read_openings(sheet, place, timezone.now().astimezone(place.zone).date())
    about = About("Ajouter des plages", back_to("place_openings", place), "Les plages sont enregistrées.")
    return answer(request, place, sheet, about, change=change)


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, place_id: int, opening_id: int) -> HttpResponse:
    """Show one opening; POST with a last day ends it, after what that brings was shown."""
    place = get_place_or_404(request.user, place_id)
    row = _find(place, opening_id)
    if row is None:
        return _say_gone(request, place)
    sheet = Sheet(request.POST if request.method == "POST" else None)
    change = read_end(sheet, place, row)
    today = timezone.now().astimezone(place.zone).date()
    words = f"{row.agent.name} reçoit {say_opening(row.as_rule(), today=today)}."
    back, button = back_to("place_openings", place), "Terminer à cette date"
    about = About("Terminer une plage", back, "La plage est enregistrée.", button, intro=words)
    if change is None or "again" in request.POST:
        refused = bool(sheet.errors) and "again" not in request.POST
        context = {"place": place, "sheet": sheet, "about": about, "opening": row, "refused": refused}
        return draw(request, "desk/places/opening.html", status=422 if refused else 200, **context)
    return settle(request, change, about, may_amend=True)


@administrator_required
@require_POST
def remove_opening(request: HttpRequest, place_id: int, opening_id: int) -> HttpResponse:
    """Take an opening away, after what that brings was shown; one that is gone already is said to be."""
    place = get_place_or_404(request.user, place_id)
    row = _find(place, opening_id)
    if row is None:
        return _say_gone(request, place)
    about = About("Retirer une plage", back_to("place_openings", place), "La plage est retirée.")
    return settle(request, RemoveOpening(place, row), about)


def _find(place: Place, opening_id: int) -> Opening | None:
    """Return an opening of the place, None where it has no such one."""
    if opening_id > MAX_ID:
        return None
    return Opening.objects.select_related("agent").filter(agent__place=place, pk=opening_id).first()


def _say_gone(request: HttpRequest, place: Place) -> HttpResponse:
    """Answer for an opening that the place has not: removed meanwhile, or never its own."""
    if request.method != "POST":
        raise Http404("no such opening at this place")
    messages.warning(request, GONE)
    return SeeOther(back_to("place_openings", place))
