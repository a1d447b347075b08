"""The pages of a correction: which answers, each in its fields, the check of before and after, sending."""

import uuid
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accessform.journeys.contact import current_service, dialled
from accessform.journeys.corrections.answering import AnswerPage, draw_fields
from accessform.journeys.corrections.desk import Correcting, Place, load_correcting
from accessform.journeys.corrections.drafting import Saved, SavedElsewhere, choose_questions, give_up, save_answer
from accessform.journeys.corrections.requests import open_requests
from accessform.journeys.corrections.sending import (
    Moved,
    NothingBegun,
    NotReady,
    changes_of,
    last_number,
    send_correction,
)
from accessform.journeys.corrections.telling import answer_in_words, asked_lines, change_lines, choice_sections
from accessform.journeys.fields.page import ALL, Page
from accessform.journeys.forms import StepForm
from accessform.journeys.models import CorrectionRequest, Corrector, Submission
from accessform.journeys.views.answers import see_other
from accessform.web.views import bad_request
from forms_catalog.definition import WITH_FILES, Question

MAX_DIGITS = 6
STAYING = frozenset({"help", "word", "official", "add", "remove", "drop"})


def choose(request: HttpRequest, submission: Submission, place: Place) -> HttpResponse:
    """Show every answer with a box to tick; POST begins, goes on or gives up."""
    correcting = load_correcting(submission, place)
    asked = _request_named(submission, request)
    if request.method != "POST":
        return _draw_choice(request, correcting, asked)
    if request.POST.get("action") == "give_up":
        give_up(submission=submission, holder=place.holder)
        return see_other(place.back)
    chosen = [name for name in correcting.offered() if name in request.POST.getlist("question")]
    if not chosen:
        return _draw_choice(request, correcting, asked, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    answered = asked or (correcting.draft.request if correcting.draft else None)
    choose_questions(submission=submission, holder=place.holder, questions=chosen, request=answered)
    return see_other(load_correcting(submission, place).next_address())


def answer(request: HttpRequest, submission: Submission, place: Place, question_id: str) -> HttpResponse:
    """Show one question with what was sent filled in; POST saves it and leads on."""
    correcting = load_correcting(submission, place)
    step, question = correcting.question_or_404(question_id)
    page = AnswerPage(correcting, step, question, _page(request, correcting, question))
    if request.method != "POST":
        if correcting.draft is None:
            return see_other(place.home)
        return _draw_answer(request, page, page.form(page.saved))
    return _take_answer(request, page)


def _take_answer(request: HttpRequest, page: AnswerPage) -> HttpResponse:
    """Save what is typed, valid or not, then do what the button says."""
    submission, place, question = page.correcting.submission, page.correcting.place, page.question
    verb, _, argument = request.POST.get("action", "next").partition(":")
    revision = _number(request.POST.get("revision", ""))
    if revision is None or verb not in STAYING | {"next"}:
        return bad_request(request)
    form = page.read(request, verb, argument)
    accepted = verb == "next" and not form.errors and not form.waiting
    typed = dict(form.typed.lists())
    saved = Saved(question.id, typed, page.value_of(form) if accepted else None, accepted, revision)
    try:
        save_answer(submission=submission, holder=place.holder, saved=saved)
    except SavedElsewhere:
        again = replace(page, correcting=load_correcting(submission, place))
        return _draw_answer(request, again, again.form(typed), stale=True, status=HTTPStatus.CONFLICT)
    now = load_correcting(submission, place)
    if verb == "next" and form.errors:
        again = replace(page, correcting=now)
        bound = again.form(typed, asked=form.asked, refused=form.refused_files)
        return _draw_answer(request, again, bound, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return see_other(now.next_address() if accepted else _here(place, question, verb, argument))


def check(request: HttpRequest, submission: Submission, place: Place) -> HttpResponse:
    """Show what was and what will be; POST sends it, once whatever happens."""
    correcting = load_correcting(submission, place)
    if request.method != "POST":
        return see_other(place.home) if correcting.draft is None else _draw_check(request, correcting)
    base = _number(request.POST.get("base", ""))
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return bad_request(request)
    return bad_request(request) if base is None else _send(request, correcting, key, base)


def _send(request: HttpRequest, correcting: Correcting, key: uuid.UUID, base: int) -> HttpResponse:
    """Send, or show what stands in the way; what another tab sent is sent."""
    submission, place = correcting.submission, correcting.place
    try:
        send_correction(submission=submission, sender=place.sender, key=key, base=base)
    except NothingBegun:
        return see_other(place.back)
    except NotReady:
        return _draw_check(request, correcting, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Moved:
        return _draw_check(request, load_correcting(submission, place), moved=True, status=HTTPStatus.CONFLICT)
    return see_other(f"{place.back}?{urlencode({'corrige': 1})}")


def _draw_choice(
    request: HttpRequest, correcting: Correcting, asked: CorrectionRequest | None, status: int = HTTPStatus.OK
) -> HttpResponse:
    draft, place = correcting.draft, correcting.place
    ticked = set(request.POST.getlist("question"))
    if request.method != "POST":
        ticked = set(draft.questions if draft else ()) | set(asked.questions if asked else ())
    service = current_service(correcting.submission.journey.version, correcting.current)
    context = {
        "service": service,
        "dialled": dialled(service.phone),
        "person_of": correcting.submission.journey_id if place.sender.by == Corrector.CITIZEN else None,
        "sections": choice_sections(correcting, ticked),
        "asked": asked_lines([asked], correcting.definition, place.level) if asked else [],
        "asked_id": asked.pk if asked else "",
        "begun": draft is not None,
        "refused": status != HTTPStatus.OK,
    }
    return _render(request, "journeys/corrections/choose.html", correcting, context, status)


def _draw_answer(
    request: HttpRequest, page: AnswerPage, form: StepForm, *, stale: bool = False, status: int = HTTPStatus.OK
) -> HttpResponse:
    fields, names = draw_fields(request, form)
    level, question = page.correcting.place.level, page.question
    context = {
        "question": question,
        "address": page.correcting.place.question(question.id),
        "label": question.label.at(level),
        "number": page.correcting.definition.numbers().get(question.id, ""),
        "fields": fields,
        "names": names,
        "problems": form.problems() if form.is_bound else [],
        "said": status == HTTPStatus.UNPROCESSABLE_ENTITY,
        "stale": stale,
        "elsewhere": [],
        "revision": page.revision,
        "before": _sent_before(page),
        "is_new": question.id not in page.correcting.entries,
        "takes_files": any(each.type in WITH_FILES for each in (question, *question.questions)),
    }
    return _render(request, "journeys/corrections/answer.html", page.correcting, context, status)


def _draw_check(
    request: HttpRequest, correcting: Correcting, *, moved: bool = False, status: int = HTTPStatus.OK
) -> HttpResponse:
    submission, place = correcting.submission, correcting.place
    changes = changes_of(submission, correcting.draft) if correcting.draft else []
    missing = correcting.waiting()
    shown = [change for change in changes if change.question_id not in place.hidden]
    beyond = len(shown) != len(changes) or any(not _open(each, place) for each in missing)
    context = {
        "changes": change_lines(shown, correcting.definition, place.level),
        "missing": [(place.question(each.id), each.label.at(place.level)) for each in missing if _open(each, place)],
        "closed": beyond,
        "moved": moved,
        "refused": status == HTTPStatus.UNPROCESSABLE_ENTITY,
        "key": uuid.uuid4(),
        "base": last_number(submission),
    }
    return _render(request, "journeys/corrections/check.html", correcting, context, status)


def _render(
    request: HttpRequest, name: str, correcting: Correcting, context: dict[str, Any], status: int
) -> HttpResponse:
    place = correcting.place
    shared = {
        "place": place,
        "frame": place.frame,
        "form_title": correcting.definition.title.at(place.level),
        "reference": correcting.submission.reference,
        "journey_id": correcting.submission.journey_id,
        **place.context,
    }
    return render(request, name, {**shared, **context}, status=status)


def _open(question: Question, place: Place) -> bool:
    return question.id not in place.hidden


def _sent_before(page: AnswerPage) -> str:
    entry = page.correcting.entries.get(page.question.id)
    return answer_in_words(page.question, entry, page.correcting.place.level)


def _request_named(submission: Submission, request: HttpRequest) -> CorrectionRequest | None:
    """Return the open request that the address or the form names; 404 on a forged one, None on one that has ended."""
    named = request.POST.get("demande", "") or request.GET.get("demande", "")
    if not named:
        return None
    try:
        wanted = uuid.UUID(named)
    except ValueError as error:
        raise Http404("no such request") from error
    if not submission.correction_requests.filter(pk=wanted).exists():
        raise Http404("no such request")
    return next((row for row in open_requests(submission) if row.pk == wanted), None)


def _page(request: HttpRequest, correcting: Correcting, question: Question) -> Page:
    """Return how the question is drawn; what the address asks to open is a question of this page, or 404."""
    known = {question.id, *(child.id for child in question.questions), ALL, ""}
    opened = {name: request.GET.get(name, "") for name in ("aide", "officiel")}
    if not set(opened.values()) <= known:
        raise Http404("no such question on this page")
    helper = correcting.submission.document.get("filled_for") or {}
    by_agent = correcting.place.sender.by != Corrector.CITIZEN
    return Page(
        level=correcting.place.level,
        help_open=opened["aide"],
        official_open=opened["officiel"],
        word_open=request.GET.get("mot", ""),
        for_another=by_agent or helper.get("who") == "other",
    )


def _here(place: Place, question: Question, verb: str, argument: str) -> str:
    """Return the question's own address, with what was asked open."""
    opened = {
        "help": ("aide", argument),
        "word": ("mot", argument.partition(":")[2]),
        "official": ("officiel", argument),
    }
    name, value = opened.get(verb, ("", ""))
    query = f"?{urlencode({name: value})}" if value else ""
    return f"{place.question(question.id)}{query}#question-{question.id}"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS else None
