"""What a consent hides is in no byte: neither the answer, nor a question that exists only because of it."""

import dataclasses
import datetime as dt
import hashlib
import re
import time
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessform.adaptation.services import load_state, record_events
from accessform.handoff.models import AccessKind, Scope
from accessform.handoff.sharing.consent import VERSION, word_consent, word_mandate
from accessform.handoff.sharing.drawing import draw_content
from accessform.handoff.sharing.gate import SAID, RefusalKind
from accessform.handoff.sharing.reading import show_content
from accessform.handoff.sharing.scope import is_sensitive, list_choosable, list_shown_ids, read_showing
from accessform.handoff.sharing.services import SharedFile, open_by_code, read_file
from accessform.handoff.sharing.shown import RowState, SharedContent, build_content
from accessform.handoff.sharing.windows import window_of_appointment
from accessform.journeys.path import journey_path
from accessform.observation.events import EventKind, InteractionEvent
from accessform.plain_language.interface import texts
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition
from tests.handoff.conftest import MONDAY_NINE, NOW, add_agent
from tests.handoff.sharing_made import STEPS, agree, digits_of, make_filled_journey
from tests.journeys.small_journeys import SMALL_FORM

FORM = FormDefinition.model_validate({**SMALL_FORM, "slug": "a-montrer", "steps": STEPS})
EVERY_ID = [found.id for found in list_choosable(question for step in FORM.steps for question in step.questions)]
SENSITIVE = {"numero", "aide_maladie", "sante", "iban"}
BECAUSE_OF_ONE = {"medecin", "soin"}

AGREED_TO = r"sharing\.(consent_(appointment|code|all_but_sensitive|chosen|read|write|end)|mandate_(text|correction))"


def words(question: str) -> st.SearchStrategy[str]:
    """Return words that only this question is answered with."""
    return st.integers(0, 10**9).map(lambda number: f"mot{question}{number}fin")


def people(count: int) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(
        st.fixed_dictionaries({"prenom": words("prenom")}, optional={"sante": words("sante")}),
        min_size=0,
        max_size=count,
    )


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "nom": words("nom"),
        "naissance": st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)).map(dt.date.isoformat),
        "numero": words("numero"),
        "aide_maladie": st.sampled_from(["oui", "non"]),
        "medecin": words("medecin"),
        "soin": words("soin"),
        "proches": people(3),
        "loyer": st.integers(0, 9999).map(str),
        "iban": words("iban"),
    },
)


def content_of(answers: dict[str, Any], scope: str, chosen: Any = (), level: Any = ReadingLevel.PLAIN) -> SharedContent:
    path = journey_path(FORM.steps, answers)
    showing = read_showing(FORM.steps, scope=scope, chosen=chosen)
    return build_content(FORM, path.steps, path.answers, showing=showing, level=level)


def close_up(drawn: str) -> str:
    """Return a text without the spaces that some types are printed with."""
    return re.sub(r"\s|\\xa0", "", drawn)


def said(answers: dict[str, Any]) -> dict[str, list[str]]:
    """Return, by question, the words answered (those of `words` alone)."""
    found: dict[str, list[str]] = {}
    for name, value in answers.items():
        for item in value if isinstance(value, list) else [{name: value}]:
            for each, text in item.items():
                if str(text).startswith("mot"):
                    found.setdefault(each, []).append(text)
    return found


@settings(max_examples=150, deadline=None)
@given(answers=ANSWERS, scope=st.sampled_from(list(Scope)), chosen=st.sets(st.sampled_from(EVERY_ID)))
def test_what_a_scope_hides_is_in_no_rendered_byte(answers, scope, chosen):
    content = content_of(answers, scope, chosen)
    drawn = close_up(f"{draw_content(content)} {content}")
    shown = list_shown_ids(FORM.steps, scope=scope, chosen=chosen)
    showing = read_showing(FORM.steps, scope=scope, chosen=chosen)
    for question, told in said(answers).items():
        if question not in shown or question in showing.secret:
            assert not [text for text in told if text in drawn], question


@settings(max_examples=150, deadline=None)
@given(answers=ANSWERS, others=ANSWERS)
def test_sensitive_answers_change_nothing_in_what_is_shown(answers, others):
    """Not one byte: neither an answer, nor its absence, nor a question that only it brings up."""
    private = SENSITIVE | BECAUSE_OF_ONE
    swapped = {name: value for name, value in answers.items() if name not in private}
    swapped |= {name: value for name, value in others.items() if name in private}
    if "proches" in swapped:
        swapped["proches"] = [{"prenom": one["prenom"], "sante": "mot0000000000fin"} for one in swapped["proches"]]
    one, other = (draw_content(content_of(each, Scope.ALL_BUT_SENSITIVE)) for each in (answers, swapped))
    assert one == other


@settings(max_examples=80, deadline=None)
@given(answers=ANSWERS, level=st.sampled_from(list(ReadingLevel)))
def test_everything_that_is_shown_can_be_read(answers, level):
    content = content_of(answers, Scope.CHOSEN, EVERY_ID, level)
    drawn = close_up(draw_content(content))
    path = journey_path(FORM.steps, answers)
    for told in said(dict(path.answers)).values():
        assert all(text in drawn for text in told)
    assert content.count(RowState.HIDDEN) == 0


@pytest.mark.parametrize("choice", ["oui", "non", None])
def test_a_question_brought_up_by_a_hidden_answer_is_not_even_named(choice):
    answers = {"nom": "Ada", "aide_maladie": choice, "medecin": "X", "soin": "Y"}
    rows = [row.question_id for row in content_of(answers, Scope.ALL_BUT_SENSITIVE).rows()]
    assert rows == ["nom", "naissance", "numero", "aide_maladie", "proches", "loyer", "iban"]


def test_it_is_shown_where_the_person_chose_it_by_name():
    answers = {"aide_maladie": "oui", "medecin": "Docteur X"}
    rows = {row.question_id: row for row in content_of(answers, Scope.CHOSEN, ["medecin"]).rows()}
    assert rows["medecin"].answer == "Docteur X"
    assert rows["aide_maladie"].state is RowState.HIDDEN
    assert "soin" not in rows


def test_a_group_none_of_whose_answers_is_shown_does_not_tell_its_number():
    content = content_of({"proches": [{"prenom": "Ada"}, {"prenom": "Blaise"}]}, Scope.CHOSEN, ["nom"])
    (group,) = [row for row in content.rows() if row.question_id == "proches"]
    assert (group.state, group.entries, group.answer) == (RowState.HIDDEN, (), "Non montré")


def test_a_sensitive_group_hides_all_of_its_questions():
    group = {"id": "g", "type": "group", "label": "G", "sensitive": True, "why": "w",
             "questions": [{"id": "c", "type": "text", "label": "C"}]}  # fmt: skip
    form = FormDefinition.model_validate({**SMALL_FORM, "steps": [{"id": "s", "title": "S", "questions": [group]}]})
    (found,) = list_choosable(form.steps[0].questions)
    assert is_sensitive(found.question, found.group)
    assert list_shown_ids(form.steps, scope=Scope.ALL_BUT_SENSITIVE, chosen=()) == frozenset()


def test_what_is_sensitive_is_so_by_type_or_by_word():
    questions = {question.id: question for question in FORM.questions()}
    assert {name for name, question in questions.items() if is_sensitive(question)} == SENSITIVE


def test_a_scope_that_is_none_shows_nothing():
    with pytest.raises(ValueError, match="no scope"):
        read_showing(FORM.steps, scope="everything", chosen=())


def test_answers_are_escaped():
    drawn = draw_content(content_of({"nom": "<script>alert(1)</script>"}, Scope.ALL_BUT_SENSITIVE))
    assert "<script>" not in drawn


# The words agreed to


WORDS_OF_VERSION = {"2026-11-22": "ff3ab7dd72c15b71"}
"""Whoever changes words that people agree to gives them another version, and adds its line here."""


def test_words_that_people_agree_to_change_with_their_version():
    agreed = {name: wording for name, wording in texts().items() if re.fullmatch(AGREED_TO, name)}
    told = "\n".join(
        f"{name} {wording.at(level)}" for name, wording in sorted(agreed.items()) for level in ReadingLevel
    )
    assert len(agreed) == 9
    assert hashlib.sha256(told.encode()).hexdigest()[:16] == WORDS_OF_VERSION[VERSION]


@pytest.mark.parametrize("level", list(ReadingLevel))
@pytest.mark.parametrize("scope", list(Scope))
def test_every_consent_says_to_whom_what_and_that_it_can_end(level, scope):
    kinds = [(by_code, write) for by_code in (True, False) for write in (True, False)]
    told = [
        word_consent(scope=scope, place="Ici", when="lundi", by_code=by_code, may_write=write, level=level)
        for by_code, write in kinds
    ]
    assert len({each.sha256 for each in told}) == 4
    assert all("Ici" in each.text and "Je peux arrêter" in each.text for each in told)
    assert all(each.version == VERSION and each.level is level for each in told)


def test_windows_leave_their_end_out():
    window = window_of_appointment(MONDAY_NINE, MONDAY_NINE + dt.timedelta(minutes=30))
    assert window.holds(window.opens)
    assert not window.holds(window.closes)
    assert window.closes - window.opens == dt.timedelta(hours=3)


def test_every_line_of_the_log_has_its_words():
    unlogged = {RefusalKind.UNKNOWN_CODE, RefusalKind.TOO_MANY, RefusalKind.NOTHING_SHARED}
    kinds = [f"sharing.log_{kind}" for kind in AccessKind if kind != AccessKind.REFUSED]
    refused = [f"sharing.refused_{kind}" for kind in RefusalKind if kind not in unlogged]
    assert [name for name in [*kinds, *refused] if name not in texts()] == []
    assert set(SAID) == set(RefusalKind)


# No difficulty reaches an agent


@pytest.mark.django_db
def test_nothing_of_difficulty_is_in_what_an_agent_gets(place, motif, agent, clock):
    calm, struggling = make_filled_journey(), make_filled_journey("autre")
    for _ in range(3):
        record_refusals(struggling.pk)
    assert load_state(struggling.pk).state
    read = {}
    for journey, desk in ((calm, agent), (struggling, add_agent(place, motif, "Guichet 2"))):
        handover = agree(journey, place, NOW)
        open_by_code(agent=desk, code=digits_of(handover, NOW), now=NOW)
        read[journey] = read_file(handover=handover, agent=desk, now=NOW)
    assert isinstance(read[calm], SharedFile)
    assert read[calm] == read[struggling]
    assert kinds_in(read[struggling]) <= {str, bool, int, dt.datetime, RowState, ReadingLevel}


def record_refusals(journey_id: uuid.UUID) -> None:
    state = load_state(journey_id)
    at = time.time()
    record_events(state=state, events=[InteractionEvent(EventKind.SUBMIT_FAILED, at, "vous")])


def kinds_in(value: Any) -> set[type]:
    """Return the types of everything reachable from a value."""
    if dataclasses.is_dataclass(value):
        return {kind for field in dataclasses.fields(value) for kind in kinds_in(getattr(value, field.name))}
    if isinstance(value, tuple):
        return {kind for each in value for kind in kinds_in(each)}
    return {type(value)}


@pytest.mark.django_db
@pytest.mark.parametrize("level", list(ReadingLevel))
def test_the_preview_of_a_stored_journey_is_what_the_pure_builder_says(level):
    journey = make_filled_journey()
    content = show_content(journey, scope=Scope.ALL_BUT_SENSITIVE, chosen=(), level=level)
    assert content.level is level
    assert next(content.rows()).question_id == "filled_for_who"


def test_a_mandate_names_form_place_desk_and_end():
    for level in ReadingLevel:
        agreed = word_mandate(form="F-orme", place="L-ieu", desk="G-uichet", until="lundi à 9 h", level=level)
        assert all(part in agreed.text for part in ("F-orme", "L-ieu", "G-uichet", "lundi à 9 h"))
