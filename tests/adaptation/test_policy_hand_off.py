"""When a person is proposed, and what it leaves alone."""

from accessform.adaptation.policy import advance
from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.state import Action, Adaptation, PolicyState, Status
from accessform.observation.events import EventKind, InteractionEvent


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


def test_a_muted_signal_speaks_for_nothing_and_failures_still_bring_a_person():
    muted = load_policy().muting({"A1", "A2"})
    state, made = PolicyState(), []
    for at in (1.0, 2.0, 3.0):
        failure = [
            InteractionEvent(EventKind.SUBMIT_FAILED, at, "identite"),
            InteractionEvent(EventKind.REJECTED, at, "identite", "birth_date", "required"),
        ]
        state, decisions = advance(state, failure, muted)
        made += [(decision.action, decision.adaptation) for decision in decisions]
    assert made == [(Action.APPLY, Adaptation.ERROR_HELP), (Action.HAND_OFF, None)]
