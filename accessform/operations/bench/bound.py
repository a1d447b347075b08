"""A bound printed and not judged: the same page, drawn beforehand, and one write."""

import functools
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control

from accessform.adaptation.preferences import Presentation
from accessform.journeys.models import StepAnswers
from accessform.operations.bench.handwritten import STEP, YouForm


@functools.cache
def _page() -> bytes:
    context = {"form": YouForm(), "key": uuid.uuid4(), "revision": 0, "asked": [], "presentation": Presentation()}
    return render_to_string("bench/handwritten.html", {**context, "request": HttpRequest()}).encode()


@cache_control(private=True, no_store=True)
def prerendered(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Answer with bytes made once; a POST writes one row."""
    if request.method == "POST":
        typed = dict(request.POST.lists())
        StepAnswers.objects.update_or_create(journey_id=journey_id, step_id=STEP, defaults={"typed": typed})
        return redirect(request.path)
    return HttpResponse(_page())
