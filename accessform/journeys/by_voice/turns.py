"""One turn of the dialogue in a POST: the words are taken, and become an ordinary action of the step."""

import time
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accessform.adaptation import choices
from accessform.adaptation.preferences import VOICE_RATES
from accessform.journeys.by_voice.heard import STATE, heard_words, typed_words
from accessform.journeys.by_voice.sealing import Sealed, unseal
from accessform.journeys.by_voice.sound import Sound, Trouble, has_sound, sound_of
from accessform.journeys.by_voice.targets import Target, after, before, first_target, targets_of
from accessform.journeys.by_voice.typed_value import typed_parts
from accessform.journeys.forms import StepForm
from accessform.journeys.typed import SAID, Typed, html_name, with_entry_added
from accessform.journeys.visit import Visit
from accessform.observation.events import EventKind, InteractionEvent
from accessform.speech.dialogue.reducer import advance, opened
from accessform.speech.dialogue.states import (
    Dialogue,
    Event,
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
from accessform.speech.readback import spoken_value
from accessform.speech.understanding.understood import Command, Value

SAY, REPLY, ORDER, RESUME = "say", "reply", "order", "resume"
VERBS = frozenset({SAY, REPLY, ORDER, RESUME})


@dataclass(frozen=True)
class Exchange:
    """What the card shows after a turn: what was heard, why the form refused it, whether the thread was lost.

    `trouble` is why a sound was not heard; `box` what the box keeps: the words of a sound, to be corrected, or those
    that a sound without words left there.
    """

    turn: Turn
    words: str = ""
    refusal: str = ""
    lost: bool = False
    trouble: Trouble | None = None
    box: str = ""


@dataclass(frozen=True)
class Spoken:
    """What a turn makes of the POST: an ordinary verb over `form`; `exchange` where the same page is drawn again."""

    form: StepForm
    verb: str
    exchange: Exchange | None = None
    events: tuple[InteractionEvent, ...] = ()


def is_turn(visit: Visit, verb: str, revision: int) -> bool:
    """Tell whether a POST is a turn: a button of the card, or « Continuer » with words in its box.

    « Continuer » while an answer waits for its yes is silence, unless a field was filled in meanwhile: the answer is
    neither taken nor dropped.
    """
    if verb in VERBS or verb != "next":
        return verb in VERBS
    if has_sound(visit.request):
        return True
    sealed, words = unseal(visit.request.POST.get(STATE, ""), visit, revision), typed_words(visit.request)
    if sealed is None or sealed.dialogue.value is None or not sealed.is_in_box(words):
        return bool(words)
    return _is_left_waiting(visit, sealed)


def _is_left_waiting(visit: Visit, sealed: Sealed) -> bool:
    name = sealed.dialogue.name
    own = [key for key in {*visit.request.POST, *visit.passage.typed} if key == name or key.startswith(f"{name}-")]
    return all(
        [value for value in visit.request.POST.getlist(key) if value.strip()]
        == [value for value in visit.passage.typed.get(key, []) if value.strip()]
        for key in own
    )


def take_turn(visit: Visit, form: StepForm, verb: str, argument: str, revision: int) -> Spoken:
    """Return what the turn comes to; a dialogue that was forged, or is of another page, is begun again."""
    targets = targets_of(form)
    if not targets:
        return Spoken(form, SAY)
    sealed = unseal(visit.request.POST.get(STATE, ""), visit, revision)
    target = next((t for t in targets if sealed and t.name == sealed.dialogue.name), None)
    if sealed is None or target is None:
        return _begun_again(visit, form, targets, verb)
    if verb in {SAY, "next"} and has_sound(visit.request):
        return _sounded(visit, form, target, sealed.dialogue)
    return _taken(visit, form, target, sealed.dialogue, _event(visit, verb, argument, sealed))


def with_words_kept(visit: Visit, typed: Typed, verb: str, revision: int) -> Typed:
    """Return `typed` with the words of the box where the page is left by another button than the card's own."""
    left = {name: values for name, values in typed.items() if name != SAID}
    if STATE not in visit.request.POST or verb in {SAY, "next"}:
        return left
    name, words = kept_words(visit, revision)
    return {**left, SAID: [name, words]} if words else left


def kept_words(visit: Visit, revision: int) -> tuple[str, str]:
    """Return the field asked about and the words to keep where another button was pressed: nothing said is lost.

    An answer that waited for its yes is kept in the words that give it again.
    """
    sealed = unseal(visit.request.POST.get(STATE, ""), visit, revision)
    words = heard_words(visit.request) or typed_words(visit.request)
    if sealed is None:
        return "", words
    form = visit.form(visit.passage.typed)
    target = next((t for t in targets_of(form) if t.name == sealed.dialogue.name), None)
    if target and not words and sealed.dialogue.value is not None:
        asked = target.asked(form)
        words = spoken_value(asked.kind, sealed.dialogue.value, asked.choices)
    return sealed.dialogue.name, words


def _begun_again(visit: Visit, form: StepForm, targets: list[Target], verb: str) -> Spoken:
    """Ask the question again; words given with a lost thread are still understood, a bare yes is not."""
    target, words = first_target(form, targets), heard_words(visit.request)
    if words:
        return _taken(visit, form, target, Dialogue(target.name), Heard(words))
    return Spoken(form, SAY, Exchange(opened(target.asked(form)), lost=True))


def _sounded(visit: Visit, form: StepForm, target: Target, dialogue: Dialogue) -> Spoken:
    """Take the sound of the POST; one that could not be heard changes nothing of the dialogue.

    The labels help to hear an answer; while a value waits for its yes, none is expected.
    """
    asked, request = target.asked(form), visit.request
    labels = [] if dialogue.phase is Phase.CONFIRMING else [target.label, *asked.choices.values()]
    sound = sound_of(request, labels)
    if sound is None or sound.trouble:
        turn = advance(dialogue, Ordered(Command.REPEAT), asked)
        return Spoken(form, SAY, Exchange(turn, trouble=sound and sound.trouble, box=_left(sound, request)))
    silent = Heard("") if sound.is_silent else Unrecognised()
    spoken = _taken(visit, form, target, dialogue, Heard(sound.words) if sound.words else silent)
    if spoken.exchange is None or spoken.exchange.turn.dialogue.name != target.name:
        return spoken
    return replace(spoken, exchange=replace(spoken.exchange, box=_to_correct(spoken.exchange, typed_words(request))))


def _left(sound: Sound | None, request: HttpRequest) -> str:
    """Return what the box keeps: the beginning of what was too long to be taken, else what was typed there."""
    return (sound.words if sound else "") or typed_words(request)


def _to_correct(exchange: Exchange, typed: str) -> str:
    """Return what the box shows after a sound: its words where they may need correcting, else what was typed there."""
    turn = exchange.turn
    if turn.move is Move.CONFIRM or turn.notice in {Notice.NO_MATCH, Notice.REFUSED}:
        return exchange.words or typed
    return "" if exchange.words else typed


def _event(visit: Visit, verb: str, argument: str, sealed: Sealed) -> Event:
    """Return what happened; an unknown reply or command is silence."""
    if verb == REPLY and argument in {"oui", "non"}:
        return _reply(argument, typed_words(visit.request), sealed)
    if verb == ORDER and argument in set(Command):
        return Ordered(Command(argument))
    return Resumed() if verb == RESUME else Heard(heard_words(visit.request))


def _reply(argument: str, words: str, sealed: Sealed) -> Event:
    """Return the reply of a button; words written in the box meanwhile are read with it: they may say another answer.

    A « Oui » beside « le treize » is no yes to the twelfth.
    """
    if not words or sealed.is_in_box(words):
        return Replied(argument == "oui")
    return Heard(words if argument == "oui" else f"non, {words}")


def _taken(visit: Visit, form: StepForm, target: Target, dialogue: Dialogue, event: Event) -> Spoken:
    asked = target.asked(form)
    turn = advance(dialogue, event, asked)
    refusal = None
    if turn.move is Move.VALIDATE and turn.dialogue.value is not None:
        refusal = refusal_of(form, target, turn.dialogue.value)
        checked = advance(turn.dialogue, Validated(refusal is None), asked)
        turn = replace(checked, evidence=turn.evidence)
    told = form[target.name].said(refusal) if refusal else ""  # type: ignore[attr-defined]
    words = heard_words(visit.request) if isinstance(event, Heard) else ""
    spoken = _led(visit, form, target, Exchange(turn, words, told))
    return replace(spoken, events=tuple(_events(visit, target, turn, refusal)))


def refusal_of(form: StepForm, target: Target, value: Value) -> ValidationError | None:
    """Return why the form's own field refuses a value, None where it takes it."""
    if target.adds:
        return None
    try:
        parts = typed_parts(target.question.type, value)
        raw = {name: parts.get(name, []) for name in target.field(form).kind.part_names()}
        target.field(form).read(raw, form.today)
    except ValidationError as refusal:
        return refusal
    return None


def _led(visit: Visit, form: StepForm, target: Target, exchange: Exchange) -> Spoken:
    """Return where the turn leads: an ordinary verb where it leaves the question, else the page again."""
    move = exchange.turn.move
    if move is Move.COMMIT and exchange.turn.value is not None:
        return _committed(visit, form, target, exchange.turn.value)
    if move is Move.SKIP:
        return _gone_on(form, after(targets_of(form), target.name), "next")
    if move is Move.BACK:
        return _gone_on(form, before(targets_of(form), target.name), "previous")
    if move is Move.HUMAN:
        return Spoken(form, "person")
    if move is Move.SLOWER:
        slower = [rate for rate in VOICE_RATES if rate < visit.presentation.voice_rate]
        choices.choose(visit.request, voice_rate=max(slower, default=VOICE_RATES[0]))
    return Spoken(form, SAY, exchange)


def _committed(visit: Visit, form: StepForm, target: Target, value: Value) -> Spoken:
    """Type a confirmed value into the question's own fields, and go on as the fields themselves would."""
    typed: Typed = dict(form.typed.lists())
    if target.adds and target.group is not None:
        if not value:
            return Spoken(form, "next")
        typed = with_entry_added(target.group, typed)
        place = before(targets_of(form), target.name)
        filled = _read(visit, form, typed, form.asked)
        return _gone_on(filled, after(targets_of(filled), place.name) if place else targets_of(filled)[0], "next")
    parts = typed_parts(target.question.type, value)
    for name in target.field(form).kind.part_names():
        typed[html_name(target.name, name)] = parts.get(name, [])
    filled = _read(visit, form, typed, form.asked | {target.name})
    return _gone_on(filled, after(targets_of(filled), target.name), "next")


def _read(visit: Visit, form: StepForm, typed: Typed, asked: frozenset[str]) -> StepForm:
    filled = visit.form(typed, asked=asked, refused_files=form.refused_files)
    filled.full_clean()
    return filled


def _gone_on(form: StepForm, target: Target | None, verb: str) -> Spoken:
    """Ask for the next thing of the same page, or leave it by its own button."""
    if target is None:
        return Spoken(form, verb)
    return Spoken(form, SAY, Exchange(opened(target.asked(form))))


def _events(visit: Visit, target: Target, turn: Turn, refusal: ValidationError | None) -> list[InteractionEvent]:
    """Return what the turn tells the assessment: that it failed and how, never a word of it."""
    now, place = time.time(), {"step": visit.step.id, "question": target.question.id}
    told = []
    if turn.evidence is not None:
        told.append(InteractionEvent(EventKind.NOT_UNDERSTOOD, now, code=turn.evidence.value, **place))
    if refusal is not None:
        told.append(InteractionEvent(EventKind.REJECTED, now, code=refusal.code or "invalid", **place))
    if turn.move is Move.HELP:
        told.append(InteractionEvent(EventKind.HELP_OPENED, now, **place))
    return told
