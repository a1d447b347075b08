"""What the buttons of a step do. Each saves what is typed first; then it leads somewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from accessform.adaptation import choices
from accessform.journeys.fields.explained import INTRODUCTION
from accessform.journeys.fields.page import ALL
from accessform.journeys.forms import StepForm
from accessform.journeys.path import screens, unanswered
from accessform.journeys.services.store_uploads import drop_upload
from accessform.journeys.typed import FILES, Typed, with_entry_added, with_entry_removed
from accessform.journeys.visit import Visit
from forms_catalog.definition import Question, QuestionType

Lead = Callable[[Visit, StepForm, str], str]
Change = Callable[[Visit, Typed, str], Typed]


@dataclass(frozen=True)
class Action:
    """One verb: how it changes what is typed or what the person chose, if it does, and where it leads (an address).

    `settle` takes the visits before and after, once the step is saved and in the same transaction.
    """

    lead: Lead
    change: Change | None = None
    choose: Callable[[Visit], object] | None = None
    settle: Callable[[Visit, Visit], object] | None = None


def lead_next(visit: Visit, form: StepForm, argument: str) -> str:
    """Lead to what a valid answer brought up, to the next page, or back to the check of answers."""
    one_at_a_time = visit.page.only is not None
    if form.waiting and not (one_at_a_time and _later_screen(visit, form)):
        return _to_question(visit, form.waiting[0])
    if one_at_a_time and not _returning(visit):
        later = _later_screen(visit, form)
        if later:
            return visit.address(q=later)
    if _returning(visit):
        return _to_what_waits(visit)
    following = visit.passage.path.after(visit.step.id)
    return visit.address(following.id) if following else visit.check_address()


def _returning(visit: Visit) -> bool:
    """Tell whether one answer is being changed from the check of answers, the rest of its step being in order."""
    waiting = visit.passage.next_to_fill()
    return visit.request.GET.get("retour") == "verifier" and (waiting is None or waiting.id != visit.step.id)


def _to_what_waits(visit: Visit) -> str:
    """Lead to what the changed answer brought up elsewhere, its question alone if it is one; else to the check."""
    step = visit.passage.next_to_fill()
    if step is None:
        return visit.check_address()
    brought_up = next(unanswered(step, visit.passage.path.answers), None) if step.id in visit.passage.rows else None
    if brought_up is None:
        return visit.address(step.id)
    return visit.address(step.id, anchor=f"question-{brought_up.id}", q=brought_up.id, nouvelle=brought_up.id)


def _to_question(visit: Visit, question_id: str) -> str:
    only = {"q": question_id} if visit.page.only is not None else {"nouvelle": question_id}
    return visit.address(anchor=f"question-{question_id}", **only)


def _later_screen(visit: Visit, form: StepForm) -> str:
    """Return the question after the one shown, "" where it was the step's last."""
    order = [screen.question_id for screen in visit.screens(form.known)]
    here = next((place for place, name in enumerate(order) if visit.page.only and name in visit.page.only), None)
    return order[here + 1] if here is not None and here + 1 < len(order) else ""


def lead_previous(visit: Visit, form: StepForm, argument: str) -> str:
    """Lead one page back."""
    if visit.page.only is not None:
        order = [screen.question_id for screen in visit.screens(form.known)]
        here = next((place for place, name in enumerate(order) if name in visit.page.only), 0)
        if here:
            return visit.address(q=order[here - 1])
    before = visit.passage.path.before(visit.step.id)
    if before is None:
        return visit.address()
    one_at_a_time = visit.page.only is not None
    return visit.address(
        before.id, q=screens(before, visit.passage.path.answers)[-1].question_id if one_at_a_time else ""
    )


def lead_help(visit: Visit, form: StepForm, argument: str) -> str:
    """Redraw the page with one question's help open, or with none where none is named."""
    if not argument:
        return visit.here()
    question = _question(visit, argument)
    return visit.here(anchor=_anchor(visit, question), aide=question.id)


def lead_word(visit: Visit, form: StepForm, argument: str) -> str:
    """Redraw the page with one word explained; the argument is « question:word », without a word to close it.

    Without a question, the word stands in the step's introduction.
    """
    question_id, _, word = argument.partition(":")
    if word and not form.explainer.knows(word):
        raise Http404("no such word is explained")
    anchor = _anchor(visit, _question(visit, question_id)) if question_id else INTRODUCTION
    return visit.here(anchor=anchor, mot=word)


def lead_official(visit: Visit, form: StepForm, argument: str) -> str:
    """Redraw the page with one question's official text beside the plain one, or with none where none is named."""
    if argument in {"", ALL}:
        return visit.here(officiel=argument)
    question = _question(visit, argument)
    return visit.here(anchor=_anchor(visit, question), officiel=question.id)


def lead_here(visit: Visit, form: StepForm, argument: str) -> str:
    """Redraw the page."""
    return visit.here()


def lead_after_accepting(visit: Visit, form: StepForm, argument: str) -> str:
    """Redraw the page as it now is; where one question at a time was accepted, at the question that waits."""
    if argument == "hand_off":
        return lead_to_person(visit, form, argument)
    waiting = [*(problem["question"] for problem in form.problems()), *form.waiting]
    tops = {child.id: top.id for top in visit.step.questions for child in (top, *top.questions)}
    if visit.page.only is not None and waiting:
        return visit.here(q=tops[waiting[0]])
    return visit.here()


def lead_to_helps(visit: Visit, form: StepForm, argument: str) -> str:
    """Redraw the page at the list of helps that answers « C'est difficile »."""
    return visit.here(anchor="hard")


def lead_to_settings(visit: Visit, form: StepForm, argument: str) -> str:
    """Lead to « Plus de réglages », which leads back here."""
    return f"/affichage?{urlencode({'next': visit.here()})}"


def enlarge_text(visit: Visit) -> None:
    """« Plus grand »."""
    choices.enlarge(visit.request, visit.presentation)


def simplify_words(visit: Visit) -> None:
    """« Plus simple »."""
    choices.simplify(visit.request, visit.presentation)


def lead_to_group(visit: Visit, form: StepForm, argument: str) -> str:
    """Redraw the page at the group that changed."""
    return visit.here(anchor=f"question-{argument.partition(':')[0]}")


def _lead_to(path: str) -> Lead:
    """Return a lead to a page of this journey that another room owns."""

    def lead(visit: Visit, form: StepForm, argument: str) -> str:
        return f"{reverse('journeys:home', args=[visit.journey_id])}{path}"

    return lead


lead_to_person = _lead_to("personne")


def lead_to_file(visit: Visit, form: StepForm, argument: str) -> str:
    """Lead whoever helps back to the file that they are shown; the argument is a place on its page."""
    if visit.helping is None or argument not in {"", "rendre"}:
        raise Http404("nobody helps here")
    return f"{visit.helping.back}#{argument}" if argument else visit.helping.back


def add_entry(visit: Visit, typed: Typed, argument: str) -> Typed:
    """Add an empty entry to a group."""
    return with_entry_added(_group(visit, argument), typed)


def remove_entry(visit: Visit, typed: Typed, argument: str) -> Typed:
    """Remove one entry of a group; the argument is « group:index »."""
    group_id, _, index = argument.partition(":")
    if not (index.isascii() and index.isdigit() and len(index) < 4):  # noqa: PLR2004
        raise Http404("no such entry")
    return with_entry_removed(_group(visit, group_id), typed, int(index))


def drop_file(visit: Visit, typed: Typed, argument: str) -> Typed:
    """Take one document off the step; the argument is « field:id of the file »."""
    name, _, file_id = argument.partition(":")
    kept = typed.get(name + FILES, [])
    return {**typed, name + FILES: [other for other in kept if other != file_id]} if file_id in kept else typed


def delete_dropped_files(before: Visit, after: Visit) -> None:
    """Delete the documents that the step named and names no more."""
    for file_id in _files_named(before) - _files_named(after):
        drop_upload(journey=after.passage.journey, file_id=file_id)


def _files_named(visit: Visit) -> set[str]:
    return {value for name, values in visit.passage.typed.items() if name.endswith(FILES) for value in values}


def _group(visit: Visit, question_id: str) -> Question:
    question = _question(visit, question_id)
    if question.type is not QuestionType.GROUP:
        raise Http404("not a group")
    return question


def _question(visit: Visit, question_id: str) -> Question:
    """Return a question of this step or of its groups; 404 on a forged id."""
    for question in visit.step.questions:
        for candidate in (question, *question.questions):
            if candidate.id == question_id:
                return candidate
    raise Http404("no such question on this step")


def _anchor(visit: Visit, question: Question) -> str:
    top = next(q for q in visit.step.questions if q is question or question in q.questions)
    return f"question-{top.id}"


ACTIONS: dict[str, Action] = {
    "next": Action(lead_next),
    "previous": Action(lead_previous),
    "help": Action(lead_help),
    "word": Action(lead_word),
    "official": Action(lead_official),
    "hard": Action(lead_to_helps),
    "larger": Action(lead_here, choose=enlarge_text),
    "simpler": Action(lead_here, choose=simplify_words),
    "settings": Action(lead_to_settings),
    "accept": Action(lead_after_accepting),
    "refuse": Action(lead_here),
    "undo": Action(lead_here),
    "add": Action(lead_to_group, add_entry),
    "remove": Action(lead_to_group, remove_entry, settle=delete_dropped_files),
    "drop": Action(lead_here, drop_file, settle=delete_dropped_files),
    "person": Action(lead_to_person),
    "file": Action(lead_to_file),
    "print": Action(_lead_to("imprimer")),
    "keep": Action(_lead_to("reprendre")),
    "quit": Action(_lead_to("quitter")),
    "why": Action(_lead_to("pourquoi")),
    **dict.fromkeys(("say", "reply", "order", "resume"), Action(lead_here)),
}
