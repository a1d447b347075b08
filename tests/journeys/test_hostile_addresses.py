"""Forged addresses, cookies, headers and methods: a right status and a clear page, never a failure of ours."""

import pytest
from django.test import Client

from accessform.journeys.models import Journey
from tests.journeys.citizen_doors import Door, doors_of
from tests.journeys.filling import Citizen
from tests.journeys.hostile import FORM, RIGHT, VALUES, check_page, encoded


@pytest.fixture
def doors(citizen: Citizen) -> dict[str, Door]:
    return doors_of(citizen)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"])
def test_other_methods_are_refused(doors: dict[str, Door], citizen: Citizen, method: str) -> None:
    for door in doors.values():
        assert citizen.client.generic(method, door.address, b"x").status_code == 405


QUERIES = ["q", "aide", "officiel", "retour", "erreurs", "next", "jour", "besoin", "ou", "recu", "envoye"]


@pytest.mark.parametrize("value", VALUES)
def test_a_hostile_address_never_fails(doors: dict[str, Door], citizen: Citizen, value: str) -> None:
    query = encoded(dict.fromkeys(QUERIES, VALUES[value]))[0].decode()
    addresses = {door.address for door in doors.values()} | {"/", "/lieux/", "/demarches/essai/", "/plan-du-site"}
    for address in addresses:
        response = citizen.client.get(f"{address}?{query}")
        assert response.status_code in RIGHT, address


PATHS = [
    "/d/{id}/vous%00/",
    "/d/{id}/%ff%fe/",
    "/d/{id}/%ed%a0%80/",
    "/d/%00/vous/",
    "/d/{id}/" + "a" * 5000 + "/",
    "/d/" + "9" * 5000 + "/",
    "/d/{id}/../../etc/passwd",
    "/d/{id}/vous/%2e%2e/",
    "/reprendre/%00",
    "/reprendre/%ed%a0%80",
    "/reprendre/" + "x:" * 3000,
    "/lieux/" + "9" * 30 + "/",
    "/lieux/" + "9" * 5000 + "/",
    "/lieux/1/essai/%00/",
    "/lieux/1/essai/99991231T2359Z/",
    "/lieux/1/essai/00010101T0000Z/",
    "/demarches/%00/",
    "/demarches/" + "a" * 3000 + "/commencer",
    "/voix/" + "f" * 64 + ".mp3",
    "/au-revoir/inconnu",
    "//exemple.fr/",
    "/%",
    "/static/%00",
    "/static/../../etc/passwd",
]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_hostile_path_is_not_found(citizen: Citizen, method: str) -> None:
    for path in PATHS:
        address = path.replace("{id}", str(Journey.objects.get().pk))
        response = citizen.client.generic(method, address, b"action=next", content_type=FORM)
        assert response.status_code in RIGHT - {204}, path
        if response.status_code == 404 and not address.startswith(("/static", "/voix")):
            check_page(response)


COOKIES = {
    "nul": '"\\000\\000\\000\\000\\000\\000\\000\\000\\000"',
    "long": "a" * 60_000,
    "accents": "é" * 40,
    "forged": "eyJhIjoxfQ:1aaaaa:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "quoted": '"a;b',
    "deep": "[" * 3000,
}


@pytest.mark.parametrize("cookie", COOKIES)
def test_a_hostile_cookie_opens_nothing_and_breaks_nothing(citizen: Citizen, cookie: str) -> None:
    stranger = Client()
    for name in ("af_session", "af_csrf", "af_display", "messages", "inconnu"):
        for path in ("/", citizen.path, "/affichage", "/rendez-vous/"):
            response = stranger.get(path, headers={"cookie": f"{name}={COOKIES[cookie]}"})
            assert response.status_code == (404 if path == citizen.path else 200), (name, path)
            check_page(response)


HEADERS = {
    "Accept-Language": "fr;q=999999999999999999999999," * 3000,
    "Range": "bytes=" + "9" * 5000 + "-",
    "X-Forwarded-For": "\x00,999.999.999.999," * 500,
    "HX-Request": "true",
    "HX-Current-URL": "http://[::1",
    "HX-Prompt-URI-AutoEncoded": "true",
    "Accept-Encoding": "gzip;q=abc, " * 500,
    "If-None-Match": '"' * 5000,
    "Sec-CH-Prefers-Contrast": "\ud83d" * 20,
    "User-Agent": "x" * 60_000,
    "Content-Length": "-1",
}


@pytest.mark.parametrize("header", HEADERS)
def test_a_hostile_header_breaks_nothing(citizen: Citizen, header: str) -> None:
    citizen.client.post("/affichage", {"action": "save", "auto_adapt": "on", "next": "/"})
    for path in ("/", citizen.path, "/affichage", "/lieux/"):
        assert citizen.client.get(path, headers={header: HEADERS[header]}).status_code == 200
