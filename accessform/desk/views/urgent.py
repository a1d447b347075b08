"""Opening without consent: the right, the reason and the second factor again; then a page that shows and no more."""

import uuid
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accessform.desk.access import agent_required, desks_of, get_appointment_or_404
from accessform.handoff.dates_in_words import say_time_of
from accessform.handoff.models import Appointment, UrgentOpening
from accessform.handoff.sharing.drawing import draw_content
from accessform.handoff.sharing.urgent import NotUrgent, is_allowed, open_urgently, read_reason, read_urgently
from accessform.trust.staff import second_factor
from accessform.web.redirection import SeeOther
from accessform.web.views import bad_request

LATE = "Trop d'essais de code. Attendez un quart d'heure."
WRONG = "Ce code ne convient pas. Attendez le suivant, puis écrivez-le."


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Ask for the reason and the code; 404 where this is not allowed."""
    if not is_allowed(request.user):
        raise Http404("not offered here")
    row = get_appointment_or_404(request.user, appointment_id)
    if request.method != "POST":
        return _draw(request, row)
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return bad_request(request)
    opened = UrgentOpening.objects.filter(key=key, account=request.user.get_username()).first()
    try:
        opening = opened or _open(request, row, key)
    except Refused as refused:
        return _draw(request, row, field=refused.field, problem=str(refused), status=refused.status)
    return SeeOther(reverse("desk:urgent", args=[opening.pk]))


class Refused(Exception):
    """Nothing opens; `field` is what to change."""

    def __init__(self, field: str, problem: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> None:
        super().__init__(problem)
        self.field, self.status = field, status


def _open(request: HttpRequest, row: Appointment, key: uuid.UUID) -> UrgentOpening:
    """Check the reason, then the code, which serves once; then open. Raises Refused."""
    try:
        reason = read_reason(request.POST.get("reason", ""))
        if not second_factor.may_try(request.user):
            raise Refused("code", LATE, HTTPStatus.TOO_MANY_REQUESTS)
        if second_factor.verify(request.user, request.POST.get("code", "")) is None:
            raise Refused("code", WRONG)
        account, now = request.user.get_username(), timezone.now()
        return open_urgently(agent=row.agent, account=account, appointment=row, reason=reason, key=key, now=now)
    except NotUrgent as refused:
        raise Refused("reason", str(refused)) from refused


@agent_required
@require_safe
def show(request: HttpRequest, opening_id: uuid.UUID) -> HttpResponse:
    """Show what was opened, for half an hour, to the account that opened it."""
    own = UrgentOpening.objects.filter(account=request.user.get_username(), agent__in=desks_of(request.user))
    opening = own.select_related("agent__place", "appointment").filter(pk=opening_id).first()
    if opening is None or opening.agent is None or not is_allowed(request.user):
        raise Http404("no such opening")
    content = read_urgently(opening=opening, now=timezone.now())
    if content is None:
        said = "Le temps donné pour voir ce dossier est passé."
        context = {"refusal": said, "here": "", "visit": opening.appointment}
        return render(request, "desk/file_ended.html", context, status=HTTPStatus.GONE)
    context = {
        "opening": opening,
        "content": content,
        "drawn": draw_content(content),
        "until": say_time_of(opening.until, opening.agent.place.zone),
        "here": "",
    }
    return render(request, "desk/urgent.html", context)


def _draw(request: HttpRequest, row: Appointment, *, status: int = HTTPStatus.OK, **said: str) -> HttpResponse:
    typed = request.POST.get("reason", "")[:2000]
    context = {"row": row, "typed": typed, "key": uuid.uuid4(), "field": "", "problem": "", "here": "", **said}
    return render(request, "desk/urgent_ask.html", context, status=status)
