"""What those who receive and call back need: names, numbers, times. Never what was answered, never a difficulty."""

import datetime as dt
import uuid

from django.utils import timezone

from accessform.handoff.models import ACTIVE, Appointment, CallbackRequest, CallbackStatus


def list_appointments(*, day: dt.date) -> list[dict[str, str]]:
    """Return the appointments that stand on a day, each place by its own clock, in order of time."""
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    around = Appointment.objects.filter(
        status__in=ACTIVE, starts_at__gt=noon - dt.timedelta(days=2), starts_at__lt=noon + dt.timedelta(days=2)
    )
    rows = around.select_related("place", "agent", "motif", "contact").order_by("starts_at")
    return [_describe(row) for row in rows if row.starts_at.astimezone(row.place.zone).date() == day]


def _describe(row: Appointment) -> dict[str, str]:
    contact = row.contact
    return {
        "starts_at": row.starts_at.astimezone(row.place.zone).strftime("%Y-%m-%d %H:%M"),
        "place": row.place.name,
        "agent": row.agent.name,
        "motif": row.motif.label["standard"],
        "name": contact.name if contact else "",
        "phone": (contact.phone or "") if contact else "",
        "email": (contact.email or "") if contact else "",
        "address": (contact.address or "") if contact and row.motif.needs_address else "",
    }


def list_callbacks(*, form: str = "") -> list[dict[str, str]]:
    """Return the people who wait to be called back, the oldest request first; of one form where it is named."""
    waiting = CallbackRequest.objects.filter(status=CallbackStatus.WAITING).select_related("contact")
    asked = waiting.filter(form_slug=form) if form else waiting
    return [
        {
            "id": str(row.pk),
            "asked_at": timezone.localtime(row.created_at).strftime("%Y-%m-%d %H:%M"),
            "service": row.service,
            "form": row.form_slug,
            "moment": row.get_moment_display(),
            "name": row.contact.name if row.contact else "",
            "phone": (row.contact.phone or "") if row.contact else "",
        }
        for row in asked.order_by("created_at")
    ]


def close_callback(*, request_id: uuid.UUID) -> bool:
    """Note that a person was called back; False where no such request waits."""
    waiting = CallbackRequest.objects.filter(pk=request_id, status=CallbackStatus.WAITING)
    return bool(waiting.update(status=CallbackStatus.DONE))
