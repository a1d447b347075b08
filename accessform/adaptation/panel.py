"""The panel « Plus de réglages »: what it shows, and what a sent form says. Pure of any page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accessform.adaptation.preferences import (
    ENUMS,
    NUMBERS,
    Presentation,
    RefusedChoice,
    Value,
    checked_value,
    plain_value,
)

GROUPS: Mapping[str, tuple[str, ...]] = {
    "letters": ("text_size", "spacing", "typeface"),
    "colours": ("contrast", "color_scheme"),
    "words": ("reading_level",),
    "page": ("one_question", "step_map", "choice_help", "tolerant_input", "larger_targets"),
    "voice": ("modality", "voice_autoplay", "voice_rate"),
    "help": ("auto_adapt", "counters", "help_offers", "plain_form"),
}
"""Every choice of the panel, in its order on the page."""

BY_DEVICE = frozenset({"contrast", "color_scheme"})
"""What the device may set by itself while the choice stays on « automatique »."""


@dataclass(frozen=True)
class Option:
    """One radio button: its value as sent, the key of its words, whether it is the present one."""

    value: str
    key: str
    checked: bool


@dataclass(frozen=True)
class Setting:
    """One question of the panel: radio buttons, or one box to tick."""

    name: str
    options: tuple[Option, ...]
    on: bool
    by_device: bool

    @property
    def is_box(self) -> bool:
        """Whether it is a yes or no."""
        return not self.options

    @property
    def legend(self) -> str:
        """The key of its words."""
        return f"adaptation.setting_{self.name}"

    @property
    def hint(self) -> str:
        """The key of what it does, for the boxes."""
        return f"adaptation.hint_{self.name}"


@dataclass(frozen=True)
class Group:
    """Settings that belong together."""

    name: str
    settings: tuple[Setting, ...]

    @property
    def key(self) -> str:
        """The key of its heading."""
        return f"adaptation.group_{self.name}"


def groups_shown(*, voice: bool) -> Mapping[str, tuple[str, ...]]:
    """Return the groups of an installation; where there is no `voice`, nothing speaks of one."""
    return GROUPS if voice else {group: names for group, names in GROUPS.items() if group != "voice"}


def settings_of(shown: Presentation, *, voice: bool = True) -> list[Group]:
    """Return the panel's settings by group, as they stand."""
    groups = groups_shown(voice=voice)
    return [
        Group(group, tuple(_setting(name, getattr(shown, name)) for name in names)) for group, names in groups.items()
    ]


def _setting(name: str, value: Any) -> Setting:
    """Return one setting."""
    present = plain_value(value)
    options = tuple(Option(str(option), choice_key(name, option), option == present) for option in _options(name))
    return Setting(name, options, present is True, name in BY_DEVICE)


def _options(name: str) -> tuple[Value, ...]:
    """Return the values of a setting in order, none for a box."""
    if name in ENUMS:
        return tuple(member.value for member in ENUMS[name])
    return NUMBERS.get(name, ())


def choice_key(name: str, value: Value) -> str:
    """Return the key of the words of one value of a setting: 0.85 is "…_0_85", a box is yes or no."""
    if isinstance(value, bool):
        return "adaptation.why_on" if value else "adaptation.why_off"
    return f"adaptation.choice_{name}_{str(value).replace('.', '_')}"


def parse_panel(sent: Mapping[str, str], shown: Presentation, *, voice: bool = True) -> dict[str, Value]:
    """Return what the sent panel changes from what was `shown`; raises RefusedChoice on a value that is not offered.

    Only differences are choices: someone who saves the panel for a larger text has not chosen everything else.
    """
    chosen: dict[str, Value] = {}
    for name in (name for names in groups_shown(voice=voice).values() for name in names):
        value = _sent(name, sent, shown)
        if value != plain_value(getattr(shown, name)):
            chosen[name] = value
    return chosen


def _sent(name: str, sent: Mapping[str, str], shown: Presentation) -> Value:
    """Return one sent value; a radio group without an answer keeps what was shown."""
    if name not in ENUMS and name not in NUMBERS:
        return sent.get(name) == "on"
    if name not in sent:
        return plain_value(getattr(shown, name))
    if name in ENUMS:
        return plain_value(checked_value(name, sent[name]))
    by_text = {str(value): value for value in NUMBERS[name]}
    if sent[name] not in by_text:
        raise RefusedChoice(f"{name} cannot take that value")
    return by_text[sent[name]]
