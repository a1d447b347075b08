"""Every address where a citizen may POST, in a state that takes the POST, with the fields that its page sends."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core import signing
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from accessform.handoff.access import grant as grant_appointment
from accessform.handoff.models import AgentProfile, Contact, Motif, Opening, Place
from accessform.handoff.presenting import make_stamp
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.booking import book_appointment
from accessform.journeys.access import SESSION_KEY
from accessform.journeys.models import Journey, SecondElement
from accessform.journeys.resume import SHEET_SALT, make_access, make_link, token_of
from tests.journeys.filling import Citizen
from tests.journeys.submissions import make_submission

VALID = {"nom": "Durand", "naissance": "3 février 1948", "enfants": "non"}
PDF = b"%PDF-1.7\n%%EOF\n"


@dataclass(frozen=True)
class Door:
    """One address and what its page would send."""

    address: str
    fields: dict[str, str]


class Visitor:
    """A request that only has a session, for what writes into it."""

    def __init__(self, client: Client) -> None:
        self.session = client.session


def open_agenda() -> tuple[Place, Motif]:
    """Return a place with one agent who is there day and night, and what people come for."""
    texts = {"standard": "Essai", "plain": "Essai", "easy": "Essai"}
    motif = Motif.objects.create(slug="essai", label=texts, minutes=30, notice_hours=0, horizon_days=3)
    place = Place.objects.create(source="doors", source_id="1", name="Maison", department="75", postal_code="75011")
    agent = AgentProfile.objects.create(place=place, name="Guichet")
    agent.motifs.add(motif)
    hours = {"starts_at": dt.time(0), "ends_at": dt.time(23, 30)}
    Opening.objects.create(agent=agent, first_day=timezone.localdate(), rule="FREQ=DAILY", **hours)
    return place, motif


def doors_of(citizen: Citizen) -> dict[str, Door]:
    """Return every citizen POST door by its name; the citizen has one draft, one sent journey, one appointment."""
    client, draft = citizen.client, Journey.objects.get()
    step = Door(citizen.path, {**{name: values[0] for name, values in citizen.fields().items()}, **VALID})
    step.fields["action"] = "next"
    sent = make_submission().journey
    access = make_access(journey=draft, kind=SecondElement.WORD, second="camomille")
    link = make_link(journey=draft, email="camille@exemple.fr")
    place, motif = open_agenda()
    start = list_slots(place=place, motif=motif, not_before=timezone.now() + dt.timedelta(hours=2))
    contact = Contact.objects.create(name="Camille Exemple", phone="+33199001010")
    booked = book_appointment(place=place, motif=motif, start=start[0].start, contact=contact, key=uuid.uuid4())
    visitor = Visitor(client)
    visitor.session[SESSION_KEY] = [str(draft.pk), str(sent.pk)]
    grant_appointment(visitor, booked.appointment)
    visitor.session.save()
    own, meeting = f"/d/{draft.pk}", f"/rendez-vous/{booked.appointment.pk}"
    person = {"name": "Camille", "phone": "01 99 00 10 10", "email": "", "key": str(uuid.uuid4())}
    later = make_stamp(start[3].start)
    return {
        "start": Door("/demarches/essai/commencer", {"start_key": str(uuid.uuid4())}),
        "step": step,
        "aloud": Door(f"{citizen.path}dire", {"voice-state": "forgé"}),
        "check": Door(f"{own}/verifier", {"key": str(uuid.uuid4())}),
        "why": Door(f"{own}/pourquoi", {"action": "undo:plainer"}),
        "pieces": Door(f"/d/{sent.pk}/pieces", {"question": "avis"}),
        "keep_journey": Door(
            f"{own}/reprendre", {"action": "word", "word": "camomille", "email": "", "birth_date": ""}
        ),
        "leave_journey": Door(f"{own}/quitter", {"action": "stay"}),
        "callback": Door(f"{own}/personne/rappel", {**person, "moment": "morning"}),
        "withdraw_callback": Door(f"{own}/personne/rappel/retirer", {"why": ""}),
        "resume": Door("/reprendre", {"code": access.code, "second": "autre chose"}),
        "resume_link": Door(f"/reprendre/{signing.dumps(str(draft.pk), salt=SHEET_SALT)}", {"second": "non"}),
        "mailed_link": Door(f"/reprendre/{token_of(link)}", {"action": "open"}),
        "panel": Door("/affichage", {"action": "save", "next": "/", "text_size": "150"}),
        "hints": Door("/affichage/appareil", {"contrast": "more"}),
        "book": Door(f"/lieux/{place.pk}/{motif.slug}/{later}/", person),
        "find_appointment": Door("/rendez-vous/", {"code": "0000-0000"}),
        "cancel_appointment": Door(f"{meeting}/annuler", {"sure": "no"}),
        "move_appointment": Door(f"{meeting}/deplacer", {"start": later, "version": "1"}),
        **_doors_of_sharing(own),
        **_doors_of_corrections(f"/d/{sent.pk}"),
        **_doors_of_messages(own, meeting),
        **_doors_of_agendas(place, meeting),
    }


def _doors_of_sharing(own: str) -> dict[str, Door]:
    shared = f"{own}/partage"
    return {
        "sharing": Door(f"{shared}/", {"choix": "code"}),
        "sharing_choose": Door(f"{shared}/choisir", {"q": "nom"}),
        "sharing_preview": Door(f"{shared}/apercu", {"texte": "forgé", "ecrire": "oui", "key": str(uuid.uuid4())}),
        "sharing_prepare": Door(f"{shared}/preparer", {"lieu": "1", "quoi": "tout"}),
        "sharing_code": Door(f"{shared}/code", {"dossier": str(uuid.uuid4())}),
        "stop_sharing": Door(f"{shared}/arreter", {"dossier": str(uuid.uuid4())}),
        "stop_mandate": Door(f"{shared}/accord/retirer", {"accord": str(uuid.uuid4())}),
    }


def _doors_of_corrections(sent: str) -> dict[str, Door]:
    return {
        "correct": Door(f"{sent}/corriger", {"question": "nom", "action": "next"}),
        "correct_answer": Door(f"{sent}/corriger/reponse/nom", {**VALID, "revision": "0", "action": "next"}),
        "correct_check": Door(f"{sent}/corriger/verifier", {"key": str(uuid.uuid4()), "base": "0"}),
    }


def _doors_of_messages(own: str, meeting: str) -> dict[str, Door]:
    return {
        "draft_reminders": Door(f"{own}/rappels", {"email": "camille@exemple.fr", "phone": ""}),
        "appointment_reminders": Door(f"{meeting}/rappels", {"email": "camille@exemple.fr", "phone": ""}),
        "messages": Door("/m/inconnu", {"action": "stop"}),
    }


def _doors_of_agendas(place: Place, meeting: str) -> dict[str, Door]:
    return {
        "answer_hold": Door(f"{meeting}/garde", {"action": "longer"}),
        "wait_for_earlier": Door(f"{meeting}/plus-tot", {"jour": "1", "moment": "morning"}),
        "stop_waiting": Door(f"{meeting}/plus-tot/arreter", {"why": ""}),
        "earlier_offer": Door("/plus-tot/inconnu/", {"action": "take"}),
        "ask_place": Door(f"/lieux/{place.pk}/demander", {"key": str(uuid.uuid4())}),
        "withdraw_consent": Door(f"/lieux/{place.pk}/demander/{uuid.uuid4()}/retirer", {"why": ""}),
        "rdv_events": Door("/rdv-service-public/evenements", {"data": "{}"}),
    }


def views_of(doors: dict[str, Door]) -> set[str]:
    """Return the names of the addresses that the doors stand for."""
    return {resolve(door.address).view_name.rpartition(":")[2] for door in doors.values()}


def citizen_patterns() -> list[tuple[str, URLPattern]]:
    """Return every address of the site with its name, those of the people who work here left out."""
    found: list[tuple[str, URLPattern]] = []

    def walk(resolver: URLResolver, prefix: str) -> None:
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern, route)
            elif not route.startswith(("catalogue/", "equipe/", "guichet/")):
                found.append((pattern.name or route, pattern))

    walk(get_resolver(), "")
    return found
