"""The citizen's pages show how each place gives its appointments; the agent's pages lead there and back."""

import datetime as dt
import re
import uuid
from http import HTTPStatus

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accessform.handoff.models import (
    AgentConnection,
    Appointment,
    ConnectionAttempt,
    Contact,
    ExternalPlan,
    PlanStatus,
    ProviderConsent,
    ProviderName,
    ReceivedEvent,
)
from accessform.handoff.providers.rdv_service_public.plans import poll_due
from accessform.handoff.services.provider_consents import digest_consent_text
from accessform.operations.keys import new_data_key
from accessform.trust.erasure import erase_journey
from accessform.trust.export import export_journey
from accessform.trust.retention import kept, purge
from accessform.trust.rotation import rotate_everything
from tests.handoff.conftest import MONDAY_NINE, open_journey
from tests.handoff.pages import DETAILS, book, slot_address, text_of
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
DESK = "/guichet/rdv-service-public/"


@pytest.fixture
def person(client, journey):
    open_journey(client, journey)
    return client


@pytest.fixture
def agent_client(client, user, desk):
    return sign_in(client, user)


def look(client, place, journey=None) -> str:
    return text_of(client.get(f"/lieux/{place.pk}/" + (f"?demarche={journey.pk}" if journey else "")))


def agree(client, place, **posted):
    return client.post(f"/lieux/{place.pk}/demander", {"key": str(uuid.uuid4()), **DETAILS, **posted})


def test_another_site_is_named_before_one_goes_there(person, place, motif, agent, journey):
    place.provider, place.provider_url = ProviderName.EXTERNAL_LINK, "https://rdv.exemple.fr/maison?x=1"
    place.save()
    page = look(person, place, journey)
    assert "Ce lieu donne ses rendez-vous sur un autre site, rdv.exemple.fr." in page
    assert "Nous n'envoyons rien à ce site." in page
    assert "Nous gardons votre démarche comme vous l'avez laissée." in page
    link = re.search(r'<a class="button primary" href="https://rdv\.exemple\.fr/maison\?x=1" rel="([^"]+)">', page)
    assert "noreferrer" in link[1]
    assert "Aller sur rdv.exemple.fr" in page
    assert "Choisir un rendez-vous" not in page
    assert motif.label["standard"] not in page


def test_an_address_that_is_not_https_never_enters_the_database(place):
    place.provider, place.provider_url = ProviderName.EXTERNAL_LINK, "http://rdv.exemple.fr/"
    with pytest.raises(IntegrityError), transaction.atomic():
        place.save()
    place.provider_url = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        place.save()
    with pytest.raises(ValidationError):
        place.full_clean()


def test_a_bad_address_that_begins_well_is_shown_as_a_telephone(client, place):
    place.provider, place.provider_url = ProviderName.EXTERNAL_LINK, "https://user@rdv.exemple.fr/"
    place.save()
    page = look(client, place)
    assert "user@" not in page
    assert "Pour un rendez-vous, appelez ce lieu." in page


def test_a_place_by_telephone_has_its_number_its_hours_and_the_call_back(person, clock, place, journey):
    place.provider = ProviderName.PHONE_ONLY
    place.save()
    page = look(person, place, journey)
    assert "Pour un rendez-vous, appelez ce lieu." in page
    assert page.count('href="tel:0199001111"') == 1
    assert "Ouvre lundi 23 novembre à 9 h" in page
    assert f'href="/d/{journey.pk}/personne/rappel"' in page
    assert "rappel" not in look(person, place)


def test_cards_say_how_a_place_gives_its_appointments(client, clock, place):
    place.provider = ProviderName.PHONE_ONLY
    place.save()
    page = text_of(client.get("/lieux/"))
    assert "Rendez-vous par téléphone" in page
    assert "Pas de rendez-vous par Internet" not in page


def test_an_old_tab_of_our_slots_leads_back_to_the_place(person, clock, place, motif, agent):
    place.provider = ProviderName.PHONE_ONLY
    place.save()
    for answer in (
        person.get(f"/lieux/{place.pk}/{motif.slug}/"),
        person.get(slot_address(place, motif)),
        book(person, place, motif, MONDAY_NINE),
    ):
        assert answer.status_code == HTTPStatus.SEE_OTHER
        assert answer["Location"] == f"/lieux/{place.pk}/"
    assert not Appointment.objects.exists()


def test_the_person_reads_what_would_be_sent_before_agreeing(person, server, rdv_place, journey):
    assert f"/lieux/{rdv_place.pk}/demander?demarche={journey.pk}" in look(person, rdv_place, journey)
    page = text_of(person.get(f"/lieux/{rdv_place.pk}/demander?demarche={journey.pk}"))
    assert "Ce lieu utilise RDV Service Public, un service de l'État." in page
    assert "nous envoyons à ce service votre nom et votre téléphone" in page
    assert "Nous n'envoyons jamais vos réponses." in page
    assert not ProviderConsent.objects.exists()


def test_agreeing_keeps_the_words_agreed_to_and_sends_nothing_yet(person, server, rdv_place, journey):
    answer = agree(person, rdv_place, demarche=str(journey.pk))
    assert answer["Location"] == f"/lieux/{rdv_place.pk}/?demarche={journey.pk}"
    consent = ProviderConsent.objects.get()
    assert (consent.journey, consent.channel, consent.text_digest) == (journey, "phone", digest_consent_text())
    assert "Votre demande attend un agent du lieu." in look(person, rdv_place, journey)
    assert "attend un agent" in text_of(person.get(f"/d/{journey.pk}/personne"))
    assert server.requests == []


def test_a_replayed_agreement_is_the_same_one(person, server, rdv_place):
    posted = {"key": "une-page", **DETAILS}
    for _ in range(2):
        person.post(f"/lieux/{rdv_place.pk}/demander", posted)
    assert ProviderConsent.objects.count() == 1


def test_without_a_way_to_be_reached_nothing_is_agreed(person, server, rdv_place):
    answer = agree(person, rdv_place, phone="", email="")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#phone"' in text_of(answer)
    assert not ProviderConsent.objects.exists()


def test_where_it_is_off_one_calls_and_nobody_can_agree(person, rdv_place, settings):
    settings.RDV_URL = ""
    assert "Pour un rendez-vous, appelez ce lieu." in look(person, rdv_place)
    assert agree(person, rdv_place)["Location"] == f"/lieux/{rdv_place.pk}/"
    assert not ProviderConsent.objects.exists()


def test_where_it_is_off_agents_find_nothing(agent_client, settings):
    settings.RDV_URL = ""
    assert agent_client.get(DESK).status_code == HTTPStatus.NOT_FOUND


def test_taking_back_before_anything_was_sent_erases_all(person, server, rdv_place):
    agree(person, rdv_place)
    consent = ProviderConsent.objects.get()
    address = f"/lieux/{rdv_place.pk}/demander/{consent.pk}/retirer"
    assert person.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    for _ in range(2):
        page = text_of(person.post(address, follow=True))
        assert "Nous n'avions rien envoyé." in page
    assert not ProviderConsent.objects.exists()
    assert not Contact.objects.exists()


def test_nobody_takes_back_another_s_agreement(client, server, consent, rdv_place):
    answer = client.post(f"/lieux/{rdv_place.pk}/demander/{consent.pk}/retirer")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert ProviderConsent.objects.filter(withdrawn_at=None).exists()


def test_the_whole_way_from_the_person_to_the_appointment(
    client, server, desk, user, rdv_place, journey, django_user_model
):
    open_journey(client, journey)
    agree(client, rdv_place, demarche=str(journey.pk))
    consent = ProviderConsent.objects.get()

    at_desk = type(client)()
    sign_in(at_desk, user)
    assert "Camille Exemple" in text_of(at_desk.get(DESK))
    going = text_of(at_desk.post(f"{DESK}connexion", follow=True))
    address = re.search(r'href="(http://127[^"]+/oauth/authorize[^"]+)" rel="noreferrer external"', going)[1]
    back = at_desk.get(f"{DESK}retour", server.authorize(address.replace("&amp;", "&")))
    assert back["Location"] == DESK
    assert "Vous êtes connecté" in text_of(at_desk.get(DESK))
    page = text_of(at_desk.post(f"{DESK}{consent.pk}/ouvrir", follow=True))
    plan = ExternalPlan.objects.get()
    assert f'href="{plan.url}"' in page
    assert "Aller sur rdv.example.fr" in page
    assert "Un agent a pris votre demande." in look(client, rdv_place, journey)

    server.choose_time(plan.remote_id, (timezone.now() + dt.timedelta(days=2)).replace(minute=0, second=0))
    ExternalPlan.objects.update(next_poll_at=timezone.now())
    poll_due()
    page = look(client, rdv_place, journey)
    assert "Vous avez rendez-vous" in page
    assert "Pour changer l'heure ou annuler, appelez le lieu." in page
    assert "Retirer ma demande" not in page
    late = text_of(client.post(f"/lieux/{rdv_place.pk}/demander/{consent.pk}/retirer", follow=True))
    assert "Nous avions déjà envoyé votre nom" in late
    again = text_of(client.post(f"/lieux/{rdv_place.pk}/demander/{consent.pk}/retirer", follow=True))
    assert "Nous avions déjà envoyé votre nom" in again


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        ({"error": "access_denied"}, "n'a pas été accordée"),
        ({"code": "inventé"}, "n'a pas été accordée"),
        ({"state": "inventé", "code": "x"}, "n'est plus valable"),
        ({"state": ""}, "n'est plus valable"),
    ],
)
def test_a_return_without_leave_is_said_plainly(agent_client, server, returned, said):
    going = text_of(agent_client.post(f"{DESK}connexion", follow=True))
    address = re.search(r'href="(http://127[^"]+)" rel="noreferrer external"', going)[1].replace("&amp;", "&")
    state = server.authorize(address)["state"]
    page = text_of(agent_client.get(f"{DESK}retour", {"state": state, **returned}, follow=True))
    assert said in page
    assert not AgentConnection.objects.exists()


def test_a_silent_server_is_said_plainly_at_the_return_and_at_the_start(agent_client, server, consent, connected):
    server.faults.append(("status", 500))
    page = text_of(agent_client.post(f"{DESK}{consent.pk}/ouvrir", follow=True))
    assert "RDV Service Public ne répond pas pour le moment. La demande est gardée" in page
    going = text_of(agent_client.post(f"{DESK}connexion", follow=True))
    address = re.search(r'href="(http://127[^"]+)" rel="noreferrer external"', going)
    server.faults.append(("reset",))
    returned = server.authorize((address[1] if address else going).replace("&amp;", "&"))
    assert "n'a pas répondu à temps" in text_of(agent_client.get(f"{DESK}retour", returned, follow=True))


@pytest.mark.parametrize("path", ["", "aller", "retour", "connexion", "deconnexion", f"{uuid.UUID(int=1)}/ouvrir"])
def test_the_desk_is_for_agents_of_such_places(client, server, desk, user, path):
    method = client.post if path.endswith(("connexion", "ouvrir")) else client.get
    answer = method(f"{DESK}{path}")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert "/connexion" in answer["Location"]
    one_factor = type(client)()
    one_factor.force_login(user)
    answer = one_factor.get(DESK) if method == client.get else one_factor.post(f"{DESK}{path}")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    sign_in(client, get_user_model().objects.create_user("personne", is_staff=True))
    assert method(f"{DESK}{path}").status_code == HTTPStatus.FORBIDDEN


def test_an_agent_of_another_place_sees_and_starts_nothing(client, server, consent, motif, connected):
    from accessform.handoff.models import AgentProfile, Place

    other = Place.objects.create(
        source="test", source_id="9", name="Ailleurs", department="75", provider=ProviderName.RDV_SERVICE_PUBLIC
    )
    stranger = get_user_model().objects.create_user("autre-guichet")
    AgentProfile.objects.create(place=other, name="Guichet 1", user=stranger)
    sign_in(client, stranger)
    assert "Camille" not in text_of(client.get(DESK))
    assert client.post(f"{DESK}{consent.pk}/ouvrir").status_code == HTTPStatus.NOT_FOUND
    assert not ExternalPlan.objects.exists()


def test_erasing_a_journey_erases_the_agreement_its_plan_and_the_contact(consent, desk, journey):
    ExternalPlan.objects.create(consent=consent, agent=desk, status=PlanStatus.WAITING, remote_id=1)
    erase_journey(journey.pk)
    assert not ProviderConsent.objects.exists()
    assert not ExternalPlan.objects.exists()
    assert not Contact.objects.exists()


def test_the_export_says_what_was_agreed_to_and_told(consent, journey):
    held = export_journey(journey.pk)["held"]["handoff"]["provider_consents"]
    assert held[0]["told"] == {"name": "Camille Exemple", "phone": "+33199001010"}
    assert held[0]["withdrawn_at"] is None


def test_a_contact_that_an_agreement_needs_is_not_purged_as_unused(consent):
    purge(timezone.now() + dt.timedelta(days=2))
    assert Contact.objects.exists()


def test_nothing_outlives_its_time(consent, desk, user):
    now = timezone.now()
    ReceivedEvent.objects.create(digest="x", event_at=now, received_at=now)
    ConnectionAttempt.objects.create(state_digest="x", user=user, verifier="v", begun_at=now)
    AgentConnection.objects.create(user=user, access_token="a", expires_at=now)
    starts_at = now + dt.timedelta(days=20)
    ExternalPlan.objects.create(
        consent=consent, agent=desk, status=PlanStatus.BOOKED, remote_id=1, remote_rdv=2, starts_at=starts_at
    )
    second = dt.timedelta(seconds=1)
    purge(now + kept("provider_traces").keep + second)
    assert not ReceivedEvent.objects.exists()
    assert not ConnectionAttempt.objects.exists()
    purge(now + kept("plans").keep + second)
    assert ProviderConsent.objects.exists()
    purge(starts_at + kept("plans").keep + second)
    assert not ProviderConsent.objects.exists()
    assert not ExternalPlan.objects.exists()
    assert not Contact.objects.exists()
    purge(now + kept("agent_connections").keep + second)
    assert not AgentConnection.objects.exists()


def test_tokens_go_under_a_newer_key(server, connected, user, settings):
    before = AgentConnection.objects.get().access_token
    settings.DATA_KEYS = [new_data_key(), *settings.DATA_KEYS]
    assert all(report.unreadable == 0 for report in rotate_everything())
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    assert AgentConnection.objects.get().access_token == before
