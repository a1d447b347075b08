"""The page of one step: shown, or saved and led on."""

import time
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.services import blank_state, load_state, record_events
from accessform.journeys.access import get_journey_to_fill
from accessform.journeys.actions import ACTIONS, Action
from accessform.journeys.by_voice.turns import is_turn, take_turn, with_words_kept
from accessform.journeys.forms import StepForm
from accessform.journeys.helping import ACTIONS as HELPER_ACTIONS
from accessform.journeys.helping import HelpEnded, Helping
from accessform.journeys.models import Journey, JourneyStatus
from accessform.journeys.services.passage import Passage, load_passage
from accessform.journeys.services.save_step import StaleRevision, StepDraft
from accessform.journeys.services.touch_journey import touch_journey
from accessform.journeys.typed import COUNT, SEEN, field_names, merged
from accessform.journeys.views.answers import lead_to
from accessform.journeys.views.leaving import leave_step
from accessform.journeys.views.step_page import draw, draw_stale, names_on_page
from accessform.journeys.views.uploads import take_uploads
from accessform.journeys.visit import Visit, with_counters, with_page
from accessform.observation.events import EventKind, InteractionEvent
from accessform.observation.struggle import LISTEN
from accessform.web.views import bad_request


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@vary_on_headers("HX-Request")
def step(request: HttpRequest, journey_id: uuid.UUID, step_id: str) -> HttpResponse:
    """Show a step, or save it and lead on. 404 on an unknown step, a redirect from one that is not on the way."""
    try:
        journey, helping = get_journey_to_fill(request, journey_id)
        return open_step(request, journey, helping, step_id)
    except HelpEnded as ended:
        return lead_to(request, ended.address, within=False)


def open_step(request: HttpRequest, journey: Journey, helping: Helping | None, step_id: str) -> HttpResponse:
    """Show a step, or save it and lead on; raises HelpEnded where a consent ended meanwhile."""
    if journey.status == JourneyStatus.SUBMITTED:
        return lead_to(request, sent_address(journey, helping), within=False)
    passage = load_passage(journey, typed_of=step_id)
    asked = passage.step(step_id)
    if asked is None:
        raise Http404("no such step in this form")
    if helping and step_id in helping.closed(passage.steps):
        return lead_to(request, helping.back, within=False)
    state = blank_state(journey.pk) if helping else shown_state(request, passage, step_id)
    visit = Visit(request, passage, asked, state, helping=helping)
    if not passage.path.has(step_id):
        waiting = passage.next_to_fill()
        address = visit.address(waiting.id) if waiting else visit.check_address()
        return lead_to(request, address, within=waiting is not None)
    visit = with_page(visit)
    return post_step(visit) if request.method == "POST" else get_step(visit)


def sent_address(journey: Journey, helping: Helping | None) -> str:
    """Return where a journey that was sent is shown: its receipt; whoever helps goes back to the file."""
    return helping.back if helping else f"/d/{journey.pk}/recu"


def shown_state(request: HttpRequest, passage: Passage, step_id: str) -> AdaptiveState:
    """Return the journey's adaptive state, the session's new choices and this page taken in; 1 query, 2 if new.

    Asking to hear the page is a declared need (signal A7); a player that asks for later parts of a sound is not.
    """
    now = time.time()
    events = [InteractionEvent(EventKind.STEP_SHOWN, now, step_id)]
    if "ecouter" in request.GET and request.headers.get("Range", "bytes=0-") == "bytes=0-":
        events.append(InteractionEvent(EventKind.ASKED_FOR_HELP, now, step_id, code=LISTEN))
    return record_events(
        state=load_state(passage.journey.pk),
        events=events,
        preferences=request.presentation,  # type: ignore[attr-defined]
        form=passage.form_key,
    )


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
    visit = with_counters(visit)
    verb, _, argument = posted.get("action", "next").partition(":")
    action, keys = ACTIONS.get(verb), _keys(visit)
    if action is None or keys is None or (visit.helping and verb not in HELPER_ACTIONS):
        return bad_request(visit.request)
    form = read_post(visit, action, argument)
    spoken = take_turn(visit, form, verb, argument, keys[1]) if is_turn(visit, verb, keys[1]) else None
    if spoken:
        form, verb, argument, action = spoken.form, spoken.verb, "", ACTIONS[spoken.verb]
    complete = not form.errors and not form.waiting and (verb == "next" or bool(visit.row and visit.row.complete))
    typed = with_words_kept(visit, dict(form.typed.lists()), verb, keys[1])
    draft = StepDraft(visit.step.id, typed, form.answers, complete, key=keys[0], revision=keys[1])
    try:
        told = spoken.events if spoken else ()
        after, address = leave_step(visit, form, draft, action, verb, argument, told)
    except StaleRevision:
        return draw_late(visit, form)
    if spoken and spoken.exchange:
        return draw(after, after.form(typed), exchange=spoken.exchange)
    if verb == "next" and form.errors:
        return draw(after, after.form(typed, asked=form.asked, refused_files=form.refused_files), said=True)
    return lead_to(visit.request, address, within=bool(after.step_of(address)))


def draw_late(visit: Visit, form: StepForm) -> HttpResponse:
    """Show both answers where another tab saved meanwhile, or the receipt where another tab sent the form."""
    journey = visit.passage.journey
    journey.refresh_from_db(fields=["status"])
    if journey.status == JourneyStatus.SUBMITTED:
        return lead_to(visit.request, sent_address(journey, visit.helping), within=False)
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
