"""« Après l'envoi »: ask for a piece or a correction, see whether it came, correct with the person."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accessform.desk.access import agent_required
from accessform.desk.places.reading import read_day
from accessform.desk.services import helping
from accessform.desk.services.after_sending import (
    ask_person,
    find_sent,
    find_shown,
    list_askable,
    log_correcting,
    may_correct,
    name_desk,
    place_of,
    usable_mandate,
)
from accessform.desk.services.helping import Desk
from accessform.desk.services.submitting import NoMandate
from accessform.desk.views.files import get_desk_or_404
from accessform.desk.views.sending import NO_NAME
from accessform.handoff.models import AccessKind
from accessform.handoff.sharing.services import Refusal, describe_mandate, record_mandate
from accessform.journeys.corrections import pages
from accessform.journeys.corrections.desk import Place
from accessform.journeys.corrections.notices import is_told
from accessform.journeys.corrections.requests import Asked, BadRequestToPerson, Problem, withdraw
from accessform.journeys.corrections.telling import PARIS
from accessform.journeys.models import CorrectionRequest, RequestKind, Submission
from accessform.web.redirection import SeeOther
from accessform.web.views import bad_request

UNKNOWN = (
    "Aucune démarche de ce numéro n'est montrée à ce guichet. Vérifiez le numéro, ou demandez un code à la personne."
)
NOT_NOW = (
    "La personne ne laisse pas écrire dans son dossier maintenant. Elle peut le permettre sur sa page, avec un code."
)
SERVED = "L'accord de cette visite a déjà servi. La personne peut montrer son dossier de nouveau, avec un autre code."
ASKED = (
    "C'est demandé. La personne le lit sur son reçu, avec son code. Aucun message ne part : elle n'en a pas demandé."
)
ASKED_AND_TOLD = "C'est demandé. Un message prévient la personne ; elle lit la demande sur son reçu, avec son code."
NO_MANDATE = "Rien n'est envoyé : il faut l'accord de la personne pour envoyer à sa place."
BAD_DATE = "Écrivez la date comme 31/12/2026, ou laissez ce champ vide."
either = require_http_methods(["GET", "HEAD", "POST"])


@agent_required
@either
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the reference that the person says; lead to what was sent, if it is shown to this desk."""
    context = {"here": "sent", "problem": "", "typed": request.POST.get("reference", "")[:40]}
    if request.method != "POST":
        return render(request, "desk/find_sent.html", context)
    handover = find_shown(request.user, context["typed"])
    if handover is None:
        again = context | {"problem": UNKNOWN}
        return render(request, "desk/find_sent.html", again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return SeeOther(reverse("desk:after_sending", args=[handover.pk]))


@agent_required
@either
def after_sending(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """Show what was asked and what came, without an answer; POST asks."""
    desk, submission = _open(request, handover_id)
    if request.method != "POST":
        return draw(request, desk, submission)
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return bad_request(request)
    try:
        ask_person(desk=desk, submission=submission, asked=_read(request), key=key)
    except BadRequestToPerson as error:
        return draw(request, desk, submission, problem=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except ValueError:
        return draw(request, desk, submission, problem=BAD_DATE, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, ASKED_AND_TOLD if is_told(submission.journey_id) else ASKED)
    return SeeOther(reverse("desk:after_sending", args=[handover_id]))


@agent_required
@require_POST
def take_back(request: HttpRequest, handover_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """Withdraw what this desk asked, 404 for what others did; what was answered meanwhile stays answered."""
    desk, submission = _open(request, handover_id)
    row = CorrectionRequest.objects.filter(pk=request_id, submission=submission, asked_by=name_desk(desk)).first()
    if row is None:
        raise Http404("no such request of this desk")
    done = withdraw(row)
    messages.success(request, "La demande est retirée." if done else "Cette demande avait déjà sa réponse.")
    return SeeOther(reverse("desk:after_sending", args=[handover_id]))


@agent_required
@either
def mandate(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """Show the words to read out for a correction; POST keeps who agreed to them, for one sending."""
    desk, submission = _open(request, handover_id)
    if not may_correct(desk):
        return draw(request, desk, submission, problem=NOT_NOW, status=HTTPStatus.CONFLICT)
    back = reverse("desk:after_sending", args=[handover_id])
    typed = request.POST.get("given_by", "")[:200] if request.method == "POST" else helping.person_of(desk.handover)
    words = describe_mandate(handover=desk.handover, agent=desk.agent).text
    context = {"words": words, "typed": typed, "problem": "", "here": "", "back": back, "action": request.path}
    if request.method != "POST":
        return render(request, "desk/mandate.html", context)
    try:
        kept = record_mandate(handover=desk.handover, agent=desk.agent, given_by=typed, now=timezone.now())
    except ValueError:
        again = context | {"problem": NO_NAME}
        return render(request, "desk/mandate.html", again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if isinstance(kept, Refusal) or kept.used_at is not None:
        return draw(request, desk, submission, problem=SERVED, status=HTTPStatus.CONFLICT)
    return SeeOther(back)


@agent_required
@either
def choose(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """Choose with the person which answers to correct."""
    return _correct(request, handover_id, pages.choose, AccessKind.READ)


@agent_required
@either
def answer(request: HttpRequest, handover_id: uuid.UUID, question_id: str) -> HttpResponse:
    """Correct one answer with the person."""
    kind = AccessKind.WROTE if request.method == "POST" else AccessKind.READ
    return _correct(request, handover_id, lambda *given: pages.answer(*given, question_id), kind)


@agent_required
@either
def check(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """Check before and after with the person, and send under their mandate."""
    return _correct(request, handover_id, pages.check, AccessKind.READ)


def draw(
    request: HttpRequest, desk: Desk, submission: Submission, *, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """Return the page of what was sent, with what is typed where it was refused."""
    typed = request.POST if problem else {}
    ticked = request.POST.getlist("question") if problem else []
    context: dict[str, Any] = {
        "handover": desk.handover,
        "desk": desk.agent,
        "own": name_desk(desk),
        "submission": submission,
        "sent_at": submission.submitted_at.astimezone(PARIS),
        "title": submission.document["form"]["title"],
        "requests": submission.correction_requests.order_by("-asked_at"),
        "corrections": submission.corrections.order_by("-number"),
        "askable": [(name, label, name in ticked) for name, label in list_askable(desk, submission)],
        "kinds": RequestKind.choices,
        "typed": {name: typed.get(name, "") for name in ("kind", "words", "due")},
        "may_correct": may_correct(desk),
        "mandate": usable_mandate(desk),
        "problem": problem,
        "target": _target(problem),
        "key": uuid.uuid4(),
        "here": "",
    }
    return render(request, "desk/after_sending.html", context, status=status)


def _correct(
    request: HttpRequest,
    handover_id: uuid.UUID,
    page: Callable[[HttpRequest, Submission, Place], HttpResponse],
    kind: AccessKind,
) -> HttpResponse:
    """Draw a page of the correction while the consent to write stands; every page is written in the person's log."""
    desk, submission = _open(request, handover_id)
    if not may_correct(desk):
        return draw(request, desk, submission, problem=NOT_NOW, status=HTTPStatus.CONFLICT)
    banner = render_to_string("desk/correcting.html", {"name": helping.person_of(desk.handover), "desk": desk}, request)
    log_correcting(desk, kind)
    try:
        return page(request, submission, place_of(desk, submission, banner))
    except NoMandate:
        return draw(request, desk, submission, problem=NO_MANDATE, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _open(request: HttpRequest, handover_id: uuid.UUID) -> tuple[Desk, Submission]:
    desk = get_desk_or_404(request, handover_id)
    submission = find_sent(desk)
    if submission is None:
        raise Http404("nothing was sent of this file, or it is shown no more")
    return desk, submission


def _read(request: HttpRequest) -> Asked:
    """Return what is asked; raises ValueError for a date that is none."""
    due = request.POST.get("due", "").strip()
    return Asked(
        kind=request.POST.get("kind", ""),
        questions=tuple(dict.fromkeys(request.POST.getlist("question"))),
        words=request.POST.get("words", ""),
        asked_by="",
        due_on=read_day(due) if due else None,
    )


def _target(problem: str) -> str:
    """Return the control that a problem links to."""
    targets = {
        Problem.KIND.value: "kind-piece",
        Problem.QUESTIONS.value: "ask-questions",
        Problem.DUE.value: "due",
        Problem.FAR.value: "due",
        BAD_DATE: "due",
        NOT_NOW: "correct",
        NO_MANDATE: "correct",
        SERVED: "correct",
    }
    return targets.get(problem, "words")
