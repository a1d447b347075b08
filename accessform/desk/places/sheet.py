"""A form of these screens: each field is declared and read at once, and an error keeps everything that was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.http import QueryDict

Value = TypeVar("Value")
Option = tuple[str, str]
REQUIRED = "Remplissez cette case."
CHOOSE_ONE = "Choisissez une réponse."
CHOOSE_SOME = "Cochez au moins une case."


@dataclass
class Field:
    """One question of the page: what was typed, and what is wrong with it. `kind`: text, long, one or many."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    values: list[str] = field(default_factory=list)
    options: Sequence[Option] = ()
    error: str = ""
    is_short: bool = False
    max_length: int = 0
    optional: bool = False

    @property
    def value(self) -> str:
        """What stands in a text field."""
        return self.values[0] if self.values else ""

    @property
    def anchor(self) -> str:
        """The id of the element that an error leads to: the input, or the first of its choices."""
        return f"{self.name}-{self.options[0][0]}" if self.options else self.name


class Sheet:
    """The fields of one page, in order, read from what was sent, or filled with what stands now."""

    def __init__(self, sent: QueryDict | None) -> None:
        self._sent = sent
        self.fields: list[Field] = []

    @property
    def is_sent(self) -> bool:
        """Whether somebody sent the page."""
        return self._sent is not None

    @property
    def errors(self) -> list[Field]:
        """The fields that are refused, in order."""
        return [each for each in self.fields if each.error]

    def write(
        self,
        name: str,
        label: str,
        read: Callable[[str], Value],
        *,
        now: str = "",
        required: bool = False,
        **more: object,
    ) -> Value | None:
        """Add a text field; return what `read` makes of it, None where it is empty or refused (ValueError's words)."""
        typed = self._sent.get(name, "") if self._sent is not None else now
        shown = Field(name, label, values=[typed], **{"optional": not required, **more})  # type: ignore[arg-type]
        self.fields.append(shown)
        text = " ".join(typed.replace("\0", " ").split())
        if not self.is_sent:
            return None
        if shown.max_length and len(text) > shown.max_length:
            shown.error = f"Écrivez {shown.max_length} caractères au plus : il y en a {len(text)}."
        elif not text:
            shown.error = REQUIRED if required else ""
        else:
            try:
                return read(text)
            except ValueError as error:
                shown.error = str(error)
        return None

    def choose(self, name: str, label: str, options: Mapping[str, str], *, now: str = "", hint: str = "") -> str:
        """Add a choice of one; return it, "" where none of the options was sent."""
        chosen = self._sent.get(name, "") if self._sent is not None else now
        shown = Field(name, label, kind="one", hint=hint, values=[chosen], options=list(options.items()))
        self.fields.append(shown)
        if chosen in options:
            return chosen
        if self.is_sent:
            shown.error = CHOOSE_ONE
        return ""

    def tick(
        self,
        name: str,
        label: str,
        options: Mapping[str, str],
        *,
        now: Sequence[str] = (),
        hint: str = "",
        required: bool = True,
    ) -> list[str]:
        """Add a choice of several; return those sent that are options, in the options' order."""
        chosen = self._sent.getlist(name) if self._sent is not None else now
        known = [each for each in options if each in chosen]
        shown = Field(name, label, kind="many", hint=hint, values=known, options=list(options.items()))
        self.fields.append(shown)
        if self.is_sent and required and not known:
            shown.error = CHOOSE_SOME
        return known

    def refuse(self, name: str, why: str) -> None:
        """Say what is wrong with a field that reads well alone; the first thing said stays."""
        shown = next(each for each in self.fields if each.name == name)
        shown.error = shown.error or why
