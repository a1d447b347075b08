"""Sending with the person: their mandate first, read out and named; then once."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accessform.desk.access import agent_required
from accessform.desk.services import helping
from accessform.desk.services.submitting import NoMandate, submit_with
from accessform.desk.views.files import draw_file, get_desk_or_404
from accessform.handoff.sharing.services import Refusal, describe_mandate, record_mandate
from accessform.journeys.services.submit_journey import Incomplete
from accessform.web.redirection import SeeOther
from accessform.web.views import bad_request

NO_NAME = "Écrivez le nom de la personne qui donne son accord, en 120 lettres au plus."
WAITS = "Rien n'est envoyé : une étape attend encore une réponse. Les étapes à finir sont dites ci-dessous."
NO_MANDATE = "Rien n'est envoyé : il faut l'accord de la personne pour envoyer à sa place."


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """Show the words to read out; POST keeps who agreed to them."""
    desk = get_desk_or_404(request, handover_id)
    if not helping.stands(desk):
        return draw_file(request, desk)
    words = describe_mandate(handover=desk.handover, agent=desk.agent)
    typed = request.POST.get("given_by", "")
    context = {"handover": desk.handover, "words": words.text, "typed": typed[:200], "problem": "", "here": ""}
    context |= {"action": request.path, "back": reverse("desk:file", args=[handover_id])}
    if request.method != "POST":
        return render(request, "desk/mandate.html", context | {"typed": helping.person_of(desk.handover)})
    try:
        kept = record_mandate(handover=desk.handover, agent=desk.agent, given_by=typed, now=timezone.now())
    except ValueError:
        again = context | {"problem": NO_NAME}
        return render(request, "desk/mandate.html", again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if isinstance(kept, Refusal):
        return draw_file(request, desk)
    return SeeOther(reverse("desk:file", args=[desk.handover.pk]))


@agent_required
@require_POST
def send(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """Send the answers under the mandate, once whatever happens."""
    desk = get_desk_or_404(request, handover_id)
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return bad_request(request)
    try:
        submit_with(desk=desk, key=key)
    except Incomplete:
        return draw_file(request, desk, status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=WAITS)
    except NoMandate:
        return draw_file(request, desk, status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=NO_MANDATE)
    messages.success(request, "La démarche est envoyée.")
    return SeeOther(reverse("desk:file", args=[desk.handover.pk]))
