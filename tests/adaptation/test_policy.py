"""What the policy decides, rule by rule."""

import json
from dataclasses import replace

import pytest

from accessform.adaptation.effects import helps_on_request
from accessform.adaptation.policy import advance
from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.state import Action, Adaptation, PolicyState, Status, state_from
from accessform.observation.events import EventKind, InteractionEvent
from tests.adaptation.journeys_told import Told


@pytest.fixture
def told() -> Told:
    journey = Told()
    journey.shows("identite")
    return journey


def status(told: Told, name: str) -> Status:
    return told.state.changes[name].status


def test_one_rejection_decides_nothing(told):
    assert told.fails("identite", "birth_date") == ()


def test_a_second_rejection_says_the_error_plainly_and_may_carry_an_offer(told):
    told.fails("identite", "birth_date")
    first, second = told.fails("identite", "birth_date")
    assert (first.action, first.adaptation, first.rule) == (Action.APPLY, Adaptation.ERROR_HELP, "error_help")
    assert first.question == "birth_date"
    assert [(reason.signal, reason.count) for reason in first.reasons] == [("A1", 2)]
    assert (second.action, second.adaptation) == (Action.OFFER, Adaptation.EASY_WORDING)


def test_one_question_refused_in_two_entries_of_a_group_is_one_rejection(told):
    twice = {"step": "identite", "question": "child_name"}
    made = told.instant(
        ("submit_failed", {"step": "identite"}),
        ("rejected", {**twice, "code": "required"}),
        ("rejected", {**twice, "code": "invalid"}),
    )
    assert made == ()
    assert told.state.observations.count("A1", "child_name") == 1


def test_rejections_of_different_questions_on_one_step_offer_one_question_at_a_time(told):
    told.fails("identite", "birth_date")
    (decision,) = told.fails("identite", "phone")
    assert (decision.action, decision.adaptation) == (Action.OFFER, Adaptation.ONE_QUESTION)


def test_help_opened_twice_is_not_enough_alone(told):
    for _ in range(6):
        assert told.then("help_opened", step="identite", question="birth_date") == ()


def test_two_families_of_evidence_bring_one_offer(told):
    told.then("help_opened", step="identite")
    told.then("help_opened", step="identite")
    (decision,) = told.fails("identite", "birth_date")
    assert (decision.action, decision.adaptation) == (Action.OFFER, Adaptation.EASY_WORDING)
    assert {reason.signal for reason in decision.reasons} == {"A2", "A3"}


def test_returns_that_change_nothing_are_evidence_and_returns_that_correct_are_not(told):
    for changed in (True, None, False, False):
        told.then("returned", step="identite")
        told.then("step_saved", step="identite", changed=changed)
    assert told.state.observations.counts["A4"][""].count == 2


def test_lost_in_the_process_is_answered_by_one_question_at_a_time(told):
    told.fails("identite", "birth_date")
    for _ in range(2):
        told.then("returned", step="identite")
        made = told.then("step_saved", step="identite", changed=False)
    assert [decision.adaptation for decision in made] == [Adaptation.ONE_QUESTION]


def test_only_one_offer_waits_at_a_time(told):
    told.fails("identite", "birth_date")
    told.fails("identite", "birth_date")
    told.shows("adresse")
    told.fails("adresse", "street")
    told.fails("adresse", "street")
    assert sum(change.status is Status.OFFERED for change in told.state.changes.values()) == 1


def test_three_offers_a_journey_and_no_more(told):
    for number in range(8):
        told.shows(f"step-{number}")
        told.fails(f"step-{number}", f"question_{number}")
        told.fails(f"step-{number}", f"question_{number}", f"other_{number}")
        told.then("help_opened", step=f"step-{number}")
        told.then("help_opened", step=f"step-{number}")
        told.then("asked_for_help", step=f"step-{number}", code="listen")
        told.then("offer_refused")
    assert len(told.made(Action.OFFER)) == 3
    assert len(set(told.made(Action.OFFER))) == 3


def test_a_refused_help_is_not_repeated_but_stays_listed(told):
    told.fails("identite", "birth_date")
    told.fails("identite", "birth_date")
    told.then("offer_refused")
    assert status(told, "easy_wording") is Status.REFUSED
    assert told.shows("identite") == ()
    told.shows("adresse")
    told.fails("adresse", "street")
    told.fails("adresse", "street")
    assert told.made(Action.OFFER).count(Adaptation.EASY_WORDING) == 1


def test_refusing_one_help_does_not_silence_the_others(told):
    told.fails("identite", "birth_date")
    told.fails("identite", "birth_date")
    told.then("offer_refused")
    told.shows("adresse")
    (decision,) = told.fails("adresse", "city")
    assert (decision.action, decision.adaptation) == (Action.OFFER, Adaptation.ONE_QUESTION)


def test_an_accepted_change_never_flips_back_by_itself(told):
    told.fails("identite", "birth_date")
    told.fails("identite", "birth_date")
    told.then("offer_accepted")
    told.walks(30)
    assert status(told, "easy_wording") is Status.ACCEPTED
    assert told.state.changes["easy_wording"].sets == {"reading_level": "easy"}


def test_an_unanswered_offer_is_withdrawn_when_its_evidence_fades(told):
    told.fails("identite", "birth_date")
    told.fails("identite", "birth_date")
    told.walks(5)
    assert status(told, "easy_wording") is Status.OFFERED
    made = told.walks(2)
    assert [(decision.action, decision.rule) for decision in made] == [(Action.WITHDRAW, "faded")]
    assert status(told, "easy_wording") is Status.WITHDRAWN


def test_points_halve_every_three_steps(told):
    told.fails("identite", "birth_date")
    told.fails("identite", "birth_date")
    told.then("offer_refused")
    told.walks(3)
    told.shows("adresse")
    assert told.fails("adresse", "street") == ()


def test_a_third_rejection_of_one_question_proposes_a_person(told):
    for _ in range(2):
        told.fails("identite", "birth_date")
    (decision,) = told.fails("identite", "birth_date")
    assert (decision.action, decision.adaptation, decision.rule) == (Action.HAND_OFF, None, "hand_off.same_question")
    assert told.state.hand_off
    assert told.state.hand_off.question == "birth_date"


def test_two_steps_with_two_failures_each_propose_a_person(told):
    told.fails("identite", "birth_date")
    told.fails("identite", "phone")
    told.then("step_saved", step="identite", changed=True)
    told.shows("adresse")
    told.fails("adresse", "street")
    made = told.fails("adresse", "city")
    assert made[0].rule == "hand_off.several_steps"
    assert [reason.count for reason in made[0].reasons] == [2, 2]


def test_a_failure_after_an_accepted_change_proposes_a_person(told):
    told.fails("identite", "birth_date")
    told.fails("identite", "phone")
    told.then("offer_accepted", name="one_question")
    (decision,) = told.fails("identite", "city")
    assert decision.rule == "hand_off.after_change"


def test_a_person_is_proposed_once_for_each_occasion(told):
    for _ in range(6):
        told.fails("identite", "birth_date")
    assert len(told.made(Action.HAND_OFF)) == 1


def test_a_person_is_proposed_outside_every_limit(told):
    told.state.offers_made = 3
    for _ in range(3):
        made = told.fails("identite", "birth_date")
    assert made[0].action is Action.HAND_OFF


def test_mastering_the_question_takes_the_hand_off_away(told):
    for _ in range(3):
        told.fails("identite", "birth_date")
    told.then("step_saved", step="identite", changed=True)
    assert told.state.hand_off
    assert told.state.hand_off.status is Status.WITHDRAWN


def test_refusing_a_person_changes_nothing_else(told):
    for _ in range(3):
        told.fails("identite", "birth_date")
    before = dict(told.state.changes)
    told.then("offer_refused", name="hand_off")
    assert told.state.hand_off
    assert told.state.hand_off.status is Status.REFUSED
    assert told.state.changes == before


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


def test_the_state_survives_storage(told):
    for _ in range(3):
        told.fails("identite", "birth_date")
    told.then("asked_for_help", step="identite")
    stored = json.loads(json.dumps(told.state.as_dict()))
    assert state_from(stored) == told.state
    assert state_from({}) == PolicyState()


def test_every_decision_names_the_version_of_the_policy(told):
    for _ in range(3):
        told.fails("identite", "birth_date")
    assert {decision.policy_version for decision in told.decisions} == {"2026-11-21.1"}
