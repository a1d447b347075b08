"""Drafts for the texts that a form file lacks at a level, written into the file as drafts that a person re-reads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accessform.plain_language.wording import Origin, ReadingLevel, ReviewStatus, source_hash
from forms_catalog.findings import Location, written_path
from forms_catalog.language_checks import UNREAD, is_endless
from forms_catalog.publishing_checks import suits_every_level
from forms_catalog.texts import FormText, texts_of
from forms_catalog.yaml_editing import set_values

if TYPE_CHECKING:
    from accessform.plain_language.drafting import Draft

Drafter = Callable[[str, ReadingLevel], "Draft"]


@dataclass(frozen=True)
class Filled:
    """One gap: where, the official text, and the draft (its verdict is None where nothing was safe)."""

    path: str
    standard: str
    draft: "Draft"


@dataclass(frozen=True)
class FilledForm:
    """A form file with its gaps filled where that was safe, and what became of each."""

    source: str
    made: tuple[Filled, ...]
    left: tuple[Filled, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return what was made and left as `manage.py form draft --json` shows it."""
        return {
            "made": [
                {"path": gap.path, "text": gap.draft.text, "rules": [edit.rule for edit in gap.draft.edits]}
                for gap in self.made
            ],
            "left": [{"path": gap.path, "why": list(gap.draft.left)} for gap in self.left],
        }

    def told(self) -> Iterator[str]:
        """Yield the lines that a designer reads."""
        for gap in self.made:
            yield f"{gap.path}\n    - {gap.standard}\n    + {gap.draft.text}"
        for gap in self.left:
            yield f"{gap.path} : rien de sûr à proposer. {' '.join(gap.draft.left)}".rstrip()
        yield f"{len(self.made)} texte(s) proposé(s) en brouillon, {len(self.left)} laissé(s). Relisez chacun."


def gaps_of(compiled: Mapping[str, Any], level: ReadingLevel) -> Iterator[FormText]:
    """Yield the texts without a variant at `level`; a few words that suit every level are no gap."""
    for text in texts_of(compiled):
        readable = text.location[-1] not in UNREAD and not is_endless(text)
        if readable and not text.variant(level) and not suits_every_level(text):
            yield text


def fill_gaps(source: str, compiled: Mapping[str, Any], level: ReadingLevel, drafter: Drafter) -> FilledForm:
    """Return the file with a draft for each gap at `level`; raises `yaml_editing.CannotEdit`."""
    filled = [(text, Filled(written_path(text.location), text.standard, drafter(text.standard, level)))
              for text in gaps_of(compiled, level)]  # fmt: skip
    made = {text.location: gap for text, gap in filled if gap.draft.verdict is not None}
    values: dict[Location, Any] = {(*location, level.value): _variant(gap) for location, gap in made.items()}
    return FilledForm(
        set_values(source, values) if values else source,
        tuple(made.values()),
        tuple(gap for text, gap in filled if text.location not in made),
    )


def _variant(gap: Filled) -> dict[str, Any]:
    """Return the draft as the file holds it: nobody has re-read it, and it is tied to today's official text."""
    record = gap.draft.model
    made: dict[str, Any] = {
        "text": gap.draft.text,
        "origin": (Origin.MODEL if record else Origin.RULES).value,
        "status": ReviewStatus.DRAFT.value,
        "source": source_hash(gap.standard),
    }
    if record:
        return {**made, "model": record.model_dump(mode="json")}
    return {**made, "rules": list(dict.fromkeys(edit.rule for edit in gap.draft.edits))}
