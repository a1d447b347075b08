"""On PostgreSQL, no hold overlaps an appointment either; everywhere, what is over keeps no cell."""

from typing import Any

from django.db import migrations

REMOVE = "ALTER TABLE handoff_appointment DROP CONSTRAINT no_overlap_of_one_agent"
ADD = """
ALTER TABLE handoff_appointment ADD CONSTRAINT no_overlap_of_one_agent EXCLUDE USING gist (
    int8range(agent_id, agent_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (status IN ({statuses}))
"""


def _replace(schema_editor: Any, statuses: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)
        schema_editor.execute(ADD.format(statuses=statuses))


def widen(apps: Any, schema_editor: Any) -> None:
    """Hold held time too, then free the cells of what was closed without freeing them."""
    _replace(schema_editor, "'booked', 'held'")
    cells = apps.get_model("handoff", "OccupancyCell").objects
    cells.exclude(appointment__status__in=("booked", "held")).delete()


def narrow(apps: Any, schema_editor: Any) -> None:
    """Hold booked time alone."""
    _replace(schema_editor, "'booked'")


class Migration(migrations.Migration):
    """Widen the exclusion constraint."""

    dependencies = [("handoff", "0006_holds_closures_and_visits")]
    operations = [migrations.RunPython(widen, narrow)]
