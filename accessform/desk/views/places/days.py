"""When agents are away, and when the whole place is closed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accessform.desk.places.access import MAX_ID, administrator_required, get_place_or_404
from accessform.desk.places.other_changes import RemoveAbsence, RemoveClosure
from accessform.desk.places.reading import list_agents, read_absences, read_closure
from accessform.desk.places.sheet import Sheet
from accessform.desk.views.places.answering import ALREADY, About, answer, back_to, settle
from accessform.handoff.models import Absence
from accessform.web.redirection import SeeOther


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_absences(request: HttpRequest, place_id: int) -> HttpResponse:
    """Note that agents are away, after the appointments that this meets were shown."""
    place = get_place_or_404(request.user, place_id)
    if not list_agents(place):
        messages.info(request, "Ajoutez d'abord un guichet.")
        return SeeOther(back_to("place", place))
    sheet = Sheet(request.POST if request.method == "POST" else None)
    change = read_absences(sheet, place, timezone.now())
    about = About("Noter une absence", back_to("place_openings", place), "L'absence est enregistrée.")
    return answer(request, place, sheet, about, change=change)


@administrator_required
@require_POST
def remove_absence(request: HttpRequest, place_id: int, absence_id: int) -> HttpResponse:
    """Take an absence away."""
    place = get_place_or_404(request.user, place_id)
    own = Absence.objects.select_related("agent").filter(agent__place=place)
    row = own.filter(pk=absence_id).first() if absence_id <= MAX_ID else None
    back = back_to("place_openings", place)
    if row is None:
        messages.info(request, ALREADY)
        return SeeOther(back)
    return settle(request, RemoveAbsence(place, row), About("Retirer une absence", back, "L'absence est retirée."))


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_closure(request: HttpRequest, place_id: int) -> HttpResponse:
    """Close the place for some days, after the appointments that this meets were shown."""
    place = get_place_or_404(request.user, place_id)
    sheet = Sheet(request.POST if request.method == "POST" else None)
    change = read_closure(sheet, place, timezone.now().astimezone(place.zone).date())
    about = About("Fermer le lieu quelques jours", back_to("place", place), "La fermeture est enregistrée.")
    return answer(request, place, sheet, about, change=change)


@administrator_required
@require_POST
def remove_closure(request: HttpRequest, place_id: int, closure_id: int) -> HttpResponse:
    """Open the place after all."""
    place = get_place_or_404(request.user, place_id)
    row = place.closures.filter(pk=closure_id).first() if closure_id <= MAX_ID else None
    back = back_to("place", place)
    if row is None:
        messages.info(request, ALREADY)
        return SeeOther(back)
    about = About("Retirer une fermeture", back, "La fermeture est retirée.")
    return settle(request, RemoveClosure(place, row), about)
