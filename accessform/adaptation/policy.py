"""From what happened to what changes: one pure, deterministic step over a journey's state."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from accessform.adaptation.acts import ACTS, DECLARED, apply_error_help, put_in_force
from accessform.adaptation.effects import effect_of, effective_values, may_be_proposed, proposable
from accessform.adaptation.policy_file import Policy
from accessform.adaptation.state import (
    MAX_DECISIONS,
    Action,
    Adaptation,
    Change,
    Decision,
    HandOff,
    PolicyState,
    Reason,
    Status,
)
from accessform.observation.events import COUNTERS, EventKind, InteractionEvent, in_order, rank
from accessform.observation.struggle import LOOK, Evidence, StruggleAssessment, assess, observe

Grown = set[str]

DECIDING = frozenset({EventKind.REJECTED, EventKind.SUBMIT_FAILED, EventKind.ASKED_FOR_HELP, EventKind.HINT})
"""What may lead to a decision though no evidence grew by it."""

FOLLOWED = frozenset({EventKind.STEP_SAVED, EventKind.STEP_SHOWN})
"""What may end what belonged to a step."""


def step(state: PolicyState, event: InteractionEvent, policy: Policy) -> tuple[PolicyState, tuple[Decision, ...]]:
    """Take one event; return the next state and what was decided. `state` itself is left as it was."""
    return advance(state, (event,), policy)


def advance(
    state: PolicyState, events: Iterable[InteractionEvent], policy: Policy
) -> tuple[PolicyState, tuple[Decision, ...]]:
    """Take the events of one instant as one set, decided once; their order does not matter.

    A time earlier than the last one is taken as the last one: two tabs may race, a journey's time never runs back.
    `state` itself is left as it was.
    """
    new = state.copy()
    return new, advance_in_place(new, list(events), policy)


def advance_in_place(state: PolicyState, events: Sequence[InteractionEvent], policy: Policy) -> tuple[Decision, ...]:
    """Advance `state` itself, for who alone holds it; return what was decided."""
    ordered = _as_set(events)
    decisions: list[Decision] = []
    grown: Grown = set()
    walked, silent, deciding = state.observations.index, state.silent, False
    for event in ordered:
        state.at = max(state.at, event.at)
    for event in ordered:
        kind = event.kind
        if act := ACTS.get(kind):
            decisions += act(state, event, policy)
            silent = state.silent
        if kind in FOLLOWED:
            _follow(state, event)
        elif kind in DECIDING:
            deciding = True
        if not silent:
            _notice(state, event, grown, policy)
    if not silent:
        if state.observations.index != walked:
            decisions += _withdraw_faded(state, policy)
        if deciding or grown:
            decisions += _decide(state, ordered, grown, policy)
    if not decisions:
        return ()
    state.decisions = (*state.decisions, *decisions)[-MAX_DECISIONS:]
    return tuple(decisions)


def _as_set(told: Sequence[InteractionEvent]) -> Sequence[InteractionEvent]:
    """Return the events of one instant in order, each once; a question of a group refused in two entries is one."""
    if len(told) == 1:
        return told
    if len({event.kind for event in told}) == len(told):  # then no two are alike, and kinds are order enough
        return sorted(told, key=rank)
    kept: dict[tuple[object, ...], InteractionEvent] = {}
    for key, event in sorted(((in_order(event), event) for event in told), key=itemgetter(0)):
        refused = event.kind is EventKind.REJECTED
        kept.setdefault((event.kind, event.step, event.question) if refused else key, event)
    return list(kept.values())


def _follow(state: PolicyState, event: InteractionEvent) -> None:
    """End what belonged to a step that is left: the list of helps, and a hand-off that the step no longer needs."""
    saved, hand_off = event.kind is EventKind.STEP_SAVED, state.hand_off
    left = event.step == state.asked if saved else event.step != state.asked
    if left:
        state.asked = None
    if saved and hand_off and hand_off.status is Status.OFFERED and event.step == hand_off.step:
        state.hand_off = replace(hand_off, status=Status.WITHDRAWN, at=state.at)


def _notice(state: PolicyState, event: InteractionEvent, grown: Grown, policy: Policy) -> None:
    """Count one event as evidence."""
    if event.kind is EventKind.PREFERENCE_SET:
        if event.value is None or policy.file.looks.get(event.name or "") != event.value:
            return
        where = state.observations.step or "start"
        event = InteractionEvent(EventKind.ASKED_FOR_HELP, event.at, where, code=LOOK)
    signal = observe(state.observations, event, policy.noticing)
    if signal:
        grown.add(signal)


def _decide(state: PolicyState, events: Sequence[InteractionEvent], grown: Grown, policy: Policy) -> list[Decision]:
    """Decide once for a set of events: a person first, then the plainer error, the device's hints, an offer."""
    decisions = _hand_off(state, events, policy)
    handed = bool(decisions)
    decisions += _error_help(state, events, policy)
    decisions += _apply_hints(state, events, policy)
    if any(_says_difficult(event) for event in events):
        decisions += _answer(state, policy)
    elif grown and not handed:
        decisions += _offer(state, grown, policy)
    return decisions


def _hand_off(state: PolicyState, events: Sequence[InteractionEvent], policy: Policy) -> list[Decision]:
    """Propose a person once for each occasion, outside every limit."""
    failures = [event for event in events if event.kind in (EventKind.REJECTED, EventKind.SUBMIT_FAILED)]
    if not failures:
        return []
    new = [occasion for occasion in _occasions(state, failures, policy) if occasion[0] not in state.handed]
    if not new:
        return []
    state.handed = _few(state.handed | {occasion[0] for occasion in new}, state)
    _, rule, step_id, question, reasons = new[0]
    state.hand_off = HandOff(rule, state.at, Status.OFFERED, step_id, question, reasons)
    return [Decision(state.at, Action.HAND_OFF, None, rule, policy.version, reasons, step_id, question)]


def _few(handed: frozenset[str], state: PolicyState) -> frozenset[str]:
    """Forget the occasions of questions that are counted no more, where there are more than any form has."""
    if len(handed) <= MAX_DECISIONS:
        return handed
    counted = {f"question.{question}" for question in state.observations.counts.get("A1", {})}
    return frozenset(occasion for occasion in handed if occasion in counted or not occasion.startswith("question."))


Occasion = tuple[str, str, str | None, str | None, tuple[Reason, ...]]


def _occasions(state: PolicyState, failures: Sequence[InteractionEvent], policy: Policy) -> list[Occasion]:
    """List the occasions of a hand-off in these failures, the most pressing first: key, rule, place, reasons."""
    rules = policy.file.hand_off
    found: list[Occasion] = []
    for event in failures:
        count = state.observations.count("A1", event.question or "") if event.kind is EventKind.REJECTED else 0
        if count >= rules.rejections:
            reason = Reason("A1", count, event.step, event.question)
            key = f"question.{event.question}"
            found.append((key, "hand_off.same_question", event.step, event.question, (reason,)))
    failed = [
        Reason("A2", tally.count, step_id)
        for step_id, tally in sorted(state.observations.counts.get("A2", {}).items())
        if tally.count >= rules.failures_each
    ]
    if len(failed) >= rules.failed_steps:
        found.append(("steps", "hand_off.several_steps", failures[0].step, None, tuple(failed)))
    for change in state.in_force():
        if change.adaptation is not Adaptation.ERROR_HELP and change.rule != "hint" and change.at < state.at:
            count = state.observations.count("A2", failures[0].step or "")
            reason = Reason("A2", max(count, 1), failures[0].step)
            found.append((f"change.{change.id}", "hand_off.after_change", failures[0].step, None, (reason,)))
    return found


def _error_help(state: PolicyState, events: Sequence[InteractionEvent], policy: Policy) -> list[Decision]:
    """Say the error plainly, example and help open, at the second rejection of a question."""
    decisions: list[Decision] = []
    for event in events:
        count = state.observations.count("A1", event.question or "") if event.kind is EventKind.REJECTED else 0
        if count >= policy.file.error_help.rejections:
            reason = Reason("A1", count, event.step, event.question)
            decisions += apply_error_help(state, event, reason, "error_help", policy)
    return decisions


def _withdraw_faded(state: PolicyState, policy: Policy) -> list[Decision]:
    """Withdraw the unanswered offer whose evidence has faded: with the steps walked, never on the spot."""
    offer = state.pending_offer
    if offer is None:
        return []
    assessment = _assess(state, (offer.adaptation,), policy).get(offer.adaptation)
    if assessment and assessment.points > policy.limits.withdraw_points:
        return []
    state.changes[offer.id] = offer.moved_to(Status.WITHDRAWN, state.at)
    reasons, place = _reasons(assessment) if assessment else (), state.observations.step
    return [Decision(state.at, Action.WITHDRAW, offer.adaptation, "faded", policy.version, reasons, place)]


def _apply_hints(state: PolicyState, events: Sequence[InteractionEvent], policy: Policy) -> list[Decision]:
    """Let the rest of the presentation follow the device, for who asked for it."""
    decisions: list[Decision] = []
    if not state.auto_adapt:
        return decisions
    hints = [event for event in events if event.kind is EventKind.HINT]
    for event in hints:
        told = event.value if isinstance(event.value, (bool, int, str)) else ""
        state.hints = {**state.hints, event.name or "": told}
        for rule in policy.file.hints:
            if rule.matches(event.name or "", event.value):
                state.barred |= {adaptation.value for adaptation in rule.bars}
    for event in hints:
        for rule in policy.file.hints:
            if rule.matches(event.name or "", event.value):
                reason = Reason("A8", 1, name=event.name)
                decisions += [
                    put_in_force(state, adaptation, "hint", (reason,), policy)
                    for adaptation in rule.apply
                    if may_be_proposed(state, policy, adaptation)
                ]
    return decisions


def _offer(state: PolicyState, grown: Grown, policy: Policy) -> list[Decision]:
    """Offer the most useful help that new evidence speaks for, or apply it for who asked for that."""
    if state.asked is not None or not _may_offer(state, policy):
        return []
    best = _best(state, grown, policy)
    return [_propose(state, best, "offer", policy)] if best else []


def _answer(state: PolicyState, policy: Policy) -> list[Decision]:
    """Answer « C'est difficile » at once, whatever the points: the help for which most speaks, first of the list."""
    if not _may_offer(state, policy):
        return []
    possible = proposable(state, policy)
    found = _assess(state, possible, policy)
    spoken_for = [found[adaptation] for adaptation in possible if adaptation in found]
    best = max(spoken_for, key=lambda assessment: assessment.points, default=None)
    return [_propose(state, best, DECLARED, policy)] if best else []


def _says_difficult(event: InteractionEvent) -> bool:
    """Tell whether the person said that a whole step is difficult."""
    return event.kind is EventKind.ASKED_FOR_HELP and event.code is None and event.question is None


def _may_offer(state: PolicyState, policy: Policy) -> bool:
    """Tell whether the bounds of offers leave room for one more."""
    limits = policy.limits
    if state.offers_made >= limits.offers_in_a_journey:
        return False
    return sum([change.status is Status.OFFERED for change in state.changes.values()]) < limits.pending_offers


def _propose(state: PolicyState, best: StruggleAssessment, rule: str, policy: Policy) -> Decision:
    """Offer a help, or put it in force for who switched on « adapter automatiquement pour moi »."""
    state.offers_made += 1
    adaptation, reasons = Adaptation(best.help_name), _reasons(best)
    if state.auto_adapt:
        return put_in_force(state, adaptation, rule, reasons, policy)
    sets = effect_of(adaptation, effective_values(state), locked=state.chosen, asked=True)
    place = state.observations.step
    state.changes[adaptation.value] = Change(
        adaptation.value, adaptation, Status.OFFERED, state.at, rule, place, None, reasons, sets
    )
    return Decision(state.at, Action.OFFER, adaptation, rule, policy.version, reasons, place)


def _best(state: PolicyState, grown: Grown, policy: Policy) -> StruggleAssessment | None:
    """Return the assessment of highest utility among those that may be offered; ties by the order of the file."""
    helps = frozenset[str]().union(*[policy.rules[signal].helps for signal in grown if signal in policy.rules])
    found = _assess(state, helps, policy, policy.limits.offer_points)
    speaking = {name: assessment for name, assessment in found.items() if _speaks(assessment, grown, policy)}
    best: StruggleAssessment | None = None
    best_utility = 0.0
    for adaptation in proposable(state, policy) if speaking else ():
        rule, assessment = policy.file.adaptations[adaptation], speaking.get(adaptation)
        if assessment is None:
            continue
        probability = policy.probability(assessment.points)
        utility = probability * rule.benefit - (1 - probability) * rule.cost
        if probability > rule.threshold and utility > best_utility:
            best, best_utility = assessment, utility
    return best


def _speaks(assessment: StruggleAssessment, grown: Grown, policy: Policy) -> bool:
    """Tell whether evidence of enough points allows an offer: two families or a repeated outcome, something new."""
    if not any(item.signal in grown for item in assessment.evidence):
        return False
    return len(assessment.families) >= policy.limits.families or assessment.repeated_outcome


def _assess(
    state: PolicyState, helps: Collection[str], policy: Policy, at_least: float = 0
) -> dict[str, StruggleAssessment]:
    """Weigh what speaks for each help now, with so many points at least."""
    every = policy.limits.halve_every_steps
    return assess(state.observations, policy.rules, helps, halve_every=every, at_least=at_least)


def _reasons(assessment: StruggleAssessment) -> tuple[Reason, ...]:
    """Return the page facts behind an assessment, strongest first."""
    return tuple(
        Reason(item.signal, item.count, item.step or None, item.place if _is_of_a_question(item) else None)
        for item in assessment.evidence
    )


def _is_of_a_question(item: Evidence) -> bool:
    """Tell whether the place of a piece of evidence is a question."""
    return item.signal == "A1" or (item.signal in COUNTERS and item.place != item.step)
