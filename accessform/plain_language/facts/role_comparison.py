"""Two casts compared: for one deed, who does it may not become who undergoes it, nor another whom both texts know."""

from collections.abc import Iterable
from dataclasses import dataclass

from accessform.plain_language.facts.actors import GENERAL, GENERAL_BODIES, OTHER, READER, Actor
from accessform.plain_language.facts.differences import Change, Differences
from accessform.plain_language.facts.reading import deed_of
from accessform.plain_language.facts.roles import Cast, Event

KIND = "role"
WIDE = frozenset({"communicate", "give", "pay", "complete", "home"})
"""Families too wide for two of their verbs to touch the same people."""
HALF = 0.5
"""Share of the words around two verbs that must be common for them to tell one deed."""
GIVING = frozenset({"pay", "communicate", "give", "notify", "repay", "receive", "obtain", "return"})


def compare_roles(standard: Cast, variant: Cast) -> Differences:
    """Compare who does what to whom."""
    found = [_clashes(_Meeting(standard, variant, name)) for name in _who_the_reader_may_be(standard, variant)]
    return Differences(changed=min(found, key=len))


@dataclass(frozen=True)
class _Meeting:
    """Two casts, and the class of the standard that « vous » of the variant stands for; None where any may be meant."""

    standard: Cast
    variant: Cast
    reader: str | None


def _who_the_reader_may_be(standard: Cast, variant: Cast) -> list[str | None]:
    """Return the classes of the standard that « vous » of the variant may stand for, one through the whole text."""
    people = sorted({one.name for one in standard.named if not one.body})
    if READER in people or not people or not any(one.name == READER for one in variant.named):
        return [None]
    said = [name for name in people if name in variant.reader]
    return [*(said or people)]


def _clashes(meeting: _Meeting) -> list[Change]:
    """Return the deeds of the variant that the standard gives to others."""
    found = []
    for event in meeting.variant.events:
        same = _same_deeds(event, meeting.standard)
        for other in _clashing(event, same, meeting):
            found.append(Change(KIND, other.words, event.words))
            break
    return found


def _same_deeds(event: Event, standard: Cast) -> list[Event]:
    """Return the events that tell the same deed; by the words around them only where no verb says it."""
    named = [other for other in standard.events if _same_deed(event, other)]
    return named or [other for other in standard.events if _same_words(event, other)]


def _same_deed(event: Event, other: Event) -> bool:
    """Tell whether two verbs name one deed about the same things, or things that one of them does not name."""
    common = bool(event.things & other.things)
    if event.verb in GIVING and other.verb in GIVING:
        recipients = {one.name for one in event.touched} & {one.name for one in other.touched}
        return common or event.root == other.root or (event.verb == other.verb and bool(recipients))
    around = bool(event.context & other.context)
    return event.verb == other.verb or (deed_of(event.verb) == deed_of(other.verb) and (common or around))


def _same_words(event: Event, other: Event) -> bool:
    shared = len(event.context & other.context)
    return shared > 1 and shared >= HALF * len(event.context | other.context)


def _one_act(event: Event, other: Event) -> bool:
    """Tell whether two events are by one verb, and about something in common where both name something."""
    around = event.things | event.context, other.things | other.context
    same = event.verb == other.verb or {event.verb, other.verb} <= GIVING
    return same and (not all(around) or bool(around[0] & around[1]))


def _clashing(event: Event, same: list[Event], meeting: _Meeting) -> Iterable[Event]:
    """Return the deeds of the standard whose actors those of the variant's deed cannot be."""
    with_agents = [other for other in same if other.agents]
    if event.agents and with_agents:
        if (
            not any(_meet(event.agents, other.agents, meeting) for other in with_agents)
            and _known(event.agents, meeting.standard)
            and not _done_otherwise(event, meeting)
        ):
            yield from with_agents
    elif event.agents:
        yield from (other for other in same if _surely(event.agents, other.touched) and _one_act(event, other))
    elif event.touched:
        yield from (
            other
            for other in same
            if not other.touched and _surely(event.touched, other.agents) and _one_act(event, other)
        )
    names = {actor.name for actor in meeting.variant.named}
    touching = [
        other
        for other in same
        if other.touched and (other.root == event.root or (other.verb == event.verb and event.verb not in WIDE))
    ]
    if event.touched and touching and not any(_meet(event.touched, other.touched, meeting) for other in touching):
        yield from (
            other
            for other in touching
            if _known(event.touched, meeting.standard) and any(one.name in names for one in other.touched)
        )


def _done_otherwise(event: Event, meeting: _Meeting) -> bool:
    """Tell whether the standard gives the same to the same people by another verb: « désigne » for « choisit »."""
    return any(
        {one.name for one in event.touched - _general(event.touched)} & {one.name for one in other.touched}
        and _meet(event.agents, other.agents, meeting)
        for other in meeting.standard.events
    )


def _general(actors: frozenset[Actor]) -> frozenset[Actor]:
    return frozenset(one for one in actors if one.name in GENERAL | GENERAL_BODIES)


def _known(actors: frozenset[Actor], standard: Cast) -> bool:
    return any(
        actor.name == READER
        or any(other.name == actor.name or (actor.name in GENERAL and not other.body) for other in standard.named)
        for actor in actors
    )


def _surely(actors: frozenset[Actor], others: frozenset[Actor]) -> bool:
    """Tell whether the one actor is certainly one of the others."""
    if len(actors) != 1 or len(others) != 1:
        return False
    one, other = next(iter(actors)), next(iter(others))
    if {one.name, other.name} == {READER, "asker"}:
        return True
    return one.name == other.name and one.name not in GENERAL and (OTHER in one.detail) == (OTHER in other.detail)


def _meet(actors: frozenset[Actor], others: frozenset[Actor], meeting: _Meeting) -> bool:
    return any(_may_be(one, other, meeting) for one in actors for other in others)


def _may_be(actor: Actor, other: Actor, meeting: _Meeting) -> bool:
    """Tell whether an actor of the variant may be an actor of the standard."""
    if actor.name == other.name:
        return _details_agree(actor, other)
    if READER in (actor.name, other.name):
        person = other if actor.name == READER else actor
        return (
            not person.body
            and OTHER not in person.detail
            and (meeting.reader in (None, person.name) or bool({meeting.reader, person.name} & GENERAL))
            and not _apart_from_the_reader(person, meeting.variant)
        )
    if actor.body != other.body:
        return False
    if actor.body:
        return bool({actor.name, other.name} & GENERAL_BODIES) and not {actor.name, other.name} <= {
            one.name for one in meeting.standard.named
        }
    known = {one.name for one in meeting.standard.named}
    return not actor.body and bool({actor.name, other.name} & GENERAL) and not {actor.name, other.name} <= known


def _details_agree(actor: Actor, other: Actor) -> bool:
    """Tell whether « autre parent » and « parent » may be one: what tells them apart must not contradict."""
    one, two = actor.detail, other.detail
    return not one or not two or bool(one & two)


def _apart_from_the_reader(person: Actor, variant: Cast) -> bool:
    """Tell whether the variant names this person as someone else than the reader it speaks to."""
    return person.name not in GENERAL | variant.reader and any(
        other.name == person.name and OTHER not in other.detail
        for event in variant.events
        for other in event.agents | event.touched
    )
