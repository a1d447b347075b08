"""The page of one step: shown, or saved and led on."""

import time
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.services import load_state, record_events
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.actions import ACTIONS, Action
from accessform.journeys.forms import StepForm
from accessform.journeys.models import JourneyStatus
from accessform.journeys.services.passage import load_passage
from accessform.journeys.services.save_step import StaleRevision, StepDraft
from accessform.journeys.services.touch_journey import touch_journey
from accessform.journeys.typed import COUNT, SEEN, field_names, merged
from accessform.journeys.views.answers import lead_to
from accessform.journeys.views.leaving import leave_step
from accessform.journeys.views.step_page import draw, draw_stale, names_on_page
from accessform.journeys.views.uploads import take_uploads
from accessform.journeys.visit import Visit, with_page
from accessform.observation.events import EventKind, InteractionEvent
from accessform.observation.struggle import LISTEN
from accessform.web.views import bad_request


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@vary_on_headers("HX-Request")
def step(request: HttpRequest, journey_id: uuid.UUID, step_id: str) -> HttpResponse:
    """Show a step, or save it and lead on. 404 on an unknown step, a redirect from one that is not on the way."""
    journey = get_journey_or_404(request, journey_id)
    if journey.status == JourneyStatus.SUBMITTED:
        return lead_to(request, f"/d/{journey.pk}/recu", within=False)
    passage = load_passage(journey, typed_of=step_id)
    asked = passage.step(step_id)
    if asked is None:
        raise Http404("no such step in this form")
    visit = Visit(request, passage, asked, shown_state(request, journey.pk, step_id))
    if not passage.path.has(step_id):
        waiting = passage.next_to_fill()
        address = visit.address(waiting.id) if waiting else visit.check_address()
        return lead_to(request, address, within=waiting is not None)
    visit = with_page(visit)
    return post_step(visit) if request.method == "POST" else get_step(visit)


def shown_state(request: HttpRequest, journey_id: uuid.UUID, step_id: str) -> AdaptiveState:
    """Return the journey's adaptive state, the session's new choices and this page taken in; 1 query, 2 if new.

    Asking to hear the page is a declared need (signal A7); a player that asks for later parts of a sound is not.
    """
    now = time.time()
    events = [InteractionEvent(EventKind.STEP_SHOWN, now, step_id)]
    if "ecouter" in request.GET and request.headers.get("Range", "bytes=0-") == "bytes=0-":
        events.append(InteractionEvent(EventKind.ASKED_FOR_HELP, now, step_id, code=LISTEN))
    state = load_state(journey_id)
    return record_events(state=state, events=events, preferences=request.presentation)  # type: ignore[attr-defined]


def get_step(visit: Visit) -> HttpResponse:
    """Draw the step with what was typed; `?erreurs=1` says again what was refused."""
    touch_journey(journey=visit.passage.journey)
    again = visit.request.GET.get("erreurs") == "1" and bool(visit.row)
    asked = frozenset(visit.passage.typed.get(SEEN, [])) & frozenset(names_on_page(visit)) if again else None
    form = visit.form(visit.passage.typed, asked=asked)
    return draw(visit, form)


def post_step(visit: Visit) -> HttpResponse:
    """Save what is typed, then do what the button says."""
    posted = visit.request.POST
    verb, _, argument = posted.get("action", "next").partition(":")
    action, keys = ACTIONS.get(verb), _keys(visit)
    if action is None or keys is None:
        return bad_request(visit.request)
    form = read_post(visit, action, argument)
    complete = not form.errors and not form.waiting and (verb == "next" or bool(visit.row and visit.row.complete))
    typed = dict(form.typed.lists())
    draft = StepDraft(visit.step.id, typed, form.answers, complete, key=keys[0], revision=keys[1])
    try:
        after, address = leave_step(visit, form, draft, action, verb, argument)
    except StaleRevision:
        return draw_late(visit, form)
    if verb == "next" and form.errors:
        return draw(after, after.form(typed, asked=form.asked, refused_files=form.refused_files), said=True)
    return lead_to(visit.request, address, within=bool(after.step_of(address)))


def draw_late(visit: Visit, form: StepForm) -> HttpResponse:
    """Show both answers where another tab saved meanwhile, or the receipt where another tab sent the form."""
    journey = visit.passage.journey
    journey.refresh_from_db(fields=["status"])
    if journey.status == JourneyStatus.SUBMITTED:
        return lead_to(visit.request, f"/d/{journey.pk}/recu", within=False)
    return draw_stale(visit, form)


def read_post(visit: Visit, action: Action, argument: str) -> StepForm:
    """Return the step's form over what was posted, read."""
    posted = visit.request.POST
    counts = {name: posted.getlist(name) for name in posted if name.endswith(COUNT)}
    asked = frozenset(posted.getlist("asked")) & field_names(visit.step, counts)
    typed = merged(visit.step, visit.passage.typed, asked, posted.getlist)
    typed, refused_files = take_uploads(visit, typed, asked)
    if action.change:
        typed = action.change(visit, typed, argument)
    form = visit.form(typed, asked=asked, refused_files=refused_files)
    form.full_clean()
    return form


def _keys(visit: Visit) -> tuple[uuid.UUID, int] | None:
    """Return the page's key and revision, None where a forged POST has none that can be read."""
    revision = visit.request.POST.get("revision", "")
    try:
        key = uuid.UUID(visit.request.POST.get("key", ""))
    except ValueError:
        return None
    return (key, int(revision)) if revision.isascii() and revision.isdigit() and len(revision) < 9 else None  # noqa: PLR2004
