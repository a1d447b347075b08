"""Whatever arrives, a step answers with a clear page and a right status; nothing is lost, nothing doubled."""

import uuid

import pytest

from accessform.journeys.models import Journey, StepAnswers
from tests.journeys.filling import Citizen
from tests.journeys.test_step_page import VALID


def row() -> StepAnswers:
    return StepAnswers.objects.get(step_id="vous")


def test_an_unknown_step_or_question_is_not_found(citizen: Citizen) -> None:
    home = citizen.path.removesuffix("vous/")
    for address in (
        f"{home}inconnue/",
        f"{citizen.path}?q=inconnue",
        f"{citizen.path}?aide=x",
        f"{citizen.path}?q=tout",
    ):
        assert citizen.client.get(address).status_code == 404


def test_a_forged_journey_is_not_found(citizen: Citizen) -> None:
    assert citizen.client.get(f"/d/{uuid.uuid4()}/vous/").status_code == 404


def test_a_step_that_is_not_on_the_way_leads_to_the_one_that_waits(citizen: Citizen) -> None:
    response = citizen.client.get(citizen.path.replace("vous", "foyer"))
    assert (response.status_code, response.headers["Location"]) == (303, citizen.path)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "explode"},
        {"key": "not a key"},
        {"revision": "-1"},
        {"revision": "٣"},
        {"revision": ""},
    ],
)
def test_a_forged_post_is_refused(citizen: Citizen, change: dict[str, str]) -> None:
    response = citizen.client.post(citizen.path, {**citizen.fields(), **VALID, "action": "next", **change})
    assert response.status_code == 400
    assert not StepAnswers.objects.filter(step_id="vous").exists()


@pytest.mark.parametrize(
    "action", ["help:inconnue", "add:nom", "add:inconnu", "remove:nom:0", "official:x", "accept:../..", "undo:<b>"]
)
def test_a_forged_argument_is_not_found_and_nothing_is_written(citizen: Citizen, action: str) -> None:
    response = citizen.client.post(citizen.path, {**citizen.fields(), "nom": "Dur", "action": action})
    assert response.status_code == 404
    assert not StepAnswers.objects.filter(step_id="vous").exists()


def test_a_replayed_post_writes_nothing_and_leads_to_the_same_place(citizen: Citizen) -> None:
    values = {**citizen.fields(), **VALID, "action": "next"}
    first = citizen.client.post(citizen.path, values)
    saved = row()
    second = citizen.client.post(citizen.path, values)
    assert first.headers["Location"] == second.headers["Location"]
    assert (row().revision, row().saved_at) == (saved.revision, saved.saved_at)


def test_two_tabs_lose_nothing(citizen: Citizen) -> None:
    old = citizen.fields()
    citizen.press(**VALID)
    late = citizen.client.post(citizen.path.replace("papiers", "vous"), {**old, "nom": "Dupont", "action": "next"})
    assert late.status_code == 409
    assert row().answers["nom"] == "Durand"
    page = Citizen(citizen.client)
    page.response = late
    assert page.fields()["nom"] == ["Dupont"]
    assert "Durand" in page.page.get_element_by_id("stale").text_content()
    page.press(**{**VALID, "nom": "Dupont"})
    assert row().answers["nom"] == "Dupont"


def test_the_same_page_sent_again_with_another_answer_is_not_taken_for_a_replay(citizen: Citizen) -> None:
    values = {**citizen.fields(), **VALID, "action": "next"}
    citizen.client.post(citizen.path, values)
    assert citizen.client.post(citizen.path, {**values, "nom": "Autre"}).status_code == 409


def test_answers_of_the_wrong_type_are_refused_one_by_one(citizen: Citizen) -> None:
    citizen.press(nom="Durand", naissance=["x", "y"], enfants="peut-être")
    assert citizen.response.status_code == 422
    assert row().answers == {"nom": "Durand"}
    targets = [link.get("href") for link in citizen.page.get_element_by_id("problems").iter("a")]
    assert [target for target in targets if target.startswith("#")] == ["#naissance", "#enfants"]


def test_control_characters_are_dropped(citizen: Citizen) -> None:
    citizen.press(**{**VALID, "nom": "Du\x00ra\u202end\x1b"})
    assert row().answers["nom"] == "Durand"


def test_a_megabyte_is_refused_and_the_rest_is_kept(citizen: Citizen) -> None:
    citizen.press(**{**VALID, "nom": "a" * 1_048_576})
    assert citizen.response.status_code == 422
    assert "trop longue" in citizen.text
    assert row().answers == {"naissance": "1948-02-03", "enfants": False}
    assert len(row().typed["nom"][0]) == 25_000


def test_more_than_is_read_at_once_is_said_and_what_was_saved_stays(citizen: Citizen) -> None:
    citizen.press("help", nom="Dur")
    citizen.press(**{**VALID, "nom": "a" * (5 * 1024 * 1024)})
    assert citizen.response.status_code == 413
    assert row().typed["nom"] == ["Dur"]


def test_unknown_fields_are_not_kept(citizen: Citizen) -> None:
    citizen.press(**{**VALID, "autre": "x", "accord": "oui", "asked": ["nom", "naissance", "enfants", "accord"]})
    assert set(row().typed) == {"_seen", "nom", "naissance", "enfants"}
    assert row().typed["_seen"] == ["enfants", "naissance", "nom"]


def test_a_question_left_out_of_the_post_is_still_asked(citizen: Citizen) -> None:
    citizen.press(**{**VALID, "asked": ["nom"]})
    assert not row().complete
    assert citizen.path.endswith("/vous/")


def test_answers_are_not_readable_in_the_database(citizen: Citizen) -> None:
    from django.db import connection

    citizen.press(**VALID)
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed, answers FROM journeys_stepanswers")
        assert "Durand" not in str(cursor.fetchall())


def test_only_expected_methods_are_taken(citizen: Citizen) -> None:
    assert citizen.client.put(citizen.path).status_code == 405
    assert citizen.client.get("/demarches/essai/commencer").status_code == 405
    assert citizen.client.post("/demarches/essai/commencer", {"start_key": "x"}).status_code == 400
    assert citizen.client.post("/demarches/inconnue/commencer", {"start_key": str(uuid.uuid4())}).status_code == 404


def test_the_last_use_is_noted_once_an_hour(citizen: Citizen) -> None:
    import datetime as dt

    before = Journey.objects.get().touched_at
    citizen.get(citizen.path)
    assert Journey.objects.get().touched_at == before
    Journey.objects.update(touched_at=before - dt.timedelta(hours=2))
    citizen.get(citizen.path)
    assert Journey.objects.get().touched_at >= before
