"""Counting in the browser: off until asked for, carried by the step's own form, refused whole, gone when it must be."""

import gzip
import html
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.services import load_state, record_events, record_submitted
from accessform.journeys.models import Journey, StepAnswers
from accessform.observation.events import COUNTERS, EventKind, InteractionEvent
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.trust import retention
from tests.journeys.filling import Citizen
from tests.journeys.test_step_page import VALID

MODULE = Path(__file__).resolve().parents[2] / "static/js/counters.js"
UNTOUCHED = {"help_offers": "on", "voice_autoplay": "on"}
REFUSED = [
    "nom:B2=1",
    "nom:B3=-4",
    "nom:B3=4.5",
    "nom:B3=100001",
    "inconnue:B3=4",
    "motif:B3=4",
    "nom:B3=4 nom:B3=5",
    "Durand",
]


def switch(client: Client, *, on: bool) -> None:
    client.post("/affichage", {"action": "save", **UNTOUCHED, **({"counters": "on"} if on else {}), "next": "/"})


@pytest.fixture
def counting(citizen: Citizen) -> Citizen:
    """A citizen who switched counting on."""
    switch(citizen.client, on=True)
    return citizen.get(citizen.path)


def counts() -> dict[str, dict[str, int]]:
    observed = load_state(Journey.objects.get().pk).policy_state.observations
    kept = {signal: {place: t.count for place, t in places.items()} for signal, places in observed.counts.items()}
    return {signal: places for signal, places in kept.items() if signal in COUNTERS}


def own() -> dict[str, tuple[int, ...]]:
    return load_state(Journey.objects.get().pk).policy_state.observations.own


def test_it_is_off_until_asked_for_and_the_page_is_then_the_same_as_ever(citizen: Citizen) -> None:
    page = citizen.response.content.decode()
    assert "counters" not in page
    assert "data-counted" not in page
    assert "counters" not in citizen.fields()


def test_the_page_of_who_asked_carries_the_module_and_the_figures_of_the_policy(counting: Citizen) -> None:
    field = counting.page.get_element_by_id("counters")
    file = load_policy().file.signals
    assert json.loads(field.get("data-figures")) == {n: s.counter.browser for n, s in file.items() if s.counter}
    assert field.get("type") == "hidden"
    assert "js/counters.js" in counting.response.content.decode()
    named = {part.get("data-counted") for part in counting.page.xpath("//*[@data-counted]")}
    assert {"nom", "naissance", "enfants"} <= named


def test_numbers_are_counted_at_their_question(counting: Citizen) -> None:
    counting.press(**VALID, counters="nom:B3=9 nom:B1=4 naissance:B8=3 B5=1")
    assert counts() == {"B3": {"nom": 9}, "B8": {"naissance": 3}, "B5": {"vous": 1}}
    assert own() == {"B1": (4,)}


def test_a_question_of_a_group_counts_under_its_own_id(counting: Citizen) -> None:
    counting.press(**{**VALID, "enfants": "oui"}).press(combien="1")
    assert counting.path.endswith("/foyer/")
    assert {part.get("data-counted") for part in counting.page.xpath("//*[@data-counted]")} == {"prenom", "ecole"}
    counting.press("add:personnes", counters="prenom:B4=2")
    assert counts() == {"B4": {"prenom": 2}}


def offers(citizen: Citizen) -> list[str]:
    return [name for name in citizen.page.xpath("//button/@value") if name.startswith("accept:")]


def test_a_sign_of_the_browser_brings_the_help_that_answers_it_with_one_failure_instead_of_two(
    counting: Citizen,
) -> None:
    counting.press(**{**VALID, "naissance": "hier"}, counters="nom:B8=3")
    assert offers(counting) == ["accept:larger_targets"]
    assert "3 appuis sont tombés juste à côté" in counting.text


def test_without_it_one_failure_brings_nothing(counting: Citizen) -> None:
    counting.press(**{**VALID, "naissance": "hier"})
    assert offers(counting) == []


@pytest.mark.parametrize("sent", REFUSED)
def test_anything_else_is_refused_and_nothing_of_it_is_kept(counting: Citizen, sent: str) -> None:
    before = AdaptiveState.objects.values_list("state", flat=True).first()
    saved = list(StepAnswers.objects.order_by("pk").values())
    values = {**counting.fields(), **VALID, "action": "next", "counters": f"nom:B3=9 {sent}"}
    assert counting.client.post(counting.path, values).status_code == 400
    assert AdaptiveState.objects.values_list("state", flat=True).first() == before
    assert list(StepAnswers.objects.order_by("pk").values()) == saved


@pytest.mark.parametrize("sent", ["nom:B3=9", "Durand"])
def test_whoever_is_off_is_told_nothing_of_and_loses_nothing(citizen: Citizen, sent: str) -> None:
    """A page left open from before the box was emptied still sends: the answers count, the numbers do not."""
    values = {**citizen.fields(), **VALID, "action": "next", "counters": sent}
    assert citizen.client.post(citizen.path, values).status_code == 303
    assert StepAnswers.objects.get(step_id="vous").answers["nom"] == "Durand"
    assert (counts(), own()) == ({}, {})
    assert "Durand" not in str(load_state(Journey.objects.get().pk).state)


def test_the_same_post_sent_twice_counts_once(counting: Citizen) -> None:
    values = {**counting.fields(), **VALID, "action": "larger", "counters": "nom:B3=9"}
    for _ in range(2):
        assert counting.client.post(counting.path, values).status_code == 303
    assert counts() == {"B3": {"nom": 9}}


def test_a_refusal_or_a_help_sent_twice_counts_once(citizen: Citizen) -> None:
    """A page reloaded, or an answer of the server lost on a bad line, is no second failure."""
    for action in ("next", "help:nom"):
        values = {**citizen.fields(), **VALID, "naissance": "hier", "action": action}
        codes = [citizen.client.post(citizen.path, values).status_code for _ in range(2)]
        assert codes[0] == codes[1]
        citizen.get(citizen.path)
    observed = load_state(Journey.objects.get().pk).policy_state.observations
    assert [observed.count(*place) for place in (("A1", "naissance"), ("A2", "vous"), ("A3", "vous"))] == [1, 1, 1]


@pytest.mark.parametrize("way", ["panel", "why", "reset"])
def test_switching_it_off_deletes_the_numbers_at_once_and_nothing_else(counting: Citizen, way: str) -> None:
    counting.press(**{**VALID, "naissance": "hier"}, counters="nom:B3=9 nom:B1=4")
    assert counts()
    if way == "panel":
        switch(counting.client, on=False)
    elif way == "reset":
        counting.client.post("/affichage", {"action": "reset", "next": "/"})
    else:
        why = reverse("journeys:why", args=[Journey.objects.get().pk])
        counting.client.post(why, {"action": "count_off"})
    assert (counts(), own()) == ({}, {})
    assert load_state(Journey.objects.get().pk).policy_state.observations.count("A1", "naissance") == 1
    assert "counters" not in counting.get(counting.path).fields()


def test_no_more_offers_and_a_plain_form_stop_the_counting(counting: Citizen) -> None:
    counting.client.post("/affichage", {"action": "offers_off", "next": "/"})
    assert "counters" not in counting.get(counting.path).response.content.decode()
    counting.client.post("/affichage", {"action": "save", "counters": "on", "plain_form": "on", **UNTOUCHED})
    assert "counters" not in counting.get(counting.path).response.content.decode()


def test_it_is_switched_beside_automatic_adaptation_each_for_itself(citizen: Citizen) -> None:
    why = reverse("journeys:why", args=[Journey.objects.get().pk])
    citizen.client.post(why, {"action": "auto_on"})
    assert "counters" not in citizen.get(citizen.path).fields()
    page = citizen.client.get(why).content.decode()
    assert page.index("auto_off") < page.index("count_on")
    citizen.client.post(why, {"action": "count_on"})
    assert "counters" in citizen.get(citizen.path).fields()
    assert "count_off" in citizen.client.get(why).content.decode()


def test_counts_behind_a_past_decision_go_with_the_consent(counting: Citizen) -> None:
    state = load_state(Journey.objects.get().pk)
    at = time.time()
    heavy = [("B3", "nom", 9), ("B9", "nom", 6), ("B8", "nom", 9)]
    told = [InteractionEvent(EventKind.COUNTER, at, "vous", q, name=n, value=v) for n, q, v in heavy]
    record_events(state=state, events=[*told, InteractionEvent(EventKind.SUBMIT_FAILED, at, "vous")])
    decided = load_state(state.journey_id).policy_state.decisions
    assert any(reason.signal in COUNTERS for decision in decided for reason in decision.reasons)
    switch(counting.client, on=False)
    after = load_state(state.journey_id).policy_state
    assert len(after.decisions) == len(decided)
    assert not [r for item in (*after.decisions, *after.changes.values()) for r in item.reasons if r.signal in COUNTERS]


def test_the_numbers_are_gone_when_the_journey_is_sent(counting: Citizen) -> None:
    counting.press(**VALID, counters="nom:B3=9 nom:B1=4")
    record_submitted(journey_id=Journey.objects.get().pk)
    assert (counts(), own()) == ({}, {})


@pytest.mark.django_db(transaction=True)
def test_the_numbers_are_gone_after_thirty_days(counting: Citizen) -> None:
    counting.press(**VALID, counters="nom:B3=9")
    assert retention.kept("adaptation").keep == timedelta(days=30)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=30, minutes=1), tick=False):
        call_command("purge", verbosity=0)
    assert not AdaptiveState.objects.exists()


def test_the_module_weighs_six_kilobytes_at_most() -> None:
    assert len(gzip.compress(MODULE.read_bytes(), 9)) <= 6_000


def test_the_module_makes_no_request_and_keeps_nothing_on_the_device() -> None:
    source = MODULE.read_text(encoding="utf-8")
    for name in ("fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "localStorage", "sessionStorage", "cookie"):
        assert name not in source
    for name in (".key ", "event.key", ".code", "event.data", "screenX", "navigator"):
        assert name not in source


@pytest.mark.parametrize("level", list(ReadingLevel))
def test_the_privacy_page_lists_what_is_counted_from_the_policy(client: Client, db: None, level: ReadingLevel) -> None:
    client.post("/affichage", {"action": "save", "reading_level": level.value, **UNTOUCHED})
    page = html.unescape(client.get("/confidentialite").content.decode())
    counted = [name for name, signal in load_policy().file.signals.items() if signal.counter]
    assert set(counted) == COUNTERS
    for name in counted:
        assert f'<li data-signal="{name}">{interface.text(f"adaptation.signal_{name}", level)}</li>' in page
