"""What the person says, chooses, stops or switches on, and the device's hints: their word wins."""

import json
from dataclasses import replace

import pytest

from accessform.adaptation.effects import helps_on_request
from accessform.adaptation.policy import advance
from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.state import Action, Adaptation, PolicyState, Status
from accessform.observation.events import EventKind, InteractionEvent
from tests.adaptation.journeys_told import status


@pytest.mark.parametrize("level", ["standard", "plain", "easy"])
def test_what_the_person_chose_is_never_offered(told, level):
    told.then("preference_set", name="reading_level", value=level)
    for _ in range(2):
        told.fails("identite", "birth_date")
    assert Adaptation.EASY_WORDING not in told.made(Action.OFFER)
    assert Adaptation.PLAIN_WORDING not in told.made(Action.OFFER)


def test_choosing_the_same_thing_answers_the_offer(told):
    for _ in range(2):
        told.fails("identite", "birth_date")
    (decision,) = told.then("preference_set", name="reading_level", value="easy")
    assert (decision.action, decision.rule) == (Action.WITHDRAW, "chosen")
    assert told.state.pending_offer is None


def test_a_choice_replaces_what_a_change_had_set(told):
    told.then("offer_accepted", name="larger_text")
    assert told.state.changes["larger_text"].sets == {"text_size": 150, "spacing": "wide"}
    told.then("preference_set", name="text_size", value=200)
    assert told.state.changes["larger_text"].sets == {"spacing": "wide"}
    told.then("preference_set", name="spacing", value="normal")
    assert status(told, "larger_text") is Status.REPLACED


def test_undoing_is_sticky_even_when_adapting_by_itself(told):
    told.then("auto_adapt_set", value=True)
    for _ in range(2):
        told.fails("identite", "birth_date")
    assert status(told, "easy_wording") is Status.APPLIED
    told.then("change_undone", name="easy_wording")
    for step in ("adresse", "revenus", "logement"):
        told.shows(step)
        told.fails(step, "a")
        told.fails(step, "a")
    assert status(told, "easy_wording") is Status.UNDONE
    assert told.made(Action.APPLY).count(Adaptation.EASY_WORDING) == 1


def test_who_asked_for_it_gets_the_change_at_once(told):
    told.then("auto_adapt_set", value=True)
    told.fails("identite", "birth_date")
    made = told.fails("identite", "birth_date")
    assert [(decision.action, decision.adaptation) for decision in made] == [
        (Action.APPLY, Adaptation.ERROR_HELP),
        (Action.APPLY, Adaptation.EASY_WORDING),
    ]


def test_switching_automatic_adaptation_on_takes_the_waiting_offer(told):
    for _ in range(2):
        told.fails("identite", "birth_date")
    (decision,) = told.then("auto_adapt_set", value=True)
    assert (decision.action, decision.adaptation) == (Action.APPLY, Adaptation.EASY_WORDING)


def test_a_voice_that_nobody_asked_for_does_not_start_by_itself(told):
    told.then("auto_adapt_set", value=True)
    told.then("asked_for_help", step="identite", code="listen")
    told.then("asked_for_help", step="identite", code="listen")
    assert told.state.changes["voice"].sets == {"modality": "voice", "voice_autoplay": False}


def test_listening_again_and_again_offers_the_voice(told):
    told.then("asked_for_help", step="identite", code="listen")
    (decision,) = told.then("asked_for_help", step="identite", code="listen")
    assert decision.adaptation is Adaptation.VOICE
    told.then("offer_accepted")
    assert told.state.changes["voice"].sets == {"modality": "voice"}


def test_a_help_that_cannot_be_given_is_never_proposed():
    silent = replace(load_policy(), withheld=frozenset({Adaptation.VOICE}))
    state = PolicyState()
    for at in (1.0, 2.0, 3.0):
        event = InteractionEvent(EventKind.ASKED_FOR_HELP, at, "identite", code="listen")
        state, decisions = advance(state, [event], silent)
        assert Adaptation.VOICE not in {decision.adaptation for decision in decisions}
    assert Adaptation.VOICE not in helps_on_request(state, silent)
    assert Adaptation.VOICE in helps_on_request(state, load_policy())


@pytest.mark.parametrize(
    ("name", "value", "helps"),
    [
        ("contrast", "more", [Adaptation.HIGHER_CONTRAST, Adaptation.LARGER_TARGETS]),
        ("forced_colors", True, [Adaptation.LARGER_TARGETS]),
        ("reduced_motion", True, [Adaptation.ONE_QUESTION]),
        ("color_scheme", "dark", [Adaptation.LARGER_TEXT]),
        ("zoom", 200, [Adaptation.LARGER_TARGETS, Adaptation.ONE_QUESTION]),
        ("text_size", 150, [Adaptation.LARGER_TARGETS]),
        ("touch", True, [Adaptation.LARGER_TARGETS]),
        ("keyboard_only", True, [Adaptation.ONE_QUESTION]),
        ("language", "other", [Adaptation.EASY_WORDING]),
        ("save_data", True, [Adaptation.ONE_QUESTION]),
        ("zoom", 100, []),
        ("language", "fr", []),
    ],
)
def test_hints_change_the_page_for_who_asked_and_for_nobody_else(told, name, value, helps):
    assert told.then("hint", name=name, value=value) == ()
    told.then("auto_adapt_set", value=True)
    made = told.then("hint", name=name, value=value)
    assert [decision.adaptation for decision in made] == helps
    assert {decision.rule for decision in made} <= {"hint"}
    assert told.then("hint", name=name, value=value) == ()


def test_a_device_that_asks_for_less_contrast_is_obeyed(told):
    told.then("auto_adapt_set", value=True)
    told.then("hint", name="contrast", value="less")
    made = told.then("hint", name="contrast", value="more")
    assert Adaptation.HIGHER_CONTRAST not in [decision.adaptation for decision in made]


def test_nothing_larger_is_offered_at_the_largest_size(told):
    told.then("auto_adapt_set", value=True)
    told.then("preference_set", name="text_size", value=250)
    assert told.then("hint", name="color_scheme", value="dark") == ()


def test_saying_that_it_is_difficult_is_answered_at_once_and_closed_by_leaving(told):
    told.then("asked_for_help", step="identite")
    assert told.state.asked == "identite"
    told.shows("identite")
    assert told.state.asked == "identite"
    told.shows("adresse")
    assert told.state.asked is None


def test_asking_at_a_question_opens_its_help_at_once(told):
    (decision,) = told.then("asked_for_help", step="identite", question="birth_date")
    assert (decision.adaptation, decision.rule) == (Adaptation.ERROR_HELP, "asked_question")


def test_a_help_may_be_picked_from_the_list_even_after_a_refusal(told):
    for _ in range(2):
        told.fails("identite", "birth_date")
    told.then("offer_refused")
    told.then("offer_accepted", name="easy_wording")
    assert status(told, "easy_wording") is Status.ACCEPTED


def test_stopping_deletes_every_count_and_ends_the_noticing(told):
    for _ in range(3):
        told.fails("identite", "birth_date")
    told.then("preference_set", name="help_offers", value=False)
    kept = json.dumps(told.state.as_dict())
    assert told.state.observations.counts == {}
    assert '"count"' not in kept
    assert told.state.pending_offer is None
    assert told.state.hand_off is None
    for _ in range(5):
        assert told.fails("identite", "birth_date") == ()
    assert told.state.observations.counts == {}


def test_asking_still_works_after_stopping(told):
    told.then("preference_set", name="help_offers", value=False)
    told.then("asked_for_help", step="identite")
    assert told.state.asked == "identite"
    told.then("offer_accepted", name="one_question")
    assert status(told, "one_question") is Status.ACCEPTED


def test_a_plain_form_offers_nothing(told):
    told.then("preference_set", name="plain_form", value=True)
    for _ in range(4):
        assert told.fails("identite", "birth_date") == ()


def test_sending_ends_the_counts_and_keeps_the_decisions(told):
    for _ in range(2):
        told.fails("identite", "birth_date")
    told.then("submitted")
    assert told.state.observations.counts == {}
    assert len(told.state.decisions) == 2
    assert told.fails("identite", "birth_date") == ()


def test_saying_that_it_is_difficult_proposes_at_once_what_speaks_most(told):
    (decision,) = told.then("asked_for_help", step="identite")
    assert (decision.action, decision.adaptation, decision.rule) == (Action.OFFER, Adaptation.EASY_WORDING, "declared")
    assert [(reason.signal, reason.count) for reason in decision.reasons] == [("A7", 1)]


def test_who_adapts_by_itself_and_says_that_it_is_difficult_gets_it_at_once(told):
    told.then("auto_adapt_set", value=True)
    (decision,) = told.then("asked_for_help", step="identite")
    assert (decision.action, decision.adaptation) == (Action.APPLY, Adaptation.EASY_WORDING)


@pytest.mark.parametrize("answer", [("offer_refused", "asked"), ("offer_accepted", "one_question")])
def test_the_list_of_helps_answers_for_the_help_that_was_proposed(told, answer):
    told.then("asked_for_help", step="identite")
    kind, name = answer
    (decision,) = told.then(kind, name=name)
    assert (decision.action, decision.adaptation) == (Action.WITHDRAW, Adaptation.EASY_WORDING)
    assert told.state.pending_offer is None
    assert status(told, "easy_wording") is Status.WITHDRAWN


def test_saying_it_keeps_to_the_bounds_of_offers(told):
    for _ in range(2):
        told.fails("identite", "birth_date")
    assert told.then("asked_for_help", step="identite") == ()
    told.state.offers_made = 3
    told.then("offer_refused")
    assert told.then("asked_for_help", step="identite") == ()
    assert told.state.asked == "identite"
