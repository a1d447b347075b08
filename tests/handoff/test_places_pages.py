"""The pages of places: near what the person typed, with reasons; where it all comes from; few queries."""

import datetime as dt
from http import HTTPStatus

import pytest

from accessform.handoff.models import Motif, Place, PlaceFeature
from accessform.handoff.services.importing import import_file
from tests.handoff.conftest import add_agent
from tests.handoff.test_importing import FRANCE_SERVICES, MEDIATION

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return answer.content.decode().replace("&#x27;", "'").replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def imported(clock):
    day = dt.date(2026, 3, 1)
    import_file(FRANCE_SERVICES.read_bytes(), source="france-services", file_name="a.csv", file_date=day)
    import_file(MEDIATION.read_bytes(), source="mediation-numerique", file_name="b.json")


def test_places_near_a_commune_come_with_their_distance(client, imported):
    page = text_of(client.get("/lieux/?ou=Rennes"))
    first = page.split('<ul class="places">')[1]
    assert first.index("France services du Marché") < first.index("Bus France services des Landes")
    assert "À moins de 1 km en ligne droite" in first
    assert "Océan" not in first
    assert 'value="Rennes"' in page


def test_few_places_near_add_those_that_travel(client, imported):
    page = text_of(client.get("/lieux/?ou=35133"))
    assert "Il y a peu de lieux près de chez vous" in page
    otherwise = page.split('id="autrement"')[1]
    assert "Bus France services des Landes" in otherwise
    assert "Ce service change de commune selon les jours" in otherwise


def test_a_need_declared_long_ago_is_said_with_its_month(client, imported):
    page = text_of(client.get("/lieux/?ou=Rennes&besoin=deaf_welcome"))
    assert "Oui en mai 2021, à vérifier : un accueil si vous entendez mal ou pas" in page
    assert "Pas sûr : un accueil si vous entendez mal ou pas" in page


def test_an_imported_place_says_what_it_says_and_who_says_it(client, imported):
    place = Place.objects.get(source="mediation-numerique", source_id="a")
    page = text_of(client.get(f"/lieux/{place.pk}/"))
    assert "« Gratuit. »" in page
    assert "D'après : Lieux de médiation numérique, mai 2021." in page
    assert "Pas de rendez-vous par Internet. Vous pouvez appeler, ou venir aux heures d'ouverture." in page
    bus = Place.objects.get(source="france-services", source_id="2")
    page = text_of(client.get(f"/lieux/{bus.pk}/"))
    assert 'href="mailto:accueil@landes.exemple.fr"' in page
    assert "Ce service change de commune selon les jours" in page


def test_a_place_that_has_closed_is_not_found(client, imported):
    Place.objects.filter(source_id="1").update(gone_since=dt.date(2026, 3, 2))
    place = Place.objects.get(source_id="1")
    assert client.get(f"/lieux/{place.pk}/").status_code == HTTPStatus.NOT_FOUND
    assert "France services du Marché" not in text_of(client.get("/lieux/?ou=Rennes"))


@pytest.mark.parametrize("level", ["standard", "plain", "easy"])
def test_the_sources_are_public_with_their_licences(client, imported, level):
    session = client.session
    session["presentation"] = {"values": {"reading_level": level}}
    session.save()
    answer = client.get("/lieux/sources/")
    page = text_of(answer)
    assert answer.status_code == HTTPStatus.OK
    assert "5 lieux" in page
    assert "Licence Ouverte 2.0" in page
    assert "GeoNames" in page
    assert "mars 2026" in page
    assert "{" not in page.split("<main")[1].split("</main")[0]


def test_the_sources_page_without_any_import_says_so(client):
    assert "Nous n'utilisons pas encore de liste publique" in text_of(client.get("/lieux/sources/"))


def test_the_sources_are_linked_from_the_places_and_the_site_map(client):
    assert 'href="/lieux/sources/"' in text_of(client.get("/lieux/"))
    assert 'href="/lieux/sources/"' in text_of(client.get("/plan-du-site"))


def test_the_list_takes_the_same_queries_whatever_the_number_of_places_and_motifs(
    client, clock, place, motif, django_assert_num_queries
):
    add_agent(place, motif)
    client.get("/lieux/")
    with django_assert_num_queries(11):
        client.get("/lieux/?ou=75011")
    for number in range(2, 12):
        other = Place.objects.create(source="test", source_id=str(number), name=f"Lieu {number}", department="75")
        PlaceFeature.objects.create(place=other, feature="quiet", present=True)
        another = Motif.objects.create(slug=f"autre-{number}", label=motif.label, minutes=20, notice_hours=0)
        add_agent(other, another, "Guichet 1")
    with django_assert_num_queries(11):
        page = text_of(client.get("/lieux/?ou=75011"))
    assert page.count("Premier rendez-vous : lundi 23 novembre") == 11
