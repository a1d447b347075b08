"""The card of a step that is answered in words: what it shows, what it may say aloud, and what it may not by itself."""

from dataclasses import dataclass, field, replace
from typing import Any

from accessform.answers.printed_values import printed
from accessform.journeys.by_voice.sealing import seal
from accessform.journeys.by_voice.sound import Microphone, microphone_of
from accessform.journeys.by_voice.targets import Target, first_target, targets_of
from accessform.journeys.by_voice.turns import Exchange, kept_words
from accessform.journeys.by_voice.typed_value import typed_parts
from accessform.journeys.fields.worded_field import default_example
from accessform.journeys.forms import StepForm
from accessform.journeys.typed import SAID
from accessform.journeys.visit import Visit
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.speech.dialogue.narrowing import Way, narrowed
from accessform.speech.dialogue.reducer import opened
from accessform.speech.dialogue.states import Asked, Move, Notice, Phase, Rung, Turn
from accessform.speech.readback import letter_by_letter, spelled, spoken_value
from accessform.speech.understanding.understanding import AS_SAID
from accessform.speech.understanding.understood import Command
from forms_catalog.definition import QuestionType

FEW_CHOICES = 4
"""Choices that leave the microphone in sight below them."""


@dataclass(frozen=True)
class Card:
    """What templates/journeys/voice.html draws. `after_turn` says that it answers what was just given.

    `keyboard` is the id of the question's own first field, where it is the way that is left. `far` says that the
    question's own answers take more than a screen of a telephone before the card.
    """

    target: Target
    phase: Phase
    state: str
    is_private: bool = False
    title: str = ""
    lines: tuple[str, ...] = ()
    understood: str = ""
    letters: str = ""
    words: str = ""
    box: str = ""
    after_turn: bool = False
    listens: bool = False
    helped: bool = False
    offers_person: bool = False
    offers_skip: bool = False
    keyboard: str = ""
    far: bool = False
    microphone: Microphone | None = None

    @property
    def confirming(self) -> bool:
        """Whether « Est-ce exact ? » waits for its answer."""
        return self.phase is Phase.CONFIRMING

    @property
    def stopped(self) -> bool:
        """Whether the person stopped the dialogue."""
        return self.phase is Phase.STOPPED

    @property
    def comes_first(self) -> bool:
        """Whether the card stands above the fields: it answers, or names itself the one field that is asked about."""
        return self.after_turn or bool(self.title)

    @property
    def leads(self) -> bool:
        """Whether the card's own buttons, or the question's, come before the microphone and the box."""
        return self.confirming or bool(self.keyboard) or self.offers_skip or not self.spoken

    @property
    def spoken(self) -> bool:
        """Whether words can answer the question at all: documents are given with their buttons."""
        return self.target.adds or _way(self.target) is not Way.KEYBOARD

    @property
    def commands(self) -> list[str]:
        """Names of what may be asked for at any moment, where help was asked."""
        return [*(command.value for command in Command), "unknown"] if self.helped else []

    @property
    def long(self) -> bool:
        """Whether the answer may take several lines."""
        return not self.target.adds and self.target.question.type is QuestionType.LONG_TEXT


@dataclass
class _Words:
    """The texts of one card at one level, as they are gathered."""

    level: ReadingLevel
    lines: list[str] = field(default_factory=list)

    def say(self, name: str, **values: object) -> str:
        return interface.text(f"voice.{name}", self.level, **values)

    def add(self, text: str) -> None:
        if text:
            self.lines.append(text)


def card_of(visit: Visit, form: StepForm, exchange: Exchange | None) -> Card | None:
    """Return the card of this page; None where the form is not met by voice, or the page asks for nothing."""
    if not visit.presentation.voice or visit.page.only is None:
        return None
    targets = targets_of(form)
    if not targets:
        return None
    microphone = microphone_of(visit.presentation, exchange.trouble if exchange else None)
    if exchange is None:
        return replace(_opening(visit, form, first_target(form, targets)), microphone=microphone)
    name = exchange.turn.dialogue.name
    target = next((found for found in targets if found.name == name), None) or first_target(form, targets)
    return replace(_answering(visit, form, target, exchange), microphone=microphone)


def _opening(visit: Visit, form: StepForm, target: Target) -> Card:
    """Return the card as a question is first met, with the words that another button found in the box."""
    name, words = visit.passage.typed.get(SAID, ["", ""])
    if visit.request.method == "POST":
        name, words = kept_words(visit, int(visit.request.POST.get("revision", "0")))
    box = words if name in {"", target.name} else ""
    title = target.label if target.group is not None else ""
    asked = target.asked(form)
    state = seal(visit, opened(asked).dialogue, aloud=title)
    far = len(asked.choices) > FEW_CHOICES
    card = Card(target, Phase.ASKING, state, title=title, box=box, listens=bool(title), far=far)
    return card if card.spoken else replace(card, lines=(interface.text("voice.narrow_keyboard", visit.page.level),))


def _answering(visit: Visit, form: StepForm, target: Target, exchange: Exchange) -> Card:
    """Return the card that answers a turn."""
    turn, asked, words = exchange.turn, target.asked(form), _Words(visit.page.level)
    phase = turn.dialogue.phase
    confirming = phase is Phase.CONFIRMING
    understood, spoken, aloud = _read_back(target, turn, words) if confirming else ("", "", "")
    title = _title(target, exchange, words)
    if exchange.trouble:
        words.add(interface.text(f"microphone.trouble_{exchange.trouble}", words.level))
    words.add(exchange.refusal)
    if phase is Phase.ASKING:
        _put_again(form, target, asked, exchange, words)
    private = target.is_sensitive and (confirming or turn.move is Move.ASK_BACK or bool(exchange.refusal))
    said = _join([*([] if confirming and not (exchange.lost or exchange.trouble) else [title]), *words.lines, aloud])
    exact = words.say("is_it_exact") if confirming else ""
    unwritten = words.say("on_screen_only") if private else ""
    by_itself, where_asked = (_join([unwritten, exact]), said) if private else (said, "")
    name = _name(target, turn) if confirming else ""
    letters = letter_by_letter(name)
    rewritten = [pair for pair in ((spoken, understood), (spelled(name), letters), (unwritten, "")) if pair[0]]
    box = _box(target, exchange)
    state = seal(visit, turn.dialogue, aloud=by_itself, private=where_asked, rewritten=rewritten, box=box)
    return Card(
        target,
        phase,
        state,
        is_private=private,
        title=title,
        lines=tuple(words.lines),
        understood=understood,
        letters=letters,
        words=exchange.words if _is_echoed(exchange) else "",
        box=box,
        after_turn=True,
        listens=bool(said) and phase is not Phase.STOPPED,
        helped=turn.move is Move.HELP,
        offers_person=turn.notice in {Notice.UNKNOWN, Notice.NEEDED} or turn.dialogue.rung is Rung.PERSON,
        offers_skip=turn.notice is Notice.UNKNOWN and not asked.required,
        keyboard=_own_field(form, target) if phase is Phase.ASKING and turn.dialogue.rung is Rung.PERSON else "",
    )


def _is_echoed(exchange: Exchange) -> bool:
    """Tell whether the words are shown again: where they were not taken as they are, and no command."""
    turn = exchange.turn
    asked_again = turn.notice in {Notice.NO_MATCH, Notice.REFUSED} or turn.move is Move.ASK_BACK
    return asked_again or exchange.lost or exchange.trouble is not None


def _own_field(form: StepForm, target: Target) -> str:
    """Return the id of the first field of the question, "" where it is answered with a button."""
    return "" if target.adds else str(form[target.name].first_control())  # type: ignore[attr-defined]


def _title(target: Target, exchange: Exchange, words: _Words) -> str:
    turn = exchange.turn
    if exchange.trouble:
        return interface.text(f"microphone.trouble_{exchange.trouble}_title", words.level)
    told = "lost" if exchange.lost else {Move.STOP: "stopped", Move.HELP: "help"}.get(turn.move)
    if told:
        return words.say(f"title_{told}")
    if turn.dialogue.phase is Phase.CONFIRMING:
        return words.say("title_understood")
    if turn.move is Move.ASK_BACK:
        return turn.question
    return words.say(f"title_{turn.notice.value}") if turn.notice else target.label


def _read_back(target: Target, turn: Turn, words: _Words) -> tuple[str, str, str]:
    """Return the value that waits for its yes, as it is shown, as it is said, and as it is said with its question."""
    question, value = target.question, turn.dialogue.value
    choices = {choice.key: choice.label.at(words.level) for choice in question.choices}
    name = _name(target, turn)
    spoken = spoken_value(question.type, value, choices)
    aloud = _join([words.say("title_understood"), spoken, spelled(name), words.say("is_it_exact")])
    return shown(target, value, words.level), spoken, aloud


def shown(target: Target, value: Any, level: ReadingLevel) -> str:
    """Return a value that was understood, as every page of the journey writes it."""
    parts, question = typed_parts(target.question.type, value), target.question
    if question.type is QuestionType.ADDRESS:
        street, *place = (" ".join(typed) for typed in parts.values())
        return "\n".join(line for line in (street, " ".join(place).strip()) if line)
    if question.type is QuestionType.COMMUNE:
        return spoken_value(question.type, value)
    if question.type is QuestionType.MULTIPLE_CHOICE and value:
        return "\n".join(printed(question, [key], level) for key in value)
    return printed(question, value, level) or interface.text("journeys.no_answer", level)


def _name(target: Target, turn: Turn) -> str:
    """Return a name that waits for its yes, "" for anything else: it is heard one way and written another."""
    value = turn.dialogue.value
    is_name = target.is_written_first and target.question.type is QuestionType.TEXT
    return value if is_name and isinstance(value, str) else ""


def _put_again(form: StepForm, target: Target, asked: Asked, exchange: Exchange, words: _Words) -> None:
    """Put the question again: its label, with an example, or piece by piece, or the keyboard and a person."""
    turn, level = exchange.turn, words.level
    own = words.lines[:]
    if turn.notice is not None or exchange.lost or turn.move in {Move.HELP, Move.ASK_BACK}:
        words.add(target.label)
    if turn.move is Move.HELP and not target.adds:
        told = target.field(form).words(level)
        for text in (told.help, told.hint):
            words.add(text)
    helped = turn.move is Move.HELP
    if turn.dialogue.rung is Rung.EXAMPLE or helped:
        words.add(_example(target, asked, level, own))
    if turn.dialogue.rung is Rung.NARROWED or (helped and turn.dialogue.rung is Rung.PERSON):
        _narrow(asked, exchange, words)
    if turn.dialogue.rung is Rung.PERSON:
        words.add(words.say("keyboard_or_person"))


def _example(target: Target, asked: Asked, level: ReadingLevel, told: list[str]) -> str:
    """Return an example of an answer, "" where a refusal has just given it."""
    example = "" if target.adds else target.question.example or default_example(target.question.type, level)
    if not example:
        example = next(iter(asked.choices.values()), "")
    said = interface.text("journeys.example", level, example=example) if example else ""
    return "" if any(example in line for line in told) else said


def _narrow(asked: Asked, exchange: Exchange, words: _Words) -> None:
    narrowing = narrowed(asked, exchange.words)
    labels = [asked.choices[key] for key in narrowing.options if key in asked.choices]
    if narrowing.way is Way.OPTIONS and labels:
        words.add(words.say("narrow_options", options=" ; ".join(labels)))
    elif narrowing.way is not Way.OPTIONS:
        words.add(words.say(f"narrow_{narrowing.way.value}"))


def _box(target: Target, exchange: Exchange) -> str:
    """Return what the box holds: words that are the answer itself, to be corrected; else nothing: one dictates anew."""
    kind, turn = target.question.type, exchange.turn
    if exchange.box:
        return exchange.box
    may_edit = kind in AS_SAID or target.is_written_first
    return exchange.words if may_edit and turn.notice in {Notice.NO_MATCH, Notice.REFUSED} else ""


def _way(target: Target) -> Way:
    return narrowed(Asked(target.name, target.question.type)).way


def _join(texts: list[str]) -> str:
    """Return sentences one after the other, each ended."""
    found = [text.strip() for text in texts if text.strip()]
    return " ".join(text if text.endswith((".", "!", "?", "…", ":")) else f"{text}." for text in found)
