"""Everything that can happen to an agenda, at once: the gestures of booking_storm's scenario `mixed`.

Each process writes down what it was told; agenda_invariants.py compares that with what the database holds.
"""

import datetime as dt
import logging
import random
import uuid
from collections import Counter
from typing import Any

SOON, LONG = dt.timedelta(milliseconds=150), dt.timedelta(hours=6)
FIRST = dt.date(2026, 1, 5)
ZONES = {"988": 11, "974": 4, "971": -4}
"""Departments by their clock's distance to UTC: at every instant, it is day in one of them."""


class CountErrors(logging.Handler):
    """Counts what a process logged as an error: what is swallowed after a commit counts too."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


def find_daylight() -> str:
    """Return a department where it is day now, so that the list may tell people."""
    hour = dt.datetime.now(dt.UTC).hour
    return next(department for department, shift in ZONES.items() if 8 <= (hour + shift) % 24 < 18)


def prepare_mixed(waiting: int) -> None:
    """Make visits with a way there, journeys for two people each, and people who wait for an earlier hour."""
    from django.db import connection

    from accessform.handoff.models import AgentProfile, Motif, Place

    column = "uuid" if connection.vendor == "postgresql" else "char(32)"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE storm_believed (id {column} PRIMARY KEY, status varchar(30))")
        cursor.execute(f"CREATE TABLE storm_promised (id {column} PRIMARY KEY, starts_at timestamp with time zone)")
    Place.objects.filter(source="storm").update(department=find_daylight())
    texts = {"standard": "Visite", "plain": "Visite", "easy": "Visite"}
    hours = {"minutes": 20, "travel_minutes": 5, "notice_hours": 0, "horizon_days": 3}
    visit = Motif.objects.create(slug="storm-visit", label=texts, mode="home", **hours)
    Motif.objects.filter(slug="storm").update(horizon_days=3)
    for agent in AgentProfile.objects.all():
        agent.motifs.add(visit)
    _make_journeys()
    _bring_all_day()
    for number in range(waiting):
        _make_waiting(number)


def _make_journeys() -> None:
    from accessform.journeys.models import Journey
    from forms_catalog.models import Form, FormVersion, VersionStatus

    form = Form.objects.create(slug="storm")
    version = FormVersion.objects.create(
        form=form, number=1, status=VersionStatus.PUBLISHED, source="", compiled={}, digest="storm"
    )
    for _ in range(24):
        Journey.objects.create(version=version, start_key=uuid.uuid4())


def _bring_all_day() -> None:
    """Replace the openings by imported ones, which the storm's imports take away and give back."""
    from accessform.handoff.models import Opening
    from accessform.handoff.services.opening_imports import import_openings

    Opening.objects.all().delete()
    assert import_openings(make_openings(evenings=True), source="storm").created == 4


def make_openings(*, evenings: bool) -> bytes:
    """Return a file of openings for both agents: mornings, and evenings or not."""
    rows = ["place,agent,motifs,first_day,starts,ends,rule"]
    for agent in ("Guichet 0", "Guichet 1"):
        rows.append(f"1,{agent},storm,{FIRST},00:00,12:00,FREQ=DAILY")
        if evenings:
            rows.append(f"1,{agent},storm,{FIRST},12:00,23:40,FREQ=DAILY")
    return "\n".join(rows).encode()


def _make_waiting(number: int) -> None:
    """Book an hour the day after tomorrow and wait for an earlier one; half of them want a visit."""
    from django.utils import timezone

    from accessform.handoff.models import Contact, Motif, Place
    from accessform.handoff.services.agendas import list_slots
    from accessform.handoff.services.booking import book_appointment
    from accessform.handoff.waiting.entries import ask_earlier
    from accessform.handoff.waiting.rules import DayPart

    place = Place.objects.get(source="storm")
    motif = Motif.objects.get(slug="storm" if number % 2 else "storm-visit")
    contact = Contact.objects.create(name="Camille Exemple", phone="+33199001010")
    late = list_slots(place=place, motif=motif, not_before=timezone.now() + dt.timedelta(days=2))[0].start
    asked = {"place": place, "motif": motif, "start": late, "contact": contact, "key": uuid.uuid4()}
    appointment = book_appointment(**asked).appointment
    assert appointment is not None
    _run("INSERT INTO storm_promised (id, starts_at) VALUES (%s, %s)", appointment, late)
    believe(appointment)
    ask_earlier(appointment=appointment, days=[], part=DayPart.ANY)


def _run(statement: str, appointment: Any, *values: Any) -> None:
    """Run a statement about an appointment, its id as this database writes it."""
    from django.db import connection

    from accessform.handoff.models import Appointment

    identifier = Appointment._meta.pk.get_db_prep_value(appointment.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, [identifier, *map(str, values)])


def believe(appointment: Any) -> None:
    """Write down what the person was told of an appointment; only who made it says so."""
    _run("DELETE FROM storm_believed WHERE id = %s", appointment)
    _run("INSERT INTO storm_believed (id, status) VALUES (%s, %s)", appointment, appointment.status)


class Neighbour:
    """One process's gestures, each of them one of the product's own services."""

    def __init__(self, number: int) -> None:
        from accessform.handoff.models import Contact, Motif, Place
        from accessform.journeys.models import Journey

        self.number, self.choice = number, random.Random(number)
        self.contact = Contact.objects.create(name="Camille Exemple", phone="+33199001010", address="1 rue")
        self.place = Place.objects.get(source="storm")
        self.motifs = list(Motif.objects.filter(slug__startswith="storm"))
        self.journey = Journey.objects.order_by("pk")[number // 2 % 24]

    def act(self, start: dt.datetime) -> str:
        """Do one thing around `start`, and return what came of it."""
        deeds = ["book"] * 4 + [
            "move",
            "cancel",
            "close",
            "expire",
            "keep",
            "take",
            "leave",
            "longer",
            "sweep",
            "answer",
        ]
        deed = "bring" if self.number == 0 else self.choice.choice(deeds)
        return f"{deed} {getattr(self, deed)(self._near(start))}"

    def _near(self, start: dt.datetime) -> dt.datetime:
        """Return the hour that everybody wants, or one of those around it."""
        return start + dt.timedelta(minutes=10 * self.choice.choice((0, 0, self.choice.randint(-60, 60))))

    def _book(self, start: dt.datetime, **more: Any) -> Any:
        from accessform.handoff.services.booking import Outcome, book_appointment

        wished = {"place": self.place, "motif": self.choice.choice(self.motifs), "contact": self.contact}
        booking = book_appointment(**wished, start=start, key=uuid.uuid4(), **more)
        if booking.outcome is Outcome.DONE:
            believe(booking.appointment)
        return booking

    def _hold(self, start: dt.datetime, length: dt.timedelta) -> Any:
        from django.utils import timezone

        from accessform.handoff.services.holding import hold_slot

        wished = {"place": self.place, "motif": self.choice.choice(self.motifs), "contact": self.contact}
        return hold_slot(**wished, start=start, until=timezone.now() + length, key=uuid.uuid4())

    def book(self, start: dt.datetime) -> str:
        """Book, half of the time for a journey that somebody else books for too."""
        return str(self._book(start, journey=self.choice.choice((None, self.journey))).outcome)

    def move(self, start: dt.datetime) -> str:
        """Book, then move to a neighbouring hour."""
        from accessform.handoff.services.booking import Outcome, move_appointment

        booking = self._book(start)
        if booking.outcome is not Outcome.DONE:
            return f"not, {booking.outcome}"
        target = start + dt.timedelta(minutes=10 * self.choice.choice((-3, -2, 2, 3)))
        return str(move_appointment(appointment=booking.appointment, start=target, version=1).outcome)

    def cancel(self, start: dt.datetime) -> str:
        """Book, then cancel twice."""
        from accessform.handoff.services.booking import Outcome, cancel_appointment

        booking = self._book(start)
        if booking.outcome is not Outcome.DONE:
            return f"not, {booking.outcome}"
        told = [str(cancel_appointment(appointment=booking.appointment)) for _ in range(2)]
        booking.appointment.refresh_from_db()
        believe(booking.appointment)
        return "-".join(told)

    def close(self, start: dt.datetime) -> str:
        """Book; then the service calls it off."""
        from accessform.handoff.models import AppointmentStatus
        from accessform.handoff.services.booking import Outcome
        from accessform.handoff.services.closing import close_appointment

        booking = self._book(start)
        if booking.outcome is not Outcome.DONE:
            return f"not, {booking.outcome}"
        off = AppointmentStatus.CANCELLED_BY_SERVICE
        outcome = close_appointment(appointment=booking.appointment, outcome=off, version=1)
        believe(booking.appointment)
        return str(outcome)

    def expire(self, start: dt.datetime) -> str:
        """Hold for an instant: whoever comes next takes it over."""
        return str(self._hold(start, SOON).outcome)

    def keep(self, start: dt.datetime) -> str:
        """Hold for hours: nobody may take it."""
        from accessform.handoff.services.booking import Outcome

        held = self._hold(start, LONG)
        if held.outcome is Outcome.DONE:
            believe(held.appointment)
        return str(held.outcome)

    def take(self, start: dt.datetime) -> str:
        """Hold for an instant or for hours, then take it: a lost one is said to be lost."""
        from accessform.handoff.services.booking import Outcome
        from accessform.handoff.services.holding import confirm_hold

        held = self._hold(start, self.choice.choice((SOON, LONG)))
        if held.outcome is not Outcome.DONE:
            return f"not, {held.outcome}"
        taken = confirm_hold(appointment=held.appointment, version=1)
        held.appointment.refresh_from_db()
        believe(held.appointment)
        return str(taken.outcome)

    def leave(self, start: dt.datetime) -> str:
        """Hold, then give back."""
        from accessform.handoff.services.booking import Outcome
        from accessform.handoff.services.holding import release_hold

        held = self._hold(start, LONG)
        if held.outcome is not Outcome.DONE:
            return f"not, {held.outcome}"
        left = release_hold(appointment=held.appointment)
        believe(held.appointment)
        return str(left)

    def longer(self, start: dt.datetime) -> str:
        """Hold for an instant and ask for more at once: kept if nobody was quicker."""
        from django.utils import timezone

        from accessform.handoff.services.booking import Outcome
        from accessform.handoff.services.holding import extend_hold

        held = self._hold(start, SOON)
        if held.outcome is not Outcome.DONE:
            return f"not, {held.outcome}"
        kept = extend_hold(appointment=held.appointment, until=timezone.now() + LONG)
        if kept:
            believe(held.appointment)
        return str(kept)

    def sweep(self, _start: dt.datetime) -> str:
        """Offer what is free, as the timer does."""
        from accessform.handoff.waiting.offering import make_offers

        return "made" if make_offers() else "none"

    def answer(self, _start: dt.datetime) -> str:
        """Answer any open offer, perhaps while somebody else answers it otherwise."""
        from accessform.handoff.models import EarlierOffer, OfferStatus
        from accessform.handoff.waiting.answering import accept_offer, keep_longer, refuse_offer

        open_offers = list(EarlierOffer.objects.filter(status=OfferStatus.OPEN).select_related("hold__place"))
        if not open_offers:
            return "none"
        offer = self.choice.choice(open_offers)
        deed = self.choice.choice((accept_offer, refuse_offer, keep_longer))
        return f"{deed.__name__} {deed(offer)}"

    def bring(self, _start: dt.datetime) -> str:
        """Import openings: the file says an evening more, then an evening less."""
        from accessform.handoff.services.opening_imports import import_openings

        content = make_openings(evenings=self.choice.random() < 0.8)
        report = import_openings(content, source="storm")
        return "changed" if report.created or report.removed else "same"


def live_mixed(number: int, starts: list[dt.datetime], barrier: Any, seen: Counter[str]) -> None:
    """One process: at each round, wait for the others, then do one thing; every error counts."""
    import traceback

    errors = CountErrors()
    logging.getLogger("accessform.handoff").addHandler(errors)
    neighbour = Neighbour(number)
    for start in starts:
        barrier.wait(120)
        try:
            seen[neighbour.act(start)] += 1
        except Exception:
            seen["error"] += 1
            traceback.print_exc()
    if errors.count:
        seen["error"] += errors.count
