"""What a provider of appointments may offer, what it is asked with, and how it says no. Nothing else is raised.

A provider says in `capabilities` what it offers; every other method raises NotOffered, at once and without effect.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from accessform.handoff.slots import Slot

if TYPE_CHECKING:
    from accessform.handoff.models import AgentProfile, Contact, Motif, Place
    from accessform.journeys.models import Journey


class Capability(StrEnum):
    """What a provider may offer: one name a method of the protocol."""

    LIST_PLACES = "list_places"
    LIST_SLOTS = "list_slots"
    START = "start"
    POLL = "poll"
    CANCEL = "cancel"
    VERIFY_WEBHOOK = "verify_webhook"


class Status(StrEnum):
    """Where an appointment stands with its provider; what each provider says is put into these words."""

    WAITING = "waiting"
    HELD = "held"
    EXPIRED = "expired"
    BOOKED = "booked"
    SEEN = "seen"
    NO_SHOW = "no_show"
    ELAPSED = "elapsed"
    CANCELLED_BY_USER = "cancelled_by_user"
    CANCELLED_BY_SERVICE = "cancelled_by_service"
    GIVEN_UP = "given_up"


class ProviderError(Exception):
    """A provider said no. Messages are for the operator's log: no name, contact, token or address in them."""


class NotOffered(ProviderError):
    """This provider does not do that."""


class Unavailable(ProviderError):
    """No usable answer now; ask again, not before `retry_after` seconds where the provider said so."""

    def __init__(self, why: str, *, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Refused(ProviderError):
    """The provider refused, or what it answered cannot be true; asking the same again changes nothing."""


class NotConnected(ProviderError):
    """The agent has not, or no more, allowed us to act for them there: they must connect (again)."""


class NotAgreed(ProviderError):
    """The person has not agreed, or no longer agrees, that their name and contact go to this provider."""


class SlotGone(ProviderError):
    """Somebody else was faster; `nearest` are the free slots nearest to the wished one."""

    def __init__(self, nearest: Sequence[Slot]) -> None:
        super().__init__("the slot has gone")
        self.nearest = tuple(nearest)


class BadEvent(ProviderError):
    """A webhook that is not signed, too old, from the future, or not understood."""


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """A place as its provider knows it; `url` is where a person may book by themselves, "" where nowhere."""

    reference: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class Wish:
    """What is asked of `start`. `key` names the wish: the same key never starts anything twice."""

    place: "Place"
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    motif: "Motif | None" = None
    at: dt.datetime | None = None
    contact: "Contact | None" = None
    journey: "Journey | None" = None
    agent: "AgentProfile | None" = None
    return_url: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """What came of it: the name of the appointment there, or the address where somebody goes on by themselves.

    `host` is what people are shown of the address before they follow it.
    """

    reference: str = ""
    url: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """Where an appointment stands: status, start (aware) once there is one, and how one meets ("" unknown)."""

    status: Status
    starts_at: dt.datetime | None = None
    location: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One true webhook: which appointment there, where it stands since when. `digest` names the message itself."""

    digest: str
    reference: str
    at: dt.datetime
    situation: Situation
    people: tuple[str, ...] = ()


class Provider(Protocol):
    """Who takes appointments. Methods block for at most a few seconds and raise ProviderError alone."""

    capabilities: frozenset[Capability]

    def list_places(self, *, territory: str) -> list[OfferedPlace]:
        """Return the places of a department (INSEE code) where people may book."""

    def list_slots(self, *, place: "Place", motif: "Motif") -> list[Slot]:
        """Return the free slots of a place, in order of time."""

    def start(self, wish: Wish) -> Started:
        """Book, or open what leads to booking; twice with one key is once."""

    def poll(self, reference: str) -> Situation:
        """Return where an appointment stands. Raises Refused for one that is not known."""

    def cancel(self, reference: str) -> Situation:
        """Cancel; twice is once. Raises Refused where it is too late or not known."""

    def verify_webhook(self, *, body: bytes, signature: str, now: dt.datetime) -> Event | None:
        """Return what a signed message says, None where it is about nothing of ours; raises BadEvent."""


class OffersNothing:
    """The methods of a provider that offers none of them; providers inherit and say what they do."""

    capabilities: frozenset[Capability] = frozenset()

    def list_places(self, *, territory: str) -> list[OfferedPlace]:
        """Refuse."""
        raise NotOffered("list_places")

    def list_slots(self, *, place: "Place", motif: "Motif") -> list[Slot]:
        """Refuse."""
        raise NotOffered("list_slots")

    def start(self, wish: Wish) -> Started:
        """Refuse."""
        raise NotOffered("start")

    def poll(self, reference: str) -> Situation:
        """Refuse."""
        raise NotOffered("poll")

    def cancel(self, reference: str) -> Situation:
        """Refuse."""
        raise NotOffered("cancel")

    def verify_webhook(self, *, body: bytes, signature: str, now: dt.datetime) -> Event | None:
        """Refuse."""
        raise NotOffered("verify_webhook")
