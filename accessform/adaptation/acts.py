"""What the person does about the help: choose, accept, refuse, undo, ask, stop. Their word always wins."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from accessform.adaptation.effects import effect_of, effective_values
from accessform.adaptation.policy_file import Policy
from accessform.adaptation.preferences import RefusedChoice, checked_value, plain_value
from accessform.adaptation.state import Action, Adaptation, Change, Decision, PolicyState, Reason, Status
from accessform.observation.events import COUNTERS, EventKind, InteractionEvent
from accessform.observation.struggle import MAX_PLACES, Observations

HAND_OFF = "hand_off"
ASKED = "asked"
"""Names that offer_accepted and offer_refused take besides those of helps: a person, the list of helps."""


COUNTING = "counters"
"""The choice that lets the browser count; without it, what was counted is forgotten."""

DECLARED = "declared"
"""Rule of the help that answers « C'est difficile »; the list of helps stands before it, and answers for it."""


def put_in_force(
    state: PolicyState, adaptation: Adaptation, rule: str, reasons: tuple[Reason, ...], policy: Policy
) -> Decision:
    """Apply a help without asking, for who switched on « adapter automatiquement pour moi »."""
    sets = effect_of(adaptation, effective_values(state), locked=state.chosen, asked=False)
    place = state.observations.step
    state.changes[adaptation.value] = Change(
        adaptation.value, adaptation, Status.APPLIED, state.at, rule, place, None, reasons, sets
    )
    return Decision(state.at, Action.APPLY, adaptation, rule, policy.version, reasons, place)


def apply_error_help(
    state: PolicyState, event: InteractionEvent, reason: Reason, rule: str, policy: Policy
) -> list[Decision]:
    """Say one question's error plainly, its example and help open; nothing where that was done or undone before."""
    change_id = f"{Adaptation.ERROR_HELP}.{event.question}"
    if event.question is None or change_id in state.changes:
        return []
    kind, reasons = Adaptation.ERROR_HELP, (reason,)
    said = [key for key, change in state.changes.items() if change.adaptation is kind]
    if len(said) >= MAX_PLACES:
        del state.changes[said[0]]
    state.changes[change_id] = Change(
        change_id, kind, Status.APPLIED, state.at, rule, event.step, event.question, reasons
    )
    return [Decision(state.at, Action.APPLY, kind, rule, policy.version, reasons, event.step, event.question)]


def _accept(state: PolicyState, event: InteractionEvent, policy: Policy) -> list[Decision]:
    """Put in force the offer, or any help that the person picked from a list; unknown names change nothing."""
    if event.name == HAND_OFF:
        _answer_hand_off(state, Status.ACCEPTED)
        return []
    change = _named(state, event.name, state.pending_offer)
    adaptation = change.adaptation if change else _adaptation(event.name)
    if adaptation is None or (change and change.in_force):
        return []
    state.asked = None
    if change and adaptation is Adaptation.ERROR_HELP:
        state.changes[change.id] = change.moved_to(Status.ACCEPTED, state.at)
        return []
    sets = effect_of(adaptation, effective_values(state), locked={}, asked=True)
    offered = change if change and change.status is Status.OFFERED else None
    if sets or offered:
        place = event.step or state.observations.step
        rule, reasons = (offered.rule, offered.reasons) if offered else ("asked", ())
        state.changes[adaptation.value] = Change(
            adaptation.value, adaptation, Status.ACCEPTED, state.at, rule, place, None, reasons, sets
        )
    return _withdraw_declared(state, policy)


def _refuse(state: PolicyState, event: InteractionEvent, policy: Policy) -> list[Decision]:
    """Put the offer aside: it stays listed, it is not repeated, and nothing else changes."""
    if event.name == HAND_OFF:
        _answer_hand_off(state, Status.REFUSED)
    elif event.name == ASKED:
        state.asked = None
        return _withdraw_declared(state, policy)
    else:
        offer = _named(state, event.name, state.pending_offer)
        if offer and offer.status is Status.OFFERED:
            state.changes[offer.id] = offer.moved_to(Status.REFUSED, state.at)
    return []


def _withdraw_declared(state: PolicyState, policy: Policy) -> list[Decision]:
    """Withdraw the help that answered « C'est difficile »: the list of helps was closed, or another was picked."""
    offer = state.pending_offer
    if offer is None or offer.rule != DECLARED:
        return []
    state.changes[offer.id] = offer.moved_to(Status.WITHDRAWN, state.at)
    place = state.observations.step
    return [Decision(state.at, Action.WITHDRAW, offer.adaptation, "chosen", policy.version, (), place)]


def _undo(state: PolicyState, event: InteractionEvent, policy: Policy) -> list[Decision]:
    """Take back one change, the latest where none is named; it is not proposed again in this journey."""
    latest = state.in_force()[-1:]
    change = _named(state, event.name, latest[0] if latest else None)
    if change and change.in_force:
        state.changes[change.id] = change.moved_to(Status.UNDONE, state.at)
    return []


def _choose(state: PolicyState, event: InteractionEvent, policy: Policy) -> list[Decision]:
    """Note a choice of the panel; it replaces whatever a change had set, and answers an offer about the same thing."""
    name = event.name or ""
    if name == COUNTING and event.value is not True:
        _forget_counters(state)
    if event.value is None:
        state.chosen = {key: value for key, value in state.chosen.items() if key != name}
        return []
    try:
        value = plain_value(checked_value(name, event.value))
    except RefusedChoice:
        return []
    if name == "help_offers":
        return _set_offers(state, bool(value))
    if name == "auto_adapt":
        return _set_auto_adapt(state, bool(value), policy)
    state.chosen = {**state.chosen, name: value}
    for change in state.in_force():
        if name in change.sets:
            left = {key: set_to for key, set_to in change.sets.items() if key != name}
            kept = replace(change, sets=left)
            state.changes[change.id] = kept if left else kept.moved_to(Status.REPLACED, state.at)
    if name == "plain_form" and value is True:
        return _quiet(state)
    return _withdraw_for_choice(state, name, policy)


def _withdraw_for_choice(state: PolicyState, name: str, policy: Policy) -> list[Decision]:
    """Withdraw an offer about a field that the person has just set."""
    offer = state.pending_offer
    if offer is None or policy.file.adaptations[offer.adaptation].field != name:
        return []
    state.changes[offer.id] = offer.moved_to(Status.REPLACED, state.at)
    place = state.observations.step
    return [Decision(state.at, Action.WITHDRAW, offer.adaptation, "chosen", policy.version, (), place)]


def _auto_adapt(state: PolicyState, event: InteractionEvent, policy: Policy) -> list[Decision]:
    """Switch « adapter automatiquement pour moi »."""
    return _set_auto_adapt(state, event.value is True, policy)


def _set_auto_adapt(state: PolicyState, on: bool, policy: Policy) -> list[Decision]:
    """Switch automatic adaptation; switching it on takes « Ne plus me proposer d'aide » back, and the waiting offer."""
    state.auto_adapt = on
    if not on:
        state.hints, state.barred = {}, frozenset()
        return []
    state.stopped = False
    offer = state.pending_offer
    if offer is None or state.silent:
        return []
    return [put_in_force(state, offer.adaptation, offer.rule, offer.reasons, policy)]


def _set_offers(state: PolicyState, on: bool) -> list[Decision]:
    """« Ne plus me proposer d'aide »: stop noticing and delete every count, those behind past decisions included."""
    state.stopped = not on
    if on:
        return []
    state.auto_adapt = False
    state.hints, state.barred = {}, frozenset()
    state.observations = Observations(step=state.observations.step)
    state.handed = frozenset()
    state.changes = {key: replace(change, reasons=()) for key, change in state.changes.items()}
    state.decisions = tuple(replace(decision, reasons=()) for decision in state.decisions)
    return _quiet(state)


def _forget_counters(state: PolicyState) -> None:
    """Delete what the browser counted, and those counts behind past decisions; what happened on the server stays."""

    def kept(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
        return tuple(reason for reason in reasons if reason.signal not in COUNTERS)

    seen = state.observations
    seen.counts = {signal: places for signal, places in seen.counts.items() if signal not in COUNTERS}
    seen.own = {}
    state.changes = {key: replace(change, reasons=kept(change.reasons)) for key, change in state.changes.items()}
    state.decisions = tuple(replace(decision, reasons=kept(decision.reasons)) for decision in state.decisions)


def _quiet(state: PolicyState) -> list[Decision]:
    """Take away whatever is being proposed; what is in force stays."""
    offer = state.pending_offer
    if offer:
        state.changes[offer.id] = offer.moved_to(Status.WITHDRAWN, state.at)
    state.hand_off, state.asked = None, None
    return []


def _ask(state: PolicyState, event: InteractionEvent, policy: Policy) -> list[Decision]:
    """Answer a declared need at once: help at the question, or the list of helps on the step."""
    if event.code is not None:
        return []
    if event.question is not None:
        reason = Reason("A7", 1, event.step, event.question)
        return apply_error_help(state, event, reason, "asked_question", policy)
    state.asked = event.step
    return []


def _submit(state: PolicyState, event: InteractionEvent, policy: Policy) -> list[Decision]:
    """The journey is sent: its counts go, what was decided stays readable until it expires."""
    state.submitted = True
    state.observations = Observations()
    return _quiet(state)


def _answer_hand_off(state: PolicyState, status: Status) -> None:
    """Note the answer to the proposal of a person."""
    if state.hand_off and state.hand_off.status is Status.OFFERED:
        state.hand_off = replace(state.hand_off, status=status, at=state.at)


def _named(state: PolicyState, name: str | None, otherwise: Change | None) -> Change | None:
    """Return the change of that id, or `otherwise` where no name was given."""
    return otherwise if name is None else state.changes.get(name)


def _adaptation(name: str | None) -> Adaptation | None:
    """Return the help of that name that can be had for a whole journey, if there is one."""
    known = {item.value: item for item in Adaptation if item is not Adaptation.ERROR_HELP}
    return known.get(name or "")


Act = Callable[[PolicyState, InteractionEvent, Policy], list[Decision]]
ACTS: Mapping[EventKind, Act] = {
    EventKind.AUTO_ADAPT_SET: _auto_adapt,
    EventKind.PREFERENCE_SET: _choose,
    EventKind.OFFER_ACCEPTED: _accept,
    EventKind.OFFER_REFUSED: _refuse,
    EventKind.CHANGE_UNDONE: _undo,
    EventKind.ASKED_FOR_HELP: _ask,
    EventKind.SUBMITTED: _submit,
}
"""Does what the person said, in place; returns the decisions that follow at once."""
