"""Coming back: the draft is found where it was, whoever guesses is slowed, and an office is never shut out."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accessform.journeys import resume
from accessform.journeys.models import Journey, JourneyStatus, ResumeAccess, ResumeLink, SecondElement, StepAnswers
from accessform.trust import throttle
from accessform.trust.models import ThrottleCounter
from tests.journeys.small_journeys import make_draft

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BORN = "1 février 1950"


@pytest.fixture
def journey() -> Journey:
    return make_draft()


@pytest.fixture
def access(journey: Journey) -> ResumeAccess:
    return resume.make_access(journey=journey, kind=SecondElement.BIRTH_DATE, second=BORN)


def try_code(client: Client, code: str, second: str = "01/02/1950", **extra: str):
    return client.post("/reprendre", {"code": code, "second": second, "action": "open"}, **extra)


def test_the_right_code_and_birth_date_open_the_draft_at_its_first_unfinished_step(client, journey, access):
    response = try_code(client, access.code)
    assert (response.status_code, response.headers["Location"]) == (303, f"/d/{journey.pk}/suite/")
    assert client.session["journeys"] == [str(journey.pk)]


@pytest.mark.parametrize("second", ["01/02/1950", "1er février 1950", "1 2 1950", "01021950", "1950-02-01"])
def test_the_birth_date_is_taken_as_people_write_it(client, access, second):
    code = access.code
    typed = f" {code[:4].lower().replace('0', 'o').replace('1', 'i')} {code[4:8]}-{code[8:]} "
    assert try_code(client, typed, second).status_code == 303


def test_a_chosen_word_replaces_the_birth_date_and_keeps_the_code(client, journey, access):
    changed = resume.make_access(journey=journey, kind=SecondElement.WORD, second="Papillon")
    assert changed.code == access.code
    assert try_code(client, access.code).status_code == 422
    assert try_code(client, access.code, "papillon ").status_code == 303


def test_a_finished_draft_goes_on_to_its_check_and_a_sent_one_to_its_receipt(client, journey, access):
    StepAnswers.objects.create(journey=journey, step_id="suite", answers={"motif": "Essai"}, complete=True)
    assert try_code(client, access.code).headers["Location"] == f"/d/{journey.pk}/verifier"
    Journey.objects.filter(pk=journey.pk).update(status=JourneyStatus.SUBMITTED)
    assert try_code(client, access.code).headers["Location"] == f"/d/{journey.pk}/recu"


def test_the_session_key_changes_when_a_journey_is_opened(client, access):
    client.get("/reprendre")
    session = client.session
    session["presentation"] = {"values": {"text_size": 200}}
    session.save()
    before = client.cookies["af_session"].value if "af_session" in client.cookies else session.session_key
    try_code(client, access.code)
    assert client.cookies["af_session"].value != before


def test_coming_back_counts_as_use(client, journey, access):
    Journey.objects.filter(pk=journey.pk).update(touched_at=NOON)
    try_code(client, access.code)
    journey.refresh_from_db()
    assert timezone.now() - journey.touched_at < timedelta(minutes=1)


def test_wrong_code_and_wrong_birth_date_are_told_with_the_same_words(client, access):
    unknown = try_code(client, "ZZZZ-ZZZZ-ZZZZ")
    wrong = try_code(client, access.code, "02/02/1950")
    assert unknown.status_code == wrong.status_code == 422
    assert main_text(unknown, "ZZZZ-ZZZZ-ZZZZ") == main_text(wrong, access.code)
    assert "Nous n'avons pas trouvé votre démarche" in unknown.content.decode()


def main_text(response, typed: str) -> str:
    page = response.content.decode()
    return page[page.index("<main") : page.index("<form", page.index("<main"))].replace(typed, "")


def test_an_incomplete_code_is_told_apart_and_costs_nothing(client, access):
    response = try_code(client, access.code[:10])
    assert response.status_code == 422
    assert "12 lettres et chiffres" in response.content.decode()
    assert not ThrottleCounter.objects.exists()


def test_what_is_asked_beside_the_code_is_never_sent_back(client, access):
    assert "07/08/1951" not in try_code(client, access.code, "07/08/1951").content.decode()


def test_neither_the_code_nor_the_birth_date_is_stored_in_clear(access):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT code, code_hash, second_hash FROM journeys_resumeaccess")
        stored = " ".join(str(value) for value in cursor.fetchone())
    assert access.code not in stored
    assert "1950" not in stored


def test_five_wrong_answers_pause_a_code_for_an_hour_even_for_the_right_answer(client, access):
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            assert try_code(client, access.code, "02/02/1950").status_code == 422
        paused = try_code(client, access.code)
        assert paused.status_code == 429
        assert paused.headers["Retry-After"] == "3600"
        assert "en pause pour une heure" in paused.content.decode()
        assert 'href="/lieux/"' in paused.content.decode()
        clock.shift(timedelta(hours=1))
        assert try_code(client, access.code).status_code == 303


def test_a_right_answer_clears_the_failures_of_its_code(client, access):
    for _ in range(4):
        try_code(client, access.code, "02/02/1950")
    assert try_code(client, access.code).status_code == 303
    for _ in range(4):
        assert try_code(client, access.code, "02/02/1950").status_code == 422


def exhaust_network(address: str) -> None:
    for _ in range(50):
        throttle.record_failure("resume_network", address)


def test_an_office_with_fifty_failures_still_lets_in_a_right_code_that_never_failed(client, access):
    exhaust_network("127.0.0.0/24")
    assert try_code(client, access.code).status_code == 303


def test_a_slowed_network_gets_one_try_at_a_code_and_the_same_page_for_an_unknown_one(client, access):
    exhaust_network("127.0.0.0/24")
    wrong = try_code(client, access.code, "02/02/1950")
    unknown = try_code(client, "ZZZZ-ZZZZ-ZZZZ")
    assert wrong.status_code == unknown.status_code == 429
    assert main_text(wrong, access.code) == main_text(unknown, "ZZZZ-ZZZZ-ZZZZ")
    assert try_code(client, access.code).status_code == 429
    assert try_code(client, access.code, REMOTE_ADDR="203.0.113.9").status_code == 303


def test_a_slowed_network_cannot_fill_the_table_with_codes(client):
    exhaust_network("127.0.0.0/24")
    for number in range(5):
        try_code(client, f"ZZZZ-ZZZZ-ZZZ{number}")
    assert ThrottleCounter.objects.count() == 1


def test_a_forged_forwarded_address_does_not_escape_the_count(client, access):
    for number in range(5):
        try_code(client, f"ZZZZ-ZZZZ-ZZZ{number}", HTTP_X_FORWARDED_FOR=f"203.0.{number}.9")
    assert throttle.failures("resume_network", "127.0.0.0/24") == 5


def test_erasing_from_the_resume_page_asks_first(client, journey, access):
    response = client.post("/reprendre", {"code": access.code, "second": BORN, "action": "erase"})
    assert response.headers["Location"] == f"/d/{journey.pk}/quitter"
    assert Journey.objects.filter(pk=journey.pk).exists()


@pytest.mark.parametrize("data", [{}, {"code": "\x00" * 12, "second": "\x00"}, {"code": "A" * 100_000}])
def test_hostile_input_gets_the_page_again(client, data):
    assert client.post("/reprendre", data).status_code == 422


# By link


def link_in_mail(index: int = -1) -> str:
    body = mail.outbox[index].body
    return next(line for line in body.splitlines() if "/reprendre/" in line).removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def mailed(client, journey, django_capture_on_commit_callbacks) -> str:
    open_session(client, journey)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/d/{journey.pk}/reprendre", {"action": "send", "email": "ada@example.fr"})
    assert response.status_code == 303
    return link_in_mail()


def open_session(client: Client, journey: Journey) -> None:
    session = client.session
    session["journeys"] = [str(journey.pk)]
    session.save()


def test_the_message_names_no_form_and_no_need(mailed):
    message = mail.outbox[-1]
    assert message.to == ["ada@example.fr"]
    said = f"{message.subject} {message.body}"
    assert "Petite" not in said
    assert "petite-demarche" not in said


def test_a_get_of_the_link_opens_nothing_however_often_it_comes(mailed, journey):
    scanner = Client()
    for _ in range(3):
        response = scanner.get(mailed)
        assert response.status_code == 200
    scanner.head(mailed)
    assert "journeys" not in scanner.session
    person = Client()
    response = person.post(mailed, {"action": "open"})
    assert (response.status_code, response.headers["Location"]) == (303, f"/d/{journey.pk}/suite/")


def test_a_link_that_has_served_stays_open_half_an_hour_for_a_lost_answer_then_closes(mailed):
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        assert Client().post(mailed, {"action": "open"}).status_code == 303
        clock.shift(timedelta(minutes=29))
        assert Client().post(mailed, {"action": "open"}).status_code == 303
        clock.shift(timedelta(minutes=30))
        assert Client().post(mailed, {"action": "open"}).status_code == 410


def test_a_link_closes_after_seven_days_and_a_new_one_goes_to_the_same_address(
    mailed, django_capture_on_commit_callbacks
):
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8), tick=False):
        visitor = Client()
        assert visitor.get(mailed).status_code == 410
        with django_capture_on_commit_callbacks(execute=True):
            renewed = visitor.post(mailed, {"action": "renew"})
        assert renewed.status_code == 303
        assert visitor.get(renewed.headers["Location"]).status_code == 200
        assert "journeys" not in visitor.session
        assert mail.outbox[-1].to == ["ada@example.fr"]
        assert Client().post(link_in_mail(), {"action": "open"}).status_code == 303


def test_a_newer_link_closes_the_older_one(client, journey, mailed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/d/{journey.pk}/reprendre", {"action": "send", "email": "ada@example.fr"})
    assert Client().post(mailed, {"action": "open"}).status_code == 410
    assert Client().post(link_in_mail(), {"action": "open"}).status_code == 303


def test_a_slowed_network_still_lets_in_with_the_link(mailed):
    exhaust_network("127.0.0.0/24")
    assert Client().post(mailed, {"action": "open"}).status_code == 303


@pytest.mark.parametrize("token", ["x", "a:b:c", "WyJhIiwxXQ:1aaaaa:forged", "%00", "é"])
def test_a_forged_link_opens_nothing(client, token):
    assert client.get(f"/reprendre/{token}").status_code == 404
    assert client.post(f"/reprendre/{token}", {"action": "open"}).status_code == 404


def test_links_are_sent_five_times_an_hour_at_most(client, journey, mailed):
    for _ in range(4):
        client.post(f"/d/{journey.pk}/reprendre", {"action": "send", "email": "ada@example.fr"})
    refused = client.post(f"/d/{journey.pk}/reprendre", {"action": "send", "email": "ada@example.fr"})
    assert refused.status_code == 422
    assert "dans une heure" in refused.content.decode()


def test_a_wrong_address_is_told_beside_its_field(client, journey):
    open_session(client, journey)
    response = client.post(f"/d/{journey.pk}/reprendre", {"action": "send", "email": "ada"})
    assert response.status_code == 422
    assert 'id="email-error"' in response.content.decode()
    assert not ResumeLink.objects.exists()


# By the printed sheet


def test_the_sheet_s_link_asks_for_the_birth_date_and_opens_the_draft(journey, access):
    address = resume.resume_link_for(journey)
    assert address is not None
    visitor = Client()
    assert visitor.get(address).status_code == 200
    assert "journeys" not in visitor.session
    assert visitor.post(address, {"second": "02/02/1950"}).status_code == 422
    assert visitor.post(address, {"second": "1/2/1950"}).headers["Location"] == f"/d/{journey.pk}/suite/"


def test_the_sheet_and_the_code_share_one_count(journey, access):
    for _ in range(5):
        Client().post(resume.resume_link_for(journey), {"second": "02/02/1950"})
    assert try_code(Client(), access.code).status_code == 429


def test_there_is_no_sheet_link_before_there_is_a_code(journey):
    assert resume.resume_link_for(journey) is None


# The page that gives the code


def test_the_code_is_given_on_a_page_of_its_own_and_given_again(client, journey):
    open_session(client, journey)
    page = f"/d/{journey.pk}/reprendre"
    made = client.post(page, {"action": "birth_date", "birth_date": BORN})
    assert (made.status_code, made.headers["Location"]) == (303, page)
    code = ResumeAccess.objects.get().code
    shown = client.get(page).content.decode()
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in shown
    assert client.get(page).headers["Cache-Control"].count("no-store") == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"action": "birth_date", "birth_date": "hier"}, "birth_date"),
        ({"action": "birth_date"}, "birth_date"),
        ({"action": "word", "word": "abc"}, "word"),
        ({}, "birth_date"),
    ],
)
def test_an_unreadable_date_or_a_short_word_is_told_beside_its_field(client, journey, data, field):
    open_session(client, journey)
    response = client.post(f"/d/{journey.pk}/reprendre", data)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.content.decode()
    assert not ResumeAccess.objects.exists()


@pytest.mark.parametrize("page", ["reprendre", "quitter", "mes-donnees"])
def test_a_journey_of_another_session_is_not_found(client, journey, page):
    assert client.get(f"/d/{journey.pk}/{page}").status_code == 404
    assert client.get(f"/d/{uuid.uuid4()}/{page}").status_code == 404


def test_everything_held_is_given_as_json(client, journey, access):
    open_session(client, journey)
    response = client.get(f"/d/{journey.pk}/mes-donnees")
    assert response.headers["Content-Disposition"].startswith("attachment")
    held = response.json()["held"]["journeys"]
    assert held["steps"][1]["answers"] == {"nom": "Lovelace"}
    assert held["way_back"]["code"] == access.code
