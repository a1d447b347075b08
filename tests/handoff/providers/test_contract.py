"""One suite for every provider: what it says it can, it does; the rest it refuses at once; it raises nothing else."""

import uuid
from dataclasses import dataclass, replace

import pytest
from django.utils import timezone

from accessform.handoff.models import Contact, Motif, Place, ProviderName
from accessform.handoff.providers import provider_named, provider_of
from accessform.handoff.providers.phone_only import PhoneOnly
from accessform.handoff.providers.protocol import (
    BadEvent,
    Capability,
    NotOffered,
    ProviderError,
    Refused,
    Status,
    Wish,
)
from tests.handoff.conftest import MONDAY_NINE
from tests.handoff.providers.conftest import RETURN

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """A provider, a place of its own, and a wish that it can meet."""

    provider: object
    wish: Wish
    motif: Motif
    server: object = None


@pytest.fixture(params=list(ProviderName))
def world(request, place, motif, contact) -> World:
    wish = Wish(place=place, contact=contact, motif=motif, at=MONDAY_NINE, return_url=RETURN)
    server = None
    if request.param == ProviderName.LOCAL:
        request.getfixturevalue("clock")
        request.getfixturevalue("agent")
    elif request.param == ProviderName.EXTERNAL_LINK:
        place.provider_url = "https://rendez-vous.exemple.fr/prendre?lieu=1"
    elif request.param == ProviderName.RDV_SERVICE_PUBLIC:
        server = request.getfixturevalue("server")
        request.getfixturevalue("consent")
        wish = replace(wish, agent=request.getfixturevalue("connected"))
    place.provider = request.param
    place.save()
    return World(provider_of(place), wish, motif, server)


def test_what_is_not_offered_is_refused_at_once(world):
    place, now = world.wish.place, timezone.now()
    calls = {
        Capability.LIST_PLACES: lambda: world.provider.list_places(territory="75"),
        Capability.LIST_SLOTS: lambda: world.provider.list_slots(place=place, motif=world.motif),
        Capability.START: lambda: world.provider.start(world.wish),
        Capability.POLL: lambda: world.provider.poll("1"),
        Capability.CANCEL: lambda: world.provider.cancel("1"),
        Capability.VERIFY_WEBHOOK: lambda: world.provider.verify_webhook(body=b"{}", signature="", now=now),
    }
    assert set(calls) == set(Capability)
    assert world.provider.capabilities <= set(Capability)
    for capability in set(Capability) - world.provider.capabilities:
        with pytest.raises(NotOffered):
            calls[capability]()


def test_places_are_listed_by_department(world):
    listed = world.provider.list_places(territory="75")
    assert len(listed) == 1
    assert listed[0].reference
    assert all(each.url.startswith("https://") for each in listed if each.url)
    assert world.provider.list_places(territory="974") == []


def test_starting_leads_somewhere_and_twice_is_once(world):
    first, second = world.provider.start(world.wish), world.provider.start(world.wish)
    assert first == second
    assert first.reference or first.url
    assert not first.url.startswith("http:")


def test_slots_are_free_and_in_order(world):
    if Capability.LIST_SLOTS not in world.provider.capabilities:
        pytest.skip("lists no slot: covered by the refusal")
    slots = world.provider.list_slots(place=world.wish.place, motif=world.motif)
    assert slots[0].start == MONDAY_NINE
    assert slots == sorted(slots, key=lambda slot: slot.start)
    world.provider.start(world.wish)
    left = world.provider.list_slots(place=world.wish.place, motif=world.motif)
    assert left[0].start > MONDAY_NINE


def test_what_was_started_can_be_asked_about(world):
    if Capability.POLL not in world.provider.capabilities:
        pytest.skip("polls nothing: covered by the refusal")
    started = world.provider.start(world.wish)
    assert world.provider.poll(started.reference).status in {Status.BOOKED, Status.WAITING}
    for unknown in ("", "x", str(uuid.uuid4()), "1" * 500):
        with pytest.raises(Refused):
            world.provider.poll(unknown)


def test_cancelling_twice_is_cancelling_once(world):
    if Capability.CANCEL not in world.provider.capabilities:
        pytest.skip("cancels nothing: covered by the refusal")
    started = world.provider.start(world.wish)
    for _ in range(2):
        assert world.provider.cancel(started.reference).status is Status.CANCELLED_BY_USER
    assert world.provider.poll(started.reference).status is Status.CANCELLED_BY_USER
    with pytest.raises(Refused):
        world.provider.cancel(str(uuid.uuid4()))


def test_a_webhook_without_a_signature_is_refused(world):
    if Capability.VERIFY_WEBHOOK not in world.provider.capabilities:
        pytest.skip("receives nothing: covered by the refusal")
    for signature in ("", "0" * 64, "é" * 64, "\x00"):
        with pytest.raises(BadEvent):
            world.provider.verify_webhook(body=b"{}", signature=signature, now=timezone.now())


def test_a_wish_that_lacks_everything_is_refused_in_its_own_words(world):
    nowhere = Place(name="Nulle part", provider=world.wish.place.provider)
    with pytest.raises(ProviderError) as refusal:
        world.provider.start(Wish(place=nowhere))
    assert "Camille" not in str(refusal.value)


def test_a_slot_that_has_gone_names_the_nearest(place, motif, agent, contact, clock):
    from accessform.handoff.providers.protocol import SlotGone

    local = provider_named(ProviderName.LOCAL)
    local.start(Wish(place=place, contact=contact, motif=motif, at=MONDAY_NINE))
    other = Contact.objects.create(name="Dominique", email="d@example.fr")
    with pytest.raises(SlotGone) as gone:
        local.start(Wish(place=place, contact=other, motif=motif, at=MONDAY_NINE))
    assert len(gone.value.nearest) == 3


@pytest.mark.parametrize(
    "url",
    [
        "http://rdv.example.fr/",
        "javascript:alert(1)",
        "https://user@rdv.example.fr/",
        "https://rdv.example.fr\\@mal.example",
        "https://rdv.example.fr/a b",
        "https://localhost/",
        "https:///chemin",
        "https://[::1",
        "https://rdv.example.fr:port/",
        "",
    ],
)
def test_nobody_is_sent_to_an_address_that_is_no_site(url):
    with pytest.raises(Refused):
        provider_named(ProviderName.EXTERNAL_LINK).start(Wish(place=Place(provider_url=url)))


def test_a_look_alike_host_is_shown_for_what_it_is():
    started = provider_named(ProviderName.EXTERNAL_LINK).start(Wish(place=Place(provider_url="https://rdv.gоuv.fr/")))
    assert started.host.startswith("rdv.xn--")


def test_where_rdv_service_public_is_off_its_places_are_called(place, settings):
    settings.RDV_URL = ""
    place.provider = ProviderName.RDV_SERVICE_PUBLIC
    assert isinstance(provider_of(place), PhoneOnly)
    assert provider_of(place).start(Wish(place=place)).url == "tel:0199001111"
