"""Break-glass: off unless the operator turns it on; then a right, a reason, a new code, and everybody reads it."""

import datetime as dt
import logging
import uuid
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accessform.handoff.models import UrgentOpening
from accessform.handoff.sharing.urgent import purge_urgent
from accessform.trust import throttle
from accessform.trust.erasure import erase_journey
from accessform.trust.export import export_journey
from accessform.trust.models import Authenticator
from tests.desk.sharing import show
from tests.desk.test_shared_file import text
from tests.handoff.sharing_made import PRIVATE
from tests.staff import code_of, sign_in

pytestmark = pytest.mark.django_db

REASON = "Malaise de la personne au guichet, les secours demandent son adresse."


@pytest.fixture
def allowed(desk, amina, settings):
    """An agent who may, where the operator lets them."""
    settings.URGENT_OPENING = True
    call_command("urgent_openings", "--allow", "amina", stdout=StringIO())
    return sign_in(desk, User.objects.get(pk=amina.pk))


@pytest.fixture
def address(visit) -> str:
    """An appointment whose journey nobody agreed to show."""
    show(visit).delete()
    return f"/guichet/rendez-vous/{visit.pk}/urgence"


def ask(client, address: str, **more: str):
    sent = {"reason": REASON, "code": code_of(), "key": str(uuid.uuid4()), **more}
    return client.post(address, sent)


@pytest.mark.parametrize(("on", "right"), [(False, False), (False, True), (True, False)])
def test_it_is_off_by_default_and_nobody_s_without_the_right(desk, amina, settings, address, visit, on, right):
    assert settings.URGENT_OPENING is False
    settings.URGENT_OPENING = on
    if right:
        call_command("urgent_openings", "--allow", "amina", stdout=StringIO())
    sign_in(desk, User.objects.get(pk=amina.pk))
    assert desk.get(address).status_code == 404
    assert ask(desk, address).status_code == 404
    assert "sans accord" not in text(desk.get(f"/guichet/rendez-vous/{visit.pk}/"))
    assert not UrgentOpening.objects.exists()


def test_it_opens_for_half_an_hour_without_what_is_sensitive_and_is_written_down(
    allowed, address, visit, clock, caplog
):
    assert "sans accord" in text(allowed.get(f"/guichet/rendez-vous/{visit.pk}/"))
    with caplog.at_level(logging.WARNING, "accessform.handoff.sharing.urgent"):
        response = ask(allowed, address)
    assert response.status_code == 303
    page = text(allowed.get(response["Location"]))
    assert "Lovelace" in page
    assert REASON in page
    assert "Rendre" not in page
    for hidden in PRIVATE:
        assert hidden not in page
    assert "opened without consent" in caplog.text
    assert REASON not in caplog.text
    said = StringIO()
    call_command("urgent_openings", stdout=said)
    assert f"amina, Guichet 1, Maison d'essai : {REASON}" in said.getvalue()
    told = export_journey(visit.journey_id)["held"]["urgent_openings"]
    assert [(each["desk"], each["reason"]) for each in told] == [("Guichet 1", REASON)]
    person = Client()
    session = person.session
    session["journeys"] = [str(visit.journey_id)]
    session.save()
    read = text(person.get(reverse("sharing_log", args=[visit.journey_id])))
    assert "Ouvert sans votre accord" in read
    assert REASON in read
    clock.shift(30 * 60)
    assert allowed.get(response["Location"]).status_code == 410
    assert allowed.get(f"/d/{visit.journey_id}/vous/").status_code == 404


@pytest.mark.parametrize("reason", ["", "urgent", "x" * 501, " " * 80])
def test_a_reason_is_asked_and_the_code_is_not_spent_on_it(allowed, address, reason):
    assert ask(allowed, address, reason=reason).status_code == 422
    assert ask(allowed, address).status_code == 303


def test_the_second_factor_is_asked_again_and_slowed(allowed, address, amina):
    for _ in range(5):
        response = ask(allowed, address, code="000000")
        assert response.status_code == 422
        assert REASON in text(response)
    assert ask(allowed, address).status_code == 429
    throttle.clear("second_factor", str(amina.pk))
    assert ask(allowed, address).status_code == 303


def test_twice_is_once(allowed, address):
    key = str(uuid.uuid4())
    first, second = (ask(allowed, address, key=key)["Location"] for _ in range(2))
    assert first == second
    assert UrgentOpening.objects.count() == 1


def test_outside_the_visit_nothing_opens(allowed, amina, address, clock):
    clock.shift(3 * 3600)
    response = ask(sign_in(allowed, amina), address)
    assert response.status_code == 422
    assert "2 heures après" in text(response)


def test_an_appointment_without_a_journey_has_nothing_to_open(allowed, address, visit):
    type(visit).objects.update(journey=None)
    assert "pas de dossier" in text(ask(allowed, address))


@pytest.mark.parametrize("key", ["", "x"])
def test_a_forged_key_is_a_bad_request(allowed, address, key):
    assert ask(allowed, address, key=key).status_code == 400


def test_an_opening_is_its_account_s_alone(allowed, address, amina):
    response = ask(allowed, address)
    UrgentOpening.objects.update(account="autre")
    assert allowed.get(response["Location"]).status_code == 404


def test_erasing_the_journey_keeps_that_it_happened_and_not_why(allowed, address, visit):
    ask(allowed, address)
    erase_journey(visit.journey_id)
    row = UrgentOpening.objects.get()
    assert (row.journey_id, row.reason, row.account) == (None, "", "amina")
    assert purge_urgent(timezone.now(), dt.timedelta(days=365)) == 0
    assert purge_urgent(timezone.now() + dt.timedelta(days=366), dt.timedelta(days=365)) == 1


def test_the_right_is_given_and_taken_by_name(amina):
    said = StringIO()
    call_command("urgent_openings", "--allow", "amina", stdout=said)
    call_command("urgent_openings", "--refuse", "amina", stdout=said)
    assert said.getvalue() == "amina : peut ouvrir sans accord\namina : ne peut plus ouvrir sans accord\n"
    assert not User.objects.get().has_perm("handoff.open_without_consent")
    with pytest.raises(CommandError, match="aucun compte"):
        call_command("urgent_openings", "--allow", "personne")


def test_a_person_who_shared_nothing_is_led_to_who_opened_their_file(allowed, address, visit):
    person = Client()
    session = person.session
    session["journeys"] = [str(visit.journey_id)]
    session.save()
    page, log = (reverse(name, args=[visit.journey_id]) for name in ("sharing", "sharing_log"))
    assert log not in text(person.get(page))
    ask(allowed, address)
    assert log in text(person.get(page))


def test_the_person_reads_the_hour_by_the_clocks_of_the_place(allowed, address, visit):
    type(visit.place).objects.update(department="974")
    ask(allowed, address)
    person = Client()
    session = person.session
    session["journeys"] = [str(visit.journey_id)]
    session.save()
    assert "à 12 h 01" in text(person.get(reverse("sharing_log", args=[visit.journey_id])))


def test_a_key_that_another_account_used_opens_under_one_s_own_name(allowed, address):
    key = str(uuid.uuid4())
    ask(allowed, address, key=key)
    UrgentOpening.objects.update(account="autre", agent=None)
    throttle.clear("second_factor", str(User.objects.get(username="amina").pk))
    Authenticator.objects.update(last_step=-1)
    response = ask(allowed, address, key=key)
    assert allowed.get(response["Location"]).status_code == 200
    assert UrgentOpening.objects.filter(account="amina").count() == 1
