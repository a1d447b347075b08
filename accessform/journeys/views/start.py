"""Starting a journey, and finding where one stands."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accessform.journeys.access import SESSION_KEY, get_journey_or_404, grant
from accessform.journeys.continuing import path_to_continue
from accessform.journeys.models import Journey
from accessform.journeys.prelude import STEP_ID
from accessform.journeys.services.start_journey import start_journey
from accessform.journeys.views.answers import see_other
from accessform.web.views import bad_request
from forms_catalog.models import FormVersion


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a journey on the published version; `start_key`, drawn with the page, makes a double tap start one."""
    version = get_object_or_404(
        FormVersion.objects.published().select_related("form").defer("source", "compiled"), form__slug=slug
    )
    try:
        start_key = uuid.UUID(request.POST.get("start_key", ""))
    except ValueError:
        return bad_request(request)
    journey = start_journey(version=version, start_key=key_of_browser(request, start_key))
    if journey.version_id != version.pk or not is_new_or_listed(request, journey):
        journey = start_journey(version=version, start_key=uuid.uuid4())
    grant(request, journey)
    return see_other(reverse("journeys:step", args=[journey.pk, STEP_ID]))


def key_of_browser(request: HttpRequest, start_key: uuid.UUID) -> uuid.UUID:
    """Return the page's key tied to this browser: nobody else can use it, and two taps at once still start one.

    The session could not tell two taps at once apart from a stranger's: none of the two lists the journey yet.
    """
    browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    mixed = salted_hmac("journeys.start", f"{browser}:{start_key}", algorithm="sha256").hexdigest()
    return uuid.UUID(mixed[:32]) if browser else start_key


def is_new_or_listed(request: HttpRequest, journey: Journey) -> bool:
    """Tell whether this browser may have this journey: a key that another one used first opens nothing."""
    tied = bool(request.COOKIES.get(settings.CSRF_COOKIE_NAME))
    return tied or journey.was_started_now or str(journey.pk) in request.session.get(SESSION_KEY, [])


@require_safe
@cache_control(private=True, no_store=True)
def journey_home(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Lead to where the person was: the first step that waits, the check of answers, or the receipt."""
    return see_other(path_to_continue(get_journey_or_404(request, journey_id)))
