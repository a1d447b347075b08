"""The page of a step: saved as it is left, refused with words that help, led on by its buttons."""

import json
import re
import uuid
from pathlib import Path

import pytest
from django.test import Client

from accessform.journeys.models import Journey, StepAnswers
from forms_catalog.models import FormVersion
from forms_catalog.versioning import publish_source
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import make_version

SHIPPED = Path(__file__).resolve().parents[2] / "forms_catalog/fr"
VALID = {"nom": "Durand", "naissance": "3/2/48", "enfants": "non"}


def test_starting_twice_with_one_key_starts_one_journey(trial_form: FormVersion, client: Client) -> None:
    key = {"start_key": str(uuid.uuid4())}
    addresses = {client.post("/demarches/essai/commencer", key).headers["Location"] for _ in range(2)}
    assert len(addresses) == Journey.objects.count() == 1


def test_it_says_for_whom_it_is_filled_in(trial_form: FormVersion, client: Client) -> None:
    citizen = Citizen(client).start("essai").press(filled_for_who="other")
    assert citizen.path.endswith("/pour-qui/")
    citizen.press(filled_for_name="Sylvie Martin", filled_for_link="child", filled_for_capacity="helper")
    assert citizen.path.endswith("/vous/")
    assert Journey.objects.get().filled_for == {
        "who": "other",
        "name": "Sylvie Martin",
        "link": "Son enfant",
        "capacity": "J'aide à remplir, à la demande de cette personne",
    }
    assert citizen.page.get_element_by_id("nom").get("autocomplete") == "off"


def test_it_keeps_what_is_typed_and_goes_on(citizen: Citizen) -> None:
    citizen.press(**VALID)
    assert citizen.path.endswith("/papiers/")
    row = StepAnswers.objects.get(step_id="vous")
    assert row.answers == {"nom": "Durand", "naissance": "1948-02-03", "enfants": False}
    assert row.complete
    citizen.press("previous")
    assert citizen.path.endswith("/vous/")
    assert citizen.fields()["naissance"] == ["3/2/48"]


def test_a_refused_step_says_what_happened_how_to_mend_it_and_an_example(citizen: Citizen) -> None:
    citizen.press(nom="Durand", naissance="3/2/20", enfants="non")
    assert citizen.response.status_code == 422
    summary = citizen.page.get_element_by_id("problems")
    assert (summary.get("tabindex"), summary.get("autofocus")) == ("-1", "")
    assert [link.get("href") for link in summary.iter("a") if link.get("href", "").startswith("#")] == ["#naissance"]
    assert "1920" in citizen.text
    assert "3 mars 1948" in citizen.page.get_element_by_id("naissance-error").text_content()
    control = citizen.page.get_element_by_id("naissance")
    assert (control.get("aria-invalid"), control.get("value")) == ("true", "3/2/20")
    assert control.get("aria-describedby").split()[0] == "naissance-error"
    assert citizen.page.xpath("string(//title)").startswith("Erreur")


def test_every_refusal_links_to_a_control_of_the_page(client: Client, db: None) -> None:
    file = SHIPPED / "demonstration/form.yaml"
    version = publish_source(source=file.read_bytes(), file=file.name).version
    citizen = Citizen(client).start(version.form.slug).press(filled_for_who="self")
    linked = 0
    home = citizen.path.removesuffix(citizen.path.split("/")[-2] + "/")
    for step in version.definition.steps:
        citizen.get(f"{home}{step.id}/")
        if not citizen.path.endswith(f"/{step.id}/"):
            continue
        citizen.press()
        for link in citizen.page.xpath("//*[@id='problems']//a[starts-with(@href, '#')]"):
            assert citizen.page.get_element_by_id(link.get("href")[1:]).tag in {"input", "select", "textarea"}
            linked += 1
    assert linked > 10


def test_a_refused_step_is_saved_and_can_be_heard_again(citizen: Citizen) -> None:
    citizen.press(nom="Durand", naissance="hier", enfants="non")
    assert StepAnswers.objects.get(step_id="vous").answers == {"nom": "Durand", "enfants": False}
    again = citizen.get(f"{citizen.path}?erreurs=1")
    assert again.page.get_element_by_id("naissance-error") is not None
    assert "naissance-error" not in citizen.get(citizen.path).response.content.decode()


def test_an_answer_brings_up_a_question_that_is_asked_before_going_on(citizen: Citizen) -> None:
    citizen.press(**{**VALID, "enfants": "oui"})
    assert citizen.path.endswith("/vous/")
    assert citizen.address.endswith("?nouvelle=combien#question-combien")
    assert citizen.page.get_element_by_id("combien") is not None
    assert citizen.page.get_element_by_id("surnom") is not None
    assert not StepAnswers.objects.get(step_id="vous").complete
    citizen.press(combien="2")
    assert citizen.path.endswith("/foyer/")


def test_every_button_saves_what_is_typed(citizen: Citizen) -> None:
    citizen.press("help:nom", nom="Dur", naissance="pas encore")
    assert citizen.address.endswith("?aide=nom#question-nom")
    assert "Aide claire" in citizen.text
    assert citizen.fields()["nom"] == ["Dur"]
    assert citizen.fields()["naissance"] == ["pas encore"]
    assert citizen.response.status_code == 200
    citizen.press("help")
    assert "Aide claire" not in citizen.text


def test_the_official_text_is_one_tap_away(citizen: Citizen) -> None:
    assert "Nom patronymique" not in citizen.text
    citizen.press("official:tout", nom="Dur")
    assert "Nom patronymique" in citizen.text
    assert citizen.fields()["nom"] == ["Dur"]
    citizen.press("official")
    assert "Nom patronymique" not in citizen.text


def test_a_declaration_shows_the_official_text_beside_the_plain_one(citizen: Citizen) -> None:
    citizen.press(**VALID)
    assert "Je certifie." in citizen.text
    assert "C'est exact." in citizen.text


def test_a_sanction_shows_the_official_text_beside_the_plain_one_and_any_explanation_where_asked(
    db: None, client: Client
) -> None:
    said = {
        name: {"standard": f"{name}, officiel", "plain": {"text": f"{name}, clair", "status": "approved"}}
        for name in ("Peine", "Conseil")
    }
    told = [
        {"id": "peine", "type": "explanation", "label": said["Peine"], "official_shown": True},
        {"id": "conseil", "type": "explanation", "label": said["Conseil"]},
    ]
    make_version(steps=[{"id": "un", "title": "Un", "questions": told}])
    citizen = Citizen(client).start("petite-demarche").press(filled_for_who="self")
    assert "Peine, clair" in citizen.text
    assert "Peine, officiel" in citizen.text
    assert "Conseil, officiel" not in citizen.text
    citizen.press("official:tout")
    assert "Conseil, officiel" in citizen.text


def test_bigger_and_simpler_act_at_once_and_keep_what_is_typed(citizen: Citizen) -> None:
    citizen.press("larger", nom="Dur")
    assert citizen.page.get("data-text-size") == "125"
    citizen.press("simpler")
    assert citizen.page.get("data-reading-level") == "easy"
    assert citizen.page.xpath("string(//label[@for='nom'])").split()[-1] == "Nom"
    assert citizen.fields()["nom"] == ["Dur"]


@pytest.mark.parametrize(
    ("action", "leads"),
    [("person", "personne"), ("print", "imprimer"), ("quit", "quitter"), ("settings", "/affichage?next=")],
)
def test_other_pages_are_one_tap_away_and_nothing_is_lost(citizen: Citizen, action: str, leads: str) -> None:
    values = {**citizen.fields(), "nom": "Dur", "action": action}
    response = citizen.client.post(citizen.path, values)
    assert response.status_code == 303
    assert leads in response.headers["Location"]
    assert StepAnswers.objects.get(step_id="vous").typed["nom"] == ["Dur"]


def test_questions_keep_one_short_number_at_every_level(citizen: Citizen) -> None:
    numbers = re.findall(r"\b1\.\d\b", citizen.text)
    assert numbers == re.findall(r"\b1\.\d\b", citizen.press("simpler").text)


def test_entries_of_a_group_are_added_removed_and_numbered(citizen: Citizen) -> None:
    citizen.press(**{**VALID, "enfants": "oui"}).press(combien="2")
    citizen.press("add:personnes", personnes__0__prenom="Léa", personnes__0__ecole="oui")
    assert "Personne 2" in citizen.text
    citizen.press(personnes__0__classe="CP", personnes__1__prenom="Tom", personnes__1__ecole="oui")
    assert citizen.address.endswith("?nouvelle=personnes#question-personnes")
    assert citizen.page.get_element_by_id("personnes-1-classe") is not None
    citizen.press("remove:personnes:0", personnes__1__ecole="non")
    assert not citizen.page.xpath("//*[@id='personnes-1']")
    citizen.press()
    assert StepAnswers.objects.get(step_id="foyer").answers == {"personnes": [{"prenom": "Tom", "ecole": False}]}


def test_a_group_keeps_to_its_bounds(citizen: Citizen) -> None:
    citizen.press(**{**VALID, "enfants": "oui"}).press(combien="2")
    for _ in range(4):
        citizen.press("add:personnes")
    assert citizen.fields()["personnes-count"] == ["3"]
    citizen.press(**{"personnes-count": "999"})
    assert citizen.fields()["personnes-count"] == ["3"]


def test_one_question_at_a_time(citizen: Citizen) -> None:
    session = citizen.client.session
    session["presentation"] = {"values": {"one_question": True}, "at": {"one_question": 1.0}, "reset_at": 0}
    session.save()
    citizen.get(citizen.path)
    assert citizen.fields()["asked"] == ["nom"]
    citizen.press(nom="Durand")
    assert citizen.fields()["asked"] == ["naissance"]
    citizen.press(naissance="hier")
    assert citizen.response.status_code == 422
    citizen.press(naissance="3 mars 1948").press(enfants="oui")
    assert citizen.fields()["asked"] == ["combien"]
    citizen.press("previous")
    assert citizen.fields()["asked"] == ["enfants"]
    citizen.press(enfants="non")
    assert citizen.path.endswith("/papiers/")
    assert StepAnswers.objects.get(step_id="vous").complete


def test_one_comes_back_where_one_was(citizen: Citizen) -> None:
    home = citizen.path.removesuffix("vous/")
    citizen.press(**VALID)
    assert citizen.get(home).path.endswith("/papiers/")


def test_a_fragment_is_the_main_part_of_the_fresh_page(citizen: Citizen) -> None:
    citizen.press(**VALID)
    whole = citizen.page.get_element_by_id("main")
    response = citizen.client.get(citizen.path, headers={"HX-Request": "true"})
    part = Citizen(citizen.client)
    part.response = response
    assert _told(part.page.xpath("//main")[0]) == _told(whole)
    assert response.headers["HX-Push-Url"] == citizen.path
    assert "HX-Request" in response.headers["Vary"]
    assert "<title>" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "chosen", [{}, {"modality": "voice", "voice_autoplay": False, "voice_rate": 1.3}, {"larger_targets": True}]
)
def test_a_fragment_tells_every_attribute_of_the_fresh_page(citizen: Citizen, chosen: dict[str, object]) -> None:
    session = citizen.client.session
    session["presentation"] = {"values": chosen, "at": dict.fromkeys(chosen, 1.0), "reset_at": 0}
    session.save()
    fresh = {name: value for name, value in citizen.get(citizen.path).page.attrib.items() if name.startswith("data-")}
    response = citizen.client.get(citizen.path, headers={"HX-Request": "true"})
    told = json.loads(response.headers["HX-Trigger"])["presentation"]
    assert {name: value for name, value in told.items() if value is not None} == fresh
    assert told.keys() >= {"data-voice-autoplay", "data-larger-targets"}


def _told(main: object) -> list[str]:
    """Return the words and names of a part of a page, without keys and titles."""
    words = [text.strip() for text in main.xpath(".//text()[not(ancestor::title)]") if text.strip()]  # type: ignore[attr-defined]
    return words + main.xpath(".//@name")  # type: ignore[attr-defined]
