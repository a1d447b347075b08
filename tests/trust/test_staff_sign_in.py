"""The door of those who work here: a password, then a code that serves once; tries are counted, sessions end."""

import re
from base64 import b32decode
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client

from accessform.trust.models import Authenticator, RecoveryCode
from accessform.trust.staff import second_factor
from tests.staff import KEY, code_of, enrol

pytestmark = pytest.mark.django_db

PASSWORD = "une phrase de passe longue"
NOW = "2026-11-21 10:00:10+00:00"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lea() -> User:
    return User.objects.create_user("lea", password=PASSWORD, is_staff=True)


def give_password(client: Client, password: str = PASSWORD, name: str = "lea", **more: str):
    return client.post("/equipe/connexion", {"username": name, "password": password, **more})


def shown_key(client: Client) -> str:
    page = client.get("/equipe/second-facteur").content.decode()
    return b32decode(re.search(r'id="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")).hex()


def enrol_by_hand(client: Client) -> list[str]:
    """Go through the first sign-in and return the recovery codes."""
    give_password(client)
    response = client.post("/equipe/second-facteur", {"code": code_of(shown_key(client))})
    assert response["Location"] == "/equipe/codes-de-secours"
    return re.findall(r'<li class="code">([^<]+)', client.get(response["Location"]).content.decode())


def test_the_first_sign_in_enrols_an_application_and_shows_ten_codes_until_they_are_put_away(client, lea, clock):
    response = give_password(client, next="/catalogue/nouveau")
    assert (response.status_code, response["Location"]) == (303, "/equipe/second-facteur")
    assert client.get("/catalogue/").status_code == 303
    key = shown_key(client)
    assert shown_key(client) == key
    assert key not in str(connection.queries_log)
    page = client.get("/equipe/second-facteur").content.decode()
    assert "<svg" in page
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    spaced = f" {code_of(key)[:3]} {code_of(key)[3:]} "
    response = client.post("/equipe/second-facteur", {"code": spaced})
    assert (response.status_code, response["Location"]) == (303, "/equipe/codes-de-secours")
    pages = [client.get("/equipe/codes-de-secours").content.decode() for _ in range(2)]
    codes = [re.findall(r'<li class="code">([^<]+)', page) for page in pages]
    assert len(set(codes[0])) == 10
    assert codes[0] == codes[1]
    assert client.post("/equipe/codes-de-secours")["Location"] == "/catalogue/nouveau"
    assert client.get("/equipe/codes-de-secours")["Location"] == "/catalogue/"
    assert client.get("/catalogue/").status_code == 200


def test_neither_the_secret_nor_a_recovery_code_is_stored_in_clear(client, lea, clock):
    codes = enrol_by_hand(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM trust_authenticator")
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT digest FROM trust_recoverycode")
        digests = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT session_data FROM django_session")
        sessions = "".join(row[0] for row in cursor.fetchall())
    assert Authenticator.objects.get().key not in stored
    assert len(digests) == 10
    assert not digests & {code.replace(" ", "") for code in codes}
    assert client.session["staff_fresh_codes"] not in str(codes)
    assert codes[0] not in sessions


def test_a_later_sign_in_asks_for_the_code_and_leads_where_it_was_wanted(client, lea, clock):
    enrol(lea)
    assert give_password(client, next="/catalogue/nouveau")["Location"] == "/equipe/code"
    assert client.get("/catalogue/").status_code == 303
    response = client.post("/equipe/code", {"code": code_of()})
    assert (response.status_code, response["Location"]) == (303, "/catalogue/nouveau")
    assert client.get("/catalogue/").status_code == 200


def test_a_code_serves_once_even_within_its_thirty_seconds(client, lea, clock):
    enrol(lea)
    for expected in (303, 422):
        other = Client()
        give_password(other)
        assert other.post("/equipe/code", {"code": code_of()}).status_code == expected
    clock.shift(30)
    third = Client()
    give_password(third)
    assert third.post("/equipe/code", {"code": code_of()}).status_code == 303


@pytest.mark.parametrize("typed", ["", "12", "abcdef", "½½½½½½", "٣٤٥٦٧٨", "x" * 9000, "\0", "1234567"])
def test_a_strange_code_is_refused_and_told(client, lea, clock, typed):
    enrol(lea)
    give_password(client)
    response = client.post("/equipe/code", {"code": typed})
    assert response.status_code == 422
    assert 'href="#code"' in response.content.decode()


def test_a_recovery_code_opens_once_and_in_any_writing(client, lea, clock):
    first, second, *_ = enrol_by_hand(client)
    for typed, expected in ((first.lower().replace(" ", "-"), 303), (first, 422), (f"  {second} ", 303)):
        other = Client()
        give_password(other)
        assert other.post("/equipe/code", {"code": typed}).status_code == expected
    assert RecoveryCode.objects.count() == 8


def test_five_wrong_codes_close_the_account_for_a_quarter_of_an_hour(client, lea, clock):
    enrol(lea)
    give_password(client)
    for _ in range(5):
        assert client.post("/equipe/code", {"code": "000000"}).status_code == 422
    assert client.post("/equipe/code", {"code": code_of()}).status_code == 429
    clock.shift(15 * 60 + 1)
    give_password(client)
    assert client.post("/equipe/code", {"code": code_of()}).status_code == 303


def test_the_code_page_opens_to_nobody_without_a_password_and_not_for_long(client, lea, clock):
    enrol(lea)
    assert client.get("/equipe/code")["Location"] == "/equipe/connexion"
    assert client.post("/equipe/code", {"code": code_of()})["Location"] == "/equipe/connexion"
    give_password(client)
    clock.shift(15 * 60 + 1)
    assert client.post("/equipe/code", {"code": code_of()})["Location"] == "/equipe/connexion"


def test_a_second_tab_cannot_enrol_another_application(client, lea, clock):
    give_password(client)
    key = shown_key(client)
    other = Client()
    give_password(other)
    assert shown_key(other) == key
    client.post("/equipe/second-facteur", {"code": code_of(key)})
    assert other.post("/equipe/second-facteur", {"code": code_of(key, later=1)})["Location"] == "/equipe/code"
    assert Authenticator.objects.get().key == key
    assert RecoveryCode.objects.count() == 10


def test_a_session_left_alone_ends_and_says_so(client, lea, clock, settings):
    enrol(lea)
    give_password(client)
    client.post("/equipe/code", {"code": code_of()})
    for _ in range(3):
        clock.shift(settings.STAFF_IDLE_SECONDS - 1)
        assert client.get("/catalogue/").status_code == 200
    clock.shift(settings.STAFF_IDLE_SECONDS + 1)
    response = client.get("/catalogue/")
    assert response["Location"] == "/equipe/connexion?next=/catalogue/&fin=1"
    assert "session s'est fermée" in client.get(response["Location"]).content.decode().replace("&#x27;", "'")
    assert client.get("/catalogue/").status_code == 303


def test_a_clock_set_back_ends_the_session_too(client, lea, clock):
    enrol(lea)
    give_password(client)
    client.post("/equipe/code", {"code": code_of()})
    clock.shift(-3600)
    assert client.get("/catalogue/").status_code == 303


def test_a_password_alone_opens_nothing(client, lea):
    enrol(lea)
    client.force_login(lea)
    assert client.get("/catalogue/").status_code == 303
    assert client.get("/equipe/compte").status_code == 303


def test_signing_out_is_a_post_and_closes_all(client, lea, clock):
    enrol(lea)
    give_password(client)
    client.post("/equipe/code", {"code": code_of()})
    assert client.get("/equipe/deconnexion").status_code == 405
    assert client.post("/equipe/deconnexion")["Location"] == "/equipe/connexion"
    assert client.get("/catalogue/").status_code == 303


def test_new_recovery_codes_ask_for_a_code_and_replace_the_old(client, lea, clock):
    old = enrol_by_hand(client)
    client.post("/equipe/codes-de-secours")
    assert client.post("/equipe/compte", {"code": "000000"}).status_code == 422
    clock.shift(30)
    code = code_of(Authenticator.objects.get().key)
    assert client.post("/equipe/compte", {"code": code})["Location"] == "/equipe/codes-de-secours"
    other = Client()
    give_password(other)
    assert other.post("/equipe/code", {"code": old[0]}).status_code == 422


def test_forgetting_the_second_factor_ends_the_sessions_and_enrols_again(client, lea, clock):
    enrol_by_hand(client)
    said = StringIO()
    call_command("forget_second_factor", "lea", stdout=said)
    assert said.getvalue() == "lea : second facteur oublié\n"
    assert client.get("/catalogue/").status_code == 303
    assert give_password(Client())["Location"] == "/equipe/second-facteur"
    with pytest.raises(CommandError, match="aucun compte"):
        call_command("forget_second_factor", "personne")


def test_an_account_without_a_room_is_told_so(client, clock):
    user = User.objects.create_user("seule", password=PASSWORD)
    enrol(user)
    give_password(client, name="seule")
    assert client.post("/equipe/code", {"code": code_of()}).status_code == 403


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_signing_in_never_leads_elsewhere(client, lea, clock, elsewhere):
    enrol(lea)
    give_password(client, next=elsewhere)
    assert client.post("/equipe/code", {"code": code_of()})["Location"] == "/catalogue/"


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client, lea):
    wrong = give_password(client, "autre chose encore")
    unknown = give_password(client, name="inconnue")
    assert wrong.status_code == unknown.status_code == 422
    told = [
        re.search(r'<div class="card summary".*?</div>', r.content.decode(), re.DOTALL)[0] for r in (wrong, unknown)
    ]
    assert told[0] == told[1]


def test_five_wrong_passwords_close_the_account_for_a_quarter_of_an_hour(client, lea, clock):
    for _ in range(5):
        assert give_password(client, "faux").status_code == 422
    assert give_password(client).status_code == 429
    assert give_password(client, name="LEA").status_code == 429
    clock.shift(15 * 60 + 1)
    assert give_password(client).status_code == 303


def test_a_good_password_forgets_the_failures_before_it(client, lea):
    for _ in range(3):
        for _ in range(4):
            assert give_password(client, "faux").status_code == 422
        assert give_password(client).status_code == 303


@pytest.mark.parametrize("name", ["", "\0", "x" * 10_000, "é\u202e"])
def test_strange_names_are_refused_like_others(client, name):
    assert give_password(client, name=name).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_one_code_tried_by_several_at_once_opens_once():
    user = User.objects.create_user("lea")
    enrol(user)
    codes = second_factor.renew_recovery_codes(user)

    def try_code(code: str) -> bool:
        try:
            return second_factor.verify(User.objects.get(), code) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(try_code, [code_of(KEY)] * 4)) == 1
        assert sum(pool.map(try_code, [codes[0]] * 4)) == 1
