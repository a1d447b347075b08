"""A place's administrators: only their own places, facts that an import owns left alone, agents never deleted."""

import datetime as dt
import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from accessform.desk.models import PlaceAdministrator
from accessform.handoff.models import AgentProfile, Appointment, Motif, Opening, Place, PlaceFeature
from tests.desk.conftest import sit
from tests.desk.places import administer, agree, save, words
from tests.handoff.conftest import add_agent
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(place) -> str:
    return f"/guichet/lieux/{place.pk}/"


@pytest.fixture
def claire(client, clock, place) -> Client:
    return administer(place, client=client)


@pytest.fixture
def elsewhere(motif) -> AgentProfile:
    place = Place.objects.create(
        source="test", source_id="2", name="Maison voisine", postal_code="75012", city="Paris", department="75"
    )
    return add_agent(place, motif, "Guichet voisin")


def test_an_administrator_sees_own_places_and_lands_there(claire, place, elsewhere):
    page = words(claire.get("/guichet/lieux/"))
    assert "Maison d'essai, Paris" in page
    assert "Maison voisine" not in page


def test_every_address_of_another_place_is_not_found(claire, place, elsewhere, root):
    opening, other = elsewhere.openings.get(), f"/guichet/lieux/{elsewhere.place_id}/"
    gets = ["", "a-prevenir", "fiche", "aides/wheelchair", "guichets/ajouter", "motifs", "plages/", "plages/ajouter"]
    gets += ["absences/ajouter", "fermetures/ajouter", f"guichets/{elsewhere.pk}/", f"plages/{opening.pk}/"]
    assert {claire.get(other + each).status_code for each in gets} == {404}
    posts = [f"plages/{opening.pk}/retirer", f"guichets/{elsewhere.pk}/recevoir", "fermetures/1/retirer"]
    assert {claire.post(other + each, {"active": "0"}).status_code for each in [*gets[2:6], *gets[7:], *posts]} == {404}
    assert claire.get(f"{root}guichets/{elsewhere.pk}/").status_code == 404
    assert claire.get(f"{root}plages/{opening.pk}/").status_code == 404
    assert claire.get(f"/guichet/lieux/{10**30}/").status_code == 404
    claire.post(f"{root}plages/{opening.pk}/retirer")
    assert claire.post(f"{root}guichets/{elsewhere.pk}/recevoir", {"active": "0"}).status_code == 404
    assert Opening.objects.filter(pk=opening.pk).exists()


def test_an_agent_or_a_designer_is_no_administrator(place, agent, clock):
    for user in (sit(agent), User.objects.create_user("conception", is_staff=True)):
        assert sign_in(Client(), user).get("/guichet/lieux/").status_code == 403
    assert Client().get("/guichet/lieux/")["Location"] == "/equipe/connexion?next=/guichet/lieux/"


def test_an_administrator_is_no_agent(claire, appointment):
    assert claire.get("/guichet/").status_code == 403
    assert claire.get(f"/guichet/rendez-vous/{appointment.pk}/").status_code == 403


def test_taking_the_place_away_ends_the_open_session_at_once(claire, root):
    assert claire.get(root).status_code == 200
    PlaceAdministrator.objects.all().delete()
    assert claire.get(root).status_code == 403


def test_the_menu_leads_to_the_places(client, clock, place, agent):
    user = sit(agent)
    assert "Lieux" not in words(sign_in(client, user).get("/guichet/"))
    PlaceAdministrator.objects.create(user=user, place=place)
    assert '<a class="tool" href="/guichet/lieux/">Lieux</a>' in words(client.get("/guichet/"))


def seen(client: Client, address: str) -> str:
    return words(client.get(address)).split('name="seen" value="')[1].split('"')[0]


def test_facts_are_written(claire, place, root):
    facts = {"directions": "Bus 12, arrêt Mairie", "relay": "SMS", "phone": "0199001010", "hours": "Mo-Fr 9h00–12h00"}
    response = claire.post(f"{root}fiche", {**facts, "seen": seen(claire, f"{root}fiche")})
    assert response.status_code == 303
    place.refresh_from_db()
    assert (place.directions, place.relay, place.phone) == ("Bus 12, arrêt Mairie", "SMS", "01 99 00 10 10")
    assert place.hours == "Mo-Fr 9:00-12:00"


def test_hours_that_cannot_be_read_are_refused_and_nothing_typed_is_lost(claire, place, root):
    data = {"directions": "Par la cour", "relay": "", "phone": "douze", "hours": "tous les matins"}
    response = claire.post(f"{root}fiche", {**data, "seen": seen(claire, f"{root}fiche")})
    page = words(response)
    assert response.status_code == 422
    assert all(f'href="#{name}"' in page and f'id="{name}-error"' in page for name in ("phone", "hours"))
    assert all(text in page for text in ("Par la cour", "douze", "tous les matins", "Erreur : "))
    place.refresh_from_db()
    assert place.directions == ""
    assert place.hours == "Mo-Fr 09:00-12:00"


def test_what_an_import_owns_is_shown_and_not_written(claire, place, root):
    Place.objects.update(source="france-services")
    assert "01 99 00 11 11" in words(claire.get(root))
    assert 'name="phone"' not in words(claire.get(f"{root}fiche"))
    sent = {"directions": "Au fond", "relay": "", "phone": "0100000000", "hours": "24/7", "name": "Pirate"}
    assert claire.post(f"{root}fiche", {**sent, "seen": seen(claire, f"{root}fiche")}).status_code == 303
    place.refresh_from_db()
    assert (place.directions, place.phone, place.hours) == ("Au fond", "01 99 00 11 11", "Mo-Fr 09:00-12:00")


def test_two_administrators_of_the_same_facts_lose_nothing(claire, place, root):
    other = administer(place, "bruno")
    was = seen(claire, f"{root}fiche")
    first = {"directions": "De Bruno", "relay": "", "phone": place.phone, "hours": place.hours, "seen": was}
    assert other.post(f"{root}fiche", first).status_code == 303
    late = claire.post(f"{root}fiche", {**first, "directions": "De Claire"})
    assert late.status_code == 409
    assert "De Bruno" in words(late)
    assert "De Claire" in words(late)
    place.refresh_from_db()
    assert place.directions == "De Bruno"
    assert other.post(f"{root}fiche", first).status_code == 303


def test_a_feature_is_yes_no_or_unknown_with_its_evidence(claire, place, root):
    address = f"{root}aides/wheelchair"
    bare = claire.post(address, {"state": "oui", "checked_on": "01/11/2026", "seen": seen(claire, address)})
    assert bare.status_code == 422
    assert 'href="#evidence"' in words(bare)
    late = {"state": "oui", "evidence": "Vu", "checked_on": "01/11/2027", "seen": seen(claire, address)}
    assert "pas encore venu" in words(claire.post(address, late))
    told = {"state": "non", "evidence": "Trois marches", "checked_on": "01/11/2026", "seen": seen(claire, address)}
    assert claire.post(address, told).status_code == 303
    row = PlaceFeature.objects.get()
    assert (row.present, row.evidence, row.checked_on, row.source) == (False, "Trois marches", dt.date(2026, 11, 1), "")
    assert claire.post(address, {"state": "inconnu", "seen": seen(claire, address)}).status_code == 303
    assert not PlaceFeature.objects.exists()
    assert claire.get(f"{root}aides/autre-chose").status_code == 404


def test_an_import_s_word_is_never_taken_away(claire, place, root):
    PlaceFeature.objects.create(
        place=place, feature="quiet", present=True, source="test", evidence="Le lieu le déclare"
    )
    address = f"{root}aides/quiet"
    claire.post(address, {"state": "inconnu", "seen": seen(claire, address)})
    assert PlaceFeature.objects.get().source == "test"
    claire.post(
        address, {"state": "non", "evidence": "Travaux", "checked_on": "2026-11-20", "seen": seen(claire, address)}
    )
    assert (PlaceFeature.objects.get().source, PlaceFeature.objects.get().present) == ("", False)


def test_an_agent_is_added_once_and_given_an_account(claire, place, root):
    User.objects.create_user("amina")
    for status in (303, 422):
        response = claire.post(f"{root}guichets/ajouter", {"name": " Guichet  7 ", "account": "amina"})
        assert response.status_code == status
    assert "déjà un guichet de ce nom" in words(response)
    agent = AgentProfile.objects.get()
    assert (agent.name, agent.user.username, agent.place) == ("Guichet 7", "amina", place)
    wrong = claire.post(f"{root}guichets/{agent.pk}/", {"name": "Guichet 8", "account": "personne"})
    assert wrong.status_code == 422
    assert 'value="Guichet 8"' in words(wrong)
    assert 'href="#account"' in words(wrong)


def test_an_agent_renamed_by_two_keeps_the_first_name_until_the_second_has_read_it(claire, place, agent, root):
    address = f"{root}guichets/{agent.pk}/"
    was = seen(claire, address)
    assert administer(place, "bruno").post(address, {"name": "Accueil", "seen": was}).status_code == 303
    late = claire.post(address, {"name": "Bureau", "seen": was})
    assert late.status_code == 409
    assert "Accueil" in words(late)
    agent.refresh_from_db()
    assert agent.name == "Accueil"
    assert claire.post(address, {"name": "Bureau", "seen": seen(claire, address)}).status_code == 303


def test_an_agent_with_appointments_stops_and_is_not_deleted(claire, appointment, agent, root):
    address = f"{root}guichets/{agent.pk}/recevoir"
    shown = claire.post(address, {"active": "0"})
    assert "Camille Exemple" in words(shown)
    assert 'href="tel:0199001010"' in words(shown)
    assert AgentProfile.objects.get().is_active
    done = agree(claire, address, shown, {"active": "0"})
    assert done["Location"] == f"{root}a-prevenir"
    assert not AgentProfile.objects.get().is_active
    assert Appointment.objects.get().status == "booked"
    assert "Camille Exemple" in words(claire.get(f"{root}a-prevenir"))
    save(claire, address, {"active": "1"})
    assert "Camille Exemple" not in words(claire.get(f"{root}a-prevenir"))


def test_a_motif_taken_away_tells_who_comes_for_it(claire, appointment, agent, root, motif):
    address, other = f"{root}motifs", Motif.objects.create(slug="autre", label=motif.label, minutes=30)
    data = {f"motifs-{agent.pk}": ["autre"], "seen": seen(claire, address)}
    shown = claire.post(address, data)
    assert "ne reçoit pas pour ce motif" in words(shown)
    assert agree(claire, address, shown, data).status_code == 303
    assert set(agent.motifs.all()) == {other}
    again = claire.post(address, data)
    assert again.status_code == 303
    stale = claire.post(address, {f"motifs-{agent.pk}": ["remplir"], "seen": data["seen"]})
    assert stale.status_code == 409
    assert set(agent.motifs.all()) == {other}


def test_another_place_s_agent_or_an_unknown_motif_in_the_boxes_changes_nothing(claire, agent, elsewhere, root):
    address = f"{root}motifs"
    sent = {f"motifs-{elsewhere.pk}": [], f"motifs-{agent.pk}": ["remplir", "inconnu"], "seen": seen(claire, address)}
    assert claire.post(address, sent).status_code == 303
    assert elsewhere.motifs.count() == agent.motifs.count() == 1


def make(monkeypatch, *arguments: str) -> str:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("une phrase de passe longue\n"))
    call_command("place_administrator", "claire", *arguments, "--password-from-input", stdout=out)
    return out.getvalue()


def test_the_command_makes_an_administrator_and_takes_the_place_away(monkeypatch, place):
    assert make(monkeypatch, "--place", "test:1") == "claire : compte créé, Maison d'essai\n"
    assert make(monkeypatch, "--place", "test:1") == "claire : mot de passe changé, Maison d'essai\n"
    row = PlaceAdministrator.objects.get()
    assert (row.user.is_staff, row.place) == (False, place)
    assert make(monkeypatch, "--leave") == "claire : 1 lieu retiré\n"


@pytest.mark.parametrize("named", ["", "test", "test:9", "test:0b0e4a7c-3f50-4b8e-9a45-0f6a1a4f2c11"])
def test_the_command_refuses_a_place_that_is_not_there(monkeypatch, place, named):
    with pytest.raises(CommandError, match="aucun lieu"):
        make(monkeypatch, "--place", named)
    assert not User.objects.exists()


@pytest.mark.parametrize("phone", ["+49 1512 3456 7890 12", "douze", "\0", "01 99 00 11 11\0"])
def test_no_phone_number_breaks_the_page(claire, place, root, phone):
    facts = {"directions": "Cour\0 du fond", "relay": "", "phone": phone, "hours": "\0"}
    response = claire.post(f"{root}fiche", {**facts, "seen": seen(claire, f"{root}fiche")})
    place.refresh_from_db()
    if response.status_code == 303:
        assert place.directions == "Cour du fond"
        assert place.phone in {"", "01 99 00 11 11"}
    else:
        assert response.status_code == 422
        assert 'id="phone-error"' in words(response)


def test_an_account_or_a_name_with_signs_that_no_database_takes_is_read_without_them(claire, place, root):
    assert claire.post(f"{root}guichets/ajouter", {"name": "Guichet\0 9", "account": "\0"}).status_code == 303
    assert AgentProfile.objects.get().name == "Guichet 9"
