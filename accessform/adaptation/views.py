"""The pages of the room: the panel, the public register of the rules, and the hints of who asked for automatic help."""

import json
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accessform.adaptation import choices, register
from accessform.adaptation.hints import keep_hints
from accessform.adaptation.installed import can_give
from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.panel import parse_panel, settings_of
from accessform.adaptation.preferences import CHOICES, Presentation, RefusedChoice
from accessform.adaptation.presenting import journeys_of, presentation_at
from accessform.adaptation.services import load_state, stop_counting, stop_help
from accessform.adaptation.state import Adaptation
from accessform.observation.hints import RefusedHint, parse_hints
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.web.redirection import SeeOther

PANEL = "/affichage"
MAX_HINTS_BYTES = 2_000


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def panel(request: HttpRequest) -> HttpResponse:
    """Show « Plus de réglages », or do what one of its buttons says and lead back. 400 on a forged value."""
    if request.method == "POST":
        return _act(request)
    following = safe_next(request, request.GET.get("next", ""))
    request.presentation = presentation_at(request, following)  # type: ignore[attr-defined]
    context = {
        "groups": settings_of(request.presentation, voice=can_give(Adaptation.VOICE)),  # type: ignore[attr-defined]
        "sample": [{"level": level, "text": interface.text("adaptation.sample_text", level)} for level in ReadingLevel],
        "next": following,
        "remembered": choices.is_remembered(request),
    }
    return render(request, "adaptation/panel.html", context)


def safe_next(request: HttpRequest, wanted: str) -> str:
    """Return `wanted` if it is an address of this site, else the panel's own."""
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else PANEL


def _act(request: HttpRequest) -> HttpResponse:
    """Do what the button says; the answer is always a redirect."""
    verb, _, argument = request.POST.get("action", "").partition(":")
    following = safe_next(request, request.POST.get("next", ""))
    if verb == "listen":
        return SeeOther(_listened(following))
    response = SeeOther(following)
    shown = presentation_at(request, following)
    try:
        _do(request, response, shown, verb, argument)
    except RefusedChoice as error:
        raise BadRequest("a choice that the panel does not offer") from error
    now: Presentation = request.presentation  # type: ignore[attr-defined]
    if shown.help_offers and not now.help_offers:
        _stop_everywhere(request, stop_help)
    elif shown.counters and not now.counters:
        _stop_everywhere(request, stop_counting)
    return response


def _stop_everywhere(request: HttpRequest, stop: Callable[..., AdaptiveState]) -> None:
    """Delete the counts of every journey of this session at once, without waiting for its next page."""
    for state in map(load_state, journeys_of(request)):
        if state.revision:
            stop(state=state)


def _do(request: HttpRequest, response: HttpResponse, shown: Presentation, verb: str, argument: str) -> None:
    """Carry out one verb of the panel or of the header; raises BadRequest on another one."""
    if verb == "larger":
        choices.enlarge(request, shown)
    elif verb == "simpler":
        choices.simplify(request, shown)
    elif verb in ("save", "remember"):
        sent = parse_panel(request.POST.dict(), shown, voice=can_give(Adaptation.VOICE))
        saved = choices.choose(request, **sent)
        if verb == "remember":
            choices.remember(response, saved)
        choices.say_saved(request, saved, f"adaptation.said_{verb}")
    elif verb == "forget":
        choices.forget(response)
        choices.say_saved(request, shown, "adaptation.said_forget")
    elif verb == "reset" and argument in ("", *CHOICES):
        now = choices.take_back(request, argument) if argument else choices.reset(request)
        choices.say_saved(request, now, "adaptation.said_reset")
    elif verb in ("offers_on", "offers_off"):
        now = choices.choose(request, help_offers=verb == "offers_on")
        choices.say_saved(request, now, f"adaptation.said_{verb}")
    else:
        raise BadRequest("unknown action")


def _listened(address: str) -> str:
    """Return the address at which a page is heard."""
    parts = urlsplit(address)
    return parts._replace(query="&".join(filter(None, [parts.query, urlencode({"ecouter": ""})]))).geturl()


@require_POST
@never_cache
def hints(request: HttpRequest) -> HttpResponse:
    """Keep the hints of a device whose person asked for it; 400 on anything unlisted, 403 where nobody asked."""
    if not request.presentation.auto_adapt:  # type: ignore[attr-defined]
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    try:
        if len(request.body) > MAX_HINTS_BYTES:
            raise RefusedHint("too long")
        keep_hints(request, parse_hints(json.loads(request.body)))
    except (RefusedHint, ValueError, RecursionError):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_safe
def algorithms(request: HttpRequest) -> HttpResponse:
    """Show the public register of the rules (CRPA, art. L311-3-1), drawn from the policy file."""
    return render(request, "adaptation/algorithms.html", {"register": register.read()})


@require_safe
@cache_control(public=True, max_age=300)
def algorithms_json(request: HttpRequest) -> HttpResponse:
    """Give the same register to machines."""
    return JsonResponse(register.read().as_dict(), json_dumps_params={"ensure_ascii": False, "indent": 2})
