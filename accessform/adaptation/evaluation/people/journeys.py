"""One journey of one person, told as the product would tell it, from the first page to sending or leaving.

Nobody reacts to the help: what happens is what would have happened without it, so that every policy is measured on the
same journeys. « Non merci » to each offer is said by whoever measures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from accessform.adaptation.evaluation.people.cohorts import SLOW_AGE, Person, person
from accessform.adaptation.evaluation.people.counting import counters, hesitation, keys_of
from accessform.adaptation.evaluation.people.worlds import Dice, World
from accessform.observation.events import EventKind, InteractionEvent

MOST_TRIES = 8
"""Sends of one step after which anyone leaves."""
FORMAT_CODES = {
    "date": "date_unreadable",
    "nir": "nir_key",
    "iban": "iban_key",
    "siret": "siret_length",
    "phone": "phone_too_short",
    "email": "email_invalid",
    "postal_code": "postal_code_length",
    "money": "not_amount",
    "decimal": "not_decimal",
    "integer": "not_integer",
}
NEXT_PAGE = 0.001

Instant = tuple[InteractionEvent, ...]


@dataclass(frozen=True)
class Journey:
    """What happened, in instants. `onset` is when difficulty was first met (None: never), `left_at` when the person
    went away for good before sending (None: sent). Whoever leaves after an onset gave up because of it.
    """

    person: Person
    form: str
    instants: tuple[Instant, ...]
    onset: float | None
    left_at: float | None

    @property
    def gave_up(self) -> bool:
        """Whether the person met difficulty and left."""
        return self.onset is not None and self.left_at is not None


@dataclass(frozen=True)
class _Question:
    id: str
    type: str
    optional: bool
    need: str | None


@dataclass
class _Walk:
    """A journey being walked."""

    world: World
    person: Person
    dice: Dice
    at: float = 0.0
    weariness: int = 0
    onset: float | None = None
    left_at: float | None = None
    instants: list[Instant] = field(default_factory=list)

    def tell(self, kind: EventKind, step: str | None = None, **said: object) -> None:
        """Tell one event alone in its instant."""
        self.tell_together([InteractionEvent(kind, self.at, step, **said)])  # type: ignore[arg-type]

    def tell_together(self, events: list[InteractionEvent]) -> None:
        """Tell the events of one instant."""
        if events:
            self.instants.append(tuple(events))

    def show(self, step: str) -> None:
        """Put a page on screen."""
        self.at += NEXT_PAGE + (self.world["network_s"] if "slow_network" in self.person.traits else 0)
        self.tell(EventKind.STEP_SHOWN, step)

    def leave(self) -> None:
        """Go away for good, after a look at the page."""
        self.at += self.world["look_before_leaving_s"]
        self.left_at = self.at

    def wearies(self) -> None:
        """Leave, perhaps: the more difficulties and refusals were met, the likelier."""
        if self.left_at is None and self.dice.chance(self.world["gives_up"] * self.weariness):
            self.leave()


def journey(world: World, number: int, *, in_need: bool) -> Journey:
    """Return one journey of a world; the same numbers give the same journey, on every machine."""
    someone = person(world, number, in_need=in_need)
    dice = Dice(f"{someone.id}/walk")
    form = dice.pick(sorted(world.forms))
    walk = _Walk(world, someone, dice)
    before: str | None = None
    for index, types in enumerate(world.forms[form]):
        step = f"s{index + 1}"
        _step(walk, step, before, list(_asked(walk, form, step, types)))
        if walk.left_at is not None:
            break
        before = step
    if walk.left_at is None:
        walk.at += NEXT_PAGE
        walk.tell(EventKind.SUBMITTED)
    return Journey(someone, form, tuple(walk.instants), walk.onset, walk.left_at)


def _asked(walk: _Walk, form: str, step: str, types: Sequence[str]) -> Iterator[_Question]:
    """Give the questions that this person is asked on a step, each with the need that meets difficulty there."""
    for index, written in enumerate(types):
        kind = written.rstrip("?-")
        if "?" in written and walk.dice.chance(0.5):
            continue
        place = f"{step}.q{index + 1}"
        demand = walk.world.demand(form, place, kind)
        met = [
            need
            for need, level in walk.person.needs.items()
            if walk.dice.chance(level * demand[need] * walk.world["meets"])
        ]
        yield _Question(place, kind, "-" in written, met[0] if met else None)


def _step(walk: _Walk, step: str, before: str | None, questions: list[_Question]) -> None:
    """Show a step, fill it in, send it until it is accepted, or leave."""
    walk.show(step)
    if walk.dice.chance(walk.world["leaves"]):
        walk.leave()
        return
    for question in questions:
        if question.need is None:
            continue
        if walk.onset is None:
            walk.onset = walk.at
        walk.weariness += 1
        _in_difficulty(walk, step, before, question)
        walk.wearies()
        if walk.left_at is not None:
            return
    _as_anyone(walk, step, before)
    told = _fill(walk, step, questions)
    _send(walk, step, questions, told)


def _in_difficulty(walk: _Walk, step: str, before: str | None, question: _Question) -> None:
    """Do what difficulty at a question leads to before sending."""
    world, dice, need = walk.world, walk.dice, question.need
    walk.at += world["reading_s"]
    for _ in range(dice.times(world[f"opens_{need}"], most=3)):
        walk.at += world["reading_s"]
        walk.tell(EventKind.HELP_OPENED, step, question=question.id)
    if before and dice.chance(world[f"returns_{need}"]):
        _go_back(walk, step, before)
    if dice.chance(world["asks"]):
        walk.at += world["reading_s"]
        walk.tell(EventKind.ASKED_FOR_HELP, step)
    if dice.chance(world["breaks_off"]):
        _break_off(walk, step)


def _as_anyone(walk: _Walk, step: str, before: str | None) -> None:
    """Do what people do without any difficulty: look at the help, check an earlier page, be interrupted."""
    world, dice, traits = walk.world, walk.dice, walk.person.traits
    again = "re_reader" in traits
    curious = world["curious"] * (world["curious_re_reader"] if again else 1)
    curious *= world["curious_other_language"] if walk.person.language == "other" else 1
    for _ in range(dice.times(curious, most=3)):
        walk.at += world["reading_s"]
        walk.tell(EventKind.HELP_OPENED, step)
    if before and dice.chance(world["checks_back"] * (world["checks_back_re_reader"] if again else 1)):
        _go_back(walk, step, before)
    if dice.chance(world["tries_the_button"]):
        walk.at += world["reading_s"]
        walk.tell(EventKind.ASKED_FOR_HELP, step)
    if dice.chance(world["interrupted"] * (world["interrupted_away"] if "away" in traits else 1)):
        _break_off(walk, step)
    if "away" in traits and dice.chance(1 / 3):
        walk.at += world["away_s"]


def _go_back(walk: _Walk, step: str, before: str) -> None:
    """Return to the step before, change nothing, come again."""
    walk.at += walk.world["reading_s"]
    walk.tell(EventKind.RETURNED, before)
    walk.show(before)
    walk.at += walk.world["reading_s"]
    walk.tell(EventKind.STEP_SAVED, before, changed=False)
    walk.show(step)


def _break_off(walk: _Walk, step: str) -> None:
    """Go, and take the draft up again."""
    walk.at += walk.world["away_s"]
    walk.tell(EventKind.RESUMED)
    walk.show(step)


def _fill(walk: _Walk, step: str, questions: list[_Question]) -> list[InteractionEvent]:
    """Fill a step in; return what the browser counted, told when the step is sent."""
    told: list[tuple[str, str, int]] = []
    for question in questions:
        told += [
            (question.id, name, value)
            for name, value in counters(walk.world, walk.person, walk.dice, question.type, question.need)
        ]
        walk.at += _seconds(walk, question)
    return [
        InteractionEvent(EventKind.COUNTER, walk.at, step, place, name=name, value=value) for place, name, value in told
    ]


def _seconds(walk: _Walk, question: _Question) -> float:
    """Return how long one question takes."""
    world, someone = walk.world, walk.person
    keys = keys_of(question.type) * world[f"key_ms_{someone.age}"] / 1000
    pauses = world["pauses_s_over_59" if someone.age == SLOW_AGE else "pauses_s_under_60"]
    moving = world[f"move_s_{someone.age}"] + pauses
    seconds = hesitation(world, someone, walk.dice, question.need) + (keys + moving) * someone.pace
    return seconds * (world["phone_time"] if someone.device == "phone" else 1)


def _send(walk: _Walk, step: str, questions: list[_Question], told: list[InteractionEvent]) -> None:
    """Send a step until nothing is refused, or leave."""
    refused = [question for question in questions if _is_refused(walk, question)]
    for _ in range(MOST_TRIES):
        if not refused:
            saved = InteractionEvent(EventKind.STEP_SAVED, walk.at, step, changed=True)
            walk.tell_together([*told, saved])
            return
        walk.tell_together([*told, *_refusals(walk, step, refused)])
        told = []
        walk.weariness += 1
        walk.wearies()
        if walk.left_at is not None:
            return
        walk.at += sum(_seconds(walk, question) for question in refused)
        refused = [question for question in refused if walk.dice.chance(_again(walk, question))]
    walk.leave()


def _is_refused(walk: _Walk, question: _Question) -> bool:
    """Tell whether the first answer is refused."""
    if question.need and walk.dice.chance(walk.world[f"refused_{question.need}"]):
        return True
    left_empty = question.optional and not FORMAT_CODES.get(question.type)
    return not left_empty and walk.dice.chance(walk.person.slips)


def _again(walk: _Walk, question: _Question) -> float:
    """Return the chance that the next answer is refused too."""
    return walk.world[f"again_{question.need}"] if question.need else walk.world["slip_again"]


def _refusals(walk: _Walk, step: str, refused: list[_Question]) -> list[InteractionEvent]:
    """Return what the product tells of a step refused."""
    failed = InteractionEvent(EventKind.SUBMIT_FAILED, walk.at, step)
    return [
        failed,
        *(
            InteractionEvent(EventKind.REJECTED, walk.at, step, question.id, _code(walk, question))
            for question in refused
        ),
    ]


def _code(walk: _Walk, question: _Question) -> str:
    """Return why an answer is refused: its form where it has one, a choice not made, or nothing there."""
    if question.type in FORMAT_CODES and (question.need == "format" or question.optional or walk.dice.chance(0.5)):
        return FORMAT_CODES[question.type]
    return "required_choice" if question.type in {"single_choice", "yes_no"} else "required"
