"""One turn of the dialogue: `advance` takes where it stands and what happened, and says where it goes.

ASK → LISTEN → NO_INPUT | NO_MATCH | COMMAND | PARSED → VALIDATE → CONFIRM → COMMIT (design 5, rule 5).
"""

from dataclasses import replace

from accessform.speech.dialogue.listening import understood
from accessform.speech.dialogue.replies import Reply, ReplyKind, reply_to
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
    Turn,
    Unrecognised,
    Validated,
)
from accessform.speech.readback import needs_confirmation
from accessform.speech.understanding.understood import Command, Outcome, Understood
from forms_catalog.definition import QuestionType

_LEADS = {
    Command.REPEAT: Move.REPEAT,
    Command.SLOWER: Move.SLOWER,
    Command.HELP: Move.HELP,
    Command.BACK: Move.BACK,
    Command.HUMAN: Move.HUMAN,
}
_WAITS = {Phase.ASKING: Move.ASK, Phase.VALIDATING: Move.VALIDATE, Phase.CONFIRMING: Move.CONFIRM}


def opened(asked: Asked) -> Turn:
    """Return the first turn on a question."""
    return Turn(Dialogue(asked.name), Move.ASK)


def advance(dialogue: Dialogue, event: Event, asked: Asked) -> Turn:
    """Return what `event` comes to.

    A value is given (COMMIT) only once the form has accepted it and, where `needs_confirmation` says so, the person
    has said yes to that very value. A dialogue on another question than `asked` is begun again.
    """
    if dialogue.name != asked.name:
        dialogue = Dialogue(asked.name)
    if isinstance(event, Ordered):
        return _ordered(dialogue, event.command, asked)
    if isinstance(event, Validated):
        return _validated(dialogue, event, asked)
    going = _going_on(dialogue)
    if isinstance(event, Resumed):
        return _put_again(going)
    if isinstance(event, Unrecognised):
        return _put_again(going.failed(), Notice.NO_MATCH, Evidence.NO_MATCH)
    if isinstance(event, Replied):
        return _replied(going, Reply(ReplyKind.YES if event.exact else ReplyKind.NO), asked)
    return _heard(going, event, asked)


def _going_on(dialogue: Dialogue) -> Dialogue:
    """Return the dialogue with the person there again: at « Est-ce exact ? » where a value waits, else asking."""
    if dialogue.value is None:
        return replace(dialogue, phase=Phase.ASKING)
    return replace(dialogue, phase=Phase.CONFIRMING if dialogue.accepted else Phase.VALIDATING)


def _put_again(dialogue: Dialogue, notice: Notice | None = None, evidence: Evidence | None = None) -> Turn:
    """Return the turn that says again what waits for words."""
    return Turn(dialogue, _WAITS[dialogue.phase], notice, evidence=evidence)


def _heard(dialogue: Dialogue, event: Heard, asked: Asked) -> Turn:
    if dialogue.phase is Phase.CONFIRMING and dialogue.value is not None:
        return _replied(dialogue, reply_to(event.words, asked, dialogue.value), asked)
    found = understood(event.words, asked, dialogue.pending)
    return _taken(dialogue, found, asked, agreed=_is_agreement(dialogue, found, event.words))


def _is_agreement(dialogue: Dialogue, found: Understood, words: str) -> bool:
    """Tell whether « Est-ce bien mille ? » was answered by a plain yes: it is not asked a second time."""
    candidate = (dialogue.pending or {}).get("pending", {}).get("candidate")
    if candidate is None or found.value != candidate:
        return False
    return reply_to(words, Asked(dialogue.name, QuestionType.TEXT), str(candidate)).kind is ReplyKind.YES


def _taken(dialogue: Dialogue, found: Understood, asked: Asked, *, agreed: bool = False) -> Turn:
    """Return what an utterance that was understood comes to, whatever it answers."""
    if found.outcome is Outcome.COMMAND and found.command is not None:
        return _ordered(dialogue, found.command, asked)
    if found.outcome is Outcome.UNKNOWN:
        return _put_again(dialogue, Notice.UNKNOWN)
    if found.outcome is Outcome.VALUE:
        validating = replace(
            dialogue, phase=Phase.VALIDATING, value=found.value, accepted=False, agreed=agreed, pending=None
        )
        return Turn(validating, Move.VALIDATE)
    if found.outcome is Outcome.ASK:
        return _asked_back(dialogue, found)
    silence = found.outcome is Outcome.NO_INPUT
    notice, evidence = (Notice.NO_INPUT, Evidence.NO_INPUT) if silence else (Notice.NO_MATCH, Evidence.NO_MATCH)
    return _put_again(dialogue.failed(), notice, evidence)


def _asked_back(dialogue: Dialogue, found: Understood) -> Turn:
    """Return the question back; one that keeps nothing new brought the answer no nearer, and counts as a failure."""
    kept = found.as_json() if found.pending else None
    asking = replace(dialogue.emptied(), pending=kept)
    if kept is not None and kept["pending"] != (dialogue.pending or {}).get("pending"):
        return Turn(asking, Move.ASK_BACK, question=found.question)
    return Turn(asking.failed(), Move.ASK_BACK, question=found.question, evidence=Evidence.NO_MATCH)


def _replied(dialogue: Dialogue, reply: Reply, asked: Asked) -> Turn:
    """Return what a reply to « Est-ce exact ? » comes to."""
    if dialogue.phase is not Phase.CONFIRMING:
        return _put_again(dialogue)
    if reply.kind is ReplyKind.YES:
        return _committed(dialogue, asked)
    if reply.kind is ReplyKind.NO:
        return _refused_by_person(dialogue)
    turn = _taken(dialogue, reply.understood, asked)
    if turn.move in {Move.VALIDATE, Move.ASK_BACK} and turn.dialogue.value != dialogue.value:
        return replace(turn, evidence=Evidence.CORRECTION)
    return turn


def _refused_by_person(dialogue: Dialogue) -> Turn:
    return _put_again(dialogue.emptied().failed(), Notice.CORRECTED, Evidence.CORRECTION)


def _validated(dialogue: Dialogue, event: Validated, asked: Asked) -> Turn:
    """Return « Est-ce exact ? » or the value where the form accepts it, the question again where it does not."""
    if dialogue.phase is not Phase.VALIDATING:
        return _put_again(_going_on(dialogue))
    if not event.accepted:
        return _put_again(dialogue.emptied().failed(), Notice.REFUSED)
    if needs_confirmation(asked.kind) and not dialogue.agreed:
        return Turn(replace(dialogue, phase=Phase.CONFIRMING, accepted=True), Move.CONFIRM)
    return _committed(dialogue, asked)


def _committed(dialogue: Dialogue, asked: Asked) -> Turn:
    return Turn(Dialogue(asked.name), Move.COMMIT, value=dialogue.value)


def _ordered(dialogue: Dialogue, command: Command, asked: Asked) -> Turn:
    """Return what a command does. Only « corrige » drops a value that waits: that is what it asks for."""
    if command is Command.STOP:
        return Turn(replace(dialogue, phase=Phase.STOPPED), Move.STOP)
    going = _going_on(dialogue)
    if command is Command.CORRECT:
        return _refused_by_person(going) if going.value is not None or going.pending else Turn(going, Move.BACK)
    if command is Command.SKIP:
        return _put_again(going, Notice.NEEDED) if asked.required else Turn(going, Move.SKIP)
    return Turn(going, _LEADS[command])
