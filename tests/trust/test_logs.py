"""Logs tell what happened, never what a person wrote or holds."""

import io
import json
import logging
import uuid

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accessform.trust.encryption import encrypt_bytes
from accessform.trust.logs import JsonFormatter, LineFormatter, redacted
from accessform.urls import urlpatterns as shipped

ANSWER = "1 85 05 78 006 084"


def fail(request: HttpRequest) -> HttpResponse:
    answer = request.POST["nir"]
    try:
        int(answer)
    except ValueError as error:
        raise LookupError(f"no such person: {answer}") from error
    return HttpResponse()


urlpatterns = [*shipped, path("d/<uuid:journey_id>/panne", lambda request, journey_id: fail(request))]


@pytest.fixture(params=[JsonFormatter(), LineFormatter("{levelname} {name} {message}", style="{")])
def written(request):
    """What the handlers of this installation would write."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param)
    root = logging.getLogger()
    django = logging.getLogger("django")
    for logger in (root, django):
        logger.addHandler(handler)
    yield stream
    for logger in (root, django):
        logger.removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_failure_logs_where_and_not_what(written):
    journey_id = uuid.uuid4()
    client = Client(raise_request_exception=False)
    response = client.post(f"/d/{journey_id}/panne?jeton=secret", {"nir": ANSWER}, HTTP_USER_AGENT="an agent")
    assert response.status_code == 500
    log = written.getvalue()
    assert "test_logs.py" in log
    assert "LookupError" in log
    assert "ValueError" in log
    for secret in (ANSWER, str(journey_id), "secret", "an agent", client.cookies.output()):
        assert not secret or secret not in log


@pytest.mark.django_db
def test_a_link_that_is_not_found_leaves_no_token(written):
    token = "WyJhYmMiLDFd:1w4Qxy:JHSDFKJHskdjfhKJSHDFKJSHDKFJHSKDJF"
    Client().get(f"/reprendre/{token}")
    assert "Not Found" in written.getvalue()
    assert "JHSDFK" not in written.getvalue()


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Not Found: /d/7f3c2c1e-0000-4000-8000-0123456789ab/identite/", "Not Found: /d/<id>/identite/"),
        ("GET /rendez-vous/7K4M2QXD9TBA", "GET /rendez-vous/<token>"),
        ("Not Found: /m/7k4m2qxd9tbacdefghjk", "Not Found: /m/<token>"),
        ("code 7K4M-2QXD-9TBA is closed", "code <code> is closed"),
        ("sent to ada@example.fr", "sent to <address>"),
        ("/affichage?next=/d/x&taille=2", "/affichage?<query>"),
        ("worker 3 answered in 12 ms", "worker 3 answered in 12 ms"),
    ],
)
def test_what_names_or_opens_something_is_taken_out_of_messages(message, expected):
    assert redacted(message) == expected


def test_encrypted_values_are_not_logged_either():
    assert redacted(f"read {encrypt_bytes(b'x').decode()}") == "read <encrypted>"


def test_an_event_is_one_line_of_json_with_closed_keys():
    record = logging.makeLogRecord(
        {"msg": "a\nb %s", "args": ("c",), "levelname": "INFO", "name": "x", "body": "secret"}
    )
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert set(json.loads(line)) == {"time", "level", "logger", "message"}
