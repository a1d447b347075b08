"""Whatever is said, in whatever order: what the dialogue never does, and what it always does."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessform.speech.dialogue.reducer import advance, opened
from accessform.speech.dialogue.states import (
    Asked,
    Dialogue,
    Event,
    Heard,
    Move,
    Ordered,
    Phase,
    Replied,
    Resumed,
    Rung,
    Turn,
    Validated,
    dialogue_from,
)
from accessform.speech.readback import needs_confirmation
from accessform.speech.understanding.understood import Command
from forms_catalog.definition import QuestionType as T

CHOICES = {"oui": "Oui, en partie", "non": "Non", "a": "Famille", "b": "Ami ou amie", "c": "Voisin", "d": "Personne"}
WORDS = [
    "", "oui", "non", "non, treize", "oui treize", "douze mars", "douze mars 1948", "le treize", "1948",
    "environ mille", "deux cents", "zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre", "zéro six",
    "Nantes", "Saint-Denis", "Seine-Saint-Denis", "France", "12 rue des Lilas", "12 rue des Lilas 44000 Nantes",
    "Famille", "la deuxième", "aucun", "Dupont", "camille arobase exemple point fr", "demain à quinze heures",
    "quarante-quatre mille", "stop", "aide", "répète", "corrige", "passe", "retour", "une personne",
    "plus lentement", "je ne sais pas", "bof", "non enfin si", "tout sauf la première", "pas la deuxième",
]  # fmt: skip

questions = st.builds(
    lambda kind, required: Asked(
        "q", kind, CHOICES if "choice" in kind else {}, today=dt.date(2026, 11, 22), required=required
    ),
    st.sampled_from([kind for kind in T if kind not in {T.SECTION, T.EXPLANATION, T.GROUP}]),
    st.booleans(),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Heard, st.sampled_from(WORDS)),
    st.builds(Heard, st.text(max_size=20)),
    st.builds(Replied, st.booleans()),
    st.builds(Validated, st.booleans()),
    st.builds(Ordered, st.sampled_from(Command)),
    st.just(Resumed()),
)
walks = st.tuples(questions, st.lists(events, max_size=8))


def walked(asked: Asked, told: list[Event]) -> list[tuple[Dialogue, Event, Turn]]:
    """Return each turn with what it came from."""
    turn, seen = opened(asked), []
    for event in told:
        before = turn.dialogue
        turn = advance(before, event, asked)
        seen.append((before, event, turn))
    return seen


@settings(max_examples=300, deadline=None)
@given(walks)
def test_nothing_is_given_that_was_not_accepted_and_confirmed(walk: tuple[Asked, list[Event]]) -> None:
    asked, told = walk
    accepted: object = None
    for before, event, turn in walked(asked, told):
        if event == Validated(True) and before.phase is Phase.VALIDATING:
            accepted = before.value
        if turn.move is not Move.COMMIT:
            continue
        assert turn.value is not None
        assert turn.value == before.value == accepted
        if needs_confirmation(asked.kind) and not before.agreed:
            assert before.phase in {Phase.CONFIRMING, Phase.STOPPED}
            assert isinstance(event, Replied | Heard)


@settings(max_examples=200, deadline=None)
@given(walks, st.lists(st.sampled_from(["", "bof", "@@"]), min_size=3, max_size=3))
def test_three_failures_reach_the_keyboard_and_a_person(walk: tuple[Asked, list[Event]], failing: list[str]) -> None:
    asked, told = walk
    if asked.kind in {T.TEXT, T.LONG_TEXT, T.ADDRESS}:
        failing = ["", "", ""]
    dialogue = walked(asked, told)[-1][2].dialogue if told else opened(asked).dialogue
    for words in failing:
        dialogue = advance(dialogue, Heard(words), asked).dialogue
    assert dialogue.rung is Rung.PERSON


@settings(max_examples=200, deadline=None)
@given(walks)
def test_failures_are_forgotten_only_with_an_answer_given(walk: tuple[Asked, list[Event]]) -> None:
    for before, _, turn in walked(*walk):
        assert turn.move is Move.COMMIT or turn.dialogue.failures >= before.failures


@settings(max_examples=200, deadline=None)
@given(
    walks, st.sampled_from([Command.REPEAT, Command.SLOWER, Command.HELP, Command.BACK, Command.STOP, Command.HUMAN])
)
def test_no_command_but_correct_loses_what_waits(walk: tuple[Asked, list[Event]], command: Command) -> None:
    asked, told = walk
    before = walked(asked, told)[-1][2].dialogue if told else opened(asked).dialogue
    turn = advance(before, Ordered(command), asked)
    assert (turn.dialogue.value, turn.dialogue.pending) == (before.value, before.pending)
    again = advance(turn.dialogue, Resumed(), asked)
    waits = Move.CONFIRM if before.accepted else Move.VALIDATE
    assert again.move is (Move.ASK if before.value is None else waits)


@settings(max_examples=200, deadline=None)
@given(walks)
@pytest.mark.parametrize("stop", [Ordered(Command.STOP), Heard("stop"), Heard("arrête")])
def test_stop_stops_from_anywhere(stop: Event, walk: tuple[Asked, list[Event]]) -> None:
    asked, told = walk
    dialogue = walked(asked, told)[-1][2].dialogue if told else opened(asked).dialogue
    turn = advance(dialogue, stop, asked)
    assert (turn.move, turn.dialogue.phase) == (Move.STOP, Phase.STOPPED)


@settings(max_examples=300, deadline=None)
@given(walks)
def test_the_dialogue_travels_as_json_and_goes_on_the_same(walk: tuple[Asked, list[Event]]) -> None:
    asked, told = walk
    for before, event, turn in walked(asked, told):
        again = dialogue_from(json.loads(json.dumps(before.as_json())))
        assert again.as_json() == before.as_json()
        carried = advance(again, event, asked)
        assert (carried.move, carried.notice, carried.question) == (turn.move, turn.notice, turn.question)
        assert carried.dialogue.as_json() == turn.dialogue.as_json()
