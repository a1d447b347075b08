"""Who fills in: age, device, way of pointing, language, habits that are no difficulty, and needs."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from accessform.adaptation.evaluation.people.worlds import Dice, World

NEEDS = ("language", "format", "choice", "motor", "vision", "process")
TRAITS = (
    "careless",
    "skipper",
    "re_reader",
    "stressed",
    "slow_network",
    "away",
    "autofill",
    "double_click",
)
"""Ways of filling in that are no difficulty: the negative controls."""

AGES = ("under_35", "35_59", "over_59")
SLOW_AGE = "over_59"


@dataclass(frozen=True)
class Person:
    """One invented person. `needs` holds a level from 0 to 1 for each need; empty for who has none."""

    id: str
    age: str
    device: str
    pointing: str
    language: str
    traits: frozenset[str]
    needs: Mapping[str, float]
    slips: float
    pace: float
    deletes: float


def person(world: World, number: int, *, in_need: bool) -> Person:
    """Return one person of a world, with or without a need; the same numbers give the same person."""
    name = f"{world.half}/{world.number}/{'need' if in_need else 'none'}/{number}"
    dice = Dice(name)
    needs = _needs(world, dice) if in_need else {}
    age = _age(world, dice, needs)
    phone = world["share_phone"] * (world["share_phone_over_59_factor"] if age == SLOW_AGE else 1)
    device = "phone" if dice.chance(phone) else "desktop"
    keyboard = device == "desktop" and dice.chance(world["share_keyboard_only"])
    pointing = "touch" if device == "phone" else "keyboard" if keyboard else "mouse"
    foreign = world["language_other"] if "language" in needs else world["share_other_language"]
    language = "other" if dice.chance(foreign) else "french"
    traits = frozenset(trait for trait in TRAITS if dice.chance(world[f"share_{trait}"]))
    if pointing == "keyboard":
        traits -= {"double_click"}
    slips = _slips(world, age, device, language, traits)
    pace = dice.spread(1.0, world["person_spread"]) * (world["pace_stressed"] if "stressed" in traits else 1)
    deletes = dice.spread(world["deleted_median"], _deletion_sigma(world))
    return Person(name, age, device, pointing, language, traits, needs, slips, pace, deletes)


def _needs(world: World, dice: Dice) -> Mapping[str, float]:
    """Return one need or two, with their levels."""
    weights = {need: world[f"need_{need}"] for need in NEEDS}
    chosen = [dice.weighted(weights)]
    if dice.chance(world["second_need"]):
        chosen.append(dice.weighted(weights))
    return {need: dice.between(world["need_level"], 1.0) for need in chosen}


def _age(world: World, dice: Dice, needs: Mapping[str, float]) -> str:
    """Return an age band; needs of hand and eye come more often with age."""
    old = world["bodily_over_59"] if {"motor", "vision"} & needs.keys() else world["share_over_59"]
    if dice.chance(old):
        return SLOW_AGE
    young = world["share_under_35"] / (1 - world["share_over_59"])
    return "under_35" if dice.chance(young) else "35_59"


def _slips(world: World, age: str, device: str, language: str, traits: frozenset[str]) -> float:
    """Return the chance that an answer is refused without any difficulty behind it, a question."""
    factors = [
        world["slip_careless"] if "careless" in traits else 1,
        world["slip_skipper"] if "skipper" in traits else 1,
        world["slip_stressed"] if "stressed" in traits else 1,
        world["slip_autofill"] if "autofill" in traits else 1,
        world["slip_over_59"] if age == SLOW_AGE else 1,
        world["slip_phone"] if device == "phone" else 1,
        world["slip_other_language"] if language == "other" else 1,
    ]
    slip = world["slip"]
    for factor in factors:
        slip *= factor
    return slip


def _deletion_sigma(world: World) -> float:
    """Return the spread that puts the 95th percentile of deletions where it was measured (1.645 standard units)."""
    return math.log(world["deleted_p95"] / world["deleted_median"]) / 1.645
