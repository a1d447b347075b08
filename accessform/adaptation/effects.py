"""What each help does to the presentation, and what the page looks like with the changes in force."""

from collections.abc import Mapping
from typing import Any

from accessform.adaptation.policy_file import Policy
from accessform.adaptation.preferences import DEFAULTS, TEXT_SIZES, Presentation, Value, checked_value, plain_value
from accessform.adaptation.state import Adaptation, PolicyState, Status

TEXT_STEPS = 2
"""« Texte plus grand » goes up two sizes at once: one step is what « Plus grand » already gives."""

ONCE = frozenset({Status.OFFERED, Status.ACCEPTED, Status.APPLIED, Status.REFUSED, Status.UNDONE, Status.REPLACED})
"""Statuses after which a help is not proposed again in the journey; only a withdrawn offer may come back."""


def effective_values(state: PolicyState) -> dict[str, Value]:
    """Return every field as it acts now, as plain values: the start, the person's choices, the changes in force."""
    values: dict[str, Value] = {**DEFAULTS, **state.chosen}
    for change in state.in_force():
        values.update(change.sets)
    return values


def effect_of(
    adaptation: Adaptation, values: Mapping[str, Value], *, locked: Mapping[str, object], asked: bool
) -> dict[str, Value]:
    """Return the fields that a help would set over `values`; `locked` fields are left alone, unless it was `asked`.

    A voice that nobody asked for never starts by itself: then only the listening controls come.
    """
    effect = _effect(adaptation, values, asked)
    free = {name: value for name, value in effect.items() if asked or name not in locked}
    return {name: value for name, value in free.items() if values[name] != value}


def _effect(adaptation: Adaptation, values: Mapping[str, Value], asked: bool) -> dict[str, Value]:
    """Return the fields that a help gives, whether or not they change anything."""
    if adaptation is Adaptation.LARGER_TEXT:
        place = TEXT_SIZES.index(int(values["text_size"]))
        return {"text_size": TEXT_SIZES[min(place + TEXT_STEPS, len(TEXT_SIZES) - 1)], "spacing": "wide"}
    if adaptation is Adaptation.VOICE:
        return {"modality": "voice"} if asked else {"modality": "voice", "voice_autoplay": False}
    return FIXED.get(adaptation, {})


FIXED: Mapping[Adaptation, dict[str, Value]] = {
    Adaptation.EASY_WORDING: {"reading_level": "easy"},
    Adaptation.PLAIN_WORDING: {"reading_level": "plain"},
    Adaptation.TOLERANT_INPUT: {"tolerant_input": True},
    Adaptation.CHOICE_HELP: {"choice_help": True},
    Adaptation.STEP_MAP: {"step_map": True},
    Adaptation.ONE_QUESTION: {"one_question": True},
    Adaptation.LARGER_TARGETS: {"larger_targets": True},
    Adaptation.HIGHER_CONTRAST: {"contrast": "more"},
}


def gives_something(adaptation: Adaptation, values: Mapping[str, Value], field: str) -> bool:
    """Tell whether a help would change its own field for the better: never a harder wording, never what is there."""
    if adaptation is Adaptation.PLAIN_WORDING:
        return values[field] == "standard"
    return _effect(adaptation, values, asked=True).get(field, values[field]) != values[field]


def proposable(state: PolicyState, policy: Policy) -> list[Adaptation]:
    """Return the helps that inference may propose now, in the policy's order: field free, not answered before…"""
    values = effective_values(state)
    return [adaptation for adaptation in policy.file.adaptations if _is_open(state, policy, adaptation, values)]


def may_be_proposed(state: PolicyState, policy: Policy, adaptation: Adaptation) -> bool:
    """Tell whether inference may propose a help: field free, useful, not barred by the device, not answered before."""
    return _is_open(state, policy, adaptation, effective_values(state))


def _is_open(state: PolicyState, policy: Policy, adaptation: Adaptation, values: Mapping[str, Value]) -> bool:
    rule = policy.file.adaptations[adaptation]
    before = state.changes.get(adaptation)
    if adaptation in policy.withheld or rule.field in state.chosen or adaptation in state.barred:
        return False
    if before and before.status in ONCE:
        return False
    return gives_something(adaptation, values, rule.field)


def helps_on_request(state: PolicyState, policy: Policy) -> tuple[Adaptation, ...]:
    """Return the helps that « C'est difficile » can list now, in the policy's order: all that would change something.

    What was chosen, refused or undone before is listed too: here it is the person who asks.
    """
    values = effective_values(state)
    rules = policy.file.adaptations
    given = [adaptation for adaptation in rules if adaptation not in policy.withheld]
    return tuple(adaptation for adaptation in given if gives_something(adaptation, values, rules[adaptation].field))


def presentation_of(state: PolicyState, base: Presentation) -> Presentation:
    """Return the presentation of a journey's page: `base` (the session's choices) with the changes in force.

    A choice made after a change wins over it, and so does a choice that the state has not seen yet. A plain form
    takes no change at all.
    """
    if base.plain_form:
        return base
    values: dict[str, Any] = {}
    for change in state.in_force():
        if change.at < base.reset_at:
            continue
        since = {name for name in change.sets if _chosen_since(state, base, name, change.at)}
        values.update({name: value for name, value in change.sets.items() if name not in since})
    return base.changed(**{name: checked_value(name, value) for name, value in values.items()}) if values else base


def _chosen_since(state: PolicyState, base: Presentation, name: str, at: float) -> bool:
    """Tell whether the person chose the field `name` after `at`."""
    if name not in base.chosen:
        return False
    return base.chosen[name] > at or plain_value(getattr(base, name)) != state.chosen.get(name)
