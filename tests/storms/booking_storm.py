"""Many processes want the same slots at the same instant. Run as a program: it prints what the database holds then.

    python -m tests.storms.booking_storm SCENARIO PROCESSES ROUNDS

DATABASE_URL names a database that is this program's own. Scenarios: `book` (the product), `mixed` (all that can
happen to an agenda at once: see mixed_storm.py), `naive` (look whether the slot is free, then insert: what most
agendas do).
"""

import datetime as dt
import json
import multiprocessing
import os
import sys
import traceback
import uuid
from collections import Counter
from multiprocessing.synchronize import Barrier
from typing import Any

import django

from tests.storms.agenda_invariants import count_violations
from tests.storms.mixed_storm import live_mixed, prepare_mixed

CAPACITY = 2
WAITING = 10
FIRST = dt.datetime(2026, 1, 5, 0, 0, tzinfo=dt.UTC)

OVERLAPS = """
SELECT COUNT(*) FROM {table} a JOIN {table} b
ON a.agent_id = b.agent_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
WHERE a.status = 'booked' AND b.status = 'booked'
"""
ORPHANS = """
SELECT COUNT(*) FROM handoff_occupancycell c JOIN handoff_appointment a ON a.id = c.appointment_id
WHERE a.status <> 'booked' OR a.agent_id <> c.agent_id OR c.at < a.starts_at OR c.at >= a.ends_at
"""
NAIVE_TABLE = """
CREATE TABLE naive_appointment (
    id {serial}, agent_id bigint, starts_at timestamp, ends_at timestamp, status varchar(20)
)
"""


def prepare(rounds: int) -> list[dt.datetime]:
    """Create the tables, two agents open day and night, and return the start that each round fights for."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from accessform.handoff.models import AgentProfile, Motif, Opening, Place

    call_command("migrate", verbosity=0)
    place = Place.objects.create(source="storm", source_id="1", name="Tempête", department="974", postal_code="97400")
    texts = {"standard": "Essai", "plain": "Essai", "easy": "Essai"}
    motif = Motif.objects.create(slug="storm", label=texts, minutes=20, notice_hours=0, horizon_days=1)
    for number in range(CAPACITY):
        agent = AgentProfile.objects.create(place=place, name=f"Guichet {number}")
        agent.motifs.add(motif)
        hours = {"starts_at": dt.time(0), "ends_at": dt.time(23, 40)}
        Opening.objects.create(agent=agent, first_day=FIRST.date(), rule="FREQ=DAILY", **hours)
    with connection.cursor() as cursor:
        serial = "bigserial PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY"
        cursor.execute(NAIVE_TABLE.format(serial=serial))
    from accessform.handoff.services.agendas import list_slots

    soon = timezone.now() + dt.timedelta(hours=1)
    starts = [slot.start for slot in list_slots(place=place, motif=motif, not_before=soon)][:rounds]
    assert len(starts) == rounds
    return starts


def book_naively(start: dt.datetime) -> str:
    """Look, then insert: the control that must fail."""
    from django.db import connection, transaction

    end, moment = start + dt.timedelta(minutes=20), start.replace(tzinfo=None)
    with transaction.atomic(), connection.cursor() as cursor:
        for agent in range(1, CAPACITY + 1):
            cursor.execute(
                "SELECT COUNT(*) FROM naive_appointment WHERE agent_id = %s AND starts_at = %s", [agent, moment]
            )
            if cursor.fetchone()[0] == 0:
                cursor.execute(
                    "INSERT INTO naive_appointment (agent_id, starts_at, ends_at, status)"
                    " VALUES (%s, %s, %s, 'booked')",
                    [agent, moment, end.replace(tzinfo=None)],
                )
                return "done"
    return "slot_gone"


class Citizen:
    """One process's person: a contact, a place, a motif."""

    def __init__(self) -> None:
        from accessform.handoff.models import Contact, Motif, Place

        self.contact = Contact.objects.create(name="Camille Exemple", phone="+33199001010")
        self.place, self.motif = Place.objects.get(source="storm"), Motif.objects.get(slug="storm")

    def book(self, start: dt.datetime) -> Any:
        """Book as a citizen's last tap does."""
        from accessform.handoff.services.booking import book_appointment

        wished = {"place": self.place, "motif": self.motif, "start": start, "contact": self.contact}
        return book_appointment(**wished, key=uuid.uuid4())


def live(number: int, scenario: str, starts: list[dt.datetime], barrier: Barrier, results: Any) -> None:
    """One process: at each round, wait for the others, then try."""
    seen: Counter[str] = Counter()
    if scenario == "mixed":
        live_mixed(number, starts, barrier, seen)
        results.put(dict(seen))
        return
    citizen = Citizen()
    for start in starts:
        barrier.wait(120)
        try:
            if scenario == "naive":
                seen[book_naively(start)] += 1
            else:
                seen[str(citizen.book(start).outcome)] += 1
        except Exception:
            seen["error"] += 1
            traceback.print_exc()
    results.put(dict(seen))


def count(scenario: str, rounds: int, outcomes: Counter[str]) -> dict[str, Any]:
    """Return what the database holds, asked in SQL."""
    from django.db import connection

    table = "naive_appointment" if scenario == "naive" else "handoff_appointment"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE status = 'booked'")
        booked = cursor.fetchone()[0]
        cursor.execute(OVERLAPS.format(table=table))
        overlaps = cursor.fetchone()[0]
        cursor.execute(ORPHANS)
        orphans = cursor.fetchone()[0]
        cursor.execute("SELECT COUNT(*) FROM handoff_occupancycell")
        cells = cursor.fetchone()[0]
    violations = count_violations() if scenario == "mixed" else {}
    counted = {"violations": violations, "booked": booked, "overlaps": overlaps, "orphans": orphans, "cells": cells}
    return {"capacity": rounds * CAPACITY, "outcomes": dict(outcomes), **counted}


def run(scenario: str, processes: int, rounds: int) -> dict[str, Any]:
    """Fork the processes once Django is ready, let them fight, and count."""
    from django.db import connections

    starts = prepare(rounds)
    if scenario == "mixed":
        prepare_mixed(WAITING)
    connections.close_all()
    forks = multiprocessing.get_context("fork")
    barrier, results = forks.Barrier(processes), forks.Queue()
    crowd = [forks.Process(target=live, args=(n, scenario, starts, barrier, results)) for n in range(processes)]
    for process in crowd:
        process.start()
    outcomes: Counter[str] = Counter()
    for _ in crowd:
        outcomes.update(results.get(timeout=900))
    for process in crowd:
        process.join(60)
    return count(scenario, len(starts), outcomes)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accessform.settings")
    django.setup()
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201
