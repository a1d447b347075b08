"""Plans: opened once for who agreed, asked about patiently, whatever the other side does."""

import datetime as dt
import json
import logging
import threading
import uuid

import pytest
from django.db import close_old_connections
from django.utils import timezone

from accessform.handoff.models import AgentConnection, Contact, ContactChannel, ExternalPlan, PlanStatus
from accessform.handoff.providers.protocol import NotAgreed, NotConnected, NotOffered, Refused, Unavailable
from accessform.handoff.providers.rdv_service_public import pacing, plans
from accessform.handoff.providers.rdv_service_public.api import Api
from accessform.handoff.providers.rdv_service_public.plans import describe_person, poll_due, poll_plan, start_plan
from accessform.handoff.providers.rdv_service_public.public_links import refresh_public_links
from accessform.handoff.services.provider_consents import agree, list_agreed, withdraw
from tests.handoff.conftest import add_agent
from tests.handoff.providers.conftest import RETURN

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=3)


def start(agent, contact) -> str:
    return start_plan(agent=agent, contact=contact, return_url=RETURN)


@pytest.fixture
def plan(connected, consent, contact) -> ExternalPlan:
    start(connected, contact)
    return ExternalPlan.objects.get()


def make_due(plan) -> None:
    ExternalPlan.objects.filter(pk=plan.pk).update(next_poll_at=timezone.now() - dt.timedelta(seconds=1))


def ask(plan) -> ExternalPlan:
    make_due(plan)
    poll_due()
    plan.refresh_from_db()
    return plan


def test_the_name_and_one_contact_are_all_that_is_sent(server, connected, consent, contact):
    contact.email = "camille@example.fr"
    contact.save()
    url = start(connected, contact)
    assert url.startswith("https://rdv.example.fr/agents/rdv_plans/")
    sent = json.loads(next(body for _, path, _, body in server.requests if path == "/api/v1/rdv_plans"))
    assert sent == {
        "user": {"first_name": "Camille", "last_name": "Exemple", "phone_number": "+33199001010"},
        "return_url": RETURN,
    }


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Camille Exemple", ("Camille", "Exemple")),
        ("Jean de La Tour", ("Jean", "de La Tour")),
        ("Cher", ("(prénom non donné)", "Cher")),
    ],
)
def test_two_names_are_made_of_one(name, names):
    person = describe_person(Contact(name=name, email="c@example.fr"), ContactChannel.EMAIL)
    assert (person.first_name, person.last_name) == names
    assert person.told().keys() == {"first_name", "last_name", "email"}


def test_nothing_is_sent_without_an_agreement(server, connected, contact):
    asked = len(server.requests)
    with pytest.raises(NotAgreed):
        start(connected, contact)
    assert len(server.requests) == asked
    assert not ExternalPlan.objects.exists()


def test_nothing_is_sent_once_the_agreement_is_taken_back(server, connected, consent, contact):
    asked = len(server.requests)
    assert withdraw(consent.pk)
    with pytest.raises(NotAgreed):
        start(connected, Contact(pk=contact.pk))
    assert len(server.requests) == asked
    assert not Contact.objects.exists()


def test_an_agreement_for_one_place_is_none_for_another(server, consent, contact, motif, user, connected):
    from accessform.handoff.models import Place

    other = Place.objects.create(source="test", source_id="2", name="Ailleurs", department="75", postal_code="75012")
    elsewhere = add_agent(other, motif, "Guichet 9")
    elsewhere.user = user
    with pytest.raises(NotAgreed):
        start(elsewhere, contact)


def test_the_agent_comes_back_to_us_alone(connected, consent, contact):
    for address in ("https://mal.example/", "http://127.0.0.1:8000.mal.example/", "//mal.example"):
        with pytest.raises(ValueError, match="address of ours"):
            start_plan(agent=connected, contact=contact, return_url=address)


def test_off_is_off(settings, desk, consent, contact):
    settings.RDV_URL = ""
    with pytest.raises(NotOffered):
        start(desk, contact)
    assert poll_due() == 0
    assert refresh_public_links() == 0


def test_an_agent_who_is_not_connected_sends_nothing(server, desk, consent, contact):
    with pytest.raises(NotConnected):
        start(desk, contact)
    assert server.requests == []
    assert not ExternalPlan.objects.exists()


def test_starting_twice_opens_one_plan(server, connected, consent, contact):
    assert start(connected, contact) == start(connected, contact)
    assert server.paths().count("/api/v1/rdv_plans") == 1


def test_a_colleague_takes_over_after_a_day_only(server, plan, contact, rdv_place, rdv, user, django_user_model):
    from accessform.handoff.models import AgentProfile
    from accessform.handoff.providers.rdv_service_public import connections

    other = django_user_model.objects.create_user("collegue")
    colleague = AgentProfile.objects.create(place=rdv_place, name="Guichet 2", user=other)
    address = connections.begin_connection(rdv, other)
    connections.finish_connection(rdv, other, **server.authorize(address, agent="agent-2"))
    with pytest.raises(Refused):
        start(colleague, contact)
    ExternalPlan.objects.update(sent_at=timezone.now() - plans.TAKE_OVER)
    assert start(colleague, contact) != plan.url
    assert ExternalPlan.objects.get().agent == colleague


@pytest.mark.parametrize(
    "fault",
    [
        ("status", 500),
        ("status", 503, b"", [("Retry-After", "120")]),
        ("status", 200, b"{}"),
        ("status", 302, b"", [("Location", "https://mal.example/")]),
        ("status", 422, b'{"errors": {"email": ["quote of camille"]}}'),
        ("status", 403),
        ("status", 201, b"not json"),
        ("status", 201, b"[" * 100_000),
        ("status", 201, b'{"rdv_plan": {"id": "23", "url": "https://rdv.example.fr/"}}'),
        ("status", 201, b'{"rdv_plan": {"id": 23, "url": "https://mal.example/"}}'),
        ("status", 201, b'{"rdv_plan": {"id": 23, "url": "javascript:alert(1)"}}'),
        ("status", 201, b'{"rdv_plan": {"id": -1, "url": "https://rdv.example.fr/"}}'),
        ("status", 201, b'{"rdv_plan": null}'),
        ("huge", 201),
        ("reset",),
        ("silence", 1.5),
        ("drip", 3.0),
    ],
    ids=lambda fault: f"{fault[0]}-{fault[1] if len(fault) > 1 else ''}",
)
def test_a_start_that_fails_loses_nothing_and_can_be_tried_again(server, connected, consent, contact, fault, caplog):
    server.faults.append(fault)
    with caplog.at_level(logging.DEBUG), pytest.raises((Unavailable, Refused)) as failure:
        start(connected, contact)
    for leaked in ("Camille", "camille", "+33199001010", "secret page", AgentConnection.objects.get().access_token):
        assert leaked not in caplog.text + str(failure.value)
    assert not ExternalPlan.objects.exists()
    assert list(list_agreed([connected.place])) == [consent]
    assert start(connected, contact).startswith("https://rdv.example.fr/")


def test_an_answer_lost_after_the_plan_was_made_leaves_a_draft_there_and_no_appointment(
    server, connected, consent, contact
):
    server.faults.append(("done_then_silence", 1.5))
    with pytest.raises(Unavailable):
        start(connected, contact)
    start(connected, contact)
    assert len(server.plans) == 2
    assert ExternalPlan.objects.count() == 1
    assert all(plan["rdv"] is None for plan in server.plans.values())


def test_a_number_given_to_two_people_is_refused(server, plan, rdv_place, connected):
    other = Contact.objects.create(name="Dominique Autre", phone="+33199001011")
    agree(place=rdv_place, contact=other, key=uuid.uuid4())
    server.faults.append(("changed", lambda content: content["rdv_plan"].update(id=plan.remote_id)))
    with pytest.raises(Refused):
        start(connected, other)
    assert ExternalPlan.objects.get() == plan


def test_a_start_cut_by_the_power_is_taken_up_again_after_its_lease(server, connected, consent, contact, settings):
    begun = ExternalPlan.objects.create(
        consent=consent, agent=connected, next_poll_at=timezone.now() + dt.timedelta(seconds=50)
    )
    with pytest.raises(Unavailable):
        start(connected, contact)
    ExternalPlan.objects.filter(pk=begun.pk).update(next_poll_at=timezone.now())
    assert start(connected, contact)
    assert ExternalPlan.objects.get().status == PlanStatus.WAITING


def test_nothing_changes_until_a_time_is_chosen_then_it_is_known(server, plan):
    assert ask(plan).status == PlanStatus.WAITING
    at = timezone.now().replace(microsecond=0) + SOON
    number = server.choose_time(plan.remote_id, at, location="visio")
    ask(plan)
    assert (plan.status, plan.starts_at, plan.location, plan.remote_rdv) == (PlanStatus.BOOKED, at, "video", number)
    assert timezone.now() + dt.timedelta(hours=19) < plan.next_poll_at < timezone.now() + dt.timedelta(hours=29)


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("seen", PlanStatus.SEEN),
        ("noshow", PlanStatus.NO_SHOW),
        ("excused", PlanStatus.CANCELLED_BY_USER),
        ("revoked", PlanStatus.CANCELLED_BY_SERVICE),
    ],
)
def test_every_end_is_put_into_our_words_and_ends_the_questions(server, plan, there, here):
    server.choose_time(plan.remote_id, timezone.now() + SOON, status=there)
    assert ask(plan).status == here
    assert plan.next_poll_at is None
    assert poll_due() == 0


def test_an_appointment_that_vanished_there_is_cancelled_here(server, plan):
    server.choose_time(plan.remote_id, timezone.now() + SOON)
    ask(plan)
    server.plans[plan.remote_id]["rdv"] = None
    assert ask(plan).status == PlanStatus.CANCELLED_BY_SERVICE
    assert plan.starts_at is not None


@pytest.mark.parametrize(
    "fault",
    [
        ("status", 500),
        ("status", 404),
        ("status", 200, b"\xff\xfe"),
        ("status", 200, b'{"rdv_plan": {"id": 1, "rdv": null, "url": "https://rdv.example.fr/"}}'),
        ("changed", lambda content: content["rdv_plan"].update(id=content["rdv_plan"]["id"] + 1)),
        ("changed", lambda content: content["rdv_plan"].update(rdv={"id": 1, "status": "Hacked"})),
        ("changed", lambda content: content["rdv_plan"].update(rdv={"id": 1, "status": "seen", "starts_at": "hier"})),
        ("changed", lambda content: content["rdv_plan"].update(rdv=[1])),
        ("changed", lambda content: content["rdv_plan"].update(rdv={"id": True, "status": "seen"})),
        ("huge", 200),
        ("reset",),
        ("silence", 1.5),
        ("drip", 3.0),
    ],
    ids=lambda fault: fault[0],
)
def test_a_question_that_fails_changes_nothing_and_is_put_off(server, plan, fault, caplog):
    server.faults.append(fault)
    ask(plan)
    assert (plan.status, plan.failures, plan.remote_rdv) == (PlanStatus.WAITING, 1, None)
    assert timezone.now() + dt.timedelta(seconds=40) < plan.next_poll_at < timezone.now() + dt.timedelta(seconds=80)
    assert "Camille" not in caplog.text
    assert ask(plan).failures == 0


def test_when_asked_to_slow_down_every_plan_waits(server, plan, rdv_place, connected):
    other = Contact.objects.create(name="Dominique Autre", phone="+33199001011")
    agree(place=rdv_place, contact=other, key=uuid.uuid4())
    start(connected, other)
    ExternalPlan.objects.update(next_poll_at=timezone.now() - dt.timedelta(seconds=1))
    asked = len(server.requests)
    server.faults.append(("status", 429, b"{}", [("Retry-After", "600")]))
    poll_due()
    assert len(server.requests) == asked + 1
    earliest = min(ExternalPlan.objects.values_list("next_poll_at", flat=True))
    assert earliest > timezone.now() + dt.timedelta(seconds=590)


def test_two_silences_end_a_run_of_the_timer(server, connected, rdv_place):
    for number in range(4):
        other = Contact.objects.create(name=f"Personne {number}", phone="+33199001011")
        agree(place=rdv_place, contact=other, key=uuid.uuid4())
        start(connected, other)
    ExternalPlan.objects.update(next_poll_at=timezone.now() - dt.timedelta(seconds=1))
    asked = len(server.requests)
    server.faults.extend([("status", 500)] * 4)
    assert poll_due() == 0
    assert len(server.requests) == asked + 2


def test_a_plan_is_asked_about_by_one_machine_at_a_time(server, plan, rdv):
    make_due(plan)
    assert poll_plan(rdv, plan.pk)
    assert not poll_plan(rdv, plan.pk)


def test_a_clock_that_was_wrong_does_not_silence_a_plan_for_ever(server, plan):
    ExternalPlan.objects.update(next_poll_at=timezone.now() + dt.timedelta(days=365))
    assert poll_due() == 1
    plan.refresh_from_db()
    assert plan.next_poll_at < timezone.now() + dt.timedelta(minutes=5)


def test_a_plan_without_a_time_is_given_up_after_a_week_and_may_be_started_again(server, plan, connected, contact):
    ExternalPlan.objects.update(sent_at=timezone.now() - pacing.PATIENCE)
    assert ask(plan).status == PlanStatus.GIVEN_UP
    assert poll_due() == 0
    assert start(connected, contact) != plan.url


def test_questions_end_a_day_after_the_appointment(server, plan):
    server.choose_time(plan.remote_id, timezone.now() - dt.timedelta(days=2))
    ask(plan)
    assert plan.status == PlanStatus.BOOKED
    asked = len(server.requests)
    assert ask(plan).next_poll_at is None
    assert len(server.requests) == asked


def test_an_agreement_taken_back_late_is_said_so_and_nothing_more_is_asked(server, plan, consent, rdv_place):
    assert not withdraw(consent.pk)
    assert not withdraw(consent.pk)
    plan.refresh_from_db()
    assert (plan.status, plan.next_poll_at) == (PlanStatus.GIVEN_UP, None)
    assert not list_agreed([rdv_place]).exists()


def test_agreeing_twice_with_one_key_is_agreeing_once(rdv_place, contact, journey):
    key = uuid.uuid4()
    assert agree(place=rdv_place, contact=contact, key=key) == agree(place=rdv_place, contact=contact, key=key)


def test_a_journey_has_one_waiting_agreement_for_a_place(rdv_place, consent, journey):
    other = Contact.objects.create(name="Camille Exemple", email="c@example.fr")
    again = agree(place=rdv_place, contact=other, key=uuid.uuid4(), journey=journey)
    assert again.pk == consent.pk
    assert (again.contact, again.channel) == (other, ContactChannel.EMAIL)


def test_public_links_are_fetched_beforehand_and_taken_away_when_they_go(server, rdv_place):
    assert refresh_public_links() == 1
    rdv_place.refresh_from_db()
    assert rdv_place.provider_url == "https://rdv.example.fr/org/1"
    server.faults.append(("status", 500))
    assert refresh_public_links() == 0
    server.links["75"] = [{"external_id": "maison-75", "public_link": "https://mal.example/"}, "x", {}]
    assert refresh_public_links() == 1
    rdv_place.refresh_from_db()
    assert rdv_place.provider_url == ""


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_open_one_plan(server, connected, consent, contact):
    came = []
    together = threading.Barrier(2)

    def tap():
        together.wait()
        try:
            came.append(start(connected, contact))
        except Unavailable as error:
            came.append(error)
        finally:
            close_old_connections()
            from django.db import connection

            connection.close()

    taps = [threading.Thread(target=tap) for _ in range(2)]
    for each in taps:
        each.start()
    for each in taps:
        each.join()
    assert len(came) == 2
    assert server.paths().count("/api/v1/rdv_plans") == 1
    assert len({url for url in came if isinstance(url, str)}) == 1


def test_an_agreement_taken_back_while_the_plan_is_being_opened_ends_it(
    server, connected, consent, contact, monkeypatch
):
    create = Api.create_plan

    def create_slowly(api, **asked):
        made = create(api, **asked)
        assert not withdraw(consent.pk)
        return made

    monkeypatch.setattr(Api, "create_plan", create_slowly)
    with pytest.raises(NotAgreed):
        start(connected, contact)
    kept = ExternalPlan.objects.get()
    assert (kept.status, kept.next_poll_at) == (PlanStatus.GIVEN_UP, None)
    assert kept.remote_id is not None
