"""On PostgreSQL, the database itself also refuses two active appointments of one agent that overlap.

int8range(agent, agent) replaces the btree_gist extension, which a hosted database may refuse to install.
"""

from typing import Any

from django.db import migrations

ADD = """
ALTER TABLE handoff_appointment ADD CONSTRAINT no_overlap_of_one_agent EXCLUDE USING gist (
    int8range(agent_id, agent_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (status = 'booked')
"""
REMOVE = "ALTER TABLE handoff_appointment DROP CONSTRAINT no_overlap_of_one_agent"


def add(apps: Any, schema_editor: Any) -> None:
    """Add the constraint where the database is PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take the constraint away where the database is PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)


class Migration(migrations.Migration):
    """Add the exclusion constraint."""

    dependencies = [("handoff", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
