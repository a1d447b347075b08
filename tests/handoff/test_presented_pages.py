"""Outside its steps too, a journey's pages look as the person accepted them to look."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accessform.adaptation.services import accept_offer, load_state
from accessform.handoff.models import Contact
from accessform.handoff.presenting import make_stamp
from accessform.handoff.services.booking import book_appointment
from tests.handoff.conftest import MONDAY_NINE

IN_JOURNEY = ["personne", "personne/rappel", "reprendre", "quitter"]
PAGES = [*IN_JOURNEY, "place", "slots", "book", "appointment", "move", "cancel"]


@pytest.fixture
def enlarged(client, clock, journey, agent) -> Client:
    """Somebody who accepted bigger text in this journey."""
    session = client.session
    session["journeys"] = [str(journey.pk)]
    session.save()
    accept_offer(state=load_state(journey.pk), offer_id="larger_text")
    return client


def address_of(page: str, journey, place, motif) -> str:
    if page in {"place", "slots", "book"}:
        known = {"place": [place.pk], "slots": [place.pk, motif.slug]}
        where = known.get(page, [place.pk, motif.slug, make_stamp(MONDAY_NINE)])
        return f"{reverse(page, args=where)}?demarche={journey.pk}"
    if page in {"appointment", "move", "cancel"}:
        contact = Contact.objects.create(name="Camille", phone="+33199001010")
        booked = book_appointment(
            place=place, motif=motif, start=MONDAY_NINE, contact=contact, key=uuid.uuid4(), journey=journey
        )
        names = {"move": "move_appointment", "cancel": "cancel_appointment"}
        return reverse(names.get(page, page), args=[booked.appointment.pk])
    return f"/d/{journey.pk}/{page}"


@pytest.mark.parametrize("page", PAGES)
def test_it_keeps_the_bigger_text_and_goes_up_from_there(enlarged, journey, place, motif, page):
    address = address_of(page, journey, place, motif)
    assert 'data-text-size="150"' in enlarged.get(address).content.decode()
    enlarged.post("/affichage", {"action": "larger", "next": address})
    assert 'data-text-size="175"' in enlarged.get(address).content.decode()


def test_a_refused_contact_keeps_it_too(enlarged, journey, place, motif):
    address = address_of("book", journey, place, motif).partition("?")[0]
    refused = enlarged.post(address, {"key": str(uuid.uuid4()), "name": "", "demarche": str(journey.pk)})
    assert refused.status_code == 422
    assert 'data-text-size="150"' in refused.content.decode()


def test_another_session_s_journey_lends_nothing(enlarged, journey, place, motif):
    address = address_of("slots", journey, place, motif)
    assert 'data-text-size="100"' in Client().get(address).content.decode()


def test_more_settings_lead_back_to_the_journey_s_own_page(enlarged, journey, place, motif):
    address = address_of("slots", journey, place, motif)
    page = enlarged.get(address).content.decode()
    assert f'href="/affichage?next=/lieux/{place.pk}/{motif.slug}/%3Fdemarche%3D{journey.pk}"' in page
