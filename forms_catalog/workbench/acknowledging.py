"""Facts that a person's simpler text does not carry: each is shown, and acknowledged with a reason, or rewritten."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forms_catalog.findings import Location
from forms_catalog.language_checks import LEVEL_NAMES, MACHINE, ParserFreeReading, passages_of, unacknowledged
from forms_catalog.models import Form, FormVersion, VersionStatus
from forms_catalog.versioning import FormRefused, register_form
from forms_catalog.workbench.access import designer_required
from forms_catalog.yaml_editing import CannotEdit, set_values

LONGEST_REASON = 500


@dataclass(frozen=True)
class Gap:
    """One fact that a text does not carry: `key` names it in the page's form."""

    key: str
    location: Location
    level: str
    standard: str
    text: str
    kind: str
    fact: str
    message: str
    acknowledged: tuple[Mapping[str, Any], ...]


def gaps_in(compiled: Mapping[str, Any]) -> Iterator[Gap]:
    """Yield each fact that a text written by a person loses or changes, and that nobody acknowledged yet."""
    reading = ParserFreeReading()
    for passage in passages_of(compiled):
        variant = passage.variant
        if variant is None or variant.get("origin") in MACHINE:
            continue
        for kind, fact, message in unacknowledged(variant, reading.verify(passage.standard, passage.text)):
            key = hashlib.sha256(repr((passage.location, passage.text, kind, fact)).encode()).hexdigest()[:16]
            yield Gap(
                key, passage.location, LEVEL_NAMES[passage.level], passage.standard, passage.text,
                kind, fact, message, tuple(variant.get("acknowledged") or ()),
            )  # fmt: skip


@designer_required
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the facts that the draft's simpler texts lose; POST keeps the reasons given, with who and when."""
    draft = _draft(slug)
    gaps = list(gaps_in(draft.compiled))
    if request.method != "POST":
        return _page(request, draft, gaps)
    reasons = {gap.key: request.POST.get(f"reason-{gap.key}", "").strip()[:LONGEST_REASON] for gap in gaps}
    given = [gap for gap in gaps if reasons[gap.key]]
    if not given:
        messages.error(request, "Écrivez au moins une raison.")
        return _page(request, draft, gaps, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    by, today = request.user.get_full_name() or request.user.get_username(), timezone.localdate()
    try:
        source = set_values(draft.source, _acknowledgements(given, reasons, by, today))
        register_form(source=source.encode(), file=slug)
    except (CannotEdit, FormRefused):
        messages.error(
            request,
            "Ce fichier ne peut pas être changé d'ici sans toucher à autre chose. Écrivez « acknowledged » dedans.",
        )
        return _page(request, draft, gaps, reasons, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"{len(given)} écart(s) reconnu(s). La raison est gardée avec la version.")
    return HttpResponseRedirect(reverse("workbench:form", args=[slug]), status=HTTPStatus.SEE_OTHER)


def _acknowledgements(
    given: list[Gap], reasons: Mapping[str, str], by: str, today: dt.date
) -> dict[Location, list[dict[str, Any]]]:
    """Return what each variant acknowledges: what it did before, then what is new."""
    values: dict[Location, list[dict[str, Any]]] = {}
    for gap in given:
        known = values.setdefault((*gap.location, "acknowledged"), [dict(word) for word in gap.acknowledged])
        new = {"kind": gap.kind, "text": gap.fact, "reason": reasons[gap.key], "by": by, "on": today.isoformat()}
        known.append(new)
    return values


def _draft(slug: str) -> FormVersion:
    form = get_object_or_404(Form, slug=slug)
    draft = form.versions.filter(status=VersionStatus.DRAFT).select_related("form").first()
    if draft is None:
        raise Http404("no draft")
    return draft


def _page(
    request: HttpRequest,
    draft: FormVersion,
    gaps: list[Gap],
    reasons: Mapping[str, str] | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown = [{"gap": gap, "reason": (reasons or {}).get(gap.key, "")} for gap in gaps]
    context = {"version": draft, "gaps": shown, "longest": LONGEST_REASON}
    return render(request, "forms_catalog/workbench/acknowledge.html", context, status=status)
