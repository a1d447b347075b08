"""What sharing erases, exports and purges; registered with trust in HandoffConfig.ready."""

import datetime as dt
import uuid
from typing import Any

from django.db.models.functions import Coalesce, Least

from accessform.handoff.models import Handover, HandoverAccess, Mandate


def erase_sharing(journey_id: uuid.UUID) -> None:
    """Delete a journey's consents with their keys, codes and logs, and its mandates."""
    Mandate.objects.filter(journey_id=journey_id).delete()
    Handover.objects.filter(journey_id=journey_id).delete()


def export_sharing(journey_id: uuid.UUID) -> dict[str, Any] | None:
    """Return the consents of a journey with who opened what, and its mandates; None where there is neither."""
    handovers = Handover.objects.filter(journey_id=journey_id).select_related("place").order_by("created_at")
    mandates = Mandate.objects.filter(journey_id=journey_id).order_by("given_at")
    held = {
        "handovers": [_describe_handover(row) for row in handovers.prefetch_related("accesses")],
        "mandates": [_describe_mandate(row) for row in mandates],
    }
    return held if any(held.values()) else None


def purge_handovers(now: dt.datetime, keep: dt.timedelta) -> int:
    """Delete the consents that ended longer ago than `keep`, with their keys, codes and logs; return how many."""
    visit = Coalesce("appointment__ends_at", "expires_at")
    ended = Least(Coalesce("revoked_at", visit), Coalesce("closed_at", visit), visit)
    old = Handover.objects.annotate(ended=ended).filter(ended__lt=now - keep)
    found = list(old.values_list("pk", flat=True))
    Handover.objects.filter(pk__in=found).delete()
    return len(found)


def purge_mandates(now: dt.datetime, keep: dt.timedelta) -> int:
    """Delete the mandates that ended longer ago than `keep`; return how many."""
    return Mandate.objects.annotate(ended=Coalesce("revoked_at", "expires_at")).filter(ended__lt=now - keep).delete()[0]


def _describe_handover(row: Handover) -> dict[str, Any]:
    return {
        "place": row.place.name,
        "opened_by": "code" if row.by_code else "appointment",
        "scope": row.scope,
        "questions_chosen": row.chosen,
        "may_write": row.may_write,
        **_describe_consent(row),
        "agreed_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "given_back_at": _moment(row.closed_at),
        "revoked_at": _moment(row.revoked_at),
        "log": [_describe_access(access) for access in row.accesses.all()],
    }


def _describe_access(access: HandoverAccess) -> dict[str, Any]:
    return {
        "at": access.at.isoformat(),
        "desk": access.desk,
        "place": access.place_name,
        "what": access.kind,
        "refused_because": access.reason or None,
        "answers_shown": access.shown_count,
        "answers_hidden": access.hidden_count,
    }


def _describe_mandate(row: Mandate) -> dict[str, Any]:
    return {
        "given_by": row.given_by,
        "desk": row.desk,
        "place": row.place_name,
        **_describe_consent(row),
        "given_at": row.given_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "revoked_at": _moment(row.revoked_at),
        "used_at": _moment(row.used_at),
    }


def _describe_consent(row: Handover | Mandate) -> dict[str, str]:
    return {"text": row.text, "text_sha256": row.text_sha256, "text_version": row.text_version}


def _moment(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None
