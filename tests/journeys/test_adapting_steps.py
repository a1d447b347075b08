"""A step adapts to what happened on it, from server outcomes alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.services import load_state
from accessform.journeys.models import Journey
from tests.journeys.filling import Citizen
from tests.journeys.test_step_page import VALID

TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def test_a_second_rejection_says_it_plainly_with_the_help_open(citizen: Citizen) -> None:
    wrong = {**VALID, "naissance": "hier", "nom": ""}
    citizen.press(**wrong)
    assert not citizen.page.xpath("//*[@id='nom-help']")
    citizen.press(**wrong)
    assert "Aide claire" in citizen.page.get_element_by_id("nom-help").text_content()
    assert "Il manque une réponse." in citizen.page.get_element_by_id("nom-error").text_content()
    assert "Par exemple" not in citizen.page.get_element_by_id("main").text_content()


def test_repeated_failures_bring_one_offer_that_redraws_the_same_question(citizen: Citizen) -> None:
    wrong = {**VALID, "naissance": "hier"}
    for _ in range(2):
        citizen.press(**wrong)
    offers = [name for name in citizen.page.xpath("//button/@value") if name.startswith("accept:")]
    assert len(offers) == 1
    citizen.press(offers[0])
    assert citizen.response.status_code == 200
    assert "naissance" in citizen.fields()["asked"]
    assert citizen.fields()["naissance"] == ["hier"]
    assert citizen.page.get_element_by_id("naissance-error") is not None
    assert citizen.page.get_element_by_id("problems").get("autofocus") is None
    undo = next(name for name in citizen.page.xpath("//button/@value") if name.startswith("undo:"))
    citizen.press(undo)
    assert not [name for name in citizen.page.xpath("//button/@value") if name.startswith("undo:")]


def test_a_refused_offer_goes_and_nothing_else_changes(citizen: Citizen) -> None:
    for _ in range(2):
        citizen.press(**{**VALID, "naissance": "hier"})
    refuse = next(name for name in citizen.page.xpath("//button/@value") if name.startswith("refuse:"))
    citizen.press(refuse)
    assert not [name for name in citizen.page.xpath("//button/@value") if name.startswith("accept:")]
    assert citizen.fields()["naissance"] == ["hier"]


def test_it_is_difficult_is_answered_at_once(citizen: Citizen) -> None:
    citizen.press("hard", nom="Dur")
    assert citizen.page.get_element_by_id("hard") is not None
    assert citizen.fields()["nom"] == ["Dur"]
    assert "help:nom" in citizen.page.xpath("//*[@id='hard']//button/@value")


def test_a_third_rejection_offers_a_person(citizen: Citizen) -> None:
    for _ in range(3):
        citizen.press(**{**VALID, "naissance": "hier"})
    assert load_state(Journey.objects.get().pk).hand_off is not None
    assert "refuse:hand_off" in citizen.page.xpath("//button/@value")
    citizen.press("refuse:hand_off")
    assert "refuse:hand_off" not in citizen.page.xpath("//button/@value")


def test_what_is_told_holds_no_answer(citizen: Citizen) -> None:
    citizen.press(**{**VALID, "nom": "Abracadabra", "naissance": "ni hier ni demain"})
    assert "Abracadabra" not in str(load_state(Journey.objects.get().pk).state)
    assert "demain" not in str(load_state(Journey.objects.get().pk).state)


def counted(queries: CaptureQueriesContext) -> list[str]:
    """Return the statements other than those of transactions."""
    return [query["sql"] for query in queries if not query["sql"].startswith(TRANSACTIONS)]


@pytest.mark.parametrize("action", ["next", "previous", "help:nom", "hard"])
def test_a_step_costs_six_queries_at_most(citizen: Citizen, action: str) -> None:
    citizen.press("help", nom="Dur")
    with CaptureQueriesContext(connection) as shown:
        citizen.client.get(citizen.path)
    values = {**citizen.fields(), **VALID, "action": action}
    with CaptureQueriesContext(connection) as saved:
        citizen.client.post(citizen.path, values)
    assert len(counted(shown)) <= 6, counted(shown)
    assert len(counted(saved)) <= 6, counted(saved)


def test_a_refused_step_and_a_step_with_documents_cost_six_queries_at_most(citizen: Citizen) -> None:
    values = {**citizen.fields(), **VALID, "naissance": "hier", "action": "next"}
    with CaptureQueriesContext(connection) as refused:
        assert citizen.client.post(citizen.path, values).status_code == 422
    citizen.get(citizen.path).press(**VALID)
    values = {**citizen.fields(), "piece-how": "later", "accord": "oui", "action": "next"}
    with CaptureQueriesContext(connection) as saved:
        citizen.client.post(citizen.path, values)
    assert len(counted(refused)) <= 6, counted(refused)
    assert len(counted(saved)) <= 6, counted(saved)


@pytest.mark.parametrize("said", [{"action": "offers_off"}, {"action": "save"}])
def test_no_more_offers_deletes_the_counts_at_once_from_any_page(citizen: Citizen, said: dict[str, str]) -> None:
    for _ in range(2):
        citizen.press(**{**VALID, "naissance": "hier"})
    assert AdaptiveState.objects.get().policy_state.observations.counts
    citizen.client.post("/affichage", {**said, "next": "/"})
    state = AdaptiveState.objects.get().policy_state
    assert state.stopped
    assert not state.observations.counts
    assert not any(decision.reasons for decision in state.decisions)
