"""One request on one step: whose it is, what the page shows, where it may lead."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from accessform.adaptation.counting import is_counting
from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.preferences import Presentation
from accessform.answers.refusals import Refused
from accessform.journeys.fields.page import ALL, Page
from accessform.journeys.forms import StepForm, step_form_class
from accessform.journeys.helping import Helping
from accessform.journeys.models import StepAnswers, UploadedFile
from accessform.journeys.path import Screen, screens
from accessform.journeys.prelude import WHO
from accessform.journeys.services.passage import Passage
from accessform.journeys.typed import FILES, SEEN, Typed
from accessform.observation.counters import FIELD, Counted, RefusedCounter, parse_counters
from forms_catalog.definition import Step


@dataclass
class Visit:
    """What a step's page needs, GET or POST."""

    request: HttpRequest
    passage: Passage
    step: Step
    state: AdaptiveState
    page: Page = field(default_factory=Page)
    counted: tuple[Counted, ...] = ()
    helping: Helping | None = None

    @property
    def presentation(self) -> Presentation:
        """How this journey's pages look: what the person chose, with the changes in force; a helper's own choices."""
        chosen: Presentation = self.request.presentation  # type: ignore[attr-defined]
        return self.helping.presented(chosen) if self.helping else self.state.presentation(chosen)

    @property
    def row(self) -> StepAnswers | None:
        """What was saved of this step."""
        return self.passage.rows.get(self.step.id)

    @property
    def revision(self) -> int:
        """The revision that this page is drawn from; 0 where nothing was saved."""
        return self.row.revision if self.row else 0

    @property
    def journey_id(self) -> uuid.UUID:
        """The journey's id."""
        return self.passage.journey.pk

    def form(
        self,
        typed: Typed,
        *,
        asked: frozenset[str] | None = None,
        stored: Mapping[str, Any] | None = None,
        refused_files: Mapping[str, Refused] | None = None,
    ) -> StepForm:
        """Return the step's form over `typed`; it is read where `asked` names the questions of the page."""
        version = self.passage.journey.version
        build = step_form_class(version.digest, self.passage.definition, self.step)
        return build(
            typed=typed,
            earlier=self.passage.earlier(self.step),
            stored=stored if stored is not None else self.row.answers if self.row else {},
            page=self.page,
            today=timezone.localdate(),
            asked=asked,
            files=self._files(typed),
            refused_files=refused_files,
        )

    def _files(self, typed: Typed) -> dict[str, UploadedFile]:
        """Return the documents that this step has, by id (1 query, none where it has none)."""
        named = {value for name, values in typed.items() if name.endswith(FILES) for value in values}
        if not named:
            return {}
        return {str(row.pk): row for row in UploadedFile.objects.filter(journey=self.passage.journey, pk__in=named)}

    def screens(self, answers: dict[str, Any] | None = None) -> list[Screen]:
        """Return this step's pages, one question at a time."""
        return screens(self.step, self.passage.path.answers if answers is None else answers)

    def address(self, step_id: str = "", *, anchor: str = "", **query: str) -> str:
        """Return the address of a step of this journey, this one where none is named."""
        path = reverse("journeys:step", args=[self.journey_id, step_id or self.step.id])
        kept = {"retour": self.request.GET["retour"]} if self.request.GET.get("retour") == "verifier" else {}
        asked = {name: value for name, value in {**kept, **query}.items() if value or name == "ecouter"}
        return f"{path}{'?' + urlencode(asked) if asked else ''}{'#' + anchor if anchor else ''}"

    def here(self, *, anchor: str = "", **query: str) -> str:
        """Return the address of this very page: the same question, the errors said again where they were."""
        said = "1" if self.request.POST.get("erreurs") == "1" else ""
        only = next(iter(self.page.only)) if self.page.only else ""
        return self.address(anchor=anchor, **{"q": only, "erreurs": said, **query})

    def step_of(self, address: str) -> str:
        """Return the id of the step that an address of this journey shows, "" where it is another page."""
        start = reverse("journeys:home", args=[self.journey_id])
        step_id = address.partition("#")[0].partition("?")[0].removeprefix(start).rstrip("/")
        return step_id if self.passage.step(step_id) else ""

    def check_address(self) -> str:
        """Return the address of « Vérifiez vos réponses »; whoever helps goes back to the file that they are shown."""
        return self.helping.back if self.helping else reverse("journeys:check", args=[self.journey_id])


def page_of(visit: Visit) -> Page:
    """Return how the step is drawn: the person's level, and what the address asks to open; 404 on a forged question."""
    asked = visit.request.GET
    known = {question.id for question in visit.step.questions}
    known |= {child.id for question in visit.step.questions for child in question.questions}
    opened = {name: asked.get(name, "") for name in ("q", "aide", "officiel")}
    if any(value and value not in known | {ALL} for value in opened.values()) or opened["q"] == ALL:
        raise Http404("no such question on this step")
    return Page(
        level=visit.presentation.reading_level,
        error_help=visit.state.error_help,
        help_open=opened["aide"],
        official_open=opened["officiel"],
        word_open=asked.get("mot", ""),
        for_another=visit.passage.path.answers.get(WHO) == "other",
        choice_help=visit.presentation.choice_help,
        tolerant_input=visit.presentation.tolerant_input,
        only=_only(visit, opened["q"]),
    )


def with_counters(visit: Visit) -> Visit:
    """Return the visit with what the browser counted, nothing where nobody asked for it; BadRequest on a forged one."""
    if visit.helping or not is_counting(visit.presentation, visit.state.policy_state):
        return visit
    asked = {name for question in visit.step.questions for name in (question.id, *(q.id for q in question.questions))}
    try:
        return replace(visit, counted=parse_counters(visit.request.POST.get(FIELD, ""), asked))
    except RefusedCounter as error:
        raise BadRequest("a counter outside the list") from error


def _only(visit: Visit, question_id: str) -> frozenset[str] | None:
    """Return the only question of the page, None where all of the step's are on it.

    Where the address names none, it is the first that was never met, or the step's first.
    """
    if not (visit.presentation.one_question or visit.presentation.voice) and not question_id:
        return None
    pages = [screen.question_id for screen in visit.screens() if screen.question_id]
    if not pages:
        return None
    met = visit.passage.typed.get(SEEN, [])
    waiting = next((name for name in pages if name not in met), pages[0])
    return frozenset({question_id if question_id in pages else waiting})


def with_page(visit: Visit) -> Visit:
    """Return the visit with its page decided."""
    return replace(visit, page=page_of(visit))
