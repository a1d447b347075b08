"""A hundred accepted drafts with what a person said of each on reading it: is the meaning kept, is it good French."""

import functools
import hashlib
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from ruamel.yaml import YAML

from accessform.plain_language.evaluation.corpus import Half
from accessform.plain_language.evaluation.measures import DraftOfItem, drafts_of, drafts_of_official_texts
from accessform.plain_language.verification import Verdict
from accessform.plain_language.wording import ReadingLevel, source_hash

READ = Path(__file__).with_name("drafts_read.yaml")
SHOWN = 100


class Meaning(StrEnum):
    """Whether the draft says what its standard says."""

    KEPT = "kept"
    CHANGED = "changed"


class French(StrEnum):
    """Whether a careful writer would let the draft's French stand."""

    GOOD = "good"
    AWKWARD = "awkward"
    WRONG = "wrong"


class DraftRead(BaseModel):
    """One reading. It holds for the very text that was read: `text` is the hash of the draft then."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    level: ReadingLevel
    text: str = Field(pattern=r"^[0-9a-f]{12}$")
    meaning: Meaning
    french: French
    note: str = ""


@functools.cache
def readings() -> dict[tuple[str, ReadingLevel], DraftRead]:
    """Return the readings by item and level; raises ValidationError where the file is wrong."""
    raw = YAML(typ="safe", pure=True).load(READ.read_text(encoding="utf-8")) or []
    return {(one.id, one.level): one for one in TypeAdapter(list[DraftRead]).validate_python(raw)}


def reading_of(draft: DraftOfItem) -> DraftRead | None:
    """Return the reading of this very draft, or None where it was never read or has changed since."""
    found = readings().get((draft.item.id, draft.level))
    return found if found and found.text == source_hash(draft.draft.text) else None


def shown() -> list[DraftOfItem]:
    """Return the accepted drafts that the page lists, taken evenly from all by a hash of their name.

    Where plain and easy have the same draft it is listed once, as plain.
    """
    offered = [*drafts_of(Half.TUNING), *drafts_of(Half.HELD_OUT), *drafts_of_official_texts()]
    accepted = [one for one in offered if one.verdict is Verdict.ACCEPTED]
    once = {(one.item.id, one.draft.text): one for one in sorted(accepted, key=lambda one: one.level)}
    return sorted(sorted(once.values(), key=_place)[:SHOWN], key=lambda one: (one.item.id, one.level))


def page() -> str:
    """Return the list as Markdown."""
    drafts = shown()
    read = [found for one in drafts if (found := reading_of(one))]
    kept = sum(one.meaning is Meaning.KEPT for one in read)
    good = sum(one.french is French.GOOD for one in read)
    return f"""# Drafts that were read

Written by `python -m accessform.plain_language.evaluation` (`make wording-figures`); do not edit.
These are {len(drafts)} drafts made by rule and accepted by verify, from both halves of the corpus and from more
official texts. Each is read beside its standard text; what was said is in
`accessform/plain_language/evaluation/drafts_read.yaml` and holds for the very text that was read: a draft that has
changed since says so.
The first reading found two drafts that changed what was said (a deadline cut off from its condition, and one that took
along where to go); the rules no longer make them.

Read: {len(read)} of {len(drafts)}. Meaning kept: {kept}. Good French: {good}.

""" + "\n".join(_entry(one) for one in drafts)


def _entry(one: DraftOfItem) -> str:
    rules = ", ".join(dict.fromkeys(edit.rule for edit in one.draft.edits))
    return f"""## {one.item.id}, {one.level.value}

- standard: {_on_a_line(one.item.standard)}
- draft: {_on_a_line(one.draft.text)}
- rules: {rules}
- {_said(one)}
"""


def _said(one: DraftOfItem) -> str:
    found = reading_of(one)
    if found is None:
        changed = (one.item.id, one.level) in readings()
        return "**the draft has changed since it was read**" if changed else "**not read yet**"
    return f"meaning {found.meaning.value}, French {found.french.value}" + (f": {found.note}" if found.note else "")


def _on_a_line(text: str) -> str:
    return " / ".join(text.splitlines())


def _place(one: DraftOfItem) -> str:
    return hashlib.sha256(f"{one.item.id} {one.level.value}".encode()).hexdigest()
