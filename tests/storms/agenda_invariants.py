"""What must hold of an agenda whatever happened to it, asked in SQL of SQLite and PostgreSQL alike."""

ACTIVE = "('booked', 'held')"
INVARIANTS = {
    "overlaps": f"""
        SELECT COUNT(*) FROM handoff_appointment a JOIN handoff_appointment b
        ON a.agent_id = b.agent_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
        WHERE a.status IN {ACTIVE} AND b.status IN {ACTIVE}""",
    "not exactly their cells": f"""
        SELECT COUNT(*) FROM handoff_appointment a WHERE a.status IN {ACTIVE}
        AND ({{epoch:a.ends_at}} - {{epoch:a.starts_at}}) / 300 + 2 * a.travel_minutes / 5 <>
        (SELECT COUNT(*) FROM handoff_occupancycell c WHERE c.appointment_id = a.id)""",
    "orphan cells": f"""
        SELECT COUNT(*) FROM handoff_occupancycell c JOIN handoff_appointment a ON a.id = c.appointment_id
        WHERE a.status NOT IN {ACTIVE} OR a.agent_id <> c.agent_id
        OR {{epoch:c.at}} < {{epoch:a.starts_at}} - 60 * a.travel_minutes
        OR {{epoch:c.at}} >= {{epoch:a.ends_at}} + 60 * a.travel_minutes""",
    "two active for a journey and motif": """
        SELECT COUNT(*) FROM (SELECT journey_id FROM handoff_appointment
        WHERE status = 'booked' AND journey_id IS NOT NULL GROUP BY journey_id, motif_id HAVING COUNT(*) > 1) d""",
    "not what a person was told": """
        SELECT COUNT(*) FROM storm_believed b LEFT JOIN handoff_appointment a ON a.id = b.id
        WHERE a.status IS NULL OR a.status <> b.status""",
    "booked and nobody knows": """
        SELECT COUNT(*) FROM handoff_appointment a LEFT JOIN storm_believed b ON b.id = a.id
        WHERE a.status = 'booked' AND b.id IS NULL""",
    "later than promised": """
        SELECT COUNT(*) FROM storm_promised p JOIN handoff_appointment a ON a.id = p.id
        WHERE a.status = 'booked' AND a.starts_at > p.starts_at""",
    "too many notices": """
        SELECT COUNT(*) FROM (SELECT entry_id FROM handoff_earlieroffer GROUP BY entry_id HAVING COUNT(*) > 3
        OR SUM(CASE WHEN status = 'open' THEN 1 ELSE 0 END) > 1) d""",
    "accepted and not moved": """
        SELECT COUNT(*) FROM handoff_earlieroffer o JOIN handoff_waitingentry e ON e.id = o.entry_id
        JOIN handoff_appointment a ON a.id = e.appointment_id
        WHERE o.status = 'accepted' AND (a.starts_at <> o.starts_at OR o.hold_id IS NOT NULL)""",
}


def count_violations() -> dict[str, int]:
    """Return how often each invariant is broken, asked in SQL."""
    from django.db import connection

    pattern = "EXTRACT(EPOCH FROM {})" if connection.vendor == "postgresql" else "CAST(strftime('%s', {}) AS INTEGER)"
    found = {}
    with connection.cursor() as cursor:
        for name, statement in INVARIANTS.items():
            cursor.execute(_with_epochs(statement, pattern))
            found[name] = int(cursor.fetchone()[0])
    return found


def _with_epochs(statement: str, pattern: str) -> str:
    for column in ("a.ends_at", "a.starts_at", "c.at"):
        statement = statement.replace(f"{{epoch:{column}}}", pattern.format(column))
    return statement
