"""« Sources » : where what the pages say of places comes from, and under which licence."""

from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accessform.handoff.dates_in_words import say_month
from accessform.handoff.models import Place, PlaceImport
from accessform.handoff.sources import COMMUNES, PLACES


@require_safe
def show_sources(request: HttpRequest) -> HttpResponse:
    """Show each source: its publisher, its licence, how many places, and of what date (2 queries)."""
    open_places = Place.objects.open().filter(source__in=PLACES)
    counted = open_places.values("source").annotate(
        places=Count("pk"), latest=Max("source_date"), with_hours=Count("pk", filter=~Q(hours=""))
    )
    runs = PlaceImport.objects.order_by("source", "imported_at").values_list("source", "imported_at")
    imported = dict(runs)
    sources = [_present(row, imported.get(row["source"])) for row in counted.order_by("source")]
    return render(request, "handoff/sources.html", {"sources": sources, "communes": COMMUNES})


def _in_figures(count: int) -> str:
    """Return « 2 845 », its parts kept together."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _present(row: dict[str, Any], imported_at: Any) -> dict[str, Any]:
    return {
        "source": PLACES[row["source"]],
        "places": _in_figures(row["places"]),
        "with_hours": _in_figures(row["with_hours"]),
        "latest": say_month(row["latest"]) if row["latest"] else "",
        "imported": say_month(imported_at) if imported_at else "",
    }
