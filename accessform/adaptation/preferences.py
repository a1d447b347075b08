"""How a page is presented to one person: what they chose, as plain values that a page can be drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from accessform.observation.hints import HintValue
from accessform.plain_language.wording import ReadingLevel

TEXT_SIZES = (100, 125, 150, 175, 200, 225, 250)
VOICE_RATES = (0.7, 0.85, 1.0, 1.15, 1.3, 1.5)

Value = bool | int | float | str


class Modality(StrEnum):
    """How the form is met: read and typed, or heard as well."""

    TEXT = "text"
    VOICE = "voice"


class Contrast(StrEnum):
    """AUTO follows the device."""

    AUTO = "auto"
    MORE = "more"


class ColorScheme(StrEnum):
    """AUTO follows the device."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Spacing(StrEnum):
    """Room between lines, words and letters."""

    NORMAL = "normal"
    WIDE = "wide"


class Typeface(StrEnum):
    """The device's own font, or Atkinson Hyperlegible."""

    SYSTEM = "system"
    HYPERLEGIBLE = "hyperlegible"


@dataclass(frozen=True)
class Presentation:
    """Everything that may vary in a page. Text size is in per cent of the browser's own.

    `chosen` names the fields that the person set, each with when; nothing inferred may touch them. `reset_at` is when
    they last asked for everything to be as at the start. Both in seconds since the epoch, 0 for never or unknown.
    `hints` are the device's, for who asked for automatic adaptation.
    """

    text_size: int = 100
    spacing: Spacing = Spacing.NORMAL
    contrast: Contrast = Contrast.AUTO
    color_scheme: ColorScheme = ColorScheme.AUTO
    typeface: Typeface = Typeface.SYSTEM
    reading_level: ReadingLevel = ReadingLevel.PLAIN
    modality: Modality = Modality.TEXT
    one_question: bool = False
    step_map: bool = False
    choice_help: bool = False
    tolerant_input: bool = False
    larger_targets: bool = False
    voice_autoplay: bool = True
    voice_rate: float = 1.0
    plain_form: bool = False
    auto_adapt: bool = False
    counters: bool = False
    help_offers: bool = True
    chosen: Mapping[str, float] = field(default_factory=dict, hash=False)
    reset_at: float = 0.0
    hints: Mapping[str, HintValue] = field(default_factory=dict, hash=False)

    def changed(self, **values: Any) -> "Presentation":
        """Return a copy with some values replaced, not counted as chosen."""
        return replace(self, **values)

    def choosing(self, at: float, **values: Any) -> "Presentation":
        """Return a copy with some values chosen by the person at `at`; raises RefusedChoice on a value not offered."""
        checked = {name: checked_value(name, value) for name, value in values.items()}
        return replace(self, **checked, chosen={**self.chosen, **dict.fromkeys(checked, at)})

    def as_dict(self) -> dict[str, Value]:
        """Return every field as a plain value."""
        return {name: plain_value(getattr(self, name)) for name in CHOICES}

    def choices(self) -> dict[str, Value]:
        """Return what the person chose, as plain values for a session or a cookie."""
        return {name: plain_value(getattr(self, name)) for name in CHOICES if name in self.chosen}

    @property
    def voice(self) -> bool:
        """Whether the form is heard as well as read."""
        return self.modality is Modality.VOICE

    @property
    def next_text_size(self) -> int:
        """What « Plus grand » gives: the next size, and the usual one after the largest."""
        larger = [size for size in TEXT_SIZES if size > self.text_size]
        return larger[0] if larger else TEXT_SIZES[0]

    @property
    def next_reading_level(self) -> ReadingLevel:
        """What « Plus simple » gives: the next easier level, and plain wording after the easiest."""
        return ReadingLevel.EASY if self.reading_level is ReadingLevel.PLAIN else ReadingLevel.PLAIN


class RefusedChoice(ValueError):
    """A choice that the panel does not offer."""


ENUMS: Mapping[str, type[StrEnum]] = {
    "spacing": Spacing,
    "contrast": Contrast,
    "color_scheme": ColorScheme,
    "typeface": Typeface,
    "reading_level": ReadingLevel,
    "modality": Modality,
}
NUMBERS: Mapping[str, tuple[float, ...]] = {"text_size": TEXT_SIZES, "voice_rate": VOICE_RATES}
CHOICES = tuple(item.name for item in fields(Presentation) if item.name not in {"chosen", "reset_at", "hints"})


def plain_value(value: Any) -> Value:
    """Return a field's value without its enumeration, as it is stored and recorded."""
    return value.value if isinstance(value, StrEnum) else value


def checked_value(name: str, value: object) -> Any:
    """Return `value` in the type of the field `name`; raises RefusedChoice where the panel does not offer it."""
    if name in ENUMS:
        if isinstance(value, str) and value in {member.value for member in ENUMS[name]}:
            return ENUMS[name](value)
    elif name in NUMBERS:
        if type(value) in (int, float) and value in NUMBERS[name]:
            return value
    elif name in CHOICES and type(value) is bool:
        return value
    raise RefusedChoice(f"{name} cannot take that value")


def presentation_from(values: object, *, at: object = None, reset_at: object = 0.0) -> Presentation:
    """Build a presentation from stored choices; what is unknown or out of range keeps its default."""
    known: dict[str, Any] = {}
    times: dict[str, float] = {}
    for name in CHOICES:
        if isinstance(values, Mapping) and name in values:
            try:
                known[name] = checked_value(name, values[name])
            except RefusedChoice:
                continue
            times[name] = _seconds(at.get(name)) if isinstance(at, Mapping) else 0.0
    return Presentation(**known, chosen=times, reset_at=_seconds(reset_at))


def _seconds(value: object) -> float:
    """Return a stored time, 0 where it is none."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


DEFAULTS: Mapping[str, Value] = Presentation().as_dict()
