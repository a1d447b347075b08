"""The file at the desk: within its window, by this desk only, every opening logged, filled in together, given back."""

import datetime as dt
import re
import threading
import time
import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accessform.adaptation.models import AdaptiveState
from accessform.desk.services import helping
from accessform.desk.services.helping import Desk
from accessform.desk.services.submitting import NoMandate, submit_with
from accessform.handoff.models import AccessKind, Appointment, Handover, HandoverAccess, Mandate
from accessform.handoff.sharing.granting import revoke_handover
from accessform.journeys.models import Journey, JourneyStatus, StepAnswers, Submission
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from tests.desk.conftest import sit
from tests.desk.sharing import SAFE, complete, show
from tests.desk.test_day import body, struggle
from tests.handoff.conftest import MONDAY_NINE, add_agent
from tests.handoff.sharing_made import PRIVATE, agree, digits_of, make_filled_journey
from tests.handoff.test_sharing_at_once import at_once
from tests.journeys.filling import Citizen
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

EVERYTHING = ("filled_for_who", "nom", "naissance", "numero", "aide_maladie", "medecin", "soin", *SAFE)


def text(response) -> str:
    return response.content.decode().replace("&#x27;", "'").replace("\u00a0", " ")


def opened(desk: Client, visit: Appointment) -> str:
    """Open the file of the appointment and return its address."""
    response = desk.post(f"/guichet/rendez-vous/{visit.pk}/dossier")
    assert response.status_code == 303, text(response)
    return response["Location"]


def kinds() -> list[str]:
    return [access.kind for access in HandoverAccess.objects.order_by("pk")]


def together(desk: Client, visit: Appointment, **asked) -> tuple[Handover, str, Citizen]:
    """Begin to fill in with the person; return the consent, the file's address and the agent on the step."""
    handover = show(visit, may_write=True, **asked)
    address = opened(desk, visit)
    agent = Citizen(desk)
    agent._follow(desk.post(f"{address}remplir"))
    return handover, address, agent


def test_the_file_opens_for_its_appointment_and_shows_what_the_preview_shows(desk, visit):
    show(visit)
    page = text(desk.get(opened(desk, visit)))
    assert "Lovelace" in page
    assert "Camille Exemple" in page
    assert "Non montré" in page
    for hidden in PRIVATE:
        assert hidden not in page
    assert kinds() == [AccessKind.OPENED, AccessKind.READ]
    assert "sans laisser écrire dedans" in page
    assert "Remplir avec la personne" not in page


def test_without_consent_nothing_opens_and_it_is_said(desk, visit):
    response = desk.post(f"/guichet/rendez-vous/{visit.pk}/dossier")
    assert response.status_code == 409
    assert "n'a pas choisi de montrer son dossier" in text(response)
    assert desk.get(f"/guichet/rendez-vous/{visit.pk}/dossier").status_code == 405


@pytest.mark.parametrize(("minutes", "said"), [(-31, "s'ouvre 30 minutes avant"), (151, "est passé")])
def test_outside_its_window_it_stays_closed(client, amina, visit, clock, minutes, said):
    show(visit)
    clock.move_to(MONDAY_NINE + dt.timedelta(minutes=minutes))
    response = sign_in(client, amina).post(f"/guichet/rendez-vous/{visit.pk}/dossier")
    assert response.status_code == 409
    assert said in text(response)
    assert kinds() == [AccessKind.REFUSED]


def test_an_open_tab_shows_nothing_more_once_the_person_stopped_or_time_passed(desk, amina, visit, clock):
    handover = show(visit)
    address = opened(desk, visit)
    revoke_handover(handover=handover, now=timezone.now())
    response = desk.get(address)
    assert response.status_code == 410
    assert "a arrêté de montrer son dossier" in text(response)
    assert "Lovelace" not in text(response)
    clock.move_to(MONDAY_NINE + dt.timedelta(hours=5))
    assert "Lovelace" not in text(sign_in(desk, amina).get(address))


def test_another_desk_and_another_place_find_no_such_file(client, desk, visit, place, motif):
    handover = show(visit, may_write=True)
    address = opened(desk, visit)
    other = sign_in(Client(), sit(add_agent(place, motif, "Guichet 2"), "bilal"))
    for page in ("", "accord"):
        assert other.get(address + page).status_code == 404
    for action in ("remplir", "rendre", "accord", "envoyer"):
        assert other.post(address + action, {"key": str(uuid.uuid4())}).status_code == 404
    assert other.post(f"/guichet/rendez-vous/{visit.pk}/dossier").status_code == 404
    assert other.get(f"/d/{handover.journey_id}/vous/").status_code == 404
    assert desk.get(f"/guichet/dossiers/{uuid.uuid4()}/").status_code == 404


def test_a_code_said_at_the_counter_opens_the_file_here_and_no_other(desk, visit, place, motif):
    handover = agree(make_filled_journey(), place, timezone.now())
    code = digits_of(handover, timezone.now())
    wrong = desk.post("/guichet/code", {"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 422
    assert "n'ouvre aucun dossier ici" in text(wrong)
    response = desk.post("/guichet/code", {"code": f" {code[:3]} {code[3:]} "})
    assert response.status_code == 303
    page = text(desk.get(response["Location"]))
    assert "Lovelace" in page
    other = sign_in(Client(), sit(add_agent(place, motif, "Guichet 2"), "bilal"))
    assert other.post("/guichet/code", {"code": code}).status_code == 422
    assert other.get(response["Location"]).status_code == 404


@pytest.mark.parametrize("code", ["", "abc", "1" * 5000, "\0", "½½½½½½"])
def test_a_strange_code_is_refused_and_told(desk, code):
    assert desk.post("/guichet/code", {"code": code}).status_code == 422


def test_an_agent_of_two_desks_says_which_one(desk, amina, visit, place, motif):
    second = add_agent(place, motif, "Guichet 2")
    type(second).objects.filter(pk=second.pk).update(user=amina)
    code = digits_of(agree(make_filled_journey(), place, timezone.now()), timezone.now())
    assert "Choisissez le guichet" in text(desk.post("/guichet/code", {"code": code}))
    assert desk.post("/guichet/code", {"code": code, "desk": str(second.pk)}).status_code == 303


def test_the_agent_fills_in_the_same_steps_in_the_person_s_words(desk, visit):
    handover, address, agent = together(desk, visit, scope="chosen", chosen=EVERYTHING, level=ReadingLevel.EASY)
    agent.get(f"/d/{handover.journey_id}/vous/")
    assert 'data-reading-level="easy"' in agent.response.content.decode()
    assert interface.text("journeys.optional", ReadingLevel.EASY) in agent.text
    assert "Vous remplissez avec Camille Exemple." in agent.text
    assert "Rendre la démarche" in agent.text
    for citizens_own in ("C'est difficile", "Imprimer", "Pourquoi", "Parler à", "Plus simple"):
        assert citizens_own not in agent.text
    agent.press(nom="Byron", naissance="10/12/1815", numero="2 50 07 75 116 123 45", aide_maladie="non")
    saved = StepAnswers.objects.get(journey=handover.journey_id, step_id="vous")
    assert saved.answers["nom"] == "Byron"
    assert AccessKind.WROTE in kinds()
    assert "Byron" in text(desk.get(address))


@pytest.mark.parametrize("verb", ["file", "file:rendre"])
def test_leaving_by_the_banner_keeps_what_was_typed(desk, visit, verb):
    handover, address, agent = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    agent.get(f"/d/{handover.journey_id}/vous/").press(verb, nom="À moitié écr")
    assert agent.address == (f"{address}#rendre" if verb == "file:rendre" else address)
    assert StepAnswers.objects.get(journey=handover.journey_id, step_id="vous").typed["nom"] == ["À moitié écr"]


def test_the_way_to_the_file_is_nobody_else_s(visit):
    handover = show(visit)
    person = Client()
    session = person.session
    session["journeys"] = [str(handover.journey_id)]
    session.save()
    assert Citizen(person).get(f"/d/{handover.journey_id}/vous/").press("file").response.status_code == 404


def test_what_is_hidden_stays_closed_whichever_way_is_tried(desk, visit):
    handover, address, agent = together(desk, visit, scope="chosen", chosen=SAFE)
    assert agent.path == f"/d/{handover.journey_id}/foyer/"
    for step in ("vous", "soins"):
        response = desk.get(f"/d/{handover.journey_id}/{step}/")
        assert (response.status_code, response["Location"]) == (303, address)
        response = desk.post(f"/d/{handover.journey_id}/{step}/", {"key": str(uuid.uuid4()), "revision": "1"})
        assert (response.status_code, response["Location"]) == (303, address)
    page = text(desk.get(address))
    assert "contient une réponse qui n'est pas montrée" in page
    assert "Vos soins" not in page
    assert "Lovelace" not in page
    agent.press("previous")
    assert agent.path == address


def test_everything_else_of_the_journey_stays_the_person_s(desk, visit):
    handover, _, _ = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    for page in ("verifier", "pourquoi", "pourquoi.json", "reprendre", "quitter", "imprimer", "personne", "recu", ""):
        assert desk.get(f"/d/{handover.journey_id}/{page}").status_code == 404, page
    assert desk.post(f"/d/{handover.journey_id}/vous/dire").status_code == 404
    assert desk.post(f"/d/{handover.journey_id}/verifier", {"key": str(uuid.uuid4())}).status_code == 404
    assert desk.post(f"/d/{handover.journey_id}/quitter", {"action": "erase"}).status_code == 404
    assert Journey.objects.get(pk=handover.journey_id).status == JourneyStatus.DRAFT


@pytest.mark.parametrize("verb", ["hard", "accept:x", "refuse:x", "undo:x", "person", "print", "keep", "quit", "why"])
def test_the_person_s_own_buttons_do_nothing_for_the_agent(desk, visit, verb):
    _, _, agent = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    assert agent.press(verb).response.status_code == 400


def test_nothing_of_difficulties_is_read_or_written_while_helping(desk, visit):
    handover, _, agent = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    address = f"/d/{handover.journey_id}/vous/"

    def drawn() -> str:
        page = body(text(desk.get(address)))
        return re.sub(r'name="key" value="[^"]*"', "", page)

    before = drawn()
    struggle(handover.journey_id)
    kept = AdaptiveState.objects.get(pk=handover.journey_id)
    assert drawn() == before
    for _ in range(4):
        agent.get(address).press(nom="", numero="12")
        assert agent.response.status_code == 422
    after = AdaptiveState.objects.get(pk=handover.journey_id)
    assert (after.revision, after.state) == (kept.revision, kept.state)


def test_consent_that_ends_in_an_open_tab_saves_nothing_and_says_why(desk, visit):
    handover, address, agent = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    agent.get(f"/d/{handover.journey_id}/vous/")
    revoke_handover(handover=handover, now=timezone.now())
    agent.press(nom="Intrus")
    assert agent.path == address
    assert agent.response.status_code == 410
    assert "a arrêté de montrer son dossier" in agent.text
    assert StepAnswers.objects.get(journey=handover.journey_id, step_id="vous").answers["nom"] == "Lovelace"
    assert desk.get(f"/d/{handover.journey_id}/vous/").status_code == 404


def test_a_revocation_between_the_look_and_the_save_wins(desk, visit, monkeypatch):
    handover, address, agent = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    agent.get(f"/d/{handover.journey_id}/vous/")
    from accessform.journeys.views import step as step_view

    read = step_view.read_post

    def read_then_revoked(*given):
        form = read(*given)
        revoke_handover(handover=handover, now=timezone.now())
        return form

    monkeypatch.setattr(step_view, "read_post", read_then_revoked)
    agent.press(nom="Intrus")
    assert agent.path == address
    assert StepAnswers.objects.get(journey=handover.journey_id, step_id="vous").answers["nom"] == "Lovelace"


def test_a_consent_to_read_does_not_let_write(desk, visit):
    handover = show(visit, scope="chosen", chosen=EVERYTHING)
    address = opened(desk, visit)
    assert desk.post(f"{address}remplir").status_code == 200
    assert desk.get(f"/d/{handover.journey_id}/vous/").status_code == 404
    assert "Envoyer" not in text(desk.get(address))


def test_giving_back_ends_the_agent_s_access_and_leaves_the_person_where_it_was(desk, visit):
    handover, address, _ = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    person = Client()
    session = person.session
    session["journeys"] = [str(handover.journey_id)]
    session.save()
    for _ in range(2):
        response = desk.post(f"{address}rendre")
        assert response["Location"] == f"/guichet/rendez-vous/{visit.pk}/"
    assert desk.get(f"/d/{handover.journey_id}/vous/").status_code == 404
    assert desk.get(address).status_code == 410
    assert kinds().count(AccessKind.CLOSED) == 1
    assert person.get(f"/d/{handover.journey_id}/vous/").status_code == 200


def test_an_idle_or_signed_out_agent_fills_in_no_more(desk, visit, clock, settings):
    handover, address, _ = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    clock.shift(settings.STAFF_IDLE_SECONDS + 1)
    response = desk.get(f"/d/{handover.journey_id}/vous/")
    assert response["Location"] == address
    assert desk.get(address)["Location"].startswith("/equipe/connexion")
    assert desk.get(f"/d/{handover.journey_id}/vous/").status_code == 404


def test_nobody_sends_without_the_person_s_word(desk, visit):
    handover, address, _ = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    complete(handover.journey)
    response = desk.post(f"{address}envoyer", {"key": str(uuid.uuid4())})
    assert response.status_code == 422
    assert "il faut l'accord de la personne" in text(response)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_an_accord_has_a_name(desk, visit, name):
    _, address, _ = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    assert desk.post(f"{address}accord", {"given_by": name}).status_code == 422
    assert not Mandate.objects.exists()


def test_with_the_person_s_word_it_is_sent_once_and_the_number_is_said(desk, visit):
    handover, address, _ = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    complete(handover.journey)
    assert "à ma place" in text(desk.get(f"{address}accord")) or "pour moi" in text(desk.get(f"{address}accord"))
    for _ in range(2):
        assert desk.post(f"{address}accord", {"given_by": "Camille Exemple"})["Location"] == address
    for _ in range(2):
        assert desk.post(f"{address}envoyer", {"key": str(uuid.uuid4())})["Location"] == address
    sent = Submission.objects.get()
    assert Mandate.objects.get().used_at is not None
    page = text(desk.get(address))
    assert sent.reference in page
    assert "Remplir avec la personne" not in page
    assert desk.get(f"/d/{handover.journey_id}/vous/").status_code in {303, 404}
    assert desk.get(f"/d/{handover.journey_id}/recu").status_code == 404


def test_a_step_that_waits_keeps_the_mandate_and_is_said(desk, visit):
    handover, address, _ = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    StepAnswers.objects.filter(journey=handover.journey_id, step_id="foyer").update(complete=False)
    desk.post(f"{address}accord", {"given_by": "Camille Exemple"})
    response = desk.post(f"{address}envoyer", {"key": str(uuid.uuid4())})
    assert response.status_code == 422
    assert "attend encore une réponse" in text(response)
    assert Mandate.objects.get().used_at is None
    assert not Submission.objects.exists()


def test_a_word_taken_back_sends_nothing(desk, visit, agent):
    from accessform.desk.services.helping import Desk

    handover, address, _ = together(desk, visit, scope="chosen", chosen=EVERYTHING)
    complete(handover.journey)
    desk.post(f"{address}accord", {"given_by": "Camille Exemple"})
    revoke_handover(handover=handover, now=timezone.now())
    with pytest.raises(NoMandate):
        submit_with(desk=Desk(handover, agent), key=uuid.uuid4())
    assert not Submission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_saving_and_agreeing_anew_at_once_never_wait_for_each_other(desk, visit):
    """Agreeing locks the journey, then its files: whoever writes in a shared file locks in that order too."""
    handover = show(visit, may_write=True)
    opened(desk, visit)
    handover.refresh_from_db()
    holding = threading.Barrier(2)

    def write() -> bool:
        with transaction.atomic():
            stood = helping.stands(Desk(handover, visit.agent), locking=True)
            holding.wait(timeout=30)
            time.sleep(0.5)
            Journey.objects.select_for_update().get(pk=handover.journey_id)
        return stood

    def renew() -> None:
        holding.wait(timeout=30)
        agree(handover.journey, visit.place, timezone.now(), appointment=visit)

    stood, renewed = at_once(write, renew)
    assert stood is True
    assert not isinstance(renewed, Exception)
