"""What a shared file shows, to the agent and in the person's preview, and whether the agent may write."""

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.db import transaction

from accessform.answers.printed_values import moment_in_words
from accessform.handoff.models import AccessKind, AgentProfile, Handover, HandoverAccess
from accessform.handoff.sharing.gate import Refusal, RefusalKind, is_over, lock_handover, refuse_inside, window_of
from accessform.handoff.sharing.log import record_access, record_refusal
from accessform.handoff.sharing.own_keys import seal, unseal
from accessform.handoff.sharing.scope import read_showing
from accessform.handoff.sharing.shown import (
    Printer,
    RowState,
    SharedContent,
    SharedEntry,
    SharedFile,
    SharedLater,
    SharedRow,
    SharedStep,
    build_content,
)
from accessform.handoff.sharing.shown_later import Later, add_corrections
from accessform.journeys.corrections.folding import answers_in, entries_of, folded
from accessform.journeys.corrections.reading import sent_corrections
from accessform.journeys.corrections.telling import PARIS
from accessform.journeys.models import Correction, Corrector, Journey, JourneyStatus, Submission
from accessform.journeys.services.passage import load_passage
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel


def show_content(journey: Journey, *, scope: str, chosen: Collection[str], level: ReadingLevel) -> SharedContent:
    """Return what a scope shows of a journey as it stands now: the person's preview and the agent's reading.

    Of a form that was sent, it is what was sent, with the corrections made since beside it.
    """
    passage = load_passage(journey)
    definition, steps, answers = passage.definition, passage.path.steps, passage.path.answers
    showing = read_showing(passage.steps, scope=scope, chosen=chosen)
    content = build_content(definition, steps, answers, showing=showing, level=level)
    corrections = _list_corrections(journey, level)
    if not corrections:
        return content
    return add_corrections(content, passage.steps, Printer(showing, definition.numbers(), level), corrections)


def _list_corrections(journey: Journey, level: ReadingLevel) -> list[Later]:
    """Return what was corrected after sending, the first sent first; nothing of a draft (3 queries)."""
    submission = Submission.objects.filter(journey=journey).first()
    if submission is None:
        return []
    found, entries = [], entries_of(submission.document)
    for sent in sent_corrections(submission):
        before = answers_in(entries)
        entries = folded(entries, [(change.question_id, change.after) for change in sent.changes])
        changed = frozenset(change.question_id for change in sent.changes)
        dropped = frozenset(change.question_id for change in sent.changes if change.after is None)
        found.append(Later(_say_sent(sent.row, level), before, answers_in(entries), changed, dropped))
    return found


def _say_sent(row: Correction, level: ReadingLevel) -> str:
    who = interface.text(f"corrections.by_{Corrector(row.by).value}", level, desk=row.desk)
    moment = moment_in_words(row.sent_at.astimezone(PARIS))
    return interface.text("sharing.corrected", level, moment=moment, who=who)


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
            | {"entries": _entries_from(row["entries"])}
            | {"later": tuple(_later_from(later) for later in row.get("later", ()))}
        )
        for row in rows
    )


def _entries_from(entries: list[dict[str, Any]]) -> tuple[SharedEntry, ...]:
    return tuple(SharedEntry(entry["title"], _rows_from(entry["rows"])) for entry in entries)


def _later_from(later: dict[str, Any]) -> SharedLater:
    return SharedLater(later["said"], later["answer"], _entries_from(later["entries"]))
