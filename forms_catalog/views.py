"""Public pages of the catalogue: the list of procedures, and what to know before starting one."""

import re
import uuid
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forms_catalog.estimate import estimated_minutes
from forms_catalog.finding_forms import MAX_WORDS, matching, open_forms
from forms_catalog.models import FormVersion, VersionStatus
from forms_catalog.opening_words import opening_words
from forms_catalog.schema import PUBLISHED


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the procedures that can be started today; `?q=` looks for words, and finding nothing shows them all."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:MAX_WORDS]
    forms = open_forms(request.presentation.reading_level)  # type: ignore[attr-defined]
    found = matching(forms, words) if words else forms
    context = {"forms": found or forms, "words": words, "nothing_found": bool(words) and not found}
    return render(request, "forms_catalog/home.html", context)


@require_safe
def introduction(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a procedure is for and what to have at hand. 404 for an unknown form, 410 for a retired one."""
    versions = FormVersion.objects.select_related("form").defer("source", "compiled").filter(form__slug=slug)
    version = versions.published().first()
    if version is None:
        if versions.filter(status=VersionStatus.RETIRED).exists():
            return render(request, "forms_catalog/retired.html", status=HTTPStatus.GONE)
        raise Http404("no such form")
    definition = version.definition
    context = {
        "definition": definition,
        "services": [
            {"service": each, "dialled": re.sub(r"[^\d+]", "", each.phone), "hours": opening_words(each.hours)}
            for each in definition.service
        ],
        "minutes": estimated_minutes(definition, request.presentation.reading_level),  # type: ignore[attr-defined]
        "start_key": uuid.uuid4(),
    }
    response = render(request, "forms_catalog/introduction.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Serve the JSON Schema of form files, for designers' editors."""
    return HttpResponse(PUBLISHED.read_bytes(), content_type="application/schema+json; charset=utf-8")
