"""Hand-off figure: the list of free slots of a large place, some of them taken."""

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from typing import Any

from accessform.operations.bench.figures import Figure, median

AGENTS = 30
WEEKS = 6
TAKEN = 120
ROUNDS = 5


def measure_slots() -> Iterator[Figure]:
    """List six weeks of a place with thirty agents: milliseconds (median) and queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from accessform.handoff.services.agendas import list_slots

    place, motif = _large_place()
    _take_some(place, motif)
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        slots = list_slots(place=place, motif=motif)
        times.append((time.perf_counter() - started) * 1000)
    with CaptureQueriesContext(connection) as queries:
        list_slots(place=place, motif=motif)
    name = f"free slots, {AGENTS} agents × {WEEKS} weeks, {TAKEN} taken ({len(slots)} starts)"
    yield Figure(name, median(times), "ms", at_most=150)
    yield Figure("free slots, queries", len(queries), "", at_most=6)


def _large_place() -> tuple[Any, Any]:
    """Create a place whose thirty agents receive every weekday, morning and afternoon."""
    from accessform.handoff.models import AgentProfile, Motif, Opening, Place

    place = Place.objects.create(source="bench", source_id="1", name="Grand lieu", department="35", postal_code="35000")
    texts = {"standard": "Essai", "plain": "Essai", "easy": "Essai"}
    motif = Motif.objects.create(slug="bench", label=texts, minutes=20, horizon_days=WEEKS * 7)
    for number in range(AGENTS):
        agent = AgentProfile.objects.create(place=place, name=f"Bureau {number}")
        agent.motifs.add(motif)
        for start, end in ((dt.time(9), dt.time(12)), (dt.time(14), dt.time(17))):
            rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
            Opening.objects.create(agent=agent, first_day=dt.date(2026, 1, 5), starts_at=start, ends_at=end, rule=rule)
    return place, motif


def _take_some(place: Any, motif: Any) -> None:
    """Book TAKEN appointments through the product's own service."""
    from accessform.handoff.services.agendas import list_slots
    from accessform.handoff.services.booking import book_appointment
    from accessform.handoff.services.contacts import save_contact

    contact = save_contact(name="Camille Durand", phone="+33199002020", email="")
    for slot in list_slots(place=place, motif=motif)[:TAKEN]:
        book_appointment(place=place, motif=motif, start=slot.start, contact=contact, key=uuid.uuid4())
