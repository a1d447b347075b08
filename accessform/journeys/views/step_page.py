"""Drawing a step: the same page whole, or its part alone where htmx asks."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import trigger_client_event

from accessform.adaptation.counting import figures_as_json, is_counting
from accessform.adaptation.explanation import StepCards, labels_of, step_cards
from accessform.adaptation.preferences import Presentation
from accessform.answers.printed_values import printed
from accessform.journeys.by_voice.aloud import PRIVATE
from accessform.journeys.by_voice.card import card_of
from accessform.journeys.by_voice.turns import Exchange
from accessform.journeys.fields.page import ALL
from accessform.journeys.forms import StepForm
from accessform.journeys.path import shown_questions
from accessform.journeys.prelude import STEP_ID as PRELUDE
from accessform.journeys.services.passage import load_passage
from accessform.journeys.typed import field_names
from accessform.journeys.visit import Visit
from accessform.web.middleware import allow_microphone
from forms_catalog.definition import WITH_FILES, Step


def on_page(visit: Visit) -> frozenset[str]:
    """Return the ids of the questions that this page shows."""
    asked = {question.id for question in shown_questions(visit.step, visit.passage.path.answers)}
    return frozenset(asked if visit.page.only is None else asked & visit.page.only)


def names_on_page(visit: Visit) -> set[str]:
    """Return the field names that this page may show: its questions, and the entries of its groups."""
    shown = on_page(visit)
    tops = {name: name.partition("-")[0] for name in field_names(visit.step, visit.passage.typed)}
    return {name for name, top in tops.items() if top in shown}


def _asked(entries: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the name of each field drawn, so that the next POST knows what was on the page."""
    for entry in entries:
        if "question" in entry:
            yield entry["id"]
        for item in entry.get("entries", ()):
            yield from (view["id"] for view in item["views"])


def draw(visit: Visit, form: StepForm, *, said: bool = False, exchange: Exchange | None = None) -> HttpResponse:
    """Return the page of a step; `said` right after a refusal, whose address then says the errors again.

    `exchange` is a turn of the voice's dialogue that this page answers.
    """
    if said:
        visit.request.GET = visit.request.GET.copy()  # type: ignore[assignment]
        visit.request.GET["erreurs"] = "1"  # type: ignore[index]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if said else HTTPStatus.OK
    return _drawn(
        visit,
        form,
        {"problems": form.problems() if form.is_bound else [], "said": said, "stale": False, "elsewhere": []},
        status,
        exchange,
    )


def draw_stale(visit: Visit, form: StepForm) -> HttpResponse:
    """Return the page with what was just typed, and what another tab saved meanwhile (1 query)."""
    now = replace(visit, passage=load_passage(visit.passage.journey, typed_of=visit.step.id))
    typed = dict(form.typed.lists())
    elsewhere = list(_differences(now, form))
    page = now.form(typed, stored=form.answers)
    return _drawn(
        now, page, {"problems": [], "said": False, "stale": True, "elsewhere": elsewhere}, HTTPStatus.CONFLICT
    )


def _differences(visit: Visit, form: StepForm) -> Iterator[dict[str, str]]:
    """Yield the questions whose saved answer is not the one just typed."""
    saved = visit.row.answers if visit.row else {}
    for question in shown_questions(visit.step, {**visit.passage.path.answers, **saved}):
        if saved.get(question.id) is not None and saved[question.id] != form.answers.get(question.id):
            level = visit.page.level
            answer = printed(question, saved[question.id], level)
            yield {"number": form.numbers.get(question.id, ""), "label": question.label.at(level), "answer": answer}


def _drawn(
    visit: Visit, form: StepForm, said: dict[str, Any], status: HTTPStatus, exchange: Exchange | None = None
) -> HttpResponse:
    """Return the whole page, or its part alone where htmx asks."""
    request = visit.request
    request.presentation = visit.presentation  # type: ignore[attr-defined]
    context = step_context(visit, form) | said | {"voice": card_of(visit, form, exchange)}
    fragment = is_fragment(visit)
    context |= {"fragment": fragment, "arrived": fragment and _arrived(visit) and not (said["problems"] or exchange)}
    response = render(request, "journeys/step.html#page" if fragment else "journeys/step.html", context, status=status)
    allow_microphone(response)  # also before the voice is chosen: a later part of this page may bring the microphone
    if fragment:
        response.headers["HX-Push-Url" if _arrived(visit) else "HX-Replace-Url"] = _own_address(visit)
        trigger_client_event(response, "presentation", _attributes(visit.presentation))
    return response


def is_fragment(visit: Visit) -> bool:
    """Tell whether htmx asks for the page's part alone."""
    htmx = visit.request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


def _own_address(visit: Visit) -> str:
    """Return the address that the browser should show: after a refusal, the one that says the errors again."""
    query = visit.request.GET.urlencode()
    return f"{visit.request.path}?{query}" if query else visit.request.path


def _arrived(visit: Visit) -> bool:
    """Tell whether this page is another one than the browser shows: its title then takes the focus."""
    shown = urlsplit(visit.request.htmx.current_url or "")  # type: ignore[attr-defined]
    asked = parse_qs(shown.query).get("q", [""])[0]
    return shown.path != visit.request.path or asked != visit.request.GET.get("q", "")


def _attribute(name: str) -> str:
    return f"data-{name.replace('_', '-')}"


def _attributes(presentation: Presentation) -> dict[str, str | None]:
    """Return the attributes of <html> that follow the presentation, as web/presentation_attributes.html writes them."""
    names = ("text_size", "spacing", "contrast", "color_scheme", "typeface", "reading_level", "modality")
    values: dict[str, str | None] = {_attribute(name): str(getattr(presentation, name)) for name in names}
    values["data-voice-rate"] = f"{presentation.voice_rate:g}"
    switches = ("larger_targets", "voice_autoplay")
    return values | {_attribute(name): "" if getattr(presentation, name) else None for name in switches}


def step_context(visit: Visit, form: StepForm) -> dict[str, Any]:
    """Return what templates/journeys/step.html draws."""
    path, level = visit.passage.path, visit.presentation.reading_level
    numbered = [step for step in path.steps if step.id != PRELUDE]
    intro = visit.step.intro.at(level) if visit.step.intro else ""
    words = form.words.explain_intro(intro)
    entries = list(form.entries())
    aloud_url = reverse("journeys:aloud", args=[visit.journey_id, visit.step.id])
    return {
        "visit": visit,
        "presentation": visit.presentation,
        "definition": visit.passage.definition,
        "step": visit.step,
        "title": visit.step.title.at(level),
        "intro": intro,
        "words": words,
        "form_title": visit.passage.definition.title.at(level),
        "place": 0 if visit.helping else _place(visit, numbered),
        "count": len(numbered),
        "step_map": step_map(visit, numbered) if visit.presentation.step_map else [],
        "entries": entries,
        "asked": list(_asked(entries)),
        "key": uuid.uuid4(),
        "revision": visit.revision,
        "action": visit.address(q=next(iter(visit.page.only)) if visit.page.only else ""),
        "cards": cards(visit),
        "why_url": f"{reverse('journeys:home', args=[visit.journey_id])}pourquoi",
        "has_history": bool(visit.state.policy_state.changes),
        "official_shown": visit.page.official_open == ALL,
        "has_official": any(entry["words"].official for entry in entries if "words" in entry),
        "has_previous": bool(path.before(visit.step.id)) or _within(visit),
        "new_question": visit.request.GET.get("nouvelle", ""),
        "journey_id": visit.journey_id,
        "aloud_url": aloud_url,
        "private_aloud_url": f"{aloud_url}?{PRIVATE}",
        "counting": figures_as_json() if not visit.helping and _is_counting(visit) else "",
        "takes_files": any(question.type in WITH_FILES for question in visit.step.questions),
    }


def _place(visit: Visit, numbered: Sequence[Step]) -> int:
    """Return the rank of the step among those shown, from 1; 0 where it has none."""
    return next((place for place, step in enumerate(numbered, start=1) if step.id == visit.step.id), 0)


def _is_counting(visit: Visit) -> bool:
    return is_counting(visit.presentation, visit.state.policy_state)


def step_map(visit: Visit, steps: Sequence[Step]) -> list[dict[str, str]]:
    """Return the journey's steps in order, each with where it stands: done, here, or to do."""
    rows, level = visit.passage.rows, visit.presentation.reading_level

    def place(step: Step) -> str:
        if step.id == visit.step.id:
            return "here"
        row = rows.get(step.id)
        return "done" if row and row.complete else "ahead"

    return [{"title": step.title.at(level), "state": place(step)} for step in steps]


def cards(visit: Visit) -> StepCards | None:
    """Return what stands in the reserved place of the step, None where nothing was ever noticed."""
    state = visit.state.policy_state
    if not (state.changes or state.hand_off or state.asked):
        return None
    level = visit.page.level
    labels = labels_of(visit.passage.definition, level)
    helped = {q.id: q.label.at(level) for q in visit.step.questions if q.id in on_page(visit) and (q.help or q.example)}
    return step_cards(state, step_id=visit.step.id, labels=labels, questions=helped)


def _within(visit: Visit) -> bool:
    """Tell whether a page of the same step comes before this one."""
    first = visit.screens()[0].question_id
    return visit.page.only is not None and first not in visit.page.only
