"""Work of this room that a worker process does; tasks carry ids only, never answers."""

import datetime as dt
import uuid

from django_tasks import default_task_backend, task


@task()
def deliver_one(delivery_id: str) -> bool:
    """Try one delivery."""
    from accessform.journeys.deliveries import deliver

    return deliver(uuid.UUID(delivery_id))


def deliver_later(delivery_id: uuid.UUID, *, at: dt.datetime) -> None:
    """Plan the next attempt where the task back-end can wait; elsewhere the sweep finds the row."""
    if default_task_backend.supports_defer:
        deliver_one.using(run_after=at).enqueue(str(delivery_id))
