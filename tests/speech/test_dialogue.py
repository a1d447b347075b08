"""One question, turn by turn: what is heard, what is done, what is told."""

import datetime as dt

import pytest

from accessform.speech.dialogue.narrowing import MOST_OPTIONS, Narrowing, Way, narrowed
from accessform.speech.dialogue.reducer import advance, opened
from accessform.speech.dialogue.replies import ReplyKind, reply_to
from accessform.speech.dialogue.states import (
    Asked,
    Dialogue,
    Event,
    Evidence,
    Heard,
    Move,
    Notice,
    Ordered,
    Phase,
    Replied,
    Resumed,
    Rung,
    Turn,
    Validated,
    dialogue_from,
)
from accessform.speech.understanding.understood import Command
from forms_catalog.definition import QuestionType as T

TODAY = dt.date(2026, 11, 22)
LINKS = {"famille": "Famille", "ami": "Ami ou amie", "voisin": "Voisin ou voisine"}
BORN = Asked("naissance", T.DATE, today=TODAY)
LINK = Asked("lien", T.SINGLE_CHOICE, LINKS, today=TODAY)
TRIED = Asked("essaye", T.YES_NO, today=TODAY)
COUNT = Asked("tasses", T.INTEGER, today=TODAY, required=False)


def after(asked: Asked, *events: Event) -> Turn:
    """Return the last turn of a dialogue, the form accepting every value that it is given."""
    turn = opened(asked)
    for event in events:
        turn = advance(turn.dialogue, event, asked)
        if turn.move is Move.VALIDATE:
            turn = advance(turn.dialogue, Validated(True), asked)
    return turn


def heard(asked: Asked, *words: str) -> Turn:
    return after(asked, *(Heard(said) for said in words))


def test_a_value_is_validated_then_confirmed_then_given() -> None:
    turn = advance(opened(BORN).dialogue, Heard("douze mars 1948"), BORN)
    assert (turn.move, turn.dialogue.phase) == (Move.VALIDATE, Phase.VALIDATING)
    turn = advance(turn.dialogue, Validated(True), BORN)
    assert (turn.move, turn.dialogue.value) == (Move.CONFIRM, "1948-03-12")
    turn = advance(turn.dialogue, Heard("oui"), BORN)
    assert (turn.move, turn.value, turn.dialogue) == (Move.COMMIT, "1948-03-12", Dialogue("naissance"))


def test_yes_and_no_are_given_without_confirmation() -> None:
    turn = heard(TRIED, "ah ben non")
    assert (turn.move, turn.value) == (Move.COMMIT, False)


def test_what_the_form_refuses_is_never_confirmed() -> None:
    turn = advance(opened(BORN).dialogue, Heard("douze mars 1948"), BORN)
    turn = advance(turn.dialogue, Validated(False), BORN)
    assert (turn.move, turn.notice, turn.dialogue.value, turn.dialogue.failures) == (
        Move.ASK,
        Notice.REFUSED,
        None,
        1,
    )


def test_a_partial_answer_is_completed_by_the_next() -> None:
    assert heard(BORN, "douze mars").move is Move.ASK_BACK
    assert heard(BORN, "douze mars").dialogue.failures == 0
    assert heard(BORN, "douze mars", "1948", "oui").value == "1948-03-12"


def test_the_same_partial_answer_again_is_a_failure() -> None:
    turn = heard(BORN, "douze mars", "douze mars")
    assert (turn.move, turn.dialogue.failures, turn.evidence) == (Move.ASK_BACK, 1, Evidence.NO_MATCH)


def test_a_doubtful_number_is_confirmed_once_only() -> None:
    assert heard(COUNT, "environ mille").question.startswith("Est-ce exactement mille")
    assert heard(COUNT, "environ mille", "oui").value == 1000
    assert heard(COUNT, "environ mille", "oui, deux mille").move is Move.CONFIRM


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("oui", ReplyKind.YES, None),
        ("c'est exact", ReplyKind.YES, None),
        ("oui tout à fait merci", ReplyKind.YES, None),
        ("oui, le douze mars 1948", ReplyKind.YES, None),
        ("non", ReplyKind.NO, None),
        ("ah ben non", ReplyKind.NO, None),
        ("non, c'est faux", ReplyKind.NO, None),
        ("non, le treize", ReplyKind.OTHER, "1948-03-13"),
        ("non, treize avril 1949", ReplyKind.OTHER, "1949-04-13"),
        ("13 mars 1948", ReplyKind.OTHER, "1948-03-13"),
        ("oui, treize avril 1949", ReplyKind.OTHER, "1949-04-13"),
        ("oui le treize", ReplyKind.OTHER, None),
        ("oui sauf l'année", ReplyKind.OTHER, None),
        ("bof", ReplyKind.OTHER, None),
    ],
)
def test_replies_to_a_date(words: str, kind: ReplyKind, value: str | None) -> None:
    reply = reply_to(words, BORN, "1948-03-12")
    assert (reply.kind, reply.understood.value) == (kind, value)


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("oui", ReplyKind.YES, None),
        ("oui, tout le temps", ReplyKind.OTHER, "tout"),
        ("non", ReplyKind.NO, None),
        ("non, oui tout le temps", ReplyKind.OTHER, "tout"),
    ],
)
def test_a_label_that_begins_with_yes_is_an_answer_and_no_yes(words: str, kind: ReplyKind, value: str | None) -> None:
    asked = Asked("aide", T.SINGLE_CHOICE, {"tout": "Oui, tout le temps", "part": "Oui, en partie", "non": "Non"})
    reply = reply_to(words, asked, "part")
    assert (reply.kind, reply.understood.value) == (kind, value)


def test_a_name_said_after_yes_is_doubted() -> None:
    assert reply_to("oui Dupond", Asked("nom", T.TEXT), "Dupont").kind is ReplyKind.OTHER
    assert heard(Asked("nom", T.TEXT), "Dupont", "oui Dupond").move is Move.CONFIRM


def test_no_asks_again_and_counts() -> None:
    for no in (Heard("non"), Replied(False), Ordered(Command.CORRECT)):
        turn = after(BORN, Heard("12 mars 1948"), no)
        assert (turn.move, turn.notice, turn.evidence) == (Move.ASK, Notice.CORRECTED, Evidence.CORRECTION)
        assert (turn.dialogue.value, turn.dialogue.failures) == (None, 1)


def test_a_correction_in_one_go_is_confirmed_in_its_turn() -> None:
    turn = advance(heard(BORN, "12 mars 1948").dialogue, Heard("non, le treize"), BORN)
    assert (turn.move, turn.evidence) == (Move.VALIDATE, Evidence.CORRECTION)
    turn = heard(BORN, "12 mars 1948", "non, le treize")
    assert (turn.move, turn.dialogue.value) == (Move.CONFIRM, "1948-03-13")
    assert heard(BORN, "12 mars 1948", "non, le treize", "oui").value == "1948-03-13"


def test_the_same_answer_again_is_no_yes() -> None:
    assert heard(BORN, "12 mars 1948", "12 mars 1948").move is Move.CONFIRM


@pytest.mark.parametrize(
    ("words", "notice", "evidence"),
    [("", Notice.NO_INPUT, Evidence.NO_INPUT), ("bleu", Notice.NO_MATCH, Evidence.NO_MATCH)],
)
def test_failures_climb_to_the_keyboard_and_a_person(words: str, notice: Notice, evidence: Evidence) -> None:
    turn = opened(LINK)
    for rung in (Rung.EXAMPLE, Rung.NARROWED, Rung.PERSON, Rung.PERSON):
        turn = advance(turn.dialogue, Heard(words), LINK)
        assert (turn.move, turn.notice, turn.evidence) == (Move.ASK, notice, evidence)
        assert turn.dialogue.rung is rung


def test_silence_at_the_confirmation_keeps_the_value() -> None:
    turn = heard(BORN, "12 mars 1948", "")
    assert (turn.move, turn.notice, turn.dialogue.value) == (Move.CONFIRM, Notice.NO_INPUT, "1948-03-12")


@pytest.mark.parametrize(
    ("words", "move"),
    [
        ("répète", Move.REPEAT),
        ("plus lentement", Move.SLOWER),
        ("aide", Move.HELP),
        ("retour", Move.BACK),
        ("stop", Move.STOP),
        ("une personne", Move.HUMAN),
    ],
)
def test_a_command_is_obeyed_at_any_time_and_keeps_what_waits(words: str, move: Move) -> None:
    for before in ([], ["12 mars"], ["12 mars 1948"]):
        waiting = heard(BORN, *before)
        turn = advance(waiting.dialogue, Heard(words), BORN)
        assert turn.move is move
        assert (turn.dialogue.value, turn.dialogue.pending) == (waiting.dialogue.value, waiting.dialogue.pending)
        assert turn.dialogue.failures == waiting.dialogue.failures


def test_skip_leaves_what_may_be_left_and_says_what_may_not() -> None:
    assert heard(COUNT, "passe").move is Move.SKIP
    turn = heard(BORN, "passe")
    assert (turn.move, turn.notice, turn.dialogue.failures) == (Move.ASK, Notice.NEEDED, 0)


def test_not_knowing_is_no_failure() -> None:
    turn = heard(BORN, "je ne sais pas")
    assert (turn.move, turn.notice, turn.dialogue.failures) == (Move.ASK, Notice.UNKNOWN, 0)


def test_correct_with_nothing_said_goes_back() -> None:
    assert heard(BORN, "corrige").move is Move.BACK


def test_going_on_after_a_stop_finds_what_waited() -> None:
    stopped = heard(BORN, "12 mars 1948", "stop")
    assert stopped.dialogue.phase is Phase.STOPPED
    turn = advance(stopped.dialogue, Resumed(), BORN)
    assert (turn.move, turn.dialogue.value) == (Move.CONFIRM, "1948-03-12")
    assert advance(stopped.dialogue, Heard("oui"), BORN).value == "1948-03-12"
    assert advance(heard(BORN, "stop").dialogue, Resumed(), BORN).move is Move.ASK


def test_a_yes_that_nothing_waits_for_gives_nothing() -> None:
    assert after(BORN, Replied(True)).move is Move.ASK
    assert after(BORN, Validated(True)).move is Move.ASK
    assert after(BORN, Heard("12 mars"), Replied(True)).move is Move.ASK


def test_the_dialogue_of_another_question_is_not_taken_over() -> None:
    turn = advance(heard(BORN, "12 mars 1948").dialogue, Replied(True), LINK)
    assert (turn.move, turn.dialogue.name) == (Move.ASK, "lien")


@pytest.mark.parametrize("data", [{}, {"name": "q"}, {"name": "q", "phase": "elsewhere"}])
def test_what_is_no_dialogue_is_refused(data: dict[str, str]) -> None:
    with pytest.raises((KeyError, ValueError)):
        dialogue_from(data)


def test_at_most_four_answers_are_put_by_ear() -> None:
    colours = dict(zip("abcdefg", ["Rouge", "Vert", "Bleu", "Bleu clair", "Jaune", "Noir", "Blanc"], strict=True))
    found = narrowed(Asked("c", T.SINGLE_CHOICE, colours), "bleu je crois")
    assert (found.way, len(found.options)) == (Way.OPTIONS, MOST_OPTIONS)
    assert {"c", "d"} <= set(found.options)
    assert narrowed(LINK) == Narrowing(Way.OPTIONS, tuple(LINKS))
    assert narrowed(Asked("t", T.PHONE)).way is Way.FIGURES
    assert narrowed(Asked("f", T.FILE)).way is Way.KEYBOARD


def test_who_speaks_answers_to_labels_that_address_them() -> None:
    whom = Asked("pour_qui", T.SINGLE_CHOICE, {"self": "Pour vous", "other": "Pour une autre personne"})
    assert heard(whom, "pour moi").dialogue.value == "self"
    assert heard(whom, "pour une autre personne").dialogue.value == "other"
