"""After the sending: the desk asks in its own words, sees what came, and corrects with the person under a mandate."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accessform.desk.services.submitting import submit_with
from accessform.handoff.models import Mandate
from accessform.handoff.sharing.granting import revoke_handover
from accessform.handoff.sharing.mandates import record_mandate
from accessform.journeys.corrections.notices import wish_to_be_told
from accessform.journeys.corrections.reading import sent_corrections
from accessform.journeys.models import Correction, CorrectionDraft, CorrectionRequest, StepAnswers, Submission
from accessform.journeys.services.passage import load_passage
from accessform.journeys.services.submit_journey import submit_journey
from accessform.messages.models import Channel, OutboxMessage
from accessform.plain_language.wording import ReadingLevel
from tests.desk.conftest import sit
from tests.desk.sharing import show
from tests.handoff.conftest import add_agent
from tests.handoff.sharing_made import PRIVATE, agree, make_filled_journey
from tests.journeys.corrections_made import ask_for, open_session
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

WORDS = "Le nom ne correspond pas.\nPouvez-vous le vérifier ?"


def text(response) -> str:
    return response.content.decode().replace("&#x27;", "'").replace("\u00a0", " ")


@pytest.fixture
def sent(desk, visit):
    """A file shown at the visit, then sent by its person."""
    handover = show(visit, may_write=True)
    StepAnswers.objects.filter(journey=handover.journey).update(complete=True)
    submit_journey(passage=load_passage(handover.journey), key=uuid.uuid4())
    desk.post(f"/guichet/rendez-vous/{visit.pk}/dossier")
    handover.refresh_from_db()
    return handover


@pytest.fixture
def page(sent):
    return f"/guichet/dossiers/{sent.pk}/suite"


def ask(desk, page, **changes):
    asked = {"key": str(uuid.uuid4()), "kind": "correction", "question": ["nom"], "words": WORDS, "due": ""}
    return desk.post(page, asked | changes)


def agree_to_send(handover):
    return record_mandate(
        handover=handover, agent=handover.appointment.agent, given_by="Camille Exemple", now=timezone.now()
    )


def correct(desk, sent, **typed):
    home = f"/guichet/dossiers/{sent.pk}/corriger"
    desk.post(home, {"question": list(typed)})
    for name, value in typed.items():
        desk.post(f"{home}/reponse/{name}", {"asked": name, name: value, "revision": "0", "action": "next"})
    return desk.post(f"{home}/verifier", {"key": str(uuid.uuid4()), "base": "0"})


def test_a_reference_said_by_the_person_leads_to_what_may_be_asked(desk, sent, page):
    reference = Submission.objects.get().reference
    response = desk.post("/guichet/envois", {"reference": reference.lower().replace("-", " ")})
    assert response["Location"] == page
    shown = text(desk.get(page))
    assert reference in shown
    for private in [*PRIVATE, "Lovelace"]:
        assert private not in shown
    assert "Nom du médecin" not in shown, "only a hidden answer brings that question up"


def test_an_unknown_reference_another_desk_and_a_stopped_file_say_the_same(desk, sent, page, place, motif):
    reference = Submission.objects.get().reference
    other = sign_in(Client(), sit(add_agent(place, motif, "Guichet 2"), "bilal"))
    unknown = desk.post("/guichet/envois", {"reference": "AAA-AAA-AAA"})
    elsewhere = other.post("/guichet/envois", {"reference": reference})
    assert (unknown.status_code, elsewhere.status_code) == (422, 422)
    assert "n'est montrée à ce guichet" in text(unknown)
    assert "n'est montrée à ce guichet" in text(elsewhere)
    assert other.get(page).status_code == 404
    assert ask(other, page).status_code == 404
    revoke_handover(handover=sent, now=timezone.now())
    assert desk.post("/guichet/envois", {"reference": reference}).status_code == 422
    assert desk.get(page).status_code == 404
    assert not CorrectionRequest.objects.exists()


def test_the_person_reads_the_request_in_the_desk_s_own_words(desk, sent, page):
    key = str(uuid.uuid4())
    assert ask(desk, page, key=key).status_code == 303
    assert ask(desk, page, key=key).status_code == 303
    request = CorrectionRequest.objects.get()
    assert request.asked_by.startswith("Guichet 1, ")
    person = Client()
    open_session(person, Submission.objects.get())
    assert "Le nom ne correspond pas." in text(person.get(f"/d/{sent.journey_id}/recu"))
    assert "Pas encore de réponse" in text(desk.get(page))
    assert desk.post(f"{page}/{request.pk}").status_code == 303
    assert "Le nom ne correspond pas." not in text(person.get(f"/d/{sent.journey_id}/recu"))
    assert desk.post(f"{page}/{uuid.uuid4()}").status_code == 404


@pytest.mark.parametrize(
    ("wished", "said"), [(False, "Aucun message ne part"), (True, "Un message prévient la personne")]
)
def test_the_desk_reads_whether_a_message_tells_the_person(desk, sent, page, wished, said):
    if wished:
        level = ReadingLevel.PLAIN
        wish_to_be_told(journey=sent.journey, channel=Channel.EMAIL, address="camille@example.fr", level=level)
    ask(desk, page)
    assert said in text(desk.get(page))
    assert OutboxMessage.objects.filter(kind="asked").count() == wished


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({"words": " "}, "words"),
        ({"words": "a" * 1001}, "words"),
        ({"question": ["medecin"]}, "ask-questions"),
        ({"question": []}, "ask-questions"),
        ({"kind": "x"}, "kind-piece"),
        ({"due": "demain"}, "due"),
        ({"due": "2001-01-01"}, "due"),
        ({"due": "9999-12-31"}, "due"),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept_as_typed(desk, page, changes, target):
    response = ask(desk, page, **changes)
    assert response.status_code == 422
    assert f'href="#{target}"' in text(response)
    assert f'id="{target}"' in text(response)
    assert not CorrectionRequest.objects.exists()


def test_corrected_with_the_person_under_their_mandate_and_recorded_as_such(desk, sent):
    accord = f"/guichet/dossiers/{sent.pk}/suite/accord"
    assert "une correction de la démarche" in text(desk.get(accord))
    assert desk.post(accord, {"given_by": " "}).status_code == 422
    assert desk.post(accord, {"given_by": "Camille Exemple"}).status_code == 303
    response = correct(desk, sent, nom="Byron")
    assert response.status_code == 303
    (made,) = sent_corrections(Submission.objects.get())
    assert (made.row.by, made.row.desk.partition(",")[0]) == ("counter", "Guichet 1")
    assert made.changes[0].after["value"] == "Byron"
    assert Mandate.objects.get().used_at is not None
    person = Client()
    open_session(person, Submission.objects.get())
    assert "avec Guichet 1" in text(person.get(f"/d/{sent.journey_id}/recu"))
    assert correct(desk, sent, nom="Ada").status_code == 409, "drawn before the first correction"


@pytest.mark.parametrize(
    ("mode", "by"), [("phone", "phone"), ("video", "phone"), ("home", "counter"), ("office", "counter")]
)
def test_a_correction_is_recorded_as_it_was_made(desk, sent, visit, mode, by):
    type(visit.motif).objects.filter(pk=visit.motif_id).update(mode=mode)
    agree_to_send(sent)
    assert correct(desk, sent, nom="Byron").status_code == 303
    (made,) = sent_corrections(Submission.objects.get())
    assert (made.row.by, made.changes[0].after["value"]) == (by, "Byron")


def test_an_agent_on_the_phone_answers_the_request_and_the_person_reads_by_whom(desk, sent, page, visit):
    """The whole branch: asked, corrected with the person on the line, read on the receipt and beside the original."""
    type(visit.motif).objects.filter(pk=visit.motif_id).update(mode="phone")
    ask(desk, page)
    agree_to_send(sent)
    home = f"/guichet/dossiers/{sent.pk}/corriger"
    asked = CorrectionRequest.objects.get()
    assert "Le nom ne correspond pas." in text(desk.get(f"{home}?demande={asked.pk}"))
    desk.post(home, {"question": ["nom"], "demande": str(asked.pk)})
    desk.post(f"{home}/reponse/nom", {"asked": "nom", "nom": "Byron", "revision": "0", "action": "next"})
    sending = {"key": str(uuid.uuid4()), "base": "0"}
    for _ in range(2):
        assert desk.post(f"{home}/verifier", sending).status_code == 303
    asked.refresh_from_db()
    assert (asked.ended, Correction.objects.get().request) == ("answered", asked)
    person = Client()
    open_session(person, Submission.objects.get())
    receipt = text(person.get(f"/d/{sent.journey_id}/recu"))
    assert "par téléphone, avec Guichet 1" in receipt
    assert "Pas encore de réponse" not in text(desk.get(page))
    file = text(desk.get(f"/guichet/dossiers/{sent.pk}/"))
    assert "Lovelace" in file
    assert "Byron" in file
    assert "par téléphone, avec Guichet 1" in file


def test_without_a_mandate_nothing_is_sent_and_nothing_is_lost(desk, sent):
    response = correct(desk, sent, nom="Byron")
    assert response.status_code == 422
    assert "il faut l'accord de la personne" in text(response)
    assert not Correction.objects.exists()
    assert CorrectionDraft.objects.get().answers == {"nom": "Byron"}


def test_a_mandate_that_sent_the_form_does_not_send_a_correction(desk, visit):
    handover = show(visit, may_write=True)
    StepAnswers.objects.filter(journey=handover.journey).update(complete=True)
    desk.post(f"/guichet/rendez-vous/{visit.pk}/dossier")
    agree_to_send(handover)
    handover.refresh_from_db()
    from accessform.desk.services.helping import Desk

    submit_with(desk=Desk(handover, visit.agent), key=uuid.uuid4())
    assert correct(desk, handover, nom="Byron").status_code == 422
    assert not Correction.objects.exists()
    again = desk.post(f"/guichet/dossiers/{handover.pk}/suite/accord", {"given_by": "Camille Exemple"})
    assert again.status_code == 409
    assert "a déjà servi" in text(again)


def test_what_the_person_does_not_show_stays_closed(desk, sent):
    home = f"/guichet/dossiers/{sent.pk}/corriger"
    shown = text(desk.get(home))
    assert "Lovelace" in shown
    for private in PRIVATE:
        assert private not in shown
    for hidden in ("numero", "aide_maladie", "medecin", "proches", "iban"):
        assert desk.get(f"{home}/reponse/{hidden}").status_code == 404
        assert desk.post(f"{home}/reponse/{hidden}", {hidden: "x", "revision": "0"}).status_code == 404


def test_once_the_person_stops_or_takes_writing_back_the_pages_close(desk, sent, visit, clock):
    home = f"/guichet/dossiers/{sent.pk}/corriger"
    assert desk.get(home).status_code == 200
    sent.may_write = False
    sent.save(update_fields=["may_write"])
    closed = desk.get(home)
    assert closed.status_code == 409
    assert "Lovelace" not in text(closed)
    revoke_handover(handover=sent, now=timezone.now())
    assert desk.get(home).status_code == 404


def test_every_page_of_a_correction_is_in_the_person_s_log(desk, sent):
    before = sent.accesses.count()
    agree_to_send(sent)
    correct(desk, sent, nom="Byron")
    assert "wrote" in list(sent.accesses.values_list("kind", flat=True))
    assert sent.accesses.count() > before


def test_a_citizen_and_a_stranger_have_no_such_pages(sent, page):
    for address in (page, f"/guichet/dossiers/{sent.pk}/corriger", "/guichet/envois"):
        assert Client().get(address).status_code in {302, 303}


def test_a_reference_is_looked_up_without_reading_what_others_sent(desk, sent, page, place):
    other = agree(make_filled_journey("autre"), place, timezone.now())
    StepAnswers.objects.filter(journey=other.journey).update(complete=True)
    submit_journey(passage=load_passage(other.journey), key=uuid.uuid4())
    type(other).objects.filter(pk=other.pk).update(agent=sent.appointment.agent)
    with CaptureQueriesContext(connection) as asked:
        found = desk.post("/guichet/envois", {"reference": Submission.objects.get(journey=sent.journey).reference})
    assert found["Location"] == page
    read = [query["sql"] for query in asked if 'FROM "handoff_handover"' in query["sql"]]
    assert read
    assert not any('"document"' in sql for sql in read)


@pytest.mark.parametrize("due", ["2026-12-31", "31/12/2026"])
def test_a_date_is_read_as_browsers_and_as_people_write_it(desk, page, due):
    assert ask(desk, page, due=due).status_code == 303
    assert CorrectionRequest.objects.get().due_on == dt.date(2026, 12, 31)


def test_a_desk_withdraws_what_it_asked_and_not_what_the_service_asked(desk, sent, page):
    theirs = ask_for(Submission.objects.get(), "nom")
    ask(desk, page)
    own = CorrectionRequest.objects.exclude(pk=theirs.pk).get()
    shown = text(desk.get(page))
    assert f"{page}/{own.pk}" in shown
    assert "Service du Sud" in shown
    assert f"{page}/{theirs.pk}" not in shown
    assert desk.post(f"{page}/{theirs.pk}").status_code == 404
    assert desk.post(f"{page}/{own.pk}").status_code == 303
    theirs.refresh_from_db()
    own.refresh_from_db()
    assert (theirs.ended, own.ended) == ("", "withdrawn")
