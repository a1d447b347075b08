"""Error pages speak the person's language and always show a way on."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_unknown_address_answers_404_with_ways_on(client: Client) -> None:
    response = client.get("/nulle-part")
    assert response.status_code == 404
    page = response.content.decode()
    assert "Nous ne trouvons pas cette page" in page
    assert 'href="/lieux/"' in page


def test_a_post_without_its_token_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/plan-du-site")
    assert response.status_code == 403
    assert "rechargez-la" in response.content.decode()
    assert "Vos étapes déjà enregistrées sont gardées" in response.content.decode()


def test_the_home_page_answers(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["Permissions-Policy"].startswith("microphone=()")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
