"""« Pourquoi ? » and the reserved place, met as a citizen without JavaScript meets them, in a real form."""

import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.services import load_state
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(client: Client) -> Citizen:
    make_version()
    person = Citizen(client).start("petite-demarche")
    person.press(filled_for_who="self")
    assert person.path.endswith("/vous/")
    return person


def journey_of(person: Citizen) -> uuid.UUID:
    found = re.search(r"/d/([0-9a-f-]{36})/", person.path)
    assert found
    return uuid.UUID(found[1])


def why(person: Citizen) -> Citizen:
    return person.get(f"/d/{journey_of(person)}/pourquoi")


def press_why(person: Citizen, action: str) -> Citizen:
    return person._follow(person.client.post(f"/d/{journey_of(person)}/pourquoi", {"action": action}))


def buttons(person: Citizen) -> list[str]:
    return [button.get("value") for button in person.page.iter("button") if button.get("name") == "action"]


TOO_LONG = "Lovelace " * 100


@pytest.fixture
def refused_twice(citizen: Citizen) -> Citizen:
    for _ in range(2):
        citizen.press(nom=TOO_LONG, naissance="")
    return citizen


def test_an_answer_passed_over_twice_is_said_plainly_and_brings_no_offer(citizen):
    for _ in range(2):
        citizen.press(nom="", naissance="")
    assert load_state(journey_of(citizen)).error_help == {"nom"}
    assert not [name for name in buttons(citizen) if name.startswith("accept:")]


def test_a_second_rejection_opens_the_help_and_brings_one_offer(citizen):
    citizen.press(nom=TOO_LONG, naissance="")
    assert "accept:easy_wording" not in buttons(citizen)
    citizen.press(nom=TOO_LONG, naissance="")
    assert load_state(journey_of(citizen)).error_help == {"nom"}
    assert buttons(citizen).count("accept:easy_wording") == 1
    assert "a été refusée 2 fois" in citizen.text


def test_accepting_redraws_the_same_question_with_what_was_typed(refused_twice):
    path = refused_twice.path
    refused_twice.press("accept:easy_wording", nom="Lovelace", naissance="hier encore")
    assert refused_twice.path == path
    assert refused_twice.page.get("data-reading-level") == "easy"
    assert refused_twice.fields()["nom"] in ("Lovelace", ["Lovelace"])
    assert "undo:easy_wording" in buttons(refused_twice)


def test_one_tap_undoes(refused_twice):
    refused_twice.press("accept:easy_wording").press("undo:easy_wording")
    assert refused_twice.page.get("data-reading-level") == "plain"
    assert "accept:easy_wording" not in buttons(refused_twice)


def test_refusing_changes_nothing_else(refused_twice):
    refused_twice.press("refuse:easy_wording")
    assert refused_twice.page.get("data-reading-level") == "plain"
    assert "accept:easy_wording" not in buttons(refused_twice)


def test_a_third_rejection_proposes_a_person(refused_twice):
    refused_twice.press(nom="", naissance="")
    assert "refuse:hand_off" in buttons(refused_twice)
    assert "a été refusée 3 fois" in refused_twice.text
    refused_twice.press("refuse:hand_off")
    assert "refuse:hand_off" not in buttons(refused_twice)


def test_saying_that_it_is_difficult_is_answered_at_once(citizen):
    citizen.press("hard", nom="Lovelace")
    assert {"accept:easy_wording", "accept:one_question", "accept:larger_text", "accept:voice", "person"} <= set(
        buttons(citizen)
    )
    citizen.press("accept:larger_text")
    assert citizen.page.get("data-text-size") == "150"
    assert "accept:voice" not in buttons(citizen)


def test_larger_and_simpler_act_at_once_on_a_step_and_keep_what_is_typed(citizen):
    citizen.press("larger", nom="Lovelace")
    assert citizen.page.get("data-text-size") == "125"
    citizen.press("simpler")
    assert citizen.page.get("data-reading-level") == "easy"
    assert "Lovelace" in citizen.response.content.decode()


def test_the_page_lists_every_change_and_offer_with_its_facts(refused_twice):
    refused_twice.press("refuse:easy_wording").press("hard").press("accept:one_question").press("larger")
    why(refused_twice)
    assert refused_twice.response.status_code == 200
    for text in ("Une question à la fois", "Vous l'avez demandé.", "Vous avez refusé", "a été refusée 2 fois", "125"):
        assert text in refused_twice.text.replace("\u00a0", " ")
    assert {
        "undo:error_help.nom",
        "undo:one_question",
        "accept:easy_wording",
        "take_back:text_size",
        "undo_all",
        "stop",
        "auto_on",
    } <= set(buttons(refused_twice))


def test_nothing_to_explain_is_said_so(citizen):
    assert "Rien n'a changé" in why(citizen).text


def test_each_change_is_undone_alone_and_all_together(refused_twice):
    refused_twice.press("accept:easy_wording").press("hard").press("accept:larger_text")
    press_why(refused_twice, "undo:easy_wording")
    assert refused_twice.page.get("data-reading-level") == "plain"
    assert refused_twice.page.get("data-text-size") == "150"
    press_why(refused_twice, "undo_all")
    assert refused_twice.page.get("data-text-size") == "100"
    assert load_state(journey_of(refused_twice)).changes == []


def test_a_choice_is_taken_back_from_the_page(citizen):
    citizen.press("larger")
    press_why(citizen, "take_back:text_size")
    assert citizen.page.get("data-text-size") == "100"


def test_a_refused_help_may_be_taken_later(refused_twice):
    refused_twice.press("refuse:easy_wording")
    press_why(refused_twice, "accept:easy_wording")
    assert refused_twice.page.get("data-reading-level") == "easy"


def test_stopping_deletes_the_counts_and_can_be_taken_back(refused_twice):
    path = refused_twice.address
    press_why(refused_twice, "stop")
    state = load_state(journey_of(refused_twice)).policy_state
    assert state.stopped
    assert state.observations.counts == {}
    assert '"count"' not in json.dumps(state.as_dict())
    refused_twice.get(path)
    for _ in range(3):
        refused_twice.press(nom="", naissance="")
    assert load_state(journey_of(refused_twice)).policy_state.observations.counts == {}
    assert "refuse:hand_off" not in buttons(refused_twice)
    press_why(refused_twice, "resume")
    assert not load_state(journey_of(refused_twice)).policy_state.stopped


def test_automatic_adaptation_is_one_switch_and_applies_with_notice_and_undo(citizen):
    press_why(citizen, "auto_on")
    assert "auto_off" in buttons(citizen)
    citizen.get(f"/d/{journey_of(citizen)}/vous/")
    for _ in range(2):
        citizen.press(nom=TOO_LONG, naissance="")
    assert citizen.page.get("data-reading-level") == "easy"
    assert "undo:easy_wording" in buttons(citizen)
    assert "accept:easy_wording" not in buttons(citizen)


def test_hints_of_the_device_change_the_journey_of_who_asked(citizen):
    press_why(citizen, "auto_on")
    citizen.client.post("/affichage/appareil", {"touch": True}, content_type="application/json")
    citizen.get(f"/d/{journey_of(citizen)}/vous/")
    assert citizen.page.get("data-larger-targets") is not None
    assert "undo:larger_targets" in buttons(citizen)
    citizen.press("undo:larger_targets", nom="Lovelace").press("larger")
    assert citizen.page.get("data-larger-targets") is None


def test_hints_in_headers_change_the_journey_without_javascript(citizen):
    press_why(citizen, "auto_on")
    response = citizen.client.get(f"/d/{journey_of(citizen)}/vous/", headers={"Accept-Language": "pt, fr;q=0.8"})
    assert b'data-reading-level="easy"' in response.content
    assert b'value="undo:easy_wording"' in response.content


def test_the_panel_starts_from_what_the_step_shows_and_its_choice_wins(refused_twice):
    refused_twice.press("hard").press("accept:larger_text")
    step = refused_twice.path
    panel = refused_twice.client.get("/affichage", {"next": step}).content.decode()
    assert 'name="text_size" value="150" checked' in panel
    assert 'data-text-size="150"' in panel
    sent = {"text_size": "100", "spacing": "wide", "help_offers": "on", "voice_autoplay": "on", "next": step}
    refused_twice.client.post("/affichage", {"action": "save", **sent})
    refused_twice.get(step)
    assert refused_twice.page.get("data-text-size") == "100"
    assert refused_twice.page.get("data-spacing") == "wide"


def test_larger_on_another_page_of_the_journey_starts_from_what_it_shows(refused_twice):
    refused_twice.press("hard").press("accept:larger_text")
    why(refused_twice)
    refused_twice.client.post("/affichage", {"action": "larger", "next": f"/d/{journey_of(refused_twice)}/pourquoi"})
    assert why(refused_twice).page.get("data-text-size") == "175"


def test_a_journey_of_someone_else_shows_nothing_in_the_panel(refused_twice):
    refused_twice.press("hard").press("accept:larger_text")
    assert b'data-text-size="100"' in Client().get("/affichage", {"next": refused_twice.path}).content


def test_a_plain_form_offers_nothing_and_loads_no_script(citizen):
    sent = {"action": "save", "plain_form": "on", "help_offers": "on", "voice_autoplay": "on"}
    citizen.client.post("/affichage", sent)
    citizen.get(f"/d/{journey_of(citizen)}/vous/")
    for _ in range(3):
        citizen.press(nom="", naissance="")
    assert not {"accept:easy_wording", "refuse:hand_off"} & set(buttons(citizen))
    assert list(citizen.page.iter("script")) == []


def test_the_details_download_holds_rule_version_and_counts(refused_twice):
    address = f"/d/{journey_of(refused_twice)}/pourquoi.json"
    response = refused_twice.client.get(address)
    assert "attachment" in response["Content-Disposition"]
    record: dict[str, Any] = response.json()
    assert [(item["action"], item["rule"]) for item in record["decisions"]] == [
        ("apply", "error_help"),
        ("offer", "offer"),
    ]
    assert record["decisions"][0]["policy_version"] == record["policy_version"]
    assert record["decisions"][0]["reasons"][0] == {
        "signal": "A1",
        "count": 2,
        "step": "vous",
        "question": "nom",
    }
    assert record["counts"]["A2"]["vous"][0] == 2


def test_no_answer_is_ever_in_what_is_remembered(refused_twice):
    stored = json.dumps(AdaptiveState.objects.get().state)
    assert "Lovelace" not in stored
    assert "hier" not in stored


def test_the_page_is_only_for_the_session_that_has_the_journey(refused_twice):
    for address in (f"/d/{journey_of(refused_twice)}/pourquoi", f"/d/{journey_of(refused_twice)}/pourquoi.json"):
        assert Client().get(address).status_code == 404
        assert Client().get(address.replace("/d/", f"/d/{uuid.uuid4()}/")).status_code == 404
        assert "no-store" in refused_twice.client.get(address)["Cache-Control"]


@pytest.mark.parametrize("action", ["", "explode", "UNDO_ALL"])
def test_an_unknown_button_is_refused(citizen, action):
    response = citizen.client.post(f"/d/{journey_of(citizen)}/pourquoi", {"action": action})
    assert response.status_code == 400


@pytest.mark.parametrize("action", ["undo:nothing", "accept:<script>", "take_back:nothing", "undo:", "accept:hand_off"])
def test_a_forged_argument_changes_nothing(refused_twice, action):
    before = load_state(journey_of(refused_twice)).policy_state.changes
    assert press_why(refused_twice, action).response.status_code == 200
    assert load_state(journey_of(refused_twice)).policy_state.changes == before


@pytest.mark.parametrize("level", ["standard", "plain", "easy"])
def test_the_page_is_whole_at_every_level(refused_twice, level):
    sent = {"action": "save", "reading_level": level, "help_offers": "on", "voice_autoplay": "on"}
    refused_twice.client.post("/affichage", sent)
    for _ in range(2):
        refused_twice.press(nom="", naissance="")
    assert why(refused_twice).response.status_code == 200
