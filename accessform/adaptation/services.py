"""The only door through which journeys tell what happened and learn what changes."""

import itertools
import time
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.muting import count_journey, policy_for
from accessform.adaptation.policy import advance
from accessform.adaptation.policy_file import Policy, load_policy
from accessform.adaptation.preferences import Presentation, plain_value
from accessform.adaptation.state import PolicyState
from accessform.observation.events import EventKind, InteractionEvent, RefusedEvent

MAX_TRIES = 50
"""Each lost race means that another tab's write went through: so many in a row is not two tabs, it is a storm."""


SWITCHES = ("help_offers", "auto_adapt")
"""Choices that a journey may also switch for itself: the session's are taken over when made, not enforced after."""


class StateContention(RuntimeError):
    """The state kept changing under us."""


def load_state(journey_id: uuid.UUID) -> AdaptiveState:
    """Return the state of a journey in one query, an empty unsaved one where nothing was noticed yet."""
    return AdaptiveState.objects.filter(pk=journey_id).first() or blank_state(journey_id)


def blank_state(journey_id: uuid.UUID) -> AdaptiveState:
    """Return an empty unsaved state: what a page is drawn from where nothing that was noticed may be read."""
    return AdaptiveState(journey_id=journey_id, updated_at=timezone.now())


def record_events(
    *,
    state: AdaptiveState,
    events: Iterable[InteractionEvent],
    preferences: Presentation | None = None,
    form: str = "",
) -> AdaptiveState:
    """Take the events in order of time and return the new state, written at once; nothing new writes nothing.

    `preferences` is the session's presentation: its choices and hints not yet seen are taken first. Events with the
    same `at` are one set, decided once. Where another tab wrote meanwhile, the events are taken again on its state,
    so that none is lost; raises StateContention after fifty lost races. `form` is the form and its version, known once
    for all: signals muted on it count for nothing.
    """
    told = sorted(events, key=lambda event: event.at)
    current = state
    for _ in range(MAX_TRIES):
        before = current.policy_state
        current.form = form or current.form
        after = _advanced(before, told, preferences, policy_for(current.form))
        if _same(before, after):
            return current
        written = _write(current, after)
        if written is not None:
            return written
        current = load_state(state.journey_id)
    raise StateContention(str(state.journey_id))


def accept_offer(*, state: AdaptiveState, offer_id: str) -> AdaptiveState:
    """Put the offer in force, or any help picked from the list; "hand_off" notes that a person is wanted."""
    return _tell(state, EventKind.OFFER_ACCEPTED, name=offer_id)


def refuse_offer(*, state: AdaptiveState, offer_id: str) -> AdaptiveState:
    """Put the offer aside ("hand_off": the person, "asked": the list of helps); « Pourquoi ? » still lists it."""
    return _tell(state, EventKind.OFFER_REFUSED, name=offer_id)


def undo_change(*, state: AdaptiveState, change_id: str) -> AdaptiveState:
    """Take one change back for the rest of the journey."""
    return _tell(state, EventKind.CHANGE_UNDONE, name=change_id)


def undo_all(*, state: AdaptiveState) -> AdaptiveState:
    """Take every change back."""
    at = time.time()
    undone = [InteractionEvent(EventKind.CHANGE_UNDONE, at, name=change.id) for change in state.changes]
    return record_events(state=state, events=undone)


def stop_help(*, state: AdaptiveState) -> AdaptiveState:
    """« Ne plus me proposer d'aide »: stop noticing, delete the counts; the changes in force stay."""
    return _tell(state, EventKind.PREFERENCE_SET, name="help_offers", value=False)


def resume_help(*, state: AdaptiveState) -> AdaptiveState:
    """Take « Ne plus me proposer d'aide » back."""
    return _tell(state, EventKind.PREFERENCE_SET, name="help_offers", value=True)


def stop_counting(*, state: AdaptiveState) -> AdaptiveState:
    """Delete what the browser counted; nothing else changes."""
    return _tell(state, EventKind.PREFERENCE_SET, name="counters", value=False)


def set_auto_adapt(*, state: AdaptiveState, on: bool) -> AdaptiveState:
    """Switch « adapter automatiquement pour moi » for this journey; the session keeps the choice itself."""
    return _tell(state, EventKind.AUTO_ADAPT_SET, value=on)


def record_resumed(*, journey_id: uuid.UUID) -> None:
    """Note that a draft was taken up again (signal A6)."""
    _tell(load_state(journey_id), EventKind.RESUMED)


def record_submitted(*, journey_id: uuid.UUID) -> None:
    """Note that the journey is sent: its counts are deleted. Nothing is written where nothing was noticed."""
    state = load_state(journey_id)
    if state.revision:
        count_journey(state)
        _tell(state, EventKind.SUBMITTED)


def erase_state(journey_id: uuid.UUID) -> None:
    """Forget everything noticed about a journey (registered with trust.erasure)."""
    AdaptiveState.objects.filter(pk=journey_id).delete()


def export_state(journey_id: uuid.UUID) -> dict[str, object] | None:
    """Return the person's own copy of what was noticed and decided (registered with trust.export)."""
    row = AdaptiveState.objects.filter(pk=journey_id).first()
    return row.as_record() if row else None


def purge_states(now: datetime, keep: timedelta) -> int:
    """Delete the states untouched for `keep`; which signals fired stays, by form (registered with trust.retention)."""
    with transaction.atomic():
        old = AdaptiveState.objects.filter(updated_at__lt=now - keep)
        for row in old.iterator(chunk_size=200):
            count_journey(row)
        deleted, _ = old.delete()
    return deleted


def _tell(state: AdaptiveState, kind: EventKind, **said: object) -> AdaptiveState:
    """Record one act of the person, now; a forged name changes nothing."""
    try:
        event = InteractionEvent(kind, time.time(), **said)  # type: ignore[arg-type]
    except RefusedEvent:
        return state
    return record_events(state=state, events=[event])


def _advanced(
    before: PolicyState, events: list[InteractionEvent], preferences: Presentation | None, policy: Policy
) -> PolicyState:
    """Return the state after the session's new choices and the events, each instant decided once."""
    state = before
    told = events
    if preferences is not None:
        chosen = _choices_since(state, preferences, events[0].at if events else time.time())
        told = [*chosen, *events]
        if chosen or preferences.reset_at > state.reset_at:
            state = replace(state, reset_at=preferences.reset_at, seen=dict(preferences.chosen))
    for _, instant in itertools.groupby(told, key=lambda event: event.at):
        state, _ = advance(state, instant, policy)
    return state


def _choices_since(state: PolicyState, preferences: Presentation, at: float) -> list[InteractionEvent]:
    """Return as events what the person chose in the panel, and the device told, since the state was last written."""
    kind = EventKind.PREFERENCE_SET
    events: list[InteractionEvent] = []
    reset = preferences.reset_at > state.reset_at
    if reset:
        undone = [change for change in state.in_force() if change.at < preferences.reset_at]
        events += [InteractionEvent(EventKind.CHANGE_UNDONE, at, name=change.id) for change in undone]
    gone = [name for name in state.chosen if name not in preferences.chosen and (reset or name in state.seen)]
    events += [InteractionEvent(kind, at, name=name) for name in gone]
    if state.auto_adapt and "auto_adapt" in state.seen and "auto_adapt" not in preferences.chosen:
        events.append(InteractionEvent(EventKind.AUTO_ADAPT_SET, at, value=False))
    if state.stopped and reset and "help_offers" not in preferences.chosen:
        events.append(InteractionEvent(kind, at, name="help_offers", value=True))
    for name, chosen_at in preferences.chosen.items():
        value = plain_value(getattr(preferences, name))
        differs = name not in SWITCHES and state.chosen.get(name) != value
        if differs or state.seen.get(name) != chosen_at:
            events.append(InteractionEvent(kind, at, name=name, value=value))
    for name, hint in preferences.hints.items():
        if state.hints.get(name) != hint:
            events.append(InteractionEvent(EventKind.HINT, at, name=name, value=hint))
    return events


def _same(before: PolicyState, after: PolicyState) -> bool:
    """Tell whether nothing worth writing changed; the time alone is not."""
    if before is after:
        return True
    unmoved = after.copy()
    unmoved.at = before.at
    return unmoved == before


def _write(row: AdaptiveState, state: PolicyState) -> AdaptiveState | None:
    """Write `state` if the row is still at the revision that was read; None where another tab was faster.

    One statement for the first write and the later ones, on SQLite and PostgreSQL alike: Django has no upsert that
    also compares.
    """
    new = AdaptiveState(
        journey_id=row.journey_id,
        form=row.form,
        state=state.as_dict(),
        policy_version=load_policy().version,
        revision=row.revision + 1,
        updated_at=timezone.now(),
    )
    fields = AdaptiveState._meta.concrete_fields
    table = connection.ops.quote_name(AdaptiveState._meta.db_table)
    names = [connection.ops.quote_name(field.column) for field in fields]
    key = connection.ops.quote_name(AdaptiveState._meta.pk.column)
    sets = ", ".join(f"{name} = excluded.{name}" for name in names if name != key)
    revision = connection.ops.quote_name("revision")
    sql = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))}) "  # noqa: S608
        f"ON CONFLICT ({key}) DO UPDATE SET {sets} WHERE {table}.{revision} = %s"
    )
    values = [field.get_db_prep_save(getattr(new, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.revision])
        return new if cursor.rowcount == 1 else None
