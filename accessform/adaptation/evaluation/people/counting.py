"""What the browser would count at one question, for who switched that on."""

from accessform.adaptation.evaluation.people.cohorts import SLOW_AGE, Person
from accessform.adaptation.evaluation.people.worlds import Dice, World, tables

COUNTED_FROM = 0.15
"""Corrections are told only where they are more than this share of the keys (policy.toml, B3)."""
LONG_PRESSES = 3

Counts = list[tuple[str, int]]


def keys_of(question_type: str) -> int:
    """Return how many keys an answer of that type takes."""
    keys = tables()["keys"]
    return int(keys.get(question_type, keys["other"]))


def counters(world: World, person: Person, dice: Dice, question_type: str, need: str | None) -> Counts:
    """Return the counters of one question, by name, those of nothing left out; B1, B11, B12 are told at 0 too."""
    filled = "autofill" in person.traits and question_type in {"text", "email", "phone", "address", "postal_code"}
    found: Counts = [] if filled else [("B1", int(hesitation(world, person, dice, need)))]
    if not filled:
        found += _typing(world, person, dice, question_type, need)
    if person.pointing != "keyboard":
        found += _pointing(world, person, dice, need)
    if person.pointing == "mouse":
        found += _hovering(world, dice, question_type, need)
    found.append(("B13", dice.times(_scrolling(world, person, need))))
    return [(name, value) for name, value in found if value or name in {"B1", "B11", "B12"}]


def hesitation(world: World, person: Person, dice: Dice, need: str | None) -> float:
    """Return the seconds from a question's turn to the first input; the clock stops while the page is hidden."""
    seconds = world[f"onset_ms_{person.age}"] / 1000 + world["reading_s"] * reading(world, person)
    slower = world["pace_struggling"] if need in {"language", "choice", "process"} else 1
    return dice.spread(seconds * slower * person.pace, world["question_spread"])


def reading(world: World, person: Person) -> float:
    """Return how much longer than usual a person reads."""
    factor = 1.0
    if "re_reader" in person.traits:
        factor *= world["reading_re_reader"]
    if "skipper" in person.traits:
        factor *= world["reading_skipper"]
    return factor


def _typing(world: World, person: Person, dice: Dice, question_type: str, need: str | None) -> Counts:
    """Return corrections, answers typed again, keys held too long."""
    keys = keys_of(question_type)
    if not keys:
        return []
    more = world[f"deleted_{need}"] if need in {"format", "motor", "language"} else 1
    share = min(dice.spread(person.deletes * more, world["deleted_question_spread"]), 0.9)
    deleted = int(share * keys) if share > COUNTED_FROM else 0
    retyped = world["retyped_struggling"] if need in {"format", "language"} else world["retyped"]
    held = world["long_press_motor"] if need == "motor" else world["long_press"]
    return [
        ("B3", deleted),
        ("B4", dice.times(retyped)),
        ("B9", LONG_PRESSES if dice.chance(held) else 0),
    ]


def _pointing(world: World, person: Person, dice: Dice, need: str | None) -> Counts:
    """Return bursts of clicks, clicks without effect, taps beside."""
    burst = world["burst_motor"] if need == "motor" else world["burst"]
    if "double_click" in person.traits:
        burst = max(burst, world["burst_double_click"])
    if "slow_network" in person.traits:
        burst = max(burst, world["burst_slow_network"])
    lost = need in {"motor", "vision", "process"}
    dead = world["dead_click_struggling"] if lost else world["dead_click"]
    miss = world["near_miss_touch"] if person.pointing == "touch" else world["near_miss_mouse"]
    if person.age == SLOW_AGE:
        miss *= world["near_miss_over_59"]
    if need == "motor":
        miss = world["near_miss_motor"]
    return [
        ("B5", int(dice.chance(burst))),
        ("B6", int(dice.chance(dead))),
        ("B8", dice.times(miss)),
    ]


def _hovering(world: World, dice: Dice, question_type: str, need: str | None) -> Counts:
    """Return rests of the pointer on a text, and its turns among the answers proposed."""
    rest = world["rest_struggling"] if need == "language" else world["rest"]
    found = [("B11", dice.times(rest))]
    if question_type in {"single_choice", "multiple_choice"}:
        flip = world["flip_struggling"] if need == "choice" else world["flip"]
        found.append(("B12", dice.times(flip, most=16)))
    return found


def _scrolling(world: World, person: Person, need: str | None) -> float:
    """Return the chance of scrolling back up to read again."""
    if need == "language":
        return world["scroll_back_language"]
    return world["scroll_back_re_reader"] if "re_reader" in person.traits else world["scroll_back"]
