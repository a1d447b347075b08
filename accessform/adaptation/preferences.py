"""How a page is presented to one person: what they chose, as plain values that a page can be drawn from."""

from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from accessform.plain_language.wording import ReadingLevel

TEXT_SIZES = (100, 125, 150, 175, 200, 225, 250)


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
    """Everything that may vary in a page. Text size is in per cent of the browser's own."""

    text_size: int = 100
    spacing: Spacing = Spacing.NORMAL
    contrast: Contrast = Contrast.AUTO
    color_scheme: ColorScheme = ColorScheme.AUTO
    typeface: Typeface = Typeface.SYSTEM
    reading_level: ReadingLevel = ReadingLevel.PLAIN
    modality: Modality = Modality.TEXT
    one_question: bool = False
    larger_targets: bool = False

    def changed(self, **values: Any) -> "Presentation":
        """Return a copy with some values replaced."""
        return replace(self, **values)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, for a session or a cookie."""
        return asdict(self)


_ENUMS: dict[str, type[StrEnum]] = {
    "spacing": Spacing,
    "contrast": Contrast,
    "color_scheme": ColorScheme,
    "typeface": Typeface,
    "reading_level": ReadingLevel,
    "modality": Modality,
}


def presentation_from(values: dict[str, Any]) -> Presentation:
    """Build a presentation from stored values; what is unknown or out of range keeps its default."""
    known: dict[str, Any] = {}
    for field in fields(Presentation):
        if field.name not in values:
            continue
        value = values[field.name]
        if field.name in _ENUMS and value in {member.value for member in _ENUMS[field.name]}:
            known[field.name] = _ENUMS[field.name](value)
        elif field.name == "text_size" and value in TEXT_SIZES:
            known[field.name] = value
        elif field.type is bool and isinstance(value, bool):
            known[field.name] = value
    return Presentation(**known)
