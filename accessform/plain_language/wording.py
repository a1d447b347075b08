"""One text at up to three reading levels, and which of them may be served."""

import datetime as dt
import hashlib
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class ReadingLevel(StrEnum):
    """How hard a text may be. On screen: « texte officiel », « langage clair », « très simple »."""

    STANDARD = "standard"
    PLAIN = "plain"
    EASY = "easy"


class Origin(StrEnum):
    """Who made a variant."""

    AUTHOR = "author"
    RULES = "rules"
    MODEL = "model"


class ReviewStatus(StrEnum):
    """How far a variant has been re-read. Only the last two may be served."""

    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    VALIDATED_FALC = "validated_falc"


SERVABLE = frozenset({ReviewStatus.APPROVED, ReviewStatus.VALIDATED_FALC})

HARDER_FIRST = (ReadingLevel.STANDARD, ReadingLevel.PLAIN, ReadingLevel.EASY)


def source_hash(standard: str) -> str:
    """Return the 12 hexadecimal digits that tie a variant to the standard text it was made from."""
    return hashlib.sha256(" ".join(standard.split()).encode()).hexdigest()[:12]


class Acknowledgement(BaseModel):
    """A person's word that a fact which the variant does not carry may go: kept with the version for good.

    `kind` and `text` are those of the finding; `text` is the official text's own words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str = Field(min_length=1, max_length=60)
    text: str = Field(min_length=1, max_length=500)
    reason: str = Field(min_length=1, max_length=500)
    by: str | None = None
    on: dt.date | None = None


class ModelRecord(BaseModel):
    """What a language model was asked, so that its text can be traced: never a key, never an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    prompt_sha256: str
    checks: tuple[str, ...] = ()


class Variant(BaseModel):
    """A text made from the standard one, with who made it and who re-read it.

    Fields left out take the file's `variants:` defaults when the form is loaded;
    `source` empty means "made from today's standard text".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1)
    origin: Origin | None = None
    status: ReviewStatus | None = None
    by: str | None = None
    on: dt.date | None = None
    source: str | None = None
    rules: Annotated[tuple[str, ...] | None, Field(description="The drafting rules that made it.")] = None
    model: ModelRecord | None = None
    acknowledged: tuple[Acknowledgement, ...] | None = None

    @property
    def is_machine_made(self) -> bool:
        """Whether no person wrote it: then it may not lose a fact, whoever approved it."""
        return self.origin in {Origin.RULES, Origin.MODEL}


def _variant_from_text(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _wording_from_text(value: object) -> object:
    return {"standard": value} if isinstance(value, str) else value


VariantText = Annotated[Variant, BeforeValidator(_variant_from_text)]


class Wording(BaseModel):
    """The official text and its variants. A plain string in YAML is a standard text alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    standard: str = Field(min_length=1)
    plain: VariantText | None = None
    easy: VariantText | None = None
    allow: Annotated[
        dict[str, Annotated[str, Field(min_length=1)]] | None,
        Field(description="Linter rules that this text need not keep, each with the reason."),
    ] = None

    def variant(self, level: ReadingLevel) -> Variant | None:
        """Return the variant written for `level`, or None for the standard text or where there is none."""
        return None if level is ReadingLevel.STANDARD else getattr(self, level.value)

    def is_stale(self, level: ReadingLevel) -> bool:
        """Tell whether the variant at `level` was made from another standard text than today's."""
        variant = self.variant(level)
        return bool(variant and variant.source and variant.source != source_hash(self.standard))

    def level_served(self, level: ReadingLevel) -> ReadingLevel:
        """Return the best level that may be served: approved and current, else the next harder one."""
        for candidate in reversed(HARDER_FIRST[: HARDER_FIRST.index(level) + 1]):
            variant = self.variant(candidate)
            if variant and variant.status in SERVABLE and not self.is_stale(candidate):
                return candidate
        return ReadingLevel.STANDARD

    def at(self, level: ReadingLevel) -> str:
        """Return the text to show a person who reads at `level`."""
        variant = self.variant(self.level_served(level))
        return variant.text if variant else self.standard


WordingText = Annotated[Wording, BeforeValidator(_wording_from_text)]
