"""Hints of the device: from an allow-list, and only for who asked."""

import json

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESS = "/affichage/appareil"


def send(client: Client, data: object, **headers: str):
    return client.post(ADDRESS, json.dumps(data), content_type="application/json", headers=headers)


@pytest.fixture
def asking(client: Client) -> Client:
    client.post("/affichage", {"action": "save", "auto_adapt": "on", "help_offers": "on", "voice_autoplay": "on"})
    return client


def hints(client: Client, **headers: str) -> dict[str, object]:
    return dict(client.get("/affichage", headers=headers).context["presentation"].hints)


def test_nothing_is_taken_from_who_did_not_ask(client):
    assert send(client, {"zoom": 200}).status_code == 403
    assert hints(client, **{"Save-Data": "on", "Accept-Language": "de"}) == {}
    assert "hints.js" not in client.get("/affichage").content.decode()
    assert "Accept-CH" not in client.get("/affichage").headers


def test_allowed_hints_are_kept_for_the_visit(asking):
    sent = {"zoom": 200, "touch": True, "contrast": "more"}
    assert send(asking, sent).status_code == 204
    assert hints(asking) == sent
    assert "hints.js" in asking.get("/affichage").content.decode()


@pytest.mark.parametrize(
    "data",
    [{"fonts": ["Arial"]}, {"zoom": 137}, {"touch": 1}, {"zoom": True}, [], "zoom", None, {"contrast": "x" * 5000}],
)
def test_anything_else_is_refused(asking, data):
    assert send(asking, data).status_code == 400
    assert hints(asking) == {}


def test_what_is_not_json_is_refused(asking):
    for body in (b"{", b"\xff", b"[" * 1500):
        assert asking.post(ADDRESS, body, content_type="application/json").status_code == 400


def test_headers_tell_without_javascript(asking):
    headers = {"Save-Data": "on", "Accept-Language": "ar,fr;q=0.5", "Sec-CH-Prefers-Contrast": '"more"'}
    assert hints(asking, **headers) == {"save_data": True, "language": "other", "contrast": "more"}
    assert "Sec-CH-Prefers-Reduced-Motion" in asking.get("/affichage")["Accept-CH"]


def test_switching_it_off_forgets_them(asking):
    send(asking, {"zoom": 200})
    asking.post("/affichage", {"action": "save", "help_offers": "on", "voice_autoplay": "on"})
    assert "hints" not in asking.session
    assert hints(asking) == {}
