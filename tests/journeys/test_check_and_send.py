"""Checking every answer, changing one, and sending once whatever happens."""

import uuid

from django.test import Client

from accessform.journeys.models import Journey, JourneyStatus, StepAnswers, Submission
from tests.journeys.filling import Citizen
from tests.journeys.test_step_page import VALID


def filled(citizen: Citizen) -> Citizen:
    """Fill the whole small form, up to the check of answers."""
    return citizen.press(**VALID).press(piece__how="later", accord="oui")


def send(citizen: Citizen) -> str:
    """Press « Envoyer » and return where it leads."""
    response = citizen.client.post(citizen.path, dict(citizen.page.forms[-1].form_values()))
    assert response.status_code == 303
    return str(response.headers["Location"])


def test_it_shows_every_answer_with_a_way_to_change_it(citizen: Citizen) -> None:
    filled(citizen)
    assert citizen.path.endswith("/verifier")
    for words in ("3 février 1948", "Durand", "Non", "À envoyer plus tard", "Pas de réponse"):
        assert words in citizen.text
    assert len(citizen.page.xpath("//a[contains(@href, 'retour=verifier')]")) == 7


def test_one_answer_is_changed_alone_and_leads_back(citizen: Citizen) -> None:
    filled(citizen)
    change = next(link for link in citizen.page.iter("a") if "q=nom" in link.get("href", ""))
    citizen.get(change.get("href"))
    assert citizen.fields()["asked"] == ["nom"]
    citizen.press(nom="Dupont")
    assert citizen.path.endswith("/verifier")
    assert "Dupont" in citizen.text
    assert StepAnswers.objects.get(step_id="vous").answers["naissance"] == "1948-02-03"


def test_a_change_that_opens_a_step_leads_through_it_first(citizen: Citizen) -> None:
    filled(citizen)
    change = next(link for link in citizen.page.iter("a") if "q=enfants" in link.get("href", ""))
    citizen.get(change.get("href")).press(enfants="oui")
    assert citizen.fields()["asked"] == ["combien"]
    citizen.press(combien="1")
    check = citizen.get(citizen.path.split("vous")[0] + "verifier")
    assert "Il reste" in check.text
    assert check.page.xpath("//*[@id='problems']//a[contains(@href, '/foyer/')]")


def test_an_unfinished_form_is_not_sent(citizen: Citizen) -> None:
    citizen.press(**VALID)
    check = citizen.get(citizen.path.split("papiers")[0] + "verifier")
    response = citizen.client.post(check.path, dict(check.page.forms[-1].form_values()))
    assert response.status_code == 422
    assert "autofocus" in response.content.decode()
    assert not Submission.objects.exists()


def test_it_is_sent_with_a_reference_in_official_words(citizen: Citizen) -> None:
    location = send(filled(citizen))
    submission = Submission.objects.get()
    assert location.endswith("/recu")
    assert citizen.client.get(location).status_code == 200
    assert submission.document["steps"][0]["questions"][0]["label"] == "Nom patronymique"
    assert len(submission.reference) == 11
    assert Journey.objects.get().status == JourneyStatus.SUBMITTED


def test_sending_twice_sends_once(citizen: Citizen) -> None:
    filled(citizen)
    values = dict(citizen.page.forms[-1].form_values())
    locations = {citizen.client.post(citizen.path, values).headers["Location"] for _ in range(2)}
    other_key = citizen.client.post(citizen.path, {**values, "key": str(uuid.uuid4())})
    assert {*locations, other_key.headers["Location"]} == {citizen.path.replace("verifier", "recu")}
    assert Submission.objects.count() == 1


def test_once_sent_every_page_leads_to_the_receipt(citizen: Citizen) -> None:
    receipt = send(filled(citizen))
    for page in ("", "vous/", "verifier"):
        response = citizen.client.get(receipt.replace("recu", page))
        assert (response.status_code, response.headers["Location"]) == (303, receipt)


def test_a_hidden_answer_is_not_sent(citizen: Citizen) -> None:
    citizen.press(**{**VALID, "enfants": "oui"}).press(combien="2", surnom="Dédé")
    citizen.press(personnes__0__prenom="Léa", personnes__0__ecole="non").press("previous").press("previous")
    citizen.press(enfants="non").press(piece__how="bring", accord="oui")
    send(citizen)
    sent = {q["id"] for step in Submission.objects.get().document["steps"] for q in step["questions"]}
    assert sent == {"nom", "naissance", "enfants", "piece", "avis", "accord"}


def test_another_session_sees_nothing(citizen: Citizen) -> None:
    filled(citizen)
    stranger = Client()
    for page in (citizen.path, citizen.path.replace("verifier", ""), citizen.path.replace("verifier", "vous/")):
        assert stranger.get(page).status_code == 404
        assert stranger.post(page).status_code in (404, 405)
