"""What is shown of the policy to the person: the cards of a step, and the page « Pourquoi ? », in page facts."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from accessform.adaptation.effects import helps_on_request
from accessform.adaptation.installed import installed_policy
from accessform.adaptation.panel import choice_key
from accessform.adaptation.preferences import Presentation
from accessform.adaptation.reasons import STATUS_KEYS, Fact, facts_of
from accessform.adaptation.state import Adaptation, Change, Decision, HandOff, PolicyState, Reason, Status
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition

ANSWERED = (Status.OFFERED, Status.REFUSED, Status.WITHDRAWN, Status.UNDONE, Status.REPLACED)


@dataclass(frozen=True)
class Labels:
    """What questions and steps are called, by id, at the person's level (None where there is none); and that level."""

    level: ReadingLevel
    questions: Callable[[str], str | None]
    steps: Callable[[str], str | None]

    def say(self, key: str, **values: object) -> str:
        """Return an interface text at the person's level."""
        return interface.text(key, self.level, **values)

    def question(self, question_id: str | None) -> str:
        """Return a question's label, its id where the form has no such question."""
        return self.questions(question_id or "") or question_id or ""

    def fact(self, fact: Fact) -> str:
        """Return a fact of the page in words."""
        step = self.steps(fact.step or "") or fact.step or ""
        return self.say(fact.key, count=fact.count, step=step, question=self.question(fact.question))

    def facts(self, reasons: tuple[Reason, ...], rule: str) -> list[str]:
        """Return the facts behind a change, an offer or a hand-off, each said once."""
        return list(dict.fromkeys(self.fact(fact) for fact in facts_of(reasons, rule)))


def labels_of(definition: FormDefinition, level: ReadingLevel) -> Labels:
    """Return the labels of a form's questions and steps, looked up only when they are said."""

    def question(question_id: str) -> str | None:
        return next((item.label.at(level) for item in definition.questions() if item.id == question_id), None)

    def step(step_id: str) -> str | None:
        return next((item.title.at(level) for item in definition.steps if item.id == step_id), None)

    return Labels(level, question, step)


@dataclass(frozen=True)
class Card:
    """An offer, a notice, a line of « Pourquoi ? »: its id for the buttons, the help's name, and the facts."""

    id: str
    help_name: str
    facts: list[str]


@dataclass(frozen=True)
class HelpQuestion:
    """A question whose help may be opened from the answer to « C'est difficile »."""

    id: str
    label: str


@dataclass(frozen=True)
class StepCards:
    """What stands in the reserved place of a step (templates/adaptation/step_cards.html); empty when all is quiet."""

    notices: list[Card]
    asked: list[str] | None
    asked_questions: list[HelpQuestion]
    hand_off: list[str] | None
    offer: Card | None

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.notices or self.asked is not None or self.hand_off is not None or self.offer)


def step_cards(state: PolicyState, *, step_id: str, labels: Labels, questions: Mapping[str, str]) -> StepCards:
    """Return what to show on a step: what has just changed, then one thing at most that asks for an answer.

    `questions` are those of the page that have help or an example, by id. A list that the person asked for comes
    before the proposal of a person, and both before an offer, which waits.
    """
    asked = helps_on_request(state, installed_policy()) if state.asked == step_id else None
    hand_off = _standing(state.hand_off) if asked is None else None
    offer = state.pending_offer if asked is None and hand_off is None else None
    return StepCards(
        notices=[
            _card(change, labels)
            for change in state.in_force()
            if change.step == step_id and change.adaptation is not Adaptation.ERROR_HELP
        ],
        asked=None if asked is None else [adaptation.value for adaptation in asked],
        asked_questions=[HelpQuestion(name, label) for name, label in questions.items()] if asked is not None else [],
        hand_off=labels.facts(hand_off.reasons, hand_off.rule) if hand_off else None,
        offer=_card(offer, labels) if offer else None,
    )


def _standing(hand_off: HandOff | None) -> HandOff | None:
    """Return the proposal of a person if it waits for an answer."""
    return hand_off if hand_off and hand_off.status is Status.OFFERED else None


def _card(change: Change, labels: Labels) -> Card:
    """Return a change or an offer as it is shown on a step."""
    return Card(change.id, change.adaptation.value, labels.facts(change.reasons, change.rule))


@dataclass(frozen=True)
class Line:
    """One line of « Pourquoi ? »: what, where it stands, why, when, and which buttons it has."""

    id: str
    title: str
    status: str
    facts: list[str]
    at: dt.datetime
    may_undo: bool
    may_take: bool


@dataclass(frozen=True)
class ChosenLine:
    """One choice of the person's own."""

    name: str
    setting: str
    choice: str


@dataclass(frozen=True)
class DecisionLine:
    """One automatic decision, for « Détails »."""

    at: dt.datetime
    action_key: str
    help_title: str
    rule_key: str
    version: str
    counts: str
    facts: list[str]


@dataclass(frozen=True)
class Explanation:
    """What the page « Pourquoi ? » shows (templates/adaptation/explanation.html)."""

    in_force: list[Line]
    answered: list[Line]
    chosen: list[ChosenLine]
    decisions: list[DecisionLine]
    auto_adapt: bool
    counters: bool
    stopped: bool

    @property
    def empty(self) -> bool:
        """Whether nothing changed, was offered or was chosen."""
        return not (self.in_force or self.answered or self.chosen)


def build_explanation(state: PolicyState, *, base: Presentation, labels: Labels) -> Explanation:
    """Return everything that changed or was offered in a journey, with its facts; `base` is the session's choices."""
    changes = sorted(state.changes.values(), key=lambda change: (change.at, change.id))
    return Explanation(
        in_force=[_line(change, labels) for change in changes if change.in_force],
        answered=[_line(change, labels) for change in changes if change.status in ANSWERED],
        chosen=_chosen(base, labels),
        decisions=[_decision(decision, labels) for decision in state.decisions],
        auto_adapt=state.auto_adapt,
        counters=base.counters and not state.stopped,
        stopped=state.stopped,
    )


def _line(change: Change, labels: Labels) -> Line:
    """Return one change or offer as a line."""
    return Line(
        id=change.id,
        title=_title(change.adaptation, change.question, labels),
        status=labels.say(STATUS_KEYS[change.status]),
        facts=labels.facts(change.reasons, change.rule),
        at=_moment(change.at),
        may_undo=change.in_force,
        may_take=not change.in_force,
    )


def _title(adaptation: Adaptation | None, question: str | None, labels: Labels) -> str:
    """Return what a help is called, with its question where it is about one."""
    if adaptation is None:
        return ""
    name = labels.say(f"adaptation.help_{adaptation.value}")
    return labels.say("adaptation.why_question", help=name, question=labels.question(question)) if question else name


def _chosen(base: Presentation, labels: Labels) -> list[ChosenLine]:
    """Return the person's own choices."""
    values = base.as_dict()
    return [
        ChosenLine(name, labels.say(f"adaptation.setting_{name}"), labels.say(choice_key(name, values[name])))
        for name in base.chosen
    ]


def _decision(decision: Decision, labels: Labels) -> DecisionLine:
    """Return one decision with its rule, its version and its counts."""
    return DecisionLine(
        at=_moment(decision.at),
        action_key=f"adaptation.action_{decision.action.value}",
        help_title=_title(decision.adaptation, decision.question, labels),
        rule_key=f"adaptation.rule_{decision.rule.replace('.', '_')}",
        version=decision.policy_version,
        counts=", ".join(f"{reason.signal} = {reason.count}" for reason in decision.reasons),
        facts=labels.facts(decision.reasons, decision.rule),
    )


def _moment(at: float) -> dt.datetime:
    """Return a time in seconds since the epoch as a moment."""
    return dt.datetime.fromtimestamp(at, tz=dt.UTC)
