"""One's own places, what is known of one, and whom to tell."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accessform.desk.places.access import administrator_required, get_place_or_404, places_of
from accessform.desk.places.facts import describe_features, is_imported
from accessform.desk.places.outside import list_outside
from accessform.desk.places.showing import describe_closures
from accessform.desk.views.places.answering import draw


@administrator_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """List the account's own places."""
    return draw(request, "desk/places/list.html", places=places_of(request.user))


@administrator_required
@require_safe
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """Show a place: its facts, who receives there, when it closes; 404 for another's."""
    row = get_place_or_404(request.user, place_id)
    today = timezone.now().astimezone(row.zone).date()
    return draw(
        request,
        "desk/places/place.html",
        place=row,
        is_imported=is_imported(row),
        features=describe_features(row),
        agents=row.agents.select_related("user").prefetch_related("motifs").order_by("-is_active", "name"),
        closures=describe_closures(row, today),
        to_tell=len(list_outside(row)),
    )


@administrator_required
@require_safe
def to_tell(request: HttpRequest, place_id: int) -> HttpResponse:
    """List the appointments that stand although nobody would receive them."""
    row = get_place_or_404(request.user, place_id)
    return draw(request, "desk/places/to_tell.html", place=row, outside=list_outside(row))
