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
from forms_catalog.language_checks import (
    FACT_NAMES,
    MACHINE,
    ParserFreeReading,
    Passage,
    passages_of,
    unacknowledged,
)
from forms_catalog.models import Form, FormVersion, VersionStatus
from forms_catalog.texts import LEVEL_NAMES
from forms_catalog.versioning import FormRefused, register_form
from forms_catalog.workbench.access import designer_required
from forms_catalog.yaml_editing import CannotEdit, set_values

LONGEST_REASON = 500


@dataclass(frozen=True)
class Gap:
    """One fact that a text does not carry: `key` names it in the page's form."""

    key: str
    kind: str
    fact: str
    message: str

    @property
    def kind_name(self) -> str:
        """The kind of fact, in French."""
        return FACT_NAMES.get(self.kind, self.kind)


@dataclass(frozen=True)
class ShortText:
    """A simpler text with the facts that it does not carry, and what was acknowledged of it before."""

    location: Location
    level: str
    standard: str
    text: str
    gaps: tuple[Gap, ...]
    acknowledged: tuple[Mapping[str, Any], ...]


def short_texts(compiled: Mapping[str, Any]) -> Iterator[ShortText]:
    """Yield each text written by a person that loses or changes facts which nobody acknowledged yet."""
    reading = ParserFreeReading()
    for passage in passages_of(compiled, heard=True):
        variant = passage.variant
        if variant is None or not passage.is_current_variant or variant.get("origin") in MACHINE:
            continue
        lost = unacknowledged(variant, reading.verify(passage.standard, passage.text))
        gaps = tuple(Gap(_key(passage, kind, fact), kind, fact, message) for kind, fact, message in lost)
        if gaps:
            level, known = LEVEL_NAMES[passage.level], tuple(variant.get("acknowledged") or ())
            yield ShortText(passage.location, level, passage.standard, passage.text, gaps, known)


def _key(passage: Passage, kind: str, fact: str) -> str:
    return hashlib.sha256(repr((passage.location, passage.text, kind, fact)).encode()).hexdigest()[:16]


@designer_required
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the facts that the draft's simpler texts lose; POST keeps the reasons given, with who and when."""
    draft = _draft(slug)
    texts = list(short_texts(draft.compiled))
    if request.method != "POST":
        return _page(request, draft, texts)
    keys = [gap.key for text in texts for gap in text.gaps]
    reasons = {key: request.POST.get(f"reason-{key}", "").strip()[:LONGEST_REASON] for key in keys}
    given = [key for key in keys if reasons[key]]
    if not given:
        messages.error(request, "Écrivez au moins une raison.")
        return _page(request, draft, texts, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    by, today = request.user.get_full_name() or request.user.get_username(), timezone.localdate()
    try:
        source = set_values(draft.source, _acknowledgements(texts, reasons, by, today))
        register_form(source=source.encode(), file=slug)
    except (CannotEdit, FormRefused):
        messages.error(
            request,
            "Ce fichier ne peut pas être changé d'ici sans toucher à autre chose. Écrivez « acknowledged » dedans.",
        )
        return _page(request, draft, texts, reasons, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"{len(given)} écart(s) reconnu(s). La raison est gardée avec la version.")
    return HttpResponseRedirect(reverse("workbench:form", args=[slug]), status=HTTPStatus.SEE_OTHER)


def _acknowledgements(
    texts: list[ShortText], reasons: Mapping[str, str], by: str, today: dt.date
) -> dict[Location, list[dict[str, Any]]]:
    """Return what each text acknowledges: what it did before, then what is new."""
    signed = {"by": by, "on": today.isoformat()}
    new = {
        text.location: [
            {"kind": gap.kind, "text": gap.fact, "reason": reasons[gap.key], **signed}
            for gap in text.gaps
            if reasons[gap.key]
        ]
        for text in texts
    }
    return {
        (*text.location, "acknowledged"): [*(dict(word) for word in text.acknowledged), *new[text.location]]
        for text in texts
        if new[text.location]
    }


def _draft(slug: str) -> FormVersion:
    form = get_object_or_404(Form, slug=slug)
    draft = form.versions.filter(status=VersionStatus.DRAFT).select_related("form").first()
    if draft is None:
        raise Http404("no draft")
    return draft


def _page(
    request: HttpRequest,
    draft: FormVersion,
    texts: list[ShortText],
    reasons: Mapping[str, str] | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown = [
        {"text": text, "gaps": [{"gap": gap, "reason": (reasons or {}).get(gap.key, "")} for gap in text.gaps]}
        for text in texts
    ]
    context = {"version": draft, "texts": shown, "longest": LONGEST_REASON}
    return render(request, "forms_catalog/workbench/acknowledge.html", context, status=status)
