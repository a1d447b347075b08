"""What the policy decides, rule by rule: the plainer error, the offers and their bounds."""

import json
import re
from pathlib import Path

import pytest

from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.state import Action, Adaptation, PolicyState, Status, state_from
from tests.adaptation.journeys_told import Told, status


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
    for question in ("birth_date", "phone"):
        assert told.fails("identite", question) == ()
    (decision,) = told.fails("identite", "city")
    assert (decision.action, decision.adaptation) == (Action.OFFER, Adaptation.ONE_QUESTION)


def test_an_answer_passed_over_twice_is_said_plainly_and_offers_nothing(told):
    told.fails("identite", "birth_date", code="required")
    (decision,) = told.fails("identite", "birth_date", code="required")
    assert (decision.action, decision.adaptation) == (Action.APPLY, Adaptation.ERROR_HELP)


FAILED_BEFORE = [
    ("submit_failed", {"step": "accueil"}),
    ("rejected", {"step": "accueil", "question": "a", "code": "required"}),
]


HELP_OPENED = [("help_opened", {"step": "accueil"})]


CAME_BACK = [("returned", {"step": "accueil"}), ("step_saved", {"step": "accueil", "changed": False})]


@pytest.mark.parametrize("before", [[FAILED_BEFORE], [HELP_OPENED, HELP_OPENED], [CAME_BACK]])
def test_an_answer_passed_over_twice_and_one_more_fact_bring_an_offer(told, before):
    for instant in before:
        told.instant(*instant)
    told.shows("identite")
    for _ in range(2):
        told.fails("identite", "birth_date", code="required")
    assert len(told.made(Action.OFFER)) == 1


def test_help_opened_is_enough_alone_at_the_third_time_on_a_step_or_twice_on_two(told):
    for number in range(6):
        told.shows(f"step-{number}")
        assert told.then("help_opened", step=f"step-{number}") == ()
    assert told.then("help_opened", step="step-5", question="street") == ()
    (decision,) = told.then("help_opened", step="step-5", question="street")
    assert (decision.action, decision.adaptation) == (Action.OFFER, Adaptation.EASY_WORDING)
    twice = Told()
    for step in ("a", "a", "b", "b"):
        made = twice.then("help_opened", step=step)
    assert [decision.adaptation for decision in made] == [Adaptation.EASY_WORDING]


def test_two_families_of_evidence_bring_one_offer(told):
    told.then("help_opened", step="identite")
    told.then("help_opened", step="identite")
    (decision,) = told.fails("identite", "birth_date")
    assert (decision.action, decision.adaptation) == (Action.OFFER, Adaptation.EASY_WORDING)
    assert {reason.signal for reason in decision.reasons} == {"A1", "A3"}


def test_returns_that_change_nothing_are_evidence_and_returns_that_correct_are_not(told):
    for changed in (True, None, False, False):
        told.then("returned", step="identite")
        told.then("step_saved", step="identite", changed=changed)
    assert told.state.observations.counts["A4"][""].count == 2


def test_lost_in_the_process_is_answered_by_the_map_of_steps(told):
    told.fails("identite", "birth_date")
    for _ in range(2):
        told.then("returned", step="identite")
        made = told.then("step_saved", step="identite", changed=False)
    assert [decision.adaptation for decision in made] == [Adaptation.STEP_MAP]


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
    assert {decision.policy_version for decision in told.decisions} == {load_policy().version}


def test_an_answer_refused_for_its_form_brings_the_ways_of_writing_first(told):
    told.fails("identite", "birth_date", code="date_unreadable")
    made = told.fails("identite", "birth_date", code="date_unreadable")
    assert [decision.adaptation for decision in made] == [Adaptation.ERROR_HELP, Adaptation.TOLERANT_INPUT]


def test_an_answer_that_nobody_picked_brings_help_to_choose(told):
    told.fails("accueil", "who", code="required_choice")
    told.shows("identite")
    told.fails("identite", "status", code="required_choice")
    made = told.fails("identite", "status", code="required_choice")
    assert [decision.adaptation for decision in made] == [Adaptation.ERROR_HELP, Adaptation.CHOICE_HELP]


def test_every_refusal_of_the_product_is_of_a_known_kind_or_plainly_of_none():
    kinds = {code for codes in load_policy().file.kinds.values() for code in codes}
    source = "".join(path.read_text(encoding="utf-8") for path in Path("accessform/answers").glob("*.py"))
    said = set(re.findall(r'Refused\(\s*"(\w+)"', source)) | set(re.findall(r'"(not_\w+)"', source))
    plain = ("file_", "address_", "commune_", "too_", "required")
    other = {"date_impossible", "date_too_early", "date_too_late", "time_missing"}
    assert {code for code in said - kinds - other if not code.startswith(plain)} == set()


def test_a_page_refused_for_several_kinds_of_reasons_brings_the_help_that_most_speaks_for(told):
    made = ()
    for _ in range(2):
        rejected = [
            ("rejected", {"step": "identite", "question": question, "code": code})
            for question, code in (("name", "required"), ("status", "required_choice"), ("birth", "date_unreadable"))
        ]
        made = told.instant(("submit_failed", {"step": "identite"}), *rejected)
    assert made[-1].adaptation is Adaptation.TOLERANT_INPUT
