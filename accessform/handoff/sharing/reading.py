"""What a shared file shows, to the agent and in the person's preview, and whether the agent may write."""

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.db import transaction

from accessform.handoff.models import AccessKind, AgentProfile, Handover, HandoverAccess
from accessform.handoff.sharing.gate import Refusal, RefusalKind, is_over, lock_handover, refuse_inside, window_of
from accessform.handoff.sharing.log import record_access, record_refusal
from accessform.handoff.sharing.own_keys import seal, unseal
from accessform.handoff.sharing.scope import read_showing
from accessform.handoff.sharing.shown import (
    RowState,
    SharedContent,
    SharedEntry,
    SharedFile,
    SharedRow,
    SharedStep,
    build_content,
)
from accessform.journeys.models import Journey, JourneyStatus
from accessform.journeys.services.passage import load_passage
from accessform.plain_language.wording import ReadingLevel


def show_content(journey: Journey, *, scope: str, chosen: Collection[str], level: ReadingLevel) -> SharedContent:
    """Return what a scope shows of a journey as it stands now: the person's preview and the agent's reading."""
    passage = load_passage(journey)
    showing = read_showing(passage.steps, scope=scope, chosen=chosen)
    return build_content(passage.definition, passage.path.steps, passage.path.answers, showing=showing, level=level)


def read_file(*, handover: Handover, agent: AgentProfile, now: dt.datetime) -> SharedFile | Refusal:
    """Return the file as the person's preview shows it now. Every call is written in the log that the person reads.

    The consent is read anew each time, under a lock that a revocation waits for: what is returned was shown before
    the revocation, and nothing is shown after it.
    """
    with transaction.atomic():
        current = lock_handover(handover.pk)
        if current is None:
            return Refusal(RefusalKind.NOTHING_SHARED)
        if refusal := refuse_inside(current, agent, now):
            return record_refusal(current, agent, refusal, now=now)
        journey = Journey.objects.select_related("version__form").filter(pk=current.journey_id).first()
        if journey is None:
            return Refusal(RefusalKind.NOTHING_SHARED)
        content = show_content(
            journey, scope=current.scope, chosen=current.chosen, level=ReadingLevel(current.reading_level)
        )
        _record_reading(current, agent, content, now)
        writing = current.may_write and journey.status == JourneyStatus.DRAFT
        return SharedFile(content, now, window_of(current).closes, writing)


def may_write(handover: Handover, now: dt.datetime) -> bool:
    """Tell whether the agent who opened this file may write in it at `now`: agreed to, open, and not sent yet."""
    current = Handover.objects.select_related("appointment").filter(pk=handover.pk).first()
    if current is None or not current.may_write or current.opened_at is None:
        return False
    if is_over(current, now) or not window_of(current).holds(now):
        return False
    return Journey.objects.filter(pk=current.journey_id, status=JourneyStatus.DRAFT).exists()


def close_file(*, handover: Handover, agent: AgentProfile, now: dt.datetime) -> Refusal | None:
    """Give a file back: it opens no more, and the person reads that it was given back. Twice is once."""
    with transaction.atomic():
        current = lock_handover(handover.pk)
        if current is None:
            return Refusal(RefusalKind.NOTHING_SHARED)
        if current.closed_at is not None:
            return None
        if refusal := refuse_inside(current, agent, now):
            return record_refusal(current, agent, refusal, now=now)
        current.closed_at = now
        current.save(update_fields=["closed_at"])
        record_access(current, agent, AccessKind.CLOSED, now=now)
    return None


def read_snapshot(access: HandoverAccess) -> SharedContent | None:
    """Return what was shown at one line of the log, None where nothing was kept or its key was destroyed."""
    kept = HandoverAccess.objects.filter(handover_id=access.handover_id, pk__lte=access.pk).exclude(snapshot="").last()
    own_key = Handover.objects.values_list("wrapped_key", flat=True).get(pk=access.handover_id)
    if access.kind != AccessKind.READ or kept is None or own_key is None:
        return None
    return _content_from(unseal(own_key, kept.snapshot))


def _record_reading(handover: Handover, agent: AgentProfile, content: SharedContent, now: dt.datetime) -> None:
    """Write the reading, with a copy of what was shown where it is not what was shown last."""
    last = HandoverAccess.objects.filter(handover=handover).exclude(snapshot="").last()
    as_json = asdict(content)
    same = last is not None and _content_from(unseal(handover.wrapped_key, last.snapshot)) == content
    record_access(
        handover,
        agent,
        AccessKind.READ,
        now=now,
        shown_count=content.count(RowState.ANSWERED),
        hidden_count=content.count(RowState.HIDDEN),
        snapshot="" if same else seal(handover.wrapped_key, as_json),
    )


def _content_from(kept: dict[str, Any]) -> SharedContent:
    steps = (SharedStep(step["id"], step["title"], _rows_from(step["rows"])) for step in kept["steps"])
    return SharedContent(kept["form_title"], ReadingLevel(kept["level"]), tuple(steps))


def _rows_from(rows: list[dict[str, Any]]) -> tuple[SharedRow, ...]:
    return tuple(
        SharedRow(
            **{**row, "state": RowState(row["state"])}
            | {"entries": tuple(SharedEntry(entry["title"], _rows_from(entry["rows"])) for entry in row["entries"])}
        )
        for row in rows
    )
