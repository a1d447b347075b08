"""Propose a time to a person on the phone: hold it, note who it is for, book it or give it back."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accessform.desk.access import desks_of
from accessform.handoff.contact_details import FIELDS, ContactDetails, read_contact
from accessform.handoff.models import Appointment, AppointmentStatus, Motif, Place, ProviderName
from accessform.handoff.services.booking import Booking
from accessform.handoff.services.contacts import save_contact
from accessform.handoff.services.holding import confirm_hold
from accessform.journeys.attaching import TooManyCodes, find_by_code_alone
from accessform.journeys.models import Journey

HOLD = dt.timedelta(minutes=10)
"""How long a proposed time is kept: longer than reading it aloud and noting a name, and the agent may ask for more."""
SESSION_KEY = "proposed"
REMEMBERED = 20

CODE_UNKNOWN = "Aucune démarche ne porte ce code. Vérifiez-le avec la personne, ou laissez ce champ vide."
CODE_TOO_MANY = "Plusieurs codes ont été essayés. Attendez une heure, ou laissez ce champ vide."
ERRORS = {
    "handoff.error_name_missing": "Écrivez le nom de la personne.",
    "handoff.error_name_long": "Ce nom est trop long : 120 lettres au plus.",
    "handoff.error_phone_missing": "Il faut un numéro : la personne est appelée pour ce rendez-vous.",
    "handoff.error_phone_invalid": "Ce numéro ne se lit pas. Il a 10 chiffres, comme 06 39 98 12 34.",
    "handoff.error_email_invalid": "Cette adresse ne se lit pas. Elle s'écrit comme camille@example.fr.",
    "handoff.error_reach_missing": "Notez un téléphone ou une adresse e-mail, pour prévenir si le rendez-vous change.",
    "handoff.error_visit_missing": "Écrivez l'adresse où venir.",
    "handoff.error_visit_long": "Cette adresse est trop longue : 300 lettres au plus.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One place of the account's, and what its desks receive for."""

    place: Place
    motifs: list[Motif]


@dataclass(frozen=True, slots=True)
class Person:
    """Who a time is for, as typed and as read; `errors` says in words what each field lacks."""

    details: ContactDetails
    code: str = ""
    journey: Journey | None = None
    errors: dict[str, str] = field(default_factory=dict)


def list_choices(user: Any) -> list[Choice]:
    """Return the account's places whose agendas are ours, each with the motifs that one of its desks receives for."""
    places = Place.objects.open().filter(pk__in=desks_of(user).values("place"), provider=ProviderName.LOCAL)
    choices = [Choice(place, list(_motifs_of(place))) for place in places.order_by("name", "pk")]
    return [choice for choice in choices if choice.motifs]


def find_choice(user: Any, place_id: int, slug: str) -> tuple[Place, Motif] | None:
    """Return a place of the account's and one of its motifs; None for any other."""
    found = next((choice for choice in list_choices(user) if choice.place.pk == place_id), None)
    motif = next((motif for motif in found.motifs if motif.slug == slug), None) if found else None
    return (found.place, motif) if found and motif else None


def _motifs_of(place: Place) -> "QuerySet[Motif]":
    return Motif.objects.filter(agents__place=place, agents__is_active=True).distinct().order_by("slug")


def remember(request: HttpRequest, appointment: Appointment) -> None:
    """Let this session go on with a time that it holds: nobody else's page shows it."""
    listed = [each for each in request.session.get(SESSION_KEY, []) if each != str(appointment.pk)]
    request.session[SESSION_KEY] = [*listed, str(appointment.pk)][-REMEMBERED:]


def find_proposed(request: HttpRequest, appointment_id: uuid.UUID) -> Appointment | None:
    """Return a time that this session proposed, while the account sits at its place; None otherwise."""
    if str(appointment_id) not in request.session.get(SESSION_KEY, []):
        return None
    own = Appointment.objects.filter(place__in=desks_of(request.user).values("place"))
    return own.select_related("place", "motif", "agent", "contact").filter(pk=appointment_id).first()


def list_held(request: HttpRequest) -> list[Appointment]:
    """Return the times that this session still holds, the nearest first."""
    held = Appointment.objects.filter(pk__in=request.session.get(SESSION_KEY, []), held_until__gt=timezone.now())
    return list(held.filter(status=AppointmentStatus.HELD).select_related("place", "motif").order_by("starts_at"))


def keep_typed(posted: Mapping[str, str]) -> Person:
    """Return what is typed so far, unread."""
    return Person(
        ContactDetails({name: str(posted.get(name, ""))[:500] for name in FIELDS}), posted.get("code", "")[:40]
    )


def read_person(posted: Mapping[str, str], *, motif: Motif, account: str) -> Person:
    """Return who a time is for: a name and how to reach them, and the journey of the code that they read out, if any.

    A wrong code counts against `account`; it is looked up only where the rest can be kept.
    """
    details = read_contact(posted, needs_phone=motif.needs_phone, needs_address=motif.needs_address)
    errors = {name: ERRORS[said] for name, said in details.errors.items()}
    code = str(posted.get("code", ""))[:40]
    if errors or not code.strip():
        return Person(details, code, errors=errors)
    try:
        journey = find_by_code_alone(typed=code, account=account)
    except TooManyCodes:
        return Person(details, code, errors={"code": CODE_TOO_MANY})
    return Person(details, code, journey, errors={} if journey else {"code": CODE_UNKNOWN})


def book_for(appointment: Appointment, person: Person, *, version: int) -> Booking:
    """Book a held time for somebody, as confirm_hold does; their details are kept with it."""
    read = person.details
    contact = save_contact(name=read.name, phone=read.phone, email=read.email, address=read.address)
    return confirm_hold(appointment=appointment, version=version, contact=contact, journey=person.journey)
