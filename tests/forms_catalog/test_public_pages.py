"""What citizens find: the list, the search, and the page before starting."""

import re
import uuid

import pytest
from django.test import Client

from forms_catalog.models import FormVersion
from forms_catalog.versioning import publish_source, register_form, retire_form
from tests.forms_catalog.written_forms import small_form

pytestmark = pytest.mark.django_db

OTHER = (("slug: petite-demarche", "slug: logement"), ("Petite démarche", "Demander un logement"))


def publish(*changes: tuple[str, str]) -> FormVersion:
    return publish_source(source=small_form(*changes), file="petite.yaml").version


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def at_level(client: Client, level: str) -> None:
    assert client.post("/affichage", {"action": "save", "reading_level": level}).status_code == 303


def test_home_lists_what_can_be_started_with_its_minutes(client):
    publish()
    html = page(client, "/")
    assert 'href="/demarches/petite-demarche/"' in html
    assert re.search(r"environ \d+\u00a0min", html)
    assert 'href="/reprendre"' in html


def test_home_shows_neither_drafts_nor_retired_forms(client):
    register_form(source=small_form(), file="petite.yaml")
    assert "/demarches/petite-demarche/" not in page(client, "/")
    publish()
    retire_form(slug="petite-demarche")
    assert "/demarches/petite-demarche/" not in page(client, "/")


def test_home_speaks_at_the_level_of_the_person(client):
    publish()
    at_level(client, "standard")
    assert "formulaire administratif" in page(client, "/")
    at_level(client, "easy")
    assert "formulaire administratif" not in page(client, "/")


def test_search_finds_words_without_their_accents(client):
    publish()
    publish(*OTHER)
    html = page(client, "/?q=LOGEMENT%20dem")
    assert "/demarches/logement/" in html
    assert "/demarches/petite-demarche/" not in html


@pytest.mark.parametrize("words", ["zzz", "%00", "%3Cscript%3E", "a" * 5000, "%C3%28"])
def test_search_that_finds_nothing_shows_everything_and_never_breaks(client, words):
    publish()
    html = page(client, f"/?q={words}")
    assert "/demarches/petite-demarche/" in html
    assert "<script>" not in html


def test_home_asks_the_database_once(client, django_assert_num_queries):
    publish()
    publish(*OTHER)
    page(client, "/")
    with django_assert_num_queries(1):
        page(client, "/")


def test_the_introduction_says_what_to_know_before_starting(client):
    documents = "retention_days: 90\nbefore_you_start: {minutes: 7, documents: [{label: Une facture}], who_can: Tous}"
    publish(("retention_days: 90", documents))
    html = page(client, "/demarches/petite-demarche/")
    for words in ("Vous demandez un essai.", "Environ 7\u00a0minutes", "Une facture", "Tous", "90\u00a0jours"):
        assert words in html
    assert 'href="tel:0199000000"' in html
    assert "Du lundi au vendredi de 9\u00a0h à 12\u00a0h" in html
    assert "Code de l&#x27;essai, article 1" in html


def test_starting_is_a_post_with_a_key_of_its_own(client):
    publish()
    keys = set()
    for _ in range(2):
        html = page(client, "/demarches/petite-demarche/")
        form = re.search(
            r'<form method="post" action="/demarches/petite-demarche/commencer".*?</form>', html, re.DOTALL
        )
        assert form
        keys.add(uuid.UUID(re.search(r'name="start_key" value="([^"]+)"', form[0])[1]))
    assert len(keys) == 2
    assert client.get("/demarches/petite-demarche/")["Cache-Control"] == "private, no-store"


def test_the_introduction_speaks_at_the_level_of_the_person(client):
    publish()
    at_level(client, "standard")
    assert "Cette démarche permet de demander un essai." in page(client, "/demarches/petite-demarche/")


def test_an_unknown_form_is_not_found_and_a_draft_is_unknown(client):
    register_form(source=small_form(), file="petite.yaml")
    assert client.get("/demarches/petite-demarche/").status_code == 404
    assert client.get("/demarches/inconnue/").status_code == 404


def test_a_retired_form_is_gone_and_says_how_to_finish(client):
    publish()
    retire_form(slug="petite-demarche")
    response = client.get("/demarches/petite-demarche/")
    assert response.status_code == 410
    assert "/reprendre" in response.content.decode()


def test_the_schema_is_served(client):
    response = client.get("/catalogue/form.schema.json")
    assert response["Content-Type"].startswith("application/schema+json")
    assert response.json()["title"].startswith("Démarche accessform")


def test_public_pages_refuse_posts(client):
    publish()
    assert client.post("/demarches/petite-demarche/").status_code == 405
