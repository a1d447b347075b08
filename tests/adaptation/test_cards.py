"""The reserved place of a step: what is said, in page facts, and which buttons it has."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from accessform.adaptation.explanation import Labels, StepCards, build_explanation, step_cards
from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.preferences import Presentation
from accessform.adaptation.reasons import STATUS_KEYS, fact_of
from accessform.adaptation.state import Adaptation, Reason, Status
from accessform.observation.hints import ALLOWED_HINTS
from accessform.plain_language.interface import texts
from accessform.plain_language.wording import ReadingLevel
from tests.adaptation.journeys_told import Told

LABELS = Labels(ReadingLevel.PLAIN, {"birth_date": "Date de naissance"}.get, {"identite": "Votre identité"}.get)
JUDGEMENTS = re.compile(
    r"\b(vous n'arrivez|difficultés?|lent|erreurs?|handicap|âge|perdu|frustr|échou|faute)", re.IGNORECASE
)


@pytest.fixture
def told() -> Told:
    journey = Told()
    journey.shows("identite")
    return journey


def cards(told: Told, **questions: str) -> StepCards:
    return step_cards(told.state, step_id="identite", labels=LABELS, questions=questions)


def drawn(told: Told, **questions: str) -> str:
    request = RequestFactory().get("/d/x/identite/")
    context = {"cards": cards(told, **questions), "presentation": Presentation()}
    return render_to_string("adaptation/step_cards.html", {**context, "request": request})


def test_a_quiet_journey_shows_nothing(told):
    assert not cards(told).any
    assert drawn(told).strip() == ""


def test_an_offer_says_what_why_and_lets_refuse(told):
    for _ in range(2):
        told.fails("identite", "birth_date")
    page = drawn(told)
    assert "Voulez-vous un texte très simple" in page
    assert "La réponse à «\u00a0Date de naissance\u00a0» a été refusée 2 fois." in page
    assert 'form="step-form" name="action" value="accept:easy_wording" formnovalidate' in page
    assert 'form="step-form" name="action" value="refuse:easy_wording" formnovalidate' in page
    assert page.count("<button") == 2


def test_a_change_is_said_with_its_undo(told):
    told.then("offer_accepted", name="one_question", step="identite")
    page = drawn(told)
    assert "Il y a maintenant une question par page." in page
    assert re.findall(r'name="action" value="([^"]+)"', page) == ["undo:one_question", "why"]


def test_saying_that_it_is_difficult_lists_what_exists_here(told):
    told.then("asked_for_help", step="identite")
    page = drawn(told, birth_date="Date de naissance")
    found = re.findall(r'name="action" value="([^"]+)"', page)
    assert found == [
        "help:birth_date",
        "accept:easy_wording",
        "accept:tolerant_input",
        "accept:choice_help",
        "accept:step_map",
        "accept:one_question",
        "accept:larger_targets",
        "accept:larger_text",
        "accept:higher_contrast",
        "accept:voice",
        "person",
        "refuse:asked",
    ]


def test_the_list_leaves_out_what_is_already_there(told):
    told.then("preference_set", name="reading_level", value="easy")
    told.then("preference_set", name="text_size", value=250)
    told.then("asked_for_help", step="identite")
    listed = cards(told).asked
    assert listed is not None
    assert "easy_wording" not in listed
    assert "larger_text" not in listed
    assert "voice" in listed


def test_the_list_gives_plain_wording_to_who_reads_the_official_text(told):
    told.then("preference_set", name="reading_level", value="standard")
    told.then("asked_for_help", step="identite")
    assert (cards(told).asked or [])[:2] == ["easy_wording", "plain_wording"]


def test_one_thing_at_a_time_asks_for_an_answer(told):
    for _ in range(3):
        told.fails("identite", "birth_date")
    assert told.state.pending_offer
    assert cards(told).hand_off == ["La réponse à «\u00a0Date de naissance\u00a0» a été refusée 3 fois."]
    assert cards(told).offer is None
    told.then("offer_refused", name="hand_off")
    assert cards(told).offer
    told.then("asked_for_help", step="identite")
    shown = cards(told)
    assert (shown.asked is not None, shown.offer, shown.hand_off) == (True, None, None)


def test_every_help_signal_hint_rule_and_status_has_words():
    names = texts()
    policy = load_policy()
    for adaptation in policy.file.adaptations:
        for start in ("help", "offer_title", "offer_what", "offer_accept", "notice"):
            assert f"adaptation.{start}_{adaptation.value}" in names
    assert f"adaptation.help_{Adaptation.ERROR_HELP.value}" in names
    assert {f"adaptation.family_{signal.family}" for signal in policy.file.signals.values()} <= set(names)
    assert {fact_of(Reason(signal, 2)).key for signal in (*policy.file.signals, "B3")} <= set(names)
    assert {fact_of(Reason("A8", 1, name=name)).key for name in (*ALLOWED_HINTS, "other")} <= set(names)
    assert {f"adaptation.hint_name_{name}" for name in ALLOWED_HINTS} <= set(names)
    assert {STATUS_KEYS[status] for status in Status} <= set(names)


def test_facts_never_judge():
    for name, wording in texts().items():
        if name.startswith(("adaptation.fact_", "adaptation.offer_", "adaptation.notice_", "adaptation.status_")):
            for level in ReadingLevel:
                assert not JUDGEMENTS.search(wording.at(level)), name


@pytest.mark.parametrize("level", list(ReadingLevel))
def test_the_explanation_lists_every_change_and_offer_with_its_facts(told, level):
    labels = Labels(level, LABELS.questions, LABELS.steps)
    for _ in range(3):
        told.fails("identite", "birth_date")
    told.then("offer_refused", name="easy_wording")
    told.then("offer_accepted", name="larger_text")
    base = Presentation().choosing(1.0, contrast="more", one_question=True)
    explanation = build_explanation(told.state, base=base, labels=labels)
    assert [line.id for line in explanation.in_force] == ["error_help.birth_date", "larger_text"]
    assert [line.id for line in explanation.answered] == ["easy_wording"]
    assert [line.name for line in explanation.chosen] == ["contrast", "one_question"]
    assert [line.rule_key for line in explanation.decisions] == [
        "adaptation.rule_error_help",
        "adaptation.rule_offer",
        "adaptation.rule_hand_off_same_question",
    ]
    assert all(line.facts for line in (*explanation.in_force, *explanation.answered, *explanation.decisions))
    assert {line.counts for line in explanation.decisions} >= {"A1 = 2", "A1 = 3"}


def test_an_untouched_journey_has_nothing_to_explain(told):
    assert build_explanation(told.state, base=Presentation(), labels=LABELS).empty
