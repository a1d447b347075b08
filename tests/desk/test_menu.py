"""The desk's menu leads where the account may go, and nowhere else."""

import pytest

from accessform.handoff.models import ProviderName
from tests.desk.test_day import text

pytestmark = pytest.mark.django_db

LINK = 'href="/guichet/rdv-service-public/"'


def take_by_rdv(place) -> None:
    type(place).objects.filter(pk=place.pk).update(provider=ProviderName.RDV_SERVICE_PUBLIC)


def turn_on(settings) -> None:
    settings.RDV_URL = "https://rdv.example.fr"
    settings.RDV_CLIENT_ID, settings.RDV_CLIENT_SECRET = "essai", "essai-secret-partage"


def test_rdv_service_public_is_in_the_menu_of_agents_whose_place_uses_it(desk, place, settings):
    turn_on(settings)
    take_by_rdv(place)
    assert LINK in text(desk)
    page = text(desk, "/guichet/rdv-service-public/")
    assert f'{LINK} aria-current="page"' in page


@pytest.mark.parametrize(("is_on", "uses_it"), [(False, False), (True, False), (False, True)])
def test_it_is_in_no_other_menu(desk, place, settings, is_on, uses_it):
    if is_on:
        turn_on(settings)
    if uses_it:
        take_by_rdv(place)
    assert LINK not in text(desk)
